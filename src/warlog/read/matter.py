"""Front matter to facts: what the fields before a Markdown page mean, under the names that site generators give them."""

from __future__ import annotations

from collections.abc import Mapping

from warlog.read import links
from warlog.read.credits import PageFacts
from warlog.read.declared import Statement
from warlog.read.pubdate import parse_day
from warlog.read.units import tidy

_TEXTS = {
    "title": ("title", "headline"),
    "url": ("url", "link", "permalink", "address"),
    "canonical": ("canonical", "canonical_url", "canonicalurl"),
    "publisher": ("publisher", "site", "sitename", "site_name", "outlet", "publication", "newspaper", "website"),
    "author": ("author", "authors", "byline", "writer", "by"),
    "language": ("language", "lang", "locale"),
    "copyright": ("copyright", "rights", "license", "licence"),
    "original_publisher": ("original_publisher", "original publisher", "original source", "first_published_by", "source"),
    "agency": ("agency",),
}
#: Texts that are more than one field of the page: several writers, an address.
_ROLES = {"author": "author", "canonical": "canonical"}
_LISTS = {
    "regions": ("region", "regions"),
    "themes": ("tags", "tag", "categories", "category", "keywords", "topics", "topic", "themes", "theme", "section"),
    "series": ("series", "dossier", "in-depth report"),
}
_DATES = ("published", "date", "publish_date", "pubdate", "published_at", "date_published", "datepublished", "created")


def facts_of(fields: Mapping[str, str | list[str]]) -> tuple[PageFacts, dict[str, object]]:
    """The facts that front matter gives, and its fields that we do not know."""
    facts = PageFacts(where="front-matter")
    known: set[str] = set()
    for name, keys in _TEXTS.items():
        for key in keys:
            value = fields.get(key)
            if value:
                known.add(key)
                if getattr(facts, name) is None:
                    given = tidy(value if isinstance(value, str) else ", ".join(value))
                    if name == "original_publisher" and links.is_web(given):
                        facts.statements.append(Statement("original_url", given, f"{key}: {given}", "front-matter"))
                        continue
                    setattr(facts, name, given)
                    facts.passages[name] = f"{key}: {given}"
                    if name in _ROLES:
                        facts.statements.append(Statement(_ROLES[name], given, f"{key}: {given}", "front-matter"))
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
            facts.passages.setdefault("published", f"{key}: {value}")
    return facts, {key: value for key, value in fields.items() if key not in known}
