"""What two headlines tell: the same story, the next number of a serial, or neither."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from warlog import vocabulary
from warlog.lineage.words import exact, tokens

_NEAR = 86


@lru_cache(maxsize=8)
def _listed(table: str, key: str = "words") -> frozenset[str]:
    return frozenset(exact(w) for w in vocabulary.load("lineage")[table].get(key, ()))


def _tokens(title: str | None) -> list[str]:
    return [exact(m.group()) for m in tokens(title or "")]


def is_update(title: str | None) -> bool:
    """Whether a headline is marked as a new state of a story."""
    return any(w in _listed("updating") for w in _tokens(title))


def alike(a: str | None, b: str | None) -> bool:
    """Whether two headlines are nearly the same: figures, dates and marks of updating apart."""
    one, other = _bare(a), _bare(b)
    if len(one) < 3 or len(other) < 3:
        return bool(one) and one == other
    return fuzz.token_sort_ratio(" ".join(one), " ".join(other)) >= _NEAR


def serial(a: str | None, b: str | None) -> bool:
    """Whether two headlines are numbers of one serial: alike but for date or number, and called by a serial's name."""
    if not alike(a, b):
        return False
    one, other = _tokens(a), _tokens(b)
    named = set(one) & set(other) & _listed("serial")
    if not named:
        return False
    dated = any(w in _listed("calendar") or re.fullmatch(r"\d+", w) for w in (*one, *other))
    return dated or bool(named - _listed("serial", "weak")) or len(named) > 1


def _bare(title: str | None) -> list[str]:
    dropped = _listed("calendar") | _listed("updating")
    return [w for w in _tokens(title) if w not in dropped and not w[:1].isdigit()]
