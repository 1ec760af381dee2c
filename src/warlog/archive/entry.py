"""One entry of the custody record: what happened to which original, when and by whom, chained to the entry before it.

An entry holds hashes and never content, so that an original can be withdrawn and the chain still verifies. Its hash is
the SHA-256 of its other fields as canonical JSON, the hash of the entry before it among them.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from warlog.records import Capture

#: What stands as `prev` in the first entry.
GENESIS = "0" * 64
#: capture: bytes came in. adopted: bytes that lay there before custody was kept. kept: bytes no capture tells of.
#: restored: bytes that had been altered in the archive were put back. withdrawn: bytes were removed, for the reason
#: in `note`. timestamp: the chain was stamped. exported: originals were written to a file.
EVENTS = ("capture", "adopted", "kept", "restored", "withdrawn", "timestamp", "exported")

_HASH = re.compile(r"[0-9a-f]{64}")


class BadEntryError(ValueError):
    """A line of the custody record is no sound entry; the message ends the sentence "line N: ..."."""


@dataclass(slots=True, frozen=True)
class Entry:
    """One line of `custody.jsonl`."""

    #: its number, from 1, which is also the number of its line
    seq: int
    #: when: ISO 8601, UTC
    at: str
    #: one of EVENTS
    event: str
    #: of the bytes it tells of: an original, or the file of a time stamp or an export
    sha256: str
    #: their length
    size: int
    #: the capture they came in by, where it is an entry of one
    capture_id: str
    #: SHA-256 of that capture's record (`capture_hash`)
    capture_sha256: str
    #: who did it
    collector: str
    #: name and version of the program
    tool: str
    #: a reason or remark that a person gave, or the address of a time stamp server
    note: str
    #: for a time stamp, the hash of the entry that was stamped
    about: str
    #: hash of the entry before it
    prev: str
    #: SHA-256 of all of the above
    hash: str

    def line(self) -> bytes:
        """The entry as its line, with the line's end."""
        return _json({name: getattr(self, name) for name in _FIELDS}) + b"\n"

    def hashed(self) -> bytes:
        """The bytes that `hash` is the SHA-256 of."""
        return _json({name: getattr(self, name) for name in _FIELDS[:-1]})


_FIELDS = tuple(field.name for field in dataclasses.fields(Entry))
_NUMBERS = frozenset({"seq", "size"})


def make(seq: int, prev: str, **fields: Any) -> Entry:
    """An entry with its hash. Fields of text that are not given are empty, numbers zero."""
    values: dict[str, Any] = {name: 0 if name in _NUMBERS else "" for name in _FIELDS} | fields | {"seq": seq, "prev": prev}
    values["hash"] = hashlib.sha256(_json({name: values[name] for name in _FIELDS[:-1]})).hexdigest()
    return Entry(**values)


def parse(line: bytes) -> Entry:
    """The entry in a line, without the line's end. Raises BadEntryError unless it is byte for byte what was written."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadEntryError("it is not JSON") from error
    if not isinstance(values, dict) or tuple(values) != _FIELDS:
        raise BadEntryError("it has not the fields of an entry")
    for name, value in values.items():
        if type(value) is not (int if name in _NUMBERS else str):
            raise BadEntryError(f"its {name} is of the wrong kind")
    entry = Entry(**values)
    if entry.event not in EVENTS:
        raise BadEntryError(f"its event {entry.event[:40]!r} is unknown")
    if not all(_HASH.fullmatch(text) for text in (entry.sha256, entry.prev, entry.hash)):
        raise BadEntryError("a hash in it is no SHA-256")
    hashed = entry.hashed()
    if hashlib.sha256(hashed).hexdigest() != entry.hash:
        raise BadEntryError("it does not have the hash that it states")
    if entry.line() != line + b"\n":
        raise BadEntryError("it is written otherwise than it was")
    return entry


def capture_hash(capture: Capture) -> str:
    """SHA-256 over the canonical JSON of a capture's record.

    Fields that hold nothing are left out, so that a later version of the record with more fields hashes the same.
    """
    values = {name: value for name, value in dataclasses.asdict(capture).items() if value not in (None, "", [])}
    return hashlib.sha256(_json(values, sort=True)).hexdigest()


def _json(values: dict[str, Any], sort: bool = False) -> bytes:
    return json.dumps(values, separators=(",", ":"), sort_keys=sort).encode("ascii")
