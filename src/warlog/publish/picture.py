"""`Picture`: a part of a log ready for publishing, with everything that a product shows of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from warlog.records import Claim, Document, Event, PlaceDay


@dataclass(slots=True)
class Picture:
    """Events and place-days, the claims and documents they rest on by id, and whose gazetteers told where they lie."""

    events: list[Event] = field(default_factory=list)
    place_days: list[PlaceDay] = field(default_factory=list)
    claims: dict[str, Claim] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    #: one line for each gazetteer whose places are shown
    attribution: list[str] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        events: Iterable[Event] = (),
        place_days: Iterable[PlaceDay] = (),
        claims: Iterable[Claim] = (),
        documents: Iterable[Document] = (),
        attribution: Iterable[str] = (),
    ) -> Picture:
        """A picture of records as they come out of a log."""
        by_id = {claim.claim_id: claim for claim in claims}
        return cls(list(events), list(place_days), by_id, {d.document_id: d for d in documents}, list(attribution))

    def claims_of(self, event: Event | PlaceDay) -> list[Claim]:
        """The claims that an event or place-day rests on, in its order; those that are not in the picture are left out."""
        return [self.claims[claim_id] for claim_id in event.claim_ids if claim_id in self.claims]

    def title_of(self, claim: Claim) -> str:
        """How the document of a claim is named to a reader: its title, or its id."""
        document = self.documents.get(claim.document_id)
        return document.title if document is not None and document.title else claim.document_id


def source_of(claim: Claim) -> str:
    """Who tells a claim, from the outside in: "Outlet, citing X", with the first publisher where another reprints it."""
    outlet = claim.publisher or claim.document_id
    if claim.original_publisher and claim.original_publisher != claim.publisher:
        outlet = f"{claim.original_publisher} (in {outlet})"
    return f"{outlet}, citing {claim.attributed_to}" if claim.attributed_to else outlet
