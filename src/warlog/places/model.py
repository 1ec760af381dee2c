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


@dataclass(slots=True, frozen=True)
class PhraseParts:
    """A place phrase as written, taken apart: "an airbase near Homs", "the western edge of the town of Qamishli"."""

    #: the name without kind words and articles of English; "" where the phrase names only what it lies by
    name: str
    #: kind word of the place, lower case, singular
    kind: str | None = None
    #: the words that make it only a part of the named place ("western edge", "countryside")
    part: str | None = None
    #: how it lies towards its anchors, or None
    relation: RelationKind | None = None
    #: names of its anchors as written, kind words off (two for "between")
    anchors: tuple[str, ...] = ()
    #: compass bearing from the anchor, in degrees
    bearing: float | None = None
    #: distance from the anchor in kilometres
    km: float | None = None
    #: names of the areas it is said to lie in, innermost first, kind words off
    containers: tuple[str, ...] = ()
    #: kind words of the anchors and containers, None where none was written
    anchor_kinds: tuple[str | None, ...] = ()
    container_kinds: tuple[str | None, ...] = ()


@dataclass(slots=True, frozen=True)
class Place:
    """One gazetteer entry."""

    #: pack and id of the place in it, such as wof:1242963005
    place_id: str
    name: str
    lat: float
    lon: float
    #: one of the kinds in vocab/place_kinds.toml: country, region, county, locality, neighbourhood, hill, road, river, base ...
    kind: str
    #: ISO 3166 alpha-2
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    #: other names, any script
    names: tuple[str, ...] = ()
    #: whether it may be published at district precision only
    sensitive: bool = False
    admin3: str = ""
    #: OCHA place code, "" where no source gives one
    pcode: str = ""
    #: ISO 3166-2 code of the first-level area it lies in, "" where no source gives one
    iso: str = ""
    #: its ids in other sources, as source:id; of a merged place also those of the entries it was merged from
    ids: tuple[str, ...] = ()
    #: who tells of it, and on what terms; "" where that is the whole pack's
    source: str = ""
    licence: str = ""


@dataclass(slots=True, frozen=True)
class PackInfo:
    """What is known of an installed pack."""

    #: short name, also the first part of its places' ids
    name: str
    #: what a reader would call it
    title: str
    #: SHA-256 of the file it was made from, 64 hex digits
    sha256: str
    #: file name it was made from
    source: str
    licence: str
    attribution: str
    places: int
    #: countries it covers, ISO 3166 alpha-2
    countries: tuple[str, ...] = ()
    #: the pack file
    path: str = ""
    #: whether adding it changed anything
    added: bool = False
    #: the maker's version of it, a day where the maker has none; "" where not known
    version: str = ""
    #: its name in the pack index it was installed from, "" where it came from a file
    listed_as: str = ""


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
