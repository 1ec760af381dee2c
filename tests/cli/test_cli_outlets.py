"""`warlog outlets` lists what is known of outlets and shows one with its reference."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from warlog.cli import outlets
from warlog.errors import InputError, UsageError


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("WARLOG_HOME", str(tmp_path))
    monkeypatch.delenv("WARLOG_LOG", raising=False)
    app = typer.Typer(rich_markup_mode=None)
    outlets.register(app)

    def called(*arguments: str) -> str:
        result = CliRunner().invoke(app, list(arguments), catch_exceptions=True, env={"COLUMNS": "200"})
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    return called


def _ids(text: str) -> set[str]:
    return {json.loads(line)["outlet_id"] for line in text.splitlines()}


def test_one_is_shown_with_its_reference_and_what_is_unverified(run) -> None:  # type: ignore[no-untyped-def]
    for asked in ("SANA", "sana.sy", "https://www.sana.sy/en/?p=1", "outlet-sana"):
        text = run(asked)
        assert "Syrian Arab News Agency (outlet-sana)" in text
        assert "government in syria to 2024-12-08" in text
        assert "reference: https://" in text
        assert "looked up on: 2026-11-22" in text
        assert "(unverified)" in text


def test_what_was_not_found_says_so(run) -> None:  # type: ignore[no-untyped-def]
    assert "reference: none was found" in run("Naharnet")


def test_filters_narrow_the_list(run) -> None:  # type: ignore[no-untyped-def]
    everything = _ids(run("--format", "jsonl"))
    syrian = _ids(run("--format", "jsonl", "--country", "sy"))
    agencies = _ids(run("--format", "jsonl", "--country", "SY", "--kind", "agency"))
    houthi = _ids(run("--format", "jsonl", "--side", "yemen:houthis"))
    yemen = _ids(run("--format", "jsonl", "--side", "yemen"))
    assert agencies < syrian < everything
    assert {"outlet-almasirah", "outlet-saba-houthi"} <= houthi < yemen < everything
    assert "outlet-saba-net" in yemen - houthi


def test_a_record_has_its_reference(run) -> None:  # type: ignore[no-untyped-def]
    record = json.loads(run("--format", "jsonl", "SANA"))
    assert record["reference"].startswith("https://")
    assert record["owner"] == "gov-sy"
    assert record["sides"] == ["syria: government to 2024-12-08", "syria: transitional from 2024-12-09"]


def test_own_files_are_read(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    entry = '[[outlet]]\nid = "outlet-imber"\nname = "Imber Herald"\nkind = "party"\n'
    (tmp_path / "outlets.toml").write_text(entry, encoding="utf-8")
    assert "Imber Herald" in run("Imber Herald")
    (tmp_path / "war.db.outlets.toml").write_text(entry.replace("imber", "wend").replace("Imber", "Wend"), encoding="utf-8")
    assert "stated in" in run("Wend Herald", "--log", str(tmp_path / "war.db"))
    (tmp_path / "more.toml").write_text(entry.replace("imber", "ford").replace("Imber", "Ford"), encoding="utf-8")
    assert "Ford Herald" in run("Ford Herald", "--file", str(tmp_path / "more.toml"))


def test_what_is_not_there_is_told(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UsageError, match="perhaps 'Al-Manar'"):
        run("Al-Mannar")
    with pytest.raises(UsageError, match="There is no kind of outlet 'good'; one of: state"):
        run("--kind", "good")
    with pytest.raises(InputError, match="cannot be read"):
        run("--file", str(tmp_path / "absent.toml"))
    assert "No outlet matches" in run("--country", "ZZ")
