"""The few numbers of a text under which others that share a stretch with it are found.

Two samples, both chosen by the numbers alone, so that two texts choose alike without knowing of one another:

* of its runs of five words, those that are least within a window (winnowing): any run of `WINDOW` + 4 words that two texts
  share gives at least one number in common;
* of its runs of three words that carry content, folded and in any order, one in `ONE_IN`: these survive replaced words,
  other spellings of names and small changes of order.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from warlog.lineage.profile import Numbers, Profile, profile, rolled, shingles
from warlog.lineage.text import Text

WINDOW = 12
ONE_IN = 6
_CONTENT = 3
#: keeps the two kinds of number apart
_SALT = np.uint64(0x5851F42D4C957F2D)


@lru_cache(maxsize=32)
def samples(text: Text) -> tuple[int, ...]:
    """The numbers of a text, sorted, each once, as signed 64-bit integers."""
    made = profile(text)
    chosen = np.concatenate((_winnowed(shingles(made.forms)), _content(made)))
    return tuple(np.unique(chosen).view(np.int64).tolist())


def _winnowed(numbers: Numbers) -> Numbers:
    if len(numbers) <= WINDOW:
        return numbers[np.argmin(numbers)][None] if len(numbers) else numbers
    windows = np.lib.stride_tricks.sliding_window_view(numbers, WINDOW)
    least: Numbers = windows.min(axis=1)
    return least


def _content(profile: Profile) -> Numbers:
    folds = np.array([f for f in profile.folds if f], dtype=np.uint64)
    if len(folds) < _CONTENT:
        return np.empty(0, dtype=np.uint64)
    threes = np.sort(np.lib.stride_tricks.sliding_window_view(folds, _CONTENT), axis=1)
    flat = rolled(np.ascontiguousarray(threes).reshape(-1), _CONTENT)[::_CONTENT] ^ _SALT
    chosen: Numbers = flat[flat % np.uint64(ONE_IN) == 0]
    return chosen
