"""Spotting: which words of a text can be a place, and which never are."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from warlog.places.gazetteer import Gazetteer


def names(gazetteer: Gazetteer, text: str) -> list[str]:
    return [h.text for h in gazetteer.spot(text)]


def test_hits_are_the_very_words_longest_first_in_text_order(small: Gazetteer) -> None:
    text = "Syrian forces took Maarat al-Numan and Khan Tuman; Saraqib's market in Idlib was hit."
    hits = small.spot(text)
    assert [h.text for h in hits] == ["Maarat al-Numan", "Khan Tuman", "Saraqib", "Idlib"]
    assert all(text[h.start : h.end] == h.text for h in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))
    assert hits[3].population == 165000
    assert "small:b" in hits[3].place_ids


def test_another_romanisation_is_found(small: Gazetteer) -> None:
    assert names(small, "In Syria the army entered Tall Abiyad and Sarakeb.") == ["Syria", "Tall Abiyad", "Sarakeb"]


def test_lower_case_words_are_no_places(small: Gazetteer) -> None:
    assert names(small, "they were in syria and aleppo, said the lebanon cedar") == []


def test_ordinary_words_names_of_people_and_days_are_no_places(world: Gazetteer) -> None:
    text = (
        "Of the men, Said Ahmad and Mary Kerry spoke on Monday in March. Reading the report, General Hassan said Man is free. "
        "President Bush and Mr Lincoln met Russian and Kurdish officials. The Nice thing: May is near. Media Center staff fled."
    )
    assert names(world, text) == []


def test_well_known_cities_and_countries_are_found_anywhere(world: Gazetteer) -> None:
    text = (
        "Diplomats from Ukraine flew from Geneva to Washington, then to New York, "
        "while London, Moscow and Cairo waited for the United States."
    )
    assert names(world, text) == ["Ukraine", "Geneva", "Washington", "New York", "London", "Moscow", "Cairo", "United States"]


def test_small_places_count_only_where_the_text_plays(world: Gazetteer) -> None:
    assert "Popasna" in names(world, "Ukrainian troops left Popasna after Russian shelling in Luhansk.")
    assert "Clay" not in names(world, "Ukrainian troops said Clay fell in Luhansk.")


def test_a_common_word_that_is_a_large_city_counts_in_the_midst_of_a_sentence(world: Gazetteer) -> None:
    assert "Nice" in names(world, "The attacker drove from Paris to Nice in France.")
    assert "Nice" not in names(world, "Nice weather was seen in France.")


@given(st.text(max_size=120))
def test_any_text_can_be_searched(small: Gazetteer, text: str) -> None:
    for hit in small.spot(text):
        assert text[hit.start : hit.end] == hit.text
        assert hit.place_ids
