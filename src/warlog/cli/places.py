"""`warlog places`: list the places that claims tell of."""

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
        "warlog places --actor \"Syrian army\"",
        "warlog places --format csv --out places.csv",
    ))(places)


def places(
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
    """List the places that claims tell of, with how each was resolved or why it was left open."""
    from warlog.publish.listings import PlaceRow
    from warlog.publish.listings import places as of_claims

    wanted = make_filter(date_from, date_to, place, actor, event_type, document, near)
    with open_log(log) as opened:
        if not emit(PlaceRow, of_claims(opened.claims(wanted)), form, out):
            none_match(opened)
