"""What passes between extraction and the actors room.

`spot` gives `ActorHit`s before the parse; after extraction, `resolve` turns an actor as written ("the regime and
Russia") into the known actors that it names, in the context of who speaks and where.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

#: What kinds of actor there are; an actor of a theatre file bears exactly one.
Kind = Literal[
    "state", "military", "rebel", "militia", "jihadist", "police", "monitor", "agency", "outlet", "international", "official",
    "party", "civilian_body",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(slots=True, frozen=True)
class SideSpan:
    """The side that an actor is on in one theatre, from a day to a day (both included; None is open)."""

    theatre: str
    side: str
    start: str | None = None
    end: str | None = None


@dataclass(slots=True, frozen=True)
class Tie:
    """Another actor that an actor belongs to or is kept by, from a day to a day (both included; None is open)."""

    actor_id: str
    start: str | None = None
    end: str | None = None


@dataclass(slots=True, frozen=True)
class ActorHit:
    """A stretch of text that is the name or alias of a known actor."""

    start: int
    end: int
    text: str
    #: ids of the actors that bear the name, in any theatre; never empty
    actor_ids: tuple[str, ...]
    #: kinds among them: see `KINDS`
    kinds: frozenset[str]


@dataclass(slots=True, frozen=True)
class Actor:
    """One actor as the vocabulary knows it."""

    actor_id: str
    name: str
    kind: str
    #: theatre files it stands in
    theatres: tuple[str, ...]
    #: ids of its side in each theatre: government, opposition, ...
    side: str | None = None
    parent: str | None = None
    sponsors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    active_from: str | None = None
    active_to: str | None = None
    predecessor: str | None = None
    acled_name: str | None = None
    ucdp_name: str | None = None
    reference: str | None = None
    #: what followed it in its line of descent
    successor: str | None = None
    #: the sides it is on, by theatre and time
    sides: tuple[SideSpan, ...] = ()
    #: stands for several groups that a general name takes together ("the rebels")
    umbrella: bool = False
    #: what it belonged to, one after the other; `parent` is the last of them
    parents: tuple[Tie, ...] = ()
    #: who funded or armed it, and when; `sponsors` are their ids
    sponsorships: tuple[Tie, ...] = ()
    #: its number in UCDP's list of actors
    ucdp_id: int | None = None


@dataclass(slots=True)
class ActorContext:
    """What the document says of who is meant by loaded or general names."""

    #: day of the event or of publication, ISO 8601, where known
    day: str | None = None
    publisher: str | None = None
    #: theatres the document plays in, most likely first (names of vocab/theatres files)
    theatres: tuple[str, ...] = ()
    #: countries the document plays in, ISO 3166 alpha-2, most likely first
    countries: tuple[str, ...] = ()
    #: who is quoted, as written, where the words are somebody's inside the text: it speaks then, not the publisher
    speaker: str | None = None


@dataclass(slots=True, frozen=True)
class ActorRef:
    """A resolved actor: an id and its standard name; unknown ones get an id of their own (`name:...`)."""

    actor_id: str
    name: str
    known: bool
    side: str | None = None
    #: ids of those who back it as the text says here ("Turkish-backed"): said of it there, not looked up
    backed_by: tuple[str, ...] = ()


@dataclass(slots=True)
class Side:
    """A side of a conflict: what actors that fight together share."""

    side_id: str
    name: str
    theatre: str
    members: list[str] = field(default_factory=list)
    #: sides of the theatre that fight beside it
    allied: tuple[str, ...] = ()
    #: takes no part in the fighting (mediators, monitors, relief)
    neutral: bool = False
    #: whom this side means by "our forces"
    forces: tuple[str, ...] = ()
    #: whom this side means by "the enemy"
    enemies: tuple[str, ...] = ()
