"""One place of the entries that several packs have of it: the first says where and what it is, the rest add to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from warlog.places.model import PackInfo, Place


def place_of(entry: dict[str, Any], info: PackInfo) -> Place:
    """The place of a pack's row; columns that an older pack has not are empty."""
    return Place(
        entry["id"], entry["name"], entry["lat"], entry["lon"], entry["kind"], entry["country"] or "", entry["admin1"] or "",
        entry["admin2"] or "", entry["population"] or 0, tuple(entry["names"] or ()), bool(entry["sensitive"]),
        entry.get("admin3") or "", entry.get("pcode") or "", entry.get("iso") or "", tuple(entry.get("ids") or ()),
        entry.get("source") or info.title, entry.get("licence") or info.licence,
    )  # fmt: skip


def merged(entries: Sequence[Place]) -> Place:
    """Entries of one place as one: names, ids and sources of all, and of the rest what the first leaves open.

    It is sensitive if any source says so.
    """
    first = entries[0]

    def filled(name: str) -> Any:
        return next((v for e in entries if (v := getattr(e, name))), getattr(first, name))

    names = dict.fromkeys(n for e in entries for n in (e.name, *e.names))
    names.pop(first.name, None)
    ids = dict.fromkeys(i for e in entries for i in (e.place_id, *e.ids))
    ids.pop(first.place_id, None)
    # a size or rank that one source knows ("village", "capital") says more than "a locality"
    kind = next((e.kind for e in entries if e.kind != "locality"), first.kind) if first.kind == "locality" else first.kind
    return dataclasses.replace(
        first, names=tuple(names), ids=tuple(ids), kind=kind, population=max(e.population for e in entries),
        sensitive=any(e.sensitive for e in entries), source="; ".join(dict.fromkeys(e.source for e in entries if e.source)),
        licence="; ".join(dict.fromkeys(e.licence for e in entries if e.licence)),
        **{name: filled(name) for name in ("country", "admin1", "admin2", "admin3", "pcode", "iso")},
    )  # fmt: skip


def as_capital(place: Place, population: int) -> Place:
    """The place as the capital that another source says it is."""
    return dataclasses.replace(place, kind="capital", population=population)
