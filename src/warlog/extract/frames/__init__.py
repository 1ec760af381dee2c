"""From a trigger word to who did what to whom where: the grammar of each frame of `vocab/triggers.toml`.

`read` takes a trigger token with one entry of the lexicon and gives a `Reading`, or None where the entry's conditions do
not hold (a fighter is captured, not a town). Roles are tokens of the parse: heads of noun phrases. Each family of frames
has a module of its own; `verbs` and `nominal` gather what stands around a trigger and hand it to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract.frames import nominal, verbs
from warlog.extract.frames.phrases import is_party, modifiers, named_place
from warlog.extract.frames.reading import AGAINST, INTO, Reading
from warlog.extract.lexicon import Entry
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["AGAINST", "INTO", "Reading", "is_party", "modifiers", "named_place", "read"]


def read(parsed: Parsed, token: Token, entry: Entry, verbal: bool) -> Reading | None:
    """The event a trigger tells of under one entry, or None if the entry does not hold here."""
    reading = Reading(entry.type, token, entry)
    ok = verbs.read(parsed, token, entry, reading) if verbal else nominal.read(parsed, token, entry, reading)
    return reading if ok else None
