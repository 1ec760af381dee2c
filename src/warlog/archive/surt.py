"""Addresses in the form that indexes of web archives are sorted by: host from the end forward, in lower case.

`https://www.example.com:8080/A/?b=2&a=1` becomes `com,example:8080)/a?a=1&b=2`, as the usual indexers write it.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_WWW = re.compile(r"www\d*\.")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def surt(url: str) -> str:
    """The sort key of an address. One that is not of the web (urn:) is its own."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return url
    host = _WWW.sub("", host.rstrip("."), count=1) if _WWW.match(host) else host.rstrip(".")
    name = host if re.fullmatch(r"[\d.]+|.*:.*", host) else ",".join(reversed(host.split(".")))
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        name += f":{port}"
    path = parts.path.lower().rstrip("/") or "/"
    query = "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    return f"{name}){path}" + (f"?{query}" if query else "")
