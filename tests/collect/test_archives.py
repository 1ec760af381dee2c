"""Compressed files, ZIP and WACZ archives: what is in them comes as if it lay in a folder, and says where it lay."""

import gzip
import hashlib
import json
import zipfile

import pytest
from making_files import PAGE, TEXT, Warc, sorted_out, zipped

from warlog.collect import captures
from warlog.errors import InputError

RECORDS = b'{"id": "a", "text": "A."}\n{"id": "b", "text": "B."}\n'


def test_a_compressed_page_is_known_by_its_own_name(tmp_path):
    file = tmp_path / "page.html.gz"
    file.write_bytes(gzip.compress(PAGE))
    ((capture, data),), errors, _ = sorted_out(file)
    assert errors == []
    assert data == PAGE
    assert (capture.name, capture.media_type, capture.method) == ("page.html", "text/html", "file")
    assert (capture.source, capture.container) == (str(file), str(file))
    assert capture.container_sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert capture.sha256 == hashlib.sha256(PAGE).hexdigest()


def test_compressed_records_come_line_by_line(tmp_path):
    file = tmp_path / "r.jsonl.gz"
    file.write_bytes(gzip.compress(RECORDS))
    found, errors, _ = sorted_out(file)
    assert [(c.name, c.record_number, c.method, c.container) for c, _ in found] == [
        ("a", 1, "jsonl", str(file)),
        ("b", 2, "jsonl", str(file)),
    ]
    assert errors == []


def test_what_is_not_compressed_has_no_container(tmp_path):
    (tmp_path / "r.jsonl").write_bytes(RECORDS)
    (tmp_path / "p.html").write_bytes(PAGE)
    found, _, _ = sorted_out(tmp_path)
    assert {(c.container, c.container_sha256) for c, _ in found} == {(None, None)}
    assert all(c.tool.startswith("warlog ") for c, _ in found)


def test_an_archive_is_read_like_a_folder(tmp_path):
    file = tmp_path / "a.zip"
    file.write_bytes(
        zipped({"d/p.html": PAGE, "r.jsonl": RECORDS, "x.png": b"\x89PNG\0", "__MACOSX/._p.html": b"\0", "d/.h": b"x"})
    )
    found, errors, skipped = sorted_out(file)
    assert [(c.name, c.method, c.source) for c, _ in found] == [
        ("a.zip/d/p.html", "zip", f"{file}!d/p.html"),
        ("a", "jsonl", f"{file}!r.jsonl"),
        ("b", "jsonl", f"{file}!r.jsonl"),
    ]
    assert {c.container for c, _ in found} == {str(file)}
    assert {c.container_sha256 for c, _ in found} == {hashlib.sha256(file.read_bytes()).hexdigest()}
    assert errors == []
    assert [(s.folder, dict(s.counts)) for s in skipped] == [(str(file), {".png": 1, "hidden": 2})]


def test_archives_in_archives(tmp_path):
    inner = zipped({"p.txt.gz": gzip.compress(TEXT.encode())})
    file = tmp_path / "outer.zip"
    file.write_bytes(zipped({"in/inner.zip": inner, "q.txt": TEXT.encode()}))
    found, errors, _ = sorted_out(file)
    assert errors == []
    assert [(c.name, c.container) for c, _ in found] == [
        ("outer.zip/in/inner.zip/p.txt", f"{file}!in/inner.zip!p.txt.gz"),
        ("outer.zip/q.txt", str(file)),
    ]
    assert {c.container_sha256 for c, _ in found} == {hashlib.sha256(file.read_bytes()).hexdigest()}


def test_a_fourth_archive_is_not_opened(tmp_path):
    data = PAGE
    for name in ("p.html", "1.zip", "2.zip", "3.zip"):
        data = zipped({name: data})
    (tmp_path / "4.zip").write_bytes(data)
    (tmp_path / "good.txt").write_text(TEXT)
    found, errors, _ = sorted_out(tmp_path / "4.zip", tmp_path / "good.txt")
    assert [c.name for c, _ in found] == ["good.txt"]
    assert errors == [f"{tmp_path}/4.zip!3.zip!2.zip!1.zip lies in 3 archives one in the other, and is not opened."]


def test_the_bytes_decide_and_not_the_suffix(tmp_path):
    files = {
        "p.txt": gzip.compress(PAGE),
        "q.html": zipped({"r.md": b"# A\n\nB."}),
        "s.pdf": PAGE,
        "t.gz": PAGE,
        "u.json": RECORDS,
        "v.warc": Warc().data or b"plain words",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    found, errors, _ = sorted_out(*sorted(tmp_path.iterdir()))
    assert [(c.name, c.media_type) for c, _ in found] == [
        ("p.txt", "text/html"),
        ("q.html/r.md", "text/markdown"),
        ("s.pdf", "text/html"),
        ("t.gz", "text/html"),
        ("a", "application/json"),
        ("b", "application/json"),
    ]
    assert errors == [f"{tmp_path}/v.warc is not what its suffix says."]


def test_members_of_one_name_and_of_none(tmp_path):
    file = tmp_path / "a.zip"
    with pytest.warns(UserWarning, match="Duplicate name"):
        file.write_bytes(zipped([("p.txt", b"First."), ("p.txt", b"Second."), ("q.txt", b"Q.")]))
    found, errors, _ = sorted_out(file)
    assert [data for _, data in found] == [b"Second.", b"Q."]
    assert errors == [f"{file} has 2 members named p.txt; only the last of them is read."]
    empty = tmp_path / "empty.zip"
    empty.write_bytes(zipped({}))
    assert sorted_out(empty)[1] == [f"{empty} holds no file that can be read."]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/cron.d/x.txt", "etc/cron.d/x.txt"),
        ("/etc/x.txt", "etc/x.txt"),
        ("..\\..\\x.txt", "x.txt"),
        ("C:\\x.txt", "C:/x.txt"),
        ("a/./b//x.txt", "a/b/x.txt"),
        ("a\nb\x1b[31m.txt", "a b [31m.txt"),
    ],
)
def test_names_that_lead_elsewhere_are_names_only(tmp_path, name, plain):
    before = set(tmp_path.parent.rglob("*"))
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({name: TEXT.encode()}))
    ((capture, _),), errors, _ = sorted_out(file)
    assert (capture.name, errors) == (f"a.zip/{plain}", [])
    assert set(tmp_path.parent.rglob("*")) - before == {file}


def test_locked_members_are_told_of_and_the_others_read(tmp_path):
    file = tmp_path / "a.zip"
    data = bytearray(zipped({"p.txt": b"P.", "q.txt": b"Q."}))
    # The flag that says a member is locked, in the list at the end and before the member itself.
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    file.write_bytes(data)
    found, errors, _ = sorted_out(file)
    assert [c.name for c, _ in found] == ["a.zip/q.txt"]
    assert errors == [f"{file} has 1 member locked with a password, which cannot be read."]


def test_a_damaged_member_is_named_and_the_others_are_read(tmp_path):
    file = tmp_path / "a.zip"
    data = bytearray(zipped({"p.txt": TEXT.encode(), "q.txt": b"Q."}, zipfile.ZIP_STORED))
    data[data.index(b"Mirre")] ^= 1
    file.write_bytes(data)
    found, errors, _ = sorted_out(file)
    assert [c.name for c, _ in found] == ["a.zip/q.txt"]
    assert errors == [f"{file}!p.txt is damaged: it cannot be unpacked."]


def test_cut_off_files_give_what_is_whole(tmp_path):
    lines = b"".join(b'{"id": "%d", "text": "%s"}\n' % (n, hashlib.sha512(b"%d" % n).hexdigest().encode()) for n in range(5000))
    whole = gzip.compress(lines)
    file = tmp_path / "r.jsonl.gz"
    file.write_bytes(whole[: len(whole) // 2])
    found, errors, _ = sorted_out(file)
    assert 1000 < len(found) < 4000
    assert errors == [f"{file} is cut off: it ends in the middle."]
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped({"p.txt": TEXT.encode() * 100})[:-30])
    assert sorted_out(archive)[1] == [f"{archive} is damaged: it cannot be unpacked."]


def test_office_files_and_other_archives_are_named(tmp_path):
    (tmp_path / "a.docx").write_bytes(zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    (tmp_path / "b.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(40))
    (tmp_path / "c.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40))
    _, errors, _ = sorted_out(*sorted(tmp_path.iterdir()))
    assert [error.partition(" is ")[2] for error in errors] == [
        "a Word document, which is not read; save it as text, HTML or PDF.",
        "a 7z archive, which is not read; unpack it, or pack the files as ZIP.",
        "an old Office document or Outlook message, which is not read; save it as text, PDF or EML.",
    ]


def wacz(warc: bytes, digest: str | None = None, **package: object) -> bytes:
    resource = {"name": "data.warc", "path": "archive/data.warc", "bytes": len(warc)}
    resource["hash"] = "sha256:" + (digest or hashlib.sha256(warc).hexdigest())
    listed = json.dumps({"profile": "data-package", "resources": [resource], **package}).encode()
    members = {"archive/data.warc": warc, "datapackage.json": listed, "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n'}
    return zipped(members, zipfile.ZIP_STORED)


def test_a_wacz_gives_its_pages_and_nothing_of_its_lists(tmp_path):
    warc = Warc()
    warc.response("https://a.example/1")
    file = tmp_path / "crawl.wacz"
    file.write_bytes(wacz(warc.data))
    ((capture, data),), errors, skipped = sorted_out(file)
    assert (data, errors, skipped) == (PAGE, [], [])
    assert (capture.name, capture.method, capture.url) == ("https://a.example/1", "wacz", "https://a.example/1")
    assert capture.container == f"{file}!archive/data.warc"
    assert capture.container_sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_wacz_that_was_altered_is_refused(tmp_path):
    warc = Warc()
    warc.response("https://a.example/1")
    file = tmp_path / "crawl.wacz"
    file.write_bytes(wacz(warc.data, digest="0" * 64))
    found, errors, _ = sorted_out(file)
    assert found == []
    assert errors == [f"{file}!archive/data.warc is not what datapackage.json says: its SHA-256 is another; it was not read."]


def test_records_of_an_archive_come_one_at_a_time(tmp_path):
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({"r.jsonl": RECORDS + b"{broken"}))
    stream = captures([file])
    first = next(stream)
    assert not isinstance(first, InputError)
    assert len(list(stream)) == 2
