"""A small log read with a stand-in for the extractor, so that commands can be run in no time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from warlog.cli import main
from warlog.records import Casualties, Claim, Document

PAGES = {
    "one.txt": "Published: 2020-01-28\n\nThe army captured Alpha on Tuesday.\n",
    "two.txt": "Published: 2020-01-29\n\nA strike on Beta killed five people.\n",
}


class StandIn:
    """Makes one claim of each document: a capture of Alpha where it says so, else a strike on Beta."""

    name = "stand-in"

    def __call__(self, document: Document) -> list[Claim]:
        capture = "captured" in document.text
        quote = "The army captured Alpha on Tuesday." if capture else "A strike on Beta killed five people."
        start = document.text.find(quote)
        place = "Alpha" if capture else "Beta"
        return [
            Claim(
                f"{1 if capture else 2:016x}", f"h{capture}", document.document_id, quote, start, start + len(quote),
                "territory_captured" if capture else "air_strike", actor="army" if capture else None,
                actor_ids=["army"] if capture else [], actor_names=["Army"] if capture else [], place=place, place_name=place,
                place_id=f"sample:{place.lower()}", place_status="resolved", lat=35.0 if capture else 35.5, lon=36.0,
                geo_precision=1,
                date_start="2020-01-28", date_end="2020-01-28", date_precision="day", published="2020-01-29", publisher="Wire",
                casualties=[] if capture else [Casualties("killed", "people", 5, 5)], rule="stand-in",
            )
        ]  # fmt: skip


@pytest.fixture(autouse=True)
def apart(monkeypatch, tmp_path):
    """No test sees the user's packs, or the user's log."""
    monkeypatch.setenv("WARLOG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WARLOG_LOG", raising=False)
    monkeypatch.setattr("warlog.extract.RuleExtractor", StandIn, raising=False)


def _write_pages(folder: Path) -> Path:
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def pages(tmp_path_factory) -> Path:
    return _write_pages(tmp_path_factory.mktemp("read") / "pages")


@pytest.fixture(scope="session")
def read_once(pages) -> Path:
    """A log that the pages were read into; tests work on copies of it."""
    path = pages.parent / "war.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warlog.extract.RuleExtractor", StandIn, raising=False)
        assert main(["read", str(pages), "--log", str(path)]) == 0
    return path


@pytest.fixture
def log(tmp_path, read_once, capsys) -> Path:
    path = tmp_path / "war.db"
    shutil.copy(read_once, path)
    shutil.copytree(f"{read_once}.archive", f"{path}.archive")
    capsys.readouterr()
    return path


@pytest.fixture
def run(log, capsys):
    """Runs a command on the small log; gives exit code, stdout and stderr."""

    def do(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--log", str(log)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return do
