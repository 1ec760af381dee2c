"""`warlog actors` shows what theatre files know: one actor, a theatre's roster, all of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from warlog.cli.main import main

Run = Callable[..., str]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARLOG_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def go(*args: str) -> str:
        code = main(["actors", *args])
        shown = capfd.readouterr()
        assert code == 0, shown.err
        return shown.out

    return go


def records(run: Run, *args: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(*args, "--format", "jsonl").splitlines()]


@pytest.mark.parametrize(
    "name", ["al-Nusra Front", "jabhat al nusra", "Nusra Front", "the Nusra Front", "al-nusra", "JABHAT AL-NUSRA"]
)
def test_an_actor_is_shown_by_any_spelling(run: Run, name: str) -> None:
    shown = run(name)
    assert "al-Nusra Front (al-nusra)" in shown
    drawn = [line.strip("│└├─ ") for line in shown.partition("line of descent")[2].splitlines() if line.strip()]
    assert drawn == [
        "al-Nusra Front (2012-01-23 to 2016-07-28)",
        "Jabhat Fatah al-Sham (2016-07-28 to 2017-01-28)",
        "Hayat Tahrir al-Sham (2017-01-28 to 2025-01-29)",
    ]


def test_sides_sponsors_codebooks_and_reference_are_shown(run: Run) -> None:
    shown = run("m23")
    assert "side: Rwanda" in shown
    assert "sponsored by: Government of Rwanda from 2012 to 2013-11" in shown
    assert "sponsored by: Government of Rwanda from 2021-11" in shown
    assert "ACLED calls it: M23: March 23 Movement" in shown
    assert "UCDP calls it: M23" in shown
    assert "reference: https://" in shown
    assert "reference: none was found" in run("carlos-patino")


def test_an_actor_is_found_by_its_name_in_a_codebook(run: Run) -> None:
    assert [r["actor_id"] for r in records(run, "JNIM: Group for Support of Islam and Muslims")] == ["jnim"]


def test_the_roster_of_a_theatre_is_listed(run: Run) -> None:
    rows = records(run, "--theatre", "haiti")
    assert {"g9", "400-mawozo", "viv-ansanm", "mil-ht"} <= {r["actor_id"] for r in rows}
    assert all("haiti" in r["theatres"] for r in rows)  # type: ignore[operator]
    everyone = records(run, "--all")
    assert len(everyone) > 10 * len(rows)
    assert all(r["reference"] == "none" or str(r["reference"]).startswith("http") for r in everyone)


def test_a_file_of_ones_own_is_listed_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "guyra.toml"
    file.write_text('[theatre]\nname = "Guyra"\n[[actor]]\nid = "rga"\nname = "Royal Guyran Army"\nkind = "military"\n')
    assert [r["actor_id"] for r in records(run, "--theatre", "guyra", "--file", str(file))] == ["rga"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["Nusra Frontt"], "perhaps"),
        (["qqqqqqqqqqqqqq"], "No theatre file knows an actor 'qqqqqqqqqqqqqq'"),
        (["--theatre", "atlantis"], "There is no theatre 'atlantis'"),
        (["--all", "--file", "absent.toml"], "absent.toml: cannot be read"),
    ],
)
def test_what_is_not_known_is_told_in_one_sentence(capfd: pytest.CaptureFixture[str], args: list[str], says: str) -> None:
    assert main(["actors", *args]) != 0
    said = capfd.readouterr().err
    assert says in said
    assert said.count("\n") == 1
