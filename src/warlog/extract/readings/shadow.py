"""Readings of words that only serve another trigger are left out: "launched an attack", "the explosion hit X".

Each rule below says whether one reading stands in another's shadow; the one that casts it takes over the roles it lacks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from warlog.extract import frames, grammar
from warlog.extract.frames import Reading
from warlog.extract.readings.kinds import ATTACKS, VIOLENT
from warlog.extract.readings.merge import wordings
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("readings")


def drop(parsed: Parsed, found: list[Reading]) -> list[Reading]:
    """The readings that stand in no other's shadow, in their order."""
    return [r for r in found if not _shadowed(parsed, r, [o for o in found if o is not r])]


def _shadowed(parsed: Parsed, r: Reading, others: list[Reading]) -> bool:
    # every rule is asked, since each hands over roles
    answers = [rule(parsed, r, o) for o in others for rule in _RULES]
    return any(answers)


def _doers(verb: Token) -> list[Token]:
    return grammar.agents(verb) if grammar.is_passive(verb) else grammar.subjects(verb)


def _nominal(r: Reading) -> bool:
    return r.token.pos_ in {"NOUN", "PROPN"}


def _strike_of_noun(parsed: Parsed, r: Reading, by: Reading) -> bool:
    """ "the explosion hit X", "bombardment that targeted X": one event, named by the noun."""
    verb, noun = r.token, by.token
    if verb.pos_ != "VERB" or r.entry.type != "strike" or r.entry.frame not in {"act", "launch"}:
        return False
    if not _nominal(by) or by.type not in VIOLENT:
        return False
    clause = verb.dep_ in {"acl", "relcl"} and verb.head == noun
    means = grammar.lemma(verb) in _WORDS["verbs_of_means"] and noun.head != verb
    if noun not in _doers(verb) and not clause and not means:
        return False
    for mine, theirs in ((by.targets, r.targets), (by.places, r.places)):
        mine.extend(t for t in theirs if t not in mine and t != noun)
    by.targets = [t for t in by.targets if not frames.named_place(parsed, t)]
    return True


def _participle_of_noun(_: Parsed, r: Reading, by: Reading) -> bool:
    """ "a blast targeting X", "bombardment from the army targeting X"."""
    verb, noun = r.token, by.token
    if verb.pos_ != "VERB" or verb.tag_ != "VBG" or r.entry.type != "strike" or not _nominal(by) or by.type not in VIOLENT:
        return False
    beside = noun.i == verb.i - 1 or (verb.dep_ == "acl" and noun in list(verb.ancestors)[:4])
    if beside:
        for mine, theirs in ((by.actors, r.actors), (by.targets, r.targets), (by.places, r.places)):
            if not mine:
                mine.extend(t for t in theirs if t != noun)
    return beside


def _destroyed_by_attack(_: Parsed, r: Reading, by: Reading) -> bool:
    """ "the shelling destroyed X": what an attack destroys goes under its weapon."""
    if r.type != "property_destruction" or by.type == "property_destruction" or by.type not in VIOLENT or not _nominal(by):
        return False
    if by.token not in _doers(r.token):
        return False
    by.targets = by.targets or r.targets
    by.places = by.places or r.places
    return True


def _damage_of_attack(_: Parsed, r: Reading, by: Reading) -> bool:
    """ "shelled X, damaging homes", "damaged in the blast": what an attack of the same sentence did."""
    if r.type != "property_destruction" or by.type == "property_destruction" or by.type not in VIOLENT:
        return False
    weak = grammar.lemma(r.token) in _WORDS["verbs_of_damage"]
    result = r.token.tag_ == "VBG" and r.token.dep_ in {"advcl", "conj", "xcomp"} and by.token.is_ancestor(r.token)
    return weak or result


def _repelled(_: Parsed, r: Reading, by: Reading) -> bool:
    """ "repelled an attack": the repelling tells of the attack."""
    verb = by.token
    return verb.pos_ == "VERB" and grammar.lemma(verb) in _WORDS["verbs_of_repelling"] and r.token in grammar.objects(verb)


def _means_of_attack(_: Parsed, r: Reading, by: Reading) -> bool:
    """ "attacked X using rockets"."""
    return (
        r.entry.frame == "launch"
        and grammar.lemma(r.token) in _WORDS["verbs_of_means"]
        and r.token.dep_ in {"advcl", "acl"}
        and by.token.pos_ == "VERB"
        and by.type in VIOLENT
    )


def _general_word(parsed: Parsed, r: Reading, by: Reading) -> bool:
    """ "attacked with car bombs", "shelled X in an attack": the attack is told twice, once by its weapon."""
    if r.type != "armed_clash" or by.type == "armed_clash" or by.type not in ATTACKS:
        return False
    if grammar.lemma(r.token) not in _WORDS["general_words_for_attack"]:
        return False
    a, b = r.token, by.token
    if a.head != b and b.head != a:
        return False
    ours, theirs = wordings(parsed, r.actors), wordings(parsed, by.actors)
    return not ours or not theirs or ours == theirs


_RULES: tuple[Callable[[Parsed, Reading, Reading], bool], ...] = (
    _strike_of_noun,
    _participle_of_noun,
    _destroyed_by_attack,
    _damage_of_attack,
    _repelled,
    _means_of_attack,
    _general_word,
)
