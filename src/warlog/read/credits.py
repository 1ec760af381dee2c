"""Who wrote a page, who published it, who published it first, when, and what it files itself under.

Read from the page's own lines, furniture included, before any of it is dropped. What a page's format says of it (the
head of an HTML page, the front matter of a Markdown file, the keys of a record) comes in as `PageFacts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from warlog import vocabulary
from warlog.read import links, names
from warlog.read.furniture import Marked
from warlog.read.headlines import HeadLine, author_of, read_headline
from warlog.read.pubdate import find_day
from warlog.read.units import Unit

#: A dateline is looked for in this many first characters of a paragraph.
_DATELINE = 160
_NAME_LONGEST = 80
_PUBLISHER = re.compile(r"(?:publisher|outlet|publication|issued by|published by)\s*[:–—-]\s*(?P<name>.{2,80})$", re.I)


@dataclass(slots=True)
class PageFacts:
    """What a page's format says of the page, apart from its visible lines."""

    title: str | None = None
    url: str | None = None
    canonical: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    copyright: str | None = None
    original_publisher: str | None = None
    agency: str | None = None
    regions: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    #: looks for a date of publication where neither the fields above nor a visible line has one
    late_date: Callable[[], str | None] | None = None


@dataclass(slots=True)
class Credits:
    """What came of all lines together."""

    byline: str | None = None
    author: str | None = None
    publisher: str | None = None
    original_publisher: str | None = None
    agency: str | None = None
    copyright: str | None = None
    published: str | None = None
    regions: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    series: list[str] = field(default_factory=list)


def read_credits(units: Sequence[Unit], marked: Marked, facts: PageFacts) -> Credits:
    """The credits of a page whose units have their kinds."""
    head = [marked.lines[index] for index in sorted(marked.lines)]
    said = Credits(copyright=facts.copyright)
    said.regions, said.themes, said.series = list(facts.regions), list(facts.themes), list(facts.series)
    for unit in units:
        if unit.kind == "label":
            _label(said, unit)
    body = [unit.text for unit in units if unit.kind is None]
    said.byline = _byline(head, units, facts)
    said.author = author_of(said.byline) if said.byline else None
    said.published = facts.published or _published(head, units, body)
    if said.published is None and facts.late_date is not None:
        said.published = facts.late_date()
    line, holder = _copyright(units)
    said.copyright = facts.copyright or line
    said.original_publisher = facts.original_publisher or _original(units)
    said.agency = facts.agency or _agency(head, units, body, said.byline)
    said.publisher = facts.publisher or _publisher(head, units, holder, said)
    said.publisher = _as_written(said.publisher, (holder or "", *body))
    if said.original_publisher is None:
        said.original_publisher = _moved(facts)
    if said.original_publisher and _same(said.original_publisher, said.publisher):
        said.original_publisher = None
    return said


def _same(one: str, other: str | None) -> bool:
    return other is not None and one.casefold().removeprefix("the ") == other.casefold().removeprefix("the ")


def _label(said: Credits, unit: Unit) -> None:
    """The values of a label line such as "Theme: A, B"; its links part the values best."""
    words, _, rest = unit.text.replace("：", ":").partition(":")
    values = [label for label, _ in unit.links if label and label in rest]
    if not values:
        values = re.split(r"\s*[,;·•|،]\s*", rest)
    cleaned = [value for value in (names.strip_edges(value) for value in values) if value and len(value) <= 80]
    for kind in ("regions", "themes", "series"):
        if _labels()[kind].fullmatch(words.strip()):
            known: list[str] = getattr(said, kind)
            known += [value for value in cleaned if value not in known]
            return


def _byline(head: Iterable[HeadLine], units: Sequence[Unit], facts: PageFacts) -> str | None:
    found = next((line.byline for line in head if line.byline), None)
    if found is None:
        for unit in units:
            if unit.kind not in ("byline", "publisher_line") or not unit.text or len(unit.text) > 160:
                continue
            line = read_headline(unit.text)
            found = line.byline if line is not None else None
            if found is None and unit.kind == "byline" and names.is_name(unit.text, longest=14):
                found = unit.text
            if found:
                break
    return found or facts.author


def _published(head: Iterable[HeadLine], units: Sequence[Unit], body: Sequence[str]) -> str | None:
    """The day in the head's lines, else in another line about the page, else in the dateline of the first paragraph."""
    day = next((line.day for line in head if line.day), None)
    if day is not None:
        return day
    for unit in units:
        if unit.kind in ("publisher_line", "byline", "other", "navigation", "credit") and len(unit.text) <= 160:
            line = read_headline(unit.text)
            if line is not None and line.day:
                return line.day
    for text in body[:3]:
        dateline = _dateline().match(text[:_DATELINE])
        found = find_day(dateline[0]) if dateline else None
        if found is not None:
            return found.day
    return None


def _copyright(units: Sequence[Unit]) -> tuple[str | None, str | None]:
    """The copyright line as written, and the name of who holds it."""
    for unit in units:
        if unit.kind != "copyright" or not _copyright_words().search(unit.text):
            continue
        line = unit.text if len(unit.text) <= 200 else re.split(r"(?<=[.!?])\s", unit.text)[0]
        return line, _holder(line)
    return None, None


def _holder(line: str) -> str | None:
    text = re.split(r"(?<=[\w)])\s+[-–—|]\s+|https?://", line)[0]
    for part in re.split(r"[.|]\s+|[.|]$", text):
        name = names.strip_edges(re.sub(r"\s+", " ", _copyright_words().sub(" ", part)))
        first = names.strip_edges(name.split(",")[0])
        if first and names.is_name(first, longest=8) and len(first) <= _NAME_LONGEST and not first[0].isdigit():
            return first
    return None


def _original(units: Sequence[Unit]) -> str | None:
    """Who published the text first, where a line of credits says so."""
    for unit in units:
        if unit.kind not in ("credit", "copyright", "disclaimer", "publisher_line", "other"):
            continue
        for pattern in _originals():
            found = pattern.search(unit.text)
            if found is None:
                continue
            name = _credited(found["name"], unit)
            if name is not None:
                return name
    return None


def _credited(text: str, unit: Unit) -> str | None:
    """The outlet's name in the words after "published by" and the like; a link in them is the name, or leads to it."""
    for label, url in unit.links:
        if label and label in text and text.index(label) <= 25:
            label = names.strip_edges(label)
            if label.casefold() in _no_names() or links.is_web(label):
                return links.host(url) or None
            if len(label) <= _NAME_LONGEST:
                return label
    address = links.urls(text)
    if address and text.startswith(address[0]):
        return links.host(address[0]) or None
    for pattern in _name_ends():
        shorter = pattern.sub("", text)
        text = shorter if names.strip_edges(shorter) else text
    name = re.sub(r"^the (?=[a-z])", "", names.strip_edges(text))
    if not name or len(name) > _NAME_LONGEST or name.casefold() in _no_names() or not names.is_name(name, longest=8):
        return None
    # An agency is credited as the agency, and several of them are no publisher.
    several = vocabulary.load("agencies")["several"]["name"]
    return None if names.agency(name) == several or f"and {several}" in name.casefold() else name


def _agency(head: Iterable[HeadLine], units: Sequence[Unit], body: Sequence[str], byline: str | None) -> str | None:
    for line in head:
        if line.agency:
            return line.agency
    for text in body[:3]:
        found = _in_dateline(text[:_DATELINE])
        if found is not None:
            return found
    credited = [unit.text for unit in units if unit.kind == "credit" and len(unit.text) <= 300]
    for text in (byline or "", *credited, *(text[-60:] for text in body[-2:] if _signed().search(text))):
        found = _named_agency(text)
        if found is not None:
            return found
    return None


def _in_dateline(text: str) -> str | None:
    """The agency of a dateline: "CITY, Jan 29 (Agency) -", "City, AGENCY -", "CITY, January 29. /AGENCY/." """
    marked = _dateline().match(text)
    if marked is not None:
        name = marked["bracket"] or marked["slash"]
        # Russian writes only the first word of a name with a capital.
        if name and name.strip()[0].isupper() and len(name.split()) <= 5 and find_day(name) is None:
            return names.agency(name) or names.strip_edges(name)
    plain = _plain_dateline().match(text)
    return names.agency(plain["name"]) if plain is not None else None


def _named_agency(text: str) -> str | None:
    found = _agency_words().search(text)
    if found is not None:
        return names.agency(found[0])
    several = vocabulary.load("agencies")["several"]
    return several["name"] if re.search(rf"\b(?:{'|'.join(several['words'])})\b", text, re.I) else None


def _publisher(head: list[HeadLine], units: Sequence[Unit], holder: str | None, said: Credits) -> str | None:
    for unit in units:
        labelled = _PUBLISHER.match(unit.text) if unit.kind == "publisher_line" else None
        if labelled is not None:
            return names.strip_edges(labelled["name"])
    byline = names.strip_edges(said.byline or "").casefold()
    original = (said.original_publisher or "").casefold()
    for line in sorted(head, key=lambda line: not line.sure):
        # An outlet named by itself at the head may be the one that is credited, as writer or as origin.
        if line.publisher and (line.day or line.publisher.casefold() not in (byline, original)):
            return line.publisher
    if holder and holder.casefold() not in (byline if original else "", original):
        return holder
    return None


def _as_written(name: str | None, elsewhere: Iterable[str]) -> str | None:
    """A name that the page's head shouts in capitals, the way the page writes it otherwise, if it does."""
    if name is None or not names.is_capitals(name) or " " not in name:
        return name
    written = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.I)
    found = (match[0] for text in elsewhere for match in written.finditer(text))
    return next((other for other in found if not names.is_capitals(other)), name)


def _moved(facts: PageFacts) -> str | None:
    """A page that gives an address on another site as the true one of its text was published there first."""
    if not facts.canonical or not facts.url:
        return None
    there, here = links.host(facts.canonical), links.host(facts.url)
    related = there.endswith("." + here) or here.endswith("." + there) or there.split(".")[-2:] == here.split(".")[-2:]
    return there if there and here and not related else None


def _compiled(group: str, key: str) -> list[str]:
    patterns: list[str] = vocabulary.load("furniture")[group][key]
    return patterns


@cache
def _labels() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile("|".join(_compiled("lines", kind)), re.I) for kind in ("regions", "themes", "series")}


@cache
def _originals() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.I) for pattern in _compiled("credits", "original"))


@cache
def _name_ends() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(f"(?:{pattern})$", re.I) for pattern in _compiled("credits", "name_ends"))


@cache
def _no_names() -> frozenset[str]:
    return frozenset(_compiled("credits", "no_names"))


@cache
def _copyright_words() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w)(?:{word})(?!\w)" for word in _compiled("credits", "copyright_words")), re.I)


@cache
def _dateline() -> re.Pattern[str]:
    """CITY[, Country][, date] then an agency in brackets or slashes, or a date, and a dash or full stop."""
    city = r"[^\W\d_][\w .,'’/&-]{1,70}?"
    bracket, slash = r"\((?P<bracket>[\w .&'’-]{2,40})\)\s*[-–—:]", r"[.,]?\s*/(?P<slash>[\w .&'’-]{2,40})/\.?"
    return re.compile(rf"(?:{city}\s*(?:{bracket}|{slash})|[A-Z][A-Z'’ .-]+,[^.–—]{{0,60}}\b\d{{4}}\b[^.–—]{{0,20}}\s*[-–—.])")


@cache
def _plain_dateline() -> re.Pattern[str]:
    names_of = names.agency_pattern()
    return re.compile(rf"(?:[A-Z][\w .'’-]{{1,40}}[,/ ]\s*)?\(?(?P<name>{names_of})\)?\s*[-–—:]\s*(?=[\w\"“])")


@cache
def _agency_words() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){names.agency_pattern()}(?![\w-])")


@cache
def _signed() -> re.Pattern[str]:
    """A paragraph that is signed with an agency's name at its end."""
    return re.compile(rf"(?:[-–—/(]+\s?|\.\s+){names.agency_pattern()}\)?\.?$")
