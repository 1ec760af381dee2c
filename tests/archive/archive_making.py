"""Captures and small logs for the tests of the archive, made without a parser or a gazetteer."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path
from typing import Any

from warlog.archive import Archive
from warlog.archive.verify import Finding, Verdict, verify
from warlog.records import Capture, Claim, Document
from warlog.store import Log


def make_capture(data: bytes, name: str = "one.txt", **fields: Any) -> Capture:
    sha256 = hashlib.sha256(data).hexdigest()
    source = fields.pop("source", f"/home/anna/reports/{name}")
    known: dict[str, Any] = {
        "capture_id": hashlib.sha256(f"{source}\n{name}\n{sha256}".encode()).hexdigest()[:16],
        "sha256": sha256,
        "size": len(data),
        "source": source,
        "name": name,
        "media_type": "text/plain",
        "retrieved_at": "2020-01-30T08:15:00+00:00",
        "collector": "anna",
        "tool": "warlog 0.2.0",
    }
    return Capture(**(known | fields))


def web_capture(data: bytes, url: str = "https://news.example.org/war/1?b=2&a=1", **fields: Any) -> Capture:
    known: dict[str, Any] = {
        "source": url,
        "media_type": "text/html",
        "method": "url",
        "url": url,
        "final_url": url,
        "status": 200,
        "headers": [["Date", "Thu, 30 Jan 2020 08:15:00 GMT"], ["Content-Type", "text/html; charset=utf-8"]],
    }
    return make_capture(data, url, **(known | fields))


def page(number: int) -> bytes:
    return f"<!DOCTYPE html><html><title>Day {number}</title><p>The army captured Village {number}.</p></html>".encode()


def fill(archive: Archive, count: int) -> list[Capture]:
    captures = []
    for number in range(count):
        data = page(number)
        captures.append(web_capture(data, f"https://news.example.org/{number}"))
        archive.take(captures[-1], data)
    return captures


def rows(captures: list[Capture]) -> list[tuple[int, str, Capture]]:
    return [(number, capture.name, capture) for number, capture in enumerate(captures, 1)]


def check(archive: Archive, captures: list[Capture] | None = None, **options: Any) -> tuple[Verdict, list[str], list[str]]:
    """Verify; gives the verdict, the faults and the notes."""
    found: list[Finding] = []
    verdict = verify(archive, rows(captures or []), tell=found.append, **options)
    faults, notes = [f.text for f in found if f.is_fault], [f.text for f in found if not f.is_fault]
    assert (verdict.faults, verdict.notes) == (len(faults), len(notes))
    return verdict, faults, notes


def keep(log: Log, capture: Capture, data: bytes) -> None:
    """Take a capture in the way reading does: archive first, then the log, with one claim."""
    log.archive.take(capture, data)
    text = data.decode("utf-8", "replace")
    document = Document(capture.name, capture.capture_id, capture.sha256, text, title=f"Title of {capture.name}")
    claim_id = hashlib.sha256(capture.capture_id.encode()).hexdigest()[:16]
    claim = Claim(claim_id, claim_id, capture.name, text, 0, len(text), "territory_captured", published="2020-01-30")
    assert log.add(capture, document, [claim])


def make_log(path: Path, count: int = 3) -> list[Capture]:
    captures = []
    with Log.open(path) as log:
        for number in range(count):
            data = page(number)
            captures.append(web_capture(data, f"https://news.example.org/{number}"))
            keep(log, captures[-1], data)
    return [dataclasses.replace(capture) for capture in captures]
