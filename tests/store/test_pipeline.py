"""Reading sources into a log and deriving it again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from log_making import FakeExtractor, estimate

from warlog.errors import InputError
from warlog.pipeline import Step, read_sources, rebuild
from warlog.records import Claim, Document
from warlog.store import ClaimFilter, Log

pytestmark = pytest.mark.usefixtures("rooms")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("The Army captured Saraqib on 2020-01-29. Rebels captured Nowhere.")
    (folder / "deep" / "b.txt").write_text("The Army captured Khan Tuman on 2020-01-28.")
    (folder / "bad.txt").write_bytes(b"\0\1")
    lines = [{"id": f"r{i}", "text": f"Rebels captured Saraqib on 2020-01-0{i}."} for i in range(1, 4)]
    (folder / "records.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


@pytest.fixture
def log(tmp_path: Path):
    with Log.open(tmp_path / "war.db") as opened:
        yield opened


def everything(log: Log) -> dict[str, Any]:
    """All that is derived."""
    every = ClaimFilter(include_rejected=True, include_superseded=True)
    return {
        "documents": list(log.documents(every)),
        "claims": list(log.claims(every)),
        "events": list(log.events()),
        "place_days": list(log.place_days()),
        "superseded": [log.superseded_by(d.document_id) for d in log.documents(every)],
    }


def test_a_first_reading(log: Log, sources: Path, extractor: FakeExtractor) -> None:
    steps: list[Step] = []
    report = read_sources(log, [sources, sources / "gone.txt"], extractor=extractor, progress=steps.append)
    assert (report.documents, report.unchanged, report.claims) == (5, 0, 6)
    assert report.failed == [f"{sources / 'bad.txt'}: binary, not text.", f"{sources / 'gone.txt'}: no such file."]
    assert (report.places_resolved, report.places_anchored, report.places_unresolved) == (5, 0, 1)
    assert [d.document_id for d in log.documents()] == ["a.txt", "deep/b.txt", "r1", "r2", "r3"]
    assert (report.events, report.place_days) == (log.counts()["events"], log.counts()["place_days"]) == (6, 6)
    assert [s.done for s in steps if s.stage == "reading"] == list(range(1, 8))
    (run,) = log.runs()
    assert {c.run_id for c in log.claims()} == {run.run_id}
    for _, _, capture in log.captures():
        assert len(log.original(capture.capture_id)) == capture.size


def test_reading_again_changes_nothing(log: Log, sources: Path, extractor: FakeExtractor) -> None:
    read_sources(log, [sources], extractor=extractor)
    before, asked = everything(log), list(extractor.calls)
    report = read_sources(log, [sources], extractor=extractor)
    assert (report.documents, report.unchanged, report.changed, report.events) == (0, 5, False, None)
    assert everything(log) == before
    assert extractor.calls == asked


def test_what_stands_at_a_source_now_is_listed(log: Log, sources: Path, extractor: FakeExtractor) -> None:
    page = sources / "a.txt"
    read_sources(log, [page], extractor=extractor)
    first = page.read_text()
    page.write_text("The Army captured Saraqib on 2020-01-30.")
    assert read_sources(log, [page], extractor=extractor).documents == 1
    assert [(c.date_start, c.document_id[:6]) for c in log.claims()] == [("2020-01-30", "a.txt#")]
    assert len(list(log.events())) == 1
    page.write_text(first)
    report = read_sources(log, [page], extractor=extractor)
    assert (report.documents, report.restored, report.unchanged) == (0, 1, 0)
    assert [c.document_id for c in log.claims()] == ["a.txt", "a.txt"]
    assert len(list(log.events())) == 2


def test_two_records_of_one_id_in_one_file_both_stand(log: Log, tmp_path: Path, extractor: FakeExtractor) -> None:
    path = tmp_path / "r.jsonl"
    lines = [json.dumps({"id": "r", "text": f"Rebels captured Saraqib on 2020-01-0{i}."}) for i in (1, 2)]
    path.write_text("\n".join(lines))
    for _ in range(2):
        read_sources(log, [path], extractor=extractor)
        assert len(list(log.documents())) == 2
    # One of them changes, and a line comes before them.
    lines[0] = json.dumps({"id": "r", "text": "Rebels captured Saraqib on 2020-01-09."})
    path.write_text("\n".join([json.dumps({"id": "new", "text": "."}), *lines]))
    read_sources(log, [path], extractor=extractor)
    assert [c.date_start for c in log.claims()] == ["2020-01-02", "2020-01-09"]


def test_the_same_document_from_two_sources_is_read_once(log: Log, tmp_path: Path, extractor: FakeExtractor) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("Rebels captured Nowhere.")
    report = read_sources(log, [tmp_path / "x" / "a.txt", tmp_path / "y" / "a.txt"], extractor=extractor)
    assert (report.documents, report.duplicates, log.counts()["captures"], log.counts()["claims"]) == (1, 1, 2, 1)
    # One of the sources changes: the document still stands at the other.
    (tmp_path / "x" / "a.txt").write_text("Rebels captured Saraqib.")
    read_sources(log, [tmp_path / "x" / "a.txt"], extractor=extractor)
    assert sorted(c.place or "" for c in log.claims()) == ["Nowhere", "Saraqib"]


def test_a_document_that_breaks_the_program_does_not_stop_the_others(log: Log, sources: Path, extractor: FakeExtractor) -> None:
    (sources / "a.txt").write_text("CRASH")
    report = read_sources(log, [sources], extractor=extractor)
    assert report.documents == 4
    assert report.failed[0] == (
        f"{sources / 'a.txt'}: Warlog failed on it (RuntimeError: the parser lost its way); this is a fault of the program."
    )
    (sources / "a.txt").write_text("Rebels captured Nowhere.")
    assert read_sources(log, [sources], extractor=extractor).documents == 1


def test_a_text_that_cannot_be_stored_does_not_stop_the_others(log: Log, tmp_path: Path, extractor: FakeExtractor) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(
        '{"id": "half", "text": "\\ud800 Rebels captured Nowhere."}\n{"id": "whole", "text": "Rebels captured Nowhere."}'
    )
    report = read_sources(log, [path], extractor=extractor)
    assert (report.documents, len(report.failed)) == (1, 1)
    assert "line 1" in report.failed[0]


def test_events_that_a_stopped_run_did_not_get_to_are_derived_by_the_next(
    log: Log, sources: Path, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> list[Any]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("warlog.control.estimate", stopped)
        with pytest.raises(KeyboardInterrupt):
            read_sources(log, [sources], extractor=extractor)
    assert log.counts()["events"] == 0
    assert log.is_stale
    report = read_sources(log, [sources], extractor=extractor)
    assert (report.unchanged, report.events) == (5, 6)


class TestRebuild:
    @pytest.fixture(autouse=True)
    def _read(self, rooms: None, log: Log, sources: Path, extractor: FakeExtractor) -> None:
        read_sources(log, [sources], extractor=extractor)
        (sources / "a.txt").write_text("The Army captured Saraqib on 2020-01-30.")
        read_sources(log, [sources], extractor=extractor)

    def test_it_gives_the_same_records(self, log: Log, extractor: FakeExtractor) -> None:
        before = everything(log)
        steps: list[Step] = []
        report = rebuild(log, extractor, steps.append)
        assert everything(log) == before
        assert (report.documents, report.claims, report.same, report.new, report.gone) == (6, 7, 7, 0, 0)
        assert (report.events, report.place_days) == (len(before["events"]), len(before["place_days"]))
        assert not log.is_stale
        assert steps[0] == Step("deriving", 1, 6, "a.txt")

    def test_a_better_extractor_shows(self, log: Log) -> None:
        class Better(FakeExtractor):
            def __call__(self, document: Document) -> list[Claim]:
                return super().__call__(document)[:1]

        report = rebuild(log, Better())
        assert (report.same, report.new, report.gone) == (6, 0, 1)
        assert log.counts()["claims"] == 5

    def test_it_works_from_the_originals_alone(self, log: Log, sources: Path, extractor: FakeExtractor) -> None:
        before = everything(log)
        for path in sources.rglob("*.*"):
            path.unlink()
        rebuild(log, extractor)
        assert everything(log) == before

    def test_the_document_of_a_lost_original_stays_as_it_was(self, log: Log, extractor: FakeExtractor) -> None:
        before = everything(log)
        *_, (_, _, capture) = log.captures()
        log.archive.path(capture.sha256).unlink()
        report = rebuild(log, extractor)
        assert len(report.failed) == 1
        assert "lost the original" in report.failed[0]
        assert everything(log) == before

    def test_a_withdrawn_original_stays_withdrawn(self, log: Log, extractor: FakeExtractor) -> None:
        *_, (_, document_id, capture) = log.captures()
        log.archive.withdraw(capture.sha256, "a court's order", "test", "A")
        log.withdraw(capture.sha256)
        report = rebuild(log, extractor)
        assert report.failed == []
        document = log.document(document_id)
        assert document is not None
        assert (document.text, document.not_coded) == ("", "withdrawn")
        assert log.derived_of(document_id) == []

    def test_a_fault_at_the_end_leaves_all_as_it_was(
        self, log: Log, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = everything(log)

        def broken(*_: object) -> list[Any]:
            raise RuntimeError("control")

        monkeypatch.setattr("warlog.control.estimate", broken)
        with pytest.raises(RuntimeError, match="control"):
            rebuild(log, extractor)
        assert everything(log) == before

    def test_a_document_that_cannot_be_read_any_more_stays_as_it_was(
        self, log: Log, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = everything(log)
        read = __import__("log_making").read_document

        def stricter(capture: Any, data: bytes) -> Document:
            if capture.name == "deep/b.txt":
                raise InputError(f"{capture.source}: too short.")
            document: Document = read(capture, data)
            return document

        monkeypatch.setattr("warlog.read.read_document", stricter)
        report = rebuild(log, extractor)
        assert len(report.failed) == 1
        assert everything(log) == before

    def test_what_comes_in_meanwhile_is_kept(self, log: Log, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A capture that another process adds while the log is rebuilt is derived with the rest."""

        class Slow(FakeExtractor):
            def __call__(self, document: Document) -> list[Claim]:
                if not self.calls:
                    (sources / "late.txt").write_text("Rebels captured Khan Tuman.")
                    with Log.open(log.path) as other:
                        read_sources(other, [sources / "late.txt"], extractor=FakeExtractor())
                return super().__call__(document)

        late: list[Claim] = []

        def slow_estimate(claims: list[Claim], documents: object) -> Any:
            late.extend(c for c in claims if c.document_id == "late.txt")
            return estimate(claims)

        monkeypatch.setattr("warlog.control.estimate", slow_estimate)
        report = rebuild(log, Slow())
        assert report.documents == 7
        assert late
        assert [d.document_id for d in log.documents()][-1] == "late.txt"
