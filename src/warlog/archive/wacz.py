"""WACZ 1.1.1: a WARC with the index, the list of pages and the manifest that replay tools open it by, in one ZIP file."""

from __future__ import annotations

import contextlib
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any

from warlog.archive.surt import surt
from warlog.archive.warc import Warc, Written

VERSION = "1.1.1"
#: The index is packed in blocks of so many lines, which a second index points into.
INDEX_LINES = 300

_WARC, _INDEX, _BLOCKS, _PAGES = "archive/data.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl"
#: Media types of records that are a page to open; others are found by their address.
_PAGE_TYPES = ("text/", "application/pdf", "application/xhtml")


class Wacz:
    """Writes a WACZ. Add captures through `warc`, note each with `page`, then call `finish`."""

    def __init__(self, stream: IO[bytes], software: str) -> None:
        self._zip = zipfile.ZipFile(stream, "w", allowZip64=True)
        self._software = software
        self._created = datetime.now(UTC).replace(microsecond=0)
        self._resources: list[dict[str, Any]] = []
        self._index: list[str] = []
        self._pages: list[dict[str, Any]] = []
        self._member = self._file(_WARC, packed=False)
        self.warc = Warc(self._member.__enter__(), software)

    def page(self, written: Written, page_id: str, title: str | None, size: int) -> None:
        """Put a record that was written on the index, and on the list of pages if it is one."""
        fields = {
            "url": written.url, "mime": written.media_type, "status": str(written.status or 200), "digest": written.digest,
            "length": str(written.length), "offset": str(written.offset), "filename": _WARC.rpartition("/")[2],
        }  # fmt: skip
        self._index.append(f"{surt(written.url)} {written.time:%Y%m%d%H%M%S} {json.dumps(fields)}\n")
        if written.media_type.startswith(_PAGE_TYPES) or written.url.startswith("urn:"):
            page = {"id": page_id, "url": written.url, "ts": f"{written.time:%Y-%m-%dT%H:%M:%SZ}", "size": size}
            self._pages.append(page | ({"title": title} if title else {}))

    def finish(self, title: str, description: str) -> None:
        """Write index, pages and manifest, and close the ZIP."""
        self._member.__exit__(None, None, None)
        self._write_index()
        header = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
        with self._file(_PAGES, packed=True) as file:
            for line in (header, *self._pages):
                file.write(json.dumps(line).encode() + b"\n")
        created = f"{self._created:%Y-%m-%dT%H:%M:%SZ}"
        package: dict[str, Any] = {
            "profile": "data-package", "resources": self._resources, "wacz_version": VERSION, "title": title,
            "description": description, "created": created, "modified": created, "software": self._software,
        }  # fmt: skip
        first = next((page for page in self._pages if not page["url"].startswith("urn:")), None)
        if first is not None:
            package |= {"mainPageUrl": first["url"], "mainPageDate": first["ts"]}
        manifest = json.dumps(package, indent=2).encode()
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(manifest).hexdigest()}"}
        self._zip.writestr(self._info("datapackage.json", packed=True), manifest)
        self._zip.writestr(self._info("datapackage-digest.json", packed=True), json.dumps(digest, indent=2))
        self._zip.close()

    def abandon(self) -> None:
        """Let go of a file that could not be finished."""
        with contextlib.suppress(OSError, ValueError):
            self._member.__exit__(None, None, None)
        with contextlib.suppress(OSError, ValueError):
            self._zip.close()

    def _write_index(self) -> None:
        """The sorted index in gzip members, and the index of those: its first key, where it lies, how long it is."""
        lines = sorted(self._index, key=str.encode)
        blocks = ["!meta 0 " + json.dumps({"format": "cdxj-gzip-1.0", "filename": _INDEX.rpartition("/")[2]}) + "\n"]
        offset = 0
        with self._file(_INDEX, packed=False) as file:
            for at in range(0, len(lines), INDEX_LINES):
                packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
                data = packer.compress("".join(lines[at : at + INDEX_LINES]).encode()) + packer.flush()
                file.write(data)
                key = lines[at].partition(" {")[0]
                where = {"offset": offset, "length": len(data), "digest": f"sha256:{hashlib.sha256(data).hexdigest()}"}
                blocks.append(f"{key} {json.dumps(where)}\n")
                offset += len(data)
        with self._file(_BLOCKS, packed=True) as file:
            file.write("".join(blocks).encode())

    @contextlib.contextmanager
    def _file(self, path: str, *, packed: bool) -> Iterator[IO[bytes]]:
        """A file of the ZIP to write to, which is then put on the list of resources."""
        with self._zip.open(self._info(path, packed=packed), "w", force_zip64=not packed) as raw:
            hashing = _Hashing(raw)
            yield hashing  # type: ignore[misc]
        self._resources.append(
            {
                "name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{hashing.digest.hexdigest()}",
                "bytes": hashing.size,
            }
        )  # fmt: skip

    def _info(self, path: str, *, packed: bool) -> zipfile.ZipInfo:
        # The ZIP format knows no year before 1980, and no zone.
        info = zipfile.ZipInfo(path, self._created.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        return info


class _Hashing:
    """A stream that hashes and counts what is written to it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self._stream.write(data)

    def flush(self) -> None:
        self._stream.flush()
