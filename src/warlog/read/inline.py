"""A line of Markdown or plain text to its words: emphasis and link markup go, their text and their addresses stay.

Saved pages are often Markdown whatever their suffix, so plain text goes through here too, only with fewer rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from warlog.read import links
from warlog.read.units import tidy
from warlog.records import MediaLink

# Without one of these there is nothing for a Markdown parser to do.
_MARKUP = re.compile(r"[*_\[\]<>`~&\\]")
#: Longer lines were written by no person; a parser could take long over them.
_LONGEST = 100_000
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_BREAK = re.compile(r"<br\s*/?>", re.I)


@dataclass(slots=True)
class Inline:
    """The words of a line, and what was linked or shown in it."""

    text: str
    links: list[tuple[str, str]] = field(default_factory=list)
    media: list[MediaLink] = field(default_factory=list)


def read_inline(source: str, *, markdown: bool) -> Inline:
    """The words of one line. Bare addresses stay in the text and are listed as links as well."""
    if "[^" in source:
        source = _FOOTNOTE.sub("", source)
    if not _MARKUP.search(source) or len(source) > _LONGEST:
        return Inline(tidy(source), [(url, url) for url in links.urls(source)])
    tokens = _parser(markdown).parseInline(source)[0].children or []
    return _flatten(tokens)


def _flatten(tokens: list[Token]) -> Inline:
    inline = Inline("")
    words: list[str] = []
    opened: list[tuple[str, int]] = []
    plain: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            opened.append((str(token.attrGet("href") or ""), len(words)))
        elif token.type == "link_close" and opened:
            url, start = opened.pop()
            inline.links.append((tidy("".join(words[start:])), url.removeprefix("mailto:")))
        elif token.type in ("text", "code_inline", "text_special", "entity"):
            words.append(token.content)
            if not opened:
                plain.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or (token.type == "html_inline" and _BREAK.match(token.content)):
            words.append(" ")
            plain.append(" ")
        elif token.type == "image":
            url = str(token.attrGet("src") or "")
            if url:
                inline.media.append(MediaLink(url, links.media_kind(url) or "image"))
    inline.text = tidy("".join(words))
    inline.links += [(url, url) for url in links.urls("".join(plain))]
    return inline


@cache
def _parser(markdown: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("strikethrough")
    # In text that is no Markdown a backslash, a back-tick or an ampersand is most often just that.
    return parser if markdown else parser.disable(["escape", "backticks", "entity"])
