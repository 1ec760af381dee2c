"""Cells of CSV files: lists and records as text, and nothing that a spreadsheet would run as a formula.

Quotes come from strangers' texts. A cell that begins with one of `=`, `+`, `-`, `@` or a control character is taken
for a formula by spreadsheets; such text gets an apostrophe in front, which they show as text. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """Text that a spreadsheet takes as text."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def cell(value: Any) -> str | int | float:
    """A value as one CSV cell: None is empty, lists of text are joined by "; ", records and dicts are JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, Sequence) and all(isinstance(item, str) for item in value):
        return safe("; ".join(value))
    return safe(json.dumps(value, ensure_ascii=False))


def write_csv(stream: IO[str], columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows under a header; returns how many. Open the stream with `newline=""`."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([cell(row.get(name)) for name in columns])
        count += 1
    return count
