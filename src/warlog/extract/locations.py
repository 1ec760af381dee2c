"""Place phrases of a sentence.

A place phrase is a name with what belongs to it ("the western edge of the town of X"), or an unnamed place ("the city", "an
airbase near X"). Phrases in one list share a list number; a phrase that only says where another lies is its container.
Which phrase an event takes is decided in `placing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar, place_links
from warlog.extract.classes import of_word
from warlog.extract.place_names import is_place
from warlog.extract.place_phrase import PlacePhrase
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["PlacePhrase", "find", "unnamed"]

_WORDS = wordlists("location_words")


def find(parsed: Parsed) -> list[PlacePhrase]:
    """All named place phrases of a sentence in text order, linked to each other."""
    out: list[PlacePhrase] = []
    taken: set[int] = set()
    for token in parsed.doc:
        if not is_place(parsed, token) or token.i in taken:
            continue
        top = _top(token)
        if top is not token and top.i in taken:
            top = token
        tokens = [token] if top is token else [t for t in grammar.phrase(top) if t.i not in taken]
        # "the X district of Y": Y stays a phrase of its own, which says where X lies
        taken.update(t.i for t in tokens if t is token or t.i < token.i or not is_place(parsed, t))
        out.append(_phrase(parsed, top, token, tokens, parsed.text_of(tokens)))
    place_links.link(parsed, out)
    return out


def unnamed(parsed: Parsed, token: Token) -> PlacePhrase | None:
    """A phrase that points to a place with no name ("the city", "a market in X" has one), from its head."""
    found = of_word(token.lemma_) | of_word(token.text)
    if token.pos_ not in {"NOUN", "PROPN"} or not found & {"place", "building"} or found & {"armed"}:
        return None
    tokens = grammar.phrase(token)
    where = [c for c in grammar.children(token, "prep") if c.lower_ in _WORDS["placing"] and c.i > token.i]
    after = [t for prep in where[:1] for t in prep.subtree if t.dep_ not in {"relcl", "punct"}]
    return _phrase(parsed, token, None, tokens, parsed.text_of([*tokens, *after]))


def _phrase(parsed: Parsed, head: Token, name: Token | None, tokens: list[Token], text: str) -> PlacePhrase:
    preposition = head.head.lower_ if head.dep_ == "pobj" else None
    return PlacePhrase(head, name, tokens, text, preposition, relation=_relation(head))


def _top(token: Token) -> Token:
    """The head of the phrase that a place name is part of; the name itself where it only qualifies another noun."""
    if token.dep_ in {"compound", "nmod", "amod"} and not _is_part(token.head):
        # "Idlib militants", "Aleppo offensive"
        return token
    top = _climb(token)
    listed = bool(grammar.children(token, "conj")) or token.dep_ == "conj"
    return token if listed and top.dep_ != "compound" and token.dep_ != "compound" else top


def _climb(token: Token) -> Token:
    """From a place name up to the head of the phrase that it is part of."""
    top = token
    for _ in range(5):
        above = _whole(top)
        if above is None:
            break
        top = above
    return top


def _whole(part: Token) -> Token | None:
    """The noun right above a name or a part of a place that belongs to the same phrase."""
    head = part.head
    if head == part:
        return None
    if part.dep_ in {"compound", "nmod", "amod", "poss"} and _is_part(head):
        # "in X, Y region": two places
        return head if all(t.text != "," for t in part.doc[part.i : head.i]) else None
    if part.dep_ == "pobj" and head.dep_ == "prep" and head.lower_ == "of" and not grammar.children(part, "conj"):
        noun = head.head
        if noun.pos_ in {"NOUN", "PROPN", "NUM", "ADJ"} and _is_part(noun):
            return noun
    if part.dep_ == "appos" and grammar.lemma(head) in _WORDS["part"] and head.i < part.i and part.i - head.i <= 2:
        return head
    return None


def _is_part(token: Token) -> bool:
    """Whether a word is one for a place or for a part of one, whatever the model takes it for."""
    return grammar.lemma(token) in _WORDS["part"] or token.lower_ in _WORDS["part"]


def _relation(head: Token) -> str | None:
    """Words that set an event off from the place it is told by: "north of", "near", "12 km from"."""
    prep = head.head
    if head.dep_ != "pobj" or prep.pos_ not in {"ADP", "ADV", "SCONJ"}:
        return None
    above = prep.head
    if prep.lower_ in {"of", "from", "to"} and above.lower_ in _WORDS["relative"] and above.pos_ in {"ADV", "ADP", "NOUN", "ADJ"}:
        return f"{above.lower_} {prep.lower_}"
    return prep.lower_ if prep.lower_ in _WORDS["relative"] else None
