"""Hand-made claims, so that these tests do not depend on how claims are extracted."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from warlog.records import Claim


@pytest.fixture
def claim() -> Callable[..., Claim]:
    """Makes a claim of a capture of Alpha by the army on 28 January 2020, told by the Wire, but for what is given."""
    count = itertools.count(1)

    def make(**given: Any) -> Claim:
        number = next(count)
        place_id = given.get("place_id", "p:alpha")
        values: dict[str, Any] = {
            "claim_id": f"{number:016x}", "happening_id": f"h{number}", "document_id": f"doc{number}",
            "quote": f"Sentence {number} of the report.", "start": 0, "end": 10, "event_type": "territory_captured",
            "actor": "army", "actor_ids": ["army"], "actor_names": ["Army"], "place": "Alpha",
            "place_name": "Alpha" if place_id else None,
            "place_id": place_id, "place_status": "resolved" if place_id else "unresolved", "lat": 35.0 if place_id else None,
            "lon": 36.0 if place_id else None, "geo_precision": 1 if place_id else None, "date_start": "2020-01-28",
            "date_end": "2020-01-28", "date_precision": "day", "published": "2020-01-29", "publisher": "Wire",
        }  # fmt: skip
        if "day" in given:
            day = given.pop("day")
            given |= {"date_start": day, "date_end": day, "date_precision": "day" if day else "none"}
        return Claim(**(values | given))

    return make


class Alliances:
    """A stand-in for the actors room: the army and its ally are one side, the rebels another, the neighbour unknown."""

    SIDES: ClassVar = {"army": 1, "ally": 1, "rebels": 2, "rebel-group": 2}

    def same_side(self, a: str, b: str, context: object) -> bool | None:
        if a in self.SIDES and b in self.SIDES:
            return self.SIDES[a] == self.SIDES[b]
        return None

    def actor(self, actor_id: str) -> None:
        return None


@pytest.fixture
def alliances() -> Alliances:
    return Alliances()
