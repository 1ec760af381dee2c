"""Two codings of the same documents, claim by claim: what both have, where they differ in it, and what only one has.

Neither is the truth here. Claims are paired as in scoring: same document, same event type, same sentence, best total
agreement. A run of an older program, another log, a second extractor: whatever gives claims can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from warlog.evaluate.pairing import CORE, agreement, pair
from warlog.records import GUIDE_FIELDS, Claim, as_dict


@dataclass(slots=True)
class Difference:
    """One claim of either coding, or a pair of one from each."""

    status: str = field(metadata={"doc": "same (all core fields agree), differs, first (only the first has it) or second"})
    document_id: str = field(metadata={"doc": "the document"})
    event_type: str = field(metadata={"doc": "event type, which a pair shares"})
    quote: str = field(metadata={"doc": "the sentence"})
    first_id: str | None = field(default=None, metadata={"doc": "id of the claim in the first coding"})
    second_id: str | None = field(default=None, metadata={"doc": "id of the claim in the second"})
    differs_in: list[str] = field(default_factory=list, metadata={"doc": "fields in which a pair differs"})
    first: dict[str, Any] = field(
        default_factory=dict, metadata={"doc": "those fields in the first (all, where it stands alone)"}
    )
    second: dict[str, Any] = field(default_factory=dict, metadata={"doc": "those fields in the second"})


@dataclass(slots=True)
class Comparison:
    """All differences, in the order of document and text, and how far the two agree."""

    rows: list[Difference]
    first: int
    second: int
    pairs: int
    #: share of the pairs in which a field agrees, by field
    agree: dict[str, float]

    @property
    def f1(self) -> float:
        """Agreement on sentence and event type: 2 pairs / (claims of both)."""
        return 2 * self.pairs / (self.first + self.second) if self.first + self.second else 0.0

    @property
    def same(self) -> int:
        """Pairs that agree in all core fields."""
        return sum(row.status == "same" for row in self.rows)


def compare(first: Iterable[Claim], second: Iterable[Claim]) -> Comparison:
    """Compare two codings. Documents that only one of them knows count too: give both the same documents."""
    mine, theirs = list(first), list(second)
    one, two = [as_dict(claim) for claim in mine], [as_dict(claim) for claim in theirs]
    pairs = pair(one, two)
    right: dict[str, list[bool]] = {}
    rows: list[tuple[tuple[str, int, int], Difference]] = []
    for i, j in pairs:
        agreed = agreement(one[i], two[j])
        for name, ok in agreed.items():
            if ok is not None:
                right.setdefault(name, []).append(ok)
        wrong = [name for name, ok in agreed.items() if ok is False and not name.startswith("within_")]
        fields = _fields(wrong)
        status = "differs" if any(name in CORE for name in wrong) else "same"
        claim = mine[i]
        rows.append(
            (
                (claim.document_id, claim.start, 0),
                Difference(
                    status, claim.document_id, claim.event_type, claim.quote, claim.claim_id, theirs[j].claim_id, wrong,
                    {name: one[i][name] for name in fields}, {name: two[j][name] for name in fields},
                ),
            )
        )  # fmt: skip
    alone = ((0, mine, one, {i for i, _ in pairs}), (1, theirs, two, {j for _, j in pairs}))
    for side, claims, values, paired in alone:
        for number, claim in enumerate(claims):
            if number not in paired:
                told = {name: values[number][name] for name in GUIDE_FIELDS if name not in ("document_id", "quote", "event_type")}
                row = Difference("second" if side else "first", claim.document_id, claim.event_type, claim.quote)
                if side:
                    row.second_id, row.second = claim.claim_id, told
                else:
                    row.first_id, row.first = claim.claim_id, told
                rows.append(((claim.document_id, claim.start, 1 + side), row))
    rows.sort(key=lambda item: item[0])
    agree = {name: sum(found) / len(found) for name, found in right.items()}
    return Comparison([row for _, row in rows], len(mine), len(theirs), len(pairs), agree)


def _fields(wrong: Sequence[str]) -> list[str]:
    """The fields of a claim that a difference is in."""
    return [name for part in wrong for name in (("date_start", "date_end") if part == "date" else (part,))]
