"""Entering originals in the custody record that were taken in before there was one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from warlog.archive.originals import Archive, Withdrawn
from warlog.errors import WarlogError
from warlog.records import Capture


def adopt(
    archive: Archive,
    captures: Iterable[tuple[int, str, Capture]],
    tool: str,
    collector: str,
    progress: Callable[[int, str], None] | None = None,
) -> tuple[int, list[str]]:
    """Enter each of the log's captures that the record does not know at all; one that it knows otherwise stays a fault.

    Returns how many were entered, and a sentence for each whose original cannot be read. Raises LogError.
    """
    known = {entry.capture_id for entry in archive.entries() if entry.capture_id}
    count, failed = 0, list[str]()
    for done, (_, document_id, capture) in enumerate(captures, 1):
        if capture.capture_id not in known:
            try:
                data = archive.get(capture.sha256)
            except Withdrawn:
                continue
            except WarlogError as error:
                failed.append(str(error))
                continue
            archive.adopt(capture, data, tool, collector)
            count += 1
        if progress is not None:
            progress(done, document_id)
    return count, failed
