"""What a document has told so far, and the sentence being read with all that was found in it before its events."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from warlog.extract.attribution import Memory, SentenceSources
from warlog.extract.dates import DateSpan
from warlog.extract.draft import Draft
from warlog.extract.locations import PlacePhrase
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Story:
    """What a document has told so far: carried from sentence to sentence."""

    published: date | None
    #: number of weapon words of the document by kind
    arms: dict[str, int]
    memory: Memory = field(default_factory=Memory)
    #: surnames, in lower case, of those introduced with an office
    officials: set[str] = field(default_factory=set)
    drafts: list[Draft] = field(default_factory=list)
    #: place phrases of the sentences read so far
    phrases: list[tuple[Parsed, list[PlacePhrase]]] = field(default_factory=list)
    #: subject of the sentence before, for "it", "they", "the group"
    last_actor: str | None = None

    def context_day(self) -> date | None:
        """The last day that an event was told of: what "the same day" and "a day later" count from."""
        return next((date.fromisoformat(d.date_start) for d in reversed(self.drafts) if d.date_start and d.on_one_day), None)


@dataclass(slots=True, frozen=True)
class Scene:
    """A sentence with its sources, place phrases and dates."""

    parsed: Parsed
    story: Story
    sources: SentenceSources
    phrases: list[PlacePhrase]
    #: dates, each with the token it hangs from
    dates: list[tuple[DateSpan, Token]]

    def token_at(self, offset: int) -> Token | None:
        """The token that stands at an offset of the sentence."""
        at = self.parsed.sentence.start + offset
        return next((self.parsed.doc[i] for i, (s, e) in enumerate(self.parsed.spans) if s <= at < e), None)

    def dated_tokens(self) -> set[int]:
        """Tokens that are part of a date: never a party or a place."""
        base = self.parsed.sentence.start
        return {
            i
            for span, _ in self.dates
            for i, (s, e) in enumerate(self.parsed.spans)
            if e > s and s >= base + span.start and e <= base + span.end
        }
