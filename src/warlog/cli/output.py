"""Where records of a listing go: the terminal or a file, as a table, CSV, JSON Lines or Parquet."""

from __future__ import annotations

import contextlib
import enum
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from warlog.errors import UsageError


class Format(enum.StrEnum):
    """How records are written."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


FormatOption = Annotated[Format, typer.Option("--format", help="How to write the records.")]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to this file instead of the terminal.")]


def emit(kind: type, records: Iterable[Any], form: Format, out: Path | None) -> int:
    """Write records of one kind; returns how many. Raises UsageError if the file cannot be written."""
    from warlog.publish import tables

    if form is Format.parquet:
        with bytes_to(out) as raw:
            return tables.write_parquet(raw, kind, records)
    with text_to(out) as stream:
        if form is Format.jsonl:
            return tables.write_jsonl(stream, records)
        if form is Format.csv:
            return tables.write_records_csv(stream, kind, records)
        from rich.console import Console

        console = Console(file=stream, width=None if out is None and sys.stdout.isatty() else 180, highlight=False)
        return tables.write_table(console, kind, records)


@contextlib.contextmanager
def text_to(out: Path | None) -> Iterator[IO[str]]:
    """A UTF-8 stream to a file or stdout. Raises UsageError if the file cannot be opened."""
    if out is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
        yield sys.stdout
        return
    with _told(out), out.open("w", encoding="utf-8", newline="") as stream:
        yield stream


@contextlib.contextmanager
def bytes_to(out: Path | None) -> Iterator[IO[bytes]]:
    """A binary stream to a file or stdout. Raises UsageError for a terminal, or if the file cannot be opened."""
    if out is None:
        if sys.stdout.isatty():
            raise UsageError("Parquet is not for reading on a terminal: give --out FILE.")
        yield sys.stdout.buffer
        return
    with _told(out), out.open("wb") as stream:
        yield stream


@contextlib.contextmanager
def _told(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"{out}: cannot be written: {error.strerror or error}.") from error
