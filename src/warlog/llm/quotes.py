"""Finding what a model quotes in the text it quotes from.

A quote counts only if it stands in the text. Spaces, line breaks and the shape of quotation marks, dashes and apostrophes
are no difference; a changed, added or missing word is one.
"""

from __future__ import annotations

import unicodedata

_SAME = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
)
#: a quote of fewer letters would stand anywhere
_FEWEST = 8


def find(quote: str, text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Offsets of the quote in text[start:end], as offsets into `text`; None where it does not stand there."""
    folded, places = _folded(text[start:end])
    wanted = _folded(quote)[0].strip().strip("\"' ")
    if sum(c.isalnum() for c in wanted) < _FEWEST:
        return None
    at = folded.find(wanted)
    if at < 0:
        return None
    return start + places[at], start + places[at + len(wanted) - 1] + 1


def stands_in(words: str, text: str) -> bool:
    """Whether words stand in the text, letters compared without regard to capitals."""
    wanted = _folded(words)[0].strip().casefold()
    return bool(wanted) and wanted in _folded(text)[0].casefold()


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with all white space as one space and marks made alike, and for each character where it stood."""
    out: list[str] = []
    places: list[int] = []
    for i, character in enumerate(text):
        if character.isspace() or unicodedata.category(character) == "Cf":
            if character.isspace() and out and out[-1] != " ":
                out.append(" ")
                places.append(i)
            continue
        out.append(character.translate(_SAME))
        places.append(i)
    return "".join(out), places
