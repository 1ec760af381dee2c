"""The text of a document out of its units: paragraphs of prose, in order, whole again where something stood inside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warlog.read import links
from warlog.read.units import Unit, ends_sentence, tidy
from warlog.records import Furniture, MediaLink

#: Furniture that may stand in the middle of a sentence.
_INTERRUPTS = frozenset({"media_link", "caption", "share", "navigation", "separator", "donation", "other"})
_STARTS_SMALL = re.compile(r"[^\W\d_]")


def build_text(units: Sequence[Unit]) -> str:
    """The paragraphs of the text, with an empty line between them."""
    paragraphs: list[str] = []
    last: Unit | None = None
    interrupted = False
    for unit in units:
        if unit.kind is not None:
            interrupted = interrupted or unit.kind in _INTERRUPTS
            continue
        if not unit.text:
            continue
        if last is not None and _goes_on(last, unit, interrupted):
            paragraphs[-1] += " " + unit.text
        else:
            paragraphs.append(unit.text)
        last, interrupted = unit, False
    return "\n\n".join(paragraphs)


def _goes_on(last: Unit, unit: Unit, interrupted: bool) -> bool:
    """Whether a unit goes on with the sentence of the one before it."""
    if last.heading or unit.heading or ends_sentence(last.text):
        return False
    first = _STARTS_SMALL.search(unit.text[:3])
    small = first is not None and first[0].islower()
    if last.paragraph == unit.paragraph:
        return small or last.text.endswith((",", ";")) or (interrupted and len(last.text) > 60)
    return interrupted and small


def cut_media(units: Sequence[Unit]) -> None:
    """Take addresses of films and pictures out of the running text, where they break a sentence; they stay as media."""
    for unit in units:
        if unit.kind is not None or "http" not in unit.text:
            continue
        for url in links.urls(unit.text):
            kind = links.media_kind(url)
            if kind in ("video", "image", "audio"):
                unit.media.append(MediaLink(url, kind))
                unit.text = tidy(unit.text.replace(f"({url})", " ").replace(url, " "))


def list_furniture(units: Sequence[Unit]) -> list[Furniture]:
    """The passages that were cut, in page order, films inside a paragraph among them."""
    furniture: list[Furniture] = []
    for unit in units:
        if unit.kind is not None:
            furniture.append(Furniture(unit.raw, unit.kind))
        else:
            furniture += [Furniture(m.url, "media_link") for m in unit.media if m.url in unit.raw and m.url not in unit.text]
    return furniture
