"""The index of samples in the tables of a log, on any database that SQLAlchemy speaks to.

It works on a connection that is the caller's, and neither begins nor ends its transactions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, MetaData, delete, func, insert, select

from warlog.lineage.index import HOLDERS
from warlog.lineage.outlets import number_of_outlet
from warlog.lineage.sampling import samples
from warlog.lineage.tables import define
from warlog.lineage.text import Text

#: values asked for in one statement; SQLite of some builds takes no more than 999
_AT_ONCE = 500


class SqlIndex:
    """See `warlog.lineage.index.Index`."""

    def __init__(self, connection: Connection, metadata: MetaData | None = None) -> None:
        """`metadata` is the one the tables were defined in, if they were."""
        self._connection = connection
        self._documents, self._samples = define(metadata if metadata is not None else MetaData())

    def __len__(self) -> int:
        """How many documents are in it."""
        return int(self._connection.scalar(select(func.count()).select_from(self._documents)) or 0)

    def __contains__(self, document_id: object) -> bool:
        return self._number(document_id) is not None

    def holders(self, numbers: Sequence[int]) -> list[tuple[int, str, int]]:
        """See `Index.holders`."""
        d, s = self._documents.c, self._samples.c
        joined = self._samples.join(self._documents, s.document == d.number)
        rows: list[tuple[int, str, int]] = []
        for part in _parts(numbers):
            query = select(s.sample, d.document_id, d.outlet).select_from(joined).where(s.sample.in_(part))
            rows += [(int(n), str(i), int(o)) for n, i, o in self._connection.execute(query)]
        return rows

    def add(self, text: Text) -> None:
        """See `Index.add`."""
        if text.document_id in self:
            return
        numbers = samples(text)
        s = self._samples.c
        counts: Counter[int] = Counter()
        for part in _parts(numbers):
            query = select(s.sample, func.count()).where(s.sample.in_(part)).group_by(s.sample)
            counts.update({int(n): int(c) for n, c in self._connection.execute(query)})
        self._connection.execute(
            insert(self._documents), {"document_id": text.document_id, "outlet": number_of_outlet(text.publisher, text.url)}
        )
        number = self._number(text.document_id)
        rows = [{"sample": n, "document": number} for n in numbers if counts[n] < HOLDERS]
        if rows:
            self._connection.execute(insert(self._samples), rows)

    def remove(self, document_id: str) -> None:
        """See `Index.remove`."""
        number = self._number(document_id)
        if number is not None:
            self._connection.execute(delete(self._samples).where(self._samples.c.document == number))
            self._connection.execute(delete(self._documents).where(self._documents.c.number == number))

    def _number(self, document_id: object) -> int | None:
        d = self._documents.c
        found = self._connection.scalar(select(d.number).where(d.document_id == document_id))
        return None if found is None else int(found)


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for i in range(0, len(numbers), _AT_ONCE):
        yield numbers[i : i + _AT_ONCE]
