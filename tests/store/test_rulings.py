"""What a decision does to the claim it is tied to."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from log_making import FakeExtractor

from warlog.records import Claim, Decision, Document
from warlog.review.ruling import rule
from warlog.store.rulings import apply, claim_key, decision_key, same_ruling

DOCUMENT = Document("a.txt", "c", "5" * 64, "The Army captured Saraqib on 2020-01-29.")


@pytest.fixture
def claim() -> Claim:
    return FakeExtractor()(DOCUMENT)[0]


def corrected(claim: Claim, **changes: Any) -> Claim:
    return apply(claim, rule(claim, DOCUMENT.sha256, "corrected", changes, reviewer="Ann"))


def test_no_decision_leaves_the_claim(claim: Claim) -> None:
    assert apply(claim, None) is claim


@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_a_verdict_changes_only_the_review(claim: Claim, verdict: str) -> None:
    before = dataclasses.replace(claim)
    ruled = apply(claim, rule(claim, DOCUMENT.sha256, verdict))
    assert ruled == dataclasses.replace(before, review=verdict)
    assert claim == before


def test_a_decision_is_tied_to_the_original_and_the_reading(claim: Claim) -> None:
    decision = rule(claim, DOCUMENT.sha256, "accepted")
    assert decision_key(decision) == claim_key(claim, DOCUMENT.sha256)
    for change in ({"quote": "x"}, {"event_type": "x"}, {"place": None}, {"actor": "x"}):
        assert claim_key(dataclasses.replace(claim, **change), DOCUMENT.sha256) != decision_key(decision)
    assert claim_key(claim, "6" * 64) != decision_key(decision)
    for change in ({"claim_id": "new"}, {"lat": None}, {"target": "x"}, {"run_id": "later"}):
        assert claim_key(dataclasses.replace(claim, **change), DOCUMENT.sha256) == decision_key(decision)


def test_dates(claim: Claim) -> None:
    assert corrected(claim, date_end="2020-01-30").date_precision == "range"
    assert corrected(claim, date_start=None, date_end=None).date_precision == "none"
    assert corrected(claim, date_start="2020-01-28", date_end="2020-01-28").date_precision == "day"


def test_event_type_brings_its_acled_type(claim: Claim) -> None:
    assert corrected(claim, event_type="shelling").acled_sub_event_type == "Shelling/artillery/missile attack"


def test_casualties_become_records(claim: Claim) -> None:
    toll = {"outcome": "killed", "who": None, "low": 1, "high": 2}
    assert corrected(claim, casualties=[toll]).casualties[0].high == 2
    assert corrected(claim, casualties=[]).casualties == []


class TestPlace:
    def test_another_place_takes_the_point_away(self, claim: Claim) -> None:
        ruled = corrected(claim, place="Sarmin")
        assert (ruled.lat, ruled.lon, ruled.place_id, ruled.place_status, ruled.place_name) == (
            None,
            None,
            None,
            "unresolved",
            "Sarmin",
        )
        assert "Ann" in ruled.place_why

    def test_another_spelling_of_it_does_not(self, claim: Claim) -> None:
        ruled = corrected(claim, place="al-Saraqib")
        assert (ruled.lat, ruled.place_id, ruled.place) == (claim.lat, claim.place_id, "al-Saraqib")

    def test_a_candidate_brings_its_point(self, claim: Claim) -> None:
        ruled = corrected(claim, place="Saraqeb")
        assert (ruled.lat, ruled.lon, ruled.place_id, ruled.place_status) == (35.86, 36.8, "test:other", "resolved")

    def test_a_given_point_holds(self, claim: Claim) -> None:
        ruled = corrected(claim, place="Sarmin", lat=35.9, lon=36.7)
        assert (ruled.lat, ruled.lon, ruled.place_status, ruled.geo_precision, ruled.anchor) == (35.9, 36.7, "resolved", 1, None)

    def test_a_point_can_be_taken_away(self, claim: Claim) -> None:
        ruled = corrected(claim, lat=None, lon=None)
        assert (ruled.lat, ruled.lon, ruled.place_status, ruled.place) == (None, None, "unresolved", "Saraqib")


class TestActor:
    def test_a_name_the_claim_knows_keeps_its_id(self, claim: Claim) -> None:
        ruled = corrected(claim, actor=None, target="the army")
        assert (ruled.actor_ids, ruled.target_ids, ruled.target_names) == ([], ["name:army"], ["Army"])

    def test_a_new_name_is_looked_up(self, claim: Claim) -> None:
        decision = rule(claim, DOCUMENT.sha256, "corrected", {"actor": "HTS"})
        ruled = apply(claim, decision, lambda name, ruled: ([f"syria:{name.lower()}"], [f"{name} of {ruled.place}"]))
        assert (ruled.actor_ids, ruled.actor_names) == (["syria:hts"], ["HTS of Saraqib"])

    def test_with_no_one_to_ask_it_gets_an_id_of_its_own(self, claim: Claim) -> None:
        assert corrected(claim, actor="Unknown Men").actor_ids == ["name:unknown men"]


def test_same_ruling_looks_past_who_and_when(claim: Claim) -> None:
    one = rule(claim, DOCUMENT.sha256, "corrected", {"actor": None}, reviewer="Ann", note="n")
    two: Decision = dataclasses.replace(one, decision_id="x", reviewer="Bob", decided_at="later", superseded_by="y")
    assert same_ruling(one, two)
    assert not same_ruling(one, dataclasses.replace(one, note="m"))
    assert not same_ruling(one, dataclasses.replace(one, changes={}))
