"""`warlog evaluate`: scores against hand-coded claims, with those of an off-the-shelf script beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from warlog.cli.common import example, say_failed
from warlog.cli.progress import Meter


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=example("warlog evaluate gold.jsonl documents.jsonl --errors 20"))(evaluate)


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Hand-coded claims, JSON Lines.")],
    docs: Annotated[list[Path], typer.Argument(metavar="DOCS...", help="The documents: files, folders, JSON Lines.")],
    errors: Annotated[int, typer.Option("--errors", metavar="N", help="Quote so many of each sort of error.", min=0)] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Write the figures as JSON.")] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Keep the claims found, as JSON Lines.")] = None,
    baseline: Annotated[
        bool, typer.Option("--baseline/--no-baseline", help="Score an off-the-shelf script on the same documents too.")
    ] = True,
) -> None:
    """Read documents, keep nothing, and score the claims found against hand-coded ones by the coding guide's definitions."""
    from warlog.cli.output import text_to
    from warlog.evaluate import evaluate as score
    from warlog.evaluate import format_report, load_claims, predict
    from warlog.evaluate.baseline import BaselineExtractor
    from warlog.extract import RuleExtractor

    coded = load_claims(gold)
    with Meter() as meter:
        meter.show("loading", slow=True)
        prediction = predict(docs, RuleExtractor(), lambda done, name: meter.show("reading", done, None, name))
        plain = None
        if baseline:
            plain = predict(
                docs, BaselineExtractor(), lambda done, name: meter.show("reading for the baseline", done, None, name)
            )
        meter.show("scoring")
    if out is not None:
        with text_to(out) as stream:
            stream.writelines(json.dumps(claim, ensure_ascii=False) + "\n" for claim in prediction.claims)
    scores = score(coded, prediction.claims)
    beside = None if plain is None else score(coded, plain.claims)
    if as_json:
        print(json.dumps(scores.as_dict() | ({} if beside is None else {"baseline": beside.as_dict()})))
    else:
        print(format_report(scores, errors, beside), end="")
    say_failed(prediction.failed)
