"""The record types of Warlog and what each of their fields means.

Every stage takes the records of the stage before it and gives its own: bytes become a `Capture`, a capture
becomes a `Document`, a document's sentences become `Claim`s, claims are linked into `Event`s, and claims of
control add up to `PlaceDay`s. A `Decision` is what a person ruled on any of them; a `Run` is what derived them.

Records are plain slots dataclasses, since extraction makes them in hot loops. Each field is documented once,
here, through `doc()`; export columns, review forms and the docs page are made from that text (`describe`).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal

Certainty = Literal["asserted", "hedged", "denied", "planned", "conjecture"]
PlaceStatus = Literal["resolved", "anchored", "unresolved"]
Outcome = Literal["killed", "wounded", "killed_or_wounded", "captured", "missing", "displaced"]
DatePrecision = Literal["day", "range", "month", "year", "not_later_than", "none"]

CERTAINTIES: tuple[str, ...] = ("asserted", "hedged", "denied", "planned", "conjecture")
OUTCOMES: tuple[str, ...] = ("killed", "wounded", "killed_or_wounded", "captured", "missing", "displaced")


def doc(text: str, default: Any = dataclasses.MISSING, factory: Any = dataclasses.MISSING) -> Any:
    """A dataclass field that carries its documentation in `metadata["doc"]`."""
    if factory is not dataclasses.MISSING:
        return field(default_factory=factory, metadata={"doc": text})
    if default is not dataclasses.MISSING:
        return field(default=default, metadata={"doc": text})
    return field(metadata={"doc": text})


def describe(record: type) -> dict[str, str]:
    """Field name to documentation, in field order, of one record type."""
    return {f.name: f.metadata.get("doc", "") for f in dataclasses.fields(record)}


@dataclass(slots=True)
class Capture:
    """Bytes as they came in, once for each place they came from. The bytes themselves lie in the archive."""

    capture_id: str = doc("16 hex digits, made from the source, the record number and the SHA-256")
    sha256: str = doc("SHA-256 of the original bytes, 64 hex digits; names them in the archive")
    size: int = doc("length of the original bytes")
    source: str = doc("where the bytes came from: an absolute file path or a URL")
    name: str = doc("the name a document made of it is known by: file name, path below the folder read, URL, or a record's id")
    media_type: str = doc(
        "text/plain, text/markdown, text/html, application/pdf, message/rfc822 (EML), multipart/related (MHTML) or "
        "application/json (one record of a JSON Lines file or one item of a feed)"
    )
    record_number: int | None = doc("line number, from 1, in a JSON Lines file", None)
    retrieved_at: str = doc("when the bytes were read or fetched: ISO 8601, UTC; of a WARC record, what it says itself", "")
    method: str = doc("how they came: file, folder, jsonl, stdin, zip, mhtml, warc, wacz, url, feed or feed_item", "file")
    url: str | None = doc("address that was asked for, where the bytes came from the web or the file says so", None)
    final_url: str | None = doc("address that answered, after redirects", None)
    status: int | None = doc("HTTP status of the answer", None)
    headers: list[list[str]] = doc("the answer's header lines, [name, value], in their order", factory=list)
    container: str | None = doc("path, or path!member, of the compressed file, archive or WARC it was taken out of", None)
    container_sha256: str | None = doc("SHA-256 of that outermost file as it lay there", None)
    tool: str = doc("name and version of the program that took the bytes in", "")
    collector: str = doc("who took them in: the --collector given, else the name of the account", "")


@dataclass(slots=True)
class Furniture:
    """A passage of page furniture that was cut from a document's text: kept, listed, never coded."""

    text: str = doc("the passage as it stands on the page")
    kind: str = doc(
        "byline, publisher_line, label, credit, copyright, navigation, donation, disclaimer, contact, media_link, "
        "separator, share, caption or other"
    )


@dataclass(slots=True)
class Credit:
    """What one passage of a page says of who wrote, published or first published it."""

    kind: str = doc(
        "byline, author, agency, publisher, original_publisher, original_url, canonical_url, syndication_url, "
        "based_on, dateline, contributor, translator, copyright or published"
    )
    value: str = doc("what it says: a name, an address, a day, a place")
    passage: str = doc("the passage it was read from, as it stands in the page")
    where: str = doc("text (visible), meta, link, json-ld, microdata, opengraph, feed, header, front-matter or record", "text")
    url: str | None = doc("where the passage leads, if it is a link", None)


@dataclass(slots=True)
class MediaLink:
    """A link to a picture, video, audio or social-media post."""

    url: str = doc("the address, as written")
    kind: str = doc("video, image, audio, social or document")


@dataclass(slots=True)
class Document:
    """A capture as clean text with what the page says of itself."""

    document_id: str = doc("known name of the document; see the claims contract in docs/claims.md")
    capture_id: str = doc("the capture it was read from")
    sha256: str = doc("SHA-256 of the capture's bytes")
    text: str = doc("clean text; claim offsets are character offsets into it")
    title: str | None = doc("headline", None)
    url: str | None = doc("address of the page, if known", None)
    publisher: str | None = doc("who published this page", None)
    original_publisher: str | None = doc("who first published the text, where the page credits another", None)
    byline: str | None = doc("the byline, as written, without 'By'", None)
    author: str | None = doc("who wrote it: a person, or the outlet where the byline names an outlet", None)
    agency: str | None = doc("news agency credited", None)
    copyright: str | None = doc("copyright line, as written", None)
    published: str | None = doc("publication date, ISO 8601 day", None)
    language: str | None = doc("ISO 639-1 code", None)
    regions: list[str] = doc("region labels of the page", factory=list)
    themes: list[str] = doc("theme labels of the page", factory=list)
    series: list[str] = doc("series or in-depth report labels", factory=list)
    media: list[MediaLink] = doc("links to media in or beside the text", factory=list)
    links: list[str] = doc("other web addresses on the page, furniture included", factory=list)
    emails: list[str] = doc("e-mail addresses on the page", factory=list)
    furniture: list[Furniture] = doc("passages cut from the text, in page order", factory=list)
    credits: list[Credit] = doc("every credit found, each with the passage it was read from", factory=list)
    original_url: str | None = doc("address at which the text was first published, where the page gives one", None)
    dateline: str | None = doc("place that the report was written from, as written", None)
    not_coded: str | None = doc("why no claims were looked for: the language, for one; None where they were", None)
    extra: dict[str, Any] = doc("keys of a JSON Lines record that Warlog does not know, kept", factory=dict)


@dataclass(slots=True)
class Passage:
    """A stretch of one document that stands in another too. Character offsets into the two texts."""

    start: int = doc("where it starts in the document")
    end: int = doc("where it ends")
    other_start: int = doc("where it starts in the other document")
    other_end: int = doc("where it ends")
    kind: str = doc("verbatim, rewritten, shared_quotation or shared_furniture")


@dataclass(slots=True)
class DocumentLink:
    """What two documents have of one another. Where the direction is known, the first was made from the other."""

    document_id: str = doc("the document that was made from the other; where that is not known, the one whose id sorts last")
    other_id: str = doc("the document it was made from, where the direction is known")
    relation: str = doc(
        "copy (whole), condensed (a part of the other), expanded (the other and more), rewrite (reworded), "
        "version (an update of one's own story), shared_quotation or shared_furniture; the last two are not lineage"
    )
    direction: str = doc("known, unknown, or unseen (both were made from a source that is not in the log)", "unknown")
    direction_why: str = doc("what the direction was told from: credit, time, containment, edit; in words", "")
    containment: float = doc("share of the document's words that stand in the other, 0 to 1", 0.0)
    other_containment: float = doc("share of the other's words that stand in the document", 0.0)
    passages: list[Passage] = doc("the aligned passages, in the order of the document", factory=list)


@dataclass(slots=True)
class FeedState:
    """What is remembered of a feed or page from one visit to the next."""

    url: str = doc("address of the feed")
    etag: str | None = doc("ETag of the last answer", None)
    last_modified: str | None = doc("Last-Modified of the last answer", None)
    checked_at: str | None = doc("last visit: ISO 8601, UTC", None)
    next_at: str | None = doc("no visit before this: ISO 8601, UTC", None)
    failures: int = doc("failed visits in a row", 0)
    status: str = doc("one sentence on the last visit", "")


@dataclass(slots=True)
class Casualties:
    """One toll: how many of whom met with what. A bound of None is open, or unknown if both are."""

    outcome: str = doc("killed, wounded, killed_or_wounded, captured, missing or displaced")
    who: str | None = doc("whom it tells of, as written", None)
    low: int | None = doc("lowest figure the wording allows", None)
    high: int | None = doc("highest figure the wording allows", None)


@dataclass(slots=True)
class Candidate:
    """One place that a name could stand for, with how well it fits."""

    place_id: str = doc("pack and id of the place, such as wof:1242963005")
    name: str = doc("its name in the pack")
    lat: float = doc("WGS84 degrees north")
    lon: float = doc("WGS84 degrees east")
    score: float = doc("0 to 1; the resolver's own probability that this is the place meant")
    why: str = doc("what spoke for and against it, in words", "")


@dataclass(slots=True)
class Claim:
    """One assertion, in one sentence of one document, that one thing happened, is happening, or did not."""

    claim_id: str = doc("16 hex digits, stable for the same text and the same reading of it")
    happening_id: str = doc("shared by the claims that one sentence makes of one happening; a toll belongs to the happening")
    document_id: str = doc("the document it stands in")
    quote: str = doc("the whole sentence, exactly as it stands in the document's text")
    start: int = doc("character offset of the quote in the document's text")
    end: int = doc("offset after its last character: text[start:end] == quote")
    event_type: str = doc("one of the types in vocab/event_types.toml")
    actor: str | None = doc("who did it, as written, without leading article", None)
    target: str | None = doc("to whom or against whom, as written; for control the side that lost the place", None)
    place: str | None = doc("most specific place of the event, as written", None)
    lat: float | None = doc("WGS84 degrees north of the place, or of its anchor where it is anchored", None)
    lon: float | None = doc("WGS84 degrees east", None)
    date_start: str | None = doc("first day of the event, ISO 8601", None)
    date_end: str | None = doc("last day of the event, ISO 8601", None)
    casualties: list[Casualties] = doc("tolls the sentence gives of it", factory=list)
    attributed_to: str | None = doc(
        "source inside the text that it is laid to, as written; None if the document's own voice", None
    )
    certainty: str = doc("asserted, hedged, denied, planned or conjecture", "asserted")
    document_url: str | None = doc("address of the document", None)
    publisher: str | None = doc("who published the document", None)
    original_publisher: str | None = doc("who first published its text", None)
    published: str | None = doc("publication date of the document", None)
    actor_ids: list[str] = doc("ids of the actors that `actor` names", factory=list)
    actor_names: list[str] = doc("their standard names, in the order of the ids", factory=list)
    target_ids: list[str] = doc("ids of the actors that `target` names", factory=list)
    target_names: list[str] = doc("their standard names, in the order of the ids", factory=list)
    actor_backers: list[str] = doc("ids of those who the text itself says back the actor ('Turkish-backed')", factory=list)
    target_backers: list[str] = doc("ids of those who the text itself says back the target", factory=list)
    place_id: str | None = doc("id of the resolved place", None)
    place_name: str | None = doc("its standard name", None)
    place_status: str = doc("resolved, anchored (only its anchor is known) or unresolved", "unresolved")
    anchor: str | None = doc("name of the place it is anchored on", None)
    radius_km: float | None = doc("the place lies within this many kilometres of the point", None)
    geo_precision: int | None = doc(
        "UCDP where_prec: 1 exact, 2 near (within about 25 km), 3 district, 4 province, 5 line or fuzzy area, 6 country", None
    )
    candidates: list[Candidate] = doc("places the name could also be, best first", factory=list)
    place_why: str = doc("how the place was resolved or why it was left open, in words", "")
    date_precision: str = doc("day, range, month, year, not_later_than or none", "none")
    date_text: str | None = doc("the wording the date was read from", None)
    attribution: list[str] = doc("chain of sources, outermost first: outlet, agency, official ...", factory=list)
    certainty_cue: str | None = doc("the words that hedge, deny, plan or infer", None)
    loaded_terms: list[str] = doc("partisan wording that was read through (liberated, terrorists, regime ...)", factory=list)
    acled_sub_event_type: str | None = doc("nearest ACLED sub-event type", None)
    rule: str = doc("name of the extraction rule that fired, with its trigger word", "")
    run_id: str = doc("the run that derived the claim", "")
    review: str | None = doc("None, 'accepted', 'corrected' or 'rejected': the last decision of a person on it", None)
    origin_id: str | None = doc(
        "the document in which its sentence first stands, of those in the log: its own document's id unless copied; "
        "unseen:ID where the copies seem to come from a source that is not in the log",
        None,
    )
    superseded_by: str | None = doc("the newer version of its document, where there is one; such claims are not counted", None)


#: The fields of the coding guide, in its order; `warlog claims --format jsonl` gives these first.
GUIDE_FIELDS: tuple[str, ...] = (
    "document_id", "quote", "event_type", "actor", "target", "place", "lat", "lon", "date_start", "date_end",
    "casualties", "attributed_to", "certainty",
)  # fmt: skip


@dataclass(slots=True)
class Event:
    """Claims about one happening, and what they add up to."""

    event_id: str = doc("16 hex digits, made from its claims' ids")
    event_type: str = doc("event type that its claims share")
    place_id: str | None = doc("place, where resolved", None)
    place_name: str | None = doc("standard name, or the place as written", None)
    lat: float | None = doc("WGS84 degrees north", None)
    lon: float | None = doc("WGS84 degrees east", None)
    geo_precision: int | None = doc("UCDP where_prec", None)
    date_start: str | None = doc("earliest day its claims allow", None)
    date_end: str | None = doc("latest day its claims allow", None)
    date_precision: str = doc("coarsest reading that was needed: day, range, month, year, not_later_than, none", "none")
    actor_ids: list[str] = doc("actors named by any of its claims", factory=list)
    actor_names: list[str] = doc("their standard names", factory=list)
    target_ids: list[str] = doc("targets named by any of its claims", factory=list)
    target_names: list[str] = doc("their standard names", factory=list)
    casualties: list[Casualties] = doc("for each outcome, the range over the claims' figures", factory=list)
    certainty: str = doc("strongest certainty among its claims", "asserted")
    claim_ids: list[str] = doc("the claims it is made of", factory=list)
    document_count: int = doc("number of documents that tell of it", 0)
    origin_count: int = doc("number of independent origins among them", 0)
    sources: list[str] = doc("publishers and attributed sources", factory=list)


@dataclass(slots=True)
class PlaceDay:
    """Who held a place on a day, by the claims known up to then."""

    place_day_id: str = doc("place id and day")
    place_id: str = doc("id of the place, or name: and the name where it is not resolved")
    place_name: str = doc("its name")
    lat: float | None = doc("WGS84 degrees north", None)
    lon: float | None = doc("WGS84 degrees east", None)
    day: str = doc("ISO 8601 day", "")
    holder_ids: list[str] = doc("actors said to hold it; several where contested", factory=list)
    holder_names: list[str] = doc("their standard names", factory=list)
    status: str = doc("held or contested", "held")
    since: str | None = doc("day from which the present holder is claimed to hold it", None)
    since_precision: str = doc("precision of `since`", "day")
    age_days: int = doc("days between the newest claim it rests on and `day`", 0)
    claim_ids: list[str] = doc("claims it rests on, newest first", factory=list)
    rule: str = doc("the rule that decided", "")


@dataclass(slots=True)
class Decision:
    """A person's ruling on one claim. Tied to the capture's hash and the quote, so that it survives a new run."""

    decision_id: str = doc("16 hex digits")
    sha256: str = doc("SHA-256 of the capture the claim was read from")
    document_id: str = doc("document as known when decided")
    quote: str = doc("quote of the claim")
    event_type: str = doc("event type of the claim as derived, before any correction")
    place: str | None = doc("place of the claim as derived, before any correction", None)
    actor: str | None = doc("actor of the claim as derived, before any correction", None)
    verdict: str = doc("accepted, corrected or rejected", "accepted")
    changes: dict[str, Any] = doc("for 'corrected': field to new value", factory=dict)
    reviewer: str = doc("who decided", "")
    decided_at: str = doc("when: ISO 8601, UTC", "")
    note: str = doc("the reviewer's remark", "")
    superseded_by: str | None = doc("later decision on the same claim", None)


@dataclass(slots=True)
class Extraction:
    """What a second extractor made of one document. It stands beside the log's own claims and is never mixed with them."""

    extractor: str = doc("name of the extractor, such as llm:MODEL")
    document_id: str = doc("the document it read")
    sha256: str = doc("SHA-256 of the document's capture")
    claims: list[Claim] = doc("its claims, in the order of the text", factory=list)
    dropped: list[str] = doc("one sentence for each claim that was not taken: its quote is not in the text, say", factory=list)
    made_at: str = doc("ISO 8601, UTC", "")
    seconds: float = doc("how long it took", 0.0)
    tokens_in: int = doc("tokens that were sent", 0)
    tokens_out: int = doc("tokens that came back", 0)
    cost: float | None = doc("price, in the currency of the prices given; None where none were", None)
    settings: dict[str, Any] = doc("what it was made with: endpoint's host, model, prompt's hash, temperature", factory=dict)


@dataclass(slots=True)
class Run:
    """What derived a set of records: the versions and hashes of everything that can change the outcome."""

    run_id: str = doc("16 hex digits, made from the fields below except the times")
    warlog_version: str = doc("version of the program")
    code_hash: str = doc("hash over the program's own source and vocabulary files")
    model: str = doc("name and version of the parser's model")
    packs: dict[str, str] = doc("gazetteer pack name to SHA-256", factory=dict)
    started_at: str = doc("ISO 8601, UTC", "")


def as_dict(record: Any) -> dict[str, Any]:
    """A record as plain dicts and lists, ready for JSON, fields in declared order."""
    return dataclasses.asdict(record)
