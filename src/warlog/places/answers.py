"""From a judged mention to what is said of it: resolved, anchored with a radius, or unresolved, each with its reasons."""

from __future__ import annotations

import math
from dataclasses import replace

from warlog.places import geo
from warlog.places.candidates import agreement
from warlog.places.cases import EXTENT, Case, Pin, list_points, spread
from warlog.places.gazetteer import Found, Gazetteer, describe
from warlog.places.model import Place, Resolution
from warlog.places.theatre import Theatre
from warlog.places.words import place_words
from warlog.records import Candidate

_CANDIDATES_SHOWN = 5
#: People of a town that other places can be said to lie in.
_SEAT = 3_000
#: UCDP where_prec of kinds of place that are more than a spot: districts, provinces, lines and fuzzy areas, countries.
_PRECISION = {"county": 3, "region": 4, "country": 6, "continent": 6} | dict.fromkeys(
    ("area", "water", "river", "road", "border", "front"), 5
)
#: "the X road", "the X border": somewhere along it, about so far from X
_LINE_KM = 40.0


def _candidates(case: Case) -> list[Candidate]:
    out = [
        Candidate(f.place.place_id, f.place.name, f.place.lat, f.place.lon, round(p, 3), f"{n}; {describe(f)}")
        for f, p, n in case.ranked[:_CANDIDATES_SHOWN]
    ]
    for f, why in sorted(case.refused, key=lambda x: -x[0].population)[: max(0, _CANDIDATES_SHOWN - len(out))]:
        out.append(Candidate(f.place.place_id, f.place.name, f.place.lat, f.place.lon, 0.0, f"refused: {why}; {describe(f)}"))
    return out


def answer(case: Case, cases: list[Case], where: Theatre, gazetteer: Gazetteer) -> Resolution:
    """The resolution of a settled mention."""
    candidates = _candidates(case)
    if case.chosen is not None:
        return _resolved(case, case.chosen, candidates, gazetteer)
    pin = _best_pin(case, cases)
    if pin is not None and pin.place is not None and pin.container and pin.place.kind in _WIDE:
        why = f"all that is known is that it lies in {pin.name}"
        return Resolution(
            "unresolved",
            country=pin.place.country or None,
            admin1=(pin.place.admin1 or pin.place.name) if pin.place.kind == "region" else None,
            anchor=pin.name,
            radius_km=round(pin.radius, 1),
            geo_precision=_PRECISION[pin.place.kind],
            candidates=candidates,
            why=why,
        )
    if pin is not None:
        why = f"{case.mention.name or 'the place'} is in no open gazetteer near {pin.name}"
        if case.refused:
            f, reason = max(case.refused, key=lambda x: x[0].population)
            why = f"the namesake {f.place.name} was refused ({reason})"
        if not case.mention.name:
            why = "only what it lies by is named"
        place = pin.place
        wide = place is not None and place.kind in {"country", "continent", "region", "area", "water"}
        precision = _PRECISION.get(place.kind, 2) if place is not None and wide else (2 if pin.radius <= 25 else 3)
        return Resolution(
            "anchored",
            round(pin.point[0], 5),
            round(pin.point[1], 5),
            country=place.country if place else None,
            admin1=place.admin1 if place else None,
            admin2=place.admin2 if place else None,
            anchor=pin.name,
            radius_km=round(pin.radius, 1),
            geo_precision=precision,
            candidates=candidates,
            why=f"{why}; anchored on {pin.name} within {pin.radius:.0f} km",
        )
    if not case.mention.name:
        why = "no place is named"
    elif case.refused and not case.ranked:
        f, reason = max(case.refused, key=lambda x: x[0].population)
        why = f"every place of that name was refused, such as {f.place.name} ({reason})"
    elif case.ranked:
        why = "no place of that name is likely enough" + (f" in {', '.join(where.countries[:3])}" if where.countries else "")
    else:
        why = "no open gazetteer has the name"
    return Resolution("unresolved", candidates=candidates, why=why)


def _best_pin(case: Case, cases: list[Case]) -> Pin | None:
    """The tightest point that a mention with no place of its own is tied to."""
    # "in X, Y" says little of where X is if Y is itself a small place that merely bears the name
    told = [p for p in case.pins if not (p.container and p.place and p.place.kind not in EXTENT and p.place.population < _SEAT)]
    pins = sorted(told, key=lambda p: p.radius)
    if pins:
        return pins[0]
    i = next(n for n, c in enumerate(cases) if c is case)
    points = list_points(i, cases)
    if case.mention.name and len(points) >= 2 and spread(points) <= 60:
        members = [
            c
            for c in cases
            if c.mention.list_id == case.mention.list_id and c.chosen is not None and c.chosen.place.kind not in EXTENT
        ]
        members.sort(key=lambda c: sum(geo.distance_km(c.chosen.point, p) for p in points) if c.chosen else 0.0)
        if members and members[0].chosen is not None:
            head = members[0].chosen
            return Pin(head.point, 60.0, head.place.name, max(25.0, spread(points)), None, head.place)
    return None


#: kinds of places too wide for their middle to stand for something in them
_WIDE = frozenset({"country", "continent", "region", "area"})
#: classes of kind word for what is a line
_LINES = frozenset({"road", "border"})


def _resolved(case: Case, found: Found, candidates: list[Candidate], gazetteer: Gazetteer) -> Resolution:
    place, mention = found.place, case.mention
    precision = _PRECISION.get(place.kind, 1)
    notes = next((n for f, _, n in case.ranked if f.row == found.row), "")
    why = f"{place.name}: {describe(found)}" + (f"; {notes}" if notes else "")
    classes = set(place_words().classes(mention.kind))
    if place.kind in _WIDE and classes and not classes & {"country", "region", "county", "land", "border", "water"}:
        # "Mindanao State University", "the Syrian town": what lies in a wide area is not at its middle
        return Resolution("unresolved", candidates=candidates, why=f"the {mention.kind} lies somewhere in {place.name}")
    lat, lon, status, radius, anchor = place.lat, place.lon, "resolved", None, None
    if precision == 1 and (mention.part and mention.part not in {"area", "areas", "town", "city"}):
        precision = 2
    if precision == 1 and classes and agreement(mention.kind, found) < 0:
        precision = 4 if classes == {"region"} else 3 if "county" in classes else 2
        if precision == 2:
            why += f"; the {mention.kind} is taken to be at the place of that name"
    if place.kind in EXTENT:
        radius = EXTENT[place.kind]
    elif classes and classes <= _LINES:
        status, anchor, precision, radius = "anchored", place.name, 5, _LINE_KM
    if mention.part and place.kind in {"country", "continent"}:
        side = _side(mention.part)
        status, anchor, precision, radius = "anchored", place.name, 6, EXTENT[place.kind]
        if side is not None and (shifted := _toward(place, side, gazetteer)) is not None:
            lat, lon = shifted
            why += f"; only {mention.part} is said, and the point is about its middle"
    resolution = Resolution(
        "resolved", round(lat, 5), round(lon, 5), place.place_id, place.name, place.kind, place.country or None,
        place.admin1 or None, place.admin2 or None, anchor, radius, precision, round(case.probability, 3), candidates, why,
    )  # fmt: skip
    return replace(resolution, status="anchored", place_id=None, place_name=None) if status == "anchored" else resolution


def _side(part: str) -> float | None:
    words = place_words().directions
    return next((float(words[w]) for w in part.split() if w in words), None)


def _toward(place: Place, side: float, gazetteer: Gazetteer) -> tuple[float, float] | None:
    """About the middle of the places on one side of a country; None where too few of its places are known."""
    points = gazetteer.points_in(place.country)
    if len(points) < 30:
        return None
    north, east = math.cos(math.radians(side)), math.sin(math.radians(side))
    shrink = math.cos(math.radians(place.lat))
    ordered = sorted(points, key=lambda p: p[0] * north + p[1] * east * shrink)
    outer = ordered[-max(10, len(ordered) // 3) :]
    return sum(p[0] for p in outer) / len(outer), sum(p[1] for p in outer) / len(outer)
