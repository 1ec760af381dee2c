"""What kind of thing an answer of the web is: its media type, by what the server says and by its first bytes."""

from __future__ import annotations

import codecs
import re
from email.message import Message

#: Media types that are no text to read, by their beginning.
_NOT_READ = ("image/", "audio/", "video/", "font/", "model/", "text/css", "text/javascript", "application/javascript",
             "application/wasm", "application/x-javascript")  # fmt: skip
#: What servers say when they do not know, or say of everything.
_VAGUE = ("", "text/plain", "application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown")
_SAME = {
    "application/xhtml+xml": "text/html", "application/x-pdf": "application/pdf", "text/x-markdown": "text/markdown",
    "text/pdf": "application/pdf", "application/vnd.wap.xhtml+xml": "text/html", "application/x-mimearchive": "multipart/related",
}  # fmt: skip
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)\b", re.I | re.S
)
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"WARC/", "application/warc"),
)


def media_type(declared: str | None, data: bytes) -> str:
    """The media type of a body, in small letters and without parameters, in the terms of `Capture.media_type`."""
    said = _content_type(declared).get_content_type() if declared else ""
    said = _SAME.get(said, said)
    start = data[:4096].removeprefix(codecs.BOM_UTF8)
    magic = next((kind for mark, kind in _MAGIC if start.startswith(mark)), None)
    if magic is not None and (said in _VAGUE or magic == "application/pdf"):
        return magic
    if said in _VAGUE or said in ("text/xml", "application/xml"):
        if _HTML.match(start):
            return "text/html"
        return said if "xml" in said else "text/plain"
    return said


def is_read(kind: str) -> bool:
    """Whether something of this media type can hold a text to read."""
    return not kind.startswith(_NOT_READ)


def _content_type(value: str) -> Message:
    message = Message()
    # A type without a slash would be read as text/plain, which is vague enough.
    message["Content-Type"] = " ".join(value.split())
    return message
