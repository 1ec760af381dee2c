"""What the frames work on and give: a `Reading`, and the trigger verb or noun with what stands around it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warlog.extract.frames.phrases import is_party, is_place
from warlog.extract.lexicon import Entry
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

#: prepositions before what an act is directed at
AGAINST = frozenset({"against", "on", "at", "upon", "toward", "towards", "onto"})
#: prepositions before where an act takes place or goes to
INTO = frozenset(
    {"in", "at", "near", "into", "inside", "around", "across", "throughout", "outside", "within", "over", "through", "along"}
    | {"to", "toward", "towards", "on", "between", "off"}
    | {f"{side} of" for side in ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")}
)


@dataclass(slots=True)
class Reading:
    """One event that a trigger tells of, as tokens of the parse."""

    type: str
    token: Token
    entry: Entry
    actors: list[Token] = field(default_factory=list)
    targets: list[Token] = field(default_factory=list)
    #: heads of phrases that name where it happened, or what was taken
    places: list[Token] = field(default_factory=list)
    #: the verb that carries a noun trigger, if any
    verb: Token | None = None
    #: other triggers of the same event, merged into this one
    merged: list[Token] = field(default_factory=list)


@dataclass(slots=True)
class Around:
    """What stands around a trigger: its prepositional phrases, as (preposition, head of its object)."""

    parsed: Parsed
    entry: Entry
    preps: list[tuple[str, Token]]

    def after(self, words: Collection[str]) -> list[Token]:
        """Heads that stand after one of some prepositions."""
        return [p for w, p in self.preps if w in words]

    def places_after(self, words: Collection[str]) -> list[Token]:
        """Of those, the ones that name places."""
        return [p for w, p in self.preps if w in words and is_place(self.parsed, p)]

    def parties_after(self, words: Collection[str]) -> list[Token]:
        """Of those, the ones that can act."""
        return [p for w, p in self.preps if w in words and is_party(self.parsed, p)]


@dataclass(slots=True)
class Clause(Around):
    """A trigger verb with its clause, gathered once for the frames."""

    verb: Token
    lemma: str
    passive: bool
    #: who does it, in the active or as the agent of the passive
    subjects: list[Token]
    #: what it is done to
    objects: list[Token]
    #: the noun of a light verb ("control" in "take control of X"), where the entry asks for one
    light: Token | None


@dataclass(slots=True)
class Nominal(Around):
    """A trigger noun with its phrase and the verb that carries it, gathered once for the frames."""

    noun: Token
    #: lemma of the noun
    lemma: str
    verb: Token | None
    #: how the verb carries the noun: "object", "subject", "passive" (its subject), "prep" or ""
    how: str
    #: lemma of that verb, "" without one
    carrying: str
    #: parties that modify the noun ("Russian airstrikes"), and everyone told of as doing it
    parties: list[Token]
    actors: list[Token]
    #: places that modify the noun ("the Aleppo offensive"), that it is at, and that it goes to
    modifying: list[Token]
    where: list[Token]
    towards: list[Token]
    #: what it is directed at, what it is of, and what stands after "between" and "with"
    hit: list[Token]
    of: list[Token]
    between: list[Token]
    opposed: list[Token]
