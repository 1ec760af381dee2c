"""`warlog lineage`: which documents come from one origin, and which was made from which."""

from __future__ import annotations

from typing import Annotated

import typer

from warlog.cli.common import DEFAULT_LOG, DocumentOption, LogOption, example, open_log, say
from warlog.cli.output import Format, FormatOption, OutOption, emit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=example("warlog lineage", "warlog lineage --links --format jsonl --out links.jsonl"))(lineage)


def lineage(
    log: LogOption = DEFAULT_LOG,
    document: DocumentOption = None,
    links: Annotated[
        bool, typer.Option("--links", help="Every pair of documents with its aligned passages, shared quotations too.")
    ] = False,
    form: FormatOption = Format.table,
    out: OutOption = None,
) -> None:
    """List groups of documents that come from one origin: copies, shortened, extended and reworded ones, versions.

    Each with what it has most from and how the direction is known. `warlog explain DOCUMENT` shows passages side by side.
    """
    from warlog.lineage import UNSEEN, origins
    from warlog.publish.lineage import Known, LineageRow, rows
    from warlog.records import DocumentLink

    with open_log(log) as opened:
        if opened.is_stale:
            say("The log has changed since its documents were last placed: `warlog read` again, or `warlog rebuild`, does it.")
        if links:
            found = (link for link in opened.links() if not document or document in link.document_id or document in link.other_id)
            count = emit(DocumentLink, found, form, out)
        else:
            known = [Known(*fields) for fields in opened.outlines()]
            every = list(opened.links())
            listed = rows(every, origins(every, known), known)
            if document:
                wanted = {row.origin_id for row in listed if document in row.document_id}
                listed = [row for row in listed if row.origin_id in wanted]
            count = emit(LineageRow, listed, form, out)
            groups = len({row.origin_id for row in listed})
            if count and out is None and form is Format.table:
                rest = f"; {len(known) - count} others stand alone" if not document else ""
                say(f"{count} documents in {groups} group{'s' if groups != 1 else ''}{rest}.")
                if any(row.origin_id.startswith(UNSEEN) for row in listed):
                    say('"Earliest" stands where all were made from a source that is not in the log.')
        if not count:
            say(f"No document in {log} shares more than quotations with another." if not links else "There are no links.")
