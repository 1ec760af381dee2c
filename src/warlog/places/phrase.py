"""A place phrase as written, taken apart into name, kind word, part, relation, anchors and containers.

"the western edge of the town of Qamishli" is the name Qamishli, the kind "town" and the part "western edge";
"an airbase near Homs" has no name, the kind "airbase" and the anchor Homs. No gazetteer is asked: the words alone decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from warlog.places.model import PhraseParts, RelationKind
from warlog.places.phrase_core import EDGES, Core, core_of, is_name_word, kind_at_end
from warlog.places.words import alternation, place_words

_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_KM_IN = {"mile": 1.609344, "mi": 1.609344, "metre": 0.001, "meter": 0.001, "m": 0.001}
#: "between A and B", "from A to B"; "linking A with B" takes any.
_LINKS = {"between": ("and",), "from": ("to",)}
_ANY_LINK = ("and", "with", "to")
_WITHIN = re.compile(
    r"(?:(?:located|situated|lying|administratively|deep|somewhere)\s+)*"
    r"(?:in|inside|within|at|on|of|across|throughout|part\s+of|belonging\s+to)\s+",
    re.IGNORECASE,
)
_START = r"(?:^|(?<=[\s,]))"
_POSITION = r"(?:(?:just|immediately|directly|located|situated|lying|slightly|further|far|deep|well|very|right)\s+)*"
_ABOUT = (
    r"(?:(?:about|around|some|roughly|approximately|nearly|just|only|less than|more than|over|under|within|located|situated)\s+)*"
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How a relation is worded; the first that is found in a phrase is its relation."""

    distance: re.Pattern[str]
    direction: re.Pattern[str]
    between: re.Pattern[str]
    on_road: re.Pattern[str]
    near: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = place_words()
    compass = f"(?P<compass>{alternation(words.directions)})"
    unit = r"(?P<unit>kilomet(?:re|er)s?|kms?|miles?|mi|met(?:re|er)s?|m)\b(?:\s*\([^)]*\))?"
    number = rf"(?P<number>\d+(?:[.,]\d+)?|few|several|{'|'.join(_NUMBERS)})"
    link = r"(?:of|from|off)\s+"

    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Patterns(
        distance=made(rf"{_START}{_ABOUT}{number}[\s-]*{unit}\s*(?:away\s+|out\s+)?(?:to\s+the\s+)?{compass}?\s*{link}"),
        direction=made(rf"{_START}{_POSITION}(?:(?:to|in|on)\s+the\s+)?{compass}(?:\s+side)?\s+(?:of|from)\s+"),
        between=made(
            rf"{_START}{_POSITION}(?P<word>between|linking|connecting|joining|from)\s+(?P<a>.+?)\s+(?P<and>and|with|to)\s+(?P<b>.+)$"
        ),
        on_road=made(rf"{_START}{alternation(words.on_road)}\s+"),
        near=made(rf"{_START}{_POSITION}{alternation(words.near)}\s+(?:to\s+)?"),
    )


@dataclass(slots=True)
class _Related:
    """A relation found in a phrase: what stands before it, and the words of its anchors."""

    head: str
    relation: RelationKind | None = None
    anchors: list[str] = field(default_factory=list)
    bearing: float | None = None
    km: float | None = None


def _named(text: str) -> bool:
    return any(is_name_word(t) for t in text.replace(",", " ").split())


def _kilometres(match: re.Match[str]) -> float | None:
    number, unit = match.group("number").lower().replace(",", "."), match.group("unit").lower()
    value = float(number) if number[0].isdigit() else _NUMBERS.get(number)
    factor = _KM_IN.get(unit, _KM_IN.get(unit.rstrip("s"), 1.0))
    return None if value is None else round(value * factor, 3)


def _is_part(text: str, match: re.Match[str]) -> bool:
    """ "the east of Aleppo" is a part of Aleppo, "east of Aleppo" is not."""
    before = text[: match.start()].strip(EDGES).lower()
    return before in {"the", "in the"} or (not before and match.group(0).lower().startswith("in the "))


def _relate(text: str) -> _Related:
    """The first relation that a phrase words, with its anchors."""
    patterns = _patterns()
    for step, pattern in (("distance", patterns.distance), ("direction", patterns.direction)):
        match = pattern.search(text)
        if match is None or (step == "direction" and _is_part(text, match)):
            continue
        compass = match.group("compass")
        bearing = None if compass is None else float(place_words().directions[" ".join(compass.lower().split())])
        head, anchors = text[: match.start()], [text[match.end() :]]
        if step == "distance":
            return _Related(head, "distance", anchors, bearing, _kilometres(match))
        return _Related(head, "direction", anchors, bearing)
    match = patterns.between.search(text)
    if match is not None and match.group("and").lower() in _LINKS.get(match.group("word").lower(), _ANY_LINK):
        return _Related(text[: match.start()], "between", [match.group("a"), match.group("b")])
    match = patterns.on_road.search(text)
    if match is not None:
        return _Related(text[: match.start()], "on_road", [text[match.end() :]])
    match = patterns.near.search(text)
    if match is not None and _named(text[match.end() :]):
        return _Related(text[: match.start()], "near", [text[match.end() :]])
    return _Related(text)


_Named = list[tuple[str, str | None]]


def _anchors(texts: Iterable[str]) -> tuple[_Named, _Named]:
    """Anchors named, and the areas said to hold them."""
    anchors: _Named = []
    containers: _Named = []
    for text in texts:
        pieces = [p.strip() for p in re.split(r"[,;]", text) if p.strip()]
        for i, piece in enumerate(pieces):
            found = core_of(re.sub(r"^(?:in|at|on|inside|within)\s+", "", piece, flags=re.IGNORECASE)).names()
            if i == 0:
                anchors.extend(found[:1])
                found = found[1:]
            containers.extend(found)
    return anchors, containers


def _head(text: str) -> tuple[Core, _Named]:
    """What stands before a relation: the place itself, and the areas set after it with commas."""
    core = Core()
    containers: _Named = []
    for i, piece in enumerate(p.strip() for p in re.split(r"[,;]", text) if p.strip()):
        within = _WITHIN.match(piece)
        inner = core_of(piece[within.end() :] if within else piece)
        if i == 0 or (not core.name and not core.owners and not containers):
            core = inner
        else:
            containers.extend(inner.names())
    return core, [n for owner in core.owners for n in owner.names()] + containers


def mention_from_phrase(phrase: str) -> PhraseParts:
    """Take a place phrase as written apart. Never raises; a phrase with no name in it gives `name == ""`."""
    text = " ".join(phrase.split()).strip(EDGES)
    related = _relate(text)
    anchors, beyond = _anchors(related.anchors)
    core, containers = _head(related.head)
    containers += beyond
    if related.relation and not core.kind and not core.name:
        ending = kind_at_end(related.head.split())
        core.kind = ending[1] if ending else None
    if related.relation is None and not core.name and containers and core.kind is None:
        # "all of Y": Y is the place
        (name, word), *containers = containers
        core = Core(name=name, kind=word, part=core.part)
    return PhraseParts(
        name=core.name,
        kind=core.kind,
        part=core.part,
        relation=related.relation if anchors else None,
        anchors=tuple(n for n, _ in anchors),
        bearing=related.bearing if anchors else None,
        km=related.km if anchors else None,
        containers=tuple(n for n, _ in containers),
        anchor_kinds=tuple(k for _, k in anchors),
        container_kinds=tuple(k for _, k in containers),
    )
