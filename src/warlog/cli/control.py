"""`warlog control`: who held which place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from warlog.cli.common import (
    DEFAULT_LOG,
    ActorOption,
    FromOption,
    LogOption,
    NearOption,
    PlaceOption,
    ToOption,
    day,
    example,
    make_filter,
    none_match,
    open_log,
)  # fmt: skip
from warlog.cli.output import Format, FormatOption, OutOption, emit
from warlog.errors import UsageError

if TYPE_CHECKING:
    from warlog.records import PlaceDay
    from warlog.store import ClaimFilter, Log


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=example("warlog control --on 2020-01-29", 'warlog control --from 2020-01-27 --to 2020-01-31 --place "Khan Touman"')
    )(control)


def control(
    log: LogOption = DEFAULT_LOG,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The state on this day.", show_default="the last")] = None,
    date_from: FromOption = None,
    date_to: ToOption = None,
    place: PlaceOption = None,
    actor: ActorOption = None,
    near: NearOption = None,
    form: FormatOption = Format.table,
    out: OutOption = None,
) -> None:
    """List who held each place: on one day, or with --from or --to on every day of a span.

    By the latest claim that is not denied, planned or conjecture; contested where sides disagree within three days.
    """
    from warlog.records import PlaceDay

    if on and (date_from or date_to):
        raise UsageError("--on is for one day, --from and --to for a span: give one or the other.")
    wanted = make_filter(date_from, date_to, place, actor, None, None, near)
    with open_log(log) as opened:
        spans = date_from or date_to
        rows = opened.place_days(wanted) if spans else state_on(opened, day(on, "--on"), wanted)
        if not emit(PlaceDay, rows, form, out):
            none_match(opened)


def state_on(log: Log, on: str | None, wanted: ClaimFilter) -> Iterator[PlaceDay]:
    """The newest row of each place up to a day (or at all), of those that the filter asks for."""
    newest: dict[str, PlaceDay] = {}
    # The actor is asked for on the day itself: a former holder must not bring an old row back.
    for row in log.place_days(replace(wanted, actor=None)):
        if (on is None or row.day <= on) and (row.place_id not in newest or newest[row.place_id].day < row.day):
            newest[row.place_id] = row
    for row in sorted(newest.values(), key=lambda r: (r.place_name, r.place_id)):
        if wanted.matches_place_day(row):
            yield row
