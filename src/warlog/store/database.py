"""One opened log file: connections to read and to write, and its errors in plain words.

Opening looks at the file before it touches it: what is not a log, is of a newer Warlog, or cannot be read is
refused with a sentence and left exactly as it was.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from warlog.errors import LogError
from warlog.store import migrate, sqlite
from warlog.store.schema import HEAD


class Database:
    """A log file with its engine. `writable` is False where the file or its folder cannot be written."""

    def __init__(self, path: Path, engine: Engine, writable: bool) -> None:
        self.path = path
        self.engine = engine
        self.writable = writable

    @classmethod
    def open(cls, path: Path, *, create: bool, busy_seconds: float, max_pages: int | None) -> Database:
        """Open a log, bringing its tables up to date; make it if it is not there and `create` says so. Raises LogError."""
        fresh = _is_fresh(path, create)
        folder = path.absolute().parent
        writable = os.access(folder, os.W_OK) and (fresh or os.access(path, os.W_OK))
        if not fresh:
            _refuse_if_unusable(path, writable, busy_seconds)
        database = cls(
            path, sqlite.make_engine(path, writable=writable, busy_seconds=busy_seconds, max_pages=max_pages), writable
        )
        try:
            with database.read() as connection:
                current = migrate.revision(connection, path) == HEAD
            if not current:
                with database.write() as connection:
                    migrate.upgrade(connection, path)
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the log from its first query on. Raises LogError."""
        with self._told(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that holds the write lock: all of it is kept when the block ends, or none. Raises LogError."""
        if not self.writable:
            raise LogError(f"The log {self.path} is read-only: nothing can be written to it.")
        with self._told(), self.engine.connect() as plain:
            connection = plain.execution_options(**{sqlite.WRITES: True})
            with connection.begin():
                yield connection

    def settle(self) -> None:
        """Leave nothing of what was deleted in files beside the log. Raises LogError."""
        with self._told():
            sqlite.empty_write_ahead(self.engine)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            told = sqlite.explain(self.path, error)
            if told is None:
                raise
            raise told from error


def _is_fresh(path: Path, create: bool) -> bool:
    """Whether the log is still to be made. Raises LogError where it cannot be, or is not there to be opened."""
    folder = path.absolute().parent
    try:
        if path.is_dir():
            raise LogError(f"{path} is a folder, not a log.")
        missing = not path.exists()
        fresh = missing or (path.stat().st_size == 0 and not Path(f"{path}-wal").exists())
    except OSError as error:
        raise LogError(f"The log {path} cannot be opened: {error.strerror or error}.") from error
    if not fresh:
        return False
    if not create:
        if missing:
            raise LogError(f"There is no log at {path}: make one with `warlog read SOURCE --log {path}`.")
        raise LogError(f"{path} is not a Warlog log: it is an empty file.")
    if not folder.is_dir():
        raise LogError(f"The log {path} cannot be made: there is no folder {folder}.")
    if not os.access(folder, os.W_OK) or not (missing or os.access(path, os.W_OK)):
        raise LogError(f"The log {path} cannot be made: no permission to write in {folder}.")
    return True


def _refuse_if_unusable(path: Path, writable: bool, busy_seconds: float) -> None:
    """Look at a file that is there, without changing it. Raises LogError if it is no log that this program can use."""
    if not path.is_file():
        raise LogError(f"{path} is not a Warlog log: it is not a plain file.")
    if not os.access(path, os.R_OK):
        raise LogError(f"The log {path} cannot be opened: no permission to read it.")
    looker = Database(path, sqlite.make_engine(path, writable=False, busy_seconds=busy_seconds), False)
    try:
        with looker.read() as connection:
            found = migrate.revision(connection, path)
        if found not in (None, HEAD):
            migrate.refuse_newer(path, str(found))
            if not writable:
                raise LogError(f"The log {path} is of an older version of Warlog and read-only: it cannot be brought up to date.")
    finally:
        looker.close()
