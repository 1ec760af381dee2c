"""Reconciles casualty figures: what one happening cost, and what several tellings of it give between them.

One sentence may tell a toll over several places; each of its claims bears the toll, and it is one toll. "Including
three children" is part of the toll before it. Different tellings (by others, or later) are not added to each other:
they span a range.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from warlog import vocabulary
from warlog.records import OUTCOMES, Casualties, Claim, Event


@cache
def _part_cues() -> re.Pattern[str]:
    words = sorted(vocabulary.load("figures")["part_of"], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(w) for w in words) + r")\b", re.IGNORECASE)


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
    for same in happenings.values():
        for toll in toll_of(same):
            tolls.setdefault(toll.outcome, []).append(toll)
    return [_range(tolls[outcome]) for outcome in (*OUTCOMES, *sorted(tolls.keys() - set(OUTCOMES))) if outcome in tolls]


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
    for cue in _part_cues().finditer(claim.quote):
        rest = claim.quote[cue.end() :]
        end = _clause_ends().search(rest)
        if item.who.lower() in rest[: end.start() if end else len(rest)].lower():
            return True
    return False


def tally(events: Iterable[Event], claims: dict[str, Claim]) -> list[Casualties]:
    """The sum over events, for each outcome, of ranges; events that share a toll (one happening at several places) count once.

    `claims` are the events' claims by id. Only what is asserted or hedged counts.
    """
    groups: list[tuple[set[str], list[Event]]] = []
    by_happening: dict[str, int] = {}
    for event in events:
        if event.certainty not in ("asserted", "hedged") or not event.casualties:
            continue
        own = {claims[i].happening_id for i in event.claim_ids if i in claims and claims[i].casualties}
        found = sorted({by_happening[h] for h in own if h in by_happening})
        if found:
            home = found[0]
            for other in found[1:]:
                groups[home][0].update(groups[other][0])
                groups[home][1].extend(groups[other][1])
                groups[other] = (set(), [])
        else:
            home = len(groups)
            groups.append((set(), []))
        groups[home][0].update(own)
        groups[home][1].append(event)
        for happening in groups[home][0]:
            by_happening[happening] = home
    sums: dict[str, list[Casualties]] = {}
    for _, members in groups:
        ranges: dict[str, list[Casualties]] = {}
        for event in members:
            for toll in event.casualties:
                ranges.setdefault(toll.outcome, []).append(toll)
        for outcome, tolls in ranges.items():
            sums.setdefault(outcome, []).append(_range(tolls))
    return [_added(sums[outcome]) for outcome in OUTCOMES if outcome in sums]


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
