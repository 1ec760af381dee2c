"""The lines of a JSON Lines file, one at a time: each is a record with its line number, or says what is wrong with it.

The file is never held in memory as a whole; a line longer than `MAX_LINE_BYTES` is passed over without keeping it.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from warlog.collect.encoding import NotTextError, decode

#: The longest line that is read as one record.
MAX_LINE_BYTES = 32 * 1024 * 1024
#: A longer line is passed over to the next one; after so many bytes of it the file is left.
MAX_SKIPPED_BYTES = 4 * 1024 * 1024 * 1024
#: The longest id that is a record's name as it stands, in characters; addresses that serve as ids can be long.
MAX_NAME = 1000

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class BadRecordError(ValueError):
    """A line is no usable record; the message ends the sentence "FILE, line N: ..."."""


@dataclass(slots=True)
class Line:
    """One line: its number, from 1, and its bytes without the line end; None where the line is too long."""

    number: int
    data: bytes | None
    #: whether the line had no end that could be found, so that none comes after it
    endless: bool = False


def lines(file: IO[bytes]) -> Iterator[Line]:
    """The lines of a file that are not blank. A byte order mark belongs to the file and not to its first record."""
    number = 0
    while head := file.readline(MAX_LINE_BYTES + 2):
        number += 1
        if number == 1:
            head = head.removeprefix(codecs.BOM_UTF8)
        if len(head.rstrip(b"\r\n")) > MAX_LINE_BYTES:
            endless = not _skip_rest(file, head)
            yield Line(number, None, endless)
            if endless:
                return
            continue
        data = head.rstrip(b"\r\n")
        if data.strip():
            yield Line(number, data)


def _skip_rest(file: IO[bytes], head: bytes) -> bool:
    """Read to the end of the line; False where that is too far away."""
    skipped = 0
    while head and not head.endswith(b"\n"):
        head = file.readline(1024 * 1024)
        skipped += len(head)
        if skipped > MAX_SKIPPED_BYTES:
            return False
    return True


def parse(data: bytes) -> dict[str, Any]:
    """The record in a line: an object whose `text` is a text that is not blank. Raises BadRecordError."""
    try:
        record = json.loads(decode(data))
    except NotTextError as error:
        raise BadRecordError("the line is binary, not JSON") from error
    except json.JSONDecodeError as error:
        raise BadRecordError(f"the line is not JSON ({error.msg}, column {error.colno})") from error
    except (RecursionError, ValueError) as error:
        raise BadRecordError("the line is JSON that nests too deep or holds a number too long") from error
    if not isinstance(record, dict):
        raise BadRecordError("the line is JSON but no object")
    text = record.get("text")
    if not isinstance(text, str):
        raise BadRecordError("the record has no `text`" if text is None else "the record's `text` is no text")
    if not text.strip():
        raise BadRecordError("the record's `text` is empty")
    return record


def record_name(record: dict[str, Any]) -> str:
    """The name a record is known by: its `id`, or the first 16 hex digits of its text's SHA-256 where it has none.

    Control characters in an id are blanks here, and of one that is no name but a text only the beginning is kept.
    """
    given = record.get("id")
    if isinstance(given, str) and (name := _CONTROL.sub(" ", storable(given)).strip()):
        if len(name) <= MAX_NAME:
            return name
        return f"{name[:MAX_NAME]}…{hashlib.sha256(name.encode()).hexdigest()[:16]}"
    if isinstance(given, int | float) and not isinstance(given, bool):
        return str(given)
    return hashlib.sha256(record["text"].encode("utf-8", "surrogatepass")).hexdigest()[:16]


def storable(text: str) -> str:
    """The text with NULs and halves of surrogate pairs, which no database takes, as U+FFFD; no offset shifts."""
    if text.isascii() and "\0" not in text:
        return text
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)
