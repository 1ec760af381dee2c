"""Index of a pack: from name keys and ids to rows, from a point to the rows about it, and each row's loose keys.

Keys are kept as sorted 64-bit hashes that are mapped from the cache folder, so that opening costs nothing whatever the size of
the pack, and thousands of names are looked up in one vectorised search. Rows are also sorted by cells of a tenth of a degree, for
"what lies about here". The index is made anew when the pack or the way keys are made has changed; where the cache cannot be
written it is made in memory.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import time
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from warlog import vocabulary
from warlog.errors import LogError
from warlog.places import keys
from warlog.places.bulk import bulk_keys
from warlog.places.forms import forms_of
from warlog.places.hashing import UIntArray, hash_keys
from warlog.places.home import replacing, usable_cache
from warlog.places.model import PackInfo
from warlog.places.pack import content, open_pack

PLAIN, LOOSE, RAW, ID = 0, 1, 2, 3
#: Raised when this module makes an index in another way.
_LAYOUT = 3
#: Loose keys shorter than this stand for too many names to be looked up.
SHORTEST_LOOSE = 3
_DAY = 86_400.0
_KEPT_DAYS = 60
#: Cells of the grid in a degree.
_PER_DEGREE = 10
_COLUMNS = 360 * _PER_DEGREE
#: The modules and parts of the vocabulary that decide how keys come out.
_MODULES = ("keys.py", "bulk.py", "hashing.py", "forms.py", "scripts.py")

IntArray = npt.NDArray[np.int64]


@cache
def key_version() -> str:
    """Changes whenever keys are made in another way."""
    digest = hashlib.blake2b(digest_size=6)
    for name in _MODULES:
        digest.update(files("warlog").joinpath("places", name).read_bytes().replace(b"\r\n", b"\n"))
    raw = vocabulary.load("place_words")
    used = [_LAYOUT, raw["spelling"], raw["romanise"], raw["kinds"]["region"], raw["kinds"]["county"]]
    digest.update(json.dumps([*used, vocabulary.load("scripts"), vocabulary.load("renamed_places")]).encode())
    return digest.hexdigest()


@dataclass(slots=True)
class PackIndex:
    """A mapped pack with its index."""

    info: PackInfo
    table: pa.Table
    #: names the pack's content, for what is derived from it
    content: str
    hashes: UIntArray
    rows: npt.NDArray[np.uint32]
    levels: npt.NDArray[np.uint8]
    #: loose keys of each row, for the fuzzy search
    loose: Any
    cells: npt.NDArray[np.uint32]
    cell_rows: npt.NDArray[np.uint32]
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    population: npt.NDArray[np.int64]
    #: the pack's columns by name, each as one array
    columns: dict[str, Any]

    def entry(self, row: int) -> dict[str, Any]:
        """What the pack says of one row, by column."""
        return {name: column[row].as_py() for name, column in self.columns.items()}

    def find(self, wanted: UIntArray) -> list[tuple[int, int, int]]:
        """(position in `wanted`, row, level) for every entry whose hash is among the wanted."""
        left = np.searchsorted(self.hashes, wanted, "left")
        # most are absent: look again only where the hash is there
        present = np.flatnonzero((left < len(self.hashes)) & (self.hashes[np.minimum(left, len(self.hashes) - 1)] == wanted))
        if not len(present):
            return []
        right = np.searchsorted(self.hashes, wanted[present], "right")
        out: list[tuple[int, int, int]] = []
        for i, a, b in zip(present.tolist(), left[present].tolist(), right.tolist(), strict=True):
            out.extend((i, r, lv) for r, lv in zip(self.rows[a:b].tolist(), self.levels[a:b].tolist(), strict=True))
        return out

    def about(self, lat: float, lon: float, margin: float, wide: float) -> IntArray:
        """Rows in the cells that a box of `margin` degrees of latitude and `wide` degrees of longitude touches."""
        low, high = (math.floor((max(-90.0, min(90.0, lat + d)) + 90) * _PER_DEGREE) for d in (-margin, margin))
        west = math.floor((lon - wide + 180) * _PER_DEGREE)
        east = math.floor((lon + wide + 180) * _PER_DEGREE)
        if east - west >= _COLUMNS:
            spans = [(0, _COLUMNS)]
        else:
            west, east = west % _COLUMNS, east % _COLUMNS
            spans = [(west, east)] if west <= east else [(west, _COLUMNS), (0, east)]
        bands = np.arange(low, high + 1, dtype=np.int64) * (_COLUMNS + 1)
        found: list[IntArray] = []
        for first, last in spans:
            starts = np.searchsorted(self.cells, (bands + first).astype(np.uint32), "left")
            ends = np.searchsorted(self.cells, (bands + last).astype(np.uint32), "right")
            found.extend(
                self.cell_rows[a:b].astype(np.int64) for a, b in zip(starts.tolist(), ends.tolist(), strict=True) if b > a
            )
        return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def cell_of(lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64]) -> npt.NDArray[np.uint32]:
    """Number of the grid cell of each point."""
    row = np.floor((lat + 90) * _PER_DEGREE).astype(np.int64)
    column = np.floor((lon + 180) * _PER_DEGREE).astype(np.int64)
    return (row * (_COLUMNS + 1) + column).astype(np.uint32)


def open_index(path: Path) -> PackIndex:
    """Map a pack file and its index, making the index first if it is not in the cache. Raises InputError as `open_pack`."""
    info, table = open_pack(path)
    named = content(table, info)
    made = usable_cache() / "index" / f"{named}-{key_version()}.arrow"
    found = _mapped(made)
    if found is None:
        found = _build(table)
        _forget(made.parent)
        # a full or locked disk costs the time to make the index again, no more
        try:
            with replacing(made) as temporary, pa.OSFile(str(temporary), "wb") as sink, pa.ipc.new_file(sink, found.schema) as w:
                w.write_batch(found)
        except LogError:
            pass
        else:
            found = _mapped(made) or found
    else:
        _touch(made)

    def flat(name: str) -> Any:
        return found.column(name).values

    return PackIndex(
        info, table, named, flat("hash").to_numpy(), flat("row").to_numpy(), flat("level").to_numpy(), flat("loose"),
        flat("cell").to_numpy(), flat("cell_row").to_numpy(),
        _column(table, "lat"), _column(table, "lon"), _column(table, "population"),
        {name: _array(table, name) for name in table.column_names},
    )  # fmt: skip


def _array(table: pa.Table, name: str) -> Any:
    """A column as one array; mapped, not copied, as it lies in a pack file."""
    chunked = table.column(name)
    return chunked.chunk(0) if chunked.num_chunks == 1 else chunked.combine_chunks()


def _column(table: pa.Table, name: str) -> Any:
    return _array(table, name).to_numpy(zero_copy_only=False)


def _mapped(path: Path) -> Any:
    """The index in a file, None if there is none or it is damaged."""
    try:
        return pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
    except (OSError, pa.ArrowInvalid):
        return None


def _build(table: pa.Table) -> Any:
    """The index of a pack, as one batch of one row whose columns are lists."""
    forms = forms_of(table)
    plain, loose = bulk_keys(forms.latin)
    rows = forms.latin_rows
    ids = table.column("id").combine_chunks()
    levels: list[tuple[int, Any, Any]] = [(PLAIN, plain, rows), (LOOSE, loose, rows), (RAW, forms.raw, forms.raw_rows)]
    levels.append((ID, ids, np.arange(len(ids), dtype=np.uint32)))
    if "ids" in table.column_names:
        others = table.column("ids").combine_chunks()
        levels.append((ID, others.flatten(), _owners(others)))
    hashes, owners, marks = [], [], []
    for level, found, owner in levels:
        kept = pc.greater_equal(pc.binary_length(found), SHORTEST_LOOSE if level == LOOSE else 1)
        wanted = found.filter(kept)
        hashes.append(hash_keys(wanted, level))
        owners.append(owner[kept.to_numpy(zero_copy_only=False)])
        marks.append(np.full(len(wanted), level, dtype=np.uint8))
    hash_, row, level_ = (np.concatenate(x) for x in (hashes, owners, marks))
    order = np.argsort(hash_, kind="stable")
    hash_, row, level_ = hash_[order], row[order], level_[order]
    # forms are in the order of their rows: a row that bears a key twice stands twice in a row
    new = np.ones(len(hash_), dtype=bool)
    new[1:] = (hash_[1:] != hash_[:-1]) | (row[1:] != row[:-1])
    hash_, row, level_ = hash_[new], row[new], level_[new]

    offsets = np.searchsorted(rows, np.arange(table.num_rows + 1)).astype(np.int32)
    lists = pa.ListArray.from_arrays(pa.array(offsets), loose)
    cell = cell_of(_column(table, "lat"), _column(table, "lon"))
    by_cell = np.argsort(cell, kind="stable")
    columns: dict[str, Any] = {
        "hash": pa.array(hash_), "row": pa.array(row), "level": pa.array(level_), "loose": lists,
        "cell": pa.array(cell[by_cell]), "cell_row": pa.array(by_cell.astype(np.uint32)),
    }  # fmt: skip
    as_one = [pa.LargeListArray.from_arrays(pa.array([0, len(c)], pa.int64()), c) for c in columns.values()]
    return pa.RecordBatch.from_arrays(as_one, names=list(columns))


def _owners(lists: Any) -> npt.NDArray[np.uint32]:
    """The row of each item of a list column's flattened items."""
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy()
    return np.repeat(np.arange(len(lists), dtype=np.uint32), lengths)


def raw_key(name: str) -> str:
    """Key of a name in its own script."""
    return str(keys.raw_keys(pa.array([name], pa.string()))[0].as_py())


def _touch(path: Path) -> None:
    """Mark an index as used, at most once a day."""
    try:
        if time.time() - path.stat().st_mtime > _DAY:
            os.utime(path)
    except OSError:
        return


def _forget(folder: Path) -> None:
    """Remove indexes that nobody has opened for long; a process that still maps one keeps it until it ends."""
    for old in folder.glob("*.arrow"):
        try:
            if time.time() - old.stat().st_mtime > _KEPT_DAYS * _DAY:
                old.unlink()
        except OSError:
            continue
