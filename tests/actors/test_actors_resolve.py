"""An actor as written becomes the actors it names, in its theatre, on its day, out of its mouth; never a wrong one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.actors import ActorContext, Actors

SYRIA = ActorContext(day="2020-01-29", theatres=("syria",), countries=("SY",))
SYRIA_2016 = ActorContext(day="2016-05-01", theatres=("syria",), countries=("SY",))
UKRAINE = ActorContext(day="2023-05-01", theatres=("ukraine",), countries=("UA", "RU"))
SUDAN = ActorContext(day="2023-11-01", theatres=("sudan",), countries=("SD",))
IRAQ = ActorContext(day="2016-11-01", theatres=("iraq",), countries=("IQ",))


def ids(actors: Actors, name: str, context: ActorContext | None = None) -> list[str]:
    return [r.actor_id for r in actors.resolve(name, context)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("the regime and Russia", ["gov-sy", "gov-ru"]),
        ("Russian and Assad regime warplanes", ["mil-ru", "mil-sy"]),
        ("regime and Russian forces", ["mil-sy", "mil-ru"]),
        ("PYD-dominated and U.S.-backed Syria Democratic Forces", ["sdf"]),
        ("Turkey, Russia and Iran", ["gov-tr", "gov-ru", "gov-ir"]),
        ("US, British and French warplanes", ["mil-us", "mil-gb", "mil-fr"]),
        ("Russian-Syrian forces", ["mil-ru", "mil-sy"]),
        ("Hayat Tahrir al-Sham (formerly the Nusra Front) or the Turkish-backed National Front for Liberation", ["hts", "nlf"]),
        ("the Syrian Democratic Forces (SDF), an alliance of Kurdish and Arab fighters", ["sdf"]),
        ("army and its allies", ["mil-sy", "generic:allies"]),
    ],
)
def test_a_phrase_is_taken_apart_into_those_it_names(actors: Actors, name: str, expected: list[str]) -> None:
    assert ids(actors, name, SYRIA) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dozens of Turkish-backed rebels", "sna"),
        ("rebels backed by Turkey", "sna"),
        ("positions of government forces", "mil-sy"),
        ("at least 20 Syrian soldiers", "mil-sy"),
        ("20 militants from Hayat Tahrir al-Sham", "hts"),
        ("pro-Turkish Sultan Murad fighters", "sultan-murad"),
        ("terrorist Hayat Tahrir al-Sham (HTS) fighters", "hts"),
        ("Lebanon's Hezbollah", "hezbollah"),
        ("forces loyal to President Bashar al-Assad", "mil-sy"),
        ("President Bashar al-Assads forces", "mil-sy"),
        ("Syria Civil Defence workers", "white-helmets"),
        ("Associated Press reporters", "outlet-ap"),
        ("Monitors at the Syrian Observatory for Human Rights", "sohr"),
        ("Russian Foreign Minister Sergei Lavrov", "lavrov"),
        ("two Israeli F-16s", "mil-il"),
    ],
)
def test_what_qualifies_an_actor_is_put_aside(actors: Actors, name: str, expected: str) -> None:
    assert ids(actors, name, SYRIA) == [expected]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Turkish soldiers", "mil-tr"),
        ("Russian warplanes", "mil-ru"),
        ("Ukrainian troops", "mil-ua"),
        ("Zimbabwean military", "mil-zw"),
        ("Zimbabwe Defense Minister Sydney Sekeramayi", "gov-zw"),
        ("Turkish military convoy", "mil-tr"),
        ("UK warplanes", "mil-gb"),
        ("US officials", "gov-us"),
        ("the Kenyan police", "pol-ke"),
        ("Washington", "gov-us"),
        ("Putin's forces", "mil-ru"),
    ],
)
def test_a_nationality_and_a_military_noun_are_the_forces_of_that_state(actors: Actors, name: str, expected: str) -> None:
    assert ids(actors, name) == [expected]


@pytest.mark.parametrize(
    "name", ["Turkish civilians", "Syrian rebel sympathisers", "Russian journalists", "Syrians", "Colombian guerrillas"]
)
def test_people_of_a_state_are_not_the_state(actors: Actors, name: str) -> None:
    assert not any(r.known for r in actors.resolve(name))


@pytest.mark.parametrize("name", ["gunmen", "warplanes", "attackers", "bus convoy", "civilians"])
def test_generic_nouns_are_unknown(actors: Actors, name: str) -> None:
    (ref,) = actors.resolve(f"two {name}", SYRIA)
    assert (ref.actor_id, ref.known) == (f"generic:{name}", False)


def test_an_unknown_name_gets_an_id_of_its_own(actors: Actors) -> None:
    (one,), (two,) = actors.resolve("the Army of Nowhere", SYRIA), actors.resolve("Army  of Nowhere", SYRIA)
    assert one.actor_id == two.actor_id == "name:army of nowhere"
    assert not one.known


@pytest.mark.parametrize(
    ("name", "context", "expected"),
    [
        ("SDF", SYRIA, "sdf"),
        ("SDF", UKRAINE, "name:sdf"),
        ("PMF", IRAQ, "pmf"),
        ("PMF", SUDAN, "name:pmf"),
        ("RSF", SUDAN, "rsf"),
        ("RSF", ActorContext(), "name:rsf"),
        ("SNA", SYRIA, "sna"),
        ("SNA", ActorContext(theatres=("somalia",)), "mil-so"),
        ("SNA", ActorContext(theatres=("myanmar",)), "shanni-na"),
        ("SNA", IRAQ, "name:sna"),
        ("AFP", ActorContext(theatres=("philippines",), countries=("PH",)), "mil-ph"),
        ("AFP", SYRIA, "outlet-afp"),
        ("Republican Guard", UKRAINE, "name:republican guard"),
        ("House of Representatives", UKRAINE, "name:house of representatives"),
    ],
)
def test_the_theatre_decides_between_those_who_share_a_name(
    actors: Actors, name: str, context: ActorContext, expected: str
) -> None:
    assert ids(actors, name, context) == [expected]


@pytest.mark.parametrize(
    ("name", "theatre", "countries", "day", "expected"),
    [
        ("the regime", "syria", ("SY",), "2016-01-01", "gov-sy"),
        ("rebels", "yemen", ("YE",), "2018-01-01", "houthis"),
        ("the army", "sudan", ("SD",), "2023-11-01", "mil-sd"),
        ("the army", "sahel", ("BF", "ML"), "2023-06-01", "mil-bf"),
        ("the army", "israel_palestine_lebanon", ("LB", "IL"), "2024-10-01", "mil-lb"),
        ("the junta", "myanmar", ("MM",), "2023-01-01", "gov-mm"),
        ("US-led coalition", "syria", ("SY",), "2016-01-01", "cjtf-oir"),
        ("coalition warplanes", "syria", ("SY",), "2016-01-01", "cjtf-oir"),
        ("the coalition", "yemen", ("YE",), "2018-01-01", "saudi-coalition"),
        ("the coalition", "syria", ("SY",), "2013-01-01", "generic:coalition"),
        ("separatists", "ukraine", ("UA",), "2016-01-01", "donbas-separatists"),
        ("separatists", "ukraine", ("UA",), "2024-01-01", "generic:separatists"),
    ],
)
def test_general_names_mean_what_they_mean_in_their_theatre(
    actors: Actors, name: str, theatre: str, countries: tuple[str, ...], day: str, expected: str
) -> None:
    assert ids(actors, name, ActorContext(day=day, theatres=(theatre,), countries=countries)) == [expected]


@pytest.mark.parametrize(
    ("name", "publisher", "theatre", "expected"),
    [
        ("terrorists", "SANA", "syria", "syria-opposition"),
        ("terrorists", None, "syria", "generic:terrorists"),
        ("terrorists", "Reuters", "syria", "generic:terrorists"),
        ("the enemy", "TASS", "ukraine", "mil-ua"),
        ("the enemy", "Ukrinform", "ukraine", "mil-ru"),
        ("the enemy", "Reuters", "ukraine", "generic:enemy"),
        ("the army", "Al-Masirah", "yemen", "houthis"),
        ("the army", "Saudi Press Agency", "yemen", "mil-ye"),
    ],
)
def test_a_loaded_name_means_what_its_speaker_means(
    actors: Actors, name: str, publisher: str | None, theatre: str, expected: str
) -> None:
    assert ids(actors, name, ActorContext(day="2018-05-01", publisher=publisher, theatres=(theatre,))) == [expected]


def test_the_army_of_a_country_without_a_theatre_is_its_own(actors: Actors) -> None:
    colombia = ActorContext(countries=("CO",))
    assert ids(actors, "the army", colombia) == ["mil-co"]
    assert ids(actors, "police", colombia) == ["pol-co"]
    assert ids(actors, "the army") == ["generic:army"]


@pytest.mark.parametrize(("day", "expected"), [("2014-01-01", "al-nusra"), ("2016-10-01", "jfs"), ("2019-01-01", "hts")])
@pytest.mark.parametrize("name", ["al-Nusra Front", "Jabhat Fatah al-Sham", "Hayat Tahrir al-Sham"])
def test_a_name_out_of_its_time_stays_in_its_line_of_descent(actors: Actors, name: str, day: str, expected: str) -> None:
    assert ids(actors, name, ActorContext(day=day, theatres=("syria",))) == [expected]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Syrian Obervatorty for Human Rights", "sohr"), ("Hayat Tahir al Sham", "hts"), ("Al Qaeda (Hayat Tahir al Sham)", "hts")],
)
def test_a_slip_of_the_pen_is_forgiven_in_a_long_name(actors: Actors, name: str, expected: str) -> None:
    assert ids(actors, name, SYRIA) == [expected]


@pytest.mark.parametrize(
    "name",
    [
        "victims of the Islamic State", "Hezbollah supporters", "ISIS hostages", "anti-ISIS forces", "Moscow-installed officials",
        "Russian-backed government", "Ansar al-Sharif", "Jaysh al-Aslam", "Syrian allies",
    ],
)  # fmt: skip
def test_rather_unknown_than_wrong(actors: Actors, name: str) -> None:
    assert not any(r.known for r in actors.resolve(name, UKRAINE))


def test_what_is_known_of_a_side_comes_along(actors: Actors) -> None:
    assert actors.resolve("Turkish soldiers", SYRIA)[0].side == "turkey"
    assert actors.resolve("Turkish soldiers", IRAQ)[0].side == "turkey"
    assert actors.resolve("Turkish soldiers", SUDAN)[0].side is None


@given(st.text(max_size=80))
def test_any_phrase_resolves_to_refs_with_distinct_ids(actors: Actors, name: str) -> None:
    refs = actors.resolve(name, SYRIA_2016)
    assert len({r.actor_id for r in refs}) == len(refs)
    for ref in refs:
        assert ref.known == (actors.actor(ref.actor_id) is not None)


_PARTS = st.sampled_from(
    ["Russian warplanes", "the SDF", "Hezbollah", "dozens of gunmen", "Turkey", "the army", "Jaysh al-Islam", "civilians", "ISIS"]
)


@given(st.lists(_PARTS, min_size=1, max_size=4, unique=True))
def test_a_list_names_what_its_members_name(actors: Actors, parts: list[str]) -> None:
    joined = ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1]
    assert ids(actors, joined, SYRIA_2016) == [i for p in parts for i in ids(actors, p, SYRIA_2016)]
