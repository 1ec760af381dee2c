"""A run is known by what can change its outcome, and by nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import warlog
from warlog.run import code_hash, hash_tree, make_run, now, run_id

PACKAGE = Path(warlog.__file__).parent


def test_line_ends_places_and_times_do_not_matter(tmp_path: Path) -> None:
    for folder, end in (("unix", "\n"), ("windows", "\r\n")):
        (tmp_path / folder / "vocab").mkdir(parents=True)
        (tmp_path / folder / "__pycache__").mkdir()
        (tmp_path / folder / "__pycache__" / "a.py").write_text(folder)
        (tmp_path / folder / "a.py").write_bytes(f"x = 1{end}y = 2{end}".encode())
        (tmp_path / folder / "vocab" / "b.toml").write_bytes(f"x = 1{end}".encode())
        (tmp_path / folder / "page.html").write_text(folder)
    assert hash_tree(tmp_path / "unix") == hash_tree(tmp_path / "windows")


def test_any_change_of_source_or_vocabulary_matters(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1")
    seen = {hash_tree(tmp_path)}
    (tmp_path / "a.py").write_text("x = 2")
    seen.add(hash_tree(tmp_path))
    (tmp_path / "b.toml").write_text("x = 2")
    seen.add(hash_tree(tmp_path))
    shutil.move(tmp_path / "b.toml", tmp_path / "c.toml")
    seen.add(hash_tree(tmp_path))
    assert len(seen) == 4


def test_the_record() -> None:
    run = make_run(packs={"b": "2", "a": "1"})
    assert run.run_id == make_run(packs={"a": "1", "b": "2"}).run_id
    assert len(run.run_id) == 16
    assert run.code_hash == code_hash()
    assert list(run.packs) == ["a", "b"]
    others = {make_run(packs={"a": "1"}).run_id, make_run(model="other").run_id, make_run().run_id, run.run_id}
    assert len(others) == 4
    assert run_id("1", "c", "m", {}) != run_id("2", "c", "m", {})
    assert now().endswith("Z")


@pytest.mark.parametrize("name", ["python3.11", "python3.12", "python3.13"])
def test_every_python_gives_the_same_id(name: str, tmp_path: Path) -> None:
    """The interpreter is no part of it: only the standard library is asked, so any that is here will do."""
    python = shutil.which(name)
    if python is None:
        pytest.skip(f"no {name} here")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from warlog.run import run_id, code_hash, make_run;"
        "print(make_run(model='m', packs={'é': '1', 'a': '2'}).run_id)"
    )
    # A copy, so that nothing changes between the two.
    shutil.copytree(PACKAGE, tmp_path / "warlog", ignore=shutil.ignore_patterns("__pycache__"))

    def told(interpreter: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([interpreter, "-I", "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)

    there = told(python)
    if there.returncode == 127:
        pytest.skip(f"{name} is a launcher with no interpreter behind it")
    here = told(sys.executable)
    assert re.fullmatch(r"[0-9a-f]{16}\n", here.stdout), here.stderr
    assert there.stdout == here.stdout, there.stderr
