"""Place phrases of a sentence, and which of them an event happened at.

A place phrase is a name with what belongs to it ("the western edge of the town of Qamishli", "an airbase near Homs"), or an
unnamed place ("the city"). Phrases in one list share a list number; a phrase that only says where another lies is its
container. Which phrase an event takes is decided by grammar: its object, what hangs on it, its clause, the sentence.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from warlog import vocabulary
from warlog.extract import grammar
from warlog.extract.classes import classes, is_demonym, of_word
from warlog.language.names import Name
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """The word lists of vocab/location_words.toml."""
    return {k: frozenset(v) for k, v in vocabulary.load("location_words").items()}


@dataclass(slots=True)
class PlacePhrase:
    """A phrase that names or points to a place."""

    head: Token
    #: token of the name inside it; None for an unnamed place
    name: Token | None
    tokens: list[Token]
    text: str
    #: preposition before it in lower case, if any
    preposition: str | None = None
    list_id: int = -1
    #: other phrases that say where this one lies
    containers: list[PlacePhrase] = field(default_factory=list)
    #: the phrase this one only locates
    contained_by: PlacePhrase | None = None
    #: only tells which road or line is meant ("linking A and B")
    linking: bool = False
    #: "near", "north of" ...: the wording that relates the event's place to this one
    relation: str | None = None

    @property
    def named(self) -> bool:
        """Whether it holds a name."""
        return self.name is not None


def _is_place(parsed: Parsed, token: Token) -> bool:
    """Whether a token is a place name: known as one, or a name in a spot where only a place can stand."""
    name = parsed.names.get(token.i)
    if name is not None and "place" in name.classes:
        return True
    if name is not None and name.kind != "name":
        return False
    modifies = token.dep_ == "compound" and not (token.head.lemma_.lower() in words()["part"] and token.head.pos_ == "NOUN")
    if name is None and (token.pos_ != "PROPN" or modifies or _known_otherwise(parsed, token)):
        return False
    if not _stands_as_place(parsed, token):
        return False
    if name is None:
        first = token
        for c in token.children:
            if c.dep_ == "compound" and c.pos_ == "PROPN" and c.i < token.i and c.i not in parsed.names and not of_word(c.text):
                first = min(first, c, key=lambda t: t.i)
        start, end = parsed.spans[first.i][0], parsed.spans[token.i][1]
        parsed.names[token.i] = Name(start, end, parsed.source[start:end], "name", (), end, frozenset({"place"}))
    else:
        parsed.names[token.i] = replace(name, classes=name.classes | {"place"})
    return True


def _known_otherwise(parsed: Parsed, token: Token) -> bool:
    """A capitalised word that is no name of a place: a common noun, a nation, a month."""
    if of_word(token.text) or is_demonym(parsed, token) or token.ent_type_:
        return True
    return token.lower_ in _calendar() or len(token.text) < 3


@lru_cache(maxsize=1)
def _calendar() -> frozenset[str]:
    import calendar

    return frozenset(n.lower() for n in [*calendar.month_name, *calendar.day_name, *calendar.month_abbr, *calendar.day_abbr] if n)


_LEAVING = frozenset(
    {
        "withdraw",
        "retreat",
        "pull",
        "expel",
        "drive",
        "oust",
        "flee",
        "evacuate",
        "wrest",
        "dislodge",
        "displace",
        "withdrawal",
        "pullout",
        "depart",
        "push",
        "advance",
        "attack",
        "force",
    }
)
_PLACE_VERBS = frozenset(
    {
        "capture",
        "recapture",
        "retake",
        "liberate",
        "seize",
        "overrun",
        "occupy",
        "besiege",
        "shell",
        "bombard",
        "storm",
        "enter",
        "encircle",
        "reoccupy",
        "clear",
        "secure",
        "evacuate",
        "leave",
    }
)


def _stands_as_place(parsed: Parsed, token: Token) -> bool:
    head = token.head
    if token.dep_ == "conj":
        first = token
        while first.dep_ == "conj" and first.head != first:
            first = first.head
        return _is_place(parsed, first) or any(_certain(parsed, c) for c in grammar.conjuncts(first))
    if any(_certain(parsed, c) for c in grammar.conjuncts(token)[1:]):
        return True
    if token.dep_ == "pobj" and head.lower_ == "of":
        return head.head.lower_ == "out" or (head.head.lemma_.lower() in words()["part"] and head.head.pos_ == "NOUN")
    if token.dep_ == "pobj" and head.lower_ in {
        "in",
        "near",
        "at",
        "around",
        "outside",
        "inside",
        "into",
        "towards",
        "toward",
        "across",
        "north",
        "south",
        "east",
        "west",
    }:
        return True
    if token.dep_ == "pobj" and head.lower_ == "from" and head.head.lemma_.lower() in _LEAVING:
        return True
    if (
        token.dep_ in {"nsubj", "nsubjpass"}
        and head.lemma_.lower() in {"fall", "come", "pass"}
        and any(c.dep_ in {"prep", "dative"} and c.lower_ in {"to", "under", "into"} for c in head.children)
    ):
        return True
    if token.dep_ == "appos" and head.lemma_.lower() in words()["part"]:
        return True
    if token.dep_ in {"dobj", "nsubjpass"} and head.lemma_.lower() in _PLACE_VERBS:
        return True
    return token.dep_ in {"compound", "nmod"} and head.lemma_.lower() in words()["part"] and head.pos_ == "NOUN"


def _certain(parsed: Parsed, token: Token) -> bool:
    name = parsed.names.get(token.i)
    return name is not None and "place" in name.classes and "state" not in name.classes


def _climb(parsed: Parsed, token: Token) -> Token:
    """From a place name up to the head of the phrase that it is part of."""
    part = words()["part"]
    top = token
    for _ in range(5):
        head = top.head
        if head is top or head == top:
            break
        if top.dep_ in {"compound", "nmod", "amod", "poss"} and (head.lemma_.lower() in part or head.lower_ in part):
            top = head
            continue
        if top.dep_ == "pobj" and head.dep_ == "prep" and head.lower_ in {"of"} and not grammar.children(top, "conj"):
            noun = head.head
            if noun.pos_ in {"NOUN", "PROPN", "NUM", "ADJ"} and (noun.lemma_.lower() in part or noun.lower_ in part):
                top = noun
                continue
        if top.dep_ == "appos" and head.lemma_.lower() in part and head.i < top.i and top.i - head.i <= 2:
            top = head
            continue
        break
    return top


def _direction(top: Token) -> str | None:
    """Words that set the phrase off from the name: "north of", "near", "12 km from"."""
    prep = top.head
    if top.dep_ not in {"pobj"} or prep.pos_ not in {"ADP", "ADV", "SCONJ"}:
        return None
    if (
        prep.lower_ in {"of", "from", "to"}
        and prep.head.lower_ in words()["relative"]
        and prep.head.pos_ in {"ADV", "ADP", "NOUN", "ADJ"}
    ):
        return f"{prep.head.lower_} {prep.lower_}"
    if prep.lower_ in words()["relative"]:
        return prep.lower_
    return None


def find(parsed: Parsed) -> list[PlacePhrase]:
    """All place phrases of a sentence in text order."""
    out: list[PlacePhrase] = []
    taken: set[int] = set()
    listed = 0
    for token in parsed.doc:
        if not _is_place(parsed, token) or token.i in taken:
            continue
        name = parsed.names[token.i]
        head = token.head
        if token.dep_ in {"compound", "nmod", "amod"} and not (
            head.lemma_.lower() in words()["part"] or head.lower_ in words()["part"]
        ):
            # "Idlib militants", "Aleppo offensive": the place qualifies another noun
            top = token
        else:
            top = _climb(parsed, token)
        siblings = grammar.children(token, "conj") or token.dep_ == "conj"
        if siblings and top is not token and top.dep_ not in {"compound"} and token.dep_ != "compound":
            top = token
        tokens = [t for t in grammar.phrase(top) if t.i not in taken] if top is not token else [token]
        if top is not token and top.i in taken:
            continue
        taken.update(t.i for t in tokens)
        phrase = PlacePhrase(top, token, tokens, parsed.text_of(tokens), relation=None)
        prep = top.head if top.dep_ == "pobj" else None
        phrase.preposition = prep.lower_ if prep is not None else None
        phrase.relation = _direction(top)
        del name
        out.append(phrase)
    by_head = {p.head.i: p for p in out} | {p.name.i: p for p in out if p.name is not None}
    # lists: conjuncts, and names that follow each other with nothing but commas between
    for p in out:
        if p.list_id >= 0:
            continue
        group = [by_head[c.i] for c in grammar.conjuncts(p.head) if c.i in by_head]
        if len(group) > 1:
            for g in group:
                g.list_id = listed
            listed += 1
    _between(parsed, out)
    # containers: "X, Idlib province", "X in Y", "Y's district of X"
    for p in out:
        for child in p.head.subtree:
            q = by_head.get(child.i)
            if q is None or q is p or q.contained_by is not None or q.list_id == p.list_id >= 0:
                continue
            if (q.head.dep_ == "appos" and q.head.head is p.head) or (
                q.head.dep_ == "pobj"
                and q.head.head.lower_ in {"in", "of", "near", "within", "on", "at", "outside", "around"}
                and _hangs_on(q.head.head, p.head)
            ):
                q.contained_by = p
                p.containers.append(q)
    for a, b in itertools.pairwise(out):
        # "in Saraqib, Idlib province": two names with a comma, the second an area
        if b.contained_by is None and a.list_id < 0 and b.list_id < 0:
            between = parsed.source[parsed.spans[a.tokens[-1].i][1] : parsed.spans[b.tokens[0].i][0]]
            if (
                between.strip().lower()
                in {"in", "on", "of", "near", "at", "outside", "in the", "on the", "of the", "'s", "outside of"}
                and b.preposition is not None
                and a.head.dep_ != "nsubj"
            ):
                b.contained_by = a
                a.containers.append(b)
                continue
            area = b.head.lemma_.lower() in words()["part"] and b.head is not b.name
            country = b.name is not None and "state" in parsed.names[b.name.i].classes
            if between.strip() in {"", ","} and (area or country) and len(between) <= 3:
                b.contained_by = a
                a.containers.append(b)
    return out


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
            p.containers.append(last)
            last.contained_by, last.list_id, p.list_id = p, -1, -1
        elif verb is not None and verb.lemma_.lower() in {"link", "connect", "join", "separate"}:
            for q in members:
                q.linking = True


def _hangs_on(prep: Token, head: Token) -> bool:
    t = prep
    for _ in range(3):
        t = t.head
        if t == head:
            return True
        if t.pos_ in {"VERB", "AUX"}:
            return False
    return False


def unnamed(parsed: Parsed, token: Token) -> PlacePhrase | None:
    """A phrase that points to a place with no name ("the city", "a market in X" has one), from its head."""
    found = of_word(token.lemma_) | of_word(token.text)
    if token.pos_ not in {"NOUN", "PROPN"} or not found & {"place", "building"} or found & {"armed"}:
        return None
    tokens = grammar.phrase(token)
    near = [
        c
        for c in token.children
        if c.dep_ == "prep"
        and c.lower_ in {"near", "in", "on", "at", "outside", "between", "linking", "north", "south", "east", "west"}
        and c.i > token.i
    ]
    text_tokens = list(tokens)
    for prep in near[:1]:
        text_tokens += [t for t in prep.subtree if t.dep_ not in {"relcl", "punct"}]
    phrase = PlacePhrase(token, None, tokens, parsed.text_of(text_tokens))
    if token.dep_ == "pobj":
        phrase.preposition = token.head.lower_
        phrase.relation = _direction(token)
    return phrase


def is_place_like(parsed: Parsed, token: Token) -> bool:
    """Whether the head of a phrase names a place or something one can stand at."""
    found = classes(parsed, token)
    return bool(found & {"place"}) and not found & {"armed"}
