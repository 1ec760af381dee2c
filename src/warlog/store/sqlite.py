"""All that is SQLite's own: how a log file is opened, and what its error messages mean in plain words.

Nothing else in the store speaks SQLite; another engine would be another module like this one.

A log is kept in write-ahead mode, so that one process can read while another writes, and every commit is flushed
to the disk, so that what was reported as done outlives a power cut. Writers take the write lock when they begin,
never half-way: two writers wait for each other instead of failing.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, QueuePool, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from warlog.errors import LogError

#: How long a writer waits for another one before it gives up, in seconds.
BUSY_SECONDS = 60.0
#: Execution option that marks a connection whose transaction will write.
WRITES = "warlog_writes"


def make_engine(path: Path, *, writable: bool, busy_seconds: float = BUSY_SECONDS, max_pages: int | None = None) -> Engine:
    """An engine on one log file. `max_pages` limits the file to so many pages, as a full disk would.

    Raises LogError if the file cannot be opened. A file that is not there yet is made, if writable.
    """
    address = _address(path, writable)

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=busy_seconds, check_same_thread=False, isolation_level=None)

    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys=ON")
        if writable:
            _use_write_ahead(connection, busy_seconds)
            connection.execute("PRAGMA synchronous=FULL")
            # What is withdrawn must be gone from the file, not only unlinked in it.
            connection.execute("PRAGMA secure_delete=ON")
        if max_pages is not None:
            connection.execute(f"PRAGMA max_page_count={int(max_pages)}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _address(path: Path, writable: bool) -> str:
    name = "file:" + quote(os.fspath(path.absolute()))
    if writable:
        return f"{name}?mode=rwc"
    # Write-ahead mode needs its companion files even to read. Where none can be made, and none holds anything
    # that is not yet in the log itself, the file is read as it stands.
    pending = Path(f"{path}-wal")
    if not os.access(path.absolute().parent, os.W_OK) and not (pending.exists() and pending.stat().st_size):
        return f"{name}?immutable=1"
    return f"{name}?mode=ro"


def _use_write_ahead(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Switch to write-ahead mode. SQLite does not wait for a lock here, so this does."""
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def empty_write_ahead(engine: Engine) -> None:
    """Move what the write-ahead file holds into the log itself and cut that file to nothing, if no reader is in the way."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        connection.rollback()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def explain(path: Path, error: DBAPIError | sqlite3.Error) -> LogError | None:
    """The database's error as one sentence about the log, or None where it is a fault of the program."""
    kept = "what was reported as done is kept"
    held = f"The log {path} is in use by another process that did not let go of it: try again when it has finished."
    read_only = f"The log {path} is read-only: nothing can be written to it."
    message = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    for part, sentence in (
        ("file is not a database", f"{path} is not a Warlog log: it is not a database at all."),
        ("malformed", f"The log {path} is damaged: SQLite cannot read all of it."),
        ("database or disk is full", f"The log {path} cannot grow: its disk or its page limit is full; {kept}."),
        ("readonly", read_only),
        ("read-only", read_only),
        ("locked", held),
        ("busy", held),
        ("unable to open", f"The log {path} cannot be opened: no such folder, or no permission."),
        ("disk i/o error", f"The log {path} cannot be read or written: its disk reports an error; {kept}."),
    ):
        if part in message:
            return LogError(sentence)
    return None
