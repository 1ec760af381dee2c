"""Attacks that no trigger word took up, told of by their weapon: chemical agents used, a suicide bomber at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import frames, grammar
from warlog.extract.classes import classes
from warlog.extract.frames import INTO, Reading
from warlog.extract.lexicon import Entry
from warlog.extract.readings.arms import Arms
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("readings")


def _heads(parsed: Parsed, arms: Arms, kind: str) -> list[Token]:
    """Heads of the phrases that the weapon words of a kind stand in."""
    out = []
    for weapon, at in arms.found:
        if weapon.kind == kind:
            head = parsed.doc[at[-1]]
            while head.dep_ in {"compound", "amod", "nmod"} and head.head.i > head.i:
                head = head.head
            out.append(head)
    return out


def chemical(parsed: Parsed, arms: Arms, readings: list[Reading]) -> list[Reading]:
    """A reading for chemical agents that are told of as used, where no trigger took them up."""
    if any(r.type == "chemical_attack" for r in readings):
        return []
    for head in _heads(parsed, arms, "chemical"):
        peaceful = classes(parsed, head) & {"official", "body", "armed"} or grammar.lemma(head) in _WORDS["chemical_matters"]
        used = any(grammar.lemma(a) in _WORDS["words_for_chemicals_used"] for a in [head, *head.ancestors])
        if not peaceful and used:
            return [_chemical(parsed, head)]
    return []


def _chemical(parsed: Parsed, head: Token) -> Reading:
    r = Reading("chemical_attack", head, Entry("chemical_attack", "happen"))
    if grammar.lemma(head) in _WORDS["chemical_attack_nouns"]:
        r.actors, r.places = frames.modifiers(parsed, head)
        for w, _, p in grammar.prepositions(head):
            if w == "by" and frames.is_party(parsed, p):
                r.actors.append(p)
            elif w in {"in", "on", "at", "near", "against"} and "place" in classes(parsed, p):
                r.places.append(p)
    verb = grammar.clause_root(head)
    if not r.actors and grammar.lemma(verb) in _WORDS["verbs_of_chemical_attack"]:
        doers = grammar.agents(verb) if grammar.is_passive(verb) else grammar.subjects(verb)
        r.actors = [s for s in doers if frames.is_party(parsed, s)]
    r.places += [p for w, _, p in grammar.prepositions(verb) if w in INTO and "place" in classes(parsed, p)]
    return r


def suicide(parsed: Parsed, arms: Arms, readings: list[Reading]) -> list[Reading]:
    """A reading for a suicide bomber whose act no trigger took up ("rammed a truck into the camp")."""
    if any(r.type == "suicide_attack" for r in readings):
        return []
    for head in _heads(parsed, arms, "suicide"):
        by_means = head.dep_ == "pobj" and head.head.lower_ in {"by", "with", "in"}
        if head.pos_ in {"NOUN", "PROPN"} and (by_means or head.dep_ in {"nsubj", "nsubjpass", "dobj"}):
            return [_suicide(parsed, head)]
    return []


def _suicide(parsed: Parsed, head: Token) -> Reading:
    verb = grammar.clause_root(head)
    r = Reading("suicide_attack", verb if verb.pos_ == "VERB" else head, Entry("suicide_attack", "happen"))
    if "armed" in classes(parsed, head) or grammar.lemma(head) in _WORDS["suicide_attackers"]:
        r.actors = [head]
    hit = [p for w, _, p in grammar.prepositions(verb) if w in INTO]
    hard = frozenset({"building", "vehicle", "equipment", "armed", "civilian"})
    r.places = [p for p in hit if "place" in classes(parsed, p)]
    r.targets = [p for p in hit if not frames.named_place(parsed, p) and classes(parsed, p) & hard]
    return r
