"""What is looked up for a token is what the model's own components give it, and the other products give the same parse."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thinc.api import NumpyOps

from warlog.language.annotate import COMPONENTS, Annotator
from warlog.language.parse import MODEL
from warlog.language.products import use_numpy

SENTENCES = [
    "Rebels captured the town, killing at least 40 soldiers.",
    "There were clashes, and there's a truce that they're going to break.",
    "We're gonna hold it, ain't we; let's go, y'all, c'mon.",
    "  Shells  fell\non\tthe market ,  he 'd said.  ",
    "It was done; it hit him, and what did it do? They have not, having had to.",
    "Das ist kein Satz; это не фраза.",
    "",
    " ",
]


@pytest.fixture(scope="module")
def nlp() -> Any:
    import spacy

    return spacy.load(MODEL, exclude=["ner"])


def told(doc: Any) -> list[tuple[Any, ...]]:
    return [(t.text, t.tag_, t.dep_, t.head.i, t.pos_, str(t.morph), t.lemma_, t.is_sent_start) for t in doc]


@pytest.mark.parametrize("text", SENTENCES)
def test_it_is_what_the_components_give(nlp: Any, text: str) -> None:
    annotate = Annotator(nlp)
    for _ in range(2):  # worked out, then looked up
        with nlp.select_pipes(disable=COMPONENTS):
            doc = annotate(nlp(text))
        assert told(doc) == told(nlp(text))


WORDS = [
    "there",
    "were",
    "is",
    "gon",
    "na",
    "let",
    "'s",
    "'d",
    "had",
    "It",
    "it",
    "do",
    "not",
    "attacks",
    "Left",
    "left",
    ",",
    " ",
    "that",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_so_is_any_row_of_words(nlp: Any, text: str) -> None:
    with nlp.select_pipes(disable=COMPONENTS):
        doc = Annotator(nlp)(nlp(text))
    assert told(doc) == told(nlp(text))


def test_the_other_products_give_the_same_parse(monkeypatch: pytest.MonkeyPatch, nlp: Any) -> None:
    import spacy

    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    other = spacy.load(MODEL, exclude=["ner"])
    use_numpy(other)
    assert type(other.get_pipe("tok2vec").model.ops) is not NumpyOps
    for text in SENTENCES:
        assert told(other(text)) == told(nlp(text))


def test_they_are_left_alone_where_they_would_run_in_many_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    import spacy

    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    other = spacy.load(MODEL, exclude=["ner"])
    use_numpy(other)
    assert {type(layer.ops) for layer in other.get_pipe("tok2vec").model.walk()} == {NumpyOps}
