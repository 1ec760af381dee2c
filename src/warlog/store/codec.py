"""Records to table rows and back.

Columns have the names of record fields. Lists and dicts are JSON; the few lists of records (casualties, candidates,
media, furniture, credits, passages) are listed here with the record they are made of. A column that is no field (the
folded search keys, the order) is left out on the way back, and a field that is no column keeps its default.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import Table

from warlog.records import Candidate, Casualties, Credit, Furniture, MediaLink, Passage

T = TypeVar("T")

#: Fields that hold lists of records.
_NESTED: dict[str, type] = {
    "casualties": Casualties,
    "candidates": Candidate,
    "media": MediaLink,
    "furniture": Furniture,
    "credits": Credit,
    "passages": Passage,
}
#: Names of the fields that are columns, by record type and table; worked out once.
_SHARED: dict[tuple[type, str], tuple[str, ...]] = {}


def to_row(record: Any, table: Table) -> dict[str, Any]:
    """The record's fields that are columns of the table."""
    row: dict[str, Any] = {}
    for name in _shared(type(record), table):
        value = getattr(record, name)
        row[name] = [dataclasses.asdict(item) for item in value] if name in _NESTED else value
    return row


def from_row(kind: type[T], row: Mapping[Any, Any], table: Table) -> T:
    """A record of this kind from a row of the table. `kind` is one of the dataclasses of `warlog.records`."""
    values: dict[str, Any] = {}
    for name in _shared(kind, table):
        nested = _NESTED.get(name)
        values[name] = [nested(**item) for item in row[name]] if nested else row[name]
    return kind(**values)


def _shared(kind: Any, table: Table) -> tuple[str, ...]:
    names = _SHARED.get((kind, table.name))
    if names is None:
        names = _SHARED[kind, table.name] = tuple(f.name for f in dataclasses.fields(kind) if f.name in table.columns)
    return names
