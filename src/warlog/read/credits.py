"""Who wrote a page, who published it, who published it first, when, and what it files itself under.

Read from the page's own lines, furniture included, before any of it is dropped, and from what its format says of it: the
markup of an HTML page, the front matter of a Markdown file, the headers of a message. That comes in as `PageFacts`.
Every credit found goes into one list, each with its passage; the document's fields are then settled from that list, where
a line that a reader sees weighs more than markup, which often names no more than the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from warlog import vocabulary
from warlog.read import declared, links, names, people
from warlog.read.bylines import about_lines, read_byline, without_rest
from warlog.read.dateline import LONGEST, Dateline, place_alone, read_dateline
from warlog.read.declared import Site, same_name
from warlog.read.facts import PageFacts
from warlog.read.furniture import Marked
from warlog.read.headlines import HeadLine, author_of, read_headline
from warlog.read.lexicon import says_published
from warlog.read.lines import read_lines
from warlog.read.pubdate import find_day
from warlog.read.units import Unit
from warlog.records import Credit

__all__ = ["Credits", "PageFacts", "read_credits"]

_NAME_LONGEST = 80
#: A line of copyright is kept whole up to this length.
_COPYRIGHT_LONGEST = 200
#: Datelines are looked for in so many first paragraphs.
_FIRST = 3
_PUBLISHER = re.compile(r"(?:publisher|outlet|publication|issued by|published by)\s*[:–—-]\s*(?P<name>.{2,80})$", re.I)
#: Passages of these kinds may hold the date or the writer.
_ABOUT = ("publisher_line", "byline", "other", "navigation", "credit")


@dataclass(slots=True)
class Credits:
    """What came of all lines together. The fields are settled from the list `found`, which holds every credit."""

    byline: str | None = None
    author: str | None = None
    publisher: str | None = None
    original_publisher: str | None = None
    original_url: str | None = None
    dateline: str | None = None
    agency: str | None = None
    copyright: str | None = None
    published: str | None = None
    regions: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    found: list[Credit] = field(default_factory=list)

    def add(self, credit: Credit | None) -> str | None:
        """Add a credit to the list unless it stands there; its value."""
        if credit is None:
            return None
        known = ((c.kind, c.value, c.where, c.passage) for c in self.found)
        if (credit.kind, credit.value, credit.where, credit.passage) not in known:
            self.found.append(credit)
        return credit.value

    def first(self, kind: str, *, seen: bool | None = None) -> str | None:
        """The value of the first credit of a kind; `seen` asks only for those in visible lines, or only for others."""
        fitting = (c for c in self.found if c.kind == kind and (seen is None or (c.where == "text") == seen))
        return next((credit.value for credit in fitting), None)


def read_credits(units: Sequence[Unit], marked: Marked, facts: PageFacts, address: str | None = None) -> Credits:
    """The credits of a page whose units have their kinds. `address` is where the page was fetched, if it was."""
    head = [(units[index], marked.lines[index]) for index in sorted(marked.lines) if not units[index].aside]
    said = Credits()
    said.regions, said.themes, said.series = list(facts.regions), list(facts.themes), list(facts.series)
    for unit in units:
        if unit.kind == "label":
            _label(said, unit)
    body = [unit for index, unit in enumerate(units) if unit.kind is None and index != marked.title and not unit.heading]
    own = [unit for unit in units if not unit.aside]
    byline, line = read_byline(head, own, facts)
    if byline is not None:
        byline = without_rest(byline, facts)
        said.add(byline)
        _writers(said, byline, facts.publisher)
    said.byline = byline.value if byline is not None else facts.author
    opening = _dateline(said, about_lines(head, own), own, body)
    site = Site(address or _own_address(facts), [facts.publisher] if facts.publisher else [])
    for credit in read_lines(units, marked.title, line, site.is_here):
        said.add(credit)
    markup = declared.credits_of(facts.statements, site)
    holder = _copyright(said, own, markup)
    _settle_dates(said, facts, head, own, [unit.text for unit in body])
    _settle_publishers(said, facts, markup, head, own, holder, [unit.text for unit in body])
    for credit in markup:
        said.add(credit)
    said.found = [credit for credit in said.found if not _names_itself(credit, said.publisher, facts.publisher)]
    _settle_writers(said, facts, opening)
    said.copyright = facts.copyright or said.first("copyright")
    _settle_origin(said, facts, site)
    _complete(said, facts)
    return said


def _names_itself(credit: Credit, publisher: str | None, declared_publisher: str | None) -> bool:
    """Whether a credit says no more than that the page is its publisher's: "Source: us", "CITY (us) -"."""
    if credit.where != "text":
        return False
    if credit.kind == "agency":
        return same_name(credit.value, declared_publisher) and names.agency(credit.value) is None
    if not same_name(credit.value, publisher):
        return False
    return credit.kind == "original_publisher" and not says_published(credit.passage)


def _own_address(facts: PageFacts) -> str | None:
    """The page's own address; what it calls the canonical one may be that of another page."""
    return facts.url if facts.url != facts.canonical or _names_host(facts.canonical, facts.publisher) else None


def _names_host(url: str | None, publisher: str | None) -> bool:
    """Whether an address is on the site of the publisher named: "The Daily Sun" on dailysun.example."""
    label = links.host(url or "").split(".")[-2:-1]
    return bool(label) and publisher is not None and same_name(label[0].replace("-", ""), publisher)


# ---- writers, agency, dateline


def _writers(said: Credits, byline: Credit, publisher: str | None) -> None:
    """The persons and agencies that a byline names, each a credit."""
    listed = people.persons(byline.value)
    apart = [name for name in listed if not same_name(name, publisher)]
    for person in apart or listed:
        said.add(Credit("author", person, byline.passage, byline.where, byline.url))
    for agency in people.agencies(byline.value):
        said.add(Credit("agency", agency, byline.passage, byline.where, byline.url))


def _dateline(
    said: Credits, head: Sequence[tuple[Unit, HeadLine]], labelled: Sequence[Unit], body: Sequence[Unit]
) -> Dateline | None:
    """The dateline of the first paragraph, or the place and agency in the lines of the head."""
    for unit, line in head:
        agency = line.agency or names.agency(line.publisher or "")
        if agency:
            said.add(Credit("agency", agency, unit.raw, "text"))
    for unit in labelled:
        place = _dateline_label().match(unit.text)
        opening = read_dateline(f"{place['place'].strip()} — x") if place is not None else None
        if opening is not None:
            said.add(Credit("dateline", opening.place or "", unit.raw, "text"))
            return Dateline(unit.text, opening.place)
    for unit in body[:_FIRST]:
        alone = place_alone(unit.text)
        opening = read_dateline(unit.text) if alone is None else Dateline(unit.text, alone)
        if opening is None:
            continue
        if opening.place:
            said.add(Credit("dateline", opening.place, opening.passage, "text"))
        if opening.agency:
            said.add(Credit("agency", opening.agency, opening.passage, "text"))
        return opening
    for unit, line in head:
        if line.place and line.day:
            said.add(Credit("dateline", line.place, unit.raw, "text"))
            break
    return None


def _settle_writers(said: Credits, facts: PageFacts, opening: Dateline | None) -> None:
    if said.byline is not None:
        listed = people.persons(said.byline)
        listed = [name for name in listed if not same_name(name, said.publisher)] or listed or people.outlets(said.byline)[:1]
        said.author = _span(said.byline, listed) if len(listed) > 1 else listed[0] if listed else author_of(said.byline)
        if not listed and (people.agencies(said.byline) or people.is_nobody(said.byline) or people.is_staff(said.byline)):
            said.author = None
    opened = (
        opening.agency
        if opening is not None and any((c.kind, c.value) == ("agency", opening.agency) for c in said.found)
        else None
    )
    said.agency = opened or facts.agency or said.first("agency", seen=True) or said.first("agency")
    said.dateline = said.first("dateline")


def _span(byline: str, listed: Sequence[str]) -> str:
    """The part of a byline from its first person to its last."""
    folded = byline.casefold()
    start, end = folded.find(listed[0].casefold()), folded.rfind(listed[-1].casefold())
    if start < 0 or end < start:
        return ", ".join(listed)
    span = byline[start : end + len(listed[-1])]
    return span.title() if names.is_capitals(span) else span


# ---- dates and copyright


def _settle_dates(
    said: Credits, facts: PageFacts, head: Sequence[tuple[Unit, HeadLine]], units: Sequence[Unit], body: Sequence[str]
) -> None:
    seen = said.add(_published(head, units, body))
    said.published = facts.published or seen
    if said.published is None and facts.late_date is not None:
        day = facts.late_date()
        said.published = said.add(Credit("published", day, day, "meta")) if day is not None else None


def _published(head: Iterable[tuple[Unit, HeadLine]], units: Sequence[Unit], body: Sequence[str]) -> Credit | None:
    """The day in the head's lines, else in another line about the page, else in the dateline of the first paragraph."""
    for unit, line in head:
        if line.day:
            return Credit("published", line.day, unit.raw, "text")
    for unit in units:
        if unit.kind in _ABOUT and len(unit.text) <= 160:
            read = read_headline(unit.text)
            if read is not None and read.day:
                return Credit("published", read.day, unit.raw, "text")
    for text in body[:_FIRST]:
        opening = _dated().match(text[:LONGEST])
        found = find_day(opening[0]) if opening else None
        if found is not None and opening is not None:
            return Credit("published", found.day, opening[0].strip(), "text")
    return None


def _copyright(said: Credits, units: Sequence[Unit], markup: Sequence[Credit]) -> Credit | None:
    """Add the lines of copyright; the first holder that they name, as a publisher's credit."""
    first: Credit | None = None
    for unit in units:
        shown = unit.kind == "copyright" or (unit.kind is not None and _notice().search(unit.text) is not None)
        if not shown or not _copyright_words().search(unit.text):
            continue
        line = unit.text if len(unit.text) <= _COPYRIGHT_LONGEST else re.split(r"(?<=[.!?])\s", unit.text)[0]
        said.add(Credit("copyright", line, unit.raw, "text"))
        holder = _holder(line)
        if holder is None:
            continue
        agency = names.agency(holder) or names.agency(re.sub(r"(?i)^the ", "", holder))
        if agency is not None:
            said.add(Credit("agency", agency, unit.raw, "text"))
        first = first or Credit("publisher", holder, unit.raw, "text")
    for credit in markup:
        holder = _holder(credit.value) if credit.kind == "copyright" and first is None else None
        if holder is not None:
            first = Credit("publisher", holder, credit.passage, credit.where)
    return first


def _holder(line: str) -> str | None:
    text = re.split(r"(?<=[\w)])\s+[-–—|]\s+|https?://", line)[0]
    for part in re.split(r"[.|]\s+|[.|]$", text):
        name = names.strip_edges(re.sub(r"\s+", " ", _copyright_words().sub(" ", part)))
        first = names.strip_edges(name.split(",")[0])
        if first and names.is_name(first, longest=8) and len(first) <= _NAME_LONGEST and not first[0].isdigit():
            return first
    return None


# ---- publishers


def _settle_publishers(
    said: Credits,
    facts: PageFacts,
    markup: Sequence[Credit],
    head: Sequence[tuple[Unit, HeadLine]],
    units: Sequence[Unit],
    holder: Credit | None,
    body: Sequence[str],
) -> None:
    """The publisher: what the format says, else the head's lines, else the holder of the copyright."""
    original = said.first("original_publisher", seen=True)
    shown = _shown_publisher(head, units, holder, said.byline, original)
    name = facts.publisher
    if name is None or declared.is_platform(name):
        name = next((c.value for c in markup if c.kind == "publisher"), name)
    if name is None and shown is not None:
        written = _as_written(shown.value, (holder.value if holder else "", *body))
        name = said.add(Credit("publisher", written, shown.passage, shown.where))
    if holder is not None and name is not None and declared.kindred(holder.value, name):
        said.add(holder)
    said.publisher = _as_written(name, (holder.value if holder else "", *body)) if name is not None else None


def _shown_publisher(
    head: Sequence[tuple[Unit, HeadLine]], units: Sequence[Unit], holder: Credit | None, byline: str | None, original: str | None
) -> Credit | None:
    for unit in units:
        labelled = _PUBLISHER.match(unit.text) if unit.kind == "publisher_line" else None
        if labelled is not None:
            return Credit("publisher", names.strip_edges(labelled["name"]), unit.raw, "text")
    writer = names.strip_edges(byline or "").casefold()
    first = (original or "").casefold()
    surely = holder is not None and names.is_outlet(holder.value)
    for unit, line in sorted(head, key=lambda pair: not pair[1].sure):
        if not line.sure and surely:
            continue
        # An outlet named by itself at the head may be the one that is credited, as writer or as origin.
        if line.publisher and (line.day or line.publisher.casefold() not in (writer, first)):
            return Credit("publisher", line.publisher, unit.raw, "text")
    if holder is not None and holder.value.casefold() not in (writer if first else "", first):
        return holder
    return None


def _as_written(name: str, elsewhere: Iterable[str]) -> str:
    """A name that the page's head shouts in capitals, the way the page writes it otherwise, if it does."""
    if not names.is_capitals(name) or " " not in name:
        return name
    written = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.I)
    found = (match[0] for text in elsewhere for match in written.finditer(text))
    return next((other for other in found if not names.is_capitals(other)), name)


def _settle_origin(said: Credits, facts: PageFacts, site: Site) -> None:
    """Who published it first and where: a visible line before markup; what the page says of itself is no origin."""
    moved = facts.canonical if facts.canonical and site.url and not site.is_here(facts.canonical) else None
    if moved is not None and not declared.is_archived(moved):
        passage = next((c.passage for c in said.found if c.kind == "canonical_url"), moved)
        said.add(Credit("original_url", moved, passage, "link", moved))
        said.add(Credit("original_publisher", links.host(moved), passage, "link", moved))
    named = [c for c in said.found if c.kind == "original_publisher"]
    named.sort(key=lambda c: (c.where != "text", "." in c.value and " " not in c.value))
    chosen = next((c.value for c in named if not same_name(c.value, said.publisher)), None)
    given = facts.original_publisher
    if given is not None and any(c.where == "text" for c in named):
        given = None
    said.original_publisher = given if given is not None and not same_name(given, said.publisher) else chosen
    said.original_url = said.first("original_url", seen=True) or said.first("original_url")
    if said.original_url is None:
        based = next((c.url for c in said.found if c.kind == "based_on" and c.url and not site.is_here(c.url)), None)
        said.original_url = said.add(Credit("original_url", based, based, "json-ld", based)) if based else None


def _complete(said: Credits, facts: PageFacts) -> None:
    """See that each field's value stands in the list: what a format gives as a bare fact is a credit as well."""
    if said.author is not None and said.first("author") is None:
        passage = next((c.passage for c in said.found if c.kind == "byline"), facts.passages.get("author", said.author))
        where = next((c.where for c in said.found if c.kind == "byline"), facts.where)
        said.add(Credit("author", said.author, passage, where))
    for kind in ("publisher", "original_publisher", "agency", "copyright", "published"):
        value = getattr(said, kind)
        if value is None or any(c.kind == kind and (c.value == value or same_name(c.value, value)) for c in said.found):
            continue
        said.add(Credit(kind, value, facts.passages.get(kind, value), facts.where))


# ---- labels


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


def _compiled(group: str, key: str) -> list[str]:
    patterns: list[str] = vocabulary.load(group)["lines"][key]
    return patterns


@cache
def _labels() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile("|".join(_compiled("furniture", kind)), re.I) for kind in ("regions", "themes", "series")}


@cache
def _copyright_words() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w)(?:{word})(?!\w)" for word in _compiled("credits", "copyright_words")), re.I)


@cache
def _dateline_label() -> re.Pattern[str]:
    return re.compile(r"\s*dateline\s*[:–—]\s*(?P<place>[^\W\d_].{1,60})$", re.I)


@cache
def _notice() -> re.Pattern[str]:
    """A short line with the sign or word of copyright, in whatever part of the page."""
    return re.compile(r"^.{0,80}(?:©|ⓒ|\(c\)\s*\d{4}|\bcopyright\b.{0,20}\d{4}).{0,200}$", re.I)


@cache
def _dated() -> re.Pattern[str]:
    """CITY[, Country], date and a dash, an agency or a full stop."""
    city = r"[^\W\d_][\w .,'’/&-]{1,70}?"
    bracket, slash = r"\([\w .&'’-]{2,40}\)\s*[-–—:]", r"[.,]?\s*/[\w .&'’-]{2,40}/\.?"
    return re.compile(rf"(?:{city}\s*(?:{bracket}|{slash})|[A-Z][A-Z'’ .-]+,[^.–—]{{0,60}}\b\d{{4}}\b[^.–—]{{0,20}}\s*[-–—.])")
