"""The saved page that the project starts from, against the facts that were noted down of it by hand."""

import json
from pathlib import Path

import pytest

from warlog.collect import captures
from warlog.read import read_document

SHARED = Path(__file__).parents[2].parent / "shared"
NAME = "global-research-2020-01-30.txt"
pytestmark = pytest.mark.skipif(not (SHARED / "inputs" / NAME).exists(), reason="the shared inputs are not beside the repository")


@pytest.fixture(scope="module")
def facts():
    return json.loads((SHARED / "gold" / "dev" / "documents.json").read_text(encoding="utf-8"))[NAME]


@pytest.fixture(scope="module")
def document():
    (found,) = captures([SHARED / "inputs" / NAME])
    return read_document(*found)


def test_credits(document, facts):
    assert document.document_id == NAME
    assert document.title == facts["title"]
    assert document.byline == facts["byline"]
    assert document.author == facts["author"]
    assert document.publisher == facts["publisher"]["name"]
    assert document.original_publisher == facts["original_publisher"]["name"]
    assert document.copyright == facts["copyright"]
    assert document.published == facts["published"]
    assert document.language == facts["language"]


def test_labels_and_addresses(document, facts):
    assert document.regions == facts["regions"]
    assert document.themes == facts["themes"]
    assert document.series == facts["in_depth_reports"]
    assert [{"url": media.url, "kind": media.kind} for media in document.media] == facts["media_links"]
    assert document.links == facts["other_links_in_furniture"]
    assert document.emails == facts["emails_in_furniture"]


def test_furniture_is_out_of_the_text_and_listed_in_page_order(document, facts):
    assert len(document.furniture) == len(facts["furniture"])
    for passage, begins in zip(document.furniture, facts["furniture"], strict=True):
        assert passage.text.startswith(begins)
        assert len(passage.text) < 5 or passage.text not in document.text


def test_the_text_is_the_headline_and_the_body(document, facts):
    paragraphs = document.text.split("\n\n")
    assert paragraphs[0] == facts["title"]
    assert paragraphs[1].startswith(facts["body_starts"])
    assert paragraphs[-1].endswith(facts["body_ends"])
    assert "President Recep Tayyip Erdogan claimed that Russia “hasn’t abided" in document.text
