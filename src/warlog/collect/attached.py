"""The attachments of an e-mail that can be read: each is a capture of its own, beside that of the e-mail."""

from __future__ import annotations

import io
import mimetypes
from collections.abc import Callable, Iterator
from email.message import Message
from typing import IO

from warlog.collect import bounds, mime
from warlog.collect.guard import Found
from warlog.collect.kinds import SUFFIXES
from warlog.collect.origin import Origin

#: Media types that are read under any name.
_READ = frozenset(("application/pdf", "message/rfc822"))


def captures(data: bytes, origin: Origin, expand: Callable[[IO[bytes], Origin], Iterator[Found]]) -> Iterator[Found]:
    """What is attached to the e-mail in these bytes. Nothing for one that cannot be parsed: reading says so."""
    if origin.depth >= bounds.MAX_DEPTH:
        return
    try:
        message = mime.parse(data)
    except mime.BadMimeError:
        return
    seen: dict[str, int] = {}
    for number, part in enumerate(mime.leaves(message), 1):
        name = _name(part, number)
        if name is None:
            continue
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{seen[name]}-{name}"
        content = mime.payload(part)
        if content.strip():
            yield from expand(io.BytesIO(content), origin.inside(name, origin.method, listed=True))


def _name(part: Message, number: int) -> str | None:
    """The name of a part that is an attachment of a kind that is read; None for the body and for all others."""
    kind = part.get_content_type()
    name = part.get_filename()
    if not name and part.get_content_disposition() != "attachment" and kind not in _READ:
        return None
    suffix = mimetypes.guess_extension(kind) or ""
    name = name or f"attachment-{number}{'.eml' if kind == 'message/rfc822' else suffix}"
    if kind == "message/rfc822" and not name.lower().endswith(".eml"):
        return f"{name}.eml"
    ending = "." + name.lower().rpartition(".")[2]
    if kind in _READ or ending in SUFFIXES or suffix in SUFFIXES:
        return name
    return None
