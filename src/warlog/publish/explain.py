"""Everything that a claim, an event, a place-day or a document rests on, as nested lines of text.

A claim is shown in its place in the text, with who says it through whom, what was read of days and places and why, what
the place could also be, which rule fired, and what people decided on it. Events and place-days show their own values,
how they came about, and their claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from warlog.publish import wording
from warlog.publish.explain_document import of_capture, of_document
from warlog.publish.nodes import Node
from warlog.publish.picture import source_of
from warlog.records import Capture, Claim, Decision, Document, DocumentLink, Event, PlaceDay, Run

#: So much text is shown on either side of a quote.
CONTEXT = 220


class Source(Protocol):
    """What the explanation is looked up in: a log."""

    def claim(self, claim_id: str) -> Claim | None: ...  # noqa: D102
    def event(self, event_id: str) -> Event | None: ...  # noqa: D102
    def place_day(self, place_day_id: str) -> PlaceDay | None: ...  # noqa: D102
    def document(self, document_id: str) -> Document | None: ...  # noqa: D102
    def capture(self, capture_id: str) -> Capture | None: ...  # noqa: D102
    def decision_on(self, claim_id: str) -> Decision | None: ...  # noqa: D102
    def events_of(self, claim_id: str) -> list[str]: ...  # noqa: D102
    def superseded_by(self, document_id: str) -> str | None: ...  # noqa: D102
    def captures_of(self, document_id: str) -> list[Capture]: ...  # noqa: D102
    def links(self, document_id: str | None = None) -> Iterable[DocumentLink]: ...  # noqa: D102


def explain(log: Source, record_id: str, runs: Sequence[Run] = ()) -> Node | None:
    """What the record with this id rests on, or None if there is no claim, event, place-day or document of that id."""
    claim = log.claim(record_id)
    if claim is not None:
        return of_claim(log, claim, runs)
    event = log.event(record_id)
    if event is not None:
        return of_event(log, event)
    row = log.place_day(record_id)
    if row is not None:
        return of_place_day(log, row)
    document = log.document(record_id)
    return of_document(log, document) if document is not None else None


def of_claim(log: Source, claim: Claim, runs: Sequence[Run] = ()) -> Node:
    """What a claim rests on."""
    top = Node(f"Claim {claim.claim_id}: {wording.type_label(claim.event_type)}, {claim.place or 'place not told'}", "title")
    document = log.document(claim.document_id)
    _said(top, claim, document)
    _read(top, claim)
    _placed(top, claim)
    _told_by(top, claim, document)
    rule = top.add("How it was derived")
    rule.fact("rule", claim.rule)
    rule.fact("nearest ACLED sub-event type", claim.acled_sub_event_type)
    run = next((r for r in runs if r.run_id == claim.run_id), None)
    rule.fact("run", claim.run_id)
    if run is not None:
        rule.fact("program", f"Warlog {run.warlog_version}, code {run.code_hash[:12]}, model {run.model}")
        rule.fact("gazetteers", [f"{name} ({digest[:12]})" for name, digest in run.packs.items()])
    _original(top, document, log)
    decision = log.decision_on(claim.claim_id)
    if decision is not None:
        ruled = top.add(f"Decided: {decision.verdict}" + (f" by {decision.reviewer}" if decision.reviewer else ""))
        ruled.fact("when", decision.decided_at)
        ruled.fact("changes", [f"{name} = {value}" for name, value in decision.changes.items()])
        ruled.fact("note", decision.note)
    events = log.events_of(claim.claim_id)
    if events:
        top.add(f"Part of event {', '.join(events)}")
    return top


def of_event(log: Source, event: Event) -> Node:
    """What an event rests on."""
    top = Node(f"Event {event.event_id}: {wording.type_label(event.event_type)}, {wording.place_text(event)}", "title")
    top.fact("when", f"{wording.span_text(event)} ({event.date_precision})")
    top.fact("who", wording.parties_text(event))
    top.fact("toll", wording.tolls_text(event.casualties))
    top.fact("certainty", f"{event.certainty}, the strongest of its claims")
    top.fact("place", _point(event.place_id, event.lat, event.lon, event.geo_precision))
    top.fact("weight", f"{event.origin_count} independent origins, in {event.document_count} documents")
    top.fact("sources", event.sources)
    top.add("Linked because: one kind, one place (or within 5 km), days that meet or follow each other, compatible actors")
    _claims(top, log, event.claim_ids)
    return top


def of_place_day(log: Source, row: PlaceDay) -> Node:
    """What the state of a place on a day rests on."""
    holders = wording.holders(row)
    top = Node(f"{row.place_name} on {wording.day_text(row.day)}: {row.status}, {holders}", "title")
    top.fact("id", row.place_day_id)
    if row.since:
        by = "" if row.since_precision == "day" else "not later than "
        top.fact("since", f"{by}{wording.day_text(row.since)}")
    top.fact("age of the newest claim", f"{row.age_days} days")
    top.fact("rule", row.rule)
    top.fact("place", _point(row.place_id, row.lat, row.lon, None))
    _claims(top, log, row.claim_ids)
    return top


def _claims(top: Node, log: Source, claim_ids: Sequence[str]) -> None:
    box = top.add(f"{len(claim_ids)} claim{'s' if len(claim_ids) != 1 else ''}")
    for claim_id in claim_ids:
        claim = log.claim(claim_id)
        if claim is None:
            continue
        one = box.add(f"{claim_id}, {source_of(claim)}, {claim.published or 'undated'}, {claim.certainty}")
        one.add(f"“{' '.join(claim.quote.split())}”", "quote")
        one.fact("days", wording.span_text(claim))
        one.fact("who", wording.parties_text(claim))
        one.fact("toll", wording.tolls_text(claim.casualties))


def _said(top: Node, claim: Claim, document: Document | None) -> None:
    before = after = ""
    if document is not None and document.text[claim.start : claim.end] == claim.quote:
        before = _clip(document.text[max(0, claim.start - CONTEXT) : claim.start], from_end=True)
        after = _clip(document.text[claim.end : claim.end + CONTEXT], from_end=False)
    box = top.add(f"In the text, characters {claim.start} to {claim.end}")
    if before:
        box.add(f"… {before}")
    box.add(f"“{' '.join(claim.quote.split())}”", "quote")
    if after:
        box.add(f"{after} …")


def _clip(text: str, from_end: bool) -> str:
    words = text.split()
    if len(text) < CONTEXT:
        return " ".join(words)
    return " ".join(words[1:] if from_end else words[:-1])


def _read(top: Node, claim: Claim) -> None:
    box = top.add("What was read")
    box.fact("actor", _named(claim.actor, claim.actor_names, claim.actor_ids))
    box.fact("the actor is backed by, the text says", claim.actor_backers)
    box.fact("target", _named(claim.target, claim.target_names, claim.target_ids))
    box.fact("the target is backed by, the text says", claim.target_backers)
    box.fact("toll", wording.tolls_text(claim.casualties))
    dates = wording.span_text(claim)
    box.fact("days", f"{dates} ({claim.date_precision}" + (f", from “{claim.date_text}”)" if claim.date_text else ")"))
    box.fact("certainty", claim.certainty + (f", from “{claim.certainty_cue}”" if claim.certainty_cue else ""))
    box.fact("partisan wording read through", claim.loaded_terms)
    box.fact("happening", claim.happening_id)


def _named(written: str | None, names: list[str], ids: list[str]) -> str:
    if not written and not names:
        return ""
    known = ", ".join(f"{n} [{i}]" for n, i in zip(names, ids, strict=False))
    return f"“{written}”" + (f" = {known}" if known else "")


def _placed(top: Node, claim: Claim) -> None:
    box = top.add(f"Place: {claim.place_status}")
    box.fact("as written", claim.place)
    box.fact("resolved to", _point(claim.place_id, claim.lat, claim.lon, claim.geo_precision) if claim.lat is not None else "")
    box.fact("standard name", claim.place_name)
    box.fact("anchor", claim.anchor)
    box.fact("within", f"{claim.radius_km:g} km" if claim.radius_km is not None else "")
    box.fact("why", claim.place_why)
    candidates = [c for c in claim.candidates if c.place_id != claim.place_id]
    if candidates:
        others = box.add("It could also be")
        for c in candidates:
            others.add(f"{c.name} [{c.place_id}] {c.lat:.4f}, {c.lon:.4f}: {c.score:.2f}" + (f" ({c.why})" if c.why else ""))


def _told_by(top: Node, claim: Claim, document: Document | None) -> None:
    box = top.add("Who says so")
    box.fact("chain, outermost first", " > ".join(claim.attribution))
    box.fact("laid to", claim.attributed_to or "the document's own voice")
    box.fact("document", claim.document_id)
    if claim.origin_id and claim.origin_id != claim.document_id:
        box.fact(
            "origin", f"{claim.origin_id}: its sentence stands there first (`warlog explain {claim.document_id}` shows both)"
        )
    box.fact("replaced by a newer version", claim.superseded_by)
    if document is not None:
        box.fact("title", document.title)
        box.fact("author", document.author or document.byline)
        box.fact("agency", document.agency)
    box.fact("publisher", claim.publisher)
    box.fact("first published by", claim.original_publisher)
    box.fact("published", claim.published)
    box.fact("address", claim.document_url)


def _original(top: Node, document: Document | None, log: Source) -> None:
    if document is None:
        return
    capture = log.capture(document.capture_id)
    if capture is not None:
        top.add("Original").children.append(of_capture(capture))


def _point(place_id: str | None, lat: float | None, lon: float | None, precision: int | None) -> str:
    if lat is None or lon is None:
        return place_id or "no point"
    text = f"{lat:.5f}, {lon:.5f}" + (f" [{place_id}]" if place_id else "")
    return text + (f", where_prec {precision}" if precision is not None else "")
