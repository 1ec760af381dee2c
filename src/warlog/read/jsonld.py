"""What the JSON-LD of a page says of its text: the object that describes it, among all that a page describes.

Pages carry several such scripts, graphs whose objects name one another by id, lists of other articles, and JSON that
no parser takes. It is mended where that is plain, and otherwise passed over.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import lxml.html

from warlog import vocabulary
from warlog.read.units import comparable

#: Longer scripts, or more objects in them, describe a shop or an archive.
_MAX_JSON = 2_000_000
_MAX_OBJECTS = 2000
#: How many keys of broken JSON are tried one by one.
_MAX_TRIES = 300
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_TRAILING = re.compile(r",(?=\s*[}\]])")
_COMMENT = re.compile(r"(?m)^\s*//[^\n]*$|/\*[^*]{0,2000}\*/")
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
_MISSING_COMMA = re.compile(r'(["\]}\d])(\s*\n\s*)(?=")')


@dataclass(slots=True)
class Described:
    """The object that describes a page's text, with what it stands in."""

    article: dict[str, Any] = field(default_factory=dict)
    #: the page's and site's own objects: they name the publisher where the article does not
    pages: list[dict[str, Any]] = field(default_factory=list)
    #: the script's text, for finding the passage again
    source: str = ""
    by_id: dict[str, dict[str, Any]] = field(default_factory=dict)

    def resolved(self, value: Any) -> Any:
        """A value that only points to another object of the page, as that object."""
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.get("name"):
            found = self.by_id.get(value["@id"])
            return found if found is not None else value
        if isinstance(value, list):
            return [self.resolved(item) for item in value[:50]]
        return value

    def passage(self, key: str, value: Any) -> str:
        """The key and its value as the script writes them; written anew where they cannot be found there."""
        decoder = json.JSONDecoder(strict=False)
        for number, found in enumerate(re.finditer(rf'"{re.escape(key)}"\s*:\s*', self.source)):
            if number >= 30:
                break
            try:
                read, end = decoder.raw_decode(self.source, found.end())
            except (ValueError, RecursionError):
                continue
            if read == value:
                return self.source[found.start() : end]
        try:
            return json.dumps({key: value}, ensure_ascii=False)[1:-1]
        except (ValueError, RecursionError):
            return f'"{key}"'


def describe_page(tree: lxml.html.HtmlElement, title: str | None, urls: list[str]) -> Described:
    """The object for the page's text, told from others by the page's title and addresses; empty if there is none."""
    found: list[tuple[int, dict[str, Any], str]] = []
    described = Described()
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = script.text_content()
        if len(source) > _MAX_JSON:
            continue
        for item, listed in _objects(_parse(source)):
            identity = item.get("@id")
            if isinstance(identity, str) and len(item) > 1:
                described.by_id.setdefault(identity, item)
            kinds = _kinds(item)
            if kinds & _types("page"):
                described.pages.append(item)
            if kinds & _types("article") or any(kind.endswith(("Article", "Posting")) for kind in kinds):
                found.append((_fit(item, listed, title, urls), item, source))
    best = max(found, key=lambda entry: entry[0], default=None)
    if best is not None and best[0] >= 0:
        described.article, described.source = best[1], best[2]
    return described


def _kinds(item: dict[str, Any]) -> set[str]:
    kind = item.get("@type")
    listed = kind if isinstance(kind, list) else [kind]
    return {str(one).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for one in listed if one}


def _fit(item: dict[str, Any], listed: bool, title: str | None, urls: list[str]) -> int:
    """How well an object fits the page: below 0 if it is another text's."""
    headline = item.get("headline") or item.get("name")
    points = 1 if isinstance(item.get("headline"), str) else 0
    points += sum(1 for key in ("author", "publisher", "datePublished", "articleBody", "creator") if item.get(key))
    points += 1 if "News" in str(item.get("@type")) else 0
    if "Video" in str(item.get("@type")) or "Review" in str(item.get("@type")) or item.get("@type") == "CreativeWork":
        points -= 3
    if isinstance(headline, str) and title:
        ours, theirs = comparable(title), comparable(html.unescape(headline))
        if theirs and (theirs in ours or ours in theirs or theirs[:40] == ours[:40]):
            points += 10
        elif listed:
            return -1
    elif listed:
        return -1
    own = {item.get("url"), item.get("@id"), _entity(item)}
    if any(isinstance(one, str) and one.split("#")[0] in urls for one in own):
        points += 10
    return points


def _entity(item: dict[str, Any]) -> Any:
    entity = item.get("mainEntityOfPage")
    return entity.get("@id") or entity.get("url") if isinstance(entity, dict) else entity if isinstance(entity, str) else None


def _objects(data: Any) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each object of the data, and whether it only stands in a list of other things."""
    waiting: list[tuple[Any, bool]] = [(data, False)]
    seen = 0
    while waiting and seen < _MAX_OBJECTS:
        item, listed = waiting.pop(0)
        seen += 1
        if isinstance(item, list):
            waiting += [(one, listed) for one in item[:_MAX_OBJECTS]]
        elif isinstance(item, dict):
            yield item, listed
            for key, value in item.items():
                if isinstance(value, dict | list) and key != "@type":
                    waiting.append((value, listed or key.lower() in _others()))


def _parse(source: str) -> Any:
    text = _WRAPPING.sub("", _WRAPPING.sub("", source.strip())).strip().rstrip(";")
    for mend in (lambda t: t, _mended, lambda t: _mended(html.unescape(t)), _cut):
        try:
            return json.loads(mend(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return _pieces(text)


def _mended(text: str) -> str:
    text = _COMMENT.sub("", text)
    text = _BAD_ESCAPE.sub(r"\\\\", text)
    return _TRAILING.sub("", _MISSING_COMMA.sub(r"\1,\2", text))


def _cut(text: str) -> str:
    """A script that was cut off, or has more closing brackets than it opened: its first whole value."""
    _, end = json.JSONDecoder(strict=False).raw_decode(text)
    return text[:end]


def _pieces(text: str) -> Any:
    """What can still be read of JSON that cannot be mended: the values of single keys."""
    if not re.search(r'"@type"\s*:\s*\[?\s*"[^"]{0,60}(?:Article|Posting)', text[:100_000]):
        return None
    decoder = json.JSONDecoder(strict=False)
    item: dict[str, Any] = {}
    for number, found in enumerate(re.finditer(r'"(@?[A-Za-z]{3,40})"\s*:\s*', text[:100_000])):
        if number > _MAX_TRIES:
            break
        try:
            value, _ = decoder.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            continue
        item.setdefault(found[1], value)
    return item


@cache
def _types(group: str) -> frozenset[str]:
    return frozenset(vocabulary.load("credits")["types"][group])


@cache
def _others() -> frozenset[str]:
    return frozenset(vocabulary.load("credits")["types"]["others"])
