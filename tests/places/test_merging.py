"""Entries of several sources that are one place: matched by id or by name and point, answered as one, found by any id."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from warlog.places.gazetteer import Gazetteer
from warlog.places.links import as_groups, linked_rows
from warlog.places.packs import add_pack, remove_pack

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "gazetteers"

HEADER = "id,name,alt_names,lat,lon,kind,country,admin1,admin2,admin3,pcode,population,sensitive,source,licence\n"
FIRST = HEADER + (
    "1,Tall Mahir,تل ماهر,36.1,37.1,locality,SY,Halab,,,,,,,\n"
    "2,Khan Dara,,36.2,37.2,locality,SY,Halab,,,,,,,\n"
    "3,Ar Rusafah,,36.3,37.3,locality,SY,Halab,,,,,,,\n"
    "4,Jabal Sakr,,36.4,37.4,hill,SY,,,,,,,,\n"
    "5,Kafr Nur,,36.5,37.5,locality,SY,,,,,,,,\n"
)
SECOND = HEADER + (
    "a,Tell Maher,,36.101,37.102,village,SY,Aleppo,Jebel,Sub,C1,1200,,Office,CC BY\n"
    "b,Kan Darra,,36.2,37.21,village,SY,,,,C2,,,,\n"
    "c,Rasafa,,36.6,37.3,village,SY,,,,C3,,,,\n"
    "d,Jabal Sakr,,36.4,37.4,village,SY,,,,C4,,,,\n"
    "e,Kafr Halab,,36.5001,37.5001,village,SY,,,,C5,,yes,,\n"
)


@pytest.fixture
def both(tmp_path: Path) -> Gazetteer:
    for name, text in (("first", FIRST), ("second", SECOND)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        add_pack(tmp_path / f"{name}.csv", home=tmp_path)
    return Gazetteer.open(home=tmp_path, builtin=False)


def test_a_merged_place_has_all_names_and_ids_and_is_found_by_each(both: Gazetteer) -> None:
    (found,) = both.lookup("Tell Maher")
    assert found.place_id == "first:1"
    for identifier in ("first:1", "second:a"):
        place = both.get(identifier)
        assert place is not None
        assert (place.place_id, place.ids) == ("first:1", ("second:a",))
        assert (place.name, place.lat, place.admin1, place.kind) == ("Tall Mahir", 36.1, "Halab", "village")
        assert (place.admin2, place.admin3, place.pcode, place.population) == ("Jebel", "Sub", "C1", 1200)
        assert {"تل ماهر", "Tell Maher"} <= set(place.names)
        assert place.source == "first.csv; Office"
    assert both.spellings("Tal Mahir") == ["first:1", "second:a"]
    assert both.spellings("تل ماهر") == ["first:1", "second:a"]


def test_what_is_near_is_told_once(both: Gazetteer) -> None:
    rows = both.near(36.1, 37.1, 3.0)
    assert [both.place(r).place_id for r in rows] == ["first:1"]


def test_far_apart_other_kinds_and_other_names_are_not_merged(both: Gazetteer) -> None:
    for identifier in ("second:c", "second:d", "second:e"):
        place = both.get(identifier)
        assert place is not None
        assert place.place_id == identifier
    assert both.get("second:b") == both.get("first:2"), "a misspelling right there is the same place"


def test_credit_is_given_to_every_source_of_a_merged_place(both: Gazetteer) -> None:
    assert both.attributions(["first:1"]) == ["Places from first.csv", "Places from second.csv"]
    assert both.attributions(["first:3"]) == ["Places from first.csv"]


def test_removing_a_pack_undoes_its_merges(both: Gazetteer, tmp_path: Path) -> None:
    assert both.get("second:a") is not None
    remove_pack("first", home=tmp_path)
    after = Gazetteer.open(home=tmp_path, builtin=False)
    place = after.get("second:a")
    assert place is not None
    assert (place.place_id, place.ids) == ("second:a", ())


def test_a_shared_id_makes_one_place_of_two_names(tmp_path: Path) -> None:
    record = {
        "id": 9, "n": "Zaitoun", "pt": "locality", "lat": 36.0, "lon": 37.0, "names": {}, "conc": {"gn:id": 77}, "ctry": "SY",
        "par": 1, "hier": [], "sup": [], "dep": None, "pop": None,
    }  # fmt: skip
    import json

    (tmp_path / "wof_sy.json").write_text(json.dumps([record]))
    row = ["77", "Olive Farm", "", "", "36.05", "37.05", "P", "PPL", "SY", "", "01", "", "", "", "50", "", "", "", ""]
    (tmp_path / "SY.txt").write_text("\t".join(row) + "\n")
    for name in ("wof_sy.json", "SY.txt"):
        add_pack(tmp_path / name, home=tmp_path)
    gazetteer = Gazetteer.open(home=tmp_path, builtin=False)
    assert gazetteer.get("geonames:77") == gazetteer.get("wof:9")
    assert gazetteer.lookup("Olive Farm")[0].place_id == "wof:9"


def test_groups_follow_links_to_the_first() -> None:
    links = [(np.array([0, 1]), np.array([3, 4])), (np.array([3]), np.array([6])), (np.array([4]), np.array([6]))]
    assert as_groups(7, links).tolist() == [0, 1, 2, 0, 1, 5, 0]


def test_the_two_sources_of_syria_are_mostly_the_same_places(tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("the gazetteers in ../shared are not here")
    for name in ("wof_sy.json.gz", "ocha_syr_communities.csv.gz"):
        add_pack(SHARED / name, home=tmp_path)
    gazetteer = Gazetteer.open(home=tmp_path, builtin=False)
    one, other = gazetteer._indexes
    rows, others = linked_rows(one, other)
    assert len(rows) >= 5_300
    assert len(set(rows.tolist())) == len(rows)
    assert len(set(others.tolist())) == len(others)
    saraqib = gazetteer.find("Saraqib")[0].place
    assert saraqib.place_id.startswith("wof:")
    assert saraqib.pcode.startswith("C")
    assert saraqib.admin3 != ""
    assert gazetteer.get(f"ocha:{saraqib.pcode}") == gazetteer.get(saraqib.place_id)
