"""Inputs made to do harm: each is refused with one sentence, soon and in little memory, and the rest is read."""

import gzip
import io
import os
import struct
import time
import tracemalloc
import zlib

import pytest
from making_files import TEXT, gz_of_zeros, sorted_out, zipped

from warlog.collect import bounds, captures, records
from warlog.errors import InputError

UNPACKS = "unpacks to far more than an honest archive of its size; the rest of it was not read."


@pytest.fixture
def soon():
    """The test ends within ten seconds of work and within 300 MB."""
    tracemalloc.start()
    started = time.process_time()
    yield
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - started < 10
    assert peak < 300_000_000


def with_good(tmp_path, *bad):
    good = tmp_path / "good.txt"
    good.write_text(TEXT)
    found, errors, _ = sorted_out(*bad, good)
    assert [c.name for c, _ in found][-1] == "good.txt"
    return found[:-1], errors


@pytest.mark.parametrize("name", ["zeros.txt.gz", "zeros.jsonl.gz", "zeros.zip.gz", "zeros.html.gz"])
def test_a_gzip_bomb(tmp_path, soon, name):
    file = tmp_path / name
    file.write_bytes(gz_of_zeros(300 * 2**20))
    found, errors = with_good(tmp_path, file)
    assert found == []
    assert len(errors) == 1
    assert errors[0].startswith(str(file))


def test_a_gzip_bomb_of_lines_that_are_all_sound(tmp_path, soon):
    file = tmp_path / "r.jsonl.gz"
    file.write_bytes(gzip.compress(b'{"id":"a","text":"' + b"a" * 2**20 + b'"}\n') * 200)
    errors = [str(found) for found in captures([file]) if isinstance(found, InputError)]
    assert errors == [f"{file} {UNPACKS}"]


def test_a_zip_bomb_in_archives_in_archives(tmp_path, soon):
    zeros = b"a" * (16 * 2**20)
    inner = zipped({f"{n}.txt": zeros for n in range(4)})
    middle = zipped({f"{n}.zip": inner for n in range(10)})
    file = tmp_path / "bomb.zip"
    file.write_bytes(zipped({f"{n}.zip": middle for n in range(10)}))
    errors = [str(found) for found in captures([file]) if isinstance(found, InputError)]
    assert errors == [f"{file} {UNPACKS}"]


def test_a_zip_whose_members_all_lie_on_the_same_bytes(tmp_path, soon):
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = b" " * (8 * 2**20 - 5) + b"word."
    body = packed.compress(zeros) + packed.flush()
    crc = zlib.crc32(zeros)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(body), len(zeros), 5, 0) + b"a.txt"
    listed = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(body), len(zeros), 9, 0, 0, 0, 0, 0, 0)
        + b"a%04d.txt" % n
        for n in range(2000)
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2000, 2000, len(listed), len(local) + len(body), 0)
    file = tmp_path / "bomb.zip"
    file.write_bytes(local + body + listed + end)
    _, errors = with_good(tmp_path, file)
    assert errors
    assert all(error.startswith(str(file)) for error in errors)


def test_an_archive_with_a_list_beyond_all_use(tmp_path, soon, monkeypatch):
    monkeypatch.setattr(bounds, "MAX_MEMBERS", 100)
    file = tmp_path / "many.zip"
    file.write_bytes(zipped({f"{n}.txt": b"a" for n in range(101)}))
    assert with_good(tmp_path, file)[1] == [f"{file} lists more than 100 members, which is more than is read."]


def test_an_endless_line_does_not_hide_the_next(tmp_path, soon):
    file = tmp_path / "r.jsonl"
    with file.open("wb") as out:
        out.write(b'{"id": "a", "text": "A."}\n{"text": "')
        out.seek(2**30, os.SEEK_CUR)  # a hole: one line of a GiB
        out.write(b'"}\n{"id": "c", "text": "C."}\n')
    found, errors = with_good(tmp_path, file)
    assert [(c.name, c.record_number) for c, _ in found] == [("a", 1), ("c", 3)]
    assert errors == [f"{file}, line 2: the line is longer than 32 MiB."]


def test_a_line_that_goes_on_and_on_ends_the_file(tmp_path, soon, monkeypatch):
    monkeypatch.setattr(records, "MAX_SKIPPED_BYTES", 64 * 2**20)
    file = tmp_path / "r.jsonl"
    with file.open("wb") as out:
        out.write(b'{"id": "a", "text": "A."}\n')
        out.truncate(2**40)
    found, errors = with_good(tmp_path, file)
    assert [c.name for c, _ in found] == ["a"]
    assert errors == [f"{file}, line 2: the line is longer than 64 MiB, and the file was not read on from there."]


@pytest.mark.parametrize("name", ["hole.txt", "hole.html", "hole.pdf", "hole.eml", "hole", "hole.xml", "hole.rss"])
def test_a_file_of_nothing_but_a_hole(tmp_path, soon, name):
    file = tmp_path / name
    with file.open("wb") as out:
        out.truncate(2**40)
    found, errors = with_good(tmp_path, file)
    assert found == []
    assert errors == [f"{file} is a binary file, not text."]


def test_a_page_beyond_bounds_in_an_archive(tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "MAX_PAGE_BYTES", 1000)
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({"large.txt": b"words " * 200, "small.txt": b"words"}))
    found, errors = with_good(tmp_path, file)
    assert [c.name for c, _ in found] == ["a.zip/small.txt"]
    assert errors == [f"{file}!large.txt is larger than 0 MiB, which is no page of text."]


def test_links_that_lead_in_a_circle(tmp_path, soon):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "up").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "p.txt").write_text(TEXT)
    found, errors, skipped = sorted_out(folder)
    assert [c.name for c, _ in found] == ["p.txt"]
    assert errors == [
        f"{folder}/gone.txt is a link to a file that is not there.",
        f"{folder}/loop.txt cannot be read: its links lead in a circle.",
    ]
    assert [dict(s.counts) for s in skipped] == [{"links to folders": 1}]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path, soon):
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "p.txt").write_text(TEXT)
    found, errors, skipped = sorted_out(tmp_path)
    assert ([c.name for c, _ in found], errors) == (["p.txt"], [])
    assert [dict(s.counts) for s in skipped] == [{"no files": 1}]


def test_standard_input_without_end_is_left(soon, monkeypatch):
    monkeypatch.setattr(bounds, "MAX_SPOOLED_BYTES", 8 * 2**20)

    class Endless(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, buffer):
            buffer[:] = b"a" * len(buffer)
            return len(buffer)

    _, errors, _ = sorted_out("-", stdin=io.BufferedReader(Endless()))
    assert errors == ["Standard input gives more than 8 MiB, which is too much."]
