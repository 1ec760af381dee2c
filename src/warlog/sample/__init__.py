"""The bundled sample: made-up reports and a small gazetteer of the places they name (see README.md beside this file)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def folder() -> Iterator[Path]:
    """The sample as a folder on disk, while the context lasts: `reports/` and `gazetteer.csv`."""
    with as_file(files("warlog").joinpath("sample")) as found:
        yield found
