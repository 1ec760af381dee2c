"""Nouns by which places change hands: "the capture of X", "the loss of X", "the withdrawal from X"."""

from __future__ import annotations

from warlog.extract import grammar
from warlog.extract.classes import classes
from warlog.extract.frames.phrases import is_party, is_people, is_place, named_place, parties, strong_place
from warlog.extract.frames.reading import Nominal, Reading
from warlog.extract.wordlists import wordlists

_WORDS = wordlists("frames")


def take(n: Nominal, r: Reading) -> bool:
    """ "X's capture of Y from Z"."""
    places = [p for p in n.places_after({"of"}) + n.modifying if not is_people(n.parsed, p)]
    if not places:
        return False
    r.actors, r.places = n.actors, places
    r.targets = [p for p in n.parties_after({"from"}) if not named_place(n.parsed, p)]
    return True


def lose(n: Nominal, r: Reading) -> bool:
    """ "the army's loss of X"."""
    places = [p for p in n.places_after({"of"}) if p.i in n.parsed.names or strong_place(n.parsed, p)]
    if not places:
        return False
    admits = n.verb is not None and n.how in {"object", "prep"} and n.carrying in _WORDS["verbs_of_suffering_a_loss"]
    losers = parties(n.parsed, grammar.subjects(n.verb)) if admits and n.verb is not None else []
    r.targets, r.places = n.parties or losers, places
    return True


def fall(n: Nominal, r: Reading) -> bool:
    """ "the fall of X to Y"."""
    places = [p for p in n.of if named_place(n.parsed, p) or (p.i in n.parsed.names and "place" in classes(n.parsed, p))]
    r.actors, r.places = n.parties_after({"to"}), places
    return bool(places)


def leave(n: Nominal, r: Reading) -> bool:
    """ "X's withdrawal from Y"."""
    places = n.places_after({"from"})
    if n.verb is not None:
        places += [p for w, _, p in grammar.prepositions(n.verb) if w == "from" and is_place(n.parsed, p)]
    r.actors = r.targets = n.actors + [p for p in n.of if is_party(n.parsed, p) and not named_place(n.parsed, p)]
    r.places = places
    return bool(places)


def handover(n: Nominal, r: Reading) -> bool:
    """ "the handover of X"."""
    places = [p for p in n.places_after({"of"}) if not is_people(n.parsed, p)]
    r.actors = r.targets = n.actors
    r.places = places
    return any(strong_place(n.parsed, p) for p in places)
