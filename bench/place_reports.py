"""Places in short reports: namesake traps, incident notes from many countries, and whether stated probabilities hold.

Read by `bench/places.py`, which installs the packs first. Texts go through the whole of reading, so that what is judged is the
point that a user sees. Cases are split by their position: rules and the calibration are made on the even half only.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warlog.extract import RuleExtractor
from warlog.places.calibration import logit
from warlog.places.gazetteer import Gazetteer
from warlog.places.geo import distance_km
from warlog.places.model import DocumentContext, Mention, Resolution
from warlog.places.resolver import resolve
from warlog.records import Candidate, Claim, Document

HERE = Path(__file__).resolve().parent
#: countries whose gazetteers are in ../shared
PACKED = ("SY", "IQ", "LB", "MM", "PS", "SD", "UA", "YE")


@dataclass(frozen=True, slots=True)
class Sure:
    """A stated probability before calibration, and whether the candidate was the right place."""

    stated: float
    right: bool
    half: str


def cases(name: str) -> list[tuple[str, dict[str, Any]]]:
    """The cases of a file with their half."""
    table = tomllib.loads((HERE / name).read_text(encoding="utf-8"))
    rows = next(iter(table.values()))
    return [("even" if i % 2 == 0 else "odd", row) for i, row in enumerate(rows)]


def _read(extractor: RuleExtractor, text: str) -> list[Claim]:
    return extractor(Document(document_id="0" * 16, capture_id="0" * 16, sha256="0" * 64, text=text, language="en"))


def _km(claim: Claim, case: dict[str, Any]) -> float | None:
    if claim.lat is None or claim.lon is None:
        return None
    return distance_km((claim.lat, claim.lon), tuple(case["at"])) if "at" in case else math.inf


def traps(extractor: RuleExtractor, title: str) -> tuple[dict[str, float], list[Sure]]:
    """Namesake traps: right, left open, and wrong by more than 50 km (each claim of a report counts)."""
    sure: list[Sure] = []
    figures: dict[str, float] = {}
    for half, name in (("even", "developed on"), ("odd", "held out")):
        count = {"right": 0, "open": 0, "no claim": 0, "within 50 km": 0, "wrong": 0}
        chosen = [case for side, case in cases("traps.toml") if side == half]
        for case in chosen:
            claims = _read(extractor, case["text"])
            # an anchor is wrong only where the place is not within the radius that was given for it
            wide = {id(c): c.radius_km or 0.0 for c in claims if c.place_status == "anchored"}
            far = [max(0.0, km - wide.get(id(c), 0.0)) if km > 50 else km for c in claims if (km := _km(c, case)) is not None]
            limit = case.get("km", 0.0)
            if not far:
                verdict = "no claim" if not claims else "open" if "at" in case else "right"
            else:
                verdict = "right" if max(far) <= limit else "within 50 km" if max(far) <= max(50.0, limit) else "wrong"
            count[verdict] += 1
            if "at" in case:
                sure += [s for c in claims for s in stated(c.candidates, tuple(case["at"]), max(20.0, limit), half)]
        figures[f"traps_right_{half}"] = count["right"] / len(chosen)
        figures[f"traps_not_wrong_{half}"] = 1 - count["wrong"] / len(chosen)
        print(f"  {title}, {name:13} {len(chosen)} traps: " + ", ".join(f"{k} {v}" for k, v in count.items()))
    countries = len({case["country"] for _, case in cases("traps.toml")})
    print(f"  in {countries} countries")
    return figures, sure


def notes(extractor: RuleExtractor, title: str) -> tuple[dict[str, float], list[Sure]]:
    """Incident notes: how many are placed, and how far off the first placed claim is."""
    sure: list[Sure] = []
    figures: dict[str, float] = {}
    for half, name in (("even", "developed on"), ("odd", "held out")):
        chosen = [case for side, case in cases("place_notes.toml") if side == half]
        packed = [case["country"] in PACKED for case in chosen]
        far: list[float | None] = []
        for case in chosen:
            claims = _read(extractor, case["text"])
            far.append(next((km for c in claims if (km := _km(c, case)) is not None), None))
            sure += [s for c in claims for s in stated(c.candidates, tuple(case["at"]), 20.0, half)]
        placed = [km for km in far if km is not None]
        inside = [km for km, here in zip(far, packed, strict=True) if here]
        n = max(1, len(placed))
        figures |= {
            f"notes_placed_{half}": len(placed) / len(chosen),
            f"notes_placed_packed_{half}": sum(km is not None for km in inside) / max(1, len(inside)),
            f"notes_20km_{half}": sum(km <= 20 for km in placed) / n,
            f"notes_not_far_{half}": sum(km <= 161 for km in placed) / n,
        }
        print(
            f"  {title}, {name:13} {len(chosen)} notes: placed {len(placed) / len(chosen):.2f} "
            f"(where a pack is open {figures[f'notes_placed_packed_{half}']:.2f}); of the placed within 20 km "
            f"{figures[f'notes_20km_{half}']:.2f}, over 161 km {1 - figures[f'notes_not_far_{half}']:.2f}"
        )
    print(f"  from {len({case['country'] for _, case in cases('place_notes.toml')})} countries")
    return figures, sure


def stated(candidates: Sequence[Candidate], at: tuple[float, float], km: float, half: str) -> Iterator[Sure]:
    """The likeliest candidate of a mention, with the probability that was stated for it."""
    if candidates and candidates[0].score > 0:
        best = candidates[0]
        yield Sure(best.score, distance_km((best.lat, best.lon), at) <= km, half)


def pairs_stated(gazetteer: Gazetteer, found: dict[str, list[tuple[str, str, tuple[float, float]]]]) -> Iterator[Sure]:
    """Names of Syrian villages as another source spells them, said to lie in their province: (name, province, point)."""
    for half, rows in found.items():
        for name, province, at in rows:
            text = f"Shelling was reported on {name} in {province} province, Syria."
            start = text.index(name)
            mentions = [
                Mention(name, start, start + len(name), 0, 0, within=(1,)),
                Mention(province, text.index(province), text.index(province) + len(province), 0, 0, kind="province"),
            ]
            answers: list[Resolution] = resolve(mentions, DocumentContext(text=text), gazetteer)
            yield from stated(answers[0].candidates, at, 5.0, half)


def fit(sure: Sequence[Sure]) -> tuple[float, float]:
    """Slope and offset of the logistic line that best turns stated log odds into true ones (Newton's method)."""
    rows = [(logit(s.stated), float(s.right)) for s in sure]
    slope, offset = 1.0, 0.0
    for _ in range(50):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for x, y in rows:
            p = 1 / (1 + math.exp(-(slope * x + offset)))
            w = max(1e-9, p * (1 - p))
            g0, g1 = g0 + (y - p) * x, g1 + (y - p)
            h00, h01, h11 = h00 + w * x * x, h01 + w * x, h11 + w
        # a little weight towards "as stated", so that few cases do not swing it
        g0, g1, h00, h11 = g0 - (slope - 1.0), g1 - offset, h00 + 1.0, h11 + 1.0
        determinant = h00 * h11 - h01 * h01
        step = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant)
        slope += max(-0.3, min(0.3, step[0]))
        offset += max(-0.5, min(0.5, step[1]))
    return slope, offset


def reliability(sure: Sequence[Sure]) -> tuple[float, float]:
    """Brier score and expected calibration error over ten bins of equal width."""
    brier = sum((s.stated - s.right) ** 2 for s in sure) / max(1, len(sure))
    error = 0.0
    for n in range(10):
        inside = [s for s in sure if n / 10 <= s.stated < (n + 1) / 10 or (n == 9 and s.stated == 1.0)]
        if inside:
            gap = sum(s.stated for s in inside) / len(inside) - sum(s.right for s in inside) / len(inside)
            error += len(inside) / len(sure) * abs(gap)
    return brier, error


def calibration_table(sure: Sequence[Sure]) -> dict[str, float]:
    """Print how stated probabilities hold, for each half, and what a fit to the even half would be now."""
    figures: dict[str, float] = {}
    print("\nstated probability of the likeliest candidate, as calibrated (vocab/place_calibration.toml):")
    for half, name in (("even", "fitted on"), ("odd", "held out")):
        part = [s for s in sure if s.half == half]
        brier, error = reliability(part)
        figures[f"calibrated_{half}"] = 1 - error
        print(f"  {name:10} {len(part)} names: Brier score {brier:.3f}, expected calibration error {error:.3f}")
        for low, high in ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.01)):
            inside = [s for s in part if low <= s.stated < high]
            if inside:
                told, right = (sum(column) / len(inside) for column in zip(*((s.stated, s.right) for s in inside), strict=True))
                print(f"    {low:.2f} to {min(high, 1.0):.2f}: {len(inside):4} names, stated {told:.2f}, right {right:.2f}")
    slope, offset = fit([s for s in sure if s.half == "even"])
    print(f"  a fit of the stated log odds on the even half: slope {slope:.2f}, offset {offset:+.2f} (1 and 0 change nothing)")
    return figures
