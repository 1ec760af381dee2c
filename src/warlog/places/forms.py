"""The spellings under which each place of a pack is found: its names, and what follows from them.

In: a pack's table. Out: Latin forms (names as they are, romanised, an area's name without its kind word, what a renamed place was
called) and names in other scripts, each with its row, in the order of rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from warlog import vocabulary
from warlog.places import geo, keys
from warlog.places.scripts import sisters
from warlog.places.words import place_words

RowArray = npt.NDArray[np.uint32]
#: The first letter of a name is of the Latin script; modifier letters (the signs for ayn and hamza) are not looked at.
_LATIN = r"^[^\p{Lu}\p{Ll}\p{Lt}\p{Lo}]*\p{Latin}"
#: A renamed place's point in another source lies within this of the one in the vocabulary.
_RENAMED_KM = 12.0


@dataclass(slots=True)
class Forms:
    """Spellings and their rows, both in the order of rows."""

    latin: Any
    latin_rows: RowArray
    raw: Any
    raw_rows: RowArray


def forms_of(table: pa.Table) -> Forms:
    """Every spelling of every row of a pack."""
    name, names = (table.column(c).combine_chunks() for c in ("name", "names"))
    lengths = pc.fill_null(pc.list_value_length(names), 0).to_numpy()
    count = table.num_rows
    texts = pa.concat_arrays([name, names.flatten()])
    rows = np.concatenate([np.arange(count, dtype=np.uint32), np.repeat(np.arange(count, dtype=np.uint32), lengths)])
    latin = pc.match_substring_regex(texts, _LATIN)
    is_latin = latin.to_numpy(zero_copy_only=False)
    others, other_rows = texts.filter(pc.invert(latin)), rows[~is_latin]
    own, own_rows = texts.filter(latin), rows[is_latin]

    more: list[str] = []
    more_rows: list[int] = []
    found = chain(
        _romanised(table, others, other_rows, own_rows), _bare_areas(table, own, own_rows), _renamed(table), _sisters(table)
    )  # fmt: skip
    for form, row in found:
        more.append(form)
        more_rows.append(row)
    latin_forms, latin_rows = _by_row(
        pa.concat_arrays([own, pa.array(more, pa.string())]), np.concatenate([own_rows, np.array(more_rows, dtype=np.uint32)])
    )
    raw, raw_rows = _by_row(keys.raw_keys(others), other_rows)
    return Forms(latin_forms, latin_rows, raw, raw_rows)


def _by_row(texts: Any, rows: RowArray) -> tuple[Any, RowArray]:
    order = np.argsort(rows, kind="stable")
    return texts.take(pa.array(order)), rows[order]


def _romanised(table: pa.Table, others: Any, other_rows: RowArray, own_rows: RowArray) -> Iterator[tuple[str, int]]:
    """Names in other scripts in Latin letters.

    Where the place has a Latin name, only if the script is its country's own, or Cyrillic: what agencies writing Russian call a
    village is often the only vowelled name that there is. Capitals are known well enough.
    """
    if not len(others):
        return
    named = np.zeros(table.num_rows, dtype=bool)
    named[own_rows] = True
    countries = table.column("country").combine_chunks()
    written = vocabulary.load("scripts")["countries"]
    home = {
        script: pc.fill_null(pc.is_in(countries, pa.array(codes)), False).to_numpy(zero_copy_only=False)
        for script, codes in written.items()
    }
    kinds = table.column("kind").combine_chunks()
    lesser = pc.not_equal(kinds, "capital").to_numpy(zero_copy_only=False)
    wanted = ~named[other_rows]
    wanted |= lesser[other_rows] & pc.match_substring_regex(others, r"\p{Cyrillic}").to_numpy(zero_copy_only=False)
    for script, there in home.items():
        wanted |= there[other_rows] & pc.match_substring_regex(others, f"\\p{{{script}}}").to_numpy(zero_copy_only=False)
    rows = other_rows[wanted].tolist()
    for text, row in zip(others.filter(pa.array(wanted)).to_pylist(), rows, strict=True):
        for form in keys.romanise(text):
            yield form, row


def _bare_areas(table: pa.Table, own: Any, own_rows: RowArray) -> Iterator[tuple[str, int]]:
    """Names of regions and districts without their kind word."""
    kinds = table.column("kind").combine_chunks()
    areas = pc.is_in(kinds, pa.array(["region", "county"])).to_numpy(zero_copy_only=False)
    if not areas.any():
        return
    wanted = areas[own_rows]
    for text, row in zip(own.filter(pa.array(wanted)).to_pylist(), own_rows[wanted].tolist(), strict=True):
        form = bare(text)
        if form:
            yield form, row


def bare(name: str) -> str | None:
    """A region's or district's name without its kind word: "Idlib Governorate" is Idlib. None where it has none."""
    parts = name.split()
    kinds = place_words().kinds
    areas = {"region", "county"}
    for size in (2, 1):
        if len(parts) > size and areas & set(kinds.get(" ".join(parts[-size:]).lower(), ())):
            return " ".join(parts[:-size])
        first = " ".join(parts[:size]).lower()
        if len(parts) > size + 1 and parts[size].lower() == "of" and areas & set(kinds.get(first, ())):
            return " ".join(parts[size + 1 :])
    return None


@cache
def _renamings() -> dict[str, list[tuple[str, float, float, tuple[str, ...]]]]:
    """Country to its renamed places: name today, point, other names."""
    out: dict[str, list[tuple[str, float, float, tuple[str, ...]]]] = {}
    for row in vocabulary.load("renamed_places")["places"]:
        out.setdefault(row["country"], []).append((row["name"], row["lat"], row["lon"], tuple(row["also"])))
    return out


def _renamed(table: pa.Table) -> Iterator[tuple[str, int]]:
    """What renamed places were called, or are called by the other side.

    The place is known by its point and by any of its names, so that a namesake elsewhere gets none.
    """
    countries = table.column("country").combine_chunks()
    present = set(pc.unique(countries).to_pylist())
    lat, lon = (table.column(c).to_numpy() for c in ("lat", "lon"))
    names, others = (table.column(c).combine_chunks() for c in ("name", "names"))
    for country, places in _renamings().items():
        if country not in present:
            continue
        rows = np.flatnonzero(pc.fill_null(pc.equal(countries, country), False).to_numpy(zero_copy_only=False))
        for name, at, along, also in places:
            close = rows[geo.distances_km(lat[rows], lon[rows], (at, along)) <= _RENAMED_KM]
            wanted = {keys.loose_key(n) for n in (name, *also)}
            if not len(close):
                continue
            entries = zip(names.take(pa.array(close)).to_pylist(), others.take(pa.array(close)).to_pylist(), strict=True)
            for row, (first, rest) in zip(close.tolist(), entries, strict=True):
                held = {keys.loose_key(n) for n in (first, *(rest or ())) if keys.is_latin(n)}
                if held & wanted:
                    yield from ((n, row) for n in (name, *also))


def _sisters(table: pa.Table) -> Iterator[tuple[str, int]]:
    """First names of places of Ukraine and Belarus as their neighbours' tongue would write them."""
    countries = table.column("country").combine_chunks()
    codes = vocabulary.load("scripts")["sisters"]["countries"]
    there = np.flatnonzero(pc.fill_null(pc.is_in(countries, pa.array(codes)), False).to_numpy(zero_copy_only=False))
    names = table.column("name").combine_chunks().take(pa.array(there))
    for row, name in zip(there.tolist(), names.to_pylist(), strict=True):
        if keys.is_latin(name):
            yield from ((form, row) for form in sisters(name))
