from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date

import pytest

from warlog.control import estimate
from warlog.errors import UsageError
from warlog.events import Sides, link
from warlog.publish import Picture
from warlog.publish.map import map_data, render, write_map
from warlog.records import Document

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028"


@pytest.fixture
def picture(alliances):
    def made(*claims):
        sides = Sides(alliances)
        documents = [Document(c.document_id, "c", "s", "", title="T", published=c.published) for c in claims]
        return Picture.of(link(claims, sides), estimate(claims, documents, sides), claims, documents, ["Pack A, CC BY"])

    return made


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL).group(1))


def test_the_page_fetches_nothing_and_forbids_it(claim, picture):
    page = render(picture(claim()))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert "default-src 'none'" in policy
    assert not re.search(r"<(?:link|img|iframe|object)\b|@import|url\(|\bsrc=|fetch\(|XMLHttpRequest|import\(", page)


def test_only_our_own_script_and_style_run(claim, picture):
    page = render(picture(claim()))
    for element, directive in (("script", "script-src"), ("style", "style-src")):
        body = re.search(rf"<{element}>(.*?)</{element}>", page, re.DOTALL).group(1)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in page


def test_hostile_text_stays_data(claim, picture):
    page = render(picture(claim(quote=HOSTILE, place=HOSTILE, place_name=HOSTILE, publisher=HOSTILE)), title=HOSTILE)
    assert page.count("<script") == 2
    assert "<img" not in page
    assert next(iter(data_of(page)["claims"].values()))["quote"] == HOSTILE


def test_the_script_never_writes_markup():
    from warlog.publish.templating import asset

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", asset("map.js"))


def test_it_bears_the_attribution(claim, picture):
    assert "Pack A, CC BY" in render(picture(claim()))


def test_days_runs_and_sides(claim, picture, alliances):
    made = picture(claim(), claim(day="2020-02-05", published="2020-02-06", actor_ids=["rebels"], actor_names=["Rebels"]))
    data = map_data(made, Sides(alliances))
    assert (data["first"], data["days"]) == ("2020-01-28", 10)
    [place] = data["control"]
    assert [(run["status"], run["holders"]) for run in place["runs"]] == [("held", "Army"), ("held", "Rebels")]
    assert [side["name"] for side in data["sides"]] == ["Army", "Rebels"]
    assert len({side["color"] for side in data["sides"]}) == 2


def test_allies_have_one_colour_and_common_nouns_none(claim, picture, alliances):
    made = picture(
        claim(), claim(place_id="p:b", place_name="B", actor_ids=["ally"], actor_names=["Ally"]),
        claim(place_id="p:c", place_name="C", actor_ids=["generic:units"], actor_names=["units"]),
    )  # fmt: skip
    data = map_data(made, Sides(alliances))
    assert [side["name"] for side in data["sides"]] == ["Army and allies"]
    assert {place["name"]: place["runs"][0]["sides"] for place in data["control"]} == {"Alpha": [0], "B": [0], "C": []}


def test_what_is_anchored_has_a_circle_and_what_is_open_no_point(claim, picture, alliances):
    anchored = {"place_status": "anchored", "place_id": None, "lat": 35.0, "lon": 36.0, "anchor": "Alpha", "radius_km": 12.0}
    made = picture(claim(event_type="shelling", **anchored), claim(event_type="air_strike", place_id=None, place="Nowhere"))
    events = {e["type"]: e for e in map_data(made, Sides(alliances))["events"]}
    assert events["shelling"]["radius"] == 12.0
    assert events["shelling"]["where"] == "somewhere within 12 km of Alpha"
    assert events["air_strike"]["lat"] is None


def test_background_of_years_ago_does_not_stretch_the_days(claim, picture, alliances):
    data = map_data(picture(claim(), claim(day="2011-03-15", place_id="p:b", place_name="B")), Sides(alliances))
    assert data["first"] >= "2020-01-21"


def test_what_is_told_of_the_future_shows_on_the_last_day(claim, picture, alliances):
    data = map_data(picture(claim(), claim(event_type="talks", certainty="planned", day="2020-06-01")), Sides(alliances))
    last = (date.fromisoformat(data["first"]) - date(1970, 1, 1)).days + data["days"] - 1
    assert {e["to"] for e in data["events"] if e["type"] == "talks"} == {last}


def test_an_empty_log_is_an_empty_map(tmp_path):
    write_map(tmp_path / "map.html", Picture.of())
    assert data_of((tmp_path / "map.html").read_text(encoding="utf-8"))["events"] == []


def test_a_map_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(UsageError, match=r"cannot be written to .*: .*\.$"):
        write_map(tmp_path / "no" / "map.html", Picture.of())
