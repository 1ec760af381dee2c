"""Finding the names of known actors in a text, in one pass.

All aliases, folded, go into one Aho-Corasick automaton. What it finds is kept where it stands on word boundaries and its
capitals are those of the alias; of overlapping finds the longest stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from warlog.actors.folding import fold, is_abbreviation, spellings

_WORD = re.compile(r"\w")


@dataclass(slots=True, frozen=True)
class Spelling:
    """One spelling of a name, and whose name it is."""

    text: str
    actor_ids: tuple[str, ...]
    #: offsets of the letters that must be capitals in the text
    capitals: tuple[int, ...]
    #: whether every letter must be a capital
    abbreviation: bool


@dataclass(slots=True, frozen=True)
class Find:
    """A name found: offsets, and the spelling that was met."""

    start: int
    end: int
    spelling: Spelling


def _capitals(text: str) -> tuple[int, ...]:
    """Offsets of letters that must be capital: those that begin a word with a capital in the alias."""
    return tuple(m.start() for m in re.finditer(r"(?<![\w'’])[^\W\d_]", text) if text[m.start()].isupper())


class Spotter:
    """The automaton over all aliases."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names` are pairs of alias and actor id. Folded spellings that differ only in capitals are kept apart."""
        owners: dict[str, dict[str, None]] = {}
        for alias, actor_id in names:
            for text in spellings(alias):
                owners.setdefault(text, {})[actor_id] = None
        by_fold: dict[str, list[Spelling]] = {}
        for text, ids in owners.items():
            spelling = Spelling(text, tuple(ids), _capitals(text), is_abbreviation(text))
            by_fold.setdefault(fold(text), []).append(spelling)
        # the spelling that asks for most capitals first: "WHO" before "who"
        self._spellings = [sorted(v, key=lambda s: (not s.abbreviation, -len(s.capitals))) for v in by_fold.values()]
        self._automaton = AhoCorasick(list(by_fold))

    def find(self, text: str) -> list[Find]:
        """Names in a text, longest first choice, in text order, none overlapping another."""
        found: list[Find] = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(fold(text), overlapping=True):
            if (start and _inside_word(text, start)) or not _ends_word(text, end):
                continue
            met = [s for s in self._spellings[pattern] if _capitals_agree(text, start, end, s)]
            if met:
                found.append(Find(start, end, _joined(met)))
        found.sort(key=lambda f: (f.start - f.end, f.start))
        kept: list[Find] = []
        taken = bytearray(len(text) + 1)
        for f in found:
            if not any(taken[f.start : f.end]):
                taken[f.start : f.end] = b"\1" * (f.end - f.start)
                kept.append(f)
        return sorted(kept, key=lambda f: f.start)


def _joined(met: list[Spelling]) -> Spelling:
    """Spellings that one stretch of text meets, as one that bears all their actors."""
    if len(met) == 1:
        return met[0]
    ids = tuple(dict.fromkeys(i for s in met for i in s.actor_ids))
    return Spelling(met[0].text, ids, met[0].capitals, met[0].abbreviation)


def _inside_word(text: str, start: int) -> bool:
    before = text[start - 1]
    if before.isalnum() or before == "_":
        return True
    # "al-Islam" is no place to find "Islam"; "anti-ISIS", "PKK/YPG" and "US-Turkey" are places to find a name
    return before in "-'’" and start > 1 and text[max(0, start - 4) : start].lower().lstrip(" \n(").rstrip("-'’") in {
        "al", "el", "an", "as", "ash", "ad", "ar", "at", "az", "d", "l", "o",
    }  # fmt: skip


def _ends_word(text: str, end: int) -> bool:
    """Whether a word ends here; an "s" whose apostrophe was lost may follow ("Russias forces")."""
    if end >= len(text):
        return True
    after = text[end]
    if not (after.isalnum() or after == "_"):
        return True
    return after == "s" and text[end - 1].islower() and (end + 1 == len(text) or not _WORD.match(text[end + 1]))


def _capitals_agree(text: str, start: int, end: int, spelling: Spelling) -> bool:
    if spelling.abbreviation:
        # "FAMa", "LeT": as written; "ISIS": all capitals
        if text[start:end] != spelling.text and text[start:end].replace(".", "") != spelling.text:
            return False
        return len(spelling.text) > 3 or not _shouting(text, start, end)
    return all(text[start + i].isupper() for i in spelling.capitals)


def _shouting(text: str, start: int, end: int) -> bool:
    """Whether the words around are all in capitals, so that a short abbreviation cannot be told from a word ("THIS IS WAR")."""
    before = re.search(r"([A-Za-z]{2,})\W*$", text[max(0, start - 24) : start])
    after = re.match(r"\W*([A-Za-z]{2,})", text[end : end + 24])
    around = [m.group(1) for m in (before, after) if m]
    return bool(around) and all(w.isupper() for w in around) and any(len(w) > 3 for w in around)
