"""Lineage in the log: documents placed among those that are there, the links found, and the origins of claims.

Placing is incremental: only documents that the index of samples does not have yet are compared, each with the few that
share samples with it, and a batch is kept in one transaction. Origins follow from all links and are set anew each time.
Every function that takes a `Connection` works inside a transaction that its caller holds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from warlog.lineage import SqlIndex, Text, Tracer, origins, place
from warlog.records import Document, DocumentLink
from warlog.store import codec, schema
from warlog.store.reading import Connect, records

#: Texts held in memory while a batch is placed; what is compared with one document is compared with its copies too.
_TEXTS = 2000


def place_some(connection: Connection, most: int) -> int:
    """Place at most so many documents that are not placed yet, oldest first. Returns how many were."""
    d, placed = schema.documents, schema.lineage_documents.c
    missing = select(d).outerjoin(schema.lineage_documents, placed.document_id == d.c.document_id)
    rows = connection.execute(missing.where(placed.number.is_(None)).order_by(d.c.seq).limit(most)).mappings().all()
    index, texts = SqlIndex(connection, schema.metadata), _Texts(connection)
    for row in rows:
        text = texts.keep(Text.of(codec.from_row(Document, row, d)))
        _put(connection, place(text, index, texts))
        index.add(text)
    return len(rows)


def unplaced(connection: Connection) -> int:
    """How many documents are not placed yet."""
    d, placed = schema.documents, schema.lineage_documents
    query = select(func.count()).select_from(d.outerjoin(placed, placed.c.document_id == d.c.document_id))
    return int(connection.execute(query.where(placed.c.number.is_(None))).scalar_one())


def forget(connection: Connection, document_ids: Iterable[str]) -> None:
    """Take documents out: their samples and their links."""
    index, table = SqlIndex(connection, schema.metadata), schema.document_links
    for document_id in document_ids:
        index.remove(document_id)
        connection.execute(delete(table).where(or_(table.c.document_id == document_id, table.c.other_id == document_id)))


def clear(connection: Connection) -> None:
    """Take all documents out."""
    for table in (schema.lineage_samples, schema.lineage_documents, schema.document_links):
        connection.execute(delete(table))


def set_origins(connection: Connection) -> int:
    """Set the origin of every claim by the links there are. Returns how many claims have another origin than before."""
    c, d = schema.claims.c, schema.documents.c
    found = list(links_of(connection))
    linked = {i for link in found for i in (link.document_id, link.other_id)}
    dated = [_Day(i, day) for i, day in connection.execute(select(d.document_id, d.published)).all()]
    tracer = Tracer(found, origins(found, dated))
    changed = 0
    waiting: list[dict[str, str]] = []
    for document_id in sorted(linked):
        rows = connection.execute(select(c.claim_id, c.start, c.end, c.origin_id).where(c.document_id == document_id)).all()
        for claim_id, start, end, before in rows:
            origin = tracer.origin(document_id, start, end)
            if origin != before:
                waiting.append({"b_claim": claim_id, "b_origin": origin})
    if waiting:
        query = update(schema.claims).where(c.claim_id == bindparam("b_claim")).values(origin_id=bindparam("b_origin"))
        connection.execute(query, waiting)
        changed += len(waiting)
    link = schema.document_links.c
    alone = c.document_id.not_in(select(link.document_id).union(select(link.other_id)))
    differs = or_(c.origin_id.is_(None), c.origin_id != c.document_id)
    changed += connection.execute(update(schema.claims).where(alone, differs).values(origin_id=c.document_id)).rowcount
    return changed


def links_of(connection: Connection) -> Iterator[DocumentLink]:
    """All links, as this connection sees them."""
    table = schema.document_links
    for row in connection.execute(select(table).order_by(table.c.seq)).mappings():
        yield codec.from_row(DocumentLink, row, table)


def links(connect: Connect, document_id: str | None = None) -> Iterator[DocumentLink]:
    """All links, or those of one document, in the order they were found."""
    table = schema.document_links
    query = select(table)
    if document_id is not None:
        query = query.where(or_(table.c.document_id == document_id, table.c.other_id == document_id))
    return records(connect, DocumentLink, table, query)


def _put(connection: Connection, found: list[DocumentLink]) -> None:
    if found:
        table = schema.document_links
        connection.execute(insert(table), [codec.to_row(link, table) for link in found])


class _Day:
    """What origins need of a document."""

    __slots__ = ("document_id", "published")

    def __init__(self, document_id: str, published: str | None) -> None:
        self.document_id = document_id
        self.published = published


class _Texts(Mapping[str, Text]):
    """The texts of the log's documents, those used last held in memory."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._held: OrderedDict[str, Text] = OrderedDict()

    def __getitem__(self, document_id: str) -> Text:
        if document_id in self._held:
            self._held.move_to_end(document_id)
            return self._held[document_id]
        d = schema.documents
        row = self._connection.execute(select(d).where(d.c.document_id == document_id)).mappings().first()
        if row is None:
            raise KeyError(document_id)
        return self.keep(Text.of(codec.from_row(Document, row, d)))

    def keep(self, text: Text) -> Text:
        """Hold a text, and let go of the one that was used longest ago if there are many."""
        self._held[text.document_id] = text
        if len(self._held) > _TEXTS:
            self._held.popitem(last=False)
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(self._connection.execute(select(schema.documents.c.document_id)).scalars().all())

    def __len__(self) -> int:
        return int(self._connection.execute(select(func.count()).select_from(schema.documents)).scalar_one())
