"""Places as a model gives them, phrases as written, to the mentions that the resolver takes."""

from __future__ import annotations

from collections.abc import Sequence

from warlog.places.model import Mention, Relation
from warlog.places.phrase import mention_from_phrase


class Mentions:
    """Collects the mentions of one document; the same phrase in the same sentence gives the same mention."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._index: dict[tuple[str, int], int] = {}
        self.found: list[Mention] = []

    def add(self, phrase: str, sentence: int, start: int, end: int, list_id: int | None = None) -> int:
        """The number of the mention that a place phrase of the sentence text[start:end] makes."""
        key = (phrase, start)
        if key in self._index:
            return self._index[key]
        parts = mention_from_phrase(phrase)
        anchors = self._all(parts.anchors, parts.anchor_kinds, sentence, start, end)
        within = self._all(parts.containers, parts.container_kinds, sentence, start, end)
        number = self._one(parts.name, parts.kind, sentence, start, end)
        mention = self.found[number]
        mention.part, mention.within, mention.list_id = parts.part, within, list_id
        if parts.relation:
            mention.relation = Relation(parts.relation, anchors, parts.bearing, parts.km)
        self._index[key] = number
        return number

    def _all(self, names: Sequence[str], kinds: Sequence[str | None], sentence: int, start: int, end: int) -> tuple[int, ...]:
        return tuple(self._one(name, kind, sentence, start, end) for name, kind in zip(names, kinds, strict=True))

    def _one(self, name: str, kind: str | None, sentence: int, start: int, end: int) -> int:
        at = self._text.find(name, start, end) if name else -1
        at = start if at < 0 else at
        self.found.append(Mention(name, at, at + len(name), sentence, 0, kind))
        return len(self.found) - 1
