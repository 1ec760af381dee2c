"""Pages from the web: an address becomes bytes, or a capture of them, politely and without being led astray.

Every step of the way, redirects included, is taken apart (`web_address`), looked up and checked (`web_public`), asked
of the site's robots.txt (`robots`), waited for (`web_pace`), and only then asked of the very network address that was
checked (`web_wire`). No cookies, passwords or referrers are sent; proxies of the environment are not used.
"""

from __future__ import annotations

import contextlib
import hashlib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TypeVar

import warlog
from warlog.collect import robots, web_address, web_public, web_types, web_wire
from warlog.collect.origin import account, capture_id, tool
from warlog.collect.web_address import Address
from warlog.collect.web_errors import WebError
from warlog.collect.web_pace import MAX_CLOSED, Pace
from warlog.collect.web_public import Resolver, system_resolver
from warlog.collect.web_wire import Answer, Limits
from warlog.errors import InputError
from warlog.records import Capture

__all__ = ["MAX_BYTES", "MAX_REDIRECTS", "USER_AGENT", "Fetched", "Fetcher", "WebError", "capture_of"]

MAX_BYTES = 64 * 1024 * 1024
MAX_REDIRECTS = 10
USER_AGENT = f"warlog/{warlog.__version__}"
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,text/*;q=0.9,*/*;q=0.5"
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_FOR_GOOD = frozenset((301, 308))
#: Answers that say "not now".
_BUSY = frozenset((408, 425, 429, 500, 502, 503, 504))

_Result = TypeVar("_Result")


@dataclass(slots=True)
class Fetched:
    """What came of fetching an address."""

    #: the address that was asked for, without user name, password and fragment
    url: str
    #: the address that answered
    final_url: str
    #: 200 or another 2xx, or 304 where it has not changed
    status: int
    #: header lines of the answer, [name, value]
    headers: list[list[str]]
    #: the body, unpacked; empty for 304
    data: bytes
    #: ISO 8601, UTC
    retrieved_at: str
    #: media type in the terms of `Capture.media_type`, told from the header and the bytes
    media_type: str
    #: the addresses that redirected, in their order
    redirects: list[str] = field(default_factory=list)
    #: where the address has moved for good, if all its redirects say so
    moved_to: str | None = None

    def header(self, name: str) -> str | None:
        """The first header line of this name, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Fetcher:
    """Fetches addresses. One is made for a run, since it remembers the sites' rules and when each was asked last."""

    def __init__(
        self,
        allow_private: bool = False,
        collector: str = "",
        user_agent: str = USER_AGENT,
        *,
        timeout: float = 120.0,
        connect_timeout: float = 10.0,
        idle_timeout: float = 30.0,
        max_bytes: int = MAX_BYTES,
        min_delay: float = 1.0,
        obey_robots: bool = True,
        resolver: Resolver = system_resolver,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        context: ssl.SSLContext | None = None,
    ) -> None:
        """`allow_private` lets loopback and private network addresses through. Times are in seconds.

        `timeout` is for the whole of one request, `idle_timeout` for silence in it, `min_delay` the least pause between
        two requests to a host. `collector` is who takes the captures in; the name of the account if empty.
        """
        self._allow_private = allow_private
        self._collector = collector or account()
        self._user_agent = user_agent
        self._limits = Limits(connect_timeout, idle_timeout, timeout, max_bytes)
        self._robots_limits = Limits(connect_timeout, min(idle_timeout, 15.0), min(timeout, 30.0), robots.MAX_BYTES)
        self._resolver = resolver
        self._given_context = context
        self._pace = Pace(clock, sleep, min_delay)
        product = user_agent.partition("/")[0].strip() or "warlog"
        self._robots = robots.Robots(product, self._robots_txt, clock) if obey_robots else None

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """GET an address, following its redirects.

        With the ETag or Last-Modified of an earlier answer, the status may be 304 and the data empty. Raises WebError,
        which is an InputError, for whatever else than a 2xx answer comes of it.
        """
        headers = {"User-Agent": self._user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"}
        if etag and _sendable(etag):
            headers["If-None-Match"] = etag
        if last_modified and _sendable(last_modified):
            headers["If-Modified-Since"] = last_modified
        first = web_address.parse(url)
        return self._follow(first, lambda address: self._polite(address, headers), MAX_REDIRECTS, _fetched)

    def capture(self, url: str) -> tuple[Capture, bytes] | InputError:
        """The capture of an address and its bytes, or what is wrong with it. Never raises for an address."""
        try:
            return capture_of(self.fetch(url), self._collector)
        except WebError as error:
            return error

    @property
    def collector(self) -> str:
        """Who takes the captures in."""
        return self._collector

    def _follow(
        self,
        address: Address,
        get: Callable[[Address], Answer],
        most: int,
        finish: Callable[[Address, Address, Answer, list[str], bool], _Result],
    ) -> _Result:
        first, passed, for_good = address, list[str](), True
        while True:
            try:
                answer = get(address)
                location = answer.header("location")
                if answer.status not in _REDIRECTS or location is None:
                    return finish(first, address, answer, passed, for_good)
            except WebError as error:
                # To let through what a page leads to is not advised: it may be what its maker is after.
                raise (error.redirected(passed[0], str(address)) if passed else error.with_hint()) from error.__cause__
            passed.append(str(address))
            for_good = for_good and answer.status in _FOR_GOOD
            address = _next(address, location, passed, most)

    def _polite(self, address: Address, headers: dict[str, str]) -> Answer:
        # Looked up first: an address that is refused is not asked for its robots.txt either.
        ips = self._resolve(address, self._limits)
        delay = self._robots.check(address) if self._robots is not None else 0.0
        with self._pace.turn(address.host, delay):
            answer = web_wire.ask(address, ips, headers, self._limits, lambda: self._context)
        if answer.status in (429, 503):
            after = _retry_after(answer)
            if after is not None:
                self._pace.close(address.host, after)
        return answer

    @cached_property
    def _context(self) -> ssl.SSLContext:
        """Checks certificates against those that the system trusts; loading these takes a while, and is put off."""
        return self._given_context or ssl.create_default_context()

    def _resolve(self, address: Address, limits: Limits) -> list[str]:
        return web_public.resolve(address, self._resolver, allow_private=self._allow_private, seconds=limits.idle)

    def _robots_txt(self, address: Address) -> bytes | None:
        """A site's robots.txt, or None where it has none. Its redirects are followed, as RFC 9309 asks, five times."""
        headers = {"User-Agent": self._user_agent, "Accept": "text/plain,*/*;q=0.5", "Accept-Encoding": "gzip, deflate"}

        def finish(_: Address, last: Address, answer: Answer, passed: list[str], for_good: bool) -> bytes | None:
            if answer.status // 100 == 2:
                return answer.data
            if answer.status in _BUSY or answer.status // 100 == 5:
                raise _not_had(last, answer)
            return None

        def get(hop: Address) -> Answer:
            ips = self._resolve(hop, self._robots_limits)
            return web_wire.ask(hop, ips, headers, self._robots_limits, lambda: self._context, cut=True)

        return self._follow(address, get, 5, finish)


def _next(address: Address, location: str, passed: list[str], most: int) -> Address:
    """Where a redirect leads. Raises WebError if it leads in a circle, on and on, or to what is no web address."""
    with contextlib.suppress(UnicodeError):
        # Header lines come as Latin-1; addresses outside ASCII are in UTF-8 nearly always.
        location = location.encode("latin-1").decode("utf-8")
    target = address.join(location)
    try:
        following = web_address.parse(target)
    except WebError:
        raise WebError(f"{passed[0]} redirects to {web_address.shown(target)}, which is no http or https address.") from None
    if str(following) in passed:
        raise WebError(f"{passed[0]} redirects in a circle.")
    if len(passed) > most:
        raise WebError(f"{passed[0]} redirects more than {most} times.")
    return following


def _fetched(first: Address, last: Address, answer: Answer, passed: list[str], for_good: bool) -> Fetched:
    if answer.status // 100 != 2 and answer.status != 304:
        raise _not_had(last, answer)
    return Fetched(
        url=str(first),
        final_url=str(last),
        status=answer.status,
        headers=answer.headers,
        data=answer.data,
        retrieved_at=datetime.now(UTC).isoformat(timespec="seconds"),
        media_type=web_types.media_type(answer.header("content-type"), answer.data),
        redirects=passed,
        moved_to=str(last) if passed and for_good else None,
    )


def _not_had(address: Address, answer: Answer) -> WebError:
    said = f"{answer.status} ({answer.reason})" if answer.reason else str(answer.status)
    busy = answer.status in _BUSY or answer.status // 100 == 5
    return WebError(
        f"{address} cannot be had: the server answered {said}.",
        passing=busy,
        status=answer.status,
        retry_after=_retry_after(answer) if busy else None,
    )


def _retry_after(answer: Answer) -> float | None:
    """Seconds that the answer asks us to wait, as a number or until a time; None if it does not, or not soundly."""
    value = (answer.header("retry-after") or "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), MAX_CLOSED)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return min(max(0.0, (until - datetime.now(UTC)).total_seconds()), MAX_CLOSED)


def _sendable(value: str) -> bool:
    return value.isprintable() and value.isascii() and len(value) <= 1024


def capture_of(fetched: Fetched, collector: str) -> tuple[Capture, bytes]:
    """The capture of what was fetched. Raises WebError if there is nothing in it to read."""
    data = fetched.data
    if not data.strip():
        raise WebError(f"{fetched.final_url} is empty.")
    if not web_types.is_read(fetched.media_type):
        raise WebError(f"{fetched.final_url} is {fetched.media_type}, not a page of text.")
    sha256 = hashlib.sha256(data).hexdigest()
    capture = Capture(
        capture_id=capture_id(fetched.url, None, sha256),
        sha256=sha256,
        size=len(data),
        source=fetched.url,
        name=fetched.url,
        media_type=fetched.media_type,
        retrieved_at=fetched.retrieved_at,
        method="url",
        url=fetched.url,
        final_url=fetched.final_url,
        status=fetched.status,
        headers=[list(line) for line in fetched.headers],
        tool=tool(),
        collector=collector,
    )
    return capture, data
