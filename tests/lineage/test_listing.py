"""The listing of groups: who is first, who is what of whom, in rows and in the table for the eye."""

from __future__ import annotations

import io

from rich.console import Console
from samples import OTHER, REWRITTEN, text

from warlog.lineage import MemoryIndex, Text, origins, place
from warlog.publish.lineage import Known, LineageRow, rows
from warlog.publish.tables import write_table


def listed(*texts: Text) -> list[LineageRow]:
    """The rows of a log of these texts."""
    index, links = MemoryIndex(), []
    for one in texts:
        links += place(one, index, {t.document_id: t for t in texts})
        index.add(one)
    known = [Known(t.document_id, t.publisher, t.published, t.title) for t in texts]
    return rows(links, origins(links, texts), known)


def shown(found: list[LineageRow], width: int) -> list[str]:
    """The lines of the table for the eye, runs of spaces made one."""
    stream = io.StringIO()
    write_table(Console(file=stream, width=width), LineageRow, found)
    return [" ".join(line.split()) for line in stream.getvalue().splitlines()]


WIRE = text("wire", publisher="Meridian Wire", title="Rockets tear through a bakery roof")
COPY = text("copy", day="2024-05-07", publisher="Lantern")
REWRITE = text("rewrite", REWRITTEN, day="2024-05-09", publisher="Courier")


def test_a_group_has_its_first_document_before_the_rest_by_day():
    found = listed(REWRITE, COPY, text("alone", OTHER), WIRE)
    assert [(r.document_id, r.number, r.group_size) for r in found] == [("wire", 1, 3), ("copy", 2, 3), ("rewrite", 3, 3)]
    assert [(r.relation, r.other_id, r.other_number) for r in found[:2]] == [("origin", None, None), ("copy", "wire", 1)]
    assert found[2].relation == "rewrite"


def test_the_table_tells_what_each_is_of_which():
    lines = shown(listed(REWRITE, COPY, WIRE), 120)
    first, second, third = (next(line for line in lines if f" {name} " in line) for name in ("wire", "copy", "rewrite"))
    assert first == "1 wire 2024-05-06 Meridian Wire first of 3 Rockets tear through a bakery roof"
    assert second == "├ 2 copy 2024-05-07 Lantern copy of 1 100% published 1 day later"
    assert third.startswith("└ 3 rewrite 2024-05-09 Courier reworded from ")
    assert third.endswith("days later")


def test_where_the_source_is_not_in_the_log_the_earliest_is_not_called_the_first():
    papers = [text(name, publisher=f"{name} Paper", agency="Delta Courier") for name in ("North", "South")]
    lines = shown(listed(*papers), 120)
    assert any(line.startswith("1 North") and "earliest of 2" in line for line in lines)
    assert any(line.startswith("└ 2 South") and "same as 1" in line and "both credit Delta Courier" in line for line in lines)


def test_where_nothing_tells_who_was_first_the_table_says_so():
    lines = shown(listed(text("a", publisher="North"), text("b", publisher="South")), 120)
    assert any(line.endswith("same as 1 100% which was first is not known") for line in lines)


def test_no_document_is_cut_from_a_narrow_table():
    joined = "".join(shown(listed(REWRITE, COPY, WIRE), 100))
    assert all(name in joined for name in ("wire", "copy", "rewrite", "reworded from", "2024-05-09"))
