"""What days a claim allows: its own span, or for an undated claim the days up to its document's publication.

An undated claim of something that has happened holds *not later than* the day its document was published; no day is
made up for it. To be compared with dated claims it is given the few days before publication in which reporting of
something fresh appears (`FRESH_DAYS`), and that window is never shown as a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from warlog.records import Claim

#: An undated report is compared with what happened on its day of publication and so many days before.
FRESH_DAYS = 2
#: A span of more days than this (a month, "since the summer") is compared only with spans of about its length.
LONG_DAYS = 7
#: Date precisions from finest to coarsest.
PRECISIONS: tuple[str, ...] = ("day", "range", "month", "year", "not_later_than", "none")


@dataclass(slots=True, frozen=True)
class Span:
    """First and last day, both included. `dated` is False where the days were only taken from the publication."""

    first: date
    last: date
    dated: bool

    @property
    def days(self) -> int:
        """Number of days in it."""
        return (self.last - self.first).days + 1

    @property
    def is_long(self) -> bool:
        """Whether it is too long to be one occasion."""
        return self.days > LONG_DAYS

    def gap(self, other: Span) -> int:
        """Days between two spans: 0 where they meet, 1 where the one begins on the day after the other ends."""
        return max(0, (other.first - self.last).days, (self.first - other.last).days)

    def overlap(self, other: Span) -> int:
        """Number of days that both have."""
        return max(0, (min(self.last, other.last) - max(self.first, other.first)).days + 1)


def parse_day(text: str | None) -> date | None:
    """A day from ISO 8601, of which only the day counts; None for what is no day."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def span_of(claim: Claim) -> Span | None:
    """The days a claim allows, or None where neither it nor its document gives any."""
    first, last = parse_day(claim.date_start), parse_day(claim.date_end)
    if first is not None and last is not None:
        return Span(min(first, last), max(first, last), True)
    if first is not None and claim.date_precision != "not_later_than":
        return Span(first, first, True)
    limit = last or first or parse_day(claim.published)
    if limit is None:
        return None
    return Span(limit - timedelta(days=FRESH_DAYS), limit, False)


def within_a_day(a: Span | None, b: Span | None) -> bool:
    """Whether two spans can be of one occasion: they meet or follow each other, and long ones are about the same.

    No span at all goes only with no span at all: nothing speaks for one day rather than another.
    """
    if a is None or b is None:
        return a is b
    if a.is_long or b.is_long:
        return 2 * a.overlap(b) >= max(a.days, b.days)
    return a.gap(b) <= 1
