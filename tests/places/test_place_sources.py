"""What is taken up of each format: admin areas, P-codes, ISO codes, ids elsewhere, kinds, credit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from warlog.places import Gazetteer, add_pack
from warlog.places.iso import alpha2, alpha3


def opened(folder: Path, name: str, text: str, **options: str) -> Gazetteer:
    (folder / name).write_text(text, encoding="utf-8")
    add_pack(folder / name, home=folder, **options)
    return Gazetteer.open(home=folder, builtin=False)


def get(gazetteer: Gazetteer, identifier: str) -> Any:
    place = gazetteer.get(identifier)
    assert place is not None, identifier
    return place


def feature(number: int, name: str, kind: str, codes: list[str], others: str = "") -> str:
    lat, lon = str(10 + number / 100), str(20 + number / 100)
    return "\t".join(
        [str(number), name, name, others, lat, lon, *kind.split("."), "TD", "", *codes, "50", "", "", "Zone", "2020-01-01"]
    )


def test_a_geonames_dump_names_its_areas_and_kinds(tmp_path: Path) -> None:
    rows = [
        feature(9, "Village One", "P.PPL", ["01", "0102", "", ""], "Willidsch,قرية"),
        feature(1, "First Region", "A.ADM1", ["01", "", "", ""]),
        feature(2, "Second District", "A.ADM2", ["01", "0102", "", ""]),
        feature(3, "Dark Wadi", "H.WAD", ["01", "", "", ""]),
        feature(4, "High Peak", "T.PK", ["01", "", "", ""]),
        feature(5, "Far Crossing", "S.PSTB", ["99", "", "", ""]),
        feature(6, "Great Road", "R.RD", ["01", "", "", ""]),
        feature(7, "Old Fort", "S.FT", ["01", "", "", ""]),
    ]
    gazetteer = opened(tmp_path, "TD.txt", "\n".join(rows) + "\n")
    village = get(gazetteer, "geonames:9")
    assert (village.admin1, village.admin2, village.country, village.population) == ("First Region", "Second District", "TD", 50)
    assert village.names == ("Willidsch", "قرية")
    kinds = {n: get(gazetteer, f"geonames:{n}").kind for n in range(1, 8)}
    assert kinds == {1: "region", 2: "county", 3: "river", 4: "hill", 5: "crossing", 6: "road", 7: "base"}
    assert get(gazetteer, "geonames:5").admin1 == "99", "an area that the dump has not is known by its code"


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (
            "PP_PCODE,PP_NAME_EN,PP_ALT1_EN,lat,lon,ADM3_EN,ADM2_EN,ADM1_EN,ADM1_PCODE,Population",
            "C1,Al Hadi (North),Hadi,36,37,Sub,District,Governorate,SY07,120",
            ("ocha:C1", "Al Hadi", "SY", "Governorate", "District", "Sub", "C1", 120, "locality"),
        ),
        (
            "admin3Name_en,admin3Pcode,admin2Name_en,admin1Name_en,admin1Pcode,LATITUDE,LONGITUDE",
            "Sub,YE110101,District,Governorate,YE11,14,44",
            ("ocha:YE110101", "Sub", "YE", "Governorate", "District", "Sub", "YE110101", 0, "county"),
        ),
        (
            "Village_PCode,Village_Name,x,y,ADM1_EN,ADM1_PCODE",
            "MMR01,Ywa Thit,96,21,State,MMR013",
            ("ocha:MMR01", "Ywa Thit", "MM", "State", "", "", "MMR01", 0, "locality"),
        ),
    ],
)
def test_ocha_lists_of_several_offices(tmp_path: Path, header: str, row: str, expected: tuple[object, ...]) -> None:
    gazetteer = opened(tmp_path, "list.csv", f"{header}\n{row}\n".replace("Village_PCode", "village_pcode"))
    p = get(gazetteer, str(expected[0]))
    assert (p.place_id, p.name, p.country, p.admin1, p.admin2, p.admin3, p.pcode, p.population, p.kind) == expected
    assert "OCHA" in p.source
    assert "CC BY-IGO" in p.licence


def test_whos_on_first_gives_areas_iso_code_and_ids_elsewhere(tmp_path: Path) -> None:
    base = {"names": {}, "conc": {}, "cur": 1, "dep": None, "sup": [], "par": 1, "src": "x", "pop": None, "ctry": "SY"}
    rows = [
        {**base, "id": 1, "n": "Idlib", "pt": "region", "lat": 35.9, "lon": 36.6, "conc": {"iso:code": "SY-ID"}, "hier": []},
        {**base, "id": 2, "n": "Sub", "pt": "localadmin", "lat": 35.8, "lon": 36.6, "hier": [{"region_id": 1}]},
        {**base, "id": 3, "n": "Khan Dara", "pt": "locality", "lat": 35.7, "lon": 36.7, "conc": {"gn:id": 5, "wd:id": "Q5"},
         "hier": [{"region_id": 1, "localadmin_id": 2}]},
    ]  # fmt: skip
    gazetteer = opened(tmp_path, "wof_sy.json", json.dumps(rows))
    place = get(gazetteer, "wof:3")
    assert (place.admin1, place.admin3, place.iso, place.ids) == ("Idlib", "Sub", "SY-ID", ("geonames:5", "wikidata:Q5"))
    assert get(gazetteer, "wikidata:Q5") == place
    assert get(gazetteer, "geonames:5") == place


def test_a_simple_csv_may_have_every_column_in_any_order(tmp_path: Path) -> None:
    text = (
        "licence,source,iso,pcode,admin3,kind,lon,lat,name,id,country,alt_names\n"
        "CC0,The Office,SY-HM,P1,Sub,front,37.5,35.5,Northern Front,a,sy,الجبهة;The Front\n"
    )
    place = get(opened(tmp_path, "mine.csv", text), "mine:a")
    assert (place.licence, place.source, place.iso, place.pcode, place.admin3, place.kind) == (
        "CC0", "The Office", "SY-HM", "P1", "Sub", "front",
    )  # fmt: skip
    assert (place.country, place.lat, place.lon, place.names) == ("SY", 35.5, 37.5, ("الجبهة", "The Front"))


def test_the_country_may_be_told_where_the_file_does_not(tmp_path: Path) -> None:
    gazetteer = opened(tmp_path, "mine.csv", "id,name,lat,lon,country\na,One,1,2,\nb,Two,1,2,LB\n", country="sy")
    assert (get(gazetteer, "mine:a").country, get(gazetteer, "mine:b").country) == ("SY", "LB")


def test_codes_of_countries() -> None:
    assert (alpha3("SY"), alpha3("mm"), alpha3("XX")) == ("SYR", "MMR", "")
    assert [alpha2(c) for c in ("SY07", "MMR013", "COD62", "sy", "", "9", "ZZ1")] == ["SY", "MM", "CD", "SY", "", "", ""]
