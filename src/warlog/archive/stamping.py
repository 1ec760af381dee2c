"""Having the end of the custody record stamped: ask a server, check its answer, keep it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warlog.archive import stamps, tsa
from warlog.archive.entry import Entry
from warlog.archive.originals import Archive
from warlog.errors import UsageError


@dataclass(slots=True, frozen=True)
class Stamped:
    """A time stamp that was kept."""

    #: number and hash of the entry that was stamped
    stamped: int
    head: str
    #: the time that the server states, ISO 8601
    time: str
    #: where it lies
    path: Path


def stamp(archive: Archive, url: str, *, certificates: bytes | None, allow_private: bool, tool: str, collector: str) -> Stamped:
    """Have the newest entry stamped by the server at `url`; with certificates (PEM), its signature is checked first.

    Raises UsageError where there is nothing to stamp or the address is refused, StampError where no usable stamp comes,
    NotInstalled without the extra, and LogError where the archive cannot be written.
    """
    last: Entry | None = None
    with archive.writing() as chain:
        if chain.seq:
            last = next((entry for entry in chain.entries(f'"hash":"{chain.head}"') if entry.hash == chain.head), None)
    if last is None:
        raise UsageError(f"The archive {archive.folder} has no custody entry that could be stamped: read something first.")
    # The record stays free for other writers while the server is asked: what is stamped is the entry, not the file.
    request, nonce = stamps.request(last.hashed())
    answer = tsa.ask(url, request, allow_private=allow_private)
    time = stamps.accept(answer, last.hash, nonce, certificates)
    entry = archive.stamp(answer, last.hash, url, tool, collector)
    return Stamped(last.seq, last.hash, time, archive.stamp_path(entry.seq))
