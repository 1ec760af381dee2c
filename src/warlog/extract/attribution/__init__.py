"""Who says it: the sources that a sentence names, and how much of the sentence is laid to each.

`verbs` reads verbs of saying with clause or quotation, accusations, "quoted as saying" and verbs whose object is the event
itself ("confirmed the loss of X"); `phrases` reads "according to" and nouns that carry a statement ("reports that"); `tags`
finds sources that the parse lost by where they stand ("..., the ministry said"); `quotation` reads speech that runs over
several sentences. A pronoun is written as the name it stands for (`naming`).
"""

from __future__ import annotations

from warlog.extract import grammar
from warlog.extract.attribution import naming, phrases, quotation, tags, verbs
from warlog.extract.attribution.model import Attribution, Memory, SentenceSources
from warlog.extract.attribution.naming import source_text
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

__all__ = ["Attribution", "Memory", "SentenceSources", "find", "source_text"]

_WORDS = wordlists("attribution")


def find(parsed: Parsed, memory: Memory) -> SentenceSources:
    """The attributions of one sentence; updates the memory of who speaks."""
    out = SentenceSources()
    for token in parsed.doc:
        lemma = grammar.lemma(token)
        predicate = token.dep_ not in {"amod", "compound"}
        if token.pos_ in {"VERB", "AUX"} and predicate and lemma in _WORDS["quote"]:
            verbs.quoted(parsed, token, memory, out)
        elif token.pos_ == "VERB" and lemma in _WORDS["accuse"] and grammar.objects(token):
            verbs.accuse(parsed, token, memory, out)
        elif token.pos_ == "VERB" and predicate and lemma in _WORDS["say"]:
            verbs.say(parsed, token, memory, out)
        elif token.lower_ == "according":
            phrases.according(parsed, token, memory, out)
        elif token.pos_ == "NOUN" and lemma in _WORDS["report_nouns"]:
            phrases.report_noun(parsed, token, memory, out)
    tags.closing(parsed, out)
    tags.opening(parsed, out)
    for a in out.items:
        if a.head is not None:
            naming.remember(parsed, parsed.doc[a.head], a.source, memory)
    if not out.items:
        naming.note_subject(parsed, memory)
    quotation.lay(parsed, memory, out)
    return out
