"""GeoNames dumps: one tab-separated line for each feature, with its class and code; areas are read first, for their names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from warlog import vocabulary
from warlog.errors import InputError
from warlog.places import opening
from warlog.places.entries import cleaned, count, in_latin, point
from warlog.places.model import PackInfo, Place

_COLUMNS = 19
_AREAS = {"ADM1": 1, "ADM2": 2, "ADM3": 3}


def is_dump(first: str) -> bool:
    """Whether a file's first line is one of a dump."""
    parts = first.split("\t")
    return len(parts) == _COLUMNS and parts[0].isdecimal()


def read(path: Path, stem: str) -> tuple[PackInfo, Iterator[Place]]:
    """What to credit, and the places. Raises InputError, and what bad values raise."""
    name = f"geonames-{stem}"
    return PackInfo(name, f"GeoNames dump {path.name}", "", "", "CC BY 4.0", "GeoNames, CC BY 4.0", 0), _places(path)


def _rows(path: Path) -> Iterator[list[str]]:
    for number, line in enumerate(opening.lines(path), 1):
        if not line.strip():
            continue
        row = line.split("\t")
        if len(row) < _COLUMNS:
            raise InputError(f"{path}: line {number} has {len(row)} columns where a GeoNames dump has {_COLUMNS}.")
        yield row


def _places(path: Path) -> Iterator[Place]:
    kinds = vocabulary.load("place_kinds")["geonames"]
    areas: dict[tuple[str, ...], str] = {}
    for row in _rows(path):
        if row[6] == "A" and row[7] in _AREAS:
            areas[(row[8], *row[10 : 10 + _AREAS[row[7]]])] = row[1]
    for row in _rows(path):
        kind = kinds.get(f"{row[6]}.{row[7]}", kinds.get(row[6], "area"))
        if not kind or not row[1]:
            continue
        try:
            lat, lon = point(row[4], row[5])
            population = count(row[14])
        except ValueError as error:
            raise InputError(f"{path}: the feature {row[0]} has no usable point or population ({error}).") from error
        others = [*row[3].split(","), row[2]]
        name = in_latin(row[1], others)
        # where the dump has not the area itself, its code is better than nothing
        first, second, third = (areas.get((row[8], *row[10 : 10 + n]), row[9 + n]) for n in (1, 2, 3))
        yield Place(
            f"geonames:{row[0]}", name, lat, lon, kind, row[8], first, second, population, cleaned([*others, row[1]], name),
            admin3=third,
        )  # fmt: skip
