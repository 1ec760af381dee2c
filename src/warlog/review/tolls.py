"""Casualties in one cell, readable and exact: `killed 12.. civilians; wounded 5 fighters`.

Each toll is its outcome, its figures, and whom it tells of, as written; tolls are parted by `;`. Figures are `12`
(exactly), `12..` (at least), `..200` (up to), `13..15` (between), `?` (no figure). Whom it tells of stands in double
quotes, as in JSON, where it would not come back the same without them. What a person writes may be looser: `12-15`,
`12+`, `Killed: 12`, and no figure at all, are understood too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from warlog.records import OUTCOMES, Casualties

_FIGURES = r"(?:\d+\.\.\d+|\d+[-–]\d+|\d+\.\.|\.\.\d+|\d+\+|\d+|\?)"
_TOLL = re.compile(
    rf"\s*(?P<outcome>[A-Za-z]+(?:[_ ]or[_ ][A-Za-z]+)?)\s*:?\s*(?P<figures>{_FIGURES})?(?![\w.+?])"
    rf"\s*(?:(?P<quoted>\"(?:[^\"\\]|\\.)*\")|(?P<plain>[^;\"][^;]*))?\s*(?:;|$)",
    re.DOTALL,
)
#: Begins with a letter or digit, so that no figure before it can be taken to go on.
_PLAIN = re.compile(r"[^\W_](?:[^;\\\x00-\x1f]*[^\s;\\\x00-\x1f])?")


class NotTolls(ValueError):
    """A cell that does not tell casualties; the message says what is wrong."""


def write_tolls(tolls: Sequence[Casualties]) -> str:
    """The tolls as one line; `read_tolls` gives the same back."""
    return "; ".join(" ".join(part for part in (t.outcome, _figures(t.low, t.high), _who(t.who)) if part) for t in tolls)


def read_tolls(text: str) -> list[Casualties]:
    """The tolls that a cell tells. Raises NotTolls."""
    tolls: list[Casualties] = []
    at = 0
    while text[at:].strip():
        found = _TOLL.match(text, at)
        if found is None:
            raise NotTolls(f"{_short(text[at:])} is not a toll such as `killed 12.. civilians; wounded 5`")
        outcome = found["outcome"].lower().replace(" ", "_")
        if outcome not in OUTCOMES:
            raise NotTolls(f"{_short(found['outcome'])} is none of {', '.join(OUTCOMES)}")
        low, high = _bounds(found["figures"] or "?")
        tolls.append(Casualties(outcome, _wording(found), low, high))
        at = found.end()
    return tolls


def _figures(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "?"
    if low == high:
        return str(low)
    return f"{'' if low is None else low}..{'' if high is None else high}"


def _who(who: str | None) -> str:
    if who is None:
        return ""
    return who if _PLAIN.fullmatch(who) else json.dumps(who, ensure_ascii=False)


def _wording(found: re.Match[str]) -> str | None:
    if found["quoted"] is not None:
        try:
            return str(json.loads(found["quoted"], strict=False))
        except json.JSONDecodeError as error:
            raise NotTolls(f"{_short(found['quoted'])} is not well quoted") from error
    return found["plain"].strip() if found["plain"] else None


def _bounds(figures: str) -> tuple[int | None, int | None]:
    if figures == "?":
        return None, None
    if figures.endswith("+"):
        return int(figures[:-1]), None
    low, parted, high = re.sub("[-–]", "..", figures).partition("..")
    if not parted:
        return int(low), int(low)
    bounds = (int(low) if low else None, int(high) if high else None)
    if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
        raise NotTolls(f"{_short(figures)} is a range that ends before it begins")
    return bounds


def _short(text: str) -> str:
    text = " ".join(text.split())
    return repr(text if len(text) <= 60 else text[:59] + "…")
