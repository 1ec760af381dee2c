"""Verbs of weapons: fired at something, landing somewhere, going off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.classes import classes
from warlog.extract.frames.phrases import hands_on, has, is_party, is_place, named_place, parties
from warlog.extract.frames.reading import AGAINST, INTO, Clause, Reading
from warlog.extract.wordlists import wordlists

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("frames")


def launch(c: Clause, r: Reading) -> bool:
    """ "X fired rockets at Y"."""
    weapons = [o for o in c.objects if has(c.parsed, o, c.entry.object) and "aid" not in classes(c.parsed, o)]
    if not weapons:
        return False
    r.actors = parties(c.parsed, c.subjects)
    if all(_for_crowds(o) for o in weapons):
        return _dispersed(c, r)
    hit = c.after(AGAINST | {"into"})
    hit += [p for o in c.objects for w, _, p in grammar.prepositions(o) if w in AGAINST | {"into"}]
    r.targets = [p for p in hit if not named_place(c.parsed, p)]
    r.places = [p for p in hit if is_place(c.parsed, p)]
    return True


def _dispersed(c: Clause, r: Reading) -> bool:
    """ "Police fired tear gas at protesters": told of the protest, where a crowd is told of at all."""
    crowd = [
        t
        for t in c.verb.subtree
        if grammar.lemma(t) in _WORDS["protester_nouns"] | _WORDS["crowd_nouns"] or grammar.lemma(t) in _WORDS["protest_nouns"]
    ]
    r.type = "protest"
    r.actors = [t for t in crowd if grammar.lemma(t) not in _WORDS["protest_nouns"]][:1]
    r.places = c.places_after(INTO)
    return bool(crowd)


def trip(c: Clause, r: Reading) -> bool:
    """ "Their vehicle struck a landmine", "a shepherd stepped on a mine": whoever sets it off is whom it harms."""
    mines = [o for o in [*c.objects, *c.after({"on", "over"})] if has(c.parsed, o, c.entry.object)]
    if not mines or any(has(c.parsed, s, frozenset({"explosive", "aircraft"})) and not _driven(c, s) for s in c.subjects):
        return False
    deliberate = c.lemma in _WORDS["verbs_of_blowing_up"]
    r.actors = parties(c.parsed, c.subjects) if deliberate else [a for m in mines for a in grammar.agents(m)]
    r.targets = [] if deliberate else list(c.subjects)
    r.places = c.places_after(INTO - {"on", "over"})
    return True


def _driven(c: Clause, token: Token) -> bool:
    """Cars and trucks can carry a bomb; before a mine they are what hits it."""
    return "vehicle" in classes(c.parsed, token)


def _for_crowds(weapon: Token) -> bool:
    """Tear gas, rubber bullets, water cannon: what police use on crowds is no shelling."""
    kinds = [c.lower_ for c in grammar.children(weapon, "compound", "amod", "nmod")]
    return weapon.lower_ in _WORDS["crowd_control"] or any(k in _WORDS["crowd_control"] for k in kinds)


def land(c: Clause, r: Reading) -> bool:
    """ "Rockets fell on Y": the subject is the weapon; whose it was may stand before it."""
    if not any(has(c.parsed, s, c.entry.subject) for s in c.subjects):
        return False
    if any("place" in classes(c.parsed, s) for s in c.subjects):
        return False
    hit = c.objects + c.after(INTO | AGAINST)
    hard = frozenset({"building", "civilian", "equipment", "vehicle", "armed"})
    r.places = [p for p in hit if is_place(c.parsed, p)]
    r.targets = [p for p in hit if not named_place(c.parsed, p) and classes(c.parsed, p) & hard]
    r.actors = [a for s in c.subjects for a in hands_on(c.parsed, s)]
    return bool(r.places or r.targets)


#: what can go off or be blown up
_EXPLODES = frozenset({"weapon", "explosive", "vehicle", "building", "equipment"})
_EXPLODES_OR_SETS_OFF = _EXPLODES | {"armed", "aircraft", "group", "state", "aid", "property"}


def happen(c: Clause, r: Reading) -> bool:
    """ "exploded", "protested": the subject is the weapon or who did it."""
    r.actors = [s for s in c.subjects if is_party(c.parsed, s) and "place" not in classes(c.parsed, s)]
    if c.lemma in _WORDS["verbs_of_blowing_up"]:
        r.targets = [
            o
            for o in c.objects
            if not named_place(c.parsed, o) and o.pos_ != "PRON" and not classes(c.parsed, o) & {"explosive", "weapon"}
        ]
    r.actors += [a for s in c.subjects if s not in r.actors for a in hands_on(c.parsed, s)]
    r.places = c.places_after(INTO)
    if c.entry.need == "explosive" and c.lemma == "blow" and not c.objects and not c.subjects:
        return False
    return (
        c.entry.type != "explosion"
        or not c.subjects
        or any(classes(c.parsed, s) & _EXPLODES_OR_SETS_OFF for s in c.subjects)
        or any(classes(c.parsed, o) & _EXPLODES for o in c.objects)
    )
