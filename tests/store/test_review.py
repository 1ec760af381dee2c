"""Claims go out to a sheet and come back as decisions that hold in everything."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from log_making import FakeExtractor

from warlog.errors import InputError, UsageError
from warlog.pipeline import read_sources, rebuild
from warlog.records import OUTCOMES, Casualties, Claim, Document
from warlog.review import read_review, write_review
from warlog.review.sheet import COLUMNS, guard, unguard
from warlog.review.tolls import NotTolls, read_tolls, write_tolls
from warlog.store import ClaimFilter, Log, actor_names

pytestmark = pytest.mark.usefixtures("rooms")

TEXT = (
    "The Army captured Saraqib on 2020-01-29. Rebels captured Nowhere. "
    "The Army captured Khan Tuman on 2020-01-28. Rebels captured Maarat al-Numan on 2020-01-20."
)
Row = dict[str, str]


@pytest.fixture
def log(rooms: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(actor_names.Resolver, "__call__", lambda _self, name, _claim: ([f"known:{name}"], [name.upper()]))
    (tmp_path / "a.txt").write_text(TEXT)
    with Log.open(tmp_path / "war.db") as opened:
        read_sources(opened, [tmp_path / "a.txt"], extractor=FakeExtractor())
        yield opened


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "review.csv"


def rows_of(path: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def edit(path: Path, change: Callable[[list[Row]], object], delimiter: str = ",") -> None:
    rows = rows_of(path)
    change(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def out_and_in(log: Log, sheet: Path, change: Callable[[list[Row]], object], reviewer: str = "Ann"):
    write_review(log, sheet, ClaimFilter(include_rejected=True))
    edit(sheet, change)
    return read_review(log, sheet, reviewer)


def test_the_sheet(log: Log, sheet: Path) -> None:
    assert write_review(log, sheet) == 4
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbfclaim_id,decision,event_type,actor,")
    rows = rows_of(sheet)
    assert [r["place"] for r in rows] == ["Saraqib", "Nowhere", "Khan Tuman", "Maarat al-Numan"]
    assert all(r[name] == r[f"original_{name}"] for r in rows for name in ("actor", "lat", "casualties"))
    assert rows[0]["casualties"] == "killed 12.. fighters"
    assert rows[0]["quote"] == "The Army captured Saraqib on 2020-01-29."
    assert len(rows[0]["sha256"]) == 64
    assert write_review(log, sheet, ClaimFilter(place="saraqib")) == 1


def test_an_untouched_sheet_says_nothing(log: Log, sheet: Path) -> None:
    report = out_and_in(log, sheet, lambda rows: None)
    assert (report.blank, report.decided, report.failed) == (4, 0, [])
    assert not list(log.decisions())


def test_rulings_hold_in_everything(log: Log, sheet: Path) -> None:
    def change(rows: list[Row]) -> None:
        rows[0]["decision"] = "accept"
        rows[1]["decision"] = "Reject"
        rows[1]["note"] = "no such place"
        rows[2]["actor"] = "HTS"
        rows[2]["date_end"] = "2020-01-30"
        rows[2]["casualties"] = "killed 13..15; wounded 2 officers"

    report = out_and_in(log, sheet, change)
    assert (report.accepted, report.rejected, report.corrected, report.blank, report.failed) == (1, 1, 1, 1, [])

    def check() -> None:
        claims = list(log.claims())
        assert [(c.place, c.review) for c in claims] == [
            ("Saraqib", "accepted"),
            ("Khan Tuman", "corrected"),
            ("Maarat al-Numan", None),
        ]
        assert (claims[1].actor, claims[1].actor_ids, claims[1].date_end) == ("HTS", ["known:HTS"], "2020-01-30")
        assert claims[1].casualties == [Casualties("killed", None, 13, 15), Casualties("wounded", "officers", 2, 2)]
        assert [c.place for c in log.claims(ClaimFilter(actor="hts"))] == ["Khan Tuman"]
        assert [c.place for c in log.claims(ClaimFilter(actor="army"))] == ["Saraqib"]
        assert [c.review for c in log.claims(ClaimFilter(include_rejected=True))] == ["accepted", "rejected", "corrected", None]
        assert [e.place_name for e in log.events()] == ["Saraqib", "Khan Tuman", "Maarat al-Numan"]
        assert next(iter(log.events(ClaimFilter(actor="HTS")))).actor_names == ["HTS"]
        assert [p.holder_ids for p in log.place_days(ClaimFilter(place="Khan"))] == [["known:HTS"]]
        assert [(d.verdict, d.reviewer, d.note) for d in log.decisions()] == [
            ("accepted", "Ann", ""), ("rejected", "Ann", "no such place"), ("corrected", "Ann", ""),
        ]  # fmt: skip

    check()
    rebuild(log, FakeExtractor())
    check()


def test_reading_a_sheet_again_decides_nothing(log: Log, sheet: Path) -> None:
    def change(rows: list[Row]) -> None:
        rows[0]["place"] = "Sarmin"
        rows[1]["decision"] = "reject"
        rows[2]["decision"] = "accept"

    first = out_and_in(log, sheet, change)
    assert first.decided == 3
    assert first.warnings == [f"{sheet}, row 2: the place was changed but not its point, so the claim has no point now."]
    again = read_review(log, sheet, "Bob")
    assert (again.decided, again.unchanged, again.blank) == (0, 3, 1)
    # A sheet written after the rulings shows what they led to, and says nothing new.
    fresh = out_and_in(log, sheet, lambda rows: None, "Bob")
    assert (fresh.decided, fresh.unchanged, fresh.failed) == (0, 3, [])
    assert len(list(log.decisions())) == 3


def test_a_later_ruling_supersedes(log: Log, sheet: Path) -> None:
    out_and_in(log, sheet, lambda rows: rows[0].update(decision="reject"))
    assert rows_of(sheet)[0]["decision"] == "reject"
    out_and_in(log, sheet, lambda rows: rows[0].update(decision="accept"), "Bob")
    first, second = log.decisions()
    assert (first.verdict, first.superseded_by) == ("rejected", second.decision_id)
    assert (second.verdict, second.superseded_by, second.reviewer) == ("accepted", None, "Bob")
    assert next(log.claims()).review == "accepted"
    assert log.decision_on(next(log.claims()).claim_id) == second


def test_a_correction_is_taken_back_by_accepting_what_was_derived(log: Log, sheet: Path) -> None:
    out_and_in(log, sheet, lambda rows: rows[0].update(actor="HTS"))
    out_and_in(log, sheet, lambda rows: rows[0].update(actor=rows[0]["original_actor"], decision="accept"))
    claim = next(log.claims())
    assert (claim.actor, claim.review) == ("Army", "accepted")


def test_what_a_spreadsheet_does_to_a_sheet(log: Log, sheet: Path) -> None:
    """Semicolons for commas, dates and numbers in another look: what was not changed is not a correction."""
    write_review(log, sheet)

    def change(rows: list[Row]) -> None:
        for row in rows:
            for name in ("date_start", "original_date_start"):
                row[name] = "/".join(reversed(row[name].split("-"))) if row[name] else ""
            for name in ("lat", "original_lat"):
                row[name] = row[name].replace(".", ",")
            row["claim_id"] = "1,23E+15"
        rows[0]["lon"] = "36,81"

    edit(sheet, change, delimiter=";")
    report = read_review(log, sheet)
    assert (report.corrected, report.blank, report.failed) == (1, 3, [])
    claim = next(log.claims())
    assert (claim.lat, claim.lon, claim.date_start) == (35.8645, 36.81, "2020-01-29")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"decision": "maybe"}, "column decision: 'maybe' is none of accept, reject, correct"),
        ({"decision": "correct"}, "column decision: it says correct, but no cell was changed"),
        ({"event_type": "battle"}, "column event_type: 'battle' is no event type"),
        ({"event_type": ""}, "column event_type: an event type is needed"),
        ({"certainty": "sure"}, "column certainty: 'sure' is none of asserted, hedged"),
        ({"lat": "north"}, "column lat: 'north' is not a number of degrees"),
        ({"lat": "91"}, "column lat: 91 is not between -90 and 90"),
        ({"lon": "nan"}, "column lon: nan is not between -180 and 180"),
        ({"lat": ""}, "columns lat and lon: give both or neither"),
        ({"date_start": "29.1.2020"}, "column date_start: '29.1.2020' is not a day written like 2020-01-29"),
        ({"date_start": "2020-02-30"}, "column date_start: '2020-02-30' is not a day"),
        ({"date_start": "2020-02-01"}, "columns date_start and date_end: 2020-02-01 is after 2020-01-29"),
        ({"casualties": "many dead"}, "column casualties: 'many' is none of killed"),
        ({"casualties": "killed 15..13"}, "column casualties: '15..13' is a range that ends before it begins"),
        ({"claim_id": "no", "sha256": "x", "decision": "accept"}, "column claim_id: the log has no claim no"),
        ({"note": "look at this"}, "column note: there is a note but no decision"),
    ],
)
def test_a_bad_row_is_told_and_the_good_ones_kept(log: Log, sheet: Path, cells: Row, told: str) -> None:
    def change(rows: list[Row]) -> None:
        rows[0].update(cells)
        rows[3]["decision"] = "accept"

    report = out_and_in(log, sheet, change)
    assert len(report.failed) == 1
    assert report.failed[0].startswith(f"{sheet}, row 2: {told}")
    assert report.failed[0].endswith(".")
    assert [d.place for d in log.decisions()] == ["Maarat al-Numan"]


def test_a_sentence_that_stands_twice_takes_one_ruling(log: Log, tmp_path: Path, sheet: Path) -> None:
    (tmp_path / "twice.txt").write_text("Rebels captured Saraqib. Rebels captured Saraqib.")
    read_sources(log, [tmp_path / "twice.txt"], extractor=FakeExtractor())

    def change(rows: list[Row]) -> None:
        rows[4]["decision"] = "accept"
        rows[5]["decision"] = "reject"

    report = out_and_in(log, sheet, change)
    assert report.failed == [f"{sheet}, row 7: rules otherwise than row 6 on the same sentence, event type, place and actor."]
    assert [c.review for c in log.claims(ClaimFilter(document="twice"))] == ["accepted", "accepted"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a,b\n1,2\n", "is not a review sheet: it has no column claim_id or decision"),
        (b"", "is not a review sheet"),
        ("claim_id,decision\ná,accept\n".encode("latin-1"), "is not UTF-8: save it as 'CSV UTF-8'"),
        (b"PK\x03\x04\x00\xff", "is not UTF-8"),
    ],
)
def test_not_a_sheet(log: Log, sheet: Path, content: bytes, told: str) -> None:
    sheet.write_bytes(content)
    with pytest.raises(InputError, match=told):
        read_review(log, sheet)
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_review(log, sheet.with_name("gone.csv"))


def test_a_sheet_that_cannot_be_written(log: Log, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written: No such file or directory"):
        write_review(log, tmp_path / "no" / "review.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write_review(log, tmp_path / "folder.csv")
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(".tmp")]


def test_a_new_run_may_give_the_claim_another_id(log: Log, sheet: Path) -> None:
    class Renaming(FakeExtractor):
        def __call__(self, document: Document) -> list[Claim]:
            return [dataclasses.replace(c, claim_id=f"new{c.claim_id[3:]}") for c in super().__call__(document)]

    write_review(log, sheet)
    edit(sheet, lambda rows: rows[0].update(decision="reject"))
    rebuild(log, Renaming())
    assert read_review(log, sheet).rejected == 1
    assert [c.place for c in log.claims()] == ["Nowhere", "Khan Tuman", "Maarat al-Numan"]


@given(st.text())
def test_guarding_is_undone(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.sampled_from("=+-@\t\r＝＋－＠"), st.text(min_size=1))
def test_nothing_that_looks_like_a_formula_stands_bare(start: str, rest: str) -> None:
    cell = guard(start + rest)
    assert cell.startswith("'") or float(cell) <= 0


def test_numbers_stay_numbers() -> None:
    assert guard("-35.5") == "-35.5"
    assert guard("=1+1") == "'=1+1"
    assert guard("  =1") == "'  =1"


bounds = st.one_of(
    st.just((None, None)),
    st.integers(0, 10**7).map(lambda n: (n, n)),
    st.integers(0, 10**7).map(lambda n: (n, None)),
    st.integers(0, 10**7).map(lambda n: (None, n)),
    st.tuples(st.integers(0, 10**4), st.integers(0, 10**4)).map(lambda b: (min(b), max(b))),
)
tolls = st.builds(
    lambda outcome, who, low_high: Casualties(outcome, who, *low_high),
    st.sampled_from(OUTCOMES),
    st.none()
    | st.text()
    | st.sampled_from(["civilians", "12 others", "..5 men", '"so-called" fighters', "men; women", "a\\b", "+3", "?"]),
    bounds,
)


@given(st.lists(tolls, max_size=4))
def test_tolls_come_back_exactly(told: list[Casualties]) -> None:
    assert read_tolls(write_tolls(told)) == told


@given(st.text() | st.text('killed wounded0123456789.;?-" \\', max_size=30))
def test_any_text_is_tolls_or_told_why_not(text: str) -> None:
    try:
        told = read_tolls(text)
    except NotTolls as error:
        why = str(error)
    else:
        why = "" if read_tolls(write_tolls(told)) == told else "it does not come back the same"
    assert why != "it does not come back the same"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", []),
        ("killed 12.. civilians; wounded 5 fighters", [("killed", "civilians", 12, None), ("wounded", "fighters", 5, 5)]),
        ("killed ..200", [("killed", None, None, 200)]),
        ("killed or wounded 13..15 militants", [("killed_or_wounded", "militants", 13, 15)]),
        ("killed 13-15", [("killed", None, 13, 15)]),
        ("Killed: 12+ men ;", [("killed", "men", 12, None)]),
        ("missing ? ", [("missing", None, None, None)]),
        ("displaced families", [("displaced", "families", None, None)]),
        ('wounded 3 "men; women"', [("wounded", "men; women", 3, 3)]),
        ("killed 13.. 15 men", [("killed", "15 men", 13, None)]),
    ],
)
def test_ways_to_write_tolls(text: str, told: list[tuple[str, str | None, int | None, int | None]]) -> None:
    assert [(t.outcome, t.who, t.low, t.high) for t in read_tolls(text)] == told
