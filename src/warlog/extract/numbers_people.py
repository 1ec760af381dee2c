"""Which words stand for people, and which for things that are never killed, wounded or taken prisoner."""

from __future__ import annotations

from functools import cache

from warlog.vocabulary import load


def plural_of(word: str) -> str:
    """The plural of a singular noun for people, by the rules of English."""
    irregular: dict[str, str] = load("numbers")["people"]["irregular"]
    for ending in ("man", "woman", "child", "person", "wife"):
        if word == ending or (ending in ("man", "woman", "child") and word.endswith(ending) and word not in ("human", "shaman")):
            return word[: len(word) - len(ending)] + irregular.get(ending, ending)
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word + "s"


@cache
def singulars() -> frozenset[str]:
    """Nouns for one person."""
    return frozenset(load("numbers")["people"]["singular"])


@cache
def plurals() -> frozenset[str]:
    """Nouns for several people."""
    return frozenset(plural_of(w) for w in singulars()) | frozenset(load("numbers")["people"]["plural_only"])


@cache
def things() -> frozenset[str]:
    """Nouns, in both numbers, for what is no person."""
    words = frozenset(load("numbers")["things"]["words"])
    return words | frozenset(plural_of(w) for w in words)


@cache
def demonyms() -> frozenset[str]:
    """Nouns for one person of a people ("Palestinian"); adjectives wherever a noun follows."""
    return frozenset(load("numbers")["people"]["demonyms"])


def is_person(word: str, *, plural: bool | None = None) -> bool:
    """Whether the lower-case word is a noun for people; with `plural` only for one person or only for several."""
    word = word.strip("'’\"").removesuffix("'s").removesuffix("’s")
    if plural is None:
        return word in singulars() or word in plurals()
    return word in plurals() if plural else word in singulars()


def is_thing(word: str) -> bool:
    """Whether the lower-case word is a noun for a thing."""
    return word in things()
