"""Lines of descent, parents and sponsors, each with the time in which they hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.actors import ActorContext, Actors, Branch
from warlog.actors.files import ActorRow
from warlog.actors.roster import Roster
from warlog.errors import InputError


def shape(branch: Branch) -> tuple[str, list[object]]:
    return branch.actor.actor_id, [shape(b) for b in branch.followers]


def test_a_group_renamed_is_one_line(actors: Actors) -> None:
    for member in ("al-nusra", "jfs", "hts"):
        (root,) = actors.lineage(member)
        assert shape(root) == ("al-nusra", [("jfs", [("hts", [])])])


@pytest.mark.parametrize(
    ("member", "line"),
    [
        ("islamic-state", ["aqi", "isi", "islamic-state"]),
        ("rsf", ["janjaweed", "rsf"]),
        ("m23", ["cndp", "m23"]),
        ("iswap", ["boko-haram", "iswap"]),
        ("splm-n-hilu", ["spla-hist", "splm-n-hilu"]),
        ("farc-emc", ["farc", "farc-emc", "embf"]),
    ],
)
def test_lines_of_groups_known_to_have_one(actors: Actors, member: str, line: list[str]) -> None:
    def below(branch: Branch) -> list[str]:
        return [branch.actor.actor_id, *(i for f in branch.followers for i in below(f))]

    assert [i for root in actors.lineage(member) for i in below(root)] == line


def test_groups_that_merged_each_lead_to_what_came_of_them(actors: Actors) -> None:
    roots = actors.lineage("jnim")
    assert {"ansar-dine", "gspc", "mujao", "katiba-macina"} <= {r.actor.actor_id for r in roots}
    assert all(r.followers for r in roots)


def test_a_splinter_is_not_what_the_group_became(actors: Actors) -> None:
    colombia = ActorContext(day="2022-05-01", theatres=("colombia",), countries=("CO",))
    assert [r.actor_id for r in actors.resolve("FARC", colombia)] == ["farc"]
    nigeria = ActorContext(day="2022-05-01", theatres=("nigeria",))
    assert actors.same_side("iswap", "boko-haram", nigeria) is False


def test_an_army_of_its_day(actors: Actors) -> None:
    def spla(day: str) -> list[str]:
        return [r.actor_id for r in actors.resolve("SPLM/A", ActorContext(day=day, theatres=("south_sudan",)))]

    assert spla("2005-01-01") == ["spla-hist"]
    assert spla("2015-01-01") == ["mil-ss"]


def test_a_parent_holds_for_its_time(actors: Actors) -> None:
    assert actors.parent_on("issp", "2020-06-01") == "iswap"
    assert actors.parent_on("issp", "2023-06-01") == "islamic-state"
    assert actors.parent_on("issp", "2016-06-01") is None
    assert actors.parent_on("issp") == "islamic-state"
    assert actors.parent_on("nobody") is None


def test_a_sponsor_holds_for_its_time(actors: Actors) -> None:
    assert actors.sponsors_on("m23", "2013-01-01") == ("gov-rw",)
    assert actors.sponsors_on("m23", "2018-01-01") == ()
    assert actors.sponsors_on("m23") == ("gov-rw",)
    assert actors.sponsors_on("nobody") == ()


def test_a_side_holds_for_its_time_and_theatre(actors: Actors) -> None:
    assert actors.side_on("mil-sy", "syria", "2020-01-01") == "government"
    assert actors.side_on("mil-sy", "syria", "2025-06-01") == "transitional"
    assert actors.side_on("mil-ru", "syria", "2014-01-01") is None
    assert actors.side_on("mil-ru", "syria", "2016-01-01") == "government"
    assert actors.side_on("mil-sy", "ukraine", "2020-01-01") is None


def test_a_users_file_gives_times_to_parents_and_sponsors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARLOG_HOME", str(tmp_path))
    file = tmp_path / "guyra.toml"
    file.write_text(
        """
[theatre]
name = "Guyra"
[[side]]
id = "crown"
name = "Crown"
[[side]]
id = "league"
name = "League"
[[actor]]
id = "crown-army"
name = "Crown Army"
kind = "military"
side = "crown"
[[actor]]
id = "highland-league"
name = "Highland League"
kind = "rebel"
side = "league"
[[actor]]
id = "glen-riders"
name = "Glen Riders"
kind = "militia"
parents = [{ actor = "highland-league", to = "2031-06" }, { actor = "crown-army", from = "2031-07" }]
sponsors = ["gov-fr", { actor = "gov-br", from = "2032" }]
""",
        encoding="utf-8",
    )
    actors = Actors.load([file])

    def against_army(day: str) -> bool | None:
        return actors.same_side("glen-riders", "crown-army", ActorContext(day=day, theatres=("guyra",)))

    assert against_army("2031-06-30") is False
    assert against_army("2031-07-01") is True
    assert actors.sponsors_on("glen-riders", "2030-01-01") == ("gov-fr",)
    assert actors.sponsors_on("glen-riders", "2033-01-01") == ("gov-fr", "gov-br")


@pytest.mark.parametrize(
    "line", ['parents = [{ actor = "ghost" }]', 'sponsors = ["ghost"]', 'from = "2020"\nto = "2019-12"', 'reference = "a book"']
)
def test_a_faulty_tie_is_told_in_one_sentence(tmp_path: Path, line: str) -> None:
    file = tmp_path / "faulty.toml"
    file.write_text(f'[theatre]\nname = "X"\n[[actor]]\nid = "a"\nname = "A"\nkind = "rebel"\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"faulty\.toml") as raised:
        Actors.load([file])
    assert "\n" not in str(raised.value)


_IDS = st.sampled_from([f"group-{n}" for n in range(6)])


@given(st.lists(st.tuples(_IDS, _IDS), max_size=10), _IDS)
def test_any_web_of_descent_can_be_drawn(links: list[tuple[str, str]], asked: str) -> None:
    """Circles, merges and splits included: every tree ends, and the one asked for stands in it."""
    roster = Roster()
    rows = [{"id": f"group-{n}", "name": f"Group {n}", "kind": "rebel"} for n in range(6)]
    rows += [{"id": later, "predecessor": earlier} for earlier, later in links]
    roster.add_rows([ActorRow.model_validate(row) for row in rows], "world", "test")
    roster.finish("test")
    actors = Actors.__new__(Actors)
    actors.roster = roster

    def below(branch: Branch) -> list[str]:
        return [branch.actor.actor_id, *(i for f in branch.followers for i in below(f))]

    drawn = [i for root in actors.lineage(asked) for i in below(root)]
    assert asked in drawn
    assert asked in roster.main_line(asked)
    assert roster.on_day(asked, "2020-01-01") in roster.actors
