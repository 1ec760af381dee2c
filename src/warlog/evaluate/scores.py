"""The figures: precision, recall and F1 by kind of event, fields right over the pairs, points that are far off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from warlog import vocabulary
from warlog.evaluate.pairing import CORE, ClaimDict, agreement, assign, km, pair, point, weight

_FAR_KM = 50


@dataclass(slots=True)
class Scores:
    """What came of a comparison: the figures, and the pairs that they come from."""

    #: the figures, as nested dicts of plain numbers; `all`, `material`, `verbal` and `control` hold precision, recall, f1, gold
    figures: dict[str, Any]
    gold: list[ClaimDict]
    #: the predictions that counted: those for the documents that were scored
    predicted: list[ClaimDict]
    #: index into `gold`, index into `predicted`
    pairs: list[tuple[int, int]]
    #: precision, recall and F1 of each event type that occurs
    types: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: (gold type, predicted type) of unpaired claims that quote the same sentence, and how often
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        """The figures alone, ready for JSON."""
        return self.figures

    @property
    def missed(self) -> list[ClaimDict]:
        """Gold claims that no prediction was paired with."""
        paired = {i for i, _ in self.pairs}
        return [claim for i, claim in enumerate(self.gold) if i not in paired]

    @property
    def spurious(self) -> list[ClaimDict]:
        """Predictions that were paired with no gold claim."""
        paired = {j for _, j in self.pairs}
        return [claim for j, claim in enumerate(self.predicted) if j not in paired]


def evaluate(gold: Iterable[ClaimDict], predicted: Iterable[ClaimDict], documents: Iterable[str] | None = None) -> Scores:
    """Score predictions against gold claims.

    Predictions for `documents` count; for None, those for documents that have a gold claim.
    """
    gold = list(gold)
    scored = set(documents) if documents is not None else set()
    scored = scored or {claim["document_id"] for claim in gold}
    counted = [claim for claim in predicted if claim["document_id"] in scored]
    pairs = pair(gold, counted)
    figures: dict[str, Any] = {"documents": len(scored), "gold": len(gold), "predicted": len(counted)}
    for name, keep in _KINDS.items():
        figures[name] = _of_types(gold, counted, pairs, keep)
    agreements = [(gold[i], counted[j], agreement(gold[i], counted[j])) for i, j in pairs]
    figures |= _field_figures(agreements)
    core = [sum(agreed[name] is True for name in CORE) for _, _, agreed in agreements]
    figures["claim_f1"] = _ratios(sum(n / len(CORE) for n in core), len(counted), len(gold))["f1"]
    figures["exact_f1"] = _ratios(sum(n == len(CORE) for n in core), len(counted), len(gold))["f1"]
    figures["misplaced"] = _misplaced([(g, p) for g, p, _ in agreements])
    scores = Scores(figures, gold, counted, pairs)
    for event_type in sorted({claim["event_type"] for claim in [*gold, *counted]}):
        scores.types[event_type] = _of_types(gold, counted, pairs, event_type.__eq__)
    scores.confused = _confusion(scores.missed, scores.spurious)
    return scores


@cache
def _verbal() -> frozenset[str]:
    return frozenset(name for name, entry in vocabulary.load("event_types").items() if entry.get("group") == "verbal")


_KINDS: dict[str, Callable[[str], bool]] = {
    "all": lambda event_type: True,
    "material": lambda event_type: event_type not in _verbal(),
    "verbal": lambda event_type: event_type in _verbal(),
    "control": lambda event_type: event_type.startswith("territory_"),
}

#: When gold names something in a field at all.
_NAMED: dict[str, Callable[[ClaimDict], Any]] = {
    "actor": lambda gold: gold.get("actor"),
    "target": lambda gold: gold.get("target"),
    "place": lambda gold: gold.get("place"),
    "date": lambda gold: gold.get("date_start"),
    "attributed_to": lambda gold: gold.get("attributed_to"),
    "certainty": lambda gold: gold.get("certainty") != "asserted",
}


def _ratios(hits: float, predicted: int, gold: int) -> dict[str, float]:
    precision = hits / predicted if predicted else 0.0
    recall = hits / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def _of_types(
    gold: Sequence[ClaimDict], predicted: Sequence[ClaimDict], pairs: Sequence[tuple[int, int]], keep: Callable[[str], bool]
) -> dict[str, Any]:
    in_gold = sum(keep(claim["event_type"]) for claim in gold)
    hits = sum(keep(gold[i]["event_type"]) for i, _ in pairs)
    return {**_ratios(hits, sum(keep(claim["event_type"]) for claim in predicted), in_gold), "gold": in_gold}


def _field_figures(agreements: Sequence[tuple[ClaimDict, ClaimDict, dict[str, bool | None]]]) -> dict[str, Any]:
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    right_named: Counter[str] = Counter()
    seen_named: Counter[str] = Counter()
    for gold, _, agreed in agreements:
        for name, ok in agreed.items():
            if ok is None:
                continue
            seen[name] += 1
            right[name] += ok
            if name in _NAMED and _NAMED[name](gold):
                seen_named[name] += 1
                right_named[name] += ok
    return {
        "fields": {name: round(right[name] / n, 3) for name, n in seen.items()},
        "fields_where_named": {name: f"{right_named[name]}/{n} = {right_named[name] / n:.3f}" for name, n in seen_named.items()},
    }


def _misplaced(pairs: Sequence[tuple[ClaimDict, ClaimDict]]) -> dict[str, int]:
    """Points that are far off: 50 km from gold's point, or outside the circle that gold gives where it has no point."""
    misplaced = placed = could = 0
    for gold, predicted in pairs:
        there, here, circle = point(predicted), point(gold), gold.get("near")
        could += here is not None or circle is not None
        if there is None:
            continue
        placed += here is not None or circle is not None
        if here is not None:
            misplaced += km(here, there) > _FAR_KM
        elif circle:
            misplaced += km(circle[:2], there) > circle[2]
    return {"misplaced": misplaced, "placed": placed, "of": could}


def _confusion(missed: Sequence[ClaimDict], spurious: Sequence[ClaimDict]) -> Counter[tuple[str, str]]:
    """How often a sentence was given another type: unpaired claims of both sides that quote the same sentence."""
    counted: Counter[tuple[str, str]] = Counter()
    for document_id in sorted({claim["document_id"] for claim in missed}):
        left = [claim for claim in missed if claim["document_id"] == document_id]
        right = [claim for claim in spurious if claim["document_id"] == document_id]
        for row, column in assign([[weight(g, p) for p in right] for g in left]):
            counted[left[row]["event_type"], right[column]["event_type"]] += 1
    return counted
