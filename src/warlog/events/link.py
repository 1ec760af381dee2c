"""Links claims into events.

Claims are taken one after the other, those that say most first (a day and a resolved place before a month and an
unresolved one, what happened before what was denied or planned), and each joins the event that all of whose claims it
can be of one happening with, or begins one. Asking for *all* keeps a week of daily shelling from growing, day by day,
into one event. Only events in the same blocks of kind, place and days are looked at, so that the work grows with the
number of claims and not with its square.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from warlog.events.figures import reconcile
from warlog.events.origins import teller_of, tellers_of
from warlog.events.rules import Comparable, alike, blocks, comparable, distance_km, homes, same_happening, sentence_of
from warlog.events.sides import Sides
from warlog.events.spans import PRECISIONS
from warlog.records import Claim, Event

#: From strongest to weakest: an event bears the strongest among its claims.
_STRENGTH: tuple[str, ...] = ("asserted", "hedged", "conjecture", "planned", "denied")
_PLACED = {"resolved": 0, "anchored": 1, "named": 2, "none": 3}


@dataclass(slots=True, eq=False)
class _Group:
    """An event in the making, with its claims in the order they joined."""

    number: int
    members: list[Comparable] = field(default_factory=list)
    #: one member of each sort: fifty reprints of a report are compared as one
    sorts: dict[tuple[object, ...], Comparable] = field(default_factory=dict)
    #: the places that each sentence gave it
    sentences: dict[tuple[str, int], set[str | None]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)

    def add(self, item: Comparable) -> None:
        """Take a claim in."""
        self.members.append(item)
        self.sorts.setdefault(alike(item), item)
        self.sentences.setdefault(sentence_of(item), set()).add(item.claim.place_id)
        self.ids.update(item.parties)

    def takes(self, item: Comparable, sides: Sides) -> bool:
        """Whether a claim can be of one happening with every member."""
        if self.sentences.get(sentence_of(item), {item.claim.place_id}) != {item.claim.place_id}:
            return False
        return all(same_happening(item, member, sides) for member in self.sorts.values())


def link(claims: Iterable[Claim], sides: Sides | None = None) -> list[Event]:
    """The events that claims tell of, by kind, first day, place and id.

    Every claim is part of exactly one event. The same claims, in any order, give the same events. `sides` says who
    fights beside whom; without it, what the installed theatre files say is taken.
    """
    sides = Sides.load() if sides is None else sides
    ready = sorted((comparable(claim) for claim in claims), key=_order)
    index: dict[tuple[str, str, str], list[_Group]] = {}
    groups: list[_Group] = []
    for item in ready:
        group = _best(item, _candidates(item, index), sides)
        if group is None:
            group = _Group(len(groups))
            groups.append(group)
        group.add(item)
        for key in _keys(item, homes(item), reach=0):
            bucket = index.setdefault(key, [])
            if group not in bucket:
                bucket.append(group)
    tellers = tellers_of(item.claim for item in ready)
    events = [_event(group.members, tellers) for group in groups]
    return sorted(events, key=lambda e: (e.event_type, e.date_start or e.date_end or "", e.place_name or "", e.event_id))


def _order(item: Comparable) -> tuple[object, ...]:
    claim = item.claim
    span = item.span
    return (
        not item.happened,
        span is None or span.is_long,
        span is None or not span.dated,
        _PLACED[item.placed],
        not item.parties,
        span.days if span is not None else 0,
        span.first if span is not None else "",
        claim.published or "",
        claim.document_id,
        claim.start,
        claim.claim_id,
    )


def _keys(item: Comparable, places: Sequence[str], reach: int) -> Iterator[tuple[str, str, str]]:
    """Index keys of a claim: kind, block of places, and its days with `reach` more on either side (or months, if long)."""
    kind, span = item.claim.event_type, item.span
    times: list[str]
    if span is None:
        times = ["never"]
    elif span.is_long:
        # Two long spans of about the same length have the months of their middles, or neighbours, in common.
        middle = span.first + timedelta(days=span.days // 2)
        month = middle.year * 12 + middle.month
        wide = reach * (1 + span.days // 60)
        times = [f"month {m}" for m in range(month - wide, month + wide + 1)]
    else:
        times = [(span.first + timedelta(days=n)).isoformat() for n in range(-reach, span.days + reach)]
        if reach and span.days * 2 > 7:
            times += [f"month {span.first.year * 12 + span.first.month + n}" for n in (-1, 0, 1)]
    for place in places:
        for time in times:
            yield kind, place, time


def _candidates(item: Comparable, index: dict[tuple[str, str, str], list[_Group]]) -> list[_Group]:
    found: dict[int, _Group] = {}
    for key in _keys(item, blocks(item), reach=1):
        for group in index.get(key, ()):
            found[group.number] = group
    return [found[number] for number in sorted(found)]


def _best(item: Comparable, candidates: Iterable[_Group], sides: Sides) -> _Group | None:
    best: tuple[tuple[float, ...], _Group] | None = None
    for group in candidates:
        if not group.takes(item, sides):
            continue
        rank = _fit(item, group)
        if best is None or rank < best[0]:
            best = rank, group
    return best[1] if best is not None else None


def _fit(item: Comparable, group: _Group) -> tuple[float, ...]:
    """How well a claim fits an event that it may join; least is best."""
    first = group.members[0]
    gap = item.span.gap(first.span) if item.span is not None and first.span is not None else 0
    shared = not group.ids.isdisjoint(item.parties)
    away = distance_km(item.claim, first.claim)
    return (gap, not shared, away if away < 1e6 else 0.0, group.number)


def _event(members: Sequence[Comparable], tellers: Mapping[str, str]) -> Event:
    claims = sorted((m.claim for m in members), key=lambda c: (c.published or "", c.document_id, c.start, c.claim_id))
    told = [m for m in members if m.happened] or list(members)
    ids = sorted(claim.claim_id for claim in claims)
    where = _place(told)
    first, last, precision = _days(told)
    actor_ids, actor_names = _named((m.claim.actor_ids, m.claim.actor_names) for m in told)
    target_ids, target_names = _named((m.claim.target_ids, m.claim.target_names) for m in told)
    return Event(
        event_id=hashlib.sha256("\n".join(ids).encode()).hexdigest()[:16],
        event_type=claims[0].event_type,
        place_id=where.place_id,
        place_name=where.place_name or where.place,
        lat=where.lat,
        lon=where.lon,
        geo_precision=where.geo_precision,
        date_start=first,
        date_end=last,
        date_precision=precision,
        actor_ids=actor_ids,
        actor_names=actor_names,
        target_ids=target_ids,
        target_names=target_names,
        casualties=reconcile([m.claim for m in told]),
        certainty=min((c.certainty for c in claims), key=_strength),
        claim_ids=[c.claim_id for c in claims],
        document_count=len({m.claim.document_id for m in told}),
        origin_count=len({teller_of(m.claim, tellers) for m in told}),
        sources=list(dict.fromkeys(s for c in claims for s in (c.original_publisher or c.publisher, c.attributed_to) if s)),
    )


def _strength(certainty: str) -> int:
    return _STRENGTH.index(certainty) if certainty in _STRENGTH else len(_STRENGTH)


def _place(members: Sequence[Comparable]) -> Claim:
    """The claim whose place stands for the event: the most exactly known, then the most often told, then by name."""
    told = Counter((m.claim.place_id, m.name) for m in members)
    return min(
        members,
        key=lambda m: (_PLACED[m.placed], m.claim.geo_precision or 9, -told[m.claim.place_id, m.name], m.name, m.claim.claim_id),
    ).claim


def _days(members: Sequence[Comparable]) -> tuple[str | None, str | None, str]:
    """First day, last day and precision. Dated claims decide; without any, the event is not later than the first report."""
    dated = [m for m in members if m.span is not None and m.span.dated]
    if not dated:
        limits = [m.span.last for m in members if m.span is not None]
        return (None, min(limits).isoformat(), "not_later_than") if limits else (None, None, "none")
    spans = [m.span for m in dated if m.span is not None]
    first, last = min(s.first for s in spans), max(s.last for s in spans)
    precisions = {p if (p := m.claim.date_precision) in PRECISIONS[:4] else "day" for m in dated}
    precision = max(precisions, key=PRECISIONS.index)
    if precision == "day" and first != last:
        precision = "range"
    return first.isoformat(), last.isoformat(), precision


def _named(lists: Iterable[tuple[list[str], list[str]]]) -> tuple[list[str], list[str]]:
    """Ids with their names, each once, most often told first."""
    names: dict[str, str] = {}
    count: Counter[str] = Counter()
    for ids, spelled in lists:
        for number, actor_id in enumerate(ids):
            names.setdefault(actor_id, spelled[number] if number < len(spelled) else actor_id)
            count[actor_id] += 1
    order = sorted(names, key=lambda actor_id: (-count[actor_id], actor_id))
    return order, [names[actor_id] for actor_id in order]
