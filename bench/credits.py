"""Credits that are read from pages, against what stands on them, with off-the-shelf metadata beside it.

    python bench/credits.py             print the tables
    python bench/credits.py --check     exit with 1 where a figure is below its floor (bench/floors.toml, [credits])
    python bench/credits.py --errors    also every credit missed and every one too many
    python bench/credits.py --part dev  only one part of the set

The set is tests/credits: small pages written for it, each in a layout of its own after the forms that content management
systems, agencies and news sites use; `expected.jsonl` says of each what credits it holds and which words are its text.
The rules were written on the part "dev". The four after it were each written, with what they should give, before a result on
any of their pages was seen; what each gave at first sight is kept in FIRST_SIGHT and printed, for that is what a layout met
for the first time can be expected to give. After that the faults of each were read once, and the rules mended.

A credit is right where its kind and value are; a value is compared without letter case, a leading article, spaces and
punctuation. Beside ours stand trafilatura's metadata (author, site name, date, address) and text, and htmldate's date.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SET = ROOT / "tests" / "credits"
PARTS = ("dev", "second", "third", "fourth", "fifth")
#: Precision and recall over all kinds of credit at the first run over a part, before anything was changed for it, and the pages.
FIRST_SIGHT = {
    "second": (0.960, 0.880, 35), "third": (0.935, 0.777, 30), "fourth": (0.932, 0.901, 25), "fifth": (0.921, 0.863, 20),
}  # fmt: skip
KINDS = (
    "byline", "author", "agency", "publisher", "original_publisher", "original_url", "canonical_url", "syndication_url",
    "based_on", "dateline", "contributor", "translator", "copyright", "published",
)  # fmt: skip
#: The kinds that trafilatura's metadata gives, and htmldate.
BASELINE_KINDS = ("author", "publisher", "canonical_url", "published")
#: Document fields that must hold the first listed credit of their kind; "*" in a page's `fields` leaves one open.
FIELDS = ("publisher", "original_publisher", "original_url", "agency", "dateline", "published", "copyright")

Pair = tuple[str, str]


@dataclass
class Tally:
    """Credits found, expected, and both."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1 where nothing is there."""
        return self.right / self.wanted if self.wanted else 1.0

    def count(self, found: set[Pair], wanted: set[Pair]) -> None:
        """Add one page."""
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)


@dataclass
class Result:
    """The figures of one part of the set."""

    pages: int = 0
    all: Tally = field(default_factory=Tally)
    kinds: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    baseline: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in BASELINE_KINDS})
    dates: Tally = field(default_factory=Tally)
    fields_right: int = 0
    fields_all: int = 0
    text: list[float] = field(default_factory=list)
    baseline_text: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """What the floors are set for."""
        return {
            "precision": self.all.precision,
            "recall": self.all.recall,
            "fields": self.fields_right / self.fields_all if self.fields_all else 1.0,
            "text_f1": mean(self.text),
        }


def mean(values: list[float]) -> float:
    """The mean; 1 of nothing."""
    return sum(values) / len(values) if values else 1.0


def load(part: str | None = None) -> list[dict[str, Any]]:
    """The pages' expectations, of one part or all."""
    lines = (SET / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [row for row in rows if part is None or row["part"] == part]


def comparable(kind: str, value: str) -> str:
    """A value as it is compared."""
    if kind.endswith("_url") or kind == "based_on":
        return value.strip().rstrip("/")
    value = re.sub(r"^the\s+", "", value.casefold().strip())
    return "".join(re.findall(r"[^\W_]+", value))


def pairs(said: Iterable[tuple[str, str]]) -> set[Pair]:
    """Credits as they are compared, each once."""
    return {(kind, comparable(kind, value)) for kind, value in said}


def token_f1(text: str, wanted: str) -> float:
    """F1 over the words of two texts, as bags."""
    ours, theirs = Counter(re.findall(r"\w+", text)), Counter(re.findall(r"\w+", wanted))
    common = sum((ours & theirs).values())
    total = sum(ours.values()) + sum(theirs.values())
    return 2 * common / total if total else 1.0


def without_title(text: str, title: str) -> str:
    """A text without the headline that opens it."""
    first, _, rest = text.partition("\n")
    return rest if comparable("title", first) == comparable("title", title) else text


def measure(part: str | None = None, *, baseline: bool = True) -> Result:
    """All figures of a part of the set."""
    from warlog.collect import captures
    from warlog.read import read_document

    result = Result()
    for row in load(part):
        path = SET / "pages" / row["page"]
        (found,) = captures([path])
        if not isinstance(found, tuple):
            raise ValueError(f"{path} cannot be read: {found}")
        document = read_document(*found)
        result.pages += 1
        got, wanted = pairs((c.kind, c.value) for c in document.credits), pairs((kind, value) for kind, value in row["credits"])
        result.all.count(got, wanted)
        for kind, tally in result.kinds.items():
            tally.count({p for p in got if p[0] == kind}, {p for p in wanted if p[0] == kind})
        result.errors += [f"{row['page']}: missed {kind}: {value}" for kind, value in sorted(wanted - got)]
        result.errors += [f"{row['page']}: too many {kind}: {value}" for kind, value in sorted(got - wanted)]
        _fields(result, row, document)
        result.text.append(token_f1(without_title(document.text, row["title"]), "\n".join(row["text"])))
        if baseline and path.suffix == ".html":
            _baseline(result, row, path.read_text(encoding="utf-8"), wanted)
        else:
            result.baseline_text.append(result.text[-1])
    return result


def _fields(result: Result, row: dict[str, Any], document: Any) -> None:
    for name in FIELDS:
        first = next((value for kind, value in row["credits"] if kind == name), None)
        wanted = row["fields"].get(name, first)
        if wanted == "*":
            continue
        value = getattr(document, name)
        right = (wanted is None and value is None) or (
            wanted is not None and value is not None and comparable(name, value) == comparable(name, wanted)
        )
        result.fields_all += 1
        result.fields_right += right
        if not right:
            result.errors.append(f"{row['page']}: field {name} is {value!r}, not {wanted!r}")


def _baseline(result: Result, row: dict[str, Any], source: str, wanted: set[Pair]) -> None:
    import htmldate
    import trafilatura

    text = trafilatura.extract(source, include_comments=False, include_tables=True, favor_recall=True) or ""
    result.baseline_text.append(token_f1(without_title(text, row["title"]), "\n".join(row["text"])))
    about = trafilatura.extract_metadata(source)
    said: list[tuple[str, str]] = []
    if about is not None:
        said += [("author", name) for name in (about.author or "").split(";") if name.strip()]
        given = (("publisher", about.sitename), ("published", about.date), ("canonical_url", about.url))
        said += [(kind, value) for kind, value in given if value]
    got = pairs(said)
    for kind, tally in result.baseline.items():
        tally.count({p for p in got if p[0] == kind}, {p for p in wanted if p[0] == kind})
    day = htmldate.find_date(source, original_date=True)
    dates = pairs([("published", day)] if day else [])
    result.dates.count(dates, {p for p in wanted if p[0] == "published"})


def show(part: str, result: Result) -> None:
    """Print the tables of one part."""
    print(f"\n{part}: {result.pages} pages")
    print(f"{'kind':<20}{'there':>6}{'found':>7}{'precision':>11}{'recall':>8}   {'trafilatura P / R':<20}{'htmldate P / R'}")
    for kind, tally in result.kinds.items():
        if not tally.wanted and not tally.found:
            continue
        line = f"{kind:<20}{tally.wanted:>6}{tally.found:>7}{tally.precision:>11.3f}{tally.recall:>8.3f}"
        other = result.baseline.get(kind)
        if other is not None:
            line += f"   {other.precision:.3f} / {other.recall:<12.3f}"
        if kind == "published":
            line += f"{result.dates.precision:.3f} / {result.dates.recall:.3f}"
        print(line)
    everything = result.all
    print(f"{'all':<20}{everything.wanted:>6}{everything.found:>7}{everything.precision:>11.3f}{everything.recall:>8.3f}")
    if part in FIRST_SIGHT:
        precision, recall, _ = FIRST_SIGHT[part]
        print(f"{'  at first sight':<33}{precision:>11.3f}{recall:>8.3f}")
    print(f"document fields right  {result.fields_right} of {result.fields_all} ({result.figures()['fields']:.3f})")
    print(f"text, token F1         {mean(result.text):.4f}   trafilatura {mean(result.baseline_text):.4f}")


def below_floors(results: dict[str, Result]) -> list[str]:
    """A sentence for every figure below its floor."""
    floors = tomllib.loads((ROOT / "bench" / "floors.toml").read_text(encoding="utf-8"))["credits"]
    faults: list[str] = []
    for part, result in results.items():
        figures = result.figures()
        faults += [
            f"{part}: {name} is {figures[name]:.3f}, below {floor}"
            for name, floor in floors.items()
            if name in figures and figures[name] < floor
        ]
        if mean(result.text) < mean(result.baseline_text):
            faults.append(f"{part}: text F1 is {mean(result.text):.4f}, below trafilatura's {mean(result.baseline_text):.4f}")
    return faults


def main() -> int:
    """Run the bench; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="exit with 1 where a figure is below its floor")
    parser.add_argument("--errors", action="store_true", help="list what was missed and what is too many")
    parser.add_argument("--part", choices=PARTS, help="only this part of the set")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT / "src"))
    results = {part: measure(part) for part in PARTS if options.part in (None, part)}
    for part, result in results.items():
        show(part, result)
        if options.errors:
            print(*result.errors, sep="\n")
    if not options.check:
        return 0
    faults = below_floors(results)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
