"""64-bit hashes of keys, many at once, the same on every machine.

An index holds millions of keys: hashing them one by one would take longer than all else. Every byte of a key stands for a
fixed 64-bit number, weighted by its place in the key; the sum is mixed with the key's level and length.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

UIntArray = npt.NDArray[np.uint64]

#: Bytes of a key beyond these count no more: no name is longer.
_LONGEST = 512
_MULTIPLIER = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def _split_mix(count: int, seed: int) -> UIntArray:
    """`count` well mixed numbers from a seed (SplitMix64)."""
    out, state = [], seed
    for _ in range(count):
        state = (state + _MULTIPLIER) & _MASK
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        out.append(z ^ (z >> 31))
    return np.array(out, dtype=np.uint64)


_BYTES = _split_mix(256, 7)
# odd, so that no factor of two is lost however long the key
_WEIGHTS = _split_mix(_LONGEST, 11) | np.uint64(1)
_LEVELS = _split_mix(16, 13)


def hash_keys(keys: Sequence[str] | Any, level: int) -> UIntArray:
    """One hash for each key (a sequence of strings or an Arrow string array without nulls) at a level from 0 to 15."""
    array = keys if isinstance(keys, pa.Array) else pa.array(keys, pa.string())
    count = len(array)
    if not count:
        return np.empty(0, dtype=np.uint64)
    if array.type != pa.large_string():
        array = array.cast(pa.large_string())
    _, offset_buffer, data = array.buffers()
    offsets = np.frombuffer(offset_buffer, dtype=np.int64, count=count + 1, offset=array.offset * 8)
    lengths = np.diff(offsets)
    text = np.frombuffer(data, dtype=np.uint8) if data is not None else np.empty(0, dtype=np.uint8)
    text = text[offsets[0] : offsets[-1]]
    starts = offsets[:-1] - offsets[0]
    sums = np.zeros(count, dtype=np.uint64)
    if len(text):
        positions = np.arange(len(text), dtype=np.int64) - np.repeat(starts, lengths)
        weighted = _BYTES[text] * _WEIGHTS[np.minimum(positions, _LONGEST - 1)]
        filled = lengths > 0
        sums[filled] = np.add.reduceat(weighted, starts[filled])
    return _mix(sums + lengths.astype(np.uint64) * np.uint64(_MULTIPLIER) + _LEVELS[level])


def _mix(values: UIntArray) -> UIntArray:
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
