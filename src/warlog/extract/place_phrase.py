"""The place phrase: a stretch of a sentence that names or points to a place, with its preposition, its list and what holds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class PlacePhrase:
    """A phrase that names or points to a place."""

    head: Token
    #: token of the name inside it; None for an unnamed place
    name: Token | None
    tokens: list[Token]
    text: str
    #: preposition before it in lower case, if any
    preposition: str | None = None
    #: number of the list it stands in; -1 outside of lists
    list_id: int = -1
    #: other phrases that say where this one lies
    containers: list[PlacePhrase] = field(default_factory=list)
    #: the phrase this one only locates
    contained_by: PlacePhrase | None = None
    #: only tells which road or line is meant ("linking A and B")
    linking: bool = False
    #: "near", "north of" ...: the wording that relates the event's place to this one
    relation: str | None = None

    @property
    def named(self) -> bool:
        """Whether it holds a name."""
        return self.name is not None

    def locate(self, inner: PlacePhrase) -> None:
        """Take another phrase as one that only says where this one lies."""
        inner.contained_by = self
        self.containers.append(inner)
