"""The trigger lexicon: `vocab/triggers.toml` and `vocab/weapons.toml`, indexed for lookup by lemma.

A word of one lemma can bring several entries ("capture" a town, "capture" a fighter); which of them holds is decided by the
classes of what stands around it (`frames/`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from warlog import vocabulary


@dataclass(slots=True, frozen=True)
class Entry:
    """One reading of a trigger word."""

    type: str
    frame: str
    #: words that must follow the verb: a particle ("over") or the head of its object ("control")
    tail: tuple[str, ...] = ()
    object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    need: str | None = None
    default: str | None = None


@dataclass(slots=True, frozen=True)
class Lexicon:
    """Entries by the lemma of the verb or noun that they begin with; longer tails first."""

    verbs: dict[str, tuple[Entry, ...]]
    nouns: dict[str, tuple[Entry, ...]]


def _ordered(entries: list[Entry]) -> tuple[Entry, ...]:
    """Entries in the order they are tried: longer tails first, and crowds before fighters."""
    return tuple(sorted(entries, key=lambda e: (-len(e.tail), e.need != "crowd")))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    verbs: dict[str, list[Entry]] = {}
    nouns: dict[str, list[Entry]] = {}
    for raw in vocabulary.load("triggers")["trigger"]:
        common = {
            "type": raw["type"],
            "frame": raw["frame"],
            "object": frozenset(raw.get("object", ())),
            "subject": frozenset(raw.get("subject", ())),
            "need": raw.get("need"),
            "default": raw.get("default"),
        }
        for words in raw.get("verbs", ()):
            head, *tail = words.split()
            verbs.setdefault(head, []).append(Entry(tail=tuple(tail), **common))
        for word in raw.get("nouns", ()):
            nouns.setdefault(word, []).append(Entry(**common))
    return Lexicon({k: _ordered(v) for k, v in verbs.items()}, {k: _ordered(v) for k, v in nouns.items()})


@dataclass(slots=True, frozen=True)
class Weapon:
    """A weapon word found in a text."""

    start: int
    end: int
    text: str
    kind: str
    type: str


@lru_cache(maxsize=1)
def _weapon_patterns() -> list[tuple[str, str, re.Pattern[str]]]:
    v = vocabulary.load("weapons")
    out = []
    for kind in v["order"]:
        words = sorted(v[kind]["words"], key=len, reverse=True)
        body = "|".join(re.escape(w).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]?") for w in words)
        out.append((kind, v[kind]["type"], re.compile(rf"(?<![\w-])(?:{body})(?:e?s|['’]s)?(?![\w])", re.IGNORECASE)))
    return out


def weapons(text: str) -> list[Weapon]:
    """Weapon words in a text, most telling kind first, then by position; a stretch counts for one kind only."""
    found: list[Weapon] = []
    for kind, type_, pattern in _weapon_patterns():
        for m in pattern.finditer(text):
            if all(m.end() <= w.start or m.start() >= w.end for w in found):
                found.append(Weapon(m.start(), m.end(), m.group(), kind, type_))
    return found


@lru_cache(maxsize=1)
def violent_words() -> frozenset[str]:
    """Words for attacks that are violent with no weapon named."""
    return frozenset(vocabulary.load("weapons")["violent"]["words"])


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for v in value.values():
            yield from _strings(v)
    elif isinstance(value, list):
        for v in value:
            yield from _strings(v)


def _inflections(lemma: str) -> set[str]:
    """Regular inflections of a lemma, generously: only used to tell common words from names in headlines."""
    out = {lemma, lemma + "s", lemma + "ed", lemma + "ing", lemma + "es", lemma + "d"}
    if lemma.endswith("e"):
        out |= {lemma[:-1] + "ing"}
    if lemma.endswith("y"):
        out |= {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    if len(lemma) > 2 and lemma[-1] not in "aeiouwxy":
        out |= {lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"}
    return out


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Every lower-case word of the program's word lists with its regular inflections."""
    words: set[str] = set()
    for name in ("triggers", "noun_classes", "actor_words", "weapons", "attribution", "certainty"):
        for text in _strings(vocabulary.load(name)):
            for word in re.findall(r"[a-z][a-z'’-]+", text):
                words |= _inflections(word)
    return frozenset(words)
