"""Originals out of the archive into one file that the usual tools of web archives open: WACZ, or WARC."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from warlog.archive.entry import Entry, parse
from warlog.archive.files import reason, sha256_of_file
from warlog.archive.originals import Archive, Withdrawn
from warlog.archive.wacz import Wacz
from warlog.archive.warc import Warc, Written
from warlog.errors import LogError, UsageError
from warlog.records import Capture

SUFFIXES = (".wacz", ".warc.gz")

Progress = Callable[[int, str], None]


@dataclass(slots=True)
class Exported:
    """What came of an export."""

    captures: int = 0
    #: length of the originals together
    size: int = 0
    #: SHA-256 and length of the file
    sha256: str = ""
    file_size: int = 0
    #: one sentence for each original that was withdrawn, lost or altered, and so was left out
    left_out: list[str] = field(default_factory=list)


def export(
    archive: Archive,
    captures: Iterable[tuple[str, Capture]],
    out: Path,
    *,
    software: str,
    title: str,
    title_of: Callable[[str], str | None] = lambda document_id: None,
    progress: Progress | None = None,
) -> Exported:
    """Write captures, each with its document's id, to a file whose suffix says the format. One original is held at a time.

    The file is there only when it is whole. Raises UsageError for another suffix, for nothing to write, and where it
    cannot be written, and LogError where the custody record cannot be read.
    """
    if not out.name.lower().endswith(SUFFIXES):
        raise UsageError(f"{out}: an export is a .wacz or a .warc.gz file.")
    done = Exported()
    try:
        with _beside(out) as (part, stream):
            wanted = _Wanted(archive, captures, software, title, title_of, progress)
            write = wanted.as_wacz if out.name.lower().endswith(".wacz") else wanted.as_warc
            write(stream, done)
            if not done.captures:
                raise UsageError(done.left_out[0] if done.left_out else "There is nothing to export: the log has no captures.")
            stream.flush()
            os.fsync(stream.fileno())
            done.sha256, done.file_size = sha256_of_file(part)
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {reason(error)}.") from error
    return done


@dataclass(slots=True, frozen=True)
class _Wanted:
    """What is to be written, and what it says of itself."""

    archive: Archive
    captures: Iterable[tuple[str, Capture]]
    software: str
    title: str
    title_of: Callable[[str], str | None]
    progress: Progress | None

    def as_warc(self, stream: IO[bytes], done: Exported) -> None:
        """Write a WARC."""
        warc = Warc(stream, self.software)
        for _ in self._added(warc, done):
            pass

    def as_wacz(self, stream: IO[bytes], done: Exported) -> None:
        """Write a WACZ."""
        wacz = Wacz(stream, self.software)
        try:
            for document_id, capture, written in self._added(wacz.warc, done):
                wacz.page(written, capture.capture_id, self.title_of(document_id) or capture.name, capture.size)
            wacz.finish(self.title, f"{done.captures} captures with their custody entries.")
        except BaseException:
            wacz.abandon()
            raise

    def _added(self, warc: Warc, done: Exported) -> Iterator[tuple[str, Capture, Written]]:
        with _Custody(self.archive) as custody:
            for document_id, capture in self.captures:
                try:
                    data = self.archive.get(capture.sha256)
                except Withdrawn as error:
                    done.left_out.append(f"{document_id} was left out: {error}")
                    continue
                except LogError as error:
                    done.left_out.append(str(error))
                    continue
                written = warc.add(capture, data, list(custody.of(capture.sha256)))
                done.captures += 1
                done.size += len(data)
                yield document_id, capture, written
                if self.progress is not None:
                    self.progress(done.captures, document_id)


class _Custody:
    """The custody entries by original, read once into a temporary index on disk."""

    def __init__(self, archive: Archive) -> None:
        self._index = sqlite3.connect("", isolation_level=None)
        self._index.execute("CREATE TABLE entries (sha256 TEXT, seq INTEGER, line BLOB, PRIMARY KEY (sha256, seq)) WITHOUT ROWID")
        self._index.execute("BEGIN")
        rows = ((entry.sha256, entry.seq, entry.line()) for entry in archive.entries())
        self._index.executemany("INSERT OR IGNORE INTO entries VALUES (?, ?, ?)", rows)

    def __enter__(self) -> _Custody:
        return self

    def __exit__(self, *_: object) -> None:
        self._index.close()

    def of(self, sha256: str) -> Iterator[Entry]:
        """The entries of one original, in order."""
        for (line,) in self._index.execute("SELECT line FROM entries WHERE sha256 = ? ORDER BY seq", (sha256,)):
            yield parse(line.removesuffix(b"\n"))


@contextlib.contextmanager
def _beside(out: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A passing file beside the one to write, which takes its name if all goes well and goes away if not."""
    handle, name = tempfile.mkstemp(prefix=f".{out.name}-", dir=out.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield part, stream
        # What a new file would have got: a passing file is for its owner only.
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)
        part.replace(out)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
