"""`warlog gazetteer add`, `list`, `remove`, `update` and `build`: the packs of places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from warlog.cli.common import PrivateOption, example, say, say_failed
from warlog.cli.output import Format, FormatOption, OutOption, emit
from warlog.cli.progress import Meter
from warlog.errors import WarlogError
from warlog.records import doc

if TYPE_CHECKING:
    from warlog.places.model import PackInfo

IndexOption = Annotated[
    str | None,
    typer.Option(
        "--index", envvar="WARLOG_PACK_INDEX", metavar="URL|FILE", help="The pack index that names are looked up in.",
        show_default="the index set in gazetteer.toml in the data folder",
    ),
]  # fmt: skip
CountryOption = Annotated[
    str, typer.Option("--country", metavar="CODE", help="Country of places whose file does not say it: SY.", show_default=False)
]


@dataclass(slots=True)
class PackRow:
    """One installed pack, as it is listed."""

    name: str = doc("its name, for `warlog gazetteer remove` and `update`")
    title: str = doc("what a reader would call it")
    version: str = doc("its maker's version, where there is one")
    places: int = doc("how many places it has")
    countries: tuple[str, ...] = doc("ISO 3166 alpha-2 codes of the countries it covers")
    source: str = doc("the file it was made from")
    licence: str = doc("on what terms it may be used")
    attribution: str = doc("what everything that shows its places bears")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    gazetteer = typer.Typer(
        name="gazetteer", help="Add, list, remove, update and build gazetteer packs.", no_args_is_help=True,
        rich_markup_mode=None, epilog=example("warlog gazetteer add wof-sy.json.gz", "warlog gazetteer list"),
    )  # fmt: skip
    added = example(
        "warlog gazetteer add wof-sy.json.gz syr_pplp.csv", "warlog gazetteer add SY --index https://example.org/packs/index.json"
    )
    gazetteer.command("add", epilog=added)(add)
    gazetteer.command("list", epilog=example("warlog gazetteer list"))(list_)
    gazetteer.command("remove", epilog=example("warlog gazetteer remove wof-sy"))(remove)
    gazetteer.command("update", epilog=example("warlog gazetteer update", "warlog gazetteer update SY"))(update)
    built = example("warlog gazetteer build SY wof-sy.json.gz syr_pplp.csv --out packs/sy.arrow.gz --index packs/index.json")
    gazetteer.command("build", epilog=built)(build)
    app.add_typer(gazetteer)


def add(
    packs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|NAME...",
            help="Who's On First, OCHA, GeoNames, OpenStreetMap or simple CSV files, pack files, or names in the pack index.",
        ),
    ],
    index: IndexOption = None,
    country: CountryOption = "",
    allow_private: PrivateOption = False,
) -> None:
    """Install gazetteer files as packs in your data folder, or packs by their name in a pack index.

    Logs derived from then on use them (see `warlog rebuild`). What can be installed is, whatever else cannot.
    """
    from warlog.places.packs import add_by_name, add_pack

    failed: list[str] = []
    for given in packs:
        try:
            with Meter() as meter:
                meter.show("installing", name=given, slow=True)
                if _is_file(given):
                    info = add_pack(Path(given), country=country)
                else:
                    info = add_by_name(given, index=index, allow_private=allow_private, progress=_shown(meter, given))
        except WarlogError as error:
            # one that is told of as wrong use of the command stays that, where it is the only one
            if len(packs) == 1:
                raise
            failed.append(str(error))
            continue
        print(f"{info.name}: {info.places:,} places" + ("" if info.added else ", installed already, nothing changed") + ".")
        if info.attribution:
            print(f"  Whatever shows its places bears: {info.attribution}")
    say_failed(failed)


def _is_file(given: str) -> bool:
    """Whether a file is meant and no name: it exists, or it is written like a path or with an ending."""
    return Path(given).exists() or any(c in given for c in "/\\.")


def _shown(meter: Meter, name: str) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        meter.show("downloading", done, total, name)

    return show


def list_(form: FormatOption = Format.table, out: OutOption = None) -> None:
    """List the installed packs, with licence and attribution."""
    from warlog.places.packs import list_packs

    if not emit(PackRow, map(_row, list_packs()), form, out):
        say("No pack is installed; the built-in gazetteer has towns only. Add one with `warlog gazetteer add FILE`.")


def _row(info: PackInfo) -> PackRow:
    return PackRow(info.name, info.title, info.version, info.places, info.countries, info.source, info.licence, info.attribution)


def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Names of packs, as in `warlog gazetteer list`.")],
) -> None:
    """Remove installed packs; logs keep what they resolved with them until they are rebuilt."""
    from warlog.places.packs import remove_pack

    failed: list[str] = []
    for name in names:
        try:
            print(f"{remove_pack(name).name}: removed.")
        except WarlogError as error:
            if len(names) == 1:
                raise
            failed.append(str(error))
    say_failed(failed)


def update(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Packs to update; all that came from a pack index if none.")
    ] = None,
    index: IndexOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Install newer versions of packs that came from a pack index."""
    from warlog.places.packs import update_packs

    with Meter() as meter:
        found = update_packs(names or (), index=index, allow_private=allow_private, progress=_shown(meter, "packs"))
    if not found:
        say("No installed pack came from a pack index; a pack from a file is updated by adding the newer file.")
    for info in found:
        version = f" is now version {info.version}" if info.version else " was updated"
        print(f"{info.name}{version}: {info.places:,} places." if info.added else f"{info.name} is up to date.")


def build(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the pack is to be called: SY.")],
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Gazetteer files; the first has the last word on a place.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The pack file: NAME.arrow.gz, or NAME.arrow.")],
    title: Annotated[str, typer.Option("--title", help="What a reader would call it.", show_default="the name")] = "",
    version: Annotated[
        str, typer.Option("--pack-version", metavar="TEXT", help="Its version: 2026-01-31.", show_default=False)
    ] = "",
    country: CountryOption = "",
    index: Annotated[
        Path | None, typer.Option("--index", metavar="FILE", help="Write its entry into this pack index, made if need be.")
    ] = None,
) -> None:
    """Make one pack file of several gazetteer files, entries of one place merged, for others to install."""
    from warlog.places.packs import build_pack

    with Meter() as meter:
        meter.show("building", name=name, slow=True)
        info, merged = build_pack(files, out, name=name, title=title, version=version, country=country, index=index)
    print(f"{out}: {info.places:,} places; {merged:,} entries were merged into another source's.")
    print(f"  SHA-256 {info.sha256}")
    print(f"  Whatever shows its places bears: {info.attribution}")
