"""`warlog documents`: list documents."""

from __future__ import annotations

import typer

from warlog.cli.common import (
    DEFAULT_LOG,
    ActorOption,
    DocumentOption,
    FromOption,
    LogOption,
    NearOption,
    PlaceOption,
    ToOption,
    TypeOption,
    example,
    make_filter,
    none_match,
    open_log,
)  # fmt: skip
from warlog.cli.output import Format, FormatOption, OutOption, emit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=example(
        "warlog documents --from 2020-01-29",
        "warlog documents --format jsonl --document wire/0129",
    ))(documents)


def documents(
    log: LogOption = DEFAULT_LOG,
    date_from: FromOption = None,
    date_to: ToOption = None,
    place: PlaceOption = None,
    actor: ActorOption = None,
    event_type: TypeOption = None,
    document: DocumentOption = None,
    near: NearOption = None,
    form: FormatOption = Format.table,
    out: OutOption = None,
) -> None:
    """List documents, with publisher and first publisher; as JSON Lines with their text and the page furniture cut from it."""
    from warlog.records import Document

    wanted = make_filter(date_from, date_to, place, actor, event_type, document, near)
    with open_log(log) as opened:
        if not emit(Document, opened.documents(wanted), form, out):
            none_match(opened)
