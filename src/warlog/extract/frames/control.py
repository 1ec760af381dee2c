"""Verbs by which places change hands: taken, lost, fallen, cleared of a side, left, handed over; and fighters giving up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.classes import classes
from warlog.extract.frames.phrases import (
    has,
    is_party,
    is_people,
    is_place,
    modifiers,
    named_place,
    parties,
    strong_place,
)
from warlog.extract.frames.reading import INTO, Clause, Reading
from warlog.extract.wordlists import wordlists

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("frames")
_OUT_OF = frozenset({"from", "out of", "of"})


def take(c: Clause, r: Reading) -> bool:
    """ "X captured Y from Z", "X took control of Y"."""
    if c.light is not None:
        places = c.after({"of", "over", "in", "on", "at", "across", "above"}) + modifiers(c.parsed, c.light)[1]
        if not places:
            return False
    elif _can_be_taken(c):
        places = c.objects
        if c.lemma in _WORDS["weak_taking_verbs"] and (settled := _weakly_taken(c)) is not None:
            return settled
    else:
        return False
    r.actors = [s for s in c.subjects if is_party(c.parsed, s) or s.pos_ == "PRON"]
    if c.subjects and not r.actors and not c.passive:
        return False
    r.places = places
    rid = c.light is None and c.lemma in _WORDS["verbs_of_clearing"]
    r.targets = [p for p in c.parties_after({"from", "of"} if rid else {"from"}) if not named_place(c.parsed, p)]
    for place in places:
        r.targets += _holders(c, place, rid)
    return True


def _can_be_taken(c: Clause) -> bool:
    """Whether the object names a place and, after "enter", one that whoever enters it can hold."""
    if not any(is_place(c.parsed, o) for o in c.objects) or all(is_people(c.parsed, o) for o in c.objects):
        return False
    if c.lemma not in _WORDS["entering_verbs"]:
        return True
    # troops that enter a town take it; convoys, patrols and single fighters only come
    town = any(o.i in c.parsed.names or named_place(c.parsed, o) or grammar.lemma(o) in _WORDS["towns"] for o in c.objects)
    passing = any(
        ("armed" not in (found := classes(c.parsed, s)) and found & {"vehicle", "equipment"})
        or grammar.lemma(s) in _WORDS["units_that_pass"]
        for s in c.subjects
    )
    return town and not passing


def _weakly_taken(c: Clause) -> bool | None:
    """For everyday verbs ("take", "hold", "claim"): False where they tell of no capture, None where they may."""
    strong = [o for o in c.objects if strong_place(c.parsed, o)]
    now = any(a.lower_ in _WORDS["words_for_a_new_state"] for a in grammar.children(c.verb, "advmod"))
    if not strong or (c.lemma in _WORDS["verbs_of_keeping"] and not now):
        return False
    if c.lemma in _WORDS["verbs_of_claiming"] and not any(o.i in c.parsed.names or named_place(c.parsed, o) for o in strong):
        # "gained ground" is gain enough, but names no place; "claimed territory" is talk
        return c.lemma in _WORDS["verbs_of_gaining"]
    return None


def _holders(c: Clause, place: Token, rid: bool) -> list[Token]:
    """Who held a place that is taken: "X's positions from Y", "the town held by Y", and after "cleared" also "of Y"."""
    words = {"from", "of"} if rid and place.i in c.parsed.names else {"from"}
    out = [p for w, _, p in grammar.prepositions(place) if w in words and is_party(c.parsed, p) and not named_place(c.parsed, p)]
    for child in grammar.children(place, "acl"):
        if grammar.lemma(child) in _WORDS["verbs_of_holding"]:
            out += grammar.agents(child)
    return out


def lose(c: Clause, r: Reading) -> bool:
    """ "X lost Y to Z", "X lost control of Y"."""
    places = c.objects or (c.after({"of", "over"}) if c.light is not None else [])
    if not any(is_place(c.parsed, p) for p in places):
        return False
    r.targets, r.places = c.subjects, places
    r.actors = c.parties_after({"to"})
    return True


def fall(c: Clause, r: Reading) -> bool:
    """ "X fell to Y", "X came under the control of Y"."""
    where = grammar.passive_subjects(c.verb) if c.passive else grammar.subjects(c.verb)
    if not any(is_place(c.parsed, s) for s in where):
        return False
    if c.lemma == "be" and c.verb.dep_ in {"relcl", "advcl"}:
        # "the station, which was under their control, ...": told of the station, not of how they came by it
        return False
    if any("weapon" in classes(c.parsed, s) and s.i not in c.parsed.names for s in where):
        return False
    to = c.parties_after({"to", "into", "under", "of"})
    if c.light is not None:
        to += modifiers(c.parsed, c.light)[0]
    if not to and (
        c.entry.tail[:1] == ("to",)
        or (not c.entry.tail and not any(s.i in c.parsed.names or strong_place(c.parsed, s) for s in where))
    ):
        return False
    if c.lemma in _WORDS["verbs_of_slipping_away"] and c.light is not None:
        r.targets, to = modifiers(c.parsed, c.light)[0] or to, []
    r.actors, r.places = to, where
    return True


def expel(c: Clause, r: Reading) -> bool:
    """ "X drove Y out of Z"."""
    left = c.places_after(_OUT_OF)
    left += [p for o in c.objects for w, _, p in grammar.prepositions(o) if w in {"from", "in"} and is_place(c.parsed, p)]
    if not left or not any(has(c.parsed, o, c.entry.object) for o in c.objects):
        return False
    r.actors, r.targets, r.places = c.subjects, c.objects, left
    return True


def leave(c: Clause, r: Reading) -> bool:
    """ "X withdrew from Y", "X abandoned Y", "the town was abandoned". Who leaves both does it and loses the place."""
    if not c.passive:
        moved = c.subjects
    else:
        moved = grammar.passive_subjects(c.verb)
        if moved and all(is_place(c.parsed, m) and not is_people(c.parsed, m) for m in moved):
            r.actors = r.targets = parties(c.parsed, c.subjects)
            r.places = moved
            return c.lemma in _WORDS["verbs_of_abandoning"]
    if not any(has(c.parsed, s, c.entry.subject | {"proper"}) for s in moved):
        return False
    if not c.passive and c.objects and all("civilian" in classes(c.parsed, o) for o in c.objects):
        # "evacuated civilians from X": they leave, and not the side that moves them
        return False
    left = c.places_after(_OUT_OF)
    if not c.passive and c.lemma in _WORDS["verbs_of_leaving_a_place"]:
        left += [o for o in c.objects if is_place(c.parsed, o)]
    if not left:
        # "the troops retreated": from the place told of before
        armed = any(classes(c.parsed, s) & {"armed", "group"} for s in moved)
        if c.lemma not in _WORDS["verbs_of_retreat"] or c.objects or not armed:
            return False
    r.actors = r.targets = parties(c.parsed, moved)
    r.places = left
    return True


def handover(c: Clause, r: Reading) -> bool:
    """ "X handed Y over to Z". The side that gives the place up both does it and loses it."""
    places = [o for o in c.objects if is_place(c.parsed, o)]
    if not places or any(has(c.parsed, o, frozenset({"aid"})) and o.i not in c.parsed.names for o in c.objects):
        return False
    to = c.parties_after({"to"}) + parties(c.parsed, grammar.children(c.verb, "dative"))
    if c.lemma in _WORDS["everyday_verbs_of_giving"] and not to and not _came_back(c, places):
        return False
    r.actors = r.targets = parties(c.parsed, c.subjects)
    r.places = places
    return True


def _came_back(c: Clause, places: list[Token]) -> bool:
    """ "the army returned the named town": given back by a side that can hold it, though nobody is named who takes it."""
    return (
        c.lemma == "return"
        and any(p.i in c.parsed.names for p in places)
        and any(classes(c.parsed, s) & {"armed", "state", "group"} for s in c.subjects)
    )


def give_oneself_up(c: Clause, r: Reading) -> bool:
    """ "Soldiers surrendered to X": those who give themselves up are the ones detained."""
    who = grammar.subjects(c.verb)
    if c.passive or not any(has(c.parsed, s, c.entry.subject) for s in who):
        return False
    if any("place" in classes(c.parsed, o) for o in c.objects):
        return False
    r.targets = who
    r.actors = c.parties_after({"to"})
    r.places = c.places_after(INTO - {"to"})
    return True
