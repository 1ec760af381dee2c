"""What a saved page says of where it was saved from, so that its capture can carry the address."""

from __future__ import annotations

import re

from warlog.collect import mime
from warlog.collect.kinds import Kind

_START = 65_536
#: Browsers write "saved from url=(0023)https://..." before the page; the single-file savers write their own comment.
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://[^\s<>\"']{3,2000})", re.I)
_SINGLE_FILE = re.compile(
    rb"<!--[^>]{0,60}?(?:SingleFile|archived by|saved (?:with|from)|page from)"
    rb"[^>]{0,200}?url:?\s+(https?://[^\s<>\"']{3,2000})",
    re.I,
)


def address_in(data: bytes, kind: Kind) -> str | None:
    """The web address that a saved page (HTML or MHTML) was saved from, by its own word; None for other kinds."""
    if kind is Kind.MHTML:
        return mime.saved_from(data)
    if kind is not Kind.HTML:
        return None
    head = data[:_START]
    found = _SAVED_FROM.search(head) or _SINGLE_FILE.search(head)
    return found[1].decode("utf-8", "replace") if found else None
