"""Gazetteer files as their makers publish them, read into places: which format it is shows in the content, not the name.

Known: a country file of Who's On First (JSON), OCHA's place lists with P-codes (CSV), a GeoNames dump (tab-separated .txt or
.zip), an OpenStreetMap extract (.osm.pbf), and Warlog's own simple CSV. Text may be compressed with gzip or zip.
"""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from warlog.errors import InputError, WarlogError
from warlog.places import opening, source_csv, source_geonames, source_ocha, source_osm, source_wof
from warlog.places.model import PackInfo, Place
from warlog.places.pack import as_table

_Reader = Callable[[Path, str], tuple[PackInfo, Iterator[Place]]]


@dataclass(slots=True)
class Source:
    """A gazetteer file that was read: what to credit, and its places as a table of a pack's columns."""

    info: PackInfo
    table: pa.Table


def read_source(path: Path, *, country: str = "", digest: str | None = None) -> Source:
    """Read a gazetteer file of any known format. Raises InputError, with one sentence, if it cannot be used.

    `country` (ISO 3166 alpha-2) is taken for the places of which the file does not say it.
    """
    digest = digest or opening.sha256_of(path)
    kind, reader = _recognised(path)
    try:
        info, places = reader(path, stem_of(path))
        table = as_table(_of(places, country.upper()))
    except WarlogError:
        raise
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OverflowError, csv.Error) as error:
        raise InputError(f"{path}: is damaged: it looks like {kind} but does not hold together ({_short(error)}).") from error
    except pa.ArrowException as error:
        raise InputError(f"{path}: holds values that no gazetteer has ({_short(error)}).") from error
    if not table.num_rows:
        raise InputError(f"{path}: holds no places.")
    _distinct(path, table)
    return Source(dataclasses.replace(info, sha256=digest, source=path.name), table)


def stem_of(path: Path) -> str:
    """A pack's name from a file's: lower case, without what no pack name has."""
    return re.sub(r"[^a-z0-9]+", "-", path.name.split(".")[0].lower()).strip("-")[:60] or "pack"


def _of(places: Iterator[Place], country: str) -> Iterator[Place]:
    return (dataclasses.replace(p, country=country) if country and not p.country else p for p in places)


def _distinct(path: Path, table: pa.Table) -> None:
    """Raises InputError if two places have one id."""
    ids = table.column("id").combine_chunks()
    if len(ids.unique()) < len(ids):
        seen: set[str] = set()
        double = next(i for i in ids.to_pylist() if i in seen or seen.add(i))  # type: ignore[func-returns-value]
        raise InputError(f"{path}: has two places with the id {double.partition(':')[2]}.")


def _short(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= 160 else f"{text[:159]}…"


def _recognised(path: Path) -> tuple[str, _Reader]:
    if source_osm.is_extract(path):
        return "an OpenStreetMap extract", source_osm.read
    first = opening.first_line(path)
    if first.lstrip()[:1] in {"[", "{"}:
        return "a Who's On First country file", source_wof.read
    if source_geonames.is_dump(first):
        return "a GeoNames dump", source_geonames.read
    header = next(csv.reader([first]), [])
    if source_csv.is_simple(header):
        return "a Warlog gazetteer CSV", source_csv.read
    if source_ocha.is_list(header):
        return "an OCHA place list", source_ocha.read
    raise InputError(
        f"{path}: is no gazetteer that Warlog knows: not a Who's On First country file, an OCHA place list with P-codes, "
        "a GeoNames dump, an OpenStreetMap extract, or a CSV with the columns id, name, lat and lon."
    )
