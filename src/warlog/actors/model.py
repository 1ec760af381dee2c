"""What passes between extraction and the actors room.

`spot` gives `ActorHit`s before the parse; after extraction, `resolve` turns an actor as written ("the regime and
Russia") into the known actors that it names, in the context of who speaks and where.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, frozen=True)
class ActorHit:
    """A stretch of text that is the name or alias of a known actor."""

    start: int
    end: int
    text: str
    #: ids of the actors that bear the name, in any theatre; never empty
    actor_ids: tuple[str, ...]
    #: kinds among them: state, military, rebel, militia, jihadist, police, monitor, agency, outlet, international, official, party
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


@dataclass(slots=True, frozen=True)
class ActorRef:
    """A resolved actor: an id and its standard name; unknown ones get an id of their own (`name:...`)."""

    actor_id: str
    name: str
    known: bool
    side: str | None = None


@dataclass(slots=True)
class Side:
    """A side of a conflict: what actors that fight together share."""

    side_id: str
    name: str
    theatre: str
    members: list[str] = field(default_factory=list)
