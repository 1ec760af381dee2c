"""Gathers a picture from a log: the events and place-days asked for, and all that they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from warlog.publish.picture import Picture
from warlog.records import Claim

if TYPE_CHECKING:
    from warlog.store import ClaimFilter, Log


def gather(log: Log, wanted: ClaimFilter | None = None, *, control: bool = True) -> Picture:
    """The picture of what a filter asks for, with attribution. Without `control`, place-days are left out."""
    events = list(log.events(wanted))
    place_days = list(log.place_days(wanted)) if control else []
    used = {claim_id for event in events for claim_id in event.claim_ids}
    used |= {claim_id for row in place_days for claim_id in row.claim_ids}
    claims = [claim for claim in log.claims() if claim.claim_id in used]
    told_in = {claim.document_id for claim in claims}
    documents = [document for document in log.documents() if document.document_id in told_in]
    return Picture.of(events, place_days, claims, documents, attribution(claims))


def attribution(claims: Iterable[Claim]) -> list[str]:
    """The attribution lines of the gazetteers whose places claims bear, the built-in one among them; each once."""
    shown: set[str] = set()
    for claim in claims:
        shown.update(c.place_id for c in claim.candidates)
        if claim.place_id:
            shown.add(claim.place_id)
    if not shown:
        return []
    from warlog.places import Gazetteer

    gazetteer = Gazetteer.open()
    gone = sorted({place_id.partition(":")[0] for place_id in shown if gazetteer.get(place_id) is None})
    return [*gazetteer.attributions(shown), *(f"gazetteer pack {name}, which is not installed here" for name in gone)]
