"""Brings a log to the tables that this version of Warlog knows, or says why it cannot.

A database is a log if it has the table that bears the revision. A log of an older revision is migrated, in one
transaction; a log of a revision that this program does not know was made by a newer Warlog and is refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from warlog.errors import LogError
from warlog.store.schema import HEAD, VERSION_TABLE

# Alembic is slow to import and needed only when a log is made or is older than the program: hence the late imports.
if TYPE_CHECKING:
    from alembic.config import Config


def revision(connection: Connection, path: Path) -> str | None:
    """The log's revision; None for a database with no tables yet. Raises LogError if it is some other database."""
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE in tables:
        found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
        return found
    if tables:
        raise LogError(f"{path} is not a Warlog log: it is a database of something else.")
    return None


def upgrade(connection: Connection, path: Path) -> None:
    """Run the migrations that are missing, in the transaction of `connection`. Raises LogError for a newer log."""
    found = revision(connection, path)
    if found == HEAD:
        return
    if found is not None:
        refuse_newer(path, found)
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def refuse_newer(path: Path, found: str) -> None:
    """Raise LogError if this program does not know the revision: then a newer Warlog made the log."""
    if found not in known_revisions():
        raise LogError(
            f"The log {path} is of a newer version of Warlog (schema {found}, known here: {HEAD}): update Warlog to open it."
        )


def known_revisions() -> list[str]:
    """The revisions that this program has migrations for, newest first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return config
