"""Files, disks and moments that are against us: one clear sentence, nothing half-done, the good kept."""

from __future__ import annotations

import gzip
import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from warlog.cli import main
from warlog.errors import InputError, LogError
from warlog.places import Gazetteer, add_pack, list_packs, opening
from warlog.places.index import open_index

HEADER = "id,name,alt_names,lat,lon,kind,country\n"
GOOD = HEADER + "1,Hill 95,Tell 95,10.5,20.5,hill,TD\n"


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARLOG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("WARLOG_CACHE", str(tmp_path / "cache"))


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_bad_file_among_good_ones_leaves_the_good_ones_installed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad, good = write(tmp_path, "bad.csv", "nothing\n"), write(tmp_path, "good.csv", GOOD)
    assert main(["gazetteer", "add", str(bad), str(good), str(tmp_path / "absent.csv")]) == 1
    told = capsys.readouterr()
    assert [p.name for p in list_packs()] == ["good"]
    assert "bad.csv" in told.err
    assert "absent.csv" in told.err
    assert "good: 1 places" in told.out


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("nan.csv", HEADER + "1,A,,nan,2,,\n", "line 2"),
        ("inf.csv", HEADER + "1,A,,1,inf,,\n", "line 2"),
        ("crowd.csv", "id,name,lat,lon,population\n1,A,1,2,nan\n", "line 2"),
        ("minus.csv", "id,name,lat,lon,population\n1,A,1,2,-5\n", "line 2"),
        ("country.csv", HEADER + "1,A,,1,2,,Syria\n", "two letters"),
        ("latin.csv", HEADER.encode() + "1,Aïn,,1,2,,\n".encode("latin-1"), "UTF-8"),
        ("utf16.csv", GOOD.encode("utf-16"), "UTF-8"),
        ("nul.csv", GOOD + "2,A\0B,,1,2,,\n", "no text"),
        ("quote.csv", HEADER + '1,"A,,1,2,,\n', "line"),
        ("deep.json", "[" * 200_000, "damaged"),
        ("nan.json", '[{"id": 1, "n": "A", "pt": "locality", "lat": NaN, "lon": 2, "names": {}}]', "no point"),
        ("list.json", "[1, 2]", "not a Who's On First"),
        ("half.json.gz", gzip.compress(b'[{"id": 1}]' * 1000, mtime=0)[:-9], "cannot be unpacked"),
        ("ids.json", '[{"id": 1, "n": "A", "pt": "locality", "lat": 1, "lon": 2, "names": {}},'
                     ' {"id": 1, "n": "B", "pt": "locality", "lat": 1, "lon": 2, "names": {}}]', "two places with the id 1"),
        ("short.txt", "\t".join(["1", "A", "A", "", "1", "2", "P", "PPL", "SY", *[""] * 10]) + "\n1\tA\n", "line 2"),
        ("far.txt", "\t".join(["1", "A", "A", "", "99", "2", "P", "PPL", "SY", *[""] * 10]) + "\n", "feature 1"),
    ],
)  # fmt: skip
def test_hostile_content(tmp_path: Path, name: str, data: str | bytes, words: str) -> None:
    path = write(tmp_path, name, data)
    with pytest.raises(InputError) as fault:
        add_pack(path)
    assert words in str(fault.value)
    assert str(path) in str(fault.value)
    assert "\n" not in str(fault.value)
    assert list_packs() == []


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_SMALL", 2**20)
    bomb = write(tmp_path, "bomb.csv.gz", gzip.compress(GOOD.encode() + b"x" * 300 * 2**20))
    started = time.monotonic()
    with pytest.raises(InputError, match=r"far more than|longer than"):
        add_pack(bomb)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", ("1\tA\tA\t\t1\t2\tP\tPPL\tSY" + "\t" * 10 + "\n") * 2_000_000)
    with pytest.raises(InputError, match="far more than"):
        add_pack(write(tmp_path, "bomb.zip", held.getvalue()))
    assert time.monotonic() - started < 60


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    with path.open("wb") as stream:
        stream.write(HEADER.encode())
        stream.seek(1_000_000_000)
        stream.write(b"x\n")
    with pytest.raises(InputError, match="line 2"):
        add_pack(path)


def test_an_archive_with_a_password_or_without_text_is_told(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("picture.png", "x")
    with pytest.raises(InputError, match=r"no \.txt"):
        add_pack(write(tmp_path, "a.zip", held.getvalue()))


def test_a_pack_that_another_program_holds_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "own.csv", GOOD)
    add_pack(path)

    def locked(*_: object) -> None:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr("warlog.places.home.os.replace", locked)
    with pytest.raises(LogError, match="in use by another program"):
        add_pack(write(tmp_path, "own.csv", GOOD + "2,B,,1,2,,\n"))
    monkeypatch.undo()
    monkeypatch.setenv("WARLOG_HOME", str(tmp_path / "home"))
    assert list_packs()[0].places == 1
    assert [p.name for p in (tmp_path / "home" / "packs").iterdir()] == ["own.arrow"]


_LITTLE_ROOM = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
from warlog.cli import main
sys.exit(main(["gazetteer", "add", sys.argv[1]]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="file sizes cannot be limited on this system")
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    rows = "".join(f"{n},Place {n},,1,2,village,SY\n" for n in range(2000))
    path = write(tmp_path, "large.csv", HEADER + rows)
    done = subprocess.run([sys.executable, "-c", _LITTLE_ROOM, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert "cannot be written" in done.stderr
    assert list((tmp_path / "home" / "packs").iterdir()) == []


_KILLED = """
import os, signal, sys
from warlog.places import home
home.os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from warlog.places import add_pack
add_pack(sys.argv[1])
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on this system")
def test_being_killed_in_the_middle_leaves_the_old_pack_and_is_cleared_away(tmp_path: Path) -> None:
    add_pack(write(tmp_path, "own.csv", GOOD))
    path = write(tmp_path, "own.csv", GOOD + "2,B,,1,2,,\n")
    done = subprocess.run([sys.executable, "-c", _KILLED, str(path)], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    (info,) = list_packs()
    assert info.places == 1
    folder = tmp_path / "home" / "packs"
    (left,) = [p for p in folder.iterdir() if p.name.endswith(".part")]
    os.utime(left, (1, 1))
    assert add_pack(path).places == 2
    assert [p.name for p in folder.iterdir()] == ["own.arrow"]


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(add_pack(write(tmp_path, "own.csv", GOOD)).path)

    def full(*_: object, **__: object) -> None:
        raise LogError("cache: cannot be written: No space left on device.")

    monkeypatch.setattr("warlog.places.index.replacing", full)
    assert len(open_index(path).hashes) > 0
    monkeypatch.undo()


def test_a_damaged_index_is_made_again(tmp_path: Path) -> None:
    path = Path(add_pack(write(tmp_path, "own.csv", GOOD)).path)
    open_index(path)
    (made,) = (tmp_path / "cache" / "index").iterdir()
    made.write_bytes(b"ARROW1\0\0" + b"\xff" * 100)
    assert Gazetteer.open(builtin=False).lookup("Hill 95")[0].place_id == "own:1"


def test_packs_of_the_first_format_are_still_read(tmp_path: Path) -> None:
    import json

    import pyarrow as pa

    columns = {
        "id": ["old:1"], "name": ["Old Place"], "names": [["Vieux"]], "lat": [1.0], "lon": [2.0], "kind": ["village"],
        "country": ["TD"], "admin1": [""], "admin2": [""], "population": [5], "sensitive": [False],
    }  # fmt: skip
    info = {
        "name": "old", "title": "Old", "sha256": "0" * 64, "source": "old.csv", "licence": "", "attribution": "Old", "places": 1,
        "countries": ["TD"], "path": "", "added": False,
    }  # fmt: skip
    table = pa.table(columns)
    table = table.cast(table.schema.set(2, pa.field("names", pa.list_(pa.string()))))
    table = table.replace_schema_metadata({"warlog.format": "1", "warlog.pack": json.dumps(info)})
    folder = tmp_path / "home" / "packs"
    folder.mkdir(parents=True)
    with pa.OSFile(str(folder / "old.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    place = Gazetteer.open(builtin=False).get("old:1")
    assert place is not None
    assert (place.name, place.admin3, place.source) == ("Old Place", "", "Old")
