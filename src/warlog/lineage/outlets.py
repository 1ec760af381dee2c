"""Which outlet a name or an address means, as far as lineage needs it: whether two of them are one.

An outlet is a set of keys: its name without the words that many outlets share, the host of its address, and every name and
domain that the outlet and agency vocabularies know it by.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from urllib.parse import urlsplit

from warlog import vocabulary
from warlog.lineage.text import Text
from warlog.lineage.words import exact, number_of

#: what stands before a host's own name
_SUBDOMAINS = re.compile(r"^(?:www\d?|m|mobile|amp|en|eng|english|ar|arabic|ru|fr|es|de|uk|news|beta|old|edition)\.")
#: what is longer is no name
_LONGEST = 300
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.I)
_WORDS = re.compile(r"\w+")


def host_of(address: str | None) -> str | None:
    """The host of an address, lower case, without www and the like; None if it has none. Never raises."""
    if not address:
        return None
    try:
        found = urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return None
    if not found or not _HOST.fullmatch(found):
        return None
    bare = found.lower().rstrip(".")
    while (shorter := _SUBDOMAINS.sub("", bare)) != bare and "." in shorter:
        bare = shorter
    return bare


def page_of(address: str | None) -> str | None:
    """Host and path of an address, without scheme, query, fragment and last slash; None for a bare host or none."""
    host = host_of(address)
    if host is None or address is None:
        return None
    path = urlsplit(address if "//" in address else f"//{address}").path.rstrip("/")
    return f"{host}{path}" if path else None


@lru_cache(maxsize=4096)
def keys(name: str | None) -> frozenset[str]:
    """The keys of the outlet that a name or address means; empty where it names none."""
    if not name or len(name) > _LONGEST or not name.strip() or name.strip().casefold() in _vague():
        return frozenset()
    host = host_of(name) if _HOST.search(name) and " " not in name.strip() else None
    own = {host} if host else {_name_key(name)} - {""}
    return frozenset(own.union(*(_known().get(k, frozenset()) for k in own)))


def publisher_of(text: Text) -> frozenset[str]:
    """Keys of who published a text: its publisher's and its address's."""
    host = host_of(text.url)
    return keys(text.publisher) | (keys(host) if host else frozenset())


@lru_cache(maxsize=4096)
def number_of_outlet(publisher: str | None, url: str | None) -> int:
    """A number for who published a text, the same in every process; 0 where that is not known."""
    found = keys(publisher) or keys(host_of(url))
    return number_of(min(found)) if found else 0


def credited_by(text: Text) -> frozenset[str]:
    """Keys of those it credits with its text, its own publisher left out."""
    names = [text.original_publisher, host_of(text.original_url), text.agency]
    names += [host_of(value) or value for _, value in text.credits]
    return frozenset().union(*(keys(n) for n in names)) - publisher_of(text)


def pages_credited_by(text: Text) -> frozenset[str]:
    """Pages it gives as the place of its text, its own left out."""
    pages = {page_of(text.original_url), *(page_of(v) for _, v in text.credits if "/" in v)}
    return frozenset(p for p in pages if p and p != page_of(text.url))


def _name_key(name: str) -> str:
    """The telling words of a name run together; all its words where none tells."""
    found = [exact(w) for w in _WORDS.findall(name)]
    telling = [w for w in found if w not in _common()]
    return "".join(telling or found)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(exact(w) for w in vocabulary.load("lineage")["outlets"]["common"])


@lru_cache(maxsize=1)
def _vague() -> frozenset[str]:
    return frozenset(w.casefold() for w in vocabulary.load("lineage")["outlets"]["vague"])


@lru_cache(maxsize=1)
def _known() -> dict[str, frozenset[str]]:
    """Key to all keys of the outlet it is known to belong to; a key that several outlets share tells nothing more."""
    groups: list[set[str]] = []
    for name in vocabulary.names("outlets"):
        for outlet in vocabulary.load(name)["outlet"]:
            keys_of = {_name_key(n) for n in (outlet["name"], *outlet.get("aliases", ()))}
            domains = [d if isinstance(d, str) else d["domain"] for d in outlet.get("domains", ())]
            groups.append((keys_of | {h for d in domains if (h := host_of(d))}) - {""})
    outlet_count = len(groups)
    for agency in vocabulary.load("agencies")["agency"]:
        groups.append({_name_key(n) for n in (agency["name"], *agency.get("also", ()))} - {""})
    owners: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        for key in group:
            owners[key].append(n)
    return {
        key: frozenset().union(*(groups[n] for n in found))
        for key, found in owners.items()
        if sum(n < outlet_count for n in found) <= 1 and sum(n >= outlet_count for n in found) <= 1
    }
