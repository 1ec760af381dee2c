"""Words in the forms in which they are compared, whatever their script.

A text becomes tokens with their offsets. Each has two forms, both 64-bit numbers that are the same in every process: the
exact form (case, accents and apostrophes dropped) and the *fold*, under which synonyms, inflections, number words and the
spellings of one transliterated name are one. Words that carry nothing fold to 0.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

from anyascii import anyascii

from warlog import vocabulary

#: characters that belong to the letter before them: accents, vowel signs, the Arabic stretching stroke
_MARKS = "".join(
    rf"\u{first:04x}-\u{last:04x}"
    for first, last in (
        (0x300, 0x36F), (0x483, 0x487), (0x591, 0x5BD), (0x5BF, 0x5C7), (0x610, 0x61A), (0x640, 0x640), (0x64B, 0x65F),
        (0x670, 0x670), (0x6D6, 0x6DC), (0x6DF, 0x6E8), (0x900, 0x903), (0x93A, 0x94F), (0x981, 0x983), (0x9BC, 0x9CD),
        (0x1DC0, 0x1DFF), (0x102B, 0x103E), (0x1056, 0x1059), (0x200C, 0x200D), (0x20D0, 0x20FF), (0xFE20, 0xFE2F),
    )
)  # fmt: skip
#: scripts written without spaces: each letter is a token
_UNSPACED = r"\u0e00-\u0e7f\u0e80-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = rf"(?:(?![{_UNSPACED}])[^\W_])[{_MARKS}]*"
_TOKEN = re.compile(rf"[{_UNSPACED}]|\d+(?:[.,]\d+)*(?:{_LETTER})*|(?:{_LETTER})+(?:['’ʼ‘`](?:{_LETTER})+)*")

#: the same for a text that has none of those characters, several times as fast
_PLAIN = re.compile(r"\d+(?:[.,]\d+)*[^\W_]*|[^\W_]+(?:['’ʼ‘`][^\W_]+)*")
_SPECIAL = re.compile(rf"[{_UNSPACED}{_MARKS}]")

_DIGRAPHS = (("sh", "s"), ("ch", "s"), ("zh", "z"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"),
             ("ck", "k"), ("ts", "s"), ("tz", "s"), ("dj", "j"))  # fmt: skip
_LETTERS = str.maketrans({"q": "k", "c": "k", "x": "k", "z": "s", "v": "f", "p": "b", "g": "j",
                          **dict.fromkeys("aeiouyhw'", "")})  # fmt: skip
_SUFFIXES = ("ingly", "edly", "ing", "ies", "ied", "ed", "es", "ly", "s")


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The words of a text, in order, as matches."""
    return (_TOKEN if _SPECIAL.search(text) else _PLAIN).finditer(text)


def number_of(word: str) -> int:
    """A number of 63 bits for a string, the same in every process; never 0."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1 | 1


@lru_cache(maxsize=200_000)
def exact(raw: str) -> str:
    """The word without case, accents and apostrophes; thousands separators dropped."""
    if raw.isascii():
        low = raw.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", raw.casefold())
        low = "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "ـ‌‍")
        low = low.translate(_ARABIC)
    for mark in "'’ʼ‘`":
        low = low.replace(mark, "")
    return low.replace(",", "") if low[:1].isdigit() else low


#: spellings of one Arabic or Persian letter
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك"})


@lru_cache(maxsize=1)
def _stop() -> frozenset[str]:
    return frozenset(exact(w) for words in vocabulary.load("lineage")["stop"].values() for w in words)


@lru_cache(maxsize=1)
def stock() -> frozenset[int]:
    """Folds of the words that any two reports of a war share."""
    return frozenset(fold(w) for w in vocabulary.load("lineage")["stock"]["words"]) - {0}


@lru_cache(maxsize=1)
def _heads() -> dict[str, str]:
    """Word to the word that stands for it: the head of its row of synonyms, or the digits of a number word."""
    v = vocabulary.load("lineage")
    heads = {exact(w): row[0] for row in v["synonyms"]["rows"] for w in row}
    return heads | dict(v["numbers"])


@lru_cache(maxsize=200_000)
def exact_number(raw: str) -> int:
    """`exact` as a number."""
    return number_of(exact(raw))


@lru_cache(maxsize=200_000)
def forms_of(raw: str) -> tuple[int, int, bool]:
    """Exact form, fold, and whether the word may be a name or figure by its writing."""
    return exact_number(raw), fold(raw), raw[:1].isupper() or raw[:1].isdigit()


@lru_cache(maxsize=200_000)
def fold(raw: str) -> int:
    """The fold of a word as it stands in a text (its capital matters); 0 for a word that carries nothing."""
    low = exact(raw)
    if not low or low in _stop():
        return 0
    head = _heads().get(low)
    if head is not None:
        return number_of(head)
    if low[0].isdigit():
        return number_of(low)
    if is_name(raw):
        return number_of("^" + _skeleton(low))
    return number_of(_stem(low))


def is_name(raw: str) -> bool:
    """Whether a word may be a name by its writing: a capital, where the script has them."""
    return raw[:1].isupper()


def _skeleton(low: str) -> str:
    """What the spellings of one name in Latin letters have in common: its consonants, near ones made one."""
    latin = low if low.isascii() else re.sub(r"[^a-z0-9]", "", anyascii(low).lower())
    bones = latin
    for pair, one in _DIGRAPHS:
        bones = bones.replace(pair, one)
    bones = re.sub(r"(.)\1+", r"\1", bones.translate(_LETTERS))
    return bones if len(bones) > 1 else re.sub(r"(.)\1+", r"\1", latin) or low


def _stem(low: str) -> str:
    """An English word without its ending; words of other languages pass through a light cut of theirs too."""
    if len(low) > 4:
        for suffix in _SUFFIXES:
            if low.endswith(suffix) and len(low) - len(suffix) >= 4:
                low = low[: -len(suffix)]
                break
    return low[:-1] if len(low) > 4 and low[-1] in "ey" else low
