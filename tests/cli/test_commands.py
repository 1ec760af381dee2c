from __future__ import annotations

import csv
import io
import json
import os

import pyarrow.parquet as pq
import pytest

from warlog.cli import main
from warlog.cli.progress import Meter
from warlog.pipeline import ReadInterrupted, ReadReport
from warlog.records import GUIDE_FIELDS, Claim, describe


def _one_sentence(text):
    return text.strip().count("\n") == 0 and text.strip().endswith((".", "?"))


# -- reading ----------------------------------------------------------------------------------------------------------


def test_read_tells_what_came_of_it_and_a_second_time_that_nothing_is_new(log, pages, capsys):
    assert main(["read", str(pages), "--log", str(log)]) == 0
    assert "Nothing new: all 2 inputs are in" in capsys.readouterr().out


def test_read_keeps_the_good_inputs_and_names_the_bad(tmp_path, pages, capsys):
    assert main(["read", str(pages), str(tmp_path / "gone.txt"), "--log", str(tmp_path / "x.db")]) == 1
    told = capsys.readouterr()
    assert "2 documents read, 2 claims" in told.out
    assert "gone.txt" in told.err
    assert _one_sentence(told.err)


def test_ctrl_c_ends_with_130_and_says_what_is_kept(tmp_path, pages, capsys, monkeypatch):
    def stopped(*_args, **_more):
        raise ReadInterrupted(ReadReport(documents=1))

    monkeypatch.setattr("warlog.pipeline.read_sources", stopped)
    assert main(["read", str(pages), "--log", str(tmp_path / "x.db")]) == 130
    assert "1 documents were read and kept" in capsys.readouterr().err


def test_rebuild_gives_the_same_claims(run):
    code, out, _ = run("rebuild")
    assert code == 0
    assert "2 claims as before, 0 new, 0 gone" in out


# -- listings ---------------------------------------------------------------------------------------------------------


def test_claims_as_json_lines_keep_the_contract(run):
    code, out, _ = run("claims", "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(rows) == 2
    for row in rows:
        assert tuple(row)[: len(GUIDE_FIELDS)] == GUIDE_FIELDS
        assert set(row) == set(describe(Claim))
    assert rows[1]["casualties"] == [{"outcome": "killed", "who": "people", "low": 5, "high": 5}]


@pytest.mark.parametrize("command", ["claims", "events", "places", "actors", "documents", "control"])
@pytest.mark.parametrize("form", ["table", "csv", "jsonl", "parquet"])
def test_every_listing_has_every_format(run, tmp_path, command, form):
    out = tmp_path / f"out.{form}"
    code, shown, told = run(command, "--format", form, "--out", str(out))
    assert (code, shown, told) == (0, "", "")
    if form == "parquet":
        assert pq.read_table(out).num_rows > 0
    elif form == "csv":
        assert list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    elif form == "jsonl":
        assert all(json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    else:
        assert "alpha" in out.read_text(encoding="utf-8").lower() or command in ("documents", "actors")


@pytest.mark.parametrize(
    ("options", "types"),
    [
        (["--place", "alpha"], ["territory_captured"]),
        (["--actor", "army"], ["territory_captured"]),
        (["--type", "air-strike"], ["air_strike"]),
        (["--type", "air_strike", "--type", "territory_captured"], ["territory_captured", "air_strike"]),
        (["--near", "35.5,36,10"], ["air_strike"]),
        (["--near", "-35.5,36,10"], []),
        (["--from", "2020-01-29"], []),
        (["--to", "2020-01-28"], ["territory_captured", "air_strike"]),
        (["--document", "one"], ["territory_captured"]),
    ],
)
def test_filters(run, options, types):
    code, out, _ = run("claims", "--format", "jsonl", *options)
    assert code == 0
    assert [json.loads(line)["event_type"] for line in out.splitlines()] == types


def test_an_empty_listing_says_why(run):
    code, out, told = run("events", "--place", "Nowhere")
    assert (code, out) == (0, "")
    assert told == "Nothing in the log matches; it has 2 documents and 2 claims.\n"


def test_control_on_a_day_and_over_days(run):
    assert [json.loads(line)["day"] for line in run("control", "--format", "jsonl")[1].splitlines()] == ["2020-01-29"]
    assert run("control", "--on", "2020-01-27", "--format", "jsonl")[1] == ""
    days = run("control", "--from", "2020-01-28", "--format", "jsonl")[1].splitlines()
    assert [json.loads(line)["day"] for line in days] == ["2020-01-28", "2020-01-29"]


# -- products ---------------------------------------------------------------------------------------------------------


def test_explain_leads_to_the_sentence(run):
    event = json.loads(run("events", "--format", "jsonl", "--place", "Alpha")[1])["event_id"]
    for record_id in (f"{1:016x}", event, "sample:alpha/2020-01-28"):
        code, out, _ = run("explain", record_id)
        assert code == 0
        assert "The army captured Alpha on Tuesday." in out


def test_sitrep_in_both_formats(run, tmp_path):
    code, out, _ = run("sitrep", "--on", "2020-01-28")
    assert code == 0
    assert out.startswith("# Situation report: 28 January 2020")
    assert "5 people killed" in out
    assert run("sitrep", "--out", str(tmp_path / "report.html"))[0] == 0
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_map_is_one_file(run, tmp_path):
    code, out, _ = run("map", "--out", str(tmp_path / "map.html"))
    assert code == 0
    assert "2 events, 2 of them placed, and control of 1 places" in out
    assert "A strike on Beta" in (tmp_path / "map.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("layout", "events"), [("acled", 2), ("ged", 1)])
def test_exports_to_a_file_or_the_terminal(run, tmp_path, layout, events):
    code, out, _ = run("export", layout)
    assert code == 0
    assert len(list(csv.DictReader(io.StringIO(out)))) == events
    assert run("export", layout, "--out", str(tmp_path / "x.csv"))[2].endswith(f"{events} events.\n")


def test_export_geojson_has_events_and_control(run):
    features = json.loads(run("export", "geojson")[1])["features"]
    assert {f["properties"]["kind"] for f in features} == {"event", "control"}


def test_review_goes_out_and_comes_back(run, tmp_path):
    sheet = tmp_path / "sheet.csv"
    assert run("review", "out", str(sheet))[0] == 0
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    rows[0]["decision"] = "reject"
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    code, out, _ = run("review", "in", str(sheet), "--reviewer", "anna")
    assert code == 0
    assert "1 rejected" in out
    assert len(run("claims", "--format", "jsonl")[1].splitlines()) == 1


def test_evaluate_scores_a_perfect_match(tmp_path, pages, run, capsys):
    gold = tmp_path / "gold.jsonl"
    assert run("claims", "--format", "jsonl", "--out", str(gold))[0] == 0
    assert main(["evaluate", str(gold), str(pages), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["all"]["f1"] == 1.0


def test_demo_makes_everything_and_may_be_run_again(tmp_path, capsys):
    out = tmp_path / "demo"
    for _ in range(2):
        assert main(["demo", "--out", str(out)]) == 0
    told = capsys.readouterr().out
    for name in ("map.html", "situation-report.html", "review.csv", "acled.csv", "ged.csv", "events.geojson", "claims.jsonl"):
        assert (out / name).stat().st_size > 0
        assert name in told


def test_demo_leaves_a_folder_of_something_else_alone(tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    assert main(["demo", "--out", str(tmp_path / "mine")]) == 2
    assert _one_sentence(capsys.readouterr().err)
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_gazetteers_come_and_go(tmp_path, capsys):
    source = tmp_path / "hills.csv"
    head = "id,name,alt_names,lat,lon,kind,country,admin1,admin2,population"
    source.write_text(f"{head}\n1,Alpha,,35,36,hill,SY,,,\n", encoding="utf-8")
    assert main(["gazetteer", "add", str(source)]) == 0
    name = capsys.readouterr().out.partition(":")[0]
    assert main(["gazetteer", "list", "--format", "jsonl"]) == 0
    assert [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()] == [name]
    assert main(["gazetteer", "remove", name]) == 0
    capsys.readouterr()
    assert main(["gazetteer", "list"]) == 0
    assert "No pack is installed" in capsys.readouterr().err


def test_version(capsys):
    assert main(["version"]) == main(["--version"]) == 0
    assert capsys.readouterr().out.count("Warlog 0") == 2


# -- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["claims"], 3, "There is no log at"),
        (["claims", "--from", "Tuesday"], 2, "--from takes a day such as 2020-01-29, not 'Tuesday'."),
        (["claims", "--from", "2020-02-01", "--to", "2020-01-01"], 2, "is later than --to"),
        (["claims", "--type", "airstrike"], 2, "perhaps 'air_strike'?"),
        (["claims", "--near", "35,36"], 2, "--near takes LAT,LON,KM"),
        (["claims", "--near", "95,36,1"], 2, "--near takes LAT,LON,KM"),
        (["control", "--on", "2020-01-01", "--from", "2020-01-01"], 2, "give one or the other"),
        (["nonsense"], 2, "No such command"),
        (["claims", "--nonsense"], 2, "--nonsense"),
        (["read"], 2, "SOURCE"),
        (["export", "excel"], 2, "excel"),
        (["gazetteer", "remove", "nothing"], 2, "nothing"),
        (["evaluate", "none.jsonl", "none"], 1, "none.jsonl"),
    ],
)
def test_a_mistake_is_one_sentence_on_stderr_and_a_code(arguments, code, part, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert part in told.err
    assert told.err.count("\n") == 1


def test_an_unknown_id_is_one_sentence(run):
    code, _, told = run("explain", "nothing")
    assert code == 2
    assert _one_sentence(told)


def test_a_file_that_cannot_be_written_is_one_sentence(run, tmp_path):
    for arguments in (["claims", "--format", "csv"], ["map"], ["export", "ged"], ["sitrep"], ["events", "--format", "parquet"]):
        code, _, told = run(*arguments, "--out", str(tmp_path / "no" / "x"))
        assert code == 2
        assert _one_sentence(told)


def test_the_log_can_be_named_by_the_environment(log, capsys, monkeypatch):
    monkeypatch.setenv("WARLOG_LOG", os.fspath(log))
    assert main(["claims", "--format", "jsonl"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_no_bar_where_nobody_looks(capsys):
    with Meter() as meter:
        meter.show("reading", 1, 2, "x", slow=True)
    assert capsys.readouterr().err == ""
