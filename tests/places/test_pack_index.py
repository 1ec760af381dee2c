"""Packs by name over the network: an index served on loopback, checksum, resume, newer versions, private addresses."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from warlog.cli import main
from warlog.errors import InputError, UsageError
from warlog.places import Gazetteer, add_pack, list_packs
from warlog.places.packs import add_by_name, build_pack, update_packs

HEADER = "id,name,alt_names,lat,lon,kind,country,admin1\n"
ONE = HEADER + "a,Tell Maher,تل ماهر,36.1,37.1,village,SY,Aleppo\nb,Deir Hasan,,36.2,37.2,village,SY,Aleppo\n"
TWO = HEADER + "x,Tal Mahir,,36.1005,37.1004,locality,SY,Halab\ny,Khan Dara,,35.0,36.0,locality,SY,Hama\n"


class Host:
    """A folder served on loopback. `break_after` cuts each answer off after so many bytes, `ranges` allows going on."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.break_after, self.ranges, self.moved = folder, 0, True, ""
        self.asked: list[tuple[str, str]] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                host.answer(self)

            def log_message(self, *_: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range", "")
        self.asked.append((request.path, wanted))
        if self.moved and request.path.endswith(".gz"):
            request.send_response(302)
            request.send_header("Location", self.moved)
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        path = self.folder / request.path.lstrip("/")
        if not path.is_file():
            request.send_error(404)
            return
        data = path.read_bytes()
        start = int(wanted[6:-1]) if wanted and self.ranges else 0
        request.send_response(206 if start else 200)
        if start:
            request.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        request.send_header("Content-Length", str(len(data) - start))
        request.end_headers()
        body = data[start:]
        if self.break_after and path.suffix == ".gz":
            request.wfile.write(body[: self.break_after])
            request.wfile.flush()
            request.close_connection = True
            request.connection.close()
            return
        request.wfile.write(body)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    folder = tmp_path / "served"
    folder.mkdir()
    served = Host(folder)
    yield served
    served.server.shutdown()
    served.server.server_close()


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARLOG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("WARLOG_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("WARLOG_PACK_INDEX", raising=False)


def publish(host: Host, tmp_path: Path, version: str = "1", text: str = ONE) -> Path:
    source = tmp_path / "one.csv"
    source.write_text(text, encoding="utf-8")
    out = host.folder / f"sy-{version}.arrow.gz"
    build_pack([source], out, name="SY", title="Syria", version=version, index=host.folder / "index.json")
    return out


def test_a_pack_is_installed_by_its_name(host: Host, tmp_path: Path) -> None:
    out = publish(host, tmp_path)
    info = add_by_name("sy", index=f"{host.url}/index.json", allow_private=True)
    assert (info.name, info.title, info.version, info.places, info.added) == ("sy", "Syria", "1", 2, True)
    assert info.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    gazetteer = Gazetteer.open(builtin=False)
    assert gazetteer.lookup("تل ماهر")[0].place_id == "one:a"
    assert gazetteer.attributions() == ["Places from one.csv"]
    assert not add_by_name("SY", index=f"{host.url}/index.json", allow_private=True).added
    assert sum(path.endswith(".gz") for path, _ in host.asked) == 1, "what is installed is not downloaded again"


def test_an_interrupted_download_goes_on_where_it_stopped(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warlog.places.fetch._PAUSE", 0.0)
    out = publish(host, tmp_path)
    size = out.stat().st_size
    host.break_after = size // 3 + 1
    assert add_by_name("SY", index=f"{host.url}/index.json", allow_private=True).added
    ranges = [wanted for path, wanted in host.asked if path.endswith(".gz")]
    assert ranges == ["", f"bytes={size // 3 + 1}-", f"bytes={2 * (size // 3 + 1)}-"]


def test_a_download_that_was_given_up_is_taken_up_by_the_next_command(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warlog.places.fetch._PAUSE", 0.0)
    monkeypatch.setattr("warlog.places.fetch._TRIES", 0)
    size = publish(host, tmp_path).stat().st_size
    host.break_after = size // 2
    with pytest.raises(InputError, match="what came is kept"):
        add_by_name("SY", index=f"{host.url}/index.json", allow_private=True)
    assert list_packs() == []
    host.break_after = 0
    assert add_by_name("SY", index=f"{host.url}/index.json", allow_private=True).added
    assert host.asked[-1][1] == f"bytes={size // 2}-"


def test_a_server_that_cannot_go_on_in_the_middle_sends_it_all_again(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warlog.places.fetch._PAUSE", 0.0)
    monkeypatch.setattr("warlog.places.fetch._TRIES", 0)
    size = publish(host, tmp_path).stat().st_size
    host.break_after, host.ranges = size // 2, False
    with pytest.raises(InputError):
        add_by_name("SY", index=f"{host.url}/index.json", allow_private=True)
    host.break_after = 0
    assert add_by_name("SY", index=f"{host.url}/index.json", allow_private=True).places == 2


@pytest.mark.parametrize("same_size", [True, False])
def test_a_wrong_checksum_installs_nothing(host: Host, tmp_path: Path, same_size: bool) -> None:
    out = publish(host, tmp_path)
    good = out.read_bytes()
    out.write_bytes(good[:-1] + bytes([good[-1] ^ 1]) if same_size else good + b"more")
    with pytest.raises(InputError, match="nothing was installed"):
        add_by_name("SY", index=f"{host.url}/index.json", allow_private=True)
    assert list_packs() == []
    out.write_bytes(good)
    assert add_by_name("SY", index=f"{host.url}/index.json", allow_private=True).added, "the bad bytes were not kept"


def test_private_addresses_are_refused_unless_allowed(host: Host, tmp_path: Path) -> None:
    publish(host, tmp_path)
    with pytest.raises(InputError, match="private"):
        add_by_name("SY", index=f"{host.url}/index.json")
    assert host.asked == []
    # an index that lies here, but leads to a private address
    index = tmp_path / "index.json"
    index.write_text((host.folder / "index.json").read_text().replace('"sy-1', f'"{host.url}/sy-1'))
    with pytest.raises(InputError, match="private"):
        add_by_name("SY", index=str(index))
    assert host.asked == []


def test_redirects_are_followed_and_an_endless_one_is_not(host: Host, tmp_path: Path) -> None:
    publish(host, tmp_path)
    (host.folder / "elsewhere.bin").write_bytes((host.folder / "sy-1.arrow.gz").read_bytes())
    host.moved = f"{host.url}/elsewhere.bin"
    assert add_by_name("SY", index=f"{host.url}/index.json", allow_private=True).added
    publish(host, tmp_path, "2", ONE + "c,New Village,,36.3,37.3,village,SY,\n")
    host.moved = f"{host.url}/again.gz"
    with pytest.raises(InputError, match="redirects more than"):
        add_by_name("SY", index=f"{host.url}/index.json", allow_private=True)


def test_update_installs_what_is_newer_and_leaves_the_rest(host: Host, tmp_path: Path) -> None:
    publish(host, tmp_path)
    index = f"{host.url}/index.json"
    add_by_name("SY", index=index, allow_private=True)
    own = tmp_path / "own.csv"
    own.write_text(HEADER + "1,Own Place,,1,1,village,TD,\n", encoding="utf-8")
    add_pack(own)
    (info,) = update_packs(index=index, allow_private=True)
    assert not info.added
    publish(host, tmp_path, "2", ONE + "c,New Village,,36.3,37.3,village,SY,\n")
    (info,) = update_packs(index=index, allow_private=True)
    assert (info.added, info.version, info.places) == (True, "2", 3)
    assert Gazetteer.open(builtin=False).get("one:c") is not None
    with pytest.raises(UsageError, match="own"):
        update_packs(["own"], index=index, allow_private=True)


def test_where_the_index_is_can_be_set_in_three_ways(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(host, tmp_path)
    with pytest.raises(UsageError, match="No pack index is known"):
        add_by_name("SY")
    home = tmp_path / "home"
    home.mkdir()
    (home / "gazetteer.toml").write_text(f'index = "{host.url}/index.json"\n')
    assert add_by_name("SY", allow_private=True).added
    monkeypatch.setenv("WARLOG_PACK_INDEX", f"{host.url}/absent.json")
    with pytest.raises(InputError, match="absent"):
        add_by_name("SY", allow_private=True)
    with pytest.raises(UsageError, match="has no pack 'XX'"):
        add_by_name("XX", index=str(host.folder / "index.json"))
    (home / "gazetteer.toml").write_text("index = [")
    monkeypatch.delenv("WARLOG_PACK_INDEX")
    with pytest.raises(InputError, match=r"gazetteer\.toml"):
        add_by_name("SY")


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"format": 2, "packs": []}', '{"format": 1, "packs": [{"name": "SY"}]}', "[" * 100_000,
        '{"format": 1, "packs": [{"name": "../SY", "url": "x", "size": 1, "sha256": "' + "0" * 64 + '"}]}',
        '{"format": 1, "packs": [{"name": "SY", "url": "x", "size": -1, "sha256": "' + "0" * 64 + '"}]}',
        '{"format": 1, "packs": [{"name": "SY", "url": "x", "size": 1, "sha256": "short"}]}',
    ],
)  # fmt: skip
def test_a_damaged_index_gives_one_sentence(tmp_path: Path, text: str) -> None:
    index = tmp_path / "index.json"
    index.write_text(text)
    with pytest.raises(InputError, match="is no pack index") as fault:
        add_by_name("SY", index=str(index))
    assert "\n" not in str(fault.value)


def test_an_index_of_the_web_does_not_lead_to_files_of_this_machine(host: Host, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(ONE, encoding="utf-8")
    row = {"name": "SY", "url": secret.as_uri(), "size": 1, "sha256": "0" * 64}
    (host.folder / "index.json").write_text(json.dumps({"format": 1, "packs": [row]}))
    with pytest.raises(InputError, match="not of the web"):
        add_by_name("SY", index=f"{host.url}/index.json", allow_private=True)


def test_build_merges_sources_and_comes_out_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(ONE, encoding="utf-8")
    (tmp_path / "two.csv").write_text(TWO, encoding="utf-8")
    sources = [tmp_path / "one.csv", tmp_path / "two.csv"]
    outs = [tmp_path / "a.arrow.gz", tmp_path / "b.arrow.gz"]
    for out in outs:
        info, merged = build_pack(sources, out, name="SY", version="1")
        assert (info.places, merged) == (3, 1)
    assert outs[0].read_bytes() == outs[1].read_bytes()
    add_pack(outs[0])
    gazetteer = Gazetteer.open(builtin=False)
    place = gazetteer.get("two:x")
    assert place is not None
    assert place.place_id == "one:a"
    assert {"Tal Mahir", "تل ماهر"} <= set(place.names)
    assert place.source == "one.csv; two.csv"
    assert len(gazetteer.attributions()) == 1
    assert "one.csv" in gazetteer.attributions()[0]
    assert "two.csv" in gazetteer.attributions()[0]


def test_the_index_keeps_its_other_packs_and_whatever_they_say(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(ONE, encoding="utf-8")
    index = tmp_path / "index.json"
    for name in ("SY", "LB", "SY"):
        build_pack([tmp_path / "one.csv"], tmp_path / f"{name}.arrow.gz", name=name, version="7", index=index)
    raw = json.loads(index.read_text(encoding="utf-8"))
    assert [(p["name"], p["url"], p["version"]) for p in raw["packs"]] == [("LB", "LB.arrow.gz", "7"), ("SY", "SY.arrow.gz", "7")]
    with pytest.raises(UsageError, match="does not lie"):
        build_pack([tmp_path / "one.csv"], tmp_path / "x.arrow.gz", name="X", index=tmp_path / "elsewhere" / "index.json")


def test_a_hostile_pack_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(ONE, encoding="utf-8")
    build_pack([tmp_path / "one.csv"], tmp_path / "good.arrow", name="SY")
    good = (tmp_path / "good.arrow").read_bytes()
    for number, data in enumerate((good[: len(good) // 2], b"", b"ARROW1\0\0" + b"\xff" * 200)):
        bad = tmp_path / f"bad{number}.arrow"
        bad.write_bytes(data)
        with pytest.raises(InputError):
            add_pack(bad)
    packed = tmp_path / "bad.arrow.gz"
    packed.write_bytes(gzip.compress(good)[:-20])
    with pytest.raises(InputError, match="cannot be unpacked"):
        add_pack(packed)
    named = tmp_path / "named.arrow"
    named.write_bytes(good.replace(b'"name": "sy"', b'"name": "/y"'))
    with pytest.raises(InputError, match="damaged"):
        add_pack(named)
    assert list_packs() == []


def test_the_commands(host: Host, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "one.csv"
    source.write_text(ONE, encoding="utf-8")
    bad = tmp_path / "bad.csv"
    bad.write_text("nothing here\n")
    out, index = host.folder / "sy.arrow.gz", host.folder / "index.json"
    command = ["gazetteer", "build", "SY", str(source), "--out", str(out), "--index", str(index), "--pack-version", "3"]
    assert main(command) == 0
    assert main(["gazetteer", "add", str(bad), "SY", "--index", f"{host.url}/index.json", "--allow-private"]) == 1
    told = capsys.readouterr()
    assert "bad.csv" in told.err
    assert "sy: 2 places." in told.out
    assert main(["gazetteer", "list", "--format", "csv"]) == 0
    listed = capsys.readouterr().out
    assert listed.splitlines()[0] == "name,title,version,places,countries,source,licence,attribution"
    assert str(tmp_path) not in listed
    assert main(["gazetteer", "update", "--index", f"{host.url}/index.json", "--allow-private"]) == 0
    assert "up to date" in capsys.readouterr().out
    assert main(["gazetteer", "remove", "sy", "absent"]) == 1
    assert "absent" in capsys.readouterr().err
    assert list_packs() == []
    assert main(["gazetteer", "add", "NOWHERE"]) == 2
    assert "No pack index is known" in capsys.readouterr().err
