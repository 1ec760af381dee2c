"""WARC files to captures: each answer that holds a page, with its address, status, headers and time as recorded.

The records are read one at a time. A record that is cut off, or is not what its own digest says, gives a sentence in
its place. Records that hold no page (pictures, errors, requests) are counted and passed over.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections import Counter, OrderedDict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from warlog.collect import bounds
from warlog.collect.encoding import is_binary
from warlog.collect.guard import DAMAGE, Found, damage
from warlog.collect.kinds import HEAD_BYTES, MEDIA_TYPES, Kind, sniff
from warlog.collect.notices import Skipped
from warlog.collect.origin import Origin
from warlog.collect.records import storable
from warlog.errors import InputError

#: Media types of pages, and the kind they are read as where the bytes leave it open.
_PAGES = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "text/plain": Kind.TEXT,
    "text/markdown": Kind.MARKDOWN,
    "text/x-markdown": Kind.MARKDOWN,
    "application/pdf": Kind.PDF,
    "message/rfc822": Kind.MAIL,
    "multipart/related": Kind.MHTML,
}
#: The suffix that files of a kind have, to tell the bytes by.
_SUFFIXES = {
    Kind.HTML: ".html",
    Kind.TEXT: ".txt",
    Kind.MARKDOWN: ".md",
    Kind.PDF: ".pdf",
    Kind.MAIL: ".eml",
    Kind.MHTML: ".mhtml",
}
#: Types that servers send when they do not know better; the bytes are asked.
_UNSAID = ("", "application/octet-stream", "binary/octet-stream", "application/download", "application/x-download")
#: Records that can hold a page; the others tell of the file, of what was asked, or of another record.
_WANTED = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.revisit)
#: A revisit record says that an answer was the same as one before; of those before, so much is remembered.
_REMEMBERED_BYTES = 64 * 1024 * 1024


class _Source:
    """The stream as the WARC reader wants it: with a position, and never raising, which its reader does not survive."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._position = 0
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        if self.error is not None:
            return b""
        try:
            read = getattr(self._stream, "read1", self._stream.read)
            data: bytes = read(size)
        except (*DAMAGE, bounds.BombError) as error:
            self.error = error
            return b""
        self._position += len(data)
        return data

    def tell(self) -> int:
        return self._position

    def seekable(self) -> bool:
        return False

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """The stream is closed by whoever opened it."""


class _Remembered:
    """The last pages by their payload digest, for the records that only point to them."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, tuple[bytes, Kind]] = OrderedDict()
        self._size = 0

    def keep(self, digest: str | None, data: bytes, kind: Kind) -> None:
        if digest is None or digest in self._pages:
            return
        self._pages[digest] = (data, kind)
        self._size += len(data)
        while self._size > _REMEMBERED_BYTES:
            self._size -= len(self._pages.popitem(last=False)[1][0])

    def find(self, digest: str | None) -> tuple[bytes, Kind] | None:
        return None if digest is None else self._pages.get(digest)


def captures(stream: IO[bytes], origin: Origin) -> Iterator[Found]:
    """The captures in a WARC file. A file cut off gives what is whole, and a sentence. Raises BombError."""
    source = _Source(stream)
    skipped: Counter[str] = Counter()
    remembered = _Remembered()
    number = 0
    cut = told = False
    for record in _records(source, origin):
        if isinstance(record, InputError):
            told = True
            yield record
            break
        number += 1
        where = _where(origin, record, number)
        try:
            wanted = record.record_type in _WANTED
            if not wanted or record.content_length > bounds.MAX_PAGE_BYTES:
                skipped["too large"] += wanted
                cut = _ends_early(record)
                continue
            said = record.content_length
            record.freeze()
            cut = record.content_length < said or _has_no_head(record)
            if cut:
                continue
            for found in _record(record, origin, where, remembered, skipped):
                told = True
                yield found
        except DAMAGE as error:
            told = True
            yield InputError(f"{where} {damage(error)}.")
    if isinstance(source.error, bounds.BombError):
        raise source.error
    if source.error is not None:
        yield InputError(f"{origin.shown} {damage(source.error)}; the records before that were read.")
    elif cut:
        yield InputError(f"{origin.shown} is cut off: its last record is not whole; the records before it were read.")
    elif not told and (not number or not (origin.listed or origin.method == "wacz")):
        # Among the files of a crawl are some of pictures or logs only, which is no fault.
        yield InputError(f"{origin.shown} holds no {'page' if number else 'WARC record'} that can be read.")
    skipped = +skipped
    if skipped:
        yield Skipped(origin.shown, dict(skipped))


def _has_no_head(record: WarcRecord) -> bool:
    """Whether the file ends in the middle of the record's own header lines."""
    return record.headers.get("WARC-Type") is None or record.headers.get("Content-Length") is None


def _ends_early(record: WarcRecord) -> bool:
    """Whether the file ends before a record does that is passed over; it is read to its end without being kept."""
    record.reader.consume(-1)
    return _has_no_head(record) or record.reader.tell() < record.content_length


def _records(source: _Source, origin: Origin) -> Iterator[WarcRecord | InputError]:
    """The records of the file; its reader can fail in its own way on what is no WARC, which is told as an error."""
    try:
        archive = iter(ArchiveIterator(source, parse_http=False, strict_mode=False))  # type: ignore[arg-type]
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        yield InputError(f"{origin.shown} is damaged: it cannot be read as WARC.")
        return
    while True:
        try:
            record = next(archive, None)
        except BaseException as error:
            # The reader's panics are no Exceptions.
            if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
                raise
            if source.error is None:
                yield InputError(f"{origin.shown} is damaged: after some records it is no longer WARC.")
            return
        if record is None:
            return
        yield record


def _where(origin: Origin, record: WarcRecord, number: int) -> str:
    url = storable(record.headers.get("WARC-Target-URI") or "").strip("<>")
    return f"{origin.shown}, record {number}{f' ({url[:200]})' if url else ''},"


def _record(record: WarcRecord, origin: Origin, where: str, remembered: _Remembered, skipped: Counter[str]) -> Iterator[Found]:
    url = storable(record.headers.get("WARC-Target-URI") or "").strip("<> ")
    if not url.lower().startswith(("http://", "https://", "ftp://", "file://")):
        skipped["no page"] += 1
        return
    if record.headers.get("WARC-Block-Digest") and _checkable(record) and not record.verify_block_digest():
        yield InputError(f"{where} is not what its own digest says: it was altered, and was not read.")
        return
    answer = _answer(record)
    if answer.status not in (None, 200, 203) and not (record.record_type == WarcRecordType.revisit and answer.status == 304):
        skipped[f"HTTP {answer.status}"] += 1
        return
    digest = record.headers.get("WARC-Payload-Digest")
    if record.record_type == WarcRecordType.revisit:
        known = remembered.find(digest)
        if known is None:
            skipped["revisits of pages that are elsewhere"] += 1
            return
        data, kind = known
    else:
        if answer.kind is None and answer.media not in _UNSAID:
            skipped[answer.media] += 1
            return
        data = record.reader.read(bounds.MAX_PAGE_BYTES + 1)
        origin.budget.spend(len(data))
        if len(data) > bounds.MAX_PAGE_BYTES:
            yield InputError(f"{where} is larger than {bounds.shown_size(bounds.MAX_PAGE_BYTES)}, which is no page of text.")
            return
        found = _kind(answer, data, url)
        if found is None:
            skipped[answer.media or "no page"] += 1
            return
        kind = found
        remembered.keep(digest, data, kind)
    yield _capture(record, origin, url, answer, data, kind), data


@dataclasses.dataclass(slots=True)
class _Answer:
    status: int | None
    headers: list[list[str]]
    #: media type in small letters, without parameters; empty where none is given
    media: str
    kind: Kind | None


def _answer(record: WarcRecord) -> _Answer:
    """What the server answered; a resource record has no server, and only a type."""
    content_type = record.headers.get("Content-Type") or ""
    status: int | None = None
    headers: list[list[str]] = []
    if content_type.lower().startswith("application/http"):
        with contextlib.suppress(*DAMAGE):
            record.parse_http(auto_decode="all", strict_mode=False)
        http: Any = record.http_headers if record.is_http_parsed else None
        if http is not None:
            status = http.status_code
            headers = [[storable(name), storable(value)] for name, value in http.to_tuples()]
            content_type = http.get("Content-Type") or ""
        else:
            content_type = ""
    media = storable(content_type).partition(";")[0].strip().lower()
    return _Answer(status, headers, media, _PAGES.get(media))


def _kind(answer: _Answer, data: bytes, url: str) -> Kind | None:
    """What the payload is read as; None for what is no page, whatever it is called."""
    if not data.strip() or (answer.media == "text/plain" and url.partition("?")[0].endswith("/robots.txt")):
        return None
    found = sniff(data[:HEAD_BYTES], _SUFFIXES[answer.kind] if answer.kind else "")
    if not found.is_page or (answer.kind is None and found in (Kind.TEXT, Kind.MARKDOWN)):
        return None
    return None if found is not Kind.PDF and is_binary(data) else found


def _checkable(record: WarcRecord) -> bool:
    algorithm = (record.headers.get("WARC-Block-Digest") or "").partition(":")[0].lower()
    return algorithm in ("sha1", "sha256", "md5") and algorithm in hashlib.algorithms_available


def _capture(record: WarcRecord, origin: Origin, url: str, answer: _Answer, data: bytes, kind: Kind) -> Any:
    """The capture of a record. Its source is its address, so that a later capture of the page is a version of it."""
    method = "wacz" if origin.method == "wacz" else "warc"
    inner = dataclasses.replace(
        origin,
        source=url,
        name=url,
        method=method,
        url=url,
        final_url=url,
        status=answer.status,
        headers=answer.headers,
        retrieved_at=_time(record.headers.get("WARC-Date")),
        container=origin.source,
    )
    return inner.capture(data, MEDIA_TYPES[kind])


def _time(value: str | None) -> str:
    """A WARC-Date as ISO 8601 in UTC, to the second; empty where it is none."""
    try:
        found = datetime.fromisoformat((value or "").strip().replace("Z", "+00:00"))
    except ValueError:
        return ""
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return found.isoformat(timespec="seconds")
