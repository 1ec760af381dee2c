"""The roster: every actor once, put together from all theatre files; sides, parents, lines of descent.

An actor may stand in several files (Russia fights in several theatres): names, countries and sides add up, and what a later
file says of name, kind or dates takes the place of what an earlier one said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from warlog.actors.files import ActorRow, NameRow, TheatreFile
from warlog.actors.folding import key
from warlog.actors.model import Actor, ActorContext, Side, SideSpan, Tie
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
    #: actor ids by the id of what came of them; several where groups merged
    forebears: dict[str, list[str]] = field(default_factory=dict)
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
                theatre.sides[s.id] = Side(
                    s.id, s.name, name, [], tuple(s.allied), s.neutral, tuple(s.forces), tuple(s.enemies)
                )  # fmt: skip
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
                for ref in (*side.forces, *side.enemies):
                    if ref not in self.actors:
                        raise InputError(f"{source}: side {side.side_id} of {known.name}: there is no actor {ref!r}.")
        for actor in list(self.actors.values()):
            for role, ref in _references(actor):
                if ref not in self.actors:
                    raise InputError(f"{source}: actor {actor.actor_id}: there is no actor {ref!r} to be its {role}.")
            for span in actor.sides:
                members = self.theatres[span.theatre].sides[span.side].members
                if actor.actor_id not in members:
                    members.append(actor.actor_id)
            if actor.predecessor:
                self._link(actor.predecessor, actor.actor_id)
            if actor.successor:
                self._link(actor.actor_id, actor.successor)
        for actor_id, before in self.forebears.items():
            # what became another says so; whoever names no forebear, and has but one, came from that one
            if len(before) == 1 and self.actors[actor_id].predecessor is None:
                self.actors[actor_id] = replace(self.actors[actor_id], predecessor=before[0])
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
        if earlier == later:
            return
        followers = self.followers.setdefault(earlier, [])
        if later not in followers:
            followers.append(later)
        forebears = self.forebears.setdefault(later, [])
        if earlier not in forebears:
            forebears.append(earlier)

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

    def main_line(self, actor_id: str) -> list[str]:
        """Those that an actor was before and those it became, earliest first, itself among them; what split off is left out."""
        line = [actor_id]
        while (before := self.actors[line[0]].predecessor) is not None and before not in line:
            if self.actors[before].successor != line[0]:
                break
            line.insert(0, before)
        while (after := self.actors[line[-1]].successor) is not None and after not in line:
            line.append(after)
        return line

    def on_day(self, actor_id: str, day: str | None) -> str:
        """Which of those that an actor was before or became existed on a day.

        The actor itself where it did, where none did, or where no day is known; otherwise the nearest later one if it had
        ended by then, and the nearest earlier one if it had not begun.
        """
        actor = self.actors[actor_id]
        if day is None or within(day, actor.active_from, actor.active_to):
            return actor_id
        line = self.main_line(actor_id)
        here = line.index(actor_id)
        ended = within(day, actor.active_from, None)
        nearest = line[here + 1 :] if ended else line[:here][::-1]
        return next((i for i in nearest if within(day, self.actors[i].active_from, self.actors[i].active_to)), actor_id)

    def parent_of(self, actor_id: str, day: str | None = None) -> str | None:
        """What an actor belongs to on a day, or the last thing it belonged to where no day is given; None if to nothing."""
        actor = self.actors[actor_id]
        if day is None or not actor.parents:
            return actor.parent
        return next((t.actor_id for t in actor.parents if within(day, t.start, t.end)), None)

    def sponsors_of(self, actor_id: str, day: str | None = None) -> tuple[str, ...]:
        """Who funds or arms an actor on a day, or did at any time where no day is given."""
        ties = self.actors[actor_id].sponsorships
        return tuple(dict.fromkeys(t.actor_id for t in ties if day is None or within(day, t.start, t.end)))

    def ancestors(self, actor_id: str, day: str | None = None) -> list[str]:
        """The actor and those it belongs to on a day, nearest first."""
        out: list[str] = []
        current: str | None = actor_id
        while current is not None and current in self.actors and current not in out:
            out.append(current)
            current = self.parent_of(current, day)
        return out

    def side_of(self, actor_id: str, theatre: str, day: str | None) -> str | None:
        """The side of an actor, or of what it belongs to, in a theatre on a day; None if unknown."""
        for a in self.ancestors(actor_id, day):
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
        if a in self.ancestors(b, context.day) or b in self.ancestors(a, context.day):
            return True
        return True if b in self.main_line(a) or a in self.main_line(b) else None


def within(day: str, start: str | None, end: str | None) -> bool:
    """Whether a day, month or year lies in a span, both ends included, each compared at the coarser precision."""
    if start is not None and day[: len(start)] < start[: len(day)]:
        return False
    return not (end is not None and day[: len(end)] > end[: len(day)])


def _references(actor: Actor) -> list[tuple[str, str]]:
    """The other actors that an actor's entry names, as (what they are to it, id)."""
    single = (("parent", actor.parent), ("predecessor", actor.predecessor), ("successor", actor.successor))
    several = [("parent", t.actor_id) for t in actor.parents]
    several += [("sponsor", t.actor_id) for t in actor.sponsorships]
    return [(role, ref) for role, ref in single if ref is not None] + several


def _union(a: tuple[str, ...], b: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))


def _reference(later: str | None, earlier: str | None) -> str | None:
    """The page of an actor, or None where a file says that there is none."""
    return later if later not in (None, "none") else earlier


def _merged(known: Actor | None, row: ActorRow, theatre: str) -> Actor:
    spans = [SideSpan(theatre, row.side)] if row.side else []
    spans += [SideSpan(theatre, s.side, s.start, s.end) for s in row.sides]
    if known is None:
        known = Actor(actor_id=row.id, name=row.name or row.id, kind=row.kind or "state", theatres=())
    # what a later file says of its own theatre replaces what was said of it before
    kept = [s for s in known.sides if not spans or s.theatre != theatre]
    sides = (*kept, *spans)
    ties = tuple(Tie(p.actor, p.start, p.end) for p in row.parents)
    kept_by = tuple(Tie(t) if isinstance(t, str) else Tie(t.actor, t.start, t.end) for t in row.sponsors)
    # a later file that gives the times of a sponsor already known takes the place of what was said of that sponsor
    again = {t.actor_id for t in kept_by}
    sponsorships = (*(t for t in known.sponsorships if t.actor_id not in again), *kept_by)
    return replace(
        known,
        name=row.name or known.name,
        kind=row.kind or known.kind,
        theatres=_union(known.theatres, (theatre,)),
        side=sides[0].side if sides else None,
        sides=sides,
        parent=row.parent or (ties[-1].actor_id if ties else known.parent),
        parents=ties or (() if row.parent else known.parents),
        sponsors=tuple(dict.fromkeys(t.actor_id for t in sponsorships)),
        sponsorships=sponsorships,
        countries=_union(known.countries, row.countries),
        aliases=_union(known.aliases, row.aliases),
        active_from=row.start or known.active_from,
        active_to=row.end or known.active_to,
        predecessor=row.predecessor or known.predecessor,
        successor=row.successor or known.successor,
        umbrella=row.umbrella or known.umbrella,
        acled_name=row.acled_name or known.acled_name,
        ucdp_name=row.ucdp_name or known.ucdp_name,
        ucdp_id=row.ucdp_id or known.ucdp_id,
        reference=_reference(row.reference, known.reference),
    )
