"""What survives being killed: `python bench/faults.py [--documents 2000] [--kills 20] [--seed 1]`.

Reads a folder of made-up documents in a child process and kills it (SIGKILL) at random moments, again and again, until
the last run is let through. Then counts what was lost of that which the child had reported as done, what is there twice,
and what `archive verify` finds. Prints a table; ends with 1 if anything was lost, doubled or unsound.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from warlog.archive.verify import verify
from warlog.store import Log

#: Reads as `warlog read` does, and says each document as soon as the pipeline reports it as done.
CHILD = """
import sys
from warlog.extract import RuleExtractor
from warlog.pipeline import read_sources
from warlog.store import Log

def tell(step):
    if step.name:
        print("done", step.name, flush=True)

with Log.open(sys.argv[1]) as log:
    report = read_sources(log, [sys.argv[2]], extractor=RuleExtractor(), progress=tell)
print("failed", len(report.failed), flush=True)
"""
PLACES = ("Saraqib", "Khan Tuman", "Ariha", "Maarat al-Numan", "Homs", "Hama", "Palmyra", "Raqqa")


def make(folder: Path, documents: int, chance: random.Random) -> None:
    """Write the documents: most tell of nothing, some of a capture, some are the same as one before."""
    for number in range(documents):
        place, day = chance.choice(PLACES), 1 + number % 28
        text = f"Note {number}. The weather in {place} was mild and the market was open on day {day}.\n"
        if number % 20 == 0:
            text = f"The army captured {place} on {day} January 2020, a monitor said in note {number}.\n"
        if number % 50 == 49:
            text = "The same words stand in many files.\n"
        (folder / f"{number:05}.txt").write_text(text)


def run(log: Path, folder: Path, kill_after: float | None) -> tuple[list[str], bool]:
    """One run of the child; returns what it reported as done, and whether it came to its end."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(log), str(folder)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        assert child.stdout is not None
        done: list[str] = []
        ended = False
        started: float | None = None
        for line in child.stdout:
            kind, _, name = line.strip().partition(" ")
            if kind == "failed":
                ended = name == "0"
            else:
                done.append(name)
            started = started or time.monotonic()
            # The moment counts from the first document: before it nothing is at stake.
            if kill_after is not None and time.monotonic() - started > kill_after:
                child.kill()
                break
    return done, ended


def main() -> int:
    """Run the bench; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most-seconds", type=float, default=3.0, help="a child lives at most so long after its first document")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder, log = Path(name, "in"), Path(name, "log.db")
        folder.mkdir()
        make(folder, given.documents, chance)
        told: set[str] = set()
        killed = 0
        for _ in range(given.kills):
            done, ended = run(log, folder, chance.random() * given.most_seconds)
            told.update(done)
            killed += not ended
            with Log.open(log) as opened:
                kept = {document.document_id for document in opened.documents()}
                lost = sorted(told - kept)
            if lost:
                print(f"lost after kill {killed}: {', '.join(lost[:5])}")
                return 1
        _, ended = run(log, folder, None)
        with Log.open(log) as opened:
            ids = [document.document_id for document in opened.documents()]
            captures = [capture.source for _, _, capture in opened.captures()]
            faults: list[str] = []
            verify(opened.archive, opened.captures(), tell=lambda f: faults.append(f.text) if f.is_fault else None)
            stale = opened.is_stale
        result = {
            "documents": given.documents, "kills": killed, "lost": given.documents - len(set(ids)),
            "documents twice": len(ids) - len(set(ids)), "captures twice": len(captures) - len(set(captures)),
            "faults of the archive": len(faults), "last run ended well": ended, "log left stale": stale,
        }  # fmt: skip
    for sentence in faults:
        print(sentence)
    for key, value in result.items():
        print(f"{key:>24}  {json.dumps(value)}")
    bad = result["lost"] or result["documents twice"] or result["captures twice"] or result["faults of the archive"]
    return int(bool(bad) or not ended or stale)


if __name__ == "__main__":
    sys.exit(main())
