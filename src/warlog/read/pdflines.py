"""Runs of words on the pages of a PDF to units: lines first, then columns, running lines, and paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from warlog import vocabulary
from warlog.read.inline import read_inline
from warlog.read.units import Unit, ends_sentence, has_words, tidy

#: So many lines at the top and at the bottom of a page can be running lines.
_EDGE = 3
#: Two columns are parted by at least so many times the size of the type.
_GUTTER = 2.0
#: A letter is about so wide, in times the size of the type.
_LETTER = 0.5
_BULLET = re.compile(r"(?:[•·‣▪●◦■□➢➤✓►*]|[-–—](?=\s)|\(?(?:\d{1,2}|[a-z])[.)])\s+\S")
_NUMBER = r"(?:\d{1,5}|[ivxlc]{1,8})"
_DIGITS = re.compile(r"\d+")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_LAST_PART = re.compile(r"([^\W_]+(?:['’][^\W\d_]+)*)[-\u2010]$")
_FIRST_PART = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class Run:
    """Words drawn at one go: where they begin, in points from the lower left, and the size of their type."""

    text: str
    x: float
    y: float
    size: float


@dataclass(slots=True)
class Line:
    """A line of words on a page."""

    text: str
    x: float
    y: float
    size: float
    page: int
    #: where it ends, about
    end: float


def lines_of(runs: Sequence[Run], page: int) -> list[Line]:
    """The lines of a page, in reading order: as they are drawn, or column by column where it draws across columns."""
    rows: list[list[Run]] = []
    for run in runs:
        last = rows[-1][-1] if rows else None
        if last is not None and not last.text.endswith("\n") and _beside(last, run):
            rows[-1].append(run)
        else:
            rows.append([run])
    gutter = _gutter(rows)
    lines: list[Line] = []
    right: list[Line] = []
    for row in rows:
        cut = next((i for i in range(1, len(row)) if gutter is not None and abs(row[i].x - gutter) < 4), None)
        if cut is not None:
            lines.append(_line(row[:cut], page))
            right.append(_line(row[cut:], page))
            continue
        if right and gutter is not None and row[0].x < gutter and _end(row) > gutter + 20:
            # A line across the page ends the columns above it.
            lines += right
            right = []
        (right if right and gutter is not None and row[0].x >= gutter - 4 else lines).append(_line(row, page))
    return [line for line in lines + right if line.text]


def _beside(last: Run, run: Run) -> bool:
    return abs(last.y - run.y) < 0.6 * max(last.size, run.size) and run.x >= last.x - 1


def _end(row: Sequence[Run]) -> float:
    return row[-1].x + len(row[-1].text.strip()) * row[-1].size * _LETTER


def _gutter(rows: Sequence[Sequence[Run]]) -> float | None:
    """Where the right column begins, on a page that is drawn across two columns."""
    starts: Counter[int] = Counter()
    for row in rows:
        for one, other in pairwise(row):
            end = one.x + len(one.text.strip()) * one.size * _LETTER
            if other.x - end > _GUTTER * other.size and len(other.text.strip()) > 12 and len(one.text.strip()) > 12:
                starts[round(other.x)] += 1
    if not starts:
        return None
    at, count = starts.most_common(1)[0]
    return float(at) if count >= 4 and count * 3 >= len(rows) else None


def _line(row: Sequence[Run], page: int) -> Line:
    text = tidy("".join(run.text for run in row).translate(_LIGATURES).replace("\u00ad\n", "-"))
    size = max(row, key=lambda run: len(run.text)).size
    return Line(text, row[0].x, row[0].y, size, page, _end(row))


def units_of(pages: Sequence[Sequence[Line]]) -> list[Unit]:
    """The units of all pages: paragraphs and headings, and running lines, each once, as furniture."""
    running = _running(pages)
    lines = [line for page in pages for line in page if id(line) not in running]
    body = _body_size(lines)
    words = Counter(word for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text.casefold()))
    units: list[Unit] = []
    told: set[str] = set()
    for number, paragraph in enumerate(_paragraphs(lines, body)):
        text = _joined([line.text for line in paragraph], words)
        level = _level(paragraph, text, body, lines)
        inline = read_inline(text, markdown=False) if has_words(text) else None
        units.append(
            Unit(
                text,
                inline.text if inline else tidy(text),
                number,
                level,
                inline.links if inline else [],
                inline.media if inline else [],
            )
        )
    for page in pages:
        for line in page:
            key = _pattern(line.text)
            if id(line) in running and key not in told:
                told.add(key)
                at = 0 if line.page == 0 and line is page[0] else len(units)
                units.insert(at, Unit(line.text, line.text, len(units) + 1, kind="other", fixed=True))
    return units


def _pattern(text: str) -> str:
    return _DIGITS.sub("#", text.casefold())


def _running(pages: Sequence[Sequence[Line]]) -> set[int]:
    """The lines, by id(), that are page numbers or stand at the edge of page after page."""
    edges: list[tuple[list[Line], list[Line]]] = []
    seen: Counter[str] = Counter()
    for page in pages:
        down = sorted(page, key=lambda line: -line.y)
        edges.append((down[:_EDGE], down[: -_EDGE - 1 : -1]))
        seen.update({_pattern(line.text) for edge in edges[-1] for line in edge})
    # Heads of left and right pages differ: a third of the pages is enough, but no fewer than two.
    enough = max(2, len(pages) // 3)
    found: set[int] = set()
    for page, both in zip(pages, edges, strict=True):
        for edge in both:
            # From the edge inwards, up to the first line that is of this page alone.
            for line in edge:
                repeated = seen[_pattern(line.text)] >= enough and len(line.text) <= 160 and len(page) > 2
                if not repeated and not _page_number().fullmatch(line.text):
                    break
                found.add(id(line))
    return found


def _body_size(lines: Sequence[Line]) -> float:
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 10.0


@dataclass(slots=True, frozen=True)
class _Full:
    """What a full line is: so wide, or ending so far to the right."""

    width: float
    end: float

    def share(self, line: Line) -> float:
        """How full a line is, 0 to 1 and a little more."""
        return max((line.end - line.x) / max(1.0, self.width), line.end / max(1.0, self.end) if line.x < self.end / 2 else 0.0)


def _paragraphs(lines: Sequence[Line], body: float) -> list[list[Line]]:
    gaps = sorted(a.y - b.y for a, b in pairwise(lines) if a.page == b.page and 0 < a.y - b.y < 4 * max(a.size, b.size))
    leading = gaps[len(gaps) // 4] if gaps else 1.2 * body
    widths = sorted(line.end - line.x for line in lines if abs(line.size - body) < 1)
    ends = sorted(line.end for line in lines if abs(line.size - body) < 1)
    full = _Full(widths[len(widths) * 3 // 4], ends[len(ends) * 3 // 4]) if widths else _Full(0.0, 0.0)
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1], line, leading, full):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _goes_on(paragraph: Sequence[Line], line: Line, leading: float, full: _Full) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = paragraph[-1]
    if abs(last.size - line.size) > 0.12 * last.size or (_BULLET.match(line.text) and not _LAST_PART.search(last.text)):
        return False
    ended = ends_sentence(last.text)
    small = line.text[:1].islower()
    if last.page != line.page or line.y > last.y + last.size:
        # The next page or column: only a sentence that is not at its end goes on there.
        return not ended and (small or _LAST_PART.search(last.text) is not None or full.share(last) > 0.8)
    gap = last.y - line.y
    if gap > 1.35 * max(leading, 1.0 * last.size) and not (small and not ended and gap < 2 * leading):
        return False
    # The first line may be set in, or hang out with its bullet; the ones after it give the edge.
    left = min(other.x for other in paragraph[1:] or paragraph)
    if line.x > left + 0.8 * line.size and not (len(paragraph) == 1 and _BULLET.match(last.text)):
        # A first line that is set in begins a paragraph, unless all lines are centred or set in alike.
        return not ended and small
    # A line that stops short at the end of a sentence is the last of its paragraph.
    return not (ended and full.share(last) < 0.7 and not small)


def _joined(lines: Sequence[str], words: Counter[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        text = _join(text, line, words)
    return text


def _join(text: str, line: str, words: Counter[str]) -> str:
    """Two lines as one; a word that was parted at the line's end is whole again."""
    if text.endswith("\u00ad"):
        return text[:-1] + line
    last, first = _LAST_PART.search(text), _FIRST_PART.match(line)
    if last is None or first is None:
        return f"{text} {line}"
    one, other = last[1], first[0]
    whole, compound = (one + other).casefold(), f"{one}-{other}".casefold()
    keep = not other[0].islower() or words[compound] > words[whole]
    if not words[compound] and not words[whole]:
        keep = keep or _is_compound(one.casefold(), other)
    return text + line if keep else text[: last.end(1)] + line


def _level(paragraph: Sequence[Line], text: str, body: float, lines: Sequence[Line]) -> int:
    """Level of a heading: 1 for the largest type on the first page, 2 for other large type; 0 for none."""
    size = paragraph[0].size
    if size < 1.15 * body or len(text) > 250 or not has_words(text):
        return 0
    largest = max((line.size for line in lines if line.page == 0), default=size)
    return 1 if paragraph[0].page == 0 and size >= 0.98 * largest else 2


def _is_compound(one: str, other: str) -> bool:
    """Whether two parts of a word are two words with a hyphen, in a text that has the word nowhere else."""
    return one + other not in _parts("whole") and (one in _parts("first") or other in _parts("second"))


@cache
def _parts(which: str) -> frozenset[str]:
    return frozenset(vocabulary.load("pdf")["hyphen"][which])


@cache
def _page_number() -> re.Pattern[str]:
    patterns = vocabulary.load("pdf")["page_numbers"]["patterns"]
    return re.compile("|".join(f"(?:{pattern.replace('#', _NUMBER)})" for pattern in patterns), re.I)
