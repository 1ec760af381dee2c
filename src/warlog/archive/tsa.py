"""Sending a time stamp request to a server over HTTP, within the rules for the network: only where the user named it.

An address that leads into the user's own network is refused unless it was allowed, redirects are not followed, and no
more is read than a time stamp can be long.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from warlog.archive.stamps import MAX_ANSWER_BYTES, StampError
from warlog.errors import UsageError

#: How long the server may take to connect and between two pieces of its answer.
TIMEOUT_SECONDS = 20.0


def ask(url: str, request: bytes, *, allow_private: bool = False) -> bytes:
    """The server's answer to a request. Raises UsageError for an address that is refused, StampError if none comes."""
    import urllib3

    host, port, path, secure = _parts(url)
    address = _address(url, host, port, allow_private)
    timeout = urllib3.Timeout(connect=TIMEOUT_SECONDS, read=TIMEOUT_SECONDS)
    # The pool is given the address that was checked, so that the name cannot lead elsewhere a moment later.
    pool: urllib3.HTTPConnectionPool
    if secure:
        pool = urllib3.HTTPSConnectionPool(
            address, port, timeout=timeout, retries=False, server_hostname=host, assert_hostname=host, cert_reqs="CERT_REQUIRED"
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout, retries=False)
    headers = {
        "Host": urlsplit(url).netloc,
        "Content-Type": "application/timestamp-query",
        "Accept": "application/timestamp-reply",
        "User-Agent": "warlog",
    }
    try:
        answer = pool.urlopen("POST", path, body=request, headers=headers, redirect=False, preload_content=False)
        try:
            if answer.status != 200:
                raise StampError(f"{url} gave no time stamp: it answered with HTTP status {answer.status}.")
            data = answer.read(MAX_ANSWER_BYTES + 1)
        finally:
            answer.close()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise StampError(f"{url} gave no time stamp: {_said(error)}.") from error
    finally:
        pool.close()
    if len(data) > MAX_ANSWER_BYTES:
        raise StampError(f"{url} gave no time stamp: its answer is longer than {MAX_ANSWER_BYTES // 1024} KiB.")
    return data


def _parts(url: str) -> tuple[str, int, str, bool]:
    """Host, port, path with query, and whether it is https. Raises UsageError."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise UsageError(f"{url} is no address.") from None
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(f"{url} is no address of a time stamp server: it begins with http:// or https://.")
    if "@" in parts.netloc:
        raise UsageError("The address of the time stamp server holds a user name or password, which would stay on record.")
    secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return host, port or (443 if secure else 80), path, secure


def _address(url: str, host: str, port: int, allow_private: bool) -> str:
    """One of the host's addresses, all of them checked. Raises UsageError and StampError."""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise StampError(f"{url} gave no time stamp: its host {host} is not known.") from error
    if not allow_private:
        for address in found:
            ip = ipaddress.ip_address(address.partition("%")[0])
            ip = getattr(ip, "ipv4_mapped", None) or ip
            if not ip.is_global or ip.is_multicast:
                raise UsageError(
                    f"{url} leads to {ip}, an address of this machine or its own network; --allow-private allows that."
                )
    return found[0]


def _said(error: Exception) -> str:
    text = " ".join(str(error).split()).rstrip(".")
    # urllib3 puts the object first, and what happened last.
    return text.rsplit(": ", 1)[-1][:200] or type(error).__name__
