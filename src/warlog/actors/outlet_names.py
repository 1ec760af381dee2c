"""How outlets' names are compared.

A name is kept under its folded form and under one without article, blanks and signs, so that "al-Manar", "Al Manar" and "AlManar"
are one. A name that is asked for may stand among words that only say what it is ("the state news agency SANA"); those words are
in `vocab/outlet_lookup.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from warlog import vocabulary
from warlog.actors.folding import key

#: No outlet's name with the words around it is longer, in characters; what is, is no name.
_LONGEST = 160


def keys(name: str) -> Iterator[str]:
    """The forms under which a name is kept: folded as written, and without article, blanks and signs."""
    yield key(name)
    yield _squashed(key(name))


def _squashed(folded: str) -> str:
    words = folded.split()
    if len(words) > 1 and words[0] in _words("articles"):
        words = words[1:]
    bare = "".join(c for word in words for c in word if c.isalnum())
    # "almanar" and "al-Manar" are one name; so short a rest as that of "Alalam" is left whole
    return bare.removeprefix("al") if bare.startswith("al") and len(bare) > 6 else bare


def asked(name: str) -> Iterator[str]:
    """The forms under which a name that is asked for may be kept, the likeliest first."""
    folded = key(name) if len(name) <= _LONGEST else ""
    if not folded:
        return
    yield from keys(name)
    words = folded.split()
    for first, last in _cuts(words):
        rest = " ".join(words[first:last])
        if len(rest) > 1:
            yield rest
            yield _squashed(rest)


def _cuts(words: list[str]) -> Iterator[tuple[int, int]]:
    """Where a name may begin and end if the words around it only say what it is; longest first."""
    starts, ends = _reached(words, "before"), [len(words) - n for n in _reached(words[::-1], "after", backwards=True)]
    cuts = {(a, b) for a in starts for b in ends if a < b and (a, b) != (0, len(words))}
    yield from sorted(cuts, key=lambda c: (c[0] - c[1], c))


def _reached(words: list[str], table: str, *, backwards: bool = False) -> list[int]:
    """How many words may be left out from the beginning (or, of reversed words, from the end) as saying only what it is."""
    reached = [0]
    for at in reached:
        if at == 0 and words[0] in _words("articles") and not backwards:
            reached.append(1)
        if not backwards and words[at + 1 : at + 2] and words[at + 1] in _words("relations"):
            reached.append(at + 2)
        for n in (1, 2, 3):
            phrase = words[at : at + n]
            if len(phrase) == n and " ".join(phrase[::-1] if backwards else phrase) in _words(table):
                reached.append(at + n)
    return [n for n in dict.fromkeys(reached) if n < len(words)]


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(vocabulary.load("outlet_lookup")[table])
