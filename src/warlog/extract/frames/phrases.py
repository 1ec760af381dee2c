"""What a noun phrase can be in an event: a party that acts, a place that can change hands, people, or a mere abstraction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.classes import classes, tables
from warlog.extract.lexicon import lexicon
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

#: classes of what can act, speak or be acted on as a party
PARTY = frozenset({"armed", "forces", "state", "group", "official", "body", "aircraft", "any_people", "person", "proper", "side"})
#: pronouns that stand for a party
_PARTY_PRONOUNS = frozenset({"they", "it", "he", "she", "we", "who", "both"})
_PLACE = frozenset({"place"})
_WORDS = wordlists("frames")


def has(parsed: Parsed, token: Token, wanted: frozenset[str]) -> bool:
    """Whether a phrase is of one of some classes, by its head or by what it is part of ("most of the villages").

    "none" among the classes allows what has no class; "building_civilian" takes in every building.
    """
    found = classes(parsed, token)
    if ("none" in wanted and not found) or found & wanted or ("building_civilian" in wanted and "building" in found):
        return True
    counts = token.pos_ in {"NUM", "DET", "PRON", "ADJ"} or grammar.lemma(token) in _WORDS["portions"]
    inner = next((p for w, _, p in grammar.prepositions(token) if w == "of"), None) if counts else None
    return inner is not None and bool(classes(parsed, inner) & wanted)


def is_place(parsed: Parsed, token: Token) -> bool:
    """Whether a phrase names or points to a place."""
    return has(parsed, token, _PLACE)


def is_party(parsed: Parsed, token: Token) -> bool:
    """Whether a noun phrase can stand for someone who acts."""
    found = classes(parsed, token)
    if "place" in found and not found & {"state", "armed", "group", "body"}:
        # towns do not act, capitals and countries do
        return False
    if found & {"vehicle", "equipment"} and any(
        classes(parsed, c) & {"demonym", "state", "armed"} for c in grammar.children(token, "amod", "compound", "poss")
    ):
        # "Israeli bulldozers", "army vehicles"
        return True
    return bool(found & PARTY) or (token.pos_ == "PRON" and token.lower_ in _PARTY_PRONOUNS)


def parties(parsed: Parsed, tokens: list[Token]) -> list[Token]:
    """Those of some phrases that can act."""
    return [t for t in tokens if is_party(parsed, t)]


def is_people(parsed: Parsed, token: Token) -> bool:
    """Whether a phrase names people and no place."""
    found = classes(parsed, token)
    return bool(found & {"armed", "civilian", "official"}) and "place" not in found


def is_abstract(token: Token) -> bool:
    """Words that are never a target: abstract nouns, other events, and the dead and damage that an attack causes."""
    lemma = grammar.lemma(token)
    if token.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"} or token.lower_ in _WORDS["bearings"]:
        return True
    if lemma in lexicon().nouns and lemma not in _WORDS["trigger_nouns_with_a_body"]:
        return True
    return lemma in tables()["abstract"] or lemma in tables()["outcome"]


def named_place(parsed: Parsed, token: Token) -> bool:
    """Whether a phrase names a place, by itself or in what it is of; countries, which act, are left out."""
    found = classes(parsed, token)
    if token.i in parsed.names:
        return "place" in found and "state" not in found
    if "place" in found and not found & {"building", "equipment", "armed", "property"}:
        inner = [p for w, _, p in grammar.prepositions(token) if w == "of"]
        inner += grammar.children(token, "compound", "appos", "nmod")
        return any(t.i in parsed.names and "place" in classes(parsed, t) for t in inner)
    return False


def strong_place(parsed: Parsed, token: Token) -> bool:
    """A place that can change hands: named, or a town, hill, base and the like; not "place" or "part" of something else."""
    if token.i in parsed.names:
        return "place" in classes(parsed, token)
    if named_place(parsed, token) or grammar.lemma(token) in _WORDS["places_that_change_hands"]:
        return True
    return is_place(parsed, token) and any(w == "of" and p.i in parsed.names for w, _, p in grammar.prepositions(token))


def modifiers(parsed: Parsed, noun: Token) -> tuple[list[Token], list[Token]]:
    """(parties, places) among what modifies a noun: "Russian airstrikes", "Aleppo offensive", "the army's advance"."""
    acting: list[Token] = []
    places: list[Token] = []
    for child in noun.children:
        if child.i > noun.i or child.dep_ not in {"amod", "compound", "poss", "nmod"}:
            continue
        for t in grammar.conjuncts(child):
            if _modifies_as_party(parsed, t, possessive=child.dep_ == "poss"):
                acting.append(t)
            elif t.i in parsed.names and "place" in classes(parsed, t):
                places.append(t)
            elif _qualified_party(parsed, t):
                acting.append(t)
    return acting, places


def hands_on(parsed: Parsed, weapon: Token, before: bool = True) -> list[Token]:
    """Whose a weapon or its fire is: "Russian shells", "mines planted by X", "rockets fired from X's side", "fire from X".

    `before`: also by what stands before it.
    """
    out = modifiers(parsed, weapon)[0] if before else []
    for clause in grammar.children(weapon, "acl", "relcl"):
        out += parties(parsed, grammar.agents(clause))
        inner = [clause, *grammar.children(clause, "xcomp")]
        if any(grammar.lemma(c) in _WORDS["verbs_of_belonging"] for c in inner):
            out += [p for c in inner for w, _, p in grammar.prepositions(c) if w in {"to", "by"} and is_party(parsed, p)]
    armed = frozenset({"armed", "group", "state", "side"})
    out += [p for w, _, p in grammar.prepositions(weapon) if w in {"by", "from"} and classes(parsed, p) & armed]
    return [t for t in out if not named_place(parsed, t)]


def _modifies_as_party(parsed: Parsed, token: Token, possessive: bool) -> bool:
    found = classes(parsed, token)
    if "weapon" in found and token.i not in parsed.names and not possessive:
        # "artillery fire": what it is done with
        return False
    return bool(found & {"demonym", "state", "armed", "group", "official", "side"}) or (possessive and is_party(parsed, token))


def _qualified_party(parsed: Parsed, token: Token) -> bool:
    """A modifier that is a party by what qualifies it: "army-backed", "Syrian air force strikes"."""
    if token.dep_ == "amod" and any(classes(parsed, k) & {"armed", "state"} for k in token.children):
        return True
    inner = any(
        classes(parsed, k) & {"state", "armed", "group", "demonym"}
        for k in grammar.children(token, "compound", "amod", "poss", "npadvmod")
    )
    return (
        inner
        and token.dep_ in {"compound", "nmod", "poss"}
        and bool(classes(parsed, token) & {"body", "armed", "aircraft", "equipment"})
    )
