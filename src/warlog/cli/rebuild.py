"""`warlog rebuild`: everything that is derived, again from the originals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

from warlog.cli.common import DEFAULT_LOG, LogOption, example, open_log, say, say_failed
from warlog.cli.progress import Meter

if TYPE_CHECKING:
    from warlog.store import Log


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=example("warlog rebuild --log january.db"))(rebuild)


def _missing(log: Log, installed: Mapping[str, str]) -> list[str]:
    """Names of the gazetteer packs that the newest run of the log used and that are not there now."""
    runs = sorted(log.runs(), key=lambda run: run.started_at)
    used = runs[-1].packs if runs else {}
    return sorted(name.removeprefix("gazetteer:") for name in used if name.startswith("gazetteer:") and name not in installed)


def rebuild(log: LogOption = DEFAULT_LOG) -> None:
    """Derive documents, claims, events and control again from the originals, with this version and the packs installed now.

    Decisions made in review are kept and hold for the new claims. Until all is done, the old records stay.
    """
    from warlog.extract import RuleExtractor
    from warlog.pipeline import rebuild as derive_again

    with Meter() as meter, open_log(log) as opened:
        opened.require_writable()
        meter.show("loading", slow=True)
        extractor = RuleExtractor()
        for pack in _missing(opened, getattr(extractor, "packs", {})):
            say(f"The log was made with the pack {pack}, which is not installed now: its places will be missing.")
        report = derive_again(opened, extractor, meter)
    print(
        f"{report.documents} documents and {report.claims} claims derived again in {report.seconds:.1f} s:"
        f" {report.same} claims as before, {report.new} new, {report.gone} gone;"
        f" {report.events} events, {report.place_days} place-days."
    )
    say_failed(report.failed)
