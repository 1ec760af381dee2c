"""Which stretches of a sentence are names, before it is parsed.

Known places and actors come from their rooms; to these this module adds the names that no list knows but that can be told
by their form ("Tell al-Mahruqat", "al-Jaradah"), and possessives whose apostrophe was lost ("Syrias", "Aleppos").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from warlog import vocabulary

#: "known" names are left as they stand: the parser reads them well ("the army", a person), only their classes are wanted
NameKind = Literal["place", "group", "name", "known"]


@dataclass(slots=True, frozen=True)
class Name:
    """A name in a text: offsets without any possessive ending, its kind, and the ids it is known by."""

    start: int
    end: int
    text: str
    kind: NameKind
    ids: tuple[str, ...] = ()
    #: offset after a possessive ending ("'s", or an "s" whose apostrophe was lost); equal to `end` without one
    full_end: int = 0
    #: what is known of the thing named: place, state, group, armed, body ... (see extract/classes.py)
    classes: frozenset[str] = frozenset()

    @property
    def possessive(self) -> bool:
        """Whether a possessive ending follows the name."""
        return self.full_end > self.end


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """(run of capitalised words and articled words, one such word, words that begin a name)."""
    v = vocabulary.load("parse")
    particles = "|".join(sorted(v["name_particles"], key=len, reverse=True))
    cap = r"[A-ZÀ-Þ][\w’'`ʿʾ]*"
    article = r"(?:[Aa]l|[Ee]l|[Aa]d|[Aa]s|[Aa]sh|[Aa]n|[Aa]r|[Aa]t|[Aa]z|[Ee]z|[Ee]s|[Ee]d|[Uu]l)-"
    word = rf"(?:{article})?{cap}(?:-(?:(?:{particles})-)?{cap}|-\d+)*"
    return re.compile(rf"(?<![\w.-]){word}(?:[ ]+{word})*(?![\w-])"), re.compile(word), frozenset(v["name_prefixes"])


_ARTICLED = re.compile(r"^(?:al|el|ad|as|ash|an|ar|at|az|ez|es|ed|ul)-", re.IGNORECASE)


def by_form(text: str, known: list[tuple[int, int]] | None = None) -> list[Name]:
    """Names told by their form: with an Arabic article, a joining particle, or a word that begins place names.

    In a run of capitalised words that holds several such or `known` names, with no comma left between them, the words in
    between are names of their own ("Bustan al-Qasr Mashhad al-Kallasa Salihiya").
    """
    run_pattern, word_pattern, prefixes = _patterns()
    known = known or []
    out: list[Name] = []
    for run in run_pattern.finditer(text):
        words = [(m.start() + run.start(), m.end() + run.start(), m.group()) for m in word_pattern.finditer(run.group())]
        found: list[tuple[int, int, bool]] = []
        i = 0
        while i < len(words):
            start, end, word = words[i]
            covering = next(((s, e) for s, e in known if s <= start and end <= e and e - s > end - start), None)
            if covering is not None:
                found.append((covering[0], covering[1], False))
                while i < len(words) and words[i][0] < covering[1]:
                    i += 1
                continue
            articled = bool(_ARTICLED.match(word)) or bool(re.search(r"-(?:[a-z]+)-", word))
            if word in prefixes and i + 1 < len(words):
                found.append((start, words[i + 1][1], True))
                i += 2
                if i < len(words) and words[i - 1][2] in prefixes:
                    found[-1] = (start, words[i][1], True)
                    i += 1
                continue
            if articled and i == 1 and len(words) == 2 and words[0][2] not in prefixes and found == []:
                found.append((words[0][0], end, True))
            elif articled:
                found.append((start, end, True))
            elif (start, end) in known:
                found.append((start, end, False))
            i += 1
        if len(words) >= 5 and len(found) >= 2:
            # a list that lost its commas: single words between names are names too
            for start, end, _ in words:
                if all(end <= s or start >= e for s, e, _ in found):
                    found.append((start, end, True))
        out += [Name(s, e, text[s:e], "name", (), e) for s, e, made in sorted(found) if made]
    return out


def possessive_end(text: str, end: int) -> int:
    """Offset after a possessive ending that stands at `end`, or `end` itself."""
    found = re.match(r"[’']s\b|[’'](?=\s)", text[end : end + 3])
    return end + found.end() if found else end


def without_overlap(names: list[Name]) -> list[Name]:
    """The names that remain when, of overlapping ones, the longer stays (the earlier listed one where they are equal)."""
    taken: list[Name] = []
    for name in sorted(names, key=lambda n: -(n.end - n.start)):
        if all(name.full_end <= t.start or name.start >= t.full_end for t in taken):
            taken.append(name)
    return sorted(taken, key=lambda n: n.start)
