"""`warlog outlets`: who publishes, owned by whom, on whose side, and where that was looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from warlog.cli.common import example, say
from warlog.cli.output import Format, FormatOption, OutOption, emit
from warlog.errors import UsageError

if TYPE_CHECKING:
    from rich.tree import Tree

    from warlog.actors.model import SideSpan
    from warlog.actors.outlet_model import Address, Outlet
    from warlog.actors.outlets import Outlets

_FILTERS = "Filters"


@dataclass(slots=True)
class OutletLine:
    """One outlet as a line for the eye; `looked_up` says whether a reference was found."""

    name: str
    kind: str
    country: str | None
    owner: str | None
    sides: list[str]
    domains: list[str]
    looked_up: str


@dataclass(slots=True)
class OutletListing:
    """One outlet as a record, with all that is known of it."""

    outlet_id: str
    name: str
    kind: str
    country: str | None
    languages: list[str] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)
    owner: str | None = None
    sponsors: list[str] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)
    reference: str | None = None
    reference_says: str | None = None
    looked_up: str | None = None
    unverified: list[str] = field(default_factory=list)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=example(
        "warlog outlets --side syria",
        "warlog outlets --country RU --kind agency",
        "warlog outlets SANA",
        "warlog outlets https://www.aa.com.tr/en/world",
    ))(outlets)  # fmt: skip


def outlets(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Show only this one, in full: a name, a domain or a page's address.")
    ] = None,
    country: Annotated[
        str | None, typer.Option("--country", metavar="CODE", help="Only of this country (SY).", rich_help_panel=_FILTERS)
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="KIND", rich_help_panel=_FILTERS,
            help="Only of this kind: state, party, militia, monitor, agency, independent or aggregator.",
        ),
    ] = None,
    side: Annotated[
        str | None,
        typer.Option(
            "--side", metavar="THEATRE[:SIDE]", rich_help_panel=_FILTERS,
            help="Only those that speak for a side of this conflict, or for this side of it (syria:opposition).",
        ),
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option("--file", metavar="FILE", help="Read this file of outlets too, after your own; may be repeated."),
    ] = None,
    log: Annotated[
        Path | None, typer.Option("--log", envvar="WARLOG_LOG", metavar="FILE", help="Read the outlets beside this log too.")
    ] = None,
    form: FormatOption = Format.table,
    out: OutOption = None,
) -> None:  # fmt: skip
    """List the outlets that are known, or show one with the reference that it was looked up in.

    Your own lie in outlets.toml in your data folder, or beside a log as LOG.outlets.toml.
    """
    from warlog.actors.outlet_files import file_of
    from warlog.actors.outlets import Outlets

    beside = [file_of(log)] if log is not None and file_of(log).is_file() else []
    known = Outlets.load([*beside, *(files or [])])
    if name is not None:
        found = _named(known, name)
    else:
        found = sorted(known.all.values(), key=lambda o: (o.country or "~", o.name.casefold()))
    found = [o for o in found if _fits(o, country, kind, side)]
    if name is not None and form is Format.table and out is None:
        _show(found)
        return
    if form is Format.table:
        count = emit(OutletLine, map(_line, found), form, out)
    else:
        count = emit(OutletListing, map(_listed, found), form, out)
    if not count:
        say(f"No outlet matches; {len(known.all)} are known.")


def _named(known: Outlets, name: str) -> list[Outlet]:
    """The outlets of a name, domain or id. Raises UsageError if there is none, with what may have been meant."""
    from rapidfuzz import process

    by_id = known.all.get(name)
    by_domain = known.by_domain(name) if "." in name else None
    found = known.all_by_name(name) or [o for o in (by_id, by_domain) if o is not None]
    if not found:
        names = [n for o in known.all.values() for n in (o.name, *o.aliases)]
        close = process.extractOne(name, names, score_cutoff=75, processor=str.casefold)
        hint = f" perhaps {close[0]!r}?" if close else ""
        raise UsageError(f"There is no outlet {name!r};{hint or ' `warlog outlets` lists those that are known.'}")
    return found


def _fits(outlet: Outlet, country: str | None, kind: str | None, side: str | None) -> bool:
    """Whether an outlet is of the country, kind and side asked for. Raises UsageError for a kind that there is not."""
    from warlog.actors.outlet_files import KINDS

    if kind is not None and kind not in KINDS:
        raise UsageError(f"There is no kind of outlet {kind!r}; one of: {', '.join(KINDS)}.")
    theatre, _, part = (side or "").partition(":")
    return (
        (country is None or outlet.country == country.upper())
        and (kind is None or outlet.kind == kind)
        and (side is None or any(s.theatre == theatre and part in ("", s.side) for s in outlet.sides))
    )


def _line(outlet: Outlet) -> OutletLine:
    return OutletLine(
        name=outlet.name, kind=outlet.kind, country=outlet.country, owner=outlet.owned_by or outlet.owner, sides=_sides(outlet),
        domains=list(outlet.domains), looked_up="yes" if outlet.reference else "no",
    )  # fmt: skip


def _sides(outlet: Outlet) -> list[str]:
    return [f"{s.theatre}: {s.side}{_span(s)}" for s in outlet.sides]


def _listed(outlet: Outlet) -> OutletListing:
    return OutletListing(
        outlet_id=outlet.outlet_id, name=outlet.name, kind=outlet.kind, country=outlet.country,
        languages=list(outlet.languages), domains=list(outlet.domains), owner=outlet.owned_by or outlet.owner,
        sponsors=list(outlet.sponsors), sides=_sides(outlet),
        reference=outlet.reference, reference_says=outlet.reference_says, looked_up=outlet.looked_up,
        unverified=list(outlet.unverified),
    )  # fmt: skip


def _span(span: SideSpan | Address) -> str:
    """When something held, in words; empty if always."""
    parts = [f"from {span.start}" if span.start else "", f"to {span.end}" if span.end else ""]
    return " " + " ".join(p for p in parts if p) if any(parts) else ""


def _show(found: list[Outlet]) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    for outlet in found:
        console.print(_tree(outlet))


def _tree(outlet: Outlet) -> Tree:
    """One outlet in full; each thing that the reference does not bear out says so."""
    from rich.text import Text
    from rich.tree import Tree

    tree = Tree(Text(f"{outlet.name} ({outlet.outlet_id})", style="bold"), guide_style="dim")

    def line(label: str, text: str | None, of: str = "") -> None:
        if text:
            tree.add(Text(f"{label}: {text}" + (" (unverified)" if of in outlet.unverified else "")))

    line("kind", outlet.kind, "kind")
    line("country", outlet.country, "country")
    line("languages", ", ".join(outlet.languages), "languages")
    line("owned or run by", outlet.owned_by or outlet.owner, "owned_by" if outlet.owned_by else "owner")
    line("its owner as an actor", outlet.owner if outlet.owned_by else None, "owner")
    line("sponsored by", ", ".join(outlet.sponsors), "sponsors")
    for span in outlet.sides:
        line("speaks for", f"{span.side} in {span.theatre}{_span(span)}", "sides")
    line("web domains", ", ".join(f"{a.domain}{_span(a)}" for a in outlet.addresses), "domains")
    line("also called", ", ".join(outlet.aliases))
    line("reference", outlet.reference or "none was found")
    line("which says", outlet.reference_says if outlet.reference else None)
    line("looked up on", outlet.looked_up if outlet.reference else None)
    line("stated in", ", ".join(outlet.stated_in))
    return tree
