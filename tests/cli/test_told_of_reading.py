"""What `warlog read` says came of it: whole sentences, and none about what there was nothing of."""

from pathlib import Path

import pytest

from warlog.cli import main
from warlog.cli.read import told
from warlog.pipeline import ReadReport

LOG = Path("war.db")


@pytest.mark.parametrize(
    ("report", "sentences"),
    [
        (ReadReport(unchanged=1), ["Nothing new: the one input is in war.db already (0.0 s)."]),
        (ReadReport(unchanged=2000), ["Nothing new: all 2,000 inputs are in war.db already (0.0 s)."]),
        (ReadReport(), ["Nothing to read was found in what was named."]),
        (ReadReport(failed=["A is empty."]), ["0 documents read, 0 claims, in 0.0 s.", "1 could not be used."]),
        (
            ReadReport(documents=1, duplicates=1, restored=1, claims=1, places_resolved=1),
            [
                "1 document read, 1 claim, in 0.0 s.",
                "Places: 1 resolved, 0 known by their surroundings only, 0 left open.",
                "1 was the same as a document from elsewhere.",
                "1 older version stands again.",
            ],
        ),
    ],
)
def test_what_came_of_reading(report, sentences):
    assert told(report, LOG).splitlines() == sentences


def test_a_folder_of_a_crawl_without_pages_is_told_as_such(tmp_path, capsys):
    crawl = tmp_path / "crawl"
    crawl.mkdir()
    (crawl / "x.warc").write_bytes(
        b"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        b"WARC-Date: 2024-05-01T10:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    )
    assert main(["read", str(crawl), "--log", str(tmp_path / "x.db")]) == 0
    assert capsys.readouterr().out == "Nothing to read was found in what was named.\n"
