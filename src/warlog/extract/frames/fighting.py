"""Verbs by which two sides fight: "X clashed with Y in Z", "X and Y exchanged fire"."""

from __future__ import annotations

from warlog.extract import grammar
from warlog.extract.classes import classes
from warlog.extract.frames.phrases import is_party, is_place, named_place
from warlog.extract.frames.reading import INTO, Clause, Reading
from warlog.extract.wordlists import wordlists

_WORDS = wordlists("frames")


def meet(c: Clause, r: Reading) -> bool:
    """Two sides in a fight: subject against object, subject with another, or two subjects with one another."""
    foes = [o for o in c.objects if is_party(c.parsed, o) or "equipment" in classes(c.parsed, o)]
    opposed = c.parties_after({"with", "against", "alongside"})
    if not foes and _figurative(c):
        return False
    r.actors = [s for s in c.subjects if is_party(c.parsed, s) and not named_place(c.parsed, s)]
    r.targets = foes + opposed
    mutual = c.lemma in _WORDS["verbs_of_mutual_fighting"] and not c.after({"with", "against", "alongside"})
    if len(r.actors) >= 2 and (not r.targets or (mutual and not foes)):
        r.actors, r.targets = r.actors[:1], r.actors[1:]
    r.places = c.places_after(INTO | {"for", "over"})
    if c.lemma not in _WORDS["verbs_of_fighting_for_anything"] or r.targets:
        return True
    # one can fight for anything: an armed side must do it, or a place be fought for
    armed = any(classes(c.parsed, a) & {"armed", "group", "state", "proper"} for a in r.actors)
    return armed or (bool(r.places) and not c.subjects)


def _figurative(c: Clause) -> bool:
    """ "fought corruption", "engaged in talks": nobody is fought."""
    if c.lemma in _WORDS["verbs_of_fighting_someone"] and c.objects and not any(is_place(c.parsed, o) for o in c.objects):
        return True
    return c.lemma in _WORDS["verbs_of_engaging"] and not any(grammar.lemma(p) in _WORDS["fight_nouns"] for p in c.after({"in"}))
