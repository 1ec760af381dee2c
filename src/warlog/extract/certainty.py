"""How sure: asserted, hedged, denied, planned or conjecture, each with the words it was read from.

Cues count where they govern the trigger: an adverb in its clause, a modal on it or on what it depends on, a negation of it,
a verb or noun of intent above it. The words are data (`vocab/certainty.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("certainty")
#: clauses in which a cue above them no longer governs the trigger
_CLAUSES = frozenset({"advcl", "relcl", "ccomp", "ROOT"})
#: steps up the parse over which cues are looked for: of anything, of a modal, of an adverb or verb that hedges, of a plan
_REACH, _MODAL_REACH, _HEDGE_REACH, _PLAN_REACH = 9, 6, 5, 4


def _path(token: Token) -> list[Token]:
    """The token and its ancestors."""
    return [token, *token.ancestors][:_REACH]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Any of the phrases of a list, the longest first."""
    phrases = sorted(_WORDS[name], key=lambda p: (-len(p), p))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(p) for p in phrases) + r")(?!\w)")


def _longest(name: str, text: str) -> str | None:
    """The longest phrase of a list that stands in a text; of equally long ones the first."""
    return max((m.group() for m in _pattern(name).finditer(text.lower())), key=len, default=None)


def _aux(verb: Token, words: Collection[str]) -> Token | None:
    return next((c for c in grammar.children(verb, "aux") if c.lower_ in words), None)


def _to_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children)


def read(parsed: Parsed, trigger: Token, attributed: bool, denied_by: str | None = None) -> tuple[str, str | None]:
    """(certainty, cue) of the event that a trigger token tells of.

    `attributed`: the event is laid to a source, so the document's writer does not infer it. `denied_by`: the verb of denial
    that governs it, if any.
    """
    if denied_by:
        return "denied", denied_by
    path = _path(trigger)
    modal = _modal(path)
    if not attributed and (cue := _conjecture(parsed.sentence.text, modal)):
        return "conjecture", cue
    if cue := _denied(trigger, path):
        return "denied", cue
    if cue := _planned(trigger, path):
        return "planned", cue
    if cue := _hedged(trigger, path) or (modal.text.lower() if modal is not None else None) or _hedging_phrase(parsed, trigger):
        return "hedged", cue
    return "asserted", None


def _modal(path: list[Token]) -> Token | None:
    """ "may", "might", "could" on the trigger, or on what it hangs from in its clause."""
    for t in path[:_MODAL_REACH]:
        modal = _aux(t, _WORDS["hedge_modals"])
        if modal is not None or t.dep_ in _CLAUSES:
            return modal
    return None


def _conjecture(text: str, modal: Token | None) -> str | None:
    phrase = _longest("conjecture_phrases", text)
    first = re.match(r"[\"“]?(\w+)", text.lower())
    if phrase is None and modal is not None and first and first.group(1) in _WORDS["conjecture_connectives"]:
        return modal.text.lower()
    return phrase


def _denied(trigger: Token, path: list[Token]) -> str | None:
    """Negation of the trigger itself, of a noun or of the verb that carries it; "failed to ..."."""
    for t in path[: 2 if trigger.pos_ in {"NOUN", "PROPN"} else 1]:
        negation = grammar.negated(t)
        if negation is not None and t.pos_ in {"VERB", "AUX", "NOUN", "PROPN"}:
            return negation.text.lower()
    if _to_infinitive(trigger):
        # "have yet to capture X"
        yet = next((t for t in [*trigger.children, *trigger.head.children] if t.lower_ == "yet" and t.i < trigger.i), None)
        if yet is not None and trigger.head.lemma_ in {"have", "be"}:
            return yet.text.lower()
    failed = trigger.dep_ in {"xcomp", "pcomp"} and grammar.lemma(trigger.head) in _WORDS["fail_verbs"]
    return trigger.head.text.lower() if failed else None


def _planned(trigger: Token, path: list[Token]) -> str | None:
    for t in path[:2]:
        aux = _aux(t, _WORDS["plan_modals"]) if t.pos_ in {"VERB", "AUX"} else None
        # "would have captured" is no plan
        if aux is not None and not (aux.lower_ == "would" and any(c.lemma_ == "have" for c in grammar.children(t, "aux"))):
            return aux.text.lower()
        if t.dep_ in _CLAUSES | {"acl"}:
            break
    adjective = next((c for c in grammar.children(trigger, "amod") if c.lower_ in _WORDS["plan_adjectives"]), None)
    if adjective is not None:
        return adjective.text.lower()
    below = trigger
    for t in path[1:_PLAN_REACH]:
        if _intends(t, below, trigger):
            return t.text.lower()
        if t.dep_ in {"relcl", "ROOT"}:
            break
        below = t
    return None


def _intends(t: Token, below: Token, trigger: Token) -> bool:
    """Whether a word plans, threatens or calls for what stands below it."""
    lemma = grammar.lemma(t)
    if t.pos_ == "VERB" and lemma in _WORDS["plan_verbs"]:
        if below.dep_ in {"xcomp", "ccomp"}:
            return _to_infinitive(below) or lemma in _WORDS["plan_verbs_with_clause"]
        return trigger.pos_ == "NOUN" and below.dep_ in {"prep", "pobj", "dobj"} and lemma in _WORDS["plan_verbs_with_noun"]
    if t.pos_ == "NOUN" and lemma in _WORDS["plan_nouns"]:
        return below.dep_ in {"acl", "prep"}
    return t.pos_ == "ADJ" and lemma in _WORDS["ready_adjectives"] and _to_infinitive(below)


def _hedged(trigger: Token, path: list[Token]) -> str | None:
    for n, t in enumerate(path[:_HEDGE_REACH]):
        for c in t.children:
            adverb = c.lower_ in _WORDS["hedge_adverbs"] and c.dep_ in {"advmod", "amod", "npadvmod", "acomp", "dep"}
            adjective = n <= 1 and c.lower_ in _WORDS["hedge_adjectives"] and c.dep_ in {"amod", "compound", "acomp"}
            if adverb or adjective:
                return c.text.lower()
        if n and t.pos_ == "VERB" and _verb_hedges(t):
            return t.text.lower()
        if n and t.dep_ == "ROOT":
            break
    # adverbs whose attachment the parse got wrong: right before or after the trigger's verb group
    near = trigger.doc[max(0, trigger.i - 3) : trigger.i + 2]
    return next((t.text.lower() for t in near if t.lower_ in _WORDS["hedge_adverbs"] and t.dep_ == "advmod"), None)


def _verb_hedges(verb: Token) -> bool:
    """ "is believed to", "appears to": some verbs hedge only where nobody is named who believes it."""
    if grammar.lemma(verb) in _WORDS["hedge_passive_only"] and grammar.is_passive(verb):
        return not grammar.agents(verb)
    return grammar.lemma(verb) in _WORDS["hedge_active"]


def _hedging_phrase(parsed: Parsed, trigger: Token) -> str | None:
    """A phrase before the trigger that hedges all that follows ("unconfirmed reports")."""
    text = parsed.sentence.text
    phrase = _longest("hedge_phrases", text)
    before = phrase is not None and text.lower().find(phrase) <= max(0, parsed.spans[trigger.i][0] - parsed.sentence.start) + 1
    return phrase if before else None


def supposed(trigger: Token) -> bool:
    """Whether a trigger names only what is supposed or shunned: "if the attacks go on", "to avoid being encircled"."""
    t = trigger
    for _ in range(4):
        if t.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "lest"} for c in t.children):
            return True
        head = t.head
        if head == t or t.dep_ in {"ccomp", "relcl", "conj"}:
            return False
        if grammar.lemma(head) in wordlists("certainty")["shun_verbs"] and t.dep_ in {"xcomp", "pcomp", "dobj"}:
            return True
        t = head
    return False


def only_purpose(trigger: Token) -> bool:
    """Whether a trigger names no event but a purpose or ability: "to prevent ...", "capable of shelling X"."""
    head = trigger.head
    if trigger.dep_ == "pcomp" and head.lower_ in {"of", "from", "for"} and head.head.pos_ == "ADJ":
        return True
    if not _to_infinitive(trigger) or _aux(trigger, {"to"}) is None:
        return False
    lemma = grammar.lemma(head)
    if trigger.dep_ in {"advcl", "acl"}:
        return not any(lemma in _WORDS[name] for name in ("plan_verbs", "plan_nouns", "attempt_verbs", "attempt_nouns"))
    return trigger.dep_ == "xcomp" and head.pos_ == "ADJ" and lemma in _WORDS["able_adjectives"]


def attempted(trigger: Token) -> bool:
    """Whether a trigger names only what is tried or aimed at: "trying to take X", "an offensive to take X"."""
    head = trigger.head
    if not (_to_infinitive(trigger) and _aux(trigger, {"to"}) is not None):
        aims = _WORDS["attempt_nouns"] | {"aim", "aimed"}
        return trigger.dep_ == "pcomp" and head.lower_ in {"at", "of", "in", "for"} and grammar.lemma(head.head) in aims
    if trigger.dep_ in {"advcl", "acl"}:
        return True
    return trigger.dep_ in {"xcomp", "ccomp"} and grammar.lemma(head) in _WORDS["attempt_verbs"] | _WORDS["attempt_nouns"]
