"""Originals come back as they went in, or not at all."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warlog.archive import Archive
from warlog.errors import LogError


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(data=st.binary(max_size=4000))
def test_bytes_come_back(tmp_path: Path, data: bytes) -> None:
    archive = Archive.beside(tmp_path / "war.db")
    sha256 = archive.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest() == archive.put(data)
    assert archive.get(sha256) == data
    assert archive.path(sha256) == tmp_path / "war.db.archive" / sha256[:2] / sha256[2:4] / sha256
    assert not list((tmp_path / "war.db.archive" / "tmp").iterdir())


def test_a_lost_original(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with pytest.raises(LogError, match=f"has lost the original {'a' * 64}"):
        archive.get("a" * 64)
    assert "a" * 64 not in archive


def test_an_altered_original_is_refused_and_mended_by_its_bytes(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    sha256 = archive.put(b"the truth")
    path = archive.path(sha256)
    path.chmod(0o644)
    path.write_bytes(b"the trvth")
    with pytest.raises(LogError, match="was altered"):
        archive.get(sha256)
    archive.put(b"the truth")
    assert archive.get(sha256) == b"the truth"


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
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]
    assert archive.get(archive.put(b"data")) == b"data"


def test_a_folder_in_the_way_has_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file")
    with pytest.raises(LogError, match="cannot be written"):
        Archive(tmp_path / "a").put(b"data")


def test_what_a_killed_writer_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    old, young = tmp_path / "tmp" / "old", tmp_path / "tmp" / "young"
    old.touch()
    young.touch()
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    Archive(tmp_path).put(b"data")
    assert not old.exists()
    assert young.exists()
