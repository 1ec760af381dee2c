"""Saved feeds to captures: each item of an RSS, Atom, RDF or JSON feed is one.

The bytes of an item are a JSON record made of it: keys in order, the item's own HTML unchanged in `content_html`, or its
words in `text`. The same item of the same feed gives the same bytes, in whatever order the feed lists its items.
"""

from __future__ import annotations

import calendar
import dataclasses
import html as markup
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import IO, Any

from warlog.collect import bounds
from warlog.collect.encoding import NotTextError, charset_of, decode
from warlog.collect.guard import Found
from warlog.collect.origin import Origin
from warlog.collect.records import storable
from warlog.errors import InputError

#: A feed has dozens of items, an archived one thousands.
MAX_ITEMS = 20_000
MAX_FEED_BYTES = 32 * 1024 * 1024
#: Tags of a feed, and how deep they may nest; a feed nests five deep.
_MAX_TAGS = 600_000
_MAX_NESTING = 200

_ENTITY = re.compile(r"<!ENTITY\b", re.I)
_SECTIONS = {"<![CDATA[": "]]>", "<!--": "-->"}
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", re.I)
_SPACE = re.compile(r"\s+")


class BadFeedError(ValueError):
    """The bytes are no feed that can be read; the message goes on after the file's name."""


def feed_captures(stream: IO[bytes], origin: Origin) -> Iterator[Found]:
    """The items of an RSS, Atom or RDF feed."""
    return _captures(stream, origin, json_feed=False)


def json_feed_captures(stream: IO[bytes], origin: Origin) -> Iterator[Found]:
    """The items of a JSON Feed."""
    return _captures(stream, origin, json_feed=True)


def _captures(stream: IO[bytes], origin: Origin, *, json_feed: bool) -> Iterator[Found]:
    data = stream.read(MAX_FEED_BYTES + 1)
    content_type = next((value for name, value in origin.headers if name.lower() == "content-type"), None)
    try:
        if len(data) > MAX_FEED_BYTES:
            raise BadFeedError(f"is larger than {bounds.shown_size(MAX_FEED_BYTES)}, which is no feed")
        records, fault = read_json_feed(data) if json_feed else read_feed(data, content_type)
    except BadFeedError as error:
        yield InputError(f"{origin.shown} {error}.")
        return
    for record in records[:MAX_ITEMS]:
        yield _item(record, origin)
    if len(records) > MAX_ITEMS:
        yield InputError(f"{origin.shown} has {len(records)} items; the first {MAX_ITEMS} were read.")
    if fault:
        yield InputError(f"{origin.shown} {fault}; {len(records)} item{'s' * (len(records) != 1)} could be read of it.")
    elif not records:
        yield InputError(f"{origin.shown} is a feed without items.")


def _item(record: dict[str, Any], origin: Origin) -> Found:
    data = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
    name = str(record.get("url") or record.get("id") or record.get("title") or "item")
    inner = origin.inside(str(record.get("id") or name), "feed_item", listed=False)
    source = f"{origin.source}!{record.get('id') or name}"
    inner = dataclasses.replace(inner, source=source, name=name)
    return inner.capture(data, "application/json", url=record.get("url")), data


def read_feed(data: bytes, content_type: str | None = None) -> tuple[list[dict[str, Any]], str | None]:
    """The items of an RSS, Atom or RDF feed as records, and what is wrong with the feed if not all of it could be read.

    Raises BadFeedError for what is no feed or was made to do harm.
    """
    import feedparser

    try:
        text = decode(data, markup=True, declared=charset_of(content_type))
    except NotTextError as error:
        raise BadFeedError("is a binary file, not a feed") from error
    text = _whole(text)
    # Decoded by us, so that the declaration of an encoding in it no longer holds.
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).encode("utf-8", "replace")
    try:
        parsed = feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # the library promises not to raise, and does on some feeds
        raise BadFeedError("is no feed that can be read") from error
    if not parsed.get("version") and not parsed.entries:
        raise BadFeedError("is no feed that can be read")
    feed = parsed.feed
    records = [record for record in (_record(entry, feed) for entry in parsed.entries) if record is not None]
    return records, "is not well-formed XML" if _torn(parsed) else None


def _torn(parsed: Any) -> bool:
    error = parsed.get("bozo_exception") if parsed.get("bozo") else None
    return error is not None and "SAX" in type(error).__name__


def _whole(text: str) -> str:
    """The text up to a CDATA section or comment that does not end, over which the parser would take minutes.

    Raises BadFeedError for entities, which can be made to grow without end, and for nesting that no feed has.
    """
    if _ENTITY.search(text):
        raise BadFeedError("declares XML entities, which no feed needs, and is not read")
    depth = tags = position = 0
    while (start := text.find("<", position)) >= 0:
        mark = next((mark for mark in _SECTIONS if text.startswith(mark, start)), "<")
        end = text.find(_SECTIONS.get(mark, ">"), start)
        if end < 0:
            return text[:start]
        position = end + 1
        if mark != "<" or text[end - 1] == "/" or not (text[start + 1] == "/" or text[start + 1].isalpha()):
            continue
        tags += 1
        depth += -1 if text[start + 1] == "/" else 1
        if depth > _MAX_NESTING or tags > _MAX_TAGS:
            raise BadFeedError("has more tags, or nests them deeper, than any feed")
    return text


def _record(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, Any] | None:
    html, text = _content(entry)
    source = entry.get("source") or {}
    record: dict[str, Any] = {
        "id": _text(entry.get("id")),
        "url": _web(entry.get("link")),
        "title": _plain(entry.get("title")),
        "author": _text(entry.get("author")),
        "published": _day(entry, "published") or _day(entry, "created"),
        "updated": _day(entry, "updated"),
        "publisher": _plain(feed.get("title")),
        "language": _text(entry.get("language")) or _text(feed.get("language")),
        "copyright": _plain(entry.get("rights")) or _plain(feed.get("rights")),
        "themes": [term for term in (_text(tag.get("term")) for tag in entry.get("tags") or []) if term],
        "original_publisher": _plain(source.get("title")),
        "original_url": _web(source.get("href")) or _web(source.get("link")),
        "enclosures": [link for link in (_web(one.get("href")) for one in entry.get("enclosures") or []) if link],
        "content_html": html,
        "text": text,
    }
    return _finished(record)


def _finished(record: dict[str, Any]) -> dict[str, Any] | None:
    """The record without its empty keys; an item of a headline only has it for its text. None for an empty item."""
    if not record.get("content_html") and not record.get("text"):
        record["text"] = record.get("title")
    if not record.get("content_html") and not record.get("text"):
        return None
    if not record.get("id") and not record.get("url"):
        record["id"] = record.get("title") or str(record.get("text") or record.get("content_html"))[:80]
    return {key: value for key, value in record.items() if value}


def _content(entry: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The fullest content of an item: as HTML, or as words where it has no markup."""
    pieces: list[tuple[str, str]] = [
        (storable(str(one.get("value") or "")), str(one.get("type") or "")) for one in entry.get("content") or []
    ]
    detail = entry.get("summary_detail") or {}
    pieces.append((storable(str(entry.get("summary") or "")), str(detail.get("type") or "")))
    value, kind = max(pieces, key=lambda piece: len(piece[0]))
    return _split(value, plain=kind == "text/plain" and not _MARKUP.search(value))


def _split(value: str, *, plain: bool) -> tuple[str | None, str | None]:
    if not value.strip():
        return None, None
    return (None, value.strip()) if plain or not _MARKUP.search(value) else (value, None)


def _day(entry: Mapping[str, Any], key: str) -> str | None:
    """A time as ISO 8601 in UTC; as the feed writes it where it is in no format that is known."""
    if key not in entry:
        return None
    parsed = entry.get(f"{key}_parsed")
    if parsed:
        try:
            return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat(timespec="seconds")
        except (ValueError, OverflowError, OSError):
            pass
    return _text(entry.get(key))


def read_json_feed(data: bytes) -> tuple[list[dict[str, Any]], str | None]:
    """The items of a JSON Feed as records, as `read_feed` gives them. Raises BadFeedError."""
    try:
        feed = json.loads(decode(data))
    except (NotTextError, ValueError, RecursionError) as error:
        raise BadFeedError("is no JSON Feed that can be read: it is not sound JSON") from error
    listed = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(listed, list):
        raise BadFeedError("is no JSON Feed that can be read: it has no list of items")
    made = [_json_record(item, feed) for item in listed if isinstance(item, dict)]
    odd = len(listed) - len(made)
    return [record for record in made if record is not None], f"has {odd} items that are no objects" if odd else None


def _json_record(item: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, Any] | None:
    html, text = _text_kept(item.get("content_html")), _text_kept(item.get("content_text"))
    if not html and not text:
        text = _text_kept(item.get("summary"))
    authors = item.get("authors") or ([item["author"]] if item.get("author") else feed.get("authors") or [])
    names = [_text(one.get("name")) for one in authors if isinstance(one, dict)] if isinstance(authors, Sequence) else []
    tags = item.get("tags")
    record: dict[str, Any] = {
        "id": _text(item.get("id")),
        "url": _web(item.get("url")),
        "title": _text(item.get("title")),
        "author": ", ".join(name for name in names if name),
        "published": _text(item.get("date_published")),
        "updated": _text(item.get("date_modified")),
        "publisher": _text(feed.get("title")),
        "language": _text(item.get("language")) or _text(feed.get("language")),
        "themes": [tag for tag in map(_text, tags) if tag] if isinstance(tags, list) else [],
        "original_url": _web(item.get("external_url")),
        "content_html": html,
        "text": None if html else text,
    }
    return _finished(record)


def _text_kept(value: object) -> str | None:
    return storable(value) if isinstance(value, str) and value.strip() else None


def _text(value: object) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return storable(_SPACE.sub(" ", value).strip()) or None if isinstance(value, str) else None


def _plain(value: object) -> str | None:
    """A title's words: feeds escape them once or twice."""
    text = _text(value)
    return None if text is None else _text(markup.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", text)))


def _web(value: object) -> str | None:
    text = _text(value)
    return text if text and text.lower().startswith(("http://", "https://")) else None
