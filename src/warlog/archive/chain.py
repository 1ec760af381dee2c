"""The custody record, `custody.jsonl`: one entry to a line, each chained to the one before it, only ever added to.

A writer holds the archive's lock. What a killed writer left of its last line is dropped by the next one, and only
that: any other line that is not sound stays as it is, for `verify` to name.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from warlog.archive.entry import GENESIS, BadEntryError, Entry, make, parse
from warlog.archive.files import flush_folder
from warlog.errors import LogError

#: No line that Warlog writes is longer; what is, is passed over without keeping it.
MAX_LINE_BYTES = 64 * 1024

_BEGINNING = b'{"seq":'
_WITHDRAWN = b'"event":"withdrawn"'


@dataclass(slots=True, frozen=True)
class Line:
    """A line of the record as it stands in the file."""

    number: int
    #: without the line's end, and cut off after MAX_LINE_BYTES
    data: bytes
    #: whether it has its line's end
    whole: bool
    #: where it starts in the file
    start: int


def lines(file: IO[bytes], number: int = 0) -> Iterator[Line]:
    """The lines from here on; `number` is that of the line before."""
    start = file.tell()
    while piece := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        data, here = piece, start
        while not piece.endswith(b"\n"):
            start += len(piece)
            piece = file.readline(MAX_LINE_BYTES + 1)
            if not piece:
                break
        start += len(piece)
        whole = piece.endswith(b"\n")
        yield Line(number, data.removesuffix(b"\n"), whole, here)


def is_torn(data: bytes) -> bool:
    """Whether these bytes, which have no line's end, are what a killed writer leaves: a beginning of an entry, or a whole one."""
    if not data.startswith(_BEGINNING[: len(data)]):
        return False
    with contextlib.suppress(BadEntryError):
        parse(data)
        return True
    try:
        json.JSONDecoder().raw_decode(data.decode("ascii"))
    except ValueError:
        return True
    return False


def now() -> str:
    """The time, as entries state it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Chain:
    """The record of one archive. It remembers its end, and reads on from there where other processes wrote meanwhile."""

    def __init__(self, path: Path) -> None:
        self.path = path
        #: the entry that each withdrawn original was withdrawn by; filled by `catch_up`
        self.withdrawn: dict[str, Entry] = {}
        self._forget()

    def _forget(self) -> None:
        self._file: tuple[int, int] | None = None
        self._end = 0
        self.seq, self.head = 0, GENESIS
        self.withdrawn.clear()

    # -- writing; the caller holds the lock ------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Read what was added since, and complete or drop what a killed writer left of the last line.

        Raises LogError where the last line is no sound entry, since nothing can be chained to it, and OSError.
        """
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            self._forget()
            return
        with file:
            status = os.fstat(file.fileno())
            if self._file != (status.st_dev, status.st_ino) or status.st_size < self._end:
                self._forget()
                self._file = (status.st_dev, status.st_ino)
            if status.st_size == self._end:
                return
            file.seek(self._end)
            self._read_on(file)

    def _read_on(self, file: IO[bytes]) -> None:
        last: Line | None = None
        for line in lines(file, self.seq):
            if not line.whole:
                if not is_torn(line.data):
                    raise self._unsound(line.number)
                self._mend(line)
                break
            last = line
            self._end = line.start + len(line.data) + 1
            if _WITHDRAWN in line.data:
                with contextlib.suppress(BadEntryError):
                    entry = parse(line.data)
                    self.withdrawn[entry.sha256] = entry
        if last is not None:
            try:
                entry = parse(last.data)
            except BadEntryError as error:
                self._forget()
                raise self._unsound(last.number) from error
            self.seq, self.head = entry.seq, entry.hash
        # A line that was mended to be whole is read now.
        if self.path.stat().st_size > self._end:
            file.seek(self._end)
            self._read_on(file)

    def _mend(self, line: Line) -> None:
        """Complete an entry that lacks only its line's end; take away any other beginning of one, which nobody was told of."""
        with self.path.open("r+b") as file:
            try:
                parse(line.data)
            except BadEntryError:
                file.truncate(line.start)
            else:
                file.seek(0, os.SEEK_END)
                file.write(b"\n")
            file.flush()
            os.fsync(file.fileno())

    def _unsound(self, number: int) -> LogError:
        return LogError(
            f"{self.path}, line {number}: the last entry of the custody record was altered, so that nothing can be added to it;"
            " bring the file back from a copy."
        )

    def append(self, entries: list[dict[str, Any]]) -> list[Entry]:
        """Add entries, all or none; on return they are on the disk. Needs `catch_up` under the same lock. Raises OSError."""
        made: list[Entry] = []
        seq, head = self.seq, self.head
        for fields in entries:
            made.append(make(seq + 1, head, at=now(), **fields))
            seq, head = made[-1].seq, made[-1].hash
        data = b"".join(entry.line() for entry in made)
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
        try:
            try:
                _write_all(handle, data)
                os.fsync(handle)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.ftruncate(handle, self._end)
                raise
            status = os.fstat(handle)
        finally:
            os.close(handle)
        if self._end == 0:
            flush_folder(self.path.parent)
        self._file = (status.st_dev, status.st_ino)
        self._end += len(data)
        self.seq, self.head = seq, head
        self.withdrawn.update({entry.sha256: entry for entry in made if entry.event == "withdrawn"})
        return made

    # -- reading ---------------------------------------------------------------------------------------------------

    def entries(self, having: str = "") -> Iterator[Entry]:
        """The sound entries, in order; only lines in which this text stands, if one is given. Raises LogError."""
        wanted = having.encode()
        try:
            with self.path.open("rb") as file:
                for line in lines(file):
                    if wanted in line.data:
                        with contextlib.suppress(BadEntryError):
                            yield parse(line.data)
        except FileNotFoundError:
            return
        except OSError as error:
            raise LogError(f"The custody record {self.path} cannot be read: {error.strerror}.") from error


def _write_all(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
