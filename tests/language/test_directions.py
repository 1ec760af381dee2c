"""Compass words: which are known, what they mean, and that a longer one is never read as the shorter one inside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.language import directions


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("north of", 0.0),
        ("the north-eastern edge", 45.0),
        ("Southwest of", 225.0),
        ("westwards", 270.0),
        ("near", None),
        ("northerner", None),
        ("", None),
    ],
)
def test_bearing(text: str, degrees: float | None) -> None:
    assert directions.bearing(text) == degrees


@given(st.sampled_from(sorted(directions.bearings())))
def test_each_word_gives_its_own_bearing(word: str) -> None:
    assert directions.bearing(f"five km {word} of it") == directions.bearings()[word]
    assert directions.only_direction(f" {word} ")


def test_only_direction_takes_nothing_beside_the_word() -> None:
    assert directions.only_direction(" central ")
    assert not directions.only_direction(" in northern ")
    assert not directions.only_direction(" ")
