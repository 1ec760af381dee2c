"""One request to one network address that was checked before: the connection goes there and nowhere else.

The host's name goes into the Host header, and into TLS for the choice and the check of the certificate, but is not
looked up again: whoever answers for the name differently a moment later gains nothing. Everything has a limit: the
time for the whole, the bytes on the line, and what they unpack to.
"""

from __future__ import annotations

import contextlib
import http
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType

from urllib3 import BaseHTTPResponse
from urllib3 import exceptions as faults
from urllib3.connection import HTTPConnection, HTTPSConnection

from warlog.collect.records import storable
from warlog.collect.web_address import Address
from warlog.collect.web_errors import WebError

_PIECE = 64 * 1024
#: So many of a host's IP addresses are tried.
_MOST_IPS = 4


@dataclass(slots=True, frozen=True)
class Limits:
    """How long and how much one request may take."""

    #: seconds until a connection stands
    connect: float = 10.0
    #: seconds without a byte
    idle: float = 30.0
    #: seconds for the whole of it
    total: float = 120.0
    #: bytes of the answer, on the line and unpacked
    size: int = 64 * 1024 * 1024


@dataclass(slots=True, frozen=True)
class Answer:
    """What a server answered: its body is unpacked already; the headers stand as they came."""

    status: int
    reason: str
    headers: list[list[str]]
    data: bytes
    #: whether there was more than was asked for and it was cut off
    cut: bool = False

    def header(self, name: str) -> str | None:
        """The first header line of this name, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def ask(
    address: Address,
    ips: Sequence[str],
    headers: Mapping[str, str],
    limits: Limits,
    context: Callable[[], ssl.SSLContext],
    *,
    cut: bool = False,
) -> Answer:
    """GET the address from the first of its IP addresses that takes the connection.

    The body is read of 2xx answers only; nothing of the others is kept. One that is larger than the limit is refused,
    or with `cut` cut off there. Raises WebError.
    """
    ends = time.monotonic() + limits.total
    for ip in ips[:_MOST_IPS]:
        connection = _connection(address, ip, limits, context)
        with contextlib.closing(connection), _Watch(ends) as watch:
            try:
                try:
                    connection.connect()
                except (faults.NewConnectionError, faults.ConnectTimeoutError):
                    # Of several addresses some may be out of reach from here, such as those of IPv6.
                    if ip == ips[:_MOST_IPS][-1] or watch.late:
                        raise
                    continue
                watch.guard(connection.sock)
                connection.timeout = limits.idle
                connection.request("GET", address.target, headers={"Host": address.netloc, **headers}, preload_content=False)
                return _answer(connection.getresponse(), address, limits, watch, cut=cut)
            except WebError:
                raise
            except (faults.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
                why = _late(limits) if watch.late else _why(error, limits)
                raise WebError(f"{address} cannot be had: {why}.", passing=True) from error
    raise AssertionError("an address without IP addresses is not asked")


def _connection(address: Address, ip: str, limits: Limits, context: Callable[[], ssl.SSLContext]) -> HTTPConnection:
    seconds = min(limits.connect, limits.total)
    if address.scheme == "http":
        return HTTPConnection(ip, address.port, timeout=seconds)
    # The context checks the certificate against the name given here, not against the IP address.
    return HTTPSConnection(ip, address.port, timeout=seconds, ssl_context=context(), server_hostname=address.host)


def _answer(response: BaseHTTPResponse, address: Address, limits: Limits, watch: _Watch, *, cut: bool) -> Answer:
    headers = [[storable(name), storable(value)] for name, value in response.headers.items()]
    if response.status // 100 != 2:
        return Answer(response.status, _phrase(response), headers, b"")
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limits.size and not cut:
        raise _large(address, limits)
    parts: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE, decode_content=True):
        parts.append(piece)
        size += len(piece)
        if max(size, response.tell()) > limits.size:
            if cut:
                return Answer(response.status, _phrase(response), headers, b"".join(parts)[: limits.size], cut=True)
            raise _large(address, limits)
    if watch.late:
        # To a body without a declared length, the line that we cut looks like its end.
        raise WebError(f"{address} cannot be had: {_late(limits)}.", passing=True)
    return Answer(response.status, _phrase(response), headers, b"".join(parts))


def _phrase(response: BaseHTTPResponse) -> str:
    try:
        return http.HTTPStatus(response.status).phrase
    except ValueError:
        return ""


def _large(address: Address, limits: Limits) -> WebError:
    return WebError(f"{address} is larger than {limits.size / 2**20:g} MiB and is not read.")


def _late(limits: Limits) -> str:
    return f"it was not all there after {limits.total:g} seconds"


def _why(error: Exception, limits: Limits) -> str:
    """What went wrong, in words that go on after "cannot be had:"."""
    if isinstance(error, faults.NewConnectionError):
        reason = getattr(error.__cause__, "strerror", None) or "no way to it"
        return f"no connection ({str(reason).lower()})"
    if isinstance(error, faults.ConnectTimeoutError):
        return f"no connection within {limits.connect:g} seconds"
    if isinstance(error, faults.TimeoutError | TimeoutError):
        return f"the server said nothing for {limits.idle:g} seconds"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({_one_line(error.verify_message)})"
    if isinstance(error, ssl.SSLError | faults.SSLError):
        return "no secure connection can be agreed on with the server"
    if isinstance(error, faults.DecodeError):
        return "its answer cannot be unpacked"
    if any(isinstance(one, http.client.IncompleteRead) for one in (error, error.__cause__)):
        return "the answer broke off before its end"
    if isinstance(error, ConnectionError | faults.ProtocolError) and not isinstance(error, http.client.BadStatusLine):
        return "the server broke off the connection"
    return "the server's answer is no HTTP that can be understood"


def _one_line(text: str) -> str:
    return " ".join(storable(text).split())[:160].rstrip(".")


class _Watch:
    """Cuts the line when the time is up. Time limits of the socket alone do not stop a server that sends byte by byte."""

    def __init__(self, ends: float) -> None:
        self.late = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(max(0.0, ends - time.monotonic()), self._cut)
        self._timer.daemon = True

    def __enter__(self) -> _Watch:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._timer.cancel()

    def guard(self, line: socket.socket | None) -> None:
        """The connection to cut. Raises TimeoutError if the time is up already."""
        self._socket = line
        if self.late:
            raise TimeoutError

    def _cut(self) -> None:
        self.late = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                # Of the plain socket: the one of TLS would forget its state while the other thread reads.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
