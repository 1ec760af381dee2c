"""`warlog claims`: list claims."""

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
        "warlog claims --from 2020-01-28 --place Saraqib",
        "warlog claims --type air_strike --format jsonl --out claims.jsonl",
    ))(claims)


def claims(
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
    """List claims: who says, in which sentence, that what happened where and when."""
    from warlog.records import Claim

    wanted = make_filter(date_from, date_to, place, actor, event_type, document, near)
    with open_log(log) as opened:
        if not emit(Claim, opened.claims(wanted), form, out):
            none_match(opened)
