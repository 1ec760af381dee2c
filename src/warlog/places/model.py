"""What passes between extraction and the places room.

`spot` gives `NameHit`s before the parse (which words can be a place). Extraction turns the names it uses into
`Mention`s, with what the sentence says of where they lie, and hands all mentions of a document to the resolver
at once; the resolver answers each with a `Resolution`, in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from warlog.records import Candidate

RelationKind = Literal["at", "near", "direction", "distance", "outskirts", "countryside", "between", "part", "on_road"]


@dataclass(slots=True, frozen=True)
class NameHit:
    """A stretch of text that is, or can be, the name of a known place."""

    start: int
    end: int
    text: str
    #: ids of the places in the open packs that bear the name exactly (after normalising); never empty
    place_ids: tuple[str, ...]
    #: largest population among them, 0 where unknown
    population: int
    #: kinds among them: country, region, county, locality, neighbourhood, hill, airbase ...
    kinds: frozenset[str]


@dataclass(slots=True)
class Relation:
    """How a mention lies towards its anchor: "west of Aleppo city", "12 km from X", "between X and Y"."""

    kind: RelationKind
    #: index of the anchor in the document's list of mentions (two for "between")
    anchors: tuple[int, ...] = ()
    #: compass bearing in degrees from the anchor, for "direction" and "distance", where given
    bearing: float | None = None
    #: distance in kilometres, where given
    km: float | None = None


@dataclass(slots=True)
class Mention:
    """One use of a place name in a document."""

    #: the name as written, without articles of English and without kind words: "al-Qahira", "Aleppo"
    name: str
    #: character offsets of the name in the document's text
    start: int
    end: int
    #: number of the sentence it stands in, and of its paragraph
    sentence: int
    paragraph: int
    #: kind word beside it, lower case, singular ("village", "city", "province", "hill", "airbase", "road", "neighbourhood")
    kind: str | None = None
    #: mentions of one list share a number: they are resolved together around what anchors the list
    list_id: int | None = None
    #: what the sentence says of where it lies ("near Aleppo", "north of X"); a list's relation stands on each member
    relation: Relation | None = None
    #: indexes of mentions that name an area it is said to lie in ("X in Idlib province", "X, Syria")
    within: tuple[int, ...] = ()
    #: the place is itself only an area about the named point: "western countryside of Aleppo", "outskirts of X", "northern Idlib"
    part: str | None = None


@dataclass(slots=True)
class DocumentContext:
    """What the document as a whole says of where its events lie."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    regions: tuple[str, ...] = ()
    #: ISO 3166 alpha-2 codes of the theatre's countries where known from actors and labels, most likely first
    countries: tuple[str, ...] = ()
    #: the document's text, for names that no claim uses but that tell where it plays
    text: str = ""


@dataclass(slots=True)
class Resolution:
    """Which place a mention is, or what is known of it short of that."""

    status: Literal["resolved", "anchored", "unresolved"]
    lat: float | None = None
    lon: float | None = None
    place_id: str | None = None
    place_name: str | None = None
    kind: str | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    anchor: str | None = None
    radius_km: float | None = None
    geo_precision: int | None = None
    probability: float = 0.0
    candidates: list[Candidate] = field(default_factory=list)
    why: str = ""
