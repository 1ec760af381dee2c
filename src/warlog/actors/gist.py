"""Which war and which countries a text is about, by counting the names in it.

A name that belongs to one theatre alone speaks for it most; a state that takes part in many wars hardly speaks for any.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from warlog.actors.nations import nations
from warlog.actors.roster import WORLD, Roster
from warlog.actors.spotting import Find, Spotter

#: a theatre or country is told where its weight is at least this, and this share of the weightiest
_LEAST = 2.0
_SHARE = 0.2


class Gist:
    """Counts names of actors, countries, peoples and big places."""

    def __init__(self, roster: Roster) -> None:
        """Words that tell of a theatre or country, each with its weights, from the roster and the states of the world."""
        self._roster = roster
        self._theatres: dict[str, dict[str, float]] = {}
        self._countries: dict[str, dict[str, float]] = {}
        n = nations()
        names: list[tuple[str, str]] = []

        def add(word: str, theatre: dict[str, float], country: dict[str, float]) -> None:
            ident = f"{len(self._theatres)}"
            self._theatres[ident], self._countries[ident] = theatre, country
            names.append((word, ident))

        home: dict[str, list[str]] = {}
        for theatre in roster.theatres.values():
            for code in theatre.countries:
                home.setdefault(code, []).append(theatre.name)
            for code, places in theatre.places.items():
                for place in places:
                    add(place, {theatre.name: 1.5}, {code: 2.0})
        for nation in n.by_code.values():
            at_home = {t: 1.0 / len(home[nation.code]) for t in home.get(nation.code, ())}
            for word in (nation.name, *nation.aliases):
                add(word, at_home, {nation.code: 1.5})
            for word in (*nation.adjective, *nation.people):
                add(word, at_home, {nation.code: 1.0})
            for word in nation.seats:
                add(word, {t: w / 2 for t, w in at_home.items()}, {nation.code: 1.0})
        for actor in roster.actors.values():
            own = [t for t in actor.theatres if t != WORLD]
            if actor.kind in {"state", "official"} and WORLD in actor.theatres:
                continue
            weight = {t: (2.0 if len(own) == 1 and WORLD not in actor.theatres else 0.5 / len(own)) for t in own}
            # an actor at home in one country of its own speaks for it; one that fights abroad does not
            country = {actor.countries[0]: 1.0} if len(actor.countries) == 1 and WORLD not in actor.theatres else {}
            for alias in dict.fromkeys((actor.name, *actor.aliases)):
                if not any(c.isupper() for c in alias):
                    continue
                if weight or country:
                    add(alias, weight, country)
        self._spotter = Spotter(names)
        #: the text last read with what was found in it: theatres and countries are asked of one text, one after the other
        self._last: tuple[str, list[Find]] = ("", [])

    def theatres_of(self, text: str) -> tuple[str, ...]:
        """Theatres a text plays in, most likely first; empty where nothing tells."""
        return _ranked(self._finds(text), self._theatres)

    def countries_of(self, text: str) -> tuple[str, ...]:
        """Countries a text speaks of, most spoken of first, as ISO 3166 alpha-2 codes."""
        return _ranked(self._finds(text), self._countries)

    def _finds(self, text: str) -> list[Find]:
        last, finds = self._last
        if text != last:
            finds = self._spotter.find(text)
            self._last = (text, finds)
        return finds


def _ranked(finds: Iterable[Find], weights: dict[str, dict[str, float]]) -> tuple[str, ...]:
    total: defaultdict[str, float] = defaultdict(float)
    seen: Counter[str] = Counter()
    for find in finds:
        # the eleventh time that a name is met tells nothing that the first ten did not
        seen[find.spelling.text] += 1
        if seen[find.spelling.text] > 10:
            continue
        told: dict[str, float] = {}
        for ident in find.spelling.actor_ids:
            for what, weight in weights[ident].items():
                told[what] = max(weight, told.get(what, 0.0))
        for what, weight in told.items():
            total[what] += weight / len(told)
    if not total:
        return ()
    top = max(total.values())
    floor = max(min(_LEAST, top), _SHARE * top)
    return tuple(what for what, weight in sorted(total.items(), key=lambda kv: (-kv[1], kv[0])) if weight >= floor)
