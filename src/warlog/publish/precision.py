"""Codes of how exactly day and place are known, by the codebooks of ACLED and UCDP GED."""

from __future__ import annotations

from warlog.events.spans import parse_day
from warlog.records import Event


def days_between(event: Event) -> int | None:
    """Number of days that an event's span covers, both ends included; None where it has no first or last day."""
    first, last = parse_day(event.date_start), parse_day(event.date_end)
    return None if first is None or last is None else (last - first).days + 1


def acled_time(event: Event) -> int:
    """ACLED time_precision: 1 the day is known, 2 only the week, 3 only the month (or less)."""
    days = days_between(event)
    if days == 1:
        return 1
    return 2 if days is not None and days <= 7 else 3


def acled_geo(event: Event) -> int:
    """ACLED geo_precision: 1 the place itself, 2 near it or a part of a district, 3 a larger area or not known."""
    if event.geo_precision == 1 or (event.geo_precision is None and event.lat is not None):
        return 1
    return 2 if event.geo_precision in (2, 3) else 3


def ged_date(event: Event) -> int:
    """UCDP date_prec: 1 the day, 2 a span of 2 to 6 days, 3 a week, 4 a month, 5 more than a month or not known."""
    days = days_between(event)
    if days is None:
        return 5
    for code, most in ((1, 1), (2, 6), (3, 7), (4, 31)):
        if days <= most:
            return code
    return 5


def ged_where(event: Event) -> int | None:
    """UCDP where_prec: 1 exact, 2 within about 25 km, 3 district, 4 province, 5 line or fuzzy area, 6 country."""
    return event.geo_precision if event.geo_precision is not None else (1 if event.lat is not None else None)


def best_day(event: Event) -> str:
    """The day an event is filed under: its first; the day it is not later than, where that is all there is; or ""."""
    return event.date_start or event.date_end or ""
