"""The words of vocab/place_words.toml, made ready for use: kind words, compass words, parts, relations, spellings.

Read once; every other module of this room asks here, so that the file's layout is known in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from warlog import vocabulary
from warlog.places import keys


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The vocabulary of place phrases."""

    #: kind word, lower case singular, to its classes ("district" is a county and a neighbourhood), first is likeliest
    kinds: dict[str, tuple[str, ...]]
    #: irregular plural to singular
    plurals: dict[str, str]
    #: class of kind word to the kinds of gazetteer entry that satisfy it
    agrees: dict[str, frozenset[str]]
    #: compass word to bearing in degrees
    directions: dict[str, int]
    inside: frozenset[str]
    countryside: frozenset[str]
    before: frozenset[str]
    near: frozenset[str]
    on_road: frozenset[str]
    between: frozenset[str]
    within: frozenset[str]
    dropped: frozenset[str]
    endings: frozenset[str]

    def singular(self, word: str) -> str:
        """A kind word in the singular, lower case; any other word as it is in lower case."""
        word = word.lower()
        if word in self.plurals:
            return self.plurals[word]
        if word not in self.kinds and word.endswith("s") and word[:-1] in self.kinds:
            return word[:-1]
        return word

    def classes(self, kind: str | None) -> tuple[str, ...]:
        """Classes of a kind word; its last word decides where the whole is unknown. Empty for None and unknown words."""
        if not kind:
            return ()
        kind = self.singular(kind)
        if kind in self.kinds:
            return self.kinds[kind]
        return self.kinds.get(self.singular(kind.rsplit(" ", 1)[-1]), ())


@cache
def place_words() -> PlaceWords:
    """The vocabulary, read once."""
    raw = vocabulary.load("place_words")
    kinds: dict[str, list[str]] = {}
    for name, members in raw["kinds"].items():
        for word in members:
            kinds.setdefault(word, [])
            if name not in kinds[word]:
                kinds[word].append(name)
    return PlaceWords(
        kinds={k: tuple(v) for k, v in kinds.items()},
        plurals=dict(raw["kinds_plural"]),
        agrees={k: frozenset(v) for k, v in raw["agrees"].items()},
        directions=dict(raw["directions"]),
        inside=frozenset(raw["parts"]["inside"]),
        countryside=frozenset(raw["parts"]["countryside"]),
        before=frozenset(raw["parts"]["before"]),
        near=frozenset(raw["relations"]["near"]),
        on_road=frozenset(raw["relations"]["on_road"]),
        between=frozenset(raw["relations"]["between"]),
        within=frozenset(raw["relations"]["within"]),
        dropped=frozenset(raw["dropped"]["words"]),
        endings=frozenset(raw["dropped"]["endings"]),
    )


@cache
def demonyms() -> dict[str, str]:
    """What the people and things of a country are called, lower case, singular and plural, to its ISO code."""
    out: dict[str, str] = {}
    for code, row in vocabulary.load("countries").items():
        if code == "peoples":
            continue
        for word in row["people"]:
            out.setdefault(word.lower(), code)
            if not word.lower().endswith(("s", "ese", "ish", "ch")):
                out.setdefault(word.lower() + "s", code)
    return out


@cache
def peoples() -> frozenset[str]:
    """Every word for a people, faith or group, lower case: never a place by itself."""
    names = [n.lower() for n in vocabulary.load("countries")["peoples"]["names"]]
    return frozenset(names) | {f"{n}s" for n in names} | frozenset(demonyms())


@cache
def countries() -> dict[str, tuple[str, tuple[str, ...], float, float]]:
    """ISO code to standard name, other names, latitude and longitude."""
    rows = vocabulary.load("countries")
    return {
        c: (r["names"][0], tuple(r["names"][1:]), float(r["lat"]), float(r["lon"])) for c, r in rows.items() if c != "peoples"
    }


#: keys of names, remembered: one document's candidates are weighed again and again
plain_key = lru_cache(maxsize=50_000)(keys.plain_key)
loose_key = lru_cache(maxsize=50_000)(keys.loose_key)


def alternation(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, the longest first, any white space between their parts."""
    parts = sorted(words, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(r"\s+".join(re.escape(p) for p in w.split()) for w in parts) + ")"
