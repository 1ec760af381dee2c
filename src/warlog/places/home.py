"""Where the places room keeps its files.

Packs are the user's data: `<home>/packs`, one file each, where home is the folder in `WARLOG_HOME` or else the user data
folder of the system. A log can carry packs of its own, in the folder `<log>.packs` beside it: a command on such a log uses
those and no others, so that the log comes out the same wherever it is taken. Key indexes and the built-in gazetteer can be
made again at any time and lie in the cache folder.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

import platformdirs

from warlog.errors import LogError

#: the folder of the log's own packs, while a command works on a log that carries some
_of_log: ContextVar[Path | None] = ContextVar("packs_of_log", default=None)


def own_packs(log: Path | str) -> Path:
    """Where a log's own packs lie: a home of their own beside it. It need not exist."""
    return Path(f"{log}.packs")


def use_packs_of(log: Path | str | None) -> None:
    """Use the packs that a log carries, if it carries any, else the user's; until the next call. None: the user's."""
    folder = own_packs(log) if log is not None else None
    _of_log.set(folder if folder is not None and (folder / "packs").is_dir() else None)


def data_home(home: Path | str | None = None) -> Path:
    """The folder of packs: `home` where given, else the log's own, else `WARLOG_HOME`, else the system's. It need not exist."""
    if home is not None:
        return Path(home).expanduser()
    if (carried := _of_log.get()) is not None:
        return carried
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
        _moved(temporary, path)
    except PermissionError as error:
        raise LogError(f"{path}: cannot be replaced: it is in use by another program, or protected.") from error
    except OSError as error:
        raise LogError(f"{path}: cannot be written: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _moved(temporary: Path, path: Path) -> None:
    """Move a file to its place. Where a file that is open cannot be replaced, whoever reads it is given a moment."""
    for pause in (0.05, 0.2, 0.5):
        try:
            os.replace(temporary, path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    os.replace(temporary, path)
