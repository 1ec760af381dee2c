"""Who is named in a byline or a line of thanks: the persons, and the agencies, each by themselves.

"Jane Doe and John Roe in Beirut, Associated Press" is two persons and an agency; "our correspondents" is nobody by name.
"""

from __future__ import annotations

import re
from functools import cache

from warlog import vocabulary
from warlog.read import links, names

_HANDLE = re.compile(r"[@#]\w+|\S+@\S+|https?://\S+|\S+\.(?:com|org|net)\b")
_OWN = re.compile(r"^(?:the )?(?P<agency>.{2,40}?)['’]s?\s+(?P<rest>.+)$")
_LONGEST = 60


def persons(text: str) -> list[str]:
    """The persons named, in order, as written but for names in capitals throughout."""
    found: list[str] = []
    parts = _parts(text)
    for part in parts:
        if found and _is_post(part):
            continue
        name = _person(part, first=not found and len(parts) == 1)
        if name is not None and name not in found:
            found.append(name)
    return found


def agencies(text: str) -> list[str]:
    """The agencies named, by the names they go by, in order."""
    found: list[str] = []
    for part in _parts(text):
        known = names.agency(part) or names.agency(_untitled(part)) or names.agency(re.sub(r"(?i)^the\s+", "", part))
        own = _OWN.match(part) or re.match(
            r"(?P<agency>\S+(?:\s\S+){0,2}?)\s+(?=staff|writer|reporter|correspondent)", part, re.I
        )
        if known is None and own is not None:
            known = names.agency(re.sub(r"(?i)^the\s+", "", own["agency"]))
        if known is None:
            lead = _agency_lead().match(part)
            known = names.agency(lead[0]) if lead is not None else None
        if known is not None and known not in found:
            found.append(known)
    return found


def outlets(text: str) -> list[str]:
    """The outlets named that are no agencies, in order."""
    return [part for part in _parts(text) if names.is_outlet(part) and not names.agency(part) and not is_staff(part)]


def is_nobody(text: str) -> bool:
    """Whether an author's name is only that of an account, or a word for none."""
    name = names.strip_edges(text).casefold()
    return not name or name in _nobody() or name.isdigit() or links.is_web(name)


def is_staff(text: str) -> bool:
    """Whether the words tell of an outlet's people without a name: "Herald Staff", "the news desk"."""
    words = text.casefold().split()
    return bool(words) and (words[-1].strip(".") in _staff() or names.is_role(text))


def _parts(text: str) -> list[str]:
    text = _HANDLE.sub(" ", text.replace("\xa0", " "))
    text = _lead().sub("", text.strip())
    parts = []
    for part in _separators().split(text):
        part = _lead().sub("", part.strip())
        part = _joined().sub("", part)
        if part:
            parts.append(names.strip_edges(part))
    return [part for part in parts if part]


def _person(part: str, *, first: bool) -> str | None:
    part = _placed().sub("", part)
    if is_staff(part):
        return None
    own = _OWN.match(part)
    if own is not None and (names.agency(own["agency"]) or names.is_outlet(own["agency"]) or own["agency"].isupper()):
        part = own["rest"]
    part = _untitled(_without_agency(part))
    if not part or len(part) > _LONGEST or is_nobody(part) or re.search(r"\d", part):
        return None
    words = part.split()
    if len(words) > 6 or not names.is_name(part, longest=6) or names.is_role(part) or names.agency(part):
        return None
    if names.is_outlet(part) or (not first and (names.is_city(part) or (len(words) < 2 and _is_single(part)))):
        return None
    if len(words) == 1 and part.isupper():
        return None
    if part.isupper() and part.lower() != part and len(part) > 4:
        part = re.sub(r"[^\W\d_]+(?:['’](?=\w\b)\w)?", lambda word: word[0].capitalize(), part)
    return part


def _is_post(part: str) -> bool:
    """Whether what follows a name is what its bearer does: "Middle East Correspondent"."""
    words = part.split()
    return len(words) > 1 and words[-1].casefold().strip(".:,") in _titles() and words[0].casefold() not in _titles()


def _is_single(part: str) -> bool:
    """Whether one word alone is hardly a person's name: scripts without capitals aside, where nothing tells."""
    return part.upper() != part.lower()


def _without_agency(part: str) -> str:
    found = _agency_lead().match(part)
    if found is None or found.end() == len(part):
        return part
    rest = part[found.end() :].strip()
    return rest if re.match(r"(?:staff|writers?|reporters?|correspondents?|journalists?|video)\b", rest, re.I) else part


def _untitled(part: str) -> str:
    """A name without what its bearer does: "staff writer Jane Doe" and "Jane Doe, Chief Correspondent" alike."""
    words = part.split()
    while words and words[0].casefold().strip(".:,") in _titles():
        words.pop(0)
    # A family name may be such a word too: "Ann Writer".
    while words and words[-1].casefold().strip(".:,") in _titles() and (len(words) != 2 or words[-1].islower()):
        words.pop()
    return " ".join(words)


@cache
def _separators() -> re.Pattern[str]:
    """What stands between the names of a byline."""
    return re.compile(rf"\s*[,;|•·/،؛\n]\s*|\s+(?:{_words('name_joins')})\s+|\s+[-–—]\s+|\s*[()\[\]]\s*")


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_words('name_joins')})\s+")


@cache
def _placed() -> re.Pattern[str]:
    """From where someone writes, or for whom."""
    return re.compile(rf"\s+(?:{_words('place_words')})\s+(?=[^\W\d_]).*$")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_words('byline_words')})\s*:?\s+", re.I)


def _words(group: str) -> str:
    return "|".join(vocabulary.load("credits")["lines"][group])


@cache
def _agency_lead() -> re.Pattern[str]:
    return re.compile(rf"(?:[Tt]he\s+)?{names.agency_pattern()}(?=\s|$)")


@cache
def _titles() -> frozenset[str]:
    singular: set[str] = set()
    for word in vocabulary.load("credits")["lines"]["titles"]:
        plain = word.replace("[cs]", "c")
        singular |= {plain.replace("s?", ""), plain.replace("s?", "s"), word.replace("[cs]", "s").replace("s?", "")}
    return frozenset(singular)


@cache
def _staff() -> frozenset[str]:
    return frozenset(vocabulary.load("credits")["lines"]["staff"])


@cache
def _nobody() -> frozenset[str]:
    return frozenset(vocabulary.load("credits")["lines"]["nobody"])
