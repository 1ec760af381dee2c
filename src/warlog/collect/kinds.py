"""What kind of thing some bytes are, told from their first bytes; the suffix is asked only where these leave it open."""

from __future__ import annotations

import codecs
import json
import re
from enum import Enum

from warlog.collect.encoding import NotTextError, decode, is_binary

#: So many first bytes are looked at.
HEAD_BYTES = 65_536


class Kind(Enum):
    """What bytes can be. The value ends the sentence "X is ..." for kinds that are not read."""

    TEXT = "a text"
    MARKDOWN = "Markdown"
    HTML = "an HTML page"
    PDF = "a PDF"
    MAIL = "an e-mail"
    MHTML = "a saved page"
    RECORDS = "JSON Lines"
    FEED = "a feed"
    JSON_FEED = "a JSON Feed"
    WARC = "a WARC file"
    ZIP = "a ZIP archive"
    GZIP = "a compressed file"
    BINARY = "a binary file, not text"
    XML = "XML, but neither a feed nor a page"
    JSON = "JSON, but neither JSON Lines nor a JSON Feed"
    UTF16_RECORDS = "in UTF-16; JSON Lines are read in UTF-8"
    MISNAMED = "not what its suffix says"
    TAR = "a tar archive, which is not read; unpack it, or pack the files as ZIP"
    BZIP2 = "compressed with bzip2, which is not read; unpack it"
    XZ = "compressed with xz, which is not read; unpack it"
    ZSTD = "compressed with zstd, which is not read; unpack it"
    SEVEN_ZIP = "a 7z archive, which is not read; unpack it, or pack the files as ZIP"
    RAR = "a RAR archive, which is not read; unpack it, or pack the files as ZIP"
    RTF = "an RTF document, which is not read; save it as text or PDF"
    OLE = "an old Office document or Outlook message, which is not read; save it as text, PDF or EML"

    @property
    def is_page(self) -> bool:
        """Whether it is one document that is read whole."""
        return self in (Kind.TEXT, Kind.MARKDOWN, Kind.HTML, Kind.PDF, Kind.MAIL, Kind.MHTML)


#: Suffixes that are read in folders and archives, with the kind they promise.
SUFFIXES: dict[str, Kind] = {
    ".txt": Kind.TEXT, ".text": Kind.TEXT, ".md": Kind.MARKDOWN, ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML, ".htm": Kind.HTML, ".xhtml": Kind.HTML, ".shtml": Kind.HTML, ".pdf": Kind.PDF,
    ".eml": Kind.MAIL, ".mht": Kind.MHTML, ".mhtml": Kind.MHTML,
    ".jsonl": Kind.RECORDS, ".ndjson": Kind.RECORDS, ".json": Kind.JSON,
    ".rss": Kind.FEED, ".atom": Kind.FEED, ".rdf": Kind.FEED, ".xml": Kind.XML,
    ".warc": Kind.WARC, ".wacz": Kind.ZIP, ".zip": Kind.ZIP, ".gz": Kind.GZIP,
}  # fmt: skip
#: Media types of pages by their kind.
MEDIA_TYPES: dict[Kind, str] = {
    Kind.TEXT: "text/plain",
    Kind.MARKDOWN: "text/markdown",
    Kind.HTML: "text/html",
    Kind.PDF: "application/pdf",
    Kind.MAIL: "message/rfc822",
    Kind.MHTML: "multipart/related",
}

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind.PDF),
    (b"\x1f\x8b", Kind.GZIP),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"WARC/", Kind.WARC),
    (b"BZh", Kind.BZIP2),
    (b"\xfd7zXZ\x00", Kind.XZ),
    (b"\x28\xb5\x2f\xfd", Kind.ZSTD),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"{\\rtf", Kind.RTF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
)
#: What may stand before the first element: the declaration, comments, processing instructions, the document type.
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype\s+(?!html)[^\[>]*(?:\[.*?\]\s*)?>)", re.I | re.S)
_HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>/]", re.I)
_ROOT = re.compile(r"<([a-z][\w.-]*:)?([a-z][\w.-]*)", re.I)
_RDF_FEED = re.compile(r"purl\.org/rss/|my\.netscape\.com/rdf|purl\.org/net/rss", re.I)
_OBJECT = re.compile(r'\{\s*"[^"\\]{0,80}"\s*:')
_HEADER = re.compile(r"([!-9;-~]{1,60}):[ \t]?[^\n]*(?:\n[ \t][^\n]*)*\n?")
_SAVED_BY = re.compile(r"^(?:snapshot-content-location:|from:\s*[\"<]?saved by )", re.I | re.M)
_RELATED = re.compile(r"^content-type:\s*multipart/related", re.I | re.M)
#: Headers that only mail programs write; a text may well begin with "From:" and "Date:".
_ONLY_MAIL = frozenset((
    "received", "return-path", "delivered-to", "message-id", "mime-version", "dkim-signature", "x-mailer", "x-received",
    "arc-seal", "authentication-results", "received-spf", "content-transfer-encoding", "x-mozilla-status", "list-id",
    "list-unsubscribe", "envelope-to", "x-original-to", "in-reply-to", "x-uidl", "thread-index", "x-mimeole",
))  # fmt: skip


def sniff(head: bytes, suffix: str = "") -> Kind:
    """The kind of a file by its first bytes (up to `HEAD_BYTES`) and its suffix (".html", or empty)."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return Kind.TAR
    if b"%PDF-" in head[:1024] and (suffix == ".pdf" or is_binary(head)):
        return Kind.PDF
    promised = SUFFIXES.get(suffix)
    if promised is Kind.RECORDS:
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return Kind.UTF16_RECORDS
        # Of a line that goes wrong in the middle of a file its own sentence tells.
        return Kind.BINARY if is_binary(head.partition(b"\n")[0]) else Kind.RECORDS
    try:
        text = decode(head, markup=True).replace("\r\n", "\n")
    except NotTextError:
        return Kind.BINARY
    return _text_kind(text, promised)


def _text_kind(text: str, promised: Kind | None) -> Kind:
    mail = _mail(text, promised)
    if mail is not None:
        return mail
    start = _skip_prolog(text)
    if _HTML_START.match(text, start):
        return Kind.HTML
    if promised in (Kind.TEXT, Kind.MARKDOWN, Kind.HTML):
        return promised
    if text.startswith("<", start):
        return _xml(text, start, promised)
    body = text.lstrip("\ufeff \t\r\n")
    if body[:1] in ("{", "["):
        found = _json(body)
        if found is not None:
            return found
    if promised is Kind.JSON:
        return Kind.JSON
    return Kind.MISNAMED if promised in (Kind.WARC, Kind.ZIP, Kind.GZIP) else Kind.TEXT


def _skip_prolog(text: str) -> int:
    position = 1 if text.startswith("\ufeff") else 0
    while found := _PROLOG.match(text, position):
        position = found.end()
    return position


def _xml(text: str, start: int, promised: Kind | None) -> Kind:
    root = _ROOT.match(text, start)
    name = root[2].lower() if root else ""
    if name in ("rss", "feed") or (name == "rdf" and _RDF_FEED.search(text)):
        return Kind.FEED
    if promised in (Kind.XML, Kind.FEED) or text.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return Kind.XML
    return Kind.HTML if root else Kind.TEXT


def _json(body: str) -> Kind | None:
    if body.startswith("{") and "jsonfeed.org/version" in body.replace("\\/", "/"):
        return Kind.JSON_FEED
    line, end, _ = body.partition("\n")
    try:
        first = json.loads(line)
    except (ValueError, RecursionError):
        # One record may be longer than what we see of it.
        if not end and _OBJECT.match(body):
            return Kind.RECORDS
        return Kind.JSON if body.startswith("{") and _OBJECT.match(body) else None
    if isinstance(first, dict):
        return Kind.RECORDS
    return Kind.JSON


def _mail(text: str, promised: Kind | None) -> Kind | None:
    """Whether the text begins as an e-mail or a page saved in the form of one."""
    body = text.lstrip("\ufeff\n")
    # Mailboxes and some programs put a line without a colon before the headers.
    position = body.find("\n") + 1 if body.startswith(("From ", ">From ")) else 0
    headers: set[str] = set()
    first = position
    while (found := _HEADER.match(body, position)) and found.end() > position:
        headers.add(found[1].lower())
        position = found.end()
    if not headers or (body[position : position + 1] not in ("\n", "")):
        return None
    block = body[first:position]
    if _SAVED_BY.search(block) or (promised is Kind.MHTML and _RELATED.search(block)):
        return Kind.MHTML
    if len(headers & _ONLY_MAIL) >= 2 or (promised in (Kind.MAIL, Kind.MHTML) and headers & {"from", "date", "subject", "to"}):
        return Kind.MAIL
    return None
