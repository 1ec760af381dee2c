"""The documentation is true: the README's commands run as shown, pages made from code are up to date."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from warlog.cli import main

ROOT = Path(__file__).resolve().parent.parent


def commands() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `warlog demo` ran, with the pages that the README reads."""
    folder = tmp_path_factory.mktemp("readme")
    patch = pytest.MonkeyPatch()
    patch.setenv("WARLOG_HOME", str(folder / "home"))
    patch.chdir(folder)
    assert main(["demo"]) == 0
    sample = Path(str(files("warlog"))) / "sample" / "reports"
    shutil.copytree(sample, folder / "reports")
    shutil.copy(next(sample.rglob("*.html")), folder / "saved-page.html")
    shutil.copy(sample / "reports.jsonl", folder / "feed.jsonl")
    shutil.make_archive(str(folder / "pages"), "zip", next(path for path in sorted(sample.iterdir()) if path.is_dir()))
    patch.undo()
    return folder


def test_the_readme_shows_commands() -> None:
    assert len(commands()) >= 10


def test_every_command_of_the_readme_runs_in_its_order(
    demo: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WARLOG_HOME", str(demo / "home"))
    monkeypatch.chdir(demo)
    for command in commands():
        words = shlex.split(command)
        assert words[0] == "warlog"
        assert main(words[1:]) == 0, f"{command}: {capfd.readouterr().err}"


def test_the_two_commands_of_the_door_stand_in_the_makefile() -> None:
    readme, makefile = (ROOT / "README.md").read_text(encoding="utf-8"), (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("demo", "test"):
        assert f"make {target}" in readme
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_links_of_the_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_page_of_fields_is_made_from_the_records() -> None:
    page: Callable[[], str] = runpy.run_path(str(ROOT / "docs" / "make_claims.py"))["page"]
    assert (ROOT / "docs" / "claims.md").read_text(encoding="utf-8") == page(), "run: python docs/make_claims.py"
