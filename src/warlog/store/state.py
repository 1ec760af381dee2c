"""Whether events and place-days are still those of the claims.

Every change to claims or decisions makes the log's revision one higher; events and place-days remember the revision
that they were made of. A run that was stopped between the two leaves them apart, and the next run sees it.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from warlog.store.schema import state

_CLAIMS = "claims_revision"
_EVENTS = "events_revision"


def bump(connection: Connection) -> None:
    """Claims or decisions have changed."""
    _set(connection, _CLAIMS, claims_revision(connection) + 1)


def claims_revision(connection: Connection) -> int:
    """How often claims or decisions have changed."""
    return _get(connection, _CLAIMS)


def events_revision(connection: Connection) -> int:
    """The revision of the claims that events and place-days were made of."""
    return _get(connection, _EVENTS)


def mark_derived(connection: Connection, revision: int) -> None:
    """Events and place-days are now those of this revision of the claims."""
    _set(connection, _EVENTS, revision)


def _get(connection: Connection, name: str) -> int:
    return int(connection.execute(select(state.c.value).where(state.c.name == name)).scalar() or 0)


def _set(connection: Connection, name: str, value: int) -> None:
    if connection.execute(update(state).where(state.c.name == name).values(value=value)).rowcount == 0:
        connection.execute(insert(state), {"name": name, "value": value})
