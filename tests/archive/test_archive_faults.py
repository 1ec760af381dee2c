"""Killed, without room, or two at once: what `take` returned from is there, and the archive verifies."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from archive_making import check, fill, make_capture, web_capture

from warlog.archive import Archive
from warlog.archive.lock import locked
from warlog.errors import LogError
from warlog.records import Capture

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def child(work: Callable[..., None], *args: Any) -> Any:
    """A forked process that does the work."""
    process = multiprocessing.get_context("fork").Process(target=work, args=args)
    process.start()
    return process


def make(number: int) -> tuple[Capture, bytes]:
    # Every fifth holds the same bytes as another one, from another place.
    data = f"Report {number - number % 5 // 4}. ".encode() * 400
    return make_capture(data, f"{number:04d}.txt"), data


def take_all(folder: Path, count: int, told: Any = None, first: int = 0) -> None:
    archive = Archive(folder)
    for number in range(first, first + count):
        archive.take(*make(number))
        if told is not None:
            told.send(number)


def check_whole(folder: Path, count: int) -> None:
    """Each capture has an entry, each original is sound, and nothing else is there."""
    archive = Archive(folder)
    captures = [make(number)[0] for number in range(count)]
    _, faults, notes = check(archive, captures)
    assert (faults, notes) == ([], [])
    for number in range(count):
        capture, data = make(number)
        assert archive.get(capture.sha256) == data


@forks
@pytest.mark.slow
def test_killed_at_twenty_moments(tmp_path: Path) -> None:
    chance, count, done = random.Random(20), 2000, -1
    for _ in range(20):
        here, there = multiprocessing.Pipe()
        process = child(take_all, tmp_path, count, there, max(done, 0))
        time.sleep(chance.uniform(0.02, 0.15))
        process.kill()
        process.join()
        while here.poll():
            done = here.recv()
        archive = Archive(tmp_path)
        _, faults, _ = check(archive, [make(number)[0] for number in range(done + 1)])
        assert faults == []
        for number in range(max(0, done - 3), done + 1):
            assert archive.get(make(number)[0].sha256) == make(number)[1]
    assert done > 0
    take_all(tmp_path, 20, first=done)
    check_whole(tmp_path, done + 20)


class _Dying:
    """Ends the process at the n-th step of those that change the disk, without letting anything be tidied up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
        self.left = after
        for name in ("fsync", "replace", "write", "unlink"):
            monkeypatch.setattr(os, name, self._dying(getattr(os, name)))

    def _dying(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def do(*args: Any, **options: Any) -> Any:
            self.left -= 1
            if self.left < 0:
                os._exit(9)
            return step(*args, **options)

        return do


@forks
@pytest.mark.parametrize("kind", ["new", "again", "withdraw", "stamp"])
@pytest.mark.parametrize("after", range(9))
def test_killed_between_any_two_steps(tmp_path: Path, kind: str, after: int) -> None:
    archive = Archive(tmp_path)
    before = fill(archive, 2)
    data = b"the third" if kind != "again" else archive.get(before[0].sha256)
    third = web_capture(data, "https://news.example.org/third")

    def work() -> None:
        with pytest.MonkeyPatch.context() as patch:
            writer = Archive(tmp_path)
            _Dying(patch, after)
            if kind == "withdraw":
                writer.withdraw(before[0].sha256, "reason", "warlog", "")
            elif kind == "stamp":
                writer.stamp(b"token", list(writer.entries())[-1].hash, "https://tsa.example", "warlog", "")
            else:
                writer.take(third, data)

    process = child(work)
    process.join(30)
    assert process.exitcode in (0, 9)
    captures = before if kind in ("withdraw", "stamp") else [*before, third] if process.exitcode == 0 else before
    stamp_faults = ("is no time stamp",)
    faults = [f for f in check(Archive(tmp_path), captures)[1] if not any(part in f for part in stamp_faults)]
    if kind == "withdraw":
        # Not done, and told so, until the command is given again.
        assert all("withdraw it again" in fault for fault in faults)
        Archive(tmp_path).withdraw(before[0].sha256, "reason", "warlog", "")
        captures = [c for c in captures if c != before[0]] + [before[0]]
    else:
        assert faults == []
    # The next writer finishes or removes whatever is left.
    Archive(tmp_path).take(third, data) if kind in ("new", "again") else Archive(tmp_path).put(b"another")
    _, faults, notes = check(Archive(tmp_path), [*captures, third] if kind in ("new", "again") else captures)
    assert [f for f in faults if not any(part in f for part in stamp_faults)] == []
    assert [note for note in notes if "not in the log" not in note and "signatures" not in note] == []
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize("cut", [1, 30, 200, -2, -1])
def test_a_torn_last_line_is_noted_and_mended_by_the_next_writer(tmp_path: Path, cut: int) -> None:
    archive = Archive(tmp_path)
    captures = fill(archive, 3)
    record = archive.custody.read_bytes()
    last = record.splitlines(keepends=True)[-1]
    # As if the writer was killed in the middle of its entry: the bytes lie under their passing name still.
    archive.custody.write_bytes(record[: -len(last)] + last[:cut])
    os.replace(archive.path(captures[2].sha256), tmp_path / "tmp" / captures[2].sha256)
    _, faults, notes = check(Archive(tmp_path), captures[:2])
    assert faults == []
    assert any("line 3: the line is unfinished" in note for note in notes)
    Archive(tmp_path).take(captures[2], archive.get(captures[2].sha256))
    assert check(archive, captures)[1:] == ([], [])


def test_a_last_entry_cut_off_after_it_was_reported_is_found(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    captures = fill(archive, 3)
    record = archive.custody.read_bytes()
    archive.custody.write_bytes(record[:-100])
    faults = check(Archive(tmp_path), captures)[1]
    assert any(captures[2].sha256 in fault and "was added" in fault for fault in faults)
    assert any(captures[2].capture_id in fault and "no entry of it" in fault for fault in faults)


@forks
def test_two_writers_at_once(tmp_path: Path) -> None:
    count = 60
    processes = [child(take_all, tmp_path, count) for _ in range(3)]
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    assert len(list(Archive(tmp_path).entries())) == 3 * count
    check_whole(tmp_path, count)


@forks
def test_a_writer_that_goes_on_beside_one_that_is_killed(tmp_path: Path) -> None:
    process = child(take_all, tmp_path, 5000, None, 100)
    archive = Archive(tmp_path)
    for number in range(30):
        archive.take(*make(number))
    process.kill()
    process.join()
    for number in range(30, 60):
        archive.take(*make(number))
    faults, notes = check(archive, [make(number)[0] for number in range(60)])[1:]
    assert faults == []
    assert all("is not in the log" in note for note in notes)


def test_a_writer_that_others_keep_waiting_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path)
    fill(archive, 1)
    monkeypatch.setattr("warlog.archive.originals.locked", lambda path: locked(path, 0.05))
    with locked(tmp_path / "custody.lock"), pytest.raises(LogError, match="in use by another process; try again"):
        archive.put(b"x")
    archive.put(b"x")


@forks
@pytest.mark.parametrize("room", [0, 300, 5000, 12_000])
def test_a_disk_without_room(tmp_path: Path, room: int) -> None:
    resource = pytest.importorskip("resource")
    here, there = multiprocessing.Pipe()

    def work() -> None:
        # No file may grow past this: the record soon does, or the original, in the middle of a write.
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        done = 0
        try:
            for number in range(40):
                Archive(tmp_path / "a").take(*make(number))
                done += 1
        except LogError as error:
            there.send((done, str(error)))

    process = child(work)
    process.join(30)
    assert process.exitcode == 0
    done, sentence = here.recv()
    assert sentence == f"The archive {tmp_path / 'a'} cannot grow: File too large; what was reported as done is kept."
    archive = Archive(tmp_path / "a")
    assert check(archive, [make(number)[0] for number in range(done)])[1:] == ([], [])
    take_all(tmp_path / "a", 40)
    assert check(archive, [make(number)[0] for number in range(40)])[1:] == ([], [])


@forks
def test_an_archive_that_may_only_be_read(tmp_path: Path) -> None:
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("needs to begin as root to act as another user")
    folder = tmp_path / "a"
    captures = fill(Archive(folder), 2)
    for parent in (tmp_path, *tmp_path.parents):
        if not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    here, there = multiprocessing.Pipe()

    def work() -> None:
        os.setgid(65534)
        os.setuid(65534)
        archive = Archive(folder)
        try:
            archive.put(b"x")
        except LogError as error:
            there.send(str(error))
        there.send(len(archive.get(captures[0].sha256)))
        there.send(check(archive, captures)[1])

    process = child(work)
    process.join(30)
    assert process.exitcode == 0
    assert here.recv() == f"The archive {folder} cannot be written: Permission denied."
    assert here.recv() == captures[0].size
    assert here.recv() == []
