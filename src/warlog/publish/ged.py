"""Events in the columns of the UCDP Georeferenced Event Dataset (24.1 and later), one row an event.

GED holds organised violence that kills: events of violent types with at least one reported death, asserted or hedged.
`low` and `high` are the range of reported dead, `best` its lower end, as the codebook asks where sources differ and
none is better. Deaths are given to side a, side b or civilians by the words for whom the toll tells of, and to
`deaths_unknown` where those do not say; the four add up to `best`. `type_of_violence` is 1 where a state fights an
organised group (or a state), 2 where groups fight each other, 3 where civilians are the target; blank if it cannot be
told. `date_prec` and `where_prec` follow the codebook (`precision`), `priogrid_gid` is the half-degree PRIO-GRID cell.
Numbers that only UCDP can give (conflict, dyad and actor ids, Gleditsch-Ward codes) are blank; `code_status` is "Warlog".
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import IO, Any

from warlog import vocabulary
from warlog.events.figures import told_elsewhere
from warlog.publish import precision
from warlog.publish.acled import OWN_COLUMNS, own_columns
from warlog.publish.cells import write_csv
from warlog.publish.parties import Parties, people
from warlog.publish.picture import Picture, source_of
from warlog.publish.where import AreaOf, nowhere
from warlog.records import Casualties, Claim, Event

COLUMNS: tuple[str, ...] = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low",
    "gwnoa", "gwnob",
)  # fmt: skip


def write(stream: IO[str], picture: Picture, parties: Parties, area_of: AreaOf = nowhere) -> int:
    """Write the picture's deadly events as CSV; returns how many. Open the stream with `newline=""`."""
    return write_csv(stream, (*COLUMNS, *OWN_COLUMNS), rows(picture, parties, area_of))


def rows(picture: Picture, parties: Parties, area_of: AreaOf = nowhere) -> Iterator[dict[str, Any]]:
    """One row, column to value, for each event that GED could hold; `id` counts from 1."""
    violent = set(vocabulary.load("publish")["ged"]["violent"])
    number = 0
    counted = told_elsewhere([e for e in picture.events if e.event_type in violent], picture.claims)
    for event in picture.events:
        dead = _dead(event)
        if event.event_id in counted:
            # the same dead, told of at another place too: GED counts a death once
            continue
        if event.event_type in violent and event.certainty in ("asserted", "hedged") and dead is not None:
            number += 1
            yield _row(number, event, dead, picture, parties, area_of)


def _dead(event: Event) -> Casualties | None:
    """The range of dead that is told, if at least one can be."""
    toll = next((t for t in event.casualties if t.outcome == "killed"), None)
    return toll if toll is not None and max(toll.low or 0, toll.high or 0) > 0 else None


def _row(number: int, event: Event, dead: Casualties, picture: Picture, parties: Parties, area_of: AreaOf) -> dict[str, Any]:
    claims = picture.claims_of(event)
    area = area_of(event.place_id)
    low = dead.low or 0
    best = low
    high = dead.high if dead.high is not None else max(low, best)
    day = precision.best_day(event)
    side_a, kind_a = _side(event, "actor", claims, parties)
    side_b, kind_b = _side(event, "target", claims, parties)
    if event.event_type == "attack_on_civilians" or kind_b == "civilian":
        side_b, kind_b = "Civilians", "civilian"
    split = _split(best, dead, claims, event)
    outlets = [c.publisher or c.document_id for c in claims]
    row = {
        "id": number,
        "relid": f"{area.iso3 or 'XXX'}-{day[:4] or '0000'}-{event.event_id}",
        "year": int(day[:4]) if day else None,
        "active_year": 1,
        "code_status": "Warlog",
        "type_of_violence": _violence(kind_a, kind_b),
        "dyad_name": f"{side_a} - {side_b}" if side_a and side_b else "",
        "conflict_name": "",
        "side_a": side_a,
        "side_b": side_b,
        "number_of_sources": event.origin_count,
        "source_article": " | ".join(dict.fromkeys(_article(c, picture) for c in claims)),
        "source_office": list(dict.fromkeys(outlets)),
        "source_date": sorted({c.published for c in claims if c.published}),
        "source_headline": list(dict.fromkeys(picture.title_of(c) for c in claims)),
        "source_original": list(dict.fromkeys(c.attributed_to for c in claims if c.attributed_to)),
        "where_prec": precision.ged_where(event),
        "where_coordinates": event.place_name,
        "where_description": next((c.place_why for c in claims if c.place_why), ""),
        "adm_1": area.admin1,
        "adm_2": area.admin2,
        "latitude": event.lat,
        "longitude": event.lon,
        "geom_wkt": f"POINT ({event.lon} {event.lat})" if event.lat is not None and event.lon is not None else "",
        "priogrid_gid": priogrid(event.lat, event.lon),
        "country": area.country,
        "region": "",
        "event_clarity": 1 if event.date_precision == "day" and event.event_type != "casualty_report" else 2,
        "date_prec": precision.ged_date(event),
        "date_start": event.date_start or event.date_end,
        "date_end": event.date_end or event.date_start,
        **split,
        "best": best,
        "high": high,
        "low": low,
    }
    return row | own_columns(event, picture)


def priogrid(lat: float | None, lon: float | None) -> int | None:
    """Number of the PRIO-GRID cell of a point: half degrees, from 1 in the south-west, 720 to a row."""
    if lat is None or lon is None:
        return None
    row = min(359, math.floor((lat + 90.0) * 2))
    column = math.floor((lon + 180.0) * 2) % 720
    return row * 720 + column + 1


def _side(event: Event, role: str, claims: list[Claim], parties: Parties) -> tuple[str, str]:
    ids: list[str] = getattr(event, f"{role}_ids")
    names: list[str] = getattr(event, f"{role}_names")
    if ids:
        name = names[0] if names else ids[0]
        return parties.ucdp_name(ids[0], name), parties.ged_kind(ids[0], name)
    written = next((w for c in claims if (w := getattr(c, role))), "")
    return written, people(written) if people(written) == "civilian" else ""


def _violence(kind_a: str, kind_b: str) -> int | None:
    if kind_b == "civilian":
        return 3
    if not kind_a or not kind_b:
        return None
    return 1 if "state" in (kind_a, kind_b) else 2


def _split(best: int, dead: Casualties, claims: list[Claim], event: Event) -> dict[str, int]:
    """Deaths of `best` by who died, by the words of the tolls."""
    column = "deaths_unknown"
    whos = [dead.who, *(toll.who for c in claims for toll in c.casualties if toll.outcome == "killed")]
    who = next((w for w in whos if w), None)
    sort = people(who)
    if sort == "civilian":
        column = "deaths_civilians"
    elif sort == "fighter" and who is not None:
        for role, name in (("target", "deaths_b"), ("actor", "deaths_a")):
            words = {w.lower() for n in getattr(event, f"{role}_names") for w in n.split()}
            words |= {w.lower() for c in claims if getattr(c, role) for w in getattr(c, role).split()}
            if words & {w.lower() for w in who.split()}:
                column = name
                break
    columns = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    return {name: best if name == column else 0 for name in columns}


def _article(claim: Claim, picture: Picture) -> str:
    parts = [source_of(claim), claim.published or "", picture.title_of(claim), claim.document_url or ""]
    return ", ".join(part for part in parts if part)
