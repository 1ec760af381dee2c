"""`warlog events`: list events."""

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
        "warlog events --from 2020-01-28 --to 2020-01-30 --type shelling --type air_strike",
        "warlog events --near 35.64,36.67,20 --format csv",
    ))(events)


def events(
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
    """List events: claims about one happening, with the range of their figures and the number of independent origins."""
    from warlog.records import Event

    wanted = make_filter(date_from, date_to, place, actor, event_type, document, near)
    with open_log(log) as opened:
        if not emit(Event, opened.events(wanted), form, out):
            none_match(opened)
