"""The custody record is a chain: every change of it is found, and two versions of the program agree on it."""

from __future__ import annotations

import dataclasses
import json
import random
import string
from pathlib import Path

import pytest
from archive_making import check, fill, make_capture, web_capture
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warlog.archive import Archive, capture_hash
from warlog.archive.chain import is_torn
from warlog.archive.entry import BadEntryError, make, parse
from warlog.errors import LogError

in_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
texts = st.text(max_size=60)


@given(collector=texts, note=texts, size=st.integers(0, 2**70), seq=st.integers(1, 10**9))
def test_an_entry_comes_back_from_its_line(collector: str, note: str, size: int, seq: int) -> None:
    entry = make(seq, "0" * 64, at="2020-01-30T00:00:00+00:00", event="capture", sha256="a" * 64, size=size, collector=collector,
                 note=note)  # fmt: skip
    line = entry.line()
    assert line.count(b"\n") == 1
    assert parse(line.removesuffix(b"\n")) == entry


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | st.just(b"[" * 5000))
def test_any_other_line_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(BadEntryError, match=r"^it|^its|^a hash"):
        parse(data)


@given(cut=st.integers(0, 400))
def test_every_beginning_of_an_entry_is_known_as_one(cut: int) -> None:
    line = make(7, "f" * 64, event="capture", sha256="a" * 64, note='a "note" {').line().removesuffix(b"\n")
    assert is_torn(line[:cut])
    assert not is_torn(line + b"x")
    assert not is_torn(line.replace(b"capture", b"Capture"))


def test_the_hash_of_a_capture_outlives_new_fields_of_its_record() -> None:
    capture = web_capture(b"page")

    @dataclasses.dataclass
    class Later(type(capture)):  # type: ignore[misc]
        signature: str | None = None
        relays: list[str] = dataclasses.field(default_factory=list)

    later = Later(**dataclasses.asdict(capture))
    assert capture_hash(later) == capture_hash(capture)
    later.signature = "s"
    assert capture_hash(later) != capture_hash(capture)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[bytes]]:
    """An archive of six originals, and the lines of its record."""
    folder = tmp_path_factory.mktemp("kept")
    fill(Archive(folder), 6)
    return folder, (folder / "custody.jsonl").read_bytes().splitlines(keepends=True)


def faults_with(folder: Path, record: bytes) -> list[str]:
    """The faults found in the archive when its record is this one."""
    path = folder / "custody.jsonl"
    before = path.read_bytes()
    try:
        path.write_bytes(record)
        return check(Archive(folder), [])[1]
    finally:
        path.write_bytes(before)


@in_folder
@given(at=st.integers(0, 10**6), bits=st.integers(1, 255))
def test_any_altered_byte_of_the_record_is_found_and_its_line_named(kept: tuple[Path, list[bytes]], at: int, bits: int) -> None:
    folder, lines = kept
    record = bytearray(b"".join(lines))
    at %= len(record)
    record[at] ^= bits
    number = b"".join(lines)[:at].count(b"\n") + 1
    faults = faults_with(folder, bytes(record))
    assert any(f"line {number}:" in fault for fault in faults), faults


@in_folder
@given(order=st.permutations(range(6)))
def test_lines_in_another_order_are_found(kept: tuple[Path, list[bytes]], order: list[int]) -> None:
    folder, lines = kept
    faults = faults_with(folder, b"".join(lines[i] for i in order))
    if order == sorted(order):
        assert faults == []
    else:
        first = next(i for i, j in enumerate(order) if i != j) + 1
        assert any(f"line {first}:" in fault for fault in faults)


@pytest.mark.parametrize("gone", range(6))
def test_a_dropped_line_is_found(kept: tuple[Path, list[bytes]], gone: int) -> None:
    folder, lines = kept
    sha256 = json.loads(lines[gone])["sha256"]
    faults = faults_with(folder, b"".join(lines[:gone] + lines[gone + 1 :]))
    assert any(sha256 in fault and "was added" in fault for fault in faults)
    if gone < 5:
        assert f"custody.jsonl, line {gone + 1}: entry {gone + 1} is missing before entry {gone + 2}." in faults


@pytest.mark.parametrize("at", range(7))
def test_an_inserted_line_is_found(kept: tuple[Path, list[bytes]], at: int) -> None:
    folder, lines = kept
    prev = json.loads(lines[at - 1])["hash"] if at else "0" * 64
    forged = make(at + 1, prev, event="kept", sha256="e" * 64, size=3).line()
    for extra in (forged, b"\n", b"{}\n", lines[0] if at else lines[3]):
        faults = faults_with(folder, b"".join([*lines[:at], extra, *lines[at:]]))
        assert faults, extra


def test_a_record_rewritten_whole_is_found_by_the_head_noted_elsewhere(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "a")
    captures = fill(archive, 3)
    noted = check(archive)[0].head
    fill(archive, 5)
    assert check(archive, head=noted)[1] == check(archive, head=noted[:16].upper())[1] == []
    archive.custody.unlink()
    other = Archive(tmp_path / "a")
    for capture in captures:
        other.take(dataclasses.replace(capture, collector="mallory"), other.get(capture.sha256))
    assert any("its end was cut off, or it was written anew" in fault for fault in check(other, head=noted)[1])


def test_a_record_that_is_gone_is_said_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    captures = fill(archive, 3)
    archive.custody.unlink()
    faults = check(archive, captures)[1]
    assert sum("custody.jsonl is missing" in fault for fault in faults) == 1
    assert len(faults) == 4


def test_nothing_is_added_behind_an_altered_last_entry(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    fill(archive, 2)
    record = archive.custody.read_bytes()
    for broken in (record.replace(b"anna", b"anno"), record[:-1] + b"x", record + b"not an entry\n"):
        archive.custody.write_bytes(broken)
        with pytest.raises(LogError, match=r"custody\.jsonl, line \d: the last entry of the custody record was altered"):
            Archive(tmp_path).put(b"more")
        assert archive.custody.read_bytes() == broken
    archive.custody.write_bytes(record)
    archive.put(b"more")
    assert check(archive)[1] == []


def test_an_altered_entry_further_up_stops_no_work_and_stays_a_fault(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    fill(archive, 3)
    lines = archive.custody.read_bytes().splitlines(keepends=True)
    archive.custody.write_bytes(b"".join([lines[0].replace(b"anna", b"anno"), *lines[1:]]))
    Archive(tmp_path).put(b"more")
    faults = check(archive)[1]
    assert "custody.jsonl, line 1: the entry was altered or added: it does not have the hash that it states." in faults


def test_a_line_of_any_length_is_passed_over(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    fill(archive, 1)
    with archive.custody.open("ab") as file:
        file.write(b'{"seq":' + b"1" * 3_000_000 + b"\n")
    capture = make_capture(b"x")
    line = make(2, check(archive)[0].head, event="capture", sha256=capture.sha256, size=1).line()
    with archive.custody.open("ab") as file:
        file.write(line)
    assert any("line 2" in fault for fault in check(archive)[1])


def test_hostile_bytes_in_the_place_of_the_record_never_crash(tmp_path: Path) -> None:
    chance = random.Random(4)
    for kind in (string.printable.encode(), bytes(range(256))):
        archive = Archive(tmp_path / str(len(kind)))
        fill(archive, 1)
        archive.custody.write_bytes(bytes(chance.choice(kind) for _ in range(3000)))
        assert check(archive)[1]
