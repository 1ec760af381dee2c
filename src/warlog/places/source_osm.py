"""OpenStreetMap extracts (.osm.pbf): settlements and quarters, hills, rivers, roads, bases, crossings, areas with their names.

Needs the package osmium (`pip install "warlog[osm]"`). Which tags make which kind stands in vocab/place_kinds.toml. A way stands
where its middle node is; the pieces of a road (by its number, such as M5) or of a river are one place each; an area stands at its
label or admin centre, else in the middle of its outline.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from warlog import vocabulary
from warlog.errors import InputError
from warlog.places import geo
from warlog.places.entries import cleaned, count, in_latin
from warlog.places.model import PackInfo, Place

_ENDINGS = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2", ".osm.xml")
#: Pieces of rivers of one name within this of each other are one river.
_RIVER_KM = 40.0
LICENCE = "ODbL 1.0"


def is_extract(path: Path) -> bool:
    """Whether a file's name is that of an OpenStreetMap extract."""
    return path.name.lower().endswith(_ENDINGS)


def read(path: Path, stem: str) -> tuple[PackInfo, Iterator[Place]]:
    """What to credit, and the places. Raises InputError for a damaged file or where osmium is not installed."""
    osmium = _osmium(path)
    try:
        places = list(_places(path, osmium))
    except (RuntimeError, OSError) as error:
        if isinstance(error, RecursionError):
            raise
        raise InputError(f"{path}: is no OpenStreetMap extract, or it is damaged or cut off ({error}).") from error
    attribution = "© OpenStreetMap contributors, ODbL 1.0"
    return PackInfo(f"osm-{stem}", f"OpenStreetMap, {path.name}", "", "", LICENCE, attribution, 0), iter(places)


def _osmium(path: Path) -> Any:
    try:
        return import_module("osmium")
    except ImportError as error:
        raise InputError(f'{path}: reading OpenStreetMap extracts needs one more package: pip install "warlog[osm]".') from error


@dataclass(slots=True)
class _Area:
    """A relation whose place is told by its members."""

    tags: dict[str, str]
    kind: str
    labels: list[int] = field(default_factory=list)
    ways: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Pieces:
    """Ways that are parts of one line: tags of the first, and a point on each."""

    identifier: str
    tags: dict[str, str]
    kind: str
    points: list[tuple[float, float]] = field(default_factory=list)


@cache
def _vocabulary() -> dict[str, Any]:
    found: dict[str, Any] = vocabulary.load("place_kinds")["osm"]
    return found


def kind_of(tags: Mapping[str, str]) -> str:
    """The kind of an object by its tags, "" for what is no place."""
    if tags.get("boundary") == "administrative":
        return str(_vocabulary()["admin_levels"].get(tags.get("admin_level", ""), ""))
    for key, value, kind in _vocabulary()["rules"]:
        if key in tags and (value == "*" or tags[key] == value):
            return "capital" if kind == "city" and tags.get("capital") == "yes" else str(kind)
    if tags.get("highway") in _vocabulary()["roads"] or tags.get("railway") == "rail":
        return "road"
    return ""


def _named(tags: Mapping[str, str]) -> bool:
    return any(key in tags for key in ("name", "ref", "int_ref", "name:en"))


def _places(path: Path, osmium: Any) -> Iterator[Place]:
    areas, country = _relations(path, osmium)
    wanted_nodes = {n for a in areas.values() for n in a.labels}
    wanted_ways = {w for a in areas.values() for w in a.ways}
    nodes: dict[int, tuple[float, float]] = {}
    ways: dict[int, tuple[float, float]] = {}
    lines: dict[tuple[str, str], list[_Pieces]] = {}
    kinds = osmium.osm.NODE | osmium.osm.WAY
    for item in osmium.FileProcessor(str(path), kinds).with_locations():
        tagged = len(item.tags) > 0
        if item.is_node():
            if not tagged and item.id not in wanted_nodes:
                continue
            point = _valid(item.location)
            if point is None:
                continue
            if item.id in wanted_nodes:
                nodes[item.id] = point
            tags = dict(item.tags)
            kind = kind_of(tags)
            if kind and _named(tags):
                yield _place(f"osm:n{item.id}", tags, kind, point, country)
            continue
        if not tagged and item.id not in wanted_ways:
            continue
        tags = dict(item.tags)
        kind = kind_of(tags)
        named = bool(kind) and _named(tags)
        if not named and item.id not in wanted_ways:
            continue
        points = [p for p in (_valid(n.location) for n in item.nodes) if p is not None]
        if not points:
            continue
        if item.id in wanted_ways:
            ways[item.id] = _middle(points)
        if named and kind in {"road", "river"} and not item.is_closed():
            _add_piece(lines, f"osm:w{item.id}", tags, kind, points[len(points) // 2])
        elif named:
            yield _place(f"osm:w{item.id}", tags, kind, _middle(points), country)
    for pieces in lines.values():
        for line in pieces:
            yield _place(line.identifier, line.tags, line.kind, _nearest(line.points, _middle(line.points)), country)
    for identifier, area in areas.items():
        at = [nodes[n] for n in area.labels if n in nodes][:1] or [ways[w] for w in area.ways if w in ways]
        if at:
            yield _place(f"osm:r{identifier}", area.tags, area.kind, _middle(at), country)


def _relations(path: Path, osmium: Any) -> tuple[dict[int, _Area], str]:
    """Named areas and long lines, and the country if the extract is of one."""
    areas: dict[int, _Area] = {}
    countries: set[str] = set()
    for item in osmium.FileProcessor(str(path), osmium.osm.RELATION):
        tags = dict(item.tags)
        kind = kind_of(tags)
        if tags.get("type") == "route" and tags.get("route") == "road":
            kind = "road"
        if not kind or not _named(tags):
            continue
        area = _Area(tags, kind)
        for member in item.members:
            if member.type == "n" and member.role in {"label", "admin_centre"}:
                area.labels.insert(0 if member.role == "label" else len(area.labels), member.ref)
            elif member.type == "w":
                area.ways.append(member.ref)
        areas[item.id] = area
        if kind == "country":
            countries.add(tags.get("ISO3166-1:alpha2") or tags.get("ISO3166-1") or "")
    # an extract holds the outlines of its neighbours too: then it cannot be told whose it is
    return areas, countries.pop().upper() if len(countries) == 1 else ""


def _add_piece(
    lines: dict[tuple[str, str], list[_Pieces]], identifier: str, tags: dict[str, str], kind: str, point: tuple[float, float]
) -> None:
    """A piece of a road or river joins the line of its name; rivers of one name far apart are several."""
    name = tags.get("ref") or tags.get("name") or tags.get("name:en") or tags.get("int_ref") or ""
    known = lines.setdefault((kind, name), [])
    for line in known:
        if kind == "road" or any(geo.distance_km(point, p) <= _RIVER_KM for p in line.points[-20:]):
            line.points.append(point)
            line.tags = {**tags, **line.tags}
            return
    known.append(_Pieces(identifier, tags, kind, [point]))


def _valid(location: Any) -> tuple[float, float] | None:
    return (location.lat, location.lon) if location.valid() else None


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The mean of points, right across the date line too."""
    x, y = (math.fsum(f(math.radians(p[1])) for p in points) for f in (math.cos, math.sin))
    lat = math.fsum(p[0] for p in points) / len(points)
    return round(lat, 6), round(math.degrees(math.atan2(y, x)), 6)


def _nearest(points: list[tuple[float, float]], to: tuple[float, float]) -> tuple[float, float]:
    return min(points, key=lambda p: geo.distance_km(p, to))


def _place(identifier: str, tags: Mapping[str, str], kind: str, point: tuple[float, float], country: str) -> Place:
    known = _vocabulary()
    written = [tags[key] for key in known["names"] if key in tags]
    written.extend(value for key, value in tags.items() if key.startswith("name:") and "prefix" not in key and "etym" not in key)
    names = [part.strip() for value in written for part in value.split(";") if part.strip()]
    # reports call a road by its number
    number = tags.get("ref", "").split(";")[0].strip() if kind == "road" else ""
    own = number or tags.get("name:en") or tags.get("int_name") or tags.get("name") or tags.get("ref") or names[0]
    name = in_latin(own, [tags[k] for k in ("name:en", "int_name") if k in tags] + names)
    # the number of a road is its name, and no code
    numbers = [n for n in names if kind == "road" and n != name and len(n) <= 6]
    pcode = next((tags[k] for k in known["pcodes"] if k in tags), "")
    ids = tuple(f"wikidata:{q}" for q in [tags.get("wikidata", "")] if q)
    try:
        population = count(tags.get("population", "0").replace(" ", ""))
    except ValueError:
        population = 0
    code = (tags.get("ISO3166-1:alpha2") or tags.get("addr:country") or tags.get("is_in:country_code") or country).upper()
    return Place(
        identifier, name, point[0], point[1], kind, code if len(code) == 2 else country,
        tags.get("addr:province") or tags.get("is_in:province") or tags.get("is_in:state") or tags.get("addr:state") or "",
        tags.get("addr:district") or tags.get("is_in:district") or tags.get("is_in:county") or "", population,
        tuple(dict.fromkeys([*cleaned(names, name), *numbers])), admin3=tags.get("addr:subdistrict") or "",
        pcode=pcode, iso=tags.get("ISO3166-2", ""), ids=ids,
    )  # fmt: skip
