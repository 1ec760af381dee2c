"""Plain text to units.

A line is a unit of its own, for pages saved as text keep each of their small lines apart. Only in a text that was
wrapped at some width do lines belong together; that shows by every line being as full as the next word allowed.
"""

from __future__ import annotations

from itertools import pairwise

from warlog.read.inline import read_inline
from warlog.read.units import Unit, ends_sentence, has_words, tidy

#: Nobody wraps wider than this.
_WIDEST = 132
_NARROWEST = 38
#: How far short of the width a line may stay that the next word would still have fitted on: wrappers differ.
_SLACK = 4
_BULLETS = ("* ", "• ", "· ", "‣ ", "▪ ", "● ", "◦ ")


def read_plain(text: str) -> list[Unit]:
    """The units of a plain text, in its order."""
    paragraphs = split_paragraphs(text)
    width = wrap_width(paragraphs)
    units: list[Unit] = []
    for number, lines in enumerate(paragraphs):
        for index, raw in enumerate(join_wrapped(lines, width)):
            units.append(_unit(raw, number, index == 0))
    return units


def _unit(raw: str, number: int, first: bool) -> Unit:
    source, heading = raw, 0
    hashes = len(raw) - len(raw.lstrip("#"))
    if 1 <= hashes <= 6 and raw[hashes : hashes + 1] == " ":
        source, heading = raw[hashes:].strip(), hashes
    elif raw.startswith(_BULLETS):
        source = raw[2:].lstrip()
    if not has_words(source):
        return Unit(raw, tidy(source), number, starts_block=first)
    inline = read_inline(source, markdown=False)
    return Unit(raw, inline.text, number, heading, inline.links, inline.media, starts_block=first)


def split_paragraphs(text: str) -> list[list[str]]:
    """The lines of each paragraph, stripped; an empty line ends a paragraph."""
    paragraphs: list[list[str]] = []
    fresh = True
    for line in text.splitlines():
        line = line.strip()
        if not line:
            fresh = True
        elif fresh:
            paragraphs.append([line])
            fresh = False
        else:
            paragraphs[-1].append(line)
    return paragraphs


def wrap_width(paragraphs: list[list[str]]) -> int | None:
    """The width at which the text was wrapped, or None if its line ends are its writer's own."""
    width = max((len(line) for lines in paragraphs for line in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    breaks = [(line, after) for lines in paragraphs for line, after in pairwise(lines)]
    full = sum(_is_full(line, after, width) for line, after in breaks)
    return width if full >= 3 and full * 2 >= len(breaks) else None


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(maxsplit=1)[0]) > width - _SLACK


def join_wrapped(lines: list[str], width: int | None) -> list[str]:
    """The lines of a paragraph with those joined that wrapping has parted; line ends inside stay as they were."""
    if width is None:
        return lines
    joined = [lines[0]]
    for line, after in pairwise(lines):
        short_end = ends_sentence(line) and not _is_full(line, after, width)
        if (_is_full(line, after, width) or after[:1].islower()) and not short_end:
            joined[-1] += "\n" + after
        else:
            joined.append(after)
    return joined
