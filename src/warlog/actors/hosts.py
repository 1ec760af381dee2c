"""From what somebody took for an address to the host that it is of.

An address may come without its scheme, with a port, a user name, capitals or a closing full stop, in Punycode or in its own
script; it may be that of an archive's copy, of a translation or of a mobile carrier's copy of the page: then the host is that of
the page which was copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote

from warlog import vocabulary

#: No host name is longer; what is, is no address.
_LONGEST = 4096
_HOST = re.compile(r"^(?=.{1,253}$)[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*$")
_NESTED = re.compile(r"(?:https?:/{1,2}|[/=:]|^)((?:[\w-]+\.)+[^\W\d_][\w-]+)(?=[/:?#&]|$)", re.IGNORECASE)


def host_of(address: str) -> str:
    """The host of an address or the domain itself, in lower case and in its own script; "" if it is none.

    A copy in an archive, a translation or a carrier's copy is of the host whose page was copied.
    """
    text = address.strip()
    if not text or len(text) > _LONGEST or any(c.isspace() for c in text):
        return ""
    host, rest = _split(text)
    if not host:
        return ""
    carried = _carried(host)
    if carried:
        return carried
    if _among(host, "archives"):
        return _archived(rest) or host
    return host


def parents(host: str) -> Iterator[str]:
    """A host and the domains that it lies in, longest first, down to two labels: www.a.org.uk, a.org.uk, org.uk."""
    labels = host.split(".")
    for first in range(max(len(labels) - 1, 0)):
        yield ".".join(labels[first:])


def is_domain(text: str) -> bool:
    """Whether a text is a host name of at least two labels, in lower case, with nothing around it."""
    return "." in text and text == text.lower() and _HOST.match(text) is not None


def _split(text: str) -> tuple[str, str]:
    """Host and what follows it."""
    after = re.sub(r"^[a-z][a-z0-9+.-]*:(?=//)", "", text, flags=re.IGNORECASE)
    after = after.removeprefix("//") if after.startswith("//") else after
    authority, rest = re.match(r"^([^/?#\\]*)(.*)$", after, re.DOTALL).groups()  # type: ignore[union-attr]
    host = re.sub(r":\d*$", "", authority.rpartition("@")[2]).strip(".").lower()
    return (_readable(host), rest) if _HOST.match(host) else ("", rest)


def _readable(host: str) -> str:
    """Punycode labels in the script that they stand for; as they are where they stand for none."""
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna").lower()
    except UnicodeError:
        return host


def _carried(host: str) -> str:
    """The host that is written into a carrier's sub-domain, or ""."""
    for carrier in _table("carriers"):
        label = host.removesuffix("." + carrier)
        if label != host and "." not in label:
            named = label.replace("--", "\0").replace("-", ".").replace("\0", "-")
            return named if is_domain(named) else ""
    return ""


def _archived(rest: str) -> str:
    """The host of the page that an archive's path or query names, or ""."""
    found = _NESTED.search(unquote(rest))
    return _split(found.group(1))[0] if found else ""


def _among(host: str, table: str) -> bool:
    return any(domain in _table(table) for domain in parents(host))


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(vocabulary.load("outlet_lookup")[name])
