"""Nouns of fighting, attacks, killings, protest and people moved: "clashes between X and Y", "X's shelling of Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.classes import classes, tables
from warlog.extract.frames.phrases import has, is_abstract, is_party, is_place, named_place, parties
from warlog.extract.frames.reading import Nominal, Reading
from warlog.extract.wordlists import wordlists

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("frames")


def sides(n: Nominal) -> tuple[list[Token], list[Token]]:
    """(those named after "between", those named after "with" or "against")."""
    other = [p for p in parties(n.parsed, n.opposed) if not named_place(n.parsed, p)]
    return parties(n.parsed, n.between), other


def fight(n: Nominal, r: Reading) -> bool:
    """ "clashes between X and Y in Z", "the battle of Z"."""
    two, other = sides(n)
    fighting = parties(n.parsed, n.of)
    if two:
        r.actors, r.targets = two[:1], two[1:] or other
    else:
        r.actors, r.targets = [a for a in n.actors if not named_place(n.parsed, a)] + fighting, other
    if not r.targets and len(r.actors) > 1 and n.carrying in _WORDS["verbs_of_mutual_fighting"] | {"exchange", "trade"}:
        # "the army and the rebels fought a battle"
        r.actors, r.targets = r.actors[:1], r.actors[1:]
    fought_for = [p for p in n.places_after({"of"}) if p not in fighting]
    r.places = fought_for + n.modifying + n.where + n.towards
    if n.lemma not in _WORDS["nouns_of_fighting_at_large"]:
        return True
    return bool(r.actors or r.targets or r.places or n.how in {"subject", "object", "prep"})


def suffer(n: Nominal, r: Reading) -> bool:
    """ "the evacuation of X from Y"."""
    r.targets = [p for p in n.of if not named_place(n.parsed, p)]
    r.targets += [t for t in n.parties if "armed" not in classes(n.parsed, t)]
    emptied = [p for p in n.of if named_place(n.parsed, p)]
    r.places = emptied + n.where + n.places_after({"from", "to"}) + n.modifying
    r.actors = n.parties_after({"by"})
    if n.verb is not None and n.how == "object" and n.carrying in _WORDS["verbs_of_causing"]:
        r.actors += parties(n.parsed, grammar.subjects(n.verb))
    return bool(r.targets or r.places) or n.lemma in _WORDS["nouns_of_flight"]


def happen(n: Nominal, r: Reading) -> bool:
    """ "an explosion in X", "a protest against Y in X"."""
    r.actors = n.actors
    r.targets = [p for p in n.hit if not named_place(n.parsed, p) and not is_abstract(p)]
    if n.entry.type == "protest":
        r.targets = n.parties_after({"against"})
        if n.lemma in _WORDS["protester_nouns"]:
            # people who protest tell of a protest only where they do something
            if n.how != "subject":
                return False
            r.actors = [n.noun]
    r.places = n.where + n.modifying + [p for p in n.hit + n.of if is_place(n.parsed, p)]
    return bool(r.actors or r.places) or not _topic(n)


def act(n: Nominal, r: Reading) -> bool:
    """ "X's attack on Y", "the killing of Y by X"."""
    need = n.entry.need
    if need == "aid_goods":
        return _relief(n, r)
    if need == "military" and not _military(n):
        return False
    if n.lemma in _WORDS["nouns_of_people_taken_or_sent"] and not _taken_or_sent(n):
        return False
    if need == "object" and not (n.of or n.hit or n.actors):
        return False
    if _topic(n) and not (n.actors or n.where or n.modifying or n.hit or n.of):
        return False
    undergoing = [p for p in n.of if not is_party(n.parsed, p) or n.lemma in _WORDS["nouns_of_what_is_done_to_someone"]]
    struck = undergoing + n.hit
    choosy = n.entry.object and n.entry.type != "casualty" and struck
    if choosy and not any(has(n.parsed, o, n.entry.object) for o in struck):
        return False
    everything = struck + n.opposed
    r.actors = n.actors + [p for p in n.of if p not in undergoing]
    r.targets = [
        p for p in everything if not named_place(n.parsed, p) and not is_abstract(p) and "weapon" not in classes(n.parsed, p)
    ]
    r.places = [p for p in everything if is_place(n.parsed, p)] + n.where + n.modifying + n.towards
    return True


def _taken_or_sent(n: Nominal) -> bool:
    """ "held hostages", "sent reinforcements", "reinforcements arrived": and not "relatives of the hostages"."""
    if n.how == "subject":
        return n.lemma not in {"hostage", "sniper", "patrol"}
    return (n.how in {"object", "passive"} and n.carrying in _WORDS["verbs_of_taking_or_sending"]) or (
        n.lemma == "sniper" and bool(n.hit)
    )


def _relief(n: Nominal, r: Reading) -> bool:
    """ "the delivery of food to X", "aid deliveries": only where what is delivered is relief."""
    goods = [p for p in n.of if has(n.parsed, p, n.entry.object)]
    relief = any(grammar.lemma(c) in tables()["aid"] for c in grammar.children(n.noun, "compound", "amod"))
    r.actors, r.targets = n.actors, goods
    r.places = n.where + n.places_after({"to", "into"})
    return bool(goods) or relief


def _topic(n: Nominal) -> bool:
    """Whether a noun trigger is only spoken of: "discussed the attack", "the attack was a form of support"."""
    if n.verb is None:
        return False
    if n.how in {"subject", "passive"}:
        return n.carrying not in tables()["support_verbs"] | tables()["effect_verbs"]
    return n.how == "object" and n.carrying in tables()["topic_verbs"]


def _military(n: Nominal) -> bool:
    """Whether an "operation", "campaign" or "raid" is one of war: by what qualifies it, whom it is against, or who does it."""
    military = tables()["military"]
    if any(grammar.lemma(c) in military or c.lower_ in military for c in grammar.children(n.noun, "amod", "compound", "nmod")):
        return True
    if any("armed" in classes(n.parsed, c) for c in grammar.children(n.noun, "compound", "poss", "amod")):
        return True
    if any(classes(n.parsed, p) & {"armed", "group"} for p in n.after({"against", "on"})):
        return True
    if n.verb is not None and n.how == "object" and n.carrying in _WORDS["verbs_of_operating"]:
        return any(classes(n.parsed, s) & {"armed", "group", "state"} for s in grammar.subjects(n.verb))
    return False
