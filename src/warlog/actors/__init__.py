"""Who is who: names, sides and sponsors of those who fight, report and rule, each with the dates it holds.

`Actors.load()` reads the theatre files; `spot` finds the names of known actors in a text before it is parsed; `resolve` turns
an actor as written into the actors that it names, in the context of who speaks, where and when.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from warlog.actors import files, nations
from warlog.actors.gist import Gist
from warlog.actors.lineage import Branch, line_of
from warlog.actors.model import Actor, ActorContext, ActorHit, ActorRef, Side, SideSpan, Tie
from warlog.actors.outlets import Outlet, Outlets, outlets
from warlog.actors.resolving import Resolver
from warlog.actors.roster import WORLD, Roster
from warlog.actors.spotting import Spotter

__all__ = [
    "Actor", "ActorContext", "ActorHit", "ActorRef", "Actors", "Branch", "Outlet", "Outlets", "Side", "SideSpan", "Tie",
]  # fmt: skip

#: kinds of outlet, as kinds of actor
_OUTLET_KINDS = {"agency": "agency", "monitor": "monitor"}


class Actors:
    """The roster of actors with its indexes. Made once, then only read."""

    def __init__(self, roster: Roster, found: Outlets, user_files: dict[str, str]) -> None:
        """Use `Actors.load`."""
        self.roster = roster
        #: outlets, by name and domain
        self.outlets = found
        #: theatre files of the user's own that were read, by theatre name, each with its SHA-256
        self.user_files = user_files
        # a name of common nouns ("ethnic armed groups") is left to `resolve`: in a text it is a phrase like any other
        self._spotter = Spotter((alias, i) for alias, i in roster.names() if " " not in alias or any(c.isupper() for c in alias))
        self._resolver = Resolver(roster, self._spotter, found)

    @classmethod
    def load(cls, extra_files: Iterable[str | Path] = (), outlet_files: Iterable[str | Path] = ()) -> Actors:
        """The actors of the program's own theatre files, the user's, and those named here.

        `outlet_files` are files of outlets to read beside the user's own: that of a log, for one.
        A file of the name of one read before adds to that theatre. Raises InputError, in one sentence that names the file,
        for a file that cannot be read or is not a theatre file.
        """
        roster = Roster()
        roster.add_rows(nations.rows(), WORLD, "nationalities")
        for name, file in files.built_in().items():
            roster.add_file(name, file, f"theatres/{name}.toml")
        beside = tuple(outlet_files)
        found = Outlets.load(beside) if beside else outlets()
        roster.add_rows(_outlet_rows(found, roster), WORLD, "outlets")
        roster.finish("theatres")
        own = files.from_users(tuple(extra_files))
        for name, (file, _) in own.items():
            roster.add_file(name, file, f"{name}.toml")
            roster.finish(f"{name}.toml")
        return cls(roster, found, {name: digest for name, (_, digest) in own.items()})

    @cached_property
    def _gist(self) -> Gist:
        return Gist(self.roster)

    # -- in a text ----------------------------------------------------------------------------------------------------

    def spot(self, text: str) -> list[ActorHit]:
        """Names of known actors in a text: the longest that do not overlap, on word boundaries, in text order.

        A name with capitals is found only with its capitals, an abbreviation only in capitals. A possessive ending is no part
        of the hit.
        """
        out = []
        for find in self._spotter.find(text):
            ids = find.spelling.actor_ids
            kinds = frozenset(self.roster.actors[a].kind for a in ids)
            out.append(ActorHit(find.start, find.end, text[find.start : find.end], ids, kinds))
        return out

    def theatres_of(self, text: str) -> tuple[str, ...]:
        """The theatres (names of theatre files) that a text plays in, most likely first; empty where nothing tells."""
        return self._gist.theatres_of(text)

    def countries_of(self, text: str) -> tuple[str, ...]:
        """The countries that a text speaks of, as ISO 3166 alpha-2 codes, most spoken of first."""
        return self._gist.countries_of(text)

    # -- a name in its context ----------------------------------------------------------------------------------------

    def resolve(self, name: str, context: ActorContext | None = None) -> list[ActorRef]:
        """The actors that a phrase names ("the regime and Russia" names two), in order, each once.

        What is not known comes as a reference of its own with `known` False: `name:` and the name's key for a proper name,
        `generic:` and the words for common nouns ("gunmen"). Empty only for an empty phrase.
        """
        return self._resolver.resolve(name, context or ActorContext())

    def same_side(self, a: str, b: str, context: ActorContext | None = None) -> bool | None:
        """Whether two actors (by id) fight on one side in the context's theatre on its day; None where that is not known.

        Sides that the theatre calls allied count as one; a neutral side is on nobody's. Without a theatre in the context the
        answer is that of all theatres in which both take part, if they agree.
        """
        return self.roster.same_side(a, b, context or ActorContext())

    # -- one actor ----------------------------------------------------------------------------------------------------

    def actor(self, actor_id: str) -> Actor | None:
        """The actor of this id, or None."""
        return self.roster.actors.get(actor_id)

    def descent(self, actor_id: str) -> list[Actor]:
        """Its line of descent, earliest first: what it came from, itself, what came of it; empty if the id is unknown."""
        return self.roster.descent(actor_id)

    def lineage(self, actor_id: str) -> list[Branch]:
        """Its line of descent as trees, one for each of the earliest that it came from; empty if the id is unknown."""
        return line_of(self.roster, actor_id)

    def parent_on(self, actor_id: str, day: str | None = None) -> str | None:
        """What it belongs to on a day (the last it belonged to without one); None if to nothing, or if the id is unknown."""
        return self.roster.parent_of(actor_id, day) if actor_id in self.roster.actors else None

    def sponsors_on(self, actor_id: str, day: str | None = None) -> tuple[str, ...]:
        """Ids of those who fund or arm it on a day, or at any time without one; empty if none, or if the id is unknown."""
        return self.roster.sponsors_of(actor_id, day) if actor_id in self.roster.actors else ()

    def side_on(self, actor_id: str, theatre: str, day: str | None = None) -> str | None:
        """Id of its side in a theatre on a day, its own or that of what it belongs to; None if unknown."""
        return self.roster.side_of(actor_id, theatre, day) if actor_id in self.roster.actors else None

    def side(self, theatre: str, side_id: str) -> Side | None:
        """A side of a theatre with its members' ids, or None."""
        found = self.roster.theatres.get(theatre)
        return found.sides.get(side_id) if found else None

    def theatres(self) -> list[str]:
        """Names of the theatres known, without `world`."""
        return sorted(self.roster.theatres)


def _outlet_rows(found: Outlets, roster: Roster) -> list[files.ActorRow]:
    """Outlets as actors, so that they are spotted where a text cites them."""
    rows = []
    for outlet in found.all.values():
        kind = _OUTLET_KINDS.get(outlet.kind, "outlet")
        sponsors = [a for a in (outlet.owner, *outlet.sponsors) if a and a in roster.actors]
        rows.append(
            files.ActorRow.model_validate(
                {
                    "id": outlet.outlet_id,
                    "name": outlet.name,
                    "kind": kind,
                    "countries": [outlet.country] if outlet.country else [],
                    "parent": outlet.owner if outlet.owner in roster.actors else None,
                    "sponsors": sponsors,
                    "aliases": list(outlet.cited),
                }
            )
        )
    return rows
