"""OpenStreetMap extracts: what becomes a place, of which kind, where. The extracts are written here, in osmium's own format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from warlog.errors import InputError
from warlog.places import Gazetteer, add_pack
from warlog.places.source_osm import kind_of

osmium = pytest.importorskip("osmium", reason="osmium is not installed")


class Extract:
    """Writes a small extract."""

    def __init__(self, path: Path) -> None:
        self.writer = osmium.SimpleWriter(str(path))

    def node(self, number: int, lat: float, lon: float, **tags: str) -> None:
        self.writer.add_node(osmium.osm.mutable.Node(id=number, location=(lon, lat), tags=_colons(tags)))

    def way(self, number: int, nodes: list[int], **tags: str) -> None:
        self.writer.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=_colons(tags)))

    def relation(self, number: int, members: list[tuple[str, int, str]], **tags: str) -> None:
        self.writer.add_relation(osmium.osm.mutable.Relation(id=number, members=members, tags=_colons(tags)))

    def close(self) -> None:
        self.writer.close()


def _colons(tags: dict[str, str]) -> dict[str, str]:
    return {key.replace("__", ":"): value for key, value in tags.items()}


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    path = tmp_path / "land.osm.pbf"
    out = Extract(path)
    out.node(
        1, 35.0, 37.0, place="village", name="تل ماهر", name__en="Tell Maher", alt_name="Tal Mahir;Tall Maher", population="1 200"
    )
    out.node(2, 35.1, 37.1, place="suburb", name="حي النور")
    out.node(3, 35.2, 37.2, natural="peak", name="Jabal Sakr", wikidata="Q1")
    out.node(4, 35.3, 37.3, barrier="border_control", name="Bab al-Dar")
    out.node(5, 35.4, 37.4, military="checkpoint", name="Checkpoint 7")
    out.node(6, 35.5, 37.5, place="city", name="Great Town", capital="yes", addr__country="QQ")
    out.node(7, 35.6, 37.6, amenity="cafe", name="A Cafe")
    out.node(8, 35.7, 37.7, place="hamlet")
    out.node(9, 35.8, 37.8)
    for number, lon in enumerate((38.0, 38.1, 38.2, 38.3, 38.4), 20):
        out.node(number, 36.0, lon)
    for number, (lat, lon) in enumerate([(36.5, 38.0), (36.5, 38.2), (36.7, 38.2), (36.7, 38.0)], 30):
        out.node(number, lat, lon)
    out.node(40, 36.62, 38.11, place="locality", name="Seat")
    out.node(50, 33.0, 40.0)
    out.node(51, 33.0, 40.1)
    out.way(100, [20, 21, 22], highway="motorway", ref="M 5")
    out.way(101, [22, 23, 24], highway="motorway", ref="M 5", name="International Road")
    out.way(102, [20, 21], highway="residential", name="A Street")
    out.way(103, [20, 21, 22], waterway="river", name="Nahr Dara")
    out.way(104, [50, 51], waterway="river", name="Nahr Dara")
    out.way(105, [30, 31, 32, 33, 30], landuse="military", name="Camp Sakr")
    out.way(106, [30, 31, 32, 33, 30])
    out.relation(200, [("w", 106, "outer"), ("n", 40, "admin_centre")], boundary="administrative", admin_level="4",
                 name="Dara Province", ISO3166__2="SY")  # fmt: skip
    out.relation(201, [("w", 106, "outer")], boundary="administrative", admin_level="2", name="Syria", **{"ISO3166-1": "SY"})
    out.close()
    add_pack(path, home=tmp_path)
    return Gazetteer.open(home=tmp_path, builtin=False)


def place(gazetteer: Gazetteer, name: str) -> Any:
    found = gazetteer.find(name)
    assert found, name
    return found[0].place


@pytest.mark.parametrize(
    ("name", "kind", "lat", "lon"),
    [
        ("Tell Maher", "village", 35.0, 37.0),
        ("حي النور", "neighbourhood", 35.1, 37.1),
        ("Jabal Sakr", "hill", 35.2, 37.2),
        ("Bab al-Dar", "crossing", 35.3, 37.3),
        ("Checkpoint 7", "checkpoint", 35.4, 37.4),
        ("Great Town", "capital", 35.5, 37.5),
        ("M5", "road", 36.0, 38.2),
        ("Camp Sakr", "base", 36.58, 38.08),
        ("Dara", "region", 36.62, 38.11),
        ("Syria", "country", 36.58, 38.08),
    ],
)
def test_kinds_and_points(gazetteer: Gazetteer, name: str, kind: str, lat: float, lon: float) -> None:
    found = place(gazetteer, name)
    assert found.kind == kind
    assert (found.lat, found.lon) == pytest.approx((lat, lon), abs=0.11 if kind == "road" else 0.03)


def test_names_in_all_tongues_and_what_else_is_known(gazetteer: Gazetteer) -> None:
    found = place(gazetteer, "Tell Maher")
    assert (found.place_id, found.name, found.population, found.country) == ("osm:n1", "Tell Maher", 1200, "SY")
    assert set(found.names) == {"تل ماهر", "Tal Mahir", "Tall Maher"}
    assert place(gazetteer, "Jabal Sakr").ids == ("wikidata:Q1",)
    assert gazetteer.attributions() == ["© OpenStreetMap contributors, ODbL 1.0"]
    assert found.licence == "ODbL 1.0"


def test_what_is_no_place_or_has_no_name_is_left_out(gazetteer: Gazetteer) -> None:
    assert not gazetteer.find("A Cafe")
    assert not gazetteer.find("A Street")
    assert gazetteer.get("osm:n8") is None


def test_pieces_of_a_road_are_one_place_and_rivers_of_one_name_far_apart_are_two(gazetteer: Gazetteer) -> None:
    (road,) = gazetteer.find("M5")
    assert "International Road" in road.place.names
    assert len({f.place.place_id for f in gazetteer.find("Nahr Dara")} | {"osm:w103", "osm:w104"}) == 2


@pytest.mark.parametrize("data", [b"", b"not a pbf", b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18\xff"])
def test_a_damaged_extract_gives_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.osm.pbf"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"bad\.osm\.pbf") as fault:
        add_pack(path, home=tmp_path)
    assert "\n" not in str(fault.value)


def test_a_cut_extract_installs_nothing(gazetteer: Gazetteer, tmp_path: Path) -> None:
    whole = (tmp_path / "land.osm.pbf").read_bytes()
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"damaged or cut off|no places"):
        add_pack(cut, home=tmp_path / "other")
    assert not (tmp_path / "other" / "packs").exists()


def test_without_osmium_the_user_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warlog.places.source_osm.import_module", _absent)
    path = tmp_path / "a.osm.pbf"
    path.write_bytes(b"x")
    with pytest.raises(InputError, match=r"warlog\[osm\]"):
        add_pack(path, home=tmp_path)


def _absent(name: str) -> Any:
    raise ImportError(name)


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"boundary": "administrative", "admin_level": "6"}, "county"),
        ({"boundary": "administrative", "admin_level": "11"}, ""),
        ({"aeroway": "aerodrome", "military": "airfield"}, "airport"),
        ({"military": "barracks"}, "base"),
        ({"place": "neighbourhood"}, "neighbourhood"),
        ({"natural": "ridge"}, "hill"),
        ({"waterway": "canal"}, "river"),
        ({"highway": "trunk"}, "road"),
        ({"highway": "footway"}, ""),
        ({"railway": "rail"}, "road"),
        ({"amenity": "refugee_site"}, "camp"),
        ({}, ""),
    ],
)
def test_kinds_by_tags(tags: dict[str, str], kind: str) -> None:
    assert kind_of(tags) == kind
