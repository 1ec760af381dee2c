"""The bundled sample: its reports, its gazetteer, and the hand coding of some of its reports.

Nothing here runs the program: these tests promise that the data itself is whole, so that other tests, the demo
and an evaluation can build on it.
"""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from warlog import vocabulary
from warlog.records import CERTAINTIES, GUIDE_FIELDS, OUTCOMES

SAMPLE = Path(str(files("warlog").joinpath("sample")))
REPORTS = SAMPLE / "reports"
GOLD = Path(__file__).with_name("sample_gold.jsonl")
FIRST, LAST = date(2020, 1, 27), date(2020, 1, 31)
COLUMNS = ["id", "name", "alt_names", "lat", "lon", "kind", "country", "admin1", "admin2", "population"]


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def page_files() -> list[Path]:
    return sorted(p for p in REPORTS.rglob("*") if p.is_file() and p.suffix in {".txt", ".md", ".html"})


def records() -> list[dict[str, Any]]:
    lines = (REPORTS / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def texts() -> dict[str, str]:
    """Document id to its text on one line: tags and Markdown marks removed, furniture kept."""
    found = {record["id"]: one_line(record["text"]) for record in records()}
    for path in page_files():
        raw = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            raw = "\n".join("".join(map(str, element.itertext())) for element in html.fromstring(raw.encode()).iter("h1", "p"))
        elif path.suffix == ".md":
            raw = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", raw).replace("**", "")
        found[path.relative_to(REPORTS).as_posix()] = one_line(raw)
    return found


@cache
def gazetteer() -> list[dict[str, str]]:
    with (SAMPLE / "gazetteer.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def gold() -> list[dict[str, Any]]:
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def test_there_are_24_reports_and_nothing_else_in_the_folder() -> None:
    pages = page_files()
    assert sum(p.suffix == ".html" for p in pages) == 3
    assert len(pages) + len(records()) == 24
    strays = {p.name for p in REPORTS.rglob("*") if p.is_file()} - {p.name for p in pages}
    assert strays == {"reports.jsonl"}


def test_document_ids_are_unique() -> None:
    ids = [p.relative_to(REPORTS).as_posix() for p in page_files()] + [r["id"] for r in records()]
    assert len(ids) == len(set(ids))


def test_records_have_the_known_keys_and_a_day_of_the_advance() -> None:
    for record in records():
        assert {"id", "url", "publisher", "title", "published", "text"} <= record.keys()
        assert FIRST <= date.fromisoformat(record["published"]) <= LAST


def test_every_file_is_dated_within_the_advance_by_its_name() -> None:
    for path in page_files():
        assert FIRST <= date.fromisoformat(path.name[:10]) <= LAST


@pytest.mark.parametrize("path", page_files(), ids=lambda p: p.stem)
def test_reports_are_of_report_length(path: Path) -> None:
    words = len(texts()[path.relative_to(REPORTS).as_posix()].split())
    assert 120 <= words <= 340  # page head and furniture included


def test_records_are_of_report_length() -> None:
    assert all(120 <= len(record["text"].split()) <= 300 for record in records())


def test_every_outlet_is_plainly_invented() -> None:
    """Every address in the sample ends in `.example`; outlets' folders are named after such an outlet."""
    for path in [*page_files(), REPORTS / "reports.jsonl"]:
        raw = path.read_text(encoding="utf-8")
        hosts = set(re.findall(r"https?://([^/\s\"')>\]]+)", raw)) | set(re.findall(r"[\w.]+@([\w.-]+\w)", raw))
        # the vocabulary names that web pages declare are not addresses of outlets
        assert {h for h in hosts if not h.endswith(".example")} <= {"schema.org", "ogp.me"}
    addresses = {re.sub(r"^https://([^/]+)/.*$", r"\1", record["url"]) for record in records()}
    folders = {f"{p.name}.example" for p in REPORTS.iterdir() if p.is_dir()}
    assert addresses <= folders


def test_the_sides_differ_and_the_copies_are_there() -> None:
    found = texts()
    wire = found["northern-dispatch/2020-01-29-m5-town.txt"]
    body = wire[wire.index("BEIRUT, Jan 29") : wire.index("diplomats believe.")]
    assert body in found["aggregator-review/2020-01-30-m5-reprint.md"]
    page = found["northern-dispatch/2020-01-30-ariha-strike.html"]
    *short, _cut_note = next(r["text"] for r in records() if r["id"] == "aggregator-review-0131-ariha").split("\n\n")
    kept = [p for p in short if one_line(p).removeprefix("(Northern Dispatch) - ") in page]
    assert len(kept) == len(short)
    rewrite = found["bosphorus-daily-0129-rewrite"]
    assert not any(one_line(s) in rewrite for s in body.split(". ") if len(s) > 40)


def test_gazetteer_rows_are_complete() -> None:
    rows = gazetteer()
    assert list(rows[0]) == COLUMNS
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"s\d{3}", row["id"])
        assert row["name"]
        assert row["kind"]
        assert re.fullmatch(r"[A-Z]{2}", row["country"])
        assert -90 <= float(row["lat"]) <= 90
        assert -180 <= float(row["lon"]) <= 180
        assert row["population"] == "" or int(row["population"]) > 0
        assert all(name == name.strip() and name for name in row["alt_names"].split(";"))


def test_syrian_places_have_their_arabic_name_and_lie_in_the_northwest_or_on_the_way() -> None:
    for row in gazetteer():
        if row["country"] == "SY":
            assert re.search(r"[؀-ۿ]", row["alt_names"]), row["name"]
            assert 33 <= float(row["lat"]) <= 37
            assert 35.5 <= float(row["lon"]) <= 38.6


def test_no_spelling_is_an_english_word_that_the_reports_use_otherwise() -> None:
    spelt = {name.casefold() for row in gazetteer() for name in [row["name"], *row["alt_names"].split(";")]}
    assert not spelt & {"has", "sham", "said", "man", "of", "as", "and", "the", "march", "on"}


def plain(text: str) -> str:
    """Lower case, one space between words, no articles or marks: how names are compared here."""
    words = re.findall(r"[\w؀-ۿ]+", text.casefold())
    return " " + " ".join(word for word in words if word not in {"al", "ad", "ar", "as", "az", "el"}) + " "


def test_reports_name_every_place_of_the_gazetteer() -> None:
    corpus = plain(" ".join(texts().values()))
    unnamed = [
        row["name"]
        for row in gazetteer()
        if row["kind"] not in {"country", "region"}
        and not any(plain(n) in corpus for n in [row["name"], *row["alt_names"].split(";")])
    ]
    assert unnamed == []


def test_gold_codes_at_least_ten_reports_of_both_kinds() -> None:
    coded = {claim["document_id"] for claim in gold()}
    assert len(coded) >= 10
    assert coded <= texts().keys()
    assert coded & {record["id"] for record in records()}
    assert any(name.endswith(".html") for name in coded)


def test_gold_claims_have_the_fields_and_codes_of_the_guide() -> None:
    types = vocabulary.load("event_types").keys()
    for claim in gold():
        assert tuple(claim) == GUIDE_FIELDS
        assert claim["event_type"] in types
        assert claim["certainty"] in CERTAINTIES
        assert (claim["lat"] is None) == (claim["lon"] is None)
        assert (claim["date_start"] is None) == (claim["date_end"] is None)
        if claim["date_start"]:
            assert date.fromisoformat(claim["date_start"]) <= date.fromisoformat(claim["date_end"])
        for toll in claim["casualties"]:
            assert set(toll) == {"outcome", "who", "low", "high"}
            assert toll["outcome"] in OUTCOMES
            if toll["low"] is not None and toll["high"] is not None:
                assert toll["low"] <= toll["high"]


def test_gold_quotes_stand_in_their_reports() -> None:
    absent = [(c["document_id"], c["quote"]) for c in gold() if one_line(c["quote"]) not in texts()[c["document_id"]]]
    assert absent == []


def test_gold_names_nothing_that_its_report_does_not_say() -> None:
    for claim in gold():
        words = set(re.findall(r"\w+", texts()[claim["document_id"]].casefold()))
        for field in ("actor", "target", "place", "attributed_to"):
            missing = set(re.findall(r"\w+", (claim[field] or "").casefold())) - words
            assert not missing, (claim["quote"], field, missing)


def test_every_point_of_the_gold_is_a_place_of_the_gazetteer() -> None:
    points = {(float(row["lat"]), float(row["lon"])) for row in gazetteer()}
    assert [c["place"] for c in gold() if c["lat"] is not None and (c["lat"], c["lon"]) not in points] == []


def test_every_gold_claim_stands_once() -> None:
    seen = [(c["document_id"], c["quote"], c["event_type"], c["place"], c["actor"], c["target"], c["certainty"]) for c in gold()]
    assert len(seen) == len(set(seen))
