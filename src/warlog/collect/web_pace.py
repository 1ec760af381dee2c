"""Politeness: one request at a time to a host, with a pause between, and silence for as long as a host asks for it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from warlog.collect.web_errors import WebError

#: Whoever wants to be left alone for longer is asked another time; nobody is waited for so long.
MAX_WAIT = 90.0
#: No host closes itself to us for longer than this, whatever it says.
MAX_CLOSED = 7 * 86_400.0
_MOST_HOSTS = 4096


class Pace:
    """When which host may be asked next. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None], min_delay: float = 1.0) -> None:
        self._clock = clock
        self._sleep = sleep
        self._min_delay = min_delay
        self._lock = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._next: dict[str, float] = {}

    @contextlib.contextmanager
    def turn(self, host: str, delay: float = 0.0) -> Iterator[None]:
        """Wait for the host to be free, hold it while the block runs, and then leave it alone for a while.

        `delay` is what the host asks for between requests, in seconds. Raises WebError where the wait would be long.
        """
        with self._lock:
            turn = self._turns.setdefault(host, threading.Lock())
        with turn:
            wait = self._next.get(host, 0.0) - self._clock()
            if wait > MAX_WAIT:
                raise WebError(f"{host} wants to be left alone for {_shown(wait)} more.", passing=True, retry_after=wait)
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                self._leave(host, max(delay, self._min_delay))

    def close(self, host: str, seconds: float) -> None:
        """The host wants no request for so many seconds."""
        self._leave(host, min(seconds, MAX_CLOSED))

    def _leave(self, host: str, seconds: float) -> None:
        now = self._clock()
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), now + seconds)
            if len(self._next) > _MOST_HOSTS:
                self._next = {known: free for known, free in self._next.items() if free > now}
                self._turns = {known: turn for known, turn in self._turns.items() if known in self._next or turn.locked()}


def _shown(seconds: float) -> str:
    for size, unit in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        number = round(seconds / size)
        if number:
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "a moment"
