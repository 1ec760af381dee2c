from __future__ import annotations

import pytest

from warlog.events import Sides, link
from warlog.publish.explain import explain
from warlog.records import Candidate, Capture, Credit, Decision, Document, DocumentLink, Passage, PlaceDay

TEXT = "Before it. The army took Alpha on Tuesday. After it."


class OneClaimLog:
    """A log of one document with one claim, its event and a day of its place."""

    def __init__(self, claim):
        self._claim = claim
        self._event = link([claim], Sides())[0]
        self._day = PlaceDay("p:alpha/2020-01-28", "p:alpha", "Alpha", 35.0, 36.0, "2020-01-28", ["army"], ["Army"])
        self._day.claim_ids = [claim.claim_id]

    def claim(self, claim_id):
        return self._claim if claim_id == self._claim.claim_id else None

    def event(self, event_id):
        return self._event if event_id == self._event.event_id else None

    def place_day(self, place_day_id):
        return self._day if place_day_id == self._day.place_day_id else None

    def document(self, document_id):
        if document_id == "other":
            return Document("other", "cap2", "b" * 64, "He said it. The army took Alpha on Tuesday.", publisher="Wire")
        if document_id != self._claim.document_id:
            return None
        return Document(document_id, "cap", "a" * 64, TEXT, title="The headline", agency="Agency",
            credits=[Credit("agency", "Agency", "ALPHA (Agency) - ", "text")],
        )  # fmt: skip

    def capture(self, capture_id):
        return Capture(capture_id, "a" * 64, 9, "/reports/one.txt", "one.txt", "text/plain")

    def decision_on(self, claim_id):
        return Decision("d", "a" * 64, "doc", "q", "t", verdict="corrected", changes={"place": "Alpha"}, reviewer="Anna")

    def events_of(self, claim_id):
        return [self._event.event_id]

    def superseded_by(self, document_id):
        return None

    def captures_of(self, document_id):
        return [self.capture("cap")]

    def links(self, document_id=None):
        passage = Passage(11, 42, 12, 43, "verbatim")
        return [DocumentLink(self._claim.document_id, "other", "copy", "known", "credits Wire", 0.6, 0.7, [passage])]


@pytest.fixture
def log(claim):
    start = TEXT.index("The army")
    quote = "The army took Alpha on Tuesday."
    return OneClaimLog(
        claim(
            quote=quote, start=start, end=start + len(quote), date_text="on Tuesday", rule="capture: take",
            attributed_to="a source", attribution=["Wire", "a source"], place_why="the only Alpha near",
            candidates=[Candidate("p:2", "Alpha Minor", 1.0, 2.0, 0.2)],
        )
    )  # fmt: skip


def test_a_claim_is_shown_with_all_it_rests_on(log):
    text = "\n".join(explain(log, f"{1:016x}").lines())
    for part in (
        "… Before it.", "“The army took Alpha on Tuesday.”", "After it. …", "“army” = Army [army]", "from “on Tuesday”",
        "Wire > a source",
        "the only Alpha near", "Alpha Minor [p:2]", "capture: take", "The headline", "/reports/one.txt", "a" * 64,
        "Decided: corrected by Anna", "place = Alpha", "Part of event",
    ):  # fmt: skip
        assert part in text


def test_events_and_place_days_lead_to_their_claims(log):
    for record_id in (log._event.event_id, "p:alpha/2020-01-28"):
        text = "\n".join(explain(log, record_id).lines())
        assert f"{1:016x}" in text
        assert "“The army took Alpha on Tuesday.”" in text


def test_an_unknown_id_is_nothing(log):
    assert explain(log, "f" * 16) is None


def test_a_document_is_shown_with_its_credits_and_with_what_it_shares_side_by_side(log):
    told = explain(log, log.claim(f"{1:016x}").document_id)
    assert told is not None
    lines = [line.strip() for line in told.lines()]
    for part in (
        "agency: Agency", "text: “ALPHA (Agency) -”", "It is a copy of other: 60% of its words stand there too",
        "direction: known: credits Wire", "here:  “The army took Alpha on Tuesday.”", "there: “The army took Alpha on Tuesday.”",
        "from: /reports/one.txt",
    ):  # fmt: skip
        assert part in lines, part
