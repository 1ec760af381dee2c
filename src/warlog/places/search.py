"""The search for a name that may be misspelled: about a point, in some countries, or everywhere.

A name is compared by its sounds with every name in reach, as it stands and in a few readings (either half of "A - B", without the
word that says which of several it is); the best are then measured finely. What a name has in brackets ("X (Y)") names
where it lies, and tells namesakes apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from warlog.places import geo, keys
from warlog.places.found import Found, importance
from warlog.places.fuzzy import likeness, ratios, sounded

if TYPE_CHECKING:
    from warlog.places.gazetteer import Gazetteer

_BRACKET = re.compile(r"\s*[(\[]([^)\]]*)[)\]]?")
_HALVES = re.compile(r"\s+[-–/]\s+")
#: So many of the fast search's best are measured finely.
_MEASURED = 16
#: Below this a name is another name.
_LEAST = 0.5
#: What a reading other than the name as it stands costs.
_HALF, _SHORTENED = 0.02, 0.12
#: Names that are alike within this are told apart by what else is known.
_EVEN = 0.025
_NAMESAKE_KM = 40.0
#: A misspelling is taken for the name without any context only from this likeness on.
_ALL_BUT_THE_SAME = 0.9
#: More names than these are not gone through without a point or a country.
_MOST_NAMES = 400_000


@dataclass(slots=True)
class Names:
    """Names in reach of a search: loose keys, the same sounded, the row of each, and whether it is the place's first name."""

    loose: list[str]
    sounded: list[str]
    rows: npt.NDArray[np.int64]
    first: npt.NDArray[np.bool_]


def names_of(gazetteer: Gazetteer, rows: npt.NDArray[np.int64]) -> Names:
    """The names of rows."""
    loose: list[str] = []
    signs: list[str] = []
    lengths: list[int] = []
    for row in rows.tolist():
        known, spoken = gazetteer.spoken_keys(row)
        loose.extend(known)
        signs.extend(spoken)
        lengths.append(len(known))
    counts = np.array(lengths, dtype=np.int64)
    first = np.zeros(len(loose), dtype=bool)
    first[(np.cumsum(counts) - counts)[counts > 0]] = True
    return Names(loose, signs, np.repeat(rows, counts), first)


def readings(name: str) -> list[tuple[str, float]]:
    """Loose keys that a name can be read as, each with what the reading costs; the name as it stands is the first."""
    plain = _BRACKET.sub("", name).strip() or name
    found: dict[str, float] = {}

    def add(key: str, cost: float) -> None:
        if len(key) > 1 or not found:
            found.setdefault(key, cost)

    for form in keys.romanise(plain):
        parts = keys.words(form)
        add(keys.loose_of(parts), 0.0)
        for half in _HALVES.split(form) if _HALVES.search(form) else ():
            add(keys.loose_key(half), _HALF)
        kept = [w for w in parts if w not in keys.articles()]
        if len(kept) >= 3:
            add(keys.loose_of(kept[:-1]), _SHORTENED)
        if len(kept) >= 2 and kept[0] in keys.standard_words():
            add(keys.loose_of(kept[1:]), _SHORTENED)
        if len(parts) == 1 and keys.untied(parts[0]) != parts[0]:
            add(keys.loose_key(keys.untied(parts[0])), _HALF)
    return list(found.items())


def search(
    gazetteer: Gazetteer, name: str, near: tuple[float, float] | None, km: float, countries: Sequence[str], limit: int
) -> list[Found]:
    """Places whose name is most like this one, best first; `match` says how alike, 0 to 1.

    `near` is a latitude and longitude: only what lies within `km` of it is looked at. Else whole countries are (ISO 3166 alpha-2;
    all countries of the open packs if none is given), which takes longer the more places they have.
    """
    scopes = [names_of(gazetteer, np.array(gazetteer.near(*near, km), dtype=np.int64))] if near else _scopes(gazetteer, countries)
    scores: dict[int, float] = {}
    for scope in scopes:
        for row, score in _scored(scope, name).items():
            scores[row] = max(score, scores.get(row, 0.0))
    if not scores:
        return []
    top = max(scores.values())
    even = [row for row, score in scores.items() if score >= top - _EVEN]
    if len(even) > 1:
        scores |= _told_apart(gazetteer, name, even, scores, near)
    ordered = sorted(scores, key=lambda r: (-scores[r], r))[:limit]
    return [_found(gazetteer, row, min(1.0, scores[row])) for row in ordered]


def _scopes(gazetteer: Gazetteer, countries: Sequence[str]) -> list[Names]:
    codes = [c.upper() for c in countries] or sorted({c for p in gazetteer.packs for c in p.countries})
    if not countries and len(gazetteer) > _MOST_NAMES:
        return []
    return [gazetteer.sounded_names(code) for code in codes]


def _scored(scope: Names, name: str) -> dict[int, float]:
    scores: dict[int, float] = {}
    if not scope.loose:
        return scores
    for key, cost in readings(name):
        if not key:
            continue
        quick = ratios(sounded(key), scope.sounded)
        many = min(_MEASURED, len(quick))
        for at in np.argpartition(-quick, many - 1)[:many].tolist():
            score = likeness(key, scope.loose[at]) - cost - (0.0 if scope.first[at] else 0.01) + 0.0005 * float(quick[at]) - 0.05
            row = int(scope.rows[at])
            if score >= _LEAST and score > scores.get(row, 0.0):
                scores[row] = score
    return scores


def _told_apart(
    gazetteer: Gazetteer, name: str, rows: list[int], scores: dict[int, float], near: tuple[float, float] | None
) -> dict[int, float]:
    """Scores of places that are about equally alike, by the very spelling, what stands in brackets, nearness and prominence."""
    bracket = _BRACKET.search(name)
    plain = _BRACKET.sub("", name).strip().lower() or name.lower()
    within = gazetteer.find(bracket.group(1)) if bracket and bracket.group(1).strip() else ()
    simple = "".join(w for w in keys.words(plain) if w not in keys.articles())
    out: dict[int, float] = {}
    for row in rows:
        place = gazetteer.place(row)
        point = (place.lat, place.lon)
        own = max(
            (
                0.75 * fuzz.ratio(simple, "".join(w for w in keys.words(n) if w not in keys.articles()))
                + 0.25 * fuzz.ratio(plain, n.lower())
                for n in (place.name, *(n for n in place.names if keys.is_latin(n)))
            ),
            default=0.0,
        )
        score = scores[row] + 0.0004 * own + 0.004 * importance(_found(gazetteer, row, 0.0))
        score += 0.0002 * fuzz.ratio(simple, "".join(w for w in keys.words(place.name) if w not in keys.articles()))
        if within:
            score += 0.05 * max(0.0, 1 - min(geo.distance_km(point, f.point) for f in within) / _NAMESAKE_KM)
        if near:
            score -= 0.002 * geo.distance_km(point, near)
        out[row] = score
    return out


def misspelled_anywhere(gazetteer: Gazetteer, name: str) -> list[Found]:
    """Places whose name is all but the same, wherever they lie, if the open packs are not too large to go through."""
    if len(keys.skeleton(keys.loose_key(name))) < 3:
        return []
    found = search(gazetteer, name, None, 0.0, (), 10)
    return [f for f in found if f.match >= _ALL_BUT_THE_SAME and f.match >= found[0].match - _EVEN]


def _found(gazetteer: Gazetteer, row: int, match: float) -> Found:
    place = gazetteer.place(row)
    return Found(row, place, match, place.population, (row,), place.population)
