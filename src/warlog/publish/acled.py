"""Events in ACLED's columns, one row an event, with what they rest on beside them.

Event and sub-event types are those of `vocab/event_types.toml`; interaction codes are ACLED's texts of 2023 and later.
`time_precision` and `geo_precision` follow the codebook (`precision`). `fatalities` is, as the codebook asks, the
lowest reported figure, and 0 where no dead are told of; `casualties` has the whole range. A claim that something
was denied, planned or guessed is no event to ACLED: such events are left out.

Columns after `timestamp` are Warlog's own: the claims' ids, quotes and sources, the range of figures, certainty, the
numbers of documents and origins, and the attribution of the gazetteers whose points the file shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any

from warlog import vocabulary
from warlog.events.figures import told_elsewhere
from warlog.events.spans import parse_day
from warlog.publish import precision, wording
from warlog.publish.cells import write_csv
from warlog.publish.parties import Parties, people
from warlog.publish.picture import Picture, source_of
from warlog.publish.where import AreaOf, nowhere
from warlog.records import Claim, Event

COLUMNS: tuple[str, ...] = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
OWN_COLUMNS: tuple[str, ...] = (
    "warlog_event_id", "certainty", "casualties", "document_count", "origin_count", "claim_ids", "quotes", "sources",
    "attribution",
)  # fmt: skip


def write(stream: IO[str], picture: Picture, parties: Parties, area_of: AreaOf = nowhere) -> int:
    """Write the picture's events as CSV; returns how many. Open the stream with `newline=""`."""
    return write_csv(stream, (*COLUMNS, *OWN_COLUMNS), rows(picture, parties, area_of))


def rows(picture: Picture, parties: Parties, area_of: AreaOf = nowhere) -> Iterator[dict[str, Any]]:
    """One row, column to value, for each event that is asserted or hedged."""
    kinds = vocabulary.load("event_types")
    counted = told_elsewhere(picture.events, picture.claims)
    for event in picture.events:
        if event.certainty in ("asserted", "hedged"):
            row = _row(event, picture, parties, area_of, kinds.get(event.event_type, {}))
            if event.event_id in counted:
                # one toll told over several places is one: it stands on one row
                row["fatalities"] = 0
                row["notes"] = f"{row['notes']} [Its toll is counted on {counted[event.event_id]}.]"
            yield row


def _row(event: Event, picture: Picture, parties: Parties, area_of: AreaOf, kind: dict[str, Any]) -> dict[str, Any]:
    claims = picture.claims_of(event)
    area = area_of(event.place_id)
    day = precision.best_day(event)
    actors, targets = _party(event, "actor", claims, parties), _party(event, "target", claims, parties)
    sub_event = _sub_event(event, claims, kind, parties)
    event_type = str(kind.get("acled_event", "Strategic developments"))
    toward_civilians = _hits_civilians(event, claims, targets)
    row = {
        "event_id_cnty": f"{area.iso3 or 'XXX'}W{event.event_id}",
        "event_date": day,
        "year": int(day[:4]) if day else None,
        "time_precision": precision.acled_time(event),
        "disorder_type": vocabulary.load("publish")["acled"]["disorder_type"].get(event_type, "Strategic developments"),
        "event_type": event_type,
        "sub_event_type": sub_event,
        **_party_columns(1, actors),
        **_party_columns(2, targets),
        "interaction": _interaction(actors[2], targets[2]),
        "civilian_targeting": "Civilian targeting" if toward_civilians else "",
        "iso": area.iso_number,
        "region": "",
        "country": area.country,
        "admin1": area.admin1,
        "admin2": area.admin2,
        "admin3": area.admin3,
        "location": event.place_name,
        "latitude": event.lat,
        "longitude": event.lon,
        "geo_precision": precision.acled_geo(event),
        "source": list(dict.fromkeys(c.original_publisher or c.publisher or c.document_id for c in claims)),
        "source_scale": "",
        "notes": _notes(event),
        "fatalities": next((t.low or 0 for t in event.casualties if t.outcome == "killed"), 0),
        "tags": "",
        "timestamp": _timestamp(claims),
    }
    return row | own_columns(event, picture)


def own_columns(event: Event, picture: Picture) -> dict[str, Any]:
    """The columns that Warlog adds to every codebook's."""
    claims = picture.claims_of(event)
    return {
        "warlog_event_id": event.event_id,
        "certainty": event.certainty,
        "casualties": wording.tolls_text(event.casualties),
        "document_count": event.document_count,
        "origin_count": event.origin_count,
        "claim_ids": event.claim_ids,
        "quotes": " | ".join(dict.fromkeys(" ".join(c.quote.split()) for c in claims)),
        "sources": list(dict.fromkeys(source_of(c) for c in claims)),
        "attribution": picture.attribution,
    }


_Party = tuple[str, list[str], str]


def _party(event: Event, role: str, claims: list[Claim], parties: Parties) -> _Party:
    """The name of the first party, those of the others, and its ACLED kind; as written where no actor is known."""
    ids: list[str] = getattr(event, f"{role}_ids")
    names: list[str] = getattr(event, f"{role}_names")
    if ids:
        known = [parties.acled_name(i, names[n] if n < len(names) else i) for n, i in enumerate(ids)]
        return known[0], known[1:], parties.acled_kind(ids[0], names[0] if names else "")
    written = next((w for c in claims if (w := getattr(c, role))), "")
    return ("Civilians", [], "Civilians") if written and people(written) == "civilian" else (written, [], "")


def _party_columns(number: int, party: _Party) -> dict[str, Any]:
    return {f"actor{number}": party[0], f"assoc_actor_{number}": party[1], f"inter{number}": party[2]}


def _interaction(one: str, two: str) -> str:
    if not one or not two:
        return f"{one or two} only" if one or two else ""
    return f"{one}-{two}"


def _sub_event(event: Event, claims: list[Claim], kind: dict[str, Any], parties: Parties) -> str:
    coded = next((c.acled_sub_event_type for c in claims if c.acled_sub_event_type), None)
    if coded:
        return coded
    by_state = kind.get("acled_when_state_actor")
    if by_state and event.actor_ids and parties.acled_kind(event.actor_ids[0], "") == "State forces":
        return str(by_state)
    return str(kind.get("acled", "Other"))


def _hits_civilians(event: Event, claims: list[Claim], targets: _Party) -> bool:
    if event.event_type == "attack_on_civilians" or targets[2] == "Civilians":
        return True
    return any(people(toll.who) == "civilian" for c in claims for toll in c.casualties if toll.outcome in ("killed", "wounded"))


def _notes(event: Event) -> str:
    told = [wording.span_text(event), wording.place_text(event), wording.type_label(event.event_type)]
    told += [text for text in (wording.parties_text(event), wording.tolls_text(event.casualties)) if text]
    weight = f"{event.certainty.capitalize()}; {event.origin_count} origins in {event.document_count} documents."
    return ". ".join([*told, weight])


def _timestamp(claims: list[Claim]) -> int | None:
    """When the newest of its documents was published, in seconds since 1970: the day at which the row was last fed."""
    days = [day for c in claims if (day := parse_day(c.published)) is not None]
    return int(datetime.combine(max(days), datetime.min.time(), UTC).timestamp()) if days else None
