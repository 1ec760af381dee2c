"""The archive as a list: one row for each capture of the log, with where its original lies and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from warlog.archive.originals import Archive
from warlog.records import Capture


@dataclass(slots=True)
class Kept:
    """One capture and its original."""

    capture_id: str = field(metadata={"doc": "id of the capture"})
    document_id: str = field(metadata={"doc": "the document that was read from it"})
    retrieved_at: str = field(metadata={"doc": "when the bytes were read or fetched: ISO 8601, UTC"})
    source: str = field(metadata={"doc": "where they came from"})
    media_type: str = field(metadata={"doc": "media type"})
    size: int = field(metadata={"doc": "length of the original"})
    sha256: str = field(metadata={"doc": "SHA-256 of the original"})
    status: str = field(metadata={"doc": "kept, withdrawn or missing"})


def rows(archive: Archive, captures: Iterable[tuple[int, str, Capture]]) -> Iterator[Kept]:
    """The captures of a log, in the order in which they came in."""
    withdrawn: set[str] | None = None
    for _, document_id, capture in captures:
        status = "kept"
        if capture.sha256 not in archive:
            if withdrawn is None:
                withdrawn = {entry.sha256 for entry in archive.entries() if entry.event == "withdrawn"}
            status = "withdrawn" if capture.sha256 in withdrawn else "missing"
        yield Kept(
            capture.capture_id, document_id, capture.retrieved_at, capture.source, capture.media_type, capture.size,
            capture.sha256, status,
        )  # fmt: skip
