from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import INDEPENDENT, OTHER, REPORT, REWRITTEN, text
from sqlalchemy import MetaData, create_engine

from warlog.lineage import LINEAGE, Index, MemoryIndex, SqlIndex, Text, define, origins, place
from warlog.lineage.index import HOLDERS
from warlog.records import DocumentLink

CUT = ". ".join(REPORT.split(". ")[:4]) + "."
TEXTS = [
    text("source", day="2024-05-06"),
    text("reprint", day="2024-05-07", original_publisher="Outlet source Chronicle"),
    text("cut", CUT, day="2024-05-08"),
    text("rewrite", REWRITTEN, day="2024-05-09"),
    text("merged", OTHER + "\n\n" + CUT, day="2024-05-10"),
    text("lake", OTHER, day="2024-05-01"),
    text("witness", INDEPENDENT, day="2024-05-06"),
]


def laid(texts: list[Text], index: Index) -> list[DocumentLink]:
    by_id = {t.document_id: t for t in texts}
    links = []
    for t in texts:
        links += place(t, index, by_id)
        index.add(t)
    return sorted(links, key=lambda k: (k.document_id, k.other_id))


@pytest.fixture
def sql_index():
    metadata = MetaData()
    define(metadata)
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        yield SqlIndex(connection, metadata)
    engine.dispose()


@settings(max_examples=30, deadline=None)
@given(st.permutations(TEXTS))
def test_any_order_of_arrival_gives_the_same_links_and_origins(order):
    links = laid(order, MemoryIndex())
    assert links == laid(TEXTS, MemoryIndex())
    assert origins(links, order) == origins(laid(TEXTS, MemoryIndex()), TEXTS)


def test_a_source_that_arrives_after_its_copies_is_still_the_source():
    index, texts = MemoryIndex(), [TEXTS[2], TEXTS[1], TEXTS[0]]
    by_id = {t.document_id: t for t in texts}
    for t in texts[:2]:
        index.add(t)
    links = place(texts[2], index, by_id)
    assert {(k.document_id, k.other_id) for k in links} == {("cut", "source"), ("reprint", "source")}


def test_placing_leaves_the_index_as_it_is():
    index = MemoryIndex()
    place(TEXTS[0], index, {})
    assert len(index) == 0
    assert "source" not in index


def test_the_index_on_tables_finds_what_the_one_in_memory_finds(sql_index):
    assert laid(TEXTS, sql_index) == laid(TEXTS, MemoryIndex())
    assert len(sql_index) == len(TEXTS)


def test_what_is_added_twice_is_there_once_and_what_is_removed_is_gone(sql_index):
    for index in (MemoryIndex(), sql_index):
        index.add(TEXTS[0])
        index.add(TEXTS[0])
        assert len(index) == 1
        index.remove("source")
        index.remove("never there")
        assert "source" not in index
        assert place(TEXTS[1], index, {"source": TEXTS[0]}) == []
        index.add(TEXTS[0])
        assert [k.other_id for k in place(TEXTS[1], index, {"source": TEXTS[0]})] == ["source"]


def test_the_tables_are_defined_once_in_a_metadata():
    metadata = MetaData()
    assert define(metadata) == define(metadata)
    assert sorted(metadata.tables) == ["lineage_documents", "lineage_samples"]


def test_many_reprints_come_from_one_document():
    count = 3 * HOLDERS
    texts = [text(f"r{i:03}", day=f"2024-06-{1 + i % 28:02}") for i in range(count)] + [text("first", day="2024-05-31")]
    random.Random(3).shuffle(texts)
    found = origins(laid(texts, MemoryIndex()), texts)
    assert {o.origin_id for o in found.values()} == {"first"}
    assert len(found["r000"].members) == count + 1


def test_an_outlets_standing_paragraph_does_not_link_all_its_stories():
    r = random.Random(5)
    words = [f"w{i}" for i in range(4000)]
    footer = " ".join(r.choices(words, k=50)) + "."
    texts = [text(f"s{i}", " ".join(r.choices(words, k=220)) + ". " + footer, publisher="Lantern") for i in range(60)]
    links = laid(texts, MemoryIndex())
    assert not [k for k in links if k.relation in LINEAGE or k.relation == "version"]
    assert len(links) < 60 * 15


def test_the_memory_index_keeps_what_it_settles(monkeypatch):
    index = MemoryIndex()
    monkeypatch.setattr(MemoryIndex, "_WAITING", 100)
    r = random.Random(7)
    words = [f"w{i}" for i in range(3000)]
    texts = {f"t{i}": text(f"t{i}", " ".join(r.choices(words, k=120))) for i in range(80)}
    for t in texts.values():
        index.add(t)
    for t in texts.values():
        copy = text("copy", t.text, day="2024-06-01")
        assert [k.other_id for k in place(copy, index, texts)] == [t.document_id]
