"""Who the parties of an event are in a codebook's terms: their names there, their kinds, and whether people are civilians.

Known actors are looked up in the actors room; words for people that no theatre file names are in `vocab/publish.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from warlog import vocabulary
from warlog.events.sides import Sides

if TYPE_CHECKING:
    from warlog.actors.model import Actor

_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")


class Lookup(Protocol):
    """What knows actors by their ids."""

    def actor(self, actor_id: str) -> Actor | None:
        """The actor with this id, or None."""
        ...


class Parties:
    """Names, kinds and sides of actors. `actors` is the actors room or nothing; then only words decide."""

    def __init__(self, actors: Lookup | None = None) -> None:
        self._actors = actors
        self.sides = Sides(actors)

    @classmethod
    def load(cls) -> Parties:
        """The parties that the installed theatre files tell of."""
        from warlog.actors import Actors

        return cls(Actors.load())

    def actor(self, actor_id: str) -> Actor | None:
        """The known actor with this id."""
        return self._actors.actor(actor_id) if self._actors is not None else None

    def kind(self, actor_id: str, name: str = "") -> str:
        """The kind of an actor: that of the theatre files, or by its words `civilian`, `fighter`, or "" if nothing tells."""
        known = self.actor(actor_id)
        return known.kind if known is not None else people(name)

    def acled_name(self, actor_id: str, name: str) -> str:
        """What ACLED calls it, or its standard name."""
        known = self.actor(actor_id)
        return (known.acled_name if known is not None else None) or name

    def ucdp_name(self, actor_id: str, name: str) -> str:
        """What UCDP calls it, or its standard name."""
        known = self.actor(actor_id)
        return (known.ucdp_name if known is not None else None) or name

    def acled_kind(self, actor_id: str, name: str) -> str:
        """ACLED's `inter` text: State forces, Rebel group, ... Civilians; "" where it cannot be told."""
        kind = self.kind(actor_id, name)
        if kind == "civilian":
            return "Civilians"
        return str(_terms()["acled"]["actor_kind"].get(kind, ""))

    def ged_kind(self, actor_id: str, name: str) -> str:
        """state, group, civilian, or "" where it cannot be told."""
        kind = self.kind(actor_id, name)
        return "civilian" if kind == "civilian" else str(_terms()["ged"]["party_kind"].get(kind, ""))


def people(words: str | None) -> str:
    """Whether words name civilians (`civilian`) or people who fight (`fighter`): the latter wins; "" for neither."""
    found = set(_WORDS.findall((words or "").lower()))
    if found & _people("fighter"):
        return "fighter"
    return "civilian" if found & _people("civilian") else ""


@cache
def _people(sort: str) -> frozenset[str]:
    return frozenset(_terms()["people"][sort])


def _terms() -> dict[str, Any]:
    return vocabulary.load("publish")
