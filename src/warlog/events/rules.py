"""When two claims can be of one happening: the rule for kind, place, day and actors.

* **Kind**: the same event type.
* **Place**: the same resolved place, or two exactly known points within 5 km. Two places that one sentence names side
  by side are two, and so are two that change hands: neighbouring villages fall one by one. What is only anchored goes
  with the same name and the same anchor; what is unresolved goes with the same name. Claims without a place go
  together only where the same sentence was copied, or actor, target and day all agree.
* **Day**: spans that meet or follow each other (`spans`).
* **Actors**: sets that share one, are on one side, or of which one is unknown. A clash has no doer and done-to: both
  of its parties are taken together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from rapidfuzz import fuzz

from warlog.events.names import normal
from warlog.events.sides import Sides
from warlog.events.spans import Span, span_of, within_a_day
from warlog.records import Claim

NEAR_KM = 5.0
CONTROL_TYPES = frozenset({"territory_captured", "territory_transferred"})
#: Types in which either party may be told of as the actor.
MUTUAL_TYPES = frozenset({"armed_clash", "agreement", "talks"})
#: Certainties of what is said to have happened; the others attach to an event and give it no figures or days.
HAPPENED = frozenset({"asserted", "hedged"})
#: UCDP where_prec up to which a point is that of the place itself and can be measured from.
_MEASURABLE = 2
#: Two spellings of one village are at least so alike (0 to 100).
_SPELLING = 85.0
_EARTH_KM = 6371.0
_CELL_DEGREES = 0.1


@dataclass(slots=True)
class Comparable:
    """A claim with what comparing needs, worked out once."""

    claim: Claim
    span: Span | None
    name: str
    parties: tuple[str, ...]
    others: tuple[str, ...]
    #: resolved, anchored, named (unresolved) or none
    placed: str
    sentence: str

    @property
    def happened(self) -> bool:
        """Whether it says that something happened."""
        return self.claim.certainty in HAPPENED


def comparable(claim: Claim) -> Comparable:
    """Prepare a claim for comparing."""
    placed = claim.place_status
    if placed == "resolved" and claim.place_id is None and claim.lat is None:
        placed = "unresolved"
    if placed == "unresolved":
        placed = "named" if claim.place else "none"
    parties, others = tuple(claim.actor_ids), tuple(claim.target_ids)
    if claim.event_type in MUTUAL_TYPES:
        parties, others = (*parties, *others), ()
    name = normal(claim.place_name or claim.place or "") if placed == "resolved" else normal(claim.place or "")
    return Comparable(claim, span_of(claim), name, parties, others, placed, normal(claim.quote))


def same_happening(a: Comparable, b: Comparable, sides: Sides) -> bool:
    """Whether two claims can be of one happening, by the whole rule."""
    if a.claim.event_type != b.claim.event_type or not within_a_day(a.span, b.span) or not same_place(a, b):
        return False
    span = a.span or b.span
    day = span.last.isoformat() if span is not None else None
    if a.placed == "none" and not _same_without_place(a, b, sides, day):
        return False
    return sides.compatible(a.parties, b.parties, day)


def same_place(a: Comparable, b: Comparable) -> bool:
    """Whether two claims are at one place; two claims without any are, as far as this goes."""
    if a.placed != b.placed:
        return False
    if a.placed == "none":
        return True
    one, two = a.claim, b.claim
    if a.placed == "anchored":
        return a.name == b.name and normal(one.anchor or "") == normal(two.anchor or "")
    if a.placed == "named":
        return a.name == b.name
    if one.place_id is not None and one.place_id == two.place_id:
        return True
    if sentence_of(a) == sentence_of(b):
        return False
    if not _measurable(one) or not _measurable(two) or distance_km(one, two) > NEAR_KM:
        return False
    return one.event_type not in CONTROL_TYPES or fuzz.ratio(a.name, b.name) >= _SPELLING


def sentence_of(item: Comparable) -> tuple[str, int]:
    """The sentence a claim stands in: its document and where it begins."""
    return item.claim.document_id, item.claim.start


def alike(item: Comparable) -> tuple[object, ...]:
    """All that `same_happening` looks at but the sentence's place: claims that agree in it go with the same claims."""
    claim = item.claim
    return (
        claim.event_type, item.span, item.placed, item.name, claim.place_id, claim.lat, claim.lon, claim.geo_precision,
        claim.anchor, item.parties, item.others, item.sentence if item.placed == "none" else "",
    )  # fmt: skip


def _same_without_place(a: Comparable, b: Comparable, sides: Sides, day: str | None) -> bool:
    if a.sentence == b.sentence:
        return True
    if a.span is None or b.span is None or not (a.span.dated and b.span.dated) or not a.span.overlap(b.span):
        return False
    if not set(a.parties) & set(b.parties):
        return False
    return a.claim.event_type in MUTUAL_TYPES or (bool(a.others and b.others) and sides.compatible(a.others, b.others, day))


def _measurable(claim: Claim) -> bool:
    known = claim.lat is not None and claim.lon is not None
    return known and (claim.geo_precision is None or claim.geo_precision <= _MEASURABLE)


def distance_km(a: Claim, b: Claim) -> float:
    """Great-circle distance between the points of two claims; infinite where one has none."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    one, two = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((two - one) / 2) ** 2
    half += math.cos(one) * math.cos(two) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def homes(item: Comparable) -> list[str]:
    """The blocks that a claim stands in. Of two claims at one place, each has a home among the other's `blocks`."""
    claim = item.claim
    if item.placed == "resolved":
        if claim.lat is None or claim.lon is None or not _measurable(claim):
            return [f"id {claim.place_id}"]
        row = math.floor(claim.lat / _CELL_DEGREES)
        return [f"cell {row} {_column(row, claim.lon)}"]
    if item.placed == "none":
        return [f"quote {item.sentence}", *(f"party {party}" for party in sorted(set(item.parties)))]
    return [f"{item.placed} {item.name}"]


def blocks(item: Comparable) -> list[str]:
    """The blocks in which claims at the same place can stand, each once."""
    claim, own = item.claim, homes(item)
    if not own[0].startswith("cell "):
        return own
    assert claim.lat is not None
    assert claim.lon is not None
    found: list[str] = []
    middle = math.floor(claim.lat / _CELL_DEGREES)
    for row in (middle - 1, middle, middle + 1):
        columns, here = _columns(row), _column(row, claim.lon)
        found += [f"cell {row} {column}" for column in sorted({(here + step) % columns for step in (-1, 0, 1)})]
    return found


def _columns(row: int) -> int:
    """How many cells a row has round the globe: each is at least as wide, at its narrow edge, as a cell is high."""
    edge = max(abs(row), abs(row + 1)) * _CELL_DEGREES
    return max(1, int(360.0 * math.cos(math.radians(min(edge, 89.9))) / _CELL_DEGREES))


def _column(row: int, lon: float) -> int:
    columns = _columns(row)
    return int(((lon + 180.0) % 360.0) / 360.0 * columns) % columns
