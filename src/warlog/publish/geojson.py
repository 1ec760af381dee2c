"""Events and control as GeoJSON (RFC 7946): points in WGS84, everything else in their properties.

What has no point is a feature with a null geometry, so that nothing told is lost. Each feature has the record's fields
and its `claims`, with quote and source; for control, one feature for each place and day. Two members beside the
features name the program and the gazetteers whose points are shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from warlog import __version__
from warlog.publish.picture import Picture, source_of
from warlog.records import Claim, Event, PlaceDay, as_dict


def write(stream: IO[str], picture: Picture) -> int:
    """Write a feature collection, one feature a line; returns how many features."""
    head = {"type": "FeatureCollection", "generator": f"Warlog {__version__}", "attribution": picture.attribution}
    stream.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [')
    count = 0
    for feature in features(picture):
        stream.write((",\n" if count else "\n") + json.dumps(feature, ensure_ascii=False))
        count += 1
    stream.write("\n]}\n")
    return count


def features(picture: Picture) -> Iterator[dict[str, Any]]:
    """One feature for each event, then for each place-day."""
    for event in picture.events:
        yield _feature(event, picture)
    for row in picture.place_days:
        yield _feature(row, picture)


def _feature(record: Event | PlaceDay, picture: Picture) -> dict[str, Any]:
    values = as_dict(record)
    lat, lon = values.pop("lat"), values.pop("lon")
    kind = "event" if isinstance(record, Event) else "control"
    identity = record.event_id if isinstance(record, Event) else record.place_day_id
    claims = picture.claims_of(record)
    values["place_status"] = next((c.place_status for c in claims if c.lat == lat and c.lon == lon), "unresolved")
    values["radius_km"] = next((c.radius_km for c in claims if c.radius_km is not None and c.lat == lat), None)
    return {
        "type": "Feature",
        "id": identity,
        "geometry": None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]},
        "properties": {"kind": kind, **values, "claims": [_claim(c) for c in claims]},
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "claim_id": claim.claim_id,
        "quote": claim.quote,
        "source": source_of(claim),
        "document_id": claim.document_id,
        "url": claim.document_url,
        "published": claim.published,
        "certainty": claim.certainty,
    }
