"""`warlog explain`: everything that a claim, an event, a place-day or a document rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from warlog.cli.common import DEFAULT_LOG, LogOption, example, open_log
from warlog.errors import UsageError

if TYPE_CHECKING:
    from rich.tree import Tree

    from warlog.publish.nodes import Node


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=example("warlog explain 0f3a9c51d27be846", "warlog explain sample:s012/2020-01-29"))(explain)


def explain(
    record_id: Annotated[
        str, typer.Argument(metavar="ID", help="Id of a claim, an event, a place-day or a document, as listings show it.")
    ],
    log: LogOption = DEFAULT_LOG,
) -> None:
    """Show everything a record rests on: quote in context, source chain, how the place was resolved, which rule fired.

    Of a document: its credits with their passages, and what it shares with others, side by side.
    """
    from rich.console import Console

    from warlog.publish.explain import explain as told

    with open_log(log) as opened:
        node = told(opened, record_id.strip(), list(opened.runs()))
    if node is None:
        raise UsageError(f"There is no claim, event, place-day or document {record_id!r} in {log}.")
    console = Console(highlight=False)
    console.print(_tree(node))


def _tree(node: Node) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    styles = {"title": "bold", "quote": "italic"}
    text = "".join(c if c.isprintable() else " " for c in node.text)
    tree = Tree(Text(text, style=styles.get(node.style, "")), guide_style="dim")
    for child in node.children:
        tree.children.append(_tree(child))
    return tree
