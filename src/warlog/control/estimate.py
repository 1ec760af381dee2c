"""The estimate of control: for each place and day, what the latest claim up to that day says, or that sides disagree.

The rule of this version. The latest claim that is not denied, planned or conjecture tells who holds a place, until a
newer one comes. The place is *contested* where a claim of another side, or a denial of the latest one, lies within
three days of it: for three more days if one came after the other (so that a place that was simply retaken is its new
holder's again), and until a newer claim if both are of one day. What happened on an unknown day holds not later
than its document's date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from warlog.control.changes import Change, changes
from warlog.events.sides import UNKNOWN, Sides
from warlog.events.spans import parse_day
from warlog.records import Claim, Document, PlaceDay

#: Sides that contradict each other within so many days make a place contested.
DISPUTE_DAYS = 3
#: A place has a row for each of its last so many days; before those, only for the days on which something changed.
MAX_DAYS = 400


@dataclass(slots=True, frozen=True)
class _State:
    """What is to be said of a place on a day."""

    status: str
    holders: tuple[tuple[str, str], ...]
    since: date | None
    exact: bool
    basis: tuple[Change, ...]
    rule: str


def estimate(claims: Iterable[Claim], documents: Iterable[Document] = (), sides: Sides | None = None) -> list[PlaceDay]:
    """Place-days by place id and day, from each place's first claim to the last day of the log.

    The last day is the newest that any claim or document bears. A place with more than `MAX_DAYS` days has a row for
    each of the last ones, and before them for the days on which its state changed. `sides` says who fights beside
    whom; without it, what the installed theatre files say is taken.
    """
    sides = Sides.load() if sides is None else sides
    every = list(claims)
    last = _last_day(every, documents)
    if last is None:
        return []
    rows: list[PlaceDay] = []
    for place_id, told in changes(every).items():
        rows += _days_of(place_id, told, last, sides)
    return rows


def _last_day(claims: Sequence[Claim], documents: Iterable[Document]) -> date | None:
    days = [parse_day(document.published) for document in documents]
    for claim in claims:
        published = parse_day(claim.published)
        own = parse_day(claim.date_end or claim.date_start) if claim.certainty in ("asserted", "hedged") else None
        days += [published, min(own, published) if own is not None and published is not None else own]
    return max((day for day in days if day is not None), default=None)


def _days_of(place_id: str, told: Sequence[Change], last: date, sides: Sides) -> Iterator[PlaceDay]:
    first = next((c.day for c in told if not c.denied), None)
    if first is None:
        return
    daily_from = last - timedelta(days=MAX_DAYS - 1)
    where = _where(told)
    known = 0
    before: tuple[object, ...] | None = None
    state: _State | None = None
    for day in _days(first, last, daily_from, told):
        while known < len(told) and told[known].day <= day:
            known += 1
        # Long after its newest claim, nothing about a place changes from one day to the next.
        if state is None or (day - told[known - 1].day).days <= DISPUTE_DAYS + 1:
            state = _state(told[:known], day, sides)
        if state is None:
            continue
        now = (state.status, state.holders, state.basis)
        if day >= daily_from or now != before:
            yield _row(place_id, where, day, state)
        before = now


def _days(first: date, last: date, daily_from: date, told: Sequence[Change]) -> Iterator[date]:
    """Every day from `daily_from` on; before it, only those on which a claim comes in or a dispute can lapse."""
    early: set[date] = set()
    for change in told:
        early |= {change.day, change.day + timedelta(days=DISPUTE_DAYS + 1)}
    yield from sorted(day for day in early if first <= day < daily_from and day <= last)
    day = max(first, daily_from)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _state(told: Sequence[Change], day: date, sides: Sides) -> _State | None:
    """What the claims known up to a day say; None while none says anything that holds."""
    latest = next((c for c in reversed(told) if not c.denied), None)
    if latest is None:
        return None
    on = latest.day.isoformat()
    same: list[Change] = []
    against: list[Change] = []
    changed_hands = False
    for change in reversed(told):
        gap = (latest.day - change.day).days
        if change.denied:
            if _denies(change, latest, day, sides, on):
                against.append(change)
        elif _lost_since(change, latest, sides, on):
            break
        elif sides.opposed(change.holders, latest.holders, on):
            if gap > 0 and (gap > DISPUTE_DAYS or (day - change.day).days > DISPUTE_DAYS):
                break
            against.append(change)
            changed_hands = gap > 0
        elif not changed_hands:
            same.append(change)
    holders = _holders(same)
    if against:
        return _State(
            "contested", _merged(holders, against), None, False, _newest_first([*same, *against]),
            f"claims of different sides, or a denial, within {DISPUTE_DAYS} days",
        )  # fmt: skip
    if not holders:
        rule = "latest claim says who lost it, not who holds it"
        return _State("held", (), latest.day, latest.exact, _newest_first(same), rule)
    since = min(same, key=lambda c: c.day)
    rule = "latest claim of control"
    if latest.claim.certainty == "hedged":
        rule += ", which is hedged"
    if not since.exact:
        rule += "; its day is not known, so it holds from its report on"
    return _State("held", holders, since.day, since.exact, _newest_first(same), rule)


def _lost_since(change: Change, latest: Change, sides: Sides, on: str) -> bool:
    """Whether the latest claim, which does not say who holds the place, says that the holder of an earlier one lost it."""
    return not latest.holders and sides.together(change.holders, latest.losers, on)


def _denies(denial: Change, latest: Change, day: date, sides: Sides, on: str) -> bool:
    """Whether a denial speaks against the latest claim: of the same taking, within the days of dispute, not yet lapsed."""
    if abs((denial.day - latest.day).days) > DISPUTE_DAYS or (day - denial.day).days > DISPUTE_DAYS:
        return False
    return not sides.opposed(denial.losers, latest.holders, on)


def _holders(same: Sequence[Change]) -> tuple[tuple[str, str], ...]:
    """Who the newest of agreeing claims names, with names: the newest that names a known actor, if any does."""
    named = [change for change in same if change.holders]
    known = [change for change in named if not all(i.startswith(UNKNOWN) for i in change.holders)]
    newest = (known or named)[:1]
    return tuple(zip(newest[0].holders, newest[0].holder_names, strict=True)) if newest else ()


def _merged(holders: tuple[tuple[str, str], ...], against: Sequence[Change]) -> tuple[tuple[str, str], ...]:
    found = dict(holders)
    for change in against:
        found.update({i: n for i, n in zip(change.holders, change.holder_names, strict=True) if i not in found})
    return tuple(found.items())


def _newest_first(used: Sequence[Change]) -> tuple[Change, ...]:
    return tuple(sorted(used, key=lambda c: (c.day, c.claim.published or "", c.claim.claim_id), reverse=True))


def _where(told: Sequence[Change]) -> Claim:
    """The claim whose place stands for all: the most exact, then the first."""
    return min((c.claim for c in told), key=lambda c: (c.lat is None, c.geo_precision or 9, c.claim_id))


def _row(place_id: str, where: Claim, day: date, state: _State) -> PlaceDay:
    newest = state.basis[0].day
    return PlaceDay(
        place_day_id=f"{place_id}/{day.isoformat()}",
        place_id=place_id,
        place_name=where.place_name or where.place or place_id,
        lat=where.lat,
        lon=where.lon,
        day=day.isoformat(),
        holder_ids=[i for i, _ in state.holders],
        holder_names=[n for _, n in state.holders],
        status=state.status,
        since=state.since.isoformat() if state.since is not None else None,
        since_precision="none" if state.since is None else "day" if state.exact else "not_later_than",
        age_days=(day - newest).days,
        claim_ids=[c.claim.claim_id for c in state.basis],
        rule=state.rule,
    )
