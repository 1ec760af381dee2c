"""E-mails and saved web archives (MHTML) are the same format: parts under headers. This module parses and unwraps it.

Used to collect (attachments, the address of a saved page) and to read (the text).
"""

from __future__ import annotations

import email
import email.errors
import email.header
import email.message
import email.policy
import re
from collections.abc import Iterator

from warlog.collect.encoding import NotTextError, decode
from warlog.collect.records import storable

#: Parts of one message, and how deep they may nest; mail programs make a dozen, three deep.
MAX_PARTS = 5_000
MAX_NESTING = 40

_WEB = re.compile(r"https?://\S{3,2000}$", re.I)
_BOUNDARY = re.compile(rb"^content-type:\s*multipart/", re.I | re.M)
_MESSAGE = re.compile(rb"^content-type:\s*message/", re.I | re.M)


class BadMimeError(ValueError):
    """The bytes are no message that can be unwrapped; the message goes on after the file's name."""


def parse(data: bytes) -> email.message.Message:
    """The message in these bytes. Raises BadMimeError where its parts nest beyond all use."""
    # Each level of nesting costs the parser a level of recursion for every line.
    if len(_BOUNDARY.findall(data)) + len(_MESSAGE.findall(data)) > MAX_PARTS:
        raise BadMimeError("holds more message parts than any mail program writes")
    start = data.lstrip(b"\xef\xbb\xbf\r\n")
    if start.startswith(b">From "):
        start = start.partition(b"\n")[2]
    try:
        message = email.message_from_bytes(start, policy=email.policy.compat32)
    except RecursionError as error:
        raise BadMimeError("nests its message parts too deep") from error
    if _nesting(message) > MAX_NESTING:
        raise BadMimeError("nests its message parts too deep")
    return message


def _nesting(message: email.message.Message) -> int:
    deepest, open_parts = 0, [(message, 1)]
    while open_parts:
        part, depth = open_parts.pop()
        deepest = max(deepest, depth)
        if part.is_multipart():
            open_parts += [(child, depth + 1) for child in _children(part)]
    return deepest


def _children(part: email.message.Message) -> list[email.message.Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, email.message.Message)] if isinstance(payload, list) else []


def leaves(message: email.message.Message, *, into_messages: bool = False) -> Iterator[email.message.Message]:
    """The parts that hold something themselves, in order. A message inside the message is one part unless entered."""
    open_parts = [message]
    while open_parts:
        part = open_parts.pop()
        whole = part is not message and part.get_content_maintype() == "message" and not into_messages
        if part.is_multipart() and not whole:
            open_parts += reversed(_children(part))
        else:
            yield part


def payload(part: email.message.Message) -> bytes:
    """The bytes of a part, its transfer encoding undone."""
    if part.is_multipart():
        inner = _children(part)
        return inner[0].as_bytes() if inner else b""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def text_of(part: email.message.Message) -> str:
    """The text of a part; empty where it is no text. A charset it declares is believed unless the bytes are UTF-8."""
    data = payload(part)
    try:
        return decode(data, markup=part.get_content_type() == "text/html", declared=part.get_content_charset())
    except NotTextError:
        return ""


def header(message: email.message.Message, name: str) -> str | None:
    """A header's words, decoded and on one line; None where there is none, or none but blanks."""
    value = message.get(name)
    if value is None:
        return None
    words = " ".join(storable(_words(value)).split())
    return words or None


def _words(value: str | email.header.Header) -> str:
    # Bytes outside ASCII that stand in a header undeclared arrive as halves of surrogate pairs, or as a Header of them.
    raw = str(value).encode("utf-8", "surrogateescape") if not isinstance(value, email.header.Header) else None
    if raw is None:
        parts = [(chunk, charset) for chunk, charset in email.header.decode_header(value)]
    else:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            return _decoded(raw, None)
        try:
            parts = list(email.header.decode_header(text))
        except (email.errors.HeaderParseError, ValueError):
            return text
    return "".join(chunk if isinstance(chunk, str) else _decoded(chunk, charset) for chunk, charset in parts)


def _decoded(data: bytes, charset: str | None) -> str:
    declared = None if charset in (None, "unknown-8bit") else charset
    try:
        return decode(data, declared=declared)
    except NotTextError:
        return data.decode("ascii", "replace")


def web_address(value: str | None) -> str | None:
    """The value if it is a web address, perhaps in angle brackets; else None."""
    bare = (value or "").strip().strip("<>").strip()
    return bare if _WEB.match(bare) else None


def root_page(message: email.message.Message) -> email.message.Message | None:
    """The part of a saved page that is the page: the one it names, else its first HTML part, else its first text."""
    parts = list(leaves(message))
    snapshot = header(message, "Snapshot-Content-Location")
    start = message.get_param("start")
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    for part in pages:
        if isinstance(start, str) and header(part, "Content-ID") == start:
            return part
    for part in pages:
        if snapshot and header(part, "Content-Location") == snapshot:
            return part
    return pages[0] if pages else next((part for part in parts if part.get_content_type() == "text/plain"), None)


def saved_from(data: bytes) -> str | None:
    """The address that a saved page (MHTML) was saved from; None where it gives none or cannot be parsed."""
    try:
        message = parse(data)
    except BadMimeError:
        return None
    page = root_page(message)
    locations = [header(message, "Snapshot-Content-Location"), header(message, "Content-Location")]
    if page is not None:
        locations.insert(1, header(page, "Content-Location"))
    return next((found for found in map(web_address, locations) if found), None)
