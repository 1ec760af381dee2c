"""Trigger words of a sentence: the tokens that the lexicon knows, each read by the first of its entries that holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from warlog.extract import frames, grammar
from warlog.extract.frames import Reading
from warlog.extract.lexicon import Entry, lexicon
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("readings")
#: particles and prepositions that an entry can ask for after its verb
_PARTICLES = frozenset(
    {"up", "down", "off", "out", "over", "back", "in", "to", "from", "ahead", "on", "at", "with", "through", "into"}
)
#: of those, the ones that must hang on the verb: standing right behind it is not enough
_PREPOSITIONS = frozenset({"in", "on", "at", "to", "from", "with"})
_REFLEXIVES = frozenset({"himself", "herself", "themselves", "itself"})
#: dependents of a verb whose own dependents can hold an entry's words ("fall into hands", "take control")
_HOLDS_TAIL = frozenset({"prep", "prt", "dobj", "advmod", "agent"})
#: an entry's words stand no farther from the verb than this
_REACH = 12
#: roles in which a form in -ing is a noun
_NOUN_ROLES = frozenset({"pobj", "nsubj", "dobj", "nsubjpass", "conj", "ROOT"})


def candidates(parsed: Parsed) -> Iterator[Iterator[Reading]]:
    """For each trigger token of a sentence the readings that the lexicon allows, best first, before types are settled."""
    for token in parsed.doc:
        if token.i not in parsed.names:
            yield _readings_of(parsed, token)


def _readings_of(parsed: Parsed, token: Token) -> Iterator[Reading]:
    """What a token can trigger: the entries of its lemma whose conditions hold, in their order."""
    lemma = grammar.lemma(token)
    if _verbal(token) and not _gerund_of(token):
        for entry in lexicon().verbs.get(lemma, ()):
            if _tail_matches(token, entry) and (found := frames.read(parsed, token, entry, verbal=True)) is not None:
                yield found
    if _nominal(token):
        for key in dict.fromkeys((lemma, token.lower_, token.lower_.replace("-", ""))):
            for entry in lexicon().nouns.get(key, ()):
                if (found := frames.read(parsed, token, entry, verbal=False)) is not None:
                    yield found


def is_trigger(token: Token) -> bool:
    """Whether the lexicon knows a token as a trigger in the role it stands in, whatever stands around it."""
    lemma = grammar.lemma(token)
    if _verbal(token) and any(_tail_matches(token, entry) for entry in lexicon().verbs.get(lemma, ())):
        return True
    return _nominal(token) and any(key in lexicon().nouns for key in (lemma, token.lower_, token.lower_.replace("-", "")))


def _gerund_of(token: Token) -> bool:
    """ "the burning of farms": a noun, whatever the model takes it for."""
    return token.tag_ == "VBG" and any(c.lower_ == "of" and c.i == token.i + 1 for c in grammar.children(token, "prep"))


def _verbal(token: Token) -> bool:
    copula = token.pos_ == "AUX" and token.lemma_ in {"be", "have"} and token.dep_ not in {"aux", "auxpass"}
    return (token.pos_ == "VERB" or copula) and token.dep_ not in {"amod", "compound", "aux", "auxpass", "nmod"}


def _nominal(token: Token) -> bool:
    if token.pos_ not in {"NOUN", "PROPN"} and token.tag_ != "VBG":
        return False
    if token.tag_ == "VBG" and token.pos_ == "VERB" and token.dep_ not in _NOUN_ROLES:
        return False
    return token.dep_ not in {"compound", "nmod", "npadvmod"} or token.head.i < token.i


def _tail_matches(verb: Token, entry: Entry) -> bool:
    """Whether the words an entry wants after its verb are there: a particle, the object's head, a preposition's object."""
    near = _near(verb) if entry.tail else set()
    return all(word in near or _follows(verb, word) for word in entry.tail)


def _near(verb: Token) -> set[str]:
    """Words and lemmas that hang on a verb, directly or through an object or preposition."""
    out: set[str] = set()
    for c in verb.children:
        if abs(c.i - verb.i) > _REACH:
            continue
        out |= {c.lower_, grammar.lemma(c)}
        for k in c.children:
            if c.dep_ in _HOLDS_TAIL or k.dep_ in {"prep", "pobj"}:
                out |= {k.lower_, grammar.lemma(k)}
            if k.dep_ == "prep":
                # "out of the hands of X"
                out |= {w for p in grammar.children(k, "pobj") for w in (p.lower_, grammar.lemma(p))}
    return out


def _follows(verb: Token, word: str) -> bool:
    """Whether a particle, reflexive or the like stands just behind the verb, wherever the parse hung it."""
    if word in _PARTICLES | _REFLEXIVES:
        return word not in _PREPOSITIONS and word in {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]}
    return word in _WORDS["result_adjectives"] and word in {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 5]}
