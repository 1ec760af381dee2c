"""Whole pages, in the manner of different outlets and layouts, against what a reader would note down of each."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from warlog.collect import captures
from warlog.read import read_document
from warlog.records import Document

PAGES = Path(__file__).parent / "pages"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((PAGES / "expected.toml").read_text(encoding="utf-8"))
FIELDS = (
    "title", "url", "publisher", "original_publisher", "byline", "author", "agency", "copyright", "published", "language",
    "themes", "regions", "series", "emails", "links", "extra",
)  # fmt: skip


def read(name: str) -> Document:
    (found,) = captures([PAGES / name])
    assert not isinstance(found, Exception)
    return read_document(*found)


def test_every_page_is_expected():
    assert {path.name for path in PAGES.iterdir()} - {"expected.toml"} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_a_page_says_of_itself(name):
    document, expected = read(name), EXPECTED[name]
    said = {field: getattr(document, field) for field in FIELDS if field in expected}
    assert said == {field: expected[field] for field in FIELDS if field in expected}
    if "media" in expected:
        assert [[media.url, media.kind] for media in document.media] == expected["media"]


@pytest.mark.parametrize("name", EXPECTED)
def test_what_of_a_page_is_text(name):
    document, expected = read(name), EXPECTED[name]
    paragraphs = document.text.split("\n\n")
    assert paragraphs[0].startswith(expected.get("first", ""))
    assert paragraphs[-1].endswith(expected.get("last", ""))
    if "second" in expected:
        assert paragraphs[1].startswith(expected["second"])
    if "paragraphs" in expected:
        assert len(paragraphs) == expected["paragraphs"]
    for passage in expected.get("holds", []):
        assert passage in paragraphs


@pytest.mark.parametrize("name", EXPECTED)
def test_furniture_is_cut_and_kept_in_page_order(name):
    document, cut = read(name), EXPECTED[name]["cut"]
    kept = [passage.text for passage in document.furniture]
    places = [next((i for i, text in enumerate(kept) if text.startswith(start)), None) for start in cut]
    assert None not in places, [start for start, place in zip(cut, places, strict=True) if place is None]
    assert places == sorted(places)
    assert not [text for text in kept if len(text) > 30 and text in document.text]
