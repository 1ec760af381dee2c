"""Sources that stand in a phrase: "according to X", "reports that ...", "X's claim that ...", "footage shows ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.attribution.model import Attribution, Memory, SentenceSources
from warlog.extract.attribution.naming import named, source_text
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("attribution")
#: a clause of fewer words besides the source says nothing by itself: the whole sentence is laid to the source
_LEAST_CLAUSE = 4


def according(parsed: Parsed, token: Token, memory: Memory, out: SentenceSources) -> None:
    """ "according to X": all of the clause it stands in is laid to X."""
    heads = _heads(token)
    text = named(parsed, heads[0], memory) if heads and heads[0].pos_ in {"NOUN", "PROPN", "PRON", "ADJ"} else None
    if not text:
        return
    if len(heads) > 1:
        text = parsed.text_of([*grammar.phrase(heads[0]), *grammar.phrase(heads[-1])])
    own = {t.i for h in heads for t in grammar.phrase(h)} | {token.i}
    # the model tags "according" as a verb: the clause is the one it hangs in
    root = grammar.clause_root(token.head)
    scope = grammar.subtree(root)
    if len(scope) - len(own) < _LEAST_CLAUSE or root.dep_ == "ROOT":
        scope = {t.i for t in token.doc}
    out.items.append(Attribution(text, frozenset(scope - own), "according to", "according", token.i, heads[0].i, frozenset(own)))


def _heads(according: Token) -> list[Token]:
    """Heads of the source, read from the words behind "according to" where the parse lost them."""
    heads = [p for _, _, p in grammar.prepositions(according)]
    if heads or according.i + 2 >= len(according.doc) or according.doc[according.i + 1].lower_ != "to":
        return heads
    head = according.doc[according.i + 2]
    while head.dep_ in {"det", "amod", "compound", "poss", "nmod"} and head.head.i > head.i:
        head = head.head
    return [head]


def report_noun(parsed: Parsed, noun: Token, memory: Memory, out: SentenceSources) -> None:
    """ "reports appeared that ...", "footage shows ...", "X's claim that ..."."""
    verb = noun.head
    if noun.dep_ in {"nsubj", "nsubjpass"} and verb.pos_ in {"VERB", "AUX"} and grammar.lemma(verb) in _WORDS["report_verbs"]:
        told = grammar.children(verb, "ccomp", "acl", "relcl", "dobj", "advcl")
        told += grammar.children(noun, "ccomp", "acl", "relcl", "dobj", "advcl")
        if told and not any(a.verb == verb.i for a in out.items):
            out.lay(noun, source_text(parsed, noun), {i for c in told for i in grammar.subtree(c)}, verb, "report")
        return
    clauses = [c for c in grammar.children(noun, "acl", "ccomp") if any(k.lower_ == "that" for k in c.children)]
    if clauses:
        said = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "via", "through", "by"} else None
        if said is not None and grammar.lemma(said) in _WORDS["say"]:
            # "the agency said in a report that ...": laid to who said it, not to the paper
            speaker = next(iter(grammar.subjects(said)), None)
            if speaker is not None and (text := named(parsed, speaker, memory)):
                out.items[:] = [a for a in out.items if a.verb != said.i]
                out.lay(speaker, text, grammar.subtree(said) - grammar.subtree(speaker) - {said.i}, said, "say")
                return
        head = next(iter(grammar.children(noun, "poss")), noun)
        out.lay(head, source_text(parsed, head), {i for c in clauses for i in grammar.subtree(c)}, noun, "report")
