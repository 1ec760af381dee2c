"""A record of a JSON Lines file to a document. Its text is clean already and stays as it is, character for character."""

from __future__ import annotations

from typing import Any

from warlog.collect.records import BadRecordError, parse, storable
from warlog.errors import InputError
from warlog.read import links
from warlog.read.credits import PageFacts, read_credits
from warlog.read.furniture import Marked
from warlog.read.headlines import author_of, byline_of, read_headline
from warlog.read.identify import language_of
from warlog.read.pubdate import find_day, parse_day
from warlog.read.units import Unit, tidy
from warlog.records import Capture, Credit, Document, MediaLink

_TEXTS = (
    "title",
    "url",
    "publisher",
    "original_publisher",
    "byline",
    "author",
    "agency",
    "copyright",
    "language",
    "original_url",
    "dateline",
)
#: Those of them, and others, that are credits.
_CREDITS = (
    "byline", "author", "agency", "publisher", "original_publisher", "original_url", "dateline", "copyright", "published",
)  # fmt: skip
_LISTS = ("regions", "themes", "series")
#: A date of publication that the record does not give may stand in the first words of its text.
_START = 60


def read_record(capture: Capture, data: bytes) -> Document:
    """The document of one record. Keys that Warlog does not know go to `extra`. Raises InputError."""
    try:
        record = parse(data)
    except BadRecordError as error:
        line = "" if capture.record_number is None else f", line {capture.record_number}"
        raise InputError(f"{capture.source}{line}: {error}.") from error
    document = Document(
        document_id=capture.name, capture_id=capture.capture_id, sha256=capture.sha256, text=storable(record["text"])
    )
    for key, value in record.items():
        if key in ("id", "text", "published") or (key in (*_TEXTS, *_LISTS) and _take(document, key, value)):
            continue
        document.extra[storable(key)] = _storable(value)
    document.published = parse_day(record.get("published"))
    if document.published is None and record.get("published") not in (None, ""):
        # Kept, though it is no day that we could read.
        document.extra["published"] = _storable(record["published"])
    _complete(document)
    return document


def _take(document: Document, key: str, value: Any) -> bool:
    """Put a known key's value into the document; False if it is not of the kind that the field holds."""
    if value is None:
        return True
    if key in _LISTS:
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
            return False
        setattr(document, key, [tidy(item) for item in values if tidy(item)])
        return True
    if not isinstance(value, str):
        return False
    setattr(document, key, tidy(value) or None)
    return True


def _complete(document: Document) -> None:
    """Add what the text itself says and the record did not. The text is not touched."""
    paragraphs = [tidy(part) for part in document.text.split("\n") if part.strip()]
    units = [Unit(part, part, number) for number, part in enumerate(paragraphs)]
    given = [Credit(kind, value, f'"{kind}": "{value}"', "record") for kind in _CREDITS if (value := getattr(document, kind))]
    said = read_credits(units, Marked(), PageFacts())
    document.credits = [*given, *said.found]
    document.agency = document.agency or said.agency
    document.dateline = document.dateline or said.dateline
    if document.byline is None:
        document.byline = next((line for line in map(byline_of, paragraphs[:4]) if line), None) if len(paragraphs) > 1 else None
    if document.author is None and document.byline is not None:
        document.author = author_of(document.byline)
    if document.published is None:
        document.published = said.published or _first_day(paragraphs)
    document.language = language_of(document.text, document.language)
    for url in dict.fromkeys(links.urls(document.text)):
        kind = links.media_kind(url)
        if kind is None:
            document.links.append(url)
        else:
            document.media.append(MediaLink(url, kind))
    document.emails = links.emails(document.text)


def _first_day(paragraphs: list[str]) -> str | None:
    """A date that opens the text, or stands in a line of its own at its head."""
    for paragraph in paragraphs[:4]:
        line = read_headline(paragraph)
        if line is not None and line.day:
            return line.day
    found = find_day(paragraphs[0][: _START * 2]) if paragraphs else None
    if found is None:
        return None
    line = read_headline(paragraphs[0][: found.end])
    return found.day if found.start <= _START and line is not None else None


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {storable(key): _storable(item) for key, item in value.items()}
    return value
