"""The archive: original bytes, exactly as they came in, in a folder beside the log, named by their SHA-256.

Bytes go in once (`Archive.put`) before the log says that it has them, so that a log row never points at nothing;
they come out (`Archive.get`) only if they still have the hash that names them. A file is written under a passing
name, flushed to the disk and then renamed: a reader sees the whole of it or nothing, whenever the writer is killed.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import tempfile
import time
from pathlib import Path

from warlog.errors import LogError

_SHA256 = re.compile(r"[0-9a-f]{64}")
#: Passing files older than this were left by a writer that was killed.
_ABANDONED_SECONDS = 3600.0


def sha256_of(data: bytes) -> str:
    """SHA-256 of the bytes, as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


class Archive:
    """Original bytes in `<folder>/ab/cd/<sha256>`. The folder is made when the first bytes come."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._swept = False

    @classmethod
    def beside(cls, log_path: str | Path) -> Archive:
        """The archive that belongs to a log: `<log path>.archive`."""
        return cls(f"{os.fspath(log_path)}.archive")

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash lie, or would lie. Raises ValueError if it is no SHA-256 in hex."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in lower-case hex: {sha256!r}")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their SHA-256; when it returns they are on the disk.

        Bytes that are already there are left alone, unless what lies there is not them any more: then it is replaced.
        Raises LogError if the archive cannot be written.
        """
        sha256 = sha256_of(data)
        target = self.path(sha256)
        try:
            if self._holds(target, data):
                return sha256
            self._sweep()
            target.parent.mkdir(parents=True, exist_ok=True)
            self._write(target, data)
        except OSError as error:
            raise LogError(self._sentence(error)) from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes with this hash. Raises LogError if they are missing, unreadable or no longer have that hash."""
        target = self.path(sha256)
        try:
            data = target.read_bytes()
        except FileNotFoundError as error:
            raise LogError(f"The archive {self.folder} has lost the original {sha256}: no such file as {target}.") from error
        except OSError as error:
            raise LogError(f"The original {target} cannot be read: {_reason(error)}.") from error
        if sha256_of(data) != sha256:
            raise LogError(f"The original {target} was altered: its bytes no longer have the SHA-256 that names it.")
        return data

    def __contains__(self, sha256: str) -> bool:
        """Whether there is a file for this hash; `get` says whether it is still sound."""
        return self.path(sha256).is_file()

    @staticmethod
    def _holds(target: Path, data: bytes) -> bool:
        try:
            return target.stat().st_size == len(data) and target.read_bytes() == data
        except FileNotFoundError:
            return False

    def _write(self, target: Path, data: bytes) -> None:
        passing = self.folder / "tmp"
        passing.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=passing)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            # Originals are evidence: nothing should write to them by mistake.
            os.chmod(name, 0o444)
            os.replace(name, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
        for folder in (target.parent, target.parent.parent, self.folder):
            _flush_folder(folder)

    def _sweep(self) -> None:
        """Remove passing files that a killed writer left; once for each opened archive."""
        if self._swept:
            return
        self._swept = True
        passing = self.folder / "tmp"
        if not passing.is_dir():
            return
        oldest = time.time() - _ABANDONED_SECONDS
        for left in passing.iterdir():
            with contextlib.suppress(OSError):
                if left.stat().st_mtime < oldest:
                    left.unlink()

    def _sentence(self, error: OSError) -> str:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return f"The archive {self.folder} cannot grow: {_reason(error)}; what was reported as done is kept."
        return f"The archive {self.folder} cannot be written: {_reason(error)}."


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _flush_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system lets a folder be flushed (Windows does not)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
