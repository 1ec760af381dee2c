"""A second `warlog demo` replaces what the first one made, but never what somebody worked on."""

from __future__ import annotations

from pathlib import Path

import pytest

from warlog.cli import main


def test_a_demo_with_an_edited_review_sheet_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WARLOG_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    assert main(["demo"]) == 0
    assert main(["demo"]) == 0
    sheet = tmp_path / "demo" / "review.csv"
    edited = sheet.read_text(encoding="utf-8-sig").replace(",,territory_captured,", ",reject,territory_captured,", 1)
    sheet.write_text(edited, encoding="utf-8-sig")
    assert main(["demo"]) == 2
    assert "has rulings or an edited review.csv in it" in capfd.readouterr().err
    assert sheet.read_text(encoding="utf-8-sig") == edited
    assert main(["review", "in", str(sheet), "--log", "demo/warlog.db", "--reviewer", "me"]) == 0
    sheet.unlink()
    assert main(["demo"]) == 2
