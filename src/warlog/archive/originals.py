"""`Archive`: original bytes, exactly as they came in, in a folder beside the log, and the record of their custody.

Bytes go in (`Archive.take`) before the log says that it has them, so that a log row never points at nothing; they come
out (`Archive.get`) only if they still have the hash that names them. Taking in writes ahead: the bytes go to the disk
under a passing name, then the entry goes to the custody record, then the bytes are renamed into their place. Killed at
any moment, either nothing was taken in, or the next writer finishes it.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warlog.archive.chain import Chain
from warlog.archive.entry import Entry, capture_hash
from warlog.archive.files import cannot_write, flush_folder, holds, reason, sha256_of, sha256_of_file, write_durably
from warlog.archive.lock import locked
from warlog.errors import InputError, LogError
from warlog.records import Capture

_SHA256 = re.compile(r"[0-9a-f]{64}")
#: Events after which the bytes that an entry tells of lie in the archive.
HELD = frozenset({"capture", "adopted", "kept", "restored"})

CUSTODY, LOCK, PASSING, STAMPS = "custody.jsonl", "custody.lock", "tmp", "timestamps"


class Withdrawn(LogError):
    """An original whose bytes were withdrawn; `entry` is the tombstone."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"The original {entry.sha256} {told(entry)}.")
        self.entry = entry


def told(entry: Entry) -> str:
    """What a tombstone says, in words: "was withdrawn on DAY by WHO: REASON"."""
    by = f" by {entry.collector}" if entry.collector else ""
    return f"was withdrawn on {entry.at[:10]}{by}: {entry.note.rstrip('.')}"


class Archive:
    """Original bytes in `<folder>/ab/cd/<sha256>`. The folder is made when the first bytes come."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._chain = Chain(self.folder / CUSTODY)

    @classmethod
    def beside(cls, log_path: str | Path) -> Archive:
        """The archive that belongs to a log: `<log path>.archive`."""
        return cls(f"{os.fspath(log_path)}.archive")

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash lie, or would lie. Raises ValueError if it is no SHA-256 in hex."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in lower-case hex: {sha256!r}")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def stamp_path(self, seq: int) -> Path:
        """Where the time stamp lies that the entry of this number tells of."""
        return self.folder / STAMPS / f"{seq}.tsr"

    @property
    def custody(self) -> Path:
        """The file of the custody record."""
        return self._chain.path

    # -- taking in -------------------------------------------------------------------------------------------------

    def take(self, capture: Capture, data: bytes) -> None:
        """Keep a capture's bytes and enter it in the custody record; when it returns both are on the disk.

        Bytes that are there already get a further entry and no second file. Should what lies there not be these bytes
        any more, it is replaced, and an entry says so. Raises InputError for bytes that were withdrawn, LogError if the
        archive cannot be written, and ValueError if these are not the bytes that the capture tells of.
        """
        self._enter(capture, data, "capture", capture.tool, capture.collector)

    def adopt(self, capture: Capture, data: bytes, tool: str, collector: str) -> None:
        """Enter a capture whose bytes have lain here since before custody was kept; otherwise as `take`."""
        self._enter(capture, data, "adopted", tool, collector)

    def _enter(self, capture: Capture, data: bytes, event: str, tool: str, collector: str) -> None:
        sha256 = sha256_of(data)
        if (capture.sha256, capture.size) != (sha256, len(data)):
            raise ValueError(f"the capture {capture.capture_id} tells of other bytes than these")
        entry = {
            "event": event, "capture_id": capture.capture_id, "capture_sha256": capture_hash(capture), "collector": collector,
            "tool": tool,
        }  # fmt: skip
        self._keep(sha256, data, entry, capture.name)

    def put(self, data: bytes) -> str:
        """Keep bytes that no capture tells of and return their SHA-256; otherwise as `take`."""
        sha256 = sha256_of(data)
        self._keep(sha256, data, {"event": "kept"}, sha256)
        return sha256

    def _keep(self, sha256: str, data: bytes, entry: dict[str, Any], name: str) -> None:
        entry |= {"sha256": sha256, "size": len(data)}
        with self.writing() as chain:
            tombstone = chain.withdrawn.get(sha256)
            if tombstone is not None:
                raise InputError(f"{name} holds bytes that are not taken in again: the original {told(tombstone)}.")
            target = self.path(sha256)
            if holds(target, data):
                chain.append([entry])
                return
            altered = target.exists()
            with self._passing(sha256, data) as passing:
                chain.append([entry | {"event": "restored"}, entry] if altered else [entry])
            self._place(passing, target)

    def stamp(self, token: bytes, about: str, address: str, tool: str, collector: str) -> Entry:
        """Keep a time stamp of the entry with the hash `about`, and enter it in the custody record. Raises LogError."""
        sha256 = sha256_of(token)
        with self.writing() as chain:
            with self._passing(sha256, token) as passing:
                (entry,) = chain.append(
                    [
                        {
                            "event": "timestamp", "sha256": sha256, "size": len(token), "about": about, "note": address,
                            "tool": tool, "collector": collector,
                        }
                    ]
                )  # fmt: skip
            self._place(passing, self.stamp_path(entry.seq))
            return entry

    def record_export(self, sha256: str, size: int, note: str, tool: str, collector: str) -> None:
        """Enter in the custody record that originals were written to a file with this hash. Raises LogError."""
        with self.writing() as chain:
            chain.append(
                [{"event": "exported", "sha256": sha256, "size": size, "note": note, "tool": tool, "collector": collector}]
            )

    def withdraw(self, sha256: str, why: str, tool: str, collector: str) -> Entry:
        """Remove the bytes of an original and leave a tombstone, which is returned. Doing it again completes it.

        The tombstone goes to the disk before the bytes go. Raises LogError if the archive cannot be written.
        """
        target = self.path(sha256)
        with self.writing() as chain:
            entry = chain.withdrawn.get(sha256)
            if entry is None:
                size = target.stat().st_size if target.exists() else 0
                fields = {"event": "withdrawn", "sha256": sha256, "size": size, "note": why, "tool": tool, "collector": collector}
                (entry,) = chain.append([fields])
            with contextlib.suppress(FileNotFoundError):
                target.unlink()
                flush_folder(target.parent)
            return entry

    @contextlib.contextmanager
    def writing(self) -> Iterator[Chain]:
        """The custody record, for one writer at a time; what a killed one left is finished first. Raises LogError."""
        try:
            (self.folder / PASSING).mkdir(parents=True, exist_ok=True)
            with locked(self.folder / LOCK):
                self._chain.catch_up()
                self._settle()
                yield self._chain
        except OSError as error:
            raise cannot_write(self.folder, error) from error

    @contextlib.contextmanager
    def _passing(self, sha256: str, data: bytes) -> Iterator[Path]:
        """Bytes on the disk under a passing name. They go again if the entry, which is made meanwhile, cannot be written.

        Stopped by anything else, the entry may be there already: then the next writer tells what becomes of them.
        """
        passing = self.folder / PASSING / sha256
        # File systems with a journal bring a new file's name to the disk with its bytes: the folder is not flushed too.
        write_durably(passing, data)
        try:
            yield passing
        except OSError:
            with contextlib.suppress(OSError):
                passing.unlink()
            raise

    def _place(self, passing: Path, target: Path) -> None:
        """Rename into place. Not flushed: should a power cut undo it, the next writer does it again."""
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(passing, target)

    def _settle(self) -> None:
        """Put passing files in their place where the custody record has them, and remove the others."""
        for left in sorted((self.folder / PASSING).iterdir()):
            target = self._place_of(left)
            if target is None:
                left.unlink()
            else:
                self._place(left, target)

    def _place_of(self, passing: Path) -> Path | None:
        """Where a passing file belongs, or None if it was never entered or was withdrawn since."""
        if not _SHA256.fullmatch(passing.name) or sha256_of_file(passing)[0] != passing.name:
            return None
        target: Path | None = None
        for entry in self._chain.entries(f'"sha256":"{passing.name}"'):
            if entry.event in HELD:
                target = self.path(passing.name)
            elif entry.event == "timestamp":
                target = self.stamp_path(entry.seq)
            elif entry.event == "withdrawn":
                target = None
        return target

    # -- reading out -----------------------------------------------------------------------------------------------

    def get(self, sha256: str) -> bytes:
        """The bytes with this hash. Raises Withdrawn if they were, and LogError if they are missing, unreadable or altered."""
        target = self.path(sha256)
        # An intake that was killed before the end has them under the passing name still.
        for place in (target, self.folder / PASSING / sha256):
            try:
                data = place.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise LogError(f"The original {place} cannot be read: {reason(error)}.") from error
            if sha256_of(data) != sha256:
                raise LogError(f"The original {place} was altered: its bytes no longer have the SHA-256 that names it.")
            return data
        tombstone = self.tombstone(sha256)
        if tombstone is not None:
            raise Withdrawn(tombstone)
        raise LogError(f"The archive {self.folder} has lost the original {sha256}: no such file as {target}.")

    def __contains__(self, sha256: str) -> bool:
        """Whether there is a file for this hash; `get` says whether it is still sound."""
        return self.path(sha256).is_file()

    def entries(self, sha256: str = "") -> Iterator[Entry]:
        """The sound entries of the custody record, in order; only those of one original, if its hash is given."""
        if not sha256:
            return self._chain.entries()
        return (entry for entry in self._chain.entries(f'"sha256":"{sha256}"') if entry.sha256 == sha256)

    def tombstone(self, sha256: str) -> Entry | None:
        """The entry by which an original was withdrawn, or None if it was not."""
        found: Entry | None = None
        for entry in self.entries(sha256):
            if entry.event == "withdrawn":
                found = entry
        return found
