"""Installing, listing, updating, building and removing gazetteer packs in the user's data folder.

A pack is one file, written beside its place and moved there whole, and the folder itself is the list of what is installed: two
processes that add or read packs at once never see half of one, and one that is killed leaves nothing but a hidden file, which
the next one clears away.
"""

from __future__ import annotations

import dataclasses
import gzip
import re
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from warlog.errors import InputError, LogError, UsageError, WarlogError
from warlog.places import catalogue, opening
from warlog.places.catalogue import Listed
from warlog.places.home import packs_folder, replacing, usable_cache
from warlog.places.model import PackInfo
from warlog.places.pack import NAME, checked, read_info, write_table
from warlog.places.sources import Source, read_source

#: Is told bytes done and bytes in all.
Progress = Callable[[int, int], None]

_ENDING = ".arrow"
_PACK = (".arrow", ".arrow.gz")
#: Half-written files of processes that are gone are cleared away after so many seconds.
_STALE = 86_400.0


def add_pack(path: Path | str, *, home: Path | str | None = None, country: str = "") -> PackInfo:
    """Install a gazetteer file as a pack; `added` in the answer is False if the very same file was installed already.

    A newer file of the same name takes the place of the old one. `country` (ISO 3166 alpha-2) is taken for places of which the
    file does not say it. Raises InputError for a file that cannot be used, LogError if the pack cannot be written.
    """
    path = Path(path)
    if country and not re.fullmatch("[A-Za-z]{2}", country):
        raise UsageError(f"A country is two letters such as SY, not {country!r}.")
    folder = packs_folder(home)
    digest = opening.sha256_of(path)
    for info in _readable(folder):
        if info.sha256 == digest:
            return info
    return _install(_source(path, country, digest), folder)


def _install(source: Source, folder: Path) -> PackInfo:
    _sweep(folder)
    info = write_table(folder / f"{source.info.name}{_ENDING}", source.table, source.info)
    return dataclasses.replace(info, added=True)


def _source(path: Path, country: str = "", digest: str | None = None) -> Source:
    """Any gazetteer file, or a pack file as `build_pack` makes it, plain or gzipped."""
    if not path.name.lower().endswith(_PACK):
        return read_source(path, country=country, digest=digest)
    digest = digest or opening.sha256_of(path)
    if path.name.lower().endswith(_ENDING):
        info, table = checked(path)
    else:
        plain = usable_cache() / "unpacked" / f"{digest}{_ENDING}"
        with replacing(plain) as temporary, opening.unpacked(path) as stream, temporary.open("wb") as out:
            shutil.copyfileobj(stream, out)
        try:
            info, table = checked(plain)
        except InputError as error:
            raise InputError(str(error).replace(str(plain), str(path))) from error
        finally:
            _gone(plain)
    return Source(dataclasses.replace(info, sha256=digest, source=path.name, path=""), table)


def _gone(path: Path) -> None:
    """Remove a file of our own; one that is held open elsewhere stays until the cache is cleared."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def as_pack(path: Path) -> Path:
    """A pack file as it is; any other gazetteer file made into one in the cache, by the SHA-256 of its content."""
    if path.suffix == _ENDING:
        return path
    digest = opening.sha256_of(path)
    made = usable_cache() / "extra" / f"{path.stem.split('.')[0]}-{digest[:20]}-2.arrow"
    if not made.exists():
        source = _source(path, digest=digest)
        write_table(made, source.table, source.info)
    return made


def add_by_name(
    name: str, *, index: str | None = None, home: Path | str | None = None, allow_private: bool = False,
    progress: Progress | None = None,
) -> PackInfo:  # fmt: skip
    """Install a pack by its name in a pack index, downloading it. An interrupted download goes on where it stopped.

    Raises UsageError if no index is known or it has no such pack, InputError if it cannot be had or its SHA-256 is wrong (then
    nothing is installed), LogError if it cannot be written.
    """
    place = catalogue.where(index, home)
    listed = catalogue.read(place, allow_private=allow_private)
    pack = listed.get(name.lower())
    if pack is None:
        known = ", ".join(p.name for p in listed.values()) or "none"
        raise UsageError(f"The pack index {place} has no pack {name!r}; it has: {known}.")
    return _add_listed(pack, home, allow_private, progress)


def _add_listed(pack: Listed, home: Path | str | None, allow_private: bool, progress: Progress | None) -> PackInfo:
    folder = packs_folder(home)
    installed = next((i for i in _readable(folder) if i.sha256 == pack.sha256), None)
    if installed is not None and installed.version == pack.version:
        return installed
    file_name = Path(unquote(urlsplit(pack.url).path)).name or pack.name
    if pack.url.startswith("file:"):
        got = Path(url2pathname(urlsplit(pack.url).path))
        if opening.sha256_of(got) != pack.sha256:
            raise InputError(f"{got}: is not the file that the pack index promises (its SHA-256 differs); nothing was installed.")
    else:
        from warlog.places.fetch import download

        # the name decides nothing but the format, and lies in a folder of its own
        safe = re.sub(r"[^A-Za-z0-9._-]", "_", file_name)[-100:].lstrip(".") or "pack"
        got = usable_cache() / "downloads" / pack.sha256 / safe
        download(
            pack.url, got, sha256=pack.sha256, size=pack.size, allow_private=allow_private, progress=progress
        )  # fmt: skip
    source = _source(got, digest=pack.sha256)
    info = dataclasses.replace(
        source.info, version=pack.version or source.info.version, listed_as=pack.name, title=pack.title or source.info.title,
        licence=pack.licence or source.info.licence, attribution=pack.attribution or source.info.attribution, source=file_name,
    )  # fmt: skip
    done = _install(Source(info, source.table), folder)
    if not pack.url.startswith("file:"):
        shutil.rmtree(got.parent, ignore_errors=True)
    return done


def update_packs(
    names: Sequence[str] = (), *, index: str | None = None, home: Path | str | None = None, allow_private: bool = False,
    progress: Progress | None = None,
) -> list[PackInfo]:  # fmt: skip
    """Install newer versions of the packs that came from a pack index; the packs looked at, `added` where one is newer.

    Without names, all of them. Raises UsageError for a name that is not installed or came from a file, else as `add_by_name`.
    """
    installed = {info.name: info for info in _readable(packs_folder(home))}
    by_listing = {info.listed_as.lower(): info for info in installed.values() if info.listed_as}
    wanted = [installed.get(n) or by_listing.get(n.lower()) for n in names] if names else list(by_listing.values())
    for name, info in zip(names, wanted, strict=False):
        if info is None or not info.listed_as:
            known = ", ".join(i.name for i in by_listing.values()) or "none"
            raise UsageError(f"{name!r} is no pack that was installed from a pack index; those that were: {known}.")
    if not wanted:
        return []
    listed = catalogue.read(catalogue.where(index, home), allow_private=allow_private)
    out = []
    for info in wanted:
        assert info is not None
        pack = listed.get(info.listed_as.lower())
        newer = pack is not None and pack.sha256 != info.sha256 and not (pack.version and pack.version < info.version)
        out.append(_add_listed(pack, home, allow_private, progress) if pack is not None and newer else info)
    return out


def build_pack(
    sources: Sequence[Path], out: Path, *, name: str, title: str = "", version: str = "", country: str = "",
    index: Path | None = None,
) -> tuple[PackInfo, int]:  # fmt: skip
    """Make one pack file of gazetteer files, their entries merged, for others to install; how many entries were merged.

    `out` is the file, NAME.arrow.gz or NAME.arrow. With `index`, its entry is written into that pack index; the index
    should lie in the same folder. The same sources give the same bytes. Raises InputError, UsageError, LogError.
    """
    from warlog.places.building import together

    if not NAME.fullmatch(name.lower()):
        raise UsageError(f"{name!r} is no name for a pack: letters, digits, dots and hyphens, beginning with a letter or digit.")
    if not out.name.lower().endswith(_PACK):
        raise UsageError(f"{out}: a pack file's name ends in .arrow.gz or .arrow.")
    if not sources:
        raise UsageError("A pack is built of at least one gazetteer file.")
    read = [_source(path, country) for path in sources]
    info, table, merged = together(read, name.lower(), title or name, version)
    if out.name.lower().endswith(_ENDING):
        done = write_table(out, table, info)
    else:
        plain = usable_cache() / "built" / f"{name.lower()}-{time.time_ns()}{_ENDING}"
        try:
            done = write_table(plain, table, info)
            # no file name and no time in it: the same places give the same bytes
            with (
                replacing(out) as temporary,
                plain.open("rb") as raw,
                temporary.open("wb") as packed,
                gzip.GzipFile("", "wb", 6, packed, mtime=0) as stream,
            ):
                shutil.copyfileobj(raw, stream)
        finally:
            _gone(plain)
    done = dataclasses.replace(done, sha256=opening.sha256_of(out), path=str(out))
    if index is not None:
        try:
            address = out.resolve().relative_to(index.resolve().parent).as_posix()
        except ValueError:
            raise UsageError(f"{out}: does not lie in the folder of the pack index {index}, where it is to be found.") from None
        size = out.stat().st_size
        listed = Listed(
            name, address, size, done.sha256, version, done.title, done.licence, done.attribution, done.places
        )  # fmt: skip
        catalogue.write(index, [listed])
    return done, merged


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
    except PermissionError as error:
        raise LogError(f"{target}: cannot be removed: it is in use by another program, or protected.") from error
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


def _sweep(folder: Path) -> None:
    """Clear away what processes that were killed left half-written."""
    for left in folder.glob(".*.part") if folder.is_dir() else ():
        try:
            if time.time() - left.stat().st_mtime > _STALE:
                left.unlink()
        except OSError:
            continue
