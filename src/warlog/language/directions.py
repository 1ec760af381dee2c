"""Compass words in a text: "north of", "the north-eastern edge", "central". Their bearings stand in vocab/place_words.toml."""

from __future__ import annotations

import re
from functools import cache

from warlog import vocabulary


@cache
def bearings() -> dict[str, float]:
    """Each compass word, lower case, with its bearing in degrees from north ("northern" 0, "south-west" 225)."""
    return {word: float(degrees) for word, degrees in vocabulary.load("place_words")["directions"].items()}


@cache
def _pattern() -> re.Pattern[str]:
    # the longest first, so that "north-east" is not read as "north"
    words = sorted(bearings(), key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(re.escape(w) for w in words)})\b", re.IGNORECASE)


def bearing(text: str) -> float | None:
    """The bearing in degrees of the first compass word in a text; None where it has none."""
    found = _pattern().search(text)
    return bearings()[found.group().lower()] if found else None


def only_direction(text: str) -> bool:
    """Whether a text, but for the white space around it, is a compass word or "central", in lower case."""
    word = text.strip()
    return word in bearings() or word == "central"
