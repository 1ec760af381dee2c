"""`warlog read`: sources into the log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from warlog.cli.common import DEFAULT_LOG, LogOption, example, open_log, say_failed
from warlog.cli.progress import Meter

if TYPE_CHECKING:
    from warlog.pipeline import ReadReport


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=example("warlog read reports/ wire.jsonl page.html --log january.db"))(read)


def read(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, or JSON Lines of records.")],
    log: LogOption = DEFAULT_LOG,
) -> None:
    """Read files and folders (.txt .md .html) and JSON Lines (id, url, publisher, title, published, text) into the log.

    Reading the same thing again changes nothing. What cannot be used is told of; the rest is kept.
    """
    from warlog.extract import RuleExtractor
    from warlog.pipeline import read_sources

    with Meter() as meter, open_log(log, create=True) as opened:
        opened.require_writable()
        meter.show("loading", slow=True)
        report = read_sources(opened, sources, extractor=RuleExtractor(), progress=meter)
    print(told(report, log))
    say_failed(report.failed)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def told(report: ReadReport, log: Path) -> str:
    """What came of reading, in words."""
    if not report.changed and not report.failed:
        return f"Nothing new: all {report.unchanged} inputs are in {log} already ({report.seconds:.1f} s)."
    parts = [
        f"{_count(report.documents, 'document')} read, {_count(report.claims, 'claim')}, in {report.seconds:.1f} s",
        f"places: {report.places_resolved} resolved, {report.places_anchored} known by their surroundings only,"
        f" {report.places_unresolved} left open",
    ]
    for number, what in (
        (report.unchanged, "input was there already" if report.unchanged == 1 else "inputs were there already"),
        (report.duplicates, "were the same as a document from elsewhere"),
        (report.restored, "older versions stand again"),
        (len(report.failed), "could not be used"),
    ):
        if number:
            parts.append(f"{number} {what}")
    if report.events is not None:
        parts.append(f"the log {log} now has {report.events} events and {report.place_days} place-days")
    return "\n".join(part[:1].upper() + part[1:] + "." for part in parts)
