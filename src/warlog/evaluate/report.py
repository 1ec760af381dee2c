"""Scores in words: the table, the types taken for each other, and the worst errors with their quotes."""

from __future__ import annotations

from collections.abc import Sequence

from warlog.evaluate.pairing import CORE, ClaimDict, agreement
from warlog.evaluate.scores import Scores

_KINDS = ("all", "material", "verbal", "control")
_QUOTE_LENGTH = 160


def format_report(scores: Scores, errors: int = 10) -> str:
    """The scores as plain text; `errors` is how many pairs, missed and spurious claims to quote."""
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
    if scores.confused:
        rows = [["coded as", "read as", "times"]]
        common = sorted(scores.confused.items(), key=lambda item: (-item[1], item[0]))
        lines += ["", "Types taken for each other", *_table(rows + [[a, b, str(n)] for (a, b), n in common])]
    if errors > 0:
        lines += _errors(scores, errors)
    return "\n".join(lines) + "\n"


def _ratios(figure: dict[str, float]) -> list[str]:
    return [f"{figure[name]:.3f}" for name in ("precision", "recall", "f1")] + [str(figure["gold"])]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows in columns; the first column to the left, figures to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


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
