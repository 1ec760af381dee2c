"""What placing asks of a single place phrase: is it a country, can it be the event's place, what lies below or beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.classes import classes
from warlog.extract.frames import Reading
from warlog.extract.place_phrase import PlacePhrase
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("location_words")
#: how many steps further off a country counts than a place in it
_COUNTRY_STEPS = 4
#: prepositions that make of a country a party and not a place ("talks with X", "by X")
_OF_PARTIES = frozenset({"by", "with", "from", "against", "to", "for", "between", "of"})


def of_territory(reading: Reading) -> bool:
    """Whether a reading tells who holds a place, so that the place is what is taken and not where something happens."""
    return reading.type.startswith("territory")


def country(parsed: Parsed, p: PlacePhrase) -> bool:
    """Whether a phrase names a country."""
    return p.name is not None and "state" in parsed.names[p.name.i].classes


def steps(parsed: Parsed, p: PlacePhrase, reading: Reading) -> int:
    """How far a phrase is from the trigger in the parse; a country is further off than what lies in it."""
    return grammar.distance(p.head, reading.token) + (_COUNTRY_STEPS if country(parsed, p) else 0)


def usable(parsed: Parsed, p: PlacePhrase, reading: Reading, own: frozenset[int]) -> bool:
    """Whether a phrase can be the event's place: not the party itself, not part of the source's name (`own`)."""
    if p.linking or p.head.i in own or (p.name is not None and p.name.i in own):
        return False
    top = p.head
    if p.name is not None and top is p.name:
        found = classes(parsed, p.name)
        if "state" in found and _acts(top):
            return top.dep_ == "pobj" and top.head.lower_ == "of" and of_territory(reading)
        if top.dep_ in {"compound", "nmod", "amod"} and classes(parsed, top.head) & {"official", "body", "source"}:
            return False
        if top.dep_ == "nsubj" and "place" in found and reading.type in {"talks", "statement"}:
            return False
    if _left_behind(top) and not of_territory(reading) and reading.type != "displacement":
        return False
    return not _in_source(top, own)


def _acts(token: Token) -> bool:
    """Whether a country or capital stands as subject, agent or possessor, and so is no place."""
    token = grammar.conjuncts_first(token)
    if token.dep_ == "pobj":
        return token.head.lower_ in _OF_PARTIES
    return token.dep_ in {"nsubj", "nsubjpass", "poss", "compound", "amod", "nmod", "dobj"}


def _left_behind(token: Token) -> bool:
    """ "a convoy evacuating residents of X", "refugees from X": where people came from, not where something befell them."""
    token = grammar.conjuncts_first(token)
    for _ in range(3):
        if token.dep_ != "pobj" or token.head.lower_ not in {"of", "from"}:
            return False
        people = token.head.head
        if grammar.lemma(people) in _WORDS["uprooted"]:
            return token.head.lower_ == "from"
        if people.dep_ == "dobj" and grammar.lemma(people.head) in _WORDS["moving_people"]:
            return True
        token = grammar.conjuncts_first(people)
    return False


def _in_source(token: Token, own: frozenset[int]) -> bool:
    """ "a source in X": where the source is, not the event."""
    up = token
    for _ in range(4):
        if up.dep_ == "pobj" and up.head.dep_ == "prep" and up.head.head.i in own:
            return True
        up = up.head
    return False


def at(phrases: list[PlacePhrase], token: Token) -> PlacePhrase | None:
    """The phrase that a token belongs to."""
    return next((p for p in phrases if token in (p.head, p.name) or token.i in {t.i for t in p.tokens}), None)


def below(phrases: list[PlacePhrase], token: Token) -> list[PlacePhrase]:
    """Phrases in the noun phrase of a token: "one of the key strongpoints - X", "the villages of A, B and C"."""
    inside = grammar.subtree(token)
    for c in token.subtree:
        if c.dep_ in {"relcl", "acl", "advcl", "ccomp"} and c != token:
            inside -= grammar.subtree(c)
    return [p for p in phrases if p.head.i in inside]


def with_list(phrases: list[PlacePhrase], p: PlacePhrase) -> list[PlacePhrase]:
    """A phrase with those that stand in a list with it."""
    return [p] if p.list_id < 0 else [q for q in phrases if q.list_id == p.list_id]


def between(top: Token, inner: Token) -> Iterator[Token]:
    """The tokens on the way from a token up to one above it: the first is `inner`, `top` is left out."""
    t = inner
    while t != top and t.head != t:
        yield t
        t = t.head


def in_deeper_clause(trigger: Token, inner: Token) -> bool:
    """Whether a token below the trigger belongs to a clause of its own."""
    return any(t.dep_ in {"relcl", "advcl", "ccomp"} for t in between(trigger, inner))
