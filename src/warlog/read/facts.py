"""What a page's format says of the page, apart from its visible lines: the head of an HTML page, front matter, headers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from warlog.read.declared import Statement


@dataclass(slots=True)
class PageFacts:
    """What a page's format says of the page, apart from its visible lines."""

    title: str | None = None
    url: str | None = None
    canonical: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    copyright: str | None = None
    original_publisher: str | None = None
    agency: str | None = None
    regions: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    #: what the markup declares, from which credits are made
    statements: list[Statement] = field(default_factory=list)
    #: where the fields above were read: a value of `Credit.where`
    where: str = "header"
    #: field to the passage that it was read from, where that is not its bare value
    passages: dict[str, str] = field(default_factory=dict)
    #: looks for a date of publication where neither the fields above nor a visible line has one
    late_date: Callable[[], str | None] | None = None
