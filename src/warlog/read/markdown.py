"""Markdown to units, and the fields of the block between `---` lines that may stand before the page.

Blocks are told apart by markdown-it; within a paragraph each source line is a unit, as in plain text, so that a
line of furniture does not hide in a paragraph of prose. Lines of prose are put together again later.
"""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

from warlog.read import links
from warlog.read.inline import read_inline
from warlog.read.plain import join_wrapped, wrap_width
from warlog.read.units import Unit, has_words, tidy
from warlog.records import MediaLink

_FIELD = re.compile(r"^([A-Za-z][\w .-]{0,40}?)\s*:(?:\s+(.*))?$")
_MARKER = re.compile(r"^(?:>\s?|[-*+]\s+|\d{1,9}[.)]\s+|#{1,6}\s+)+")
_REFERENCE = re.compile(r"^\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s+[\"'(].*)?$", re.M)
#: A line that ends in an underline and in a full stop was a paragraph above a ruled line, not a heading.
_LONGEST_HEADING = 200


def read_markdown(text: str) -> tuple[list[Unit], dict[str, str | list[str]]]:
    """The units of a Markdown page in its order, and its front matter (keys in small letters)."""
    lines = text.splitlines()
    fields, first = _front_matter(lines)
    units = [Unit("\n".join(lines[:first]), "", -1, kind="label", fixed=True)] if first else []
    body = lines[first:]
    blocks = _parser().parse("\n".join(body))
    paragraphs = [token.content.splitlines() for token in blocks if token.type == "inline"]
    width = wrap_width([[line.strip() for line in lines] for lines in paragraphs if lines])
    heading = 0
    row: list[str] = []
    for number, token in enumerate(blocks):
        if token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "heading_close":
            heading = 0
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            if any(has_words(cell) for cell in row):
                units.append(Unit(_source(body, token), " | ".join(row), number))
        elif token.type == "hr":
            units.append(Unit(_source(body, token) or "---", "", number))
        elif token.type in ("fence", "code_block"):
            units += [Unit(line.strip(), tidy(line), number) for line in token.content.splitlines() if line.strip()]
        elif token.type == "html_block":
            units += _html_units(token.content, number)
        elif token.type == "inline":
            if token.level > 3 and _in_table(blocks, number):
                row.append(read_inline(token.content, markdown=True).text)
            else:
                units += _lines(body, token, number, heading, width)
    for url in _REFERENCE.findall("\n".join(body)):
        if units and links.is_web(url):
            units[-1].links.append(("", url))
    return units, fields


def _lines(body: list[str], token: Token, number: int, heading: int, width: int | None) -> list[Unit]:
    """The units of a paragraph or a heading."""
    content = [line.strip() for line in token.content.splitlines() if line.strip()]
    if heading:
        inline = read_inline(" ".join(content), markdown=True)
        prose = len(inline.text) > _LONGEST_HEADING or (inline.text.endswith(".") and len(inline.text) > 120)
        raw = _source(body, token)
        return [Unit(raw, inline.text, number, 0 if prose else heading, inline.links, inline.media)] if raw else []
    source = _source(body, token).splitlines()
    units: list[Unit] = []
    for index, joined in enumerate(join_wrapped(content, width) if content else []):
        inline = read_inline(joined, markdown=True)
        count = joined.count("\n") + 1
        raw = "\n".join(line.strip() for line in source[:count]) or joined
        source = source[count:]
        units.append(Unit(raw, inline.text, number, 0, inline.links, inline.media, starts_block=index == 0))
    return _whole_emphasis(units, content)


def _whole_emphasis(units: list[Unit], content: list[str]) -> list[Unit]:
    """Emphasis or a link that runs over a line end is only seen in the paragraph as a whole; then it is one unit."""
    text = " ".join(unit.text for unit in units)
    if len(units) < 2 or not re.search(r"\*\*|__|\]\(", text):
        return units
    inline = read_inline("\n".join(content), markdown=True)
    raw = "\n".join(unit.raw for unit in units)
    return [Unit(raw, inline.text, units[0].paragraph, 0, inline.links, inline.media)]


def _source(body: list[str], token: Token) -> str:
    if token.map is None:
        return token.content
    return "\n".join(body[token.map[0] : token.map[1]]).strip()


def _in_table(blocks: list[Token], number: int) -> bool:
    return number > 0 and blocks[number - 1].type in ("th_open", "td_open")


class _Text(HTMLParser):
    """The words and films in a block of HTML inside Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.media: list[MediaLink] = []
        self.links: list[tuple[str, str]] = []
        self._mute = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        url = values.get("src") or values.get("href") or ""
        if tag in ("iframe", "video", "audio", "source", "img", "embed") and url:
            kind = {"img": "image", "audio": "audio"}.get(tag, "video")
            self.media.append(MediaLink(url, links.media_kind(url) or kind))
        elif tag == "a" and url:
            self.links.append(("", url))
        elif tag in ("script", "style"):
            self._mute += 1
        elif tag in ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"):
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._mute = max(0, self._mute - 1)

    def handle_data(self, data: str) -> None:
        if not self._mute:
            self.lines[-1] += data


def _html_units(content: str, number: int) -> list[Unit]:
    reader = _Text()
    reader.feed(content)
    reader.close()
    units = [Unit(tidy(line), tidy(line), number) for line in reader.lines if has_words(line)]
    if not units and (reader.media or reader.links):
        units = [Unit(content.strip(), "", number)]
    if units:
        units[0].media += reader.media
        units[0].links += reader.links
    return units


def _front_matter(lines: list[str]) -> tuple[dict[str, str | list[str]], int]:
    """The fields before the page, and the number of the line after them; none if there is no such block."""
    if not lines or lines[0].strip() != "---":
        return {}, 0
    end = next((i for i, line in enumerate(lines[1:400], 1) if line.strip() in ("---", "...")), None)
    if end is None:
        return {}, 0
    fields: dict[str, str | list[str]] = {}
    key = ""
    for line in lines[1:end]:
        found = _FIELD.match(line)
        if found is not None:
            key = found[1].lower()
            fields[key] = _value((found[2] or "").strip())
        elif key and line.strip().startswith("- "):
            before = fields[key]
            listed = [before] if isinstance(before, str) and before else list(before)
            fields[key] = [*listed, str(_value(line.strip()[2:].strip()))]
        elif key and line.strip():
            before = fields[key]
            if isinstance(before, str):
                fields[key] = f"{before} {line.strip()}".strip()
            elif before:
                before[-1] = f"{before[-1]} {line.strip()}".strip()
        elif line.strip():
            return {}, 0
    whole = {k: _bare(v) if isinstance(v, str) else [_bare(item) for item in v] for k, v in fields.items()}
    return (whole, end + 1) if whole else ({}, 0)


def _value(text: str) -> str | list[str]:
    if text in (">", "|", ">-", "|-"):
        return ""
    if text.startswith("[") and text.endswith("]") and "](" not in text:
        return [_bare(part) for part in text[1:-1].split(",") if part.strip()]
    return text


def _bare(text: str) -> str:
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text


@cache
def _parser() -> MarkdownIt:
    # Saved pages indent paragraphs; in none of them is that program code.
    return MarkdownIt("commonmark", {"html": True}).enable("table").disable("code")
