"""How much may come out of what goes in: limits on pages, on what archives unpack to, and on how deep they nest.

Everything that is unpacked of one source, at all depths together, is counted by one `Budget` against the size of the
file as it lay there. That stops bombs of every make (one long run of zeros, members that overlap, archives within
archives) and no honest archive: text shrinks to a twentieth, hardly ever to a hundredth.
"""

from __future__ import annotations

import gzip
import io
from typing import IO

#: The largest page that is read; a page of war reporting has a hundred kilobytes, a book of it ten megabytes.
MAX_PAGE_BYTES = 64 * 1024 * 1024
#: How many archives, compressed files and e-mails may lie one in the other.
MAX_DEPTH = 3
#: What may be unpacked of a file however small it is, and beyond that for each of its bytes.
FREE_BYTES = 64 * 1024 * 1024
MAX_RATIO = 200
#: Members of one archive.
MAX_MEMBERS = 100_000
#: Archives inside other archives, and those that come by a pipe, are set aside up to this size to be read.
MAX_SPOOLED_BYTES = 2 * 1024 * 1024 * 1024
#: So much of a spooled archive stays in memory.
SPOOL_MEMORY = 32 * 1024 * 1024


class BombError(Exception):
    """More was unpacked of a source than its size allows; what is left of it is not read."""


class Budget:
    """Counts what is unpacked of one source."""

    def __init__(self, size: int) -> None:
        self._left = FREE_BYTES + MAX_RATIO * size

    def spend(self, count: int) -> None:
        """Count bytes that were unpacked. Raises BombError when they are too many."""
        self._left -= count
        if self._left < 0:
            raise BombError


class Metered(io.RawIOBase):
    """A stream of unpacked bytes, each counted; to be wrapped in a BufferedReader."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer, as far as there is something; what is read is paid for."""
        # Not `read`, which loses what it has when the stream turns out to be cut off.
        read = getattr(self._stream, "read1", self._stream.read)
        data: bytes = read(len(buffer))
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


class Rejoined(io.RawIOBase):
    """A stream whose first bytes were read already to see what it is; to be wrapped in a BufferedReader.

    `error` is what came after these bytes, to be raised there.
    """

    def __init__(self, head: bytes, rest: IO[bytes], error: Exception | None = None) -> None:
        self._head = memoryview(head)
        self._rest = rest
        self._error = error

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """First what was read already, then the rest."""
        if self._head:
            count = min(len(buffer), len(self._head))
            buffer[:count] = self._head[:count]
            self._head = self._head[count:]
            return count
        if self._error is not None:
            raise self._error
        # A pipe is not waited on for more than it has.
        read = getattr(self._rest, "read1", self._rest.read)
        data: bytes = read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def read_head(stream: IO[bytes], size: int) -> tuple[bytes, Exception | None]:
    """Up to `size` first bytes of a stream, also where it gives them in pieces, and what kept it from giving more."""
    read = getattr(stream, "read1", stream.read)
    parts: list[bytes] = []
    try:
        while size > 0 and (part := read(size)):
            parts.append(part)
            size -= len(part)
    except BombError:
        raise
    except Exception as error:
        if not parts:
            raise
        return b"".join(parts), error
    return b"".join(parts), None


def buffered(stream: io.RawIOBase) -> IO[bytes]:
    """The stream with a buffer, so that lines can be read of it."""
    return io.BufferedReader(stream, 256 * 1024)


def shown_size(count: int) -> str:
    """A limit in words: MiB or GiB."""
    return f"{count // 2**30} GiB" if count >= 2**30 and count % 2**30 == 0 else f"{count // 2**20} MiB"
