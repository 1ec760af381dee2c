"""How the place phrases of a sentence belong together: lists, phrases that locate others, and "between A and B"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.place_phrase import PlacePhrase
from warlog.extract.wordlists import wordlists
from warlog.language import directions
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("location_words")


def link(parsed: Parsed, phrases: list[PlacePhrase]) -> None:
    """Set the lists, containers and relations of the phrases of a sentence, given in text order."""
    by_head = {p.head.i: p for p in phrases} | {p.name.i: p for p in phrases if p.name is not None}
    _lists(parsed, phrases, by_head)
    _between(parsed, phrases)
    for p in phrases:
        _take_containers(p, by_head)
    for a, b in itertools.pairwise(phrases):
        if b.contained_by is None and a.list_id < 0 and b.list_id < 0 and _followed_by_container(parsed, a, b):
            a.locate(b)


def _lists(parsed: Parsed, phrases: list[PlacePhrase], by_head: dict[int, PlacePhrase]) -> None:
    """Give the phrases that are coordinated with each other one list number."""
    listed = 0
    for p in phrases:
        if p.list_id >= 0:
            continue
        group = [by_head[c.i] for c in grammar.conjuncts(p.head) if c.i in by_head]
        if _is_chain(parsed, sorted(group, key=lambda q: q.head.i)):
            continue
        if len(group) > 1:
            for g in group:
                g.list_id = listed
            listed += 1


def _is_chain(parsed: Parsed, group: list[PlacePhrase]) -> bool:
    """Whether names that the parse coordinates are an address: "in X, Y", "X village, Y township"."""
    if len(group) == 2 and _is_address(parsed, *group):
        return True
    gaps = [_gap(parsed, a, b) for a, b in itertools.pairwise(group)]
    return len(group) > 1 and all(gap == "," for gap in gaps) and all(_is_area(p) for p in group[1:])


def _is_area(p: PlacePhrase) -> bool:
    """Whether a phrase says by its own word that it is an area that holds places ("Y township")."""
    return p.head is not p.name and (p.head.lower_ in _WORDS["areas"] or p.head.lower_ in _WORDS["districts"])


def _is_address(parsed: Parsed, a: PlacePhrase, b: PlacePhrase) -> bool:
    """ "in X, Y": two names with a comma and no "and" are a place and what it lies in, not a list."""
    if b.name is None or b.tokens[0].i - a.tokens[-1].i != 2 or _gap(parsed, a, b) != ",":
        return False
    after = b.tokens[-1].i + 1
    return a.head.dep_ == "pobj" and (after >= len(parsed.doc) or parsed.doc[after].lower_ not in _WORDS["joining"])


def _gap(parsed: Parsed, a: PlacePhrase, b: PlacePhrase) -> str:
    """The text between two phrases, trimmed."""
    return parsed.source[parsed.spans[a.tokens[-1].i][1] : parsed.spans[b.tokens[0].i][0]].strip()


def _between(parsed: Parsed, phrases: list[PlacePhrase]) -> None:
    """ "between A and B" is one place, and A and B in "the road linking A and B" only tell which road."""
    for p in phrases:
        if p.list_id < 0 or p.contained_by is not None:
            continue
        members = [q for q in phrases if q.list_id == p.list_id]
        verb = p.head.head if p.head.dep_ == "dobj" else None
        if p.preposition == "between" and len(members) == 2 and p is members[0]:
            last = members[1]
            p.text = f"between {parsed.text_of([*p.tokens, *last.tokens])}"
            p.relation = "between"
            p.locate(last)
            last.list_id = p.list_id = -1
        elif verb is not None and grammar.lemma(verb) in _WORDS["linking"]:
            for q in members:
                q.linking = True


def _take_containers(p: PlacePhrase, by_head: dict[int, PlacePhrase]) -> None:
    """Containers that hang on a phrase in the parse: "X, Y province", "X in Y"."""
    for child in p.head.subtree:
        q = by_head.get(child.i)
        if q is None or q is p or q.contained_by is not None or q.list_id == p.list_id >= 0:
            continue
        beside = q.head.dep_ == "appos" and q.head.head is p.head
        prep = q.head.head if q.head.dep_ == "pobj" else None
        if beside or (prep is not None and prep.lower_ in _WORDS["containing"] and _hangs_on(prep, p.head)):
            p.locate(q)


def _followed_by_container(parsed: Parsed, a: PlacePhrase, b: PlacePhrase) -> bool:
    """Whether the text between two phrases makes the second the place of the first: "in X, Y province", "X in the Y"."""
    gap = parsed.source[parsed.spans[a.tokens[-1].i][1] : parsed.spans[b.tokens[0].i][0]]
    if _is_containing(gap) and b.preposition is not None and a.head.dep_ != "nsubj":
        return True
    if _is_address(parsed, a, b) and b.list_id < 0:
        return True
    area = grammar.lemma(b.head) in _WORDS["part"] and b.head is not b.name
    country = b.name is not None and "state" in parsed.names[b.name.i].classes
    return gap.strip() in {"", ","} and (area or country) and len(gap) <= 3


def _is_containing(gap: str) -> bool:
    """Whether a text is a preposition of containment, with or without an article, or a possessive's ending."""
    # "X in western Y", "X in the far north of Y"
    words = [w for w in gap.lower().split() if directions.bearing(w) is None and w not in _WORDS["setting_off"]]
    if words[:1] != ["outside"] and len(words) > 1 and words[1:] == ["of"]:
        words = words[:1]
    return words in (["'s"], ["outside", "of"]) or (len(words) == 1 and words[0] in _WORDS["containing"])


def _hangs_on(prep: Token, head: Token) -> bool:
    """Whether a preposition hangs on a token, at most three steps up and with no verb between."""
    t = prep
    for _ in range(3):
        t = t.head
        if t == head:
            return True
        if t.pos_ in {"VERB", "AUX"}:
            return False
    return False
