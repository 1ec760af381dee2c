"""An item of a feed, kept as a JSON record with its own HTML, to units and facts.

What the feed says of the item goes before what the item's HTML says. Where it names an address at which the item stood
first, that is a credit like one of a page's markup; a feed that names the feed it took an item from tells who published it.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from warlog.collect.encoding import NotTextError, decode
from warlog.collect.records import storable
from warlog.errors import InputError
from warlog.read import links
from warlog.read.credits import PageFacts
from warlog.read.declared import Statement
from warlog.read.embedded import without_data
from warlog.read.html import read_html
from warlog.read.plain import read_plain
from warlog.read.pubdate import parse_day
from warlog.read.units import Unit, tidy
from warlog.records import Capture

_TEXTS = ("title", "url", "publisher", "author", "language", "copyright", "original_publisher", "agency")
_KEPT = ("id", "updated", "enclosures")
#: the address of a feed, by its path: what lies there is no article
_FEED = re.compile(r"(?:^|/)(?:feeds?|rss\d?|atom|index\.rdf)/?$|\.(?:rss|atom|rdf|xml)$", re.I)


def is_item(capture: Capture, data: bytes) -> bool:
    """Whether a JSON capture is an item of a saved feed, whose content is HTML, and no record with a clean text."""
    return capture.method == "feed_item" and b'"content_html"' in data


def facts_of_item(capture: Capture, data: bytes) -> tuple[list[Unit], PageFacts, dict[str, object]]:
    """The units of an item's content, what the feed says of it, and what of that has no field. Raises InputError."""
    try:
        item: Any = json.loads(decode(data))
    except (NotTextError, ValueError, RecursionError) as error:
        raise InputError(f"{capture.source} is an item of a feed that is no sound JSON.") from error
    html = item.get("content_html") if isinstance(item, dict) else None
    if not isinstance(html, str):
        text = item.get("text") if isinstance(item, dict) else None
        units, facts = read_plain(text if isinstance(text, str) else ""), PageFacts()
    else:
        units, facts = read_html(capture.source, f"<html><body><article>{without_data(storable(html))}</article></body></html>")
    for name in _TEXTS:
        value = item.get(name)
        if isinstance(value, str) and tidy(value):
            setattr(facts, name, tidy(storable(value)))
    facts.where = "feed"
    first = _first_address(item.get("original_url"))
    facts.statements += first
    facts.published = parse_day(item.get("published")) or parse_day(item.get("updated"))
    themes = item.get("themes")
    if isinstance(themes, list):
        facts.themes = [tidy(storable(theme)) for theme in themes if isinstance(theme, str) and tidy(theme)]
    extra: dict[str, object] = {key: item[key] for key in _KEPT if item.get(key)}
    if facts.published is None and item.get("published"):
        extra["published"] = item["published"]
    if not first and item.get("original_url"):
        extra["original_url"] = item["original_url"]
    return units, facts, extra


def _first_address(value: object) -> list[Statement]:
    """Where the item stood first, as a statement of the feed; of the feed it was taken from, only the host tells anything."""
    address = tidy(storable(value)) if isinstance(value, str) else ""
    if not links.is_web(address) or not links.host(address):
        return []
    path = urlsplit(address).path
    return [Statement("original_url", links.host(address) if _FEED.search(path) else address, address, "feed")]
