"""Which predicted claim answers which gold claim, and in which fields the two agree."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from warlog.evaluate.wording import quote_overlap, same_name

#: A claim as a plain dict, with the fields of the coding guide.
ClaimDict = Mapping[str, Any]

#: The fields that make up a claim, for `claim_f1` and `exact_f1`.
CORE = ("actor", "place", "date", "attributed_to", "certainty")
_EARTH_DIAMETER_KM = 12742


def km(a: Sequence[float], b: Sequence[float]) -> float:
    """Kilometres between two points (latitude, longitude in degrees)."""
    radian = math.pi / 180
    chord = 0.5 - math.cos((b[0] - a[0]) * radian) / 2
    chord += math.cos(a[0] * radian) * math.cos(b[0] * radian) * (1 - math.cos((b[1] - a[1]) * radian)) / 2
    return _EARTH_DIAMETER_KM * math.asin(math.sqrt(min(1.0, chord)))


def point(claim: ClaimDict) -> tuple[float, float] | None:
    """The claim's latitude and longitude, or None where it has none."""
    lat, lon = claim.get("lat"), claim.get("lon")
    return None if lat is None or lon is None else (float(lat), float(lon))


def agreement(gold: ClaimDict, predicted: ClaimDict) -> dict[str, bool | None]:
    """Field by field, whether the prediction is right; None where the two say nothing about it."""
    here, there = point(gold), point(predicted)

    def within(limit: float) -> bool | None:
        return None if here is None else there is not None and km(here, there) <= limit

    return {
        "actor": same_name(gold.get("actor"), predicted.get("actor")),
        "target": same_name(gold.get("target"), predicted.get("target")),
        "place": same_name(gold.get("place"), predicted.get("place")),
        "within_5km": within(5),
        "within_20km": within(20),
        "date": all(gold.get(name) == predicted.get(name) for name in ("date_start", "date_end")),
        "casualties": None
        if not gold.get("casualties") and not predicted.get("casualties")
        else _tolls(gold) == _tolls(predicted),
        "attributed_to": same_name(gold.get("attributed_to"), predicted.get("attributed_to")),
        "certainty": gold.get("certainty") == predicted.get("certainty"),
    }


def _tolls(claim: ClaimDict) -> Counter[tuple[Any, ...]]:
    return Counter((toll.get("outcome"), toll.get("low"), toll.get("high")) for toll in claim.get("casualties") or ())


def pair(gold: Sequence[ClaimDict], predicted: Sequence[ClaimDict]) -> list[tuple[int, int]]:
    """Pairs of indices, gold and predicted, with the best total agreement; each claim in one pair at most."""
    groups: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
    for side, claims in enumerate((gold, predicted)):
        for index, claim in enumerate(claims):
            groups.setdefault((claim["document_id"], claim["event_type"]), ([], []))[side].append(index)
    found: list[tuple[int, int]] = []
    for rows, columns in groups.values():
        weights = [[weight(gold[i], predicted[j]) for j in columns] for i in rows]
        found += [(rows[row], columns[column]) for row, column in assign(weights)]
    return found


def weight(gold: ClaimDict, predicted: ClaimDict) -> float:
    """How well two claims go together; 0 where they do not quote the same sentence."""
    overlap = quote_overlap(gold.get("quote") or "", predicted.get("quote") or "")
    if not overlap:
        return 0
    agreed = agreement(gold, predicted)
    return 10 * overlap + 2 * sum(bool(agreed[name]) for name in CORE) + sum(bool(right) for right in agreed.values())


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The one-to-one choice of (row, column) with the greatest sum of weights; a weight of 0 may not be chosen.

    The Hungarian method: rows are brought in one after the other, each along the cheapest path that rearranges the
    rows before it. Of choices that are equally good, the order of rows and columns decides.
    """
    height, width = len(weights), max(map(len, weights), default=0)
    if not height or not width:
        return []
    size = max(height, width)

    def cost(row: int, column: int) -> float:
        return -weights[row][column] if row < height and column < width else 0.0

    row_price, column_price = [0.0] * size, [0.0] * size
    holder: list[int | None] = [None] * size
    for newcomer in range(size):
        cheapest, came_from = [math.inf] * size, [-1] * size
        # `joined` are the columns that the search has reached; -1 stands for its start, the newcomer.
        row, last, joined = newcomer, -1, [False] * size
        while True:
            step, nearest = math.inf, -1
            for column in range(size):
                if joined[column]:
                    continue
                reduced = cost(row, column) - row_price[row] - column_price[column]
                if reduced < cheapest[column]:
                    cheapest[column], came_from[column] = reduced, last
                if cheapest[column] < step:
                    step, nearest = cheapest[column], column
            row_price[newcomer] += step
            for column in range(size):
                if joined[column]:
                    row_price[_held(holder, column)] += step
                    column_price[column] -= step
                else:
                    cheapest[column] -= step
            last = nearest
            if holder[last] is None:
                break
            joined[last] = True
            row = _held(holder, last)
        while last != -1:
            before = came_from[last]
            holder[last] = newcomer if before == -1 else holder[before]
            last = before
    chosen = [(held, column) for column, held in enumerate(holder) if held is not None]
    return [(r, c) for r, c in chosen if r < height and c < width and weights[r][c] > 0]


def _held(holder: Sequence[int | None], column: int) -> int:
    row = holder[column]
    assert row is not None
    return row
