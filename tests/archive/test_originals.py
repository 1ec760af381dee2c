"""Originals come back as they went in, or not at all."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from archive_making import check, fill, make_capture
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warlog.archive import Archive, Withdrawn
from warlog.errors import InputError, LogError


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(data=st.binary(max_size=4000))
def test_bytes_come_back(tmp_path: Path, data: bytes) -> None:
    archive = Archive.beside(tmp_path / "war.db")
    archive.take(make_capture(data), data)
    sha256 = hashlib.sha256(data).hexdigest()
    assert archive.put(data) == sha256
    assert archive.get(sha256) == data
    assert archive.path(sha256) == tmp_path / "war.db.archive" / sha256[:2] / sha256[2:4] / sha256
    assert not list((tmp_path / "war.db.archive" / "tmp").iterdir())


def test_the_same_bytes_from_two_places_are_one_file_with_two_entries(tmp_path: Path) -> None:
    archive, data = Archive(tmp_path / "a"), b"The same words."
    captures = [make_capture(data, name) for name in ("one.txt", "two.txt")]
    for capture in captures:
        archive.take(capture, data)
    assert [e.capture_id for e in archive.entries(captures[0].sha256)] == [c.capture_id for c in captures]
    verdict, faults, notes = check(archive, captures)
    assert (verdict.entries, verdict.originals, faults, notes) == (2, 1, [], [])


def test_bytes_that_are_not_the_captures_are_refused(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "a")
    with pytest.raises(ValueError, match="tells of other bytes"):
        archive.take(make_capture(b"one"), b"two")
    assert not (tmp_path / "a").exists()


def test_the_custody_record_holds_no_content(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "a")
    data = b"SECRET WORDS OF A WITNESS"
    archive.take(make_capture(data, "SECRET-NAME.txt", headers=[["X-Header", "SECRET"]]), data)
    line = json.loads(archive.custody.read_bytes())
    assert b"SECRET" not in archive.custody.read_bytes()
    assert list(line) == [
        "seq", "at", "event", "sha256", "size", "capture_id", "capture_sha256", "collector", "tool", "note", "about", "prev",
        "hash",
    ]  # fmt: skip
    assert (line["seq"], line["event"], line["collector"], line["prev"]) == (1, "capture", "anna", "0" * 64)


def test_a_lost_original(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with pytest.raises(LogError, match=f"has lost the original {'a' * 64}"):
        archive.get("a" * 64)
    assert "a" * 64 not in archive


def test_an_altered_original_is_refused_and_mended_by_its_bytes_which_the_record_says(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    capture = make_capture(b"the truth")
    archive.take(capture, b"the truth")
    path = archive.path(capture.sha256)
    path.chmod(0o644)
    path.write_bytes(b"the trvth")
    with pytest.raises(LogError, match="was altered"):
        archive.get(capture.sha256)
    archive.take(capture, b"the truth")
    assert archive.get(capture.sha256) == b"the truth"
    assert [entry.event for entry in archive.entries()] == ["capture", "restored", "capture"]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63])
def test_only_hashes_are_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        Archive(tmp_path).get(name)


def test_a_full_disk_has_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    archive = Archive(tmp_path / "a")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LogError, match="cannot grow: No space left on device; what was reported as done is kept"):
        archive.put(b"data")
    monkeypatch.undo()
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["custody.lock"]
    assert archive.get(archive.put(b"data")) == b"data"


def test_a_folder_in_the_way_has_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file")
    with pytest.raises(LogError, match="cannot be written"):
        Archive(tmp_path / "a").put(b"data")


class TestWithdrawing:
    def test_bytes_go_and_a_tombstone_stays(self, tmp_path: Path) -> None:
        archive = Archive(tmp_path)
        captures = fill(archive, 3)
        capture = captures[1]
        archive.withdraw(capture.sha256, "names a witness", "warlog 0.2.0", "boris")
        assert not archive.path(capture.sha256).exists()
        said = rf"The original {capture.sha256} was withdrawn on \d{{4}}-\d\d-\d\d by boris: names a witness\."
        with pytest.raises(Withdrawn, match=said):
            Archive(tmp_path).get(capture.sha256)
        verdict, faults, _ = check(archive, captures)
        assert (verdict.originals, verdict.withdrawn, faults) == (2, 1, [])

    def test_the_same_bytes_are_not_taken_in_again(self, tmp_path: Path) -> None:
        archive, data = Archive(tmp_path), b"gone"
        capture = make_capture(data)
        archive.take(capture, data)
        archive.withdraw(capture.sha256, "names a witness.", "warlog", "")
        for other in (archive, Archive(tmp_path)):
            with pytest.raises(InputError, match=r"copy\.txt holds .* not taken in again: .*: names a witness\.$"):
                other.take(make_capture(data, "copy.txt"), data)
        assert len(list(archive.entries())) == 2

    def test_doing_it_again_completes_it_without_a_second_tombstone(self, tmp_path: Path) -> None:
        archive, data = Archive(tmp_path), b"gone"
        capture = make_capture(data)
        archive.take(capture, data)
        first = archive.withdraw(capture.sha256, "names a witness", "warlog", "anna")
        archive.path(capture.sha256).write_bytes(data)
        _, faults, _ = check(archive)
        assert len(faults) == 1
        assert "was withdrawn on" in faults[0]
        assert archive.withdraw(capture.sha256, "another reason", "warlog", "boris") == first
        assert check(archive)[1] == []
