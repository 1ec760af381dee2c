"""Warlog's own simple CSV: a line for each place.

The columns are `id,name,alt_names,lat,lon,kind,country,admin1,admin2,admin3,pcode,iso,population,sensitive,source,licence`, in
any order; only id, name, lat and lon are needed. Alternate names are parted by `;`. A place marked in `sensitive` may only be
published at district precision.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from warlog.errors import InputError
from warlog.places import opening
from warlog.places.entries import count, in_latin, point
from warlog.places.model import PackInfo, Place

_TRUE = {"1", "true", "yes", "y"}


def is_simple(header: Sequence[str]) -> bool:
    """Whether a CSV header is that of a simple gazetteer."""
    return {"id", "name", "lat", "lon"} <= {c.strip() for c in header}


def read(path: Path, stem: str) -> tuple[PackInfo, Iterator[Place]]:
    """What to credit, and the places. Raises InputError."""
    return PackInfo(stem, path.name, "", "", "as its maker set", f"Places from {path.name}", 0), _places(path, stem)


def _places(path: Path, stem: str) -> Iterator[Place]:
    rows = csv.DictReader(opening.lines(path))
    rows.fieldnames = [c.strip() for c in rows.fieldnames or []]
    seen: set[str] = set()
    for r in rows:
        number = rows.line_num
        if None in r.values() or None in r:
            raise InputError(f"{path}: line {number} has not as many columns as the header.")
        given = {k: v.strip() for k, v in r.items()}
        if not given["id"] or not given["name"] or given["id"] in seen:
            raise InputError(f"{path}: line {number} needs a name and an id that no other line has.")
        seen.add(given["id"])
        try:
            lat, lon = point(given["lat"], given["lon"])
            population = count(given.get("population"))
        except ValueError as error:
            raise InputError(f"{path}: line {number} has no usable lat, lon or population ({error}).") from error
        country = given.get("country", "").upper()
        if country and not (len(country) == 2 and country.isalpha()):
            raise InputError(f"{path}: line {number} has the country {country!r} where two letters (ISO 3166) are needed.")
        others = [n.strip() for n in given.get("alt_names", "").split(";") if n.strip()]
        name = in_latin(given["name"], others)
        names = tuple(dict.fromkeys(n for n in (given["name"], *others) if n != name))
        yield Place(
            f"{stem}:{given['id']}", name, lat, lon, given.get("kind", "").lower() or "locality", country,
            given.get("admin1", ""), given.get("admin2", ""), population, names,
            given.get("sensitive", "").lower() in _TRUE, given.get("admin3", ""), given.get("pcode", ""), given.get("iso", ""),
            source=given.get("source", ""), licence=given.get("licence", ""),
        )  # fmt: skip
