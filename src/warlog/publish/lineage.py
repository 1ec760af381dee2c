"""Who copied whom, as rows: each group of documents of one origin, its first document before the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from warlog.lineage import LINEAGE, Origin
from warlog.records import DocumentLink


@dataclass(slots=True)
class LineageRow:
    """One document of a group, with what it has from the document it was most made from."""

    origin_id: str = field(
        metadata={"doc": "the group: id of the document its text comes from, or unseen:ID where that is not in the log"}
    )
    document_id: str = field(metadata={"doc": "the document"})
    number: int = field(metadata={"doc": "its number in the group, from 1: the first document, then the others by day"})
    group_size: int = field(metadata={"doc": "how many documents the group has"})
    publisher: str | None = field(metadata={"doc": "who published it"})
    published: str | None = field(metadata={"doc": "publication date, ISO 8601 day"})
    relation: str = field(metadata={"doc": "origin, or copy, condensed, expanded, rewrite or version"})
    other_id: str | None = field(metadata={"doc": "the document of the group that it has most from"})
    other_number: int | None = field(metadata={"doc": "the number of that document"})
    containment: float = field(metadata={"doc": "share of its words that stand there, 0 to 1"})
    direction: str = field(metadata={"doc": "known, unknown or unseen"})
    direction_why: str = field(metadata={"doc": "what the direction was told from"})
    passages: int = field(metadata={"doc": "number of aligned passages"})
    title: str | None = field(metadata={"doc": "headline"})


@dataclass(slots=True, frozen=True)
class Known:
    """What a row tells of its document."""

    document_id: str
    publisher: str | None
    published: str | None
    title: str | None


def rows(links: Iterable[DocumentLink], origins: dict[str, Origin], documents: Iterable[Known]) -> list[LineageRow]:
    """The documents of all groups of more than one, the largest group first, in a group by day."""
    known = {d.document_id: d for d in documents}
    best: dict[str, tuple[float, DocumentLink, str]] = {}
    for link in links:
        if link.relation not in LINEAGE and link.relation != "version":
            continue
        both = ((link.document_id, link.other_id, link.containment), (link.other_id, link.document_id, link.other_containment))
        # Where the direction is known, only the document that was made from the other has something from it.
        for one, other, share in both[: 1 if link.direction == "known" else 2]:
            if one not in best or share > best[one][0]:
                best[one] = (share, link, other)
    groups = {origin.origin_id: origin for origin in origins.values() if len(origin.members) > 1}
    found = []
    for origin in sorted(groups.values(), key=lambda o: (-len(o.members), o.days[0] or "9999", o.origin_id)):
        members = [origin.origin_id] if origin.origin_id in origin.members else []
        members += [m for m in origin.members if m not in members]
        numbers = {document_id: n for n, document_id in enumerate((m for m in members if m in known), 1)}
        found += [_row(origin.origin_id, known[m], numbers, best.get(m)) for m in numbers]
    return found


def _row(origin_id: str, document: Known, numbers: dict[str, int], best: tuple[float, DocumentLink, str] | None) -> LineageRow:
    first = document.document_id == origin_id
    link = None if first or best is None else best[1]
    return LineageRow(
        origin_id=origin_id,
        document_id=document.document_id,
        number=numbers[document.document_id],
        group_size=len(numbers),
        publisher=document.publisher,
        published=document.published,
        relation="origin" if first else link.relation if link is not None else "",
        other_id=best[2] if link is not None and best is not None else None,
        other_number=numbers.get(best[2]) if link is not None and best is not None else None,
        containment=round(best[0], 4) if link is not None and best is not None else 0.0,
        direction=link.direction if link is not None else "",
        direction_why=link.direction_why if link is not None else "",
        passages=len(link.passages) if link is not None else 0,
        title=document.title,
    )
