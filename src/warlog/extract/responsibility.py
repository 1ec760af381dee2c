""" "X claimed responsibility", "X claimed the bombing", "X denied the allegations": claims by X of the attack told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.draft import Draft
from warlog.extract.drafting import party_text
from warlog.extract.readings.kinds import ATTACKS
from warlog.extract.story import Scene, Story
from warlog.extract.wordlists import wordlists

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("readings")
#: drafts back to which a claim of responsibility can point
_BACK = 6


def find(scene: Scene, here: list[Draft]) -> list[Draft]:
    """The claims of responsibility of a sentence; those of an attack told of in `here` are written into its draft."""
    for verb in scene.parsed.doc:
        denies = grammar.lemma(verb) in _WORDS["verbs_of_denying_an_attack"]
        claims = grammar.lemma(verb) in _WORDS["verbs_of_claiming_an_attack"]
        if verb.pos_ != "VERB" or not (denies or claims):
            continue
        matter = next((o for o in grammar.objects(verb) if grammar.lemma(o) in _WORDS["matters_of_responsibility"]), None)
        if matter is None:
            _claimed_by_name(scene, verb, here)
        elif denies or grammar.lemma(matter) in _WORDS["matters_that_can_be_claimed"]:
            made = _claim(scene, verb, matter, here, denies)
            if made is not None:
                return [made]
    return []


def _speaker(scene: Scene, verb: Token) -> str | None:
    who = grammar.agents(verb) if grammar.is_passive(verb) else grammar.subjects(verb)
    return party_text(scene.parsed, who, scene.story)


def _claimed_by_name(scene: Scene, verb: Token, here: list[Draft]) -> None:
    """ "X claimed the attack": the attack of this sentence is X's, and X's to tell."""
    struck = next((o for o in grammar.objects(verb) if grammar.lemma(o) in _WORDS["attacks_that_can_be_claimed"]), None)
    claimant = _speaker(scene, verb)
    if grammar.lemma(verb) != "claim" or struck is None or claimant is None:
        return
    for d in here:
        if d.trigger == struck.i:
            d.actor = d.actor or claimant
            if not grammar.is_passive(verb) or d.attributed_to is None:
                d.attributed_to, d.attribution = claimant, [claimant]


def _claim(scene: Scene, verb: Token, matter: Token, here: list[Draft], denies: bool) -> Draft | None:
    actor = _speaker(scene, verb)
    source = next((a.source for a in scene.sources.items if a.verb == verb.i), actor)
    told = _last_attack(scene.story)
    below = grammar.subtree(matter) | grammar.subtree(verb)
    inner = next((d for d in here if d.trigger in below), None)
    if inner is not None:
        inner.actor, inner.attributed_to = actor or inner.actor, source
        if told is not None and inner.event_type == "armed_clash":
            inner.event_type = told.event_type
        return None
    if told is None or actor is None:
        return None
    d = Draft(scene.parsed, told.event_type, verb.i, scene.parsed.word(verb), "responsibility", actor=actor)
    d.attributed_to, d.attribution = source, [source] if source else []
    d.place_at(told.places)
    d.date_as(told)
    if denies:
        d.certainty, d.certainty_cue = "denied", scene.parsed.word(verb)
    return d


def _last_attack(story: Story) -> Draft | None:
    return next((d for d in reversed(story.drafts[-_BACK:]) if d.event_type in ATTACKS), None)
