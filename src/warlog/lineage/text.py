"""What lineage needs to know of a document: its text, and what it says of itself and its sources.

A `Document` goes in; a `Text` comes out, frozen and hashable, so that what is worked out of it can be cached.
"""

from __future__ import annotations

from dataclasses import dataclass

from warlog.records import Document

#: kinds of credit that name where a text came from
_KINDS = frozenset({"agency", "original_publisher", "original_url", "canonical_url", "syndication_url", "based_on"})


@dataclass(slots=True, frozen=True)
class Text:
    """One document as lineage sees it."""

    document_id: str
    #: clean text; passages are character offsets into it
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    original_publisher: str | None = None
    original_url: str | None = None
    agency: str | None = None
    #: ISO 8601 day (a time after it is allowed)
    published: str | None = None
    #: (kind, value) of the credits that name where the text came from
    credits: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, document: Document) -> Text:
        """The text of a document."""
        pairs = [(c.kind, value) for c in document.credits if c.kind in _KINDS for value in (c.value, c.url) if value]
        return cls(
            document.document_id,
            document.text,
            document.title,
            document.url,
            document.publisher,
            document.original_publisher,
            document.original_url,
            document.agency,
            document.published,
            tuple(dict.fromkeys(pairs)),
        )
