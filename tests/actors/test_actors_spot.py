"""Names of known actors are found in a text where they stand as names, and nowhere else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.actors import Actors
from warlog.actors.folding import fold


def found(actors: Actors, text: str) -> list[str]:
    return [h.text for h in actors.spot(text)]


def ids(actors: Actors, text: str) -> set[str]:
    return {i for h in actors.spot(text) for i in h.actor_ids}


def test_longest_name_wins(actors: Actors) -> None:
    assert found(actors, "Hayat Tahrir al-Sham fought the Syrian Arab Army.") == ["Hayat Tahrir al-Sham", "Syrian Arab Army"]


def test_offsets_are_those_of_the_text(actors: Actors) -> None:
    text = "On Monday, Türkiye’s army and the al‑Nusra\nFront met “Hezbollah”."
    hits = actors.spot(text)
    assert [text[h.start : h.end] for h in hits] == [h.text for h in hits]
    assert {"gov-tr", "hezbollah"} <= ids(actors, text) or {"mil-tr", "hezbollah"} <= ids(actors, text)
    assert "al-nusra" in ids(actors, text)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("ISIS fighters", "islamic-state"),
        ("Daesh said", "islamic-state"),
        ("the Kremlin said", "gov-ru"),
        ("an AFP reporter", "outlet-afp"),
        ("the Houthis' drones", "houthis"),
        ("Assads regime", "assad"),
        ("SDF-held areas", "sdf"),
        ("anti-ISIS forces", "islamic-state"),
        ("PKK/YPG", "pkk"),
    ],
)
def test_names_stand_at_word_boundaries(actors: Actors, text: str, actor: str) -> None:
    assert actor in ids(actors, text) or (text == "PKK/YPG" and "ypg" in ids(actors, text))


@pytest.mark.parametrize(
    "text",
    [
        "they told us that it is over",  # US, IS
        "the mission and the crisis",  # IS inside words
        "who said so",  # WHO
        "THIS IS WAR",  # a headline in capitals
        "the army and the rebels",  # general names are left to resolve
        "ethnic armed groups",
        "a turkey in the jordan of chad",
    ],
)
def test_common_words_are_no_names(actors: Actors, text: str) -> None:
    assert found(actors, text) == []


def test_kinds_come_with_the_hit(actors: Actors) -> None:
    (hit,) = actors.spot("according to SANA")
    assert hit.kinds == {"agency"}


def test_ambiguous_initials_bear_all_their_actors(actors: Actors) -> None:
    (hit,) = actors.spot("the RSF")
    assert {"rsf", "rsf-press"} <= set(hit.actor_ids)


@given(st.text(max_size=200))
def test_any_text_gives_ordered_hits_that_do_not_overlap(actors: Actors, text: str) -> None:
    hits = actors.spot(text)
    assert all(h.text == text[h.start : h.end] and h.actor_ids for h in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))


@given(st.text(max_size=200))
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)
