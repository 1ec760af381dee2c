"""Sides, lines of descent, and what a text is about."""

from __future__ import annotations

import pytest

from warlog.actors import ActorContext, Actors

SYRIA = ActorContext(day="2018-01-01", theatres=("syria",))


@pytest.mark.parametrize(
    ("a", "b", "context", "expected"),
    [
        ("mil-sy", "mil-ru", SYRIA, True),
        ("mil-sy", "gov-sy", SYRIA, True),
        ("mil-sy", "hts", SYRIA, False),
        ("sdf", "cjtf-oir", SYRIA, True),
        ("sna", "syria-opposition", SYRIA, True),
        ("hts", "islamic-state", SYRIA, False),
        ("mil-sy", "sohr", SYRIA, None),
        ("mil-sy", "name:somebody", SYRIA, None),
        ("name:somebody", "name:somebody", SYRIA, True),
        ("al-nusra", "hts", ActorContext(), True),
        ("mil-ru", "mil-ua", ActorContext(), False),
        ("mil-us", "mil-br", ActorContext(), None),
        ("qassam", "hamas", ActorContext(), True),
    ],
)
def test_same_side(actors: Actors, a: str, b: str, context: ActorContext, expected: bool | None) -> None:
    assert actors.same_side(a, b, context) is expected
    assert actors.same_side(b, a, context) is expected


def test_sides_change_with_time(actors: Actors) -> None:
    def together(day: str) -> bool | None:
        return actors.same_side("rsf", "mil-sd", ActorContext(day=day, theatres=("sudan",)))

    assert together("2020-01-01") is True
    assert together("2023-04-15") is False


def test_line_of_descent(actors: Actors) -> None:
    for member in ("al-nusra", "jfs", "hts"):
        assert [a.actor_id for a in actors.descent(member)] == ["al-nusra", "jfs", "hts"]
    assert [a.actor_id for a in actors.descent("mil-ru")] == ["mil-ru"]
    assert actors.descent("nobody") == []


def test_an_actor_and_a_side_can_be_looked_up(actors: Actors) -> None:
    actor = actors.actor("hts")
    assert actor is not None
    assert (actor.name, actor.kind, actor.active_from) == ("Hayat Tahrir al-Sham", "jihadist", "2017-01-28")
    side = actors.side("syria", "government")
    assert side is not None
    assert {"mil-sy", "mil-ru", "hezbollah"} <= set(side.members)
    assert actors.actor("nobody") is None
    assert actors.side("syria", "nobody") is None


@pytest.mark.parametrize(
    ("text", "theatre", "country"),
    [
        ("The Syrian army shelled Idlib. Russia said its jets hit Hayat Tahrir al-Sham near Saraqib.", "syria", "SY"),
        ("Russian forces shelled Kharkiv. Ukraine's General Staff said Russia lost tanks near Bakhmut.", "ukraine", "UA"),
        ("The RSF attacked El Fasher, the Sudanese army said. Residents fled to Zamzam.", "sudan", "SD"),
        ("M23 rebels entered Goma, the Congolese army said; Rwanda denied it.", "drc", "CD"),
        ("Al-Shabaab attacked an African Union base near Mogadishu, Somali officials said.", "somalia", "SO"),
        ("Israeli strikes on Gaza City killed a Hamas commander, Gaza medics said.", "israel_palestine_lebanon", "PS"),
        ("JNIM fighters attacked a Malian army camp near Mopti.", "sahel", "ML"),
        ("Arakan Army troops took a junta base in Rakhine State, Myanmar.", "myanmar", "MM"),
    ],
)
def test_a_text_gives_its_theatre_and_country_away(actors: Actors, text: str, theatre: str, country: str) -> None:
    assert actors.theatres_of(text)[0] == theatre
    assert country in actors.countries_of(text)[:2]


def test_a_text_about_nothing_gives_nothing_away(actors: Actors) -> None:
    assert actors.theatres_of("The weather was fine and nobody did anything.") == ()
    assert actors.countries_of("The weather was fine and nobody did anything.") == ()


def test_a_peaceful_country_has_no_theatre(actors: Actors) -> None:
    assert actors.theatres_of("Norway and Sweden signed an agreement in Oslo.") == ()
    assert actors.countries_of("Norway and Sweden signed an agreement in Oslo.")[0] == "NO"
