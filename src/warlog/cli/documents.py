"""`warlog documents`: list documents, or the sentences in them that were not understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

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
)  # fmt: skip
from warlog.cli.output import Format, FormatOption, OutOption, emit

if TYPE_CHECKING:
    from warlog.extract import Span
    from warlog.records import Document

UncodedOption = Annotated[
    bool, typer.Option("--uncoded", help="Instead, list the sentences that hold a trigger word and no claim, with the word.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=example(
            "warlog documents --from 2020-01-29",
            "warlog documents --format jsonl --document wire/0129",
            "warlog documents --uncoded --document wire/0129",
        )
    )(documents)


def documents(
    log: LogOption = DEFAULT_LOG,
    date_from: FromOption = None,
    date_to: ToOption = None,
    place: PlaceOption = None,
    actor: ActorOption = None,
    event_type: TypeOption = None,
    document: DocumentOption = None,
    near: NearOption = None,
    uncoded: UncodedOption = False,
    form: FormatOption = Format.table,
    out: OutOption = None,
) -> None:
    """List documents, with publisher and first publisher; as JSON Lines with their text and the page furniture cut from it.

    With --uncoded, the sentences that were not understood: those that hold a trigger word and no claim.
    """
    from warlog.extract import Span
    from warlog.records import Document

    wanted = make_filter(date_from, date_to, place, actor, event_type, document, near)
    with open_log(log) as opened:
        if uncoded:
            emit(Span, _not_understood(opened.documents(wanted)), form, out)
        elif not emit(Document, opened.documents(wanted), form, out):
            none_match(opened)


def _not_understood(documents: Iterable[Document]) -> Iterator[Span]:
    """The uncoded sentences of documents; those in a language that is not read are counted and told of, never passed over."""
    from warlog.extract import RuleExtractor

    extractor = RuleExtractor()
    unread = 0
    for document in documents:
        if document.language not in {None, *extractor.languages}:
            unread += 1
        yield from extractor.uncoded(document)
    if unread:
        plural = "document is" if unread == 1 else "documents are"
        typer.echo(f"{unread} {plural} in a language that is not read, and not in this list.", err=True)
