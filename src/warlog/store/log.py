"""`Log`: the one door to a log. Everything that other rooms keep or read goes through it.

Captures and decisions go in and stay; documents and claims are derived from captures and go in beside them, in one
transaction each; events and place-days are derived from all claims and are replaced as a whole. What comes out is
as decided: claims that a person rejected are left out, corrected ones stand corrected.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, delete, func, insert, select, update

from warlog.archive import Archive
from warlog.records import Capture, Claim, Decision, Document, DocumentLink, Event, Extraction, FeedState, PlaceDay, Run
from warlog.store import actor_names, codec, extractions, feeds, intake, lineage, reading, rulings, schema, state, withdrawal
from warlog.store.database import Database
from warlog.store.filters import ClaimFilter
from warlog.store.intake import Placement
from warlog.store.sqlite import BUSY_SECONDS

#: Claims as decided to what they add up to.
Derive = Callable[[list[Claim], Iterable[Document]], tuple[Sequence[Event], Sequence[PlaceDay]]]


#: Documents placed in one transaction: a writer that waits is not kept for long.
_PLACED_AT_ONCE = 100


class Log:
    """A log of claims in one SQLite file, with the archive of originals beside it. Open it with `Log.open`."""

    def __init__(self, database: Database, archive: Archive) -> None:
        self._database = database
        self.archive = archive
        self._names = actor_names.Resolver(self.document)

    # -- opening -------------------------------------------------------------------------------------------------

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        create: bool = True,
        *,
        busy_seconds: float = BUSY_SECONDS,
        max_pages: int | None = None,
    ) -> Log:
        """Open the log at `path`; with `create`, make it where there is none. An older log is brought up to date.

        A writer waits `busy_seconds` for another one. `max_pages` limits the file to so many pages of 4096 bytes.
        Raises LogError, in one sentence, for what is not a log, is of a newer Warlog, or cannot be opened.
        """
        where = Path(path)
        database = Database.open(where, create=create, busy_seconds=busy_seconds, max_pages=max_pages)
        return cls(database, Archive.beside(where))

    def close(self) -> None:
        """Close the log; nothing is lost by not doing so."""
        self._database.close()

    def __enter__(self) -> Log:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The log's file."""
        return self._database.path

    @property
    def writable(self) -> bool:
        """Whether the log can be written: False for a file or folder without permission."""
        return self._database.writable

    def require_writable(self) -> None:
        """Raise LogError if the log cannot be written, before work is done for nothing."""
        with self._database.write():
            pass

    # -- taking in -----------------------------------------------------------------------------------------------

    def has_capture(self, capture_id: str) -> bool:
        """Whether the capture with this id is in the log."""
        return self.capture(capture_id) is not None

    def known_capture(self, capture: Capture) -> str | None:
        """The id of the log's capture of the same bytes of the same source under the same name, or None."""
        with self._database.read() as connection:
            return intake.known_capture(connection, capture)

    def place(self, capture: Capture) -> Placement:
        """The id of the document that a new capture is read as, and whether that document is still to be read."""
        with self._database.read() as connection:
            return intake.place(connection, capture)

    def add(self, capture: Capture, document: Document | None, claims: Sequence[Claim] = (), seen: Collection[str] = ()) -> bool:
        """Keep a capture with the document read from it and its claims, all or nothing; on return they are on the disk.

        `document` is None where `place` says that it is there already. Captures in `seen` are known to stand at
        their source still, so that this one does not replace them. Returns False, changing nothing, if the capture
        is in the log already. Raises `intake.IdTaken` if the id from `place` was given away since, and LogError.
        """
        with self._database.write() as connection:
            return intake.add(connection, capture, document, claims, seen)

    def restore(self, capture: Capture, seen: Collection[str] = ()) -> bool:
        """A capture that is in the log stands at its source again. Returns whether that changed anything."""
        held = self.capture(capture.capture_id)
        if held is None or not self._is_superseded(held.capture_id):
            return False
        with self._database.write() as connection:
            changed = intake.make_current(connection, held, seen)
            if changed:
                state.bump(connection)
            return changed

    def _is_superseded(self, capture_id: str) -> bool:
        c = schema.captures.c
        with self._database.read() as connection:
            return connection.execute(select(c.superseded_by).where(c.capture_id == capture_id)).scalar() is not None

    def add_run(self, run: Run) -> None:
        """Keep the record of a run; one that is there already stays as it is."""
        with self._database.read() as connection:
            if connection.execute(select(schema.runs.c.seq).where(schema.runs.c.run_id == run.run_id)).first() is not None:
                return
        with self._database.write() as connection:
            intake.add_run(connection, run)

    def feed_state(self, url: str) -> FeedState | None:
        """What is remembered of the feed at this address, or None where it was never visited."""
        with self._database.read() as connection:
            return feeds.get(connection, url)

    def keep_feed_state(self, feed: FeedState) -> None:
        """Remember this of a feed, in the place of what was known of it."""
        with self._database.write() as connection:
            feeds.put(connection, feed)

    def keep_extraction(self, extraction: Extraction) -> None:
        """Keep what a second extractor made of a document, in the place of what the same one made of it before."""
        with self._database.write() as connection:
            extractions.put(connection, extraction)

    def extractions(self, extractor: str | None = None) -> Iterator[Extraction]:
        """What second extractors made of documents; of one extractor, or of all."""
        return extractions.read(self._read, extractor)

    def withdraw(self, sha256: str) -> list[str]:
        """Take what was read from an original that is withdrawn out of the log: text, claims, quotes.

        Its captures and the names of its documents stay. Returns the ids of those documents.
        """
        with self._database.write() as connection:
            ids = withdrawal.withdraw(connection, sha256)
        self._database.settle()
        return ids

    # -- people's decisions --------------------------------------------------------------------------------------

    def decide(self, decisions: Iterable[Decision]) -> int:
        """Keep decisions; each supersedes the earlier one on the same claim. One that says the same again is left out.

        Returns how many were kept.
        """
        d = schema.decisions
        kept = 0
        with self._database.write() as connection:
            for decision in decisions:
                key = rulings.decision_key(decision)
                holds = (d.c.decision_key == key) & d.c.superseded_by.is_(None)
                row = connection.execute(select(d).where(holds)).mappings().first()
                if row is not None and rulings.same_ruling(codec.from_row(Decision, row, d), decision):
                    continue
                connection.execute(update(d).where(holds).values(superseded_by=decision.decision_id))
                connection.execute(insert(d), {**codec.to_row(decision, d), "decision_key": key, "superseded_by": None})
                kept += 1
            if kept:
                state.bump(connection)
        return kept

    def decisions(self, include_superseded: bool = True) -> Iterator[Decision]:
        """Decisions in the order they were made, the superseded ones too unless told otherwise."""
        d = schema.decisions
        query = select(d) if include_superseded else select(d).where(d.c.superseded_by.is_(None))
        return reading.records(self._read, Decision, d, query)

    # -- reading out ---------------------------------------------------------------------------------------------

    def claims(self, wanted: ClaimFilter | None = None) -> Iterator[Claim]:
        """Claims as decided, document by document; those a person rejected, or of replaced documents, only if asked for."""
        return reading.claims(self._read, wanted or ClaimFilter(), self._names)

    def derived_claims(self, wanted: ClaimFilter | None = None) -> Iterator[tuple[Claim, Claim, str]]:
        """Claims as decided, each with itself as derived and the SHA-256 of its original: what a reviewer needs."""
        hashes: dict[str, str] = {}
        for claim in self.claims(wanted):
            if claim.document_id not in hashes:
                document = self.document(claim.document_id)
                hashes[claim.document_id] = document.sha256 if document else ""
            derived = claim if claim.review is None else reading.one(self._read, Claim, schema.claims.c.claim_id, claim.claim_id)
            yield claim, derived or claim, hashes[claim.document_id]

    def claim(self, claim_id: str) -> Claim | None:
        """The claim with this id, as decided, rejected or not; None if there is none."""
        c = schema.claims
        with self._database.read() as connection:
            row = connection.execute(reading.with_successor(select(c)).where(c.c.claim_id == claim_id)).mappings().first()
        if row is None:
            return None
        d = schema.decisions
        with self._database.read() as connection:
            holds = (d.c.decision_key == row["decision_key"]) & d.c.superseded_by.is_(None)
            ruling = connection.execute(select(d).where(holds)).mappings().first()
        decision = codec.from_row(Decision, ruling, d) if ruling is not None else None
        return rulings.apply(reading.claim_of(row), decision, self._names)

    def derived_of(self, document_id: str) -> list[Claim]:
        """A document's claims as derived, without decisions, in the order of the text."""
        c = schema.claims
        return list(reading.records(self._read, Claim, c, select(c).where(c.c.document_id == document_id)))

    def find_derived(self, claim_id: str, key: str) -> tuple[Claim, str] | None:
        """A claim as derived with the SHA-256 of its original: by its id, else by its decision key (`rulings.key_of`)."""
        c, d = schema.claims, schema.documents.c
        query = select(c, d.sha256.label("original")).join(schema.documents, d.document_id == c.c.document_id)
        with self._database.read() as connection:
            row = connection.execute(query.where(c.c.claim_id == claim_id)).mappings().first()
            if row is None:
                row = connection.execute(query.where(c.c.decision_key == key).order_by(c.c.seq)).mappings().first()
        return None if row is None else (codec.from_row(Claim, row, c), row["original"])

    def decision_on(self, claim_id: str) -> Decision | None:
        """The decision that holds on the claim with this id, or None."""
        c, d = schema.claims.c, schema.decisions
        query = select(d).join(schema.claims, c.decision_key == d.c.decision_key)
        query = query.where(c.claim_id == claim_id, d.c.superseded_by.is_(None))
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return codec.from_row(Decision, row, d) if row is not None else None

    def documents(self, wanted: ClaimFilter | None = None) -> Iterator[Document]:
        """Documents in the order they came in. Days mean the publication date, unless the filter asks for claims too:

        with a place, actor, event type or point, the documents are those with a claim that matches the whole filter.
        """
        wanted = wanted or ClaimFilter()
        matching = {claim.document_id for claim in self.claims(wanted)} if wanted.about_claims else None
        return reading.documents(self._read, wanted, matching)

    def document(self, document_id: str) -> Document | None:
        """The document with this id, replaced or not; None if there is none."""
        return reading.one(self._read, Document, schema.documents.c.document_id, document_id)

    def superseded_by(self, document_id: str) -> str | None:
        """The id of the document that stands at the same source now, or None where this one does."""
        d = schema.documents.c
        with self._database.read() as connection:
            return connection.execute(select(d.superseded_by).where(d.document_id == document_id)).scalar()

    def captures(self, after: int = 0) -> Iterator[tuple[int, str, Capture]]:
        """Captures in the order they came in, from after a number on: number, id of the document, capture."""
        return reading.captures(self._read, after)

    def capture(self, capture_id: str) -> Capture | None:
        """The capture with this id, or None."""
        return reading.one(self._read, Capture, schema.captures.c.capture_id, capture_id)

    def captures_of(self, document_id: str) -> list[Capture]:
        """The captures that are read as this document, in the order they came in."""
        c = schema.captures
        query = select(c).where(c.c.document_id == document_id)
        return list(reading.records(self._read, Capture, c, query))

    def links(self, document_id: str | None = None) -> Iterator[DocumentLink]:
        """What documents have of one another: all links, or those of one document."""
        return lineage.links(self._read, document_id)

    def outlines(self) -> list[tuple[str, str | None, str | None, str | None]]:
        """Id, publisher, day of publication and title of every document, replaced or not, without their texts."""
        d = schema.documents.c
        with self._database.read() as connection:
            rows = connection.execute(select(d.document_id, d.publisher, d.published, d.title).order_by(d.seq)).all()
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def original(self, capture_id: str) -> bytes:
        """The original bytes of a capture. Raises LogError if they are missing or altered, KeyError for an unknown id."""
        capture = self.capture(capture_id)
        if capture is None:
            raise KeyError(capture_id)
        return self.archive.get(capture.sha256)

    def events(self, wanted: ClaimFilter | None = None) -> Iterator[Event]:
        """Events in the order they were derived."""
        return reading.events(self._read, wanted)

    def event(self, event_id: str) -> Event | None:
        """The event with this id, with its claims' ids, or None."""
        event = reading.one(self._read, Event, schema.events.c.event_id, event_id)
        if event is not None:
            link = schema.event_claims.c
            with self._database.read() as connection:
                ids = connection.execute(select(link.claim_id).where(link.event_id == event_id).order_by(link.position))
                event.claim_ids = list(ids.scalars())
        return event

    def events_of(self, claim_id: str) -> list[str]:
        """The ids of the events that a claim is part of."""
        link = schema.event_claims.c
        with self._database.read() as connection:
            return list(
                connection.execute(select(link.event_id).where(link.claim_id == claim_id).order_by(link.event_id)).scalars()
            )

    def place_days(self, wanted: ClaimFilter | None = None) -> Iterator[PlaceDay]:
        """Place-days in the order they were derived."""
        return reading.place_days(self._read, wanted)

    def place_day(self, place_day_id: str) -> PlaceDay | None:
        """The place-day with this id, or None."""
        return reading.one(self._read, PlaceDay, schema.place_days.c.place_day_id, place_day_id)

    def runs(self) -> Iterator[Run]:
        """The runs that derived anything in the log, oldest first."""
        return reading.runs(self._read)

    def counts(self) -> dict[str, int]:
        """How many captures, current documents, their claims, events, place-days and holding decisions the log has."""
        d = schema.documents.c
        joined = schema.claims.join(schema.documents, d.document_id == schema.claims.c.document_id)
        queries = {
            "captures": select(func.count()).select_from(schema.captures),
            "documents": select(func.count()).select_from(schema.documents).where(d.superseded_by.is_(None)),
            "claims": select(func.count()).select_from(joined).where(d.superseded_by.is_(None)),
            "events": select(func.count()).select_from(schema.events),
            "place_days": select(func.count()).select_from(schema.place_days),
            "decisions": select(func.count()).select_from(schema.decisions).where(schema.decisions.c.superseded_by.is_(None)),
        }
        with self._database.read() as connection:
            return {name: int(connection.execute(query).scalar_one()) for name, query in queries.items()}

    # -- what is derived from all claims ---------------------------------------------------------------------------

    @property
    def is_stale(self) -> bool:
        """Whether claims or decisions have changed since events and place-days were derived."""
        with self._database.read() as connection:
            return state.claims_revision(connection) != state.events_revision(connection)

    def replace_events(self, events: Sequence[Event]) -> None:
        """Put these events in the place of all there are."""
        with self._database.write() as connection:
            _replace_events(connection, events)

    def replace_place_days(self, place_days: Sequence[PlaceDay]) -> None:
        """Put these place-days in the place of all there are."""
        with self._database.write() as connection:
            _replace_place_days(connection, place_days)

    def trace(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Place the documents that are not placed yet among the others, then set the origins of all claims.

        Each batch of documents is kept when it is done. `progress` is told how many of how many are. Returns how many.
        """
        with self._database.read() as connection:
            total = lineage.unplaced(connection)
        done = 0
        while done < total:
            with self._database.write() as connection:
                some = lineage.place_some(connection, _PLACED_AT_ONCE)
            if not some:
                break
            done += some
            if progress is not None:
                progress(done, max(done, total))
        with self._database.write() as connection:
            if lineage.set_origins(connection):
                state.bump(connection)
        return done

    def derive(self, derive: Derive) -> tuple[int, int]:
        """Derive events and place-days from the claims as decided, and put them in the place of the old ones.

        If another process changes claims meanwhile, it is done again; after three such times, while that process
        is made to wait. Returns how many events and place-days there are now.
        """
        for _ in range(3):
            with self._database.read() as connection:
                revision = state.claims_revision(connection)
                events, place_days = self._derived(connection, derive)
            with self._database.write() as connection:
                if state.claims_revision(connection) == revision:
                    self._keep_derived(connection, events, place_days)
                    return len(events), len(place_days)
        with self._database.write() as connection:
            events, place_days = self._derived(connection, derive)
            self._keep_derived(connection, events, place_days)
        return len(events), len(place_days)

    def replace_derived(
        self, last_capture: int, run: Run, renewed: Iterable[tuple[Document, Sequence[Claim]]], derive: Derive
    ) -> bool:
        """Put newly derived documents and claims, and the events and place-days of them, in the place of all there are.

        All or nothing. Returns False, changing nothing, if captures after number `last_capture` came in meanwhile.
        """
        with self._database.write() as connection:
            newest = connection.execute(select(func.max(schema.captures.c.seq))).scalar() or 0
            if newest != last_capture:
                return False
            for table in (schema.event_claims, schema.events, schema.place_days, schema.claims, schema.documents):
                connection.execute(delete(table))
            intake.add_run(connection, run)
            for document, claims in renewed:
                intake.add_document(connection, document, claims)
            intake.refresh(connection)
            lineage.clear(connection)
            while lineage.place_some(connection, _PLACED_AT_ONCE):
                pass
            lineage.set_origins(connection)
            state.bump(connection)
            events, place_days = self._derived(connection, derive)
            self._keep_derived(connection, events, place_days)
        return True

    def _derived(self, connection: Connection, derive: Derive) -> tuple[Sequence[Event], Sequence[PlaceDay]]:
        """What the claims that this connection sees add up to."""

        @contextmanager
        def same() -> Iterator[Connection]:
            yield connection

        names = actor_names.Resolver(lambda document_id: reading.one(same, Document, schema.documents.c.document_id, document_id))
        everything = ClaimFilter()
        claims = list(reading.claims(same, everything, names))
        return derive(claims, reading.documents(same, everything, None))

    @staticmethod
    def _keep_derived(connection: Connection, events: Sequence[Event], place_days: Sequence[PlaceDay]) -> None:
        _replace_events(connection, events)
        _replace_place_days(connection, place_days)
        state.mark_derived(connection, state.claims_revision(connection))

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._database.read() as connection:
            yield connection


def _replace_events(connection: Connection, events: Sequence[Event]) -> None:
    connection.execute(delete(schema.event_claims))
    connection.execute(delete(schema.events))
    if events:
        connection.execute(insert(schema.events), [codec.to_row(event, schema.events) for event in events])
    links = [
        {"event_id": event.event_id, "position": position, "claim_id": claim_id}
        for event in events
        for position, claim_id in enumerate(event.claim_ids)
    ]
    if links:
        connection.execute(insert(schema.event_claims), links)


def _replace_place_days(connection: Connection, place_days: Sequence[PlaceDay]) -> None:
    connection.execute(delete(schema.place_days))
    if place_days:
        connection.execute(insert(schema.place_days), [codec.to_row(place_day, schema.place_days) for place_day in place_days])
