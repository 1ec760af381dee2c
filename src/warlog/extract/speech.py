"""Statements: a state, armed group or international body accuses, threatens, demands, refuses, warns or promises.

A verb of saying makes a statement only where what is said is not itself an event of the sentence; a verb that is an act of its
own (warn, threaten, demand, urge, welcome) makes one beside the events it speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from warlog import vocabulary
from warlog.extract import grammar
from warlog.extract.attribution import Attribution, Memory, SentenceSources, source_text
from warlog.extract.attribution.naming import pronoun
from warlog.extract.classes import classes
from warlog.extract.lexicon import lexicon
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_ELIGIBLE = frozenset({"state", "official", "body", "group", "armed", "side"})
_PARTIES = _ELIGIBLE | {"person", "civilian"}
#: a quoted sentence of fewer words states nothing ("No comment.")
_LEAST_WORDS = 5


@dataclass(slots=True)
class Statement:
    """A statement: who makes it, towards whom, and the verb that tells of it."""

    speaker: Token
    actor: str
    target: Token | None
    verb: Token


@cache
def _words(name: str) -> frozenset[str]:
    """A word list of the table `statement` of vocab/attribution.toml."""
    return frozenset(vocabulary.load("attribution")["statement"][name])


def find(
    parsed: Parsed, sources: SentenceSources, memory: Memory, event_tokens: list[Token], officials: set[str]
) -> list[Statement]:
    """Statements of a sentence, one for each speaker. Keeps the surnames of those introduced with an office."""
    _note_officials(parsed, officials)
    quoted = next((a for a in sources.items if a.kind == "quotation"), None)
    if quoted is not None and _surname(quoted.source) in officials:
        return _quoted(parsed, quoted, event_tokens)
    out: list[Statement] = []
    cues = _words("verbs") | _words("speech")
    for verb in parsed.doc:
        if verb.pos_ != "VERB" or verb.dep_ in {"amod", "compound"} or verb in event_tokens:
            continue
        if grammar.lemma(verb) not in cues and not _by_deed(verb):
            continue
        attribution = next((a for a in sources.items if a.verb == verb.i), None)
        speaker = _speaker(parsed, verb, attribution)
        if speaker is None or (text := _actor(parsed, speaker, attribution, memory, officials)) is None:
            continue
        states = _states(parsed, verb, attribution, event_tokens) and _may_state(parsed, verb, speaker)
        if states and all(text.lower() != s.actor.lower() for s in out):
            out.append(Statement(speaker, text, _towards(parsed, verb, speaker), verb))
    return out


# ---------------------------------------------------------------------------------------------------- who speaks


def _surname(text: str) -> str:
    return text.split()[-1].lower() if text.split() else ""


def _note_officials(parsed: Parsed, officials: set[str]) -> None:
    """Keep the surname of every person introduced with an office ("Foreign Minister X", "X, the spokesman")."""
    for token in parsed.doc:
        if token.pos_ != "PROPN" and token.i not in parsed.names:
            continue
        head = token
        while head.dep_ == "compound" and head.head.pos_ == "PROPN":
            head = head.head
        phrases = [head, *grammar.children(head, "appos")]
        office = any("official" in classes(parsed, t) for p in phrases for t in grammar.phrase(p))
        if office and head.i not in parsed.names:
            officials.add(parsed.word(head))


def _eligible(parsed: Parsed, speaker: Token, text: str, officials: set[str]) -> bool:
    """Whether a speaker speaks for a state, an armed group or a body, by its own words or as introduced before."""
    found = classes(parsed, speaker)
    if "source" in found and not found & {"official", "state", "armed", "body"}:
        return False
    if "civilian" in found and not found & {"official", "body", "armed"}:
        return False
    if found & _ELIGIBLE or any("official" in classes(parsed, t) for t in grammar.phrase(speaker) if t != speaker):
        return True
    return _surname(text) in officials


def _speaker(parsed: Parsed, verb: Token, attribution: Attribution | None) -> Token | None:
    speakers = grammar.agents(verb) if grammar.is_passive(verb) else grammar.subjects(verb)
    if speakers:
        return speakers[0]
    return parsed.doc[attribution.head] if attribution is not None and attribution.head is not None else None


def _actor(parsed: Parsed, speaker: Token, attribution: Attribution | None, memory: Memory, officials: set[str]) -> str | None:
    """The speaker's wording, a pronoun as whom it stands for; None where it speaks for nobody."""
    if speaker.pos_ != "PRON":
        text = source_text(parsed, speaker)
        return text if _eligible(parsed, speaker, text, officials) else None
    known = speaker.lower_ in {"he", "she", "i", "they", "we"}
    stands_for = attribution.source if attribution is not None else pronoun(speaker.lower_ if known else "it", memory)
    return stands_for if stands_for and (_surname(stands_for) in officials or stands_for == memory.body) else None


# ---------------------------------------------------------------------------------------------------- what is said


def _quoted(parsed: Parsed, quoted: Attribution, event_tokens: list[Token]) -> list[Statement]:
    """A sentence that continues an official's quotation is a statement of its own, where it tells of no event."""
    whole = len(parsed.doc) >= _LEAST_WORDS and any(t.pos_ in {"VERB", "AUX"} for t in parsed.doc)
    if event_tokens or not whole:
        return []
    root = next((t for t in parsed.doc if t.dep_ == "ROOT"), parsed.doc[0])
    return [Statement(root, quoted.source, _towards(parsed, root, root), root)]


def _states(parsed: Parsed, verb: Token, attribution: Attribution | None, event_tokens: list[Token]) -> bool:
    """Whether what is said is a statement of its own, and not the telling of an event of the sentence."""
    lemma = grammar.lemma(verb)
    if lemma == "claim" and _claims_attack(verb):
        return False
    said = grammar.subtree(verb) | (attribution.scope if attribution is not None else frozenset())
    told = any(t.i in said for t in event_tokens)
    if lemma in _words("speech") and (told or parsed.sentence.text.rstrip().endswith(":")):
        return False
    if _by_deed(verb):
        return not any(t.i in {k.i for o in grammar.objects(verb) for k in o.subtree} for t in event_tokens)
    if lemma not in _words("verbs"):
        return attribution is not None
    return not (told and lemma in _words("telling"))


def _by_deed(verb: Token) -> bool:
    """ "cut diplomatic ties", "issued an ultimatum", "extended the state of emergency"."""
    if grammar.lemma(verb) not in _words("deed_verbs"):
        return False
    return any(grammar.lemma(o) in _words("deed_objects") for o in grammar.objects(verb))


def _claims_attack(verb: Token) -> bool:
    """ "claimed the bombing", "an attack claimed by X"."""
    nouns = lexicon().nouns
    if any(grammar.lemma(o) in nouns for o in grammar.children(verb, "dobj", "nsubjpass")):
        return True
    return verb.dep_ in {"acl", "relcl"} and grammar.lemma(verb.head) in nouns


def _may_state(parsed: Parsed, verb: Token, speaker: Token) -> bool:
    """Whether an everyday verb has what makes it a statement: something said, and an office behind it."""
    lemma = grammar.lemma(verb)
    if _by_deed(verb):
        return bool(classes(parsed, speaker) & _ELIGIBLE)
    if lemma in _words("needing_content") and not grammar.children(verb, "dobj", "prep", "xcomp", "ccomp"):
        return False
    if lemma in _words("needing_office") and lemma not in _words("speech"):
        return bool(classes(parsed, speaker) & {"official", "state", "body"})
    return True


def _towards(parsed: Parsed, verb: Token, speaker: Token) -> Token | None:
    """Whom a statement is made to or about: the object, "on/to/against X", or the subject of what is said."""
    for o in grammar.children(verb, "dobj", "dative"):
        if o != speaker and grammar.lemma(o) not in _words("deed_objects") and classes(parsed, o) & (_PARTIES | {"any_people"}):
            return o
    with_object = [p for o in grammar.children(verb, "dobj") for p in grammar.prepositions(o)]
    with_clause = [p for x in grammar.children(verb, "xcomp") for p in grammar.prepositions(x)]
    for w, _, p in [*grammar.prepositions(verb), *with_object, *with_clause]:
        if w in {"on", "upon", "to", "against", "for", "with"}:
            found = classes(parsed, p)
            if found & (_PARTIES | {"any_people"}) and "source" not in found:
                return p
    for clause in grammar.children(verb, "ccomp"):
        for s in grammar.children(clause, "nsubj", "nsubjpass"):
            own = any(k.tag_ == "PRP$" for k in s.children)
            if s.pos_ in {"NOUN", "PROPN"} and s != speaker and not own and classes(parsed, s) & _PARTIES:
                return s
    return None
