"""Names to keys: what makes two spellings of one name equal.

A *plain* key forgets case, accents, apostrophes, hyphens, spaces and how the Arabic article is written. A *loose* key
further brings the romanisations of one sound to one letter, drops articles, single out words that are spelled in many
ways (Tell, Deir, Kafr, Sheikh) and doubled letters. A *skeleton* is a loose key's consonants; it never suffices alone.
Names in other scripts are romanised first, by every scheme that applies, so one name can have several keys.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

import pyarrow.compute as pc

from warlog import vocabulary
from warlog.places.scripts import romanise

__all__ = [
    "APOSTROPHES", "articles", "consonants", "is_generic", "is_latin", "loose_key", "loose_of", "loose_word", "plain_key",
    "plain_of", "raw_keys", "romanise", "skeleton", "sounds", "spelled_out", "standard_words", "trailing_words", "trimmed",
    "undoubled", "untied", "words",
]  # fmt: skip

_MARKS = "'’‘ʻʼʾʿ`´ʹʺ′\"“”ˈ"
_APOSTROPHES = dict.fromkeys(map(ord, _MARKS), None)
#: Apostrophes and quotation marks, which no key keeps, as a regular expression.
APOSTROPHES = f"[{_MARKS}]"
_SPLIT = re.compile(r"[^a-z0-9]+")
_PARENS = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
_DOUBLE = re.compile(r"(.)\1+")
_GLUED = re.compile(r"^[aeiu](ss|nn|dd|zz|rr|tt|ll)(?=\w{2})|^[aeiu]s(?=sh)")
_TIED = re.compile(r"^[aeu]l(?=[^aeiou]\w{2})")
_FINAL = re.compile(r"(?<=[^aeiou])(?:eh?|ah)$|(?<=[aeiou])h$")
_VOWELS = re.compile(r"[aeiou]")
_ABBREVIATED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@cache
def articles() -> frozenset[str]:
    """The Arabic article in all its written forms, lower case."""
    return frozenset(vocabulary.load("place_words")["spelling"]["articles"])


@cache
def standard_words() -> dict[str, str]:
    """Words that are spelled in many ways (Tell, Tal), each to its standard."""
    table: dict[str, str] = {}
    for row in vocabulary.load("place_words")["spelling"]["words"]:
        for word in row:
            table.setdefault(word.replace("'", ""), row[0])
    return table


@cache
def trailing_words() -> frozenset[str]:
    """Standard words that some sources put before a name and others after it: they are set last."""
    return frozenset(vocabulary.load("place_words")["spelling"]["trailing"])


@cache
def sounds() -> tuple[tuple[str, str], ...]:
    """Ordered replacements that bring the spellings of one sound to one letter."""
    return tuple((a, b) for a, b in vocabulary.load("place_words")["spelling"]["sounds"])


def is_latin(text: str) -> bool:
    """Whether the name is written in Latin letters (at least its first letter is)."""
    for char in text:
        # the signs for ayn and hamza are letters too, but of no script
        if char.isalpha() and unicodedata.category(char) != "Lm":
            return char.isascii() or "LATIN" in unicodedata.name(char, "")
    return False


def words(name: str) -> list[str]:
    """The words of a name in ASCII lower case, without apostrophes, accents and what stands in brackets."""
    if "(" in name or "[" in name:
        name = _PARENS.sub("", name) or name
    name = name.translate(_APOSTROPHES)
    if not name.isascii():
        name = romanise(name)[0].translate(_APOSTROPHES)
    return [w for w in _SPLIT.split(name.lower()) if w]


def plain_of(parts: list[str]) -> str:
    """Plain key of a name already cut into `words`."""
    if len(parts) == 1:
        return parts[0]
    written = articles()
    last = len(parts) - 1
    return "".join("al" if w in written and i < last else spelled_out(w) for i, w in enumerate(parts))


def is_generic(name: str) -> bool:
    """Whether a name is but one of the words that many names share: Tell, Kafr, Mazraa."""
    parts = words(name)
    return len(parts) == 1 and parts[0] in standard_words()


@lru_cache(maxsize=200_000)
def loose_word(word: str) -> str:
    """One word with the spellings of each sound made equal."""
    word = trimmed(word)
    for a, b in sounds():
        if a in word:
            word = word.replace(a, b)
    return undoubled(word)


def trimmed(word: str) -> str:
    """A word without an article written into it, its feminine ending made "a"."""
    if len(word) > 5 and word[0] in "aeiu":
        word = _GLUED.sub(lambda m: m.group(0)[-1], word)
    return _FINAL.sub("a", word) if len(word) > 3 and word[-1] in "eh" else word


def undoubled(text: str) -> str:
    """A text with no letter twice in a row."""
    return _DOUBLE.sub(r"\1", text)


def untied(word: str) -> str:
    """A word that does not begin a name, without an article that is written into it ("Elhayek")."""
    return _TIED.sub("", word) if word[:1] in ("a", "e", "u") else word


def spelled_out(word: str) -> str:
    """A word of a name of several words, its abbreviation spelled out."""
    return _ABBREVIATED.get(word, word)


def loose_of(parts: list[str]) -> str:
    """Loose key of a name already cut into `words`."""
    if len(parts) > 1:
        written, standard = articles(), standard_words()
        last = len(parts) - 1
        kept = [standard.get(w, untied(w) if i else w) for i, w in enumerate(parts) if i == last or w not in written]
        if kept[0] in trailing_words() and len(kept) > 1:
            kept = [*kept[1:], kept[0]]
    else:
        kept = parts
    return _DOUBLE.sub(r"\1", "".join(map(loose_word, kept)))


def plain_key(name: str) -> str:
    """Key that is equal for one spelling whatever its case, accents, hyphens, apostrophes and form of the article."""
    return plain_of(words(name))


def loose_key(name: str) -> str:
    """Key that is equal for the usual romanisations of one name."""
    return loose_of(words(name))


@lru_cache(maxsize=1 << 18)
def skeleton(loose: str) -> str:
    """Consonants of a loose key (a first vowel is kept as "a"); many places share one, so it never decides alone."""
    return ("a" if loose[:1] in "aeiou" else "") + _VOWELS.sub("", loose)


@lru_cache(maxsize=1 << 18)
def consonants(loose: str) -> frozenset[str]:
    """The consonants of a loose key, each once: a cheap first look at whether two names can be alike."""
    return frozenset(skeleton(loose))


def raw_keys(names: Any) -> Any:
    """Keys of an Arrow array of names in their own scripts: case and the ways to encode a letter are forgotten."""
    return pc.utf8_trim_whitespace(pc.utf8_lower(pc.utf8_normalize(names, "NFKC")))
