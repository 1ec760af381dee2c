"""Verbs of weapons: fired at something, landing somewhere, going off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.classes import classes
from warlog.extract.frames.phrases import has, is_party, is_place, modifiers, named_place, parties
from warlog.extract.frames.reading import AGAINST, INTO, Clause, Reading
from warlog.extract.wordlists import wordlists

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("frames")


def launch(c: Clause, r: Reading) -> bool:
    """ "X fired rockets at Y"."""
    weapons = [o for o in c.objects if has(c.parsed, o, c.entry.object)]
    if not weapons or all(_for_crowds(o) for o in weapons):
        return False
    r.actors = parties(c.parsed, c.subjects)
    hit = c.after(AGAINST | {"into"})
    hit += [p for o in c.objects for w, _, p in grammar.prepositions(o) if w in AGAINST | {"into"}]
    r.targets = [p for p in hit if not named_place(c.parsed, p)]
    r.places = [p for p in hit if is_place(c.parsed, p)]
    return True


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
    r.actors = [a for s in c.subjects for a in modifiers(c.parsed, s)[0]]
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
    r.places = c.places_after(INTO)
    if c.entry.need == "explosive" and c.lemma == "blow" and not c.objects and not c.subjects:
        return False
    return (
        c.entry.type != "explosion"
        or not c.subjects
        or any(classes(c.parsed, s) & _EXPLODES_OR_SETS_OFF for s in c.subjects)
        or any(classes(c.parsed, o) & _EXPLODES for o in c.objects)
    )
