"""The rules of `vocab/furniture.toml`, made ready: which kind of furniture a passage is by its words alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from warlog import vocabulary

Covers = Literal["", "next", "list", "rest"]


@dataclass(slots=True, frozen=True)
class Rule:
    """One rule; the fields are told of at the top of the vocabulary file."""

    kind: str
    zone: str
    longest: int
    covers: Covers
    starts: re.Pattern[str] | None
    whole: re.Pattern[str] | None
    holds: re.Pattern[str] | None

    def fits(self, text: str) -> bool:
        """Whether the rule cuts this passage (as `key` gives it)."""
        if len(text) > self.longest:
            return False
        return bool(
            (self.starts is not None and self.starts.match(text))
            or (self.whole is not None and self.whole.fullmatch(text.rstrip(".: ")))
            or (self.holds is not None and self.holds.search(text))
        )


def key(text: str) -> str:
    """A passage as the patterns expect it: one kind of apostrophe, no quotes, bullets or dashes before it."""
    return text.replace("'", "’").replace("ʼ", "’").lstrip('*_>•·-–—|"“”«»[ \t►▶→')


def furniture(text: str, zone: str) -> Rule | None:
    """The first rule of this zone ("any" or "edge") that cuts the passage, or None."""
    passage = key(text)
    if not passage:
        return None
    return next((rule for rule in _rules() if rule.zone == zone and rule.fits(passage)), None)


def covering() -> tuple[Rule, ...]:
    """The rules whose passage takes along what follows it."""
    return tuple(rule for rule in _rules() if rule.covers)


def is_separator(text: str) -> bool:
    """Whether the passage is a line drawn across the page: nothing but signs, or a word for the end."""
    return len(text) <= 120 and _separator().fullmatch(text.strip()) is not None


@cache
def _separator() -> re.Pattern[str]:
    return re.compile(vocabulary.load("furniture")["marks"]["separator"], re.I)


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(_rule(entry) for entry in vocabulary.load("furniture")["rule"])


def _rule(entry: dict[str, Any]) -> Rule:
    return Rule(
        kind=entry["kind"],
        zone=entry["zone"],
        longest=entry["max"],
        covers=entry.get("covers", ""),
        starts=_any(entry.get("starts", [])),
        whole=_any(entry.get("whole", [])),
        holds=_any(entry.get("holds", [])),
    )


def _any(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I) if patterns else None
