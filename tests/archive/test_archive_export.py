"""What is exported opens in other people's tools, states only what is true, and comes back as it was."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from archive_making import check, fill, make_capture, rows, web_capture
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from warlog import collect
from warlog.archive import Archive
from warlog.archive.export import Exported, export
from warlog.archive.surt import surt
from warlog.errors import UsageError
from warlog.records import Capture

PAGE = (
    "<!DOCTYPE html><html><head><title>Front</title></head><body><p>The army captured Saraqib, Ариха.</p></body></html>".encode()
)


def write(tmp_path: Path, pairs: list[tuple[Capture, bytes]], name: str = "out.warc.gz", **options: Any) -> tuple[Path, Exported]:
    archive = Archive(tmp_path / "a")
    for capture, data in pairs:
        archive.take(capture, data)
    out = tmp_path / name
    done = export(archive, [(c.name, c) for c, _ in pairs], out, software="warlog 0.2.0", title="Evidence", **options)
    return out, done


def records(warc: bytes) -> list[tuple[str, dict[str, str], list[tuple[str, str]], str, bytes]]:
    """Type, WARC headers, HTTP headers, status line and payload of each record; every digest was found right."""
    found = []
    for record in ArchiveIterator(io.BytesIO(warc), check_digests=True):
        data = record.content_stream().read()
        assert record.digest_checker.passed is not False, record.digest_checker.problems
        if record.rec_type != "warcinfo":
            assert record.digest_checker.passed is True
        http = record.http_headers
        found.append(
            (
                record.rec_type,
                dict(record.rec_headers.headers),
                http.headers if http else [],
                http.statusline if http else "",
                data,
            )
        )
    for fast in FastIterator(io.BytesIO(warc), parse_http=False):
        assert fast.headers["WARC-Type"] == "warcinfo" or fast.verify_block_digest()
    return found


def test_an_answer_of_the_web_is_a_response_with_its_custody_beside(tmp_path: Path) -> None:
    capture = web_capture(PAGE)
    out, done = write(tmp_path, [(capture, PAGE)])
    info, response, metadata = records(out.read_bytes())
    assert info[0] == "warcinfo"
    assert b"software: warlog 0.2.0" in info[4]
    kind, stated, headers, status, data = response
    assert (kind, status, data) == ("response", "200 OK", PAGE)
    assert stated["WARC-Target-URI"] == capture.url
    assert stated["WARC-Date"] == "2020-01-30T08:15:00Z"
    assert stated["WARC-Payload-Digest"] == f"sha256:{capture.sha256}"
    assert [list(line) for line in headers] == [*capture.headers, ["Content-Length", str(len(PAGE))]]
    kind, stated, _, _, data = metadata
    told = json.loads(data)
    assert (kind, stated["WARC-Refers-To"]) == ("metadata", response[1]["WARC-Record-ID"])
    assert told["capture"]["capture_id"] == capture.capture_id
    assert [entry["event"] for entry in told["custody"]] == ["capture"]
    assert (done.captures, done.size, done.left_out) == (1, len(PAGE), [])
    assert (done.sha256, done.file_size) == (hashlib.sha256(out.read_bytes()).hexdigest(), out.stat().st_size)


def test_headers_that_told_of_the_sending_are_renamed(tmp_path: Path) -> None:
    headers = [
        ["Content-Encoding", "gzip"], ["transfer-encoding", "chunked"], ["Content-Length", "57"],
        ["X-Note", "grüße\r\nX-Evil: 1"], ["Bad Name", "x"], ["Set-Cookie", "a=1"], ["Set-Cookie", "b=2"],
    ]  # fmt: skip
    out, _ = write(tmp_path, [(web_capture(PAGE, headers=headers, status=203), PAGE)])
    response = records(out.read_bytes())[1]
    names = [name for name, _ in response[2]]
    assert names == [
        "X-Archive-Orig-Content-Encoding", "X-Archive-Orig-transfer-encoding", "X-Archive-Orig-Content-Length", "X-Note",
        "Set-Cookie", "Set-Cookie", "Content-Type", "Content-Length",
    ]  # fmt: skip
    assert dict(response[2])["Content-Length"] == str(len(PAGE))
    assert response[3] == "203 Non-Authoritative Information"
    assert response[4] == PAGE


def test_files_of_this_machine_give_no_path_away(tmp_path: Path) -> None:
    captures = [
        (make_capture(b"Plain words.", "notes.txt"), b"Plain words."),
        (make_capture(PAGE, "saved.html", media_type="text/html", url="https://news.example.org/saved"), PAGE),
        (make_capture(b'{"text": "x"}', "wire-1", media_type="application/json", method="jsonl", record_number=3,
                      url="https://news.example.org/item"), b'{"text": "x"}'),
        (make_capture(b"Zipped.", "in.txt", container="/home/anna/box.zip", method="zip"), b"Zipped."),
    ]  # fmt: skip
    for name in ("out.warc.gz", "out.wacz"):
        out, _ = write(tmp_path, captures, name)
        data = out.read_bytes()
        plain = (
            gzip.decompress(data)
            if name.endswith("gz")
            else b"".join(zipfile.ZipFile(out).read(member) for member in zipfile.ZipFile(out).namelist())
        )
        plain += gzip.decompress(zipfile.ZipFile(out).read("archive/data.warc.gz")) if name.endswith("wacz") else b""
        assert b"/home/anna" not in plain
    found = [
        (kind, stated["WARC-Target-URI"], stated["Content-Type"])
        for kind, stated, *_ in records((tmp_path / "out.warc.gz").read_bytes())[1::2]
    ]
    assert found == [
        ("resource", f"urn:warlog:{captures[0][0].capture_id}", "text/plain"),
        ("resource", "https://news.example.org/saved", "text/html"),
        ("resource", f"urn:warlog:{captures[2][0].capture_id}", "application/json"),
        ("resource", f"urn:warlog:{captures[3][0].capture_id}", "text/plain"),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    data=st.binary(max_size=300),
    url=st.text(max_size=40).map(lambda text: f"https://news.example.org/{text}"),
    status=st.none() | st.integers(100, 999),
    headers=st.lists(st.lists(st.text(max_size=20), max_size=3), max_size=4),
    time=st.text(max_size=10) | st.datetimes().map(lambda d: d.isoformat()),
)
def test_whatever_a_capture_holds_the_records_are_sound(
    tmp_path: Path, data: bytes, url: str, status: int | None, headers: list[list[str]], time: str
) -> None:
    clean = [[part.encode("utf-8", "replace").decode() for part in line] for line in headers]
    capture = web_capture(data, url, status=status, headers=clean, retrieved_at=time)
    out, _ = write(tmp_path, [(capture, data)])
    assert [record[4] for record in records(out.read_bytes())][1] == data


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Capture, bytes]]:
    web = [(web_capture(PAGE + b"%d" % n, f"https://www.news.example.org/War/{n}?b=2&a=1"), PAGE + b"%d" % n) for n in range(50)]
    return [*web, (make_capture(b"Plain words.", "notes.txt"), b"Plain words.")]


@pytest.fixture(scope="module")
def wacz(tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[Capture, bytes]]) -> zipfile.ZipFile:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warlog.archive.wacz.INDEX_LINES", 20)
        out, _ = write(tmp_path_factory.mktemp("wacz"), pairs, "out.wacz", title_of=lambda name: f"Title of {name}")
    return zipfile.ZipFile(out)


class TestWacz:
    """The rules of WACZ 1.1.1, as its specification states them and its reference tool checks them."""

    def test_files_and_manifest(self, wacz: zipfile.ZipFile) -> None:
        assert wacz.testzip() is None
        package = json.loads(wacz.read("datapackage.json"))
        assert (package["profile"], package["wacz_version"], package["title"]) == ("data-package", "1.1.1", "Evidence")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", package["created"])
        assert package["mainPageUrl"] == "https://www.news.example.org/War/0?b=2&a=1"
        listed = {resource["path"]: resource for resource in package["resources"]}
        assert set(listed) | {"datapackage.json", "datapackage-digest.json"} == set(wacz.namelist())
        assert set(listed) == {"archive/data.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl"}
        for path, resource in listed.items():
            data = wacz.read(path)
            assert resource["name"] == path.rpartition("/")[2]
            assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        digest = json.loads(wacz.read("datapackage-digest.json"))
        assert digest == {
            "path": "datapackage.json",
            "hash": f"sha256:{hashlib.sha256(wacz.read('datapackage.json')).hexdigest()}",
        }

    def test_what_is_packed_already_is_stored(self, wacz: zipfile.ZipFile) -> None:
        for info in wacz.infolist():
            assert (info.compress_type == zipfile.ZIP_STORED) == info.filename.endswith(".gz"), info.filename

    def test_pages(self, wacz: zipfile.ZipFile, pairs: list[tuple[Capture, bytes]]) -> None:
        header, *pages = map(json.loads, wacz.read("pages/pages.jsonl").splitlines())
        assert header == {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
        assert len(pages) == len(pairs)
        assert pages[0] == {
            "id": pairs[0][0].capture_id, "url": pairs[0][0].url, "ts": "2020-01-30T08:15:00Z", "size": len(pairs[0][1]),
            "title": f"Title of {pairs[0][0].name}",
        }  # fmt: skip

    def test_the_index_leads_to_each_record(self, wacz: zipfile.ZipFile, pairs: list[tuple[Capture, bytes]]) -> None:
        packed = wacz.read("indexes/index.cdx.gz")
        meta, *blocks = wacz.read("indexes/index.idx").decode().splitlines()
        assert json.loads(meta.removeprefix("!meta 0 ")) == {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
        lines: list[str] = []
        for block in blocks:
            key, _, rest = block.partition(" {")
            where = json.loads("{" + rest)
            piece = packed[where["offset"] : where["offset"] + where["length"]]
            assert where["digest"] == f"sha256:{hashlib.sha256(piece).hexdigest()}"
            unpacked = gzip.decompress(piece).decode().splitlines()
            assert unpacked[0].startswith(key + " {")
            lines += unpacked
        assert len(blocks) == 3
        assert lines == sorted(lines, key=str.encode)
        assert len(lines) == len(pairs)
        warc = wacz.read("archive/data.warc.gz")
        for line in lines[::7]:
            key, time, rest = line.split(" ", 2)
            entry = json.loads(rest)
            assert (key, time, entry["filename"]) == (surt(entry["url"]), "20200130081500", "data.warc.gz")
            piece = warc[int(entry["offset"]) : int(entry["offset"]) + int(entry["length"])]
            record = next(iter(ArchiveIterator(io.BytesIO(piece))))
            assert record.rec_headers.get_header("WARC-Target-URI") == entry["url"]
            assert f"sha256:{hashlib.sha256(record.content_stream().read()).hexdigest()}" == entry["digest"]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://example.com", "com,example)/"),
        ("https://www.example.com:8080/A/?b=2&a=1", "com,example:8080)/a?a=1&b=2"),
        ("https://WWW2.Example.com:443/#part", "com,example)/"),
        ("http://anna:secret@example.com/a/b/", "com,example)/a/b"),
        ("http://192.168.1.2/x", "192.168.1.2)/x"),
        ("http://[::1]:8080/x", "::1:8080)/x"),
        ("http://пример.рф/а", "рф,пример)/а"),
        ("urn:warlog:00ff", "urn:warlog:00ff"),
        ("http://[half", "http://[half"),
    ],
)
def test_sort_keys_are_those_of_the_usual_indexers(url: str, key: str) -> None:
    assert surt(url) == key


@pytest.mark.parametrize("name", ["out.warc.gz", "out.wacz"])
def test_captures_come_back_from_what_was_exported(tmp_path: Path, name: str) -> None:
    first, _ = write(
        tmp_path, [(web_capture(PAGE + b"%d" % n, f"https://news.example.org/{n}"), PAGE + b"%d" % n) for n in range(5)], name
    )
    once = [found for found in collect.captures([first]) if isinstance(found, tuple)]
    (tmp_path / "again").mkdir()
    second, _ = write(tmp_path / "again", once, name)
    twice = [found for found in collect.captures([second]) if isinstance(found, tuple)]
    assert len(once) == 5

    def told(pairs: list[tuple[Capture, bytes]]) -> list[Any]:
        return [
            (c.sha256, c.size, c.source, c.name, c.media_type, c.retrieved_at, c.url, c.final_url, c.status, c.headers, data)
            for c, data in pairs
        ]

    assert told(once) == told(twice)
    assert [(c.url, c.status, c.retrieved_at) for c, _ in once] == [
        (f"https://news.example.org/{n}", 200, "2020-01-30T08:15:00+00:00") for n in range(5)
    ]


class TestWhatCannotBeExported:
    def test_another_suffix(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"out\.zip: an export is a \.wacz or a \.warc\.gz file"):
            write(tmp_path, [(web_capture(PAGE), PAGE)], "out.zip")

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"none/out\.wacz cannot be written: No such file or directory"):
            write(tmp_path, [(web_capture(PAGE), PAGE)], "none/out.wacz")

    def test_withdrawn_and_lost_originals_are_left_out_and_told_of(self, tmp_path: Path) -> None:
        archive = Archive(tmp_path / "a")
        captures = fill(archive, 3)
        archive.withdraw(captures[0].sha256, "reason", "warlog", "")
        archive.path(captures[1].sha256).unlink()
        wanted = [(name, capture) for _, name, capture in rows(captures)]
        done = export(archive, wanted, tmp_path / "out.wacz", software="w", title="t")
        assert done.captures == 1
        assert ["was withdrawn" in text for text in done.left_out] == [True, False]
        with pytest.raises(UsageError, match="was left out"):
            export(archive, wanted[:2], tmp_path / "none.wacz", software="w", title="t")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "out.wacz"]

    @pytest.mark.parametrize("name", ["out.wacz", "out.warc.gz"])
    def test_no_room_leaves_no_half_a_file(self, tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
        resource = pytest.importorskip("resource")
        multiprocessing = pytest.importorskip("multiprocessing")
        archive = Archive(tmp_path / "a")
        data = bytes(i * i % 251 for i in range(60_000))
        capture = web_capture(data)
        archive.take(capture, data)
        here, there = multiprocessing.Pipe()

        def work() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
            try:
                export(archive, [("x", capture)], tmp_path / name, software="w", title="t")
            except UsageError as error:
                there.send(str(error))

        process = multiprocessing.get_context("fork").Process(target=work)
        process.start()
        process.join(30)
        assert process.exitcode == 0
        assert here.recv() == f"{tmp_path / name} cannot be written: File too large."
        assert [path.name for path in tmp_path.iterdir()] == ["a"]
        assert "Traceback" not in capfd.readouterr().err
        assert check(archive)[1] == []
