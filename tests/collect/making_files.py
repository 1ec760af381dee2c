"""Makes files of every kind that is collected, for the tests of collecting and reading."""

import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from warlog.collect import Skipped, captures
from warlog.errors import InputError
from warlog.records import Capture

TEXT = "The army said on Monday that it had taken the town of Mirre after two days of fighting."
PAGE = f"<!DOCTYPE html><html><head><title>Mirre</title></head><body><h1>Mirre is taken</h1><p>{TEXT}</p></body></html>".encode()


def sorted_out(*sources, **options):
    """What these sources give: captures with their bytes, sentences on faults, and what was passed over."""
    found = list(captures(sources, **options))
    good: list[tuple[Capture, bytes]] = [f for f in found if not isinstance(f, InputError | Skipped)]
    return good, [str(f) for f in found if isinstance(f, InputError)], [f for f in found if isinstance(f, Skipped)]


def zipped(members: Mapping[str, bytes] | Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(name, data)
    return file.getvalue()


class Warc:
    """A WARC file in the making."""

    def __init__(self, *, packed: bool = False) -> None:
        self.file = io.BytesIO()
        self.writer = WARCWriter(self.file, gzip=packed)

    def response(self, url, body=PAGE, status="200 OK", content_type="text/html", *headers, date="2024-05-01T10:00:00Z"):
        http = StatusAndHeaders(status, [("Content-Type", content_type), *headers], protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": date}
        )
        self.writer.write_record(record)
        return record.rec_headers.get_header("WARC-Payload-Digest")

    def resource(self, url, body, content_type):
        record = self.writer.create_warc_record(url, "resource", payload=io.BytesIO(body), warc_content_type=content_type)
        self.writer.write_record(record)

    def revisit(self, url, digest):
        self.writer.write_record(self.writer.create_revisit_record(url, digest, url, "2024-05-01T10:00:00Z"))

    def info(self):
        self.writer.write_record(self.writer.create_warcinfo_record("x.warc", {"software": "test"}))

    @property
    def data(self) -> bytes:
        return self.file.getvalue()


def gz_of_zeros(size: int) -> bytes:
    """A gzip file that unpacks to so many zeros."""
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=9, mtime=0) as packed:
        piece = bytes(1024 * 1024)
        for _ in range(size // len(piece)):
            packed.write(piece)
    return file.getvalue()
