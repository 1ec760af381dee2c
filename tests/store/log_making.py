"""Small stand-ins for the rooms before and after the store, so that its tests need neither a parser nor a gazetteer.

The stand-in extractor reads sentences of the form `ACTOR captured PLACE on DAY.`, one claim each.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from warlog.errors import InputError
from warlog.records import Candidate, Capture, Casualties, Claim, Document, Event, PlaceDay
from warlog.store import Log

POINTS = {"Saraqib": (35.8645, 36.8059), "Khan Tuman": (36.12, 37.05), "Maarat al-Numan": (35.6433, 36.6683)}
SENTENCE = re.compile(r"(?P<actor>[A-Z][\w ]*?) captured (?P<place>[\w' -]+?)(?: on (?P<day>\d{4}-\d\d-\d\d))?\.")


def make_capture(data: bytes, source: str, name: str, record_number: int | None = None) -> Capture:
    sha256 = hashlib.sha256(data).hexdigest()
    made_of = f"{source}\0{record_number}\0{sha256}"
    return Capture(
        capture_id=hashlib.sha256(made_of.encode()).hexdigest()[:16],
        sha256=sha256,
        size=len(data),
        source=source,
        name=name,
        media_type="text/plain",
        record_number=record_number,
        retrieved_at="2020-01-30T00:00:00Z",
    )


def captures(
    sources: Sequence[str | Path], *, collector: str = "", fetch: object = None
) -> Iterator[tuple[Capture, bytes] | InputError]:
    """Text files, folders of them, and JSON Lines with `id` and `text`."""
    for source in map(Path, sources):
        files = sorted(p for p in source.rglob("*") if p.is_file()) if source.is_dir() else [source]
        for path in files:
            name = path.relative_to(source).as_posix() if source.is_dir() else path.name
            if not path.exists():
                yield InputError(f"{path}: no such file.")
            elif path.suffix == ".jsonl":
                for number, line in enumerate(path.read_bytes().splitlines(), 1):
                    yield make_capture(line, str(path), json.loads(line)["id"], number), line
            else:
                data = path.read_bytes()
                yield make_capture(data, str(path), name), data


def read_document(capture: Capture, data: bytes) -> Document:
    if b"\0" in data:
        raise InputError(f"{capture.source}: binary, not text.")
    text = data.decode()
    if capture.record_number is not None:
        text = json.loads(text)["text"]
    return Document(capture.name, capture.capture_id, capture.sha256, text, publisher="Example", published="2020-01-30")


class FakeExtractor:
    """Claims of capture; `calls` names the documents it was asked about."""

    name = "fake"
    model = "none"

    def __init__(self) -> None:
        self.calls: list[str] = []

    def __call__(self, document: Document) -> list[Claim]:
        self.calls.append(document.document_id)
        if "CRASH" in document.text:
            raise RuntimeError("the parser lost its way")
        return [self._claim(document, found) for found in SENTENCE.finditer(document.text)]

    @staticmethod
    def _claim(document: Document, found: re.Match[str]) -> Claim:
        made_of = f"{document.document_id}\0{found.start()}\0{found[0]}"
        place, actor = found["place"], found["actor"].removeprefix("The ")
        lat, lon = POINTS.get(place, (None, None))
        claim_id = hashlib.sha256(made_of.encode()).hexdigest()[:16]
        return Claim(
            claim_id=claim_id,
            happening_id=claim_id,
            document_id=document.document_id,
            quote=found[0],
            start=found.start(),
            end=found.end(),
            event_type="territory_captured",
            actor=actor,
            place=place,
            lat=lat,
            lon=lon,
            date_start=found["day"],
            date_end=found["day"],
            casualties=[Casualties("killed", "fighters", 12, None)],
            publisher=document.publisher,
            published=document.published,
            actor_ids=[f"name:{actor.lower()}"],
            actor_names=[actor],
            place_id=f"test:{place}" if lat is not None else None,
            place_name=place if lat is not None else None,
            place_status="resolved" if lat is not None else "unresolved",
            candidates=[Candidate("test:other", "Saraqeb", 35.86, 36.8, 0.4, "alike")],
            date_precision="day" if found["day"] else "none",
            attribution=["Example"],
        )


def keep(log: Log, text: str, source: str = "/in/a.txt", name: str = "a.txt", number: int | None = None) -> Document:
    """Keep a text as a capture with its document and claims."""
    data = text.encode()
    capture = make_capture(data, source, name, number)
    placement = log.place(capture)
    document = read_document(capture, data) if number is None else Document(name, capture.capture_id, capture.sha256, text)
    document.document_id = placement.document_id
    assert log.add(capture, document, FakeExtractor()(document))
    return document


def link(claims: Iterable[Claim]) -> list[Event]:
    """One event for each place and day."""
    groups: dict[tuple[str | None, str | None], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.place, claim.date_start), []).append(claim)
    return [
        Event(
            event_id=hashlib.sha256("".join(c.claim_id for c in group).encode()).hexdigest()[:16],
            event_type=group[0].event_type,
            place_name=place,
            lat=group[0].lat,
            lon=group[0].lon,
            date_start=day,
            date_end=day,
            actor_names=sorted({c.actor or "" for c in group}),
            casualties=group[0].casualties,
            claim_ids=[c.claim_id for c in group],
            document_count=len({c.document_id for c in group}),
        )
        for (place, day), group in groups.items()
    ]


def estimate(claims: Iterable[Claim], documents: Iterable[Document] = ()) -> list[PlaceDay]:
    """The last claim of each place and day holds."""
    held = {(c.place or "", c.date_start or c.published or ""): c for c in claims}
    return [
        PlaceDay(f"{place}/{day}", f"name:{place}", place, c.lat, c.lon, day, c.actor_ids, c.actor_names, claim_ids=[c.claim_id])
        for (place, day), c in held.items()
    ]
