"""The pack index: a JSON file that names the packs somebody hosts, with address, size, SHA-256, version, licence and attribution.

    {"format": 1, "packs": [{"name": "SY", "title": "Syria", "url": "sy.arrow.gz", "size": 123456, "sha256": "…",
                             "version": "2026-01-31", "licence": "…", "attribution": "…", "places": 15000}]}

`url` is taken from where the index lies. Which index is used is told by an option, by `WARLOG_PACK_INDEX`, or by a line
`index = "https://…"` in the file `gazetteer.toml` in the data folder; there is none by default.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from warlog.errors import InputError, UsageError
from warlog.places.home import data_home, replacing

FORMAT = 1
VARIABLE = "WARLOG_PACK_INDEX"
SETTINGS = "gazetteer.toml"
_MOST_BYTES = 16 * 2**20
_LARGEST = 64 * 2**30
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


@dataclass(slots=True, frozen=True)
class Listed:
    """One pack of an index."""

    name: str
    #: address of the file, whole
    url: str
    size: int
    sha256: str
    version: str = ""
    title: str = ""
    licence: str = ""
    attribution: str = ""
    places: int = 0


def where(index: str | None, home: Path | str | None = None) -> str:
    """Address or path of the index to use. Raises UsageError if none is named, InputError for a damaged settings file."""
    if index:
        return index
    if named := os.environ.get(VARIABLE):
        return named
    settings = data_home(home) / SETTINGS
    if settings.is_file():
        try:
            found = tomllib.loads(settings.read_text(encoding="utf-8")).get("index")
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise InputError(f"{settings}: cannot be read: {_one_line(error)}.") from error
        if isinstance(found, str) and found:
            return found
    raise UsageError(
        f"No pack index is known: name one with --index, with {VARIABLE}, or as index in {settings}; or give the path of a file."
    )


def read(where: str, *, allow_private: bool = False) -> dict[str, Listed]:
    """The packs of an index by name, in lower case. Raises InputError if it cannot be had or does not hold together."""
    if "://" in where:
        from warlog.collect.web import Fetcher

        fetcher = Fetcher(allow_private, obey_robots=False, min_delay=0.0, max_bytes=_MOST_BYTES)
        fetched = fetcher.fetch(where)
        data, base = fetched.data, fetched.final_url
    else:
        path = Path(where)
        try:
            data, base = path.read_bytes(), path.resolve().as_uri()
        except OSError as error:
            raise InputError(f"{where}: cannot be read: {error.strerror or error}.") from error
    try:
        raw = json.loads(data.decode("utf-8-sig"))
        if not isinstance(raw, dict) or raw.get("format") != FORMAT:
            raise ValueError(f"its format is not {FORMAT}")
        found = [_listed(row, base) for row in raw["packs"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"{where}: is no pack index, or it is damaged ({_one_line(error)}).") from error
    return {pack.name.lower(): pack for pack in found}


def _listed(row: dict[str, Any], base: str) -> Listed:
    text = {name: str(row.get(name, "")) for name in ("version", "title", "licence", "attribution")}
    url, size, digest = urljoin(base, str(row["url"])), int(row["size"]), str(row["sha256"]).lower()
    pack = Listed(str(row["name"]), url, size, digest, places=int(row.get("places", 0)), **text)
    if not _NAME.fullmatch(pack.name) or not _SHA256.fullmatch(pack.sha256) or not 0 < pack.size <= _LARGEST:
        raise ValueError(f"the pack {pack.name[:80]!r} has no usable name, size or SHA-256")
    # an index from the web leads to the web, never to this machine's files
    if pack.url.startswith("file:") and not base.startswith("file:"):
        raise ValueError(f"the pack {pack.name!r} has an address that is not of the web")
    return pack


def write(path: Path, packs: list[Listed]) -> None:
    """Write an index, keeping the other packs that it has. Raises InputError for a damaged one, LogError if it cannot be."""
    known = read(str(path)) if path.exists() else {}
    rows = {name: row for name, row in _rows(path).items() if name in known}
    for pack in packs:
        rows[pack.name.lower()] = dataclasses.asdict(pack)
    text = json.dumps({"format": FORMAT, "packs": [rows[name] for name in sorted(rows)]}, ensure_ascii=False, indent=1) + "\n"
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _rows(path: Path) -> dict[str, dict[str, Any]]:
    """The rows of an index as they stand in it."""
    if not path.exists():
        return {}
    return {str(row["name"]).lower(): row for row in json.loads(path.read_text(encoding="utf-8-sig"))["packs"]}


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return (text if len(text) <= 160 else f"{text[:159]}…").rstrip(".")
