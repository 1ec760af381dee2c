"""`warlog sitrep`: the situation report for a day."""

from __future__ import annotations

import enum
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from warlog.cli.common import DEFAULT_LOG, LogOption, NearOption, PlaceOption, day, example, make_filter, open_log
from warlog.cli.output import text_to
from warlog.errors import UsageError

if TYPE_CHECKING:
    from warlog.store import Log


class ReportFormat(enum.StrEnum):
    """How the report is written."""

    markdown = "markdown"
    html = "html"


def register(app: typer.Typer) -> None:
    """Add the command."""
    shown = example("warlog sitrep --on 2020-01-29", "warlog sitrep --on 2020-01-31 --since 2020-01-27 --out week.html")
    app.command(epilog=shown)(sitrep)


def sitrep(
    log: LogOption = DEFAULT_LOG,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day.", show_default="the newest")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="Report from this day on, up to the other.")] = None,
    place: PlaceOption = None,
    near: NearOption = None,
    form: Annotated[ReportFormat | None, typer.Option("--format", help="Markdown, or a plain web page.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to this .md or .html file.")] = None,
) -> None:
    """Write the situation report for a day: control, events, casualties, contradictions and what is open, with quotes."""
    from warlog.publish.gather import gather
    from warlog.publish.sitrep import build, to_html, to_markdown

    last, first = day(on, "--on"), day(since, "--since")
    # Control needs the days before the report too, to tell what changed.
    wanted = make_filter(place=place, near=near)
    with open_log(log) as opened:
        last = last or last_day(opened)
        if last is None:
            raise UsageError(f"The log {log} has no day to report on: read something into it, or give --on DAY.")
        if first is not None and first > last:
            raise UsageError(f"--since {first} is later than --on {last}.")
        picture = gather(opened, replace(wanted, date_to=last))
    report = build(picture, last, first)
    as_page = form is ReportFormat.html or (form is None and out is not None and out.suffix.lower() in (".html", ".htm"))
    with text_to(out) as stream:
        stream.write(to_html(report) if as_page else to_markdown(report))


def last_day(log: Log) -> str | None:
    """The newest publication day of the log's documents, or that of its events where none has one."""
    days = [document.published for document in log.documents() if document.published]
    days = days or [event.date_end for event in log.events() if event.date_end]
    return max(days, default=None)
