"""`warlog review out` and `warlog review in`: claims to a spreadsheet and a person's rulings back."""

from __future__ import annotations

import getpass
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
    say,
    say_failed,
)  # fmt: skip
from warlog.cli.progress import Meter


def register(app: typer.Typer) -> None:
    """Add the commands."""
    review = typer.Typer(
        name="review", help="Send claims out to a spreadsheet, and read the rulings back.", no_args_is_help=True,
        rich_markup_mode=None, epilog=example("warlog review out claims.csv", "warlog review in claims.csv"),
    )  # fmt: skip
    review.command("out", epilog=example("warlog review out claims.csv --from 2020-01-29"))(review_out)
    review.command("in", epilog=example("warlog review in claims.csv --reviewer anna"))(review_in)
    app.add_typer(review)


def review_out(
    sheet: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The sheet to write.")],
    log: LogOption = DEFAULT_LOG,
    date_from: FromOption = None,
    date_to: ToOption = None,
    place: PlaceOption = None,
    actor: ActorOption = None,
    event_type: TypeOption = None,
    document: DocumentOption = None,
    near: NearOption = None,
) -> None:
    """Write claims to a review sheet: correct cells in place, write accept or reject into the column `decision`."""
    from warlog.review import write_review

    wanted = make_filter(date_from, date_to, place, actor, event_type, document, near)
    with Meter() as meter, open_log(log) as opened:
        meter.show("writing")
        count = write_review(opened, sheet, wanted)
        if not count:
            none_match(opened)
    print(f"{sheet}: {count} claims to review.")


def review_in(
    sheet: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The sheet, with cells corrected or decisions filled in.")],
    log: LogOption = DEFAULT_LOG,
    reviewer: Annotated[str | None, typer.Option("--reviewer", help="Who decided.", show_default="your user name")] = None,
) -> None:
    """Read a review sheet back: corrected and rejected rows become decisions, which hold in everything from then on."""
    from warlog.review import read_review

    with Meter() as meter, open_log(log) as opened:
        meter.show("reading")
        report = read_review(opened, sheet, reviewer if reviewer is not None else _user())
    print(
        f"{report.accepted} accepted, {report.corrected} corrected, {report.rejected} rejected;"
        f" {report.unchanged} decided so before, {report.blank} left blank."
    )
    for warning in report.warnings:
        say(warning)
    say_failed(report.failed)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
