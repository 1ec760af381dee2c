"""`warlog extract`: a second extractor over the log's documents, kept beside the log's own claims."""

from __future__ import annotations

from typing import Annotated

import typer

from warlog.cli.common import (  # fmt: skip
    DEFAULT_LOG,
    DocumentOption,
    FromOption,
    LogOption,
    ToOption,
    example,
    make_filter,
    none_match,
    open_log,
    say,
    say_failed,
)
from warlog.cli.progress import Meter
from warlog.errors import UsageError, WarlogError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=example(
            "warlog extract --endpoint http://localhost:8080/v1 --model qwen2.5-14b",
            "warlog extract --endpoint https://llm.example.org/v1 --model large --key-from LLM_KEY --document wire/",
        )
    )(extract)


def extract(
    endpoint: Annotated[
        str, typer.Option("--endpoint", metavar="URL", help="Address of an OpenAI-compatible server, up to /v1.")
    ],
    model: Annotated[str, typer.Option("--model", metavar="NAME", help="The model to ask.")],
    log: LogOption = DEFAULT_LOG,
    document: DocumentOption = None,
    date_from: FromOption = None,
    date_to: ToOption = None,
    key_from: Annotated[str, typer.Option("--key-from", metavar="VAR", help="Environment variable that holds the key.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Also documents that this model has read already.")] = False,
    prices: Annotated[
        str | None, typer.Option("--prices", metavar="IN,OUT", help="Price of a million tokens sent and received.")
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", metavar="S", help="Seconds one answer may take.", min=1)] = 300,
    tries: Annotated[int, typer.Option("--tries", metavar="N", help="How often a question is asked at most.", min=1)] = 4,
    max_tokens: Annotated[int, typer.Option("--max-tokens", metavar="N", help="Longest answer, in tokens.", min=16)] = 4096,
) -> None:
    """Have a language model code the log's documents; its claims stand beside the log's own and change nothing in it.

    Every quote must stand in the text, and so must every name: what does not is dropped and counted. Compare with
    `warlog compare`. Nothing is sent anywhere but to the endpoint named here.
    """
    from warlog.actors import Actors
    from warlog.llm import Endpoint, LlmExtractor
    from warlog.llm.extractor import Prices
    from warlog.places import Gazetteer

    wanted = make_filter(date_from, date_to, document=document)
    asked = Endpoint(endpoint, model, key_from, timeout=timeout, tries=tries, max_tokens=max_tokens)
    failed: list[str] = []
    claims = dropped = tokens_in = tokens_out = done = 0
    seconds, cost = 0.0, 0.0
    with Meter() as meter, open_log(log) as opened:
        opened.require_writable()
        meter.show("loading", slow=True)
        extractor = LlmExtractor(asked, Gazetteer.open(), Actors.load(), Prices(*_prices(prices)) if prices else None)
        held = set() if again else {e.document_id for e in opened.extractions(extractor.name)}
        todo = [d.document_id for d in opened.documents(wanted) if d.document_id not in held and not d.not_coded]
        if not todo and not held:
            none_match(opened)
        for number, document_id in enumerate(todo):
            meter.show("asking", number, len(todo), document_id)
            read = opened.document(document_id)
            if read is None:
                continue
            try:
                made = extractor.extract(read)
            except UsageError:
                raise
            except WarlogError as error:
                failed.append(f"{document_id}: {error}")
                continue
            opened.keep_extraction(made)
            done += 1
            claims, dropped = claims + len(made.claims), dropped + len(made.dropped)
            tokens_in, tokens_out = tokens_in + made.tokens_in, tokens_out + made.tokens_out
            seconds, cost = seconds + made.seconds, cost + (made.cost or 0.0)
    bill = f", cost {cost:.4f}" if prices else ""
    print(f"{done} documents read by {extractor.name}: {claims} claims, {dropped} dropped.")
    print(f"{tokens_in:,} tokens sent, {tokens_out:,} received, {seconds:.1f} s of answers{bill}.")
    if held and not again:
        say(f"{len(held)} documents had been read by it before; --again reads them again.")
    say_failed(failed)


def _prices(text: str) -> tuple[float, float]:
    """`IN,OUT`, checked. Raises UsageError."""
    try:
        sent, received = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"--prices takes two figures such as 0.15,0.60, not {text!r}.") from None
    if not (0 <= sent < 1e6 and 0 <= received < 1e6):
        raise UsageError(f"--prices takes two prices that are not negative, not {text!r}.")
    return sent, received
