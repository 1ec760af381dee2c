"""The lines under a title: taken apart where they tell of the page, left alone where they are text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.read.headlines import author_of, byline_of, read_headline


@pytest.mark.parametrize(
    ("text", "day", "publisher", "byline"),
    [
        ("The Harbour Review, March 3, 2020", "2020-03-03", "The Harbour Review", None),
        ("Harbour Daily · DORRA · Published March 3, 2020 · Updated 19:05", "2020-03-03", "Harbour Daily", None),
        (
            "Radio Dorra | Tuesday 3 March 2020 | by our correspondents in the north",
            "2020-03-03",
            "Radio Dorra",
            "our correspondents in the north",
        ),
        ("Posted on March 3 2020 by Jo Marsh", "2020-03-03", None, "Jo Marsh"),
        ("DORRA, March 3, 2020. /Harbour Wire/", "2020-03-03", "Harbour Wire", None),
        ("London, 3 March 2020", "2020-03-03", None, None),
        ("By Mina Halloran and Piet Oosten, Reuters", None, None, "Mina Halloran and Piet Oosten, Reuters"),
        ("Le Quotidien, le 3 mars 2020", "2020-03-03", "Le Quotidien", None),
        ("El Correo, 3 de marzo de 2020", "2020-03-03", "El Correo", None),
        ("As of 3 March 2020", "2020-03-03", None, None),
    ],
)
def test_lines_about_the_page(text, day, publisher, byline):
    line = read_headline(text)
    assert line is not None
    assert (line.day, line.publisher, line.byline) == (day, publisher, byline)


@pytest.mark.parametrize(
    "text",
    [
        "By sea and by land, the army advances on Karvan",
        "By Wednesday the army held the bridge.",
        "The army said on March 3, 2020 it had taken the town",
        "On 3 March 2020 rebels withdrew from Karvan.",
        "Rebels withdraw from Karvan",
        "",
    ],
)
def test_lines_of_text(text):
    assert read_headline(text) is None


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("Mina Halloran in Dorra", "Mina Halloran"),
        ("Mina Halloran, Reuters", "Mina Halloran"),
        ("Harbour Daily with agencies", "Harbour Daily"),
        ("MINA HALLORAN", "Mina Halloran"),
        ("Mina Halloran (Dorra)", "Mina Halloran"),
        ("Mina Halloran and Piet Oosten", "Mina Halloran and Piet Oosten"),
        ("Jean-Pierre Martin", "Jean-Pierre Martin"),
        ("Kevin Baker at Bakhmut", "Kevin Baker"),
        ("AFP", "AFP"),
    ],
)
def test_the_author_in_a_byline(byline, author):
    assert author_of(byline) == author


@given(st.text(max_size=300))
def test_no_line_fails(text):
    line = read_headline(text)
    assert line is None or line.day or line.byline
    assert byline_of(text) != ""
