"""`warlog watch`: feeds into the log, once or for as long as it runs."""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from warlog.cli.common import DEFAULT_LOG, LogOption, example, open_log, say_failed
from warlog.cli.progress import Meter
from warlog.errors import UsageError

if TYPE_CHECKING:
    from warlog.pipeline import ReadReport
    from warlog.store import Log
    from warlog.watch import Visit, Watcher

#: The longest that is slept at a time, so that a clock set forward, or a machine that slept, is noticed.
_NAP = 60.0


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=example("warlog watch FEEDS.toml --log january.db", "warlog watch FEEDS.toml --once"))(watch)


class WatchStopped(KeyboardInterrupt):
    """The user stopped watching; `str()` tells what was done until then."""

    def __init__(self, rounds: int, new: int) -> None:
        super().__init__()
        self._said = (
            f"Stopped after {rounds} round{'' if rounds == 1 else 's'} with {new} new document{'' if new == 1 else 's'};"
            " all that was read is kept, and the next `warlog watch` goes on from there."
        )

    def __str__(self) -> str:
        return self._said


def watch(
    feeds: Annotated[
        Path, typer.Argument(metavar="FEEDS.toml", help="Lists the feeds: [[feed]] with url, name, every, full_text.")
    ],
    log: LogOption = DEFAULT_LOG,
    once: Annotated[bool, typer.Option("--once", help="Look at each feed that is due, once, then end.")] = False,
    every: Annotated[
        str,
        typer.Option("--every", metavar="TIME", help="Between visits to feeds that do not say themselves (90s, 15m, 2h, 1d)."),
    ] = "30m",
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let addresses of this machine and of private networks through.")
    ] = False,
    collector: Annotated[
        str, typer.Option("--collector", metavar="NAME", help="Who collects, for the record of custody; else the account's name.")
    ] = "",
) -> None:
    """Follow RSS, Atom and JSON feeds: read what is new in each into the log, politely, until stopped with Ctrl-C.

    Sites' robots.txt is obeyed, and unchanged feeds are not sent again. With --once, for a run every so often by the system.
    """
    from warlog.collect.feeds_config import duration, read_feeds
    from warlog.collect.web import Fetcher
    from warlog.watch import Watcher

    try:
        between = duration(every)
    except ValueError as error:
        raise UsageError(f"--every {every!r} {error}.") from None
    listed = read_feeds(feeds)
    rounds = new = 0
    with open_log(log, create=True) as opened:
        opened.require_writable()
        watcher = Watcher(listed, opened, Fetcher(allow_private, collector), every=between)
        try:
            while True:
                report = _round(opened, watcher)
                rounds += 1
                new += report.documents if report is not None else 0
                _show(watcher.visits, all_of_them=once)
                if once:
                    break
                for sentence in report.failed if report is not None else []:
                    print(_line(sentence))
                _sleep(watcher)
        except KeyboardInterrupt as stop:
            if str(stop):
                raise
            raise WatchStopped(rounds, new) from stop
    failed = [f"{visit.feed.shown}: {visit.said}" for visit in watcher.visits if visit.outcome == "failed"]
    say_failed([*failed, *(report.failed if report is not None else [])])


def _round(log: Log, watcher: Watcher) -> ReadReport | None:
    """One round of the feeds, read into the log; None where it brought nothing to read."""
    found = watcher.round()
    with Meter() as meter:
        meter.show("looking")
        first = next(found, None)
        if first is None and not log.is_stale:
            return None
        # Only now: a round without anything new does not wait for the parser's model.
        from warlog.extract import RuleExtractor
        from warlog.pipeline import read_captures

        meter.show("loading", slow=True)
        brought = itertools.chain([first], found) if first is not None else found
        return read_captures(log, brought, extractor=RuleExtractor(), progress=meter)


def _sleep(watcher: Watcher) -> None:
    while (left := watcher.seconds_to_next()) > 0:
        time.sleep(min(left, _NAP))


def _show(visits: list[Visit], *, all_of_them: bool) -> None:
    """One line a feed: a table on a terminal, else plain text. Feeds that were not due are left out of a long watch."""
    shown = [visit for visit in visits if all_of_them or visit.outcome != "waiting"]
    if not sys.stdout.isatty():
        for visit in shown:
            print(_line(f"{visit.feed.shown}: {visit.outcome}: {visit.said}"))
        sys.stdout.flush()
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("Feed", "", "Items", "New", "What came of it")
    colours = {"ok": "green", "unchanged": "dim", "waiting": "dim", "failed": "red"}
    for visit in shown:
        counts = (str(visit.items), str(visit.new)) if visit.outcome == "ok" else ("", "")
        table.add_row(
            Text(_line(visit.feed.shown)), Text(visit.outcome, colours[visit.outcome]), *counts, Text(_line(visit.said))
        )  # fmt: skip
    if shown:
        Console(highlight=False).print(table)


def _line(text: str) -> str:
    """A text of others on one line, without control characters."""
    return "".join(c if c.isprintable() else " " for c in text)
