"""Sentences to claims: triggers, roles, control, casualties, attribution, certainty, dates.

`pipeline.RuleExtractor` is the way in: a Document goes in, its Claims come out.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warlog.extract.pipeline import RuleExtractor
    from warlog.extract.uncoded import Span

__all__ = ["RuleExtractor", "Span"]


def __getattr__(name: str) -> Any:
    """Load the extractor, and with it the parser, only when it is asked for."""
    if name == "RuleExtractor":
        from warlog.extract.pipeline import RuleExtractor

        return RuleExtractor
    if name == "Span":
        from warlog.extract.uncoded import Span

        return Span
    raise AttributeError(name)
