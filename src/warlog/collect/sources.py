"""Files, folders, standard input and addresses to captures: each with its bytes, in an order that never changes.

What cannot be used comes out as an `InputError` among the captures, so that one bad file stops nothing; what was
passed over comes out as a `Skipped` after the folder or archive it lies in.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import stat
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from warlog.collect import bounds
from warlog.collect.bounds import BombError, Budget, Rejoined, buffered
from warlog.collect.expand import expand, records_in
from warlog.collect.guard import Found, bomb, guarded, reason, unreadable
from warlog.collect.kinds import HEAD_BYTES, MEDIA_TYPES, SUFFIXES, Kind, sniff
from warlog.collect.notices import Skipped
from warlog.collect.origin import Origin, account, clean, location
from warlog.collect.zips import copy
from warlog.errors import InputError
from warlog.records import Capture

#: Gets a page from the web, or says in an InputError why not.
Fetch = Callable[[str], tuple[Capture, bytes] | InputError]

#: The source name that means standard input.
STDIN = "-"

_PIECE = 1024 * 1024
#: Kinds that are many captures, or none, and not the one page that an address was asked for.
_ARCHIVES = (Kind.ZIP, Kind.GZIP, Kind.WARC, Kind.FEED, Kind.JSON_FEED, Kind.RECORDS)


def captures(
    sources: Sequence[str | Path],
    *,
    collector: str = "",
    stdin: IO[bytes] | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Found]:
    """The captures of these sources with their bytes, an InputError for each that cannot be used, a Skipped for the rest.

    A source is a file, a folder, "-" for standard input (`stdin`, or the process's own), or an address, which is got
    with `fetch`. Folders are read with all that is below them, sorted by path; of the files in them those with one of
    `kinds.SUFFIXES` are read. A file that is named itself is read by what it holds, whatever its suffix. `collector` is
    who takes them in; the name of the account if empty. Never raises for an input.
    """
    collector = collector or account()
    for source in sources:
        if not str(source):
            yield InputError("An empty name was given: name a file or a folder.")
        elif str(source) == STDIN:
            yield from _stdin(stdin, collector)
        elif "://" in str(source):
            yield from _address(str(source), collector, fetch)
        else:
            yield from _path(source, collector)


def _path(source: str | Path, collector: str) -> Iterator[Found]:
    try:
        path = Path(source).expanduser()
        mode = path.stat().st_mode
    except (OSError, ValueError, RuntimeError) as error:
        yield InputError(_no_source(source, error))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, collector)
    elif stat.S_ISREG(mode):
        yield from _file(path, path.name, "file", collector)
    else:
        yield InputError(f"{clean(os.fspath(path))} is neither a file nor a folder.")


def _folder(folder: Path, collector: str) -> Iterator[Found]:
    found: list[tuple[str, Path]] = []
    skipped: Counter[str] = Counter()
    failures: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=failures.append):
        for name in list(folders):
            if name.startswith(".") or os.path.islink(os.path.join(parent, name)):
                # Links to folders are not followed: they may lead in a circle, or to what is read already.
                skipped["hidden" if name.startswith(".") else "links to folders"] += 1
                folders.remove(name)
        for name in files:
            suffix = os.path.splitext(name)[1].lower()
            if name.startswith("."):
                skipped["hidden"] += 1
            elif suffix in SUFFIXES:
                path = Path(parent, name)
                found.append((path.relative_to(folder).as_posix(), path))
            else:
                skipped[suffix or "no suffix"] += 1
    for failure in failures:
        yield InputError(f"The folder {clean(failure.filename)} cannot be read: {reason(failure)}.")
    if not found and not failures:
        yield InputError(f"The folder {clean(os.fspath(folder))} holds no file that can be read ({', '.join(SUFFIXES)}).")
    for name, path in sorted(found):
        shown = clean(os.fspath(path))
        try:
            regular = stat.S_ISREG(path.stat().st_mode)
        except OSError as error:
            yield unreadable(shown, path, error)
            continue
        if not regular:
            skipped["no files"] += 1
            continue
        for item in _file(path, name, "folder", collector):
            if isinstance(item, Skipped) and item.folder == shown and path.suffix.lower() in (".json", ".xml"):
                # A file of a suffix that only sometimes is one of ours.
                skipped.update(item.counts)
            else:
                yield item
    if skipped:
        yield Skipped(clean(os.fspath(folder)), dict(skipped))


def _file(path: Path, name: str, method: str, collector: str) -> Iterator[Found]:
    shown = clean(os.fspath(path))
    try:
        file = path.open("rb")
    except OSError as error:
        yield unreadable(shown, path, error)
        return
    with file:
        origin = Origin(
            source=location(path),
            name=clean(name),
            shown=shown,
            method=method,
            collector=collector,
            budget=Budget(0),
            file_name=clean(path.name),
            listed=method == "folder",
        )
        try:
            size = os.fstat(file.fileno()).st_size
            origin = dataclasses.replace(origin, budget=Budget(size), container_sha256=_sha256_of_archive(file, path))
        except OSError as error:
            yield unreadable(shown, path, error)
            return
        yield from _told(expand(file, origin), origin)


def _told(found: Iterator[Found], origin: Origin) -> Iterator[Found]:
    """What was found in a source. That it is a bomb is told once, whatever depth it went off in."""
    while True:
        try:
            item = next(found, None)
        except BombError:
            yield bomb(origin.shown)
            return
        if item is None:
            return
        if not isinstance(item, InputError | Skipped) and item[0].container is None:
            item[0].container_sha256 = None
        yield item


def _sha256_of_archive(file: IO[bytes], path: Path) -> str | None:
    """SHA-256 of a file whose captures are parts of it; None for a page or records. Leaves the file at its start."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    suffix = path.suffix.lower()
    if sniff(head, suffix) not in (*_ARCHIVES, Kind.MAIL) or sniff(head, suffix) is Kind.RECORDS:
        return None
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def _stdin(stream: IO[bytes] | None, collector: str) -> Iterator[Found]:
    """Standard input: lines of records one by one as they come, anything else whole."""
    import sys

    shown = "Standard input"
    given: IO[bytes] | None = stream if stream is not None else getattr(sys.stdin, "buffer", None)
    if given is None:
        yield InputError(f"{shown} is closed.")
        return
    try:
        head = _first_bytes(given)
    except (OSError, ValueError) as error:
        yield InputError(f"{shown} cannot be read: {reason(error) if isinstance(error, OSError) else 'it is closed'}.")
        return
    origin = Origin(STDIN, "stdin", shown, "stdin", collector, Budget(0))
    whole = buffered(Rejoined(head, given))
    if sniff(head) is Kind.RECORDS:
        yield from _told(guarded(records_in(whole, origin), shown), origin)
        return
    with tempfile.SpooledTemporaryFile(max_size=bounds.SPOOL_MEMORY, prefix="warlog-") as spool:
        if not copy(whole, spool):
            yield InputError(f"{shown} gives more than {bounds.shown_size(bounds.MAX_SPOOLED_BYTES)}, which is too much.")
            return
        size = spool.tell()
        spool.seek(0)
        digest = hashlib.sha256()
        while piece := spool.read(_PIECE):
            digest.update(piece)
        spool.seek(0)
        # What is piped in has no name of its own; that of its bytes keeps one text from passing for a version of another.
        sha256 = digest.hexdigest()
        origin = dataclasses.replace(
            origin, source=f"stdin:{sha256[:16]}", name=f"stdin-{sha256[:8]}", budget=Budget(size), container_sha256=sha256
        )
        yield from _told(expand(spool, origin), origin)


def _first_bytes(stream: IO[bytes]) -> bytes:
    """The first bytes of a stream, as many as come up to the end of the first line or `HEAD_BYTES`."""
    head = b""
    while len(head) < HEAD_BYTES and (line := stream.readline(HEAD_BYTES - len(head))):
        head += line
        if line.strip():
            break
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return head
    return head + stream.read(HEAD_BYTES - len(head))


def _address(url: str, collector: str, fetch: Fetch | None) -> Iterator[Found]:
    if fetch is None:
        yield InputError(f"{url} is an address: save the page and read the file.")
        return
    got = fetch(url)
    if isinstance(got, InputError):
        yield got
        return
    capture, data = got
    file_name = urlsplit(capture.final_url or url).path.rsplit("/", 1)[-1]
    kind = sniff(data[:HEAD_BYTES], os.path.splitext(file_name)[1].lower())
    if kind.is_page:
        # Servers call a page by any type; what it is shows in it. Plain text shows nothing, and keeps the type it came with.
        if kind is not Kind.TEXT or capture.media_type not in MEDIA_TYPES.values():
            capture.media_type = MEDIA_TYPES[kind]
        yield capture, data
        return
    if kind not in _ARCHIVES:
        yield InputError(f"{url} is {kind.value}.")
        return
    origin = Origin(
        source=capture.source,
        name=capture.name,
        shown=url,
        method="url",
        collector=capture.collector or collector,
        budget=Budget(len(data)),
        file_name=file_name,
        container_sha256=capture.sha256,
        headers=capture.headers,
        retrieved_at=capture.retrieved_at,
    )
    yield from _told(expand(io.BytesIO(data), origin), origin)


def _no_source(source: str | Path, error: OSError | ValueError | RuntimeError) -> str:
    shown = clean(os.fspath(source))
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"There is no file or folder {shown}{_meant(Path(source))}."
    if isinstance(error, ValueError):
        return f"{str(source)!r} is no path."
    if isinstance(error, OSError):
        return f"{shown} cannot be read: {reason(error)}."
    return f"There is no file or folder {shown}."


def _meant(path: Path) -> str:
    """A hint for a name that was mistyped: the nearest to it that is there."""
    import difflib

    try:
        path = path.expanduser()
        if path.is_symlink():
            return " behind that link"
        there = [name for name in os.listdir(path.parent) if not name.startswith(".")][:10_000]
    except (OSError, ValueError, RuntimeError):
        return ""
    near = difflib.get_close_matches(path.name, there, 1, 0.75)
    return f"; the nearest name there is {clean(near[0])}" if near else ""
