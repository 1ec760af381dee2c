"""FEEDS.toml: which feeds are followed, how often, and whether the pages of their items are fetched."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from warlog.collect import web_address
from warlog.collect.web_errors import WebError
from warlog.errors import UsageError

#: A file of feeds is small; what is larger is something else.
MAX_BYTES = 1024 * 1024
SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=30)
_DURATION = re.compile(r"(\d{1,6})\s*(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_TABLE = re.compile(r"^\s*\[\[\s*feed\s*\]\]")


def duration(text: object) -> timedelta:
    """A time between visits: 90s, 15m, 2h, 1d. Raises ValueError, whose message says what is wrong."""
    found = _DURATION.fullmatch(text.strip().lower()) if isinstance(text, str) else None
    if found is None:
        raise ValueError("is no time such as 15m, 2h or 1d")
    given = timedelta(**{_UNITS[found[2]]: int(found[1])})
    if not SHORTEST <= given <= LONGEST:
        raise ValueError("must be between 1m and 30d")
    return given


class FeedEntry(BaseModel):
    """One `[[feed]]` of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    #: address of the feed, without user name, password and fragment
    url: str
    #: what it is called in listings; its address if empty
    name: str = ""
    #: least time between two visits; None for what the command line says
    every: Annotated[timedelta | None, BeforeValidator(lambda given: given if given is None else duration(given))] = None
    #: whether the page of each item is fetched, or the item itself is enough
    full_text: bool = True

    @field_validator("url")
    @classmethod
    def _web(cls, url: str) -> str:
        try:
            return str(web_address.parse(url))
        except WebError as error:
            raise ValueError(str(error)) from None

    @property
    def shown(self) -> str:
        """What it is called in listings."""
        return " ".join(self.name.split()) or self.url


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    feed: list[FeedEntry] = Field(min_length=1)


def read_feeds(path: Path) -> list[FeedEntry]:
    """The feeds that a file lists, in its order. Raises UsageError with one sentence naming the line and the fault."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {(error.strerror or type(error).__name__).lower()}.") from error
    if len(data) > MAX_BYTES:
        raise UsageError(f"{path} is larger than {MAX_BYTES // 2**20} MiB, which is no list of feeds.")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        given = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not in UTF-8.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        said = "nests too deep" if isinstance(error, RecursionError) else _lower_first(str(error))
        raise UsageError(f"{path} is no TOML: {said}.") from error
    try:
        feeds = _File.model_validate(given).feed
    except ValidationError as error:
        raise UsageError(f"{path}{_fault(error, text)}") from error
    seen: dict[str, int] = {}
    for number, feed in enumerate(feeds):
        if feed.url in seen:
            where = _line(text, number, "url")
            raise UsageError(f"{path}{where}: `url` {feed.url} is listed twice, as feeds {seen[feed.url] + 1} and {number + 1}.")
        seen[feed.url] = number
    return feeds


def _fault(error: ValidationError, text: str) -> str:
    """The first fault that pydantic found, in our words, after the file's name."""
    first = error.errors()[0]
    place: tuple[Any, ...] = first["loc"]
    if len(place) < 2 or not isinstance(place[1], int):
        if first["type"] == "extra_forbidden":
            return f" has a key `{place[0]}`, which is none that is known; feeds stand under [[feed]]."
        return " lists no feed: each begins with a line [[feed]] and has a `url`."
    number = place[1]
    key = str(place[2]) if len(place) > 2 else ""
    where = f"{_line(text, number, key)}: feed {number + 1}"
    match first["type"]:
        case "missing":
            return f"{where} has no `{key}`."
        case "extra_forbidden":
            return f"{where} has a key `{key}`, which is none of {', '.join(f'`{name}`' for name in FeedEntry.model_fields)}."
        case "string_type":
            return f"{where}: `{key}` must be a text in quotes."
        case "bool_type":
            return f"{where}: `{key}` must be true or false."
        case "value_error":
            said = str(first["ctx"]["error"])
            return f"{where}: `{key}` {said}." if not said.endswith(".") else f"{where}: `{key}`: {said}"
        case _:
            return f"{where}: {f'`{key}` ' if key else ''}is not understood ({first['msg'].lower()})."


def _line(text: str, number: int, key: str) -> str:
    """`, line N` of a key of the feed with this number, from 0, or of its head; empty where it is written in another way."""
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines) if _TABLE.match(line)]
    if number >= len(heads):
        return ""
    end = heads[number + 1] if number + 1 < len(heads) else len(lines)
    own = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
    at = next((at for at in range(heads[number] + 1, end) if key and own.match(lines[at])), heads[number])
    return f", line {at + 1}"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
