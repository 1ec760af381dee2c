"""Where a document plays: a weight for each country, from everything in it that tells.

Countries named and what is called after them count, but little, since far powers are named in every war; the places it
names count most, each for the countries where that name is likely. What the caller knows (labels, actors) comes on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from warlog.places.gazetteer import Found, Gazetteer, importance
from warlog.places.model import DocumentContext, Mention, NameHit
from warlog.places.spot import never_places, theatre_weights
from warlog.places.words import countries, loose_key

_MOST_DEMONYMS = 2.0
#: A country with at least this share of the leading one's weight belongs to the theatre.
THRESHOLD = 0.2
#: Names that occur in more countries than this tell nothing of the country.
_MOST_COUNTRIES = 12
_ROUNDS = 3
#: What a country that nothing else speaks for still counts when a name's weight is shared out.
_FLOOR = 0.01
#: Share of its weight that a name keeps for a country where it is only another tongue's name of a place.
_OTHER_TONGUE = 0.35
#: What speaks for a name being of no known place at all.
_NOWHERE = 0.02


@dataclass(slots=True, frozen=True)
class Theatre:
    """Countries of a document with their share of the leading one's weight, 0 to 1."""

    shares: dict[str, float]
    #: weight of each country, not set against the leading one's
    weights: dict[str, float] = field(default_factory=dict)
    #: loose key of a name to what it gave each country
    given: dict[str, dict[str, float]] = field(default_factory=dict)

    def support(self, country: str, name: str) -> float:
        """Weight that a country has from all of the document but this name."""
        own = self.given.get(loose_key(name), {}).get(country, 0.0) if name else 0.0
        return self.weights.get(country, 0.0) - own

    def share(self, country: str) -> float:
        """Share of a country, 0 for one that nothing tells of."""
        return self.shares.get(country, 0.0)

    @property
    def countries(self) -> tuple[str, ...]:
        """The theatre's countries, leading one first."""
        return tuple(c for c, s in sorted(self.shares.items(), key=lambda x: (-x[1], x[0])) if s >= THRESHOLD)

    def __contains__(self, country: str) -> bool:
        return self.share(country) >= THRESHOLD


def _votes(found: Sequence[Found]) -> dict[str, float]:
    """How one name's weight is shared among countries: by how prominent its places there are."""
    best: dict[str, float] = {}
    for f in found:
        if f.place.country:
            best[f.place.country] = max(best.get(f.place.country, 0.0), f.match**8 * 30 ** (4 * importance(f)))
    if not best or (len(best) > _MOST_COUNTRIES and max(best.values()) < 0.8 * sum(best.values())):
        return {}
    total = sum(best.values())
    return {c: v / total for c, v in best.items()}


def _doubted(shares: dict[str, float], found: Sequence[Found], name: str, given: dict[str, float]) -> dict[str, float]:
    """Less weight for countries where only a place's name in another tongue is so, and that nothing was said of."""
    if not given:
        return shares
    called = {f.place.country for f in found if loose_key(f.place.name) == name}
    return {c: share if c in called or c in given else _OTHER_TONGUE * share for c, share in shares.items()}


def theatre(
    mentions: Sequence[Mention], context: DocumentContext, gazetteer: Gazetteer, spotted: Sequence[NameHit] = ()
) -> Theatre:
    """Weigh the countries of a document by its names, its words for peoples, its labels and what the caller knows.

    `spotted` are the names found in its text, mentions or not.
    """
    given: dict[str, float] = {}

    def add(code: str, weight: float) -> None:
        given[code] = given.get(code, 0.0) + weight

    text = "\n".join(x for x in (context.title, " ; ".join(context.regions), context.text) if x)
    for code, n in theatre_weights(text).items():
        add(code, min(_MOST_DEMONYMS, 0.4 * n))
    for i, code in enumerate(context.countries):
        add(code.upper(), 6.0 / (1 + 0.3 * i))
    for label in context.regions:
        for f in gazetteer.find(label)[:1]:
            if f.place.kind == "country":
                add(f.place.country, 3.0)
    names: dict[str, float] = {}
    for m in mentions:
        if m.name and m.name.lower() not in never_places():
            names[m.name] = 1.0
    for hit in spotted:
        names.setdefault(hit.text, 0.7)
    standard = {n.lower() for first, others, _, _ in countries().values() for n in (first, *others)}
    votes: list[tuple[float, dict[str, float]]] = []
    voters: list[str] = []
    for name in sorted(names):
        if name.lower() in standard:
            for code in _votes(gazetteer.find(name)[:1]):
                add(code, 1.5 * names[name])
        elif shares := _votes(found := gazetteer.find(name)):
            voters.append(loose_key(name))
            votes.append((names[name], _doubted(shares, found, voters[-1], given)))
    cast = votes
    weights = given
    for _ in range(_ROUNDS):
        weights = dict(given)
        for weight, shares in cast:
            for code, share in shares.items():
                weights[code] = weights.get(code, 0.0) + weight * share
        # a name votes again, now for the countries that the others speak for
        total = sum(weights.values()) or 1.0
        again = []
        for (weight, first), (_, now) in zip(votes, cast, strict=True):
            judged = {c: v * (_FLOOR + (weights[c] - weight * now.get(c, 0.0)) / total) for c, v in first.items()}
            whole = sum(judged.values()) + _NOWHERE
            again.append((weight, {c: v / whole for c, v in judged.items()}))
        cast = again
    own: dict[str, dict[str, float]] = {}
    for voter, (weight, shares) in zip(voters, cast, strict=True):
        mine = own.setdefault(voter, {})
        for code, share in shares.items():
            mine[code] = mine.get(code, 0.0) + weight * share
    weights = dict(given)
    for mine in own.values():
        for code, weight in mine.items():
            weights[code] = weights.get(code, 0.0) + weight
    top = max(weights.values(), default=0.0)
    return Theatre({c: w / top for c, w in weights.items()} if top else {}, weights, own)
