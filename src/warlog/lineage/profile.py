"""A text made ready to be compared: tokens with offsets, sentences, and which words are somebody's own.

`profile(text)` is cached, since a document is compared with several others in a row.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from warlog import vocabulary
from warlog.lineage import words
from warlog.lineage.text import Text

Numbers = npt.NDArray[np.uint64]

#: words in a shingle
SHINGLE = 5
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SENTENCE_END = re.compile(r"(?<![.!?…。！？؟۔।])[.!?…。！？؟۔।]++[\"”’»›)\]]*+\s|\n\s*\n|\n|[。！？]")
_PARAGRAPH_END = re.compile(r"\n\s*\n|\n")
#: opening mark to its closing marks; straight marks are told by the spaces beside them
_MARKS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』", "‟": "”"}
_PAIRED = re.compile(f"[{''.join(_MARKS)}]")
_STRAIGHT_OPEN = re.compile(r'(?:(?<=^)|(?<=[\s(\[—–-]))(?:"|\'\'|``)(?=\S)')
_STRAIGHT_CLOSE = re.compile(r'(?<=\S)(?:"|\'\')(?=$|[\s.,;:!?)\]—–-])')
_SINGLE_OPEN = re.compile(r"(?:(?<=^)|(?<=[\s(\[—–]))['‘](?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…])['’](?=$|[\s.,;:!?)\]—–])")
#: a quotation of fewer words is a term in quotation marks; of more, a mark that was never closed
_QUOTE_SHORTEST, _QUOTE_LONGEST = 4, 250
#: characters within which a quotation mark is closed, if it is
_CLOSED_WITHIN = 2500
#: a verb of saying is looked for this near the end of a sentence for words to stand before it
_TAIL = 8


@dataclass(slots=True, frozen=True)
class Profile:
    """One text made ready. Lists run parallel to the tokens."""

    text: Text
    #: exact forms and folds (0: carries nothing)
    forms: list[int]
    folds: list[int]
    #: the folds that carry something, each once
    content: frozenset[int]
    #: character offsets
    starts: list[int]
    ends: list[int]
    #: whether the token may be a name or figure: what any two reports of one event share
    named: list[bool]
    #: whether the token begins a sentence, where a capital says nothing
    opening: list[bool]
    #: sentences as token ranges [first, last)
    sentences: list[tuple[int, int]]
    #: 2 inside quotation marks, 1 in words laid to a speaker without marks, 0 in the writer's own
    voices: bytearray

    def __len__(self) -> int:
        return len(self.forms)


@lru_cache(maxsize=512)
def profile(text: Text) -> Profile:
    """The profile of a text."""
    body = text.text
    spans = [found.span() for found in words.tokens(body)]
    read = [words.forms_of(body[a:b]) for a, b in spans]
    forms, folds, named = [r[0] for r in read], [r[1] for r in read], [r[2] for r in read]
    starts, ends = [a for a, _ in spans], [b for _, b in spans]
    sentences = _sentences(body, starts)
    voices = bytearray(len(forms))
    _mark_reported(voices, forms, sentences)
    _mark_quoted(voices, body, starts)
    opening = [False] * len(forms)
    for first, _ in sentences:
        opening[first] = True
    return Profile(text, forms, folds, frozenset(folds) - {0}, starts, ends, named, opening, sentences, voices)


def shingles(forms: list[int]) -> Numbers:
    """One number for each run of `SHINGLE` words, in order; empty where the text is shorter."""
    return rolled(np.array(forms, dtype=np.uint64), SHINGLE)


def rolled(values: Numbers, width: int) -> Numbers:
    """One well-mixed number for each run of `width` values."""
    if len(values) < width:
        return np.empty(0, dtype=np.uint64)
    count = len(values) - width + 1
    out = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for i in range(width):
            out = out * _MULTIPLIER + values[i : i + count]
            out ^= out >> np.uint64(29)
        out *= np.uint64(0xBF58476D1CE4E5B9)
        out ^= out >> np.uint64(32)
    return out


def _sentences(body: str, starts: list[int]) -> list[tuple[int, int]]:
    cuts = [0]
    for found in _SENTENCE_END.finditer(body):
        at = bisect_right(starts, found.start())
        if at > cuts[-1]:
            cuts.append(at)
    if cuts[-1] < len(starts):
        cuts.append(len(starts))
    return [(a, b) for a, b in itertools.pairwise(cuts) if b > a]


@lru_cache(maxsize=1)
def _saying() -> frozenset[int]:
    return frozenset(words.exact_number(w) for w in vocabulary.load("lineage")["saying"]["words"])


_THAT = words.exact_number("that")


def _mark_reported(voices: bytearray, forms: list[int], sentences: list[tuple[int, int]]) -> None:
    """Words after a verb of saying, or before one that ends the sentence, are a speaker's."""
    saying = _saying()
    for first, last in sentences:
        verbs = [i for i in range(first, last) if forms[i] in saying]
        if not verbs:
            continue
        verb = verbs[0]
        if last - verb <= _TAIL and verb - first > last - verb:
            # "..., the ministry said": up to the speaker, whose length is not known; three words are left to it
            reported = range(first, max(first, verb - 3))
        else:
            reported = range(verb + 1 + (forms[verb + 1 : verb + 2] == [_THAT]), last)
        for i in reported:
            voices[i] = 1


def _mark_quoted(voices: bytearray, body: str, starts: list[int]) -> None:
    for a, b in quotations(body):
        first, last = bisect_right(starts, a - 1), bisect_right(starts, b - 1)
        if _QUOTE_SHORTEST <= last - first <= _QUOTE_LONGEST:
            voices[first:last] = b"\x02" * (last - first)


def quotations(body: str) -> list[tuple[int, int]]:
    """Stretches inside quotation marks, marks excluded, in order. A mark that is not closed runs to its sentence's end."""
    found: list[tuple[int, int]] = []
    begin = 0
    for end in [m.start() for m in _PARAGRAPH_END.finditer(body)] + [len(body)]:
        found += _quotations_of(body, begin, end)
        begin = end
    return found


def _quotations_of(body: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Quotations of a paragraph. Where its marks stand is looked up once, so that a text of nothing but marks is no burden."""
    opens = {m.start(): _STRAIGHT_CLOSE for m in _STRAIGHT_OPEN.finditer(body, begin, end)}
    again = sorted(opens)
    opens |= {m.start(): _SINGLE_CLOSE for m in _SINGLE_OPEN.finditer(body, begin, end)}
    pairs = {m.start(): m.group() for m in _PAIRED.finditer(body, begin, end)}
    closes = {p: [m.start() for m in p.finditer(body, begin, end)] for p in (_STRAIGHT_CLOSE, _SINGLE_CLOSE)} if opens else {}
    out: list[tuple[int, int]] = []
    free = begin
    for at in sorted({*opens, *pairs}):
        if at < free:
            continue
        limit = min(end, at + _CLOSED_WITHIN)
        stop: int | None
        if at in pairs:
            stop = min((p for closing in _MARKS[pairs[at]] if (p := body.find(closing, at + 1, limit)) >= 0), default=None)
        else:
            stop = _next(closes[opens[at]], at + 1, limit)
            if stop is None and opens[at] is _SINGLE_CLOSE:
                continue
            opened = _next(again, at + 1, limit) if opens[at] is _STRAIGHT_CLOSE else None
            if stop is not None and opened is not None and opened < stop:
                stop = None
        stop = _unclosed(body, at, limit) if stop is None else stop
        out.append((at + 1, stop))
        free = stop + 1
    return out


def _next(places: list[int], start: int, limit: int) -> int | None:
    """The first of these places, in order, from `start` on and before `limit`."""
    i = bisect_left(places, start)
    return places[i] if i < len(places) and places[i] < limit else None


def _unclosed(body: str, at: int, end: int) -> int:
    """Where the sentence ends in which a mark was opened that nothing closes."""
    stop = _SENTENCE_END.search(body, at + 1, end)
    return stop.start() if stop else end
