"""An item of a feed, kept as a JSON record with its own HTML, to units and facts."""

from __future__ import annotations

import json
from typing import Any

from warlog.collect.encoding import NotTextError, decode
from warlog.collect.records import storable
from warlog.errors import InputError
from warlog.read.credits import PageFacts
from warlog.read.embedded import without_data
from warlog.read.html import read_html
from warlog.read.plain import read_plain
from warlog.read.pubdate import parse_day
from warlog.read.units import Unit, tidy
from warlog.records import Capture

_TEXTS = ("title", "url", "publisher", "author", "language", "copyright", "original_publisher", "agency")
_KEPT = ("id", "updated", "enclosures", "original_url")


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
    facts.published = parse_day(item.get("published")) or parse_day(item.get("updated"))
    themes = item.get("themes")
    if isinstance(themes, list):
        facts.themes = [tidy(storable(theme)) for theme in themes if isinstance(theme, str) and tidy(theme)]
    extra: dict[str, object] = {key: item[key] for key in _KEPT if item.get(key)}
    if facts.published is None and item.get("published"):
        extra["published"] = item["published"]
    return units, facts, extra
