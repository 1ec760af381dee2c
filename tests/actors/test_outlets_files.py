"""A user's own outlets add to the program's; a fault in them is one sentence that names the file and the entry."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from warlog.actors.outlet_files import file_of, home_file
from warlog.actors.outlets import Outlets, outlets
from warlog.errors import InputError

NEW = """
[[outlet]]
id = "outlet-imber-post"
name = "The Imber Post"
kind = "independent"
aliases = ["Imber Post"]
domains = ["imber.example", { domain = "old-imber.example", to = "2020-06" }]
country = "SY"
languages = ["en"]
sides = [{ theatre = "syria", side = "opposition", from = "2012" }]
"""


def _write(folder: Path, text: str, name: str = "outlets.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("WARLOG_HOME", str(folder))
    return folder


def test_a_new_outlet_is_found_as_any_other(tmp_path: Path) -> None:
    path = _write(tmp_path, NEW)
    known = Outlets.load([path])
    found = known.find("https://www.imber.example/a")
    assert found is not None
    assert (found.name, found.side_on("syria", "2014"), found.side_on("syria", "2011"), found.reference) == (
        "The Imber Post", "opposition", None, None,
    )  # fmt: skip
    assert found.stated_in == (str(path),)
    assert known.by_name("imber post") is found
    assert known.user_files == {str(path): hashlib.sha256(path.read_bytes()).hexdigest()}


def test_an_entry_adds_to_a_known_outlet(tmp_path: Path) -> None:
    before = Outlets.load().all["outlet-sana"]
    path = _write(
        tmp_path, '[[outlet]]\nid = "outlet-sana"\naliases = ["SANA Imber"]\nowned_by = "Port Imber"\nlanguages = ["fr"]\n'
    )
    after = Outlets.load([path]).all["outlet-sana"]
    assert after.aliases == (*before.aliases, "SANA Imber")
    assert after.languages == (*before.languages, "fr")
    assert after.owned_by == "Port Imber"
    assert (after.name, after.sides, after.addresses, after.reference) == (
        before.name,
        before.sides,
        before.addresses,
        before.reference,
    )
    assert "languages" not in after.unverified
    assert "sides" in after.unverified


def test_the_sides_of_a_theatre_take_the_place_of_the_known(tmp_path: Path) -> None:
    path = _write(tmp_path, '[[outlet]]\nid = "outlet-rt"\nsides = [{ theatre = "ukraine", side = "west", from = "2022" }]\n')
    rt = Outlets.load([path]).all["outlet-rt"]
    assert (rt.side_on("ukraine", "2023"), rt.side_on("ukraine", "2021"), rt.side_on("syria", "2016")) == (
        "west",
        None,
        "government",
    )


def test_an_entry_can_take_the_place_of_the_known(tmp_path: Path) -> None:
    path = _write(tmp_path, '[[outlet]]\nid = "outlet-rt"\nname = "RT"\nkind = "agency"\nreplace = true\n')
    rt = Outlets.load([path]).all["outlet-rt"]
    assert (rt.kind, rt.addresses, rt.sides, rt.owner, rt.reference) == ("agency", (), (), None, None)


def test_the_later_file_has_the_last_word(tmp_path: Path) -> None:
    first = _write(tmp_path, NEW, "a.toml")
    second = _write(tmp_path, '[[outlet]]\nid = "outlet-imber-post"\nkind = "party"\n', "b.toml")
    assert Outlets.load([first, second]).all["outlet-imber-post"].kind == "party"


def test_the_file_at_home_is_read_and_read_again_when_changed(home: Path) -> None:
    assert outlets().find("imber.example") is None
    assert home_file() == home / "outlets.toml"
    _write(home, NEW)
    assert outlets().find("imber.example") is not None
    assert outlets() is outlets()
    _write(home, NEW.replace("imber.example", "port-imber.example"))
    assert outlets().find("port-imber.example") is not None
    (home / "outlets.toml").unlink()
    assert outlets().find("port-imber.example") is None
    assert Outlets.load(home=False).user_files == {}


def test_a_logs_own_file_lies_beside_it(tmp_path: Path) -> None:
    assert file_of(tmp_path / "war.db") == tmp_path / "war.db.outlets.toml"


def test_a_side_of_the_users_own_theatre_is_known(home: Path, tmp_path: Path) -> None:
    (home / "theatres").mkdir()
    _write(home / "theatres", '[theatre]\nname = "Guyra"\n[[side]]\nid = "crown"\nname = "Crown"\n', "guyra.toml")
    path = _write(tmp_path, NEW.replace("syria", "guyra").replace("opposition", "crown"))
    assert Outlets.load([path]).all["outlet-imber-post"].side == {"guyra": "crown"}


#: an entry that adds to a known outlet, to be gone on with
RT = "[[outlet]]\nid = 'outlet-rt'\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[outlet]\n", "not valid TOML"),
        ("a = " + "[" * 5_000, "not valid TOML"),
        ("outlet = 3\n", "outlet: "),
        ("[[outlets]]\nid = 'outlet-x'\n", "outlets: "),
        ("[[outlet]]\nname = 'X'\n", "entry 1: id: Field required"),
        ("[[outlet]]\nid = 'x'\n", "x: id: "),
        ("[[outlet]]\nid = 'outlet-x'\nkind = 'state'\n", "outlet-x: a new outlet needs a name."),
        ("[[outlet]]\nid = 'outlet-x'\nname = 'X'\n", "outlet-x: a new outlet needs a kind."),
        ("[[outlet]]\nid = 'outlet-x'\nname = 'X'\nkind = 'good'\n", "outlet-x: kind: "),
        ("[[outlet]]\nid = 'outlet-x'\ncolour = 'red'\n", "outlet-x: colour: "),
        (RT + "country = 'Russia'\n", "outlet-rt: country: "),
        (RT + "domains = ['http://rt.com']\n", "outlet-rt: domains: 'http://rt.com' is not a domain"),
        (RT + "domains = ['com']\n", "outlet-rt: domains: 'com' is not a domain"),
        (RT + "reference = 'a book'\n", "outlet-rt: reference: "),
        (RT + "unverified = ['all']\n", "outlet-rt: unverified: "),
        (RT + "sides = [{ theatre = 'mars', side = 'red' }]\n", "outlet-rt: there is no theatre 'mars'."),
        (RT + "sides = [{ theatre = 'syria', side = 'red' }]\n", "there is no side 'red' in the theatre 'syria'."),
        (RT + "sides = [{ theatre = 'syria', side = 'sdf', from = '1/2/16' }]\n", "outlet-rt: sides: "),
        (RT + "owner = 'nobody'\n", "outlet-rt: there is no actor 'nobody' to be its owner"),
        (RT + "sponsors = ['nobody']\n", "outlet-rt: there is no actor 'nobody' to be its sponsor"),
        (RT + "domains = ['sana.sy']\n", "outlet-rt: the domain sana.sy is that of outlet-sana at the same time."),
        (RT + RT, "outlet-rt: there are two entries of this id."),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_naming_file_and_entry(tmp_path: Path, text: str, told: str) -> None:
    path = _write(tmp_path, text, "mine.toml")
    with pytest.raises(InputError) as caught:
        Outlets.load([path])
    sentence = str(caught.value)
    assert sentence.startswith(f"{path}: ")
    assert told in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        Outlets.load([tmp_path / "absent.toml"])
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8 text"):
        Outlets.load([tmp_path / "bytes.toml"])


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bom.toml"
    path.write_bytes(b"\xef\xbb\xbf" + NEW.encode())
    assert Outlets.load([path]).find("imber.example") is not None


def test_a_domain_may_change_hands(tmp_path: Path) -> None:
    text = NEW + (
        '[[outlet]]\nid = "outlet-new-imber"\nname = "New Imber"\nkind = "aggregator"\n'
        'domains = [{ domain = "old-imber.example", from = "2020-07" }]\n'
    )
    known = Outlets.load([_write(tmp_path, text)])
    holders = [known.by_domain("old-imber.example", day) for day in ("2019-01-01", "2021-01-01")]
    assert [o.name if o else None for o in holders] == ["The Imber Post", "New Imber"]
