"""Where one sentence first stands: its passages followed from document to document.

An article that copies half of another's sentences and adds its own has two origins, sentence by sentence. A sentence is
followed where most of it lies in passages that were taken over, word for word or reworded; an outlet's own background,
used again, is followed to where it stood first; a shared quotation is not followed, since both may have heard it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from warlog.lineage.compare import LINEAGE
from warlog.lineage.origins import UNSEEN, Origin
from warlog.records import DocumentLink, Passage

#: share of a sentence that must lie in passages for it to have been taken over
COVERED = 0.6
_TAKEN = frozenset({"verbatim", "rewritten"})
_NO_DAY = "9999"

_Span = tuple[int, int]
_Pairs = list[tuple[_Span, _Span]]


class Tracer:
    """Finds the origins of spans; made once for many questions."""

    def __init__(self, links: Iterable[DocumentLink], origins: Mapping[str, Origin]) -> None:
        self._days = {
            m: day or _NO_DAY for origin in origins.values() for m, day in zip(origin.members, origin.days, strict=True)
        }
        #: document to (other document, whether it is its source, whether both come from one unseen, pairs of spans)
        self._ways: dict[str, list[tuple[str, bool, bool, _Pairs]]] = defaultdict(list)
        for link in links:
            self._take(link)
        for ways in self._ways.values():
            ways.sort(key=lambda w: w[0])

    def origin(self, document_id: str, start: int, end: int) -> str:
        """The id of the document in which text[start:end] first stands, or `unseen:ID`; see `origin_of_span`."""
        reached: dict[str, bool] = {}
        unseen = self._walk(document_id, (start, end), reached)
        tops = [d for d, has_source in reached.items() if not has_source]
        first = min(tops or reached, key=lambda d: (self._days.get(d, _NO_DAY), d))
        # A source in the log that stands above all others is the origin, even if some of them credit a third.
        if unseen and len(tops) > 1:
            return UNSEEN + min(tops)
        return first

    def _walk(self, document_id: str, span: _Span, reached: dict[str, bool]) -> bool:
        """Fill `reached` with the documents the span is followed to, and whether each has a source of it. Whether through
        an unseen source is returned."""
        waiting = [(document_id, span)]
        unseen = False
        reached[document_id] = False
        while waiting:
            at, (start, end) = waiting.pop()
            for other, is_source, is_unseen, pairs in self._ways.get(at, ()):
                there = _carry(pairs, start, end)
                if there is None:
                    continue
                if is_source:
                    reached[at] = True
                unseen = unseen or is_unseen
                if other not in reached:
                    reached[other] = False
                    waiting.append((other, there))
        return unseen

    def _take(self, link: DocumentLink) -> None:
        known = link.direction == "known"
        if link.relation == "shared_furniture":
            kinds = frozenset({"shared_furniture"})
            if not known:
                return
        elif link.relation in LINEAGE or link.relation == "version":
            kinds = _TAKEN
        else:
            return
        pairs = [_spans(p) for p in link.passages if p.kind in kinds]
        if not pairs:
            return
        unseen = link.direction == "unseen"
        self._ways[link.document_id].append((link.other_id, known, unseen, pairs))
        if not known:
            self._ways[link.other_id].append((link.document_id, False, unseen, [(b, a) for a, b in pairs]))


def origin_of_span(document_id: str, start: int, end: int, links: Iterable[DocumentLink], origins: Mapping[str, Origin]) -> str:
    """The origin of what stands at text[start:end] of a document: the id of the document it first stands in, the
    document's own where it was not taken from another, or `unseen:ID` where those that have it come from a source that is
    not in the log. For many spans, make one `Tracer`."""
    return Tracer(links, origins).origin(document_id, start, end)


def _spans(p: Passage) -> tuple[_Span, _Span]:
    return (p.start, p.end), (p.other_start, p.other_end)


def _carry(pairs: _Pairs, start: int, end: int) -> _Span | None:
    """Where a span stands in the other document; None where too little of it does."""
    covered, at = 0, start
    hull: list[tuple[int, int, int]] = []
    for (a, a_end), (b, b_end) in pairs:
        first, last = max(a, start), min(a_end, end)
        if last <= first:
            continue
        covered += max(0, last - max(first, at))
        at = max(at, last)
        scale = (b_end - b) / max(1, a_end - a)
        hull.append((last - first, b + round((first - a) * scale), b + round((last - a) * scale)))
    if covered < COVERED * (end - start) or not hull:
        return None
    # The parts may stand far from one another; the largest says where, and the others beside it widen it.
    _, low, high = max(hull, key=lambda h: (h[0], -h[1]))
    for _, b, b_end in hull:
        if b < high + (end - start) and b_end > low - (end - start):
            low, high = min(low, b), max(high, b_end)
    return low, high
