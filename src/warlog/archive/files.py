"""Durable files: bytes are written under a passing name, flushed to the disk and renamed into their place.

A reader sees the whole of a file or nothing, whenever the writer is killed. Faults of the disk come out as sentences.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from pathlib import Path

from warlog.errors import LogError

#: How much of a file is read at a time.
CHUNK = 1024 * 1024


def sha256_of(data: bytes) -> str:
    """SHA-256 of the bytes, as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(path: Path) -> tuple[str, int]:
    """SHA-256 and length of a file, read in pieces. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def write_durably(path: Path, data: bytes) -> None:
    """Write a new file that nothing should alter; on return its bytes are on the disk. Raises OSError, leaving no file."""
    try:
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # Originals are evidence: nothing should write to them by mistake.
        os.chmod(path, 0o444)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def flush_folder(folder: Path) -> None:
    """Make new names in a folder last through a power cut, where the system lets a folder be flushed (Windows does not)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with contextlib.suppress(PermissionError):
            os.fsync(handle)
    finally:
        os.close(handle)


def holds(path: Path, data: bytes) -> bool:
    """Whether the file is there and holds exactly these bytes. Raises OSError if it cannot be read."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def cannot_write(folder: Path, error: OSError) -> LogError:
    """The error to raise for a folder that could not be written, in one sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return LogError(f"The archive {folder} cannot grow: {reason(error)}; what was reported as done is kept.")
    return LogError(f"The archive {folder} cannot be written: {reason(error)}.")


def reason(error: OSError) -> str:
    """What the system says is wrong."""
    return error.strerror or type(error).__name__
