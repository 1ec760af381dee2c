"""The search for misspelled names: about a point, in a country, with what the name itself says of where it lies."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.places.fuzzy import likeness, sounded
from warlog.places.gazetteer import Gazetteer
from warlog.places.keys import loose_key
from warlog.places.packs import add_pack
from warlog.places.search import readings

ROOT = Path(__file__).resolve().parents[2]

TEXT = """id,name,alt_names,lat,lon,kind,country,admin1
1,Khan as-Subul,,35.756,36.757,village,SY,Idlib
2,Khan Shaykhun,,35.44,36.65,town,SY,Idlib
3,Maarrat an-Nu'man,,35.65,36.68,town,SY,Idlib
4,Jalamah,,36.30,36.70,village,SY,Aleppo
5,Jalamah,,35.20,36.80,village,SY,Hama
6,Karnaz,,35.38,36.47,town,SY,Hama
7,Saraqib,سراقب,35.86,36.80,town,SY,Idlib
8,Deir Sunbul,,35.60,36.50,village,SY,Idlib
9,Bakhmut,Артёмовск,48.59,38.00,city,UA,Donetsk
10,Yangon,,16.81,96.16,city,MM,Yangon
11,Horlivka,Горлівка,48.30,38.05,city,UA,Donetsk
12,Gondar,ጎንደር,12.60,37.47,city,ET,Amhara
13,Karnazah,,34.9,36.1,village,LB,Akkar
"""


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder = tmp_path_factory.mktemp("search")
    (folder / "own.csv").write_text(TEXT, encoding="utf-8")
    add_pack(folder / "own.csv", home=folder)
    return Gazetteer.open(home=folder, builtin=False)


def first(gazetteer: Gazetteer, name: str, **asked: object) -> str | None:
    found = gazetteer.search(name, **asked)  # type: ignore[arg-type]
    return found[0].place.place_id.removeprefix("own:") if found else None


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Khan Elsobol", "1"),
        ("Khan Assubul", "1"),
        ("Khan al-Subul", "1"),
        ("Khan Shaikoun", "2"),
        ("Ma'aret al-Numan", "3"),
        ("Maarat Nouman", "3"),
        ("Sarakeb", "7"),
        ("Srqib", "7"),
        ("Dayr Sonbol", "8"),
        ("سراقب", "7"),
        ("Gorlovka", "11"),
    ],
)
def test_variants_and_misspellings_are_found_anywhere(gazetteer: Gazetteer, written: str, wanted: str) -> None:
    assert first(gazetteer, written) == wanted


def test_a_point_and_a_country_bound_the_search(gazetteer: Gazetteer) -> None:
    assert first(gazetteer, "Jalma", near=(36.31, 36.72), km=15) == "4"
    assert first(gazetteer, "Jalma", near=(35.21, 36.79), km=15) == "5"
    assert first(gazetteer, "Saraqib", near=(36.31, 36.72), km=15) is None
    assert first(gazetteer, "Karnaz", countries=["LB"]) == "13"
    assert first(gazetteer, "Karnaz", countries=["XX"]) is None


def test_what_stands_in_brackets_tells_namesakes_apart(gazetteer: Gazetteer) -> None:
    assert first(gazetteer, "Jalama (Karnaz)") == "5"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("Artyomovsk", "own:9"), ("Artemivsk", "own:9"), ("Rangoon", "own:10"), ("Gonder", "own:12"), ("Khan Elsobol", "own:1")],
)
def test_filters_take_any_spelling_old_names_too(gazetteer: Gazetteer, written: str, wanted: str) -> None:
    assert gazetteer.spellings(written) == [wanted]


def test_a_filter_gives_all_namesakes_and_nothing_for_another_name(gazetteer: Gazetteer) -> None:
    assert set(gazetteer.spellings("Jalamah")) == {"own:4", "own:5"}
    assert gazetteer.spellings("Timbuktu") == []
    assert gazetteer.spellings("") == []


@pytest.mark.parametrize("name", ["", " ", "()", "-", "A - B", "''", "x" * 5000, "\u0301", "١٢٣", "🙂"])
def test_any_text_can_be_searched(gazetteer: Gazetteer, name: str) -> None:
    assert len(gazetteer.search(name)) <= 10
    assert gazetteer.search(name, near=(0.0, 179.99), km=30) == []


@given(st.text(alphabet="abdfghijklmnrstuxz$", max_size=12), st.text(alphabet="abdfghijklmnrstuxz$", max_size=12))
def test_likeness_is_a_share_takes_no_side_and_is_whole_only_for_the_same(a: str, b: str) -> None:
    assert 0.0 <= likeness(a, b) <= 1.0
    assert likeness(a, b) == pytest.approx(likeness(b, a))
    assert likeness(a, a) == 1.0
    assert (likeness(a, b) == 1.0) == (a == b)


@given(st.text(max_size=30))
def test_the_first_reading_is_the_name_as_it_stands(name: str) -> None:
    costs = [cost for _, cost in readings(name)]
    assert costs == [] or costs[0] == 0.0
    assert all(0.0 <= cost < 1.0 for cost in costs)


def test_a_near_consonant_is_nearer_than_another() -> None:
    assert likeness(loose_key("Saraqib"), loose_key("Sarakhib")) > likeness(loose_key("Saraqib"), loose_key("Saramib"))
    assert sounded("kg") == "KkKg"


def test_the_floors_of_the_two_syrian_sources_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    if not (ROOT.parent / "shared" / "gold" / "dev" / "claims.jsonl").exists():
        pytest.skip("the data folder ../shared is not here")
    monkeypatch.setattr("sys.argv", ["places.py", "--check", "--pairs", "300"])
    assert runpy.run_path(str(ROOT / "bench" / "places.py"))["main"]() == 0
