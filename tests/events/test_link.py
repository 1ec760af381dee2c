from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.events import Sides, link
from warlog.records import Casualties, Claim


def test_tellings_of_one_capture_are_one_event_with_its_origins_counted(claim, alliances):
    events = link(
        [
            claim(publisher="Wire"),
            claim(publisher="Mirror", original_publisher="Wire", day="2020-01-29"),
            claim(publisher="Radio", actor_ids=["ally"], actor_names=["Ally"]),
        ],
        Sides(alliances),
    )
    assert len(events) == 1
    event = events[0]
    assert (event.document_count, event.origin_count) == (3, 2)
    assert set(event.actor_ids) == {"army", "ally"}
    assert (event.date_start, event.date_end, event.date_precision) == ("2020-01-28", "2020-01-29", "range")


@pytest.mark.parametrize(
    "other",
    [
        {"event_type": "shelling"},
        {"day": "2020-01-30"},
        {"actor_ids": ["rebels"]},
        {"place_id": "p:beta", "place": "Beta", "place_name": "Beta", "lat": 35.2},
        {"place_id": None, "place": "Alpha"},
    ],
    ids=["another kind", "two days later", "the other side", "another place", "a place of that name left open"],
)
def test_what_differs_in_kind_day_side_or_place_is_another_event(claim, alliances, other):
    assert len(link([claim(), claim(**other)], Sides(alliances))) == 2


def test_places_within_five_kilometres_are_one_for_strikes_but_not_for_control(claim, alliances):
    near = {"place_id": "p:beta", "place_name": "Beta", "lat": 35.03}
    far = {"place_id": "p:gamma", "place_name": "Gamma", "lat": 35.06}
    sides = Sides(alliances)
    assert len(link([claim(event_type="air_strike"), claim(event_type="air_strike", **near)], sides)) == 1
    assert len(link([claim(event_type="air_strike"), claim(event_type="air_strike", **far)], sides)) == 2
    assert len(link([claim(), claim(**near)], sides)) == 2


def test_two_places_that_one_sentence_names_are_two_events(claim, alliances):
    one = claim(event_type="shelling", document_id="d", start=40)
    two = claim(event_type="shelling", document_id="d", start=40, place_id="p:beta", place_name="Beta", lat=35.02)
    assert len(link([one, two], Sides(alliances))) == 2


def test_daily_shelling_does_not_chain_into_one_event(claim, alliances):
    days = [claim(event_type="shelling", day=f"2020-01-{n}") for n in range(10, 20)]
    events = link(days, Sides(alliances))
    assert len(events) == 5
    assert all(len(e.claim_ids) == 2 for e in events)


def test_unresolved_places_match_by_name_and_anchored_ones_by_name_and_anchor(claim, alliances):
    sides = Sides(alliances)
    spelled = [claim(place_id=None, place=name, event_type="shelling") for name in ("Tell al-Hawa", "tell Hawa")]
    assert len(link(spelled, sides)) == 1
    anchored = {"place_status": "anchored", "place": "hill", "place_id": None, "lat": 35.0, "lon": 36.0}
    assert len(link([claim(anchor="Alpha", **anchored), claim(anchor="Alpha", **anchored)], sides)) == 1
    assert len(link([claim(anchor="Alpha", **anchored), claim(anchor="Beta", **anchored)], sides)) == 2


def test_an_undated_claim_joins_what_was_fresh_when_it_was_published_and_gives_no_day(claim, alliances):
    sides = Sides(alliances)
    assert len(link([claim(), claim(day=None, published="2020-01-29")], sides)) == 1
    assert len(link([claim(), claim(day=None, published="2020-02-09")], sides)) == 2
    alone = link([claim(day=None, published="2020-01-29")], sides)[0]
    assert (alone.date_start, alone.date_end, alone.date_precision) == (None, "2020-01-29", "not_later_than")


def test_a_month_does_not_swallow_a_day(claim, alliances):
    month = claim(date_start="2020-01-01", date_end="2020-01-31", date_precision="month")
    again = claim(date_start="2020-01-01", date_end="2020-01-31", date_precision="month")
    assert sorted(len(e.claim_ids) for e in link([month, claim(), again], Sides(alliances))) == [1, 2]


def test_a_denial_joins_the_event_and_adds_neither_origin_nor_figure(claim, alliances):
    denial = claim(certainty="denied", publisher="Radio", casualties=[Casualties("killed", None, 0, 0)])
    event = link([denial, claim(casualties=[Casualties("killed", None, 4, 4)])], Sides(alliances))[0]
    assert event.certainty == "asserted"
    assert (event.origin_count, len(event.claim_ids)) == (1, 2)
    assert [(t.low, t.high) for t in event.casualties] == [(4, 4)]


def test_an_event_of_denials_alone_stays_denied(claim, alliances):
    assert link([claim(certainty="denied")], Sides(alliances))[0].certainty == "denied"


def test_without_a_place_only_copies_and_matching_parties_go_together(claim, alliances):
    sides = Sides(alliances)
    talks = {"event_type": "talks", "place": None, "place_id": None}
    copies = [claim(quote="They met.", day=None, **talks), claim(quote="They met.", day=None, **talks)]
    assert len(link(copies, sides)) == 1
    assert len(link([claim(day=None, **talks), claim(day=None, **talks)], sides)) == 2
    assert len(link([claim(**talks), claim(**talks)], sides)) == 1


def test_common_nouns_can_be_anyone_and_unknown_names_only_one_of_the_known(claim, alliances):
    sides = Sides(alliances)
    assert len(link([claim(actor_ids=["generic:gunmen"]), claim()], sides)) == 1
    assert len(link([claim(actor_ids=["name:falcons"]), claim()], sides)) == 1
    assert len(link([claim(actor_ids=["name:falcons"]), claim(actor_ids=["name:eagles"])], sides)) == 2


_DAYS = st.integers(0, 12).map(lambda n: (date(2020, 1, 1) + timedelta(days=n)).isoformat())


@st.composite
def _claims(draw: st.DrawFn) -> list[Claim]:
    made = []
    for number in range(draw(st.integers(0, 12))):
        day = draw(st.none() | _DAYS)
        placed = draw(st.sampled_from(["p:a", "p:b", None]))
        made.append(
            Claim(
                f"{number:016x}", f"h{number % 5}", f"d{number % 4}", f"Quote {number}.", number, number + 9,
                draw(st.sampled_from(["shelling", "territory_captured", "talks"])),
                actor_ids=draw(st.sampled_from([[], ["army"], ["rebels"], ["generic:men"]])),
                place=draw(st.sampled_from(["Alpha", "Beta", None])), place_id=placed,
                place_status="resolved" if placed else "unresolved", lat=draw(st.sampled_from([35.0, 35.03])) if placed else None,
                lon=36.0 if placed else None, date_start=day, date_end=day, published=draw(st.none() | _DAYS),
                certainty=draw(st.sampled_from(["asserted", "denied", "planned"])),
                casualties=draw(st.sampled_from([[], [Casualties("killed", None, 2, 5)]])),
            )
        )  # fmt: skip
    return made


@given(_claims(), st.randoms(use_true_random=False))
def test_each_claim_is_in_one_event_whatever_the_order(made, random):
    events = link(made, Sides())
    assert sorted(itertools.chain.from_iterable(e.claim_ids for e in events)) == sorted(c.claim_id for c in made)
    assert len({e.event_id for e in events}) == len(events)
    shuffled = list(made)
    random.shuffle(shuffled)
    assert link(shuffled, Sides()) == events


def test_a_revised_toll_above_all_others_counts_though_it_speaks_of_the_wounded(claim):
    told = {"event_type": "air_strike", "place_id": "p:1", "place_name": "P", "lat": 35.8, "lon": 36.6, "day": "2020-01-30"}
    first = claim(**told, casualties=[Casualties("killed", "people", 9, 9)], quote="Strikes killed nine people.")
    quote = "The toll has risen to at least 11, after two of the wounded died."
    later = claim(**told, casualties=[Casualties("killed", None, 11, None)], quote=quote)
    (event,) = link([first, later], Sides())
    (toll,) = event.casualties
    assert (toll.low, toll.high) == (9, 11)
