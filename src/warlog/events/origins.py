"""How many independent tellers an event has: not how many documents, which reprints multiply.

A claim's origin is the document in which its sentence first stands (`Claim.origin_id`, from the lineage of documents).
Two origins of one outlet are one teller still: its morning and its evening report are not independent of each other.
So a claim's teller is who first published its origin, as far as pages say it; else the origin itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from warlog.events.names import normal
from warlog.records import Claim


def tellers_of(claims: Iterable[Claim]) -> dict[str, str]:
    """Who first published each document that has a claim, by its id: its original publisher, or its publisher."""
    tellers: dict[str, str] = {}
    for claim in claims:
        name = claim.original_publisher or claim.publisher
        if name:
            tellers.setdefault(claim.document_id, normal(name))
    return tellers


def teller_of(claim: Claim, tellers: Mapping[str, str]) -> str:
    """Who first told a claim: the teller of its origin; where pages do not say, the origin.

    A copied sentence whose origin names nobody has the origin for a teller, not the outlet that copied it.
    """
    origin = claim.origin_id or claim.document_id
    return tellers.get(origin) or f"document {origin}"
