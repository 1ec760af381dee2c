"""A saved page (MHTML) to the HTML page in it: the root part, its transfer encoding and charset undone."""

from __future__ import annotations

from warlog.collect import mime
from warlog.errors import InputError


def page_of(source: str, data: bytes) -> tuple[str, str | None, str | None]:
    """The HTML of a saved page, the address it was saved from, and the day it says it was saved on.

    Raises InputError for bytes that hold no page.
    """
    try:
        message = mime.parse(data)
    except mime.BadMimeError as error:
        raise InputError(f"{source} {error}.") from error
    page = mime.root_page(message)
    text = mime.text_of(page) if page is not None else ""
    if page is None or not text.strip():
        raise InputError(f"{source} is a saved page without a page in it.")
    if page.get_content_type() == "text/plain":
        text = f"<html><body><pre>{text.replace('&', '&amp;').replace('<', '&lt;')}</pre></body></html>"
    location = mime.web_address(mime.header(message, "Snapshot-Content-Location"))
    location = location or mime.web_address(mime.header(page, "Content-Location"))
    location = location or mime.web_address(mime.header(message, "Content-Location"))
    return text, location, mime.header(message, "Date")
