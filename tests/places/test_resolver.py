"""Resolving: variants, lists about an anchor, namesakes refused, and what is said where nothing fits."""

from __future__ import annotations

import pytest
from tests.places.conftest import Resolver

from warlog.places.gazetteer import Gazetteer
from warlog.places.geo import distance_km
from warlog.places.model import DocumentContext, Mention, Resolution
from warlog.places.resolver import resolve


def point(r: Resolution) -> tuple[float, float]:
    assert r.lat is not None
    assert r.lon is not None
    return r.lat, r.lon


def test_a_list_is_resolved_about_its_anchor(small: Gazetteer, resolving: Resolver) -> None:
    answers = resolving(
        small,
        "Khan Assubul",
        "Maarrat Dibsah",
        "Nowhere Atall",
        relation_to="Maartan al-Numan",
        text="The Syrian army advanced in Idlib.",
    )
    assert [a.place_id for a in answers[:2]] == ["small:k", "small:d"]
    last = answers[2]
    assert (last.status, last.anchor, last.place_id) == ("anchored", "Maarat al-Numan", None)
    assert distance_km(point(last), (35.65, 36.68)) < 1
    assert last.radius_km


def test_a_namesake_at_the_wrong_end_of_the_country_is_refused_and_listed(small: Gazetteer, resolving: Resolver) -> None:
    tell, tuman = resolving(small, "Tell Abiad", "Khan Tuman", relation_to="Aleppo city", text="Syria")
    assert tuman.place_id == "small:t"
    assert tell.status == "anchored"
    assert tell.anchor == "Aleppo"
    assert distance_km(point(tell), (36.2, 37.15)) < 1
    assert [c.place_id for c in tell.candidates] == ["small:ta"]
    assert "refused" in tell.candidates[0].why


def test_a_village_is_never_the_far_capital_of_its_name(small: Gazetteer, resolving: Resolver) -> None:
    (village,) = resolving(small, "al-Qahira village", text="Syrian forces in Hama.")
    assert village.place_id == "small:q"
    (bare,) = resolving(small, "al-Qahira", relation_to="Aleppo", text="Syria")
    assert bare.place_id != "small:cairo"
    assert bare.country != "EG"
    (capital,) = resolving(small, "Cairo", text="Syrian officials flew to Cairo.")
    assert capital.place_id == "small:cairo"


def test_the_theatre_decides_between_cities_of_one_name(small: Gazetteer, resolving: Resolver) -> None:
    (lebanon,) = resolving(small, "Tripoli", text="Lebanese troops deployed from Beirut to Tripoli in Lebanon.")
    (libya,) = resolving(small, "Tripoli", text="Libyan forces left Benghazi for Tripoli in Libya.")
    assert (lebanon.country, libya.country) == ("LB", "LY")


def test_a_small_place_with_namesakes_is_left_open_unless_something_tells(small: Gazetteer, resolving: Resolver) -> None:
    (open_,) = resolving(small, "Krasne", text="Ukrainian troops.")
    assert open_.status == "unresolved"
    assert open_.lat is None
    assert len(open_.candidates) == 3
    (told,) = resolving(small, "Krasne, Kharkiv oblast", text="Ukrainian troops.")
    near = resolving(small, "Krasne, near Kharkiv", text="Ukrainian troops.")[0]
    assert told.place_id == near.place_id == "small:kr1"


def test_provinces_cities_and_countries_by_their_kind_word(small: Gazetteer, resolving: Resolver) -> None:
    city, province, country = resolving(small, "Idlib", "Idlib province", "Syria", text="Syria")
    assert (city.place_id, city.geo_precision) == ("small:b", 1)
    assert (province.place_id, province.geo_precision) == ("small:r2", 4)
    assert (country.place_id, country.geo_precision) == ("small:c1", 6)


def test_a_part_of_a_place_is_at_its_point(small: Gazetteer, resolving: Resolver) -> None:
    east, edge = resolving(small, "eastern Aleppo", "northern outskirts of Saraqib", text="Syria")
    assert (east.status, east.place_id, east.geo_precision) == ("resolved", "small:a", 2)
    assert (edge.status, edge.place_id, edge.geo_precision) == ("resolved", "small:s", 2)


def test_a_place_told_only_by_its_neighbour_is_anchored_on_it(small: Gazetteer, resolving: Resolver) -> None:
    base, between, quarter = resolving(
        small, "an airbase near Aleppo", "a village between Saraqib and Idlib", "the Nosuch neighbourhood of Aleppo", text="Syria"
    )
    assert (base.status, base.anchor) == ("anchored", "Aleppo")
    assert between.status == "anchored"
    assert distance_km(point(between), (35.895, 36.715)) < 2
    assert (quarter.status, quarter.anchor) == ("anchored", "Aleppo")
    assert distance_km(point(quarter), (36.2, 37.15)) < 1


def test_world_capitals_resolve_from_any_theatre(small: Gazetteer, resolving: Resolver) -> None:
    (london,) = resolving(
        small, "London", text="The Syrian Observatory, based in London, said Aleppo and Idlib were shelled in Syria."
    )
    assert (london.status, london.country) == ("resolved", "GB")


def test_nothing_named_and_nothing_known_stay_unresolved(small: Gazetteer, resolving: Resolver) -> None:
    unnamed, unknown = resolving(small, "residential neighborhoods", "Qwertyville")
    assert (unnamed.status, unknown.status) == ("unresolved", "unresolved")
    assert unnamed.lat is None
    assert "no open gazetteer" in unknown.why
    (far,) = resolving(
        small, "Khan Tuman", countries=("UA",), text="Ukrainian and Russian troops fought in Ukraine near Kharkiv."
    )
    assert far.status == "unresolved"
    assert far.candidates


def test_every_answer_says_why_and_probabilities_are_shares(small: Gazetteer, resolving: Resolver) -> None:
    for r in resolving(small, "Aleppo", "Tell Abiad", "Krasne", "Qwertyville", "near Idlib", text="Syria"):
        assert r.why
        assert 0.0 <= r.probability <= 1.0
        assert sum(c.score for c in r.candidates) <= 1.01


def test_answers_come_in_the_order_asked_and_the_same_each_time(small: Gazetteer) -> None:
    mentions = [Mention(n, 0, 1, 0, 0) for n in ("Idlib", "Aleppo", "Saraqib", "Fua", "Kefraya")]
    context = DocumentContext(text="Syria: Fua and Kefraya.")
    first, second = resolve(mentions, context, small), resolve(mentions, context, small)
    assert first == second
    assert [r.place_id for r in first] == ["small:b", "small:a", "small:s", "small:f", "small:kf"]


def test_no_mentions_give_no_answers(small: Gazetteer) -> None:
    assert resolve([], DocumentContext(), small) == []


@pytest.mark.parametrize(
    ("phrases", "anchor", "expected", "forbidden"),
    [
        (
            ("Khan Assubul", "al-Jaradah", "Maarrat Dibsah"),
            "Maarat al-Numan",
            [(35.756, 36.757), (35.72, 36.71), (35.78, 36.77)],
            (),
        ),
        (
            ("Tell Abiad", "Khan Tuman", "al-Qahira", "Jurf al-Sakhr"),
            "Aleppo city",
            [None, (36.118, 37.051), None, None],
            ((36.7, 38.95), (30.06, 31.25), (32.87, 44.19)),
        ),
    ],
)
def test_lists_with_the_large_gazetteers(
    large: Gazetteer,
    resolving: Resolver,
    phrases: tuple[str, ...],
    anchor: str,
    expected: list[tuple[float, float] | None],
    forbidden: tuple[tuple[float, float], ...],
) -> None:
    for answer, right in zip(resolving(large, *phrases, relation_to=anchor, text="The Syrian army."), expected, strict=True):
        if right is not None:
            assert distance_km(point(answer), right) < 5
        elif answer.lat is not None:
            assert all(distance_km(point(answer), bad) > 100 for bad in forbidden)


def test_traps_with_the_large_gazetteers(large: Gazetteer, resolving: Resolver) -> None:
    (georgia,) = resolving(large, "Georgia", text="Russian troops entered Georgia from South Ossetia; Tbilisi protested.")
    assert georgia.country == "GE"
    (krasne,) = resolving(large, "Krasne", text="Ukrainian troops held on.")
    assert krasne.status == "unresolved"
    (homs,) = resolving(large, "Homs", text="Syrian jets hit Homs.")
    assert distance_km(point(homs), (34.73, 36.71)) < 8
    (quarter,) = resolving(large, "Waer neighbourhood in Western Homs", text="Syria")
    assert distance_km(point(quarter), (34.73, 36.71)) < 12
