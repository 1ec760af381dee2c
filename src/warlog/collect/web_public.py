"""Which network addresses are out on the public internet, and which belong to this machine or a network around it.

A page or a redirect can name any address it likes. Unless the user allowed it, nothing is asked of the machine we run
on, its neighbours, or the services of a data centre that answer to whoever is inside.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence

from warlog.collect.web_address import Address
from warlog.collect.web_errors import WebError

#: Host name and port to IP addresses. Raises OSError if the name is not known.
Resolver = Callable[[str, int], Sequence[str]]

#: The IANA registries of special addresses, but for those that are public all the same.
_NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
#: Everything public in IPv6 lies here, but for what is taken out below.
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    ipaddress.IPv6Network(block)
    for block in ("2001::/23", "2001:db8::/32", "3fff::/20", "2620:4f:8000::/48")
)  # fmt: skip
#: IPv6 blocks that carry an IPv4 address, with how far from the right end it stands.
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, for the IPv4 address inside an IPv6 one too."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in block for block in _NOT_PUBLIC_4)
    inner = _inner(ip)
    if inner is not None:
        return is_public(str(inner))
    return ip in _GLOBAL_6 and not any(ip in block for block in _NOT_PUBLIC_6)


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in _MAPPED or ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip in _SIX_TO_FOUR:
        return ipaddress.IPv4Address((int(ip) >> 80) & 0xFFFFFFFF)
    return None


def system_resolver(host: str, port: int) -> list[str]:
    """The IP addresses of a host, as the system knows them, each once. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve(address: Address, resolver: Resolver, *, allow_private: bool, seconds: float) -> list[str]:
    """The IP addresses to connect to. Raises WebError if there are none, or if any is not public and must be."""
    found = [address.host] if address.is_literal else _asked(address, resolver, seconds)
    if not found:
        raise WebError(f"{address} cannot be had: no host {address.host} is known.", passing=True)
    if not allow_private and not all(map(is_public, found)):
        raise WebError(f"{address} is refused: it leads to a private or local network address.", refused=True)
    return found


def _asked(address: Address, resolver: Resolver, seconds: float) -> list[str]:
    """What the resolver says, within the time: the system's own may think for minutes and cannot be stopped."""
    answer: list[str] = []
    fault: list[Exception] = []

    def ask() -> None:
        try:
            answer.extend(resolver(address.host, address.port))
        except Exception as error:
            fault.append(error)

    thread = threading.Thread(target=ask, daemon=True, name="warlog-resolve")
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise WebError(f"{address} cannot be had: its host was not found within {seconds:.0f} seconds.", passing=True)
    if fault:
        # A name that does not exist and a resolver that is out of reach look alike to us.
        if isinstance(fault[0], OSError | UnicodeError):
            raise WebError(f"{address} cannot be had: no host {address.host} is known.", passing=True) from fault[0]
        raise fault[0]
    return answer
