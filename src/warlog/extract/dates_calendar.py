"""Calendar arithmetic for dates in reports: choosing the year, the weekday and the stretch that a wording stands for.

Everything here works on `datetime.date`, knows nothing of text, and gives inclusive pairs (first day, last day).
Results outside the years 1 to 9999 are None, never an exception.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

Span = tuple[date, date]

#: A date up to this many days after publication is taken for a slip of time zone or late stamp, not for last year's.
TOLERANCE_DAYS = 2
#: A text whose running day lies this far before its publication is telling history, and years follow its running day.
NARRATIVE_GAP_DAYS = 300


def make(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift_days(day: date, days: int) -> date | None:
    """`day` moved by `days`; None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(day: date, months: int) -> date | None:
    """`day` moved by whole months, to the month's last day where it is shorter; None outside the calendar."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_span(year: int, month: int, months: int = 1) -> Span | None:
    """First and last day of `months` months beginning with the one given."""
    first = make(year, month, 1)
    last_month = shift_months(first, months - 1) if first else None
    if first is None or last_month is None:
        return None
    return first, last_month.replace(day=calendar.monthrange(last_month.year, last_month.month)[1])


def year_span(first: int, last: int | None = None) -> Span | None:
    """First day of year `first` to last day of year `last` (the same year if None)."""
    start, end = make(first, 1, 1), make(last if last is not None else first, 12, 31)
    return (start, end) if start and end and start <= end else None


def week_span(day: date, weeks: int) -> Span | None:
    """Monday to Sunday of the week `weeks` away from the one that `day` lies in."""
    monday = shift_days(day, -day.weekday() + 7 * weeks)
    sunday = shift_days(monday, 6) if monday else None
    return (monday, sunday) if monday and sunday else None


def weekend_span(day: date, weekends: int) -> Span | None:
    """Saturday and Sunday of the latest weekend begun by `day`, moved by `weekends`; the present one ends on `day`."""
    saturday = shift_days(day, -((day.weekday() - 5) % 7))
    under_way = day.weekday() >= 5
    if saturday is None:
        return None
    if weekends < 0 and not under_way:
        weekends += 1  # in the week, "last weekend" is the one just past
    start = shift_days(saturday, 7 * weekends)
    end = shift_days(start, 1) if start else None
    if start is None or end is None:
        return None
    return start, min(end, day) if weekends == 0 else end


def latest_weekday(weekday: int, by: date, strictly: bool = False) -> date | None:
    """Latest such weekday not after `by`, or before it if `strictly`. Monday is 0."""
    back = (by.weekday() - weekday) % 7
    return shift_days(by, -(back or 7) if strictly else -back)


def next_weekday(weekday: int, after: date) -> date | None:
    """First such weekday after `after`."""
    return shift_days(after, (weekday - after.weekday()) % 7 or 7)


def choose_year(month: int, day: int, published: date | None, running: date | None, future: bool) -> int | None:
    """The year of a day and month written without one.

    The latest not after publication (give or take `TOLERANCE_DAYS`); the first to come where the wording looks ahead;
    in a text that tells of days long before its publication, the year that lies nearest to the day it is telling of.
    """
    if published is None:
        reference = running
        if reference is None:
            return None
        near = [d for y in range(-8, 9) if (d := make(reference.year + y, month, day))]
        return min(near, key=lambda d: abs((d - reference).days)).year if near else None
    limit = shift_days(published, TOLERANCE_DAYS) or published
    years = [d for y in range(published.year - 8, published.year + 2) if (d := make(y, month, day))]
    if running is not None and (published - running).days > NARRATIVE_GAP_DAYS:
        near = [d for y in range(-8, 9) if (d := make(running.year + y, month, day)) and d <= limit]
        return min(near, key=lambda d: abs((d - running).days)).year if near else None
    past = [d for d in years if d <= limit]
    if future:
        ahead = [d for d in years if d >= published]
        # further ahead than this a report names the year
        if ahead and (ahead[0] - published).days <= 200:
            return ahead[0].year
    return past[-1].year if past else None
