"""A claim in the making: what extraction knows of it before places and actors are resolved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from warlog.extract.dates import DateSpan
from warlog.extract.locations import PlacePhrase
from warlog.language.parse import Parsed
from warlog.records import Casualties

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def without_article(text: str) -> str:
    """A wording as a coder writes it down: without its leading article."""
    return _ARTICLE.sub("", text)


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

    @classmethod
    def of(cls, parsed: Parsed, phrase: PlacePhrase) -> DraftPlace:
        """The place that a phrase of a sentence names, with the words that relate the event to it ("north of X")."""
        text = phrase.text.strip(' ,;:"“”')
        if phrase.relation and phrase.relation != "between" and not text.lower().startswith(phrase.relation):
            text = f"{phrase.relation} {text}"
        return cls(without_article(text), phrase, parsed, parsed.sentence.number, parsed.sentence.paragraph)

    @property
    def named(self) -> bool:
        """Whether it names a place, or was carried over from one that does."""
        return self.phrase is None or self.phrase.named

    @property
    def country(self) -> bool:
        """Whether it is a whole country."""
        if self.phrase is None or self.phrase.name is None or self.parsed is None:
            return False
        return "state" in self.parsed.names[self.phrase.name.i].classes


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

    @property
    def number(self) -> int:
        """Number of the sentence it stands in."""
        return self.parsed.sentence.number

    @property
    def on_one_day(self) -> bool:
        """Whether it is dated to the day."""
        return self.date_start is not None and self.date_start == self.date_end

    def date(self, span: DateSpan) -> None:
        """Take the date of a wording."""
        self.date_start, self.date_end = span.date_start, span.date_end
        self.date_precision, self.date_text = span.precision, span.text

    def date_as(self, other: Draft) -> None:
        """Take the date of another draft."""
        self.date_start, self.date_end = other.date_start, other.date_end
        self.date_precision, self.date_text = other.date_precision, other.date_text

    def place_at(self, places: list[DraftPlace]) -> None:
        """Take over the places of another draft."""
        self.places = [replace(p, mention=None) for p in places]
