"""ZIP archives, and WACZ files, which are ZIP archives of WARC files with a list of digests, to the captures in them."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from typing import IO, Any

from warlog.collect import bounds
from warlog.collect.bounds import Metered, buffered
from warlog.collect.guard import DAMAGE, Found, guarded
from warlog.collect.kinds import SUFFIXES
from warlog.collect.notices import Skipped
from warlog.collect.origin import Origin, clean_member
from warlog.errors import InputError

Expand = Callable[[IO[bytes], Origin], Iterator[Found]]

_ENCRYPTED = 0x1
#: The archive's own list of what is in it, at 46 bytes and a name for each member.
_MAX_LIST_BYTES = 16 * 1024 * 1024
_MAX_JSON = 16 * 1024 * 1024
_PIECE = 1024 * 1024
_OFFICE = {
    "word/": "a Word document",
    "xl/": "an Excel sheet",
    "ppt/": "a PowerPoint file",
    "META-INF/container.xml": "an EPUB book",
    "content.xml": "an OpenDocument file",
}


def captures(stream: IO[bytes], origin: Origin, expand: Expand) -> Iterator[Found]:
    """The captures in the members of an archive, in the order of their names; what was passed over, at the end."""
    if stream.seekable():
        yield from _archive(stream, origin, expand)
        return
    with tempfile.SpooledTemporaryFile(max_size=bounds.SPOOL_MEMORY, prefix="warlog-") as spool:
        if not copy(stream, spool):
            yield InputError(f"{origin.shown} is larger than {bounds.shown_size(bounds.MAX_SPOOLED_BYTES)}, which is too much.")
            return
        spool.seek(0)
        yield from _archive(spool, origin, expand)


def copy(stream: IO[bytes], spool: IO[bytes]) -> bool:
    """Copy a stream whole; False if it is larger than `bounds.MAX_SPOOLED_BYTES`."""
    size = 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > bounds.MAX_SPOOLED_BYTES:
            return False
        spool.write(piece)
    return True


def _archive(stream: IO[bytes], origin: Origin, expand: Expand) -> Iterator[Found]:
    if _list_size(stream) > _MAX_LIST_BYTES:
        yield InputError(f"{origin.shown} lists more than {bounds.MAX_MEMBERS} members, which is more than is read.")
        return
    with zipfile.ZipFile(stream) as archive:
        infos = archive.infolist()
        if len(infos) > bounds.MAX_MEMBERS:
            yield InputError(f"{origin.shown} lists more than {bounds.MAX_MEMBERS} members, which is more than is read.")
            return
        names = {info.filename for info in infos}
        office = _office(names)
        if office:
            yield InputError(f"{origin.shown} is {office}, which is not read; save it as text, HTML or PDF.")
        elif "datapackage.json" in names and any(name.startswith("archive/") for name in names):
            yield from _wacz(archive, infos, origin, expand)
        else:
            yield from _members(archive, infos, origin, expand)


def _list_size(stream: IO[bytes]) -> int:
    """Size of the archive's list as its end record gives it; 0 where there is no such record."""
    end = stream.seek(0, 2)
    stream.seek(max(0, end - 65_557))
    tail = stream.read(65_557)
    at = tail.rfind(b"PK\x05\x06")
    size = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if size == 0xFFFFFFFF:
        # The true figure is in the end record of the larger format, which stands before.
        large = tail.rfind(b"PK\x06\x06")
        size = int.from_bytes(tail[large + 40 : large + 48], "little") if large >= 0 else size
    stream.seek(0)
    return size


def _office(names: set[str]) -> str | None:
    if "[Content_Types].xml" not in names and "mimetype" not in names:
        return None
    return next((what for start, what in _OFFICE.items() if any(name.startswith(start) for name in names)), None)


def _members(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], origin: Origin, expand: Expand) -> Iterator[Found]:
    skipped: Counter[str] = Counter()
    wanted: dict[str, zipfile.ZipInfo] = {}
    twice: Counter[str] = Counter()
    locked = 0
    for info in infos:
        if info.is_dir():
            continue
        passed = _passed_over(info.filename)
        if passed is not None:
            skipped[passed] += 1
        elif info.flag_bits & _ENCRYPTED:
            locked += 1
        else:
            name = clean_member(info.filename)
            twice[name] += name in wanted
            wanted[name] = info  # of two with one name the last is the one that unpacking would leave
    if locked:
        yield InputError(f"{origin.shown} has {locked} member{'s' * (locked > 1)} locked with a password, which cannot be read.")
    for name, count in sorted(twice.items()):
        if count:
            yield InputError(f"{origin.shown} has {count + 1} members named {name}; only the last of them is read.")
    if not wanted and not locked:
        yield InputError(f"{origin.shown} holds no file that can be read.")
    for name in sorted(wanted):
        for found in _member(archive, wanted[name], origin.inside(name, "zip", listed=True), expand):
            if isinstance(found, Skipped) and found.folder == f"{origin.shown}!{name}" and found.total == 1:
                skipped.update(found.counts)
            else:
                yield found
    if skipped:
        yield Skipped(origin.shown, dict(skipped))


def _passed_over(name: str) -> str | None:
    """What a member is passed over as; None for one that is read."""
    parts = clean_member(name).split("/")
    if any(part.startswith(".") for part in parts) or parts[0] == "__MACOSX":
        return "hidden"
    dot = parts[-1].rfind(".")
    suffix = parts[-1][dot:].lower() if dot > 0 else ""
    return None if suffix in SUFFIXES else suffix or "no suffix"


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, inner: Origin, expand: Expand) -> Iterator[Found]:
    def read() -> Iterator[Found]:
        with archive.open(info) as member:
            yield from expand(buffered(Metered(member, inner.budget)), inner)

    yield from guarded(read(), inner.shown)


def _wacz(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], origin: Origin, expand: Expand) -> Iterator[Found]:
    digests: dict[str, str] = {}
    try:
        package = _json(archive, "datapackage.json")
        digests = _digests(package)
        yield from _signed(archive, origin)
    except (*DAMAGE, KeyError):
        yield InputError(f"{origin.shown} has a datapackage.json that cannot be read; its WARC files are read unchecked.")
    for info in sorted(infos, key=lambda info: info.filename):
        name = info.filename
        if not name.startswith("archive/") or not name.lower().endswith((".warc", ".warc.gz")):
            continue
        inner = origin.inside(name, "wacz", listed=False)
        try:
            fits = name not in digests or _sha256(archive, info, origin.budget) == digests[name]
        except DAMAGE:
            fits = True  # what is wrong with it is told when it is read
        if fits:
            yield from _member(archive, info, inner, expand)
        else:
            yield InputError(f"{inner.shown} is not what datapackage.json says: its SHA-256 is another; it was not read.")


def _signed(archive: zipfile.ZipFile, origin: Origin) -> Iterator[Found]:
    """Compare datapackage.json with the digest that is kept of it, where there is one."""
    if "datapackage-digest.json" not in archive.namelist():
        return
    said = str(_json(archive, "datapackage-digest.json").get("hash", "")).removeprefix("sha256:")
    if said and hashlib.sha256(_read(archive, "datapackage.json")).hexdigest() != said:
        yield InputError(f"{origin.shown} has a datapackage.json that is not what datapackage-digest.json says.")


def _digests(package: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for resource in package.get("resources") or []:
        if isinstance(resource, dict) and isinstance(resource.get("path"), str):
            value = str(resource.get("hash", ""))
            if value.startswith("sha256:"):
                found[resource["path"]] = value.removeprefix("sha256:")
    return found


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        data = member.read(_MAX_JSON + 1)
    if len(data) > _MAX_JSON:
        raise ValueError(name)
    return data


def _json(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    value = json.loads(_read(archive, name))
    if not isinstance(value, dict):
        raise ValueError(name)
    return value


def _sha256(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: bounds.Budget) -> str:
    digest = hashlib.sha256()
    with archive.open(info) as member:
        while piece := member.read(_PIECE):
            budget.spend(len(piece))
            digest.update(piece)
    return digest.hexdigest()
