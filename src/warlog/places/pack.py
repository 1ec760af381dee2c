"""The pack file: one Arrow file with the places of one or several sources, and who is to be credited for them.

Arrow, because it opens at once by mapping and holds the columns that a search needs side by side. The file's own metadata
carries the `PackInfo`: SHA-256 of the source file, licence, attribution, version.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from warlog.errors import InputError
from warlog.places.home import replacing
from warlog.places.model import PackInfo, Place

#: Raised when the layout or meaning of the columns changes so that older files cannot be read.
FORMAT = "2"
#: Files of the first format have fewer columns; they are read as they are.
_READABLE = frozenset({"1", FORMAT})

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
        ("admin3", pa.string()),
        ("pcode", pa.string()),
        ("iso", pa.string()),
        ("population", pa.int64()),
        ("sensitive", pa.bool_()),
        ("ids", pa.list_(pa.string())),
        ("source", pa.string()),
        ("licence", pa.string()),
    ]
)
#: The columns that a file must have, those of the first format.
_NEEDED = frozenset(
    {"id", "name", "names", "lat", "lon", "kind", "country", "admin1", "admin2", "population", "sensitive"}
)  # fmt: skip
#: What a pack may be called: it names a file and the first part of places' ids.
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")

_ROWS_AT_ONCE = 50_000


def write_pack(path: Path, places: Iterable[Place], info: PackInfo) -> PackInfo:
    """Write a pack file, whole or not at all; gives the info with counts, countries and path filled in.

    Places are taken as they come: what stays in memory is their columns. Raises LogError if the file cannot be written.
    """
    return write_table(path, as_table(places), info)


def as_table(places: Iterable[Place]) -> pa.Table:
    """Places as a table of a pack's columns."""
    batches = []
    stream = iter(places)
    while rows := list(itertools.islice(stream, _ROWS_AT_ONCE)):
        columns = {name: [getattr(p, _FIELDS.get(name, name)) for p in rows] for name in SCHEMA.names}
        batches.append(pa.record_batch(columns, schema=SCHEMA))
    return pa.Table.from_batches(batches, schema=SCHEMA)


_FIELDS = {"id": "place_id"}


def write_table(path: Path, table: pa.Table, info: PackInfo) -> PackInfo:
    """Write a table of places as a pack file, as `write_pack` does."""
    table = table.combine_chunks()
    countries = tuple(sorted(c for c in pc.unique(table.column("country")).to_pylist() if c))
    info = dataclasses.replace(info, places=table.num_rows, countries=countries, path="", added=False)
    schema = table.schema.with_metadata(
        {
            b"warlog.format": FORMAT.encode(),
            b"warlog.pack": json.dumps(dataclasses.asdict(info), ensure_ascii=False).encode(),
            b"warlog.content": _digest(table),
        }
    )
    with replacing(path) as temporary, pa.OSFile(str(temporary), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        writer.write_table(table.replace_schema_metadata(schema.metadata))
    return dataclasses.replace(info, path=str(path))


def _digest(table: pa.Table) -> bytes:
    """Digest of a table's content: the same places give the same, whatever file they lie in."""
    digest = hashlib.blake2b(digest_size=12)
    plain = table.replace_schema_metadata(None)
    for batch in plain.to_batches(max_chunksize=_ROWS_AT_ONCE):
        digest.update(batch.serialize())
    return digest.hexdigest().encode()


def content(table: pa.Table, info: PackInfo) -> str:
    """What names a pack's index: the digest of its content, or of the file it was made from where it has none."""
    found = (table.schema.metadata or {}).get(b"warlog.content")
    return found.decode() if found else f"{info.name}-{info.sha256[:16]}"


def read_info(path: Path) -> PackInfo:
    """What a pack file says of itself. Raises InputError if it is no pack file of this version."""
    try:
        with pa.memory_map(str(path)) as source:
            schema = pa.ipc.open_file(source).schema
    except (OSError, pa.ArrowInvalid) as error:
        raise _damaged(path) from error
    return _info(path, schema)


def _damaged(path: Path) -> InputError:
    return InputError(f"{path}: is not a gazetteer pack, or it is damaged; remove it and add its source again.")


def _info(path: Path, schema: Any) -> PackInfo:
    meta: dict[bytes, bytes] = schema.metadata or {}
    if b"warlog.format" not in meta:
        raise _damaged(path)
    if meta[b"warlog.format"].decode(errors="replace") not in _READABLE:
        raise InputError(f"{path}: is a gazetteer pack of another version of Warlog; remove it and add its source again.")
    known = {f.name for f in dataclasses.fields(PackInfo)}
    try:
        raw = {k: v for k, v in json.loads(meta[b"warlog.pack"]).items() if k in known}
        info = PackInfo(**{**raw, "countries": tuple(raw["countries"]), "path": str(path), "added": False})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(path) from error
    if not NAME.fullmatch(str(info.name)) or not set(schema.names) >= _NEEDED:
        raise _damaged(path)
    return info


def open_pack(path: Path) -> tuple[PackInfo, pa.Table]:
    """The info and the mapped table of a pack file. Raises InputError if it is no pack file of this version."""
    try:
        source = pa.memory_map(str(path))
        table = pa.ipc.open_file(source).read_all()
    except (OSError, pa.ArrowInvalid) as error:
        raise _damaged(path) from error
    return _info(path, table.schema), table.combine_chunks()


def checked(path: Path) -> tuple[PackInfo, pa.Table]:
    """As `open_pack`, for a file from elsewhere: every column and value is looked at. Raises InputError."""
    info, table = open_pack(path)
    try:
        table.validate(full=True)
        for field in SCHEMA:
            if field.name in table.column_names and table.schema.field(field.name).type != field.type:
                raise ValueError(f"column {field.name} is of the wrong type")
        for name, most in (("lat", 90.0), ("lon", 180.0)):
            inside = pc.less_equal(pc.abs(table.column(name)), most)
            if inside.null_count or not pc.all(inside).as_py():
                raise ValueError("a point does not lie on the earth")
        for name in ("id", "name", "kind", "names"):
            if table.column(name).null_count:
                raise ValueError(f"column {name} has gaps")
    except (ValueError, pa.ArrowInvalid) as error:
        raise InputError(f"{path}: is a gazetteer pack, but not a sound one ({error}).") from error
    return info, table
