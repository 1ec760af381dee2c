"""Quotations over several sentences: what stands in quotation marks, or after "X said:", is laid to who speaks."""

from __future__ import annotations

import re

from warlog.extract.attribution.model import Attribution, Memory, SentenceSources
from warlog.language.parse import Parsed

_OPEN = "“«"
_CLOSE = "”»"
#: "X said:", or "X said: “..." with the quotation still open at the end of the sentence
_OPENS_SPEECH = re.compile(r":\s*(?:[“\"][^”\"]*)?$")


def lay(parsed: Parsed, memory: Memory, out: SentenceSources) -> None:
    """Lay a sentence that continues a quotation or a speech to its speaker, where no verb of its own does."""
    text = parsed.sentence.text
    begins = text[:1] in '“"«'
    was_open = memory.quotation_open and memory.quotation_speaker is not None
    if parsed.sentence.paragraph != memory.paragraph and not begins:
        was_open = False
    memory.paragraph = parsed.sentence.paragraph
    covered = any(a.kind in {"say", "quote", "deny", "according"} for a in out.items)
    if not covered and (speaker := _speaker(memory, begins, was_open)):
        out.items.append(Attribution(speaker, frozenset(t.i for t in parsed.doc), "quotation", "quotation"))
    if covered or (begins and not was_open):
        memory.quotation_speaker = memory.speaker
    if covered:
        memory.speech = memory.speaker if _OPENS_SPEECH.search(text.rstrip()) else None
    memory.quotation_open = _left_open(text, memory.quotation_open)


def _speaker(memory: Memory, begins: bool, was_open: bool) -> str | None:
    if was_open:
        return memory.quotation_speaker
    return memory.speaker if begins else memory.speech


def _left_open(text: str, was_open: bool) -> bool:
    """Whether a quotation is open after a sentence; straight quotation marks are counted in pairs."""
    if any(c in text for c in _OPEN + _CLOSE):
        return max(text.rfind(c) for c in _OPEN) > max(text.rfind(c) for c in _CLOSE)
    return was_open != (text.count('"') % 2 == 1)
