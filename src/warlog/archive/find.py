"""From what a user types to captures: the id of a document, the id of a capture, or the beginning of a SHA-256."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from warlog.errors import UsageError
from warlog.records import Capture

#: So many digits of a SHA-256 at least name an original.
LEAST_DIGITS = 8

_HEX = re.compile(r"[0-9a-f]+")


def find(captures: Iterable[tuple[int, str, Capture]], ids: Sequence[str]) -> Iterator[tuple[str, Capture]]:
    """Those of the log's captures that the ids name, with their documents' ids, in the order in which they came in.

    Goes through the captures once. Raises UsageError at the end for ids that name none.
    """
    names = {text.strip() for text in ids}
    beginnings = tuple(text.lower() for text in names if len(text) >= LEAST_DIGITS and _HEX.fullmatch(text.lower()))
    unknown = set(names)
    for _, document_id, capture in captures:
        by_hash = [text for text in beginnings if capture.sha256.startswith(text)]
        if document_id in names or capture.capture_id in names or by_hash:
            unknown -= {document_id, capture.capture_id, *(text for text in unknown if text.lower() in by_hash)}
            yield document_id, capture
    if unknown:
        shown = ", ".join(sorted(unknown)[:5]) + (" and others" if len(unknown) > 5 else "")
        raise UsageError(
            f"The log has no capture {shown}: name a document, a capture, or {LEAST_DIGITS} digits or more of a SHA-256."
        )


def one_original(captures: Iterable[tuple[int, str, Capture]], name: str) -> list[tuple[str, Capture]]:
    """The captures of the one original that a name stands for. Raises UsageError if there is none or more than one."""
    found: list[tuple[str, Capture]] = []
    hashes: set[str] = set()
    for document_id, capture in find(captures, [name]):
        hashes.add(capture.sha256)
        found.append((document_id, capture))
    if len(hashes) > 1:
        raise UsageError(f"{name} stands for {len(hashes)} originals: name a capture or more digits of the SHA-256.")
    return found
