"""The states of the world as actors: their government, armed forces and police, and the words that point to a state.

Made from `vocab/nationalities.toml`. A state's actors have the ids `gov-xx`, `mil-xx` and `pol-xx` (ISO 3166 code, lower case).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from warlog import vocabulary
from warlog.actors.files import ActorRow
from warlog.actors.folding import key

#: nouns after a state's adjective or name that make a name of its government, forces or police; a small letter stands for both
_GOVERNMENT = (
    "Government", "Foreign Ministry", "Ministry of Foreign Affairs", "Interior Ministry", "Ministry of Interior",
    "Health Ministry", "Ministry of Health", "Parliament", "Defence Ministry", "Ministry of Defence", "Embassy",
)  # fmt: skip
_FORCES = ("army", "armed forces", "air force", "military", "Navy", "Marines", "Special Forces", "Coast Guard", "National Guard")
_POLICE = ("police", "National Police")


@dataclass(slots=True, frozen=True)
class Nation:
    """One state and the words that point to it."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()

    @property
    def government(self) -> str:
        """Id of its government."""
        return f"gov-{self.code.lower()}"

    @property
    def military(self) -> str:
        """Id of its armed forces."""
        return f"mil-{self.code.lower()}"

    @property
    def police(self) -> str:
        """Id of its police."""
        return f"pol-{self.code.lower()}"


@dataclass(slots=True)
class Nations:
    """All states, and the keys of the words that point to them."""

    by_code: dict[str, Nation] = field(default_factory=dict)
    #: keys of countries' names, as nouns ("russia", "uk")
    nouns: dict[str, str] = field(default_factory=dict)
    #: keys of adjectives ("russian"); where two states share one, the more often meant comes first in the file's order
    adjectives: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: keys of nouns for a people ("russians")
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: keys of capitals and other seats of government
    seats: dict[str, str] = field(default_factory=dict)

    def codes(self, k: str) -> tuple[str, ...]:
        """States to which the key of an adjective, a country's name or a capital points; empty if none."""
        if k in self.adjectives:
            return self.adjectives[k]
        code = self.nouns.get(k) or self.seats.get(k)
        return (code,) if code else ()

    def pick(self, codes: tuple[str, ...], countries: tuple[str, ...]) -> str | None:
        """Of states that share a word, the one the text plays in; the only one; or None where it cannot be told."""
        for country in countries:
            if country in codes:
                return country
        return codes[0] if len(codes) == 1 else None


@lru_cache(maxsize=1)
def nations() -> Nations:
    """The states, read once."""
    out = Nations()
    adjectives: dict[str, list[str]] = {}
    people: dict[str, list[str]] = {}
    for code, row in vocabulary.load("nationalities")["country"].items():
        lists = {k: tuple(v) for k, v in row.items() if k != "name"}
        nation = Nation(code=code, name=row["name"], **lists)
        out.by_code[code] = nation
        for word in (nation.name, *nation.aliases):
            out.nouns.setdefault(key(word), code)
        for word in nation.adjective:
            adjectives.setdefault(key(word), []).append(code)
        for word in nation.people:
            people.setdefault(key(word), []).append(code)
        for word in nation.seats:
            out.seats.setdefault(key(word), code)
    out.adjectives = {k: tuple(dict.fromkeys(v)) for k, v in adjectives.items()}
    out.people = {k: tuple(dict.fromkeys(v)) for k, v in people.items()}
    return out


def rows() -> list[ActorRow]:
    """Government, armed forces and police of every state, as rows of a theatre file."""
    out: list[ActorRow] = []
    # "Congolese", "Dominican": left to be told by the country that the text plays in
    shared = {word for word, codes in nations().adjectives.items() if len(codes) > 1}
    for nation in nations().by_code.values():
        adjectives = [a for a in nation.adjective if key(a) not in shared and not a.endswith(".")]
        if nation.code == "US":
            adjectives.append("U.S.")
        possessive = [f"{nation.name}'s"]
        government = [nation.name, *nation.aliases, *nation.metonyms]
        government += [f"{a} {noun}" for a in [*adjectives, *possessive] for noun in _GOVERNMENT]
        government += [f"{noun} of {nation.name}" for noun in ("Government", "government")]
        forces = [*nation.forces, *(f"{a} {noun}" for a in [*adjectives, *possessive] for noun in _FORCES)]
        police = [f"{a} {noun}" for a in [*adjectives, *possessive] for noun in _POLICE]
        bodies: list[dict[str, object]] = [
            {"id": nation.government, "name": f"Government of {nation.name}", "kind": "state", "aliases": government},
            {
                "id": nation.military,
                "name": f"Military Forces of {nation.name}",
                "kind": "military",
                "aliases": forces,
                "parent": nation.government,
                "ucdp_name": f"Government of {nation.name}",
            },
            {
                "id": nation.police,
                "name": f"Police Forces of {nation.name}",
                "kind": "police",
                "aliases": police,
                "parent": nation.government,
            },
        ]
        out += [ActorRow.model_validate({**body, "countries": [nation.code]}) for body in bodies]
    return out
