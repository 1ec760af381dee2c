"""The second gold set (tests/gold): its texts and its hand-coded claims are whole and follow the coding guide's form.

Nothing here runs the program. What is promised is that a score computed against these files means something: quotes
stand in the texts, values are of the right kind, every event type and wording is there often enough, and the two
halves of the split can stand in for one another.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from warlog import vocabulary
from warlog.records import CERTAINTIES, GUIDE_FIELDS, OUTCOMES

FOLDER = Path(__file__).with_name("gold")
DOCUMENT_KEYS = {"id", "publisher", "title", "published", "url", "split", "text"}
CONTROL = {"territory_captured", "territory_transferred"}
NO_CLAIM_DOCUMENTS = 4
#: Types whose target may be a private person, who is to be a role and not a name.
VICTIM_TYPES = {
    "attack_on_civilians", "abduction", "explosion", "suicide_attack", "shelling", "air_strike", "chemical_attack",
    "casualty_report",
}  # fmt: skip
#: Two capitalised words in a row are a person's name unless one of them is a word of peoples, armies or bodies.
NAME = re.compile(r"\b[A-Z][\w'’]+ (?:al-)?[A-Z][\w'’]+")
BODIES = {
    "United", "Nations", "World", "Programme", "Ansar", "Infantry", "Battalion", "Council", "Army", "Forces", "Front", "State",
    "Islamic", "Russian", "Malian", "Houthi", "Rohingya", "Hamas", "Ukrainian", "Syrian", "Turkish",
}  # fmt: skip


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


@cache
def documents() -> dict[str, dict[str, Any]]:
    return {d["id"]: d for d in lines("docs.jsonl")}


@cache
def claims() -> tuple[dict[str, Any], ...]:
    return tuple(lines("claims.jsonl"))


def event_types() -> set[str]:
    found = vocabulary.load("event_types")
    rows = found.get("event_types", found)
    return {r["name"] for r in rows} if isinstance(rows, list) else set(rows)


def tolls() -> list[dict[str, Any]]:
    return [t for c in claims() for t in c["casualties"]]


def of_split(split: str) -> list[dict[str, Any]]:
    return [c for c in claims() if documents()[c["document_id"]]["split"] == split]


def test_documents_are_whole() -> None:
    assert len(documents()) == len(lines("docs.jsonl")) >= 34
    for d in documents().values():
        assert set(d) == DOCUMENT_KEYS
        assert d["publisher"].endswith(".example")
        assert d["url"].startswith(f"https://{d['publisher']}/")
        assert d["split"] in {"dev", "heldout"}
        assert 85 <= len(d["text"].split()) <= 265, d["id"]
        date.fromisoformat(d["published"])
    assert len({d["publisher"] for d in documents().values()}) == len(documents())


def test_claims_have_the_guide_fields_and_kinds() -> None:
    known = event_types()
    for c in claims():
        assert set(c) - {"near"} == set(GUIDE_FIELDS)
        assert c["event_type"] in known
        assert c["certainty"] in CERTAINTIES
        for name in ("actor", "target", "place", "attributed_to"):
            assert c[name] is None or (isinstance(c[name], str) and c[name] == c[name].strip() != "")
        for name in ("actor", "target", "place"):
            assert not re.match(r"(the|an?) ", c[name] or "", re.I), c[name]


def test_quotes_stand_in_their_texts() -> None:
    for c in claims():
        text = documents()[c["document_id"]]["text"]
        assert text.count(c["quote"]) == 1, c["quote"]


def test_no_claim_is_written_twice() -> None:
    keys = Counter(tuple(str(c[f]) for f in GUIDE_FIELDS) for c in claims())
    assert [k for k, n in keys.items() if n > 1] == []


def test_points_and_circles() -> None:
    for c in claims():
        assert (c["lat"] is None) == (c["lon"] is None)
        if c["lat"] is not None:
            assert c["place"]
            assert "near" not in c
            assert -90 <= c["lat"] <= 90
            assert -180 <= c["lon"] <= 180
        if "near" in c:
            assert c["place"]
            lat, lon, km = c["near"]
            assert -90 <= lat <= 90
            assert -180 <= lon <= 180
            assert 0 < km <= 1000
    placed = [c for c in claims() if c["place"]]
    assert sum(c["lat"] is not None or "near" in c for c in placed) >= 0.97 * len(placed)


def test_one_name_in_one_text_is_one_point() -> None:
    points: dict[tuple[str, str], set[str]] = defaultdict(set)
    for c in claims():
        if c["place"]:
            points[c["document_id"], c["place"]].add(str((c["lat"], c["lon"], c.get("near"))))
    assert {k: v for k, v in points.items() if len(v) > 1} == {}


def test_dates_are_days_in_order_and_fit_the_publication() -> None:
    for c in claims():
        start, end = (date.fromisoformat(c[f]) if c[f] else None for f in ("date_start", "date_end"))
        assert start is None or end is None or start <= end
        published = date.fromisoformat(documents()[c["document_id"]]["published"])
        if end and c["certainty"] in {"asserted", "denied", "hedged"} and c["event_type"] not in {"talks", "agreement"}:
            assert end <= published, c["quote"]
        if start and c["certainty"] == "planned":
            assert start >= published, c["quote"]


def test_tolls_have_outcomes_and_ordered_whole_numbers() -> None:
    for t in tolls():
        assert set(t) == {"outcome", "who", "low", "high"}
        assert t["outcome"] in OUTCOMES
        for bound in (t["low"], t["high"]):
            assert bound is None or (type(bound) is int and bound >= 0)
        assert t["low"] is None or t["high"] is None or t["low"] <= t["high"]


def test_a_victim_is_a_role_and_never_a_name() -> None:
    for c in claims():
        if c["event_type"] in VICTIM_TYPES:
            for text in [c["target"], *(t["who"] for t in c["casualties"])]:
                for hit in NAME.findall(text or ""):
                    assert BODIES & set(hit.split()), f"{hit!r} looks like a person's name: {c['quote']}"


def test_texts_without_claims() -> None:
    coded = {c["document_id"] for c in claims()}
    assert coded <= set(documents())
    assert len(set(documents()) - coded) == NO_CLAIM_DOCUMENTS
    for split in ("dev", "heldout"):
        assert sum(d["split"] == split and i not in coded for i, d in documents().items()) == NO_CLAIM_DOCUMENTS // 2


def test_there_is_enough_of_everything() -> None:
    assert len(claims()) >= 300
    kinds = Counter(c["event_type"] for c in claims())
    assert {t: kinds[t] for t in event_types() if kinds[t] < 4} == {}
    assert sum(kinds[t] for t in CONTROL) >= 60
    assert sum(c["event_type"] in CONTROL and c["target"] is not None for c in claims()) >= 30
    sure = Counter(c["certainty"] for c in claims())
    assert sum(n for k, n in sure.items() if k != "asserted") >= 40
    assert {k: sure[k] for k in CERTAINTIES if sure[k] < 5} == {}
    assert sum(c["attributed_to"] is not None for c in claims()) >= 120


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_is_there(outcome: str) -> None:
    assert any(t["outcome"] == outcome for t in tolls())


@pytest.mark.parametrize(
    ("wording", "low", "high"),
    [
        (r"\b[Aa]t least 80\b", 80, None),
        (r"\bmore than 500\b", 501, None),
        (r"\bover 40\b", 41, None),
        (r"\b[Uu]p to \d", None, int),
        (r"\b[Aa]s many as \d", None, int),
        (r"\bbetween 13 and 15\b", 13, 15),
        (r"\b13-15\b", 13, 15),
        (r"\b[Nn]early 40\b", 40, 40),
        (r"\babout 100\b", 100, 100),
        (r"\bsome 20\b", 20, 20),
        (r"\bseveral\b", 3, None),
        (r"\ba number of\b", 3, None),
        (r"\btens were\b", 10, None),
        (r"\bdozens of\b", 12, None),
        (r"\bscores of\b", 40, None),
        (r"\b[Hh]undreds of\b", 100, None),
        (r"\b[Tt]housands of\b", 1000, None),
        (r"\ba child\b", 1, 1),
        (r"\ba soldier\b", 1, 1),
        (r"\bno casualties\b", 0, 0),
        (r"\bincluding 3 children\b", 3, 3),
        (r"\bThirteen\b", 13, 13),
        (r"\bsixty-one\b", 61, 61),
        (r"\bfewer than a hundred\b", None, 99),
        (r"\ba dozen\b", 12, 12),
        (r"\bTens of thousands\b", 10000, None),
    ],
)
def test_every_wording_of_a_figure_is_coded_by_the_table(wording: str, low: Any, high: Any) -> None:
    """Some sentence has the wording and a toll with the bounds that the guide gives it (`int`: any figure)."""

    def fits(bound: int | None, wanted: Any) -> bool:
        return isinstance(bound, int) if wanted is int else bound == wanted

    said = [c for c in claims() if re.search(wording, c["quote"])]
    assert any(fits(t["low"], low) and fits(t["high"], high) for c in said for t in c["casualties"])


def test_the_halves_are_alike() -> None:
    dev, held = of_split("dev"), of_split("heldout")
    assert abs(len(dev) - len(held)) <= 0.15 * len(claims())
    assert sum(d["split"] == "dev" for d in documents().values()) * 2 == len(documents())
    for half in (dev, held):
        assert {c["event_type"] for c in half} == event_types()
        assert {c["certainty"] for c in half} == set(CERTAINTIES)
