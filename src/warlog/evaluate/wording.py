"""When two wordings name the same thing, and when two quotes are the same sentence.

The word lists behind it are in `vocab/scoring.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from warlog import vocabulary

_POSSESSIVE = re.compile(r"['’ʿʾ`]s\b|['’ʿʾ`]")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(vocabulary.load("scoring")[name])


@cache
def _codes(name: str) -> dict[str, str]:
    """Word to code, from a table of code to words."""
    return {word: code for code, words in vocabulary.load("scoring")[name].items() for word in words}


@cache
def _article() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(vocabulary.load('scoring')['articles'])})[\s-]+(?=\w)")


@lru_cache(maxsize=50_000)
def words_of(text: str | None) -> tuple[str, ...]:
    """Lower-case words of a wording, without accents, apostrophes, possessives and articles."""
    if not text:
        return ()
    plain = "".join(c for c in unicodedata.normalize("NFKD", str(text)) if not unicodedata.combining(c)).lower()
    return tuple(re.findall(r"\w+", _article().sub("", _POSSESSIVE.sub("", plain))))


def same_name(a: str | None, b: str | None) -> bool:
    """Whether two wordings name the same thing; two that name nothing do.

    Directions, sides and numbers that both have must have something in common. Then what tells the names apart from
    others must agree for at least half of the shorter one; only if one has nothing such, the common words decide.
    """
    left, right = words_of(a), words_of(b)
    if not left or not right:
        return not left and not right
    directions, sides = _codes("directions"), _codes("sides")
    for code in (directions.get, sides.get, _number):
        codes_left, codes_right = ({code(word) for word in words} - {None} for words in (left, right))
        if codes_left and codes_right and codes_left.isdisjoint(codes_right):
            return False
    own_left, own_right = (own_words(words) for words in (left, right))
    if not own_left or not own_right:
        return not {sides.get(w, w) for w in left}.isdisjoint(sides.get(w, w) for w in right)
    short, long = (own_left, own_right) if len(own_left) <= len(own_right) else (own_right, own_left)
    return sum(any(_alike(x, y) for y in long) for x in short) / len(short) >= 0.5


def _number(word: str) -> str | None:
    return word if word.isdigit() else None


def own_words(words: Sequence[str]) -> list[str]:
    """Of some words (`words_of`), those that tell a name from others."""
    common = (_words("generic"), _codes("directions"), _codes("sides"))
    return [word for word in words if not word.isdigit() and not any(word in table for table in common)]


def _alike(a: str, b: str) -> bool:
    """Whether two words are spellings of one: three quarters of the letters agree, or the first five."""
    if a == b:
        return True
    shorter = min(len(a), len(b))
    if a.isdigit() or b.isdigit() or shorter < 3:
        return False
    return 1 - Levenshtein.distance(a, b) / max(len(a), len(b)) >= 0.75 or (shorter >= 5 and a[:5] == b[:5])


def quote_overlap(a: str, b: str) -> float:
    """Share of the longer quote's words that both have; 0 where they are too different to be one sentence."""
    left, right = Counter(words_of(a)), Counter(words_of(b))
    common = (left & right).total()
    short, long = sorted((left.total(), right.total()))
    if not short or common / short < 0.6 or common / long < 0.4:
        return 0.0
    return common / long
