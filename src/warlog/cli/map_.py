"""`warlog map`: the map as one file."""

from __future__ import annotations

from pathlib import Path
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
)  # fmt: skip
from warlog.cli.progress import Meter


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("map", epilog=example("warlog map --out map.html", "warlog map --out idlib.html --near 35.93,36.63,60"))(map_)


def map_(
    out: Annotated[Path, typer.Option("--out", metavar="FILE.html", help="Where to write the map.")],
    log: LogOption = DEFAULT_LOG,
    date_from: FromOption = None,
    date_to: ToOption = None,
    place: PlaceOption = None,
    actor: ActorOption = None,
    event_type: TypeOption = None,
    document: DocumentOption = None,
    near: NearOption = None,
    title: Annotated[str, typer.Option("--title", help="Its heading.")] = "Warlog",
) -> None:
    """Write an interactive map as one HTML file that needs no network: events by type, control by side, day by day."""
    from warlog.events.sides import Sides
    from warlog.publish.gather import gather
    from warlog.publish.map import towns_around, write_map

    wanted = make_filter(date_from, date_to, place, actor, event_type, document, near)
    with Meter() as meter, open_log(log) as opened:
        meter.show("gathering")
        picture = gather(opened, wanted, control=not event_type and not document)
        meter.show("drawing")
        write_map(out, picture, sides=Sides.load(), title=title, context=towns_around(picture))
        if not picture.events and not picture.place_days:
            none_match(opened)
    held = len({row.place_id for row in picture.place_days})
    placed = sum(event.lat is not None for event in picture.events)
    print(f"{out}: {len(picture.events)} events, {placed} of them placed, and control of {held} places.")
