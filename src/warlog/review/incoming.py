"""Reads a review sheet back: rows that a person ruled on become decisions, bad rows become sentences.

A row whose cells differ from their `original_...` copies is a correction; `accept` and `reject` in the column
`decision` are what they say; a row with neither says nothing. Reading the same sheet again makes no new decision.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warlog.errors import InputError
from warlog.records import Claim, Decision
from warlog.review.ruling import rule
from warlog.review.sheet import ORIGINAL, VERDICTS, BadCell, unguard, value_of
from warlog.store import Log
from warlog.store.rulings import EDITABLE, apply, decision_key, key_of, same_ruling

_NEEDED = ("claim_id", "decision")
#: A quote is a sentence; a cell longer than this is no sheet of ours.
_LONGEST_CELL = 10_000_000


@dataclass(slots=True)
class ReviewReport:
    """What came of reading a review sheet: rows by what they said, new decisions, and what could not be used."""

    accepted: int = 0
    corrected: int = 0
    rejected: int = 0
    #: rows that say what was decided before
    unchanged: int = 0
    #: rows that say nothing
    blank: int = 0
    #: one sentence for each row that could not be used, naming row and column
    failed: list[str] = field(default_factory=list)
    #: one sentence for each row that was used but may not mean what its writer thinks
    warnings: list[str] = field(default_factory=list)

    @property
    def decided(self) -> int:
        """How many new decisions were kept."""
        return self.accepted + self.corrected + self.rejected


class _BadRow(Exception):
    """A row that cannot be used; the message follows the row's number."""


def read_review(log: Log, path: str | Path, reviewer: str = "") -> ReviewReport:
    """Read the rulings in a review sheet into the log, then derive events and control anew if there were any.

    Bad rows are skipped and told of in the report, good ones kept, all in one transaction. Raises InputError if the
    file is no review sheet, and LogError.
    """
    from warlog.pipeline import derive_events

    log.require_writable()
    report = ReviewReport()
    decided = {decision_key(decision): decision for decision in log.decisions(include_superseded=False)}
    fresh: dict[str, tuple[int, Decision]] = {}
    for number, row in _rows(Path(path)):
        try:
            ruled = _ruling(log, row, reviewer)
            if ruled is None:
                report.blank += 1
                continue
            claim, decision = ruled
            key = decision_key(decision)
            other = fresh.get(key)
            if other is not None and not same_ruling(other[1], decision):
                raise _BadRow(f"rules otherwise than row {other[0]} on the same sentence, event type, place and actor")
        except _BadRow as error:
            report.failed.append(f"{path}, row {number}: {error}.")
            continue
        if other is not None or (key in decided and _same_outcome(claim, decided[key], decision)):
            report.unchanged += 1
            continue
        fresh[key] = (number, decision)
        setattr(report, decision.verdict, getattr(report, decision.verdict) + 1)
        if _loses_point(claim, decision):
            report.warnings.append(
                f"{path}, row {number}: the place was changed but not its point, so the claim has no point now."
            )
    log.decide(decision for _, decision in fresh.values())
    if log.is_stale:
        derive_events(log)
    return report


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The sheet's rows with their number in the spreadsheet, cells unguarded. Raises InputError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"The review sheet {path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"The review sheet {path} is not UTF-8: save it as 'CSV UTF-8'.") from error
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"{path} is not a review sheet: it has no column {' or '.join(missing)}.")
    try:
        for number, row in enumerate(reader, 2):
            yield number, {name: unguard(cell) for name, cell in row.items() if isinstance(name, str) and isinstance(cell, str)}
    except csv.Error as error:
        raise InputError(f"The review sheet {path} is broken near line {reader.line_num}: {error}.") from error


def _ruling(log: Log, row: Mapping[str, str], reviewer: str) -> tuple[Claim, Decision] | None:
    """The claim of a row, as derived, and the ruling on it; None if the row makes none. Raises _BadRow."""
    word = row.get("decision", "").strip().lower()
    if word and word not in VERDICTS:
        raise _BadRow(f"column decision: {word!r} is none of accept, reject, correct")
    edited = [name for name in EDITABLE if _is_edited(row, name)]
    note = row.get("note", "").strip()
    if not word and not edited:
        if note and log.decision_on(row.get("claim_id", "").strip()) is None:
            raise _BadRow("column note: there is a note but no decision; write accept, reject or correct beside it")
        return None
    claim, sha256 = _claim(log, row)
    verdict = VERDICTS.get(word, "corrected")
    changes: dict[str, Any] = {}
    if verdict != "rejected":
        changes = _changes(row, edited, claim)
        if changes:
            verdict = "corrected"
        elif verdict == "corrected":
            if word:
                raise _BadRow(
                    "column decision: it says correct, but no cell was changed; write accept to keep the claim as it is"
                )
            return None
    return claim, rule(claim, sha256, verdict, changes, reviewer=reviewer, note=note)


def _loses_point(claim: Claim, decision: Decision) -> bool:
    """Whether a new place takes the claim's point away although the reviewer did not touch the point."""
    return claim.lat is not None and "lat" not in decision.changes and apply(claim, decision).lat is None


def _same_outcome(claim: Claim, held: Decision, decision: Decision) -> bool:
    """Whether a new decision would leave the claim as the one that holds leaves it.

    The sheet shows what a correction led to, not the correction: a changed place may have taken the point with it.
    """
    if (held.verdict, held.note) != (decision.verdict, decision.note):
        return False
    before, after = apply(claim, held), apply(claim, decision)
    return all(getattr(before, name) == getattr(after, name) for name in EDITABLE)


def _is_edited(row: Mapping[str, str], name: str) -> bool:
    cell, original = row.get(name), row.get(ORIGINAL + name)
    return cell is not None and original is not None and cell.strip() != original.strip()


def _claim(log: Log, row: Mapping[str, str]) -> tuple[Claim, str]:
    """The claim that a row is about, as derived now: by its id, or by what decisions are tied to if a new run changed the id."""
    claim_id = row.get("claim_id", "").strip()
    place, actor = (row.get(f"{ORIGINAL}{name}") or None for name in ("place", "actor"))
    key = key_of(row.get("sha256", ""), row.get("quote", ""), row.get(f"{ORIGINAL}event_type", ""), place, actor)
    found = log.find_derived(claim_id, key)
    if found is None:
        raise _BadRow(f"column claim_id: the log has no claim {claim_id or 'without an id'}")
    return found


def _changes(row: Mapping[str, str], edited: list[str], claim: Claim) -> dict[str, Any]:
    """The new values of the cells that were changed. Raises _BadRow."""
    changes: dict[str, Any] = {}
    for name in edited:
        try:
            value = value_of(name, row[name])
        except BadCell as error:
            raise _BadRow(f"column {name}: {error}") from None
        if value != _as_json(getattr(claim, name)):
            changes[name] = value
    ruled = {name: changes.get(name, getattr(claim, name)) for name in ("lat", "lon", "date_start", "date_end")}
    if changes.keys() & {"lat", "lon"} and (ruled["lat"] is None) != (ruled["lon"] is None):
        raise _BadRow("columns lat and lon: give both or neither")
    first, last = ruled["date_start"], ruled["date_end"]
    if first and last and first > last:
        raise _BadRow(f"columns date_start and date_end: {first} is after {last}")
    return changes


def _as_json(value: Any) -> Any:
    if isinstance(value, list):
        return [{"outcome": toll.outcome, "who": toll.who, "low": toll.low, "high": toll.high} for toll in value]
    return value
