"""Folds names for searching: 'Maarat al-Numan', 'maarat al numan' and 'Ma'arat Numan' become the same words.

This serves the filters of listings only. Which place or actor a name stands for is decided in their own rooms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from anyascii import anyascii

from warlog import vocabulary

_APOSTROPHES = re.compile(r"['’‘ʿʾʼ`´]+")
_WORDS = re.compile(r"[a-z0-9]+")


@cache
def _articles() -> frozenset[str]:
    """No one searches by an article, and spellings of names differ in it."""
    return frozenset(vocabulary.load("search")["articles"])


def fold(text: str) -> str:
    """Lower-case Latin words without accents, apostrophes or articles, one space between: '' if nothing is left.

    An article is kept where the text has no other word.
    """
    words = _WORDS.findall(anyascii(_APOSTROPHES.sub("", text)).lower())
    return " ".join([w for w in words if w not in _articles()] or words)


def search_key(names: Iterable[str | None]) -> str:
    """The folded names as one text in which ` word` finds the start of a word and `|` parts the names."""
    folded = dict.fromkeys(fold(name) for name in names if name)
    return "".join(f"| {name} " for name in folded if name)


def found_in(query: str, key: str) -> bool:
    """Whether the folded query stands in a search key, from the start of a word on."""
    folded = fold(query)
    return bool(folded) and f" {folded}" in key
