"""Downloading a large file whose size and SHA-256 are known beforehand: what came is kept, and an interrupted download goes on.

Every address, redirects included, is looked up and checked before anything is asked of it, and the connection goes to the very
network address that was checked. Nothing is taken for the file before its SHA-256 is right.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import re
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from urllib3 import BaseHTTPResponse
from urllib3 import exceptions as faults
from urllib3.connection import HTTPConnection, HTTPSConnection

from warlog.collect import web_address, web_public
from warlog.collect.web import USER_AGENT
from warlog.collect.web_address import Address
from warlog.errors import InputError, LogError

_PIECE = 256 * 1024
_MOST_REDIRECTS = 5
_SECONDS = 30.0
#: A line that breaks is taken up again so often without anything having come.
_TRIES = 3
_PAUSE = 0.5
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")

Progress = Callable[[int, int], None]


def download(
    url: str, target: Path, *, sha256: str, size: int, allow_private: bool = False, progress: Progress | None = None
) -> None:
    """Download an address to `target`, going on with what lies there from an interrupted download.

    `progress` is told bytes done and bytes in all. Raises InputError if the file cannot be had or is not the one with this
    SHA-256 and size in bytes (then nothing is left at `target`), LogError if it cannot be written.
    """
    _room_for(target, size)
    tries = 0
    while True:
        had = target.stat().st_size if target.exists() else 0
        if had >= size:
            break
        try:
            _go_on(url, target, had, size, allow_private, progress)
            break
        except _Broken as broken:
            now = target.stat().st_size if target.exists() else 0
            tries = 0 if now > had else tries + 1
            if tries >= _TRIES:
                raise InputError(f"{web_address.shown(url)} cannot be had: {broken}; what came is kept, try again.") from broken
            time.sleep(_PAUSE * tries)
    if progress is not None:
        progress(size, size)
    _verify(url, target, sha256, size)


class _Broken(Exception):
    """The line broke: what came is kept, and another try may go on."""


def _room_for(target: Path, size: int) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and target.stat().st_size > size:
            target.unlink()
    except OSError as error:
        raise LogError(f"{target.parent}: cannot be written: {error.strerror or error}.") from error


def _verify(url: str, target: Path, sha256: str, size: int) -> None:
    try:
        with target.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        right = found == sha256.lower() and target.stat().st_size == size
        if not right:
            target.unlink()
    except OSError as error:
        raise LogError(f"{target}: cannot be read: {error.strerror or error}.") from error
    if not right:
        raise InputError(
            f"{web_address.shown(url)} is not the file that the pack index promises (its SHA-256 differs); nothing was installed."
        )


def _go_on(url: str, target: Path, had: int, size: int, allow_private: bool, progress: Progress | None) -> None:
    """One connection's worth of the file. Raises _Broken if it ends too soon."""
    address = web_address.parse(url)
    for _ in range(_MOST_REDIRECTS + 1):
        with _asked(address, had, allow_private) as response:
            if response.status in {301, 302, 303, 307, 308} and response.headers.get("location"):
                address = web_address.parse(address.join(response.headers["location"]))
                continue
            _take(response, address, target, had, size, progress)
            return
    raise InputError(f"{web_address.shown(url)} cannot be had: it redirects more than {_MOST_REDIRECTS} times.")


@contextmanager
def _asked(address: Address, had: int, allow_private: bool) -> Iterator[BaseHTTPResponse]:
    ips = web_public.resolve(address, web_public.system_resolver, allow_private=allow_private, seconds=_SECONDS)
    headers = {"Host": address.netloc, "User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    if had:
        headers["Range"] = f"bytes={had}-"
    connection = _connection(address, ips[0])
    with contextlib.closing(connection):
        try:
            connection.request("GET", address.target, headers=headers, preload_content=False)
            yield connection.getresponse()
        except (faults.HTTPError, http.client.HTTPException, ConnectionError, TimeoutError) as error:
            raise _Broken("the line broke") from error
        except ssl.SSLError as error:
            raise InputError(f"{address} cannot be had: no secure connection can be agreed on with the server.") from error
        except OSError as error:
            raise _Broken(f"{error.strerror or error}".lower()) from error


def _connection(address: Address, ip: str) -> HTTPConnection:
    if address.scheme == "http":
        return HTTPConnection(ip, address.port, timeout=_SECONDS)
    context = ssl.create_default_context()
    return HTTPSConnection(ip, address.port, timeout=_SECONDS, ssl_context=context, server_hostname=address.host)


def _take(response: BaseHTTPResponse, address: Address, target: Path, had: int, size: int, progress: Progress | None) -> None:
    if response.status == 416:
        # the server's file is shorter than what lies here: begin anew
        target.unlink(missing_ok=True)
        raise _Broken("the file has changed there")
    if response.status not in {200, 206}:
        sentence = f"the server answered {response.status}"
        if response.status in {408, 425, 429, 500, 502, 503, 504}:
            raise _Broken(sentence)
        raise InputError(f"{address} cannot be had: {sentence}.")
    if response.status == 206:
        found = _RANGE.fullmatch(response.headers.get("content-range", ""))
        if found is None or int(found[1]) != had:
            target.unlink(missing_ok=True)
            raise _Broken("the server sent another part than was asked for")
    else:
        # the server cannot go on in the middle
        had = 0
    try:
        stream = target.open("ab" if had else "wb")
    except OSError as error:
        raise LogError(f"{target}: cannot be written: {error.strerror or error}.") from error
    with stream:
        while piece := response.read1(_PIECE, decode_content=False):
            had += len(piece)
            if had > size:
                stream.close()
                target.unlink(missing_ok=True)
                raise InputError(f"{address} is larger than the pack index promises ({size:,} bytes); nothing was installed.")
            try:
                stream.write(piece)
                stream.flush()
            except OSError as error:
                raise LogError(f"{target}: cannot be written: {error.strerror or error}.") from error
            if progress is not None:
                progress(had, size)
    if had < size:
        raise _Broken("the answer broke off before its end")
