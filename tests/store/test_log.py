"""What goes into a log comes out again, whole, filtered as asked, and belongs to the right document."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from log_making import FakeExtractor, estimate, keep, link, make_capture, read_document
from sqlalchemy import create_engine, inspect

from warlog.errors import LogError
from warlog.records import Capture, Claim, Decision, Document, Event, Furniture, MediaLink, PlaceDay, Run, describe
from warlog.store import ClaimFilter, IdTaken, Log, migrate, schema
from warlog.store.filters import distance_km
from warlog.store.fold import fold, found_in, search_key

TEXT = (
    "The Army captured Saraqib on 2020-01-29. The Army captured Khan Tuman on 2020-01-28. "
    "Rebels captured Nowhere. Rebels captured Maarat al-Numan on 2020-01-20."
)


@pytest.fixture
def log(tmp_path: Path):
    with Log.open(tmp_path / "war.db") as opened:
        yield opened


def test_every_field_of_every_record_comes_back(log: Log) -> None:
    capture = make_capture(b"bytes", "/in/a.txt", "a.txt", 3)
    document = Document(
        "a.txt",
        capture.capture_id,
        capture.sha256,
        "The Army captured Saraqib on 2020-01-29. ‏عربي 🙂",
        title="T",
        regions=["Syria"],
        media=[MediaLink("https://video.example/1", "video")],
        furniture=[Furniture("Share", "share")],
        extra={"k": [1, {"é": None}]},
    )
    claims = FakeExtractor()(document)
    assert log.add(capture, document, claims)
    log.replace_events(link(claims))
    log.replace_place_days(estimate(claims))
    run = Run("r" * 16, "0", "c", "m", {"pack": "hash"}, "2020-01-01T00:00:00Z")
    log.add_run(run)
    assert [c for _, _, c in log.captures()] == [capture]
    assert log.capture(capture.capture_id) == capture
    assert list(log.documents()) == [document] == [log.document("a.txt")]
    assert list(log.claims()) == claims == [log.claim(claims[0].claim_id)]
    assert list(log.events()) == link(claims) == [log.event(link(claims)[0].event_id)]
    assert log.events_of(claims[0].claim_id) == [link(claims)[0].event_id]
    assert list(log.place_days()) == estimate(claims) == [log.place_day("Saraqib/2020-01-29")]
    assert list(log.runs()) == [run]
    assert log.counts() == {"captures": 1, "documents": 1, "claims": 1, "events": 1, "place_days": 1, "decisions": 0}


def test_every_record_field_has_a_column() -> None:
    tables = {
        Capture: schema.captures, Document: schema.documents, Claim: schema.claims, Event: schema.events,
        PlaceDay: schema.place_days, Decision: schema.decisions, Run: schema.runs,
    }  # fmt: skip
    for record, table in tables.items():
        missing = set(describe(record)) - set(table.columns.keys())
        # A claim's review is what decisions say of it, its successor what its document's row says; an event's claims
        # have a table of their own.
        assert missing <= {"review", "superseded_by", "claim_ids"}, record


def test_migrations_make_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    with Log.open(tmp_path / "migrated.db"):
        pass
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    schema.metadata.create_all(made)

    def shape(name: str) -> dict[str, object]:
        found = inspect(create_engine(f"sqlite:///{tmp_path / name}"))
        return {
            table: (
                # a migration adds columns at the end, wherever they stand in the code
                sorted((c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)),
                sorted((i["name"], i["column_names"], i["unique"]) for i in found.get_indexes(table)),
                sorted(str(sorted(u["column_names"])) for u in found.get_unique_constraints(table)),
                sorted((f["name"], f["constrained_columns"], f["referred_table"]) for f in found.get_foreign_keys(table)),
            )
            for table in found.get_table_names()
            if table != schema.VERSION_TABLE
        }

    assert shape("migrated.db") == shape("made.db")
    assert migrate.known_revisions()[0] == schema.HEAD


def test_ids_of_documents(log: Log) -> None:
    """The later of two documents with one name gets eight digits of its hash; same bytes are the same document."""
    first = keep(log, "one", "/in/a.txt")
    second = keep(log, "two", "/elsewhere/a.txt")
    assert first.document_id == "a.txt"
    assert second.document_id == f"a.txt#{second.sha256[:8]}"
    copied = make_capture(b"one", "/third/a.txt", "a.txt")
    assert log.place(copied).document_id == "a.txt"
    assert log.place(copied).to_read is False
    assert log.add(copied, None)
    assert [d.document_id for d in log.documents()] == ["a.txt", second.document_id]
    assert log.counts()["captures"] == 3


def test_a_capture_is_kept_once(log: Log) -> None:
    document = keep(log, TEXT)
    capture = log.capture(document.capture_id)
    assert capture is not None
    assert log.has_capture(capture.capture_id)
    assert not log.add(capture, document, [])
    # A record that moved to another line of its file is the same record.
    keep(log, "record", "/in/r.jsonl", "r1", 1)
    moved = make_capture(b"record", "/in/r.jsonl", "r1", 7)
    assert log.known_capture(moved) is not None
    assert not log.add(moved, None)


def test_an_id_that_was_given_away_is_not_taken_twice(log: Log) -> None:
    capture = make_capture(b"two", "/elsewhere/a.txt", "a.txt")
    document = read_document(capture, b"two")
    keep(log, "one")
    with pytest.raises(IdTaken):
        log.add(capture, document, [])
    assert log.counts()["documents"] == 1


def test_a_newer_version_takes_the_place_of_the_older(log: Log) -> None:
    old = keep(log, "The Army captured Saraqib on 2020-01-29.")
    new = keep(log, "The Army captured Saraqib on 2020-01-30.")
    other = keep(log, "Rebels captured Nowhere.", "/in/b.txt", "b.txt")
    assert log.superseded_by(old.document_id) == new.document_id
    assert [d.document_id for d in log.documents()] == [new.document_id, other.document_id]
    assert {c.document_id for c in log.claims()} == {new.document_id, other.document_id}
    assert log.document(old.document_id) == old
    assert len(list(log.claims(ClaimFilter(include_superseded=True)))) == 3
    # The old bytes are back at the source.
    capture = log.capture(old.capture_id)
    assert capture is not None
    assert log.restore(capture)
    assert not log.restore(capture)
    assert log.superseded_by(old.document_id) is None
    assert log.superseded_by(new.document_id) == old.document_id


def test_records_of_one_file_replace_only_their_own_name(log: Log) -> None:
    first = keep(log, "one", "/in/r.jsonl", "r1", 1)
    second = keep(log, "two", "/in/r.jsonl", "r2", 2)
    newer = keep(log, "one again", "/in/r.jsonl", "r1", 1)
    assert [d.document_id for d in log.documents()] == [second.document_id, newer.document_id]
    assert log.superseded_by(first.document_id) == newer.document_id


def test_claim_ids_never_clash(log: Log) -> None:
    first = keep(log, TEXT)
    claims = [dataclasses.replace(c, document_id="b.txt") for c in FakeExtractor()(first)]
    capture = make_capture(b"b", "/in/b.txt", "b.txt")
    document = read_document(capture, b"b")
    assert log.add(capture, document, [*claims, claims[0]])
    ids = [c.claim_id for c in log.claims()]
    assert len(ids) == len(set(ids)) == 9


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (ClaimFilter(), ["Saraqib", "Khan Tuman", "Nowhere", "Maarat al-Numan"]),
        (ClaimFilter(date_from="2020-01-29"), ["Saraqib", "Nowhere"]),
        (ClaimFilter(date_to="2020-01-28"), ["Khan Tuman", "Maarat al-Numan"]),
        (ClaimFilter(date_from="2020-01-28", date_to="2020-01-28"), ["Khan Tuman"]),
        (ClaimFilter(place="ma'arat numan"), []),
        (ClaimFilter(place="maarat numan"), ["Maarat al-Numan"]),
        (ClaimFilter(place="AL-NUMAN"), ["Maarat al-Numan"]),
        (ClaimFilter(place="arat"), []),
        (ClaimFilter(place="!"), []),
        (ClaimFilter(actor="the rebel"), ["Nowhere", "Maarat al-Numan"]),
        (ClaimFilter(event_type="shelling"), []),
        (ClaimFilter(event_type=("shelling", "territory_captured"), place="khan"), ["Khan Tuman"]),
        (ClaimFilter(document="b.txt"), []),
        (ClaimFilter(document="a."), ["Saraqib", "Khan Tuman", "Nowhere", "Maarat al-Numan"]),
        (ClaimFilter(near=(35.8645, 36.8059, 1)), ["Saraqib"]),
        (ClaimFilter(near=(35.8645, 36.8059, 40)), ["Saraqib", "Khan Tuman", "Maarat al-Numan"]),
    ],
)
def test_filters(log: Log, wanted: ClaimFilter, places: list[str]) -> None:
    keep(log, TEXT.replace("ma'arat", "maarat"))
    if wanted.place == "ma'arat numan":
        places = ["Maarat al-Numan"]
    assert [c.place for c in log.claims(wanted)] == places
    assert [c.place for c in log.claims() if wanted.matches(c)] == places


def test_filters_of_documents_events_and_place_days(log: Log) -> None:
    keep(log, TEXT)
    keep(log, "Rebels captured Nowhere on 2020-01-02.", "/in/b.txt", "b.txt")
    claims = list(log.claims())
    log.replace_events(link(claims))
    log.replace_place_days(estimate(claims))
    assert [d.document_id for d in log.documents(ClaimFilter(date_from="2020-01-30"))] == ["a.txt", "b.txt"]
    assert [d.document_id for d in log.documents(ClaimFilter(date_from="2020-01-31"))] == []
    assert [d.document_id for d in log.documents(ClaimFilter(place="saraqib"))] == ["a.txt"]
    assert [d.document_id for d in log.documents(ClaimFilter(document="b"))] == ["b.txt"]
    assert [e.date_start for e in log.events(ClaimFilter(document="b.txt"))] == ["2020-01-02"]
    assert [e.place_name for e in log.events(ClaimFilter(place="Khan", actor="army"))] == ["Khan Tuman"]
    assert [p.place_day_id for p in log.place_days(ClaimFilter(date_to="2020-01-20", actor="rebels"))] == [
        "Maarat al-Numan/2020-01-20",
        "Nowhere/2020-01-02",
    ]


points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(middle=points, km=st.floats(0, 3000), where=st.lists(points, max_size=12))
def test_near_misses_nothing(tmp_path: Path, middle: tuple[float, float], km: float, where: list[tuple[float, float]]) -> None:
    """The box that the database searches holds the whole circle, at the poles and the date line too."""
    path = tmp_path / "near.db"
    for left in tmp_path.glob("near.db*"):
        left.unlink()
    with Log.open(path) as log:
        capture = make_capture(b"x", "/x", "x")
        template = FakeExtractor()(Document("x", "", "", "Rebels captured Nowhere."))[0]
        claims = [dataclasses.replace(template, claim_id=str(i), lat=lat, lon=lon) for i, (lat, lon) in enumerate(where)]
        log.add(capture, read_document(capture, b"x"), claims)
        found = {c.claim_id for c in log.claims(ClaimFilter(near=(*middle, km)))}
    assert found == {str(i) for i, point in enumerate(where) if distance_km(*middle, *point) <= km}


def test_folding() -> None:
    assert fold("Ma’arat al-Nu'mān") == fold("maarat numan") == "maarat numan"
    assert fold("معرة") != ""
    assert fold("Al") == "al"
    assert fold("…") == ""


@given(st.lists(st.text(max_size=12), max_size=3), st.text(max_size=12))
def test_a_name_is_found_under_itself(names: list[str], query: str) -> None:
    key = search_key(names)
    for name in names:
        assert found_in(name, key) == bool(fold(name))
    assert found_in(query, key) == (
        bool(fold(query)) and any(f" {fold(n)}".find(f" {fold(query)}") >= 0 for n in names if fold(n))
    )


def test_long_listings_come_in_order_and_whole(log: Log) -> None:
    text = " ".join(f"The Army captured Saraqib on 2020-01-{day:02d}." for day in range(1, 31)) * 50
    keep(log, text)
    starts = [c.start for c in log.claims()]
    assert len(starts) == 1500
    assert starts == sorted(starts)


def test_a_listing_does_not_hold_up_a_writer(log: Log) -> None:
    keep(log, TEXT)
    listing = log.claims()
    next(listing)
    with Log.open(log.path, busy_seconds=0.2) as other:
        keep(other, "Rebels captured Nowhere.", "/in/b.txt", "b.txt")
    assert len(list(listing)) == 3


def test_derivation_waits_for_nothing_it_has_not_seen(log: Log) -> None:
    """If claims come in while events are derived, they are derived again."""
    keep(log, TEXT)
    rounds: list[int] = []

    def derive(claims: list[Claim], documents: object) -> tuple[list[Event], list[PlaceDay]]:
        if not rounds:
            with Log.open(log.path) as other:
                keep(other, "Rebels captured Nowhere on 2020-01-02.", "/in/b.txt", "b.txt")
        rounds.append(len(claims))
        return link(claims), estimate(claims)

    assert log.is_stale
    assert log.derive(derive) == (5, 5)
    assert rounds == [4, 5]
    assert not log.is_stale


class TestOpening:
    """Each thing that is not a usable log gets one clear sentence, and is left as it is."""

    def test_no_log(self, tmp_path: Path) -> None:
        with pytest.raises(LogError, match=r"no log at .*nowhere\.db"):
            Log.open(tmp_path / "nowhere.db", create=False)
        assert not list(tmp_path.iterdir())

    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(LogError, match="there is no folder"):
            Log.open(tmp_path / "no" / "war.db")

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(LogError, match="is a folder, not a log"):
            Log.open(tmp_path)

    @pytest.mark.parametrize(
        "content", [b"plain text, not a database, but long enough to be one" * 20, b"short", b"SQLite format 3\0" + b"x" * 600]
    )
    def test_not_a_database(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "war.db"
        path.write_bytes(content)
        with pytest.raises(LogError, match=r"is not a Warlog log|is damaged"):
            Log.open(path)
        assert path.read_bytes() == content
        assert [p.name for p in tmp_path.iterdir()] == ["war.db"]

    def test_an_empty_file(self, tmp_path: Path) -> None:
        path = tmp_path / "war.db"
        path.touch()
        with pytest.raises(LogError, match="empty file"):
            Log.open(path, create=False)
        with Log.open(path) as log:
            assert log.counts()["claims"] == 0

    def test_a_database_of_something_else(self, tmp_path: Path) -> None:
        path = tmp_path / "war.db"
        other = sqlite3.connect(path)
        other.execute("CREATE TABLE bookmarks (url TEXT)")
        other.commit()
        other.close()
        before = path.read_bytes()
        with pytest.raises(LogError, match="a database of something else"):
            Log.open(path)
        assert path.read_bytes() == before

    def test_a_log_of_a_newer_version(self, tmp_path: Path) -> None:
        path = tmp_path / "war.db"
        Log.open(path).close()
        raw = sqlite3.connect(path)
        raw.execute(f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'")
        raw.commit()
        raw.close()
        with pytest.raises(LogError, match=r"newer version of Warlog \(schema 9999"):
            Log.open(path)

    def test_a_damaged_log(self, log: Log) -> None:
        for i in range(20):
            keep(log, TEXT + f" {i}" + "x" * 3000, f"/in/{i}.txt", f"{i}.txt")
        log.close()
        data = bytearray(log.path.read_bytes())
        data[8192 : len(data) - 4096] = b"\xff" * (len(data) - 12288)
        log.path.write_bytes(data)

        def read() -> list[Document]:
            with Log.open(log.path) as opened:
                return list(opened.documents())

        with pytest.raises(LogError, match="is damaged"):
            read()

    def test_odd_file_names(self, tmp_path: Path) -> None:
        path = tmp_path / "a ?&#%41 log é.db"
        with Log.open(path) as log:
            keep(log, TEXT)
        assert path.exists()
        with Log.open(str(path), create=False) as log:
            assert log.counts()["claims"] == 4
