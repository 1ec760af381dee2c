"""Places that a mention's name could stand for: exact names, other romanisations, and misspellings near a known point.

A misspelling is looked for only close to an anchor (or, where it is all but the same, in the theatre's own packs), and it
must agree in its consonants: a name with another consonant is another village.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from weakref import WeakKeyDictionary

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from warlog import vocabulary
from warlog.places import keys
from warlog.places.gazetteer import Found, Gazetteer
from warlog.places.words import place_words

#: Kilometres about an anchor in which misspellings are looked for.
FUZZY_KM = 40.0
_SHORTEST = 4
_MARGIN = 0.04
#: Agreement of an airbase, hill or dam with the town that it is named after.
STAND_IN = -0.2
_SHORT_KM = 10.0
#: letters by which a misspelling's key can be longer or shorter
_MOST_LONGER = 4


def exact(name: str, kind: str | None, gazetteer: Gazetteer) -> list[Found]:
    """Places that bear the name, or the name with its kind word ("Taftanaz airbase"), best first, each once."""
    forms = [name]
    if kind:
        forms.insert(0, f"{name} {kind}")
    best: dict[int, Found] = {}
    for form in forms:
        for f in gazetteer.find(form):
            if f.row not in best or best[f.row].match < f.match:
                best[f.row] = f
    if not best and len(name) > 4 and name.endswith("s"):
        # a possessive whose apostrophe was lost
        return exact(name[:-1], kind, gazetteer)
    return list(best.values())


@cache
def _generic() -> frozenset[str]:
    """First words that many names share (Tell, Kafr, Khan), as loose words: they are set aside before names are compared."""
    rows = vocabulary.load("place_words")["spelling"]["words"]
    return frozenset(keys.loose_word(row[0]) for row in rows)


def _body(name: str) -> tuple[str, str]:
    """A name's generic first word, if it has one, and the rest, as loose keys."""
    parts, whole = keys.words(name), keys.loose_key(name)
    if len(parts) > 1:
        head = keys.loose_of([*parts[:1], "x"])[:-1]
        if head in _generic() and whole.startswith(head):
            return head, whole[len(head) :]
    return "", whole


def likeness(a: str, b: str) -> float:
    """How alike two names are, 0 to 1, judged on their loose keys with consonants first; 0 if they are two names."""
    head_a, body_a = _body(a)
    head_b, body_b = _body(b)
    if head_a != head_b:
        body_a, body_b = keys.loose_key(a), keys.loose_key(b)
    return _alike(body_a, body_b)


def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if min(len(a), len(b)) < _SHORTEST - 1:
        return 0.0
    ratio = max(fuzz.ratio(a, b) / 100, OSA.normalized_similarity(a, b))
    bones_a, bones_b = keys.skeleton(a), keys.skeleton(b)
    if bones_a == bones_b:
        return (
            0.55 + 0.45 * ratio
            if len(bones_a) >= 3 and ratio >= 0.6
            else (0.6 + 0.4 * ratio if ratio >= (0.8 if min(len(a), len(b)) >= 5 else 0.85) else 0.0)
        )
    steps = OSA.distance(bones_a, bones_b)
    longer = max(len(bones_a), len(bones_b))
    if steps == 1 and longer >= 4:
        if len(bones_a) != len(bones_b):
            return ratio if ratio >= 0.84 else 0.0
        if sorted(bones_a) == sorted(bones_b):
            return ratio if ratio >= 0.8 else 0.0
        return ratio - 0.04 if ratio >= 0.86 and (_confusable(bones_a, bones_b) or longer >= 6) else 0.0
    return ratio - 0.05 if steps == 2 and longer >= 7 and ratio >= 0.88 else 0.0


_SOUND_PAIRS = frozenset(
    frozenset(p)
    for p in ("kg", "kj", "gj", "dz", "td", "sz", "hx", "st", "bp", "fv", "xk", "xg", "jz", "j$", "s$", "mn", "lr", "gh", "hk")
)


def _confusable(a: str, b: str) -> bool:
    """Whether the one consonant that two skeletons differ in is often heard or written for the other."""
    different = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return len(different) == 1 and frozenset(different[0]) in _SOUND_PAIRS


_Cell = dict[int, list[tuple[int, str, int]]]
_CELLS: WeakKeyDictionary[Gazetteer, dict[tuple[float, float, float], _Cell]] = WeakKeyDictionary()
_MOST_CELLS = 256


def _mask(key: str) -> int:
    """The consonants of a loose key as bits, so that two keys are compared by one operation."""
    mask = 0
    for letter in keys.consonants(key):
        mask |= 1 << (ord(letter) & 63)
    return mask


def _cell(lat: float, lon: float, km: float, gazetteer: Gazetteer) -> _Cell:
    """(row, loose key, consonants) of the places about a point, by the length of the key; the last ones are remembered."""
    known = _CELLS.setdefault(gazetteer, {})
    cell = known.get((lat, lon, km))
    if cell is None:
        cell = {}
        for row in gazetteer.near(lat, lon, km):
            for key in gazetteer.loose_keys(row):
                cell.setdefault(len(key), []).append((row, key, _mask(key)))
        if len(known) >= _MOST_CELLS:
            known.clear()
        known[lat, lon, km] = cell
    return cell


def misspelled(name: str, points: Iterable[tuple[float, float]], gazetteer: Gazetteer, km: float = FUZZY_KM) -> list[Found]:
    """Places within `km` of any of the points whose name is a likely misspelling of this one, best first.

    Their `match` is at most 0.85. Where two places are about as like, both are given: the caller has to tell them apart.
    """
    head, body = _body(name)
    whole = keys.loose_key(name)
    if len(whole) < _SHORTEST:
        return []
    bones = _mask(whole)
    scores: dict[int, float] = {}
    if len(keys.skeleton(body)) < 3:
        # a short name is like too many others: it must be right there
        km = min(km, _SHORT_KM)
    tried: set[tuple[int, str]] = set()
    for lat, lon in points:
        cell = _cell(round(lat, 2), round(lon, 2), km, gazetteer)
        for length in range(len(whole) - _MOST_LONGER, len(whole) + _MOST_LONGER + 1):
            for row, key, mask in cell.get(length, ()):
                if (bones ^ mask).bit_count() > 3 or (row, key) in tried:
                    continue
                tried.add((row, key))
                score = _alike(body, key[len(head) :]) if head and key.startswith(head) else _alike(whole, key)
                if score > scores.get(row, 0.0):
                    scores[row] = score
    if not scores:
        return []
    top = max(scores.values())
    if top < 0.8:
        return []
    kept = {r: min(0.85, 0.85 * s) for r, s in scores.items() if s >= top - _MARGIN}
    return gazetteer.merge(kept)


def agreement(kind: str | None, found: Found) -> float:
    """How well a place's kind suits the kind word beside the name: 1 suits, 0 nothing to say, down to -1 cannot be."""
    classes = place_words().classes(kind)
    if not classes:
        return 0.0
    have = found.place.kind
    if any(have in place_words().agrees.get(c, frozenset()) for c in classes) or (have == "capital" and {"city"} & set(classes)):
        if "village" in classes and found.population > 60_000:
            return -1.0
        if kind in {"city", "metropolis"} and have not in {"city", "capital"} and 0 < found.population < 3_000:
            return 0.3
        return 1.0
    populated = have in {"locality", "city", "town", "village", "capital", "neighbourhood"}
    if populated and {"airport", "base", "facility", "hill", "water", "land", "camp", "road"} & set(classes):
        # the airbase, hill or dam that is named after the town beside it
        return STAND_IN
    if have == "country" or "country" in classes:
        return -1.0
    if "region" in classes and populated:
        return -0.5
    if "region" in classes and have == "county":
        return -0.3
    if have in {"region", "county"} and {"city", "village", "neighbourhood"} & set(classes):
        return -0.7
    return -0.5


def names_of(found: Sequence[Found]) -> list[str]:
    """Names of places, for messages."""
    return [f.place.name for f in found]
