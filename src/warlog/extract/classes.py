"""Classes of words: what kind of thing the head of a noun phrase names (armed, civilian, place, weapon ...).

The word lists are data (`vocab/noun_classes.toml`, `vocab/actor_words.toml`); names bring the classes that the places and
actors rooms know of them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from warlog import vocabulary
from warlog.extract.wordlists import wordlists
from warlog.language.names import Name
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

#: actor kinds that fight
ARMED_KINDS = frozenset({"military", "rebel", "militia", "jihadist", "police", "armed"})
#: actor kinds that speak and act as bodies
BODY_KINDS = frozenset({"international", "party", "monitor", "agency", "outlet", "civilian_body"})

_TABLES = {
    "armed_heads": "armed",
    "civilian_heads": "civilian",
    "official_heads": "official",
    "body_heads": "body",
    "source_heads": "source",
    "equipment_heads": "equipment",
    "building_heads": "building",
}


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for table, words in vocabulary.load("noun_classes").items():
        for word in words:
            out.setdefault(word, set()).add(table)
    actor_words = vocabulary.load("actor_words")
    for table, name in _TABLES.items():
        for word in actor_words.get(table, ()):
            out.setdefault(word.lower(), set()).add(name)
    models = wordlists("quantities")["aircraft_names"]
    for kind, names in (("air", ("aircraft",)), ("artillery", ("weapon",)), ("explosive", ("explosive", "weapon"))):
        for word in vocabulary.load("weapons")[kind]["words"]:
            if " " not in word and (kind != "air" or word in models or re.search(r"\d", word)):
                out.setdefault(word, set()).update(names)
    return {k: frozenset(v) for k, v in out.items()}


@lru_cache(maxsize=1)
def tables() -> dict[str, frozenset[str]]:
    """Each class with its words."""
    out: dict[str, set[str]] = {}
    for word, names in _classes().items():
        for name in names:
            out.setdefault(name, set()).add(word)
    return {k: frozenset(v) for k, v in out.items()}


def of_word(word: str) -> frozenset[str]:
    """Classes of a common noun, given in any case and number."""
    table = _classes()
    low = word.lower()
    found = table.get(low, frozenset())
    if not found and low.endswith("s"):
        found = table.get(low[:-1], frozenset()) or (table.get(low[:-2], frozenset()) if low.endswith("es") else frozenset())
    return found


@lru_cache(maxsize=1)
def demonyms() -> frozenset[str]:
    """Adjectives and nouns for the people of every state, as written with a capital ("Syrian", "Ukrainians", "US")."""
    out: set[str] = {"US", "U.S.", "UK", "U.K.", "EU", "UN", "U.N."}
    for row in vocabulary.load("nationalities")["country"].values():
        out.update(row.get("adjective", ()))
        out.update(row.get("people", ()))
    return frozenset(out)


def is_demonym(parsed: Parsed, token: Token) -> bool:
    """Whether a word is the adjective or noun of a nation; halves of "Syrian-Russian" count too."""
    start, end = parsed.spans[token.i]
    word = parsed.source[start:end]
    return word in demonyms() or any(part in demonyms() for part in word.split("-") if "-" in word)


_PEOPLE_PRONOUNS = frozenset({"they", "them", "he", "she", "him", "her", "who", "others", "those", "we", "us"})


def classes(parsed: Parsed, token: Token) -> frozenset[str]:
    """Classes of the thing that a noun phrase with this head names."""
    name = parsed.names.get(token.i)
    if name is not None:
        return _of_name(name, token)
    as_known = parsed.known.get(token.i)
    if as_known is not None and (token.i + 1 >= len(parsed.doc) or parsed.known.get(token.i + 1) is not as_known):
        # the last word of a known name stands for all of it
        return of_word(token.lemma_) - {"source", "building", "place"} | as_known.classes
    if is_demonym(parsed, token):
        several = token.tag_ in {"NNS", "NNPS"} and bool([c for c in token.children if c.dep_ == "nummod"])
        return frozenset({"demonym", "state", "civilian", "any_people"}) if several else frozenset({"demonym", "state"})
    lemma = token.lemma_.lower()
    if lemma in _list("quantities") and (counted := _counted(parsed, token, lemma)) is not None:
        return counted
    found = of_word(token.lemma_) | of_word(token.text)
    if token.i and token.nbor(-1).dep_ in {"compound", "amod"}:
        # lists hold words of two too: "air defences", "police officers"
        found |= of_word(f"{token.nbor(-1).lower_} {token.lower_}")
    if lemma in _list("carriers_of_relief") and _carries_relief(token):
        found = (found - {"armed"}) | {"aid"}
    if found & {"civilian", "vehicle", "equipment"} and _is_made_military(token):
        found = (found - {"civilian"}) | ({"armed"} if "civilian" in found else {"forces"})
    if token.pos_ == "PRON":
        return found | ({"any_people"} if token.lower_ in _PEOPLE_PRONOUNS else frozenset())
    if token.pos_ == "NUM" and not found:
        return found | {"any_people"}
    if found & {"armed", "civilian", "official"}:
        found = found | {"any_people"}
    return _of_unknown_name(parsed, token) if token.pos_ == "PROPN" and not found else found


def _is_made_military(token: Token) -> bool:
    """ "armed men", "military vehicles": people or vehicles that a word before them makes fighters, or theirs."""
    return any(
        c.i < token.i and c.dep_ in {"amod", "compound", "nmod"} and c.lower_ in _list("words_that_arm") for c in token.children
    )


def _list(name: str) -> frozenset[str]:
    return wordlists("quantities")[name]


def _of_name(name: Name, token: Token) -> frozenset[str]:
    """Classes of a name by what the places and actors rooms know of it; a name known to neither can only be a place."""
    if "capital" in name.classes and token.dep_ in {"nsubj", "poss"}:
        # a capital that acts stands for its government
        return name.classes | {"state"}
    return name.classes or (frozenset({"place"}) if name.kind == "name" else name.classes)


def _counted(parsed: Parsed, token: Token, lemma: str) -> frozenset[str] | None:
    """ "hundreds of people", "most of the fighters": what they are of; round numbers alone are people."""
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            for inner in prep.children:
                if inner.dep_ == "pobj":
                    return classes(parsed, inner)
    if lemma in _list("round_numbers") and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "conj"}:
        return frozenset({"civilian", "any_people"})
    return None


def _carries_relief(token: Token) -> bool:
    """ "a convoy of food", "aid workers", "medical supplies": a carrier or worker of relief, not of war."""
    aid = tables()["aid"]
    for c in token.children:
        if c.i < token.i and (c.lemma_.lower() in aid or c.lower_ in {"humanitarian", "relief"}):
            return True
        if c.lower_ in {"of", "with", "carrying"} and any(t.lemma_.lower() in aid for t in c.subtree):
            return True
    return False


#: what a word before a person's name can say of the person
_ROLES = frozenset({"civilian", "official", "armed"})


def _of_unknown_name(parsed: Parsed, token: Token) -> frozenset[str]:
    """A capitalised word that no list knows: what names inside it say; else a person, or by its form a group."""
    inner = [c for c in token.children if c.i in parsed.names and c.dep_ in {"compound", "nmod", "appos"}]
    found = {"proper"} | {name for c in inner for name in parsed.names[c.i].classes}
    roles = [c for c in token.children if c.dep_ in {"compound", "nmod"} and c.pos_ == "NOUN" and c.i < token.i]
    # "citizen X", "commander X": what the word before the name says
    found |= {name for c in roles for name in of_word(c.lemma_) & _ROLES}
    if token.text.isupper() and 2 <= len(token.text) <= 6:
        # an abbreviation that nobody introduced: in reports of war, a group or a force
        found.add("group")
    said = [classes(parsed, c) for c in token.children if c.dep_ == "appos" and c.i > token.i and c.pos_ == "NOUN"]
    if any("place" in s for s in said):
        # "X, a fishing village on the lake"
        found.add("place")
    elif not inner:
        found.add("person")
    return frozenset(found)
