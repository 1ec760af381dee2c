"""Scores in words: the tables, which types are read as which, the baseline beside, and the worst errors with their quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from warlog.evaluate.pairing import CORE, ClaimDict, agreement
from warlog.evaluate.scores import Scores

_KINDS = ("all", "material", "verbal", "control")
_QUOTE_LENGTH = 160


def format_report(scores: Scores, errors: int = 10, baseline: Scores | None = None) -> str:
    """The scores as plain text; `errors` is how many pairs, missed and spurious claims to quote.

    `baseline` are the scores of another extractor on the same documents; its main figures are printed beside these.
    """
    figures = scores.figures
    lines = [f"{figures['documents']} documents, {figures['gold']} gold claims, {figures['predicted']} predicted", ""]
    rows = [["", "precision", "recall", "F1", "gold"]]
    rows += [[name, *_ratios(figures[name])] for name in _KINDS]
    lines += _table(rows)
    misplaced = figures["misplaced"]
    lines += [
        "",
        f"claim F1 {figures['claim_f1']:.3f} (share of right core fields), exact F1 {figures['exact_f1']:.3f} (all of them)",
        f"points: {misplaced['placed']} of {misplaced['of']} placed, {misplaced['misplaced']} misplaced",
        "",
    ]
    named = figures["fields_where_named"]
    rows = [["field", "right", "where gold names it"]]
    lines += _table(rows + [[name, f"{share:.3f}", named.get(name, "")] for name, share in figures["fields"].items()])
    rows = [["event type", "precision", "recall", "F1", "gold"]]
    lines += ["", *_table(rows + [[name, *_ratios(figure)] for name, figure in scores.types.items()])]
    lines += _confusion(scores)
    if baseline is not None:
        lines += _beside(scores, baseline)
    if errors > 0:
        lines += _errors(scores, errors)
    return "\n".join(lines) + "\n"


def _confusion(scores: Scores) -> list[str]:
    """For each type of gold: how many were found, what the others were read as, how many were missed; then the spurious."""
    if not scores.gold and not scores.predicted:
        return []
    right = Counter(scores.gold[i]["event_type"] for i, _ in scores.pairs)
    coded = Counter(claim["event_type"] for claim in scores.gold)
    others: dict[str, Counter[str]] = {}
    spurious = Counter(claim["event_type"] for claim in scores.spurious)
    for (event_type, read_as), times in scores.confused.items():
        others.setdefault(event_type, Counter())[read_as] += times
        spurious[read_as] -= times
    rows = []
    for event_type in sorted(coded):
        other = others.get(event_type, Counter())
        missed = coded[event_type] - right[event_type] - other.total()
        rows.append([event_type, str(right[event_type]), str(missed), _counts(other)])
    rows.append(["(nothing)", "", "", _counts(+spurious)])
    return [
        "",
        "Which types are read as which",
        *_table([["coded as", "right", "missed", "read as another"], *rows], left={0, 3}),
    ]


def _counts(counts: Counter[str]) -> str:
    """Types with how often they occur, the commonest first."""
    return ", ".join(f"{name} {times}" for name, times in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _beside(scores: Scores, baseline: Scores) -> list[str]:
    """Our main figures with the baseline's beside them."""
    ours, theirs = scores.figures, baseline.figures
    rows = [["", "Warlog", "baseline"]]
    rows += [[f"F1 {name}", f"{ours[name]['f1']:.3f}", f"{theirs[name]['f1']:.3f}"] for name in _KINDS]
    for name, label in (("claim_f1", "claim F1"), ("exact_f1", "exact F1")):
        rows.append([label, f"{ours[name]:.3f}", f"{theirs[name]:.3f}"])
    fields = [name for name in ours["fields"] if name in theirs["fields"]]
    rows += [[f"{name} right", f"{ours['fields'][name]:.3f}", f"{theirs['fields'][name]:.3f}"] for name in fields]
    rows.append(["points misplaced", str(ours["misplaced"]["misplaced"]), str(theirs["misplaced"]["misplaced"])])
    told = "Beside the baseline: an off-the-shelf entity tagger, key words and a city list"
    return ["", told, *_table(rows)]


def _ratios(figure: dict[str, float]) -> list[str]:
    return [f"{figure[name]:.3f}" for name in ("precision", "recall", "f1")] + [str(figure["gold"])]


def _table(rows: Sequence[Sequence[str]], left: Set[int] = frozenset({0})) -> list[str]:
    """Rows in columns; those in `left` stand to the left, the others, figures, to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]

    def cell(text: str, column: int) -> str:
        return text.ljust(widths[column]) if column in left else text.rjust(widths[column])

    return ["  ".join(cell(text, column) for column, text in enumerate(row)).rstrip() for row in rows]


def _errors(scores: Scores, most: int) -> list[str]:
    lines: list[str] = []
    wrong = []
    for i, j in scores.pairs:
        gold, predicted = scores.gold[i], scores.predicted[j]
        agreed = agreement(gold, predicted)
        fields = [name for name in agreed if agreed[name] is False]
        if fields:
            wrong.append((sum(name in CORE for name in fields), len(fields), i, fields, gold, predicted))
    wrong.sort(key=lambda item: (-item[0], -item[1], item[2]))
    if wrong:
        lines += ["", "Pairs with most fields wrong"]
    for _, _, _, fields, gold, predicted in wrong[:most]:
        lines.append(f"  ~ {_told(gold)}")
        lines += [f"      {name}: {_value(gold, name)} was read as {_value(predicted, name)}" for name in fields]
    for title, mark, claims in (("Missed", "-", scores.missed), ("Spurious", "+", scores.spurious)):
        if claims:
            lines += ["", f"{title}: {len(claims)}", *(f"  {mark} {_told(claim)}" for claim in claims[:most])]
    return lines


def _told(claim: ClaimDict) -> str:
    quote = " ".join((claim.get("quote") or "").split())
    quote = quote if len(quote) <= _QUOTE_LENGTH else quote[: _QUOTE_LENGTH - 1] + "…"
    return f"{claim['event_type']} | {claim.get('place') or '-'} | {claim['document_id']}: {quote}"


def _value(claim: ClaimDict, name: str) -> str:
    if name.startswith("within_"):
        return "no point" if claim.get("lat") is None else f"{claim['lat']}, {claim['lon']}"
    if name == "date":
        return f"{claim.get('date_start')} to {claim.get('date_end')}"
    if name == "casualties":
        return (
            "; ".join(
                f"{t.get('outcome')} {t.get('low')}-{t.get('high')} {t.get('who') or ''}".strip() for t in claim.get(name) or []
            )
            or "none"
        )
    return repr(claim.get(name))
