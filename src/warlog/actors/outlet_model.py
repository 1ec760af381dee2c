"""What is known of one outlet."""

from __future__ import annotations

from dataclasses import dataclass

from warlog.actors.model import SideSpan
from warlog.actors.roster import within


@dataclass(slots=True, frozen=True)
class Address:
    """A web domain that is an outlet's, from a day to a day (both included; None is open)."""

    domain: str
    start: str | None = None
    end: str | None = None


@dataclass(slots=True, frozen=True)
class Outlet:
    """One outlet. What is not known is None or empty."""

    outlet_id: str
    name: str
    #: state, party, militia, monitor, agency, independent or aggregator
    kind: str
    aliases: tuple[str, ...] = ()
    #: its web domains, each with the time in which it was the outlet's
    addresses: tuple[Address, ...] = ()
    country: str | None = None
    #: ISO 639-1 codes of the languages it publishes in
    languages: tuple[str, ...] = ()
    #: who owns or runs it, as an actor id
    owner: str | None = None
    #: who owns or runs it, in words
    owned_by: str | None = None
    #: actor ids of those who fund it without owning it
    sponsors: tuple[str, ...] = ()
    #: the side it speaks for in each conflict, and since when
    sides: tuple[SideSpan, ...] = ()
    #: names by which a text may cite it; those that are common words too are left out
    cited: tuple[str, ...] = ()
    #: address of the page that bears the entry out; None where nothing was found
    reference: str | None = None
    #: what that page says, in our words
    reference_says: str | None = None
    #: day on which it was looked up, ISO 8601
    looked_up: str | None = None
    #: fields that rest on general knowledge only: the reference does not speak of them
    unverified: tuple[str, ...] = ()
    #: user's files that state something of it
    stated_in: tuple[str, ...] = ()

    @property
    def domains(self) -> tuple[str, ...]:
        """Its web domains, whenever they were its own."""
        return tuple(dict.fromkeys(a.domain for a in self.addresses))

    @property
    def side(self) -> dict[str, str]:
        """Theatre to the side it speaks for there, whenever that was: the first that is given. `side_on` asks for a day."""
        return {s.theatre: s.side for s in reversed(self.sides)}

    def side_on(self, theatre: str, day: str | None) -> str | None:
        """The side it speaks for in a theatre on a day (or month or year); None where it takes none or that is not known."""
        for span in self.sides:
            if span.theatre == theatre and (day is None or within(day, span.start, span.end)):
                return span.side
        return None
