"""`warlog gazetteer add`, `list` and `remove`: the packs of places."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from warlog.cli.common import example, say
from warlog.cli.output import Format, FormatOption, OutOption, emit
from warlog.cli.progress import Meter


def register(app: typer.Typer) -> None:
    """Add the commands."""
    gazetteer = typer.Typer(
        name="gazetteer", help="Add, list and remove gazetteer packs.", no_args_is_help=True, rich_markup_mode=None,
        epilog=example("warlog gazetteer add wof-sy.csv", "warlog gazetteer list"),
    )  # fmt: skip
    gazetteer.command("add", epilog=example("warlog gazetteer add wof-sy.csv syr_pplp.csv"))(add)
    gazetteer.command("list", epilog=example("warlog gazetteer list"))(list_)
    gazetteer.command("remove", epilog=example("warlog gazetteer remove wof-sy"))(remove)
    app.add_typer(gazetteer)


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Who's On First, OCHA, GeoNames or simple CSV files.")],
) -> None:
    """Install gazetteer files as packs in your data folder; logs derived from then on use them (see `warlog rebuild`)."""
    from warlog.places.packs import add_pack

    for path in files:
        with Meter() as meter:
            meter.show("installing", slow=True)
            info = add_pack(path)
        print(f"{info.name}: {info.places} places" + ("" if info.added else ", installed already, nothing changed") + ".")
        if info.attribution:
            print(f"  Whatever shows its places bears: {info.attribution}")


def list_(form: FormatOption = Format.table, out: OutOption = None) -> None:
    """List the installed packs, with licence and attribution."""
    from warlog.places.model import PackInfo
    from warlog.places.packs import list_packs

    if not emit(PackInfo, list_packs(), form, out):
        say("No pack is installed; the built-in gazetteer has towns only. Add one with `warlog gazetteer add FILE`.")


def remove(name: Annotated[str, typer.Argument(metavar="NAME", help="The pack's name, as in `warlog gazetteer list`.")]) -> None:
    """Remove an installed pack; logs keep what they resolved with it until they are rebuilt."""
    from warlog.places.packs import remove_pack

    print(f"{remove_pack(name).name}: removed.")
