"""The word lists for reading actors are full, well formed, and agree with what reads them."""

from __future__ import annotations

import pytest

from warlog import vocabulary

LISTS = ["armed_heads", "civilian_heads", "official_heads", "body_heads", "source_heads", "equipment_heads", "building_heads"]


@pytest.mark.parametrize("name", LISTS)
def test_heads_are_lower_case_and_stand_once(name: str) -> None:
    words = vocabulary.load("actor_words")[name]
    assert len(words) == len(set(words)) > 150
    assert all(w == w.lower().strip() for w in words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("armed_heads", {"army", "troops", "fighters", "gunmen", "militiamen", "brigades", "jihadists", "warplanes"}),
        ("civilian_heads", {"children", "women", "villagers", "doctors", "journalists", "shepherds"}),
        ("official_heads", {"ministers", "spokesmen", "governor", "ambassador", "secretaries-general"}),
        ("source_heads", {"activists", "witnesses", "media", "reports"}),
        ("equipment_heads", {"tanks", "checkpoints", "headquarters", "depots"}),
        ("building_heads", {"hospitals", "churches", "power plants", "bakeries"}),
    ],
)
def test_heads_come_in_singular_and_plural(name: str, words: set[str]) -> None:
    assert words <= set(vocabulary.load("actor_words")[name])


def test_loaded_terms_have_a_neutral_reading() -> None:
    terms = vocabulary.load("actor_words")["loaded_terms"]
    assert {"terrorists", "regime", "martyred", "liberated", "cleansed", "neutralised", "occupiers"} <= set(terms)
    assert not set(terms.values()) & set(terms)
