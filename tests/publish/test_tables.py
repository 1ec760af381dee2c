from __future__ import annotations

import csv
import io
import json

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from warlog.publish import tables
from warlog.publish.cells import cell, write_csv
from warlog.publish.listings import actors, places
from warlog.publish.parties import Parties
from warlog.records import GUIDE_FIELDS, Casualties, Claim, describe


def test_a_claim_as_json_has_the_coding_guides_fields_first_then_all_others(claim):
    stream = io.StringIO()
    made = claim(casualties=[Casualties("killed", "men", 3, None)])
    assert tables.write_jsonl(stream, [made]) == 1
    row = json.loads(stream.getvalue())
    assert tuple(row)[: len(GUIDE_FIELDS)] == GUIDE_FIELDS
    assert set(row) == set(describe(Claim))
    assert row["casualties"] == [{"outcome": "killed", "who": "men", "low": 3, "high": None}]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_text_that_a_spreadsheet_would_run_is_guarded(text):
    assert str(cell(text)).startswith("'")


@pytest.mark.parametrize("value", [-12.5, 3, "plain", "a - b", ""])
def test_numbers_and_plain_text_stay_as_they_are(value):
    assert cell(value) == value


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b"]), st.text(alphabet=st.characters(exclude_categories=["Cs"])))))
def test_csv_comes_back_as_it_was_but_for_the_guard(rows):
    stream = io.StringIO(newline="")
    write_csv(stream, ("a", "b"), rows)
    back = list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))
    assert len(back) == len(rows)
    for was, is_ in zip(rows, back, strict=True):
        for name in ("a", "b"):
            assert is_[name].removeprefix("'") == was.get(name, "").removeprefix("'")


def test_parquet_keeps_types_lists_and_documentation(claim, tmp_path):
    made = [claim(casualties=[Casualties("killed", "men", 3, None)]), claim(lat=None)]
    with (tmp_path / "claims.parquet").open("wb") as stream:
        assert tables.write_parquet(stream, Claim, made) == 2
    table = pq.read_table(tmp_path / "claims.parquet")
    assert table.column("casualties").to_pylist()[0] == [{"outcome": "killed", "who": "men", "low": 3, "high": None}]
    assert table.column("lat").to_pylist() == [35.0, None]
    assert table.schema.field("quote").metadata[b"doc"] == describe(Claim)["quote"].encode()
    assert table.column_names == tables.fields(Claim)


def test_the_table_shows_hostile_text_as_text(claim):
    console = Console(file=io.StringIO(), width=200)
    tables.write_table(console, Claim, [claim(quote="[red]no markup[/red] \x1b[2J gone")])
    shown = console.file.getvalue()
    assert "[red]no markup[/red]" in shown
    assert "\x1b" not in shown


def test_places_and_actors_are_listed_once_with_their_wordings(claim):
    hill = {"place": "Hill", "place_id": None, "anchor": "Alpha", "place_status": "anchored"}
    told = [claim(place="Alpha"), claim(place="al-Pha"), claim(**hill)]
    rows = places(told)
    assert [(r.place_id, r.claims, r.status) for r in rows] == [("p:alpha", 2, "resolved"), ("name:hill@alpha", 1, "anchored")]
    assert rows[0].written == ["Alpha", "al-Pha"]
    found = {r.actor_id: r for r in actors([claim(target="two villagers"), claim(actor="Syrian army")], Parties())}
    assert found["army"].written == ["Syrian army", "army"]
    assert (found["army"].as_actor, found["name:two villagers"].as_target) == (2, 1)
    assert found["name:two villagers"].kind == "civilian"
