"""Outlets: who publishes, owned by whom, on whose side, since when, and where that was looked up.

Data from `vocab/outlets/` and the user's own files (`outlet_files`). An outlet is found by its name or by the domain of a page's
address; every outlet is an actor too (`outlet-...`), so that a text that cites one is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from warlog.actors import outlet_files, outlet_merge, outlet_names
from warlog.actors.folding import key
from warlog.actors.hosts import host_of, parents
from warlog.actors.nations import nations
from warlog.actors.outlet_model import Address, Outlet
from warlog.actors.roster import within

__all__ = ["Address", "Outlet", "Outlets", "outlets"]


class Outlets:
    """Lookup of outlets by name and domain."""

    def __init__(self, outlets: dict[str, Outlet], user_files: dict[str, str] | None = None) -> None:
        """`outlets` by id; `user_files`: the user's files among their sources, each with its SHA-256."""
        self.all = outlets
        self.user_files = user_files or {}
        self._names: dict[str, list[str]] = {}
        self._hosts: dict[str, list[tuple[Address, str]]] = {}
        for outlet in outlets.values():
            for name in dict.fromkeys(k for n in (outlet.name, *outlet.aliases) for k in outlet_names.keys(n)):
                self._names.setdefault(name, []).append(outlet.outlet_id)
            for address in outlet.addresses:
                self._hosts.setdefault(host_of(address.domain), []).append((address, outlet.outlet_id))

    @classmethod
    def load(cls, extra: Iterable[Path | str] = (), *, home: bool = True) -> Outlets:
        """The outlets that come with the program, those of the user's own file (unless `home` is False), those of `extra` files.

        A later file adds to an outlet that an earlier one has: single values take the place of the earlier, lists are added to,
        and the sides of a theatre take the place of the sides given for it. Raises InputError, in one sentence that names the
        file and the entry at fault.
        """
        own = outlet_files.home_file()
        paths = [*([own] if home and own.is_file() else []), *(Path(p) for p in extra)]
        rows: dict[str, Outlet] = {}
        for source, file in outlet_files.built_in():
            outlet_merge.add(rows, file, source, of_user=False)
        digests: dict[str, str] = {}
        for path in paths:
            file, digest = outlet_files.read(path)
            outlet_merge.check_ids(file, str(path), rows)
            outlet_merge.add(rows, file, str(path), of_user=True)
            digests[str(path)] = digest
        outlet_merge.check_domains(rows.values(), list(digests))
        return cls(rows, digests)

    # -- by name ------------------------------------------------------------------------------------------------------

    def all_by_name(self, name: str) -> list[Outlet]:
        """Every outlet that bears a name or alias, case, accents, articles, blanks and hyphens apart; empty if none does.

        Words that say what an outlet is may stand around the name ("the state news agency SANA"), and its country before it
        ("Iran's Fars").
        """
        if found := self._bearers(name):
            return found
        nation, _, rest = key(name).removeprefix("the ").partition(" ")
        codes = nations().codes(nation) or nations().codes(nation.removesuffix("s"))
        return [o for o in self._bearers(rest) if o.country in codes] if codes else []

    def _bearers(self, name: str) -> list[Outlet]:
        for asked in outlet_names.asked(name):
            if found := self._names.get(asked):
                return [self.all[i] for i in found]
        return []

    def by_name(self, name: str, *, country: str | None = None, language: str | None = None) -> Outlet | None:
        """The outlet of this name or alias. Where several bear it, the one of the country or language asked for.

        None if none bears it, or if which one is meant cannot be told.
        """
        found = self.all_by_name(name)
        tests: list[Callable[[Outlet], bool]] = [
            lambda o: country is not None and o.country == country,
            lambda o: language is not None and language in o.languages,
            lambda o: key(o.name) == key(name),
        ]
        for test in tests:
            fits = [o for o in found if test(o)]
            if len(found) > 1 and fits:
                found = fits
        return found[0] if len(found) == 1 else None

    # -- by address ---------------------------------------------------------------------------------------------------

    def by_domain(self, domain: str, day: str | None = None) -> Outlet | None:
        """The outlet of a domain or of a page's address; a sub-domain (www., m., amp.) belongs to its domain.

        With a day, a domain counts for whom it belonged to on that day; an earlier day is that of a page which moved along when
        the outlet took the domain. A copy in an archive is of the outlet whose page was
        copied. None if unknown.
        """
        for parent in parents(host_of(domain)):
            if held := self._hosts.get(parent):
                fits = [i for a, i in held if day is None or within(day, a.start, a.end)]
                # a site that moves takes its older pages along
                fits = fits or [i for a, i in held if day is not None and within(day, None, a.end)]
                return self.all[fits[-1]] if fits else None
        return None

    def find(
        self, name_or_domain: str, *, day: str | None = None, country: str | None = None, language: str | None = None
    ) -> Outlet | None:
        """The outlet by name, or by domain or address; None if unknown."""
        found = self.by_name(name_or_domain, country=country, language=language)
        return found or (self.by_domain(name_or_domain, day) if "." in name_or_domain else None)


def outlets() -> Outlets:
    """The outlets of the program and of the user's own file; read again only when that file changes."""
    own = outlet_files.home_file()
    try:
        state = own.stat()
    except OSError:
        return _loaded(None, 0, 0)
    return _loaded(str(own), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _loaded(own: str | None, changed: int, size: int) -> Outlets:
    return Outlets.load(home=own is not None)
