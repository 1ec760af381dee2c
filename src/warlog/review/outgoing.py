"""Writes claims to a review sheet: UTF-8 with the mark that makes spreadsheets see that it is, comma-separated."""

from __future__ import annotations

import contextlib
import csv
import os
from collections.abc import Iterator
from pathlib import Path

from warlog.errors import UsageError
from warlog.review.sheet import COLUMNS, ORIGINAL, WORDS, cell_of, guard
from warlog.store import ClaimFilter, Log
from warlog.store.rulings import EDITABLE, claim_key, decision_key


def write_review(log: Log, path: str | Path, wanted: ClaimFilter | None = None) -> int:
    """Write the claims that the filter asks for to a review sheet at `path`, replacing a file that is there.

    Claims that were decided stand as decided, with the decision. Returns how many there are. Raises UsageError if the
    file cannot be written; then one that was there stays as it was.
    """
    target = Path(path)
    passing = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        try:
            with passing.open("w", encoding="utf-8-sig", newline="") as file:
                sheet = csv.DictWriter(file, COLUMNS)
                sheet.writeheader()
                written = 0
                for row in _rows(log, wanted or ClaimFilter()):
                    sheet.writerow({name: guard(text) for name, text in row.items()})
                    written += 1
            os.replace(passing, target)
        except BaseException:
            with contextlib.suppress(OSError):
                passing.unlink()
            raise
    except OSError as error:
        raise UsageError(f"The review sheet {path} cannot be written: {error.strerror or error}.") from error
    return written


def _rows(log: Log, wanted: ClaimFilter) -> Iterator[dict[str, str]]:
    decided = {decision_key(decision): decision for decision in log.decisions(include_superseded=False)}
    for claim, derived, sha256 in log.derived_claims(wanted):
        decision = decided.get(claim_key(derived, sha256))
        yield {
            "claim_id": claim.claim_id,
            "decision": WORDS[decision.verdict] if decision else "",
            **{name: cell_of(claim, name) for name in EDITABLE},
            "note": decision.note if decision else "",
            "quote": claim.quote,
            "document_id": claim.document_id,
            "publisher": claim.publisher or "",
            "published": claim.published or "",
            "sha256": sha256,
            **{ORIGINAL + name: cell_of(derived, name) for name in EDITABLE},
        }
