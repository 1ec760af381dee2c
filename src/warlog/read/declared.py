"""What a page's markup declares of it, as credits: one table of roles for meta elements, JSON-LD, microdata and classes.

Each kind of markup says under its own names what the page's author, publisher or source is; `vocab/credits.toml` maps
those names to roles, and a role with a value becomes credits here:

    author          persons; an agency named as one is the agency
    publisher       who publishes the page
    organisation    an organisation that the text comes from: an agency, the page's own publisher, or the first publisher
    original        who published the text first
    original_url    where it stood first; on the page's own site it is no news
    based_on        what the text was made from
    canonical, syndication    the true address of the page, and its copies elsewhere
    saved           the address that an archive copied the page from
    dateline, published, copyright, translator, contributor, forwarded    as they say
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from warlog import vocabulary
from warlog.read import links, names, people
from warlog.read.pubdate import parse_day, partial_day
from warlog.read.units import tidy
from warlog.records import Credit

#: A passage of markup is kept up to this length.
_LONGEST = 400
_WRAPPED = re.compile(
    r"^https?://[^/]+/(?:web/|save/|cache/|\d{4,14}[a-z_*]{0,4}/|[^?]{0,40}?)?(?:\d{4,14}[a-z_*]{0,4}/)?(?=https?:/)", re.I
)


@dataclass(slots=True)
class Statement:
    """One thing that the markup says: in which role, what, and where it says so."""

    role: str
    value: Any
    passage: str
    where: str
    url: str | None = None


@dataclass(slots=True)
class Site:
    """What the page is, as far as it is known before its credits are: to tell others from it."""

    url: str | None = None
    publishers: list[str] = field(default_factory=list)

    def is_own(self, name: str) -> bool:
        """Whether a name is the page's own publisher's."""
        return any(same_name(name, other) for other in self.publishers)

    def is_here(self, url: str) -> bool:
        """Whether an address is on the page's own site."""
        label = links.host(url).split(".")[-2:-1]
        return (self.url is not None and related(url, self.url)) or (bool(label) and self.is_own(label[0].replace("-", "")))

    def absolute(self, url: str) -> str:
        """An address of the page as a whole one, out of an archive's wrapping."""
        try:
            whole = urljoin(self.url or "", url.strip())
        except ValueError:
            return url.strip()
        return unwrapped(whole)


def credits_of(statements: Iterable[Statement], site: Site) -> list[Credit]:
    """The credits that the statements make, in their order, each once."""
    statements = list(statements)
    for statement in statements:
        if statement.role == "publisher":
            site.publishers += [name for name, _ in _named(statement.value) if not is_archive(name)]
    found: list[Credit] = []
    accounts = [name for name in site.publishers if not is_platform(name)]
    for statement in statements:
        for credit in _credits(statement, site):
            if credit.kind == "publisher" and accounts and is_platform(credit.value):
                continue
            if not any(
                (c.kind, c.value, c.where, c.passage) == (credit.kind, credit.value, credit.where, credit.passage) for c in found
            ):
                found.append(credit)
    return found


def same_name(one: str, other: str | None) -> bool:
    """Whether two names are one outlet's: letter case, a leading article, spaces and a web suffix aside."""
    return other is not None and _bare(one) == _bare(other)


def kindred(one: str, other: str) -> bool:
    """Whether two names may be one outlet's, one of them shortened: its first words, or its initials."""
    shorter, longer = sorted((_bare(one), _bare(other)), key=len)
    if len(shorter) >= 3 and longer.startswith(shorter):
        return True
    initials = {"".join(word[0] for word in name.casefold().split() if word[0].isalpha()) for name in (one, other)}
    return len(shorter) >= 2 and shorter in initials


def related(one: str, other: str) -> bool:
    """Whether two addresses are of one site: one host under the other, or both under one registered name."""
    here, there = links.host(unwrapped(one)), links.host(unwrapped(other))
    if not here or not there:
        return False
    return here == there or here.endswith("." + there) or there.endswith("." + here) or _registered(here) == _registered(there)


def unwrapped(url: str) -> str:
    """An address without that of the archive which keeps a copy of its page."""
    if links.host(url) not in _archives():
        return url
    found = _WRAPPED.match(url)
    if found is None:
        return url
    return re.sub(r"^(https?):/(?!/)", r"\1://", url[found.end() :])


def is_archived(url: str) -> bool:
    """Whether an address is that of a keeper of copies."""
    return links.host(url) in _archives()


def is_archive(name: str) -> bool:
    """Whether a name is that of a keeper of copies, who publishes nothing himself."""
    return tidy(name).casefold() in _archive_names()


def is_platform(name: str) -> bool:
    """Whether a name is that of a place where anyone publishes."""
    return tidy(name).casefold() in _platforms()


def _registered(host: str) -> str:
    """The name that a host is registered under: two labels, three where the country parts its names (co.uk, com.tr)."""
    labels = host.split(".")
    count = 3 if len(labels) > 2 and len(labels[-1]) == 2 and (len(labels[-2]) <= 3) else 2
    return ".".join(labels[-count:])


def _bare(name: str) -> str:
    name = re.sub(r"^(?:https?://)?(?:www\.)?", "", name.strip().casefold())
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}", name):
        name = _registered(name).split(".")[0].replace("-", "")
    name = re.sub(r"^the\s+|\.(?:com|org|net|info|co\.uk|news|co|io|press)$|[,.]?\s+(?:inc|ltd|llc|limited|gmbh)\.?$", "", name)
    return "".join(c for c in name if c.isalnum())


def _credits(statement: Statement, site: Site) -> Iterator[Credit]:
    role, value = statement.role, statement.value
    make = _maker(statement)
    if role in ("author", "contributor", "translator"):
        for name, kind in _named(value):
            yield from _writers(role, name, kind, make, site)
    elif role == "publisher":
        yield from (make("publisher", name) for name, _ in _named(value) if _is_label(name) and not is_archive(name))
    elif role in ("organisation", "original", "forwarded"):
        for name, kind in _named(value):
            yield from _organisation(role, name, kind, make, site)
        if role == "forwarded" and statement.url and urlsplit(statement.url).path.strip("/"):
            yield make("original_url", unwrapped(statement.url))
    elif role == "saved":
        url = site.absolute(value)
        if not is_archived(url):
            yield make("original_url", url, url)
    elif role in ("original_url", "canonical", "syndication", "based_on"):
        yield from _addresses(role, value, make, site)
    elif role == "published":
        day = parse_day(value) if isinstance(value, str | int | float) else None
        if day is not None:
            yield make("published", day)
    elif role == "dateline":
        for name, _ in _named(value):
            place = _place(name)
            if place:
                yield make("dateline", place)
    elif role == "copyright":
        line = tidy(value) if isinstance(value, str) else ""
        if 3 <= len(line) <= 300 and re.search(r"[^\W\d_]{2}", line) and not links.is_web(line):
            yield make("copyright", line)


def _maker(statement: Statement) -> Any:
    passage = tidy(statement.passage)[:_LONGEST]

    def make(kind: str, value: str, url: str | None = None) -> Credit:
        return Credit(kind, value, passage, statement.where, url or statement.url)

    return make


def _writers(role: str, name: str, kind: str, make: Any, site: Site) -> Iterator[Credit]:
    """An author, who may be an agency or the outlet itself."""
    if people.is_nobody(name) or len(name) > 300:
        return
    known = people.agencies(name)
    persons = people.persons(name) if kind != "Organization" else []
    yield from (make("agency", agency) for agency in known)
    yield from (make(role, person) for person in persons)
    if not known and not persons and role == "author" and _is_label(name) and names.is_name(name, longest=10):
        yield make("author", re.sub(r"^[Bb]y\s+", "", tidy(name)))


def _organisation(role: str, name: str, kind: str, make: Any, site: Site) -> Iterator[Credit]:
    """An organisation that the text comes from."""
    if kind == "Person" or not _is_label(name) or is_archive(name) or people.is_nobody(name):
        return
    if links.is_web(name) or re.fullmatch(r"[\w-]+(?:\.[\w-]+)+/?\S*", name):
        url = site.absolute(name if links.is_web(name) else "https://" + name)
        if not site.is_here(url):
            yield make("original_publisher", links.host(url), url)
        return
    known = people.agencies(name)
    if known and not site.is_own(name) and role != "original":
        yield from (make("agency", agency) for agency in known)
        return
    if site.is_own(name):
        return
    if role == "organisation" and not names.is_name(name, longest=8):
        return
    yield make("original_publisher", name)


def _addresses(role: str, value: Any, make: Any, site: Site) -> Iterator[Credit]:
    for item in value if isinstance(value, list) else [value]:
        url = _address(item)
        name = next((n for n, _ in _named(item)), None) if isinstance(item, dict) else None
        if url is None:
            if role == "based_on" and isinstance(item, str) and 3 <= len(tidy(item)) <= 200:
                yield make("based_on", tidy(item))
            elif role == "original_url" and isinstance(item, str) and re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", item.strip()):
                if not site.is_here("https://" + item.strip()):
                    yield make("original_publisher", links.host("https://" + item.strip()))
            elif role == "based_on" and name:
                yield make("based_on", name)
            continue
        url = site.absolute(url)
        if not links.is_web(url) or not links.host(url):
            continue
        if role == "canonical":
            yield make("canonical_url", url, url)
        elif role == "syndication":
            yield make("syndication_url", url, url)
        elif role == "based_on":
            yield make("based_on", url, url)
            publisher = item.get("publisher") if isinstance(item, dict) else None
            yield from (make("original_publisher", n, url) for n, _ in _named(publisher) if not site.is_own(n))
        elif not site.is_here(url):
            if urlsplit(url).path.strip("/"):
                yield make("original_url", url, url)
            yield make("original_publisher", links.host(url), url)


def _address(item: Any) -> str | None:
    if isinstance(item, dict):
        item = next((item[key] for key in ("url", "@id", "mainEntityOfPage") if isinstance(item.get(key), str)), None)
    if isinstance(item, str) and (links.is_web(item.strip()) or item.strip().startswith(("/", "//"))):
        return item.strip()
    return None


def _named(value: Any) -> list[tuple[str, str]]:
    """The names in a value, each with the type of what bears it: Person, Organization or nothing known."""
    found: list[tuple[str, str]] = []
    for item in (value if isinstance(value, list) else [value])[:50]:
        kind = ""
        if isinstance(item, dict):
            given = str(item.get("@type") or "")
            kind = "Person" if "Person" in given else "Organization" if "Organi" in given or "Media" in given else ""
            name = item.get("name")
            if not name and isinstance(item.get("givenName"), str):
                name = f"{item['givenName']} {item.get('familyName') or ''}"
            if not name and isinstance(item.get("address"), dict):
                name = item["address"].get("addressLocality")
            item = name[0] if isinstance(name, list) and name else name
            if isinstance(item, dict):
                item = item.get("@value")
        if isinstance(item, str) and tidy(item) and len(item) <= 500:
            found.append((tidy(html.unescape(item)), kind))
    return found


def _is_label(name: str) -> bool:
    return 1 < len(name) <= 100 and re.search(r"[^\W\d_]", name) is not None and not name.startswith(("@", "{", "<", "[", "%"))


def _place(text: str) -> str | None:
    """The place in what markup gives as the dateline, which may be a date, or both."""
    part = partial_day(text)
    place = text if part is None else text[: part[0]]
    place = re.split(r"[(/]", place)[0].strip(" ,.;:–—-")
    return place if (1 < len(place) <= 60 and re.search(r"[^\W\d_]{2}", place) and parse_day(text) is None) or part else None


@cache
def _archives() -> frozenset[str]:
    return frozenset(vocabulary.load("credits")["archives"]["hosts"])


@cache
def _archive_names() -> frozenset[str]:
    return frozenset(vocabulary.load("credits")["archives"]["names"])


@cache
def _platforms() -> frozenset[str]:
    return frozenset(vocabulary.load("credits")["platforms"]["names"])
