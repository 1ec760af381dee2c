"""Reading at large: sentences in the manner of many outlets and wars give their event with its roles, those of peace give none.

`told.toml` and `peace.toml` hold the sentences, coded by hand. What is promised is a share of each kind of event and of each
role, and silence; the rows that are not read right yet are shown when a share falls.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from warlog.extract import RuleExtractor
from warlog.records import Casualties, Claim, Document
from warlog.vocabulary import load

HERE = Path(__file__).parent
TOLD: dict[str, list[list[str]]] = tomllib.loads((HERE / "told.toml").read_text(encoding="utf-8"))
PEACE: dict[str, list[str]] = tomllib.loads((HERE / "peace.toml").read_text(encoding="utf-8"))

#: least share of all sentences with the right event type, no other type, actor, target, place and tolls: raise them as
#: reading improves
FLOORS = {"type": 0.92, "only": 0.93, "actor": 0.87, "target": 0.85, "place": 0.85, "tolls": 0.84}
#: least share of the sentences of each event type whose type is found
TYPE_FLOOR = 0.7


def claims_of(extractor: RuleExtractor, text: str) -> list[Claim]:
    document = Document(
        document_id="t", capture_id="c", sha256="0" * 64, text=text, language="en", published="2025-03-01"
    )  # fmt: skip
    return extractor(document)


def words(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").lower())) - {"the", "a", "an"}


def same(wanted: str, found: str | None) -> bool:
    """Whether a role is the one that was coded: the same words, or one wording inside the other."""
    one, two = words(wanted), words(found)
    return wanted == "*" or (one == two if not one or not two else one <= two or two <= one)


def toll(t: Casualties) -> str:
    bounds = f"{'' if t.low is None else t.low}-{'' if t.high is None else t.high}"
    return " ".join(filter(None, [t.outcome, t.who, bounds]))


def judge(kind: str, row: list[str], claims: list[Claim]) -> set[str]:
    """What is right of a sentence: names of FLOORS."""
    _, actor, target, place, tolls, also = row
    mine = [c for c in claims if c.event_type == kind]
    right = {"type"} if mine else set()
    if also == "*" or {c.event_type for c in claims} <= {kind, *also.split()}:
        right.add("only")
    for name, wanted in (("actor", actor), ("target", target), ("place", place)):
        free = name == "target" and (not wanted or kind == "casualty_report")
        if mine and (free or any(same(wanted, getattr(c, name)) for c in mine)):
            right.add(name)
    if mine and (tolls == "*" or sorted(toll(t) for t in mine[0].casualties) == sorted(filter(None, tolls.split("; ")))):
        right.add("tolls")
    return right


@pytest.fixture(scope="module")
def judged(extractor: RuleExtractor) -> list[tuple[str, str, set[str]]]:
    """Every sentence with its event type and what is right of it."""
    return [(kind, row[0], judge(kind, row, claims_of(extractor, row[0]))) for kind, rows in TOLD.items() for row in rows]


def test_every_event_type_has_sentences() -> None:
    assert set(TOLD) == set(load("event_types"))


@pytest.mark.parametrize("figure", sorted(FLOORS))
def test_a_share_of_the_sentences_is_read_right(judged: list[tuple[str, str, set[str]]], figure: str) -> None:
    wrong = [f"{kind}: {text}" for kind, text, right in judged if figure not in right]
    assert len(wrong) <= (1 - FLOORS[figure]) * len(judged), "\n".join(wrong)


def test_no_event_type_is_left_behind(judged: list[tuple[str, str, set[str]]]) -> None:
    asked, found = Counter(kind for kind, _, _ in judged), Counter(kind for kind, _, right in judged if "type" in right)
    poor = {kind: (found[kind], asked[kind]) for kind in asked if found[kind] < TYPE_FLOOR * asked[kind]}
    assert not poor


def test_sentences_of_peace_are_quiet(extractor: RuleExtractor) -> None:
    sentences = [text for rows in PEACE.values() for text in rows]
    told = [text for text in sentences if claims_of(extractor, text)]
    assert len(told) <= 0.03 * len(sentences), "\n".join(told)


@pytest.mark.parametrize(
    "text",
    [
        "A student was beaten outside a club in Ibiza by gunmen of the Islamic State.",
        "The earthquake did not stop the shelling of Aleppo by government artillery.",
        "Rebels shelled the football stadium in Taiz during a match, killing four players.",
    ],
)
def test_words_of_peace_do_not_silence_a_war(extractor: RuleExtractor, text: str) -> None:
    assert claims_of(extractor, text)
