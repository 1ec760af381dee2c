"""A progress bar on stderr for whatever takes more than a second; nothing for what is quicker, or where nobody looks."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from warlog.pipeline import Step

#: Work that is done by then shows no bar.
PATIENCE_SECONDS = 1.0


class Meter:
    """Shows how far a command is. Use it as a context; call `show` (or itself, with a pipeline's step) as work goes on."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def __call__(self, step: Step) -> None:
        """Show a step of a pipeline."""
        self.show(step.stage, step.done, step.total, step.name)

    def show(self, what: str, done: int = 0, total: int | None = None, name: str = "", *, slow: bool = False) -> None:
        """Show that so much of something is done. `slow` shows it at once, for what is known to take its time."""
        if self._bar is None:
            if not sys.stderr.isatty() or (not slow and time.monotonic() - self._started < PATIENCE_SECONDS):
                return
            self._bar = _bar()
            self._bar.start()
            self._task = self._bar.add_task(what, total=total, item="")
        assert self._task is not None
        self._bar.update(self._task, description=what.capitalize(), completed=done, total=total, item=_short(name))

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    return Progress(
        SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TextColumn("{task.fields[item]}", markup=False), console=Console(stderr=True), transient=True,
    )  # fmt: skip


def _short(name: str) -> str:
    line = "".join(c if c.isprintable() else " " for c in name)
    return line if len(line) <= 40 else f"…{line[-39:]}"
