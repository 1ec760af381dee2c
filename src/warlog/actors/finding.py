"""Finding an actor of the roster by what a person types: its id, a name in any spelling, or a codebook's name for it."""

from __future__ import annotations

from rapidfuzz import process

from warlog.actors.folding import key, spellings
from warlog.actors.model import Actor
from warlog.actors.roster import Roster


def named(roster: Roster, asked: str) -> list[Actor]:
    """The actors that an id or a name points to: the one of that id; else those whose name it is; else those who bear it as
    an alias or in a codebook. Case, accents, hyphens and articles make no difference. Empty if there are none."""
    if asked in roster.actors:
        return [roster.actors[asked]]
    wanted = _plain(asked)
    if not wanted:
        return []
    for names in (_own, _others):
        found = [a for a in roster.actors.values() if any(_plain(s) == wanted for n in names(a) for s in spellings(n))]
        if found:
            return found
    return []


def close_to(roster: Roster, asked: str) -> str | None:
    """The known name that is most like what was asked for; None if none is."""
    names = [n for a in roster.actors.values() for n in (*_own(a), *_others(a))]
    best = process.extractOne(asked, names, score_cutoff=75, processor=key)
    return str(best[0]) if best else None


def _plain(name: str) -> str:
    return key(name).removeprefix("the ")


def _own(actor: Actor) -> tuple[str, ...]:
    return (actor.name,)


def _others(actor: Actor) -> tuple[str, ...]:
    return tuple(n for n in (*actor.aliases, actor.acled_name, actor.ucdp_name) if n)
