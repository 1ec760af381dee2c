"""One writer at a time in an archive, over all processes and threads of a machine.

The lock is the operating system's own on a file, so that it goes when its holder is killed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from warlog.errors import LogError

#: How long a writer waits for another one.
WAIT_SECONDS = 60.0
#: The first pause between two tries; it doubles up to the longest.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.0005, 0.05

if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def locked(path: Path, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock on this file, which is made if need be. Raises LogError if others hold it too long, and OSError."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline, pause = time.monotonic() + wait_seconds, _FIRST_PAUSE
        while True:
            try:
                _try(handle)
                break
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                    raise
            if time.monotonic() > deadline:
                raise LogError(f"The archive {path.parent} is in use by another process; try again when it is done.")
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        yield
    finally:
        # Closing lets the lock go, on every system.
        os.close(handle)
