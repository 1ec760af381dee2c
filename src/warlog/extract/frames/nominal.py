"""Noun triggers: gathers a noun's phrase with the verb that carries it, and hands it to the frame of its entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.classes import classes, tables
from warlog.extract.frames import nominal_acts, nominal_control, nominal_verbal
from warlog.extract.frames.phrases import hands_on, is_abstract, is_party, is_place, modifiers, parties
from warlog.extract.frames.reading import AGAINST, INTO, Nominal, Reading
from warlog.extract.lexicon import Entry
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("frames")


def _meet(n: Nominal, reading: Reading) -> bool:
    if reading.type == "armed_clash":
        return nominal_acts.fight(n, reading)
    if reading.type == "agreement":
        return nominal_verbal.agreement(n, reading)
    return nominal_verbal.talks(n, reading)


_FRAMES: dict[str, Callable[[Nominal, Reading], bool]] = {
    "take": nominal_control.take,
    "lose": nominal_control.lose,
    "fall": nominal_control.fall,
    "leave": nominal_control.leave,
    "handover": nominal_control.handover,
    "meet": _meet,
    "suffer": nominal_acts.suffer,
    "happen": nominal_acts.happen,
    "act": nominal_acts.act,
}


def read(parsed: Parsed, noun: Token, entry: Entry, reading: Reading) -> bool:
    """Whether an entry holds for a noun; fills the reading's roles where it does."""
    gathered = _nominal(parsed, noun, entry)
    reading.verb = gathered.verb
    return _FRAMES[entry.frame](gathered, reading)


def _carrier(noun: Token) -> tuple[Token | None, str]:
    """The verb that carries a noun trigger and how: as its object, its subject, or as the passive's subject."""
    t = _counted_by(grammar.conjuncts_first(noun))
    if t.dep_ in {"dobj", "obj"} and t.head.pos_ == "VERB":
        return t.head, "object"
    if t.dep_ == "nsubj" and t.head.pos_ in {"VERB", "AUX"}:
        return t.head, "subject"
    if t.dep_ == "nsubjpass":
        return t.head, "passive"
    if t.dep_ == "pobj" and t.head.dep_ == "prep" and t.head.head.pos_ == "VERB":
        return t.head.head, "prep"
    return None, ""


def _counted_by(noun: Token) -> Token:
    """ "a series of strikes", "a second day of attacks": the word that counts them stands where they would."""
    of = noun.head
    counted = (
        noun.dep_ == "pobj"
        and of.lower_ == "of"
        and of.dep_ == "prep"
        and grammar.lemma(of.head) in _WORDS["words_that_count_events"]
    )
    return of.head if counted else noun


def _nominal(parsed: Parsed, noun: Token, entry: Entry) -> Nominal:
    verb, how = _carrier(noun)
    owners, modifying = modifiers(parsed, noun)
    n = Nominal(
        parsed=parsed,
        entry=entry,
        preps=[(w, p) for w, _, p in grammar.prepositions(noun)],
        noun=noun,
        lemma=grammar.lemma(noun),
        verb=verb,
        how=how,
        carrying=grammar.lemma(verb) if verb is not None else "",
        parties=owners,
        actors=[],
        modifying=modifying,
        where=[],
        towards=[],
        hit=[],
        of=[],
        between=[],
        opposed=[],
    )
    n.actors = [*owners, *n.parties_after({"by"})]
    n.hit, n.of = n.after(AGAINST), n.after({"of"})
    n.between, n.opposed = n.after({"between", "among"}), n.after({"with", "against"})
    n.where, n.towards = n.places_after(INTO - {"to"}), n.places_after({"to", "for"})
    # "a truce between A and B": parties, though they be countries
    n.where = [p for p in n.where if p not in n.between or not is_party(parsed, p)]
    if verb is not None:
        _add_from_verb(n, verb)
        _add_undergoer(n, verb)
    n.actors = n.actors or _distant_agents(n) or _own_deed(n) or _fire_of(n) or _done_by(n)
    return n


def _own_deed(n: Nominal) -> list[Token]:
    """ "announced their withdrawal", "took the town after an assault": the deed of the subject of the verb around it."""
    if n.verb is None or grammar.is_passive(n.verb):
        return []
    theirs = any(c.pos_ == "PRON" and c.dep_ == "poss" for c in n.noun.children)
    prep = n.noun.head.lower_ if n.how == "prep" else ""
    after = prep in {"after", "following", "through", "in"} and n.carrying in wordlists("location_words")["taking"]
    talked = prep in {"after", "following", "for"} and n.entry.type == "talks" and bool(n.opposed)
    if not (theirs and n.how in {"object", "prep"}) and not (after and n.entry.type == "armed_clash") and not talked:
        return []
    return [s for s in parties(n.parsed, grammar.subjects(n.verb)) if s.pos_ != "PRON" or theirs]


def _fire_of(n: Nominal) -> list[Token]:
    """ "artillery fire from X's side", "an attack from the militia": whose it is."""
    return hands_on(n.parsed, n.noun) if n.entry.type in {"strike", "shelling", "air_strike", "armed_clash"} else []


def _add_from_verb(n: Nominal, verb: Token) -> None:
    """Roles that stand with the verb which carries the noun: "X launched an attack on Y", "the attack killed Z in Y"."""
    support, effect = tables()["support_verbs"], tables()["effect_verbs"]
    preps = [(w, p) for w, _, p in grammar.prepositions(verb)]
    places = [(w, p) for w, p in preps if w in INTO and is_place(n.parsed, p)]
    against = [p for w, p in preps if w in AGAINST]
    if n.how == "object" and n.carrying in support:
        if not grammar.is_passive(verb) and n.carrying not in tables()["onlooker_verbs"]:
            n.actors += [s for s in parties(n.parsed, grammar.subjects(verb)) if s not in n.actors]
        n.hit += against
        n.where += [p for w, p in places if w not in {"to", "on"}]
    elif n.how == "passive":
        n.actors += parties(n.parsed, grammar.agents(verb))
        if n.carrying in support | effect:
            n.hit += against
            n.where += [p for _, p in places]
    elif n.how == "subject" and n.carrying in effect:
        n.hit += [o for o in grammar.objects(verb) if "weapon" not in classes(n.parsed, o) and not is_abstract(o)]
        n.hit += against
        n.where += [p for _, p in places]
        if n.entry.frame == "meet":
            n.between += [p for w, p in preps if w in {"between", "among"}]
            n.opposed += [p for w, p in preps if w == "with"]


def _add_undergoer(n: Nominal, verb: Token) -> None:
    """ "X came under fire", "X was under siege", "X saw heavy shelling": who or what undergoes it."""
    under = n.how == "prep" and n.noun.dep_ == "pobj" and n.noun.head.lower_ == "under"
    if under or (n.how == "object" and n.carrying in _WORDS["verbs_of_undergoing"]):
        for s in grammar.subjects(verb):
            (n.where if is_place(n.parsed, s) else n.hit).append(s)


def _distant_agents(n: Nominal) -> list[Token]:
    """ "under siege by X", "in an attack by X": the agent may hang on the preposition or the verb."""
    above = [n.noun.head] if n.noun.dep_ == "pobj" else []
    if n.how == "prep" and n.verb is not None:
        above.append(n.verb)
    return [p for t in above for w, _, p in grammar.prepositions(t) if w == "by" and is_party(n.parsed, p)]


def _done_by(n: Nominal) -> list[Token]:
    """ "looting inflicted on X by Y", "a massacre committed by Y"."""
    clauses = [
        k
        for c in [n.noun, *n.noun.conjuncts]
        for k in grammar.children(c, "acl")
        if grammar.lemma(k) in _WORDS["verbs_of_committing"]
    ]
    return parties(n.parsed, [a for k in clauses for a in grammar.agents(k)])
