"""Where the places room keeps its files.

Packs are the user's data: `<home>/packs`, one file each, where home is the folder in `WARLOG_HOME` or else the user data
folder of the system. Key indexes and the built-in gazetteer can be made again at any time and lie in the cache folder.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from warlog.errors import LogError


def data_home(home: Path | str | None = None) -> Path:
    """The user data folder: `home` where given, else `WARLOG_HOME`, else the system's own. It need not exist."""
    if home is not None:
        return Path(home).expanduser()
    named = os.environ.get("WARLOG_HOME")
    return Path(named).expanduser() if named else Path(platformdirs.user_data_dir("warlog", appauthor=False))


def packs_folder(home: Path | str | None = None) -> Path:
    """The folder of installed packs. It need not exist."""
    return data_home(home) / "packs"


def cache_folder() -> Path:
    """The folder for what can be made again; `WARLOG_CACHE` overrides the system's own. It need not exist."""
    named = os.environ.get("WARLOG_CACHE")
    return Path(named).expanduser() if named else Path(platformdirs.user_cache_dir("warlog", appauthor=False))


def usable_cache() -> Path:
    """The cache folder, made if need be; a temporary folder of this user where that cannot be written."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    other = Path(tempfile.gettempdir()) / f"warlog-cache-{getattr(os, 'getuid', lambda: 'user')()}"
    other.mkdir(mode=0o700, parents=True, exist_ok=True)
    return other


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` that takes its place at the end, whole or not at all. Raises LogError if it cannot."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise LogError(f"{path.parent}: cannot be written: {error.strerror or error}.") from error
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        os.replace(temporary, path)
    except OSError as error:
        raise LogError(f"{path}: cannot be written: {error.strerror or error}.") from error
    finally:
        temporary.unlink(missing_ok=True)
