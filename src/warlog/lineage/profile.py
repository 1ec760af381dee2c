"""A text made ready to be compared: tokens with offsets, sentences, and which words are somebody's own.

`profile(text)` is cached, since a document is compared with several others in a row.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
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


def _unclosed(body: str, at: int, end: int) -> int:
    """Where the sentence ends in which a mark was opened that nothing closes."""
    stop = _SENTENCE_END.search(body, at + 1, end)
    return stop.start() if stop else end


def _quotations_of(body: str, begin: int, end: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    at = begin
    paragraph = body[begin:end]
    if not any(c in paragraph for c in "\"“„«‹「『‟'‘`"):
        return out
    while at < end:
        c, limit = body[at], min(end, at + _CLOSED_WITHIN)
        if c in _MARKS:
            stops = [p for closing in _MARKS[c] if (p := body.find(closing, at + 1, limit)) >= 0]
            stop = min(stops, default=_unclosed(body, at, limit))
        elif _STRAIGHT_OPEN.match(body, at):
            closing_mark = _STRAIGHT_CLOSE.search(body, at + 1, limit)
            again = _STRAIGHT_OPEN.search(body, at + 1, limit)
            closed = closing_mark and not (again and again.start() < closing_mark.start())
            stop = closing_mark.start() if closing_mark and closed else _unclosed(body, at, limit)
        elif _SINGLE_OPEN.match(body, at):
            closing_mark = _SINGLE_CLOSE.search(body, at + 1, limit)
            if closing_mark is None:
                at += 1
                continue
            stop = closing_mark.start()
        else:
            at += 1
            continue
        out.append((at + 1, stop))
        at = stop + 1
    return out
