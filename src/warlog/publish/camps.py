"""Camps: actors that fight beside each other, put together so that a map has a colour for each side and not each name.

Holders of whom only a common noun is told ("units") are in no camp.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from warlog.events.sides import GENERIC, Sides
from warlog.records import PlaceDay


@dataclass(slots=True, frozen=True)
class Camp:
    """One side: its colour, its name (that of its member with most place-days), and its members' ids."""

    name: str
    members: frozenset[str]
    color: str


class Camps:
    """The camps of all holders, most place-days first, then first named; `of` gives the number of an actor's camp."""

    def __init__(self, place_days: Iterable[PlaceDay], sides: Sides, colors: list[str]) -> None:
        count: Counter[str] = Counter()
        names: dict[str, str] = {}
        newest = ""
        for row in place_days:
            newest = max(newest, row.day)
            for number, holder in enumerate(row.holder_ids):
                if holder.startswith(GENERIC):
                    continue
                count[holder] += 1
                names.setdefault(holder, row.holder_names[number] if number < len(row.holder_names) else holder)
        groups: list[list[str]] = []
        for holder in sorted(count, key=lambda h: -count[h]):
            home = next((g for g in groups if sides.same(g[0], holder, newest or None)), None)
            if home is None:
                groups.append([holder])
            else:
                home.append(holder)
        groups.sort(key=lambda g: -sum(count[h] for h in g))
        self.camps = [
            Camp(_name(group, names), frozenset(group), colors[number % len(colors)]) for number, group in enumerate(groups)
        ]
        self._of = {member: number for number, camp in enumerate(self.camps) for member in camp.members}

    def of(self, holder_ids: Iterable[str]) -> list[int]:
        """The camps of some holders, each once."""
        return list(dict.fromkeys(self._of[holder] for holder in holder_ids if holder in self._of))


def _name(group: list[str], names: dict[str, str]) -> str:
    return names[group[0]] if len(group) == 1 else f"{names[group[0]]} and allies"
