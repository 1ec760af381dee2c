from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from warlog.cli import main
from warlog.cli.main import build


def _paths(command, name=()):
    yield name
    for child, below in sorted(getattr(command, "commands", {}).items()):
        yield from _paths(below, (*name, child))


COMMANDS = [path for path in _paths(typer.main.get_command(build())) if path]


def _help(capsys, path):
    assert main([*path, "--help"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_shows_an_example_that_its_own_options_allow(path, capsys):
    text = _help(capsys, path)
    examples = re.findall(r"(?:Example|Or): (warlog .*?)(?=\n\n|\Z)", text, re.DOTALL)
    assert examples
    assert any(example.split()[1 : 1 + len(path)] == list(path) for example in examples)
    for example in examples:
        command = example.split()[1:]
        depth = next(n for n in (2, 1) if tuple(command[:n]) in COMMANDS)
        own = _help(capsys, command[:depth])
        for option in re.findall(r"--[a-z-]+", example):
            assert option in own


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_is_documented(path):
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    assert f"warlog {' '.join(path)}" in page


def test_help_and_docs_tell_the_exit_codes(capsys):
    text = " ".join(_help(capsys, ()).split())
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    for code in ("0", "1", "2", "3", "130"):
        assert re.search(rf"\b{code} ", text)
        assert f"| {code} |" in page


def test_nothing_heavy_is_loaded_for_help():
    code = (
        "import sys; from warlog.cli import main; main(['--help']);"
        " print([m for m in ('spacy', 'pyarrow', 'sqlalchemy', 'trafilatura', 'numpy', 'pydantic') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip().endswith("[]")
