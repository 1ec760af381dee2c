"""The progress bar works where somebody looks: on a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path


def test_reading_on_a_terminal_shows_progress_and_ends_well(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The army captured Aleppo on Monday.\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "warlog", "read", str(page), "--log", str(tmp_path / "log.db")]
    env = os.environ | {"WARLOG_HOME": str(tmp_path / "home"), "TERM": "xterm"}
    done = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=env)
    os.close(theirs)
    seen = b""
    try:
        while chunk := os.read(ours, 4096):
            seen += chunk
    except OSError:
        pass
    out = done.communicate(timeout=120)[0]
    assert done.returncode == 0, seen.decode(errors="replace")
    assert b"1 documents read" in out or b"1 document read" in out
    assert b"Loading" in seen
