"""The day a page was published, in whatever way pages write days. Only a date with a day, a month and a year counts."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache

from warlog import vocabulary

#: No page was published earlier; a date before it is about something else.
_FIRST_YEAR = 1900
#: "Today" is not asked, so that reading a page again gives the same; no page comes from further ahead than this.
_LAST_YEAR = 2100
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@dataclass(slots=True, frozen=True)
class Found:
    """A day in a text, and where its words stand, weekday and time of day included."""

    day: str
    start: int
    end: int


def find_day(text: str) -> Found | None:
    """The first whole date in a text, or None."""
    text = text.translate(_DIGITS)
    best: Found | None = None
    for pattern, order in _patterns():
        for match in pattern.finditer(text):
            day = _day(match, order)
            if day is not None:
                if best is None or match.start() < best.start:
                    best = Found(day, match.start(), match.end())
                break
    return best


def partial_day(text: str) -> tuple[int, int] | None:
    """Where a day and month without a year, or a day of the week, stands in a text; None if there is neither."""
    found = _partial().search(text.translate(_DIGITS))
    return None if found is None else found.span()


def parse_day(value: object) -> str | None:
    """The ISO day that a field's value gives: a date in any usual format, or seconds or milliseconds since 1970."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _epoch(float(value))
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())[:200]
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return _epoch(float(text))
    compact = re.match(r"(\d{4})(\d\d)(\d\d)(?!\d)(?:T|$|\s)", text)
    if compact is not None:
        return _iso(int(compact[1]), int(compact[2]), int(compact[3]))
    short = re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{2})", text)
    if short is not None:
        # As in Python's own %y: 69 to 99 are of the last century.
        year = int(short[4]) + (1900 if int(short[4]) >= 69 else 2000)
        return _numeric(int(short[1]), int(short[3]), year, short[2])
    found = find_day(text)
    return None if found is None else found.day


def _epoch(seconds: float) -> str | None:
    if seconds > 1e11:
        seconds /= 1000
    if not 1e8 < seconds < 4.1e9:
        return None
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()


def _day(match: re.Match[str], order: str) -> str | None:
    groups = match.groupdict()
    year = int(groups["y"])
    if order == "numeric":
        return _numeric(int(groups["a"]), int(groups["b"]), year, groups["s"])
    month = _months()[groups["m"].casefold().rstrip(".")] if order == "named" else int(groups["n"])
    return _iso(year, month, int(groups["d"]))


def _numeric(first: int, second: int, year: int, separator: str) -> str | None:
    """Two numbers and a year: with slashes the month comes first, with dots and hyphens the day, unless that cannot be."""
    month_first, day_first = _iso(year, first, second), _iso(year, second, first)
    return (month_first or day_first) if separator == "/" else (day_first or month_first)


def _iso(year: int, month: int, day: int) -> str | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    return {word: int(number) for number, words in vocabulary.load("furniture")["months"].items() for word in words}


@cache
def _partial() -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    weekday = "|".join(sorted(map(re.escape, vocabulary.load("furniture")["weekdays"]["words"]), key=len, reverse=True))
    named, day = rf"(?:{month})(?!\w)\.?", r"\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?(?!\d)"
    of = r"[\s-]*(?:(?:of|de|del|du|da)\s+)?"
    before = rf"(?:(?<!\w)(?:{weekday})(?!\w)\.?,?\s*)?"
    return re.compile(
        rf"{before}(?:(?<!\w){day}{of}{named}|(?<!\w){named}\s*{day})(?:,?\s*(?:\d{{4}}|г\.?))*|(?<!\w)(?:{weekday})(?!\w)", re.I
    )


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    weekday = "|".join(sorted(map(re.escape, vocabulary.load("furniture")["weekdays"]["words"]), key=len, reverse=True))
    before = rf"(?:\b(?:{weekday})\b\.?,?\s+)?"
    # A time of day, with its zone and the dash or word that joins it to the date.
    zone = r"(?:\s*\(?(?:GMT|UTC|[A-Z]{2,4}T|[A-Z]{3})\)?(?:\s*[+-]\s*\d{1,2}(?::?\d{2})?)?|\s*[+-]\d{2}:?\d{2})?"
    joined = r",?\s*(?:[-–—|·/]|at|à|um|в|الساعة|,)?\s*"
    time = rf"(?:{joined}\d{{1,2}}[:.h]\d{{2}}(?:[:.]\d{{2}})?(?:\s*[ap]\.?m\b\.?)?{zone})?"
    year, clock = r"(?P<y>\d{4})", r"T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?"
    of, day = r"(?:(?:of|de|del|du|da)\s+)?", r"\b(?P<d>\d{1,2})"
    shapes = (
        (rf"{before}{day}(?:st|nd|rd|th|er|º|ª|\.)?[\s-]+{of}(?P<m>{month})\b\.?,?[\s-]+{of}{year}(?!\d){time}", "named"),
        (rf"{before}\b(?P<m>{month})\b\.?,?[\s-]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+|-){year}(?!\d){time}", "named"),
        (rf"{before}(?<![\d./-]){year}[-/.](?P<n>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?:{clock}|(?!\d){time})", "numbered"),
        (rf"{year}年(?P<n>\d{{1,2}})月(?P<d>\d{{1,2}})日", "numbered"),
        (rf"{before}(?<![\d./-])(?P<a>\d{{1,2}})(?P<s>[./-])(?P<b>\d{{1,2}})(?P=s){year}(?!\d){time}", "numeric"),
    )
    return tuple((re.compile(shape, re.IGNORECASE), order) for shape, order in shapes)
