"""Which tokens of a parse are place names: those known as such, and unknown names in a spot where only a place can stand."""

from __future__ import annotations

import calendar
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.classes import is_demonym, of_word
from warlog.extract.wordlists import wordlists
from warlog.language.names import Name
from warlog.language.parse import Parsed, is_headline

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("location_words")


def is_place(parsed: Parsed, token: Token) -> bool:
    """Whether a token is a place name. One told by its spot alone is entered as a place in the names of the parse."""
    name = parsed.names.get(token.i)
    if name is not None and "place" in name.classes:
        return True
    if name is not None and name.kind != "name":
        return False
    proper = token.pos_ == "PROPN" or _written_as_name(parsed, token)
    if name is None and (not proper or _modifies(token) or _known_otherwise(parsed, token)):
        return False
    if not _stands_as_place(parsed, token):
        return False
    parsed.names[token.i] = (
        _new_name(parsed, token) if name is None else replace(name, classes=name.classes | frozenset({"place"}))
    )
    return True


def _written_as_name(parsed: Parsed, token: Token) -> bool:
    """A common word with a capital after a preposition, in a sentence that gives none to its other words ("in Sake")."""
    if token.dep_ != "pobj" or not token.text[:1].isupper() or token.pos_ not in {"NOUN", "ADJ", "VERB", "X"}:
        return False
    return token.text[1:].islower() and not is_headline(parsed.sentence.text)


def is_part(token: Token) -> bool:
    """Whether a noun is a word for a place or for a part of one ("town", "outskirts")."""
    return grammar.lemma(token) in _WORDS["part"] and (token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.text.islower()))


def _modifies(token: Token) -> bool:
    """Whether a word only qualifies a noun that is no place ("the Aleppo offensive")."""
    return token.dep_ == "compound" and not is_part(token.head)


def _known_otherwise(parsed: Parsed, token: Token) -> bool:
    """A capitalised word that is no name of a place: a common noun, a nation, a month."""
    if of_word(token.text) or is_demonym(parsed, token) or token.ent_type_:
        return True
    return token.lower_ in _calendar() or len(token.text) < 3


@cache
def _calendar() -> frozenset[str]:
    """Names of the months and days, short ones included, in lower case."""
    return frozenset(n.lower() for n in [*calendar.month_name, *calendar.day_name, *calendar.month_abbr, *calendar.day_abbr] if n)


def _new_name(parsed: Parsed, token: Token) -> Name:
    """The name that ends in a token, with the capitalised words before it that belong to it."""
    first = token
    for c in token.children:
        if c.dep_ == "compound" and c.pos_ == "PROPN" and c.i < token.i and c.i not in parsed.names and not of_word(c.text):
            first = min(first, c, key=lambda t: t.i)
    start, end = parsed.spans[first.i][0], parsed.spans[token.i][1]
    return Name(start, end, parsed.source[start:end], "name", (), end, frozenset({"place"}))


def _stands_as_place(parsed: Parsed, token: Token) -> bool:
    """Whether only a place can stand where a token stands."""
    if token.dep_ == "conj":
        first = token
        while first.dep_ == "conj" and first.head != first:
            first = first.head
        return is_place(parsed, first) or any(_certain(parsed, c) for c in grammar.conjuncts(first))
    if any(_certain(parsed, c) for c in grammar.conjuncts(token)[1:]):
        return True
    if token.dep_ == "pobj":
        return _preposition_tells(token.head)
    return _verb_tells(token) or (token.dep_ in {"compound", "nmod"} and is_part(token.head)) or _names_a_part(token)


def _preposition_tells(prep: Token) -> bool:
    """Whether a preposition, with what it hangs on, leaves only a place to follow: "in", "the town of", "fled from"."""
    word, above = prep.lower_, prep.head
    if word == "of":
        return above.lower_ == "out" or is_part(above)
    if word == "from":
        return grammar.lemma(above) in _WORDS["leaving"]
    return word in _WORDS["telling"]


def _verb_tells(token: Token) -> bool:
    """Whether the verb that a token is subject or object of does what is done to places: "X fell to them", "they took X"."""
    verb = grammar.lemma(token.head)
    if token.dep_ in {"dobj", "nsubjpass"} and verb in _WORDS["taking"]:
        return True
    return (
        token.dep_ in {"nsubj", "nsubjpass"}
        and verb in _WORDS["falling"]
        and any(c.dep_ in {"prep", "dative"} and c.lower_ in {"to", "under", "into"} for c in token.head.children)
    )


def _names_a_part(token: Token) -> bool:
    """ "the village, X": a name set beside a word for a place."""
    return token.dep_ == "appos" and grammar.lemma(token.head) in _WORDS["part"]


def _certain(parsed: Parsed, token: Token) -> bool:
    """Whether a token is a place name and no country, which can act."""
    name = parsed.names.get(token.i)
    return name is not None and "place" in name.classes and "state" not in name.classes
