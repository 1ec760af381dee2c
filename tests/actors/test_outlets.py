"""Outlets are found by name and by domain; what is not known of them stays unknown."""

from __future__ import annotations

import pytest

from warlog.actors import Actors
from warlog.actors.outlets import outlets

KINDS = {"state", "party", "militia", "monitor", "agency", "independent", "aggregator"}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("SANA", "outlet-sana"),
        ("sana", "outlet-sana"),
        ("The Guardian", "outlet-guardian"),
        ("Al Jazeera", "outlet-al-jazeera"),
        ("https://www.reuters.com/world/article", "outlet-reuters"),
        ("english.dvb.no", "outlet-dvb"),
        ("aa.com.tr", "outlet-anadolu"),
        ("http://tass.ru:80/x?y=1", "outlet-tass"),
    ],
)
def test_found_by_name_domain_or_address(asked: str, expected: str) -> None:
    outlet = outlets().find(asked)
    assert outlet is not None
    assert outlet.outlet_id == expected


@pytest.mark.parametrize("asked", ["", "com", "notreuters.com", "example.org", "https://", "The Daily Nothing"])
def test_unknown_outlets_are_none(asked: str) -> None:
    assert outlets().find(asked) is None


def test_owners_and_sides_exist(actors: Actors) -> None:
    found = outlets().all.values()
    assert len(found) >= 60
    for outlet in found:
        assert outlet.kind in KINDS
        assert outlet.owner is None or actors.actor(outlet.owner) is not None, outlet.outlet_id
        for theatre, side in outlet.side.items():
            assert actors.side(theatre, side) is not None, (outlet.outlet_id, theatre, side)


def test_no_name_or_domain_belongs_to_two_outlets() -> None:
    names = [n for o in outlets().all.values() for n in {x.lower() for x in (o.name, *o.aliases)}]
    domains = [d for o in outlets().all.values() for d in o.domains]
    assert sorted(names) == sorted(set(names))
    assert sorted(domains) == sorted(set(domains))
