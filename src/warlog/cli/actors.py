"""`warlog actors`: list the actors that claims tell of."""

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
        "warlog actors --place Idlib",
        "warlog actors --format jsonl",
    ))(actors)


def actors(
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
    """List the actors that claims tell of, as doers and as targets, with the words they were called by."""
    from warlog.publish.listings import ActorRow
    from warlog.publish.listings import actors as of_claims
    from warlog.publish.parties import Parties

    wanted = make_filter(date_from, date_to, place, actor, event_type, document, near)
    with open_log(log) as opened:
        if not emit(ActorRow, of_claims(opened.claims(wanted), Parties.load()), form, out):
            none_match(opened)
