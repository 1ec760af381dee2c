"""A place that was found by a name, with how well it fits and how prominent it is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from warlog.places.model import Place


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
