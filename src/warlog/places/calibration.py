"""From the resolver's own weighing to a probability that holds, by the line in vocab/place_calibration.toml."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from warlog import vocabulary

#: probabilities nearer to 0 or 1 than this are not told apart
_EDGE = 1e-6


@cache
def _line() -> tuple[float, float, float]:
    table = vocabulary.load("place_calibration")
    return float(table["slope"]), float(table["offset"]), float(table["accept"])


def logit(p: float) -> float:
    """Log odds of a probability, those of the ends of the scale bounded."""
    p = min(1 - _EDGE, max(_EDGE, p))
    return math.log(p / (1 - p))


def accept() -> float:
    """The calibrated probability below which a place is not taken for the one meant."""
    return _line()[2]


def calibrated(p: float) -> float:
    """A probability, calibrated: rises with `p`, and 0 stays 0."""
    if p <= 0.0:
        return 0.0
    slope, offset, _ = _line()
    return 1 / (1 + math.exp(-(slope * logit(p) + offset)))


def calibrated_all(probabilities: Sequence[float]) -> list[float]:
    """Probabilities of the candidates of one name, likeliest first: the first calibrated, the others in their old proportion.

    Together they are at most 1.
    """
    if not probabilities or probabilities[0] <= 0.0:
        return [0.0] * len(probabilities)
    first, *rest = probabilities
    top = calibrated(first)
    left = sum(rest)
    share = min(1.0, (1 - top) / left, top / first) if left > 0 else 0.0
    return [top, *(min(top, p * share) for p in rest)]
