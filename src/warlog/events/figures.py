"""Reconciles casualty figures: what one happening cost, and what several tellings of it give between them.

One sentence may tell a toll over several places; each of its claims bears the toll, and it is one toll. "Including
three children" is part of the toll before it. Different tellings (by others, or later) are not added to each other:
they span a range.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from warlog import vocabulary
from warlog.events.spans import Span, parse_day
from warlog.records import OUTCOMES, Casualties, Claim, Event


@cache
def _part_cues() -> re.Pattern[str]:
    return _any_of([*vocabulary.load("figures")["part_of"], *vocabulary.load("figures")["among"]])


@cache
def _some_cues() -> re.Pattern[str]:
    return _any_of(vocabulary.load("figures")["among"])


def _any_of(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(w) for w in longest_first) + r")\b", re.IGNORECASE)


@cache
def _clause_ends() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(vocabulary.load("figures")["clause_ends"])) + "]")


def reconcile(claims: Sequence[Claim]) -> list[Casualties]:
    """For each outcome, the range over the claims' tolls, a happening's toll counted once.

    `low` is the lowest figure that any telling allows, `high` the highest that any gives. It is None, open, only
    where no telling gives an upper bound. `who` stands where all tellings agree on it.
    """
    happenings: dict[str, list[Claim]] = {}
    for claim in claims:
        happenings.setdefault(claim.happening_id, []).append(claim)
    tolls: dict[str, list[Casualties]] = {}
    fragments: dict[str, list[Casualties]] = {}
    for same in happenings.values():
        for toll in toll_of(same):
            (fragments if tells_of_some(same[0]) else tolls).setdefault(toll.outcome, []).append(toll)
    for outcome, some in fragments.items():
        # "at least 11, after two of the wounded died" is more than any other tells of, so it is no part of theirs
        most = max((top for t in tolls.get(outcome, []) if (top := _top(t)) is not None), default=None)
        if most is not None:
            tolls[outcome] += [t for t in some if t.low is not None and t.low > most]
    outcomes = [o for o in (*OUTCOMES, *sorted((tolls | fragments).keys() - set(OUTCOMES))) if o in tolls or o in fragments]
    return [_range(tolls[o]) if o in tolls else _at_least(fragments[o]) for o in outcomes]


def tells_of_some(claim: Claim) -> bool:
    """Whether a sentence tells only of some of those that another one counts: "three children were among the dead"."""
    outcomes = [item.outcome for item in claim.casualties]
    return len(outcomes) == len(set(outcomes)) and _some_cues().search(claim.quote) is not None


def toll_of(claims: Sequence[Claim]) -> list[Casualties]:
    """What the claims of one happening say it cost: each outcome once, parts of a toll left out, the rest added up."""
    items: dict[tuple[str, str | None, int | None, int | None], Casualties] = {}
    for claim in claims:
        for item in claim.casualties:
            if not is_part(claim, item):
                items.setdefault((item.outcome, item.who, item.low, item.high), item)
    grouped: dict[str, list[Casualties]] = {}
    for item in items.values():
        grouped.setdefault(item.outcome, []).append(item)
    return [_added(parts) for parts in grouped.values()]


def is_part(claim: Claim, item: Casualties) -> bool:
    """Whether an item is part of another of its claim: its words follow an "including" or "among them" in the sentence."""
    same = [other for other in claim.casualties if other.outcome == item.outcome]
    if len(same) < 2 or not item.who:
        return False
    tops = [_top(other) for other in same if other is not item]
    if item.low is not None and all(top is not None and item.low > top for top in tops):
        return False  # what is more than each of the others is no part of any of them
    if _some_cues().search(claim.quote) and (_top(item) or 0) < max(top or 0 for top in tops):
        return True
    for cue in _part_cues().finditer(claim.quote):
        rest = claim.quote[cue.end() :]
        end = _clause_ends().search(rest)
        if item.who.lower() in rest[: end.start() if end else len(rest)].lower():
            return True
    return False


def tally(events: Iterable[Event], claims: Mapping[str, Claim]) -> list[Casualties]:
    """The sum over events, for each outcome, of ranges; what is told of as one toll counts once.

    Events that share a happening (one toll told over several places) are one, and a bare casualty report is one with
    what happened at the same place and time. Only what is asserted or hedged counts, and only tolls of a week at
    most: totals of months hold those of days. `claims` are the events' claims by id.
    """
    counted = [e for e in events if e.certainty in ("asserted", "hedged") and e.casualties and not _is_long(e)]
    sums: dict[str, list[Casualties]] = {}
    for group in _groups(counted, claims):
        ranges: dict[str, list[Casualties]] = {}
        for event in group:
            for toll in event.casualties:
                if toll.high != 0:
                    ranges.setdefault(toll.outcome, []).append(toll)
        for outcome, tolls in ranges.items():
            sums.setdefault(outcome, []).append(_range(tolls))
    return [_added(sums[outcome]) for outcome in OUTCOMES if outcome in sums]


def told_elsewhere(events: Sequence[Event], claims: Mapping[str, Claim]) -> dict[str, str]:
    """Events whose toll is that of another one in the sequence, by id: the id of the event that it is counted on.

    One toll told over several places makes an event at each; whoever adds up rows must count it once.
    """
    counted = [e for e in events if e.certainty in ("asserted", "hedged") and e.casualties]
    return {e.event_id: group[0].event_id for group in _groups(counted, claims) for e in group[1:]}


def _groups(events: Sequence[Event], claims: Mapping[str, Claim]) -> list[list[Event]]:
    """Events in groups that tell of one toll."""
    head = list(range(len(events)))

    def find(number: int) -> int:
        while head[number] != number:
            head[number] = head[head[number]]
            number = head[number]
        return number

    by_happening: dict[str, int] = {}
    by_place: dict[str, list[int]] = {}
    for number, event in enumerate(events):
        for happening in sorted({claims[i].happening_id for i in event.claim_ids if i in claims and claims[i].casualties}):
            head[find(number)] = find(by_happening.setdefault(happening, number))
        place = event.place_id or event.place_name
        if place:
            by_place.setdefault(place, []).append(number)
    for there in by_place.values():
        for number in there:
            if events[number].event_type != "casualty_report":
                continue
            for other in there:
                if other != number and _meet(events[number], events[other]):
                    head[find(number)] = find(other)
                    break
    groups: dict[int, list[Event]] = {}
    for number, event in enumerate(events):
        groups.setdefault(find(number), []).append(event)
    return list(groups.values())


def _days(event: Event) -> Span | None:
    first, last = parse_day(event.date_start) or parse_day(event.date_end), parse_day(event.date_end)
    return Span(first, last or first, True) if first is not None else None


def _is_long(event: Event) -> bool:
    span = _days(event)
    return span is not None and span.is_long


def _meet(one: Event, two: Event) -> bool:
    a, b = _days(one), _days(two)
    return a is not None and b is not None and a.gap(b) <= 1


def _top(item: Casualties) -> int | None:
    return item.high if item.high is not None else item.low


def _added(parts: Sequence[Casualties]) -> Casualties:
    """The sum of tolls of different people: what is unknown below adds nothing, what is open above leaves it open."""
    if len(parts) == 1:
        return Casualties(parts[0].outcome, parts[0].who, parts[0].low, parts[0].high)
    lows = [p.low for p in parts if p.low is not None]
    highs = [p.high for p in parts if p.high is not None]
    whos = list(dict.fromkeys(p.who for p in parts if p.who))
    return Casualties(
        parts[0].outcome,
        " and ".join(whos) if 0 < len(whos) <= 3 else None,
        sum(lows) if lows else None,
        sum(highs) if len(highs) == len(parts) else None,
    )


def _at_least(tolls: Sequence[Casualties]) -> Casualties:
    """What is known of a toll of which only parts are told: no fewer than the greatest of them."""
    lows = [t.low for t in tolls if t.low is not None]
    return Casualties(tolls[0].outcome, None, max(lows) if lows else None, None)


def _range(tolls: Sequence[Casualties]) -> Casualties:
    """What different tellings of one toll span."""
    lows = [t.low for t in tolls if t.low is not None]
    highs = [t.high for t in tolls if t.high is not None]
    whos = {t.who.lower() for t in tolls if t.who}
    return Casualties(
        tolls[0].outcome,
        next(t.who for t in tolls if t.who) if len(whos) == 1 else None,
        min(lows) if lows else None,
        max(highs + lows) if highs else None,
    )
