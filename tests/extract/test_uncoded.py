"""What was not understood is shown: sentences with a trigger and no claim, and nothing else."""

from __future__ import annotations

from warlog.extract import RuleExtractor
from warlog.records import Document

TEXT = (
    "Rebels captured Goma on Monday. The bomb was never found. The weather was fine. "
    "Nobody knows when the shelling by the rebels will end."
)


def document(text: str, language: str | None = "en") -> Document:
    return Document(document_id="d", capture_id="c", sha256="0" * 64, text=text, language=language, published="2025-03-01")


def test_a_sentence_with_a_trigger_and_no_claim_is_listed_with_its_trigger(extractor: RuleExtractor) -> None:
    page = document("Rebels captured Goma. The general's clash of opinions with himself was a long battle of words.")
    found = extractor.uncoded(page)
    assert [s.quote for s in found] == ["The general's clash of opinions with himself was a long battle of words."]
    assert set(found[0].triggers) >= {"clash"}


def test_offsets_lead_back_to_the_text_and_no_claim_stands_there(extractor: RuleExtractor) -> None:
    page = document(TEXT)
    coded = {c.start for c in extractor(page)}
    for s in extractor.uncoded(page):
        assert page.text[s.start : s.end] == s.quote
        assert s.start not in coded
        assert s.triggers


def test_sentences_with_a_claim_and_those_without_a_trigger_are_not_listed(extractor: RuleExtractor) -> None:
    quotes = {s.quote for s in extractor.uncoded(document(TEXT))}
    assert "Rebels captured Goma on Monday." not in quotes
    assert "The weather was fine." not in quotes


def test_a_language_that_is_not_read_and_an_empty_text_give_nothing(extractor: RuleExtractor) -> None:
    assert extractor.uncoded(document(TEXT, language="fr")) == []
    assert extractor.uncoded(document("  \n ")) == []
