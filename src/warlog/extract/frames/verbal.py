"""Verbs of agreement and of talks."""

from __future__ import annotations

from warlog.extract import grammar
from warlog.extract.classes import classes
from warlog.extract.frames.phrases import has, is_party, is_place, named_place, parties
from warlog.extract.frames.reading import INTO, Clause, Reading
from warlog.extract.wordlists import wordlists

_WORDS = wordlists("frames")
_DEAL = frozenset({"agreement"})
_WITH = frozenset({"with", "against", "alongside"})


def agreement(c: Clause, r: Reading) -> bool:
    """ "X signed a truce with Y", "X and Y agreed to a ceasefire"."""
    deals = [o for o in c.objects if has(c.parsed, o, _DEAL)]
    if c.entry.need == "object" and not deals:
        return False
    bare = not c.entry.tail and c.entry.need is None and c.lemma in _WORDS["verbs_of_agreeing"]
    if bare and not any(has(c.parsed, p, _DEAL) for _, p in c.preps):
        # "agreed to a truce" is one; "agreed to meet" or "agrees with" tells of a plan or of talk
        return False
    r.actors = parties(c.parsed, c.subjects)
    r.targets = c.parties_after(_WITH)
    for deal in deals:
        for w, _, p in grammar.prepositions(deal):
            if w in {"between", "with"} and is_party(c.parsed, p):
                (r.actors if w == "between" and not r.actors else r.targets).append(p)
    r.places = c.places_after(INTO)
    return True


def talks(c: Clause, r: Reading) -> bool:
    """ "X met Y in Z", "X visited Z", "X held talks with Y"."""
    people = [o for o in c.objects if is_party(c.parsed, o) and not named_place(c.parsed, o)]
    if (c.passive and c.lemma == "meet") or (not c.entry.tail and not _is_meeting(c, bool(people))):
        return False
    r.actors = parties(c.parsed, c.subjects)
    r.targets = people + c.parties_after(_WITH)
    if not r.actors and not r.targets:
        return False
    r.places = c.places_after(INTO)
    if c.lemma in _WORDS["verbs_of_visiting"]:
        r.places += [o for o in c.objects if is_place(c.parsed, o)]
    return True


def _is_meeting(c: Clause, people: bool) -> bool:
    """Whether an everyday verb ("meet", "host", "discuss") tells of a meeting of parties."""
    several = bool(c.after(_WITH)) or len(c.subjects) > 1
    if c.lemma in _WORDS["verbs_of_hosting"]:
        return people
    if c.lemma == "meet":
        # "met the demands" is no meeting
        return people or several or not c.objects
    if c.lemma in _WORDS["verbs_of_discussing"]:
        return several or any(s.tag_ in {"NNS", "NNPS"} or "person" in classes(c.parsed, s) for s in c.subjects)
    if c.lemma in _WORDS["verbs_of_attending"]:
        return any(grammar.lemma(o) in _WORDS["meeting_nouns"] for o in c.objects)
    if c.lemma in _WORDS["verbs_of_visiting"]:
        return any(is_party(c.parsed, s) for s in c.subjects)
    return True
