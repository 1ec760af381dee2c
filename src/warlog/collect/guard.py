"""Damage in a file to one sentence: what the libraries raise on bad bytes, and the words for it."""

from __future__ import annotations

import errno
import gzip
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator
from typing import TypeAlias

from warlog.collect.bounds import BombError
from warlog.collect.notices import Skipped
from warlog.errors import InputError
from warlog.records import Capture

#: What collecting gives: a capture with its bytes, what is wrong with an input, or what was passed over.
Found: TypeAlias = tuple[Capture, bytes] | InputError | Skipped

#: What reading damaged or strange bytes raises. BombError is not among them: it ends the whole source.
DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)


def guarded(found: Iterator[Found], shown: str) -> Iterator[Found]:
    """What was found until the bytes turned out to be damaged, then a sentence on that."""
    while True:
        try:
            item = next(found, None)
        except DAMAGE as error:
            yield InputError(f"{shown} {damage(error)}.")
            return
        if item is None:
            return
        yield item


def damage(error: Exception) -> str:
    """What an error of `DAMAGE` says of the file; goes on after its name."""
    if isinstance(error, EOFError):
        return "is cut off: it ends in the middle"
    if isinstance(error, gzip.BadGzipFile | zlib.error | zipfile.BadZipFile | lzma.LZMAError):
        return "is damaged: it cannot be unpacked"
    if isinstance(error, NotImplementedError):
        return "is packed in a way that cannot be unpacked here"
    if isinstance(error, RecursionError):
        return "nests its parts too deep"
    if isinstance(error, RuntimeError) and "password" in str(error):
        return "is locked with a password"
    if isinstance(error, OSError):
        return f"cannot be read: {reason(error)}"
    return "is damaged: it cannot be read"


def bomb(shown: str) -> InputError:
    """The sentence on a source of which more was unpacked than its size allows."""
    return InputError(f"{shown} unpacks to far more than an honest archive of its size; the rest of it was not read.")


def reason(error: OSError) -> str:
    """What the system says, in small letters."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return "no permission"
    if error.errno == errno.ELOOP:
        return "its links lead in a circle"
    return (error.strerror or type(error).__name__).lower()


def unreadable(shown: str, path: str | os.PathLike[str], error: OSError) -> InputError:
    """The sentence on a file that is there and cannot be opened, or is no longer there."""
    if error.errno == errno.ENOENT and not os.path.islink(path):
        return InputError(f"{shown} vanished before it could be read.")
    if error.errno == errno.ENOENT:
        return InputError(f"{shown} is a link to a file that is not there.")
    return InputError(f"{shown} cannot be read: {reason(error)}.")


__all__ = ["DAMAGE", "BombError", "Found", "bomb", "damage", "guarded", "reason", "unreadable"]
