"""Opening gazetteer files: plain, gzipped or zipped, line by line, with limits that a hostile file runs into.

What is unpacked is bounded by the size of the file it comes from, and a line by what a line of a gazetteer can be: no file makes
the program fill the memory.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from warlog.errors import InputError

#: No text unpacks to more than so many times its size (those at hand: 12), small files apart.
_MOST_TIMES = 150
_SMALL = 64 * 2**20
#: What is read whole may be so large.
_MOST_WHOLE = 2 * 2**30
_MOST_LINE = 4 * 2**20
_PIECE = 2**20


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits. Raises InputError if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}.") from error


class _Bounded(io.RawIOBase):
    """A stream that stops with InputError when more comes out than any gazetteer holds."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, path: Path, most: int) -> None:
        self._stream, self._path, self._left = stream, path, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._stream.read(min(len(view), _PIECE))
        self._left -= len(data)
        if self._left < 0:
            raise InputError(f"{self._path}: unpacks to far more than a gazetteer of its size holds, and is not read.")
        view[: len(data)] = data
        return len(data)


@contextmanager
def unpacked(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked where it is gzip or zip. Raises InputError for a file that cannot be read or unpacked."""
    try:
        with path.open("rb") as raw:
            size = path.stat().st_size
            most = max(_SMALL, _MOST_TIMES * size)
            head = raw.read(4)
            raw.seek(0)
            if not head:
                raise InputError(f"{path}: is empty.")
            if head[:2] == b"\x1f\x8b":
                with gzip.open(raw) as stream:
                    yield io.BufferedReader(_Bounded(stream, path, most), _PIECE)
            elif head == b"PK\x03\x04":
                with zipfile.ZipFile(raw) as archive, archive.open(_member(path, archive)) as stream:
                    yield io.BufferedReader(_Bounded(stream, path, most), _PIECE)
            else:
                yield raw
    except (EOFError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        if isinstance(error, RecursionError):
            raise
        raise InputError(f"{path}: cannot be unpacked; the file is damaged, cut off or locked with a password.") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}.") from error


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one file in an archive that can be a gazetteer: the largest of text or JSON."""
    found = [
        i for i in archive.infolist()
        if i.filename.lower().endswith((".txt", ".csv", ".tsv", ".json")) and "readme" not in i.filename.lower()
    ]  # fmt: skip
    if not found:
        raise InputError(f"{path}: is a zip file with no .txt, .csv or .json file in it.")
    return max(found, key=lambda i: i.file_size)


def lines(path: Path) -> Iterator[str]:
    """The lines of a text file in UTF-8, without their ends. Raises InputError."""
    with unpacked(path) as stream:
        number = 0
        while raw := stream.readline(_MOST_LINE + 1):
            number += 1
            if len(raw) > _MOST_LINE:
                raise InputError(f"{path}: line {number} is longer than {_MOST_LINE // 2**20} MiB, which no gazetteer has.")
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise InputError(f"{path}: line {number} is not text in UTF-8.") from error
            if "\0" in text:
                raise InputError(f"{path}: line {number} has bytes that are no text.")
            yield text.rstrip("\r\n")


def first_line(path: Path) -> str:
    """The first line that is not empty, "" if there is none; of one very long line (JSON) its beginning."""
    with unpacked(path) as stream:
        for _ in range(100):
            raw = stream.readline(_PIECE)
            if not raw:
                break
            # a character may be cut at the end of what was read
            text = raw.decode("utf-8-sig", "replace" if len(raw) == _PIECE else "strict") if _is_text(raw) else None
            if text is None:
                raise InputError(f"{path}: is not text in UTF-8.")
            if text.strip():
                return text.strip("\r\n")
    return ""


def _is_text(raw: bytes) -> bool:
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return len(raw) == _PIECE and error.start > _PIECE - 4
    return b"\0" not in raw


def whole(path: Path) -> str:
    """The whole text of a file in UTF-8. Raises InputError."""
    with unpacked(path) as stream:
        parts: list[bytes] = []
        size = 0
        while piece := stream.read(_PIECE):
            parts.append(piece)
            size += len(piece)
            if size > _MOST_WHOLE:
                raise InputError(f"{path}: unpacks to more than {_MOST_WHOLE // 2**30} GiB, which is not read.")
    try:
        return b"".join(parts).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not text in UTF-8.") from error
