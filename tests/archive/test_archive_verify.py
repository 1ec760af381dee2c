"""Any altered, missing or added byte of an archive is found, and the file is named; what was only interrupted is no fault."""

from __future__ import annotations

import dataclasses
import os
import sys
from pathlib import Path

import pytest
from archive_making import check, fill, make_capture, web_capture
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warlog.archive import Archive
from warlog.archive.adopting import adopt
from warlog.errors import LogError
from warlog.records import Capture

in_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, list[Capture]]:
    archive = Archive(tmp_path_factory.mktemp("kept"))
    return archive, fill(archive, 6)


def place(archive: Archive, capture: Capture) -> str:
    return archive.path(capture.sha256).relative_to(archive.folder).as_posix()


def test_an_archive_that_nobody_touched_is_clean(kept: tuple[Archive, list[Capture]]) -> None:
    archive, captures = kept
    verdict, faults, notes = check(archive, captures)
    assert (faults, notes) == ([], [])
    assert (verdict.entries, verdict.originals, verdict.captures) == (6, 6, 6)
    assert verdict.size == sum(c.size for c in captures)
    assert verdict.head == list(archive.entries())[-1].hash


def test_no_archive_at_all_is_clean(tmp_path: Path) -> None:
    verdict, faults, notes = check(Archive(tmp_path / "none"))
    assert (verdict.entries, faults, notes) == (0, [], [])
    assert not (tmp_path / "none").exists()


@in_folder
@given(
    which=st.integers(0, 5), at=st.integers(0, 10**6), change=st.sampled_from(["flip", "drop", "add"]), bits=st.integers(1, 255)
)
def test_any_byte_changed_in_an_original_is_found_and_named(
    kept: tuple[Archive, list[Capture]], which: int, at: int, change: str, bits: int
) -> None:
    archive, captures = kept
    path = archive.path(captures[which].sha256)
    before = path.read_bytes()
    at %= len(before)
    changed = {
        "flip": before[:at] + bytes([before[at] ^ bits]) + before[at + 1 :],
        "drop": before[:at] + before[at + 1 :],
        "add": before[:at] + bytes([bits]) + before[at:],
    }[change]
    try:
        path.chmod(0o644)
        path.write_bytes(changed)
        faults = check(archive, captures)[1]
    finally:
        path.write_bytes(before)
    assert [fault.partition(":")[0] for fault in faults] == [f"{place(archive, captures[which])} was altered"]


def test_a_missing_original_is_found_and_named(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    captures = fill(archive, 3)
    archive.path(captures[1].sha256).unlink()
    assert check(archive, captures)[1] == [f"{place(archive, captures[1])} is missing: entry 2 of the custody record took it in."]


@pytest.mark.parametrize(
    "name", ["note.txt", "ab/cd/note.txt", "ab/cd/" + "abcd" + "0" * 60, "timestamps/9.tsr",
     "timestamps/x", "tmp/a", ".hidden", "custody.jsonl.bak"]
)  # fmt: skip
def test_an_added_file_is_found_and_named(tmp_path: Path, name: str) -> None:
    archive = Archive(tmp_path)
    captures = fill(archive, 2)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(b"")
    faults = check(archive, captures)[1]
    assert len(faults) == 1
    assert faults[0].startswith(f"{name} was added")


def test_an_original_in_the_wrong_folder_is_found(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    capture = fill(archive, 1)[0]
    (tmp_path / "zz").mkdir()
    archive.path(capture.sha256).rename(tmp_path / "zz" / capture.sha256)
    assert [fault.split(" ")[2] for fault in check(archive)[1]] == ["added:", "missing:"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_in_the_place_of_an_original_is_found(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "a")
    capture = fill(archive, 1)[0]
    path = archive.path(capture.sha256)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a", target_is_directory=True)
    faults = check(archive)[1]
    assert f"{place(archive, capture)} is a link or device, which no original is: it was added." in faults
    assert any(fault.startswith("loop is a link") for fault in faults)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_original_that_may_not_be_read_is_found(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    capture = fill(archive, 1)[0]
    archive.path(capture.sha256).chmod(0)
    assert check(archive)[1] == [f"{place(archive, capture)} cannot be read: Permission denied."]


@pytest.mark.parametrize(
    "change",
    [{"url": "https://other.example/"}, {"retrieved_at": "2019-01-01T00:00:00+00:00"}, {"headers": []}, {"collector": "mallory"},
     {"status": 404}, {"name": "another"}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_a_capture_altered_in_the_log_is_found_and_named(kept: tuple[Archive, list[Capture]], change: dict[str, object]) -> None:
    archive, captures = kept
    altered = [dataclasses.replace(captures[0], **change), *captures[1:]]
    faults = check(archive, altered)[1]
    assert len(faults) == 1
    assert faults[0].startswith(f"Capture {captures[0].capture_id} (")
    assert "was altered in the log" in faults[0]


def test_a_capture_without_an_entry_is_found(kept: tuple[Archive, list[Capture]]) -> None:
    archive, captures = kept
    stranger = web_capture(b"never taken in")
    assert check(archive, [*captures, stranger])[1] == [
        f"Capture {stranger.capture_id} ({stranger.name}) is in the log, but the custody record has no entry of it."
    ]


def test_an_entry_without_a_capture_is_noted(kept: tuple[Archive, list[Capture]]) -> None:
    archive, captures = kept
    _, faults, notes = check(archive, captures[1:])
    assert faults == []
    assert len(notes) == 1
    assert notes[0].startswith(f"Capture {captures[0].capture_id} of entry 1 is not in the log")


def test_text_of_a_withdrawn_original_that_is_still_in_the_log_is_found(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    captures = fill(archive, 2)
    archive.withdraw(captures[0].sha256, "reason", "warlog", "")
    left = check(archive, captures, text_of=lambda name: "words")[1]
    assert left == [f"Document {captures[0].name} is in the log with its text, but was withdrawn: withdraw it again."]
    assert check(archive, captures, text_of=lambda name: "")[1] == []


def test_what_another_process_takes_in_meanwhile_is_no_fault(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    captures = fill(archive, 3)
    writer = Archive(tmp_path)
    data = b"just in"
    late = make_capture(data)

    def meanwhile(what: str, done: int) -> None:
        if what == "originals" and late.sha256 not in writer:
            writer.take(late, data)

    verdict, faults, notes = check(archive, [*captures, late], progress=meanwhile)
    assert (faults, notes) == ([], [])
    assert (verdict.entries, verdict.originals) == (4, 4)


def test_originals_of_a_time_without_custody_are_adopted(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    captures = fill(archive, 3)
    archive.custody.unlink()
    archive = Archive(tmp_path)
    archive.path(captures[2].sha256).unlink()
    rows = [(n, c.name, c) for n, c in enumerate(captures, 1)]
    count, failed = adopt(archive, rows, "warlog 0.2.0", "boris")
    assert count == 2
    assert len(failed) == 1
    assert captures[2].sha256 in failed[0]
    assert [(e.event, e.collector, e.capture_id) for e in archive.entries()] == [
        ("adopted", "boris", capture.capture_id) for capture in captures[:2]
    ]
    assert check(archive, captures[:2])[1] == []
    assert adopt(archive, rows[:2], "warlog", "")[0] == 0


def test_a_record_that_cannot_be_read_has_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "custody.jsonl").mkdir(parents=True)
    with pytest.raises(LogError, match=r"custody\.jsonl cannot be read"):
        check(Archive(tmp_path))
