"""The review sheet: its columns, and how a claim's fields stand in its cells.

A text that a spreadsheet could take for a formula is written with an apostrophe before it, and read without. Cells
that a person may change stand beside a copy of what was derived (`original_...`): what differs from its copy was
changed, whatever a spreadsheet made of the look of dates and numbers in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from warlog import vocabulary
from warlog.records import CERTAINTIES, Claim
from warlog.review.tolls import NotTolls, read_tolls, write_tolls
from warlog.store.rulings import EDITABLE

#: What a person writes in the column `decision`.
VERDICTS = {
    "accept": "accepted",
    "accepted": "accepted",
    "reject": "rejected",
    "rejected": "rejected",
    "correct": "corrected",
    "corrected": "corrected",
}
WORDS = {"accepted": "accept", "rejected": "reject", "corrected": "correct"}

ORIGINAL = "original_"
COLUMNS: tuple[str, ...] = (
    "claim_id",
    "decision",
    *EDITABLE,
    "note",
    "quote",
    "document_id",
    "publisher",
    "published",
    "sha256",
    *(ORIGINAL + name for name in EDITABLE),
)

#: What spreadsheets take for the start of a formula, the full-width signs too.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_LIMITS = {"lat": 90.0, "lon": 180.0}


class BadCell(ValueError):
    """A cell that holds no value of its column; the message says what is wrong."""


def guard(text: str) -> str:
    """A text as it is written to a cell: one that looks like a formula gets an apostrophe before it."""
    if _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if text.startswith("'") or text.lstrip(" ").startswith(_FORMULA) else text


def unguard(cell: str) -> str:
    """The text that a cell was written from."""
    rest = cell[1:]
    return rest if cell.startswith("'") and (rest.startswith("'") or rest.lstrip(" ").startswith(_FORMULA)) else cell


def cell_of(claim: Claim, name: str) -> str:
    """An editable field of a claim as the text of its cell, not yet guarded."""
    value = getattr(claim, name)
    if name == "casualties":
        return write_tolls(value)
    if isinstance(value, float):
        return repr(value)
    return "" if value is None else str(value)


def value_of(name: str, text: str) -> Any:
    """The value that the text of a cell gives an editable field, ready for JSON. Raises BadCell."""
    return _READERS.get(name, _words)(name, text.strip())


def _words(_name: str, text: str) -> str | None:
    return text or None


def _event_type(_name: str, text: str) -> str:
    known = vocabulary.load("event_types")
    if text not in known:
        raise BadCell(f"{text!r} is no event type; they are {', '.join(known)}" if text else "an event type is needed")
    return text


def _certainty(_name: str, text: str) -> str:
    if text not in CERTAINTIES:
        raise BadCell(f"{text!r} is none of {', '.join(CERTAINTIES)}")
    return text


def _degrees(name: str, text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise BadCell(f"{text!r} is not a number of degrees") from None
    if not abs(value) <= _LIMITS[name]:
        raise BadCell(f"{text} is not between -{_LIMITS[name]:g} and {_LIMITS[name]:g} degrees")
    return value


def _day(_name: str, text: str) -> str | None:
    if not text:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadCell(f"{text!r} is not a day written like 2020-01-29") from None


def _casualties(_name: str, text: str) -> list[dict[str, Any]]:
    try:
        return [{"outcome": t.outcome, "who": t.who, "low": t.low, "high": t.high} for t in read_tolls(text)]
    except NotTolls as error:
        raise BadCell(str(error)) from None


_READERS: dict[str, Callable[[str, str], Any]] = {
    "event_type": _event_type,
    "certainty": _certainty,
    "lat": _degrees,
    "lon": _degrees,
    "date_start": _day,
    "date_end": _day,
    "casualties": _casualties,
}
