"""Which entries of two packs are one place: by an id they share, or by their names and points.

Two entries are one place where they lie so close that names as alike as theirs hardly ever stand for two villages: the closer,
the less alike the names need be. Each entry is matched once, with the best there is. Links are worked out once for each pair of
packs and kept in the cache, so that opening costs nothing; a merge is never written into a pack and can always be undone.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from warlog import vocabulary
from warlog.errors import LogError
from warlog.places import geo, keys
from warlog.places.fuzzy import pair_ratios, ratios, sounded
from warlog.places.home import replacing, usable_cache
from warlog.places.index import ID, PackIndex, cell_of, key_version
from warlog.places.search import readings

__all__ = ["LINK_KM", "as_groups", "link", "linked_rows"]

#: Entries further apart than this are not matched by name.
LINK_KM = 5.0
#: Entries that share an id are one place within this, if they are points.
_SAME_ID_KM = 40.0
#: Up to so many km apart, names must be alike by so much (0 to 100).
_STEPS = ((0.3, 64.0), (0.7, 70.0), (1.2, 76.0), (2.0, 86.0), (3.5, 94.0), (LINK_KM, 99.0))
#: Names without what one source adds to them are compared up to so many km, and must be so much alike.
_SHORTENED_KM, _SHORTENED_ALIKE = 0.4, 80.0
#: A kilometre outweighs so much likeness when several entries could be the one.
_PER_KM = 6.0
_ROWS_AT_ONCE = 20_000
_MOST_FORMS = 10
_STRIDE = 3601
_SHORTEST = 3

Rows = npt.NDArray[np.int64]


@cache
def _version() -> str:
    digest = hashlib.blake2b(digest_size=6)
    for name in ("links.py", "fuzzy.py"):
        digest.update(files("warlog").joinpath("places", name).read_bytes().replace(b"\r\n", b"\n"))
    digest.update(repr(vocabulary.load("scripts")["likeness"]).encode())
    return digest.hexdigest()


def linked_rows(one: PackIndex, other: PackIndex) -> tuple[Rows, Rows]:
    """Rows of the first pack and the rows of the second that are the same places, from the cache where they are there."""
    name = f"{one.content}-{other.content}-{key_version()}-{_version()}.arrow"
    path = usable_cache() / "links" / name
    try:
        table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        return table.column("one").to_numpy().astype(np.int64), table.column("other").to_numpy().astype(np.int64)
    except (OSError, pa.ArrowInvalid, KeyError):
        pass
    rows = link(one, other)
    table = pa.table({"one": rows[0], "other": rows[1]})
    try:
        with replacing(path) as temporary, pa.OSFile(str(temporary), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    except LogError:
        pass
    return rows


def link(one: PackIndex, other: PackIndex) -> tuple[Rows, Rows]:
    """Work out the links of two packs."""
    if len(one.table) < len(other.table):
        second, first = link(other, one)
        return first, second
    groups = [_groups(p.table) for p in (one, other)]
    rows_a, rows_b, scores = _by_id(one, other, groups)
    shared = np.isin(np.arange(len(other.table)), rows_b)
    near_a, near_b, near_scores = _by_name(one, other, groups, ~shared)
    rows_a, rows_b = np.concatenate([rows_a, near_a]), np.concatenate([rows_b, near_b])
    return _each_once(rows_a, rows_b, np.concatenate([scores, near_scores]))


def _each_once(rows_a: Rows, rows_b: Rows, scores: npt.NDArray[np.float64]) -> tuple[Rows, Rows]:
    """The best pairs, so that no row stands in two of them; in the order of the first rows."""
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    kept: list[tuple[int, int]] = []
    order = np.lexsort((rows_b, rows_a, -scores))
    for a, b in zip(rows_a[order].tolist(), rows_b[order].tolist(), strict=True):
        if a not in taken_a and b not in taken_b:
            taken_a.add(a)
            taken_b.add(b)
            kept.append((a, b))
    kept.sort()
    pairs = np.array(kept, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0].copy(), pairs[:, 1].copy()


def _groups(table: pa.Table) -> npt.NDArray[np.int32]:
    """A number for what each entry's kind may be merged with: all places where people live are one group; 0 is none."""
    names = vocabulary.load("place_kinds")["merging"]
    encoded = table.column("kind").combine_chunks().dictionary_encode()
    numbers = {kind: number for number, group in enumerate(names["groups"], 1) for kind in group}
    codes = np.array([numbers.get(k, 0) for k in encoded.dictionary.to_pylist()] or [0], dtype=np.int32)
    return codes[encoded.indices.to_numpy()] if len(encoded) else np.empty(0, dtype=np.int32)


def _by_id(one: PackIndex, other: PackIndex, groups: list[npt.NDArray[np.int32]]) -> tuple[Rows, Rows, npt.NDArray[np.float64]]:
    """Rows that share an id, are of kinds that go together and lie where one place can."""
    sides = []
    for pack in (one, other):
        ids = np.flatnonzero(pack.levels == ID)
        hashes, first = np.unique(pack.hashes[ids], return_index=True)
        sides.append((hashes, pack.rows[ids][first].astype(np.int64)))
    _, at_a, at_b = np.intersect1d(sides[0][0], sides[1][0], assume_unique=True, return_indices=True)
    rows_a, rows_b = sides[0][1][at_a], sides[1][1][at_b]
    areas = set(vocabulary.load("place_kinds")["merging"]["areas"])
    km = _apart(one, other, rows_a, rows_b)
    wide = np.array([k in areas for k in one.table.column("kind").take(rows_a).to_pylist()], dtype=bool).reshape(len(rows_a))
    good = (groups[0][rows_a] == groups[1][rows_b]) & ((km <= _SAME_ID_KM) | wide)
    rows_a, rows_b = rows_a[good], rows_b[good]
    return rows_a, rows_b, np.full(len(rows_a), 1000.0)


def _apart(one: PackIndex, other: PackIndex, rows_a: Rows, rows_b: Rows) -> npt.NDArray[np.float64]:
    return geo.apart_km(one.lat[rows_a], one.lon[rows_a], other.lat[rows_b], other.lon[rows_b])


def _by_name(
    one: PackIndex, other: PackIndex, groups: list[npt.NDArray[np.int32]], free: npt.NDArray[np.bool_]
) -> tuple[Rows, Rows, npt.NDArray[np.float64]]:
    """Rows that lie close together and are called alike."""
    shared = sorted(set(one.info.countries) & set(other.info.countries))
    countries = other.table.column("country").combine_chunks()
    here = pc.is_in(countries, pa.array([*shared, ""])).to_numpy(zero_copy_only=False)
    wanted = np.flatnonzero(here & free & (groups[1] > 0))
    found = [_some_by_name(one, other, groups, wanted[i : i + _ROWS_AT_ONCE]) for i in range(0, len(wanted), _ROWS_AT_ONCE)]
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64)
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))  # type: ignore[return-value]


def _some_by_name(
    one: PackIndex, other: PackIndex, groups: list[npt.NDArray[np.int32]], wanted: Rows
) -> tuple[Rows, Rows, npt.NDArray[np.float64]]:
    rows_a, rows_b = _neighbours(one, other, wanted)
    km = _apart(one, other, rows_a, rows_b)
    close = (km <= LINK_KM) & (groups[0][rows_a] == groups[1][rows_b])
    rows_a, rows_b, km = rows_a[close], rows_b[close], km[close]
    same = _same_country(one, other, rows_a, rows_b)
    rows_a, rows_b, km = rows_a[same], rows_b[same], km[same]
    alike = _alike(one, other, rows_a, rows_b)
    needed = np.full(len(km), 1000.0)
    for most, least in reversed(_STEPS):
        needed[km <= most] = least
    # one source often says more of a name than the other: "Tall Shair" and "Tal Sheer (of) Qahtaniyeh"
    again = np.flatnonzero((alike < needed) & (km <= _SHORTENED_KM))
    alike[again] = _alike_shortened(one, other, rows_a[again], rows_b[again])
    needed[again] = _SHORTENED_ALIKE
    good = alike >= needed
    return rows_a[good], rows_b[good], alike[good] - _PER_KM * km[good]


def _neighbours(one: PackIndex, other: PackIndex, wanted: Rows) -> tuple[Rows, Rows]:
    """Pairs of rows whose cells of the grid touch."""
    cells = cell_of(other.lat[wanted], other.lon[wanted]).astype(np.int64)
    found_a: list[Rows] = []
    found_b: list[Rows] = []
    for north in (-1, 0, 1):
        first, last = (np.maximum(0, cells + north * _STRIDE + east).astype(np.uint32) for east in (-1, 1))
        starts = np.searchsorted(one.cells, first, "left")
        lengths = np.searchsorted(one.cells, last, "right") - starts
        total = int(lengths.sum())
        at = np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths) + np.repeat(starts, lengths)
        found_a.append(one.cell_rows[at].astype(np.int64))
        found_b.append(np.repeat(wanted, lengths))
    return np.concatenate(found_a), np.concatenate(found_b)


def _same_country(one: PackIndex, other: PackIndex, rows_a: Rows, rows_b: Rows) -> npt.NDArray[np.bool_]:
    a, b = one.table.column("country").take(rows_a), other.table.column("country").take(rows_b)
    either = pc.or_(pc.equal(a, b), pc.or_(pc.equal(a, ""), pc.equal(b, "")))
    found: npt.NDArray[np.bool_] = pc.fill_null(either, True).to_numpy(zero_copy_only=False)
    return found


def _alike(one: PackIndex, other: PackIndex, rows_a: Rows, rows_b: Rows) -> npt.NDArray[np.float64]:
    """How alike the names of each pair are, 0 to 100: of the two that are most alike."""
    best = np.zeros(len(rows_a), dtype=np.float64)
    forms = [
        {row: [sounded(k) for k in dict.fromkeys(pack.loose[row].as_py()) if k][:_MOST_FORMS] for row in np.unique(rows).tolist()}
        for pack, rows in ((one, rows_a), (other, rows_b))
    ]
    pairs: list[int] = []
    ones: list[str] = []
    others: list[str] = []
    for at, (a, b) in enumerate(zip(rows_a.tolist(), rows_b.tolist(), strict=True)):
        for x in forms[0][a]:
            for y in forms[1][b]:
                pairs.append(at)
                ones.append(x)
                others.append(y)
    if pairs:
        np.maximum.at(best, np.array(pairs), pair_ratios(ones, others).astype(np.float64))
    return best


def _alike_shortened(one: PackIndex, other: PackIndex, rows_a: Rows, rows_b: Rows) -> npt.NDArray[np.float64]:
    """As `_alike`, of the names in all their readings."""
    sides = []
    for pack, rows in ((one, rows_a), (other, rows_b)):
        names = pack.table.column("name").take(rows).to_pylist()
        more = pack.table.column("names").take(rows).to_pylist()
        latin = [[n, *(x for x in others or () if keys.is_latin(x))][:_MOST_FORMS] for n, others in zip(names, more, strict=True)]
        sides.append([[sounded(k) for n in forms for k, _ in readings(n) if len(k) >= _SHORTEST] for forms in latin])
    best = np.zeros(len(rows_a), dtype=np.float64)
    for at, (forms, others) in enumerate(zip(*sides, strict=True)):
        best[at] = max((float(ratios(form, others).max()) for form in forms if others), default=0.0)
    return best


def as_groups(count: int, links: list[tuple[Rows, Rows]]) -> Any:
    """For each of `count` rows the row that stands for its place: itself, or the first that it is linked to."""
    head = np.arange(count, dtype=np.int64)
    for rows_a, rows_b in links:
        alone = head[rows_b] == rows_b
        head[rows_b[alone]] = head[rows_a[alone]]
    # a row that stood for others before it was linked itself
    while True:
        further = head[head]
        if np.array_equal(further, head):
            return head
        head = further
