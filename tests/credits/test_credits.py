"""What pages say of who wrote, sent and first published them, over a set of pages each in a layout of its own."""

from __future__ import annotations

import html
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from warlog.collect import captures
from warlog.read import read_document
from warlog.records import Document

ROOT = Path(__file__).parents[2]
PAGES = Path(__file__).parent / "pages"


def _bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_credits", ROOT / "bench" / "credits.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_credits"] = module
    spec.loader.exec_module(module)
    return module


BENCH = _bench()
ROWS = {row["page"]: row for row in BENCH.load()}


def read(name: str) -> Document:
    (found,) = captures([PAGES / name])
    assert isinstance(found, tuple)
    return read_document(*found)


@pytest.fixture(scope="module")
def results():
    return {part: BENCH.measure(part) for part in BENCH.PARTS}


def test_every_page_is_expected_and_there_are_enough():
    assert {path.name for path in PAGES.iterdir()} == set(ROWS)
    assert len(ROWS) >= 90
    assert len({row["form"] for row in ROWS.values()}) == len(ROWS)
    assert sum(row["part"] != "dev" for row in ROWS.values()) >= 30


def test_credits_and_text_are_above_their_floors(results):
    assert BENCH.below_floors(results) == []


def test_authors_and_publishers_are_found_better_than_by_the_usual_extractor(results):
    for kind in ("author", "publisher", "canonical_url"):
        for result in results.values():
            ours, theirs = result.kinds[kind], result.baseline[kind]
            if ours.wanted >= 5:
                assert ours.precision >= theirs.precision
                assert ours.recall > theirs.recall


@pytest.mark.parametrize("name", sorted(ROWS))
def test_each_field_of_the_document_stands_in_the_list_of_credits(name):
    document = read(name)
    for kind in ("publisher", "original_publisher", "original_url", "agency", "dateline", "published", "copyright", "author"):
        value = getattr(document, kind)
        if value is None:
            continue
        listed = [credit.value for credit in document.credits if credit.kind == kind]
        assert listed, (kind, value)
        if kind == "author":
            # Several writers are one field and a credit each.
            assert all(BENCH.comparable(kind, part) in BENCH.comparable(kind, value) for part in listed[:1])
        else:
            assert BENCH.comparable(kind, value) in {BENCH.comparable(kind, one) for one in listed}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_each_passage_stands_in_the_page(name):
    source = (PAGES / name).read_text(encoding="utf-8")
    tags = "".join(html.unescape(source).split())
    words = _bare(re.sub(r"<[^>]*>", " ", html.unescape(source)))
    for credit in read(name).credits:
        assert credit.passage
        if credit.where == "text":
            passage = credit.passage if credit.passage.startswith("<") else _bare(credit.passage)
            assert passage in words or "".join(credit.passage.split()) in tags, credit
        elif credit.where in ("meta", "link", "opengraph", "json-ld") and credit.passage[0] in '<"':
            # Of JSON that had to be mended, the value is all that can be found again.
            whole = "".join(html.unescape(credit.passage).split()) in tags
            assert whole or (credit.where == "json-ld" and "".join(credit.value.split()) in tags), credit


def _bare(text: str) -> str:
    return "".join(re.findall(r"\w+", text))


@pytest.mark.parametrize(
    "name",
    [
        "self-source-metas.html",
        "photo-credit-negative.html",
        "sidebar-bylines.html",
        "attribution-negative.html",
        "x-by-prose-negative.html",
        "z-citing-negative.html",
        "h-liveblog.html",
        "h-chart-source.html",
        "b-copyright-agency-negative.html",
    ],
)
def test_what_a_page_says_of_other_texts_is_no_credit(name):
    document = read(name)
    assert document.agency is None
    assert document.original_publisher is None
    assert document.original_url is None
    assert [c for c in document.credits if c.kind in ("agency", "original_publisher", "original_url")] == []
