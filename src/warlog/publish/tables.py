"""Any records as a table for the eye, CSV, JSON Lines or Parquet, one row a record.

CSV and Parquet have every field of the record type, in its order; JSON Lines too, and for claims the fields of the
coding guide come first. The table for the eye has the few columns that fit a screen (`COLUMNS`).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any, get_args, get_origin, get_type_hints

from rich import box
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from warlog.evaluate.compare import Difference
from warlog.publish import wording
from warlog.publish.cells import write_csv
from warlog.publish.lineage import LineageRow
from warlog.publish.listings import ActorRow, PlaceRow
from warlog.records import GUIDE_FIELDS, Casualties, Claim, Document, DocumentLink, Event, PlaceDay, as_dict

FORMATS: tuple[str, ...] = ("table", "csv", "jsonl", "parquet")

#: Rows are gathered into Parquet row groups of so many.
_ROW_GROUP = 5000


def fields(kind: type) -> list[str]:
    """The columns of a record type: its fields in order, the coding guide's first where it is a claim."""
    names = [f.name for f in dataclasses.fields(kind)]
    if kind is not Claim:
        return names
    return [*GUIDE_FIELDS, *(name for name in names if name not in GUIDE_FIELDS)]


def row_of(record: Any) -> dict[str, Any]:
    """A record as plain values, its columns in the order of `fields`."""
    values = as_dict(record)
    return {name: values[name] for name in fields(type(record))}


def write_jsonl(stream: IO[str], records: Iterable[Any]) -> int:
    """One JSON object a line; returns how many."""
    count = 0
    for record in records:
        stream.write(json.dumps(row_of(record), ensure_ascii=False) + "\n")
        count += 1
    return count


def write_records_csv(stream: IO[str], kind: type, records: Iterable[Any]) -> int:
    """A header and one row a record; returns how many."""
    return write_csv(stream, fields(kind), (row_of(record) for record in records))


def write_parquet(stream: IO[bytes], kind: type, records: Iterable[Any]) -> int:
    """A Parquet file with typed, nested columns, described by the record's own documentation; returns how many rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    hints = get_type_hints(kind)
    documented = {f.name: f.metadata.get("doc", "") for f in dataclasses.fields(kind)}
    schema = pa.schema(
        [pa.field(name, _arrow(hints[name], pa), metadata={"doc": documented[name]}) for name in fields(kind)]
    )  # fmt: skip
    count = 0
    with pq.ParquetWriter(stream, schema) as writer:
        for rows in _batches(records):
            plain = [{name: _plain(hints[name], value) for name, value in row.items()} for row in rows]
            writer.write_table(pa.Table.from_pylist(plain, schema=schema))
            count += len(rows)
    return count


def _batches(records: Iterable[Any]) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    for record in records:
        rows.append(row_of(record))
        if len(rows) >= _ROW_GROUP:
            yield rows
            rows = []
    if rows:
        yield rows


def _arrow(hint: Any, pa: Any) -> Any:
    """The Arrow type of a field's type: text, whole number, number, list, struct; free-form dicts are JSON text."""
    options = [option for option in get_args(hint) if option is not type(None)] if _is_optional(hint) else [hint]
    kind = options[0]
    if get_origin(kind) is list:
        return pa.list_(_arrow(get_args(kind)[0], pa))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return pa.struct([pa.field(f.name, _arrow(hints[f.name], pa)) for f in dataclasses.fields(kind)])
    return {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}.get(kind, pa.string())


def _is_optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


def _plain(hint: Any, value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if get_origin(hint) is dict else value


def _quote(text: str, length: int = 90) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def _claim_columns(claim: Claim) -> dict[str, str]:
    mark = {"resolved": "", "anchored": " (near)", "unresolved": " (?)"}.get(claim.place_status, "")
    return {
        "id": claim.claim_id,
        "day": _short_days(claim.date_start, claim.date_end, claim.published),
        "type": claim.event_type,
        "who": claim.actor or "",
        "whom": claim.target or "",
        "place": (claim.place + mark) if claim.place else "",
        "toll": wording.tolls_text(claim.casualties),
        "certainty": claim.certainty,
        "quote": _quote(claim.quote),
    }


def _event_columns(event: Event) -> dict[str, str]:
    return {
        "id": event.event_id,
        "day": _short_days(event.date_start, event.date_end, None),
        "type": event.event_type,
        "place": event.place_name or "",
        "who": ", ".join(event.actor_names),
        "whom": ", ".join(event.target_names),
        "toll": wording.tolls_text(event.casualties),
        "certainty": event.certainty,
        "claims": str(len(event.claim_ids)),
        "origins": str(event.origin_count),
        "documents": str(event.document_count),
    }


def _place_day_columns(row: PlaceDay) -> dict[str, str]:
    return {
        "id": row.place_day_id,
        "place": row.place_name,
        "day": row.day,
        "holder": wording.holders(row, "not said"),
        "status": row.status,
        "since": (row.since or "") if row.since_precision == "day" else f"by {row.since}" if row.since else "",
        "age": f"{row.age_days} d",
        "claims": str(len(row.claim_ids)),
    }


def _document_columns(document: Document) -> dict[str, str]:
    first = document.original_publisher
    return {
        "id": document.document_id,
        "published": document.published or "",
        "publisher": document.publisher or "",
        "first published by": first if first and first != document.publisher else "",
        "title": _quote(document.title or "", 70),
        "characters": f"{len(document.text):,}",
    }


def _place_columns(row: PlaceRow) -> dict[str, str]:
    point = f"{row.lat:.3f}, {row.lon:.3f}" if row.lat is not None and row.lon is not None else ""
    about = f"near {row.anchor}" if row.anchor else ""
    within = f"within {row.radius_km:g} km" if row.radius_km is not None else ""
    return {
        "id": row.place_id,
        "name": row.name,
        "status": " ".join(part for part in (row.status, about, within) if part),
        "point": point,
        "claims": str(row.claims),
        "origins": str(row.origins),
        "documents": str(row.documents),
        "days": _short_days(row.first_day, row.last_day, None),
        "written": _quote(", ".join(row.written[:4]), 60),
    }


def _actor_columns(row: ActorRow) -> dict[str, str]:
    return {
        "id": row.actor_id,
        "name": row.name,
        "kind": row.kind,
        "acts": str(row.as_actor),
        "is target": str(row.as_target),
        "origins": str(row.origins),
        "documents": str(row.documents),
        "days": _short_days(row.first_day, row.last_day, None),
        "written": _quote(", ".join(row.written[:4]), 60),
    }


#: what a document is of the one that it has most from, and of one of which that is not known
_FROM = {
    "copy": "copy of",
    "condensed": "shortened from",
    "expanded": "extended from",
    "rewrite": "reworded from",
    "version": "version of",
}
_LIKE = {"copy": "same as", "rewrite": "reworded, like", "version": "version beside"}


def _lineage_columns(row: LineageRow) -> dict[str, str]:
    """A group as a tree hung on its first row, which bears the headline; the others say what they are of which number.

    The first row is the "earliest" where the source that all have is not in the log.
    """
    shown = {"": str(row.number), "document": row.document_id, "published": row.published or "", "publisher": row.publisher or ""}
    if row.number == 1:
        first = f"first of {row.group_size}" if row.relation == "origin" else f"earliest of {row.group_size}"
        return shown | {"is": first, "share": "", "headline, or how it is known": _quote(row.title or "untitled", 70)}
    shown[""] = f"{'└' if row.number == row.group_size else '├'} {row.number}"
    told = _FROM if row.direction == "known" else _LIKE
    why = row.direction_why.partition(": ")[2] or row.direction_why
    return shown | {
        "is": f"{told.get(row.relation, 'like')} {row.other_number or row.other_id}" if row.other_id else "",
        "share": f"{row.containment:.0%}" if row.other_id else "",
        "headline, or how it is known": "which was first is not known" if row.direction == "unknown" else why,
    }


def _link_columns(link: DocumentLink) -> dict[str, str]:
    return {
        "document": link.document_id,
        "other": link.other_id,
        "relation": link.relation,
        "share": f"{link.containment:.0%}",
        "of the other": f"{link.other_containment:.0%}",
        "direction": link.direction + (f" ({link.direction_why})" if link.direction_why else ""),
        "passages": str(len(link.passages)),
    }


def _difference_columns(row: Difference) -> dict[str, str]:
    def told(values: dict[str, Any]) -> str:
        return "; ".join(
            f"{name}={_cell(value)}" for name, value in values.items() if name in row.differs_in or name[:4] == "date"
        )

    names = ("place", "actor", "target")
    alone = row.first or row.second
    return {
        "": {"same": "=", "differs": "≠", "first": "<", "second": ">"}[row.status],
        "document": row.document_id,
        "type": row.event_type,
        "first": told(row.first) if row.differs_in else _alone(alone, names) if row.status == "first" else "",
        "second": told(row.second) if row.differs_in else _alone(alone, names) if row.status == "second" else "",
        "quote": _quote(row.quote, 70),
    }


def _alone(values: dict[str, Any], names: tuple[str, ...]) -> str:
    return ", ".join(str(values[name]) for name in names if values.get(name)) or "has it"


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return wording.tolls_text([Casualties(**toll) for toll in value]) or "none"
    return "none" if value is None else str(value)


def _short_days(first: str | None, last: str | None, published: str | None) -> str:
    if first and last:
        return first if first == last else f"{first} – {last}"
    limit = last or published
    return f"{first} –" if first else f"≤ {limit}" if limit else ""


#: The columns of the table for the eye, by record type.
COLUMNS: dict[type, Any] = {
    Claim: _claim_columns, Event: _event_columns, PlaceDay: _place_day_columns, Document: _document_columns,
    PlaceRow: _place_columns, ActorRow: _actor_columns, Difference: _difference_columns,
    LineageRow: _lineage_columns, DocumentLink: _link_columns,
}  # fmt: skip
_NUMBERS = frozenset({"claims", "origins", "age", "characters", "acts", "is target", "documents", "places", "share", "passages"})
_KEEP_WHOLE = frozenset({"day", "published"})


def write_table(console: Console, kind: type, records: Iterable[Any]) -> int:
    """A table for the eye; returns how many rows. Text of documents is shown as it is, never as markup."""
    columns = COLUMNS.get(kind, row_of)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    count = 0
    for record in records:
        shown = columns(record)
        if count == 0:
            for name in shown:
                justify: JustifyMethod = "right" if name in _NUMBERS else "left"
                table.add_column(name, justify=justify, no_wrap=name in _KEEP_WHOLE, overflow="fold")
        table.add_row(*(Text(_printable(_shown(value))) for value in shown.values()))
        count += 1
    if count:
        console.print(table)
    return count


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)


def _printable(text: str) -> str:
    """Text without control characters: those of a hostile page could move a terminal's cursor."""
    return "".join(char if char.isprintable() or char == "\n" else "�" for char in text)
