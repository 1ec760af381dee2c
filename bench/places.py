"""How well place names are resolved: gold places of hand-coded documents, and one place under two gazetteers' spellings.

Reads ../shared (skips with a message where it is absent), installs the gazetteers there into a temporary data folder, and
prints two tables. Gold place phrases are taken apart by `mention_from_phrase` and resolved a document at a time, phrases of
one sentence and event type as one list, as extraction would give them. Documents are split by the hash of their id; rules
are developed on the even half only.

usage: python bench/places.py [--errors even|odd] [--pairs N]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from rapidfuzz import fuzz

from warlog.places import keys
from warlog.places.candidates import misspelled
from warlog.places.gazetteer import Found, Gazetteer
from warlog.places.geo import distance_km
from warlog.places.model import DocumentContext, Mention, Relation, Resolution
from warlog.places.packs import add_pack
from warlog.places.phrase import mention_from_phrase
from warlog.places.resolver import resolve

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


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


def gold_table(gazetteer: Gazetteer, errors: str | None) -> None:
    texts = {d["id"]: d for d in read_lines(SHARED / "gold/dev/docs.jsonl")}
    seed = next((SHARED / "inputs").glob("*.txt"), None)
    by_document: dict[str, list[dict]] = defaultdict(list)
    for c in read_lines(SHARED / "gold/dev/claims.jsonl"):
        by_document[c["document_id"]].append(c)
    counts: dict[str, Counter[str]] = {"even": Counter(), "odd": Counter()}
    per_claim: dict[str, Counter[str]] = {"even": Counter(), "odd": Counter()}
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


def pair_table(home: Path, number: int) -> None:
    """The same place under two spellings: OCHA names looked up in Who's On First only."""
    wof = Gazetteer.open(extra_packs=[home / "packs" / "wof-sy.arrow"], home=home / "none", builtin=False)
    ocha = Gazetteer.open(extra_packs=[home / "packs" / "ocha-sy.arrow"], home=home / "none", builtin=False)
    rng = random.Random(7)
    rows = rng.sample(range(len(ocha)), len(ocha))
    hits: Counter[str] = Counter()
    tried = 0
    for row in rows:
        place = ocha.place(row)
        true = (place.lat, place.lon)
        # pairs: entries that lie alone within 1.5 km of each other
        near = wof.near(*true, 1.5)
        if len(near) != 1:
            continue
        target = near[0]
        # and that share most of their consonants, in any order of words
        bones = [keys.skeleton(k) for k in wof.loose_keys(target)]
        if max((fuzz.ratio(keys.skeleton(k), b) for k in ocha.loose_keys(row) for b in bones), default=0) < 60:
            continue
        tried += 1
        found = list(wof.find(place.name))
        hits["exact key, whole country"] += bool(found) and target in found[0].rows
        for km in (40.0, 15.0):
            # the context: a point some kilometres off
            point = (place.lat + rng.uniform(-0.06, 0.06), place.lon + rng.uniform(-0.06, 0.06))
            close: list[Found] = sorted(
                (f for f in found if distance_km(f.point, point) <= km), key=lambda f: distance_km(f.point, point) / 40 - f.match
            )
            if not close:
                close = sorted(
                    misspelled(place.name, [point], wof, km), key=lambda f: distance_km(f.point, point) / 400 - f.match
                )
            hits[f"with a point of context, {km:.0f} km"] += bool(close) and target in close[0].rows
        if tried >= number:
            break
    print(
        "\none place, two spellings (OCHA name searched in Who's On First, "
        f"{tried} pairs that lie alone within 1.5 km and share consonants):"
    )
    for name, n in hits.items():
        print(f"  recall at 1, {name}: {n / tried:.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", choices=["even", "odd"], help="list what went wrong in this half")
    parser.add_argument("--pairs", type=int, default=600)
    options = parser.parse_args()
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
        gold_table(gazetteer, options.errors)
        pair_table(home, options.pairs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
