"""Makes many documents of which one in ten is made from an earlier one, and lays them in an index, telling time and memory.
The time is that of one core; what else the machine does is left out.

The words are drawn as in running text: few words make up half of it, names and stock phrases come again, and a third of the
documents end in their outlet's standing paragraph.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

from warlog import vocabulary
from warlog.lineage import LINEAGE, MemoryIndex, Text, place

_OUTLETS = 40
_SYLLABLES = [
    "ba",
    "ko",
    "ri",
    "ta",
    "mu",
    "sel",
    "dor",
    "an",
    "ek",
    "lis",
    "vo",
    "gra",
    "hem",
    "pu",
    "zi",
    "con",
    "ter",
    "ny",
    "ash",
    "ul",
]


def _pool(r: random.Random, size: int) -> tuple[list[str], list[float]]:
    words = sorted({"".join(r.choices(_SYLLABLES, k=r.randint(2, 4))) for _ in range(size)})
    r.shuffle(words)
    total, sums = 0.0, []
    for rank in range(1, len(words) + 1):
        total += 1.0 / (rank + 20)
        sums.append(total)
    return words, sums


def documents(count: int, seed: int = 1) -> Iterator[tuple[Text, str | None]]:
    """Texts of 200 to 600 words, each with the id of the text it was made from, if any."""
    r = random.Random(seed)
    function = vocabulary.load("lineage")["stop"]["en"]
    function_sums = [sum(1.0 / (k + 3) for k in range(i + 1)) for i in range(len(function))]
    content, sums = _pool(r, 40_000)
    phrases = [" ".join(r.choices(content[:2000], k=r.randint(5, 9))) for _ in range(400)]
    closing = [" ".join(r.choices(content, k=60)) + "." for _ in range(_OUTLETS)]
    recent: list[tuple[str, list[str]]] = []

    def sentence() -> str:
        words: list[str] = []
        for _ in range(r.randint(10, 28)):
            words.append(
                r.choices(function, cum_weights=function_sums)[0]
                if r.random() < 0.45
                else r.choices(content, cum_weights=sums)[0]
            )
        if r.random() < 0.15:
            words.append(r.choice(phrases))
        if r.random() < 0.3:
            words.insert(3, str(r.randint(1, 500)))
        for at in r.sample(range(len(words)), 2):
            words[at] = words[at].capitalize()
        return " ".join(words).capitalize() + "."

    for n in range(count):
        outlet = r.randrange(_OUTLETS)
        source, sentences = None, list[str]()
        if recent and r.random() < 0.1:
            source, base = r.choice(recent)
            sentences = base[: max(4, len(base) // 2)] if r.random() < 0.5 else r.sample(base, len(base))
            sentences = [" ".join(w if r.random() > 0.05 else r.choice(content) for w in s.split()) for s in sentences]
        else:
            wanted, have = r.randint(200, 600), 0
            while have < wanted:
                sentences.append(sentence())
                have += sentences[-1].count(" ") + 1
        if r.random() < 0.3:
            sentences = [*sentences, closing[outlet]]
        day = date(2020, 1, 1) + timedelta(days=n // 60)
        text = Text(f"d{n}", " ".join(sentences), sentences[0][:60], None, f"Outlet {outlet}", published=day.isoformat())
        if source is None:
            recent.append((text.document_id, sentences))
            if len(recent) > 2000:
                recent.pop(r.randrange(len(recent)))
        yield text, source


def _memory() -> int:
    """Most memory this process has had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


def scale(count: int) -> None:
    """Print time, memory and what was found at an eighth, a quarter, half and all of `count`."""
    index, texts = MemoryIndex(), dict[str, Text]()
    marks = {count // 8, count // 4, count // 2, count}
    spent, made, found, wrong = 0.0, 0, 0, 0
    print(f"{'documents':>10} {'core s':>8} {'docs/s':>7} {'memory MB':>10} {'texts MB':>9} {'recall':>7} {'lineage beyond':>15}")
    size = 0
    for n, (text, source) in enumerate(documents(count), 1):
        started = time.process_time()
        links = place(text, index, texts)
        index.add(text)
        spent += time.process_time() - started
        texts[text.document_id] = text
        size += len(text.text)
        ends = {frozenset((k.document_id, k.other_id)) for k in links if k.relation in LINEAGE or k.relation == "version"}
        if source:
            made += 1
            found += frozenset((text.document_id, source)) in ends
        else:
            wrong += len(ends)
        if n in marks:
            recall = found / made if made else 0.0
            print(
                f"{n:>10} {spent:>8.0f} {n / spent:>7.0f} {_memory():>10} {size >> 20:>9} {recall:>7.3f} {wrong:>15}", flush=True
            )
