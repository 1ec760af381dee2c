"""What the readers of all formats share: which name stands for a place, which names it keeps, and where it lies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from warlog.places import keys
from warlog.places.words import peoples

_LONGEST_NAME = 80


def in_latin(name: str, others: Iterable[str]) -> str:
    """The name that stands for a place: its own if in Latin letters, else the first that is, else its own romanised."""
    if keys.is_latin(name):
        return name
    latin = next((n for n in others if keys.is_latin(n) and not is_code(n)), None)
    return latin or keys.romanise(name)[0].strip() or name


def cleaned(names: Iterable[str], name: str) -> tuple[str, ...]:
    """Names without codes, machine-made letterings, words for people, and doubles."""
    out: dict[str, None] = {}
    for n in names:
        n = " ".join(n.split())
        if not n or n == name or len(n) > _LONGEST_NAME or is_code(n) or is_made(n) or n.lower() in peoples():
            continue
        out[n] = None
    return tuple(out)


def is_code(name: str) -> bool:
    """Airport and locality codes ("ALP") stand among alternate names; they are no names."""
    return len(name) <= 4 and name.isascii() and name.isupper()


def is_made(name: str) -> bool:
    """A name in ASCII without any capital was lettered by a machine from another script ("mwskw"): nobody writes it."""
    return name.isascii() and not any(c.isupper() for c in name)


def point(lat: Any, lon: Any) -> tuple[float, float]:
    """Latitude and longitude. Raises ValueError for what is no point on the earth."""
    a, b = float(lat), float(lon)
    # a comparison with "not a number" is never true
    if not (-90 <= a <= 90 and -180 <= b <= 180):
        raise ValueError(f"{lat}, {lon} is no point on the earth")
    return a, b


def count(value: Any) -> int:
    """A population as a number, 0 where there is none. Raises ValueError."""
    number = float(str(value).replace(",", "").strip() or 0) if value is not None else 0.0
    if not 0 <= number < 1e10:
        raise ValueError(f"{value} is no number of people")
    return int(number)


def halves(name: str) -> list[str]:
    """ "A - B" is one place with two names, but "Farm - A" is a farm of A."""
    parts = [h.strip() for h in re.split(r"\s+[-–/]\s+", name)]
    plain = len(parts) > 1 and all(len(h) > 3 and not keys.is_generic(h) for h in parts)
    return parts if plain else []
