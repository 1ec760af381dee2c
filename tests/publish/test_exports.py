from __future__ import annotations

import csv
import io
import json

import pytest

from warlog.events import Sides, link
from warlog.publish import Picture, acled, ged, geojson
from warlog.publish.parties import Parties, people
from warlog.publish.precision import acled_time, ged_date
from warlog.publish.where import Area, country_area
from warlog.records import Casualties, Document, Event, PlaceDay

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,"
    "assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,"
    "geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
GED_ALSO = "id,relid,year,type_of_violence,side_a,side_b,where_prec,date_prec,date_start,date_end,best,high,low,deaths_civilians"


@pytest.fixture
def picture(claim, alliances):
    def made(*claims, **more):
        documents = [Document(c.document_id, "c", "s", "", title=f"Title of {c.document_id}") for c in claims]
        return Picture.of(link(claims, Sides(alliances)), more.get("days", ()), claims, documents, ["Pack A, CC BY"])

    return made


def rows(layout, picture, area_of=None):
    stream = io.StringIO(newline="")
    layout.write(stream, picture, Parties(), *([area_of] if area_of else []))
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))


def test_acled_has_its_columns_and_what_each_row_rests_on(claim, picture):
    told = claim(event_type="air_strike", casualties=[Casualties("killed", "people", 9, 11)], target="people")
    row = rows(acled, picture(told), lambda _: Area("Syria", "SY", 760, "SYR", "Idlib"))[0]
    assert tuple(row)[:31] == tuple(ACLED.split(","))
    assert (row["event_date"], row["time_precision"], row["geo_precision"]) == ("2020-01-28", "1", "1")
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert row["fatalities"] == "9"
    assert (row["iso"], row["country"], row["admin1"], row["event_id_cnty"][:4]) == ("760", "Syria", "Idlib", "SYRW")
    assert (row["actor2"], row["civilian_targeting"]) == ("Civilians", "Civilian targeting")
    assert (row["claim_ids"], row["quotes"], row["sources"]) == (told.claim_id, told.quote, "Wire")
    assert row["attribution"] == "Pack A, CC BY"


def test_denied_and_planned_events_are_no_rows(claim, picture):
    dead = [Casualties("killed", None, 3, 3)]
    told = picture(claim(certainty="denied", casualties=dead), claim(certainty="planned", day="2020-03-03", casualties=dead))
    assert rows(acled, told) == rows(ged, told) == []


def test_a_quote_cannot_become_a_formula(claim, picture):
    row = rows(acled, picture(claim(quote="=HYPERLINK(1)", publisher="@cmd")))[0]
    assert row["quotes"].startswith("'=")
    assert row["sources"].startswith("'@")


def test_ged_holds_the_deadly_events_with_deaths_that_add_up(claim, picture):
    deadly = claim(event_type="air_strike", casualties=[Casualties("killed", "civilians", 5, 9)])
    bloodless = claim(event_type="shelling", casualties=[Casualties("killed", None, 0, 0)])
    [row] = rows(ged, picture(deadly, bloodless))
    assert set(GED_ALSO.split(",")) <= set(row)
    assert (row["low"], row["best"], row["high"]) == ("5", "5", "9")
    parts = [int(row[f"deaths_{name}"]) for name in ("a", "b", "civilians", "unknown")]
    assert parts == [0, 0, 5, 0]
    assert row["claim_ids"] == deadly.claim_id
    assert row["attribution"] == "Pack A, CC BY"


def test_ged_counts_the_dead_of_a_named_side_with_it(claim, picture):
    told = claim(event_type="armed_clash", target="rebels", casualties=[Casualties("killed", "rebels", 4, 4)])
    [row] = rows(ged, picture(told))
    assert (row["deaths_b"], row["deaths_unknown"]) == ("4", "0")


def test_priogrid_cells_are_half_degrees_from_the_south_west():
    assert ged.priogrid(-90, -180) == 1
    assert ged.priogrid(-89.75, -179.4) == 2
    assert ged.priogrid(35.65, 36.67) == 251 * 720 + 433 + 1
    assert ged.priogrid(90, 179.9) == 360 * 720
    assert ged.priogrid(None, 1) is None


@pytest.mark.parametrize(
    ("first", "last", "acled_code", "ged_code"),
    [
        ("2020-01-28", "2020-01-28", 1, 1),
        ("2020-01-28", "2020-01-30", 2, 2),
        ("2020-01-24", "2020-01-30", 2, 3),
        ("2020-01-01", "2020-01-31", 3, 4),
        ("2020-01-01", "2020-03-31", 3, 5),
        (None, "2020-01-30", 3, 5),
    ],
)
def test_codes_of_how_well_the_day_is_known(first, last, acled_code, ged_code):
    event = Event("e", "shelling", date_start=first, date_end=last)
    assert (acled_time(event), ged_date(event)) == (acled_code, ged_code)


def test_words_for_people():
    assert people("three children") == "civilian"
    assert people("regime soldiers") == "fighter"
    assert people("civilian fighters") == "fighter"
    assert people("tanks") == people(None) == ""


def test_a_country_has_its_names_and_codes():
    assert country_area("SY") == Area("Syria", "SY", 760, "SYR")


def test_geojson_has_points_where_known_and_keeps_the_rest(claim, picture):
    day = PlaceDay("p:alpha/2020-01-28", "p:alpha", "Alpha", 35.0, 36.0, "2020-01-28", ["army"], ["Army"])
    day.claim_ids = [f"{1:016x}"]
    told = picture(claim(), claim(place_id=None, place="Nowhere"), days=[day])
    stream = io.StringIO()
    assert geojson.write(stream, told) == 3
    found = json.loads(stream.getvalue())
    assert (found["type"], found["attribution"]) == ("FeatureCollection", ["Pack A, CC BY"])
    by_kind = {(f["properties"]["kind"], f["properties"]["place_name"]): f for f in found["features"]}
    assert by_kind["event", "Alpha"]["geometry"] == {"type": "Point", "coordinates": [36.0, 35.0]}
    assert by_kind["event", "Nowhere"]["geometry"] is None
    assert by_kind["control", "Alpha"]["properties"]["claims"][0]["quote"] == "Sentence 1 of the report."


def test_an_empty_picture_is_an_empty_collection():
    stream = io.StringIO()
    assert geojson.write(stream, Picture.of()) == 0
    assert json.loads(stream.getvalue())["features"] == []
