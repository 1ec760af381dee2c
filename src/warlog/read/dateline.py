"""The dateline that a report opens with: the place it was written from, and the agency that sent it.

Agencies set it in many ways: "CITY, Jan 29 (Agency) -", "CITY, January 29. /AGENCY/.", "(Agency) - CITY, 29 JAN -",
"City-Agency", "CITY —". Each way is one pattern; what they all give is a `Dateline`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from warlog import vocabulary
from warlog.read import names
from warlog.read.pubdate import Found, find_day, partial_day

#: A dateline is looked for in this many first characters of a paragraph.
LONGEST = 160
_DASH = r"(?:[-–—―‒]{1,3}|--)"


@dataclass(slots=True, frozen=True)
class Dateline:
    """What a report opens with."""

    #: the words it was read from, as they stand in the text
    passage: str
    place: str | None = None
    agency: str | None = None


def read_dateline(text: str) -> Dateline | None:
    """The dateline at the beginning of a paragraph, or None."""
    head = text[:LONGEST].lstrip("•*-–—| ")
    for pattern, sure in _patterns():
        match = pattern.match(head)
        if match is None:
            continue
        found = match.groupdict()
        agency = _agency(found.get("agency"), found.get("place"))
        if found.get("agency") and agency is None:
            continue
        place = _place(found.get("place"), capitals=not sure)
        dated = place is None and agency is not None and not _without_date(found.get("place") or "").strip(" ,.")
        if found.get("place") and not dated and (place is None or ("known" in found and not names.is_city(place))):
            continue
        if place or agency:
            return Dateline(match[0].strip(), place, agency)
    return None


def _agency(written: str | None, place: str | None) -> str | None:
    """The agency named in brackets or slashes; one that is not known counts if what stands before it is surely a place."""
    if not written:
        return None
    name = names.strip_edges(written)
    known = names.agency(name) or names.agency(re.split(r"\s*/\s*", name)[0])
    if known:
        return known
    # Russian writes only the first word of a name with a capital.
    if not name or name[0].islower() or not name[0].isalpha() or len(name.split()) > 5 or partial_day(name) is not None:
        return None
    dated = place is not None and partial_day(place) is not None
    where = _place(place, capitals=False)
    return name if where is not None and (dated or _capital_head(where) or names.is_city(where)) else None


def _place(written: str | None, *, capitals: bool) -> str | None:
    """The place without its date; None if the words are no place's. In doubtful patterns it must be in capitals."""
    if not written:
        return None
    place = _without_date(written).strip(" ,.;:/(|-–—،")
    words = re.findall(r"[^\s,/()]+", place)
    if not words or len(words) > 8 or not re.search(r"[^\W\d_]", place) or re.search(r"\d", place):
        return None
    if capitals and not _capital_head(place):
        return None
    for word in words:
        if word.islower() and word.casefold() not in _joins() and not re.match(r"(?:al|el|d|l|ad|ar|as|ash|at|az|an)[-’']", word):
            return None
    if (names.agency(place) and not names.is_city(place)) or place.casefold() in _not_places():
        return None
    return place


def place_alone(text: str) -> str | None:
    """The place in a line that is nothing but a widely known city in capitals, as some agencies set it; else None."""
    place = text.strip(" .,:–—-")
    return place if len(place) <= 40 and _capital_head(place) and names.is_city(place) else None


def _capital_head(place: str) -> bool:
    first = re.split(r"[,/(]", place)[0].strip()
    letters = [c for c in first if c.isalpha()]
    return len(letters) >= 3 and first.upper() == first and first.lower() != first


def _without_date(text: str) -> str:
    found: Found | None = find_day(text)
    if found is not None:
        text = text[: found.start] + " " + text[found.end :]
    part = partial_day(text)
    if part is not None:
        text = text[: part[0]] + " " + text[part[1] :]
    return " ".join(re.sub(r"[,.;]\s*(?=[,.;]|$)", "", text).split())


@cache
def _joins() -> frozenset[str]:
    return frozenset(vocabulary.load("credits")["lines"]["place_joins"])


@cache
def _not_places() -> frozenset[str]:
    return frozenset(vocabulary.load("credits")["lines"]["not_places"])


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Pattern, and whether it is sure of its place without capitals."""
    known = names.agency_pattern()
    city = r"(?P<place>[^\W\d_][^()\n|«»“”\"!?:;]{1,75}?)"
    bracket = r"[(（\[]\s*(?P<agency>[^()\[\]\n]{2,40}?)\s*[)）\]]"
    shapes = (
        # CITY, Jan 29 (Agency) - ; Madrid, 29 ene (EFE).- ; ANKARA (AA) –
        (rf"{city}[\s,.–—-]*{bracket}\s*(?:\.?\s*{_DASH}|[:.])\s*", True),
        # CITY, Jan 29 (Agency) with the text right after
        (rf"(?P<place>[^\W\d_][^()\n|«»“”\"!?:;.]{{1,60}}?)[\s,.–—-]*[(（]\s*(?P<agency>{known})\s*[)）]\s*(?=[\w“\"«])", True),
        # CITY, January 29. /AGENCY/.
        (rf"{city}[\s,.–—-]*/\s*(?P<agency>[^/\n]{{2,40}}?)\s*/\s*[.,:–—-]*\s*", True),
        # (Agency) - CITY, 29 JAN - ; (Agency) CITY -
        (rf"{bracket}\s*{_DASH}?\s*(?P<place>[^\W\d_][^()\n|«»“”\"!?:;.–—]{{1,60}}?)\s*[.,]?\s*{_DASH}\s+", False),
        # (Agency) -
        (rf"[(（\[]\s*(?P<agency>{known})\s*[)）\]]\s*(?:\.?\s*{_DASH}|:)?\s*(?=\S)", True),
        # May 6, 2014 (CITY) –
        (rf"[^()\n]{{0,20}}\d[^()\n]{{0,20}}[(（]\s*(?P<place>[^\W\d_][^()\n\d]{{2,40}}?)\s*[)）]\s*{_DASH}\s*", False),
        # AGENCY, CITY - ; City, AGENCY - ; Damascus-AGENCY ; CITY. AGENCY — ; CITY / AGENCY -
        (rf"{city}\s*(?:[,.،]\s*|\s*{_DASH}\s*|\s*/\s*)(?P<agency>{known})\s*(?:(?:{_DASH}|[.:])\s*(?=\S)|$)", True),
        (rf"(?P<place>[^\W\d_]\S{{1,24}}(?:\s\S{{1,24}}){{0,2}}?)\s?[-–—/]\s?(?P<agency>{known})\s+(?=[^\W\d_])", True),
        (rf"(?P<agency>{known})\s*[,–—-]+\s*(?P<place>[^\W\d_][^()\n|«»“”\"!?:;.]{{1,50}}?)\s*{_DASH}\s+", False),
        # Words, AGENCY - Text
        (rf"[^\W\d_][\w .'’-]{{0,40}}[,/ ]\s*\(?(?P<agency>{known})\)?\s*[-–—:]\s*(?=[\w\"“])", True),
        # AGENCY -
        (rf"(?P<agency>{known})\s*(?:{_DASH}\s+|:\s+)(?=[\w“\"«])", True),
        # City, 29 January 2020 -
        (
            rf"(?P<place>[^\W\d_][^()\n|«»“”\"!?:;]{{1,45}}?,\s[^()\n|!?:;]{{0,12}}\d[^()\n|!?:;]{{1,24}}?)\s*[,.]?\s*{_DASH}\s+",
            True,
        ),
        # CITY - ; CITY, Country -
        (r"(?P<place>[^\W\d_][^()\n|«»“”\"!?:;]{2,60}?)\s*(?:[–—―]{1,2}|--|\s-)\s+(?=\S)", False),
        # CITY: of a city that is widely known
        (r"(?P<place>[^\W\d_][^()\n|«»“”\"!?:;–—-]{2,40}?):\s+(?=\S)(?P<known>)", False),
    )
    return tuple((re.compile(shape), sure) for shape, sure in shapes)
