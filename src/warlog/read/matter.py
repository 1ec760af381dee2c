"""Front matter to facts: what the fields before a Markdown page mean, under the names that site generators give them."""

from __future__ import annotations

from collections.abc import Mapping

from warlog.read.credits import PageFacts
from warlog.read.pubdate import parse_day
from warlog.read.units import tidy

_TEXTS = {
    "title": ("title", "headline"),
    "url": ("url", "link", "permalink", "address"),
    "canonical": ("canonical", "canonical_url"),
    "publisher": ("publisher", "site", "sitename", "site_name", "outlet", "publication", "newspaper", "website"),
    "author": ("author", "authors", "byline", "writer", "by"),
    "language": ("language", "lang", "locale"),
    "copyright": ("copyright", "rights", "license", "licence"),
    "original_publisher": ("original_publisher", "original publisher", "original source", "first_published_by", "source"),
    "agency": ("agency",),
}
_LISTS = {
    "regions": ("region", "regions"),
    "themes": ("tags", "tag", "categories", "category", "keywords", "topics", "topic", "themes", "theme", "section"),
    "series": ("series", "dossier", "in-depth report"),
}
_DATES = ("published", "date", "publish_date", "pubdate", "published_at", "date_published", "datepublished", "created")


def facts_of(fields: Mapping[str, str | list[str]]) -> tuple[PageFacts, dict[str, object]]:
    """The facts that front matter gives, and its fields that we do not know."""
    facts = PageFacts()
    known: set[str] = set()
    for name, keys in _TEXTS.items():
        for key in keys:
            value = fields.get(key)
            if value:
                known.add(key)
                if getattr(facts, name) is None:
                    setattr(facts, name, tidy(value if isinstance(value, str) else ", ".join(value)))
    for name, keys in _LISTS.items():
        for key in keys:
            value = fields.get(key)
            if value:
                known.add(key)
                parts = value.split(",") if isinstance(value, str) else value
                getattr(facts, name).extend(tidy(part) for part in parts if part.strip())
    for key in _DATES:
        value = fields.get(key)
        if isinstance(value, str) and parse_day(value):
            known.add(key)
            facts.published = facts.published or parse_day(value)
    return facts, {key: value for key, value in fields.items() if key not in known}
