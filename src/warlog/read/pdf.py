"""A PDF to units: the words of its text layer as paragraphs again, without running heads and page numbers.

pypdf gives each run of words with its place on the page; `pdflines` makes lines and paragraphs of them. A PDF is a
program that draws pages, and can be written to draw for ever: pages, parsing work and time are bounded.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

import pypdf
import pypdf.errors
from pypdf import Configuration, apply_configuration

from warlog import vocabulary
from warlog.collect.records import storable
from warlog.errors import InputError
from warlog.read import pdflines
from warlog.read.credits import PageFacts
from warlog.read.pubdate import parse_day
from warlog.read.units import Unit, comparable, tidy

MAX_PAGES = 1_500
#: Seconds for one PDF. An honest page takes a few hundredths.
MAX_SECONDS = 60.0
#: Runs of words of one PDF, and the characters in them: a thousand full pages.
_MAX_RUNS = 400_000
_MAX_CHARACTERS = 20_000_000

_LIMITS = Configuration(
    maximum_declared_stream_length=64_000_000,
    array_based_stream_maximum_output_length=32_000_000,
    lzw_maximum_output_length=32_000_000,
    run_length_maximum_output_length=32_000_000,
    zlib_maximum_output_length=32_000_000,
    zlib_maximum_recovery_input_length=1_000_000,
    brotli_maximum_output_length=32_000_000,
    stream_decoding_work_maximum_length=96_000_000,
    stream_parsing_work_maximum_count=250_000,
    page_tree_maximum_entries=20_000,
    xform_maximum_invocations_per_extraction=500,
    jbig2dec_binary=None,
)


class _TooMuchError(Exception):
    """The PDF goes on beyond all bounds; the message goes on after its name."""


def read_pdf(source: str, data: bytes) -> tuple[list[Unit], PageFacts, dict[str, object]]:
    """The units of a PDF in reading order, its title, author and date, and what else its properties say.

    Raises InputError for one that is locked, broken, without a text layer, or beyond the bounds.
    """
    # The library warns of every oddity; one sentence of ours says what matters.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with apply_configuration(_LIMITS):
            return _read(source, data)
    except _TooMuchError as error:
        raise InputError(f"{source} {error}.") from error
    except pypdf.errors.LimitReachedError as error:
        raise InputError(f"{source} unpacks to far more than a PDF of text, and was not read.") from error
    except pypdf.errors.DependencyError as error:
        raise InputError(f"{source} is encrypted in a way that cannot be undone here.") from error
    except InputError:
        raise
    except (RecursionError, MemoryError) as error:
        raise InputError(f"{source} nests its PDF objects too deep to be read.") from error
    except Exception as error:  # whatever a broken file makes the library stumble over
        raise InputError(f"{source} is a damaged PDF that cannot be read.") from error


def _read(source: str, data: bytes) -> tuple[list[Unit], PageFacts, dict[str, object]]:
    deadline = time.monotonic() + MAX_SECONDS
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError(f"{source} is a PDF locked with a password.")
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise _TooMuchError(f"has {count} pages; at most {MAX_PAGES} are read")
    if not count:
        raise InputError(f"{source} is a PDF without pages.")
    left_out: list[int] = []
    pages = list(_pages(reader, deadline, left_out))
    if left_out and not any(pages):
        raise _TooMuchError("unpacks to far more than a PDF of text, and was not read")
    if not any(line.text for page in pages for line in page):
        raise InputError(f"{source} holds pictures of pages but no text; make it searchable with OCR first.")
    words = "".join(line.text for page in pages for line in page)
    if _garbled(words):
        raise InputError(f"{source} has text whose letters cannot be told; make it searchable with OCR first.")
    units = pdflines.units_of(pages)
    facts, extra = _facts(reader, units)
    if left_out:
        extra["pages_left_out"] = left_out
    return units, facts, extra


def _pages(reader: pypdf.PdfReader, deadline: float, left_out: list[int]) -> Iterator[list[pdflines.Line]]:
    """The lines of each page, in the order in which it draws them. Pages beyond bounds are noted in `left_out`."""
    runs = characters = 0
    for number, page in enumerate(reader.pages):
        found: list[pdflines.Run] = []

        def bounded(*_: Any) -> None:
            if time.monotonic() > deadline:
                raise _TooMuchError(f"takes longer than {MAX_SECONDS:.0f} seconds to read, which no PDF of text does")

        def take(text: str, outer: list[float], inner: list[float], _font: Any, size: float, found: Any = found) -> None:
            nonlocal runs, characters
            runs, characters = runs + 1, characters + len(text)
            if runs > _MAX_RUNS or characters > _MAX_CHARACTERS:
                raise _TooMuchError("draws more words than a PDF of text")
            if text.strip():
                found.append(_run(storable(text), outer, inner, size))

        try:
            page.extract_text(visitor_text=take, visitor_operand_before=bounded)
        except pypdf.errors.LimitReachedError:
            # A map that is drawn line by line, or a bomb: the other pages may be sound.
            left_out.append(number + 1)
            found.clear()
        bounded()
        yield pdflines.lines_of(found, number)


def _run(text: str, outer: list[float], inner: list[float], size: float) -> pdflines.Run:
    """A run of words with its place on the page and its size there, in points."""
    x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    scale = (abs(inner[0]) or abs(inner[1]) or 1.0) * (abs(outer[0]) or abs(outer[1]) or 1.0)
    return pdflines.Run(text, x, y, max(1.0, abs(size) * scale))


def _garbled(words: str) -> bool:
    """Whether the letters came out as private or replaced ones, or as glyph numbers, for the most part."""
    letters = [c for c in words if not c.isspace()]
    odd = sum(1 for c in letters if c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or c < " ") + 4 * len(
        re.findall(r"/g\d+|\(cid:\d+\)", words)
    )
    return odd * 3 > len(letters)


def _facts(reader: pypdf.PdfReader, units: list[Unit]) -> tuple[PageFacts, dict[str, object]]:
    facts = PageFacts()
    said = {
        key: value for key in ("/Title", "/Author", "/Subject", "/Keywords", "/CreationDate") if (value := _property(reader, key))
    }
    title = said.get("/Title")
    if title and not _no_title().fullmatch(title):
        facts.title = title
    else:
        facts.title = next((unit.text for unit in units[:12] if unit.heading == 1), None)
    author = said.get("/Author")
    if author and len(author) <= 120 and " " in author and not _no_title().fullmatch(author):
        # A word alone is the name of an account on a computer.
        facts.author = author
    facts.published = None
    extra: dict[str, object] = {}
    made = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", said.get("/CreationDate", ""))
    day = parse_day(f"{made[1]}-{made[2]}-{made[3]}") if made else None
    if day is not None:
        # The day the file was made, where no line of the page gives its date.
        facts.late_date = lambda: day
        extra["pdf_created"] = day
    for key, name in (("/Subject", "subject"), ("/Keywords", "keywords")):
        if key in said:
            extra[name] = said[key]
    head = comparable(" ".join(unit.text for unit in units[:30]))
    if facts.title and title and facts.title == title and comparable(title) not in head:
        extra["pdf_title"] = title
    return facts, extra


def _property(reader: pypdf.PdfReader, key: str) -> str | None:
    try:
        value: object = reader.metadata.get(key) if reader.metadata else None
    except Exception:  # properties are often broken, and are not what the PDF is read for
        return None
    return tidy(storable(str(value)))[:500] or None if isinstance(value, str) else None


@cache
def _no_title() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in vocabulary.load("pdf")["no_titles"]["patterns"]), re.I)
