"""Outlets: who publishes, owned by whom, on whose side.

Data from `vocab/outlets.toml`. An outlet is found by its name or by the domain of a page's address; every outlet is an actor
too (`outlet-...`), so that a text that cites one is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from warlog import vocabulary
from warlog.actors.folding import key


@dataclass(slots=True, frozen=True)
class Outlet:
    """One outlet. What is not known is None."""

    outlet_id: str
    name: str
    #: state, party, militia, monitor, agency, independent or aggregator
    kind: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str | None = None
    #: ISO 639-1 codes of the languages it publishes in
    languages: tuple[str, ...] = ()
    #: who owns or funds it, as an actor id where the roster has it, else in words
    owner: str | None = None
    #: actor ids of its sponsors
    sponsors: tuple[str, ...] = ()
    #: the side it stands on, by theatre, where that is its declared line or its owner's
    side: dict[str, str] = field(default_factory=dict, hash=False)
    #: names by which a text may cite it; those of `aliases` that are common words are left out
    cited: tuple[str, ...] = ()


class Outlets:
    """Lookup of outlets by name and domain."""

    def __init__(self, outlets: dict[str, Outlet]) -> None:
        """`outlets` by id."""
        self.all = outlets
        self._names: dict[str, str] = {}
        self._domains: dict[str, str] = {}
        for outlet in outlets.values():
            for name in (outlet.name, *outlet.aliases):
                self._names.setdefault(_name_key(name), outlet.outlet_id)
            for domain in outlet.domains:
                self._domains[domain.lower()] = outlet.outlet_id

    def by_name(self, name: str) -> Outlet | None:
        """The outlet of this name or alias, article and case apart; None if unknown."""
        found = self._names.get(_name_key(name))
        return self.all[found] if found else None

    def by_domain(self, domain: str) -> Outlet | None:
        """The outlet of a domain or of a page's address; a subdomain belongs to its domain. None if unknown."""
        host = (urlsplit(domain).hostname or "") if "//" in domain else domain.split("/")[0].split(":")[0]
        parts = host.lower().strip(".").split(".")
        for i in range(len(parts) - 1):
            found = self._domains.get(".".join(parts[i:]))
            if found:
                return self.all[found]
        return None

    def find(self, name_or_domain: str) -> Outlet | None:
        """The outlet by name, or by domain or address; None if unknown."""
        return self.by_name(name_or_domain) or (self.by_domain(name_or_domain) if "." in name_or_domain else None)


def _name_key(name: str) -> str:
    low = key(name)
    return low.removeprefix("the ")


@lru_cache(maxsize=1)
def outlets() -> Outlets:
    """The outlets that come with the program, read once."""
    out: dict[str, Outlet] = {}
    for row in vocabulary.load("outlets")["outlet"]:
        hidden = set(row.get("not_cited", ()))
        aliases = tuple(row.get("aliases", ()))
        out[row["id"]] = Outlet(
            outlet_id=row["id"],
            name=row["name"],
            kind=row["kind"],
            aliases=aliases,
            domains=tuple(row.get("domains", ())),
            country=row.get("country"),
            languages=tuple(row.get("languages", ())),
            owner=row.get("owner"),
            sponsors=tuple(row.get("sponsors", ())),
            side=dict(row.get("side", {})),
            cited=tuple(a for a in (row["name"], *aliases) if a not in hidden),
        )
    return Outlets(out)
