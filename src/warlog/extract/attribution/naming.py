"""How a source is written, what a pronoun stands for, and who is kept in mind for the sentences that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.attribution.model import Memory
from warlog.extract.classes import classes
from warlog.extract.lexicon import lexicon
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("attribution")
_THINGS = frozenset({"aircraft", "weapon", "vehicle", "explosive", "equipment"})
_SPEAKS = frozenset({"body", "official", "source", "state"})
_BODIES = frozenset({"body", "group", "state", "armed"})


def source_text(parsed: Parsed, head: Token) -> str:
    """A source as a coder writes it: its phrase with the article left off, what it is of, and the name right behind it."""
    tokens = grammar.phrase(head)
    if head.pos_ != "PROPN":
        for a in grammar.children(head, "appos"):
            if a.pos_ == "PROPN" and a.i > head.i and a.i - max(t.i for t in tokens) <= 1:
                tokens = tokens + grammar.phrase(a, keep_of=False)
    return parsed.text_of(tokens).strip(' ,;:"“”')


def pronoun(word: str, memory: Memory) -> str | None:
    """Whom a pronoun in lower case stands for: a person, a body, or whoever spoke last."""
    if word in {"he", "she", "i"}:
        return memory.person or memory.speaker
    if word == "it":
        return memory.body
    return memory.speaker if word in {"they", "we"} else None


def named(parsed: Parsed, head: Token, memory: Memory) -> str | None:
    """The source's wording, pronouns replaced by whom they stand for; None where it is no source."""
    if head.pos_ == "PRON" or head.lower_ in {"he", "she", "they", "it", "i", "we"}:
        return pronoun(head.lower_, memory)
    if grammar.lemma(head) in _WORDS["no_source"] and head.i not in parsed.names:
        return None
    found = classes(parsed, head)
    if _is_event(parsed, head) and not found & _SPEAKS:
        return None
    if head.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "X"} or (found & _THINGS and not found & _SPEAKS):
        return None
    return source_text(parsed, head) or None


def _is_event(parsed: Parsed, head: Token) -> bool:
    """ "the siege continued", "the offensive suggests": what happens says nothing."""
    lemma = grammar.lemma(head)
    bodily = wordlists("frames")["trigger_nouns_with_a_body"]
    return head.pos_ == "NOUN" and head.i not in parsed.names and lemma in lexicon().nouns and lemma not in bodily


def remember(parsed: Parsed, head: Token, text: str, memory: Memory) -> None:
    """Keep a source in mind for the pronouns and quotations that follow."""
    memory.speaker = text
    if head.pos_ == "PRON":
        return
    found = classes(parsed, head)
    if found & _BODIES:
        memory.body = text
    if found & {"official", "person", "civilian"} or ("source" in found and "body" not in found) or not found & _BODIES:
        memory.person = text


def note_subject(parsed: Parsed, memory: Memory) -> None:
    """A person introduced with an office as the subject of a sentence is whom "he" or "she" stands for after it."""
    root = next((t for t in parsed.doc if t.dep_ == "ROOT"), None)
    for subject in grammar.children(root, "nsubj") if root is not None else ():
        office = any("official" in classes(parsed, t) for t in grammar.phrase(subject))
        if office and subject.pos_ == "PROPN" and subject.i not in parsed.names:
            memory.person = memory.speaker = source_text(parsed, subject)
