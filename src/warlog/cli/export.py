"""`warlog export`: events in layouts that coders know."""

from __future__ import annotations

import enum
from typing import Annotated

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
    say,
)  # fmt: skip
from warlog.cli.output import OutOption, text_to
from warlog.cli.progress import Meter


class Layout(enum.StrEnum):
    """The layouts."""

    acled = "acled"
    ged = "ged"
    geojson = "geojson"


def register(app: typer.Typer) -> None:
    """Add the command."""
    shown = example("warlog export acled --out acled.csv", "warlog export geojson --from 2020-01-28 --out events.geojson")
    app.command(epilog=shown)(export)


def export(
    layout: Annotated[Layout, typer.Argument(help="ACLED's columns, those of UCDP GED (deadly events only), or GeoJSON.")],
    log: LogOption = DEFAULT_LOG,
    date_from: FromOption = None,
    date_to: ToOption = None,
    place: PlaceOption = None,
    actor: ActorOption = None,
    event_type: TypeOption = None,
    document: DocumentOption = None,
    near: NearOption = None,
    out: OutOption = None,
) -> None:
    """Export events, each with the ids, quotes and sources of its claims and the attribution of the gazetteers used."""
    from warlog.publish import acled, ged, geojson
    from warlog.publish.gather import gather
    from warlog.publish.parties import Parties
    from warlog.publish.where import areas_of

    wanted = make_filter(date_from, date_to, place, actor, event_type, document, near)
    with Meter() as meter, open_log(log) as opened:
        meter.show("gathering")
        picture = gather(opened, wanted, control=layout is Layout.geojson and not event_type and not document)
        if not picture.events and not picture.place_days:
            none_match(opened)
    with text_to(out) as stream:
        if layout is Layout.geojson:
            count = geojson.write(stream, picture)
        else:
            write = acled.write if layout is Layout.acled else ged.write
            count = write(stream, picture, Parties.load(), areas_of())
    if out is not None:
        say(f"{out}: {count} {'features' if layout is Layout.geojson else 'events'}.")
