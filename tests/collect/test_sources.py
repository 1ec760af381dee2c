"""Files, folders and JSON Lines to captures: what comes, under which name, in which order, and what is said of the rest."""

import hashlib
import json
import os
from pathlib import Path

import pytest
from making_files import sorted_out

import warlog
from warlog.collect import Skipped, bounds, captures, origin, records, sources
from warlog.errors import InputError
from warlog.records import Capture


def all_of(*given: str | Path) -> tuple[list[tuple[Capture, bytes]], list[str]]:
    return sorted_out(*given)[:2]


def test_a_file_is_known_by_its_name(tmp_path):
    page = tmp_path / "page.md"
    page.write_bytes(b"# A\n")
    ((capture, data),), errors = all_of(page)
    assert errors == []
    assert data == b"# A\n"
    assert (capture.name, capture.media_type, capture.method, capture.record_number) == ("page.md", "text/markdown", "file", None)
    assert capture.source == str(page)
    assert (capture.sha256, capture.size) == (hashlib.sha256(b"# A\n").hexdigest(), 4)
    assert len(capture.capture_id) == 16
    assert capture.retrieved_at.endswith("+00:00")


def test_a_folder_is_read_in_order_and_files_are_known_by_their_path_in_it(tmp_path):
    for name in ("b.txt", "a/z.html", "a/B.HTM", "c.markdown", ".hidden.txt", ".git/x.txt", "a/x.png", "readme", "d.xhtml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words")
    found, errors = all_of(tmp_path)
    assert [capture.name for capture, _ in found] == ["a/B.HTM", "a/z.html", "b.txt", "c.markdown", "d.xhtml"]
    assert [capture.media_type for capture, _ in found] == ["text/html", "text/html", "text/plain", "text/markdown", "text/html"]
    assert {capture.method for capture, _ in found} == {"folder"}
    assert errors == []


def test_what_is_passed_over_in_a_folder_is_told_at_its_end(tmp_path):
    for name in ("b.txt", ".hidden.txt", ".git/x.txt", "a/x.png", "a/y.PNG", "readme", "d.json", "e.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"a":\n 1}' if name == "d.json" else "<x/>" if name == "e.xml" else "words")
    *_, last = captures([tmp_path])
    assert isinstance(last, Skipped)
    assert dict(last.counts) == {".png": 2, "hidden": 2, "no suffix": 1, ".json": 1, ".xml": 1}
    assert str(last) == f"{tmp_path}: 7 passed over (2 .png, 2 hidden, 1 .json, 1 .xml, 1 no suffix)."
    found, errors, _ = sorted_out(tmp_path)
    assert ([capture.name for capture, _ in found], errors) == (["b.txt"], [])
    assert sorted_out(tmp_path / "b.txt")[2] == []


def test_a_named_file_that_is_no_page_is_told_of(tmp_path):
    (tmp_path / "d.json").write_text('{"a":\n 1}')
    (tmp_path / "e.xml").write_text("<x/>")
    assert all_of(tmp_path / "d.json", tmp_path / "e.xml")[1] == [
        f"{tmp_path}/d.json is JSON, but neither JSON Lines nor a JSON Feed.",
        f"{tmp_path}/e.xml is XML, but neither a feed nor a page.",
    ]


def test_a_mistyped_name_is_met_with_the_nearest_one(tmp_path):
    (tmp_path / "reports-2024.jsonl").write_text('{"text": "A."}')
    wrong = tmp_path / "report-2024.jsonl"
    assert all_of(wrong)[1] == [f"There is no file or folder {wrong}; the nearest name there is reports-2024.jsonl."]
    assert all_of(tmp_path / "nothing-like-it")[1] == [f"There is no file or folder {tmp_path}/nothing-like-it."]


def test_who_and_what_took_it_in_is_kept(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("words")
    ((capture, _),), _, _ = sorted_out(tmp_path / "a.txt", collector="A. Person")
    assert (capture.collector, capture.tool) == ("A. Person", f"warlog {warlog.__version__}")
    monkeypatch.setattr(origin.getpass, "getuser", lambda: "account")
    origin.account.cache_clear()
    ((capture, _),), _, _ = sorted_out(tmp_path / "a.txt")
    assert capture.collector == "account"
    origin.account.cache_clear()


def test_records_are_known_by_their_id_or_their_text(tmp_path):
    file = tmp_path / "r.jsonl"
    lines = [{"id": "one", "text": "A."}, {"id": 7, "text": "B."}, {"text": "C."}]
    file.write_text("\ufeff" + "\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    found, errors = all_of(file)
    assert [capture.name for capture, _ in found] == ["one", "7", hashlib.sha256(b"C.").hexdigest()[:16]]
    assert [capture.record_number for capture, _ in found] == [1, 2, 3]
    assert [data for _, data in found] == [json.dumps(line).encode() for line in lines]
    assert {(capture.media_type, capture.method) for capture, _ in found} == {("application/json", "jsonl")}
    assert errors == []


def test_ids_are_the_same_each_time_and_differ_by_line(tmp_path):
    file = tmp_path / "r.ndjson"
    file.write_text('{"text": "A."}\n{"text": "A."}\n')
    first, second = (all_of(file)[0] for _ in range(2))
    assert [capture.capture_id for capture, _ in first] == [capture.capture_id for capture, _ in second]
    assert first[0][0].capture_id != first[1][0].capture_id
    assert first[0][0].sha256 == first[1][0].sha256


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{broken", "line 2: the line is not JSON"),
        ("[1, 2]", "line 2: the line is JSON but no object"),
        ('{"id": "x"}', "line 2: the record has no `text`"),
        ('{"text": 5}', "line 2: the record's `text` is no text"),
        ('{"text": "  "}', "line 2: the record's `text` is empty"),
        ("[" * 100_000, "line 2: the line is JSON that nests too deep"),
        ('{"text": "a", "n": ' + "9" * 10_000 + "}", "line 2: the line is JSON that nests too deep or holds a number too long"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_kept(tmp_path, line, says):
    file = tmp_path / "r.jsonl"
    file.write_text('{"id": "a", "text": "A."}\n' + line + '\n{"id": "c", "text": "C."}\n')
    found, errors = all_of(file)
    assert [capture.name for capture, _ in found] == ["a", "c"]
    assert len(errors) == 1
    assert errors[0].startswith(f"{file}, {says}")


def test_a_line_that_never_ends_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "MAX_LINE_BYTES", 100)
    file = tmp_path / "r.jsonl"
    file.write_text(json.dumps({"text": "x" * 5000}) + '\n{"id": "b", "text": "B."}')
    found, errors = all_of(file)
    assert [(capture.name, capture.record_number) for capture, _ in found] == [("b", 2)]
    assert "line 1: the line is longer than" in errors[0]


def test_a_record_file_is_read_line_by_line(tmp_path):
    file = tmp_path / "r.jsonl"
    file.write_text("".join(json.dumps({"id": str(n), "text": "A."}) + "\n" for n in range(5)) + "{broken")
    stream = captures([file])
    first = next(stream)
    assert not isinstance(first, InputError)
    assert first[0].name == "0"
    assert len(list(stream)) == 5


def test_what_cannot_be_used_is_said_in_one_sentence_each(tmp_path):
    bad = {
        "empty.txt": b"",
        "blank.txt": b" \n\n",
        "picture.txt": b"\x89PNG\0\0",
        "wide.jsonl": "{}".encode("utf-16"),
        "none.jsonl": b"\n",
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text("words")
    (tmp_path / "sub").mkdir()
    found, errors = all_of(*(tmp_path / name for name in bad), tmp_path / "missing.txt", tmp_path / "sub", tmp_path / "good.txt")
    assert [capture.name for capture, _ in found] == ["good.txt"]
    ends = ["is empty.", "is empty.", "is a binary file, not text.", "is in UTF-16; JSON Lines are read in UTF-8.", "is empty."]
    for name, end, error in zip(bad, ends, errors, strict=False):
        assert error == f"{tmp_path / name} {end}"
    assert errors[5] == f"There is no file or folder {tmp_path / 'missing.txt'}."
    assert errors[6].startswith(f"The folder {tmp_path / 'sub'} holds no file that can be read")
    assert len(errors) == 7


def test_a_file_that_vanishes_between_listing_and_reading(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("words")
    stream = captures([tmp_path])
    next(stream)
    (tmp_path / "b.txt").unlink()
    rest = list(stream)
    assert str(rest[0]) == f"{tmp_path / 'b.txt'} vanished before it could be read."
    assert not isinstance(rest[1], InputError)


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    page = tmp_path / "a.txt"
    page.write_text("words")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sources.Path, "open", refuse)
    assert all_of(page)[1] == [f"{page} cannot be read: no permission."]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert all_of(tmp_path / "pipe.txt")[1] == [f"{tmp_path / 'pipe.txt'} is neither a file nor a folder."]


def test_a_named_file_of_another_suffix_is_tried_as_text(tmp_path):
    (tmp_path / "report.rpt").write_bytes(b"words")
    (tmp_path / "saved").write_bytes(b"\n<!DOCTYPE html><html><body><p>words</p></body></html>")
    (tmp_path / "tool.bin").write_bytes(b"\x7fELF\0\0")
    found, errors = all_of(tmp_path / "report.rpt", tmp_path / "saved", tmp_path / "tool.bin")
    assert [(capture.name, capture.media_type) for capture, _ in found] == [("report.rpt", "text/plain"), ("saved", "text/html")]
    assert errors == [f"{tmp_path / 'tool.bin'} is a binary file, not text."]


def test_a_page_that_is_no_page_is_not_loaded(tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "MAX_PAGE_BYTES", 10)
    (tmp_path / "a.txt").write_text("x" * 11)
    assert "is larger than" in all_of(tmp_path / "a.txt")[1][0]


def test_names_that_are_no_unicode_are_no_trouble(tmp_path):
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (tmp_path / name).write_text("words")
    except OSError:
        pytest.skip("the file system takes only names in UTF-8")
    ((capture, _),), _ = all_of(tmp_path)
    assert capture.name == "caf\ufffd.txt"
    assert capture.source.encode()


@pytest.mark.parametrize(
    ("one", "other"), [(b"a\n1.txt", b"a\r1.txt"), (b"\xff.txt", b"\xfe.txt"), (b"\x1b[31m.txt", b"\x07[31m.txt")]
)
def test_files_of_odd_names_are_told_apart_and_their_names_fit_on_a_line(tmp_path, one, other):
    try:
        for name in (one, other):
            (tmp_path / os.fsdecode(name)).write_bytes(b"words of " + name.hex().encode())
    except OSError:
        pytest.skip("the file system does not take such names")
    found, errors = all_of(tmp_path)
    assert (len(found), errors) == (2, [])
    # The same place would make one of them a newer version of the other.
    assert len({capture.source for capture, _ in found}) == 2
    assert all(part.isprintable() for capture, _ in found for part in (capture.name, capture.source))


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("a\nb", "a b"),
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("https://a.example/" + "x" * 500, "https://a.example/" + "x" * 500),
    ],
)
def test_an_id_is_a_name_on_one_line(tmp_path, given, name):
    (tmp_path / "r.jsonl").write_text(json.dumps({"id": given, "text": "A."}))
    ((capture, _),), _ = all_of(tmp_path / "r.jsonl")
    assert capture.name == name


def test_ids_that_are_whole_texts_are_cut_and_stay_apart(tmp_path):
    records = [{"id": "x" * 100_000 + end, "text": "A."} for end in "ab"]
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, records)))
    found, _ = all_of(tmp_path / "r.jsonl")
    names = {capture.name for capture, _ in found}
    assert len(names) == 2
    assert all(len(name) < 1100 for name in names)


def test_ids_of_control_characters_only_are_none(tmp_path):
    (tmp_path / "r.jsonl").write_text(json.dumps({"id": "\n\x1b", "text": "A."}))
    ((capture, _),), _ = all_of(tmp_path / "r.jsonl")
    assert capture.name == hashlib.sha256(b"A.").hexdigest()[:16]
