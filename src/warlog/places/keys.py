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

from anyascii import anyascii

from warlog import vocabulary

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻʼʾʿ`´ʹʺ′\"“”ˈ"), None)
_SPLIT = re.compile(r"[^a-z0-9]+")
_PARENS = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
_DOUBLE = re.compile(r"(.)\1+")
_GLUED = re.compile(r"^[aeiu](ss|nn|dd|zz|rr|tt|ll)(?=\w{2})|^[aeiu]s(?=sh)")
_TIED = re.compile(r"^[aeu]l(?=[^aeiou]\w{2})")
_FINAL = re.compile(r"(?<=[^aeiou])(?:eh?|ah)$|(?<=[aeiou])h$")
_VOWELS = re.compile(r"[aeiou]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ABBREVIATED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@cache
def _articles() -> frozenset[str]:
    return frozenset(vocabulary.load("place_words")["spelling"]["articles"])


@cache
def _standard() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in vocabulary.load("place_words")["spelling"]["words"]:
        for word in row:
            table.setdefault(word.replace("'", ""), row[0])
    return table


@cache
def _trailing() -> frozenset[str]:
    return frozenset(vocabulary.load("place_words")["spelling"]["trailing"])


@cache
def _sounds() -> tuple[tuple[str, str], ...]:
    return tuple((a, b) for a, b in vocabulary.load("place_words")["spelling"]["sounds"])


@cache
def _scheme(name: str) -> tuple[dict[str, str], dict[str, str]]:
    raw = vocabulary.load("place_words")["romanise"]
    return raw[name], {**raw[name], **raw.get(f"{name}_initial", {})}


def _transliterate(text: str, scheme: str) -> str:
    table, initial = _scheme(scheme)
    out: list[str] = []
    start = True
    for char in text:
        low = char.lower()
        out.append((initial if start else table).get(low, anyascii(char)))
        # Russian "ye" also stands after a vowel or a sign
        start = not char.isalpha() and char not in "'’ʼ"
        if scheme == "russian" and low in "аеёиоуыэюяьъ":
            start = True
    return "".join(out).title() if text[:1].isupper() else "".join(out)


@lru_cache(maxsize=65536)
def romanise(text: str) -> tuple[str, ...]:
    """The name in Latin letters, once for each scheme that fits its script; a Latin name comes back without accents.

    Cyrillic gives the Ukrainian (2010) and the Russian (BGN/PCGN) form, Arabic script its consonants and long vowels.
    """
    if text.isascii():
        return (text,)
    if _CYRILLIC.search(text):
        return tuple(dict.fromkeys((_transliterate(text, "ukrainian"), _transliterate(text, "russian"))))
    if _ARABIC.search(text):
        bare = "".join(
            c for c in unicodedata.normalize("NFKC", text) if not unicodedata.combining(c) and c not in "ـ\u200c\u200f"
        )
        bare = re.sub(r"(?<!\w)ال", "al-", bare)
        return (_transliterate(bare, "arabic"),)
    return (anyascii(text.translate(_APOSTROPHES)),)


def is_latin(text: str) -> bool:
    """Whether the name is written in Latin letters (at least its first letter is)."""
    for char in text:
        if char.isalpha():
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
    articles = _articles()
    last = len(parts) - 1
    return "".join("al" if w in articles and i < last else _ABBREVIATED.get(w, w) for i, w in enumerate(parts))


def is_generic(name: str) -> bool:
    """Whether a name is but one of the words that many names share: Tell, Kafr, Mazraa."""
    parts = words(name)
    return len(parts) == 1 and parts[0] in _standard()


@lru_cache(maxsize=200_000)
def loose_word(word: str) -> str:
    """One word with the spellings of each sound made equal."""
    word = _GLUED.sub(lambda m: m.group(0)[-1], word) if len(word) > 5 else word
    word = _FINAL.sub("a", word) if word[-1:] in "eh" and len(word) > 3 else word
    for a, b in _sounds():
        if a in word:
            word = word.replace(a, b)
    return _DOUBLE.sub(r"\1", word)


def loose_of(parts: list[str]) -> str:
    """Loose key of a name already cut into `words`."""
    if len(parts) > 1:
        articles, standard = _articles(), _standard()
        last = len(parts) - 1
        kept = [standard.get(w, _TIED.sub("", w) if i else w) for i, w in enumerate(parts) if i == last or w not in articles]
        if kept[0] in _trailing() and len(kept) > 1:
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
