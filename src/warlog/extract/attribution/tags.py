"""Sources told by where they stand, where the parse lost them: "... a civil defence official said", "Ministry: 43 dead".

Reports often close a sentence with its source and no comma before it, or open it with the source and a colon. The parser
takes such a source for part of the sentence; its place and the verb of saying give it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.attribution.model import Attribution, SentenceSources
from warlog.extract.classes import classes
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("attribution")
_SPEAKS = frozenset({"body", "official", "source", "state", "group", "armed"})
#: tokens behind a closing verb of saying, and in the source before it
_AFTER, _LONGEST = 8, 12
#: tokens of a source before a colon
_OPENING = 7
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET", "ADP", "CCONJ", "PRON", "PART"})


def closing(parsed: Parsed, out: SentenceSources) -> None:
    """ "..., the ministry said on Tuesday": what stands before the source is laid to it."""
    verb = _closing_verb(parsed)
    if verb is None or any(a.verb == verb.i for a in out.items):
        return
    start = _start(parsed, verb)
    if start is None or start == 0:
        return
    phrase = list(parsed.doc[start : verb.i])
    head = _head(phrase)
    if head is None or not _can_speak(parsed, head):
        return
    text = parsed.text_of(t for t in phrase if not (t.i == start and t.lower_ in {"the", "a", "an"})).strip(' ,;:"“”')
    own = frozenset(t.i for t in phrase)
    scope = frozenset(range(start))
    if text:
        out.items.append(Attribution(text, scope, grammar.lemma(verb), "say", verb.i, head.i, own))


def _closing_verb(parsed: Parsed) -> Token | None:
    """The last verb of the sentence, where it is one of saying and nothing but a time or a listener follows."""
    verbs = [t for t in parsed.doc if t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"amod", "compound"}]
    last = verbs[-1] if verbs else None
    if last is None or last.tag_ not in {"VBD", "VBZ", "VBP"} or grammar.lemma(last) not in _WORDS["say_alone"]:
        return None
    words = [t for t in parsed.doc[last.i + 1 :] if not t.is_punct]
    return last if len(words) <= _AFTER and not any(t.lower_ in {"that", "it", "them"} for t in words) else None


def _start(parsed: Parsed, verb: Token) -> int | None:
    """Where the noun phrase before a verb begins: at its article, or at its run of names."""
    if verb.i == 0 or parsed.doc[verb.i - 1].pos_ not in {"NOUN", "PROPN"}:
        return None
    at = verb.i - 1
    begin: int | None = None
    while at >= 0 and verb.i - at <= _LONGEST:
        token = parsed.doc[at]
        if token.pos_ not in _NOMINAL or token.is_punct:
            break
        if token.pos_ == "DET" or token.tag_ == "PRP$":
            begin = at
            # an article inside the phrase ("an officer in the division") is not its first
            if not (at > 1 and parsed.doc[at - 1].pos_ == "ADP" and parsed.doc[at - 2].pos_ in {"NOUN", "PROPN"}):
                break
        at -= 1
    if begin is not None:
        return begin
    at = verb.i - 1
    while at > 0 and parsed.doc[at - 1].pos_ == "PROPN":
        at -= 1
    return at if parsed.doc[at].pos_ == "PROPN" else None


def _head(phrase: list[Token]) -> Token | None:
    """The last noun before any preposition."""
    head = None
    for t in phrase:
        if t.pos_ == "ADP" and head is not None:
            break
        if t.pos_ in {"NOUN", "PROPN"}:
            head = t
    return head


def _can_speak(parsed: Parsed, head: Token) -> bool:
    found = classes(parsed, head)
    known = bool(found & _SPEAKS) or grammar.lemma(head) in _WORDS["report_nouns"]
    return (known and grammar.lemma(head) not in _WORDS["no_source"]) or "person" in found


def opening(parsed: Parsed, out: SentenceSources) -> None:
    """ "Information ministry: 43 militants dead": what follows the colon is laid to the source before it."""
    colon = next((t for t in parsed.doc[1:_OPENING] if t.text == ":"), None)
    if colon is None or colon.i + 2 >= len(parsed.doc) or any(a.kind != "quotation" for a in out.items):
        return
    phrase = list(parsed.doc[: colon.i])
    head = phrase[-1]
    if any(t.pos_ in {"VERB", "AUX"} or t.is_punct for t in phrase) or not classes(parsed, head) & _SPEAKS:
        return
    own = frozenset(t.i for t in phrase)
    scope = frozenset(range(colon.i + 1, len(parsed.doc)))
    out.items.append(Attribution(parsed.text_of(phrase).strip(), scope, ":", "say", colon.i, head.i, own))
