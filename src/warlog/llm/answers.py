"""What a model may answer: the schema that its answer is bound to, and reading it back with no more trust than that."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from warlog import vocabulary
from warlog.records import CERTAINTIES, OUTCOMES

_TEXT_LONGEST = 2000
_MOST = 10_000_000


class Toll(BaseModel):
    """One toll of an answer."""

    model_config = ConfigDict(extra="ignore")

    outcome: Literal["killed", "wounded", "killed_or_wounded", "captured", "missing", "displaced"]
    who: str | None = Field(default=None, max_length=_TEXT_LONGEST)
    low: int | None = Field(default=None, ge=0, le=_MOST)
    high: int | None = Field(default=None, ge=0, le=_MOST)


class Answer(BaseModel):
    """One claim of an answer."""

    model_config = ConfigDict(extra="ignore")

    quote: str = Field(max_length=2 * _TEXT_LONGEST)
    event_type: str
    actor: str | None = Field(default=None, max_length=_TEXT_LONGEST)
    target: str | None = Field(default=None, max_length=_TEXT_LONGEST)
    place: str | None = Field(default=None, max_length=_TEXT_LONGEST)
    date_start: str | None = None
    date_end: str | None = None
    casualties: list[Toll] = Field(default_factory=list)
    attributed_to: str | None = Field(default=None, max_length=_TEXT_LONGEST)
    certainty: Literal["asserted", "hedged", "denied", "planned", "conjecture"] = "asserted"


class BadAnswerError(ValueError):
    """An answer is not what was asked for; the message says in what."""


@cache
def event_types() -> tuple[str, ...]:
    """The event types of the coding guide."""
    return tuple(vocabulary.load("event_types"))


def schema() -> dict[str, Any]:
    """The JSON Schema that an answer is bound to; written out flat, since many servers know no references."""

    def text_or_null() -> dict[str, Any]:
        return {"type": ["string", "null"]}

    def number_or_null() -> dict[str, Any]:
        return {"type": ["integer", "null"]}

    toll = _object(
        {
            "outcome": {"type": "string", "enum": list(OUTCOMES)},
            "who": text_or_null(),
            "low": number_or_null(),
            "high": number_or_null(),
        }
    )
    claim = _object(
        {
            "quote": {"type": "string"},
            "event_type": {"type": "string", "enum": list(event_types())},
            "actor": text_or_null(),
            "target": text_or_null(),
            "place": text_or_null(),
            "date_start": text_or_null(),
            "date_end": text_or_null(),
            "casualties": {"type": "array", "items": toll},
            "attributed_to": text_or_null(),
            "certainty": {"type": "string", "enum": list(CERTAINTIES)},
        }
    )
    return _object({"claims": {"type": "array", "items": claim}})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def read(content: str) -> tuple[list[Answer], list[str]]:
    """The claims of an answer, and one sentence for each that is none. Raises BadAnswerError for what is no answer at all."""
    try:
        whole = json.loads(_bare(content))
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadAnswerError("the answer is not JSON") from error
    found = whole.get("claims") if isinstance(whole, dict) else None
    if not isinstance(found, list):
        raise BadAnswerError("the answer has no list `claims`")
    good: list[Answer] = []
    bad: list[str] = []
    for item in found:
        try:
            answer = Answer.model_validate(item)
        except ValidationError as error:
            fault = error.errors()[0]
            bad.append(f"A claim was dropped: {'.'.join(map(str, fault['loc'])) or 'it'}: {fault['msg'].lower()}.")
            continue
        if answer.event_type not in event_types():
            bad.append(f"A claim was dropped: there is no event type {answer.event_type[:40]!r}.")
            continue
        good.append(answer)
    return good, bad


def _bare(content: str) -> str:
    """The JSON of an answer that a model wrapped in a code fence or put words before."""
    start, end = content.find("{"), content.rfind("}")
    return content[start : end + 1] if 0 <= start < end else content
