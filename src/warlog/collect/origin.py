"""Where bytes lie while they are on their way to a capture: in which file, in which archive, from which address.

An `Origin` is made for each source and handed down, with changes, to what is taken out of it; with the bytes it
makes the `Capture`.
"""

from __future__ import annotations

import dataclasses
import getpass
import hashlib
import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

import warlog
from warlog.collect.bounds import Budget
from warlog.collect.records import storable
from warlog.records import Capture

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(slots=True, frozen=True)
class Origin:
    """Where some bytes lie, and what is known of them beside the bytes."""

    #: what no other bytes of today have: absolute path, path!member, or URL
    source: str
    #: the name a document made of them would be known by
    name: str
    #: the name that sentences about them give
    shown: str
    method: str
    collector: str
    budget: Budget
    #: name that the file has here or had there, for its suffix
    file_name: str = ""
    container: str | None = None
    container_sha256: str | None = None
    url: str | None = None
    final_url: str | None = None
    status: int | None = None
    headers: list[list[str]] = field(default_factory=list)
    #: ISO 8601, UTC; empty for now
    retrieved_at: str = ""
    #: how many archives they lie in
    depth: int = 0
    #: where they lie in a folder or archive of which not every file is meant: what is of no use is passed over
    listed: bool = False

    @property
    def suffix(self) -> str:
        """Suffix of the file name, in small letters, with its dot; empty if there is none."""
        return os.path.splitext(self.file_name)[1].lower()

    def inside(self, member: str, method: str, *, listed: bool) -> Origin:
        """The origin of a member of the archive that lies here. What the web said was said of the archive only."""
        member = clean_member(member)
        return dataclasses.replace(
            self,
            source=f"{self.source}!{member}",
            name=f"{self.name}/{member}",
            shown=f"{self.shown}!{member}",
            method=method,
            file_name=member.rsplit("/", 1)[-1],
            container=self.source,
            url=None,
            final_url=None,
            status=None,
            headers=[],
            depth=self.depth + 1,
            listed=listed,
        )

    def capture(
        self,
        data: bytes,
        media_type: str,
        *,
        number: int | None = None,
        name: str | None = None,
        method: str | None = None,
        url: str | None = None,
    ) -> Capture:
        """The capture of these bytes; what is given beside them goes before what the origin knows."""
        sha256 = hashlib.sha256(data).hexdigest()
        return Capture(
            capture_id=capture_id(self.source, number, sha256),
            sha256=sha256,
            size=len(data),
            source=self.source,
            name=name or self.name,
            media_type=media_type,
            record_number=number,
            retrieved_at=self.retrieved_at or datetime.now(UTC).isoformat(timespec="seconds"),
            method=method or self.method,
            url=url or self.url,
            final_url=self.final_url,
            status=self.status,
            headers=[list(line) for line in self.headers],
            container=self.container,
            container_sha256=self.container_sha256,
            tool=tool(),
            collector=self.collector,
        )


def capture_id(source: str, record_number: int | None, sha256: str) -> str:
    """The id of a capture: the same bytes of the same place have the same."""
    identity = "\n".join((source, "" if record_number is None else str(record_number), sha256))
    return hashlib.sha256(identity.encode()).hexdigest()[:16]


def tool() -> str:
    """Name and version of this program."""
    return f"warlog {warlog.__version__}"


@cache
def account() -> str:
    """The name of the account that runs the program; empty where it has none."""
    try:
        return storable(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return ""


def clean(name: str) -> str:
    """A file name as one line of text, also where the system's name is not UTF-8 or holds control characters."""
    return _CONTROL.sub("\ufffd", os.fsencode(name).decode("utf-8", "replace"))


def location(path: str | os.PathLike[str]) -> str:
    """The absolute path of a file as text: another file has another, also where names are no UTF-8 or not on one line."""
    raw = os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda found: "".join(f"\\x{ord(c):02x}" for c in found[0]), raw)


def clean_member(name: str) -> str:
    """A member's name as a plain path below its archive. Nothing is ever written under it; it only has to be readable."""
    parts = _CONTROL.sub(" ", storable(name)).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part.strip() not in ("", ".", ".."))[:1000] or "unnamed"
