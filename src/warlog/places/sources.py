"""Gazetteer files as their makers publish them, read into places: which format it is shows in the content, not the name.

Known: a country file of Who's On First (JSON), the OCHA list of communities (CSV), a GeoNames dump (tab-separated .txt or
.zip) and Warlog's own simple CSV, whose header is `id,name,alt_names,lat,lon,kind,country,admin1,admin2,population` (only id,
name, lat and lon are needed; alternate names are parted by `;`; a further column `sensitive` marks places that may only be
published at district precision). Any of them may be compressed with gzip.
"""

from __future__ import annotations

import csv
import dataclasses
import gzip
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warlog import vocabulary
from warlog.errors import InputError
from warlog.places import keys
from warlog.places.model import PackInfo, Place
from warlog.places.words import peoples

_GEONAMES_COLUMNS = 19
_LONGEST_NAME = 80
_TRUE = {"1", "true", "yes", "y"}


@dataclass(slots=True)
class Source:
    """A gazetteer file that was read: what to credit, and its places."""

    info: PackInfo
    places: list[Place]


def read_source(path: Path) -> Source:
    """Read a gazetteer file of any known format. Raises InputError, with one sentence, if it cannot be used."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}.") from error
    digest = hashlib.sha256(data).hexdigest()
    text = _text(path, data)
    stem = re.sub(r"[^a-z0-9]+", "-", path.name.split(".")[0].lower()).strip("-") or "pack"
    kind, reader = _recognise(path, text)
    try:
        info, places = reader(path, text, stem)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, csv.Error) as error:
        raise InputError(f"{path}: is damaged: it looks like {kind} but does not hold together ({error}).") from error
    if not places:
        raise InputError(f"{path}: holds no places.")
    return Source(dataclasses.replace(info, sha256=digest, source=path.name), places)


def _text(path: Path, data: bytes) -> str:
    if not data:
        raise InputError(f"{path}: is empty.")
    try:
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        elif data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = [n for n in archive.namelist() if n.lower().endswith(".txt") and "readme" not in n.lower()]
                if not names:
                    raise InputError(f"{path}: is a zip file with no .txt file in it.")
                data = archive.read(names[0])
        return data.decode("utf-8-sig")
    except (OSError, EOFError, zipfile.BadZipFile, gzip.BadGzipFile) as error:
        raise InputError(f"{path}: cannot be unpacked; the file is damaged or cut off.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not text in UTF-8.") from error


_Reader = Callable[[Path, str, str], tuple[PackInfo, list[Place]]]


def _recognise(path: Path, text: str) -> tuple[str, _Reader]:
    head = text.lstrip()[:1]
    if head in {"[", "{"}:
        return "a Who's On First country file", _who_is_on_first
    first = text.split("\n", 1)[0].strip("\r")
    if first.count("\t") >= _GEONAMES_COLUMNS - 1:
        return "a GeoNames dump", _geonames
    columns = {c.strip().strip('"') for c in first.split(",")}
    if {"PP_PCODE", "PP_NAME_EN"} <= columns:
        return "an OCHA list of communities", _ocha
    if {"id", "name", "lat", "lon"} <= columns:
        return "a Warlog gazetteer CSV", _simple
    raise InputError(
        f"{path}: is no gazetteer that Warlog knows: not a Who's On First country file, an OCHA list of communities, "
        "a GeoNames dump, or a CSV with the columns id, name, lat and lon."
    )


def _in_latin(name: str, others: list[str]) -> str:
    """The name that stands for a place: its own if in Latin letters, else the first that is, else its own romanised."""
    if keys.is_latin(name):
        return name
    latin = next((n for n in others if keys.is_latin(n) and not (len(n) <= 4 and n.isupper())), None)
    return latin or keys.romanise(name)[0]


def _clean(names: list[str], name: str) -> tuple[str, ...]:
    """Names without codes, adjectives and doubles."""
    out: dict[str, None] = {}
    for n in names:
        n = " ".join(n.split())
        if not n or n == name or len(n) > _LONGEST_NAME or n.lower() in peoples():
            continue
        if len(n) <= 4 and n.isascii() and n.isupper():
            continue
        out[n] = None
    return tuple(out)


def _point(lat: Any, lon: Any) -> tuple[float, float]:
    a, b = float(lat), float(lon)
    if not (-90 <= a <= 90 and -180 <= b <= 180):
        raise ValueError(f"{lat}, {lon} is no point on the earth")
    return a, b


def _who_is_on_first(path: Path, text: str, stem: str) -> tuple[PackInfo, list[Place]]:
    rows = json.loads(text)
    if not isinstance(rows, list) or not rows or not {"id", "n", "pt", "lat", "lon", "names"} <= set(rows[0]):
        raise InputError(f"{path}: is JSON, but not a Who's On First country file.")
    table = vocabulary.load("place_words")["wof"]
    kinds, languages = table["kinds"], set(table["languages"])
    by_id = {r["id"]: r["n"] for r in rows}
    places: list[Place] = []
    for r in rows:
        kind = kinds.get(r["pt"], "area")
        if not kind or not r["n"] or r.get("sup") or r.get("dep"):
            continue
        lat, lon = _point(r["lat"], r["lon"])
        hier = (r.get("hier") or [{}])[0]
        names = [
            n
            for tag in sorted(r["names"], key=lambda t: (t[:3] != "eng", "preferred" not in t))
            if tag[:3] in languages
            for n in r["names"][tag]
        ]
        name = _in_latin(r["n"], names)
        names.append(r["n"])
        places.append(
            Place(
                f"wof:{r['id']}", name, lat, lon, kind, r.get("ctry") or "", by_id.get(hier.get("region_id"), ""),
                by_id.get(hier.get("county_id"), ""), int(r.get("pop") or 0), _clean(names, name),
            )
        )  # fmt: skip
    codes = sorted({p.country for p in places if p.country})
    name = f"wof-{codes[0].lower()}" if len(codes) == 1 else f"wof-{stem.removeprefix('wof-')}"
    title = f"Who's On First, {', '.join(codes)}" if len(codes) <= 4 else "Who's On First"
    info = PackInfo(name, title, "", "", "CC0 1.0, over GeoNames CC BY 4.0", "Who's On First, CC0 over GeoNames CC BY 4.0", 0)
    return info, places


def _ocha(path: Path, text: str, stem: str) -> tuple[PackInfo, list[Place]]:
    places: list[Place] = []
    codes = {"SY": "SY", "UA": "UA", "YE": "YE", "SD": "SD", "IQ": "IQ", "LB": "LB", "PS": "PS", "MM": "MM"}
    country = ""
    for r in csv.DictReader(io.StringIO(text)):
        if not (r["lat"] and r["lon"]):
            continue
        lat, lon = _point(r["lat"], r["lon"])
        country = codes.get((r.get("ADM1_PCODE") or "")[:2], (r.get("ADM1_PCODE") or "")[:2])
        name = re.sub(r"\s*\(.*?\)", "", r["PP_NAME_EN"]).strip() or r["PP_NAME_EN"]
        names = [*_halves(name), r["PP_NAME_EN"], r.get("PP_REF_NAM") or "", r.get("PP_ALT1_EN") or "", r.get("PP_ALT2_EN") or ""]
        places.append(
            Place(
                f"ocha:{r['PP_PCODE']}", name, lat, lon, "locality", country, r.get("ADM1_EN") or "",
                r.get("ADM2_EN") or "", int(float(r.get("Population") or 0)), _clean(names, name),
            )
        )  # fmt: skip
    attribution = "OCHA Common Operational Datasets (COD), communities; CC BY-IGO"
    return PackInfo(
        f"ocha-{country.lower() or stem}", f"OCHA communities, {country}", "", "", "CC BY-IGO 3.0", attribution, 0
    ), places


def _halves(name: str) -> list[str]:
    """ "A - B" is one place with two names, but "Farm - A" is a farm of A."""
    halves = [h.strip() for h in re.split(r"\s+[-–/]\s+", name)]
    plain = len(halves) > 1 and all(len(h) > 3 and not keys.is_generic(h) for h in halves)
    return halves if plain else []


def _geonames(path: Path, text: str, stem: str) -> tuple[PackInfo, list[Place]]:
    kinds = vocabulary.load("place_words")["geonames"]["kinds"]
    places: list[Place] = []
    for number, row in enumerate(_tab_rows(text), 1):
        if len(row) < _GEONAMES_COLUMNS:
            raise InputError(f"{path}: line {number} has {len(row)} columns where a GeoNames dump has {_GEONAMES_COLUMNS}.")
        kind = kinds.get(f"{row[6]}.{row[7]}", kinds.get(row[6], "area"))
        lat, lon = _point(row[4], row[5])
        names = _clean([*row[3].split(","), row[2]], row[1])
        places.append(Place(f"geonames:{row[0]}", row[1], lat, lon, kind, row[8], row[10], row[11], int(row[14] or 0), names))
    return PackInfo(f"geonames-{stem}", f"GeoNames dump {path.name}", "", "", "CC BY 4.0", "GeoNames, CC BY 4.0", 0), places


def _tab_rows(text: str) -> Iterator[list[str]]:
    return (line.rstrip("\r").split("\t") for line in text.split("\n") if line.strip())


def _simple(path: Path, text: str, stem: str) -> tuple[PackInfo, list[Place]]:
    places: list[Place] = []
    seen: set[str] = set()
    for number, r in enumerate(csv.DictReader(io.StringIO(text)), 2):
        if None in r.values() or None in r:
            raise InputError(f"{path}: line {number} has not as many columns as the header.")
        if not r["id"] or not r["name"] or r["id"] in seen:
            raise InputError(f"{path}: line {number} needs a name and an id that no other line has.")
        seen.add(r["id"])
        try:
            lat, lon = _point(r["lat"], r["lon"])
            population = int(float(r.get("population") or 0))
        except ValueError as error:
            raise InputError(f"{path}: line {number} has no usable lat, lon or population ({error}).") from error
        names = tuple(n.strip() for n in (r.get("alt_names") or "").split(";") if n.strip())
        places.append(
            Place(
                f"{stem}:{r['id']}", r["name"].strip(), lat, lon, (r.get("kind") or "locality").strip().lower(),
                (r.get("country") or "").strip().upper(), r.get("admin1") or "", r.get("admin2") or "", population, names,
                (r.get("sensitive") or "").strip().lower() in _TRUE,
            )
        )  # fmt: skip
    return PackInfo(stem, path.name, "", "", "as its maker set", f"Places from {path.name}", 0), places
