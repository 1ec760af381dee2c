"""Classes of words: what kind of thing the head of a noun phrase names (armed, civilian, place, weapon ...).

The word lists are data (`vocab/noun_classes.toml`, `vocab/actor_words.toml`); names bring the classes that the places and
actors rooms know of them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from warlog import vocabulary
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
    for kind, names in (("air", ("aircraft",)), ("artillery", ("weapon",)), ("explosive", ("explosive", "weapon"))):
        for word in vocabulary.load("weapons")[kind]["words"]:
            if " " not in word and (
                kind != "air" or re.search(r"\d|^(?:mirage|rafale|apache|reaper|shahed|geran|lancet|bayraktar|sukhoi)", word)
            ):
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


#: words that only count what they are of
QUANTITIES = frozenset(
    {
        "dozen",
        "hundred",
        "thousand",
        "score",
        "ten",
        "million",
        "number",
        "majority",
        "most",
        "half",
        "part",
        "rest",
        "some",
        "many",
        "all",
        "series",
        "string",
        "handful",
        "couple",
        "pair",
        "group",
        "bulk",
        "remainder",
        "quarter",
        "third",
        "lot",
        "plenty",
        "percent",
        "remnant",
        "column",
        "wave",
        "body",
    }
)
_CROWD_COUNTS = frozenset({"dozen", "hundred", "thousand", "score", "ten", "million"})
#: goods and people that make a convoy, a truck or a worker one of relief
_CARRIERS = frozenset(
    {
        "convoy",
        "truck",
        "worker",
        "delivery",
        "shipment",
        "supply",
        "agency",
        "organisation",
        "organization",
        "group",
        "team",
        "vehicle",
        "mission",
        "package",
        "kit",
        "parcel",
        "bus",
        "flight",
        "corridor",
        "access",
        "operation",
        "item",
        "material",
        "good",
        "goods",
    }
)


def classes(parsed: Parsed, token: Token) -> frozenset[str]:
    """Classes of the thing that a noun phrase with this head names."""
    name = parsed.names.get(token.i)
    if name is not None:
        out = set(name.classes)
        if "capital" in out and token.dep_ in {"nsubj", "poss"}:
            # a capital that acts stands for its government
            out.add("state")
        if not out and name.kind == "name":
            out.add("place")
        return frozenset(out)
    as_known = parsed.known.get(token.i)
    if as_known is not None and (token.i + 1 >= len(parsed.doc) or parsed.known.get(token.i + 1) is not as_known):
        # the last word of a known name stands for all of it
        return of_word(token.lemma_) - {"source", "building", "place"} | as_known.classes
    if is_demonym(parsed, token):
        return frozenset({"demonym", "state"})
    found = of_word(token.lemma_) | of_word(token.text)
    if token.lemma_.lower() in QUANTITIES:
        # "hundreds of people", "most of the fighters": what they are of; alone, people
        inner = [
            p for prep in token.children if prep.dep_ == "prep" and prep.lower_ == "of" for p in prep.children if p.dep_ == "pobj"
        ]
        if inner:
            return classes(parsed, inner[0])
        if token.lemma_.lower() in _CROWD_COUNTS and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "conj"}:
            return frozenset({"civilian", "any_people"})
    if token.lemma_.lower() in _CARRIERS and any(
        p.lemma_.lower() in tables()["aid"]
        for prep in token.children
        if prep.lower_ in {"of", "with", "carrying"}
        for p in prep.subtree
    ):
        found = (found - {"armed"}) | {"aid"}
    if token.lemma_.lower() in _CARRIERS and any(
        c.i < token.i and (c.lemma_.lower() in tables()["aid"] or c.lower_ in {"humanitarian", "relief"}) for c in token.children
    ):
        found = (found - {"armed"}) | {"aid"}
    if token.pos_ == "PRON":
        return found | (
            {"any_people"}
            if token.lower_ in {"they", "them", "he", "she", "him", "her", "who", "others", "those", "we", "us"}
            else set()
        )
    if token.pos_ == "NUM" and not found:
        return found | {"any_people"}
    if found & {"armed", "civilian", "official"}:
        found = found | {"any_people"}
    if token.pos_ == "PROPN" and not found:
        found = found | {"proper"}
        if token.text.isupper() and 2 <= len(token.text) <= 6:
            # an abbreviation that nobody introduced: in reports of war, a group or a force
            found = found | {"group"}
        inner = [parsed.names[c.i] for c in token.children if c.i in parsed.names and c.dep_ in {"compound", "nmod", "appos"}]
        for name in inner:
            found = found | name.classes
        if not inner:
            found = found | {"person"}
    return found
