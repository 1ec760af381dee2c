"""Files and folders to captures: each with its bytes, one at a time, in an order that never changes.

What cannot be used comes out as an `InputError` among the captures, so that one bad file stops nothing.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from warlog.collect.encoding import is_binary
from warlog.collect.records import MAX_LINE_BYTES, BadRecordError, lines, parse, record_name
from warlog.errors import InputError
from warlog.records import Capture

#: Suffixes of pages, one document to a file, with their media types.
PAGE_SUFFIXES: dict[str, str] = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}
#: Suffixes of files with one record to a line.
RECORD_SUFFIXES: tuple[str, ...] = (".jsonl", ".ndjson")
#: The largest page that is read; a page of war reporting has a hundred kilobytes, a book of it ten megabytes.
MAX_PAGE_BYTES = 64 * 1024 * 1024

_HTML_STARTS = (b"<!doctype html", b"<html")


def captures(sources: Sequence[str | Path]) -> Iterator[tuple[Capture, bytes] | InputError]:
    """The captures of these files and folders with their bytes, or an InputError for each that cannot be used.

    Folders are read with all that is below them, sorted by path; hidden files and other suffixes than ours in them
    are passed over. A file that is named itself is tried as text whatever its suffix. Never raises for an input.
    """
    for source in sources:
        if not str(source):
            yield InputError("An empty name was given: name a file or a folder.")
            continue
        if "://" in str(source):
            yield InputError(f"{source} is an address: save the page and read the file.")
            continue
        path = Path(source).expanduser()
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            yield InputError(_no_source(source, error))
            continue
        if stat.S_ISDIR(mode):
            yield from _folder(path)
        elif stat.S_ISREG(mode):
            yield from _file(path, path.name, "file")
        else:
            yield InputError(f"{_shown(path)} is neither a file nor a folder.")


def _folder(folder: Path) -> Iterator[tuple[Capture, bytes] | InputError]:
    found: list[tuple[str, Path]] = []
    failures: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=failures.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(parent, name)
            if not name.startswith(".") and _known(path):
                found.append((path.relative_to(folder).as_posix(), path))
    for failure in failures:
        yield InputError(f"The folder {_shown(failure.filename)} cannot be read: {_reason(failure)}.")
    if not found and not failures:
        kinds = ", ".join((*PAGE_SUFFIXES, *RECORD_SUFFIXES))
        yield InputError(f"The folder {_shown(folder)} holds no file that can be read ({kinds}).")
    for name, path in sorted(found):
        try:
            regular = stat.S_ISREG(path.stat().st_mode)
        except OSError as error:
            yield InputError(_unreadable(path, error))
            continue
        if regular:
            yield from _file(path, name, "folder")


def _known(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in PAGE_SUFFIXES or suffix in RECORD_SUFFIXES


def _file(path: Path, name: str, method: str) -> Iterator[tuple[Capture, bytes] | InputError]:
    if path.suffix.lower() in RECORD_SUFFIXES:
        yield from _records(path)
    else:
        yield _page(path, name, method)


def _page(path: Path, name: str, method: str) -> tuple[Capture, bytes] | InputError:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PAGE_BYTES + 1)
    except OSError as error:
        return InputError(_unreadable(path, error))
    if len(data) > MAX_PAGE_BYTES:
        return InputError(f"{_shown(path)} is larger than {MAX_PAGE_BYTES // 2**20} MiB, which is no page of text.")
    if not data.strip():
        return InputError(f"{_shown(path)} is empty.")
    if is_binary(data):
        return InputError(f"{_shown(path)} is a binary file, not text.")
    return _capture(path, _clean(name), _media_type(path, data), data, None, method), data


def _media_type(path: Path, data: bytes) -> str:
    known = PAGE_SUFFIXES.get(path.suffix.lower(), "text/plain")
    # Pages are often saved under another suffix, or none.
    if known == "text/plain" and data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML_STARTS):
        return "text/html"
    return known


def _records(path: Path) -> Iterator[tuple[Capture, bytes] | InputError]:
    """The records of a file. Reading and yielding are kept apart: what the caller raises is not taken for a bad file."""
    try:
        file = path.open("rb")
    except OSError as error:
        yield InputError(_unreadable(path, error))
        return
    any_line = False
    with file:
        try:
            start = file.read(4)
            file.seek(0)
        except OSError as error:
            yield InputError(_unreadable(path, error))
            return
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield InputError(f"{_shown(path)} is in UTF-16; JSON Lines are read in UTF-8.")
            return
        found = lines(file)
        while True:
            try:
                line = next(found, None)
            except OSError as error:
                yield InputError(_unreadable(path, error))
                return
            if line is None:
                break
            any_line = True
            yield _record(path, line.number, line.data)
    if not any_line:
        yield InputError(f"{_shown(path)} is empty.")


def _record(path: Path, number: int, data: bytes | None) -> tuple[Capture, bytes] | InputError:
    where = f"{_shown(path)}, line {number}"
    if data is None:
        return InputError(f"{where}: the line is longer than {MAX_LINE_BYTES // 2**20} MiB.")
    try:
        record = parse(data)
    except BadRecordError as error:
        return InputError(f"{where}: {error}.")
    return _capture(path, record_name(record), "application/json", data, number, "jsonl"), data


def _capture(path: Path, name: str, media_type: str, data: bytes, number: int | None, method: str) -> Capture:
    source = _clean(os.path.abspath(path))
    sha256 = hashlib.sha256(data).hexdigest()
    identity = "\n".join((source, "" if number is None else str(number), sha256))
    return Capture(
        capture_id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        sha256=sha256,
        size=len(data),
        source=source,
        name=name,
        media_type=media_type,
        record_number=number,
        retrieved_at=datetime.now(UTC).isoformat(timespec="seconds"),
        method=method,
    )


def _clean(name: str) -> str:
    """A file name as text that can be stored, also where the system's name is not UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")


def _shown(path: str | Path) -> str:
    return _clean(os.fspath(path))


def _no_source(source: str | Path, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"There is no file or folder {_shown(source)}."
    if isinstance(error, ValueError):
        return f"{str(source)!r} is no path."
    return f"{_shown(source)} cannot be read: {_reason(error)}."


def _unreadable(path: Path, error: OSError) -> str:
    if error.errno == errno.ENOENT:
        return f"{_shown(path)} vanished before it could be read."
    return f"{_shown(path)} cannot be read: {_reason(error)}."


def _reason(error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return "no permission"
    return (error.strerror or type(error).__name__).lower()
