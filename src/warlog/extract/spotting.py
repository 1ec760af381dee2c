"""Names of a document before the parse: known places, known actors, names told by their form, demonyms, possessives."""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from warlog import vocabulary
from warlog.actors.model import ActorHit
from warlog.extract import not_places
from warlog.extract.classes import ARMED_KINDS, BODY_KINDS, demonyms
from warlog.language.names import Name, NameKind, by_form, possessive_end, without_overlap
from warlog.places.model import NameHit

_LOST_APOSTROPHE = re.compile(r"(?<![\w’'-])([A-ZÀ-Þ][\w-]*[a-rt-z])s(?![\w’'-])")


@cache
def _articles() -> frozenset[str]:
    """Articles that begin a name in lower case ("al-", "ash-")."""
    return frozenset(vocabulary.load("place_words")["spelling"]["articles"])


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
        ordinary = any(w[:1].islower() for w in words) and hit.text.partition("-")[0] not in _articles()
        if place is not None and not (hit.text.isupper() and "armed" in known):
            kind: NameKind = "place"
            known = known | {"place"}
        elif ordinary or hit.kinds <= {"official"}:
            kind = "known"
        else:
            kind = "group"
        found.append(Name(start, end, hit.text, kind, hit.actor_ids, possessive_end(text, end), known))
    spans = {(n.start, n.end) for n in found}
    for (start, end), place in place_hits.items():
        if (start, end) in spans or not_places.hyphenated(text, start, end):
            continue
        if not not_places.in_person(text, start, end, place_hits):
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
