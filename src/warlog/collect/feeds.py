"""Feeds: RSS, Atom, RDF and JSON Feed, as they come from the web, to the items in them.

Parsing is that of saved feeds (`items`); here a feed is bounded first, told from what is none, and its items get what
following a feed needs: an address each that stays the same from visit to visit, and the time of their last change.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from warlog.collect import web_address
from warlog.collect.encoding import NotTextError, decode
from warlog.collect.feeds_text import plain_text
from warlog.collect.feeds_thin import MOST_ITEMS, thin
from warlog.collect.items import BadFeedError, read_feed, read_json_feed
from warlog.collect.origin import capture_id, tool
from warlog.collect.web import Fetched
from warlog.collect.web_errors import WebError
from warlog.errors import InputError
from warlog.records import Capture

#: So many items of a feed are looked at, the newest; feeds have twenty or fifty.
MAX_ITEMS = 1000
#: So much of their bytes.
MAX_ITEM_BYTES = 6 * 1024 * 1024
#: A JSON Feed is read whole.
MAX_JSON_BYTES = 32 * 1024 * 1024
#: Keys of an item's record beside its text, in the order in which they are written.
_KEYS = ("title", "published", "author", "publisher", "language", "copyright", "themes", "original_publisher", "original_url")
_ALTERNATE = re.compile(rb"<link\b[^>]{0,1000}>", re.I)
_FEED_TYPE = re.compile(rb"application/(?:rss|atom|rdf|feed)\+(?:xml|json)", re.I)
_HREF = re.compile(rb"href\s*=\s*[\"']?([^\"'\s>]{1,2000})", re.I)


@dataclass(slots=True, frozen=True)
class Item:
    """One item of a feed."""

    #: address that names it from visit to visit: its page's, or the feed's with # and its id
    source: str
    #: address of its page, where it has one of its own
    link: str | None
    #: when it was changed last, else published, as the feed says; empty if it does not
    updated: str
    #: what the feed says of it: title, published, author, publisher, text ...
    record: dict[str, Any]


@dataclass(slots=True)
class Feed:
    """What one visit found in a feed."""

    items: list[Item] = field(default_factory=list)
    #: how many items there are in it, of which `items` are the newest
    total: int = 0
    #: what is wrong with it, where not all could be read
    fault: str | None = None


def parse_feed(fetched: Fetched) -> Feed:
    """The items of a feed, newest first. Raises InputError with a sentence if it is none, or made to do harm."""
    url = fetched.url
    data = fetched.data
    if not data.strip():
        raise InputError(f"{url} is empty.")
    try:
        if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            records, fault, total = _json(data)
        else:
            thinned = thin(data, MAX_ITEMS, MAX_ITEM_BYTES)
            if thinned.total == 0 and fetched.media_type == "text/html":
                raise InputError(_page_not_feed(url, data))
            if thinned.total > MOST_ITEMS:
                raise BadFeedError(f"has more than {MOST_ITEMS:,} items, which no feed has")
            if len(thinned.data) > 2 * MAX_ITEM_BYTES or (thinned.total == 0 and len(data) > MAX_ITEM_BYTES):
                raise BadFeedError("is too large to be a feed")
            records, fault = read_feed(thinned.data, fetched.header("content-type"))
            total = max(thinned.total, len(records))
    except BadFeedError as error:
        raise InputError(f"{url} {error}.") from error
    # Cut down to the newest already; here they are put in order. Those without a date come last, as the feed has them.
    records.sort(key=lambda record: _time(record.get("updated") or record.get("published")), reverse=True)
    return Feed(_items(records[:MAX_ITEMS], url), total, fault)


def _json(data: bytes) -> tuple[list[dict[str, Any]], str | None, int]:
    """The items of a JSON Feed, what is wrong with it, and how many items it has."""
    if len(data) > MAX_JSON_BYTES:
        raise BadFeedError("is too large to be a feed")
    records, fault = read_json_feed(data)
    return records, fault, len(records)


def _items(records: list[dict[str, Any]], url: str) -> list[Item]:
    links = [_link(record, url) for record in records]
    # Some feeds give all their items the address of one page, which then names none of them.
    shared = Counter(link for link in links if link is not None)
    found: dict[str, Item] = {}
    for record, link in zip(records, links, strict=True):
        own = link if link is not None and shared[link] == 1 else None
        source = own or f"{url}#{_name(record)}"
        updated = _time(record.get("updated") or record.get("published"))
        found.setdefault(source, Item(source, own, updated, record))
    return list(found.values())


def _time(said: object) -> str:
    """A time as ISO 8601 in UTC, so that times compare as texts do; what is no such time as it is, one without as empty."""
    text = str(said or "")
    try:
        time = datetime.fromisoformat(text)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return text[:100]


def _link(record: dict[str, Any], url: str) -> str | None:
    """The address of an item's page, as it would be asked for; None if it has none, or only the feed's own."""
    for given in (record.get("url"), record.get("id")):
        if isinstance(given, str) and given.lower().startswith(("http://", "https://")):
            try:
                link = str(web_address.parse(given))
            except WebError:
                continue
            return None if link == url else link
    return None


def _name(record: dict[str, Any]) -> str:
    """What tells an item without a page of its own from the others of its feed."""
    name = record.get("id")
    if isinstance(name, str) and len(name) <= 500:
        return name
    said = json.dumps([record.get("title"), record.get("published"), name], ensure_ascii=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def item_capture(item: Item, feed: Fetched, collector: str) -> tuple[Capture, bytes]:
    """The item itself as a capture, for want of its page. Raises InputError if there is no text in it.

    The bytes are a JSON record; the same item gives the same bytes whenever, and in whatever order, the feed lists it.
    """
    said = item.record
    text = plain_text(str(said.get("content_html") or said.get("text") or "")) or plain_text(str(said.get("title") or ""))
    if not text:
        raise InputError(f"{item.source} is an item without text.")
    record: dict[str, Any] = {"id": item.source}
    if item.link is not None:
        record["url"] = item.link
    record.update({key: said[key] for key in _KEYS if said.get(key)})
    if "published" not in record and said.get("updated"):
        # Some kinds of feeds have one date only, and it is read as this one.
        record["published"] = said["updated"]
    if said.get("content_html"):
        # The item's own HTML, unchanged: it holds the links and credits that the words alone have lost.
        record["content_html"] = said["content_html"]
    record["text"] = text
    data = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    sha256 = hashlib.sha256(data).hexdigest()
    capture = Capture(
        capture_id=capture_id(item.source, None, sha256),
        sha256=sha256,
        size=len(data),
        source=item.source,
        name=item.source,
        media_type="application/json",
        retrieved_at=feed.retrieved_at,
        method="feed_item",
        url=item.link or feed.url,
        # The answer's status and headers were the feed's, and are not said of these bytes.
        container=feed.final_url,
        container_sha256=hashlib.sha256(feed.data).hexdigest(),
        tool=tool(),
        collector=collector,
    )
    return capture, data


def _page_not_feed(url: str, data: bytes) -> str:
    """That an address is a page, with the feed that the page names, if it does."""
    for tag in _ALTERNATE.finditer(data[:1_000_000]):
        href = _HREF.search(tag[0])
        if href is not None and _FEED_TYPE.search(tag[0]):
            try:
                named = web_address.parse(url).join(decode(href[1]).replace("&amp;", "&"))
                return f"{url} is a web page, not a feed; it names the feed {web_address.shown(named)}."
            except (NotTextError, WebError):
                continue
    return f"{url} is a web page, not a feed."
