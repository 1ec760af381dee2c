"""`warlog rebuild`: everything that is derived, again from the originals."""

from __future__ import annotations

import typer

from warlog.cli.common import DEFAULT_LOG, LogOption, example, open_log, say_failed
from warlog.cli.progress import Meter


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=example("warlog rebuild --log january.db"))(rebuild)


def rebuild(log: LogOption = DEFAULT_LOG) -> None:
    """Derive documents, claims, events and control again from the originals, with this version and the packs installed now.

    Decisions made in review are kept and hold for the new claims. Until all is done, the old records stay.
    """
    from warlog.extract import RuleExtractor
    from warlog.pipeline import rebuild as derive_again

    with Meter() as meter, open_log(log) as opened:
        opened.require_writable()
        meter.show("loading", slow=True)
        report = derive_again(opened, RuleExtractor(), meter)
    print(
        f"{report.documents} documents and {report.claims} claims derived again in {report.seconds:.1f} s:"
        f" {report.same} claims as before, {report.new} new, {report.gone} gone;"
        f" {report.events} events, {report.place_days} place-days."
    )
    say_failed(report.failed)
