"""What is sent: the codebook once, then the sentences of a part of a document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from warlog import vocabulary
from warlog.language.sentences import Sentence
from warlog.llm.answers import event_types
from warlog.records import Document


def messages(document: Document, part: Sequence[Sentence]) -> list[dict[str, str]]:
    """The messages that ask for the claims of these sentences."""
    words = vocabulary.load("llm")
    numbered = "\n".join(f"{s.number + 1}. {' '.join(s.text.split())}" for s in part)
    asked = words["user"].format(title=document.title or "unknown", published=document.published or "unknown", sentences=numbered)
    return [{"role": "system", "content": system()}, {"role": "user", "content": asked.strip()}]


def system() -> str:
    """The codebook as the model is told it."""
    words = vocabulary.load("llm")
    kinds = "\n".join(f"- {name}: {words['meanings'][name]}" for name in event_types())
    told: str = words["system"].format(types=kinds)
    return told.strip()


def fingerprint() -> str:
    """16 hex digits that change with the wording of the question."""
    words = vocabulary.load("llm")
    return hashlib.sha256((system() + words["user"]).encode()).hexdigest()[:16]


def parts(sentences: Sequence[Sentence], characters: int) -> Iterator[list[Sentence]]:
    """Sentences in runs of at most so many characters, each of at least one sentence."""
    part: list[Sentence] = []
    length = 0
    for sentence in sentences:
        if part and length + len(sentence.text) > characters:
            yield part
            part, length = [], 0
        part.append(sentence)
        length += len(sentence.text)
    if part:
        yield part
