"""Captures as WARC 1.1 records: what came from the web as the answer it was, anything else as a resource.

Beside each stands a metadata record with what the log knows of the capture and its custody entries. Payloads are
written as they are kept, which is decoded; headers that say otherwise are renamed the way replay tools expect, with
`X-Archive-Orig-` before them. Paths of the machine that the captures were taken in on are left out.
"""

from __future__ import annotations

import dataclasses
import hashlib
import http
import io
import json
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from warlog.archive.entry import Entry
from warlog.records import Capture

#: Headers that tell of how the payload was sent, not of how it is kept.
_OF_SENDING = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_RENAMED = "X-Archive-Orig-"
#: Media types of what is taken out of a page, feed or mail: such bytes are not what their address answers with.
_NOT_THE_PAGE = frozenset({"application/json", "message/rfc822", "multipart/related"})
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(slots=True, frozen=True)
class Written:
    """What an index has to know of a record that was written."""

    #: address that it is replayed under
    url: str
    #: time of the capture, UTC
    time: datetime
    media_type: str
    status: int | None
    digest: str
    offset: int
    length: int


class Warc:
    """Writes captures to a stream as gzipped WARC, one gzip member a record, so that each can be read alone."""

    def __init__(self, stream: IO[bytes], software: str) -> None:
        self._stream = _Counting(stream)
        self._writer = WARCWriter(self._stream, gzip=True, warc_version="1.1")
        info = {
            "software": software,
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        }
        self._writer.write_record(self._writer.create_warcinfo_record(None, info))

    def add(self, capture: Capture, data: bytes, custody: Sequence[Entry]) -> Written:
        """Write a capture with its bytes and custody entries. Raises OSError."""
        url, time = target(capture), moment(capture, custody)
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        stated = {"WARC-Date": _date(time), "WARC-Record-ID": _record_id(capture, url), "WARC-Payload-Digest": digest}
        offset = self._stream.position
        if capture.status is not None:
            head = _Head(_status_line(capture.status), _headers(capture, len(data)), "HTTP/1.1")
            stated["WARC-Block-Digest"] = f"sha256:{hashlib.sha256(head.to_ascii_bytes() + data).hexdigest()}"
            self._write(url, "response", data, stated, http_headers=head)
        else:
            stated["WARC-Block-Digest"] = digest
            self._write(url, "resource", data, stated, warc_content_type=_media_type(capture))
        length = self._stream.position - offset
        about = json.dumps({"capture": _public(capture), "custody": [dataclasses.asdict(entry) for entry in custody]}).encode()
        beside = f"urn:warlog:custody:{capture.capture_id}"
        stated = {
            "WARC-Date": _date(time),
            "WARC-Record-ID": _record_id(capture, beside),
            "WARC-Refers-To": stated["WARC-Record-ID"],
            "WARC-Block-Digest": f"sha256:{hashlib.sha256(about).hexdigest()}",
        }
        stated["WARC-Payload-Digest"] = stated["WARC-Block-Digest"]
        self._write(beside, "metadata", about, stated, warc_content_type="application/json")
        return Written(url, time, _media_type(capture), capture.status, digest, offset, length)

    def _write(self, url: str, kind: str, data: bytes, stated: dict[str, str], **more: Any) -> None:
        record = self._writer.create_warc_record(
            url, kind, payload=io.BytesIO(data), length=len(data), warc_headers_dict=stated, **more
        )
        self._writer.write_record(record)


def target(capture: Capture) -> str:
    """The address that a capture is replayed under: the one that answered, or one of ours that gives no path away."""
    url = capture.final_url or capture.url or ""
    is_web = url.lower().startswith(("http://", "https://"))
    if is_web and (capture.status is not None or capture.media_type not in _NOT_THE_PAGE):
        return quote(url, safe="".join(map(chr, range(0x21, 0x7F)))) if re.search(r"[\x00-\x20\x7f]", url) else url
    return f"urn:warlog:{capture.capture_id}"


def moment(capture: Capture, custody: Sequence[Entry]) -> datetime:
    """When a capture was taken, to the second, UTC; where its record does not say, when it came into custody."""
    for text in (capture.retrieved_at, *(entry.at for entry in custody)):
        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            continue
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
        return time.replace(microsecond=0)
    return datetime(1970, 1, 1, tzinfo=UTC)


def _date(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def _record_id(capture: Capture, url: str) -> str:
    """The same for the same capture, so that two exports can be compared."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{url} {capture.capture_id} {capture.sha256}')}>"


def _status_line(status: int) -> str:
    try:
        return f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"


def _headers(capture: Capture, size: int) -> list[tuple[str, str]]:
    """The answer's header lines, true of the payload as it is kept."""
    kept: list[tuple[str, str]] = []
    for line in capture.headers:
        if len(line) != 2 or not _TOKEN.fullmatch(line[0]):
            continue
        name, value = line[0], _CONTROL.sub(" ", line[1]).strip()
        if name.lower() in _OF_SENDING and not (name.lower() == "content-length" and value == str(size)):
            name = _RENAMED + name
        kept.append((name, value))
    names = {name.lower() for name, _ in kept}
    if "content-type" not in names:
        kept.append(("Content-Type", _media_type(capture)))
    if "content-length" not in names:
        kept.append(("Content-Length", str(size)))
    return kept


def _media_type(capture: Capture) -> str:
    return capture.media_type if re.fullmatch(r"[\w.+-]+/[\w.+-]+", capture.media_type) else "application/octet-stream"


def _public(capture: Capture) -> dict[str, Any]:
    """What the log knows of a capture, but for paths of the machine it was taken in on."""
    known = dataclasses.asdict(capture)
    for field in ("source", "container"):
        if not str(known[field] or "").lower().startswith(("http://", "https://")):
            known[field] = None
    return {name: value for name, value in known.items() if value not in (None, "", [])}


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """Header lines that are written as they came, in UTF-8, where the library would percent-encode them."""

    def to_ascii_bytes(self, filter_func: Callable[[tuple[str, str]], tuple[str, str] | None] | None = None) -> bytes:
        return bytes(self.to_str(filter_func).encode("utf-8", "replace")) + b"\r\n"


class _Counting:
    """A stream that knows how much was written to it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.position = 0

    def write(self, data: bytes) -> int:
        self._stream.write(data)
        self.position += len(data)
        return len(data)

    def flush(self) -> None:
        self._stream.flush()
