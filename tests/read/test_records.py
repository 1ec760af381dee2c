"""Records of JSON Lines files: the text stays as given, the rest is metadata."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.errors import InputError
from warlog.read import read_document
from warlog.records import Capture, Document


def read(**record: object) -> Document:
    data = json.dumps(record).encode()
    return read_document(Capture("c" * 16, "f" * 64, len(data), "/x.jsonl", "r1", "application/json", 3), data)


@given(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1).filter(str.strip))
def test_the_text_is_kept_character_for_character(text):
    assert read(text=text, title="T").text == text


def test_halves_of_characters_and_nuls_are_replaced_one_for_one():
    assert read(text="a\ud800b\0c").text == "a\ufffdb\ufffdc"


def test_known_keys_and_others():
    document = read(
        id="r1",
        url="https://a.example/1",
        publisher="A",
        title="T",
        published="1/4/2024",
        text="The army left.",
        conflict="X",
        labels=["y"],
    )
    assert (document.document_id, document.url, document.publisher, document.title) == ("r1", "https://a.example/1", "A", "T")
    assert document.published == "2024-01-04"
    assert document.extra == {"conflict": "X", "labels": ["y"]}
    assert document.furniture == []


def test_a_date_that_is_none_is_kept_beside():
    document = read(text="The army left.", published="last spring")
    assert document.published is None
    assert document.extra == {"published": "last spring"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Published September 24 2016 Ninety-two civilians were killed on Saturday.", "2016-09-24"),
        ("01.10.2017Get short URL 4016 At least 12 civilians were killed.", "2017-10-01"),
        ("Sunday 25 August 2013 The minister spoke.", "2013-08-25"),
        ("The army took the town on 3 March 2020, a source said.", None),
    ],
)
def test_a_date_that_only_the_text_gives(text, day):
    assert read(text=text).published == day


def test_what_the_text_says_of_agency_and_addresses():
    document = read(
        text="DORRA, March 3 (Meridian Press) - The army left. See https://v.example/a.mp4, https://a.example/b, or x@y.example."
    )
    assert document.agency == "Meridian Press"
    assert [media.url for media in document.media] == ["https://v.example/a.mp4"]
    assert document.links == ["https://a.example/b"]
    assert document.emails == ["x@y.example"]


@pytest.mark.parametrize("record", [{}, {"text": " "}, {"text": 4}])
def test_a_record_without_text_is_refused(record):
    with pytest.raises(InputError, match=r"^/x.jsonl, line 3: "):
        read(**record)


def test_credits_of_a_record_are_its_own_keys_and_what_its_text_opens_with():
    document = read(
        text="BEIRUT (AP) — Shells fell.\n\nThe army left.", publisher="A", author="Jane Doe", original_url="https://o.example/1"
    )
    assert (document.dateline, document.agency, document.original_url) == ("BEIRUT", "AP", "https://o.example/1")
    found = {(credit.kind, credit.value, credit.where) for credit in document.credits}
    assert {
        ("publisher", "A", "record"),
        ("author", "Jane Doe", "record"),
        ("dateline", "BEIRUT", "text"),
        ("agency", "AP", "text"),
    } <= found
