"""Verbs by which one side does something to another or at a place: assaults, strikes, killings, arrests, moves, relief.

The trigger's entry says what must stand beside the verb (`need`); everyday verbs must besides have something of war about
them. Each such condition is a function below; `act` asks them all and then reads the roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.classes import classes
from warlog.extract.frames.phrases import PARTY, has, is_abstract, is_party, is_place, modifiers, named_place, parties
from warlog.extract.frames.reading import AGAINST, INTO, Clause, Reading
from warlog.extract.lexicon import lexicon
from warlog.extract.wordlists import wordlists

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("frames")
_FORCES = frozenset({"armed", "state", "group"})
_MILITARY_GOODS = frozenset({"armed", "equipment", "vehicle", "weapon", "aircraft"})
_BUILT = frozenset({"building", "vehicle", "equipment", "place", "property"})
#: what "the plan targets growth" lacks: someone or something that can be attacked
_ATTACKABLE = PARTY | {"place", "building", "equipment", "vehicle", "weapon", "aircraft", "civilian", "explosive"}
_STRIKABLE = _BUILT | _FORCES | {"civilian", "any_people", "aircraft"}


@dataclass(slots=True, frozen=True)
class _Scene:
    """What an act is directed at, the places among that, and where it takes place."""

    hit: list[Token]
    places: list[Token]
    where: list[Token]


def act(c: Clause, r: Reading) -> bool:
    """An act of subject on object, or at a place."""
    if c.entry.need == "crowd":
        return _crowd(c, r)
    hit = c.objects + c.after(AGAINST)
    scene = _Scene(hit, [o for o in hit if is_place(c.parsed, o)], c.places_after(INTO))
    if not (_object_fits(c) and _need_met(c, scene) and _type_fits(c, scene)):
        return False
    _read_roles(c, r, scene)
    return True


def _crowd(c: Clause, r: Reading) -> bool:
    """Many unarmed people that march or block a road, with a cause or a tail that tells of protest."""
    crowd = [
        s
        for s in c.subjects
        if "civilian" in classes(c.parsed, s)
        and not classes(c.parsed, s) & {"armed", "official"}
        and (s.tag_ in {"NNS", "NNPS"} or (s.tag_ == "NN" and grammar.lemma(s) in _WORDS["crowd_nouns"]))
    ]
    cause = (
        c.entry.tail
        or any(grammar.lemma(k) in _WORDS["verbs_of_protest"] for k in grammar.children(c.verb, "advcl", "xcomp", "conj"))
        or c.after({"against"})
        or any(grammar.lemma(s) in _WORDS["crowd_nouns"] | _WORDS["protester_nouns"] for s in c.subjects)
    )
    if not crowd or not cause:
        return False
    r.actors = crowd
    r.places = c.places_after(INTO) + [o for o in c.objects if named_place(c.parsed, o)]
    r.targets = c.parties_after({"against"})
    return True


def _object_fits(c: Clause) -> bool:
    """Whether the object is of a class that the entry asks for."""
    fired_on = c.lemma in _WORDS["verbs_of_firing"] and c.entry.tail[:1] in {("on",), ("at",)}
    if fired_on and any("weapon" in classes(c.parsed, o) for o in grammar.children(c.verb, "dobj")):
        # "fired two shells on X" is shelling, "fired on X" is not
        return False
    if not c.entry.object or not c.objects or c.entry.type == "casualty":
        return True
    return any(has(c.parsed, o, c.entry.object) for o in c.objects)


def _need_met(c: Clause, s: _Scene) -> bool:
    """Whether what the entry needs stands beside the verb."""
    need = c.entry.need
    if need == "object":
        return bool(c.objects) or c.light is not None
    if need == "subject":
        return bool(c.subjects)
    if need == "place":
        return bool(s.places or s.where)
    if need == "object_unarmed":
        return any(has(c.parsed, o, c.entry.object) and "armed" not in classes(c.parsed, o) for o in s.hit)
    if need == "place_or_subject":
        return _moves_forward(c)
    if need == "object_or_armed_subject":
        return _moves_forces(c, s)
    return True


def _moves_forward(c: Clause) -> bool:
    """ "The army advanced", "troops pushed into X": a force, a goal, or for everyday verbs both."""
    armed = any(classes(c.parsed, s) & _FORCES or s.pos_ == "PRON" for s in c.subjects)
    wanted = frozenset({"place", "armed"})
    goal = any(has(c.parsed, p, wanted) for p in c.after(INTO | {"for", "from", "against"}))
    if c.lemma in _WORDS["verbs_of_advance"]:
        return armed or goal
    return armed and goal and not c.objects


def _moves_forces(c: Clause, s: _Scene) -> bool:
    """ "sent troops", "tanks massed near X"."""
    if not c.objects and not any(classes(c.parsed, t) & {"armed", "vehicle", "equipment"} for t in c.subjects):
        return False
    if c.lemma not in _WORDS["everyday_verbs_of_moving"]:
        return True
    if c.objects:
        return any(classes(c.parsed, o) & {"armed", "equipment", "vehicle"} for o in c.objects)
    return c.lemma in _WORDS["verbs_of_moving_oneself"] and bool(s.places or s.where)


def _type_fits(c: Clause, s: _Scene) -> bool:
    """Whether what stands beside the verb has something of the event type about it."""
    if c.entry.type == "aid":
        return c.entry.need != "object" or any(has(c.parsed, o, c.entry.object) for o in s.hit)
    if c.entry.type == "strike":
        return _is_strike(c, s)
    if c.entry.type == "property_destruction":
        return _is_destruction(c)
    if c.entry.type == "armed_clash" and c.lemma in _WORDS["everyday_verbs_of_fighting"]:
        return _is_fighting(c, s)
    return True


def _is_strike(c: Clause, s: _Scene) -> bool:
    if c.entry.need is None and c.lemma in _WORDS["verbs_of_attack"]:
        if not c.objects and not c.subjects:
            return False
        return not c.objects or any(classes(c.parsed, o) & _ATTACKABLE for o in c.objects)
    if c.entry.need == "weapon_or_violence" and c.lemma in _WORDS["everyday_verbs_of_striking"]:
        return any(classes(c.parsed, o) & _STRIKABLE for o in s.hit + s.where) or any(
            classes(c.parsed, t) & {"weapon", "aircraft"} for t in c.subjects
        )
    return True


def _is_destruction(c: Clause) -> bool:
    struck = c.objects if c.light is None else c.after({"to"})
    if not any(classes(c.parsed, o) & _BUILT for o in struck):
        return c.lemma in _WORDS["verbs_of_wreaking"] and bool(c.subjects)
    if not c.subjects or c.passive or any(is_party(c.parsed, t) for t in c.subjects):
        return True
    return any(classes(c.parsed, t) & {"weapon", "explosive"} for t in c.subjects)


def _is_fighting(c: Clause, s: _Scene) -> bool:
    if c.lemma in _WORDS["verbs_of_achieving"] and not any(classes(c.parsed, t) & _FORCES for t in c.subjects):
        return False
    wanted = _FORCES | {"place", "equipment", "building", "civilian"}
    return c.light is not None or any(classes(c.parsed, t) & wanted for t in [*c.subjects, *s.hit, *s.where])


def _read_roles(c: Clause, r: Reading, s: _Scene) -> None:
    if c.entry.type == "casualty" and c.lemma in _WORDS["verbs_of_dying"]:
        r.targets = c.subjects
        return
    r.actors = _doers(c)
    r.places = s.places + s.where
    if c.entry.type == "deployment":
        r.actors = r.actors or [o for o in c.objects if classes(c.parsed, o) & _MILITARY_GOODS]
    elif c.entry.type == "aid" and c.light is None:
        r.targets = [o for o in c.objects if has(c.parsed, o, c.entry.object)]
    elif c.light is None:
        r.targets = [o for o in s.hit if not named_place(c.parsed, o) and not is_abstract(o)]
        if c.entry.type == "armed_clash":
            r.targets = [t for t in r.targets if _can_be_fought(c, t)] or _whose_attack(c)
    if c.light is not None:
        r.targets = _of_light_verb(c)


def _doers(c: Clause) -> list[Token]:
    """Who does it: the subjects, and where a weapon is the subject those whose it is ("Russian shells hit X")."""
    out = parties(c.parsed, c.subjects)
    if c.entry.type in {"casualty", "strike", "property_destruction"}:
        for weapon in [s for s in c.subjects if s not in out]:
            out += modifiers(c.parsed, weapon)[0]
    return out


def _can_be_fought(c: Clause, token: Token) -> bool:
    """Fighting is against people: an unnamed town or road is where, not whom."""
    found = classes(c.parsed, token)
    return "place" not in found or bool(found & {"building", "equipment", "armed", "body", "state"})


def _whose_attack(c: Clause) -> list[Token]:
    """ "repelled an attack by X", "thwarted the militants' assault": against whose attack."""
    out: list[Token] = []
    for o in c.objects:
        if grammar.lemma(o) in lexicon().nouns:
            by = [p for w, _, p in grammar.prepositions(o) if w in {"by", "of"} and is_party(c.parsed, p)]
            out = modifiers(c.parsed, o)[0] + by
    return out


def _of_light_verb(c: Clause) -> list[Token]:
    """ "set fire to X", "lay siege to X", "launched an offensive against X"."""
    if c.entry.type == "property_destruction":
        return c.after({"to"})
    return [p for p in c.after(AGAINST | {"of"}) if not named_place(c.parsed, p) and p != c.light]
