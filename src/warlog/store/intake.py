"""Taking in captures: which document a capture is read as, what it replaces, and keeping all of it.

A document's id is the name it came under; where another document already has it, `#` and eight digits of the
hash are added. The same bytes under the same name from two places are one document with two captures. A capture
replaces an earlier one of the same source (for a record of a file of many: the same source and name); a document
is out of date when all its captures were replaced. Replaced ones are kept.

Every function works inside a transaction that its caller holds.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, insert, or_, select, update

from warlog.records import Capture, Claim, Document, Run
from warlog.store import codec, schema
from warlog.store.filters import actor_key, claim_days, place_key
from warlog.store.rulings import claim_key
from warlog.store.state import bump

_HASH_DIGITS = (8, 16, 64)


@dataclass(slots=True, frozen=True)
class Placement:
    """Where a capture belongs: the id of its document, and whether that document is still to be read."""

    document_id: str
    to_read: bool


class IdTaken(Exception):
    """Another process gave the document's id away since it was chosen; choose again."""


def known_capture(connection: Connection, capture: Capture) -> str | None:
    """The id of the capture that holds the same bytes of the same source under the same name, if there is one."""
    c = schema.captures.c
    same = and_(c.source == capture.source, c.name == capture.name, c.sha256 == capture.sha256)
    query = select(c.capture_id).where(or_(c.capture_id == capture.capture_id, same)).order_by(c.seq).limit(1)
    return connection.execute(query).scalar()


def place(connection: Connection, capture: Capture) -> Placement:
    """The document that a capture not yet in the log belongs to."""
    c = schema.captures.c
    for digits in (0, *_HASH_DIGITS):
        document_id = f"{capture.name}#{capture.sha256[:digits]}" if digits else capture.name
        holder = connection.execute(select(c.sha256).where(c.document_id == document_id).limit(1)).scalar()
        if holder is None or holder == capture.sha256:
            there = connection.execute(
                select(schema.documents.c.seq).where(schema.documents.c.document_id == document_id)
            ).first()
            return Placement(document_id, there is None)
    raise AssertionError(f"two originals have the SHA-256 {capture.sha256}")


def add(
    connection: Connection, capture: Capture, document: Document | None, claims: Sequence[Claim], seen: Collection[str]
) -> bool:
    """Keep a capture and, where it is not None, the document read from it with its claims.

    Returns False, and changes nothing, if the capture is there already. Captures in `seen` stand at their source
    now and are not replaced by this one. Raises IdTaken if the document's id is not the capture's any more.
    """
    if known_capture(connection, capture) is not None:
        return False
    placement = place(connection, capture)
    if placement.to_read != (document is not None) or (document is not None and document.document_id != placement.document_id):
        raise IdTaken(placement.document_id)
    row = codec.to_row(capture, schema.captures)
    connection.execute(insert(schema.captures), {**row, "document_id": placement.document_id})
    if document is not None:
        add_document(connection, document, claims)
    make_current(connection, capture, seen)
    refresh(connection, {placement.document_id})
    bump(connection)
    return True


def add_document(connection: Connection, document: Document, claims: Sequence[Claim]) -> None:
    """Keep a document with its claims, as derived."""
    connection.execute(insert(schema.documents), codec.to_row(document, schema.documents))
    rows = [claim_row(claim, document.sha256) for claim in _with_own_ids(connection, claims)]
    if rows:
        connection.execute(insert(schema.claims), rows)


def claim_row(claim: Claim, sha256: str) -> dict[str, Any]:
    """A claim as a row, with the keys that filters and decisions search by."""
    first, last = claim_days(claim)
    return codec.to_row(claim, schema.claims) | {
        "day_from": first,
        "day_to": last,
        "place_key": place_key(claim),
        "actor_key": actor_key(claim),
        "decision_key": claim_key(claim, sha256),
    }


def _with_own_ids(connection: Connection, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, each with an id that no other claim of the log has; the same ones for the same log."""
    wanted = [claim.claim_id for claim in claims]
    taken: set[str] = set()
    for at in range(0, len(wanted), 500):
        column = schema.claims.c.claim_id
        taken.update(connection.execute(select(column).where(column.in_(wanted[at : at + 500]))).scalars())
    own: list[Claim] = []
    for claim in claims:
        claim_id, tries = claim.claim_id, 0
        while claim_id in taken:
            tries += 1
            claim_id = hashlib.sha256(f"{claim.claim_id}\0{claim.document_id}\0{tries}".encode()).hexdigest()[:16]
        taken.add(claim_id)
        own.append(claim if claim_id == claim.claim_id else dataclasses.replace(claim, claim_id=claim_id))
    return own


def make_current(connection: Connection, capture: Capture, seen: Collection[str]) -> bool:
    """Let this capture, which is in the log, stand for its source, in place of others except those in `seen`.

    Returns whether that changed anything.
    """
    c = schema.captures.c
    slot = (
        c.source == capture.source if capture.record_number is None else and_(c.source == capture.source, c.name == capture.name)
    )
    held = connection.execute(select(c.capture_id, c.document_id, c.superseded_by).where(slot)).all()
    own = next((row for row in held if row.capture_id == capture.capture_id), None)
    touched: set[str] = set()
    if own is not None and own.superseded_by is not None:
        connection.execute(update(schema.captures).where(c.capture_id == capture.capture_id).values(superseded_by=None))
        touched.add(own.document_id)
    for row in held:
        if row.superseded_by is None and row.capture_id != capture.capture_id and row.capture_id not in seen:
            connection.execute(
                update(schema.captures).where(c.capture_id == row.capture_id).values(superseded_by=capture.capture_id)
            )
            touched.add(row.document_id)
    refresh(connection, touched)
    return bool(touched)


def refresh(connection: Connection, document_ids: Collection[str] | None = None) -> None:
    """Mark documents (all if None) as out of date or not, by the state of their captures."""
    c, d = schema.captures.c, schema.documents.c
    if document_ids is None:
        document_ids = connection.execute(select(d.document_id)).scalars().all()
    for document_id in document_ids:
        held = connection.execute(select(c.superseded_by).where(c.document_id == document_id).order_by(c.seq)).scalars().all()
        successor = None
        if held and all(held):
            successor = connection.execute(select(c.document_id).where(c.capture_id == held[-1])).scalar()
        connection.execute(update(schema.documents).where(d.document_id == document_id).values(superseded_by=successor))


def add_run(connection: Connection, run: Run) -> None:
    """Keep the record of a run, once; its first start stays."""
    if connection.execute(select(schema.runs.c.seq).where(schema.runs.c.run_id == run.run_id)).first() is None:
        connection.execute(insert(schema.runs), codec.to_row(run, schema.runs))
