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


def key(name: str) -> str:
    """A name as it is compared: folded, without apostrophes, full stops and surplus blanks."""
    return re.sub(r"\s+", " ", re.sub(r"[.'\"“”()]", "", fold(name))).strip()


_ARTICLE = re.compile(r"\b(al|el|as|ash|an|ar|at|az|ad|adh|ath)[ -](?=\w)", re.IGNORECASE)


def spellings(alias: str) -> set[str]:
    """An alias and the spellings that are made from it by rule: apostrophes left out, abbreviations without full stops,
    "and" for an ampersand. The hyphen needs none: it folds to a blank."""
    out = {alias}
    bare = re.sub(r"[’‘ʼ'`ʿʾ]", "", alias)
    if bare != alias and not re.search(r"[’']s\b", alias):
        out.add(bare)
    if re.fullmatch(r"(?:[A-Z]\.){2,}", alias):
        out.add(alias.replace(".", ""))
    if " & " in alias:
        out.add(alias.replace(" & ", " and "))
    if "ise" in alias and re.search(r"\bOrganisation|Defence\b", alias):
        out.add(alias.replace("Organisation", "Organization").replace("Defence", "Defense"))
    if "Defence" in alias:
        out.add(alias.replace("Defence", "Defense"))
    if "Organisation" in alias:
        out.add(alias.replace("Organisation", "Organization"))
    if "Labour" in alias:
        out.add(alias.replace("Labour", "Labor"))
    return out


def is_abbreviation(name: str) -> bool:
    """Whether a name is an abbreviation: short, and of capitals only (full stops, digits, hyphens and a small "al-" apart)."""
    letters = re.sub(r"[^A-Za-z]", "", name)
    return 2 <= len(letters) <= 6 and (letters.isupper() or re.fullmatch(r"[A-Z]{2,4}[a-z]{0,1}[A-Z]?", letters) is not None) and " " not in name
