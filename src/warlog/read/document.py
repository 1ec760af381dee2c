"""Bytes to a Document: the one way in, for whatever format a capture has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warlog.collect.encoding import NotTextError, charset_of, decode
from warlog.errors import InputError
from warlog.read import body, links
from warlog.read.credits import PageFacts, read_credits
from warlog.read.embedded import without_data
from warlog.read.furniture import mark
from warlog.read.html import read_html
from warlog.read.identify import language_of
from warlog.read.items import facts_of_item, is_item
from warlog.read.mail import read_mail
from warlog.read.markdown import read_markdown
from warlog.read.matter import facts_of
from warlog.read.mhtml import page_of
from warlog.read.pdf import read_pdf
from warlog.read.plain import read_plain
from warlog.read.records import read_record
from warlog.read.units import Unit, tidy
from warlog.records import Capture, Document, MediaLink

#: Characters of one page; the longest books have five million.
MAX_TEXT = 16_000_000
#: A longer row of brackets takes the Markdown parser minutes.
_MAX_MARKS = 100_000
#: Elements of an HTML page; the longest chronicles have fifty thousand, and more take the readers ten seconds.
_MAX_ELEMENTS = 150_000
_OPENING = re.compile(r"<[a-zA-Z]")


def read_document(capture: Capture, data: bytes) -> Document:
    """The document that a capture's bytes hold: clean text, credits, and the furniture that was cut.

    The document's id is the capture's name. Raises InputError if there is no text to be had from the bytes.
    """
    if capture.media_type == "application/json" and not is_item(capture, data):
        return read_record(capture, data)
    units, facts, extra = _read(capture, data)
    # The address that the page was got from is sure; what the page says of itself may be the address of another.
    facts.url = capture.final_url or capture.url or facts.url
    document = _document(capture, units, facts)
    document.extra.update(extra)
    return document


def _read(capture: Capture, data: bytes) -> tuple[list[Unit], PageFacts, dict[str, object]]:
    """The units of the bytes, what their format says of them, and what of that has no field."""
    source = capture.source
    match capture.media_type:
        case "application/json":
            return facts_of_item(capture, data)
        case "application/pdf":
            return read_pdf(source, data)
        case "message/rfc822":
            return _mail(capture, data)
        case "multipart/related":
            text, _, saved = page_of(source, data)
            units, facts = _html(capture, text)
            return units, facts, {"saved": saved} if saved else {}
        case "text/html":
            units, facts = _html(capture, _text(capture, data))
            return units, facts, {}
        case "text/markdown":
            return _markdown(capture, _bounded(capture, _text(capture, data)))
        case _:
            return read_plain(_bounded(capture, _text(capture, data))), PageFacts(), {}


def _html(capture: Capture, text: str) -> tuple[list[Unit], PageFacts]:
    text = _bounded(capture, without_data(text))
    if text.count("<") > _MAX_ELEMENTS and sum(1 for _ in _OPENING.finditer(text)) > _MAX_ELEMENTS:
        raise InputError(f"{capture.source} has more than {_MAX_ELEMENTS} HTML elements, which is no page of news.")
    return read_html(capture.source, text)


def _bounded(capture: Capture, text: str) -> str:
    """The text, if it is not longer than any page: the readers need many times its length of memory."""
    if len(text) > MAX_TEXT:
        raise InputError(
            f"{capture.source} holds more than {MAX_TEXT // 1_000_000} million characters, which is no page of text."
        )
    return text


def _markdown(capture: Capture, text: str) -> tuple[list[Unit], PageFacts, dict[str, object]]:
    if text.count("[") > _MAX_MARKS or text.count("<!--") > _MAX_MARKS // 10:
        raise InputError(f"{capture.source} has more Markdown marks than any page that somebody wrote.")
    units, fields = read_markdown(text)
    facts, extra = facts_of(fields)
    return units, facts, extra


def _text(capture: Capture, data: bytes) -> str:
    sent = next((value for name, value in capture.headers if name.lower() == "content-type"), None)
    try:
        return decode(data, markup=capture.media_type == "text/html", declared=charset_of(sent))
    except NotTextError as error:
        raise InputError(f"{capture.source} is a binary file, not text.") from error


def _mail(capture: Capture, data: bytes) -> tuple[list[Unit], PageFacts, dict[str, object]]:
    mail = read_mail(capture.source, data)
    if mail.html:
        units, facts = _html(capture, mail.body)
        # What the headers say goes before the head of the page in the mail, which hardly says anything.
        for name in ("title", "author", "published", "publisher", "url", "language"):
            said = getattr(mail.facts, name)
            if said:
                setattr(facts, name, said)
    else:
        units, facts = read_plain(_bounded(capture, mail.body)), mail.facts
    cut = [Unit(passage, tidy(passage), len(units) + number, kind="other", fixed=True) for number, passage in enumerate(mail.cut)]
    return units + cut, facts, mail.extra


def _document(capture: Capture, units: list[Unit], facts: PageFacts) -> Document:
    marked = mark(units, facts.title)
    title = units[marked.title].text if marked.title is not None else None
    said = read_credits(units, marked, facts, capture.final_url or capture.url)
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
        credits=said.found,
        original_url=said.original_url,
        dateline=said.dateline,
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
