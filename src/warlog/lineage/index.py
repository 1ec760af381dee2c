"""Where the samples of the documents are kept, so that those that share some are found: the protocol, and one in memory.

A number that many documents share stops collecting holders at `HOLDERS`: a stock phrase would collect thousands, and of
five hundred reprints of one story the first ones are enough to find the rest by.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from warlog.lineage.outlets import number_of_outlet
from warlog.lineage.sampling import samples
from warlog.lineage.text import Text

#: documents kept for one number
HOLDERS = 24


class Index(Protocol):
    """What holds samples. Document ids are unique in it."""

    def __contains__(self, document_id: object) -> bool:
        """Whether a document is in it."""
        ...

    def holders(self, numbers: Sequence[int]) -> Iterable[tuple[int, str, int]]:
        """(number, id of a document that holds it, number of its outlet) for each of these numbers, at most `HOLDERS` for one."""
        ...

    def add(self, text: Text) -> None:
        """Take a document in; one that is in it already is left as it is."""
        ...

    def remove(self, document_id: str) -> None:
        """Forget a document; one that is not in it is passed over."""
        ...


class MemoryIndex:
    """An index in memory: sorted arrays of numbers and documents, merged as they grow, 12 bytes for each sample."""

    #: samples that wait in a plain dict before they are sorted into an array
    _WAITING = 65_536

    def __init__(self) -> None:
        self._ids: list[str | None] = []
        self._outlets: list[int] = []
        self._numbers_of: dict[str, int] = {}
        self._waiting: dict[int, list[int]] = {}
        self._waiting_count = 0
        self._arrays: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]] = []

    def __len__(self) -> int:
        """How many documents are in it."""
        return len(self._numbers_of)

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._numbers_of

    def holders(self, numbers: Sequence[int]) -> list[tuple[int, str, int]]:
        """See `Index.holders`."""
        found = [(n, self._ids[d], self._outlets[d]) for n, d in self._found(numbers)]
        return [(n, document_id, outlet) for n, document_id, outlet in found if document_id is not None]

    def add(self, text: Text) -> None:
        """See `Index.add`."""
        if text.document_id in self._numbers_of:
            return
        numbers = samples(text)
        counts: dict[int, int] = {}
        for n, _ in self._found(numbers):
            counts[n] = counts.get(n, 0) + 1
        document = len(self._ids)
        self._ids.append(text.document_id)
        self._outlets.append(number_of_outlet(text.publisher, text.url))
        self._numbers_of[text.document_id] = document
        for n in numbers:
            if counts.get(n, 0) < HOLDERS:
                self._waiting.setdefault(n, []).append(document)
                self._waiting_count += 1
        if self._waiting_count >= self._WAITING:
            self._settle()

    def remove(self, document_id: str) -> None:
        """See `Index.remove`."""
        document = self._numbers_of.pop(document_id, None)
        if document is not None:
            self._ids[document] = None

    def _found(self, numbers: Sequence[int]) -> list[tuple[int, int]]:
        found = [(n, d) for n in numbers for d in self._waiting.get(n, ())]
        wanted = np.array(numbers, dtype=np.int64)
        for kept, documents in self._arrays:
            lows, highs = np.searchsorted(kept, wanted, "left"), np.searchsorted(kept, wanted, "right")
            for i in np.nonzero(highs > lows)[0].tolist():
                found += [(numbers[i], int(d)) for d in documents[lows[i] : highs[i]]]
        return found

    def _settle(self) -> None:
        """Sort what waits into an array, and merge arrays until each is at most half of the one before it."""
        rows = sorted((n, d) for n, held in self._waiting.items() for d in held)
        self._arrays.append((np.array([n for n, _ in rows], dtype=np.int64), np.array([d for _, d in rows], dtype=np.uint32)))
        self._waiting, self._waiting_count = {}, 0
        while len(self._arrays) > 1 and 2 * len(self._arrays[-1][0]) > len(self._arrays[-2][0]):
            (n1, d1), (n2, d2) = self._arrays.pop(), self._arrays.pop()
            numbers, documents = np.concatenate((n2, n1)), np.concatenate((d2, d1))
            order = np.argsort(numbers, kind="stable")
            self._arrays.append((numbers[order], documents[order]))
