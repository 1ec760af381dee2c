"""A new theatre is one TOML file and no code; the program's own files hold together."""

from __future__ import annotations

from pathlib import Path

import pytest

from warlog import vocabulary
from warlog.actors import ActorContext, Actors, files
from warlog.actors.folding import key
from warlog.actors.model import KINDS
from warlog.errors import InputError

#: the example of the page that tells how to add a theatre
GUYRA = (Path(__file__).parents[2] / "docs" / "theatres.md").read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARLOG_HOME", str(tmp_path / "home"))


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def check_guyra(actors: Actors) -> None:
    text = "Leaguers took Castle Wend from the Guyran Army."
    assert actors.theatres_of(text) == ("guyra",)
    context = ActorContext(day="2030-05-01", theatres=("guyra",), countries=("XX",))
    assert [r.actor_id for r in actors.resolve("the rebels and the RGA", context)] == ["highland-league", "guyra-army"]
    assert [h.actor_ids for h in actors.spot(text)] == [("highland-league",), ("guyra-army",)]
    assert actors.same_side("highland-league", "guyra-army", context) is False
    assert actors.sponsors_on("highland-league", "2030-01-15") == ("gov-fr",)
    assert actors.sponsors_on("highland-league", "2031-01-15") == ("gov-fr", "gov-br")
    said = ActorContext(day="2030-05-01", theatres=("guyra",), speaker="the Royal Guyran Army")
    assert [r.actor_id for r in actors.resolve("our troops and the enemy", said)] == ["guyra-army", "highland-league"]
    assert [r.actor_id for r in actors.resolve("Glen Riders", context)] == ["highland-league"]
    later = ActorContext(day="2032-01-01", theatres=("guyra",))
    assert actors.same_side("highland-league", "guyra-army", later) is True


def test_a_file_named_adds_a_theatre(tmp_path: Path) -> None:
    actors = Actors.load([write(tmp_path / "guyra.toml", GUYRA)])
    check_guyra(actors)
    assert len(actors.user_files["guyra"]) == 64


def test_a_file_in_the_users_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path / "home" / "theatres" / "guyra.toml", GUYRA)
    check_guyra(Actors.load())


def test_a_file_of_a_known_name_adds_to_that_theatre(tmp_path: Path) -> None:
    text = """
[theatre]
name = "Syria"
countries = ["SY"]

[[actor]]
id = "upper-valley-watch"
name = "Upper Valley Watch"
kind = "militia"
side = "opposition"

[[actor]]
id = "hts"
aliases = ["The Board"]
"""
    actors = Actors.load([write(tmp_path / "syria.toml", text)])
    context = ActorContext(day="2020-01-01", theatres=("syria",))
    assert [r.actor_id for r in actors.resolve("Upper Valley Watch and The Board", context)] == ["upper-valley-watch", "hts"]
    assert actors.same_side("upper-valley-watch", "mil-sy", context) is False
    assert actors.same_side("hts", "mil-sy", context) is False


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[theatre", "not valid TOML"),
        ("name = 1", "theatre"),
        ("[theatre]\nname = 'X'\ncountry = ['XX']", "country"),
        ("[theatre]\nname = 'X'\n[[actor]]\nid = 'a'\nname = 'A'\nkind = 'wizard'", "kind"),
        ("[theatre]\nname = 'X'\n[[actor]]\nid = 'a'\nname = 'A'\nkind = 'rebel'\nside = 'none'", "side"),
        ("[theatre]\nname = 'X'\n[[actor]]\nid = 'brand-new'", "needs a name"),
        ("[theatre]\nname = 'X'\n[[actor]]\nid = 'a'\nname = 'A'\nkind = 'rebel'\nparent = 'ghost'", "ghost"),
        ("[theatre]\nname = 'X'\n[[actor]]\nid = 'a'\nname = 'A'\nkind = 'rebel'\nfrom = 'May'", "from"),
        ("[theatre]\nname = 'X'\n[[name]]\nwords = ['x']\nactors = ['ghost']", "ghost"),
    ],
)
def test_a_faulty_file_is_told_in_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = write(tmp_path / "faulty.toml", text)
    with pytest.raises(InputError) as raised:
        Actors.load([path])
    message = str(raised.value)
    assert "faulty.toml" in message
    assert says in message
    assert "\n" not in message


def test_a_missing_file_and_one_that_is_not_text_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        Actors.load([tmp_path / "absent.toml"])
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        Actors.load([binary])


def test_the_programs_own_files_hold_together(actors: Actors) -> None:
    assert {"syria", "ukraine", "israel_palestine_lebanon", "yemen", "iraq", "sudan", "ethiopia", "drc", "sahel", "somalia",
            "nigeria", "myanmar", "afghanistan", "libya", "philippines", "caucasus", "colombia", "mexico", "haiti", "south_asia",
            "mozambique", "central_african_republic", "south_sudan", "cameroon",
            "thailand"} <= set(actors.theatres())  # fmt: skip
    for actor in actors.roster.actors.values():
        assert actor.kind in KINDS
        if actor.active_from and actor.active_to:
            assert actor.active_from <= actor.active_to, actor.actor_id
        assert actor.reference is None or actor.reference.startswith(("https://", "http://"))


def test_every_entry_bears_a_reference_or_says_that_it_has_none() -> None:
    told: dict[str, set[str | None]] = {}
    for file in files.built_in().values():
        for row in file.actor:
            # a row that only adds to an actor of another file need not say it again
            if row.name is not None or row.reference is not None:
                told.setdefault(row.id, set()).add(row.reference)
    assert [i for i, said in told.items() if said == {None}] == []
    assert sum(bool(said - {None, "none"}) for said in told.values()) >= 250


def test_speakers_of_general_names_are_sides_of_their_theatre() -> None:
    for name, file in files.built_in().items():
        sides = {s.id for s in file.side}
        for row in file.name:
            assert set(row.speakers) <= sides, (name, row.words[0])
            assert row.actors or row.side, (name, row.words[0])


def test_whom_a_side_means_by_its_forces_and_enemies_is_on_no_wrong_side(actors: Actors) -> None:
    for theatre in actors.roster.theatres.values():
        for side in theatre.sides.values():
            for own in side.forces:
                stood = {
                    s.side
                    for a in actors.roster.ancestors(own)
                    for s in actors.roster.actors[a].sides
                    if s.theatre == theatre.name
                }
                assert side.side_id in stood, (theatre.name, side.side_id, own)
            assert not set(side.forces) & set(side.enemies), (theatre.name, side.side_id)


def test_every_state_has_an_adjective_and_is_written_once() -> None:
    countries = vocabulary.load("nationalities")["country"]
    assert len(countries) >= 195
    names = [key(row["name"]) for row in countries.values()]
    assert len(names) == len(set(names))
    assert all(row.get("adjective") for row in countries.values())
    assert all(len(code) == 2 and code.isupper() for code in countries)
