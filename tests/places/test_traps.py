"""Namesakes in short reports: never at the wrong end of the world, and the likely reading taken where the text tells it."""

from __future__ import annotations

import pytest
from tests.places.conftest import Resolver

from warlog.extract import RuleExtractor
from warlog.places.gazetteer import Gazetteer
from warlog.places.geo import distance_km
from warlog.records import Claim, Document


@pytest.fixture(scope="module")
def reader(world: Gazetteer) -> RuleExtractor:
    return RuleExtractor(gazetteer=world)


def claims(reader: RuleExtractor, text: str) -> list[Claim]:
    return reader(Document(document_id="0" * 16, capture_id="0" * 16, sha256="0" * 64, text=text, language="en"))


def far(claim: Claim, lat: float, lon: float) -> float:
    assert claim.lat is not None, claim.place_why
    assert claim.lon is not None
    return distance_km((claim.lat, claim.lon), (lat, lon))


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("A gunman killed three people in Moscow, Idaho, on Saturday, the county sheriff said.", 46.73, -117.0),
        ("A gunman wounded five lawmakers in Alexandria, Virginia, US police said.", 38.80, -77.05),
        ("Gunmen killed a Colombian officer in Montelibano in the department of Cordoba on Thursday.", 7.98, -75.42),
        ("Gunmen attacked a church in Owo, Ondo State, on Sunday, killing forty worshippers.", 7.2, 5.59),
        ("Gunmen killed two villagers near Beni in eastern Democratic Republic of Congo on Thursday.", 0.49, 29.47),
        ("An air strike hit a playground in Mekele in Tigray on Friday, killing four children.", 13.5, 39.47),
    ],
)
def test_what_a_place_is_said_to_lie_in_tells_which_it_is(reader: RuleExtractor, text: str, lat: float, lon: float) -> None:
    found = [c for c in claims(reader, text) if c.lat is not None]
    assert found
    assert all(far(c, lat, lon) < 25 for c in found)


@pytest.mark.parametrize(
    "text",
    [
        "Armed men killed six people in Santa Ana on Saturday.",
        "Gunmen killed a farmer in La Victoria in Apure state on Monday, Venezuelan officials said.",
        "Gunmen killed four people in Bawku on Tuesday.",
        "Gunmen attacked an army post in Zorbano prefecture in northern Togo, killing eight soldiers.",
    ],
)
def test_a_place_that_nothing_tells_from_its_namesakes_has_no_point(reader: RuleExtractor, text: str) -> None:
    found = claims(reader, text)
    assert found
    assert all(c.lat is None for c in found)


def test_a_place_known_only_by_its_province_says_so(reader: RuleExtractor) -> None:
    (claim,) = claims(reader, "Gunmen killed a farmer in La Victoria in Apure state on Monday, Venezuelan officials said.")
    assert (claim.place_status, claim.anchor, claim.geo_precision) == ("unresolved", "Apure", 4)
    assert claim.radius_km is not None
    assert claim.radius_km >= 100


def test_a_treaty_is_no_place(reader: RuleExtractor) -> None:
    text = "Gunmen who reject the Algiers accord attacked an army post in Kidal in northern Mali on Sunday."
    assert {c.place for c in claims(reader, text)} == {"Kidal"}


def test_people_are_not_where_they_came_from(reader: RuleExtractor) -> None:
    text = "A bomb exploded in Athens on Monday and killed two refugees from Aleppo."
    assert {c.place_name for c in claims(reader, text) if c.place} == {"Athens"}


def test_a_road_named_by_a_town_is_a_line(small: Gazetteer, resolving: Resolver) -> None:
    (road,) = resolving(small, "the Idlib highway", text="Syrian forces in Idlib.")
    assert (road.status, road.anchor, road.geo_precision) == ("anchored", "Idlib", 5)
    assert road.radius_km is not None
    assert road.radius_km >= 20


def test_a_province_has_a_radius_and_its_own_precision(small: Gazetteer, resolving: Resolver) -> None:
    (province,) = resolving(small, "Idlib province", text="Syrian forces.")
    assert (province.status, province.geo_precision) == ("resolved", 4)
    assert province.radius_km is not None
    assert province.radius_km >= 50


def test_an_area_does_not_win_over_a_known_place_in_it(small: Gazetteer, resolving: Resolver) -> None:
    (town,) = resolving(small, "city of Maarat al-Numan in the southern countryside of Idlib", text="Syria")
    assert (town.status, town.place_id) == ("resolved", "small:m")
