"""Whatever goes wrong while a log is written, nothing that was reported as done is lost, and one sentence says why."""

from __future__ import annotations

import errno
import multiprocessing
import os
import re
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from log_making import FakeExtractor

from warlog.errors import LogError
from warlog.pipeline import ReadInterrupted, Step, read_sources, rebuild
from warlog.records import Claim, Document
from warlog.store import Log

pytestmark = pytest.mark.usefixtures("rooms")
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
DOCUMENTS = 40


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for i in range(DOCUMENTS):
        padding = f"No news from front {i}. " * 150
        (folder / f"{i:03d}.txt").write_text(f"The Army captured Village {i} on 2020-01-{i % 28 + 1:02d}. {padding}")
    return folder


def child(work: Callable[..., None], *args: Any) -> Any:
    """A forked process that does the work."""
    process = multiprocessing.get_context("fork").Process(target=work, args=args)
    process.start()
    return process


def read_all(path: Path, sources: Path, told: Any = None, seconds: float = 0.0) -> None:
    def tell(step: Step) -> None:
        if told is not None and step.stage == "reading":
            told.send(step.name)
        time.sleep(seconds)

    with Log.open(path) as log:
        read_sources(log, [sources], extractor=FakeExtractor(), progress=tell)


def check_whole(path: Path) -> None:
    """The log holds every document once, with its claim, its original and its event."""
    with Log.open(path, create=False) as log:
        assert [d.document_id for d in log.documents()] == [f"{i:03d}.txt" for i in range(DOCUMENTS)]
        assert log.counts() == dict.fromkeys(("captures", "documents", "claims", "events", "place_days"), DOCUMENTS) | {
            "decisions": 0
        }
        assert not log.is_stale
        for _, _, capture in log.captures():
            assert log.archive.get(capture.sha256)


@forks
@pytest.mark.parametrize("after", [1, 7, 23])
def test_killed_at_any_moment(tmp_path: Path, sources: Path, after: int) -> None:
    here, there = multiprocessing.Pipe()
    process = child(read_all, tmp_path / "war.db", sources, there, 0.002)
    done = [here.recv() for _ in range(after)]
    process.kill()
    process.join()
    while here.poll():
        done.append(here.recv())
    with Log.open(tmp_path / "war.db", create=False) as log:
        kept = {d.document_id for d in log.documents()}
        assert set(done) <= kept
        assert {c.document_id for c in log.claims()} == kept
        again = FakeExtractor()
        report = read_sources(log, [sources], extractor=again)
        assert not set(again.calls) & kept
        assert report.documents + report.unchanged == DOCUMENTS
    check_whole(tmp_path / "war.db")


@forks
def test_two_readers_at_once(tmp_path: Path, sources: Path) -> None:
    processes = [child(read_all, tmp_path / "war.db", sources) for _ in range(3)]
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    with Log.open(tmp_path / "war.db") as log:
        assert sorted(d.document_id for d in log.documents()) == [f"{i:03d}.txt" for i in range(DOCUMENTS)]
        assert log.counts()["claims"] == log.counts()["events"] == DOCUMENTS
        assert not log.is_stale


@forks
def test_two_readers_of_different_documents_of_one_name(tmp_path: Path) -> None:
    folders = []
    for reader in range(2):
        folder = tmp_path / f"in{reader}"
        folder.mkdir()
        folders.append(folder)
        for i in range(15):
            (folder / f"{i}.txt").write_text(f"The Army captured Village {i} on 2020-01-0{reader + 1}.")
    processes = [child(read_all, tmp_path / "war.db", folder) for folder in folders]
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    with Log.open(tmp_path / "war.db") as log:
        ids = sorted(d.document_id for d in log.documents())
        assert len(ids) == 30
        assert sum(bool(re.fullmatch(r"\d+\.txt", name)) for name in ids) == 15
        assert all(re.fullmatch(r"\d+\.txt(#[0-9a-f]{8})?", name) for name in ids)
        assert {c.document_id for c in log.claims()} == set(ids)


def test_ctrl_c_half_way(tmp_path: Path, sources: Path) -> None:
    def press(step: Step) -> None:
        if step.done == 11:
            signal.raise_signal(signal.SIGINT)

    with Log.open(tmp_path / "war.db") as log:
        with pytest.raises(ReadInterrupted, match=r"Stopped; 1[01] documents were read and kept") as stopped:
            read_sources(log, [sources], extractor=FakeExtractor(), progress=press)
        assert stopped.value.report.documents == log.counts()["documents"]
        read_sources(log, [sources], extractor=FakeExtractor())
    check_whole(tmp_path / "war.db")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_log_that_cannot_grow(tmp_path: Path, sources: Path, share: float) -> None:
    path, done = tmp_path / "war.db", list[str]()
    Log.open(tmp_path / "empty.db").close()
    read_all(tmp_path / "full.db", sources)
    least, most = ((tmp_path / name).stat().st_size // 4096 for name in ("empty.db", "full.db"))
    pages = least + int((most - least) * share)
    with Log.open(path, max_pages=pages) as log, pytest.raises(LogError, match=r"cannot grow.*what was reported as done is kept"):
        read_sources(log, [sources], extractor=FakeExtractor(), progress=lambda step: done.append(step.name))
    assert bool(done) or share < 0.5
    with Log.open(path) as log:
        assert {d.document_id for d in log.documents()} >= set(done) - {""}
        read_sources(log, [sources], extractor=FakeExtractor())
    check_whole(path)


def test_no_room_to_make_a_log(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="cannot grow"):
        Log.open(tmp_path / "war.db", max_pages=3)
    with Log.open(tmp_path / "war.db") as log:
        assert log.counts()["captures"] == 0


def test_no_room_to_rebuild(tmp_path: Path, sources: Path) -> None:
    class Wordy(FakeExtractor):
        def __call__(self, document: Document) -> list[Claim]:
            claims = super().__call__(document)
            for claim in claims:
                claim.place_why = "because " * 5000
            return claims

    path = tmp_path / "war.db"
    read_all(path, sources)
    with Log.open(path, max_pages=path.stat().st_size // 4096 + 10) as log, pytest.raises(LogError, match="cannot grow"):
        rebuild(log, Wordy())
    check_whole(path)


def test_an_archive_that_cannot_grow(tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flush, flushed = os.fsync, list[int]()

    def full(handle: int) -> None:
        flushed.append(handle)
        if len(flushed) > 30:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(handle)

    with Log.open(tmp_path / "war.db") as log:
        with monkeypatch.context() as patch:
            patch.setattr("os.fsync", full)
            with pytest.raises(LogError, match=r"archive .* cannot grow"):
                read_sources(log, [sources], extractor=FakeExtractor())
        assert 0 < log.counts()["documents"] < DOCUMENTS
        read_sources(log, [sources], extractor=FakeExtractor())
    check_whole(tmp_path / "war.db")


def test_a_log_that_another_process_holds(tmp_path: Path, sources: Path) -> None:
    path = tmp_path / "war.db"
    read_all(path, sources)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Log.open(path, busy_seconds=0.1) as log:
        # Reading goes on while another process writes.
        assert log.counts()["documents"] == DOCUMENTS
        with pytest.raises(LogError, match="in use by another process"):
            read_sources(log, [sources], extractor=FakeExtractor())
    holder.execute("ROLLBACK")
    holder.close()
    check_whole(path)


def as_nobody(work: Callable[[], str]) -> str:
    """What the work returns when an unprivileged user does it."""
    here, there = multiprocessing.Pipe()

    def run() -> None:
        os.setgid(65534)
        os.setuid(65534)
        try:
            there.send(work())
        except LogError as error:
            there.send(f"LogError: {error}")

    process = child(run)
    process.join(30)
    return str(here.recv()) if here.poll() else f"died with {process.exitcode}"


@pytest.fixture
def open_to_all(tmp_path: Path) -> Path:
    """A folder that an unprivileged user can reach."""
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("needs to begin as root to act as another user")
    for folder in (tmp_path, *tmp_path.parents):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)
    return tmp_path


class TestPermissions:
    @staticmethod
    def _read(path: Path, sources: Path) -> str:
        with Log.open(path) as log:
            return str(read_sources(log, [sources], extractor=FakeExtractor()).documents)

    @staticmethod
    def _list(path: Path) -> str:
        with Log.open(path, create=False) as log:
            return str(len(list(log.claims())))

    @pytest.mark.parametrize("folder_writable", [False, True])
    def test_a_log_that_may_only_be_read(self, open_to_all: Path, sources: Path, folder_writable: bool) -> None:
        folder = open_to_all / "log"
        folder.mkdir()
        path = folder / "war.db"
        read_all(path, sources)
        path.chmod(0o444)
        folder.chmod(0o777 if folder_writable else 0o755)
        assert as_nobody(lambda: self._list(path)) == str(DOCUMENTS)
        assert (
            as_nobody(lambda: self._read(path, sources))
            == f"LogError: The log {path} is read-only: nothing can be written to it."
        )
        check_whole(path)

    def test_a_log_that_may_not_be_read(self, open_to_all: Path, sources: Path) -> None:
        path = open_to_all / "war.db"
        read_all(path, sources)
        path.chmod(0o000)
        assert as_nobody(lambda: self._list(path)) == f"LogError: The log {path} cannot be opened: no permission to read it."

    def test_a_folder_that_may_not_be_written(self, open_to_all: Path, sources: Path) -> None:
        path = open_to_all / "war.db"
        told = as_nobody(lambda: self._read(path, sources))
        assert told == f"LogError: The log {path} cannot be made: no permission to write in {open_to_all}."
        assert not path.exists()

    def test_an_archive_that_may_not_be_written(self, open_to_all: Path, sources: Path) -> None:
        folder = open_to_all / "log"
        folder.mkdir()
        path = folder / "war.db"
        Log.open(path).close()
        path.chmod(0o666)
        folder.chmod(0o777)
        (folder / "war.db.archive").mkdir(mode=0o755)
        assert "archive" in (told := as_nobody(lambda: self._read(path, sources)))
        assert "cannot be written: Permission denied" in told
        with Log.open(path) as log:
            assert log.counts()["captures"] == 0
