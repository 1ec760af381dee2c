"""Verbs of people who move or are moved."""

from __future__ import annotations

from warlog.extract import grammar
from warlog.extract.classes import classes
from warlog.extract.frames.phrases import has, is_place, named_place, parties
from warlog.extract.frames.reading import INTO, Clause, Reading
from warlog.extract.wordlists import wordlists

_WORDS = wordlists("frames")


def suffer(c: Clause, r: Reading) -> bool:
    """ "X evacuated Y from Z". Where people are moved from tells more than where they are taken to."""
    if not c.objects or (c.entry.object and not any(has(c.parsed, o, c.entry.object) for o in c.objects)):
        return False
    r.actors = parties(c.parsed, c.subjects)
    r.targets = [o for o in c.objects if not named_place(c.parsed, o)]
    home = [p for t in r.targets for w, _, p in grammar.prepositions(t) if w in {"of", "from", "in"} and is_place(c.parsed, p)]
    emptied = [o for o in c.objects if named_place(c.parsed, o)]
    r.places = emptied or home or c.places_after({"from"}) or c.places_after(INTO)
    return True


def move(c: Clause, r: Reading) -> bool:
    """ "Families fled Y for Z". Everyday verbs of motion count only for civilians who go from or to a place."""
    who = grammar.subjects(c.verb)
    if not any(has(c.parsed, s, c.entry.subject) for s in who) or any("armed" in classes(c.parsed, s) for s in who):
        return False
    where = c.places_after(INTO | {"from"}) + [o for o in c.objects if is_place(c.parsed, o)]
    # "residents of X left": from there
    where = where or [
        p for s in who for w, _, p in grammar.prepositions(s) if w in {"of", "from", "in"} and is_place(c.parsed, p)
    ]
    if c.lemma in _WORDS["everyday_verbs_of_motion"]:
        civilian = any("civilian" in classes(c.parsed, s) for s in who)
        if not civilian or (not where and c.lemma not in _WORDS["verbs_of_streaming"]):
            return False
    r.targets, r.places = who, where
    return True
