"""Who fights beside whom, asked of the actors room once for each pair and month.

The actors room is loaded when the first question comes. Without it (or where it cannot tell) the answer is None, and
whoever asks decides by the actors' ids alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warlog.actors import Actors
    from warlog.actors.model import ActorContext

#: Ids of actors that no theatre file knows begin with one of these.
UNKNOWN = ("name:", "generic:")
#: And with this where they are common nouns, which name nobody.
GENERIC = "generic:"


class Sides:
    """Answers whether actors are on one side. `actors` is an object with `same_side(a, b, context)`, or None."""

    def __init__(self, actors: Any = None) -> None:
        self._actors = actors
        self._known: dict[tuple[str, str, str], bool | None] = {}

    @classmethod
    def load(cls) -> Sides:
        """The sides that the installed theatre files tell of."""
        return cls(_Lazy())

    def same(self, a: str, b: str, day: str | None = None) -> bool | None:
        """Whether two actors (ids) are on one side on a day; None where that is not known."""
        if a == b:
            return True
        if self._actors is None or a.startswith(UNKNOWN) or b.startswith(UNKNOWN):
            return None
        # Alliances do not change from day to day; a month is fine enough, and makes few questions of many.
        first, second = min(a, b), max(a, b)
        key = (first, second, (day or "")[:7])
        if key not in self._known:
            self._known[key] = self._ask(first, second, day)
        return self._known[key]

    def _ask(self, a: str, b: str, day: str | None) -> bool | None:
        from warlog.actors.model import ActorContext

        answer = self._actors.same_side(a, b, ActorContext(day=day))
        return None if answer is None else bool(answer)

    def compatible(self, a: Iterable[str], b: Iterable[str], day: str | None = None) -> bool:
        """Whether two sets of actor ids can be the same party: they share one, are on one side, or one is not known.

        Mere common nouns ("gunmen") could be anyone. A proper name that no theatre file has could be one of the known
        parties under another name, but is not the same as another such name.
        """
        ours, theirs = set(a), set(b)
        if not ours or not theirs or ours & theirs:
            return True
        if _all(ours, GENERIC) or _all(theirs, GENERIC) or self.together(ours, theirs, day):
            return True
        return _all(ours, UNKNOWN) != _all(theirs, UNKNOWN)

    def together(self, a: Iterable[str], b: Iterable[str], day: str | None = None) -> bool:
        """Whether two sets of actor ids are known to fight beside each other: they share one, or some are on one side."""
        theirs = set(b)
        return any(self.same(x, y, day) for x in a for y in theirs)

    def opposed(self, a: Iterable[str], b: Iterable[str], day: str | None = None) -> bool:
        """Whether two sets of actor ids are different parties, as far as can be told: both known, and not compatible."""
        ours, theirs = set(a), set(b)
        return bool(ours and theirs) and not self.compatible(ours, theirs, day)


class _Lazy:
    """The actors room, loaded at the first question."""

    def __init__(self) -> None:
        self._loaded: Actors | None = None

    def same_side(self, a: str, b: str, context: ActorContext) -> bool | None:
        if self._loaded is None:
            from warlog.actors import Actors

            self._loaded = Actors.load()
        return self._loaded.same_side(a, b, context)


def _all(ids: set[str], beginning: str | tuple[str, ...]) -> bool:
    return all(i.startswith(beginning) for i in ids)
