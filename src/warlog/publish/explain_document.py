"""Everything a document rests on: credits with the passages they were read from, its original, and its lineage.

Passages that it shares with another document are shown side by side, as they stand in the two texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from warlog.publish.nodes import Node, one_line
from warlog.records import Capture, Document, DocumentLink, Passage

#: So much of a passage is shown.
_PASSAGE = 300
_SHOWN = 12
_WORDS = {
    "copy": ("It is a copy of", "It was copied by"),
    "condensed": ("It is a shortened version of", "It was shortened by"),
    "expanded": ("It has all of, and more than,", "It was extended by"),
    "rewrite": ("It is a rewriting of", "It was reworded by"),
    "version": ("It is a version of one story with", "It is an older version of the story in"),
    "shared_quotation": ("It quotes the same words as", "It quotes the same words as"),
    "shared_furniture": ("It has standing passages in common with", "It has standing passages in common with"),
}


class Source(Protocol):
    """What the explanation is looked up in: a log."""

    def document(self, document_id: str) -> Document | None: ...  # noqa: D102
    def superseded_by(self, document_id: str) -> str | None: ...  # noqa: D102
    def captures_of(self, document_id: str) -> list[Capture]: ...  # noqa: D102
    def links(self, document_id: str | None = None) -> Iterable[DocumentLink]: ...  # noqa: D102


def of_document(log: Source, document: Document) -> Node:
    """What a document rests on."""
    top = Node(f"Document {document.document_id}: {one_line(document.title or 'untitled', 120)}", "title")
    top.fact("published", document.published)
    top.fact("publisher", document.publisher)
    top.fact("first published by", document.original_publisher)
    top.fact("first published at", document.original_url)
    top.fact("agency", document.agency)
    top.fact("author", document.author or document.byline)
    top.fact("written from", document.dateline)
    top.fact("language", document.language)
    top.fact("not coded", document.not_coded)
    top.fact("replaced by", log.superseded_by(document.document_id))
    if document.credits:
        box = top.add("Credits, with the passage each was read from")
        for credit in document.credits:
            line = box.add(f"{credit.kind.replace('_', ' ')}: {one_line(credit.value, 160)}")
            line.add(f"{credit.where}: “{one_line(credit.passage, _PASSAGE)}”", "quote")
    _lineage(top, log, document)
    captures = top.add("Originals")
    for capture in log.captures_of(document.document_id):
        captures.children.append(of_capture(capture))
    return top


def of_capture(capture: Capture) -> Node:
    """Where one original came from, when and how."""
    top = Node(f"Capture {capture.capture_id}, {capture.size:,} bytes")
    top.fact("SHA-256", capture.sha256)
    top.fact("from", capture.source + (f", line {capture.record_number}" if capture.record_number is not None else ""))
    top.fact("out of", capture.container)
    top.fact("address", capture.url)
    top.fact("answered by", capture.final_url if capture.final_url != capture.url else None)
    top.fact("status", capture.status)
    top.fact("taken in", f"{capture.retrieved_at} ({capture.method})")
    top.fact("by", ", with ".join(part for part in (capture.collector, capture.tool) if part))
    return top


def _lineage(top: Node, log: Source, document: Document) -> None:
    for link in log.links(document.document_id):
        mine = link.document_id == document.document_id
        other_id = link.other_id if mine else link.document_id
        other = log.document(other_id)
        box = top.add(_relation(link, mine, other_id))
        box.fact("direction", f"{link.direction}: {link.direction_why}" if link.direction_why else link.direction)
        if other is None:
            continue
        box.fact("published", " ".join(part for part in (other.publisher, other.published) if part))
        for passage in link.passages[:_SHOWN]:
            _side_by_side(box, passage, document, other, mine)
        if len(link.passages) > _SHOWN:
            box.add(f"and {len(link.passages) - _SHOWN} passages more")


def _relation(link: DocumentLink, mine: bool, other_id: str) -> str:
    share = link.containment if mine else link.other_containment
    made, source = _WORDS.get(link.relation, ("It is linked to", "It is linked to"))
    if link.direction == "known":
        words = made if mine else source
    elif link.relation in ("shared_quotation", "shared_furniture"):
        words = made
    else:
        words = "It has text in common with"
    return f"{words} {other_id}: {share:.0%} of its words stand there too"


def _side_by_side(box: Node, passage: Passage, document: Document, other: Document, mine: bool) -> None:
    here, there = (passage.start, passage.end), (passage.other_start, passage.other_end)
    if not mine:
        here, there = there, here
    pair = box.add(passage.kind.replace("_", " "))
    pair.add(f"here:  “{one_line(document.text[slice(*here)], _PASSAGE)}”", "quote")
    pair.add(f"there: “{one_line(other.text[slice(*there)], _PASSAGE)}”", "quote")
