"""Reading records back out of a log, page by page, with decisions applied.

A page is read at once and no transaction stays open between two pages, so that a listing that someone reads slowly
holds nothing up. Every function takes a `Connect`: something that gives a connection for one page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, RowMapping, Select, Table, or_, select

from warlog.records import Capture, Claim, Decision, Document, Event, PlaceDay, Run
from warlog.store import codec, rulings, schema
from warlog.store.filters import ClaimFilter, claim_condition

Connect = Callable[[], AbstractContextManager[Connection]]
T = TypeVar("T")
_PAGE = 500


def _rows(connect: Connect, query: Select[Any], order: Column[Any]) -> Iterator[RowMapping]:
    """The query's rows in the order of a growing column that it selects under its own name."""
    last = 0
    while True:
        with connect() as connection:
            page = connection.execute(query.where(order > last).order_by(order).limit(_PAGE)).mappings().all()
        yield from page
        if len(page) < _PAGE:
            return
        last = page[-1][order.name]


def records(connect: Connect, kind: type[T], table: Table, query: Select[Any] | None = None) -> Iterator[T]:
    """All records of a table, or those that the query selects, in the order they were kept."""
    for row in _rows(connect, select(table) if query is None else query, table.c.seq):
        yield codec.from_row(kind, row, table)


def one(connect: Connect, kind: type[T], column: Column[Any], value: str) -> T | None:
    """The record whose column has the value, or None."""
    table = column.table
    assert isinstance(table, Table)
    with connect() as connection:
        row = connection.execute(select(table).where(column == value)).mappings().first()
    return None if row is None else codec.from_row(kind, row, table)


def current_decisions(connect: Connect) -> dict[str, Decision]:
    """The decisions that hold, by the key of the claims they rule on."""
    d = schema.decisions
    found: dict[str, Decision] = {}
    for row in _rows(connect, select(d).where(d.c.superseded_by.is_(None)), d.c.seq):
        found[row["decision_key"]] = codec.from_row(Decision, row, d)
    return found


def claims(connect: Connect, wanted: ClaimFilter, resolve_actor: rulings.ActorResolver | None) -> Iterator[Claim]:
    """The claims that the filter asks for, as decided, document by document in the order of the text."""
    decided = current_decisions(connect)
    c, d = schema.claims, schema.decisions.c
    condition = claim_condition(wanted)
    if decided:
        # What a person corrected may match although the claim as derived does not.
        corrected = select(d.decision_key).where(d.superseded_by.is_(None), d.verdict == "corrected")
        condition = or_(condition, c.c.decision_key.in_(corrected))
    query = with_successor(select(c)).where(condition)
    if wanted.document:
        query = query.where(c.c.document_id.contains(wanted.document, autoescape=True))
    if not wanted.include_superseded:
        query = query.where(schema.documents.c.superseded_by.is_(None))
    for row in _rows(connect, query, c.c.seq):
        claim = rulings.apply(claim_of(row), decided.get(row["decision_key"]), resolve_actor)
        if wanted.matches(claim):
            yield claim


def with_successor(query: Select[Any]) -> Select[Any]:
    """A query of claims that also gives what replaced their document, under the name `successor`."""
    joined = schema.documents.c
    query = query.add_columns(joined.superseded_by.label("successor"))
    return query.join(schema.documents, joined.document_id == schema.claims.c.document_id)


def claim_of(row: RowMapping) -> Claim:
    """The claim in a row of a query made by `with_successor`."""
    claim = codec.from_row(Claim, row, schema.claims)
    claim.superseded_by = row["successor"]
    return claim


def documents(connect: Connect, wanted: ClaimFilter, matching: set[str] | None) -> Iterator[Document]:
    """Documents by id and publication date; where `matching` is given, only those ids."""
    d = schema.documents
    query = select(d)
    if wanted.document:
        query = query.where(d.c.document_id.contains(wanted.document, autoescape=True))
    if not wanted.include_superseded:
        query = query.where(d.c.superseded_by.is_(None))
    if matching is None:
        if wanted.date_from:
            query = query.where(d.c.published >= wanted.date_from)
        if wanted.date_to:
            query = query.where(d.c.published <= wanted.date_to)
    for document in records(connect, Document, d, query):
        if (matching is None or document.document_id in matching) and (
            not wanted.document or wanted.document in document.document_id
        ):
            yield document


def events(connect: Connect, wanted: ClaimFilter | None = None) -> Iterator[Event]:
    """Events that the filter asks for, in the order they were derived, each with its claims' ids."""
    e, ec = schema.events, schema.event_claims.c
    last = 0
    while True:
        with connect() as connection:
            page = connection.execute(select(e).where(e.c.seq > last).order_by(e.c.seq).limit(_PAGE)).mappings().all()
            ids: dict[str, list[str]] = {row["event_id"]: [] for row in page}
            links = select(ec.event_id, ec.claim_id).where(ec.event_id.in_(list(ids))).order_by(ec.event_id, ec.position)
            for event_id, claim_id in connection.execute(links):
                ids[event_id].append(claim_id)
            inside = None
            if wanted is not None and wanted.document:
                inside = set(connection.execute(_events_of_documents(wanted.document, list(ids))).scalars())
        for row in page:
            event = codec.from_row(Event, row, e)
            event.claim_ids = ids[event.event_id]
            if wanted is None or (wanted.matches_event(event) and (inside is None or event.event_id in inside)):
                yield event
        if len(page) < _PAGE:
            return
        last = page[-1]["seq"]


def _events_of_documents(part: str, event_ids: list[str]) -> Select[Any]:
    ec, c = schema.event_claims.c, schema.claims.c
    query = select(ec.event_id).join(schema.claims, c.claim_id == ec.claim_id).where(ec.event_id.in_(event_ids))
    return query.where(c.document_id.contains(part, autoescape=True))


def place_days(connect: Connect, wanted: ClaimFilter | None = None) -> Iterator[PlaceDay]:
    """Place-days that the filter asks for, in the order they were derived."""
    for place_day in records(connect, PlaceDay, schema.place_days):
        if wanted is None or wanted.matches_place_day(place_day):
            yield place_day


def captures(connect: Connect, after: int = 0) -> Iterator[tuple[int, str, Capture]]:
    """Captures in the order they came in, after a number: each with its number and the id of its document."""
    c = schema.captures
    for row in _rows(connect, select(c).where(c.c.seq > after), c.c.seq):
        yield row["seq"], row["document_id"], codec.from_row(Capture, row, c)


def runs(connect: Connect) -> Iterator[Run]:
    """The runs that derived anything in the log, oldest first."""
    return records(connect, Run, schema.runs)
