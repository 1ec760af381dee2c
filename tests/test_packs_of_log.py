"""A log that carries its own packs comes out the same wherever it is taken; one whose packs are gone says so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from warlog.cli import main


def claims(log: Path, out: Path) -> list[str]:
    assert main(["claims", "--log", str(log), "--format", "jsonl", "--out", str(out)]) == 0
    return out.read_text(encoding="utf-8").splitlines()


def test_the_demo_log_rebuilds_to_the_same_claims_with_the_packs_it_carries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WARLOG_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    assert main(["demo"]) == 0
    log = tmp_path / "demo" / "warlog.db"
    before = claims(log, tmp_path / "before.jsonl")
    assert len(before) > 200
    assert main(["rebuild", "--log", str(log)]) == 0
    assert claims(log, tmp_path / "after.jsonl") == before
    capfd.readouterr()

    shutil.move(f"{log}.packs", tmp_path / "elsewhere")
    assert main(["rebuild", "--log", str(log)]) == 0
    said = capfd.readouterr().err
    assert "The log was made with the pack warlog-sample, which is not installed now" in said
    placed = [json.loads(line)["place_id"] or "" for line in claims(log, tmp_path / "without.jsonl")]
    assert not any(place.startswith("warlog-sample:") for place in placed)
