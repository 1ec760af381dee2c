"""The roster: every actor once, put together from all theatre files; sides, parents, lines of descent.

An actor may stand in several files (Russia fights in several theatres): names, countries and sides add up, and what a later
file says of name, kind or dates takes the place of what an earlier one said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from warlog.actors.files import ActorRow, NameRow, TheatreFile
from warlog.actors.folding import key
from warlog.actors.model import Actor, ActorContext, Side, SideSpan
from warlog.errors import InputError

WORLD = "world"


@dataclass(slots=True, frozen=True)
class GeneralName:
    """A general or loaded name of one theatre and whom it means there."""

    theatre: str
    actors: tuple[str, ...]
    side: str | None
    start: str | None
    end: str | None
    countries: tuple[str, ...]
    speakers: tuple[str, ...]


@dataclass(slots=True)
class Theatre:
    """A theatre as the roster keeps it."""

    name: str
    title: str
    countries: tuple[str, ...]
    start: str | None
    end: str | None
    sides: dict[str, Side] = field(default_factory=dict)
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Roster:
    """All actors, theatres and general names."""

    actors: dict[str, Actor] = field(default_factory=dict)
    theatres: dict[str, Theatre] = field(default_factory=dict)
    #: key of a general name to its readings, in file order
    general: dict[str, list[GeneralName]] = field(default_factory=dict)
    #: actor ids by the id of what they follow
    followers: dict[str, list[str]] = field(default_factory=dict)
    #: rows that add to an actor that no file has brought in yet: (row, theatre, source)
    _waiting: list[tuple[ActorRow, str, str]] = field(default_factory=list)

    def add_rows(self, rows: Iterable[ActorRow], theatre: str, source: str) -> None:
        """Put rows of a file into the roster; one that only adds to an actor waits until that actor comes."""
        for row in rows:
            known = self.actors.get(row.id)
            if known is None and (row.name is None or row.kind is None):
                self._waiting.append((row, theatre, source))
            else:
                self.actors[row.id] = _merged(known, row, theatre)

    def add_file(self, name: str, file: TheatreFile, source: str) -> None:
        """Put a theatre file into the roster. Raises InputError where it names a side or actor that does not exist."""
        head = file.theatre
        if name != WORLD:
            theatre = self.theatres.get(name) or Theatre(name, head.name, tuple(head.countries), head.start, head.end)
            for s in file.side:
                theatre.sides[s.id] = Side(s.id, s.name, name, [], tuple(s.allied), s.neutral)
            theatre.places |= {c: tuple(v) for c, v in file.places.items()}
            self.theatres[name] = theatre
            for row in file.actor:
                for side in [*([row.side] if row.side else []), *(s.side for s in row.sides)]:
                    if side not in theatre.sides:
                        raise InputError(f"{source}: actor {row.id}: there is no side {side!r} in this file.")
        self.add_rows(file.actor, name, source)
        for entry in file.name:
            self._add_name(entry, name)

    def _add_name(self, row: NameRow, theatre: str) -> None:
        reading = GeneralName(
            theatre, tuple(row.actors), row.side, row.start, row.end, tuple(row.countries), tuple(row.speakers)
        )  # fmt: skip
        # a phrase comes without its leading article
        for k in dict.fromkeys(key(words).removeprefix("the ") for words in row.words):
            self.general.setdefault(k, []).append(reading)

    def finish(self, source: str) -> None:
        """Check references and link descent and sides, once files are in. Raises InputError for an unknown actor id, or for a
        new actor without name or kind."""
        for row, theatre, file in self._waiting:
            if row.id not in self.actors:
                raise InputError(f"{file}: actor {row.id}: a new actor needs a name and a kind.")
            self.actors[row.id] = _merged(self.actors[row.id], row, theatre)
        self._waiting.clear()
        for known in self.theatres.values():
            for side in known.sides.values():
                side.members.clear()
        for actor in list(self.actors.values()):
            for role, ref in (("parent", actor.parent), ("predecessor", actor.predecessor), ("successor", actor.successor)):
                if ref is not None and ref not in self.actors:
                    raise InputError(f"{source}: actor {actor.actor_id}: there is no actor {ref!r} to be its {role}.")
            for ref in actor.sponsors:
                if ref not in self.actors:
                    raise InputError(f"{source}: actor {actor.actor_id}: there is no actor {ref!r} to be its sponsor.")
            for span in actor.sides:
                members = self.theatres[span.theatre].sides[span.side].members
                if actor.actor_id not in members:
                    members.append(actor.actor_id)
            if actor.predecessor:
                self._link(actor.predecessor, actor.actor_id)
            if actor.successor:
                self._link(actor.actor_id, actor.successor)
        for words, readings in self.general.items():
            for reading in readings:
                for ref in reading.actors:
                    if ref not in self.actors:
                        raise InputError(f"{source}: name {words!r} ({reading.theatre}): there is no actor {ref!r}.")

    def names(self) -> list[tuple[str, str]]:
        """Every name of every actor, as (name, actor id)."""
        out: list[tuple[str, str]] = []
        for actor in self.actors.values():
            # an outlet's name may be a common word; its aliases hold those names that it is cited by
            own = () if actor.actor_id.startswith("outlet-") else (actor.name,)
            out += [(name, actor.actor_id) for name in dict.fromkeys((*own, *actor.aliases))]
        return out

    def _link(self, earlier: str, later: str) -> None:
        followers = self.followers.setdefault(earlier, [])
        if later not in followers:
            followers.append(later)
        if self.actors[later].predecessor is None:
            self.actors[later] = replace(self.actors[later], predecessor=earlier)
        if self.actors[earlier].successor is None:
            self.actors[earlier] = replace(self.actors[earlier], successor=later)

    def descent(self, actor_id: str) -> list[Actor]:
        """The actor's line of descent, earliest first: what it came from, itself, what came of it."""
        if actor_id not in self.actors:
            return []
        line = [actor_id]
        while (before := self.actors[line[0]].predecessor) is not None and before not in line:
            line.insert(0, before)
        queue = [actor_id]
        while queue:
            for later in self.followers.get(queue.pop(0), ()):
                if later not in line:
                    line.append(later)
                    queue.append(later)
        return [self.actors[a] for a in line]

    def on_day(self, actor_id: str, day: str | None) -> str:
        """Which of an actor's line of descent existed on a day.

        The actor itself where it did, where none did, or where no day is known; otherwise the nearest in the line.
        """
        actor = self.actors[actor_id]
        if day is None or within(day, actor.active_from, actor.active_to):
            return actor_id
        line = [a.actor_id for a in self.descent(actor_id)]
        here = line.index(actor_id)
        dated = [i for i, a in enumerate(self.actors[x] for x in line) if a.active_from or a.active_to]
        fits = [i for i in dated if within(day, self.actors[line[i]].active_from, self.actors[line[i]].active_to)]
        return line[min(fits, key=lambda i: abs(i - here))] if fits else actor_id

    def ancestors(self, actor_id: str) -> list[str]:
        """The actor and those it belongs to, nearest first."""
        out: list[str] = []
        current: str | None = actor_id
        while current is not None and current in self.actors and current not in out:
            out.append(current)
            current = self.actors[current].parent
        return out

    def side_of(self, actor_id: str, theatre: str, day: str | None) -> str | None:
        """The side of an actor, or of what it belongs to, in a theatre on a day; None if unknown."""
        for a in self.ancestors(actor_id):
            spans = [s for s in self.actors[a].sides if s.theatre == theatre]
            for span in spans:
                if day is None or within(day, span.start, span.end):
                    return span.side
            if spans:
                return None
        return None

    def same_side(self, a: str, b: str, context: ActorContext) -> bool | None:
        """Whether two actors stand on one side: see `Actors.same_side`."""
        if a == b:
            return True
        if a not in self.actors or b not in self.actors:
            return None
        theatres = context.theatres or tuple(
            t for t in self.theatres if self.side_of(a, t, context.day) and self.side_of(b, t, context.day)
        )
        told: set[bool] = set()
        for theatre in theatres:
            if theatre not in self.theatres:
                continue
            one, two = self.side_of(a, theatre, context.day), self.side_of(b, theatre, context.day)
            if one is None or two is None:
                continue
            sides = self.theatres[theatre].sides
            if one == two:
                verdict: bool | None = None if sides[one].neutral else True
            elif sides[one].neutral or sides[two].neutral:
                verdict = None
            else:
                verdict = two in sides[one].allied or one in sides[two].allied
            if context.theatres:
                if verdict is not None:
                    return verdict
                break
            if verdict is not None:
                told.add(verdict)
        if len(told) == 1:
            return told.pop()
        if a in self.ancestors(b) or b in self.ancestors(a):
            return True
        return True if any(x.actor_id == b for x in self.descent(a)) else None


def within(day: str, start: str | None, end: str | None) -> bool:
    """Whether a day, month or year lies in a span, both ends included, each compared at the coarser precision."""
    if start is not None and day[: len(start)] < start[: len(day)]:
        return False
    return not (end is not None and day[: len(end)] > end[: len(day)])


def _union(a: tuple[str, ...], b: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))


def _merged(known: Actor | None, row: ActorRow, theatre: str) -> Actor:
    spans = [SideSpan(theatre, row.side)] if row.side else []
    spans += [SideSpan(theatre, s.side, s.start, s.end) for s in row.sides]
    if known is None:
        known = Actor(actor_id=row.id, name=row.name or row.id, kind=row.kind or "state", theatres=())
    # what a later file says of its own theatre replaces what was said of it before
    kept = [s for s in known.sides if not spans or s.theatre != theatre]
    sides = (*kept, *spans)
    return replace(
        known,
        name=row.name or known.name,
        kind=row.kind or known.kind,
        theatres=_union(known.theatres, (theatre,)),
        side=sides[0].side if sides else None,
        sides=sides,
        parent=row.parent or known.parent,
        sponsors=_union(known.sponsors, row.sponsors),
        countries=_union(known.countries, row.countries),
        aliases=_union(known.aliases, row.aliases),
        active_from=row.start or known.active_from,
        active_to=row.end or known.active_to,
        predecessor=row.predecessor or known.predecessor,
        successor=row.successor or known.successor,
        umbrella=row.umbrella or known.umbrella,
        acled_name=row.acled_name or known.acled_name,
        ucdp_name=row.ucdp_name or known.ucdp_name,
        reference=row.reference or known.reference,
    )
