"""Lineage: which document was made from which, with the passages they share, and the origin of each document and sentence.

    links = place(Text.of(document), index, texts_by_id)    # against what is there
    index.add(Text.of(document))
    found = origins(all_links, all_documents)                # document id to Origin
    Tracer(all_links, found).origin(document_id, start, end) # of one claim

A link of two documents depends on their texts alone; placing one leaves the rest as it is.
"""

from warlog.lineage.compare import LINEAGE, compare
from warlog.lineage.index import Index, MemoryIndex
from warlog.lineage.origins import UNSEEN, Origin, origins
from warlog.lineage.placing import place
from warlog.lineage.sqlindex import SqlIndex
from warlog.lineage.tables import define
from warlog.lineage.text import Text
from warlog.lineage.tracing import Tracer, origin_of_span

__all__ = [
    "LINEAGE",
    "UNSEEN",
    "Index",
    "MemoryIndex",
    "Origin",
    "SqlIndex",
    "Text",
    "Tracer",
    "compare",
    "define",
    "origin_of_span",
    "origins",
    "place",
]
