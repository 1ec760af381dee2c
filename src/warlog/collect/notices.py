"""What collecting tells its user beside captures and errors: things that were passed over, rightly or not.

A notice is no failure: the exit code does not change for it. `str(notice)` is the sentence to print.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: So many kinds are named in the sentence; the rest are added up.
_NAMED = 8


@dataclass(slots=True, frozen=True)
class Skipped:
    """What was passed over in a folder, an archive or a WARC file. Comes once, after all that was read of it."""

    #: the folder or archive, as its user would name it
    folder: str
    #: how many of each kind, most first: a suffix (".png"), or words ("hidden", "no suffix", "HTTP 404", "image/png")
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many were passed over."""
        return sum(self.counts.values())

    def __str__(self) -> str:
        kinds = sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))
        shown = [f"{number} {kind}" for kind, number in kinds[:_NAMED]]
        rest = sum(number for _, number in kinds[_NAMED:])
        if rest:
            shown.append(f"{rest} of other kinds")
        return f"{self.folder}: {self.total} passed over ({', '.join(shown)})."
