"""Text to sentences, with their offsets.

Reporting comes in prose, in quotations that run over several sentences, in lists, and in pages that were flattened to one
line, headline and date stamp included. A sentence here is what a coder would quote: a quotation of three sentences is
three, a headline run into the first sentence is cut from it, and inline page furniture ends a sentence on both sides.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from warlog import vocabulary

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_STOP = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s+[\"“‘'«(\[]*[A-Z0-9À-ÞА-ЯІЇЄҐ])")
_WORD = re.compile(r"\S+")
#: shortest run of headline words that is cut from the sentence after it
_HEADLINE_WORDS = 5


@dataclass(slots=True, frozen=True)
class Sentence:
    """A sentence: text[start:end], the number of it in the document, and the number of its paragraph."""

    text: str
    start: int
    end: int
    number: int
    paragraph: int


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], list[re.Pattern[str]]]:
    v = vocabulary.load("sentences")
    patterns = [re.compile(p, re.IGNORECASE) for p in v["inline_furniture"]]
    return (
        frozenset(v["abbreviations"]),
        frozenset(v["ambiguous"]),
        frozenset(v["starters"]),
        frozenset(v["headline_small"]),
        patterns,
    )


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Offsets of paragraphs. A single line break ends one too, unless it only wraps a long line in mid-sentence."""
    cuts: list[tuple[int, int]] = []
    begin = 0
    for gap in re.finditer(r"\s*\n\s*", text):
        before, after = text[begin : gap.start()], text[gap.end() :]
        wrapped = len(before.rsplit("\n", 1)[-1]) >= 50 and before[-1:] not in '.!?:;”"' and after[:1].islower()
        if wrapped and not _PARAGRAPH.search(gap.group()):
            continue
        cuts.append((begin, gap.start()))
        begin = gap.end()
    cuts.append((begin, len(text)))
    return [(s, e) for s, e in cuts if text[s:e].strip()]


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    """Whether the stop found really ends a sentence, and is not that of an abbreviation or an initial."""
    abbreviations, ambiguous, starters, _, _ = _vocabulary()
    if text[stop.start()] != ".":
        return True
    word = re.search(r"[\w.’'-]*$", text[: stop.start()])
    last = (word.group() if word else "").lower()
    following = re.match(r"\s+[\"“‘'«(\[]*([\w’'-]+)", text[stop.end() :])
    next_word = following.group(1) if following else ""
    if len(stop.group().rstrip("\"”’'»)]")) > 1:
        return True
    if re.fullmatch(r"[a-z]", last):
        return next_word in starters and last not in "uvj"
    if last in abbreviations or re.fullmatch(r"(?:[a-z]\.)+[a-z]", last):
        return (last in ambiguous or "." in last) and next_word in starters
    return True


def _headline_cuts(text: str) -> list[int]:
    """Offsets where a run of headline words, capitals nearly throughout, gives way to an ordinary sentence."""
    _, _, starters, small, _ = _vocabulary()
    words = list(_WORD.finditer(text))
    cuts: list[int] = []
    run = 0
    for i, word in enumerate(words):
        bare = word.group().strip("\"“”‘’'()[],:;")
        capital = bare[:1].isupper() or bare[:1].isdigit()
        following = words[i + 1].group() if i + 1 < len(words) else ""
        before = words[i - 1].group() if i else ""
        if (
            run >= _HEADLINE_WORDS
            and bare in starters
            and following[:1].islower()
            and before[-1:] not in ",;:-–—"
            and before.strip("\"“”‘’'()[]").lower() not in small
        ):
            cuts.append(word.start())
            run = 0
            continue
        if capital or (run and bare.lower() in small):
            run += 1
        else:
            run = 0
    return cuts


def _title_cut(text: str, title: str | None) -> int | None:
    """Offset at which the title ends where the text begins with it, word for word."""
    if not title:
        return None
    want = [w.lower() for w in re.findall(r"\w+", title)]
    have = list(re.finditer(r"\w+", text[: 3 * len(title) + 80]))
    if len(want) < 3 or len(have) < len(want):
        return None
    for first in range(min(12, len(have) - len(want) + 1)):
        if [h.group().lower() for h in have[first : first + len(want)]] == want:
            return have[first + len(want) - 1].end()
    return None


def _furniture_cuts(text: str) -> list[int]:
    cuts: list[int] = []
    for pattern in _vocabulary()[4]:
        for found in pattern.finditer(text):
            cuts += [found.start(), found.end()]
    return cuts


def split(text: str, title: str | None = None) -> list[Sentence]:
    """The sentences of a text in order; `title` lets a headline that was run into the text be cut from it.

    Sentences never overlap, never hold only space, and `text[s.start:s.end] == s.text` for each.
    """
    out: list[Sentence] = []
    for number, (begin, end) in enumerate(_paragraphs(text)):
        part = text[begin:end]
        cuts = {0, len(part)}
        cuts.update(stop.end() for stop in _STOP.finditer(part) if _ends_sentence(part, stop))
        cuts.update(_headline_cuts(part))
        cuts.update(_furniture_cuts(part))
        if number == 0 and (title_end := _title_cut(part, title)) is not None:
            after = re.match(r"[.!?]*[\"”’']?", part[title_end:])
            cuts.add(title_end + (after.end() if after else 0))
        ordered = sorted(cuts)
        for a, b in itertools.pairwise(ordered):
            piece = part[a:b]
            stripped = piece.strip()
            if not re.search(r"\w", stripped):
                continue
            start = begin + a + len(piece) - len(piece.lstrip())
            out.append(Sentence(stripped, start, start + len(stripped), len(out), number))
    return out
