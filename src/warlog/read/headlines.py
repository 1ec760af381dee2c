"""The lines about a page that stand under its title: who wrote it, who published it, when.

One line may say all of it ("Outlet | Tuesday 28 January 2020 | by our correspondents"); it is taken apart here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from warlog import vocabulary
from warlog.read import names
from warlog.read.pubdate import find_day, partial_day

#: A line of this kind is short.
_LONGEST = 220
_PARTS = re.compile(r"\s+[|·•–—‒/-]\s+|\s*[|·•]\s*|\n|\s{3,}")
_CLOCK = r"\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*(?:GMT|UTC|[A-Z]{2,4}))?(?:\s*[+-]\d{1,2})?"
#: What may stand in such a line and tells nothing: a time of day, how long it takes to read, how often it was seen.
_SMALL = re.compile(
    rf"(?:{_CLOCK}|\S+@\S+|@\w+|\d{{1,3}}[ -]?min(?:ute)?s?(?: read)?|[\d,.]+\s*(?:views|reads|comments?|shares?)|г\.?)", re.I
)
#: The time or day at which someone posted: "Jane Doe at 10:00 AM"
_AFTER_NAME = re.compile(r"\s+(?:(?:at|on|um|à|в|el|le|am)\s+\d.*|\d{1,2}[:.h]\d{2}\b.*)$", re.I)
_SLASHED = re.compile(r"/\s*([^/]{2,60})\s*/")


@dataclass(slots=True)
class HeadLine:
    """What one such line says."""

    day: str | None = None
    byline: str | None = None
    publisher: str | None = None
    agency: str | None = None
    #: the place it was written from
    place: str | None = None
    #: how sure it is that `publisher` is one: a name beside a date may also be a city
    sure: bool = False


def read_headline(text: str) -> HeadLine | None:
    """What a line says of its page, or None if it is not such a line: anything in it that is prose makes it none."""
    if len(text) > _LONGEST:
        return None
    line = HeadLine()
    parts = [part for part in _PARTS.split(text) if part.strip(" ,;:.*")]
    unknown: list[str] = []
    for part in parts:
        if not _take(line, part.strip(), unknown):
            return None
    if line.day is None and line.byline is None:
        return None
    for name in unknown:
        _name(line, name)
    return line


def byline_of(text: str) -> str | None:
    """The names after a word such as "By", as written; None if it is no byline."""
    found = _byline().match(text)
    if found is None:
        return None
    name = _AFTER_NAME.sub("", text[found.end() :]).strip(" :–—-|·•")
    name = re.split(r"\s+[|·•]\s+", name)[0].strip()
    return name.rstrip(".,;") if name and (names.is_name(name, longest=14) or names.is_role(name)) else None


def author_of(byline: str) -> str:
    """Who wrote it, of a byline: without place, role, agencies and addresses."""
    author = byline
    for pattern in _after_author():
        shorter = pattern.sub("", author).strip(" ,;|/–—-")
        author = shorter or author
    if names.is_capitals(author) and len(author) > 4 and " " in author:
        author = author.title()
    return author


def _take(line: HeadLine, part: str, unknown: list[str]) -> bool:
    """Read one part of the line; False if it is none that such a line has."""
    if _SMALL.fullmatch(part):
        return True
    found = find_day(part)
    if found is not None:
        if line.day is None:
            line.day = found.day
        return _take_rest(line, part[: found.start], part[found.end :], unknown)
    rest = _strip_date_words(part)
    if rest != part and (not rest or _SMALL.fullmatch(rest)):
        return True
    byline = byline_of(part)
    if byline is not None:
        line.byline = line.byline or byline
        return True
    if names.is_name(part, longest=8) and not part.endswith((".", "!", "?")):
        unknown.append(names.strip_edges(part))
        return True
    # A motto beside the outlet's name, and the like.
    return bool(unknown) and len(part.split()) <= 6 and not part.endswith((".", "?", "”", '"'))


def _take_rest(line: HeadLine, before: str, after: str, unknown: list[str]) -> bool:
    """What stands around a date: a name before it, "by" and a name after it, a time."""
    slashed = _SLASHED.search(after)
    if slashed is not None:
        line.agency = names.agency(slashed[1]) or slashed[1].strip()
        line.publisher, line.sure = line.publisher or slashed[1].strip(), True
        after = after[: slashed.start()] + after[slashed.end() :]
    for side in (before, after):
        side = names.strip_edges(_strip_date_words(names.strip_edges(side)))
        if not side or _SMALL.fullmatch(side):
            continue
        byline = byline_of(side)
        if byline is not None:
            line.byline = line.byline or byline
            continue
        cut = re.split(r",?\s+\b(?:by|par|por|von)\s+", side, maxsplit=1, flags=re.I)
        if len(cut) == 2 and names.is_name(cut[1]):
            line.byline = line.byline or cut[1]
            side = names.strip_edges(_strip_date_words(cut[0]))
        pieces = [names.strip_edges(_strip_date_words(piece)) for piece in re.split(r",\s+|\.\s+", side)]
        for piece in pieces:
            if not piece or _SMALL.fullmatch(piece) or find_day(piece) is not None or _is_part_of_date(piece):
                continue
            if not names.is_name(piece, longest=8):
                return False
            unknown.append(piece)
    return True


def _is_part_of_date(text: str) -> bool:
    """Whether the words are a weekday, or a day without its year."""
    part = partial_day(text)
    return part is not None and not text[: part[0]].strip(" ,.") and not text[part[1] :].strip(" ,.")


def _name(line: HeadLine, name: str) -> None:
    """Decide whether a name in the line is its publisher's or a place's."""
    writer, _, outlet = name.rpartition(", ")
    if writer and names.is_outlet(outlet) and not names.is_outlet(writer) and names.is_name(writer, longest=5):
        line.byline, name = line.byline or writer, outlet
    if names.is_outlet(name) or names.agency(name):
        if not line.sure:
            line.publisher, line.sure = name, True
        return
    if names.is_capitals(name) or names.is_city(name):
        line.place = line.place or name
    elif line.publisher is None:
        line.publisher = name


def _strip_date_words(text: str) -> str:
    while True:
        found = _date_words().search(text)
        if found is None:
            return text
        text = (text[: found.start()] + text[found.end() :]).strip(" ,:;–—-")


@cache
def _date_words() -> re.Pattern[str]:
    lines = vocabulary.load("furniture")["lines"]
    words = "|".join(lines["date"])
    either = "|".join((*lines["date"], *lines["date_joiners"]))
    return re.compile(rf"^(?:{words})(?!\w)\s*:?|(?<!\w)(?:{either})\s*:?$", re.I)


@cache
def _byline() -> re.Pattern[str]:
    words = "|".join(vocabulary.load("furniture")["lines"]["byline"])
    return re.compile(rf"^\s*(?:{words})(?:\s+|(?<=[:–—-]))(?=\S)", re.I)


@cache
def _after_author() -> tuple[re.Pattern[str], ...]:
    tails = vocabulary.load("furniture")["lines"]["after_author"]
    # Each begins a word of its own or with a sign.
    return tuple(re.compile(rf"(?:(?<!\w)|(?=\W))(?:{tail})$", re.I) for tail in tails)
