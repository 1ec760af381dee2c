"""The line of descent as a tree: what an actor came from, and what came of it.

`Roster.descent` gives the line as a list, for reading names out of their time; this gives its shape, for people to see. Where
groups merged, the one that came of them stands under each of them; it is drawn in full once, and only named after that.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from warlog.actors.model import Actor
from warlog.actors.roster import Roster


@dataclass(slots=True)
class Branch:
    """One actor of the line, and what came of it. `shown_above`: its own followers stand where it was met first."""

    actor: Actor
    followers: list[Branch] = field(default_factory=list)
    shown_above: bool = False


def line_of(roster: Roster, actor_id: str) -> list[Branch]:
    """The earliest actors that one came from (itself, where it came from none), each with what came of it, down to its own
    last followers. What came of its forebears beside its own line is left out. Empty if the id is unknown."""
    if actor_id not in roster.actors:
        return []
    above = _reach(actor_id, roster.forebears)
    line = above | _reach(actor_id, roster.followers)
    roots = sorted(a for a in above if not roster.forebears.get(a)) or [actor_id]
    seen: set[str] = set()
    return [_branch(roster, root, line, seen) for root in roots]


def _branch(roster: Roster, actor_id: str, line: set[str], seen: set[str]) -> Branch:
    actor = roster.actors[actor_id]
    if actor_id in seen:
        return Branch(actor, shown_above=bool(set(roster.followers.get(actor_id, ())) & line))
    seen.add(actor_id)
    below = [f for f in roster.followers.get(actor_id, ()) if f in line]
    below.sort(key=lambda f: (roster.actors[f].active_from or "9999", f))
    return Branch(actor, [_branch(roster, f, line, seen) for f in below])


def _reach(actor_id: str, steps: dict[str, list[str]]) -> set[str]:
    """Everyone that steps lead to from an actor, itself included."""
    out: set[str] = set()
    queue = [actor_id]
    while queue:
        if (current := queue.pop()) not in out:
            out.add(current)
            queue += steps.get(current, ())
    return out
