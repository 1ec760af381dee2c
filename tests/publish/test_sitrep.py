from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from warlog.control import estimate
from warlog.events import Sides, link
from warlog.publish import Picture
from warlog.publish.sitrep import build, to_html, to_markdown
from warlog.publish.templating import markdown
from warlog.records import Candidate, Casualties

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(2)) **b** | `c` # d"


@pytest.fixture
def report(alliances):
    def made(*claims, on="2020-01-29", since=None):
        sides = Sides(alliances)
        picture = Picture.of(link(claims, sides), estimate(claims, [], sides), claims, [], ["Pack A, CC BY"])
        return build(picture, on, since, sides)

    return made


def section(report, heading):
    return next((s for s in report.sections if s.heading == heading), None)


def test_every_line_rests_on_quotes_with_their_sources(claim, report):
    made = report(
        claim(day="2020-01-29"),
        claim(event_type="air_strike", day="2020-01-29", attributed_to="a doctor", casualties=[Casualties("killed", None, 5, 5)]),
    )
    assert [s.heading for s in made.sections] == ["Control", "Air strike", "Casualties"]
    for part in made.sections:
        for item in part.items:
            assert item.evidence
            assert all(e.quote and e.source and e.claim_id for e in item.evidence)
    assert "Wire, citing a doctor" in to_markdown(made)


def test_only_the_days_asked_for(claim, report):
    early, late = claim(event_type="shelling", day="2020-01-20"), claim(event_type="shelling", day="2020-01-29")
    assert len(section(report(early, late), "Shelling").items) == 1
    assert len(section(report(early, late, since="2020-01-15"), "Shelling").items) == 2


def test_a_change_of_hands_is_told_once_and_not_on_the_days_after(claim, report):
    taken, later = claim(), claim(day="2020-01-29", place_id="p:b", place_name="B")
    assert [item.headline for item in section(report(taken, on="2020-01-28"), "Control").items] == ["Alpha: Army"]
    assert [item.headline for item in section(report(taken, later, on="2020-01-29"), "Control").items] == ["B: Army"]


def test_sides_denials_and_figures_that_disagree_are_contradictions(claim, report):
    strike = {"event_type": "air_strike", "day": "2020-01-29"}
    made = report(
        claim(day="2020-01-29"),
        claim(day="2020-01-29", actor_ids=["rebels"], actor_names=["Rebels"]),
        claim(casualties=[Casualties("killed", "people", 5, 5)], **strike),
        claim(casualties=[Casualties("killed", "people", 11, None)], **strike),
        claim(certainty="denied", **strike),
    )
    told = [item.headline for item in section(made, "Contradictions").items]
    assert told == [
        "Alpha: who holds it",
        "Air strike, Alpha: told by some, denied by others",
        "Air strike, Alpha: figures differ",
    ]
    assert "Contested on the day: Alpha." in made.summary


def test_what_is_denied_or_planned_stands_apart(claim, report):
    made = report(claim(event_type="shelling", certainty="planned", day="2020-01-29"))
    assert [s.heading for s in made.sections] == ["Denied, planned or guessed"]


def test_open_places_are_listed_with_what_is_known(claim, report):
    candidate = Candidate("p:1", "Tell A", 35.0, 36.0, 0.4)
    open_place = {"place": "Tell", "place_id": None, "place_why": "two namesakes", "candidates": [candidate]}
    made = report(claim(event_type="shelling", day="2020-01-29", **open_place))
    assert section(made, "What is open").items[0].facts == ["two namesakes", "could be: Tell A (35.00, 36.00)"]


def test_a_day_without_claims_says_so(report):
    made = report()
    assert made.sections[0].heading == "Nothing told"
    assert "no claims" in to_markdown(made)


def test_hostile_text_stays_text(claim, report):
    made = report(claim(quote=HOSTILE, publisher=HOSTILE, place_name=HOSTILE, place=HOSTILE, day="2020-01-29"))
    page = to_html(made)
    assert "<script" not in page
    assert html.escape("<script>alert(1)</script>") in page.replace("&#34;", "&quot;")
    rendered = MarkdownIt().render(to_markdown(made))
    assert "<script" not in rendered
    assert "<a " not in rendered


def test_the_attribution_is_on_it(claim, report):
    made = report(claim())
    assert "Pack A, CC BY" in to_html(made)
    assert "Pack A, CC BY" in to_markdown(made)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_text_put_into_markdown_comes_out_as_that_text(text):
    rendered = MarkdownIt().render(f"x {markdown(text)}")
    assert not re.search(r"<(?!/?p>)", rendered)
    shown = html.unescape(re.sub(r"</?p>", "", rendered)).strip()
    assert " ".join(shown.split()) == " ".join(f"x {text}".split())
