"""Accuracy of extraction against the gold sets, with the pinned floors and an off-the-shelf baseline beside it.

    python bench/accuracy.py            print the tables
    python bench/accuracy.py --check    exit with 1 where a figure is below its floor (bench/floors.toml)
    python bench/accuracy.py --errors 20    also the worst errors, with their quotes

Sets: `dev` is the hand-coded set of ../shared (skipped with a word where it is absent), `own` the project's own in
tests/gold, whose half marked "heldout" is reported apart and was not looked at while rules were written. Places are resolved
with the gazetteer files of ../shared, installed into a folder of their own for the run.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

#: What a competent analyst scripts in an afternoon with an off-the-shelf entity tagger, key words and a city list reaches on
#: `dev` (as measured for the project's issues); None where it was not measured.
BASELINE: dict[str, float | None] = {
    "all": 0.44, "material": None, "verbal": None, "control": 0.42, "claim_f1": 0.23, "exact_f1": 0.01, "within_5km": 0.105,
}  # fmt: skip


def install_packs(home: Path) -> None:
    """Install the gazetteer files of ../shared into `home`."""
    os.environ["WARLOG_HOME"] = str(home)
    from warlog.places import add_pack

    folder = SHARED / "data" / "gazetteers"
    for path in [*sorted(folder.glob("wof_*.json.gz")), folder / "ocha_syr_communities.csv.gz"]:
        if path.exists():
            add_pack(path)


def load(path: Path) -> list[dict[str, Any]]:
    """Records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_documents(sources: Iterable[Path]) -> list[dict[str, Any]]:
    """Claims of every document in the sources, as plain dicts."""
    from warlog.collect import captures
    from warlog.extract import RuleExtractor
    from warlog.read import read_document
    from warlog.records import as_dict

    extractor = RuleExtractor()
    out = []
    for found in captures([str(s) for s in sources]):
        if isinstance(found, Exception):
            raise SystemExit(f"bench: {found}")
        if not isinstance(found, tuple):  # a folder's files of other kinds
            continue
        capture, data = found
        out += [as_dict(c) for c in extractor(read_document(capture, data))]
    return out


def figures(gold: list[dict[str, Any]], predicted: list[dict[str, Any]], documents: list[str]) -> tuple[dict[str, float], Any]:
    """The figures that are pinned and printed, and the whole score."""
    from warlog.evaluate import evaluate

    scores = evaluate(gold, predicted, documents)
    told = scores.figures
    flat: dict[str, float] = {name: told[name]["f1"] for name in ("all", "material", "verbal", "control")}
    flat["claim_f1"], flat["exact_f1"] = told["claim_f1"], told["exact_f1"]
    flat.update(told["fields"])
    flat["misplaced"] = float(told["misplaced"]["misplaced"])
    return flat, scores


def _cell(value: float | None) -> str:
    return "" if value is None else format(value, ".3f")


#: rows of the README's table: figure and what to call it
ROWS = {
    "all": "claims found, F1 of (sentence, event type)",
    "material": "of these, fighting, strikes, control and harm",
    "control": "of these, changes of control",
    "claim_f1": "claim F1 (share of right actor, place, date, source, certainty)",
    "exact_f1": "exact F1 (all five right)",
    "within_5km": "places within 5 km, of claims found that have a point",
    "misplaced": "points over 50 km off",
}


def write_readme(table: dict[str, dict[str, float]]) -> None:
    """Put the figures between the marks in README.md."""
    names = {"dev": "28 documents", "own-dev": "our own, seen half", "own-heldout": "our own, held out"}
    sets = [n for n in names if n in table]
    lines = ["| figure | " + " | ".join(names[n] for n in sets) + " | script (28 documents) |"]
    lines.append("| --- |" + " --- |" * (len(sets) + 1))
    for key, label in ROWS.items():
        values = [format(table[n][key], ".0f" if key == "misplaced" else ".2f") for n in sets]
        base = BASELINE.get(key)
        lines.append(f"| {label} | " + " | ".join(values) + f" | {'' if base is None else format(base, '.2f')} |")
    readme = ROOT / "README.md"
    head, rest = readme.read_text(encoding="utf-8").split("<!-- bench:begin -->")
    tail = rest.split("<!-- bench:end -->")[1]
    readme.write_text(f"{head}<!-- bench:begin -->\n{chr(10).join(lines)}\n<!-- bench:end -->{tail}", encoding="utf-8")


def main() -> int:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit with 1 below a floor")
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    parser.add_argument("--errors", type=int, default=0, help="show this many errors of each set")
    args = parser.parse_args()
    floors: dict[str, dict[str, float]] = tomllib.loads((ROOT / "bench" / "floors.toml").read_text(encoding="utf-8"))
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as home:
        os.environ["WARLOG_HOME"] = home
        sets: list[tuple[str, list[dict[str, Any]], list[dict[str, Any]], list[str]]] = []
        if (SHARED / "gold" / "dev").is_dir():
            install_packs(Path(home))
            dev = SHARED / "gold" / "dev"
            predicted = read_documents([dev / "docs.jsonl", SHARED / "inputs" / "global-research-2020-01-30.txt"])
            gold = load(dev / "claims.jsonl")
            ids = sorted({d["id"] for d in load(dev / "docs.jsonl")} | {c["document_id"] for c in gold})
            sets.append(("dev", gold, predicted, ids))
        else:
            print("dev: skipped, ../shared is not here")
        own = ROOT / "tests" / "gold"
        if (own / "docs.jsonl").exists():
            predicted = read_documents([own / "docs.jsonl"])
            gold = load(own / "claims.jsonl")
            for split in ("dev", "heldout"):
                ids = sorted(d["id"] for d in load(own / "docs.jsonl") if d["split"] == split)
                chosen = set(ids)
                sets.append(
                    (
                        f"own-{split}",
                        [c for c in gold if c["document_id"] in chosen],
                        [c for c in predicted if c["document_id"] in chosen],
                        ids,
                    )
                )
        table: dict[str, dict[str, float]] = {}
        for name, gold, predicted, ids in sets:
            flat, scores = figures(gold, predicted, ids)
            table[name] = flat
            print(f"\n{name}: {len(ids)} documents, {len(gold)} gold claims, {len(predicted)} found")
            print(f"  {'figure':<16}{'here':>8}{'floor':>8}{'baseline':>10}")
            for key, value in flat.items():
                floor = floors.get(name, {}).get(key)
                base = BASELINE.get(key) if name == "dev" else None
                print(f"  {key:<16}{value:>8.3f}{_cell(floor):>8}{_cell(base):>10}")
                if floor is not None and (value > floor if key == "misplaced" else value < floor):
                    failed.append(f"{name} {key}: {value:.3f}, floor {floor:.3f}")
            if args.errors:
                from warlog.evaluate import format_report

                print(format_report(scores, errors=args.errors))
    if args.readme and "dev" in table:
        write_readme(table)
    if failed:
        print("\nbelow the floor:\n  " + "\n  ".join(failed), file=sys.stderr)
        return 1 if args.check else 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
