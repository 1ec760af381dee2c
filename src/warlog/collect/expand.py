"""A stream of bytes to the captures in it: a page is one, a file of records or an archive is many.

What the bytes are is told from the bytes. Compressed files and archives are opened here, one in the other up to
`bounds.MAX_DEPTH`, as streams: nothing is held whole but a page, and nothing is written under a name of the archive's.
"""

from __future__ import annotations

import dataclasses
import gzip
from collections.abc import Callable, Iterator
from typing import IO

from warlog.collect import attached, bounds, items, records, warc, zips
from warlog.collect.bounds import Metered, Rejoined, buffered, read_head
from warlog.collect.encoding import is_binary
from warlog.collect.guard import Found, guarded
from warlog.collect.kinds import HEAD_BYTES, MEDIA_TYPES, Kind, sniff
from warlog.collect.notices import Skipped
from warlog.collect.origin import Origin
from warlog.collect.page import address_in
from warlog.collect.records import MAX_LINE_BYTES, BadRecordError, lines, parse, record_name
from warlog.errors import InputError


def expand(stream: IO[bytes], origin: Origin) -> Iterator[Found]:
    """The captures in a stream, or an InputError for what of it cannot be used; what was passed over, at the end.

    The stream is read on from where it stands. Raises BombError, and nothing else, for bytes of any kind.
    """
    yield from guarded(_open(stream, origin), origin.shown)


def _open(stream: IO[bytes], origin: Origin) -> Iterator[Found]:
    head, error = read_head(stream, HEAD_BYTES)
    if error is None and not head.strip() and len(head) < HEAD_BYTES:
        yield InputError(f"{origin.shown} is empty.")
        return
    kind = sniff(head, origin.suffix)
    if kind is Kind.ZIP and stream.seekable():
        # The archive's list is at its end.
        stream.seek(0)
        yield from _READERS[kind](stream, origin)
    elif kind.is_page or kind in _READERS:
        yield from _READERS.get(kind, _page_of(kind))(buffered(Rejoined(head, stream, error)), origin)
    elif origin.listed and kind in (Kind.XML, Kind.JSON):
        # Suffixes that only sometimes are of something to be read.
        yield Skipped(origin.shown, {origin.suffix or "no suffix": 1})
    else:
        yield InputError(f"{origin.shown} is {kind.value}.")


def _page_of(kind: Kind) -> Callable[[IO[bytes], Origin], Iterator[Found]]:
    def read(stream: IO[bytes], origin: Origin) -> Iterator[Found]:
        return _page(stream, origin, kind)

    return read


def _page(stream: IO[bytes], origin: Origin, kind: Kind) -> Iterator[Found]:
    data = stream.read(bounds.MAX_PAGE_BYTES + 1)
    if len(data) > bounds.MAX_PAGE_BYTES:
        yield InputError(f"{origin.shown} is larger than {bounds.shown_size(bounds.MAX_PAGE_BYTES)}, which is no page of text.")
    elif not data.strip():
        yield InputError(f"{origin.shown} is empty.")
    elif kind is not Kind.PDF and is_binary(data):
        yield InputError(f"{origin.shown} is {Kind.BINARY.value}.")
    else:
        method = "mhtml" if kind is Kind.MHTML and origin.method in ("file", "folder", "zip") else None
        yield origin.capture(data, MEDIA_TYPES[kind], method=method, url=origin.url or address_in(data, kind)), data
        if kind is Kind.MAIL:
            yield from attached.captures(data, origin, expand)


def records_in(stream: IO[bytes], origin: Origin) -> Iterator[Found]:
    """The records in a stream of JSON Lines, one by one as they come."""
    any_line = False
    for line in lines(stream):
        any_line = True
        if line.endless:
            limit = bounds.shown_size(records.MAX_SKIPPED_BYTES)
            where = f"{origin.shown}, line {line.number}"
            yield InputError(f"{where}: the line is longer than {limit}, and the file was not read on from there.")
            continue
        yield _record(origin, line.number, line.data)
    if not any_line:
        yield InputError(f"{origin.shown} is empty.")


def _record(origin: Origin, number: int, data: bytes | None) -> Found:
    where = f"{origin.shown}, line {number}"
    if data is None:
        return InputError(f"{where}: the line is longer than {bounds.shown_size(MAX_LINE_BYTES)}.")
    try:
        record = parse(data)
    except BadRecordError as error:
        return InputError(f"{where}: {error}.")
    method = "stdin" if origin.method == "stdin" else "jsonl"
    return origin.capture(data, "application/json", number=number, name=record_name(record), method=method), data


def _gunzip(stream: IO[bytes], origin: Origin) -> Iterator[Found]:
    if origin.depth >= bounds.MAX_DEPTH:
        yield too_deep(origin)
        return
    # What is in a compressed file is known by that file's name without its suffix.
    plain = origin.file_name[:-3] if origin.suffix == ".gz" else origin.file_name
    name = origin.name[:-3] if origin.name.lower().endswith(".gz") else origin.name
    inner = dataclasses.replace(origin, file_name=plain, name=name, container=origin.source, depth=origin.depth + 1)
    with gzip.GzipFile(fileobj=stream) as unpacked:
        yield from expand(buffered(Metered(unpacked, origin.budget)), inner)


def _unzip(stream: IO[bytes], origin: Origin) -> Iterator[Found]:
    if origin.depth >= bounds.MAX_DEPTH:
        return iter((too_deep(origin),))
    return zips.captures(stream, origin, expand)


def too_deep(origin: Origin) -> InputError:
    """The sentence on an archive that lies in too many others."""
    return InputError(f"{origin.shown} lies in {bounds.MAX_DEPTH} archives one in the other, and is not opened.")


_READERS: dict[Kind, Callable[[IO[bytes], Origin], Iterator[Found]]] = {
    Kind.RECORDS: records_in,
    Kind.GZIP: _gunzip,
    Kind.ZIP: _unzip,
    Kind.WARC: warc.captures,
    Kind.FEED: items.feed_captures,
    Kind.JSON_FEED: items.json_feed_captures,
}
