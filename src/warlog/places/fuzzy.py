"""How alike two names are by their sounds: a fast measure over thousands of names at once, and a finer one for the best of them.

Both work on loose keys. For the fast one a consonant is written as its group's sign and itself, so that a plain edit ratio counts
consonants double and a near consonant half; it then runs in C++ over a whole country.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from warlog import vocabulary

#: Putting one consonant for any other.
_UNLIKE = 1.2


@cache
def _signs() -> dict[int, str]:
    groups = {letter: group[0].upper() for group in vocabulary.load("scripts")["likeness"]["groups"] for letter in group}
    letters = "bcdfghjklmnpqrstvwxyz$0123456789"
    return {ord(c): groups.get(c, c.upper()) + c for c in letters}


def sounded(loose: str) -> str:
    """A loose key with each consonant written as its group and itself."""
    return loose.translate(_signs())


def ratios(wanted: str, known: Sequence[str]) -> npt.NDArray[np.float32]:
    """How alike one sounded key is to each of many, 0 to 100."""
    found: npt.NDArray[np.float32] = process.cdist([wanted], known, scorer=fuzz.ratio, dtype=np.float32)[0]
    return found


def pair_ratios(ones: Sequence[str], others: Sequence[str]) -> npt.NDArray[np.float32]:
    """How alike the sounded keys of two lists are, pair by pair, 0 to 100."""
    found: npt.NDArray[np.float32] = process.cpdist(ones, others, scorer=fuzz.ratio, dtype=np.float32)
    return found


@cache
def _costs() -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    raw: dict[str, Any] = vocabulary.load("scripts")["likeness"]
    pairs: dict[tuple[str, str], float] = {}
    for (a, b), cost in raw["put_for"].items():
        pairs[a, b] = pairs[b, a] = cost
    return raw["left_out"], pairs


def likeness(a: str, b: str) -> float:
    """How alike two loose keys are, 0 to 1: vowels weigh little, and a consonant that is often heard as the other one less."""
    left_out, put_for = _costs()
    one, other = [left_out.get(c, 1.0) for c in a], [left_out.get(c, 1.0) for c in b]
    most = max(sum(one), sum(other))
    if not most:
        return 1.0 if a == b else 0.0
    before = [0.0]
    for worth in other:
        before.append(before[-1] + worth)
    for x, gone in zip(a, one, strict=True):
        left = before[0] + gone
        row = [left]
        for k, y in enumerate(b):
            step = before[k] if x == y else before[k] + put_for.get((x, y), _UNLIKE)
            step = min(step, before[k + 1] + gone, left + other[k])
            row.append(step)
            left = step
        before = row
    return max(0.0, 1.0 - before[-1] / most)
