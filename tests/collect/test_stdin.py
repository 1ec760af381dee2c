"""Standard input and addresses: what comes without a file name is told from its bytes."""

import dataclasses
import gzip
import hashlib
import io
import os
import threading

from making_files import PAGE, TEXT, Warc, sorted_out, zipped

from warlog.collect import captures
from warlog.collect.origin import capture_id
from warlog.errors import InputError
from warlog.records import Capture


def piped(data: bytes):
    return sorted_out("-", stdin=io.BytesIO(data))


def test_a_page_that_is_piped_in():
    ((capture, data),), errors, _ = piped(PAGE)
    assert (data, errors) == (PAGE, [])
    assert (capture.media_type, capture.method) == ("text/html", "stdin")
    sha256 = hashlib.sha256(PAGE).hexdigest()
    # Two pages that are piped in one after the other are not versions of one.
    assert (capture.source, capture.name) == (f"stdin:{sha256[:16]}", f"stdin-{sha256[:8]}")


def test_records_that_are_piped_in():
    found, errors, _ = piped(b'\n{"id": "a", "text": "A."}\n{broken\n{"id": "c", "text": "C."}')
    assert [(c.name, c.record_number, c.method, c.source) for c, _ in found] == [("a", 2, "stdin", "-"), ("c", 4, "stdin", "-")]
    assert len(errors) == 1
    assert errors[0].startswith("Standard input, line 3: the line is not JSON")


def test_records_come_out_while_the_pipe_is_still_open():
    out, into = os.pipe()
    with os.fdopen(out, "rb") as reader, os.fdopen(into, "wb", buffering=0) as writer:
        stream = captures(["-"], stdin=reader)
        writer.write(b'{"id": "a", "text": "A."}\n')
        got: list[str] = []
        thread = threading.Thread(target=lambda: got.append(next(stream)[0].name), daemon=True)
        thread.start()
        thread.join(5)
        assert got == ["a"]


def test_archives_that_are_piped_in():
    found, errors, _ = piped(zipped({"p.txt": TEXT.encode()}))
    assert [(c.name.rpartition("/")[2], c.method) for c, _ in found] == [("p.txt", "zip")]
    assert errors == []
    found, errors, _ = piped(gzip.compress(b'{"id": "a", "text": "A."}\n'))
    assert [(c.name, c.method) for c, _ in found] == [("a", "stdin")]
    assert errors == []


def test_nothing_and_noise():
    assert piped(b"")[1] == ["Standard input is empty."]
    assert piped(b"\x89PNG\r\n\x1a\n\0\0")[1] == ["Standard input is a binary file, not text."]
    closed = io.BytesIO()
    closed.close()
    assert sorted_out("-", stdin=closed)[1] == ["Standard input cannot be read: it is closed."]


def answer(data: bytes, media_type: str, url="https://a.example/x"):
    sha256 = hashlib.sha256(data).hexdigest()
    return Capture(
        capture_id(url, None, sha256), sha256, len(data), url, url, media_type, method="url", url=url, final_url=url,
        status=200, headers=[["Content-Type", media_type]], retrieved_at="2024-05-01T00:00:00+00:00", collector="me",
    ), data  # fmt: skip


def test_an_address_is_fetched_where_fetching_is_allowed():
    url = "https://a.example/x"
    assert sorted_out(url)[1] == [f"{url} is an address: save the page and read the file."]
    ((capture, data),), errors, _ = sorted_out(url, fetch=lambda asked: answer(PAGE, "application/octet-stream", asked))
    assert (data, errors, capture.name, capture.media_type, capture.method) == (PAGE, [], url, "text/html", "url")
    assert sorted_out(url, fetch=lambda asked: InputError(f"{asked} answered 404."))[1] == [f"{url} answered 404."]
    assert sorted_out(url, fetch=lambda asked: answer(b"\x89PNG\0", "image/png", asked))[1] == [
        f"{url} is a binary file, not text."
    ]


def test_an_archive_that_is_fetched_is_opened():
    warc = Warc()
    warc.response("https://b.example/1", date="2020-01-01T00:00:00Z")
    ((page, _),), errors, _ = sorted_out("https://a.example/x", fetch=lambda _: answer(warc.data, "application/warc"))
    assert (page.url, page.retrieved_at, page.method, errors) == ("https://b.example/1", "2020-01-01T00:00:00+00:00", "warc", [])
    assert (page.container, page.container_sha256) == ("https://a.example/x", hashlib.sha256(warc.data).hexdigest())
    ((text, _),), _, _ = sorted_out("https://a.example/x", fetch=lambda _: answer(zipped({"p.txt": b"P."}), "application/zip"))
    assert (text.source, text.url, text.headers, text.collector) == ("https://a.example/x!p.txt", None, [], "me")
    assert text.retrieved_at == "2024-05-01T00:00:00+00:00"


def test_a_plain_text_that_is_fetched_keeps_its_type():
    got = answer(b"# A\n\nB.", "text/markdown")
    ((capture, _),), _, _ = sorted_out("https://a.example/x", fetch=lambda _: (dataclasses.replace(got[0]), got[1]))
    assert capture.media_type == "text/markdown"
