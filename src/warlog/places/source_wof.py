"""Country files of Who's On First: a JSON list with id, names by language, placetype, point and the areas a place lies in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warlog import vocabulary
from warlog.errors import InputError
from warlog.places import opening
from warlog.places.entries import cleaned, count, in_latin, point
from warlog.places.model import PackInfo, Place

_NEEDED = {"id", "n", "pt", "lat", "lon", "names"}
#: The keys of a record's concordances that are looked up, and what they are called here.
_IDS = {"gn:id": "geonames", "wd:id": "wikidata"}
LICENCE = "CC0 1.0, over GeoNames CC BY 4.0"


def read(path: Path, stem: str) -> tuple[PackInfo, Iterator[Place]]:
    """What to credit, and the places. Raises InputError, and what bad values raise."""
    rows = json.loads(opening.whole(path))
    if not isinstance(rows, list) or not rows or not all(isinstance(r, dict) and set(r) >= _NEEDED for r in rows):
        raise InputError(f"{path}: is JSON, but not a Who's On First country file.")
    codes = sorted({r["ctry"] for r in rows if r.get("ctry")})
    name = f"wof-{codes[0].lower()}" if len(codes) == 1 else f"wof-{stem.removeprefix('wof-')}"
    title = f"Who's On First, {', '.join(codes)}" if 0 < len(codes) <= 4 else "Who's On First"
    return PackInfo(name, title, "", "", LICENCE, f"Who's On First, {LICENCE}", 0), _places(rows)


def _places(rows: list[dict[str, Any]]) -> Iterator[Place]:
    kinds = vocabulary.load("place_kinds")["wof"]
    languages = set(vocabulary.load("gazetteer_files")["wof"]["languages"])
    by_id = {r["id"]: r for r in rows}

    def area(above: dict[str, Any], level: str) -> str:
        return str(by_id.get(above.get(level), {}).get("n") or "")

    for r in rows:
        kind = kinds.get(r["pt"], "area")
        # superseded and deprecated records are followed by newer ones
        if not kind or not r["n"] or r.get("sup") or r.get("dep"):
            continue
        lat, lon = point(r["lat"], r["lon"])
        above = (r.get("hier") or [{}])[0]
        tags = sorted(r["names"], key=lambda t: (t[:3] != "eng", "preferred" not in t))
        names = [n for tag in tags if tag[:3] in languages for n in r["names"][tag]]
        name = in_latin(r["n"], names)
        known = r.get("conc") or {}
        ids = tuple(f"{source}:{known[key]}" for key, source in _IDS.items() if known.get(key))
        region = by_id.get(above.get("region_id"), {}).get("conc") or {}
        iso = str(region.get("iso:code") or region.get("iso:id") or "")
        yield Place(
            f"wof:{r['id']}", name, lat, lon, kind, r.get("ctry") or "", area(above, "region_id"), area(above, "county_id"),
            count(r.get("pop")), cleaned([*names, r["n"]], name), admin3=area(above, "localadmin_id"), iso=iso, ids=ids,
        )  # fmt: skip
