"""Nouns of agreement and of talks."""

from __future__ import annotations

from warlog.extract import grammar
from warlog.extract.frames.nominal_acts import sides
from warlog.extract.frames.phrases import is_party, named_place, parties
from warlog.extract.frames.reading import Nominal, Reading
from warlog.extract.wordlists import wordlists

_WORDS = wordlists("frames")


def agreement(n: Nominal, r: Reading) -> bool:
    """ "a truce between X and Y". A place before the noun ("the Minsk agreement") names it, and is not where it is made."""
    two, other = sides(n)
    r.actors, r.targets = (two[:1], two[1:]) if two else (n.actors, other)
    r.places = n.where
    return bool(two) or not _only_mentioned(n)


def _only_mentioned(n: Nominal) -> bool:
    """ "by the agreement", "members of the pact": an agreement spoken of, where its breach or its end would count."""
    first = grammar.conjuncts_first(n.noun)
    if first.dep_ != "pobj":
        return False
    prep = first.head
    if prep.lower_ == "of":
        return grammar.lemma(prep.head) not in _WORDS["stages_of_an_agreement"]
    return prep.lower_ in {"by", "in", "on", "about", "over", "against", "within"}


def talks(n: Nominal, r: Reading) -> bool:
    """ "a meeting between X and Y in Z", "X's visit to Z"."""
    two, other = sides(n)
    if two:
        r.actors, r.targets = two[:1], two[1:]
    else:
        r.actors = n.actors + [p for p in n.of if is_party(n.parsed, p) and not named_place(n.parsed, p)]
        r.targets = other
    attended = n.how == "prep" and n.lemma in _WORDS["meeting_nouns"] and n.carrying in _WORDS["verbs_of_taking_part"]
    if attended and n.verb is not None and not r.actors and not r.targets:
        # "X took part in talks"
        r.actors = parties(n.parsed, grammar.subjects(n.verb))[:1]
    r.places = n.where + n.modifying
    return n.entry.need != "context" or bool(r.actors or r.targets or r.places or n.how == "subject")
