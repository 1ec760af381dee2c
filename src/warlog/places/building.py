"""Several sources made into one table of places, for a pack: entries that are one place become one row with all names and ids."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from warlog.places.index import PackIndex, open_index
from warlog.places.links import as_groups, link
from warlog.places.merged import merged, place_of
from warlog.places.model import PackInfo, Place
from warlog.places.pack import as_table, write_table
from warlog.places.sources import Source


def together(sources: Sequence[Source], name: str, title: str, version: str) -> tuple[PackInfo, pa.Table, int]:
    """The pack's info, its table, and how many entries were merged into others. The first source stands for a merged place."""
    credit = "; ".join(dict.fromkeys(s.info.attribution for s in sources))
    licence = "; ".join(dict.fromkeys(s.info.licence for s in sources))
    files = ", ".join(s.info.source for s in sources)
    info = PackInfo(name, title, "", files, licence, credit, 0, version=version)
    with TemporaryDirectory(prefix="warlog-build-") as folder:
        indexes = [_index(source, Path(folder) / f"{number}.arrow") for number, source in enumerate(sources)]
        table, count = _merged(indexes)
        # the files are mapped: they are let go before the folder is
        del indexes
    return info, table, count


def _index(source: Source, path: Path) -> PackIndex:
    write_table(path, source.table, source.info)
    return open_index(path)


def _merged(indexes: Sequence[PackIndex]) -> tuple[pa.Table, int]:
    starts = [0]
    for index in indexes:
        starts.append(starts[-1] + index.table.num_rows)
    links = []
    for j, other in enumerate(indexes):
        for i, one in enumerate(indexes[:j]):
            rows = link(one, other)
            links.append((rows[0] + starts[i], rows[1] + starts[j]))
    heads = as_groups(starts[-1], links).tolist()
    members: dict[int, list[int]] = {}
    for row, head in enumerate(heads):
        if row != head:
            members.setdefault(head, []).append(row)

    def place(row: int) -> Place:
        number = next(n for n in range(len(indexes)) if row < starts[n + 1])
        index = indexes[number]
        return place_of(index.entry(row - starts[number]), index.info)

    def places() -> Iterator[Place]:
        taken: set[str] = set()
        for row, head in enumerate(heads):
            if row != head:
                continue
            found = merged([place(row), *map(place, members[row])]) if row in members else place(row)
            if found.place_id in taken:
                continue
            taken.add(found.place_id)
            yield dataclasses.replace(found, ids=tuple(i for i in found.ids if i != found.place_id))

    return as_table(places()), starts[-1] - len(set(heads))
