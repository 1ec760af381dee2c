"""The gazetteer: all open packs as one, asked by name, by key and by neighbourhood.

Opening maps files and computes nothing (but for the first time, when indexes are made). Rows of all packs are numbered
through; entries of several packs that are the same place are answered as one, by the first pack in order: packs given
explicitly, installed packs, the built-in list.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from warlog.errors import InputError
from warlog.places import geo, keys
from warlog.places.builtin import BUILTIN, builtin_pack
from warlog.places.home import packs_folder, usable_cache
from warlog.places.index import LOOSE, PLAIN, RAW, SHORTEST_LOOSE, PackIndex, hash_key, open_index, raw_key
from warlog.places.model import NameHit, PackInfo, Place
from warlog.places.pack import write_pack
from warlog.places.sources import read_source
from warlog.records import Candidate

#: How well each level of key match speaks for a place, 0 to 1.
MATCH = {PLAIN: 1.0, RAW: 1.0, LOOSE: 0.9}
#: Entries of one name within this distance are one place; large cities' points differ more between sources.
SAME_KM, SAME_CITY_KM = 5.0, 12.0
_AREAS = frozenset({"country", "continent", "region", "county", "area", "water"})
_POPULATED = frozenset(
    {"locality", "capital", "city", "town", "village", "hamlet", "settlement", "neighbourhood", "suburb", "camp"}
)


@dataclass(slots=True, frozen=True)
class Found:
    """One place that bears a name, with how well the name matches; entries of several packs for it are merged."""

    row: int
    place: Place
    match: float
    #: largest population among the merged entries
    population: int
    #: rows of all merged entries, this one first
    rows: tuple[int, ...]
    #: population, or where no source gives one a guess from in how many spellings and tongues the place is written of
    fame: int = 0

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.place.lat, self.place.lon


class Gazetteer:
    """All open packs as one. Make it with `Gazetteer.open`; it is safe to share between threads for reading."""

    def __init__(self, indexes: Sequence[PackIndex]) -> None:
        self._indexes = list(indexes)
        self._starts = [0]
        for index in self._indexes:
            self._starts.append(self._starts[-1] + index.table.num_rows)
        self._ids: dict[str, int] | None = None
        self.place = lru_cache(maxsize=50_000)(self._place)
        self.near = lru_cache(maxsize=256)(self._near)
        self.points_in = lru_cache(maxsize=64)(self._points_in)
        # a document is spotted before the parse and asked for again when its places are resolved
        self._spotted = lru_cache(maxsize=8)(self._spot)
        self._found = lru_cache(maxsize=20_000)(self._find)
        self.loose_keys = lru_cache(maxsize=100_000)(self._loose_keys)

    @classmethod
    def open(cls, *, home: Path | str | None = None, extra_packs: Iterable[Path | str] = (), builtin: bool = True) -> Gazetteer:
        """Open the built-in gazetteer, the packs installed under `home` and the gazetteer files in `extra_packs`.

        Extra packs may be pack files or files of any format that `add_pack` takes. Raises InputError for a bad file.
        """
        paths = [_as_pack(Path(p)) for p in extra_packs]
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
        """Credits due for all open packs, or for the packs that the given places are from."""
        if place_ids is None:
            return list(dict.fromkeys(i.info.attribution for i in self._indexes))
        rows = [r for r in map(self.row_of, place_ids) if r is not None]
        return list(dict.fromkeys(self._indexes[self._pack_of(r)[0]].info.attribution for r in rows))

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

    def _place(self, row: int) -> Place:
        pack, local = self._pack_of(row)
        r = self._indexes[pack].table.slice(local, 1).to_pylist()[0]
        return Place(
            r["id"], r["name"], r["lat"], r["lon"], r["kind"], r["country"] or "", r["admin1"] or "", r["admin2"] or "",
            r["population"] or 0, tuple(r["names"] or ()), bool(r["sensitive"]),
        )  # fmt: skip

    def row_of(self, place_id: str) -> int | None:
        """Row of a place by its id, None if no open pack has it."""
        if self._ids is None:
            ids: dict[str, int] = {}
            for start, index in zip(self._starts, self._indexes, strict=False):
                for i, key in enumerate(index.table.column("id").to_pylist()):
                    ids.setdefault(key, start + i)
            self._ids = ids
        return self._ids.get(place_id)

    def get(self, place_id: str) -> Place | None:
        """The place of an id, None if no open pack has it."""
        row = self.row_of(place_id)
        return None if row is None else self.place(row)

    def _loose_keys(self, row: int) -> tuple[str, ...]:
        pack, local = self._pack_of(row)
        return tuple(self._indexes[pack].loose[local].as_py() or ())

    # ---------------------------------------------------------------------------------------------------------- by key

    def rows_of_keys(self, wanted: Sequence[tuple[str, int]]) -> list[list[tuple[int, int]]]:
        """For each (key, level) the (row, level) pairs that bear it. Hundreds of keys cost about as much as one."""
        out: list[list[tuple[int, int]]] = [[] for _ in wanted]
        if not wanted:
            return out
        hashes = np.array([hash_key(k, level) for k, level in wanted], dtype=np.uint64)
        for start, index in zip(self._starts, self._indexes, strict=False):
            if not len(index.hashes):
                continue
            for position, row, level in index.find(hashes):
                if level == wanted[position][1]:
                    out[position].append((start + row, level))
        return out

    def populations(self, rows: Iterable[int]) -> list[int]:
        """Populations of rows, without making places of them."""
        out = []
        for row in rows:
            pack, local = self._pack_of(row)
            out.append(int(self._indexes[pack].population[local]))
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
        for row in ordered:
            place = self.place(row)
            for group in groups:
                head = self.place(group[0])
                if _same(head, place):
                    group.append(row)
                    break
            else:
                groups.append([row])
        out = []
        for group in groups:
            population = max(self.place(r).population for r in group)
            capital = any(self.place(r).kind == "capital" for r in group)
            head = self.place(group[0])
            if capital and head.kind != "capital":
                head = Place(
                    head.place_id,
                    head.name,
                    head.lat,
                    head.lon,
                    "capital",
                    head.country,
                    head.admin1,
                    head.admin2,
                    population,
                    head.names,
                    head.sensitive,
                )
            out.append(
                Found(
                    group[0],
                    head,
                    max(matches[r] for r in group),
                    population,
                    tuple(group),
                    population or _guess(self.place(r) for r in group),
                )
            )
        out.sort(key=lambda f: (-f.match, -importance(f), f.row))
        return out

    # -------------------------------------------------------------------------------------------------- by neighbourhood

    def _near(self, lat: float, lon: float, km: float) -> tuple[int, ...]:
        """Rows within a distance of a point, unordered. (Reached as `near`, which remembers its last answers.)"""
        rows: list[int] = []
        margin = km / geo.KM_PER_DEGREE
        wide = margin / max(0.05, math.cos(math.radians(lat)))
        for start, index in zip(self._starts, self._indexes, strict=False):
            inside = np.flatnonzero((np.abs(index.lat - lat) <= margin) & (np.abs(index.lon - lon) <= wide))
            if len(inside):
                close = geo.distances_km(index.lat[inside], index.lon[inside], (lat, lon)) <= km
                rows.extend((inside[close] + start).tolist())
        return tuple(rows)

    def _points_in(self, country: str) -> tuple[tuple[float, float], ...]:
        """Points of a country's towns, at most some thousand of them. (Reached as `points_in`.)"""
        out: list[tuple[float, float]] = []
        for index in self._indexes:
            if country not in index.info.countries:
                continue
            codes = index.table.column("country").to_numpy()
            rows = np.flatnonzero(codes == country)
            rows = rows[:: max(1, len(rows) // 2000)]
            out.extend(zip(index.lat[rows].tolist(), index.lon[rows].tolist(), strict=True))
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

    def spot(self, text: str, countries: Sequence[str] = ()) -> list[NameHit]:
        """Names of known places in a text, longest first where they overlap, in text order. See `warlog.places.spot`."""
        return list(self._spotted(text, tuple(countries)))

    def _spot(self, text: str, countries: tuple[str, ...]) -> tuple[NameHit, ...]:
        from warlog.places.spot import spot

        return tuple(spot(text, self, countries))


def _guess(places: Iterable[Place]) -> int:
    """Villages have a handful of names, towns dozens: a population guessed from that, for places that have none."""
    return max(20 * min(60, len(p.names)) ** 2 for p in places)


def importance(found: Found) -> float:
    """How prominent a place is, 0 to 1: countries 1, capitals and cities by population."""
    kind = found.place.kind
    if kind in {"country", "continent"}:
        return 1.0
    base = {"capital": 0.35, "region": 0.5, "county": 0.1}.get(kind, 0.0)
    return min(0.99, base + math.log10(max(found.population, found.fame) + 1) / 9)


def describe(found: Found) -> str:
    """A place in a few words: kind, admin areas, country, population."""
    p = found.place
    area = ", ".join(dict.fromkeys(x for x in (p.admin2, p.admin1, p.country) if x and not x.isdigit()))
    people = f", {found.population:,} people" if found.population else ""
    return f"{p.kind} in {area}{people}" if area else f"{p.kind}{people}"


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


def _as_pack(path: Path) -> Path:
    """A pack file as it is; any other gazetteer file made into one in the cache, by the SHA-256 of its content."""
    if path.suffix == ".arrow":
        return path
    import hashlib

    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}.") from error
    made = usable_cache() / "extra" / f"{path.stem.split('.')[0]}-{digest[:20]}.arrow"
    if not made.exists():
        source = read_source(path)
        write_pack(made, source.places, source.info)
    return made


__all__ = ["BUILTIN", "Found", "Gazetteer", "describe", "importance"]
