from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import text

from warlog import vocabulary
from warlog.lineage import headlines, outlets
from warlog.lineage.profile import profile, quotations
from warlog.lineage.sampling import WINDOW, samples
from warlog.lineage.words import exact, fold, tokens


@given(st.text(max_size=300))
def test_words_stand_in_the_text_in_order_and_do_not_overlap(body):
    last = 0
    for found in tokens(body):
        assert found.start() >= last
        assert found.end() > found.start()
        last = found.end()


@pytest.mark.parametrize(
    ("a", "b"),
    [("Qasim", "Kassem"), ("Kyiv", "Kiev"), ("Shukri", "Choukri"), ("slain", "killed"), ("villages", "hamlets"), ("twelve", "12"),
     ("Muhammad", "Mohamed"), ("Yusuf", "Youssef"), ("Azaz", "Aazaz"), ("troops", "soldiers"), ("bombarded", "bombing")],
)  # fmt: skip
def test_words_that_stand_for_one_another_fold_alike(a, b):
    assert fold(a) == fold(b) != 0


@pytest.mark.parametrize(("a", "b"), [("Aleppo", "Homs"), ("killed", "wounded"), ("12", "13"), ("Kafr", "Tell")])
def test_words_of_other_meaning_do_not(a, b):
    assert fold(a) != fold(b)


@pytest.mark.parametrize("word", ["the", "al", "и", "في", "der", "los"])
def test_small_words_carry_nothing(word):
    assert fold(word) == 0


def test_exact_form_drops_case_accents_and_marks():
    assert exact("Ma’arrat") == exact("MAARRAT") == "maarrat"
    assert exact("Ángel") == "angel"
    assert exact("1,200") == "1200"


@pytest.mark.parametrize(
    ("body", "inside"),
    [
        ('He said: "we will hold the line" today.', ["we will hold the line"]),
        ("He said: “we will hold” and «они не пройдут».", ["we will hold", "они не пройдут"]),
        ("The 'so-called' rebels' camp", ["so-called"]),
        ('An "open mark runs to here. Not to here.', ["open mark runs to here"]),
        ("no marks at all, it's plain", []),
    ],
)
def test_quotation_marks_of_every_kind_are_read(body, inside):
    assert [body[a:b] for a, b in quotations(body)] == inside


@given(st.lists(st.integers(0, 5000), min_size=60, max_size=120), st.integers(0, 40))
def test_texts_that_share_a_long_run_share_a_sample(numbers, at):
    run = [f"x{n}" for n in numbers[at : at + WINDOW + 4]]
    one = text("a", " ".join([f"x{n}" for n in numbers]))
    other = text("b", " ".join([f"q{n}" for n in numbers[:30]] + run + [f"z{n}" for n in numbers[:30]]))
    assert set(samples(one)) & set(samples(other))


def test_speech_is_told_from_the_writers_own_words():
    p = profile(
        text("a", 'The bridge was shut at noon. The mayor said that "nobody will cross it before the inquiry ends" on Friday.')
    )
    voices = {p.text.text[a:b]: v for a, b, v in zip(p.starts, p.ends, p.voices, strict=True)}
    assert voices["bridge"] == 0
    assert voices["inquiry"] == 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Reuters", "Thomson Reuters"),
        ("AFP", "Agence France-Presse"),
        ("The Lantern", "lantern"),
        ("https://www.x.example/a", "x.example"),
    ],
)
def test_names_of_one_outlet_share_a_key(a, b):
    assert outlets.keys(a) & outlets.keys(b)


def test_names_of_two_outlets_do_not():
    assert not outlets.keys("Daily News") & outlets.keys("Daily Post")
    assert not outlets.keys("agencies")
    assert not outlets.keys("x" * 5000)


@pytest.mark.parametrize("address", [None, "", "no address", "http://[::1", "https://", "mailto:a@b"])
def test_what_is_no_address_has_no_host_and_raises_nothing(address):
    assert outlets.page_of(address) is None


def test_headlines():
    assert headlines.alike("Update: 12 dead in Azaz market", "9 dead in Azaz market")
    assert headlines.serial("Daily situation report, 3 May", "Daily situation report, 4 May")
    assert not headlines.serial("9 dead in Azaz market", "12 dead in Azaz market")
    assert not headlines.alike("Talks open in Geneva on grain", "Shells fall on Kharkiv suburb")
    assert headlines.is_update("UPDATED: shelling goes on")


def test_no_synonym_stands_in_two_rows():
    rows = vocabulary.load("lineage")["synonyms"]["rows"]
    found = [w for row in rows for w in row]
    assert len(found) == len(set(found))
