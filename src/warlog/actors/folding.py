"""How names are made comparable: folding that keeps offsets, keys, spellings of one name.

`fold` changes a text character by character, so that an offset in the folded text is an offset in the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

_HYPHENS = dict.fromkeys(map(ord, "-‐‑‒–—―−"), " ")
_SPACES = dict.fromkeys(map(ord, "\t\n\r\f\v\u00a0\u2009\u202f_"), " ")
_QUOTES = dict.fromkeys(map(ord, "’‘ʼʹ`´ʿʾ′"), "'")


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    plain = anyascii(char)
    low = (plain if len(plain) == 1 else char).lower()
    return low if len(low) == 1 else char


def fold(text: str) -> str:
    """Lower case, no diacritics, one kind of blank for hyphens and blanks, one apostrophe; of the same length as `text`."""
    text = text.translate(_HYPHENS | _SPACES | _QUOTES)
    if text.isascii():
        return text.lower()
    return "".join(c.lower() if c.isascii() else _fold_char(c) for c in text)


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """A name as it is compared: folded, without apostrophes, full stops and surplus blanks."""
    return re.sub(r"\s+", " ", re.sub(r"[.'\"“”()]", "", fold(name))).strip()


#: British and American spellings of words that stand in names
_BRITISH = (
    ("Defence", "Defense"), ("defence", "defense"), ("Organisation", "Organization"), ("organisation", "organization"),
    ("Centre", "Center"), ("Labour", "Labor"), ("Mobilisation", "Mobilization"), ("recognised", "recognized"),
    ("Stabilisation", "Stabilization"), ("Armoured", "Armored"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def spellings(alias: str) -> tuple[str, ...]:
    """An alias and the spellings that are made from it by rule.

    Apostrophes left out, abbreviations without full stops, "and" for an ampersand, American for British spelling. The hyphen
    needs none: it folds to a blank.
    """
    out: dict[str, None] = {alias: None}
    bare = re.sub(r"[’‘ʼ'`ʿʾ]", "", alias)
    if bare != alias and not re.search(r"[’']s\b", alias):
        out[bare] = None
    if re.fullmatch(r"(?:[A-Z]\.){2,}", alias):
        out[alias.replace(".", "")] = None
    if " & " in alias:
        out[alias.replace(" & ", " and ")] = None
    american = alias
    for british, other in _BRITISH:
        american = american.replace(british, other)
    if american != alias:
        out[american] = None
    return tuple(out)


@lru_cache(maxsize=65536)
def is_abbreviation(name: str) -> bool:
    """Whether a name is an abbreviation: short, and of capitals only (full stops, digits, hyphens and a small "al-" apart)."""
    letters = re.sub(r"[^A-Za-z]", "", name)
    if " " in name or not 2 <= len(letters) <= 6:
        return False
    return letters.isupper() or re.fullmatch(r"[A-Z]{2,4}[a-z]?[A-Z]?", letters) is not None
