"""The pack file: one Arrow file with the places of one source, and who is to be credited for them.

Arrow, because it opens at once by mapping and holds the columns that a search needs side by side. The file's own metadata
carries the `PackInfo`: SHA-256 of the source file, licence, attribution.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from warlog.errors import InputError
from warlog.places.home import replacing
from warlog.places.model import PackInfo, Place

#: Raised when the layout or meaning of the columns changes: packs of another version are refused in words.
FORMAT = "1"

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("name", pa.string()),
        ("names", pa.list_(pa.string())),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("kind", pa.string()),
        ("country", pa.string()),
        ("admin1", pa.string()),
        ("admin2", pa.string()),
        ("population", pa.int64()),
        ("sensitive", pa.bool_()),
    ]
)

_ROWS_AT_ONCE = 20_000


def write_pack(path: Path, places: Iterable[Place], info: PackInfo) -> PackInfo:
    """Write a pack file, whole or not at all; gives the info with counts, countries and path filled in."""
    rows = list(places)
    countries = tuple(sorted({p.country for p in rows if p.country}))
    info = dataclasses.replace(info, places=len(rows), countries=countries, path="", added=False)
    meta = {b"warlog.format": FORMAT.encode(), b"warlog.pack": json.dumps(dataclasses.asdict(info), ensure_ascii=False).encode()}
    columns = {
        "id": [p.place_id for p in rows],
        "name": [p.name for p in rows],
        "names": [list(p.names) for p in rows],
        "lat": [p.lat for p in rows],
        "lon": [p.lon for p in rows],
        "kind": [p.kind for p in rows],
        "country": [p.country for p in rows],
        "admin1": [p.admin1 for p in rows],
        "admin2": [p.admin2 for p in rows],
        "population": [p.population for p in rows],
        "sensitive": [p.sensitive for p in rows],
    }
    table = pa.table(columns, schema=SCHEMA)
    schema = SCHEMA.with_metadata({**meta, b"warlog.content": _digest(table)})
    table = table.replace_schema_metadata(schema.metadata)
    with replacing(path) as temporary, pa.OSFile(str(temporary), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        writer.write_table(table)
    return dataclasses.replace(info, path=str(path))


def _digest(table: pa.Table) -> bytes:
    """Digest of a table's content: the same places give the same, whatever file they lie in."""
    digest = hashlib.blake2b(digest_size=12)
    for column in table.columns:
        for value in column.to_pylist():
            digest.update(f"{value}\0".encode())
    return digest.hexdigest().encode()


def content(table: pa.Table, info: PackInfo) -> str:
    """What names a pack's index: the digest of its content, or of the file it was made from where it has none."""
    found = (table.schema.metadata or {}).get(b"warlog.content")
    return found.decode() if found else f"{info.name}-{info.sha256[:16]}"


def read_info(path: Path) -> PackInfo:
    """What a pack file says of itself. Raises InputError if it is no pack file of this version."""
    try:
        with pa.memory_map(str(path)) as source:
            meta = pa.ipc.open_file(source).schema.metadata or {}
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"{path}: is not a gazetteer pack, or it is damaged; remove it and add its source again.") from error
    return _info(path, meta)


def _info(path: Path, meta: dict[bytes, bytes]) -> PackInfo:
    if meta.get(b"warlog.format", b"").decode() != FORMAT:
        raise InputError(f"{path}: is a gazetteer pack of another version of Warlog; remove it and add its source again.")
    raw = json.loads(meta[b"warlog.pack"])
    return PackInfo(**{**raw, "countries": tuple(raw["countries"]), "path": str(path)})


def open_pack(path: Path) -> tuple[PackInfo, pa.Table]:
    """The info and the mapped table of a pack file. Raises InputError if it is no pack file of this version."""
    try:
        source = pa.memory_map(str(path))
        table = pa.ipc.open_file(source).read_all()
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"{path}: is not a gazetteer pack, or it is damaged; remove it and add its source again.") from error
    return _info(path, table.schema.metadata or {}), table.combine_chunks()
