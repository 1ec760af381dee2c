"""Names of a document before the parse: known places, known actors, names told by their form, demonyms, possessives."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

from warlog import vocabulary
from warlog.actors.model import ActorHit
from warlog.extract.classes import ARMED_KINDS, BODY_KINDS, demonyms, of_word
from warlog.language.names import Name, NameKind, by_form, possessive_end, without_overlap
from warlog.places.model import NameHit

_LOST_APOSTROPHE = re.compile(r"(?<![\w’'-])([A-ZÀ-Þ][\w-]*[a-rt-z])s(?![\w’'-])")


class PlaceSpotter(Protocol):
    """What extraction asks of the places room before the parse."""

    def spot(self, text: str) -> list[NameHit]:
        """Known place names in a text."""
        ...


class ActorSpotter(Protocol):
    """What extraction asks of the actors room before the parse."""

    def spot(self, text: str) -> list[ActorHit]:
        """Known actor names in a text."""
        ...


def actor_classes(kinds: frozenset[str]) -> frozenset[str]:
    """Classes of a known actor by its kinds."""
    out: set[str] = set()
    if kinds & ARMED_KINDS:
        out |= {"armed", "group"}
    if "state" in kinds:
        out |= {"state"}
    if kinds & BODY_KINDS:
        out |= {"body"}
    if kinds & {"monitor", "agency", "outlet"} and not kinds & ARMED_KINDS:
        out |= {"source"}
    if "official" in kinds:
        out |= {"official"}
    return frozenset(out or {"group"})


def find(text: str, places: PlaceSpotter, actors: ActorSpotter) -> list[Name]:
    """The names of a text in order, without overlap. Actors known by a longer name win over places inside it."""
    found: list[Name] = []
    place_hits = {(h.start, h.end): h for h in places.spot(text)}
    actor_hits = {(h.start, h.end): h for h in actors.spot(text)}
    for (start, end), hit in actor_hits.items():
        place = place_hits.get((start, end))
        known = actor_classes(hit.kinds)
        words = hit.text.split()
        ordinary = any(w[:1].islower() for w in words) and not re.match(r"(?:al|el|as|ash|an|ar)-", hit.text)
        if place is not None:
            kind: NameKind = "place"
            known = known | {"place"}
        elif ordinary or hit.kinds <= {"official"}:
            kind = "known"
        else:
            kind = "group"
        found.append(Name(start, end, hit.text, kind, hit.actor_ids, possessive_end(text, end), known))
    spans = {(n.start, n.end) for n in found}
    for (start, end), place in place_hits.items():
        if (start, end) not in spans and not _hyphenated(text, start, end) and not _in_person(text, start, end, place_hits):
            known = _place_classes(place)
            found.append(Name(start, end, place.text, "place", place.place_ids, possessive_end(text, end), known))
    found += _lost_possessives(text, found, places, actors)
    taken = without_overlap(found)
    extra = [
        n
        for n in by_form(text, [(t.start, t.end) for t in taken if "place" in t.classes])
        if all(n.end <= t.start or n.start >= t.full_end or _swallows(n, t) for t in taken)
    ]
    # a name told by its form may hold a known shorter one: "Tell al-Zaitoun" holds "al-Zaitoun"; the longer stands
    return without_overlap(taken + extra)


def _place_classes(place: NameHit) -> frozenset[str]:
    """Classes of a known place: countries are states too, and capitals can stand for one."""
    out = {"place"}
    if "country" in place.kinds:
        out.add("state")
    if "capital" in place.kinds:
        out.add("capital")
    return frozenset(out)


def _hyphenated(text: str, start: int, end: int) -> bool:
    """Half of a compound that is no place: "Beirut-based", "pro-Damascus"."""
    if re.match(
        r"[-–][A-Z]\w+ (?:\w+ )?(?:road|highway|motorway|railway|line|border|axis|route|corridor|pipeline)\b",
        text[end : end + 40],
    ) or (
        text[start - 1 : start] in {"-", "–"}
        and re.match(
            r" (?:\w+ )?(?:road|highway|motorway|railway|line|border|axis|route|corridor|pipeline)\b", text[end : end + 30]
        )
    ):
        # "the Damascus-Aleppo motorway" is neither
        return True
    return bool(re.match(r"[-–][a-z]", text[end : end + 2])) or bool(
        re.search(r"\b(?:pro|anti|non|ex)-$", text[max(0, start - 5) : start], re.IGNORECASE)
    )


_BEFORE = re.compile(r"(?:[A-ZÀ-Þ][\w.’'-]*[ ]+)+$")


def _in_person(text: str, start: int, end: int, hits: dict[tuple[int, int], NameHit]) -> bool:
    """Whether a place name is only the surname in a person's name: after a title, or after a word that is no place itself."""
    if " " in text[start:end]:
        return False
    before = _BEFORE.search(text[max(0, start - 60) : start])
    if not before:
        return False
    words = [w.strip(".") for w in before.group().split()]
    if any("official" in of_word(w) or w in _honorifics() for w in words[-4:]):
        return True
    last = words[-1]
    if of_word(last) & {"armed", "body"} and not of_word(last) & {"place"} and last[:1].isupper():
        # "Task Force Davao": the name of a unit
        return True
    at = start - len(text[:start]) + len(text[:start].rstrip())
    if any(e == at for _, e in hits) or last in demonyms() or last in _prefixes() or of_word(last) or last.lower() in _DIRECTIONS:
        return False
    starts_sentence = (
        not text[: max(0, start - len(before.group()))].strip()
        or text[: max(0, start - len(before.group()))].rstrip()[-1:] in '.!?:"“\n'
    )
    return not (starts_sentence and len(words) == 1) and last[:1].isupper() and last.isalpha() and len(last) > 2


_DIRECTIONS = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "central",
        "greater",
        "upper",
        "lower",
        "old",
        "new",
        "inner",
        "outer",
        "downtown",
        "rural",
        "the",
        "in",
        "on",
        "at",
        "near",
        "from",
        "of",
        "to",
        "and",
        "by",
        "after",
        "before",
        "since",
        "around",
    ]
)


@lru_cache(maxsize=1)
def _honorifics() -> frozenset[str]:
    return frozenset(w.strip(".") for w in vocabulary.load("actor_words")["honorifics"])


@lru_cache(maxsize=1)
def _prefixes() -> frozenset[str]:
    return frozenset(vocabulary.load("parse")["name_prefixes"])


def _swallows(longer: Name, shorter: Name) -> bool:
    return (
        longer.start <= shorter.start
        and longer.end >= shorter.end
        and longer.end - longer.start > shorter.end - shorter.start
        and "place" in shorter.classes
        and "state" not in shorter.classes
    )


def _lost_possessives(text: str, found: list[Name], places: PlaceSpotter, actors: ActorSpotter) -> list[Name]:
    """ "Syrias", "Aleppos", "Idlibs": names whose possessive lost its apostrophe."""
    out: list[Name] = []
    for m in _LOST_APOSTROPHE.finditer(text):
        if any(n.start < m.end() and n.end > m.start() for n in found):
            continue
        stem = m.group(1)
        if len(stem) < 4 or m.group() in demonyms():
            continue
        padded = f"in {stem} now"
        hits = [h for h in places.spot(padded) if h.end - h.start == len(stem)]
        if hits:
            known = frozenset({"place"} | ({"state"} if "country" in hits[0].kinds else set()))
            out.append(Name(m.start(), m.start() + len(stem), stem, "place", hits[0].place_ids, m.end(), known))
            continue
        actor = [h for h in actors.spot(padded) if h.end - h.start == len(stem)]
        if actor:
            out.append(
                Name(m.start(), m.start() + len(stem), stem, "group", actor[0].actor_ids, m.end(), actor_classes(actor[0].kinds))
            )
    return out
