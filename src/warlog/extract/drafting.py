"""A reading, or a statement, to a draft: roles as a coder writes them, places, date, source and certainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import certainty, dating, grammar, placing, speech, tolls
from warlog.extract.attribution import Attribution
from warlog.extract.classes import classes
from warlog.extract.draft import Draft, DraftPlace, without_article
from warlog.extract.frames import Reading
from warlog.extract.locations import PlacePhrase
from warlog.extract.numbers import Toll
from warlog.extract.readings.kinds import VIOLENT
from warlog.extract.story import Scene, Story
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("readings")
_RELATIVES = frozenset({"who", "which", "that"})
_POINTING = frozenset({"the", "this", "that", "these", "those"})
#: pronouns that stand for whoever acted last
_FOR_LAST_ACTOR = frozenset({"it", "they", "them", "he", "she", "which", "who"})
#: members of a role stand no farther apart than a comma, a conjunction and an article put them
_JOINED = 4
#: pronouns that stand for a doer told of earlier in the sentence, and what such a doer is
_FOR_DOER = frozenset({"they", "it"})
_FIGHTING = frozenset({"armed", "group"})
#: who can be accused
_ACCUSABLE = frozenset({"armed", "state", "group", "body", "official", "any_people", "side"})
#: sentences back to which "the town" can point
_POINTS_BACK = 4


def party_text(parsed: Parsed, tokens: list[Token], story: Story) -> str | None:
    """A role as a coder writes it: its noun phrases with what joins them, a pronoun as what it stands for."""
    named = sorted((t for t in tokens if t.pos_ != "PRON" and t.lower_ not in _RELATIVES), key=lambda t: t.i)
    if not named:
        return _pronoun(parsed, tokens, story)
    joined: list[Token] = []
    for t in named:
        phrase = [k for k in grammar.phrase(t) if k == t or not _is_day(k)]
        if not joined or _joined(joined[-1], phrase[0]):
            joined += phrase
    text = parsed.text_of(joined).strip(" ,;:\"“”'’()")
    return without_article(text) or None


def _joined(last: Token, first: Token) -> bool:
    """Whether nothing stands between two members of a role but what joins them."""
    between = last.doc[last.i + 1 : first.i]
    return first.i - last.i <= _JOINED and not any(t.pos_ in {"VERB", "AUX"} for t in between)


def _pronoun(parsed: Parsed, tokens: list[Token], story: Story) -> str | None:
    for t in tokens:
        before = _doer_before(parsed, t) if t.lower_ in _FOR_DOER else None
        if before is not None:
            return party_text(parsed, [before], story)
        if t.lower_ in _FOR_LAST_ACTOR and story.last_actor:
            return story.last_actor
        if t.lower_ == "both":
            return "both sides"
        if t.lower_ == "others":
            return None
    return None


def _doer_before(parsed: Parsed, pronoun: Token) -> Token | None:
    """ "The militia entered the village, where they killed ...": the armed side that the clause around it tells of."""
    for above in pronoun.head.ancestors:
        for s in grammar.subjects(above):
            if s.i < pronoun.i and s.pos_ in {"NOUN", "PROPN"} and classes(parsed, s) & _FIGHTING:
                return s
    return None


def _role_of(parsed: Parsed, token: Token) -> Token:
    """A private person who is a victim is given by role: "citizen" of "citizen Omar Hassan"."""
    if token.pos_ != "PROPN" or token.i in parsed.names:
        return token
    roles = [c for c in grammar.children(token, "compound", "nmod") if c.pos_ == "NOUN" and "civilian" in classes(parsed, c)]
    return roles[-1] if roles else token


def _is_day(token: Token) -> bool:
    return token.dep_ in {"npadvmod", "nummod", "compound"} and token.lower_ in _WORDS["days"]


def draft(scene: Scene, r: Reading, of_event: list[Toll]) -> Draft:
    """The draft of an event with the tolls that belong to it."""
    parsed, story = scene.parsed, scene.story
    chain = [a for a in scene.sources.chain(r.token.i) if a.verb != r.token.i]
    denied = next((a.cue for a in chain if a.kind == "deny"), None)
    d = Draft(parsed, r.type, r.token.i, parsed.word(r.token), r.entry.frame)
    d.certainty, d.certainty_cue = certainty.read(parsed, r.token, bool(chain), denied)
    if r.type in VIOLENT or r.type == "casualty_report":
        r.actors = [t for t in r.actors if _does_it(t, r.token) or not _victim(parsed, t)]
    d.actor = party_text(parsed, r.actors, story) or _actor_by_source(
        scene, chain, r.actors, bool(denied), [t for t in grammar.children(r.token, "nsubj", "nsubjpass") if t.pos_ != "PRON"]
    )
    r.targets = [_role_of(parsed, t) for t in r.targets]
    if tolls.against_the_unarmed(parsed, r, of_event):
        d.event_type = r.type = "attack_on_civilians"
    both = r.entry.frame in {"leave", "handover"}
    d.target = party_text(parsed, [t for t in r.targets if both or t not in r.actors], story)
    d.casualties = tolls.as_records(of_event)
    _victims_as_roles(d, r, of_event)
    for phrase in placing.choose(parsed, r, scene.phrases, scene.sources.own_words()):
        d.places.append(_points_back(phrase, story) or DraftPlace.of(parsed, phrase))
    span, d.weak_date = dating.choose(r.token, scene.dates)
    if span is not None:
        d.date(span)
    if chain:
        d.attributed_to = chain[-1].source
        d.attribution = list(dict.fromkeys(s for a in chain for s in (a.outer, a.source) if s))
    d.definite = _is_definite(r.token)
    return d


def _victim(parsed: Parsed, token: Token) -> bool:
    """The unarmed do not shell and bomb: what the parse gives as such is a victim."""
    found = classes(parsed, token)
    return ("civilian" in found and "armed" not in found) or token.lower_ in _WORDS["nobody_in_particular"] - {"other"}


def _does_it(token: Token, trigger: Token) -> bool:
    """Whether the grammar leaves no doubt that a party acts: subject of a verb with an object, or "by X"."""
    first = grammar.conjuncts_first(token)
    if first.dep_ == "pobj":
        return first.head.lower_ == "by"
    verb = first.head
    return (
        first.dep_ == "nsubj"
        and verb.pos_ == "VERB"
        and bool(grammar.children(verb, "dobj" if verb != trigger else "prep", "dobj"))
    )


def _is_definite(trigger: Token) -> bool:
    """Whether an event is told of as known: "the attack", "those strikes", "the army's ..."."""
    if any(c.lower_ in _POINTING for c in grammar.children(trigger, "det")):
        return True
    return any(c.lower_ in {"the", "this"} for t in grammar.children(trigger, "nsubj") for c in t.children)


def _actor_by_source(
    scene: Scene, chain: list[Attribution], actors: list[Token], denied: bool, told_of: list[Token]
) -> str | None:
    """Who did it where only the source tells: whom it accuses, or the source itself where it denies or says "they".

    `told_of` is of what the event is told, if of anything: "denied that the airport had fallen" denies no deed of one's own.
    """
    accuser = next((a for a in chain if a.kind == "accuse"), None)
    accused = _accused(scene, accuser) if accuser is not None else None
    speaks_of_itself = (denied and not told_of) or any(t.lower_ in {"they", "it", "he", "she"} for t in actors)
    if accused is None and speaks_of_itself and chain:
        return without_article(chain[-1].source)
    return accused


def _accused(scene: Scene, a: Attribution) -> str | None:
    if a.verb is None:
        return None
    verb = scene.parsed.doc[a.verb]
    who = [t for t in grammar.objects(verb) if classes(scene.parsed, t) & _ACCUSABLE]
    who = who or [p for w, _, p in grammar.prepositions(verb) if w == "on"]
    return party_text(scene.parsed, who[:2], scene.story)


def _victims_as_roles(d: Draft, r: Reading, of_event: list[Toll]) -> None:
    """Those whom a toll tells of are the target, where the event names none; in a fight the side named with them did it."""
    if d.event_type == "casualty_report":
        if d.actor and any(t.who and d.actor.endswith(t.who) for t in of_event):
            # "reported the loss of 71 soldiers"
            d.actor = None
        d.target = None
        return
    if d.target is None:
        d.target = tolls.victims(of_event)
    if r.entry.frame == "meet" and r.type == "armed_clash" and d.actor is None and d.target and r.targets:
        harmed = next((t.who for t in of_event if t.who and not t.part_of_previous), None)
        if harmed and harmed.lower() not in d.target.lower():
            d.actor, d.target = d.target, harmed


def _points_back(phrase: PlacePhrase, story: Story) -> DraftPlace | None:
    """ "The city", "the town" with nothing beside it: the city or town told of last, by its name."""
    head = phrase.head
    if phrase.named or grammar.lemma(head) not in _WORDS["kinds_pointed_back_to"]:
        return None
    if len([t for t in phrase.tokens if t.pos_ != "DET"]) > 1:
        return None
    if not any(c.lower_ in {"the", "this", "that"} for c in grammar.children(head, "det")):
        return None
    for parsed, phrases in reversed(story.phrases[-_POINTS_BACK:]):
        for p in reversed(phrases):
            if p.name is None or "state" in parsed.names[p.name.i].classes or p.head.dep_ in {"compound", "amod", "nmod"}:
                continue
            if p.head.i < head.i or p.head.doc is not head.doc:
                return DraftPlace.of(parsed, p)
    return None


def statement(scene: Scene, said: speech.Statement) -> Draft | None:
    """The draft of a statement; None where somebody only says that another will make it."""
    parsed, verb = scene.parsed, said.verb
    d = Draft(parsed, "statement", verb.i, parsed.word(verb), "say")
    d.actor = without_article(said.actor)
    if said.target is not None and said.target.i not in scene.dated_tokens():
        d.target = without_article(parsed.text_of(grammar.phrase(said.target)).strip(' ,;:"“”')) or None
    outer = [a for a in scene.sources.chain(verb.i) if a.verb != verb.i and a.source != said.actor]
    outer = [a for a in outer if a.source.lower().split()[-1] not in said.actor.lower()]
    if outer:
        d.attributed_to = outer[-1].source
        d.attribution = [a.source for a in outer]
    d.places = [DraftPlace.of(parsed, p) for p in scene.phrases if _said_at(p, verb)][:1]
    span, _ = dating.choose(verb, scene.dates)
    if span is not None:
        d.date(span)
    d.certainty, d.certainty_cue = certainty.read(parsed, verb, False)
    if d.certainty == "planned" and outer:
        return None
    if d.certainty in {"denied", "planned"}:
        # "did not rule out", "will not accept": the statement itself was made
        d.certainty, d.certainty_cue = "asserted", None
    return d


def _said_at(p: PlacePhrase, verb: Token) -> bool:
    return p.head.dep_ == "pobj" and p.head.head.head == verb and p.preposition in {"in", "at"} and p.contained_by is None
