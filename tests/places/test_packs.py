"""Packs: what can be added, that adding is whole and repeatable, and what is said of files that cannot be used."""

from __future__ import annotations

import gzip
import hashlib
import json
import multiprocessing
from pathlib import Path

import pytest

from warlog.errors import InputError, UsageError
from warlog.places import add_pack, list_packs, remove_pack
from warlog.places.gazetteer import Gazetteer

WOF = [
    {
        "id": 1,
        "n": "Україна",
        "pt": "country",
        "lat": 49.0,
        "lon": 32.0,
        "names": {"eng_x_preferred": ["Ukraine"], "eng_x_variant": ["Ukrainian"]},
        "hier": [{}],
        "pop": 40,
        "ctry": "UA",
    },
    {
        "id": 2,
        "n": "Таборівка",
        "pt": "locality",
        "lat": 47.6,
        "lon": 31.4,
        "names": {},
        "hier": [{"region_id": 4}],
        "pop": None,
        "ctry": "UA",
    },
    {
        "id": 3,
        "n": "Old",
        "pt": "locality",
        "lat": 47.6,
        "lon": 31.4,
        "names": {},
        "hier": [{}],
        "sup": [2],
        "pop": None,
        "ctry": "UA",
    },
    {
        "id": 4,
        "n": "Mykolaiv",
        "pt": "region",
        "lat": 47.5,
        "lon": 31.9,
        "names": {"eng_x_variant": ["Mykolaiv Oblast"]},
        "hier": [{}],
        "pop": 5,
        "ctry": "UA",
    },
]
OCHA = (
    "PP_PCODE,PP_NAME_EN,PP_REF_NAM,PP_ALT1_EN,PP_ALT2_EN,PPClassTit,lat,lon,ADM4_EN,ADM4_PCODE,ADM3_EN,ADM3_PCODE,ADM2_EN,ADM2_PCODE,ADM1_EN,ADM1_PCODE,Population\n"
    "C1,Al-Hadi (Ya'robiyah),Al-Hadi (Yarobiyah),,,Community,36.87,41.86,Al-Hadi,C1,Y,"
    "SY080302,Al-Malikeyyeh,SY0803,Al-Hasakeh,SY08,590\n"
)
GEONAMES = (
    "\t".join(
        [
            "77",
            "Kafr Batna",
            "Kafr Batna",
            "Kfar Batna,كفر بطنا",
            "33.51",
            "36.38",
            "P",
            "PPL",
            "SY",
            "",
            "08",
            "",
            "",
            "",
            "1200",
            "",
            "700",
            "Asia/Damascus",
            "2020-01-01",
        ]
    )
    + "\n"
)
SIMPLE = (
    "id,name,alt_names,lat,lon,kind,country,admin1,admin2,population,sensitive\n"
    "1,Hill 95,Tell 95;Point 95,10.5,20.5,hill,TD,,,,\n2,Clinic,,10.6,20.6,facility,TD,,,,yes\n"
)


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    data = text.encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def test_whos_on_first_file_becomes_a_pack_with_its_credit(tmp_path: Path) -> None:
    path = _write(tmp_path, "wof_ua.json.gz", json.dumps(WOF))
    info = add_pack(path, home=tmp_path)
    assert (info.name, info.places, info.countries, info.added) == ("wof-ua", 3, ("UA",), True)
    assert info.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert "Who's On First" in info.attribution
    assert "GeoNames" in info.attribution
    gazetteer = Gazetteer.open(home=tmp_path, builtin=False)
    (place,) = gazetteer.lookup("Taborivka")
    assert (place.place_id, place.name) == ("wof:2", "Taborivka")
    assert gazetteer.lookup("Таборівка")[0].place_id == "wof:2"
    found = gazetteer.get("wof:2")
    assert found is not None
    assert found.admin1 == "Mykolaiv"
    assert gazetteer.lookup("Old") == [], "superseded places are left out"
    assert gazetteer.lookup("Ukrainian") == [], "an adjective is no name"
    assert gazetteer.lookup("Mykolaiv")[0].place_id == "wof:4"


def test_ocha_geonames_and_simple_files(tmp_path: Path) -> None:
    ocha = add_pack(_write(tmp_path, "ocha.csv.gz", OCHA), home=tmp_path)
    dump = add_pack(_write(tmp_path, "SY.txt", GEONAMES), home=tmp_path)
    own = add_pack(_write(tmp_path, "own.csv", SIMPLE), home=tmp_path)
    assert [p.name for p in list_packs(home=tmp_path)] == sorted([ocha.name, dump.name, own.name])
    gazetteer = Gazetteer.open(home=tmp_path, builtin=False)
    assert gazetteer.lookup("al-Hadi")[0].place_id == "ocha:C1"
    assert gazetteer.lookup("Kfar Batna")[0].place_id == "geonames:77"
    assert gazetteer.lookup("Point 95")[0].place_id == "own:1"
    clinic, hill = gazetteer.get("own:2"), gazetteer.get("own:1")
    assert clinic is not None
    assert clinic.sensitive
    assert hill is not None
    assert not hill.sensitive
    assert any("OCHA" in a for a in gazetteer.attributions(["ocha:C1"]))
    assert len(gazetteer.attributions()) == 3


def test_adding_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = _write(tmp_path, "own.csv", SIMPLE)
    first = add_pack(path, home=tmp_path)
    before = Path(first.path).stat().st_mtime_ns
    second = add_pack(path, home=tmp_path)
    assert first.added
    assert not second.added
    assert Path(second.path).stat().st_mtime_ns == before
    assert second.sha256 == first.sha256


def test_a_newer_file_of_the_same_name_takes_the_place_of_the_old(tmp_path: Path) -> None:
    add_pack(_write(tmp_path, "own.csv", SIMPLE), home=tmp_path)
    info = add_pack(_write(tmp_path, "own.csv", SIMPLE + "3,New Place,,1,1,village,TD,,,,\n"), home=tmp_path)
    assert info.added
    assert info.places == 3
    assert len(list_packs(home=tmp_path)) == 1


def test_removing(tmp_path: Path) -> None:
    add_pack(_write(tmp_path, "own.csv", SIMPLE), home=tmp_path)
    assert remove_pack("own", home=tmp_path).places == 2
    assert list_packs(home=tmp_path) == []
    with pytest.raises(UsageError, match="own"):
        remove_pack("own", home=tmp_path)
    with pytest.raises(UsageError):
        remove_pack("../own", home=tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", b"", "is empty"),
        ("a.json", b"{ not json", "damaged"),
        ("a.json", b'{"some": "object"}', "not a Who's On First"),
        ("a.csv", b"place,x,y\nA,1,2\n", "no gazetteer that Warlog knows"),
        ("a.csv", b"id,name,lat,lon\n1,A,95,2\n", "line 2"),
        ("a.csv", b"id,name,lat,lon\n1,A,1,2\n1,B,1,2\n", "line 3"),
        ("a.csv", b"id,name,lat,lon\n1,A,1\n", "line 2"),
        ("a.csv", b"id,name,lat,lon\n", "holds no places"),
        ("a.csv.gz", b"\x1f\x8b\x08\x00broken", "cannot be unpacked"),
        ("a.zip", b"PK\x03\x04broken", "cannot be unpacked"),
        ("a.txt", b"\xff\xfe\x00\x01", "UTF-8"),
    ],
)
def test_a_bad_file_gives_one_sentence_that_names_it_and_leaves_nothing_behind(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as fault:
        add_pack(path, home=tmp_path / "home")
    assert words in str(fault.value)
    assert str(path) in str(fault.value)
    assert "\n" not in str(fault.value)
    assert list_packs(home=tmp_path / "home") == []


def test_a_missing_file_and_a_damaged_pack_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.csv"):
        add_pack(tmp_path / "nowhere.csv", home=tmp_path)
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "bad.arrow").write_bytes(b"this is no arrow file")
    with pytest.raises(InputError, match="not a gazetteer pack"):
        Gazetteer.open(home=tmp_path, builtin=False)
    assert remove_pack("bad", home=tmp_path).name == "bad", "a damaged pack can be removed"


def test_a_file_given_explicitly_comes_first_and_installs_nothing(tmp_path: Path) -> None:
    path = _write(tmp_path, "mine.csv", SIMPLE)
    gazetteer = Gazetteer.open(home=tmp_path, extra_packs=[path], builtin=False)
    assert gazetteer.lookup("Hill 95")[0].place_id == "mine:1"
    assert [p.name for p in gazetteer.packs] == ["mine"]
    assert list_packs(home=tmp_path) == []


def _add_many(path: str, home: str) -> int:
    return sum(add_pack(path, home=home).places + len(Gazetteer.open(home=home, builtin=False)) for _ in range(5))


def test_two_processes_can_add_and_open_at_once(tmp_path: Path) -> None:
    path = _write(tmp_path, "own.csv", SIMPLE)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        counts = pool.starmap(_add_many, [(str(path), str(tmp_path))] * 2)
    assert counts == [20, 20]
    assert [p.name for p in list_packs(home=tmp_path)] == ["own"]
    assert not [p for p in (tmp_path / "packs").iterdir() if p.suffix != ".arrow"], "no half-written file is left"
