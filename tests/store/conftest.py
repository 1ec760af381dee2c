from __future__ import annotations

import log_making
import pytest


@pytest.fixture
def extractor() -> log_making.FakeExtractor:
    return log_making.FakeExtractor()


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small stand-ins for reading, linking and control."""
    monkeypatch.setattr("warlog.collect.captures", log_making.captures, raising=False)
    monkeypatch.setattr("warlog.read.read_document", log_making.read_document, raising=False)
    monkeypatch.setattr("warlog.events.link", log_making.link, raising=False)
    monkeypatch.setattr("warlog.control.estimate", log_making.estimate, raising=False)
