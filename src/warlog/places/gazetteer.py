"""The gazetteer: all open packs as one, asked by name, by key, by id and by neighbourhood.

Opening maps files and computes nothing (but for the first time, when indexes and links are made). Rows of all packs are numbered
through. Entries of several packs that are linked (see `links`) are one place: the row of the first pack in order stands for it
(packs given explicitly, installed packs, the built-in list), it has the names and ids of all, and any of its ids finds it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from warlog.places import geo, keys, search
from warlog.places.builtin import BUILTIN, builtin_pack
from warlog.places.found import Found, describe, importance
from warlog.places.fuzzy import sounded
from warlog.places.hashing import hash_keys
from warlog.places.home import packs_folder
from warlog.places.index import ID, LOOSE, PLAIN, RAW, SHORTEST_LOOSE, PackIndex, open_index, raw_key
from warlog.places.links import as_groups, linked_rows
from warlog.places.merged import as_capital, merged, place_of
from warlog.places.model import NameHit, PackInfo, Place
from warlog.places.packs import as_pack
from warlog.records import Candidate

#: How well each level of key match speaks for a place, 0 to 1.
MATCH = {PLAIN: 1.0, RAW: 1.0, LOOSE: 0.9}
#: Entries of one name within this distance are one place; large cities' points differ more between sources.
SAME_KM, SAME_CITY_KM = 5.0, 12.0
_AREAS = frozenset({"country", "continent", "region", "county", "area", "water", "river", "road", "border", "front"})
#: The band of latitude of what has none.
_EVERYWHERE = 1000
_POPULATED = frozenset(
    {"locality", "capital", "city", "town", "village", "hamlet", "settlement", "neighbourhood", "suburb", "camp"}
)


class Gazetteer:
    """All open packs as one. Make it with `Gazetteer.open`; it is safe to share between threads for reading."""

    def __init__(self, indexes: Sequence[PackIndex]) -> None:
        self._indexes = list(indexes)
        self._starts = [0]
        for index in self._indexes:
            self._starts.append(self._starts[-1] + index.table.num_rows)
        self._head, self._members = self._linked()
        self.place = lru_cache(maxsize=50_000)(self._place)
        self.near = lru_cache(maxsize=256)(self._near)
        self.points_in = lru_cache(maxsize=64)(self._points_in)
        # a document is spotted before the parse and asked for again when its places are resolved
        self._spotted = lru_cache(maxsize=8)(self._spot)
        self._found = lru_cache(maxsize=20_000)(self._find)
        self.loose_keys = lru_cache(maxsize=100_000)(self._loose_keys)
        self.spoken_keys = lru_cache(maxsize=100_000)(self._spoken_keys)
        self._by_country = lru_cache(maxsize=32)(self._country_rows)
        self.sounded_names = lru_cache(maxsize=16)(self._sounded_names)

    @classmethod
    def open(cls, *, home: Path | str | None = None, extra_packs: Iterable[Path | str] = (), builtin: bool = True) -> Gazetteer:
        """Open the built-in gazetteer, the packs installed under `home` and the gazetteer files in `extra_packs`.

        Extra packs may be pack files or files of any format that `add_pack` takes. Raises InputError for a bad file.
        """
        paths = [as_pack(Path(p)) for p in extra_packs]
        folder = packs_folder(home)
        installed = (
            sorted(p for p in folder.iterdir() if p.suffix == ".arrow" and not p.name.startswith(".")) if folder.is_dir() else []
        )
        # Who's On First before OCHA before the rest: districts and neighbourhoods come with the first
        installed.sort(key=lambda p: (not p.name.startswith("wof"), not p.name.startswith("ocha"), p.name))
        paths.extend(p for p in installed if p not in paths)
        if builtin:
            paths.append(builtin_pack())
        return cls([open_index(p) for p in paths])

    @property
    def packs(self) -> list[PackInfo]:
        """The open packs, in the order in which they are asked."""
        return [i.info for i in self._indexes]

    def attributions(self, place_ids: Iterable[str] | None = None) -> list[str]:
        """Credits due for all open packs, or for the packs that the given places are from, a merged place's every one."""
        if place_ids is None:
            return list(dict.fromkeys(i.info.attribution for i in self._indexes))
        rows = [r for r in map(self.row_of, place_ids) if r is not None]
        packs = dict.fromkeys(self._pack_of(member)[0] for row in rows for member in self.members(row))
        return list(dict.fromkeys(self._indexes[p].info.attribution for p in packs))

    def __len__(self) -> int:
        return self._starts[-1]

    # ------------------------------------------------------------------------------------------------ rows and places

    def _pack_of(self, row: int) -> tuple[int, int]:
        for i in range(len(self._indexes)):
            if row < self._starts[i + 1]:
                return i, row - self._starts[i]
        raise IndexError(row)

    def pack_order(self, row: int) -> int:
        """Which of the open packs a row is from, first is 0."""
        return self._pack_of(row)[0]

    def _linked(self) -> tuple[npt.NDArray[np.int64], dict[int, tuple[int, ...]]]:
        """For each row the row that stands for its place, and for each such row all that are merged into it."""
        links = []
        for j, other in enumerate(self._indexes):
            for i, one in enumerate(self._indexes[:j]):
                if set(one.info.countries) & set(other.info.countries):
                    rows = linked_rows(one, other)
                    links.append((rows[0] + self._starts[i], rows[1] + self._starts[j]))
        head = as_groups(self._starts[-1], links)
        members: dict[int, list[int]] = {}
        for row in np.flatnonzero(head != np.arange(len(head))).tolist():
            first = int(head[row])
            members.setdefault(first, [first]).append(row)
        return head, {first: tuple(rows) for first, rows in members.items()}

    def members(self, row: int) -> tuple[int, ...]:
        """Rows of all entries that are merged into the one of this row, which is the first."""
        return self._members.get(row, (row,))

    def _place(self, row: int) -> Place:
        """The merged place of the row that stands for it, and of any other row what its own source says. (Reached as `place`.)"""
        entries = [place_of(*self._entry(member)) for member in self.members(row)]
        return entries[0] if len(entries) == 1 else merged(entries)

    def _entry(self, row: int) -> tuple[dict[str, Any], PackInfo]:
        pack, local = self._pack_of(row)
        return self._indexes[pack].entry(local), self._indexes[pack].info

    def row_of(self, place_id: str) -> int | None:
        """Row of the place that bears an id in any source, None if no open pack has it."""
        wanted = hash_keys([place_id], ID)
        for start, index in zip(self._starts, self._indexes, strict=False):
            # its own id before that of another that refers to it
            rows = [row for _, row, level in index.find(wanted) if level == ID]
            for row in sorted(rows, key=lambda r: index.table.column("id")[r].as_py() != place_id):
                entry = index.entry(row)
                if entry["id"] == place_id or place_id in (entry.get("ids") or ()):
                    return int(self._head[start + row])
        return None

    def get(self, place_id: str) -> Place | None:
        """The place of an id, None if no open pack has it. A merged place is found by each of its ids."""
        row = self.row_of(place_id)
        return None if row is None else self.place(row)

    def _loose_keys(self, row: int) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for member in self.members(row):
            pack, local = self._pack_of(member)
            found.update(dict.fromkeys(k for k in self._indexes[pack].loose[local].as_py() or () if k))
        return tuple(found)

    def _spoken_keys(self, row: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Loose keys of a place, and the same as they are compared by sound. (Reached as `spoken_keys`.)"""
        known = self.loose_keys(row)
        return known, tuple(map(sounded, known))

    # ---------------------------------------------------------------------------------------------------------- by key

    def rows_of_keys(self, wanted: Sequence[tuple[str, int]]) -> list[list[tuple[int, int]]]:
        """For each (key, level) the (row, level) pairs that bear it. Hundreds of keys cost about as much as one."""
        out: list[list[tuple[int, int]]] = [[] for _ in wanted]
        if not wanted:
            return out
        hashes = np.empty(len(wanted), dtype=np.uint64)
        for level in {lv for _, lv in wanted}:
            here = [i for i, (_, lv) in enumerate(wanted) if lv == level]
            hashes[here] = hash_keys([wanted[i][0] for i in here], level)
        for start, index in zip(self._starts, self._indexes, strict=False):
            if not len(index.hashes):
                continue
            for position, row, level in index.find(hashes):
                if level == wanted[position][1]:
                    out[position].append((int(self._head[start + row]), level))
        return out

    def populations(self, rows: Iterable[int]) -> list[int]:
        """Populations of rows, without making places of them."""
        out = []
        for row in rows:
            most = 0
            for member in self.members(row):
                pack, local = self._pack_of(member)
                most = max(most, int(self._indexes[pack].population[local]))
            out.append(most)
        return out

    def find(self, name: str) -> tuple[Found, ...]:
        """Every place that bears the name, exactly or in another romanisation, entries of one place merged, likeliest first."""
        return self._found(name)

    def _find(self, name: str) -> tuple[Found, ...]:
        wanted: dict[tuple[str, int], None] = {}
        if not keys.is_latin(name):
            wanted[raw_key(name), RAW] = None
        for form in keys.romanise(name):
            parts = keys.words(form)
            if parts:
                wanted[keys.plain_of(parts), PLAIN] = None
                loose = keys.loose_of(parts)
                if len(loose) >= SHORTEST_LOOSE:
                    wanted[loose, LOOSE] = None
        best: dict[int, float] = {}
        for found in self.rows_of_keys(list(wanted)):
            for row, level in found:
                best[row] = max(best.get(row, 0.0), MATCH[level])
        return tuple(self.merge(best))

    def merge(self, matches: dict[int, float]) -> list[Found]:
        """Entries (row to match) as places: those of several packs for one place become one. Likeliest first."""
        ordered = sorted(matches, key=lambda r: (self._pack_of(r)[0], -matches[r], -self.place(r).population, r))
        groups: list[list[int]] = []
        # only what lies within a degree of latitude, or has no place of its own, can be the same
        near: dict[int, list[int]] = {}
        for row in ordered:
            place = self.place(row)
            band = _EVERYWHERE if place.kind in {"country", "continent"} else math.floor(place.lat)
            known = [n for b in {band - 1, band, band + 1} for n in near.get(b, ())]
            for number in sorted(known):
                if _same(self.place(groups[number][0]), place):
                    groups[number].append(row)
                    break
            else:
                near.setdefault(band, []).append(len(groups))
                groups.append([row])
        out = []
        for group in groups:
            population = max(self.place(r).population for r in group)
            capital = any(self.place(r).kind == "capital" for r in group)
            head = self.place(group[0])
            if capital and head.kind != "capital":
                head = as_capital(head, population)
            out.append(
                Found(
                    group[0],
                    head,
                    max(matches[r] for r in group),
                    population,
                    tuple(member for row in group for member in self.members(row)),
                    population or _guess(self.place(r) for r in group),
                )
            )
        out.sort(key=lambda f: (-f.match, -importance(f), f.row))
        return out

    # -------------------------------------------------------------------------------------------------- by neighbourhood

    def _near(self, lat: float, lon: float, km: float) -> tuple[int, ...]:
        """Rows within a distance of a point, unordered. (Reached as `near`, which remembers its last answers.)"""
        rows: dict[int, None] = {}
        margin = km / geo.KM_PER_DEGREE
        wide = min(180.0, margin / max(0.05, math.cos(math.radians(lat))))
        for start, index in zip(self._starts, self._indexes, strict=False):
            inside = index.about(lat, lon, margin, wide)
            if len(inside):
                close = geo.distances_km(index.lat[inside], index.lon[inside], (lat, lon)) <= km
                rows.update(dict.fromkeys(self._head[inside[close] + start].tolist()))
        return tuple(rows)

    def _country_rows(self, country: str) -> npt.NDArray[np.int64]:
        found = []
        for start, index in zip(self._starts, self._indexes, strict=False):
            if country in index.info.countries:
                here = pc.fill_null(pc.equal(index.table.column("country"), country), False).combine_chunks()
                found.append(np.flatnonzero(here.to_numpy(zero_copy_only=False)) + start)
        return np.concatenate(found) if found else np.empty(0, dtype=np.int64)

    def _sounded_names(self, country: str) -> search.Names:
        """Sounded keys of all names of a country's places. (Reached as `sounded_names`.)"""
        rows = self._by_country(country)
        return search.names_of(self, np.unique(self._head[rows]))

    def _points_in(self, country: str) -> tuple[tuple[float, float], ...]:
        """Points of a country's towns, at most some thousand of them. (Reached as `points_in`.)"""
        out: list[tuple[float, float]] = []
        rows = self._by_country(country)
        for row in rows[:: max(1, len(rows) // 2000)].tolist():
            pack, local = self._pack_of(row)
            out.append((float(self._indexes[pack].lat[local]), float(self._indexes[pack].lon[local])))
        return tuple(out)

    # ------------------------------------------------------------------------------------------------------ what is asked

    def lookup(self, name: str, country: str | None = None) -> list[Candidate]:
        """Places of a name, best first, with a score from how well the name matches and how prominent the place is.

        `country` is an ISO 3166 alpha-2 code that keeps only the places in it.
        """
        out = []
        for f in self.find(name):
            if country and f.place.country != country.upper():
                continue
            score = round(f.match * (0.4 + 0.6 * min(1.0, importance(f))), 3)
            why = "the name as written" if f.match == 1.0 else "another spelling of the name"
            out.append(Candidate(f.place.place_id, f.place.name, f.place.lat, f.place.lon, score, f"{why}; {describe(f)}"))
        out.sort(key=lambda c: (-c.score, c.place_id))
        return out

    def search(
        self, name: str, near: tuple[float, float] | None = None, km: float = 15.0, countries: Sequence[str] = (), limit: int = 10
    ) -> list[Found]:
        """Places whose name is most like this one, best first: about a point, or in whole countries. See `places.search`."""
        return search.search(self, name, near, km, countries, limit)

    def spellings(self, name: str) -> list[str]:
        """Ids, in every source, of the places that bear a name in any spelling, likeliest first: for filters.

        Where no place bears it, those of the places whose name is all but the same are given.
        """
        found: Sequence[Found] = self.find(name) or search.misspelled_anywhere(self, name)
        heads = dict.fromkeys(int(self._head[row]) for f in found for row in f.rows)
        return list(dict.fromkeys(i for row in heads for i in self.ids_of(row)))

    def ids_of(self, row: int) -> tuple[str, ...]:
        """The ids of a place: its entries' own, then those that its entries give for it elsewhere."""
        entries = [self._entry(member)[0] for member in self.members(row)]
        others = (i for e in entries for i in (e.get("ids") or ()))
        return tuple(dict.fromkeys([*(e["id"] for e in entries), *others]))

    def spot(self, text: str, countries: Sequence[str] = ()) -> list[NameHit]:
        """Names of known places in a text, longest first where they overlap, in text order. See `warlog.places.spot`."""
        return list(self._spotted(text, tuple(countries)))

    def _spot(self, text: str, countries: tuple[str, ...]) -> tuple[NameHit, ...]:
        from warlog.places.spot import spot

        return tuple(spot(text, self, countries))


def _guess(places: Iterable[Place]) -> int:
    """Villages have a handful of names, towns dozens: a population guessed from that, for places that have none."""
    return max(20 * min(60, len(p.names)) ** 2 for p in places)


def _same(a: Place, b: Place) -> bool:
    if a.place_id == b.place_id:
        return True
    if a.country and b.country and a.country != b.country:
        return False
    if a.kind == b.kind == "country" or a.kind == b.kind == "continent":
        return True
    if a.kind in _AREAS or b.kind in _AREAS:
        return a.kind == b.kind and geo.distance_km((a.lat, a.lon), (b.lat, b.lon)) <= 60
    if a.kind != b.kind and not (a.kind in _POPULATED and b.kind in _POPULATED):
        return False
    limit = SAME_CITY_KM if max(a.population, b.population) >= 100_000 else SAME_KM
    return abs(a.lat - b.lat) < 0.2 and geo.distance_km((a.lat, a.lon), (b.lat, b.lon)) <= limit


__all__ = ["BUILTIN", "Found", "Gazetteer", "describe", "importance"]
