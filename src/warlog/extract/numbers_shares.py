"""Parts of a toll that are told without a number: "12 civilians, mostly women and children, were killed".

Such a phrase stands between the figure and what happened, with commas or without, and gets in the way of both. It is taken
out before the rest is read (offsets stay), and put back as a part of the toll that it stands behind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from warlog.vocabulary import load


@dataclass(frozen=True, slots=True)
class Share:
    """A part without a number: where its words stand, and whom they name."""

    start: int
    end: int
    who: str


@cache
def _pattern() -> re.Pattern[str]:
    words = load("numbers")["shares"]

    def any_of(name: str) -> str:
        return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words[name], key=len, reverse=True))

    people = rf"(?:the\s+|many\s+|several\s+|some\s+)?(?:(?:{any_of('adjectives')})\s+)?(?:{any_of('people')})"
    return re.compile(
        rf"(?:\s*[,(–—-])?\s+(?:{any_of('openers')})(?:\s+of\s+(?:them|whom))?\s+"
        rf"(?P<who>{people}(?:(?:\s*,\s*|\s+and\s+|\s+or\s+|\s*,\s*and\s+){people})*)(?!\w)(?!['’])(?:\s*[,)–—](?=\s))?",
        re.IGNORECASE,
    )


def take_out(text: str) -> tuple[str, list[Share]]:
    """The text with such phrases blanked out, offsets kept, and the phrases."""
    shares: list[Share] = []

    def blank(m: re.Match[str]) -> str:
        shares.append(Share(m.start("who"), m.end("who"), text[m.start("who") : m.end("who")]))
        return " " * len(m.group())

    return _pattern().sub(blank, text), shares
