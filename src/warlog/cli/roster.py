"""What `warlog actors` shows of the actors that theatre files know: a listing, or one of them in full."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warlog.errors import UsageError

if TYPE_CHECKING:
    from rich.tree import Tree

    from warlog.actors import Actors
    from warlog.actors.lineage import Branch
    from warlog.actors.model import Actor, SideSpan, Tie


@dataclass(slots=True)
class RosterLine:
    """One known actor as a line for the eye."""

    actor_id: str
    name: str
    kind: str
    sides: list[str]
    active: str
    line: list[str]


@dataclass(slots=True)
class RosterRow:
    """One known actor as a record, with all that is known of it."""

    actor_id: str = field(metadata={"doc": "id of the actor"})
    name: str = field(metadata={"doc": "its standard name"})
    kind: str = field(metadata={"doc": "kind of actor"})
    names: list[str] = field(metadata={"doc": "every other name and spelling by which a text may call it"})
    theatres: list[str] = field(metadata={"doc": "theatre files it stands in"})
    countries: list[str] = field(metadata={"doc": "where it is at home, ISO 3166 codes"})
    active_from: str | None = field(metadata={"doc": "since when it exists: a year, month or day"})
    active_to: str | None = field(metadata={"doc": "until when it existed"})
    parents: list[str] = field(metadata={"doc": "what it belongs or belonged to, with dates"})
    sides: list[str] = field(metadata={"doc": "its side in each theatre, with dates"})
    sponsors: list[str] = field(metadata={"doc": "who funds or arms it, with dates"})
    line: list[str] = field(metadata={"doc": "ids of its line of descent, earliest first"})
    acled_name: str | None = field(metadata={"doc": "what ACLED calls it"})
    ucdp_name: str | None = field(metadata={"doc": "what UCDP calls it"})
    ucdp_id: int | None = field(metadata={"doc": "its number in UCDP's list of actors"})
    reference: str = field(metadata={"doc": "page that was looked up for it, or none"})


def find(known: Actors, name: str) -> list[Actor]:
    """The known actors of a name or id. Raises UsageError if there is none, with what may have been meant."""
    from warlog.actors import finding

    found = finding.named(known.roster, name)
    if not found:
        close = finding.close_to(known.roster, name)
        hint = f"perhaps {close!r}?" if close else "`warlog actors --all` lists those that are known."
        raise UsageError(f"No theatre file knows an actor {name!r}; {hint}")
    return found


def of_theatre(known: Actors, theatre: str | None) -> list[Actor]:
    """Every actor of a theatre, or of all. Raises UsageError for a theatre that there is not."""
    names = [*known.theatres(), "world"]
    if theatre is not None and theatre not in names:
        raise UsageError(f"There is no theatre {theatre!r}; one of: {', '.join(names)}.")
    found = [a for a in known.roster.actors.values() if theatre is None or theatre in a.theatres]
    return sorted(found, key=lambda a: (a.theatres[-1], a.name.casefold(), a.actor_id))


def line(known: Actors, actor: Actor) -> RosterLine:
    """An actor as a line for the eye."""
    return RosterLine(
        actor.actor_id, actor.name, actor.kind, [_side(s) for s in actor.sides], _years(actor), _descent(known, actor),
    )  # fmt: skip


def row(known: Actors, actor: Actor) -> RosterRow:
    """An actor as a record."""
    return RosterRow(
        actor_id=actor.actor_id, name=actor.name, kind=actor.kind, names=[n for n in actor.aliases if n != actor.name],
        theatres=list(actor.theatres), countries=list(actor.countries), active_from=actor.active_from,
        active_to=actor.active_to, parents=_parents(actor), sides=[_side(s) for s in actor.sides],
        sponsors=[_tie(t) for t in actor.sponsorships], line=_descent(known, actor), acled_name=actor.acled_name,
        ucdp_name=actor.ucdp_name, ucdp_id=actor.ucdp_id, reference=actor.reference or "none",
    )  # fmt: skip


def tree(known: Actors, actor: Actor) -> Tree:
    """An actor in full, for the terminal."""
    from rich.text import Text
    from rich.tree import Tree

    top = Tree(Text(f"{actor.name} ({actor.actor_id})", style="bold"), guide_style="dim")

    def add(label: str, text: str | None) -> None:
        if text:
            top.add(Text(f"{label}: {text}"))

    add("kind", actor.kind + (", stands for several groups" if actor.umbrella else ""))
    add("active", _years(actor))
    add("countries", ", ".join(actor.countries))
    add("also called", ", ".join(n for n in actor.aliases if n != actor.name))
    add("belongs to", ", ".join(_named(known, t) for t in actor.parents) or _name(known, actor.parent))
    for span in actor.sides:
        add("side", f"{_side_name(known, span)}{_span(span)}")
    for tie in actor.sponsorships:
        add("sponsored by", _named(known, tie))
    members = [a.name for a in known.roster.actors.values() if a.parent == actor.actor_id]
    add("parts of it", ", ".join(members))
    add("ACLED calls it", actor.acled_name)
    add("UCDP calls it", (actor.ucdp_name or "") + (f" (actor {actor.ucdp_id})" if actor.ucdp_id else ""))
    add("reference", actor.reference or "none was found")
    roots = known.lineage(actor.actor_id)
    if len(roots) > 1 or (roots and roots[0].followers):
        descent = top.add("line of descent")
        for root in roots:
            _grow(descent, root, actor.actor_id)
    return top


def _grow(into: Tree, branch: Branch, asked: str) -> None:
    from rich.text import Text

    actor = branch.actor
    years = _years(actor)
    text = actor.name + (f" ({years})" if years else "") + (", as above" if branch.shown_above else "")
    grown = into.add(Text(text, style="bold" if actor.actor_id == asked else ""))
    for follower in branch.followers:
        _grow(grown, follower, asked)


def _descent(known: Actors, actor: Actor) -> list[str]:
    ids = [a.actor_id for a in known.descent(actor.actor_id)]
    return ids if len(ids) > 1 else []


def _years(actor: Actor) -> str:
    if actor.active_from is None and actor.active_to is None:
        return ""
    return f"{actor.active_from or '?'} to {actor.active_to}" if actor.active_to else f"from {actor.active_from}"


def _span(of: SideSpan | Tie) -> str:
    """When something held, in words; empty if always."""
    parts = [f"from {of.start}" if of.start else "", f"to {of.end}" if of.end else ""]
    return "".join(f" {p}" for p in parts if p)


def _side(span: SideSpan) -> str:
    return f"{span.theatre}: {span.side}{_span(span)}"


def _side_name(known: Actors, span: SideSpan) -> str:
    theatre = known.roster.theatres[span.theatre]
    return f"{theatre.sides[span.side].name} ({theatre.title})"


def _tie(tie: Tie) -> str:
    return f"{tie.actor_id}{_span(tie)}"


def _parents(actor: Actor) -> list[str]:
    return [_tie(t) for t in actor.parents] or ([actor.parent] if actor.parent else [])


def _name(known: Actors, actor_id: str | None) -> str:
    return known.roster.actors[actor_id].name if actor_id else ""


def _named(known: Actors, tie: Tie) -> str:
    return f"{_name(known, tie.actor_id)}{_span(tie)}"
