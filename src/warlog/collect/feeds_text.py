"""The HTML of a feed's item as plain text: its words in paragraphs, without scripts, styles and tags."""

from __future__ import annotations

import re

from lxml import etree, html

#: Longer ones are no item of a feed; what is beyond is left out.
MAX_CHARACTERS = 2_000_000
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend",
    "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
_CELLS = frozenset(("td", "th"))
_SILENT = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "canvas", "head", "select", "button",
    "audio", "video", "map",
))  # fmt: skip
_SPACE = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")


def plain_text(source: str) -> str:
    """The words of some HTML, a paragraph to a line with a blank line between. What has no markup keeps its lines."""
    source = source[:MAX_CHARACTERS]
    if not _MARKUP.search(source):
        return "\n".join(_SPACE.sub(" ", line).strip() for line in source.strip().splitlines())
    parts: list[str] = []
    silent = 0
    # Events, not recursion: items nest as deep as whoever wrote them likes.
    for event, element in etree.iterwalk(_tree(source), events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            silent += name in _SILENT
            if silent:
                continue
            parts.append("\n" if name in _BLOCKS else " " if name in _CELLS else "")
            # Line ends in the source are spaces, but for preformatted text.
            parts.append(element.text or "" if name == "pre" else _flat(element.text))
            continue
        if event == "end":
            silent -= name in _SILENT
            parts.append("\n" if name in _BLOCKS and not silent else "")
        if not silent:
            parts.append(_flat(element.tail))
    text = _SPACE.sub(" ", "".join(parts).replace("\xa0", " "))
    return _LINES.sub("\n\n", text).strip()


def _flat(text: str | None) -> str:
    return "" if text is None else text.replace("\n", " ").replace("\r", " ")


def _tree(source: str) -> etree._Element:
    body = source.replace("\0", "").encode("utf-8", "replace")
    try:
        parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        tree = etree.fromstring(b"<div>" + body + b"</div>", parser)
        if not len(parser.error_log.filter_from_fatals()):
            return tree
    except (etree.ParserError, etree.XMLSyntaxError):
        pass
    # Nested deeper than the parser goes, for one: its words stay.
    bare = re.sub(rb"<[^<>]*>", b" ", body).replace(b"<", b"&lt;")
    return etree.fromstring(b"<div>" + bare + b"</div>", html.HTMLParser(encoding="utf-8", no_network=True))
