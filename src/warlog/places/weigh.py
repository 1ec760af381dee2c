"""How much speaks for each place that a mention could be, and which are refused outright.

A weight is on a logarithmic scale: name, kind word, size, theatre, where the sentence says it lies, what else the document
names. Beside the candidates always stands one more: that the place meant is in no list.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from warlog.places import geo, keys
from warlog.places.calibration import calibrated_all
from warlog.places.candidates import STAND_IN, agreement
from warlog.places.cases import EXTENT, Case, Pin, lies_in, spread
from warlog.places.gazetteer import Found, Gazetteer
from warlog.places.model import Mention
from warlog.places.theatre import THRESHOLD, Theatre
from warlog.places.words import loose_key, place_words, plain_key

#: Weight of "the place meant is in no list".
_UNLISTED = 2.2
#: People of a city so large that its bare name means it anywhere; of one that outweighs the theatre; of a large town;
#: of a town that a famous namesake abroad has no claim against; of a place too small to be named from far off.
_PROMINENT = 1_000_000
_METROPOLIS = 500_000
_LARGE = 50_000
_RIVAL = 50_000
_TOWN = 5_000
#: A town of another country this near to the document's places belongs to them.
_BORDER_KM = 90.0
#: A small place this far from all else in the text is taken for a namesake.
_FAR_KM = 400.0
#: How far a small place can lie from the nearest other member of its list.
_LIST_KM = 80.0
#: A country that has less weight than this by all the rest of the text is told of by the name alone.
_HEARD = 0.15
#: A city of so many people needs no more than its name.
_SELF_EVIDENT = 300_000
#: Loose keys of so many letters are seldom those of two names.
_LONG_NAME = 8
#: A namesake abroad of at least such a part of its people leaves a place in doubt that nothing else speaks for.
_RIVALLING = 8
#: A name that this many places bear tells nothing where the area it is said to lie in is not known.
_COMMON_NAME = 4
#: "North of X" may be taken loosely close to X, not this far from it.
_WRONG_SIDE_KM = 15.0


@dataclass(slots=True)
class Scene:
    """What one mention is judged against."""

    where: Theatre
    pins: list[Pin]
    listed: list[tuple[float, float]]
    others: list[tuple[float, float]]
    #: those of them that are no capitals, which are named wherever their country is
    local: list[tuple[float, float]]
    #: whether some candidate lies in the theatre, and whether one of them is a town of some size
    at_home: bool
    rival: bool
    #: name of an area that it is said to lie in, where nobody knows which that is; "" otherwise
    unmet: str = ""


def _named_so(found: Found, name: str) -> bool:
    """Whether the name is the one English readers know a place by, not one of its names in other tongues."""
    if plain_key(found.place.name) == plain_key(name):
        return True
    first = keys.words(name)
    native = (
        len(first) > 1
        and first[0] in {"al", "el", "as", "ash", "ad", "an", "ar", "at", "az"}
        and not plain_key(found.place.name).startswith("al")
    )
    return found.place.kind in {"capital", "country", "continent"} and found.match == 1.0 and not native


def _prominent(found: Found, mention: Mention) -> bool:
    """A place so well known that its bare name means it wherever the document plays."""
    classes = set(place_words().classes(mention.kind))
    if found.match < 1.0 or (
        classes & {"village", "neighbourhood", "hill", "base", "camp", "airport"} - {"city"} and "city" not in classes
    ):
        return False
    if not _named_so(found, mention.name):
        return False
    kind = found.place.kind
    return (
        kind in {"country", "continent"} or (kind == "capital" and found.population >= 150_000) or found.population >= _PROMINENT
    )


def _kind_prior(found: Found, mention: Mention, siblings: Sequence[Found]) -> float:
    """What a bare name usually means: the country, then the town rather than the district or province called after it."""
    if mention.kind and place_words().classes(mention.kind):
        return 4.0 * agreement(mention.kind, found)
    kind = found.place.kind
    if kind in {"country", "continent"}:
        return 4.0
    countryside = mention.part is not None and mention.part in place_words().countryside
    if kind == "region":
        return 1.5 if countryside else (-7.0 if _has_town(found, siblings) else 1.0)
    if kind == "county":
        return -7.0 if _has_town(found, siblings) else -0.5
    if countryside and any(s.place.kind == "region" for s in siblings):
        return -3.0
    return {"capital": 0.7, "airport": -2.5, "facility": -1.0, "neighbourhood": -0.7, "water": 0.5, "area": 0.5}.get(kind, 0.0)


def _told_by_kind(found: Found, mention: Mention) -> bool:
    """Whether the kind word tells that an area is meant that bears the very name: "X region" needs no other support."""
    return bool(mention.kind) and found.place.kind == "region" and found.match == 1.0 and agreement(mention.kind, found) == 1.0


def _has_town(found: Found, siblings: Sequence[Found]) -> bool:
    """Whether a town of the same name lies in the area or not far from it."""
    return any(
        _is_town(s)
        and s.match >= found.match
        and s.place.country == found.place.country
        and geo.distance_km(s.point, found.point) < 350
        for s in siblings
    )


def _is_town(found: Found) -> bool:
    return found.place.kind in {"capital", "city", "town"} or (found.place.kind == "locality" and found.fame >= 1_000)


def _size(found: Found, mention: Mention) -> float:
    """How much its size speaks for a place: a large one is meant more often."""
    if found.place.kind in EXTENT:
        return 6.8
    people = found.fame
    if "village" in place_words().classes(mention.kind):
        people = min(people, 5_000)
    return 1.8 * math.log10(people + 60)


def _weigh(
    found: Found, mention: Mention, siblings: Sequence[Found], scene: Scene, gazetteer: Gazetteer
) -> tuple[float, str, str | None]:
    """Weight of a candidate, what spoke for and against it, and why it is refused outright (None if it is not)."""
    notes: list[str] = []
    weight = -10.0 * (1.0 - found.match)
    if 0.9 <= found.match < 1.0 and len(loose_key(mention.name)) >= 7:
        # a long name in another romanisation is as good as the same
        weight = -0.4
    notes.append("name as written" if found.match == 1.0 else "other spelling" if found.match >= 0.9 else "likely misspelling")
    weight += _size(found, mention) + _kind_prior(found, mention, siblings)
    if plain_key(mention.name) in {plain_key(gazetteer.place(r).name) for r in found.rows}:
        weight += 0.8
    if mention.kind and agreement(mention.kind, found) <= -1.0:
        return weight, "; ".join(notes), f"it is no {mention.kind}"
    if not _bears_area(found, mention):
        return weight, "; ".join(notes), f"it is no {mention.kind}, and is not called so"
    if scene.unmet and found.place.kind not in EXTENT and found.fame < _METROPOLIS:
        if sum(s.match == 1.0 for s in siblings) >= _COMMON_NAME:
            return weight, "; ".join(notes), f"many places are called so, and nothing tells which of them lies in {scene.unmet}"
        weight -= 1.0
    if found.place.kind not in {"country", "continent"} and scene.where.support(found.place.country, mention.name) < _HEARD:
        if found.match < 1.0 and len(loose_key(mention.name)) < _LONG_NAME:
            return weight, "; ".join(notes), f"another spelling, and nothing else tells of {found.place.country}"
        weight -= _unsupported(found, mention, siblings)
        notes.append("nothing else tells of its country")
    prominent = _prominent(found, mention) and not (scene.rival and found.place.country not in scene.where)
    share = scene.where.share(found.place.country)
    if found.place.kind not in {"country", "continent"}:
        penalty = 1.7 * math.log(share + 0.01)
        held = any(p.container and p.place and p.place.kind in EXTENT and lies_in(found, p.place) for p in scene.pins)
        if held:
            # "Moscow, Idaho": what it is said to lie in tells more than the rest of the text
            penalty = max(penalty, -1.0)
        if (
            prominent
            and (not scene.at_home or found.place.kind == "capital")
            and (found.place.kind == "capital" or mention.list_id is None or share >= 0.05)
        ):
            penalty = max(penalty, -2.0)
        weight += penalty
        if (
            share < THRESHOLD
            and not prominent
            and found.population < _METROPOLIS
            and scene.where.shares
            and not held
            and not _told_by_kind(found, mention)
            and not _close(found, scene)
        ):
            return weight, "; ".join(notes), f"in {found.place.country}, which the text is not about"
        if share < 0.05 and scene.where.shares:
            notes.append("outside the countries the text is about")
    for pin in scene.pins:
        distance = geo.distance_km(found.point, pin.point)
        if pin.container and pin.place is not None:
            inside = lies_in(found, pin.place)
            if inside is False:
                return weight, "; ".join(notes), f"not in {pin.name}"
            weight += 3.0 if inside else 1.0
            notes.append(f"in {pin.name}" if inside else f"{distance:.0f} km from {pin.name}")
            continue
        if distance > pin.reach:
            return weight, "; ".join(notes), f"{distance:.0f} km from {pin.name}"
        weight += 3.0 - 2.0 * distance / pin.reach
        if pin.bearing is not None and distance > 4 and geo.turn(pin.bearing, geo.bearing(pin.point, found.point)) > 80:
            if distance > _WRONG_SIDE_KM:
                return weight, "; ".join(notes), f"on the wrong side of {pin.name}"
            weight -= 1.5
        notes.append(f"{distance:.0f} km from {pin.name}")
    if scene.listed and found.place.kind not in {"country", "continent", "region"}:
        nearest = min(geo.distance_km(found.point, p) for p in scene.listed)
        # a tight list has tight members: the reach of the rest of it, with some room
        reach = _LIST_KM if len(scene.listed) < 2 else min(_LIST_KM, max(_LIST_KM * 0.4, 2 * spread(scene.listed)))
        foreign = found.place.kind != "capital" and scene.where.support(found.place.country, mention.name) < _HEARD
        tight = len(scene.listed) >= 2 and spread(scene.listed) <= 60 and share < 0.5
        if nearest > reach and (found.fame < _LARGE or foreign or tight):
            return weight, "; ".join(notes), f"{nearest:.0f} km from the rest of its list"
        weight += 1.0 - 1.1 * math.log1p(nearest / 15)
        notes.append(f"{nearest:.0f} km from its list")
    if scene.others and not scene.pins and not scene.listed and found.place.kind not in EXTENT:
        nearest = min(geo.distance_km(found.point, p) for p in scene.others)
        stand_in = bool(mention.kind) and agreement(mention.kind, found) == STAND_IN
        far = min((geo.distance_km(found.point, p) for p in scene.local), default=0.0)
        if not prominent and ((far > _FAR_KM and found.fame < _TOWN) or (stand_in and far > _FAR_KM / 2)):
            return weight, "; ".join(notes), f"{far:.0f} km from every other place of the text"
        pull = 0.85 * math.log1p(nearest / 15)
        weight -= min(pull, 0.5) if prominent else pull
        notes.append(f"{nearest:.0f} km from other places of the text")
    elif not scene.others and not scene.pins and not scene.listed and found.place.kind not in EXTENT:
        weight -= 0.0 if prominent or found.fame >= _LARGE else 0.8
    return weight, "; ".join(notes), None


def _bears_area(found: Found, mention: Mention) -> bool:
    """Whether a town can stand for the "province" or "district" of a name: only if it is called so, or gave it its name."""
    if found.place.kind in EXTENT or "region" not in place_words().classes(mention.kind):
        return True
    own = loose_key(mention.name)
    return own in {loose_key(found.place.name), loose_key(found.place.admin1) if found.place.admin1 else own[:0]}


def _unsupported(found: Found, mention: Mention, siblings: Sequence[Found]) -> float:
    """How much less a place weighs whose country nothing but its own name tells of: a small one is seldom meant then."""
    if _told_by_kind(found, mention):
        return 0.0
    loss = 0.0 if found.fame >= _SELF_EVIDENT else 1.5 if found.fame >= 100_000 else 3.5 if found.fame >= 25_000 else 5.5
    rivals = [s for s in siblings if s.match == 1.0 and s.place.country != found.place.country and s.place.kind not in EXTENT]
    if found.place.kind not in EXTENT and any(_RIVALLING * s.fame >= found.fame for s in rivals if s.fame >= _RIVAL):
        loss += 3.0
    name = found.place.name
    if not set(keys.words(mention.name)) <= set(keys.words(name)) and loose_key(name) != loose_key(mention.name):
        # what it is called in another tongue
        loss += 2.0
    return loss


def _close(found: Found, scene: Scene) -> bool:
    """Whether a place lies near something the document is known to be about: towns just over a border do."""
    degrees = _BORDER_KM / geo.KM_PER_DEGREE
    known = (*(p.point for p in scene.pins if not p.container), *scene.listed, *scene.others)
    lat = found.point[0]
    return any(abs(p[0] - lat) <= degrees and geo.distance_km(found.point, p) <= _BORDER_KM for p in known)


def has_rival(case: Case, where: Theatre) -> bool:
    """Whether a town of the theatre bears the very name, so that a famous namesake elsewhere has no claim on it."""
    return any(
        f.match == 1.0 and f.fame >= _RIVAL and f.place.country in where and f.place.kind not in {"country", "continent"}
        for f in case.found
    )


def judge(
    case: Case, found: Sequence[Found], scene: Scene, gazetteer: Gazetteer
) -> tuple[list[tuple[Found, float, str]], list[tuple[Found, str]]]:
    """Candidates with their probabilities, best first, and those refused with the reason."""
    weighed: list[tuple[Found, float, str]] = []
    refused: list[tuple[Found, str]] = []
    for f in found:
        weight, notes, why = _weigh(f, case.mention, found, scene, gazetteer)
        if why is None:
            weighed.append((f, weight, notes))
        else:
            refused.append((f, why))
    top = max([w for _, w, _ in weighed] + [_UNLISTED], default=_UNLISTED)
    total = sum(math.exp(w - top) for _, w, _ in weighed) + math.exp(_UNLISTED - top)
    ranked = sorted(((f, math.exp(w - top) / total, n) for f, w, n in weighed), key=lambda x: (-x[1], x[0].row))
    held = calibrated_all([p for _, p, _ in ranked])
    return [(f, p, n) for (f, _, n), p in zip(ranked, held, strict=True)], refused
