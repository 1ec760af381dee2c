"""Outlets out of the rows of files: what a later file says is added to what an earlier one said, and checked against it.

Single values take the place of the earlier ones, lists are added to, and the sides that a row gives for a theatre take the place
of all the sides known for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from warlog.actors import files, nations
from warlog.actors.model import SideSpan
from warlog.actors.outlet_files import CHECKED, OutletFile, OutletRow
from warlog.actors.outlet_model import Address, Outlet
from warlog.errors import InputError


def add(known: dict[str, Outlet], file: OutletFile, source: str, *, of_user: bool) -> None:
    """Put a file's entries into the outlets known. Raises InputError for a new outlet without name or kind."""
    for row in file.outlet:
        before = None if row.replace else known.get(row.id)
        if before is None and (row.name is None or row.kind is None):
            missing = "name" if row.name is None else "kind"
            raise InputError(f"{source}: {row.id}: a new outlet needs a {missing}.")
        known[row.id] = _merged(before, row, source if of_user else None)


def _merged(before: Outlet | None, row: OutletRow, user_file: str | None) -> Outlet:
    """An outlet as the row makes it of what was known before."""
    old = before or Outlet(row.id, row.name or "", row.kind or "")
    addresses = tuple(
        Address(d) if isinstance(d, str) else Address(d.domain, d.start, d.end)
        for d in row.domains
    )  # fmt: skip
    given = {a.domain for a in addresses}
    theatres = {s.theatre for s in row.sides}
    aliases = _union(old.aliases, row.aliases)
    name = row.name or old.name
    hidden = {n for n in (old.name, *old.aliases) if n not in old.cited} if before else set()
    hidden |= set(row.not_cited)
    return Outlet(
        outlet_id=row.id,
        name=name,
        kind=row.kind or old.kind,
        aliases=aliases,
        addresses=(*(a for a in old.addresses if a.domain not in given), *addresses),
        country=row.country or old.country,
        languages=_union(old.languages, row.languages),
        owner=row.owner or old.owner,
        owned_by=row.owned_by or old.owned_by,
        sponsors=_union(old.sponsors, row.sponsors),
        sides=(
            *(s for s in old.sides if s.theatre not in theatres),
            *(SideSpan(s.theatre, s.side, s.start, s.end) for s in row.sides),
        ),
        cited=tuple(n for n in dict.fromkeys((name, *aliases)) if n not in hidden),
        reference=(None if row.reference == "none" else row.reference) if row.reference else old.reference,
        reference_says=row.reference_says or (None if row.reference else old.reference_says),
        looked_up=row.looked_up.isoformat() if row.looked_up else (None if row.reference else old.looked_up),
        unverified=_unverified(old, row),
        stated_in=_union(old.stated_in, [user_file] if user_file else []),
    )


def _unverified(old: Outlet, row: OutletRow) -> tuple[str, ...]:
    """What rests on general knowledge: what the row says does, and what did before and the row leaves alone."""
    stated = [f for f in CHECKED if getattr(row, f)]
    if row.unverified is True:
        return _union(old.unverified, stated)
    named = row.unverified or []
    return tuple(f for f in CHECKED if f in named or (f in old.unverified and f not in stated))


def check_ids(file: OutletFile, source: str, outlet_ids: Iterable[str]) -> None:
    """Raises InputError where a user's entry names a theatre, side or actor that does not exist."""
    own = [(name, theatre) for name, (theatre, _) in files.from_users().items()]
    sides: dict[str, set[str]] = {}
    actors = {*outlet_ids, *(row.id for row in nations.rows()), *(row.id for row in file.outlet)}
    for name, theatre in [*files.built_in().items(), *own]:
        sides.setdefault(name, set()).update(s.id for s in theatre.side)
        actors |= {row.id for row in theatre.actor}
    for row in file.outlet:
        for span in row.sides:
            if span.theatre not in sides:
                raise InputError(f"{source}: {row.id}: there is no theatre {span.theatre!r}.")
            if span.side not in sides[span.theatre]:
                raise InputError(f"{source}: {row.id}: there is no side {span.side!r} in the theatre {span.theatre!r}.")
        for role, ref in [("owner", row.owner), *(("sponsor", s) for s in row.sponsors)]:
            if ref is not None and ref not in actors:
                raise InputError(f"{source}: {row.id}: there is no actor {ref!r} to be its {role}; `owned_by` takes words.")


def check_domains(found: Iterable[Outlet], sources: list[str]) -> None:
    """Raises InputError where two outlets have one domain at one time, naming the user's entry of the two if one is."""
    held: dict[str, list[tuple[Address, Outlet]]] = {}
    for outlet in found:
        for address in outlet.addresses:
            for other, holder in held.get(address.domain, ()):
                if holder is not outlet and _overlap(address, other):
                    entry, rival = (outlet, holder) if outlet.stated_in or not holder.stated_in else (holder, outlet)
                    source = (*sources, *entry.stated_in)[-1] if sources else "outlets"
                    raise InputError(
                        f"{source}: {entry.outlet_id}: the domain {address.domain} is that of {rival.outlet_id} at the same time."
                    )
            held.setdefault(address.domain, []).append((address, outlet))


def _overlap(a: Address, b: Address) -> bool:
    """Whether two spans share a day."""
    return not (_ended(a, b) or _ended(b, a))


def _ended(a: Address, b: Address) -> bool:
    return a.end is not None and b.start is not None and a.end < b.start and not b.start.startswith(a.end)


def _union(a: tuple[str, ...], b: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))
