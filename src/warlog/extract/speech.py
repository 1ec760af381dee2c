"""Statements: a state, armed group or international body accuses, threatens, demands, refuses, warns or promises.

A verb of saying makes a statement only where what is said is not itself an event of the sentence; a verb that is an act of its
own (warn, threaten, demand, urge, welcome) makes one beside the events it speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from warlog import vocabulary
from warlog.extract import grammar
from warlog.extract.attribution import Memory, SentenceSources, source_text
from warlog.extract.classes import classes
from warlog.extract.lexicon import lexicon
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

#: acts whose content is an event told of, when one is: not a statement beside it
_REPORTING = frozenset(
    {
        "accuse",
        "deny",
        "claim",
        "announce",
        "declare",
        "confirm",
        "admit",
        "acknowledge",
        "concede",
        "confess",
        "blame",
        "report",
        "recognise",
        "recognize",
        "dismiss",
        "reject",
        "defend",
        "vow",
        "promise",
        "order",
        "remain",
        "rule",
        "impose",
        "decide",
        "support",
        "back",
        "raise",
        "signal",
        "express",
        "protest",
        "offer",
        "call",
        "ask",
    }
)
_ELIGIBLE = frozenset({"state", "official", "body", "group", "armed", "side"})


@dataclass(slots=True)
class Statement:
    """A statement: who makes it, towards whom, and the verb that tells of it."""

    speaker: Token
    actor: str
    target: Token | None
    verb: Token


@lru_cache(maxsize=1)
def _verbs() -> tuple[frozenset[str], frozenset[str]]:
    raw: dict[str, Any] = vocabulary.load("attribution")["statement"]
    return frozenset(raw["verbs"]), frozenset(raw["speech"])


def eligible(parsed: Parsed, speaker: Token, text: str, officials: set[str]) -> bool:
    """Whether a speaker speaks for a state, an armed group or a body, by its own words or as introduced before."""
    found = classes(parsed, speaker)
    if "source" in found and not found & {"official", "state", "armed", "body"}:
        return False
    if found & {"civilian"} and not found & {"official", "body", "armed"}:
        return False
    if found & _ELIGIBLE:
        return True
    inner = [t for t in grammar.phrase(speaker) if t != speaker]
    if any(classes(parsed, t) & {"official"} for t in inner):
        return True
    last = text.split()[-1].lower() if text.split() else ""
    return last in officials


def note_official(parsed: Parsed, speaker: Token, text: str, officials: set[str]) -> None:
    """Keep the surname of a person introduced with an office ("Foreign Minister X")."""
    tokens = grammar.phrase(speaker)
    near = [*tokens, *[t for c in speaker.children if c.dep_ == "appos" for t in grammar.phrase(c)]]
    if speaker.pos_ == "PROPN" and any(classes(parsed, t) & {"official"} for t in near) and text.split():
        officials.add(text.split()[-1].lower())


def find(
    parsed: Parsed, sources: SentenceSources, memory: Memory, event_tokens: list[Token], officials: set[str]
) -> list[Statement]:
    """Statements of a sentence, one for each speaker."""
    strong, speech = _verbs()
    out: list[Statement] = []
    seen: set[str] = set()
    for token in parsed.doc:
        if token.pos_ != "PROPN" and token.i not in parsed.names:
            continue
        head = token
        while head.dep_ == "compound" and head.head.pos_ == "PROPN":
            head = head.head
        if (
            any(
                classes(parsed, t) & {"official"}
                for t in [*grammar.phrase(head), *[k for c in head.children if c.dep_ == "appos" for k in grammar.phrase(c)]]
            )
            and head.i not in parsed.names
        ):
            officials.add(parsed.word(head))
    quoted = next((a for a in sources.items if a.kind == "quotation"), None)
    if quoted is not None:
        if (
            not event_tokens
            and quoted.source.split()[-1].lower() in officials
            and len(parsed.doc) >= 5
            and any(t.pos_ in {"VERB", "AUX"} for t in parsed.doc)
        ):
            root = next((t for t in parsed.doc if t.dep_ == "ROOT"), parsed.doc[0])
            return [Statement(root, quoted.source, _towards(parsed, root, root), root)]
        if quoted.source.split()[-1].lower() in officials:
            return []
    for verb in parsed.doc:
        if verb.pos_ != "VERB" or verb.dep_ in {"amod", "compound"}:
            continue
        lemma = verb.lemma_.lower()
        if lemma not in strong and lemma not in speech:
            continue
        speakers = grammar.agents(verb) if grammar.is_passive(verb) else grammar.subjects(verb)
        attribution = next((a for a in sources.items if a.verb == verb.i), None)
        if not speakers and attribution is not None and attribution.head is not None:
            speakers = [parsed.doc[attribution.head]]
        if not speakers:
            continue
        speaker = speakers[0]
        if speaker.pos_ == "PRON":
            text = (
                attribution.source
                if attribution is not None
                else (
                    memory.person
                    if speaker.lower_ in {"he", "she", "i"}
                    else memory.speaker
                    if speaker.lower_ in {"they", "we"}
                    else memory.body
                )
            )
            if not text or (text.split()[-1].lower() not in officials and text not in {memory.body}):
                continue
        else:
            text = source_text(parsed, speaker)
            if not eligible(parsed, speaker, text, officials):
                continue
        if lemma == "claim" and any(
            o.lemma_.lower() in lexicon().nouns for o in verb.children if o.dep_ in {"dobj", "nsubjpass"}
        ):
            continue
        if lemma == "claim" and verb.dep_ in {"acl", "relcl"} and verb.head.lemma_.lower() in lexicon().nouns:
            continue
        if lemma in speech and lemma not in strong and attribution is None:
            continue
        if lemma in speech and parsed.sentence.text.rstrip().endswith(":"):
            continue
        said = {t.i for t in verb.subtree} | {
            t.i for a in sources.items if a.verb == verb.i for t in [parsed.doc[i] for i in a.scope]
        }
        told = any(t.i in said for t in event_tokens)
        if lemma in speech and told:
            continue
        if lemma in strong and lemma in _REPORTING and told:
            continue
        if lemma in {"call", "ask", "appeal"} and not any(c.dep_ in {"prep", "xcomp", "ccomp", "dobj"} for c in verb.children):
            continue
        if lemma in {
            "support",
            "back",
            "raise",
            "impose",
            "order",
            "rule",
            "remain",
            "decide",
            "express",
            "recognise",
            "recognize",
            "offer",
            "defend",
            "press",
        } and not any(c.dep_ in {"dobj", "prep", "xcomp", "ccomp"} for c in verb.children):
            continue
        if (
            lemma
            in {
                "support",
                "back",
                "raise",
                "impose",
                "remain",
                "press",
                "order",
                "rule",
                "decide",
                "instruct",
                "vote",
                "challenge",
                "encourage",
                "defend",
                "observe",
                "point",
                "report",
                "continue",
            }
            and lemma not in speech
            and "official" not in classes(parsed, speaker)
            and "state" not in classes(parsed, speaker)
            and "body" not in classes(parsed, speaker)
        ):
            continue
        if text.lower() in seen:
            continue
        seen.add(text.lower())
        out.append(Statement(speaker, text, _towards(parsed, verb, speaker), verb))
    return out


def _towards(parsed: Parsed, verb: Token, speaker: Token) -> Token | None:
    """Whom a statement is made to or about: the object, "on/to/against X", or the subject of what is said."""
    parties = frozenset({"state", "official", "body", "group", "armed", "side", "person", "any_people", "civilian"})
    for o in [c for c in verb.children if c.dep_ in {"dobj", "dative"}]:
        if classes(parsed, o) & parties and o != speaker:
            return o
    for w, _, p in grammar.prepositions(verb):
        if (
            w in {"on", "upon", "to", "against", "for", "with"}
            and classes(parsed, p) & parties
            and "source" not in classes(parsed, p)
        ):
            return p
    for c in verb.children:
        if c.dep_ == "ccomp":
            for s in c.children:
                if (
                    s.dep_ in {"nsubj", "nsubjpass"}
                    and s.pos_ in {"NOUN", "PROPN"}
                    and classes(parsed, s) & (parties - {"any_people"})
                    and s != speaker
                ):
                    return s
    return None
