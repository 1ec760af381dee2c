"""Asking a language model behind an OpenAI-compatible endpoint (`/chat/completions`), with patience and a bill.

Servers that are busy or out for a moment are asked again, with growing pauses and as they wish (`Retry-After`). Only the
endpoint that the user named is ever talked to; redirects are not followed, so that a key goes nowhere else.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import urllib3

from warlog.errors import UsageError, WarlogError

_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_LONGEST_PAUSE = 60.0
_LARGEST_ANSWER = 8 * 1024 * 1024


class EndpointError(WarlogError):
    """The endpoint did not answer as it should; the sentence says how."""


@dataclass(slots=True, frozen=True)
class Reply:
    """What came back: the text, what it cost in tokens, how long it took and in how many tries."""

    content: str
    tokens_in: int
    tokens_out: int
    seconds: float
    tries: int
    #: why the model stopped: "stop", or "length" where the answer was cut
    finish: str


@dataclass(slots=True)
class Endpoint:
    """An endpoint (its address up to `/v1`), a model, and how patient to be. The key is read from the environment."""

    url: str
    model: str
    #: name of the environment variable that holds the key; none is sent where it is empty
    key_variable: str = ""
    #: seconds that one answer may take
    timeout: float = 300.0
    #: how often a question is asked at most
    tries: int = 4
    max_tokens: int = 4096
    temperature: float = 0.0
    sleep: Callable[[float], None] = time.sleep
    _pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(num_pools=1), init=False, repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{self.url!r} is no address of an endpoint, such as http://localhost:8080/v1.")
        if parts.username or parts.password:
            raise UsageError("A key does not belong into the endpoint's address: name its environment variable instead.")

    @property
    def host(self) -> str:
        """Host and port, as told in records: never the key."""
        return urlsplit(self.url).netloc

    def ask(self, messages: Sequence[dict[str, str]], schema: dict[str, Any]) -> Reply:
        """The model's answer to these messages, bound to the schema. Raises EndpointError, UsageError for a missing key."""
        body = json.dumps(
            {
                "model": self.model,
                "messages": list(messages),
                "temperature": self.temperature,
                "max_tokens": self.max_tokens,
                "response_format": {"type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": schema}},
            }
        ).encode()
        started = time.monotonic()
        fault = ""
        for number in range(1, self.tries + 1):
            pause = min(_LONGEST_PAUSE, 2.0 ** (number - 1))
            try:
                answer = self._post(body)
            except urllib3.exceptions.HTTPError as error:
                fault = f"it cannot be reached ({_reason(error)})"
            else:
                status, data, after = answer
                if status == 200:
                    return self._reply(data, time.monotonic() - started, number)
                fault = f"it answered with status {status}{_told(data)}"
                if status not in _AGAIN:
                    break
                pause = max(pause, after)
            if number < self.tries:
                self.sleep(min(pause, _LONGEST_PAUSE))
        raise EndpointError(f"The language model at {self.host} gave no answer: {fault}.")

    def _post(self, body: bytes) -> tuple[int, bytes, float]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key_variable:
            key = os.environ.get(self.key_variable, "").strip()
            if not key:
                raise UsageError(f"The environment variable {self.key_variable}, which should hold the key, is not set.")
            headers["Authorization"] = f"Bearer {key}"
        address = self.url.rstrip("/") + "/chat/completions"
        response = self._pool.request(
            "POST", address, body=body, headers=headers, retries=False, redirect=False, preload_content=False,
            timeout=urllib3.Timeout(connect=10.0, read=self.timeout),
        )  # fmt: skip
        try:
            data = response.read(_LARGEST_ANSWER + 1)
            if len(data) > _LARGEST_ANSWER:
                raise EndpointError(f"The language model at {self.host} answers without end.")
            return response.status, data, _seconds(response.headers.get("Retry-After"))
        finally:
            response.close()

    def _reply(self, data: bytes, seconds: float, tries: int) -> Reply:
        try:
            answer = json.loads(data)
            choice = answer["choices"][0]
            content = choice["message"]["content"]
            usage = answer.get("usage") or {}
            counts = int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
            raise EndpointError(f"What answers at {self.host} does not speak the chat-completions protocol.") from error
        return Reply(content if isinstance(content, str) else "", *counts, seconds, tries, str(choice.get("finish_reason") or ""))


def _seconds(text: str | None) -> float:
    """The pause that a server asks for; 0 where it gives none, or a date."""
    try:
        return max(0.0, float(text or 0))
    except ValueError:
        return 0.0


def _told(data: bytes) -> str:
    """What an error answer says of itself, in a few words."""
    try:
        error = json.loads(data)["error"]
        said = error["message"] if isinstance(error, dict) else str(error)
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return f" ({' '.join(str(said).split())[:160]})"


def _reason(error: urllib3.exceptions.HTTPError) -> str:
    if isinstance(error, urllib3.exceptions.NameResolutionError):
        return "no such host"
    # Both of these are kinds of timeout to the library.
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return "nothing answers there"
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return "it took too long"
    return type(error).__name__
