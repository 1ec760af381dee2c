"""What second extractors made of documents: one row for each extractor and document, the latest."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from warlog.records import Candidate, Casualties, Claim, Extraction
from warlog.store import codec, schema
from warlog.store.reading import Connect


def put(connection: Connection, extraction: Extraction) -> None:
    """Keep this in the place of what the same extractor made of the same document before."""
    e = schema.extractions
    connection.execute(delete(e).where(e.c.extractor == extraction.extractor, e.c.document_id == extraction.document_id))
    row = codec.to_row(extraction, e) | {"claims": [dataclasses.asdict(claim) for claim in extraction.claims]}
    connection.execute(insert(e), row)


def read(connect: Connect, extractor: str | None = None) -> Iterator[Extraction]:
    """What was made, in the order it was kept; of one extractor, or of all."""
    e = schema.extractions
    query = select(e) if extractor is None else select(e).where(e.c.extractor == extractor)
    with connect() as connection:
        rows = connection.execute(query.order_by(e.c.seq)).mappings().all()
    for row in rows:
        found = codec.from_row(Extraction, row, e)
        found.claims = [_claim(values) for values in row["claims"]]
        yield found


def _claim(values: dict[str, Any]) -> Claim:
    claim = Claim(**values)
    claim.casualties = [Casualties(**item) for item in values["casualties"]]
    claim.candidates = [Candidate(**item) for item in values["candidates"]]
    return claim
