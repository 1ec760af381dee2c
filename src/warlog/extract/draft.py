"""A claim in the making: what extraction knows of it before places and actors are resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from warlog.extract.locations import PlacePhrase
from warlog.language.parse import Parsed
from warlog.records import Casualties


@dataclass(slots=True)
class DraftPlace:
    """A place of a draft: the wording a coder would write, and the phrase it came from (None where carried over)."""

    text: str
    phrase: PlacePhrase | None
    parsed: Parsed | None
    #: sentence and paragraph numbers of the wording
    sentence: int = 0
    paragraph: int = 0
    #: index of the mention among the document's mentions, once made
    mention: int | None = None


@dataclass(slots=True)
class Draft:
    """One event of one sentence with all its places."""

    parsed: Parsed
    event_type: str
    trigger: int
    trigger_text: str
    frame: str
    actor: str | None = None
    target: str | None = None
    places: list[DraftPlace] = field(default_factory=list)
    date_start: str | None = None
    date_end: str | None = None
    date_precision: str = "none"
    date_text: str | None = None
    casualties: list[Casualties] = field(default_factory=list)
    attributed_to: str | None = None
    attribution: list[str] = field(default_factory=list)
    certainty: str = "asserted"
    certainty_cue: str | None = None
    #: the day is that of the saying ("... a source said on Tuesday"): it gives way to what the document tells elsewhere
    weak_date: bool = False
    definite: bool = False
    carried_place: bool = False
