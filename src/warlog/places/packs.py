"""Installing, listing and removing gazetteer packs in the user's data folder.

A pack is one file, written beside its place and moved there whole, and the folder itself is the list of what is installed:
two processes that add or read packs at once never see half of one.
"""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

from warlog.errors import InputError, LogError, UsageError, WarlogError
from warlog.places.home import packs_folder
from warlog.places.model import PackInfo
from warlog.places.pack import read_info, write_pack
from warlog.places.sources import read_source

_ENDING = ".arrow"


def add_pack(path: Path | str, *, home: Path | str | None = None) -> PackInfo:
    """Install a gazetteer file as a pack; `added` in the answer is False if the very same file was installed already.

    A newer file of the same name takes the place of the old one. Raises InputError for a file that cannot be used.
    """
    path = Path(path)
    folder = packs_folder(home)
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}.") from error
    for info in _readable(folder):
        if info.sha256 == digest:
            return info
    source = read_source(path)
    target = folder / f"{source.info.name}{_ENDING}"
    return dataclasses.replace(write_pack(target, source.places, source.info), added=True)


def list_packs(*, home: Path | str | None = None) -> list[PackInfo]:
    """The installed packs, by name. Raises InputError for a pack file that is damaged or of another version."""
    return [read_info(p) for p in _files(packs_folder(home))]


def remove_pack(name: str, *, home: Path | str | None = None) -> PackInfo:
    """Remove an installed pack by its name. Raises UsageError if there is none of that name."""
    folder = packs_folder(home)
    target = folder / f"{name}{_ENDING}"
    if "/" in name or "\\" in name or not target.is_file():
        known = ", ".join(p.stem for p in _files(folder)) or "none"
        raise UsageError(f"No gazetteer pack is named {name!r}; installed are: {known}.")
    try:
        info = read_info(target)
    except WarlogError:
        info = PackInfo(name, name, "", "", "", "", 0, path=str(target))
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise LogError(f"{target}: cannot be removed: {error.strerror or error}.") from error
    return info


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.suffix == _ENDING and not p.name.startswith("."))


def _readable(folder: Path) -> list[PackInfo]:
    found: list[PackInfo] = []
    for path in _files(folder):
        try:
            found.append(read_info(path))
        except WarlogError:
            continue
    return found
