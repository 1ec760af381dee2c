"""Verbs by which one side does something to another or at a place: assaults, strikes, killings, arrests, moves, relief.

The trigger's entry says what must stand beside the verb (`need`); everyday verbs must besides have something of war about
them. Each such condition is a function below; `act` asks them all and then reads the roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.classes import classes
from warlog.extract.frames.phrases import (
    PARTY,
    hands_on,
    has,
    is_abstract,
    is_party,
    is_place,
    modifiers,
    named_place,
    parties,
)
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
    if fired_on and grammar.children(c.verb, "dobj"):
        # "fired two shells on X" is shelling and "fired workers at X" is business; "fired on X" is neither
        return False
    if not c.entry.tail and f"{c.lemma} {_particle(c.verb)}" in _WORDS["verbs_of_another_meaning"]:
        return False
    if not c.entry.object or not c.objects or c.entry.type == "casualty":
        return True
    return any(has(c.parsed, o, c.entry.object) for o in c.objects)


def _particle(verb: Token) -> str:
    """The particle of a verb, "" without one."""
    return next((p.lower_ for p in grammar.children(verb, "prt")), "")


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
    if need == "relief_subject":
        return _relief_works(c)
    if need == "relief_object":
        return _relief_kept_out(c)
    return True


def _gives_relief(c: Clause, token: Token) -> bool:
    """Whether a phrase names those who bring relief: an aid agency, humanitarian partners, the Red Cross."""
    text = f" {c.parsed.text_of(grammar.phrase(token)).lower()} "
    return "aid" in classes(c.parsed, token) or any(f" {body} " in text for body in _WORDS["relief_bodies"])


def _relief_works(c: Clause) -> bool:
    """ "MSF suspended its activities", "aid groups pulled out their staff": relief workers and their own work or wards."""
    if not any(_gives_relief(c, s) for s in c.subjects):
        return False
    words = {grammar.lemma(o) for o in c.objects} | {grammar.lemma(p) for p in c.after({"out", "of"})}
    if c.lemma in _WORDS["verbs_of_helping"]:
        return any(classes(c.parsed, o) & {"civilian", "any_people"} for o in c.objects) or bool(words & _WORDS["relief_matters"])
    return bool(words & _WORDS["relief_matters"])


def _relief_kept_out(c: Clause) -> bool:
    """ "UN agencies were barred from entering", "trucks of aid were allowed in": relief that is let through or not."""
    if not any(_gives_relief(c, o) for o in c.objects):
        return False
    return c.lemma in _WORDS["verbs_of_letting_through"]


def _moves_forward(c: Clause) -> bool:
    """ "The army advanced", "troops pushed into X": a force, a goal, or for everyday verbs both."""
    armed = any(classes(c.parsed, s) & _FORCES or s.pos_ == "PRON" for s in c.subjects)
    wanted = frozenset({"place", "armed"})
    goal = any(has(c.parsed, p, wanted) for p in c.after(INTO | {"for", "from", "against"}))
    if c.lemma in _WORDS["verbs_of_advance"]:
        return armed or goal
    if c.lemma in _WORDS["verbs_of_mere_moving"]:
        # "moved through X" is a deployment, "moved on X" an advance
        goal = any(has(c.parsed, p, wanted) for p in c.after({"on", "against", "towards", "toward", "into", "closer to"}))
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
    if c.entry.type in {"strike", "armed_clash", "air_strike", "shelling"} and _figurative(c):
        return False
    if c.entry.type == "aid":
        return c.entry.need not in {"object"} or any(has(c.parsed, o, c.entry.object) for o in s.hit)
    if c.entry.type == "strike":
        return _is_strike(c, s)
    if c.entry.type == "property_destruction":
        return _is_destruction(c)
    if c.entry.type == "abduction" and not c.entry.object and c.objects:
        return any(classes(c.parsed, o) & (PARTY | {"civilian"}) for o in c.objects)
    if c.entry.type == "armed_clash" and c.lemma in _WORDS["everyday_verbs_of_fighting"]:
        return _is_fighting(c, s)
    return True


def _figurative(c: Clause) -> bool:
    """ "the drug attacks cells", "rain pounded X", "bombarded with questions": neither a party nor a weapon does it."""
    doers = [s for s in c.subjects if s.pos_ == "NOUN"]
    harmful = frozenset({"weapon", "aircraft", "explosive", "vehicle", "equipment", "place"})
    if (
        doers
        and len(doers) == len(c.subjects)
        and not any(is_party(c.parsed, s) or classes(c.parsed, s) & harmful or grammar.lemma(s) in lexicon().nouns for s in doers)
    ):
        return True
    means = [p for w, p in c.preps if w == "with" and p.pos_ == "NOUN"]
    return (
        c.lemma in _WORDS["verbs_of_showering"] and bool(means) and all(grammar.lemma(p) in _WORDS["words_thrown"] for p in means)
    )


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
    return any(classes(c.parsed, t) & {"weapon", "explosive", "vehicle"} for t in c.subjects)


def _is_fighting(c: Clause, s: _Scene) -> bool:
    if c.lemma in _WORDS["verbs_of_achieving"] and not any(classes(c.parsed, t) & _FORCES for t in c.subjects):
        return False
    wanted = _FORCES | {"place", "equipment", "building", "civilian"}
    if any(s.pos_ == "PRON" for s in c.subjects) and any(grammar.lemma(o) in lexicon().nouns for o in c.objects):
        # "said it had repelled an attack"
        return True
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
        r.targets = [o for o in c.objects if not c.entry.object or has(c.parsed, o, c.entry.object)]
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
            out += [t for t in hands_on(c.parsed, weapon) if t not in out]
    if c.entry.type == "strike" and out and all(_is_weapon(c, t) for t in out):
        # "a drone said to belong to X", "shells fired by X": theirs it is
        whose = [t for w in out for t in hands_on(c.parsed, w, before=False)]
        # Aircraft stand for those who fly them; a shell stands for nobody.
        out = whose or [t for t in out if "aircraft" in classes(c.parsed, t)]
    return out


def _is_weapon(c: Clause, token: Token) -> bool:
    return bool(classes(c.parsed, token) & {"weapon", "aircraft"}) and token.i not in c.parsed.names


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
    """ "set fire to X", "lay siege to X", "launched an offensive against X"; "took X hostage"."""
    if c.entry.type in {"abduction", "arrest"}:
        return [o for o in c.objects if not named_place(c.parsed, o) and not is_abstract(o)]
    if c.entry.type == "property_destruction":
        return c.after({"to"})
    return [p for p in c.after(AGAINST | {"of"}) if not named_place(c.parsed, p) and p != c.light]
