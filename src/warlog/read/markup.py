"""The statements of a page's markup: meta elements, links, JSON-LD, microdata, RDFa, hNews, and pictures of one point.

The passage of each is the tag as the page's source writes it, or the key and value of the JSON.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

import lxml.html

from warlog import vocabulary
from warlog.read import links
from warlog.read.declared import Statement
from warlog.read.jsonld import Described
from warlog.read.units import tidy

#: More tags of one kind are not looked through for the passage's own wording.
_MOST_TAGS = 1000
_LONGEST_WORDS = 200
#: More elements of one kind than this are no credits of one text.
_MOST_METAS = 400
_MOST_LINKS = 50
_MOST_INPUTS = 100
_MOST_MARKED = 300
_REL = re.compile(r"canonical|syndication|original", re.I)
_HEAD_TAG = re.compile(r"<(?:meta|link|img|input)\b[^<>]{0,2000}>", re.I)


class Tags:
    """The tags of a page's source as written, found again by what stands in them."""

    def __init__(self, source: str) -> None:
        self._tags: list[tuple[str, str]] = []
        for number, found in enumerate(_HEAD_TAG.finditer(source)):
            if number >= _MOST_TAGS:
                break
            self._tags.append((found[0], tidy(html.unescape(found[0]))))

    def written(self, element: lxml.html.HtmlElement) -> str:
        """The tag of an element as the source writes it; written anew where it is not found there."""
        values = [tidy(value) for value in element.attrib.values() if value]
        start = f"<{element.tag}"
        for raw, plain in self._tags:
            if plain[: len(start)].lower() == start and all(value in plain for value in values):
                return raw
        attributes = " ".join(f'{name}="{html.escape(value)}"' for name, value in element.attrib.items())
        return f"<{element.tag} {attributes}>"


def statements(
    tree: lxml.html.HtmlElement, described: Described, tags: Tags, outside: set[lxml.html.HtmlElement]
) -> Iterator[Statement]:
    """All statements of a page, JSON-LD first. `outside` are the elements that other texts' credits stand in."""
    yield from _json(described)
    yield from _meta(tree, tags)
    yield from _links(tree, tags)
    yield from _banners(tree, tags)
    yield from islice(_elements(tree, tags, outside), _MOST_MARKED)


def _json(described: Described) -> Iterator[Statement]:
    article, roles = described.article, _roles("properties")
    publisher = False
    for key, value in article.items():
        role = roles.get(key.rsplit(":", 1)[-1].lower())
        if role is None or not value:
            continue
        if key.lower() == "ispartof" and not _is_outlet(described.resolved(value)):
            continue
        publisher = publisher or role == "publisher"
        yield Statement(role, described.resolved(value), described.passage(key, value), "json-ld")
    if article and not publisher:
        for page in described.pages:
            value = described.resolved(page.get("publisher"))
            name = page.get("name") if "WebSite" in str(page.get("@type")) else None
            if value or name:
                key = "publisher" if value else "name"
                yield Statement("publisher", value or name, described.passage(key, page.get(key)), "json-ld")
                return


def _is_outlet(value: Any) -> bool:
    items = value if isinstance(value, list) else [value]
    return any(isinstance(i, dict) and re.search(r"WebSite|Periodical|Newspaper|Organi", str(i.get("@type"))) for i in items)


def _meta(tree: lxml.html.HtmlElement, tags: Tags) -> Iterator[Statement]:
    roles = _roles("meta")
    for element, _ in zip(tree.iter("meta"), range(_MOST_METAS), strict=False):
        content = tidy(element.get("content") or element.get("value") or "")
        if not content or (element.get("itemprop") and element.getparent() is not None and _scoped(element)):
            continue
        for attribute in ("property", "name", "itemprop"):
            key = (element.get(attribute) or "").strip().lower()
            role = roles.get(key)
            if role is not None:
                where = "opengraph" if attribute == "property" and key.startswith(("og:", "article:")) else "meta"
                yield Statement(role, content, tags.written(element), where)
                break


def _links(tree: lxml.html.HtmlElement, tags: Tags) -> Iterator[Statement]:
    marked = (element for element in tree.iter("link") if _REL.search(element.get("rel") or ""))
    for element, _ in zip(marked, range(_MOST_LINKS), strict=False):
        rel, href = (element.get("rel") or "").lower().split(), (element.get("href") or "").strip()
        if not href:
            continue
        if "canonical" in rel:
            yield Statement("canonical", href, tags.written(element), "link")
        elif "syndication" in rel:
            yield Statement("syndication", href, tags.written(element), "link")
        elif "original" in rel or "original-source" in rel or "syndication-source" in rel:
            yield Statement("original_url", href, tags.written(element), "link")


def _banners(tree: lxml.html.HtmlElement, tags: Tags) -> Iterator[Statement]:
    """The field of an archive's banner that holds the address of the page it copied."""
    for element, _ in zip(tree.iter("input"), range(_MOST_INPUTS), strict=False):
        names_it = (element.get("id") or element.get("name") or "").lower()
        if names_it in _saved_from() and links.is_web(element.get("value") or ""):
            yield Statement("saved", element.get("value"), tags.written(element), "text")


def _elements(tree: lxml.html.HtmlElement, tags: Tags, outside: set[lxml.html.HtmlElement]) -> Iterator[Statement]:
    """What elements of the page's body say by their properties, relations and classes."""
    properties, classes = _roles("properties"), _roles("classes")
    skipping: lxml.html.HtmlElement | None = None
    scope_done: set[lxml.html.HtmlElement] = set()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if skipping is not None:
            if _within(element, skipping):
                continue
            skipping = None
        if element in outside:
            skipping = element
            continue
        if element.tag == "img":
            yield from _pixel(element, tags)
            continue
        given = element.get("itemprop") or (element.get("property") if element.tag != "meta" else None)
        if given and element not in scope_done:
            for name in given.split():
                role = properties.get(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower())
                parent = _scope(element)
                if role is not None and (parent is None or _is_text(parent)):
                    value = _value(element, scope_done)
                    if value:
                        yield Statement(role, value, _passage(element), "microdata")
                    break
            continue
        relation = (element.get("rel") or "").lower().split()
        if element.tag == "a" and "syndication" in relation and element.get("href"):
            yield Statement("syndication", element.get("href"), _passage(element), "microdata", element.get("href"))
            continue
        tokens = (element.get("class") or "").lower().split()
        if "u-syndication" in tokens and element.get("href"):
            yield Statement("syndication", element.get("href"), _passage(element), "microdata", element.get("href"))
            continue
        if "u-repost-of" in tokens or "u-quotation-of" in tokens:
            href = element.get("href") or next((a.get("href") for a in element.iter("a") if a.get("href")), None)
            if href:
                yield Statement("original_url", href, _passage(element), "microdata", href)
            continue
        role = next((classes[token] for token in tokens if token in classes), None)
        if role is None and any(token.endswith(("__location", "__dateline", "-dateline", "_dateline")) for token in tokens):
            role = "dateline"
        if role is not None:
            yield from _by_class(element, role, tokens)


def _by_class(element: lxml.html.HtmlElement, role: str, tokens: list[str]) -> Iterator[Statement]:
    """The words of an element whose class names a credit; what hNews marks inside it is the name."""
    inner = next(
        (e for e in element.iter() if isinstance(e.tag, str) and {"fn", "org"} & set((e.get("class") or "").lower().split())),
        element,
    )
    words = tidy(inner.text_content())
    if "copyright" in tokens or (re.search(r"[©\d]{1,4}", words) and role != "dateline"):
        return
    words = _class_lead().sub("", words)
    if not words:
        image = next(iter(element.iter("img")), None)
        words = tidy(image.get("alt") or "") if image is not None else ""
    if words and len(words) <= _LONGEST_WORDS:
        link = next((a.get("href") for a in element.iter("a") if links.is_web(a.get("href") or "")), None)
        yield Statement(role, words, _passage(element), "microdata", link)


def _within(element: lxml.html.HtmlElement, other: lxml.html.HtmlElement) -> bool:
    return any(parent is other for parent in element.iterancestors())


def _scope(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The thing that a property is said of: the nearest element around it that starts one."""
    for parent in element.iterancestors():
        if parent.get("itemscope") is not None or parent.get("typeof") or parent.get("itemtype"):
            return parent
    return None


def _scoped(element: lxml.html.HtmlElement) -> bool:
    scope = _scope(element)
    return scope is not None and scope.tag not in ("html", "head", "body")


def _is_text(scope: lxml.html.HtmlElement) -> bool:
    kind = (scope.get("itemtype") or scope.get("typeof") or "").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    return kind in _texts() or not kind


def _value(element: lxml.html.HtmlElement, done: set[lxml.html.HtmlElement]) -> Any:
    """What a property's element says: the name of the thing inside it, an address, a time, or its words."""
    if element.get("itemscope") is not None or element.get("typeof"):
        inner: dict[str, Any] = {"@type": element.get("itemtype") or element.get("typeof") or ""}
        for child in element.iter():
            if child is element or not isinstance(child.tag, str):
                continue
            names_it = (child.get("itemprop") or child.get("property") or "").rsplit(":", 1)[-1]
            if names_it in ("name", "url", "address", "addressLocality"):
                done.add(child)
                key = "name" if names_it.startswith("address") else names_it
                inner.setdefault(key, _plain(child))
            elif names_it:
                done.add(child)
        if "name" not in inner and "url" not in inner:
            inner["name"] = tidy(element.text_content())[:_LONGEST_WORDS]
        return inner
    inside = next(
        (c for c in element.iter() if c is not element and isinstance(c.tag, str) and c.get("itemprop") == "name"), None
    )
    if inside is not None:
        done.add(inside)
        return _plain(inside)
    return _plain(element)


def _plain(element: lxml.html.HtmlElement) -> str:
    for attribute in ("content", "datetime"):
        if element.get(attribute):
            return tidy(element.get(attribute) or "")
    words = tidy(element.text_content())
    if element.tag in ("a", "link") and (
        not words or (element.get("itemprop") or "").lower() in ("isbasedon", "isbasedonurl", "url")
    ):
        return (element.get("href") or "").strip()
    if element.tag == "img":
        return (element.get("alt") or "").strip()
    return words if len(words) <= _LONGEST_WORDS else ""


def _passage(element: lxml.html.HtmlElement) -> str:
    """The element as markup, without its tail; its words alone where it is long."""
    count = sum(1 for _ in zip(element.iter(), range(40), strict=False))
    if count >= 40:
        return tidy(element.text_content())[:_LONGEST_WORDS]
    return tidy(lxml.html.tostring(element, encoding="unicode", with_tail=False))


def _pixel(element: lxml.html.HtmlElement, tags: Tags) -> Iterator[Statement]:
    address = " ".join(filter(None, (element.get("src"), element.get("id"), element.get("class"))))
    name = _pixels().get(links.host(element.get("src") or ""))
    if name is not None:
        yield Statement("original", name, tags.written(element), "microdata")
    elif any(mark in address.lower() for mark in _pixel_marks()) and links.is_web(element.get("src") or ""):
        yield Statement("original", links.host(element.get("src") or ""), tags.written(element), "microdata")


@cache
def _class_lead() -> re.Pattern[str]:
    lines = vocabulary.load("credits")["lines"]
    return re.compile(rf"^(?:{'|'.join([*lines['byline_words'], *lines['source_label'], 'from'])})\s*:?\s+", re.I)


@cache
def _roles(group: str) -> dict[str, str]:
    return {name: role for role, listed in vocabulary.load("credits")[group].items() for name in listed}


@cache
def _pixels() -> dict[str, str]:
    hosts: dict[str, str] = vocabulary.load("credits")["pixels"]
    return hosts


@cache
def _pixel_marks() -> tuple[str, ...]:
    return tuple(vocabulary.load("credits")["pixel_marks"]["words"])


@cache
def _saved_from() -> frozenset[str]:
    return frozenset(vocabulary.load("credits")["archives"]["saved_from"])


@cache
def _texts() -> frozenset[str]:
    types = vocabulary.load("credits")["types"]
    return frozenset(types["article"]) | frozenset(types["page"])
