"""Lineage in the log: links between documents, and the origin of each claim that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, delete, insert, or_, select, update

from warlog.records import DocumentLink
from warlog.store import codec, schema
from warlog.store.reading import Connect, records


def put(connection: Connection, links: Iterable[DocumentLink]) -> None:
    """Keep links, each in the place of the one that the same two documents had."""
    table = schema.document_links
    for link in links:
        pair = [link.document_id, link.other_id]
        connection.execute(delete(table).where(table.c.document_id.in_(pair), table.c.other_id.in_(pair)))
        connection.execute(insert(table), codec.to_row(link, table))


def links(connect: Connect, document_id: str | None = None) -> Iterator[DocumentLink]:
    """All links, or those of one document, in the order they were found."""
    table = schema.document_links
    query = select(table)
    if document_id is not None:
        query = query.where(or_(table.c.document_id == document_id, table.c.other_id == document_id))
    return records(connect, DocumentLink, table, query)


def set_origins(connection: Connection, origins: Mapping[str, str]) -> int:
    """Set the origins of claims, by claim id. Returns how many changed."""
    c = schema.claims.c
    changed = 0
    for claim_id, origin_id in origins.items():
        differs = or_(c.origin_id.is_(None), c.origin_id != origin_id)
        query = update(schema.claims).where(c.claim_id == claim_id, differs).values(origin_id=origin_id)
        changed += connection.execute(query).rowcount
    return changed
