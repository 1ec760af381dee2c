from __future__ import annotations

import pytest

from warlog.control import MAX_DAYS, estimate
from warlog.events import Sides
from warlog.records import Document


@pytest.fixture
def rows(claim, alliances):
    """Place-days of claims, up to a last day, as day to (status, holders)."""

    def made(*claims, last="2020-02-10"):
        days = estimate(claims, [Document("d", "c", "s", "", published=last)], Sides(alliances))
        return {row.day: (row.status, row.holder_ids) for row in days}

    return made


LOST_BY_ARMY = {"event_type": "territory_transferred", "actor": None, "actor_ids": [], "actor_names": [], "target_ids": ["army"]}
REBELS = {"actor_ids": ["rebels"], "actor_names": ["Rebels"], "actor": "rebels"}


def test_the_latest_claim_holds_every_day_until_the_last_of_the_log(claim, rows):
    found = rows(claim(), last="2020-01-31")
    assert found == {f"2020-01-{n}": ("held", ["army"]) for n in (28, 29, 30, 31)}


def test_a_retaken_place_is_contested_for_three_days_and_then_its_new_holders(claim, rows):
    found = rows(claim(day="2020-01-28"), claim(day="2020-01-30", published="2020-01-30", **REBELS))
    assert found["2020-01-29"] == ("held", ["army"])
    assert found["2020-01-30"][0] == found["2020-01-31"][0] == "contested"
    assert set(found["2020-01-30"][1]) == {"army", "rebels"}
    assert found["2020-02-01"] == ("held", ["rebels"])


def test_a_place_taken_after_more_than_three_days_was_never_contested(claim, rows):
    found = rows(claim(day="2020-01-20"), claim(day="2020-01-28", **REBELS))
    assert all(status == "held" for status, _ in found.values())
    assert found["2020-01-28"] == ("held", ["rebels"])


def test_two_sides_on_one_day_stay_contested_until_someone_says_more(claim, rows):
    found = rows(claim(), claim(**REBELS), claim(day="2020-02-05", published="2020-02-05"))
    assert found["2020-02-04"][0] == "contested"
    assert found["2020-02-10"] == ("held", ["army"])


def test_a_denial_contests_and_lapses(claim, rows):
    denial = claim(certainty="denied", target_ids=["rebels"], target_names=["Rebels"], published="2020-01-29", day="2020-01-29")
    found = rows(claim(), denial)
    assert found["2020-01-28"] == ("held", ["army"])
    assert found["2020-01-29"] == ("contested", ["army", "rebels"])
    assert found["2020-02-05"] == ("held", ["army"])


@pytest.mark.parametrize("certainty", ["planned", "conjecture", "denied"])
def test_what_has_not_happened_gives_no_holder(claim, rows, certainty):
    assert rows(claim(certainty=certainty)) == {}


def test_an_undated_capture_holds_not_later_than_its_report(claim, alliances):
    days = estimate([claim(day=None, published="2020-01-29")], [], Sides(alliances))
    assert [(row.day, row.since, row.since_precision) for row in days] == [("2020-01-29", "2020-01-29", "not_later_than")]


def test_allies_do_not_contest_each_other(claim, rows):
    found = rows(claim(), claim(actor_ids=["ally"], actor_names=["Ally"], day="2020-01-29"))
    assert all(status == "held" for status, _ in found.values())


def test_who_lost_a_place_does_not_hold_it(claim, rows):
    lost = claim(day="2020-02-02", published="2020-02-02", **LOST_BY_ARMY)
    found = rows(claim(), lost)
    assert found["2020-02-01"] == ("held", ["army"])
    assert found["2020-02-02"] == ("held", [])


def test_who_withdraws_is_coded_as_actor_and_target_and_holds_nothing(claim, rows):
    gone = {"event_type": "territory_transferred", "target_ids": ["rebels"], "target": "rebels", **REBELS}
    assert rows(claim(day="2020-01-20", **REBELS), claim(**gone))["2020-01-28"] == ("held", [])
    assert rows(claim(), claim(day="2020-01-29", **gone))["2020-01-30"] == ("held", ["army"])


def test_a_loss_of_the_other_side_leaves_the_holder(claim, rows):
    lost = claim(day="2020-01-30", published="2020-01-30", **(LOST_BY_ARMY | {"target_ids": ["rebels"]}))
    assert rows(claim(), lost)["2020-01-31"] == ("held", ["army"])


def test_a_known_holder_is_named_before_a_common_noun(claim, rows):
    found = rows(claim(), claim(actor_ids=["generic:forces"], actor_names=["forces"], day="2020-01-29"))
    assert found["2020-01-30"][1] == ["army"]


def test_a_day_after_the_report_itself_is_not_believed(claim, alliances):
    days = estimate([claim(day="2021-01-28", published="2020-01-29")], [], Sides(alliances))
    assert [row.day for row in days] == ["2020-01-29"]


def test_long_logs_have_the_last_days_daily_and_changes_before(claim, rows):
    found = rows(claim(day="2015-01-01", published="2015-01-01"), claim(day="2016-05-05", published="2016-05-05", **REBELS))
    assert len(found) == MAX_DAYS + 2
    assert found["2015-01-01"] == ("held", ["army"])
    assert found["2016-05-05"] == ("held", ["rebels"])


def test_every_row_names_its_claims_newest_first_and_their_age(claim, alliances):
    days = estimate([claim(day="2020-01-27"), claim(day="2020-01-28")], [], Sides(alliances))
    assert days[-1].day == "2020-01-29"
    assert days[-1].claim_ids == [f"{2:016x}", f"{1:016x}"]
    assert (days[-1].age_days, days[-1].since) == (1, "2020-01-27")
    assert days[-1].place_day_id == "p:alpha/2020-01-29"
