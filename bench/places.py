"""How well place names are resolved: gold places of hand-coded documents, namesake traps and incident notes (see
`place_reports`), how far stated probabilities hold, speed, and one place under two gazetteers' spellings.

Reads ../shared (skips with a message where it is absent), installs the gazetteers there into a temporary data folder, and
prints the tables. Gold place phrases are taken apart by `mention_from_phrase` and resolved a document at a time, phrases of
one sentence and event type as one list, as extraction would give them. Documents are split by the hash of their id; rules
are developed on the even half only.

The pairs of the two Syrian sources are split in halves in the same way: the search was developed on the even half.

usage: python bench/places.py [--errors even|odd] [--pairs N] [--reports] [--check]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import statistics
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from warlog.places import keys
from warlog.places.gazetteer import Gazetteer
from warlog.places.geo import apart_km, distance_km, distances_km
from warlog.places.index import open_index
from warlog.places.links import link
from warlog.places.model import DocumentContext, Mention, Relation, Resolution
from warlog.places.packs import add_pack
from warlog.places.phrase import mention_from_phrase
from warlog.places.resolver import resolve

if TYPE_CHECKING:
    from place_reports import Sure

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
FLOORS = Path(__file__).resolve().parent / "floors.toml"
#: figures that need no reading of reports
_OF_PAIRS = {"matched", "pairs_15km", "pairs_40km", "pairs_nowhere", "pairs_name"}


def half(document_id: str) -> str:
    return "even" if int(hashlib.sha256(document_id.encode()).hexdigest(), 16) % 2 == 0 else "odd"


def read_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def mentions_of(claims: list[dict], text: str) -> tuple[list[Mention], dict[str, int]]:
    """Mentions of a document's distinct gold phrases with their anchors and containers, and phrase to mention."""
    mentions: list[Mention] = []
    index: dict[str, int] = {}
    lists: dict[tuple[str, str], set[str]] = defaultdict(set)
    for c in claims:
        if c["place"]:
            lists[c["quote"], c["event_type"]].add(c["place"])
    numbers: dict[str, int] = {}
    for n, members in enumerate(lists.values()):
        if len(members) > 1:
            for place in members:
                numbers.setdefault(place, n)
    for c in claims:
        phrase = c["place"]
        if not phrase or phrase in index:
            continue
        parts = mention_from_phrase(phrase)
        at = max(0, text.find(c["quote"][:40]))

        def add(name: str, kind: str | None, at: int = at) -> int:
            start = max(0, text.find(name, at)) if name else at
            mentions.append(Mention(name, start, start + len(name), at, 0, kind))
            return len(mentions) - 1

        anchors = tuple(add(n, k) for n, k in zip(parts.anchors, parts.anchor_kinds, strict=True))
        within = tuple(add(n, k) for n, k in zip(parts.containers, parts.container_kinds, strict=True))
        i = add(parts.name, parts.kind)
        m = mentions[i]
        m.part, m.within, m.list_id = parts.part, within, numbers.get(phrase)
        if parts.relation:
            m.relation = Relation(parts.relation, anchors, parts.bearing, parts.km)
        index[phrase] = i
    return mentions, index


def judge(claim: dict, answer: Resolution) -> str:
    gold = (claim["lat"], claim["lon"]) if claim["lat"] is not None else None
    point = (answer.lat, answer.lon) if answer.lat is not None and answer.lon is not None else None
    if gold is None:
        near = claim.get("near")
        if near and point and distance_km(point, (near[0], near[1])) > near[2]:
            return "misplaced"
        return "open (inside near)" if near and point else "open"
    if point is None:
        return "unplaced"
    km = distance_km(gold, point)
    return "within 5 km" if km <= 5 else "within 50 km" if km <= 50 else "misplaced"


def gold_table(gazetteer: Gazetteer, errors: str | None) -> list[Sure]:
    from place_reports import stated

    texts = {d["id"]: d for d in read_lines(SHARED / "gold/dev/docs.jsonl")}
    seed = next((SHARED / "inputs").glob("*.txt"), None)
    by_document: dict[str, list[dict]] = defaultdict(list)
    for c in read_lines(SHARED / "gold/dev/claims.jsonl"):
        by_document[c["document_id"]].append(c)
    counts: dict[str, Counter[str]] = {"even": Counter(), "odd": Counter()}
    per_claim: dict[str, Counter[str]] = {"even": Counter(), "odd": Counter()}
    sure: list[Sure] = []
    started, characters = time.perf_counter(), 0
    for document_id, claims in sorted(by_document.items()):
        record = texts.get(document_id)
        text = record["text"] if record else seed.read_text(encoding="utf-8") if seed else ""
        characters += len(text)
        mentions, index = mentions_of(claims, text)
        context = DocumentContext(title=(record or {}).get("title"), published=(record or {}).get("published"), text=text)
        answers = resolve(mentions, context, gazetteer)
        side = half(document_id)
        seen: set[str] = set()
        for c in claims:
            if not c["place"]:
                continue
            i = index[c["place"]]
            parts = mention_from_phrase(c["place"])
            verdict = judge(c, answers[i])
            if not parts.name and not parts.anchors and not parts.containers:
                verdict = "no name in phrase" if verdict in {"unplaced", "open"} else verdict
            per_claim[side][verdict] += 1
            if c["place"] in seen:
                continue
            seen.add(c["place"])
            counts[side][verdict] += 1
            if c["lat"] is not None:
                sure += stated(answers[i].candidates, (c["lat"], c["lon"]), 5.0, side)
            if errors == side and verdict in {"unplaced", "misplaced", "within 50 km"}:
                a = answers[i]
                print(
                    f"  {verdict:12} {document_id[:24]:24} {c['place']!r} gold {c['lat']},{c['lon']} {c.get('near')} "
                    f"got {a.status} {a.place_name or a.anchor} {a.lat},{a.lon} ({a.why})"
                )
    print(f"\nresolved {len(by_document)} documents, {characters / 1000:.0f} kB, in {time.perf_counter() - started:.2f} s")
    for title, table in (("distinct place phrases of a document", counts), ("claims", per_claim)):
        print(f"\n{title}:")
        for side, name in (("even", "developed on"), ("odd", "held out")):
            n = table[side]
            placed = sum(n[v] for v in ("within 5 km", "within 50 km", "unplaced", "misplaced"))
            share = n["within 5 km"] / placed if placed else 0.0
            print(f"  {name:13} within 5 km {share:.3f} of {placed}; " + ", ".join(f"{k} {v}" for k, v in sorted(n.items())))
    return sure


def match_table(home: Path) -> dict[str, float]:
    """How many entries of the two Syrian sources are one place."""
    syria = Gazetteer.open(
        extra_packs=[home / "packs" / "wof-sy.arrow", home / "packs" / "ocha-sy.arrow"], home=home / "none", builtin=False
    )
    one, other = (open_index(home / "packs" / f"{name}.arrow") for name in ("wof-sy", "ocha-sy"))
    started = time.perf_counter()
    rows, others = link(one, other)
    seconds = time.perf_counter() - started
    km = apart_km(one.lat[rows], one.lon[rows], other.lat[others], other.lon[others])
    both = sum(f"ocha:{p}" in place.ids for p, place in ((p.pcode, p) for p in map(syria.place, rows.tolist())))
    print(
        f"\nOne place in two sources: {len(rows):,} of {other.table.num_rows:,} OCHA communities are matched to one of "
        f"{one.table.num_rows:,} Who's On First places, in {seconds:.1f} s; half of them lie within "
        f"{statistics.median(km.tolist()):.2f} km, nine in ten within {sorted(km.tolist())[int(0.9 * len(km))]:.2f} km; "
        f"{both:,} answer to both ids"
    )
    return {"matched": float(len(rows))}


def pairs(wof: Gazetteer, ocha: Gazetteer) -> dict[str, list[tuple[int, int, str]]]:
    """OCHA rows, the nearest settlement of Who's On First under 1 km, and the OCHA name as written, for each half.

    The two are spelled differently, but alike by a plain edit ratio of half or more: else they are often two places.
    """
    found: dict[str, list[tuple[int, int, str]]] = {"even": [], "odd": []}
    for row in range(len(ocha)):
        place = ocha.place(row)
        near = [(distance_km((place.lat, place.lon), (p.lat, p.lon)), r) for r in wof.near(place.lat, place.lon, 1.0)
                if (p := wof.place(r)).kind == "locality"]  # fmt: skip
        if not near:
            continue
        target = min(near)[1]
        written = next((n for n in place.names if n.startswith(f"{place.name} (")), place.name)
        one, other = written.lower(), wof.place(target).name.lower()
        if one != other and fuzz.ratio(one, other) >= 50:
            found[half(place.place_id)].append((row, target, written))
    return found


def baselines(wof: Gazetteer) -> dict[str, Callable[[str], npt.NDArray[np.float32]]]:
    """What a script in an afternoon would do: how alike a name is to each place's first name."""
    names = [wof.place(r).name for r in range(len(wof))]
    simple = [_simple(n) for n in names]
    bones = [_bones(n) for n in simple]

    def ratios(name: str, known: list[str]) -> npt.NDArray[np.float32]:
        return process.cdist([name], known, scorer=fuzz.ratio, dtype=np.float32)[0]

    return {
        "plain edit ratio": lambda n: ratios(n, names),
        "ASCII, article and brackets off": lambda n: ratios(_simple(n), simple),
        "the same and its consonants": lambda n: ratios(_simple(n), simple) + ratios(_bones(_simple(n)), bones),
    }


def _simple(name: str) -> str:
    return "".join(w for w in keys.words(name) if w not in keys.articles())


def _bones(simple: str) -> str:
    return "".join(c for c in simple if c not in "aeiouyw")


def pair_table(home: Path, number: int) -> dict[str, float]:
    """The same place under two spellings: OCHA names looked up in all of Who's On First."""
    wof = Gazetteer.open(extra_packs=[home / "packs" / "wof-sy.arrow"], home=home / "none", builtin=False)
    ocha = Gazetteer.open(extra_packs=[home / "packs" / "ocha-sy.arrow"], home=home / "none", builtin=False)
    lat, lon = (np.array([getattr(wof.place(r), x) for r in range(len(wof))]) for x in ("lat", "lon"))
    figures: dict[str, float] = {}
    for side, every in pairs(wof, ocha).items():
        rng = random.Random(7)
        sample = rng.sample(every, min(number, len(every)))
        hits: dict[str, Counter[str]] = defaultdict(Counter)
        spent: Counter[str] = Counter()
        alone = 0
        for row, target, name in sample:
            place = ocha.place(row)
            # the context: a point some kilometres off
            point = (place.lat + rng.uniform(-0.06, 0.06), place.lon + rng.uniform(-0.06, 0.06))
            away = distances_km(lat, lon, point)
            if side == "odd":
                for title, alike in baselines_of(wof).items():
                    scores = alike(name)
                    hits[title]["nowhere"] += int(scores.argmax()) == target
                    for km in (40.0, 15.0):
                        hits[title][f"{km:.0f} km"] += int(np.where(away <= km, scores, -1).argmax()) == target
            own = set(wof.loose_keys(target))
            only = sum(bool(own & set(wof.loose_keys(f.row))) for f in wof.find(wof.place(target).name)) <= 1
            alone += only
            started = time.perf_counter()
            found = wof.search(name, countries=["SY"])
            spent["nowhere"] += int(1e6 * (time.perf_counter() - started))
            right = bool(found) and found[0].row == target
            hits["search"]["nowhere"] += right
            hits["search"]["no namesake"] += right and only
            hits["search"]["name"] += bool(found) and (right or bool(own & set(wof.loose_keys(found[0].row))))
            for km in (40.0, 15.0):
                started = time.perf_counter()
                found = wof.search(name, near=point, km=km)
                spent[f"{km:.0f} km"] += int(1e6 * (time.perf_counter() - started))
                hits["search"][f"{km:.0f} km"] += bool(found) and found[0].row == target
        n = len(sample)
        print(
            f"\none place, two spellings ({'developed on' if side == 'even' else 'held out'}): OCHA names searched in all of "
            f"Who's On First in Syria, {n} of {len(every)} pairs under 1 km apart; recall at 1"
        )
        print(f"  {'':34}{'without context':>16}{'40 km':>9}{'15 km':>9}")
        for title, table in hits.items():
            print(f"  {title:34}{table['nowhere'] / n:16.3f}{table['40 km'] / n:9.3f}{table['15 km'] / n:9.3f}")
        ours = hits["search"]
        print(
            f"  without context, a place of the right name found {ours['name'] / n:.3f}; "
            f"where no other place bears the name ({alone} pairs) {ours['no namesake'] / max(1, alone):.3f}"
        )
        print("  milliseconds a search: " + ", ".join(f"{k} {v / n / 1000:.1f}" for k, v in spent.items()))
        if side == "odd":
            figures = {
                "pairs_nowhere": ours["nowhere"] / n, "pairs_name": ours["name"] / n, "pairs_40km": ours["40 km"] / n,
                "pairs_15km": ours["15 km"] / n,
            }  # fmt: skip
    return figures


@cache
def baselines_of(wof: Gazetteer) -> dict[str, Callable[[str], npt.NDArray[np.float32]]]:
    """`baselines`, made once."""
    return baselines(wof)


def report_tables(gazetteer: Gazetteer, home: Path, gold: list[Sure]) -> dict[str, float]:
    """Traps and notes with the packs and without, and how far the stated probabilities hold."""
    from place_reports import calibration_table, notes, pairs_stated, traps
    from warlog.extract import RuleExtractor

    print("\nnamesake traps and incident notes, read as reports:")
    with_packs = RuleExtractor(gazetteer=gazetteer)
    figures, sure = traps(with_packs, "packs open")
    more, told = notes(with_packs, "packs open")
    figures |= more
    sure += gold + told
    bare = Gazetteer.open(home=home / "none")
    figures |= {f"bare_{k}": v for k, v in traps(RuleExtractor(gazetteer=bare), "cities only")[0].items()}
    wof = Gazetteer.open(extra_packs=[home / "packs" / "wof-sy.arrow"], home=home / "none", builtin=True)
    ocha = Gazetteer.open(extra_packs=[home / "packs" / "ocha-sy.arrow"], home=home / "none", builtin=False)
    sample = {}
    plain = Gazetteer.open(extra_packs=[home / "packs" / "wof-sy.arrow"], home=home / "none", builtin=False)
    for side, every in pairs(plain, ocha).items():
        rows = random.Random(11).sample(every, min(150, len(every)))
        sample[side] = [(name, (p := ocha.place(row)).admin1, (p.lat, p.lon)) for row, _, name in rows]
    sure += pairs_stated(wof, sample)
    return figures | calibration_table(sure)


def spot_speed(gazetteer: Gazetteer) -> dict[str, float]:
    """Megabytes of text a second in which known names are spotted."""
    texts = [d["text"] for d in read_lines(SHARED / "gold/dev/docs.jsonl")]
    size = sum(len(t.encode()) for t in texts)
    for text in texts:
        gazetteer.spot(text)
    best = math.inf
    for n in range(3):
        # another text each time, since answers are remembered
        fresh = [f"{text} {n}" for text in texts]
        started = time.perf_counter()
        for text in fresh:
            gazetteer.spot(text)
        best = min(best, time.perf_counter() - started)
    print(f"\nspotting among {len(gazetteer):,} places: {size / best / 1e6:.2f} MB of text a second")
    return {"spot_mb": size / best / 1e6}


def pinned() -> dict[str, float]:
    """The floors of this bench."""
    floors: dict[str, float] = tomllib.loads(FLOORS.read_text(encoding="utf-8")).get("places", {})
    return floors


def check(figures: dict[str, float]) -> int:
    """Compare with the floors; 1 if any figure lies below its floor."""
    floors = pinned()
    low = [f"places {k}: {figures[k]:.3f}, floor {v:.3f}" for k, v in floors.items() if k in figures and figures[k] < v]
    missing = [k for k in floors if k not in figures]
    for line in [*low, *(f"places {k}: not measured" for k in missing)]:
        print(f"below the floor: {line}")
    return 1 if low or missing else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", choices=["even", "odd"], help="list what went wrong in this half")
    parser.add_argument("--pairs", type=int, default=600, help="how many pairs of each half are searched")
    parser.add_argument("--check", action="store_true", help="fail below the floors of bench/floors.toml, under [places]")
    parser.add_argument("--reports", action="store_true", help="only gold places, traps, notes, calibration and speed")
    options = parser.parse_args()
    # run by path, as tests do, the folder of its other half is not known
    sys.path.append(str(Path(__file__).resolve().parent))
    if not (SHARED / "gold/dev/claims.jsonl").exists():
        print("skipped: the data folder ../shared is not here")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for path in sorted((SHARED / "data/gazetteers").glob("*.gz")):
            add_pack(path, home=home)
        started = time.perf_counter()
        gazetteer = Gazetteer.open(home=home)
        print(
            f"{len(gazetteer.packs)} packs, {len(gazetteer):,} places, opened in {time.perf_counter() - started:.2f} s", end="; "
        )
        started = time.perf_counter()
        Gazetteer.open(home=home)
        print(f"again in {time.perf_counter() - started:.3f} s")
        figures: dict[str, float] = {}
        if not options.check or set(pinned()) - _OF_PAIRS:
            figures |= report_tables(gazetteer, home, gold_table(gazetteer, options.errors)) | spot_speed(gazetteer)
        if not options.reports:
            figures |= match_table(home) | pair_table(home, options.pairs)
        return check(figures) if options.check else 0


if __name__ == "__main__":
    sys.exit(main())
