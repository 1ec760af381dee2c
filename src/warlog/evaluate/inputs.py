"""Where the two sides of a comparison come from: gold claims from a file, predictions from documents as they are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warlog.errors import InputError, WarlogError
from warlog.records import GUIDE_FIELDS, as_dict

if TYPE_CHECKING:
    from warlog.pipeline import Extractor

_NEEDED = ("document_id", "event_type", "quote")


@dataclass(slots=True)
class Prediction:
    """What the program makes of documents, without a log."""

    #: claims with the fields of the coding guide
    claims: list[dict[str, Any]] = field(default_factory=list)
    document_ids: list[str] = field(default_factory=list)
    #: one sentence for each input that could not be read
    failed: list[str] = field(default_factory=list)


def load_claims(path: str | Path) -> list[dict[str, Any]]:
    """Claims from a JSON Lines file. Raises InputError naming the line that is no claim."""
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"The claims in {path} cannot be read: {reason}.") from error
    claims: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            claim = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path}, line {number}: not JSON ({error.msg}).") from error
        if not isinstance(claim, dict) or not all(isinstance(claim.get(name), str) for name in _NEEDED):
            raise InputError(f"{path}, line {number}: not a claim, which has {', '.join(_NEEDED)}.")
        claims.append(claim)
    if not claims:
        raise InputError(f"{path} holds no claims.")
    return claims


def predict(
    sources: Sequence[str | Path], extractor: Extractor, progress: Callable[[int, str], None] | None = None
) -> Prediction:
    """Read documents and extract their claims, keeping nothing. `progress` is told how many are done, and the last one's id."""
    from warlog import collect
    from warlog.read import read_document

    prediction = Prediction()
    for found in collect.captures(sources):
        if isinstance(found, InputError):
            prediction.failed.append(str(found))
            continue
        if not isinstance(found, tuple):
            continue
        try:
            document = read_document(*found)
            claims = extractor(document)
        except WarlogError as error:
            prediction.failed.append(str(error))
            continue
        prediction.document_ids.append(document.document_id)
        for claim in claims:
            values = as_dict(claim)
            prediction.claims.append({name: values[name] for name in GUIDE_FIELDS})
        if progress is not None:
            progress(len(prediction.document_ids), document.document_id)
    return prediction
