"""Names of a document before the parse: known places, known actors, names told by their form, demonyms, possessives."""

from __future__ import annotations

import re
from typing import Protocol

from warlog.actors.model import ActorHit
from warlog.extract.classes import ARMED_KINDS, BODY_KINDS
from warlog.language.names import Name, by_form, possessive_end, without_overlap
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
        if place is None and any(w[:1].islower() for w in words) and not re.match(r"(?:al|el|as|ash|an|ar)-", hit.text):
            # "the army", "government forces": ordinary words, which the parser reads well by itself
            continue
        if place is None and not _needs_mask(hit.text):
            continue
        kind = "place" if place is not None or known == {"state"} else "group"
        if known == {"state"} or place is not None:
            known = known | {"place"}
        found.append(Name(start, end, hit.text, kind, hit.actor_ids, possessive_end(text, end), known))
    spans = {(n.start, n.end) for n in found}
    for (start, end), place in place_hits.items():
        if (start, end) not in spans:
            known = frozenset({"place"} | ({"state"} if "country" in place.kinds else set()))
            found.append(Name(start, end, place.text, "place", place.place_ids, possessive_end(text, end), known))
    found += _lost_possessives(text, found, places, actors)
    taken = without_overlap(found)
    extra = [n for n in by_form(text, [(t.start, t.end) for t in taken if "place" in t.classes]) if all(n.end <= t.start or n.start >= t.full_end or _swallows(n, t) for t in taken)]
    # a name told by its form may hold a known shorter one: "Tell al-Zaitoun" holds "al-Zaitoun"; the longer stands
    return without_overlap(taken + extra)


def _swallows(longer: Name, shorter: Name) -> bool:
    return longer.start <= shorter.start and longer.end >= shorter.end and longer.end - longer.start > shorter.end - shorter.start and "place" in shorter.classes and "state" not in shorter.classes


def _needs_mask(name: str) -> bool:
    """Names of several words, or with signs and capitals that the parser stumbles over; one plain word needs no stand-in."""
    return True


def _lost_possessives(text: str, found: list[Name], places: PlaceSpotter, actors: ActorSpotter) -> list[Name]:
    """"Syrias", "Aleppos", "Idlibs": names whose possessive lost its apostrophe."""
    out: list[Name] = []
    for m in _LOST_APOSTROPHE.finditer(text):
        if any(n.start < m.end() and n.end > m.start() for n in found):
            continue
        stem = m.group(1)
        if len(stem) < 4:
            continue
        padded = f"in {stem} now"
        hits = [h for h in places.spot(padded) if h.end - h.start == len(stem)]
        if hits:
            known = frozenset({"place"} | ({"state"} if "country" in hits[0].kinds else set()))
            out.append(Name(m.start(), m.start() + len(stem), stem, "place", hits[0].place_ids, m.end(), known))
            continue
        actor = [h for h in actors.spot(padded) if h.end - h.start == len(stem)]
        if actor:
            known = actor_classes(actor[0].kinds)
            kind = "place" if known == {"state"} else "group"
            out.append(Name(m.start(), m.start() + len(stem), stem, kind, actor[0].actor_ids, m.end(), known | ({"place"} if kind == "place" else set())))
    return out
