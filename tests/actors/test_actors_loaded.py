"""Loaded names: whom they mean is told by who speaks, where and when; where that is not clear, nobody is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from warlog.actors import ActorContext, Actors


def ids(actors: Actors, name: str, context: ActorContext) -> list[str]:
    return [r.actor_id for r in actors.resolve(name, context)]


@pytest.mark.parametrize(
    ("name", "speaker", "theatre", "day", "expected"),
    [
        ("our forces", "the Ukrainian General Staff", "ukraine", "2023-05-01", "mil-ua"),
        ("our forces", "the Russian Defence Ministry", "ukraine", "2023-05-01", "mil-ru"),
        ("enemy units", "Ukrainian officials", "ukraine", "2023-05-01", "mil-ru"),
        ("the adversary", "Zelensky", "ukraine", "2023-05-01", "mil-ru"),
        ("the enemy", "Hamas", "israel_palestine_lebanon", "2024-01-01", "mil-il"),
        ("the enemy", "Hezbollah", "israel_palestine_lebanon", "2024-10-01", "mil-il"),
        ("the enemy", "the Yemeni army", "yemen", "2019-01-01", "houthis"),
        ("the aggression", "the Houthis", "yemen", "2019-01-01", "saudi-coalition"),
        ("mercenaries", "the SDF", "syria", "2019-11-01", "sna"),
        ("terrorists", "Bashar al-Assad", "syria", "2016-01-01", "syria-opposition"),
        ("our units", "the Rapid Support Forces", "sudan", "2023-11-01", "rsf"),
        ("enemy forces", "the Sudanese army", "sudan", "2023-11-01", "rsf"),
        ("the enemy", "RSF", "sudan", "2023-11-01", "mil-sd"),
        ("our soldiers", "the Somali government", "somalia", "2023-01-01", "mil-so"),
        ("our fighters", "the Arakan Army", "myanmar", "2024-01-01", "aa"),
        ("our troops", "the Mozambican army", "mozambique", "2021-01-01", "mil-mz"),
        ("the enemy", "the ELN", "colombia", "2021-01-01", "mil-co"),
    ],
)
def test_a_loaded_name_means_what_the_one_quoted_means(
    actors: Actors, name: str, speaker: str, theatre: str, day: str, expected: str
) -> None:
    assert ids(actors, name, ActorContext(day=day, theatres=(theatre,), speaker=speaker)) == [expected]


@pytest.mark.parametrize(
    ("name", "theatre"),
    [
        ("the enemy", "syria"), ("our forces", "syria"), ("our army", "syria"), ("mercenaries", "syria"), ("terrorists", "syria"),
        ("the enemy", "ukraine"), ("our troops", "ukraine"), ("the enemy", "sudan"), ("terrorists", "myanmar"),
        ("the aggressor", "drc"), ("freedom fighters", "south_asia"), ("takfiris", "syria"), ("militants", "mozambique_of_old"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("publisher", [None, "Reuters", "A Paper That Nobody Knows"])
def test_nobody_is_named_where_no_side_speaks(actors: Actors, name: str, theatre: str, publisher: str | None) -> None:
    context = ActorContext(day="2023-11-01", theatres=(theatre,), publisher=publisher)
    assert not any(r.known for r in actors.resolve(name, context))


def test_who_is_quoted_goes_before_who_publishes(actors: Actors) -> None:
    context = ActorContext(day="2023-05-01", theatres=("ukraine",), publisher="TASS", speaker="Ukrainian officials")
    assert ids(actors, "the enemy", context) == ["mil-ru"]


def test_somebody_of_no_side_is_quoted(actors: Actors) -> None:
    context = ActorContext(day="2023-05-01", theatres=("ukraine",), publisher="TASS", speaker="the United Nations")
    assert not any(r.known for r in actors.resolve("the enemy", context))


def test_a_side_with_several_enemies_names_none(actors: Actors) -> None:
    context = ActorContext(day="2016-05-01", theatres=("syria",), publisher="SANA")
    assert not any(r.known for r in actors.resolve("the enemy", context))
    assert ids(actors, "our forces", context) == ["mil-sy"]


def test_an_ally_of_that_day_is_no_enemy(actors: Actors) -> None:
    before = ActorContext(day="2020-01-01", theatres=("sudan",), speaker="the Sudanese army")
    assert not any(r.known for r in actors.resolve("enemy forces", before))


def test_the_side_of_an_outlet_holds_for_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARLOG_HOME", str(tmp_path))
    file = tmp_path / "log.outlets.toml"
    file.write_text(
        """
[[outlet]]
id = "outlet-valley-voice"
name = "Valley Voice of Kelmet"
kind = "militia"
sides = [
  { theatre = "ukraine", side = "russia", to = "2023-06-30" },
  { theatre = "ukraine", side = "ukraine", from = "2023-07-01" },
]
""",
        encoding="utf-8",
    )
    actors = Actors.load(outlet_files=[file])

    def enemy(day: str) -> list[str]:
        return ids(actors, "the enemy", ActorContext(day=day, theatres=("ukraine",), publisher="Valley Voice of Kelmet"))

    assert enemy("2023-05-01") == ["mil-ua"]
    assert enemy("2023-08-01") == ["mil-ru"]


@pytest.mark.parametrize(
    ("name", "actor", "backers"),
    [
        ("dozens of Turkish-backed rebels", "sna", ("gov-tr",)),
        ("rebels backed by Turkey", "sna", ("gov-tr",)),
        ("U.S.-backed Syrian Democratic Forces", "sdf", ("gov-us",)),
        ("Iranian-funded Liwa al-Quds", "liwa-al-quds", ("gov-ir",)),
        ("the Syrian Democratic Forces, backed by the United States and France", "sdf", ("gov-us", "gov-fr")),
        ("a militia armed by Iran", None, ("gov-ir",)),
        ("Kurdish-led Syrian Democratic Forces", "sdf", ()),
        ("pro-Turkish Sultan Murad fighters", "sultan-murad", ()),
        ("the Syrian Democratic Forces", "sdf", ()),
    ],
)
def test_a_backer_named_in_the_text_is_kept_with_the_actor(
    actors: Actors, name: str, actor: str | None, backers: tuple[str, ...]
) -> None:
    (ref, *_) = actors.resolve(name, ActorContext(day="2019-06-01", theatres=("syria",), countries=("SY",)))
    assert ref.backed_by == backers
    assert ref.known == (actor is not None)
    if actor is not None:
        assert ref.actor_id == actor
