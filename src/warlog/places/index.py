"""Index of a pack: from name keys to rows, and each row's loose keys for the fuzzy search.

Keys are kept as sorted 64-bit hashes that are mapped from the cache folder, so that opening costs nothing and thousands of
names are looked up in one vectorised search. The index is made anew when the pack or the way keys are made has changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from warlog import vocabulary
from warlog.places import keys
from warlog.places.home import replacing, usable_cache
from warlog.places.model import PackInfo
from warlog.places.pack import content, open_pack
from warlog.places.words import place_words

PLAIN, LOOSE, RAW = 0, 1, 2
#: Raised when this module makes an index in another way.
_LAYOUT = 1
#: Loose keys shorter than this stand for too many names to be looked up.
SHORTEST_LOOSE = 3
_DAY = 86_400.0
_KEPT_DAYS = 60

UIntArray = npt.NDArray[np.uint64]


def hash_key(key: str, level: int) -> int:
    """64-bit hash of a key at a level; the same on every machine."""
    return int.from_bytes(hashlib.blake2b(f"{level}{key}".encode(), digest_size=8).digest(), "little")


def raw_key(name: str) -> str:
    """Key of a name in its own script."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


@cache
def _key_version() -> str:
    """Changes whenever keys are made in another way."""
    raw = vocabulary.load("place_words")
    digest = hashlib.blake2b(files("warlog").joinpath("places", "keys.py").read_bytes().replace(b"\r\n", b"\n"), digest_size=6)
    digest.update(
        json.dumps([_LAYOUT, raw["spelling"], raw["romanise"], raw["kinds"]["region"], raw["kinds"]["county"]]).encode()
    )
    return digest.hexdigest()


@dataclass(slots=True)
class PackIndex:
    """A mapped pack with its index."""

    info: PackInfo
    table: pa.Table
    hashes: UIntArray
    rows: npt.NDArray[np.uint32]
    levels: npt.NDArray[np.uint8]
    #: loose keys of each row, for the fuzzy search
    loose: Any
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    population: npt.NDArray[np.int64]

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


def open_index(path: Path) -> PackIndex:
    """Map a pack file and its index, making the index first if it is not in the cache. Raises InputError as `open_pack`."""
    info, table = open_pack(path)
    folder = usable_cache() / "index"
    stem = f"{content(table, info)}-{_key_version()}"
    keys_path, loose_path = folder / f"{stem}.keys.arrow", folder / f"{stem}.loose.arrow"
    if not (keys_path.exists() and loose_path.exists()):
        _forget(folder)
        _build(table, keys_path, loose_path)
    for made in (keys_path, loose_path):
        _touch(made)
    entries = pa.ipc.open_file(pa.memory_map(str(keys_path))).read_all().combine_chunks()
    loose = pa.ipc.open_file(pa.memory_map(str(loose_path))).read_all().combine_chunks()

    def column(source: pa.Table, name: str) -> Any:
        chunked = source.column(name)
        return chunked.chunk(0).to_numpy() if chunked.num_chunks else np.array([])

    return PackIndex(
        info, table, column(entries, "hash"), column(entries, "row"), column(entries, "level"),
        loose.column("loose").combine_chunks(), column(table, "lat"), column(table, "lon"), column(table, "population"),
    )  # fmt: skip


def _bare(name: str) -> str | None:
    """A region's or district's name without its kind word: "Idlib Governorate" is Idlib."""
    parts = name.split()
    words = place_words()
    for size in (2, 1):
        if len(parts) > size and {"region", "county"} & set(words.kinds.get(" ".join(parts[-size:]).lower(), ())):
            return " ".join(parts[:-size])
        if (
            len(parts) > size + 1
            and parts[size].lower() == "of"
            and {"region", "county"} & set(words.kinds.get(" ".join(parts[:size]).lower(), ()))
        ):
            return " ".join(parts[size + 1 :])
    return None


def _build(table: pa.Table, keys_path: Path, loose_path: Path) -> None:
    hashes: list[int] = []
    rows: list[int] = []
    levels: list[int] = []
    loose_lists: list[list[str]] = []
    columns = (table.column(c).to_pylist() for c in ("name", "names", "kind"))
    for row, (name, others, kind) in enumerate(zip(*columns, strict=True)):
        every = [name, *others]
        if kind in {"region", "county"}:
            every.extend(b for b in map(_bare, list(every)) if b)
        plain: set[str] = set()
        loose: dict[str, None] = {}
        raw: set[str] = set()
        for n in every:
            if keys.is_latin(n):
                forms: tuple[str, ...] = (n,)
            else:
                raw.add(raw_key(n))
                forms = keys.romanise(n) if kind != "capital" and any("\u0400" <= c <= "\u052f" for c in n) else ()
            for form in forms:
                parts = keys.words(form)
                if not parts:
                    continue
                plain.add(keys.plain_of(parts))
                loose[keys.loose_of(parts)] = None
        if not plain:
            # no Latin name: whatever the scripts' schemes give
            for n in every:
                for form in keys.romanise(n):
                    parts = keys.words(form)
                    if parts:
                        plain.add(keys.plain_of(parts))
                        loose[keys.loose_of(parts)] = None
        for level, found in ((PLAIN, plain), (LOOSE, [k for k in loose if len(k) >= SHORTEST_LOOSE]), (RAW, raw)):
            for key in found:
                hashes.append(hash_key(key, level))
                rows.append(row)
                levels.append(level)
        loose_lists.append(list(loose))
    order = np.argsort(np.array(hashes, dtype=np.uint64), kind="stable")
    entries = pa.table(
        {
            "hash": np.array(hashes, dtype=np.uint64)[order],
            "row": np.array(rows, dtype=np.uint32)[order],
            "level": np.array(levels, dtype=np.uint8)[order],
        }
    )
    for path, made in ((keys_path, entries), (loose_path, pa.table({"loose": pa.array(loose_lists, pa.list_(pa.string()))}))):
        with replacing(path) as temporary, pa.OSFile(str(temporary), "wb") as sink, pa.ipc.new_file(sink, made.schema) as writer:
            writer.write_table(made)


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
