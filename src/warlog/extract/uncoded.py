"""What was not understood: sentences with a trigger word and no claim, so that no silence passes for an answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from warlog.extract.readings.triggers import is_trigger
from warlog.language.parse import Parsed


@dataclass(slots=True)
class Span:
    """A sentence that holds a trigger word and that no claim was made of."""

    document_id: str = field(metadata={"doc": "the document it stands in"})
    triggers: list[str] = field(metadata={"doc": "its trigger words, in lower case, in text order"})
    quote: str = field(metadata={"doc": "the whole sentence, exactly as it stands in the document's text"})
    start: int = field(metadata={"doc": "character offset of the quote in the document's text"})
    end: int = field(metadata={"doc": "offset after its last character: text[start:end] == quote"})


def spans(document_id: str, parsed: list[Parsed], coded: set[int]) -> list[Span]:
    """The sentences with a trigger that start at none of the offsets in `coded`, in text order."""
    out: list[Span] = []
    for p in parsed:
        s = p.sentence
        if s.start in coded:
            continue
        found = dict.fromkeys(p.word(t) for t in p.doc if t.i not in p.names and is_trigger(t))
        found.pop("", None)
        if found:
            out.append(Span(document_id, list(found), s.text, s.start, s.end))
    return out
