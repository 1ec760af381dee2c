"""A quote is found where it stands, in spite of spaces and the shape of marks, and nowhere else."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from warlog.llm.quotes import find, stands_in

POOL = "the army captured Saraqib on Monday said “yes” it’s — al-Assad’s forces"
WORDS = st.lists(st.sampled_from(POOL.split()), min_size=3, max_size=20)


@given(WORDS, WORDS, WORDS, st.sampled_from([" ", "  ", "\n", " \n\u200b"]))
def test_what_is_quoted_is_found_whatever_the_spaces_and_marks(before, quoted, after, space) -> None:
    text = space.join([*before, *quoted, *after])
    quote = " ".join(quoted).translate(str.maketrans("“”’—", '""\'-'))
    assume(sum(c.isalnum() for c in quote) >= 8)
    found = find(quote, text)
    assert found is not None
    start, end = found
    plain = str.maketrans({"“": '"', "”": '"', "’": "'", "—": "-", "\u200b": ""})
    assert " ".join(text[start:end].translate(plain).split()).strip("\"' ") == quote.strip("\"' ")


@given(WORDS)
def test_a_changed_word_is_not_found(words) -> None:
    assert find(" ".join([*words, "zebra"]), " ".join(words)) is None


def test_only_the_part_asked_about_is_searched() -> None:
    text = "The army took Homs. Later. The army took Homs."
    assert find("The army took Homs.", text, 20) == (27, 46)
    assert find("The army took Homs.", text, 20, 30) is None


def test_a_few_letters_stand_anywhere_and_so_count_for_nothing() -> None:
    assert find("the", "the army took the town") is None
    assert find("", "text") is None


def test_names_are_looked_for_without_regard_to_capitals() -> None:
    assert stands_in("the ARMY", "On Monday the\narmy left.")
    assert not stands_in("navy", "the army")
    assert not stands_in("  ", "the army")
