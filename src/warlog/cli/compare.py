"""`warlog compare`: the log's claims beside those of a second extractor or of another log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from warlog.cli.common import DEFAULT_LOG, DocumentOption, LogOption, example, make_filter, open_log, say
from warlog.cli.output import Format, FormatOption, OutOption, emit
from warlog.errors import UsageError

if TYPE_CHECKING:
    from warlog.records import Claim
    from warlog.store import Log


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=example("warlog compare", "warlog compare --with older.db --all --format csv --out differences.csv"))(
        compare
    )


def compare(
    log: LogOption = DEFAULT_LOG,
    other: Annotated[
        str | None,
        typer.Option(
            "--with", metavar="NAME", help="A second extractor's name, or another log's file.", show_default="the only extractor"
        ),
    ] = None,
    document: DocumentOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also the claims on which both agree.")] = False,
    form: FormatOption = Format.table,
    out: OutOption = None,
) -> None:
    """Compare the log's claims, claim by claim, with those of a second extractor (`warlog extract`) or of another log.

    Only documents that both have read are compared. Neither side is taken for the truth.
    """
    from warlog.evaluate import Difference
    from warlog.evaluate import compare as compared

    wanted = make_filter(document=document)
    with open_log(log) as opened:
        name, theirs, documents = _others(opened, other)
        first = [c for c in opened.claims(wanted) if c.document_id in documents]
        second = [c for c in theirs if not document or document in c.document_id]
    result = compared(first, second)
    rows = [row for row in result.rows if everything or row.status != "same"]
    emit(Difference, rows, form, out)
    say(
        f"The log has {result.first} claims, {name} has {result.second}, in {len(documents)} documents; {result.pairs} are paired"
        f" (F1 {result.f1:.3f}), {result.same} of them the same in all core fields."
    )
    if result.agree:
        say("Agreement over the pairs: " + ", ".join(f"{field} {share:.2f}" for field, share in result.agree.items()) + ".")


def _others(log: Log, other: str | None) -> tuple[str, list[Claim], set[str]]:
    """Name, claims and documents of the other side. Raises UsageError where there is none of that name."""
    made = list(log.extractions())
    names = sorted({e.extractor for e in made})
    if other is None and len(names) == 1:
        other = names[0]
    if other is None:
        known = f"it has {', '.join(names)}" if names else "`warlog extract` makes one"
        raise UsageError(f"Name what to compare with by --with: a second extractor of the log ({known}) or another log's file.")
    if other in names:
        found = [e for e in made if e.extractor == other]
        return other, [claim for e in found for claim in e.claims], {e.document_id for e in found}
    if not Path(other).exists():
        known = f"; there are {', '.join(names)}" if names else ""
        raise UsageError(f"There is neither an extractor nor a log {other!r}{known}.")
    with open_log(Path(other)) as second:
        documents = {d.document_id for d in second.documents()} & {d.document_id for d in log.documents()}
        return other, [c for c in second.claims() if c.document_id in documents], documents
