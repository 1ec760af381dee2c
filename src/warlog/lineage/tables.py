"""The tables in which a log keeps its index of samples, in column types that SQLite and PostgreSQL share."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

#: names of the tables, in the order in which they are made
NAMES = ("lineage_documents", "lineage_samples")


def define(metadata: MetaData) -> list[Table]:
    """The tables, bound to `metadata`, in the order in which they are made; the same objects if they are there already."""
    if all(name in metadata.tables for name in NAMES):
        return [metadata.tables[name] for name in NAMES]
    documents = Table(
        "lineage_documents",
        metadata,
        # A short number stands for the document in the many rows of its samples.
        Column("number", Integer, primary_key=True, autoincrement=True),
        Column("document_id", Text, nullable=False, unique=True),
        # A number for who published it; 0 where that is not known.
        Column("outlet", BigInteger, nullable=False),
    )
    samples = Table(
        "lineage_samples",
        metadata,
        Column("sample", BigInteger, primary_key=True, autoincrement=False),
        Column("document", Integer, primary_key=True, autoincrement=False),
        Index("ix_lineage_samples_document", "document"),
        sqlite_with_rowid=False,
    )
    return [documents, samples]
