"""Vocabulary is data: this module finds and reads the TOML files under `warlog/vocab/`.

Everything that is a list of words, a mapping of codes or a table of names lives there, not in code.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The vocabulary file `vocab/<name>.toml` as nested dicts; read once. Raises FileNotFoundError if absent."""
    text = files("warlog").joinpath("vocab", *f"{name}.toml".split("/")).read_text(encoding="utf-8")
    return tomllib.loads(text)


def names(folder: str) -> list[str]:
    """Names of the vocabulary files in a folder below `vocab/`, sorted, each ready for `load`."""
    found = files("warlog").joinpath("vocab", *folder.split("/"))
    return sorted(f"{folder}/{f.name[:-5]}" for f in found.iterdir() if f.name.endswith(".toml"))
