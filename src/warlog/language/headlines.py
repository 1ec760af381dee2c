"""Headlines whose verb the model takes for a noun ("Rebels raid post in X", "Talks resume in Y").

Headlines leave out articles and stand in the present, so that the small model finds no verb in them. Where a sentence has
none, each word that can be one is tried in the past tense ("raided"); the first try that gives the sentence a verb with a
subject stands. The words that can be verbs are given by whoever asks; their past forms stand in `vocab/parse.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from warlog import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: tags of verbs that make a sentence
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: longer sentences without a verb are lists, not headlines
_LONGEST = 40
#: no more words than this are tried in one sentence
_TRIES = 4


def verbless(doc: Doc) -> bool:
    """Whether a parse has no verb that makes a sentence; one inside a noun phrase is none."""
    if len(doc) > _LONGEST:
        return False
    return not any(t.tag_ in _FINITE and t.dep_ not in {"nmod", "amod", "compound", "relcl", "acl"} for t in doc)


def past(lemma: str) -> str:
    """The past tense of a verb: from the table of irregular verbs, else by rule ("raid" to "raided", "carry" to "carried")."""
    irregular: dict[str, str] = vocabulary.load("parse")["past"]
    if lemma in irregular:
        return irregular[lemma]
    if lemma.endswith("e"):
        return f"{lemma}d"
    if re.search(r"[^aeiou]y$", lemma):
        return f"{lemma[:-1]}ied"
    return f"{lemma}ed"


@cache
def _forms(verbs: frozenset[str]) -> dict[str, str]:
    """Present forms of verbs with their past tense."""
    out: dict[str, str] = {}
    for verb in sorted(verbs):
        if not verb.isalpha():
            continue
        for form in (verb, f"{verb}s", f"{verb}es", f"{verb[:-1]}ies" if verb.endswith("y") else f"{verb}s"):
            out.setdefault(form, past(verb))
    return out


def tries(doc: Doc, verbs: frozenset[str]) -> Iterator[tuple[Token, str]]:
    """The words of a verbless sentence that can be its verb, each with its past tense, in text order."""
    forms = _forms(verbs)
    left = _TRIES
    for token in doc:
        if token.i == 0 or left == 0 or not token.text.islower() or token.lower_ not in forms:
            continue
        before, after = doc[token.i - 1], doc[token.i + 1] if token.i + 1 < len(doc) else None
        if before.pos_ in {"NOUN", "PROPN", "ADV", "ADJ", "VERB", "PUNCT", "NUM"} and after is not None and after.lower_ != "of":
            left -= 1
            yield token, forms[token.lower_]


def is_better(doc: Doc, start: int) -> bool:
    """Whether a sentence parsed anew has as its verb the word at a character offset, with a subject and something behind it."""
    verb = next((t for t in doc if t.idx == start), None)
    if verb is None or verb.pos_ != "VERB" or verb.tag_ != "VBD" or verb.dep_ != "ROOT":
        return False
    kinds = {c.dep_ for c in verb.children}
    return "nsubj" in kinds and bool(kinds & {"dobj", "prep", "prt", "advmod", "npadvmod", "ccomp"})
