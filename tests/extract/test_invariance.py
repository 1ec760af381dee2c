"""What must not change what is read: which side a name stands for, partisan words, the order of documents, running twice."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from warlog.extract import RuleExtractor
from warlog.extract.spotting import actor_classes
from warlog.records import Claim, Document, as_dict

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "gold" / "docs.jsonl"
SHARED = ROOT.parent / "shared" / "gold" / "dev" / "docs.jsonl"
#: as many documents of the larger set as keep these tests quick
MOST = 14


def document(row: dict[str, Any], text: str | None = None, title: str | None = None) -> Document:
    return Document(
        row["id"], "", "", text or row["text"], title=title or row["title"], publisher=row["publisher"],
        published=row["published"], language="en",
    )  # fmt: skip


def rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [r for r in found if r.get("split", "dev") == "dev"][:MOST]


#: one report for each of the words that are swapped, whatever the sets hold
WORD_ROWS = [
    {"id": f"word-{word}", "title": "", "publisher": "Wire", "published": "2024-05-02", "text": text}
    for word, text in {
        "liberated": "The army liberated Palmyra from the militants on Monday. Residents were glad.",
        "seized": "Rebels seized Goma on Tuesday, a police officer said.",
        "captured": "Government troops captured the towns of Manbij and Jarabulus, according to the state news agency.",
    }.items()
]
OWN_ROWS, SHARED_ROWS = [*rows(OWN), *WORD_ROWS], rows(SHARED)
EACH = pytest.mark.parametrize("row", [*OWN_ROWS, *SHARED_ROWS], ids=lambda row: row["id"])


@pytest.fixture(scope="module")
def read(extractor: RuleExtractor) -> dict[str, list[Claim]]:
    """The claims of every document, read once in the order of the files."""
    return {r["id"]: extractor(document(r)) for r in [*OWN_ROWS, *SHARED_ROWS]}


def test_there_are_documents(read: dict[str, list[Claim]]) -> None:
    assert sum(len(claims) for claims in read.values()) > 50
    if not SHARED_ROWS:
        pytest.skip("the documents of ../shared are not here; those of tests/gold alone were read")


@EACH
def test_every_claim_stands_where_it_says(read: dict[str, list[Claim]], row: dict[str, Any]) -> None:
    for c in read[row["id"]]:
        assert row["text"][c.start : c.end] == c.quote
        for t in c.casualties:
            assert t.low is None or t.high is None or t.low <= t.high
        assert c.date_start is None or c.date_end is None or c.date_start <= c.date_end


def test_reading_is_the_same_again_and_in_any_order(extractor: RuleExtractor, read: dict[str, list[Claim]]) -> None:
    for row in reversed(OWN_ROWS):
        assert [as_dict(c) for c in extractor(document(row))] == [as_dict(c) for c in read[row["id"]]]


def test_claims_of_a_document_have_ids_of_their_own(read: dict[str, list[Claim]]) -> None:
    ids = Counter(c.claim_id for claims in read.values() for c in claims)
    assert [i for i, n in ids.items() if n > 1] == []


@pytest.mark.parametrize("language", ["fr", "ar", "ru", "es"])
def test_another_language_gives_no_claims(extractor: RuleExtractor, language: str) -> None:
    made = document(OWN_ROWS[0])
    made.language = language
    assert extractor(made) == []


def swap(text: str | None, a: str, b: str) -> str | None:
    """A text with two names changed for one another."""
    pattern = rf"(?<![\w-])(?:{re.escape(a)}|{re.escape(b)})(?![\w-])"
    return re.sub(pattern, lambda m: b if m.group() == a else a, text) if text else text


def sides(extractor: RuleExtractor, text: str) -> Iterator[tuple[str, str]]:
    """Pairs of names in a text of sides that are of one kind, each name no part of another."""
    kinds: dict[str, frozenset[str]] = {}
    for hit in extractor.actors.spot(text):
        if not any(w[:1].islower() for w in hit.text.split()) and " " not in hit.text:
            kinds[hit.text] = actor_classes(hit.kinds)
    places = {h.text for h in extractor.gazetteer.spot(text)}
    names = [n for n in kinds if n not in places and not any(n != o and n in o for o in kinds)]
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            if kinds[a] == kinds[b] and "armed" in kinds[a]:
                yield a, b


def told(claim: Claim) -> tuple[Any, ...]:
    """What a claim tells, without what the places and actors rooms make of its names."""
    tolls = tuple((t.outcome, t.who, t.low, t.high) for t in claim.casualties)
    return (
        claim.event_type, claim.actor, claim.target, claim.place, claim.date_start, claim.date_end, claim.attributed_to,
        claim.certainty, tolls,
    )  # fmt: skip


def test_sides_that_change_names_change_nothing_else(extractor: RuleExtractor, read: dict[str, list[Claim]]) -> None:
    tried = 0
    for row in [*OWN_ROWS, *SHARED_ROWS]:
        pair = next(sides(extractor, row["text"]), None)
        if pair is None:
            continue
        tried += 1
        text, title = swap(row["text"], *pair), swap(row["title"], *pair)
        swapped = [told(c) for c in extractor(document(row, text, title))]
        expected = [
            (
                *(swap(f, *pair) if isinstance(f, str) else f for f in told(c)[:-1]),
                tuple((outcome, swap(who, *pair), low, high) for outcome, who, low, high in told(c)[-1]),
            )
            for c in read[row["id"]]
        ]
        assert swapped == expected, (row["id"], pair)
    assert tried >= 3


def captures(claims: list[Claim]) -> list[tuple[Any, ...]]:
    return [told(c) for c in claims if c.event_type == "territory_captured"]


@pytest.mark.parametrize("word", ["liberated", "seized", "captured"])
def test_partisan_words_are_read_through(extractor: RuleExtractor, read: dict[str, list[Claim]], word: str) -> None:
    """Whoever says "liberated" for "captured" tells of the same event; the word is kept in `loaded_terms` and `rule`."""
    tried = 0
    for row in [*OWN_ROWS, *SHARED_ROWS]:
        claims = read[row["id"]]
        text = row["text"]
        for c in claims:
            verb = c.rule.rsplit(":", 1)[1]
            if c.event_type == "territory_captured" and verb in {"captured", "liberated", "seized"} - {word}:
                others = [o for o in claims if o.quote == c.quote and o.event_type != c.event_type]
                if c.quote.lower().count(verb) == 1 and not others:
                    text = text.replace(c.quote, re.sub(rf"\b{verb}\b", word, c.quote))
        if text == row["text"]:
            continue
        tried += 1
        # other words of the sentence may be parsed anew beside another verb: the captures themselves must stand
        assert captures(extractor(document(row, text))) == captures(claims), row["id"]
    assert tried >= 2
