"""`warlog archive` on real logs: what it prints, what it returns, and what it leaves behind."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_making import keep, make_capture, make_log

from warlog.archive.find import find, one_original
from warlog.cli import main
from warlog.errors import UsageError
from warlog.records import Capture
from warlog.store import Log

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARLOG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WARLOG_COLLECTOR", raising=False)
    return tmp_path / "war.db"


@pytest.fixture
def captures(log: Path) -> list[Capture]:
    return make_log(log)


@pytest.fixture
def run(log: Path, captures: list[Capture], capsys: pytest.CaptureFixture[str]) -> Run:
    def do(*arguments: str) -> tuple[int, str, str]:
        code = main(["archive", *arguments, "--log", str(log)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return do


class TestVerify:
    def test_clean(self, run: Run, captures: list[Capture]) -> None:
        code, out, err = run("verify")
        assert (code, err) == (0, "")
        size = sum(capture.size for capture in captures)
        assert f"3 custody entries, 3 originals ({size} bytes), 3 captures, 0 withdrawn, 0 time stamps." in out
        assert out.endswith("No fault found.\n")

    def test_faults_are_named_one_to_a_line(self, run: Run, log: Path, captures: list[Capture]) -> None:
        with Log.open(log) as opened:
            path = opened.archive.path(captures[0].sha256)
            path.chmod(0o644)
            path.write_bytes(b"forged")
            opened.archive.path(captures[1].sha256).unlink()
            (opened.archive.folder / "extra").write_bytes(b"x")
        code, _, err = run("verify")
        assert code == 1
        lines = err.splitlines()
        assert len(lines) == 4
        assert captures[0].sha256 in lines[0] + lines[1]
        assert lines[-1] == "3 faults found."

    def test_a_row_altered_in_the_log(self, run: Run, log: Path, captures: list[Capture]) -> None:
        connection = sqlite3.connect(log)
        connection.execute("UPDATE captures SET retrieved_at = '2019-01-01T00:00:00+00:00' WHERE seq = 2")
        connection.commit()
        connection.close()
        code, _, err = run("verify")
        assert code == 1
        assert f"Capture {captures[1].capture_id} ({captures[1].name}) was altered in the log" in err

    def test_the_head_that_was_printed_is_known_later(self, run: Run, log: Path) -> None:
        head = run("verify")[1].split("Head of the custody record: ")[1].split()[0]
        with Log.open(log) as opened:
            keep(opened, make_capture(b"later"), b"later")
        assert run("verify", "--head", head)[0] == 0
        with Log.open(log) as opened:
            lines = opened.archive.custody.read_bytes().splitlines(keepends=True)
            opened.archive.custody.write_bytes(b"".join(lines[:2]))
        code, _, err = run("verify", "--head", head)
        assert code == 1
        assert f"The custody record has no entry {head}: its end was cut off" in err

    @pytest.mark.parametrize("head", ["", "xyz", "abc", "f" * 65])
    def test_a_head_that_is_none(self, run: Run, head: str) -> None:
        assert run("verify", "--head", head)[0] == 2

    def test_a_log_that_is_not_there(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["archive", "verify", "--log", str(tmp_path / "none.db")]) == 3
        assert len(capsys.readouterr().err.splitlines()) == 1

    def test_certificates_that_cannot_be_read(self, run: Run, tmp_path: Path) -> None:
        code, _, err = run("verify", "--certificate", str(tmp_path / "none.pem"))
        assert code == 1
        assert "none.pem cannot be read: No such file" in err


class TestWithdraw:
    @pytest.mark.parametrize("by", ["document", "capture", "hash"])
    def test_the_bytes_and_all_that_was_read_from_them_go(self, run: Run, log: Path, captures: list[Capture], by: str) -> None:
        gone = captures[1]
        name = {"document": gone.name, "capture": gone.capture_id, "hash": gone.sha256[:10].upper()}[by]
        code, out, err = run("withdraw", name, "--reason", "names  a\nwitness", "--collector", "boris")
        assert (code, err) == (0, "")
        assert out == f"{gone.sha256} withdrawn (entry 4 of the custody record); blanked in the log: {gone.name}.\n"
        with Log.open(log) as opened:
            document = opened.document(gone.name)
            assert document is not None
            assert document.text == ""
            assert [claim.document_id for claim in opened.claims()] == [captures[0].name, captures[2].name]
            assert not opened.is_stale
            tombstone = opened.archive.tombstone(gone.sha256)
            assert tombstone is not None
            assert (tombstone.note, tombstone.collector) == ("names a witness", "boris")
        for path in log.parent.rglob("*"):
            if path.is_file():
                assert b"captured Village 1" not in path.read_bytes(), path
        code, out, _ = run("verify")
        assert code == 0
        assert "2 originals" in out
        assert "1 withdrawn" in out
        assert run("withdraw", name, "--reason", "again")[0] == 0

    def test_what_is_not_there(self, run: Run) -> None:
        code, _, err = run("withdraw", "nothing", "--reason", "x")
        assert code == 2
        assert err == "The log has no capture nothing: name a document, a capture, or 8 digits or more of a SHA-256.\n"

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
    def test_no_reason_and_a_novel(self, run: Run, captures: list[Capture], reason: str) -> None:
        assert run("withdraw", captures[0].name, "--reason", reason)[0] == 2
        assert run("verify")[0] == 0


class TestExport:
    def test_all_as_wacz_which_the_record_tells_of(self, run: Run, tmp_path: Path, captures: list[Capture]) -> None:
        out = tmp_path / "evidence.wacz"
        code, told, err = run("export", "--all", "--out", str(out), "--title", "Saraqib")
        assert (code, err) == (0, "")
        package = zipfile.ZipFile(out)
        assert json.loads(package.read("datapackage.json"))["title"] == "Saraqib"
        pages = [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()][1:]
        assert [page["title"] for page in pages] == [f"Title of {capture.name}" for capture in captures]
        sha256 = told.split("SHA-256 of the file: ")[1].strip()
        assert run("verify")[1].startswith("4 custody entries, 3 originals")
        with Log.open(tmp_path / "war.db") as opened:
            entry = list(opened.archive.entries())[-1]
        assert (entry.event, entry.sha256, entry.size, entry.note) == (
            "exported",
            sha256,
            out.stat().st_size,
            "3 captures as WACZ",
        )

    def test_some_as_warc(self, run: Run, tmp_path: Path, captures: list[Capture]) -> None:
        out = tmp_path / "some.warc.gz"
        code, told, _ = run("export", captures[0].name, captures[2].sha256[:8], "--out", str(out))
        assert code == 0
        assert told.startswith(f"{out}: 2 captures, ")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--all"], "Say where to with --out"),
            (["--out", "x.wacz"], "Name what to export, or give --all."),
            (["one", "--all", "--out", "x.wacz"], "Name what to export, or give --all."),
            (["none", "--out", "x.wacz"], "The log has no capture none"),
            (["--all", "--out", "x.zip"], "an export is a .wacz or a .warc.gz file"),
        ],
    )
    def test_used_wrongly(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        code, _, err = run("export", *arguments)
        assert code == 2
        assert said in err
        assert not (tmp_path / "x.wacz").exists()

    def test_what_was_withdrawn_is_left_out_and_said(self, run: Run, tmp_path: Path, captures: list[Capture]) -> None:
        run("withdraw", captures[0].name, "--reason", "a witness")
        code, out, err = run("export", "--all", "--out", str(tmp_path / "x.wacz"))
        assert code == 1
        assert ": 2 captures, " in out
        assert f"{captures[0].name} was left out: The original {captures[0].sha256} was withdrawn on" in err


class TestShowAndList:
    def test_show(self, run: Run, captures: list[Capture], log: Path) -> None:
        code, out, err = run("show", captures[0].capture_id)
        assert (code, err) == (0, "")
        for told in (
            f"sha256: {captures[0].sha256}",
            "header: Content-Type: text/html",
            "entry 1, ",
            "by anna",
            f"{log}.archive/",
        ):
            assert told in out
        run("withdraw", captures[0].name, "--reason", "a witness")
        code, out, _ = run("show", captures[0].name)
        assert code == 0
        assert "withdrawn, by " in out
        assert "It lies at" not in out

    def test_show_tells_of_a_lost_original(self, run: Run, captures: list[Capture], log: Path) -> None:
        with Log.open(log) as opened:
            opened.archive.path(captures[0].sha256).unlink()
        code, _, err = run("show", captures[0].name)
        assert code == 1
        assert "It is missing from" in err

    def test_list(self, run: Run, captures: list[Capture], log: Path) -> None:
        run("withdraw", captures[1].name, "--reason", "a witness")
        with Log.open(log) as opened:
            opened.archive.path(captures[2].sha256).unlink()
        rows = list(csv.DictReader(io.StringIO(run("list", "--format", "csv")[1])))
        assert [row["status"] for row in rows] == ["kept", "withdrawn", "missing"]
        assert [(row["sha256"], row["size"]) for row in rows] == [(c.sha256, str(c.size)) for c in captures]
        assert run("list")[0] == 0


def test_adopt_begins_the_custody_of_an_older_log(run: Run, captures: list[Capture], log: Path) -> None:
    with Log.open(log) as opened:
        opened.archive.custody.unlink()
    code, _, err = run("verify")
    assert code == 1
    assert "`warlog archive adopt` begins one" in err
    assert run("adopt", "--collector", "boris")[1].startswith("3 captures adopted")
    assert run("verify")[0] == 0


def test_timestamp_needs_a_server_that_is_allowed(run: Run) -> None:
    code, _, err = run("timestamp", "--url", "http://127.0.0.1:9/")
    assert code == 2
    assert "--allow-private allows that" in err
    assert run("verify")[0] == 0


def test_a_beginning_of_two_hashes_withdraws_neither() -> None:
    captures = [(n, f"{n}.txt", make_capture(b"x", sha256="abcdef01" + f"{n}" * 56, capture_id=f"{n}" * 16)) for n in (1, 2)]
    with pytest.raises(UsageError, match="abcdef01 stands for 2 originals: name a capture or more digits"):
        one_original(captures, "abcdef01")
    assert [name for name, _ in one_original(captures, "ABCDEF011")] == ["1.txt"]
    assert [name for name, _ in find(captures, ["2" * 16, " 1.txt "])] == ["1.txt", "2.txt"]
    with pytest.raises(UsageError, match=r"The log has no capture abcdef0:"):
        list(find(captures, ["abcdef0", "1.txt"]))
