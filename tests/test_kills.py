"""A read that is killed again and again loses nothing that it reported as done, doubles nothing, and leaves a sound archive."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parent.parent / "bench" / "faults.py"


@pytest.mark.slow
def test_a_killed_read_loses_nothing() -> None:
    """A small run of the bench, which checks the same of 2,000 documents and twenty kills."""
    ended = subprocess.run(
        [sys.executable, str(BENCH), "--documents", "80", "--kills", "2", "--most-seconds", "1"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "lost  0" in ended.stdout
