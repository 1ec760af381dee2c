"""OCHA's place lists: CSV with a P-code for each place and for the areas above it; which column is which is told by its name."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from warlog import vocabulary
from warlog.places import opening
from warlog.places.entries import cleaned, count, halves, in_latin, point
from warlog.places.iso import alpha2
from warlog.places.model import PackInfo, Place

_LEVELS = ("4", "3", "2", "1")


@cache
def _columns() -> dict[str, list[str]]:
    return {k: v for k, v in vocabulary.load("gazetteer_files")["ocha"].items() if isinstance(v, list)}


class _Layout:
    """Which column of a list holds what; None where it has none."""

    def __init__(self, header: Sequence[str]) -> None:
        self._held = {name.strip().lower(): name for name in reversed(header)}
        self.lat, self.lon = self._one("lat"), self._one("lon")
        self.code, self.name = self._one("place_pcode"), self._one("place_name")
        self.kind = "locality"
        if self.code is None or self.name is None:
            # a list of areas: its own level is the deepest there is
            for level in _LEVELS:
                code, name = self._one("admin_pcode", level), self._one("admin_name", level)
                if code and name:
                    self.code, self.name, self.kind = code, name, "region" if level == "1" else "county"
                    break
        self.others = [self._held[c] for c in self._many() if c in self._held]
        self.population = self._one("population")
        self.areas = {level: self._one("admin_name", level) for level in "123"}
        self.first_code = self._one("admin_pcode", "1") or self._one("admin_pcode", "0")

    def _one(self, what: str, level: str = "") -> str | None:
        return next((self._held[c] for c in (c.replace("#", level) for c in _columns()[what]) if c in self._held), None)

    def _many(self) -> list[str]:
        names = list(_columns()["other_names"])
        level = next((x for x in _LEVELS if self._one("admin_name", x) == self.name), None)
        return names if level is None else [*names, *(c.replace("#", level) for c in _columns()["admin_other"])]

    @property
    def usable(self) -> bool:
        return None not in (self.lat, self.lon, self.code, self.name)


def is_list(header: Sequence[str]) -> bool:
    """Whether a CSV header is that of a place list with P-codes and points."""
    return _Layout(header).usable


def read(path: Path, stem: str) -> tuple[PackInfo, Iterator[Place]]:
    """What to credit, and the places. Raises InputError, and what bad values raise."""
    places = list(_places(path))
    codes = sorted({p.country for p in places if p.country})
    areas = {p.kind for p in places} - {"locality"}
    country = codes[0] if len(codes) == 1 else ""
    name = f"ocha-{country.lower() or stem.removeprefix('ocha-')}{'-areas' if areas else ''}"
    what = "areas" if areas else "communities"
    title = f"OCHA {what}, {', '.join(codes)}" if codes else f"OCHA {what}"
    licence = vocabulary.load("gazetteer_files")["ocha"]["licence"]
    attribution = f"OCHA Common Operational Datasets (COD), {what}; {licence}"
    return PackInfo(name, title, "", "", licence, attribution, 0), iter(places)


def _places(path: Path) -> Iterator[Place]:
    rows = csv.DictReader(opening.lines(path))
    layout = _Layout(rows.fieldnames or [])
    assert layout.lat
    assert layout.lon
    assert layout.code
    assert layout.name
    for r in rows:
        written = (r[layout.name] or "").strip()
        if not (r[layout.lat] and r[layout.lon] and written and r[layout.code]):
            continue
        lat, lon = point(r[layout.lat], r[layout.lon])
        code = r[layout.code].strip()
        # what stands in brackets says which of several it is
        name = re.sub(r"\s*\(.*?\)", "", written).strip() or written
        others = [*halves(name), written, *(r.get(c) or "" for c in layout.others)]
        first = (r.get(layout.first_code) or "") if layout.first_code else ""
        areas = [(r.get(column) or "") if column else "" for column in layout.areas.values()]
        latin = in_latin(name, others)
        yield Place(
            f"ocha:{code}", latin, lat, lon, layout.kind, alpha2(first) or alpha2(code), areas[0], areas[1],
            count(r.get(layout.population)) if layout.population else 0, cleaned([*others, name], latin),
            admin3=areas[2], pcode=code,
        )  # fmt: skip
