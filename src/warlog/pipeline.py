"""The whole way, from sources to a log that can be questioned: read, extract, keep, link, estimate.

Each capture is kept with its document and claims in one transaction, its bytes in the archive before that; only then
is it reported as done. Stopped at any moment, a second run finds what is there and goes on. Events and control are
derived over the whole log at the end, and again by the next run if this one did not get there.
"""

from __future__ import annotations

import pickle
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from warlog.errors import InputError, LogError, WarlogError
from warlog.records import Capture, Claim, Document, Event, PlaceDay, Run
from warlog.run import make_run
from warlog.store import ClaimFilter, IdTaken, Log
from warlog.store.withdrawal import WITHDRAWN

if TYPE_CHECKING:
    from warlog import collect

#: How often a document is read again because another process took its id meanwhile; each time it gets a new one.
_ID_TRIES = 5


class Extractor(Protocol):
    """What makes claims of a document. It may also say what it works with, for the run's record:

    `model`, the name and version of its parser's model, `packs`, gazetteer pack name to SHA-256, and `languages`, the
    ISO 639-1 codes of those that it reads: a document in another one is archived, marked, and not given to it.
    """

    @property
    def name(self) -> str:
        """What the extractor is called."""
        ...

    def __call__(self, document: Document) -> list[Claim]:
        """The document's claims, in the order of the text."""
        ...


@dataclass(slots=True, frozen=True)
class Step:
    """One step of progress. What it tells of is done and kept."""

    #: reading, tracing, deriving, keeping or linking
    stage: str
    done: int
    #: how many there will be, where that is known
    total: int | None = None
    #: what was done last
    name: str = ""


Progress = Callable[[Step], None]


@dataclass(slots=True)
class ReadReport:
    """What came of reading."""

    #: documents read and kept by this run
    documents: int = 0
    #: inputs that were in the log already
    unchanged: int = 0
    #: inputs whose document, same name and same bytes, was in the log from another source
    duplicates: int = 0
    #: older versions that are in the log and stand at their source again
    restored: int = 0
    #: one sentence for each input that could not be used
    failed: list[str] = field(default_factory=list)
    #: one sentence for each folder or archive in which files of other kinds were passed over
    passed_over: list[str] = field(default_factory=list)
    #: one sentence for each thing in a document that could not be made use of
    remarks: list[str] = field(default_factory=list)
    #: documents read by this run that no claims were looked for in, by the reason: a language, say
    not_coded: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    #: places named in the documents read, once for each document and wording, by how they were resolved
    places_resolved: int = 0
    places_anchored: int = 0
    places_unresolved: int = 0
    #: how many events and place-days the whole log has now; None where nothing had changed
    events: int | None = None
    place_days: int | None = None
    seconds: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether the log is another one than before."""
        return bool(self.documents or self.duplicates or self.restored)

    def _count(self, claims: Sequence[Claim]) -> None:
        self.documents += 1
        self.claims += len(claims)
        places = {(claim.place, claim.place_status) for claim in claims if claim.place}
        self.places_resolved += sum(status == "resolved" for _, status in places)
        self.places_anchored += sum(status == "anchored" for _, status in places)
        self.places_unresolved += sum(status == "unresolved" for _, status in places)


@dataclass(slots=True)
class RebuildReport:
    """What came of deriving everything again."""

    documents: int = 0
    claims: int = 0
    #: claims with the same id as one before, claims that are new, and claims that are gone
    same: int = 0
    new: int = 0
    gone: int = 0
    events: int = 0
    place_days: int = 0
    #: one sentence for each original that could not be read again; its document and claims stay as they were
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0


class ReadInterrupted(KeyboardInterrupt):
    """The user stopped a run; `report` tells what was kept until then."""

    def __init__(self, report: ReadReport) -> None:
        super().__init__()
        self.report = report

    def __str__(self) -> str:
        return f"Stopped; {self.report.documents} documents were read and kept, and the next run goes on from there."


def read_sources(
    log: Log,
    sources: Sequence[str | Path],
    *,
    extractor: Extractor,
    progress: Progress | None = None,
    collector: str = "",
    fetch: collect.Fetch | None = None,
) -> ReadReport:
    """Read files, folders, archives, standard input ("-") and, with `fetch`, addresses into the log; see `read_captures`."""
    from warlog import collect

    found = collect.captures(sources, collector=collector, fetch=fetch)
    return read_captures(log, found, extractor=extractor, progress=progress)


def read_captures(
    log: Log,
    captures: Iterable[collect.Found],
    *,
    extractor: Extractor,
    progress: Progress | None = None,
) -> ReadReport:
    """Read captures into the log, then derive lineage, events and control if anything changed.

    An input that cannot be used becomes a sentence in the report and the rest goes on. Raises LogError where the
    log or the archive cannot be written, and ReadInterrupted on Ctrl-C; what was reported as done is kept.
    """
    log.require_writable()
    report, started = ReadReport(), time.monotonic()
    intake = _Intake(log, extractor, report)
    try:
        for found in captures:
            name = ""
            if isinstance(found, InputError):
                report.failed.append(str(found))
            elif isinstance(found, tuple):
                name = found[0].name if intake.take(*found) else ""
            else:
                report.passed_over.append(str(found))
            _tell(progress, Step("reading", intake.count(), None, name))
        if log.is_stale:
            log.trace(lambda done, total: _tell(progress, Step("tracing", done, total)))
            _tell(progress, Step("linking", 0))
            report.events, report.place_days = derive_events(log)
    except KeyboardInterrupt as stop:
        report.seconds = time.monotonic() - started
        raise ReadInterrupted(report) from stop
    report.seconds = time.monotonic() - started
    return report


class _Intake:
    """Takes captures in one after the other, and remembers which ones stand at their source in this run."""

    def __init__(self, log: Log, extractor: Extractor, report: ReadReport) -> None:
        self._log = log
        self._extractor = extractor
        self._report = report
        self._run: Run | None = None
        self._seen: set[str] = set()

    def count(self) -> int:
        """How many inputs were dealt with."""
        report = self._report
        return report.documents + report.unchanged + report.duplicates + report.restored + len(report.failed)

    def take(self, capture: Capture, data: bytes) -> bool:
        """Keep one capture and all that is derived from it alone. Returns whether the log has it now."""
        try:
            held = self._log.known_capture(capture)
            if held is not None:
                self._again(held, capture, data)
                return True
            claims = self._keep(capture, data)
        except LogError:
            raise
        except WarlogError as error:
            self._report.failed.append(str(error))
            return False
        except Exception as error:  # one document must not stop the others, whatever is wrong with it or the program
            self._report.failed.append(_unreadable(capture.source, capture.record_number, error))
            return False
        if claims is not None:
            self._report._count(claims)
        return True

    def _again(self, capture_id: str, found: Capture, data: bytes) -> None:
        """A capture that the log has already stands at its source still, or again."""
        self._seen.add(capture_id)
        capture = self._log.capture(capture_id)
        if found.sha256 not in self._log.archive:
            # Lost since, or withdrawn: the first is mended, the second is refused.
            self._log.archive.take(capture or found, data)
        if capture is not None and self._log.restore(capture, self._seen):
            self._report.restored += 1
        else:
            self._report.unchanged += 1

    def _keep(self, capture: Capture, data: bytes) -> list[Claim] | None:
        """The claims of the document that was kept, or None where there was none to keep; counts that itself."""
        from warlog.read import remarks

        for _ in range(_ID_TRIES):
            placement = self._log.place(capture)
            document, claims = None, list[Claim]()
            if placement.to_read:
                document, claims = read_one(capture, data, placement.document_id, self._extractor, self._the_run())
            self._log.archive.take(capture, data)
            try:
                added = self._log.add(capture, document, claims, self._seen)
            except IdTaken:
                continue
            self._seen.add(capture.capture_id)
            if not added:  # another process has just taken it in
                self._report.unchanged += 1
                return None
            if document is None:
                self._report.duplicates += 1
                return None
            self._report.remarks += remarks(document)
            if document.not_coded:
                self._report.not_coded[document.not_coded] += 1
            return claims
        raise LogError(f"The log {self._log.path} is written to by others so much that {capture.name} found no id; try again.")

    def _the_run(self) -> Run:
        if self._run is None:
            self._run = run_of(self._extractor)
            self._log.add_run(self._run)
        return self._run


def read_one(capture: Capture, data: bytes, document_id: str, extractor: Extractor, run: Run) -> tuple[Document, list[Claim]]:
    """A capture's document under this id, and its claims. Raises InputError if the bytes cannot be read."""
    from warlog.read import read_document

    document = read_document(capture, data)
    document.document_id = document_id
    document.not_coded = _not_coded(document, extractor)
    claims = [] if document.not_coded else extractor(document)
    for claim in claims:
        claim.run_id = run.run_id
    return document, claims


def _not_coded(document: Document, extractor: Extractor) -> str | None:
    """Why no claims can be looked for in a document, or None."""
    if document.not_coded:
        return document.not_coded
    languages: frozenset[str] | None = getattr(extractor, "languages", None)
    if languages is None or document.language is None or document.language in languages:
        return None
    return f"language {document.language}"


def run_of(extractor: Extractor) -> Run:
    """The record of a run with this extractor that starts now."""
    return make_run(model=getattr(extractor, "model", None), packs=getattr(extractor, "packs", None))


def derive_events(log: Log) -> tuple[int, int]:
    """Derive events and place-days from all claims as decided. Returns how many there are now. Raises LogError."""
    return log.derive(_derive)


def _derive(claims: list[Claim], documents: Iterable[Document]) -> tuple[Sequence[Event], Sequence[PlaceDay]]:
    from warlog.control import estimate
    from warlog.events import link

    return link(claims), estimate(claims, documents)


def rebuild(log: Log, extractor: Extractor, progress: Progress | None = None) -> RebuildReport:
    """Derive documents, claims, events and place-days again from the captures, in the order in which they came.

    The new records take the place of the old ones all at once; until then, and if anything fails, the old ones
    stay. Decisions are kept and hold for the new claims. An original that is lost or altered is told of in the report, and
    its document stays as it was. Raises LogError where the log cannot be written.
    """
    log.require_writable()
    report, started = RebuildReport(), time.monotonic()
    run = run_of(extractor)
    old = _ids(log.claims(ClaimFilter(include_rejected=True, include_superseded=True)))
    total = log.counts()["captures"]
    ids: set[str] = set()
    done: set[str] = set()
    last = 0
    with tempfile.TemporaryFile(prefix="warlog-") as spool:
        while True:
            for number, document_id, capture in log.captures(last):
                last = number
                if document_id not in done:
                    done.add(document_id)
                    renewed = _renewed(log, capture, document_id, extractor, run, report)
                    if renewed is not None:
                        pickle.dump(renewed, spool)
                        report.documents += 1
                        report.claims += len(renewed[1])
                        ids.update(_ids(renewed[1]))
                _tell(progress, Step("deriving", number, max(total, number), document_id))
            _tell(progress, Step("keeping", 0))
            spool.flush()
            if log.replace_derived(last, run, _unspooled(spool), _derive):
                break
            spool.seek(0, 2)
    counts = log.counts()
    report.events, report.place_days = counts["events"], counts["place_days"]
    report.same, report.new, report.gone = len(ids & old), len(ids - old), len(old - ids)
    report.seconds = time.monotonic() - started
    return report


def _renewed(
    log: Log, capture: Capture, document_id: str, extractor: Extractor, run: Run, report: RebuildReport
) -> tuple[Document, list[Claim]] | None:
    older = log.document(document_id)
    if older is not None and older.not_coded == WITHDRAWN:
        return older, []
    try:
        return read_one(capture, log.archive.get(capture.sha256), document_id, extractor, run)
    except WarlogError as error:
        report.failed.append(str(error))
    except Exception as error:  # as in reading: one document must not stop the others
        report.failed.append(_unreadable(document_id, None, error))
    return None if older is None else (older, log.derived_of(document_id))


def _unspooled(spool: IO[bytes]) -> Iterator[tuple[Document, list[Claim]]]:
    spool.seek(0)
    while True:
        try:
            renewed: Any = pickle.load(spool)
        except EOFError:
            return
        yield renewed


def _ids(claims: Iterable[Claim]) -> set[str]:
    return {claim.claim_id for claim in claims}


def _unreadable(source: str, record_number: int | None, error: Exception) -> str:
    where = source if record_number is None else f"{source}, line {record_number}"
    detail = " ".join(str(error).split())[:200]
    return (
        f"{where}: Warlog failed on it ({type(error).__name__}{': ' + detail if detail else ''}); this is a fault of the program."
    )


def _tell(progress: Progress | None, step: Step) -> None:
    if progress is not None:
        progress(step)
