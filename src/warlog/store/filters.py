"""What a listing is narrowed to: one filter for claims, documents, events and place-days alike.

`matches` says what a filter means. The database gets a looser condition (`claim_condition`) that leaves out most
rows which cannot match; whatever it lets through is asked again here, after decisions were applied.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, true

from warlog.records import Claim, Event, PlaceDay
from warlog.store.fold import fold, found_in, search_key
from warlog.store.schema import claims as claims_table

_EARTH_KM = 6371.0
_KM_PER_DEGREE = 111.0


@dataclass(slots=True, frozen=True)
class ClaimFilter:
    """Every condition given must hold; None is no condition.

    Days are ISO 8601. A claim counts for a span of days if its own days touch it; a claim that gives no day counts
    by its document's publication date, a claim with neither is not within any span. Names match from the start of a
    word on, without regard to accents, apostrophes, capitals or articles.
    """

    date_from: str | None = None
    date_to: str | None = None
    #: in the place as written, or its standard name
    place: str | None = None
    #: in the actor as written, its standard names or ids
    actor: str | None = None
    #: one event type, or several
    event_type: str | tuple[str, ...] | None = None
    #: a document id, or a part of one
    document: str | None = None
    #: latitude, longitude in degrees and a distance in kilometres
    near: tuple[float, float, float] | None = None
    include_rejected: bool = False
    #: claims of documents that a newer version at the same source has replaced
    include_superseded: bool = False

    @property
    def types(self) -> tuple[str, ...]:
        """The event types asked for; empty for all."""
        if self.event_type is None:
            return ()
        return (self.event_type,) if isinstance(self.event_type, str) else tuple(self.event_type)

    @property
    def about_claims(self) -> bool:
        """Whether it asks for anything that only a claim has: a place, an actor, an event type, a point."""
        return bool(self.place or self.actor or self.types or self.near)

    def matches(self, claim: Claim) -> bool:
        """Whether a claim, as decided, is one of those asked for."""
        first, last = claim_days(claim)
        return (
            (self.include_rejected or claim.review != "rejected")
            and self._days(first, last)
            and (not self.types or claim.event_type in self.types)
            and (not self.document or self.document in claim.document_id)
            and (not self.place or found_in(self.place, place_key(claim)))
            and (not self.actor or found_in(self.actor, actor_key(claim)))
            and self._near(claim.lat, claim.lon)
        )

    def matches_event(self, event: Event) -> bool:
        """Whether an event is one of those asked for, by its own place, actors and days; documents are not looked at."""
        first, last = event.date_start or event.date_end, event.date_end or event.date_start
        return (
            self._days(first, last)
            and (not self.types or event.event_type in self.types)
            and (not self.place or found_in(self.place, search_key([event.place_name])))
            and (not self.actor or found_in(self.actor, search_key([*event.actor_names, *event.actor_ids])))
            and self._near(event.lat, event.lon)
        )

    def matches_place_day(self, place_day: PlaceDay) -> bool:
        """Whether a place-day is one of those asked for; an actor is asked for as a holder."""
        return (
            self._days(place_day.day, place_day.day)
            and (not self.place or found_in(self.place, search_key([place_day.place_name])))
            and (not self.actor or found_in(self.actor, search_key([*place_day.holder_names, *place_day.holder_ids])))
            and self._near(place_day.lat, place_day.lon)
        )

    def _days(self, first: str | None, last: str | None) -> bool:
        if not self.date_from and not self.date_to:
            return True
        if first is None or last is None:
            return False
        return (not self.date_to or first <= self.date_to) and (not self.date_from or last >= self.date_from)

    def _near(self, lat: float | None, lon: float | None) -> bool:
        if self.near is None:
            return True
        return lat is not None and lon is not None and distance_km(self.near[0], self.near[1], lat, lon) <= self.near[2]


def claim_days(claim: Claim) -> tuple[str | None, str | None]:
    """First and last day that a claim counts for in listings: its own, else the day its document was published."""
    first = claim.date_start or claim.date_end or claim.published
    last = claim.date_end or claim.date_start or claim.published
    return first, last


def place_key(claim: Claim) -> str:
    """What the place filter searches."""
    return search_key([claim.place, claim.place_name])


def actor_key(claim: Claim) -> str:
    """What the actor filter searches."""
    return search_key([claim.actor, *claim.actor_names, *claim.actor_ids])


def claim_condition(wanted: ClaimFilter) -> ColumnElement[bool]:
    """A condition on the claims as derived that every match meets, unless a decision changed the claim."""
    c = claims_table.c
    parts: list[ColumnElement[bool]] = []
    if wanted.date_from:
        parts.append(c.day_to >= wanted.date_from)
    if wanted.date_to:
        parts.append(c.day_from <= wanted.date_to)
    if wanted.types:
        parts.append(c.event_type.in_(wanted.types))
    if wanted.place:
        parts.append(c.place_key.contains(f" {fold(wanted.place)}", autoescape=True))
    if wanted.actor:
        parts.append(c.actor_key.contains(f" {fold(wanted.actor)}", autoescape=True))
    if wanted.near:
        parts.append(_box(*wanted.near))
    return and_(*parts) if parts else true()


def _box(lat: float, lon: float, km: float) -> ColumnElement[bool]:
    """A box of degrees that holds the circle; where it meets a pole or the date line, all longitudes."""
    c = claims_table.c
    high = km / _KM_PER_DEGREE * 1.01
    box = and_(c.lat >= lat - high, c.lat <= lat + high)
    shrink = math.cos(math.radians(min(abs(lat) + high, 90.0)))
    wide = high / shrink if shrink > 0.01 else 360.0
    if lon - wide < -180 or lon + wide > 180:
        return box
    return and_(box, c.lon >= lon - wide, c.lon <= lon + wide)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres between two points in degrees."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, h)))
