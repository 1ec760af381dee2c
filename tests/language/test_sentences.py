"""Sentences: what a coder would quote, each exactly where it stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.language.sentences import split


def texts(text: str, title: str | None = None) -> list[str]:
    return [s.text for s in split(text, title)]


@given(st.text(max_size=400))
def test_sentences_are_exact_ordered_and_never_empty(text: str) -> None:
    found = split(text)
    assert all(text[s.start : s.end] == s.text and s.text.strip() for s in found)
    assert all(a.end <= b.start and a.number + 1 == b.number for a, b in pairwise(found))


SENTENCES = st.sampled_from(["The army took X.", "Gen. Ali spoke.", "He left on Jan. 5 for the U.S. base."])


@given(st.lists(SENTENCES, min_size=1, max_size=6))
def test_no_words_are_lost(parts: list[str]) -> None:
    assert " ".join(texts(" ".join(parts))) == " ".join(parts)


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Ahmed al-Ali of the U.S. Army met Lt. Col. J. Smith on Sept. 19 in St. Petersburg.",
        "The convoy of approx. 30 vehicles left at 5 p.m. on Tuesday.",
        "Mr. Johnson, Sen. Lee and Dr. Aye spoke to the U.N. Security Council.",
        "Rebels hold 4.5 km. of road.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(text: str) -> None:
    assert texts(text) == [text]


def test_an_abbreviation_may_end_one() -> None:
    assert texts("The envoy returned to the U.S. The talks went on.") == ["The envoy returned to the U.S.", "The talks went on."]


def test_a_quotation_of_three_sentences_is_three() -> None:
    assert texts("“We waited. We will act. This is no threat,” the minister said. He left.") == [
        "“We waited.", "We will act.", "This is no threat,” the minister said.", "He left.",
    ]  # fmt: skip


def test_a_title_run_into_the_text_is_cut_off() -> None:
    title = "Five killed as rockets hit market"
    assert texts("Five killed as rockets hit market A source told reporters that five died.", title)[0] == title


def test_a_headline_in_capitals_is_cut_from_the_sentence_after_it() -> None:
    found = texts("Government Forces Retake Hilltop Village Near Border The explosion hit the market area.")
    assert found == ["Government Forces Retake Hilltop Village Near Border", "The explosion hit the market area."]


def test_inline_furniture_ends_a_sentence_on_both_sides() -> None:
    found = texts("Rockets hit the port. 01.10.2017Get short URL 4016 At least 12 people were killed.")
    assert "At least 12 people were killed." in found
    assert "Rockets hit the port." in found


def test_a_wrapped_line_goes_on_and_a_paragraph_ends() -> None:
    wrapped = "The army said on Monday that its units had entered the\nvillage from the north.\n\nRebels denied it."
    assert [s.paragraph for s in split(wrapped)] == [0, 1]
