"""How sure: asserted, hedged, denied, planned or conjecture, each with the words it was read from.

Cues count where they govern the trigger: an adverb in its clause, a modal on it or on what it depends on, a negation of it,
a verb or noun of intent above it. The words are data (`vocab/certainty.toml`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from warlog import vocabulary
from warlog.extract import grammar
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token


@lru_cache(maxsize=1)
def _v() -> dict[str, frozenset[str]]:
    raw: dict[str, Any] = vocabulary.load("certainty")
    return {k: frozenset(v) for k, v in raw.items()}


def _path(token: Token) -> list[Token]:
    """The token and its ancestors up to, not past, a clause that only reports it."""
    out = [token]
    t = token
    while t.head != t:
        t = t.head
        out.append(t)
        if len(out) > 8:
            break
    return out


def _phrase_in(text: str, phrases: frozenset[str]) -> str | None:
    low = text.lower()
    for p in sorted(phrases, key=len, reverse=True):
        if re.search(rf"(?<!\w){re.escape(p)}(?!\w)", low):
            return p
    return None


def _aux(verb: Token, words: frozenset[str]) -> Token | None:
    for c in verb.children:
        if c.dep_ == "aux" and c.lower_ in words:
            return c
    return None


def read(parsed: Parsed, trigger: Token, attributed: bool, denied_by: str | None = None) -> tuple[str, str | None]:
    """(certainty, cue) of the event that a trigger token tells of.

    `attributed`: the event is laid to a source, so the document's writer does not infer it. `denied_by`: the verb of denial
    that governs it, if any.
    """
    v = _v()
    text = parsed.sentence.text
    if denied_by:
        return "denied", denied_by
    path = _path(trigger)
    low = text.lower()

    conjecture = _phrase_in(text, v["conjecture_phrases"])
    if conjecture and not attributed:
        return "conjecture", conjecture
    modal = None
    for t in path[:6]:
        modal = _aux(t, v["hedge_modals"])
        if modal is not None or t.dep_ in {"advcl", "relcl", "ccomp", "ROOT"}:
            break
    if modal is not None and not attributed:
        first = re.match(r"[\"“]?(\w+)", low)
        if first and first.group(1) in v["conjecture_connectives"]:
            return "conjecture", modal.text.lower()

    # negation of the trigger itself, of the noun, or of the verb that carries the noun
    for t in path[: 2 if trigger.pos_ in {"NOUN", "PROPN"} else 1]:
        neg = grammar.negated(t)
        if neg is not None and t.pos_ in {"VERB", "AUX", "NOUN", "PROPN"}:
            return "denied", neg.text.lower()
    if trigger.dep_ in {"xcomp", "pcomp"} and trigger.head.lemma_.lower() in v["fail_verbs"]:
        return "denied", trigger.head.text.lower()

    planned = _planned(trigger, path, v)
    if planned:
        return "planned", planned

    hedge = _hedged(parsed, trigger, path, v)
    if hedge:
        return "hedged", hedge
    if modal is not None:
        return "hedged", modal.text.lower()
    phrase = _phrase_in(text, v["hedge_phrases"])
    if phrase and low.find(phrase) <= max(0, parsed.spans[trigger.i][0] - parsed.sentence.start) + 1:
        return "hedged", phrase
    return "asserted", None


def _planned(trigger: Token, path: list[Token], v: dict[str, frozenset[str]]) -> str | None:
    for t in path[:2]:
        aux = _aux(t, v["plan_modals"]) if t.pos_ in {"VERB", "AUX"} else None
        if aux is not None:
            perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in t.children)
            if not (perfect and aux.lower_ == "would"):
                return aux.text.lower()
        if t.dep_ in {"relcl", "advcl", "ccomp", "ROOT", "acl"}:
            break
    for c in trigger.children:
        if c.dep_ == "amod" and c.lower_ in v["plan_adjectives"]:
            return c.text.lower()
    below = trigger
    for t in path[1:4]:
        lemma = t.lemma_.lower()
        infinitive = below.tag_ == "VB" and any(c.lower_ == "to" for c in below.children)
        if t.pos_ == "VERB" and lemma in v["plan_verbs"]:
            if below.dep_ in {"xcomp", "ccomp"} and (
                infinitive or lemma in {"threaten", "plan", "consider", "propose", "demand", "mull", "weigh"}
            ):
                return t.text.lower()
            if (
                below.dep_ in {"prep", "pobj", "dobj"}
                and lemma
                in {
                    "plan",
                    "threaten",
                    "demand",
                    "call",
                    "urge",
                    "consider",
                    "propose",
                    "prepare",
                    "seek",
                    "order",
                    "mull",
                    "weigh",
                }
                and trigger.pos_ == "NOUN"
            ):
                return t.text.lower()
        if t.pos_ in {"NOUN"} and lemma in v["plan_nouns"] and below.dep_ in {"acl", "prep"}:
            return t.text.lower()
        if (
            t.pos_ == "ADJ"
            and lemma in {"ready", "set", "due", "likely", "poised", "willing", "prepared", "determined"}
            and infinitive
        ):
            return t.text.lower()
        if t.dep_ in {"relcl", "ROOT"}:
            break
        below = t
    return None


def _hedged(parsed: Parsed, trigger: Token, path: list[Token], v: dict[str, frozenset[str]]) -> str | None:
    for n, t in enumerate(path[:5]):
        for c in t.children:
            low = c.lower_
            if low in v["hedge_adverbs"] and c.dep_ in {"advmod", "amod", "npadvmod", "acomp", "dep"}:
                return c.text.lower()
            if n <= 1 and low in v["hedge_adjectives"] and c.dep_ in {"amod", "compound", "acomp"}:
                return c.text.lower()
        lemma = t.lemma_.lower()
        if n and t.pos_ == "VERB":
            if lemma in v["hedge_passive_only"] and grammar.is_passive(t):
                agent = grammar.agents(t)
                if not agent:
                    return t.text.lower()
            elif lemma in v["hedge_active"]:
                return t.text.lower()
        if n and t.dep_ in {"ROOT"}:
            break
    # adverbs whose attachment the parse got wrong: right before or after the trigger's verb group
    for i in range(max(0, trigger.i - 3), min(len(trigger.doc), trigger.i + 2)):
        if trigger.doc[i].lower_ in v["hedge_adverbs"] and trigger.doc[i].dep_ == "advmod":
            return trigger.doc[i].text.lower()
    return None


def only_purpose(trigger: Token) -> bool:
    """Whether a trigger names no event but a purpose or ability: "to prevent ...", "capable of shelling X"."""
    v = _v()
    t = trigger
    if t.dep_ == "pcomp" and t.head.lower_ in {"of", "from", "for"} and t.head.head.pos_ == "ADJ":
        return True
    if t.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in t.children):
        head = t.head
        lemma = head.lemma_.lower()
        if (
            t.dep_ in {"advcl", "acl"}
            and lemma not in v["plan_verbs"]
            and lemma not in v["plan_nouns"]
            and lemma not in v["attempt_verbs"]
            and lemma not in v["attempt_nouns"]
        ):
            return True
        if (
            t.dep_ == "xcomp"
            and head.pos_ == "ADJ"
            and lemma
            in {
                "able",
                "unable",
                "capable",
                "difficult",
                "hard",
                "easy",
                "possible",
                "impossible",
                "necessary",
                "important",
                "free",
            }
        ):
            return True
    return False


def attempted(trigger: Token) -> bool:
    """Whether a trigger names only what is tried or aimed at: "trying to take X", "an offensive to take X"."""
    v = _v()
    if not (trigger.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in trigger.children)):
        t = trigger.head
        return bool(
            trigger.dep_ == "pcomp"
            and t.lower_ in {"at", "of", "in", "for"}
            and t.head.lemma_.lower() in v["attempt_nouns"] | {"aim", "aimed"}
        )
    head = trigger.head
    if trigger.dep_ in {"xcomp", "advcl", "acl", "ccomp"}:
        lemma = head.lemma_.lower()
        if lemma in v["attempt_verbs"] or lemma in v["attempt_nouns"]:
            return True
        if trigger.dep_ in {"advcl", "acl"}:
            return True
    return False
