from __future__ import annotations

import pytest

from warlog.events import Sides, link, tally
from warlog.events.figures import reconcile, toll_of
from warlog.records import Casualties


def _bounds(tolls):
    return [(t.outcome, t.low, t.high) for t in tolls]


def test_tellings_span_a_range_and_are_not_added(claim):
    told = [claim(casualties=[Casualties("killed", "people", n, n)]) for n in (5, 9, 11)]
    assert _bounds(reconcile(told)) == [("killed", 5, 11)]


@pytest.mark.parametrize(
    ("tolls", "expected"),
    [
        ([(40, None)], (40, None)),
        ([(40, None), (34, 34)], (34, 40)),
        ([(None, 200)], (None, 200)),
        ([(None, 200), (34, 34)], (34, 200)),
        ([(None, None)], (None, None)),
        ([(0, 0)], (0, 0)),
    ],
)
def test_open_bounds(claim, tolls, expected):
    told = [claim(casualties=[Casualties("killed", None, low, high)]) for low, high in tolls]
    assert _bounds(reconcile(told)) == [("killed", *expected)]


def test_a_toll_told_over_several_places_counts_once(claim):
    toll = [Casualties("killed", None, 7, 7)]
    places = [claim(happening_id="h", casualties=toll), claim(happening_id="h", casualties=toll, place_id="p:b", lat=36.0)]
    events = link(places, Sides())
    assert len(events) == 2
    assert _bounds(tally(events, {c.claim_id: c for c in places})) == [("killed", 7, 7)]


def test_tolls_of_different_people_are_added_and_parts_are_not(claim):
    added = claim(
        quote="3 soldiers and 5 civilians died.",
        casualties=[Casualties("killed", "soldiers", 3, 3), Casualties("killed", "civilians", 5, 5)],
    )
    part = claim(
        quote="Twelve people, including three children, were killed.",
        casualties=[Casualties("killed", "people", 12, 12), Casualties("killed", "children", 3, 3)],
    )
    assert _bounds(toll_of([added])) == [("killed", 8, 8)]
    assert _bounds(toll_of([part])) == [("killed", 12, 12)]


def test_some_of_the_dead_do_not_lower_the_toll(claim):
    whole = claim(casualties=[Casualties("killed", "people", 9, 9)])
    some = claim(quote="Two nurses were among the dead.", casualties=[Casualties("killed", "nurses", 2, 2)])
    assert _bounds(reconcile([whole, some])) == [("killed", 9, 9)]
    assert _bounds(reconcile([some])) == [("killed", 2, None)]


def test_a_bare_report_of_the_dead_is_not_added_to_the_strike_that_killed_them(claim):
    strike = claim(event_type="air_strike", casualties=[Casualties("killed", None, 9, 9)])
    report = claim(event_type="casualty_report", casualties=[Casualties("killed", None, 11, None)])
    claims = {c.claim_id: c for c in (strike, report)}
    assert _bounds(tally(link(claims.values(), Sides()), claims)) == [("killed", 9, 11)]


def test_totals_of_months_and_what_was_denied_are_in_no_sum(claim):
    month = claim(date_start="2020-01-01", date_end="2020-01-31", casualties=[Casualties("killed", None, 151, 151)])
    denied = claim(certainty="denied", casualties=[Casualties("killed", None, 6, 6)])
    claims = {c.claim_id: c for c in (month, denied)}
    assert tally(link(claims.values(), Sides()), claims) == []
