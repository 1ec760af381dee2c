"""`warlog read`: sources into the log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from warlog.cli.common import DEFAULT_LOG, CollectorOption, LogOption, PrivateOption, example, open_log, say_failed, say_some
from warlog.cli.progress import Meter

if TYPE_CHECKING:
    from warlog.collect import Fetch
    from warlog.pipeline import ReadReport


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=example(
            "warlog read reports/ wire.jsonl page.html --log january.db",
            "warlog read crawl.wacz saved.zip https://example.org/report --collector 'A. Archivist'",
        )
    )(read)


def read(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Files, folders, archives of them, addresses; - for standard input."),
    ],
    log: LogOption = DEFAULT_LOG,
    collector: CollectorOption = "",
    allow_private: PrivateOption = False,
) -> None:
    """Read sources into the log: text, Markdown, saved pages (HTML, MHTML), PDF, e-mail, JSON Lines, feeds, WARC, WACZ,
    any of them in .gz or .zip, folders, addresses (https://...) and standard input (-).

    Reading the same thing again changes nothing; a source that has changed becomes a newer version, and the older one
    stays. What cannot be used is told of; the rest is kept. Nothing is fetched but the addresses named.
    """
    from warlog.extract import RuleExtractor
    from warlog.pipeline import read_sources

    with Meter() as meter, open_log(log, create=True) as opened:
        opened.require_writable()
        meter.show("loading", slow=True)
        report = read_sources(
            opened, sources, extractor=RuleExtractor(), progress=meter, collector=collector,
            fetch=_fetch(collector, allow_private) if any("://" in source for source in sources) else None,
        )  # fmt: skip
    print(told(report, log))
    say_some([*report.passed_over, *report.remarks])
    say_failed(report.failed)


def _fetch(collector: str, allow_private: bool) -> Fetch:
    from warlog.collect.web import Fetcher

    return Fetcher(allow_private=allow_private, collector=collector).capture


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def told(report: ReadReport, log: Path) -> str:
    """What came of reading, in words."""
    if not report.changed and not report.failed:
        if not report.unchanged:
            return "Nothing to read was found in what was named."
        there = "the one input is" if report.unchanged == 1 else f"all {report.unchanged:,} inputs are"
        return f"Nothing new: {there} in {log} already ({report.seconds:.1f} s)."
    parts = [f"{_count(report.documents, 'document')} read, {_count(report.claims, 'claim')}, in {report.seconds:.1f} s"]
    if report.claims:
        parts.append(
            f"places: {report.places_resolved} resolved, {report.places_anchored} known by their surroundings only,"
            f" {report.places_unresolved} left open"
        )
    for number, what in (
        (report.unchanged, "input was there already" if report.unchanged == 1 else "inputs were there already"),
        (
            report.duplicates,
            "was the same as a document from elsewhere"
            if report.duplicates == 1
            else "were the same as documents from elsewhere",
        ),
        (report.restored, "older version stands again" if report.restored == 1 else "older versions stand again"),
        (len(report.failed), "could not be used"),
    ):
        if number:
            parts.append(f"{number} {what}")
    if report.not_coded:
        why = ", ".join(f"{number} for {reason}" for reason, number in sorted(report.not_coded.items()))
        parts.append(f"{_count(sum(report.not_coded.values()), 'document')} archived without being coded: {why}")
    if report.events is not None:
        parts.append(f"the log {log} now has {report.events} events and {report.place_days} place-days")
    return "\n".join(part[:1].upper() + part[1:] + "." for part in parts)
