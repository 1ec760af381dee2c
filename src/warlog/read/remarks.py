"""What reading a document could not use of it, in sentences: no failure, but its user should know."""

from __future__ import annotations

from warlog.records import Document


def remarks(document: Document) -> list[str]:
    """One sentence for each thing the document holds that could not be read, each naming the document; mostly none."""
    found: list[str] = []
    if "published" in document.extra:
        given = " ".join(str(document.extra["published"]).split())[:60]
        taken = f"; {document.published} was taken from its text" if document.published else ""
        found.append(f"{document.document_id}: its date of publication, {given!r}, is no date that can be read{taken}.")
    pages = document.extra.get("pages_left_out")
    if isinstance(pages, list) and pages:
        shown = ", ".join(map(str, pages[:8])) + (" and others" if len(pages) > 8 else "")
        found.append(f"{document.document_id}: what is drawn on page{'s' * (len(pages) > 1)} {shown} is too much to be read.")
    return found
