"""What the head of an HTML page says of it: JSON-LD, Open Graph and other meta elements, links, the title.

Where several say different things, the most particular is believed: JSON-LD of an article before Open Graph before
plain meta elements. htmldate is asked for the date only where none of them and no visible line gives one.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

import lxml.html

from warlog import vocabulary
from warlog.read import links, names, people
from warlog.read.credits import PageFacts
from warlog.read.declared import is_archive, same_name, unwrapped
from warlog.read.jsonld import Described, describe_page
from warlog.read.markup import Tags, statements
from warlog.read.pubdate import parse_day
from warlog.read.units import comparable, tidy

_SEPARATOR = re.compile(r"\s+[|»«·•–—:-]+\s+|\s*[|»«]\s*")
_PUBLISHED = (
    "article:published_time", "datepublished", "og:published_time", "article:published", "date", "dc.date", "dc.date.issued",
    "dcterms.date", "dcterms.created", "dcterms.issued", "pubdate", "publishdate", "publish-date", "publish_date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "originalpublicationdate", "article_date_original",
    "published_time", "release_date", "citation_publication_date", "citation_date", "created", "publication_date",
)  # fmt: skip
_AUTHOR = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl", "citation_author",
)  # fmt: skip
_PUBLISHER = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "citation_publisher")
_MOST_HEADINGS = 200
_TAGS = ("article:tag", "keywords", "news_keywords", "parsely-tags", "article:section")


def read_head(tree: lxml.html.HtmlElement, source: str, outside: set[lxml.html.HtmlElement]) -> PageFacts:
    """The facts in the head of a page. `outside` are the elements in which it shows other texts."""
    meta = _meta(tree)
    facts = PageFacts(where="meta")
    described = _described(tree, meta)
    article = described.article
    facts.statements = list(statements(tree, described, Tags(source), outside))
    facts.url = _first_web(meta, ("og:url", "twitter:url")) or _web(article.get("url")) or _entity_url(article)
    facts.canonical = _canonical(tree)
    facts.url = facts.url or facts.canonical
    facts.url = unwrapped(facts.url) if facts.url else None
    publisher = _name(described.resolved(article.get("publisher"))) or _first(meta, _PUBLISHER)
    publisher = None if publisher is not None and is_archive(publisher) else publisher
    facts.title, suffix = _title(tree, meta, article, publisher)
    suffix = _by_host(tree, facts.url) if suffix is None or suffix.casefold() in _not_outlets() else suffix
    facts.publisher = publisher or suffix
    if publisher is None and suffix is not None:
        element = tree.find(".//title")
        facts.passages["publisher"] = f"<title>{tidy(element.text_content())}</title>" if element is not None else suffix
    facts.author = _author(described, meta)
    facts.published = _day(article.get("datePublished")) or next(
        (day for day in (_day(value) for key in _PUBLISHED for value in meta.get(key, [])) if day), None
    )
    facts.language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "") or _first(
        meta, ("og:locale", "content-language", "language", "dc.language")
    )
    facts.copyright = _first(meta, ("copyright", "dcterms.rights", "dc.rights", "rights"))
    facts.themes = _themes(article, meta)
    return facts


def date_by_markup(tree: lxml.html.HtmlElement) -> str | None:
    """The date of publication that htmldate finds in a page; None if it finds none."""
    import htmldate

    try:
        found = htmldate.find_date(tree, original_date=True, extensive_search=False)
    except Exception:  # no page may fail for want of its date
        return None
    return parse_day(found) if found else None


def _meta(tree: lxml.html.HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = tidy(element.get("content") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = element.get(attribute)
            if key and content:
                found.setdefault(key.strip().lower(), []).append(content)
    return found


def _first(meta: dict[str, list[str]], keys: tuple[str, ...]) -> str | None:
    return next((meta[key][0] for key in keys if key in meta), None)


def _first_web(meta: dict[str, list[str]], keys: tuple[str, ...]) -> str | None:
    return next((value for key in keys for value in meta.get(key, []) if links.is_web(value)), None)


def _web(value: Any) -> str | None:
    return value if isinstance(value, str) and links.is_web(value) else None


def _entity_url(article: dict[str, Any]) -> str | None:
    entity = article.get("mainEntityOfPage")
    return _web(entity.get("@id")) if isinstance(entity, dict) else _web(entity)


def _canonical(tree: lxml.html.HtmlElement) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and links.is_web(element.get("href") or ""):
            return unwrapped(str(element.get("href")))
    return None


def _described(tree: lxml.html.HtmlElement, meta: dict[str, list[str]]) -> Described:
    """The JSON-LD object that describes the page's text."""
    title = _first(meta, ("og:title", "twitter:title"))
    if title is None:
        element = tree.find(".//h1")
        element = tree.find(".//title") if element is None else element
        title = tidy(element.text_content()) if element is not None else None
    canonical = _canonical(tree)
    urls = [url for url in (_first_web(meta, ("og:url",)), canonical) if url]
    return describe_page(tree, title, urls)


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = next((item for item in value if item), None)
    if isinstance(value, dict):
        value = value.get("name")
    return tidy(html.unescape(value)) or None if isinstance(value, str) else None


def _author(described: Described, meta: dict[str, list[str]]) -> str | None:
    given = described.resolved(described.article.get("author"))
    found = [_name(item) for item in (given if isinstance(given, list) else [given])]
    listed = [name for name in found if name and not people.is_nobody(name)]
    if listed:
        return ", ".join(dict.fromkeys(listed))
    values = [value for key in _AUTHOR for value in meta.get(key, []) if not people.is_nobody(value)]
    return values[0] if values and len(values[0]) <= 200 else None


def _day(value: Any) -> str | None:
    return parse_day(value) if isinstance(value, str) else None


def _title(
    tree: lxml.html.HtmlElement, meta: dict[str, list[str]], article: dict[str, Any], publisher: str | None
) -> tuple[str | None, str | None]:
    """The headline without the outlet's name, and that name where the headline shows which part is it."""
    headline = article.get("headline")
    given = _first(meta, ("og:title", "twitter:title", "dc.title", "citation_title"))
    element = tree.find(".//title")
    plain = tidy(element.text_content()) if element is not None else ""
    headings = [text for text in (tidy(h.text_content()) for h in tree.iter("h1")) if text]
    title = tidy(headline) if isinstance(headline, str) and tidy(headline) else given or plain
    site = _site_heading(tree, plain)
    if site is not None:
        return site
    # A headline of the page that the title holds is the title without what the outlet adds to it.
    for heading in headings:
        key = comparable(heading)
        if key and len(heading) >= 8 and (key in comparable(title) or key in comparable(plain)):
            rest = _SEPARATOR.split(plain)
            outlet = [part for part in rest if comparable(part) and comparable(part) not in key]
            return heading, outlet[-1] if len(outlet) == 1 and names.is_name(outlet[0], longest=6) else None
    if not title:
        return (headings[0] if len(headings) == 1 else None), None
    parts = [part for part in _SEPARATOR.split(title) if part]
    if publisher is not None and len(parts) > 1:
        kept = [part for part in parts if comparable(part) != comparable(publisher)]
        if len(kept) == 1 or (len(kept) < len(parts) and comparable(parts[0]) == comparable(publisher)):
            return kept[0], None
        if len(kept) < len(parts):
            return tidy(title[: title.rindex(parts[-1])]).rstrip(" |»«·•–—:-"), None
    return title, None


def _site_heading(tree: lxml.html.HtmlElement, plain: str) -> tuple[str, str] | None:
    """Headline and outlet where the page's first heading is the outlet's name and a lower one the headline."""
    first = tree.find(".//h1")
    outlet = tidy(first.text_content()) if first is not None else ""
    whole, name = comparable(plain), comparable(outlet)
    if not name or len(name) >= len(whole) or not (whole.startswith(name) or whole.endswith(name)):
        return None
    rest = whole.removeprefix(name) if whole.startswith(name) else whole.removesuffix(name)
    for element, _ in zip(tree.iter("h2", "h3"), range(_MOST_HEADINGS), strict=False):
        words = tidy(element.text_content())
        if len(words) > max(8, len(outlet)) and comparable(words) == rest:
            return words, outlet
    return None


def _by_host(tree: lxml.html.HtmlElement, url: str | None) -> str | None:
    """The part of the page's title that is the name of its host."""
    element = tree.find(".//title")
    labels = [label.replace("-", "") for label in links.host(url or "").split(".")[:-1] if len(label) > 3]
    if element is None or not labels:
        return None
    parts = [tidy(part) for part in re.split(r"[|»«·•–—:_-]", element.text_content())]
    return next((part for part in reversed(parts) if part and any(same_name(label, part) for label in labels)), None)


@cache
def _not_outlets() -> frozenset[str]:
    return frozenset(vocabulary.load("credits")["lines"]["not_outlets"])


def _themes(article: dict[str, Any], meta: dict[str, list[str]]) -> list[str]:
    found: list[str] = []
    for key in ("articleSection", "keywords"):
        value = article.get(key)
        found += [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
    for key in _TAGS:
        found += meta.get(key, [])
    parts = [tidy(part) for item in found for part in re.split(r"[,;،]", item)]
    return list({part.casefold(): part for part in reversed(parts) if 0 < len(part) <= 60}.values())[::-1][:40]
