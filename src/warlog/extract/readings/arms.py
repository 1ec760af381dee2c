"""The weapon words of a sentence, which decide what kind of attack it tells of, and those of the document around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog import vocabulary
from warlog.extract import grammar
from warlog.extract.frames import Reading
from warlog.extract.lexicon import Weapon, weapons
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("readings")
#: kinds of weapon by which a document can be about one attack
_TELLING = ("air", "artillery", "explosive", "suicide", "chemical")
#: a document is about one attack where its weapon words outnumber all others so many times, and are not fewer than this
_DOMINANCE, _LEAST = 1.5, 2


class Arms:
    """The weapon words of a sentence by token, and what the document as a whole is about.

    `document`: number of weapon words of the document by kind.
    """

    def __init__(self, parsed: Parsed, document: dict[str, int]) -> None:
        self.parsed = parsed
        self.document = document
        base = parsed.sentence.start
        self.found: list[tuple[Weapon, list[int]]] = []
        for w in weapons(parsed.sentence.text):
            tokens = [i for i, (s, e) in enumerate(parsed.spans) if e > s and s < base + w.end and e > base + w.start]
            # weapon words inside a name of an organisation say nothing ("the Air Force" does)
            named = any(i in parsed.names and "place" not in parsed.names[i].classes for i in tokens)
            if tokens and (w.kind == "air" or not named):
                self.found.append((w, tokens))

    def near(self, tokens: set[int]) -> Weapon | None:
        """The most telling weapon word among some tokens."""
        return next((weapon for weapon, at in self.found if not tokens.isdisjoint(at)), None)

    def among(self, heads: list[Token]) -> Weapon | None:
        """The most telling weapon word in the phrases of some heads."""
        return self.near({k.i for t in heads for k in grammar.phrase(t)})

    def tokens(self) -> set[int]:
        """Tokens that are weapon words."""
        return {i for _, at in self.found for i in at}

    def told(self, kind: str) -> int:
        """How many words of a kind of weapon the document has."""
        return self.document.get(kind, 0)

    def dominant(self) -> str | None:
        """The type of the attack that the document tells of before all others: "the attack" without a weapon is that."""
        told = {kind: self.told(kind) for kind in _TELLING if self.told(kind) >= _LEAST}
        if not told:
            return None
        best = max(told, key=lambda kind: told[kind])
        if told[best] < _DOMINANCE * (sum(told.values()) - told[best]):
            return None
        return str(vocabulary.load("weapons")[best]["type"])

    def default(self) -> str:
        """Type of a strike with no weapon named: what the document's other weapons are."""
        return "shelling" if self.told("artillery") > self.told("air") else "air_strike"


def phrase_tokens(reading: Reading) -> set[int]:
    """Tokens of the trigger's own phrase, of those who do it and of what it is done with; not of whom it is done to."""
    trigger = reading.token
    out = {trigger.i}
    doers = grammar.subjects(trigger) if trigger.pos_ == "VERB" and not grammar.is_passive(trigger) else []
    for t in [trigger, *reading.actors, *doers]:
        out |= {k.i for k in grammar.phrase(t)}
    for c in trigger.children:
        if c.dep_ in {"dobj", "nsubj", "agent", "nsubjpass"} and c.pos_ != "VERB":
            out |= {k.i for t in grammar.conjuncts(c) for k in grammar.phrase(t)}
        if c.dep_ in {"prep", "agent"} and c.lower_ in {"with", "by", "using", "from", "of", "involving"}:
            out |= grammar.subtree(c) - {x for k in c.subtree if k.dep_ == "relcl" for x in grammar.subtree(k)}
        if c.dep_ in {"advcl", "acl"} and grammar.lemma(c) in _WORDS["verbs_of_means"]:
            out |= grammar.subtree(c)
    for t in reading.places + reading.targets:
        out -= {k.i for k in grammar.phrase(t)}
    return out | {trigger.i}


def clause_tokens(reading: Reading) -> set[int]:
    """Tokens of the clause a trigger stands in, without the clauses inside it that are about something else."""
    root = grammar.clause_root(reading.token)
    out = grammar.subtree(root)
    for t in root.subtree:
        if t is not root and t.dep_ in {"relcl", "ccomp", "parataxis"} and reading.token.i not in (inner := grammar.subtree(t)):
            out -= inner
    return out
