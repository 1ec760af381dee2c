"""Taking the content of a withdrawn original out of the log.

Its captures stay, since they say that there was something and where it came from; the text, what was read from it,
its claims, and the quotes in decisions on them go. The pages that they stood on are overwritten, not only freed.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from warlog.store import lineage, schema
from warlog.store.state import bump

#: What stands in `Document.not_coded` of a document whose original was withdrawn.
WITHDRAWN = "withdrawn"


def withdraw(connection: Connection, sha256: str) -> list[str]:
    """Blank what was read from the original with this hash. Returns the ids of its documents."""
    d, c = schema.documents, schema.claims.c
    ids = list(connection.execute(select(d.c.document_id).where(d.c.sha256 == sha256)).scalars())
    mine = select(c.claim_id).where(c.document_id.in_(ids))
    connection.execute(delete(schema.event_claims).where(schema.event_claims.c.claim_id.in_(mine)))
    connection.execute(delete(schema.claims).where(c.document_id.in_(ids)))
    lineage.forget(connection, ids)
    connection.execute(delete(schema.extractions).where(schema.extractions.c.document_id.in_(ids)))
    empty: dict[str, list[object]] = {column.name: [] for column in d.columns if column.name in _LISTS}
    blank = {column.name: None for column in d.columns if column.name in _NAMES}
    connection.execute(update(d).where(d.c.sha256 == sha256).values(text="", extra={}, not_coded=WITHDRAWN, **empty, **blank))
    connection.execute(
        update(schema.decisions)
        .where(schema.decisions.c.sha256 == sha256)
        .values(quote="", note="", changes={}, place=None, actor=None)
    )
    bump(connection)
    return ids


_LISTS = frozenset({"regions", "themes", "series", "media", "links", "emails", "furniture", "credits"})
_NAMES = frozenset({"title", "byline", "author", "agency", "copyright", "dateline", "language"})
