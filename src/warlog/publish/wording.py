"""Figures, days and kinds as short English text, alike in every product."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from warlog import vocabulary
from warlog.records import Casualties, Claim, Event, PlaceDay

_OUTCOME = {"killed_or_wounded": "killed or wounded"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@cache
def _types() -> dict[str, str]:
    return {name: row["label"] for name, row in vocabulary.load("event_types").items()}


def type_label(event_type: str) -> str:
    """An event type as readers see it; the order of the vocabulary file is that of reports (`type_order`)."""
    return _types().get(event_type, event_type.replace("_", " ").capitalize())


def type_order(event_type: str) -> int:
    """Where an event type stands among the others."""
    names = list(_types())
    return names.index(event_type) if event_type in names else len(names)


def figure(toll: Casualties) -> str:
    """A toll's number: "34", "5 to 11", "at least 40", "up to 200", "some" where no number is known."""
    if toll.low is None and toll.high is None:
        return "some"
    if toll.high is None:
        return f"at least {toll.low:,}"
    if toll.low is None:
        return f"up to {toll.high:,}"
    return f"{toll.low:,}" if toll.low == toll.high else f"{toll.low:,} to {toll.high:,}"


def toll_text(toll: Casualties) -> str:
    """A toll in words: "5 to 11 civilians killed"."""
    if toll.low == 0 and toll.high == 0:
        return f"no {toll.who or 'one'} {_OUTCOME.get(toll.outcome, toll.outcome)}"
    parts = [figure(toll), toll.who or "", _OUTCOME.get(toll.outcome, toll.outcome)]
    return " ".join(part for part in parts if part)


def tolls_text(tolls: Sequence[Casualties]) -> str:
    """Several tolls, separated by semicolons; "" for none."""
    return "; ".join(toll_text(toll) for toll in tolls)


def day_text(day: str) -> str:
    """ "2020-01-29" as "29 January 2020"; what is no day stays as it is."""
    try:
        found = date.fromisoformat(day[:10])
    except ValueError:
        return day
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def span_text(record: Event | Claim) -> str:
    """The days of an event or claim: "29 January 2020", "from ... to ...", "not later than ...", "day not known"."""
    first, last = record.date_start, record.date_end
    if first and last:
        return day_text(first) if first == last else f"{day_text(first)} to {day_text(last)}"
    if last and (record.date_precision == "not_later_than" or not first):
        return f"not later than {day_text(last)}"
    if first:
        return f"from {day_text(first)}"
    if isinstance(record, Claim) and record.published:
        return f"not later than {day_text(record.published)}"
    return "day not known"


def parties_text(record: Event | Claim) -> str:
    """Who did it to whom: "A against B", either alone, or "" where neither is told."""
    actor, target = _one(record, "actor"), _one(record, "target")
    if actor and target:
        return f"{actor} against {target}"
    return actor or (f"against {target}" if target else "")


def place_text(record: Event | Claim) -> str:
    """Where, as readers see it."""
    if isinstance(record, Claim):
        return record.place_name or record.place or "place not told"
    return record.place_name or "place not told"


def _one(record: Event | Claim, role: str) -> str:
    names: list[str] = getattr(record, f"{role}_names")
    if names:
        return ", ".join(names)
    return (getattr(record, role) or "") if isinstance(record, Claim) else ""


def holders(row: PlaceDay, nobody: str = "holder not said") -> str:
    """Who a place is said to be held by on a day; where that is contested, both sides, or that it is denied."""
    names = row.holder_names
    if row.status != "contested":
        return ", ".join(names) or nobody
    if len(names) > 1:
        return " or ".join(names)
    return f"{names[0]}, which is denied" if names else "sides disagree"
