"""Addresses of the web: taken apart once, by us, so that what is checked and what is asked are the same thing.

User names and passwords in an address are dropped here, before it is shown, kept or sent anywhere.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from warlog.collect.web_errors import WebError

#: Longer addresses are made by programs that have gone wrong.
MAX_LENGTH = 8192
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?")
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?")
_USERINFO = re.compile(r"^([a-z][a-z0-9+.-]*:)?[/\\]{2}[^/\\?#]*@", re.I)
#: What may stand in a path or query as it is; a percent sign too, since what is encoded stays so.
_PATH = "/%:@!$&'()*+,;=~-._"
_QUERY = _PATH + "?"


@dataclass(slots=True, frozen=True)
class Address:
    """An http or https address, taken apart."""

    scheme: str
    #: host name in ASCII, or an IP address without brackets
    host: str
    port: int
    #: path and query as they are sent
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and, where it is not the usual one, port: `https://example.org`."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        """Host and, where it is not the usual one, port, as they stand in an address and in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def is_literal(self) -> bool:
        """Whether the host is an IP address and no name."""
        return ":" in self.host or _NUMERIC.fullmatch(self.host) is not None

    def __str__(self) -> str:
        return self.origin + self.target

    def join(self, location: str) -> str:
        """The address that a Location header or link found here leads to. Raises WebError if it is none."""
        try:
            return urljoin(str(self), location.strip())
        except ValueError:
            raise WebError(f"{self} redirects to {shown(location)!r}, which is no address.") from None


def shown(url: str) -> str:
    """An address as it may be shown: without user name and password, control characters and excess length."""
    clean = "".join(c if c.isprintable() else "�" for c in _USERINFO.sub(r"\1//", url.strip()))
    return clean if len(clean) <= 300 else clean[:299] + "…"


def parse(url: str) -> Address:
    """The address, without user name, password and fragment. Raises WebError for what is none, or not http or https."""
    name = shown(url)
    if len(url) > MAX_LENGTH:
        raise WebError(f"{name[:80]}… is longer than {MAX_LENGTH} characters, which no address is.")
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError:
        # Where the parts cannot be told apart, whatever may be a password is left out.
        raise WebError(f"{re.sub(r'//.*@', '//', name)} is no address.") from None
    if scheme not in _PORTS:
        raise WebError(f"{name} is not an http or https address.")
    if not host or port == 0:
        raise WebError(f"{name} is no address: it names no {'port' if host else 'host'}.")
    target = quote(parts.path or "/", safe=_PATH) + (f"?{quote(parts.query, safe=_QUERY)}" if parts.query else "")
    return Address(scheme, _host(host, name), port or _PORTS[scheme], target)


def _host(host: str, name: str) -> str:
    """The host as it is asked for: names in ASCII, IP addresses in their usual spelling whatever they were written in."""
    wrong = WebError(f"{name} is no address: its host is no host name.")
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host.partition("%")[0]))
        except ValueError:
            raise wrong from None
    try:
        ascii_host = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError:
        raise wrong from None
    if len(ascii_host) > 253 or not _HOST.fullmatch(ascii_host):
        raise wrong
    if not _NUMERIC.fullmatch(ascii_host):
        return ascii_host
    # 127.1, 0x7f000001, 2130706433 and 0177.0.0.1 are all one address, and every system reads them so.
    try:
        return socket.inet_ntoa(socket.inet_aton(ascii_host.rstrip(".")))
    except OSError:
        raise wrong from None
