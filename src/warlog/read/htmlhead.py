"""What the head of an HTML page says of it: JSON-LD, Open Graph and other meta elements, links, the title.

Where several say different things, the most particular is believed: JSON-LD of an article before Open Graph before
plain meta elements. htmldate is asked for the date only where none of them and no visible line gives one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html

from warlog.read import links, names
from warlog.read.credits import PageFacts
from warlog.read.pubdate import parse_day
from warlog.read.units import comparable, tidy

_ARTICLE = re.compile(r"Article|Posting|Report|Review|WebPage|VideoObject|Statement", re.I)
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
_ORIGINAL = ("original-publisher", "syndication-source-name", "article:original_publisher")
_TAGS = ("article:tag", "keywords", "news_keywords", "parsely-tags", "article:section")
_MAX_JSON = 2_000_000


def read_head(tree: lxml.html.HtmlElement) -> PageFacts:
    """The facts in the head of a page."""
    meta = _meta(tree)
    facts = PageFacts()
    article = _article_data(tree)
    facts.url = _first_web(meta, ("og:url", "twitter:url")) or _web(article.get("url")) or _entity_url(article)
    facts.canonical = _canonical(tree)
    facts.url = facts.url or facts.canonical
    publisher = _name(article.get("publisher")) or _first(meta, _PUBLISHER)
    facts.title, suffix = _title(tree, meta, article, publisher)
    facts.publisher = publisher or suffix
    facts.author = _author(article, meta)
    facts.published = _day(article.get("datePublished")) or next(
        (day for day in (_day(value) for key in _PUBLISHED for value in meta.get(key, [])) if day), None
    )
    facts.language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "") or _first(
        meta, ("og:locale", "content-language", "language", "dc.language")
    )
    facts.copyright = _first(meta, ("copyright", "dcterms.rights", "dc.rights", "rights"))
    facts.themes = _themes(article, meta)
    original = _name(article.get("sourceOrganization")) or _first(meta, _ORIGINAL)
    facts.original_publisher = original or (links.host(_first(meta, ("syndication-source", "original-source")) or "") or None)
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
            return str(element.get("href"))
    return None


def _article_data(tree: lxml.html.HtmlElement) -> dict[str, Any]:
    """The JSON-LD object that describes the article, or an empty one."""
    best: dict[str, Any] = {}
    for element in tree.iter("script"):
        if (element.get("type") or "").lower() != "application/ld+json":
            continue
        text = element.text_content()
        if len(text) > _MAX_JSON:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data):
            kind = str(item.get("@type"))
            if _ARTICLE.search(kind) and (not best or ("headline" in item and "headline" not in best)):
                best = item
    return best


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    waiting = [data]
    seen = 0
    while waiting and seen < 500:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            yield item
            held = (item.get(key) for key in ("@graph", "mainEntity", "itemListElement"))
            waiting += [value for value in held if isinstance(value, dict | list)]


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = next((item for item in value if item), None)
    if isinstance(value, dict):
        value = value.get("name")
    return tidy(value) or None if isinstance(value, str) else None


def _author(article: dict[str, Any], meta: dict[str, list[str]]) -> str | None:
    given = article.get("author")
    found = [_name(item) for item in (given if isinstance(given, list) else [given])]
    listed = [name for name in found if name and not links.is_web(name)]
    if listed:
        return ", ".join(dict.fromkeys(listed))
    values = [value for key in _AUTHOR for value in meta.get(key, []) if not links.is_web(value)]
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


def _themes(article: dict[str, Any], meta: dict[str, list[str]]) -> list[str]:
    found: list[str] = []
    for key in ("articleSection", "keywords"):
        value = article.get(key)
        found += [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
    for key in _TAGS:
        found += meta.get(key, [])
    parts = [tidy(part) for item in found for part in re.split(r"[,;،]", item)]
    return list({part.casefold(): part for part in reversed(parts) if 0 < len(part) <= 60}.values())[::-1][:40]
