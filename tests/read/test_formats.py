"""Plain text and Markdown: words are kept exactly, markup goes, lines that belong together come together."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.read.inline import read_inline
from warlog.read.markdown import read_markdown
from warlog.read.plain import read_plain
from warlog.read.units import tidy

PROSE = (
    "Government forces took the village of Mirre on Tuesday after two days of fighting in which at least fourteen rebels "
    "were killed, a military source said. The rebels denied that they had left the village and said that they still held "
    "its northern quarter, where shells were falling late in the evening, and the road that leads from there to the river."
)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("**President X** claimed", "President X claimed"),
        ("[text](https://a.example/b) and *more*", "text and more"),
        ("“quoted” – dashed — 'single' \"double\"…", "“quoted” – dashed — 'single' \"double\"…"),
        ("see <https://a.example/>", "see https://a.example/"),
        ("he said [sic] so", "he said [sic] so"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("a\u00a0b\u200bc", "a bc"),
    ],
)
def test_inline_markup(source, words):
    assert read_inline(source, markdown=True).text == words
    assert read_inline(source, markdown=False).text == words


@given(st.text(st.characters(blacklist_characters="*_[]<>`~&\\", blacklist_categories=("Cs", "Cc", "Cf", "Co", "Cn"))))
def test_without_markup_nothing_but_white_space_changes(text):
    assert read_inline(text, markdown=False).text == tidy(text)


@given(st.text(max_size=400))
def test_no_text_makes_the_readers_fail(text):
    for units in (read_plain(text), read_markdown(text)[0]):
        assert all(unit.text == tidy(unit.text) for unit in units)


@given(st.integers(45, 100))
def test_a_wrapped_paragraph_is_one_unit(width):
    text = "\n\n".join(textwrap.fill(PROSE, width, break_on_hyphens=False) for _ in range(3))
    assert [unit.text for unit in read_plain(text)] == [PROSE] * 3
    assert [unit.text for unit in read_markdown(text)[0]] == [PROSE] * 3


def test_lines_that_were_not_wrapped_stay_apart():
    units = read_plain(f"Karvan falls\nBy Jo Marsh\n{PROSE}\nShare this\n")
    assert [unit.text for unit in units] == ["Karvan falls", "By Jo Marsh", PROSE, "Share this"]


def test_front_matter_gives_fields_and_is_no_text():
    units, fields = read_markdown("---\ntitle: 'A: b'\ntags: [x, y]\nnote: |\n  two\n  lines\nmore:\n  - one\n---\nThe text.\n")
    assert fields == {"title": "A: b", "tags": ["x", "y"], "note": "two lines", "more": ["one"]}
    assert [unit.text for unit in units if unit.kind is None] == ["The text."]


def test_a_ruled_line_under_a_paragraph_makes_it_no_heading():
    long = PROSE[:150].rsplit(" ", 1)[0] + "."
    units, _ = read_markdown(f"{long}\n---\nRelated: more\n")
    assert units[0].heading == 0
