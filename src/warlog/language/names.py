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

NameKind = Literal["place", "group", "name"]


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
def _form() -> re.Pattern[str]:
    """A run of capitalised words joined by an article or particle of the languages that are romanised."""
    particles = "|".join(sorted(vocabulary.load("parse")["name_particles"], key=len, reverse=True))
    cap = r"[A-ZÀ-Þ][\w’'`ʿʾ]*"
    article = r"(?:[Aa]l|[Ee]l|[Aa]d|[Aa]s|[Aa]sh|[Aa]n|[Aa]r|[Aa]t|[Aa]z|[Ee]z|[Ee]s|[Ee]d|[Uu]l)-"
    piece = rf"(?:{article})?{cap}(?:-(?:{article}|(?:{particles})-)?{cap})*"
    articled = rf"{article}{cap}(?:-{cap})*"
    return re.compile(rf"(?<![\w-])(?:{piece}\s+)?{articled}(?:\s+{articled})*(?![\w-])|(?<![\w-]){cap}-(?:{particles})-{cap}(?![\w-])")


def by_form(text: str) -> list[Name]:
    """Names told by their form alone: those with an Arabic article or a joining particle in them."""
    return [Name(m.start(), m.end(), m.group(), "name", (), m.end()) for m in _form().finditer(text)]


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
