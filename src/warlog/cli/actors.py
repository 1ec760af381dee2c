"""`warlog actors`: the actors that claims tell of; those that theatre files know; one of them in full."""

from __future__ import annotations

from pathlib import Path
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
    from warlog.actors import Actor, Actors


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=example(
        "warlog actors --place Idlib",
        'warlog actors "Nusra Front"',
        "warlog actors --theatre sahel",
        "warlog actors --all --format jsonl",
    ))(actors)  # fmt: skip


def actors(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Show what is known of this actor: a name in any spelling, or an id."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List all actors that theatre files know, log or no log.")] = False,
    theatre: Annotated[
        str | None,
        typer.Option("--theatre", metavar="THEATRE", help="List those of this theatre (syria), log or no log."),
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option("--file", metavar="FILE", help="Read this theatre file too, after your own; may be repeated."),
    ] = None,
    log: LogOption = DEFAULT_LOG,
    date_from: FromOption = None,
    date_to: ToOption = None,
    place: PlaceOption = None,
    actor: ActorOption = None,
    event_type: TypeOption = None,
    document: DocumentOption = None,
    near: NearOption = None,
    form: FormatOption = Format.table,
    out: OutOption = None,
) -> None:
    """List the actors that claims tell of, as doers and as targets, with the words they were called by.

    With NAME, --all or --theatre: what theatre files know of actors, with sides, sponsors and lines of descent.
    """
    if name is not None or every or theatre is not None:
        _known(name, theatre, files or [], form, out)
        return
    from warlog.publish.listings import ActorRow
    from warlog.publish.listings import actors as of_claims
    from warlog.publish.parties import Parties

    wanted = make_filter(date_from, date_to, place, actor, event_type, document, near)
    with open_log(log) as opened:
        if not emit(ActorRow, of_claims(opened.claims(wanted), Parties.load()), form, out):
            none_match(opened)


def _known(name: str | None, theatre: str | None, files: list[Path], form: Format, out: Path | None) -> None:
    """Show the actors of theatre files. Raises UsageError for a name or theatre that there is not."""
    from warlog.actors import Actors
    from warlog.cli import roster

    known = Actors.load(files)
    found = roster.of_theatre(known, theatre)
    if name is not None:
        named = roster.find(known, name)
        found = [a for a in named if theatre is None or a in found] or named
    if form is not Format.table:
        emit(roster.RosterRow, (roster.row(known, a) for a in found), form, out)
    elif name is not None and out is None:
        _show(known, found)
    else:
        emit(roster.RosterLine, (roster.line(known, a) for a in found), form, out)


def _show(known: Actors, found: list[Actor]) -> None:
    from rich.console import Console

    from warlog.cli import roster

    console = Console(highlight=False)
    for actor in found:
        console.print(roster.tree(known, actor))
