"""A mention on its way to being resolved, and what the document says of where it lies.

A `Pin` ties it to a point: the anchor of its relation, the area it lies in. Beside the pins there are the settled members of
its list and the other settled places of the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from warlog.places import geo
from warlog.places.gazetteer import Found
from warlog.places.model import Mention, Place
from warlog.places.theatre import Theatre
from warlog.places.words import loose_key, place_words

#: How far a place of this kind reaches about its point, in kilometres.
EXTENT = {"continent": 3000.0, "country": 450.0, "region": 110.0, "county": 40.0, "area": 120.0, "water": 250.0,
          "river": 250.0, "road": 150.0, "border": 150.0, "front": 40.0}  # fmt: skip
#: How far from its anchor a place can lie, in kilometres, by relation.
_REACH = {"near": 45.0, "direction": 70.0, "outskirts": 25.0, "countryside": 70.0, "part": 30.0, "at": 25.0, "on_road": 70.0}
#: Radius given to a mention that is only anchored, by relation.
_RADIUS = {"near": 20.0, "direction": 40.0, "outskirts": 12.0, "countryside": 40.0, "part": 12.0, "at": 12.0, "on_road": 40.0}
_METROPOLIS = 1_000_000


@dataclass(slots=True)
class Pin:
    """What is known of where a mention must lie: a point, how far from it, and whose point it is."""

    point: tuple[float, float]
    reach: float
    name: str
    radius: float
    bearing: float | None = None
    place: Place | None = None
    #: said of an area that the place lies in, rather than of a neighbour
    container: bool = False


@dataclass(slots=True)
class Case:
    """A mention on its way to being resolved."""

    mention: Mention
    key: str
    found: list[Found]
    chosen: Found | None = None
    probability: float = 0.0
    ranked: list[tuple[Found, float, str]] = field(default_factory=list)
    refused: list[tuple[Found, str]] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    #: settled by what is said to lie in it
    fixed: bool = False


def extent(place: Place) -> float:
    """How far a place reaches about its point, in kilometres."""
    if place.kind in EXTENT:
        return EXTENT[place.kind]
    return 25.0 if place.population >= 100_000 or place.kind == "capital" else 12.0


def pins_of(i: int, cases: list[Case]) -> list[Pin]:
    """Points that the sentence ties a mention to: its relation's anchors, areas it lies in."""
    pins: list[Pin] = []
    mention = cases[i].mention
    relation = mention.relation
    if relation is not None:
        anchors = [cases[j].chosen for j in relation.anchors if 0 <= j < len(cases) and j != i]
        known = [a for a in anchors if a is not None]
        if relation.kind == "between" and len(known) == 2:
            a, b = known
            span = geo.distance_km(a.point, b.point)
            pins.append(Pin(geo.middle(a.point, b.point), span * 0.6 + 15, f"{a.place.name} and {b.place.name}", span / 2 + 10))
        elif known:
            a = known[0]
            reach, radius = _REACH.get(relation.kind, 45.0), _RADIUS.get(relation.kind, 25.0)
            if relation.km is not None:
                reach, radius = relation.km * 1.6 + 12, relation.km * 1.2 + 5
            elif a.place.kind in EXTENT:
                reach, radius = reach + extent(a.place), radius + extent(a.place)
            elif a.population >= _METROPOLIS and relation.kind in {"direction", "near"}:
                # what is told by a great city lies farther from its middle
                radius += 20.0
            pins.append(Pin(a.point, reach, a.place.name, radius, relation.bearing, a.place))
    for j in mention.within:
        if 0 <= j < len(cases) and j != i and (area := cases[j].chosen) is not None:
            place = _as_area(area.place, cases[j].mention.kind, mention.kind)
            size = extent(place)
            pins.append(Pin(area.point, size, place.name, size, None, place, container=True))
    return pins


def _as_area(place: Place, kind: str | None, of: str | None) -> Place:
    """A town that stands for the province or district called after it, where no gazetteer has that, reaches as far.

    `kind` is the kind word beside its name, `of` that of the place said to lie in it.
    """
    classes, inner = place_words().classes(kind), place_words().classes(of)
    of_province = not classes and {"village", "county", "city"} & set(inner) and "neighbourhood" not in inner
    if place.kind not in EXTENT and ("region" in classes or (of_province and _names_its_province(place))):
        return replace(place, kind="region")
    return replace(place, kind="county") if place.kind not in EXTENT and classes[:1] == ("county",) else place


def _names_its_province(place: Place) -> bool:
    return bool(place.admin1) and loose_key(place.admin1) == loose_key(place.name)


def list_points(i: int, cases: list[Case]) -> list[tuple[float, float]]:
    """Points of the other members of a mention's list that are settled."""
    number = cases[i].mention.list_id
    if number is None:
        return []
    return [
        c.chosen.point
        for j, c in enumerate(cases)
        if j != i and c.mention.list_id == number and c.chosen is not None and c.key != cases[i].key
    ]


def other_points(i: int, cases: list[Case], where: Theatre, capitals: bool = True) -> list[tuple[float, float]]:
    """Points of the document's other settled places in the theatre; countries and the like are left out."""
    own = cases[i].key
    return [
        c.chosen.point
        for j, c in enumerate(cases)
        if j != i
        and c.chosen is not None
        and c.key != own
        and c.chosen.place.kind not in EXTENT
        and c.chosen.place.country in where
        and (capitals or c.chosen.place.kind != "capital")
    ]


def lies_in(found: Found, area: Place) -> bool | None:
    """Whether a place lies in an area by what both say of themselves; None if that cannot be told."""
    place = found.place
    if place.place_id == area.place_id:
        return True
    if place.country and area.country and place.country != area.country:
        return False
    if area.kind == "country":
        return bool(place.country) and place.country == area.country
    distance = geo.distance_km(found.point, (area.lat, area.lon))
    if area.kind in {"region", "county"}:
        own = place.admin1 if area.kind == "region" else place.admin2
        if own and not own.isdigit() and loose_key(own) in {loose_key(n) for n in (area.name, *area.names)}:
            return True
        if area.kind == "region" and place.admin1 and area.admin1 and _of_one_source(place, area):
            return place.admin1 == area.admin1
        # the middle of an area whose gazetteer tells no more of it is a rough one
        if distance > (70.0 if area.kind == "county" else 220.0 if area.admin1 else 350.0):
            return False
        return True if distance < 15.0 else None
    if area.kind in EXTENT:
        return None if distance <= 2 * EXTENT[area.kind] or area.kind == "continent" else False
    large = area.population >= 100_000 or area.kind == "capital"
    if distance <= (25.0 if large else 12.0):
        return True
    # "X, Y" is also said of a village and the chief town of its district
    near = 100.0 if _names_its_province(area) and loose_key(place.admin1 or "-") == loose_key(area.name) else 60.0
    return None if distance <= (near if large else 25.0) else False


def _of_one_source(a: Place, b: Place) -> bool:
    """Whether two entries come from one source, so that both call an area by one name or code."""
    return a.place_id.partition(":")[0] == b.place_id.partition(":")[0]


def spread(points: Sequence[tuple[float, float]]) -> float:
    """Largest distance among points."""
    return max((geo.distance_km(a, b) for a in points for b in points), default=0.0)
