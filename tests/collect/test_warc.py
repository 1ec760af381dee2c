"""WARC files: each page in them is a capture with its address, status, headers and time as they were recorded."""

import gzip
import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making_files import PAGE, TEXT, Warc, sorted_out

from warlog.collect import bounds


def in_file(tmp_path, data: bytes, name="crawl.warc"):
    file = tmp_path / name
    file.write_bytes(data)
    return file


@pytest.mark.parametrize("packed", [False, True])
def test_a_response_is_a_capture_with_all_that_was_recorded(tmp_path, packed):
    warc = Warc(packed=packed)
    warc.info()
    warc.response(
        "https://a.example/1?x=1", PAGE, "200 OK", "text/html; charset=utf-8", ("ETag", '"x"'), date="2019-10-09T12:30:05Z"
    )
    file = in_file(tmp_path, warc.data, "crawl.warc.gz" if packed else "crawl.warc")
    ((capture, data),), errors, skipped = sorted_out(file)
    assert (data, errors, skipped) == (PAGE, [], [])
    assert (capture.source, capture.name, capture.url, capture.final_url) == ("https://a.example/1?x=1",) * 4
    assert (capture.media_type, capture.method, capture.status) == ("text/html", "warc", 200)
    assert capture.headers == [["Content-Type", "text/html; charset=utf-8"], ["ETag", '"x"']]
    assert capture.retrieved_at == "2019-10-09T12:30:05+00:00"
    assert capture.container == str(file)
    assert capture.container_sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_the_payload_is_unpacked(tmp_path):
    warc = Warc()
    warc.response("https://a.example/gz", gzip.compress(PAGE), "200 OK", "text/html", ("Content-Encoding", "gzip"))
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    warc.response("https://a.example/chunked", chunks, "200 OK", "text/html", ("Transfer-Encoding", "chunked"))
    found, errors, _ = sorted_out(in_file(tmp_path, warc.data))
    assert [data for _, data in found] == [PAGE, PAGE]
    assert errors == []


def test_what_holds_no_page_is_counted(tmp_path):
    warc = Warc()
    warc.response("https://a.example/p.png", b"\x89PNG\0", "200 OK", "image/png")
    warc.response("https://a.example/gone", PAGE, "404 Not Found")
    warc.response("https://a.example/there", b"", "301 Moved", "text/html", ("Location", "https://a.example/here"))
    warc.response("https://a.example/robots.txt", b"User-agent: *", "200 OK", "text/plain")
    warc.response("https://a.example/data", b'{"a": 1}', "200 OK", "application/json")
    warc.resource("https://a.example/r.pdf", b"%PDF-1.4\n%\xe2\xe3\n", "application/pdf")
    warc.resource("https://a.example/t.txt", TEXT.encode(), "text/plain")
    found, errors, skipped = sorted_out(in_file(tmp_path, warc.data))
    assert [(c.name, c.media_type, c.status) for c, _ in found] == [
        ("https://a.example/r.pdf", "application/pdf", None),
        ("https://a.example/t.txt", "text/plain", None),
    ]
    assert errors == []
    counts = {"image/png": 1, "HTTP 404": 1, "HTTP 301": 1, "text/plain": 1, "application/json": 1}
    assert [dict(s.counts) for s in skipped] == [counts]


def test_a_type_that_the_server_did_not_know_is_told_from_the_bytes(tmp_path):
    warc = Warc()
    warc.response("https://a.example/1", PAGE, "200 OK", "application/octet-stream")
    warc.response("https://a.example/2", b"just words", "200 OK", "application/octet-stream")
    found, _, skipped = sorted_out(in_file(tmp_path, warc.data))
    assert [(c.name, c.media_type) for c, _ in found] == [("https://a.example/1", "text/html")]
    assert sum(s.total for s in skipped) == 1


def test_a_revisit_has_the_bytes_of_the_first_visit(tmp_path):
    warc = Warc()
    digest = warc.response("https://a.example/1")
    warc.revisit("https://a.example/copy", digest)
    warc.revisit("https://a.example/elsewhere", "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    found, errors, skipped = sorted_out(in_file(tmp_path, warc.data))
    assert [(c.url, data) for c, data in found] == [("https://a.example/1", PAGE), ("https://a.example/copy", PAGE)]
    assert errors == []
    assert [dict(s.counts) for s in skipped] == [{"revisits of pages that are elsewhere": 1}]


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_cut_off_gives_the_records_that_are_whole(tmp_path, packed):
    warc = Warc(packed=packed)
    for number in range(3):
        warc.response(f"https://a.example/{number}", PAGE + hashlib.sha512(b"%d" % number).hexdigest().encode())
    file = in_file(tmp_path, warc.data[:-60], "crawl.warc.gz" if packed else "crawl.warc")
    found, errors, _ = sorted_out(file)
    assert [c.url for c, _ in found] == ["https://a.example/0", "https://a.example/1"]
    assert len(errors) == 1
    assert errors[0].startswith(f"{file} is cut off: ")


def test_an_altered_record_is_named(tmp_path):
    warc = Warc()
    warc.response("https://a.example/0")
    warc.response("https://a.example/1", PAGE.replace(b"Mirre", b"Marre"))
    file = in_file(tmp_path, warc.data.replace(b"Marre", b"Merre"))
    found, errors, _ = sorted_out(file)
    assert [c.url for c, _ in found] == ["https://a.example/0"]
    assert errors == [
        f"{file}, record 2 (https://a.example/1), is not what its own digest says: it was altered, and was not read."
    ]


def test_records_too_large_are_passed_over_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "MAX_PAGE_BYTES", 10_000)
    warc = Warc()
    warc.response("https://a.example/large", PAGE + bytes(20_000))
    warc.response("https://a.example/bomb", gzip.compress(b"a" * 1_000_000), "200 OK", "text/html", ("Content-Encoding", "gzip"))
    warc.response("https://a.example/1")
    found, errors, skipped = sorted_out(in_file(tmp_path, warc.data))
    assert [c.url for c, _ in found] == ["https://a.example/1"]
    assert [error.partition(" (")[2] for error in errors] == [
        "https://a.example/bomb), is larger than 0 MiB, which is no page of text."
    ]
    assert [dict(s.counts) for s in skipped] == [{"too large": 1}]


SOUND = Warc()
SOUND.info()
for _number in range(4):
    SOUND.response(f"https://a.example/{_number}")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, len(SOUND.data) - 1), st.binary(max_size=6), st.integers(0, 40))
def test_no_damage_raises_or_alters_a_page_unseen(tmp_path, at, put, cut):
    data = SOUND.data[:at] + put + SOUND.data[at + cut :]
    found, _, _ = sorted_out(in_file(tmp_path, data))
    # A page that came out altered would have another hash; only the address or the headers before it can have changed.
    assert len(found) <= 5
    assert sum(body != PAGE for _, body in found) <= 1


@pytest.mark.parametrize("end", ["in the head", "in the body"])
def test_a_file_cut_off_in_a_record_that_holds_no_page_is_told_of_too(tmp_path, end):
    warc = Warc()
    warc.response("https://a.example/0")
    whole = len(warc.data)
    warc.info()
    file = in_file(tmp_path, warc.data[: whole + 30 if end == "in the head" else -8])
    found, errors, _ = sorted_out(file)
    assert [c.url for c, _ in found] == ["https://a.example/0"]
    assert errors == [f"{file} is cut off: its last record is not whole; the records before it were read."]


def test_a_file_without_a_page_is_told_of_if_it_was_named(tmp_path):
    warc = Warc()
    warc.info()
    warc.response("https://a.example/p.png", b"\x89PNG\0", "200 OK", "image/png")
    file = in_file(tmp_path, warc.data)
    assert sorted_out(file)[1] == [f"{file} holds no page that can be read."]
    # A crawl has files of pictures and of logs beside those of pages.
    found, errors, skipped = sorted_out(tmp_path)
    assert (found, errors) == ([], [])
    assert [dict(s.counts) for s in skipped] == [{"image/png": 1}]
