"""Bytes to a Document: the one way in, for whatever format a capture has."""

from __future__ import annotations

from collections.abc import Sequence

from warlog.collect.encoding import NotTextError, decode
from warlog.errors import InputError
from warlog.read import body, links
from warlog.read.credits import PageFacts, read_credits
from warlog.read.furniture import mark
from warlog.read.html import read_html
from warlog.read.identify import language_of
from warlog.read.markdown import read_markdown
from warlog.read.matter import facts_of
from warlog.read.plain import read_plain
from warlog.read.records import read_record
from warlog.read.units import Unit
from warlog.records import Capture, Document, MediaLink


def read_document(capture: Capture, data: bytes) -> Document:
    """The document that a capture's bytes hold: clean text, credits, and the furniture that was cut.

    The document's id is the capture's name. Raises InputError if there is no text to be had from the bytes.
    """
    if capture.media_type == "application/json":
        return read_record(capture, data)
    try:
        source = decode(data, markup=capture.media_type == "text/html")
    except NotTextError as error:
        raise InputError(f"{capture.source} is a binary file, not text.") from error
    if capture.media_type == "text/html":
        units, facts = read_html(capture.source, source)
        extra: dict[str, object] = {}
    elif capture.media_type == "text/markdown":
        units, fields = read_markdown(source)
        facts, extra = facts_of(fields)
    else:
        units, facts, extra = read_plain(source), PageFacts(), {}
    document = _document(capture, units, facts)
    document.extra.update(extra)
    return document


def _document(capture: Capture, units: list[Unit], facts: PageFacts) -> Document:
    marked = mark(units, facts.title)
    title = units[marked.title].text if marked.title is not None else None
    said = read_credits(units, marked, facts)
    body.cut_media(units)
    text = body.build_text(units)
    if not text.strip():
        raise InputError(f"{capture.source} holds no text beside its page furniture.")
    document = Document(
        document_id=capture.name,
        capture_id=capture.capture_id,
        sha256=capture.sha256,
        text=text,
        title=title or facts.title,
        url=facts.url,
        publisher=said.publisher,
        original_publisher=said.original_publisher,
        byline=said.byline,
        author=said.author,
        agency=said.agency,
        copyright=said.copyright,
        published=said.published,
        language=language_of(text, facts.language),
        regions=said.regions,
        themes=said.themes,
        series=said.series,
        furniture=body.list_furniture(units),
    )
    _addresses(document, units)
    return document


def _addresses(document: Document, units: Sequence[Unit]) -> None:
    """The media, links and e-mail addresses of a page, each once, in page order."""
    media: dict[str, MediaLink] = {}
    others: dict[str, None] = {}
    for unit in units:
        for shown in unit.media:
            media.setdefault(shown.url, shown)
        for _, url in unit.links:
            kind = links.media_kind(url) if links.is_web(url) else None
            if kind is not None and (unit.kind in (None, "media_link") or kind not in ("social", "image")):
                media.setdefault(url, MediaLink(url, kind))
            elif links.is_web(url):
                others.setdefault(url)
    document.media = list(media.values())
    document.links = [url for url in others if url not in media]
    found = [address for unit in units for address in links.emails(f"{unit.raw} {' '.join(url for _, url in unit.links)}")]
    document.emails = list(dict.fromkeys(found))
