"""A source with what is laid to it, and what is kept in mind from sentence to sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warlog.extract import grammar

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Attribution:
    """A source and the tokens of the sentence that are laid to it."""

    source: str
    scope: frozenset[int]
    #: verb of saying, report noun or "according to"
    cue: str
    #: say, deny, accuse, quote, according, report, reported_by or quotation
    kind: str
    #: index of the cue, and of the head of the source
    verb: int | None = None
    head: int | None = None
    #: tokens of the source's own phrase: never part of what it says
    own: frozenset[int] = frozenset()
    #: who quotes the source
    outer: str | None = None


@dataclass(slots=True)
class Memory:
    """What the sentences before tell: who spoke last, and whether a quotation is still open."""

    person: str | None = None
    body: str | None = None
    speaker: str | None = None
    quotation_open: bool = False
    quotation_speaker: str | None = None
    #: a speech that a colon opened runs on over paragraphs until somebody else speaks
    speech: str | None = None
    paragraph: int = -1


@dataclass(slots=True)
class SentenceSources:
    """The attributions of one sentence."""

    items: list[Attribution] = field(default_factory=list)

    def lay(self, head: Token, source: str, scope: set[int], cue: Token, kind: str, outer: str | None = None) -> None:
        """Lay some tokens, but for those of the source's own phrase, to a source."""
        own = frozenset(t.i for t in grammar.phrase(head))
        self.items.append(Attribution(source, frozenset(scope) - own, grammar.lemma(cue), kind, cue.i, head.i, own, outer))

    def chain(self, token_index: int) -> list[Attribution]:
        """Attributions whose scope covers a token, outermost first."""
        over = [a for a in self.items if token_index in a.scope]
        return sorted(over, key=lambda a: -len(a.scope))

    def own_words(self) -> frozenset[int]:
        """Tokens that belong to sources' own phrases."""
        return frozenset(i for a in self.items for i in a.own)
