"""Names made comparable, for places that could not be resolved and sources that are told apart by name only."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from anyascii import anyascii

from warlog import vocabulary

_APOSTROPHES = re.compile(r"['’‘ʿʾʼ`´]+")
_WORDS = re.compile(r"[a-z0-9]+")


@cache
def _articles() -> frozenset[str]:
    return frozenset(vocabulary.load("search")["articles"])


@lru_cache(maxsize=65536)
def normal(name: str) -> str:
    """Lower-case Latin words without accents, apostrophes, hyphens or articles; as it is, trimmed, if that leaves nothing."""
    words = _WORDS.findall(anyascii(_APOSTROPHES.sub("", name)).lower())
    return " ".join([word for word in words if word not in _articles()] or words) or name.strip().lower()
