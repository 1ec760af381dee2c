"""Headlines: verbs in the present with no articles are read as verbs, and every offset still leads back to the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warlog.extract import RuleExtractor
from warlog.language import headlines, parse
from warlog.language.names import Name
from warlog.language.sentences import split
from warlog.records import Document


@pytest.mark.parametrize(
    ("text", "event_type", "actor"),
    [
        ("Boko Haram raids military post in Monguno", "armed_clash", "Boko Haram"),
        ("Peace talks resume in Geneva", "talks", None),
        ("Militants ambush convoy, kill 10 soldiers", "armed_clash", "Militants"),
        ("M23 declares unilateral ceasefire", "agreement", "M23"),
    ],
)
def test_a_headline_is_read(extractor: RuleExtractor, text: str, event_type: str, actor: str | None) -> None:
    document = Document(document_id="d", capture_id="c", sha256="0" * 64, text=text, language="en", published="2025-03-01")
    found = [c for c in extractor(document) if c.event_type == event_type]
    assert found
    assert found[0].actor == actor
    assert found[0].quote == text


@pytest.mark.parametrize(("lemma", "past"), [("raid", "raided"), ("seize", "seized"), ("carry", "carried"), ("take", "took")])
def test_the_past_tense_of_a_verb(lemma: str, past: str) -> None:
    assert headlines.past(lemma) == past


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Rebels", "raid", "raids", "post", "in", "Goma", "attack", "talks", "resume", "kill", "10", "seize", "town"]
        ),
        min_size=1,
        max_size=8,
    )
)
def test_each_token_stands_for_what_is_written_there(words: list[str]) -> None:
    text = " ".join(words)
    sentences = split(text)
    at = text.find("Goma")
    names = [Name(at, at + 4, "Goma", "place", (), at + 4, frozenset({"place"}))] if at >= 0 else []
    for p in parse.parse(text, [(s, [n for n in names if s.start <= n.start < s.end]) for s in sentences]):
        last = -1
        for start, end in p.spans:
            assert 0 <= start <= end <= len(text)
            assert start >= last
            last = start
        covered = "".join(text[s:e] for s, e in p.spans).replace(" ", "")
        assert covered == p.sentence.text.replace(" ", "")
