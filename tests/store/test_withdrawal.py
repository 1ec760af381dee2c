"""What is withdrawn is gone from the log: as rows, and as bytes in its files."""

from __future__ import annotations

from pathlib import Path

from log_making import keep

from warlog.records import Decision, Extraction, FeedState
from warlog.store import Log


def test_nothing_of_a_withdrawn_original_stays_in_the_files(tmp_path: Path) -> None:
    secret = "The zebracorn battalion captured Qurtuba on 2020-01-29."
    with Log.open(tmp_path / "log.db") as log:
        gone = keep(log, secret, "/in/gone.txt")
        kept = keep(log, "The army captured Homs on 2020-01-29.", "/in/kept.txt")
        log.decide(
            [Decision("d" * 16, gone.sha256, gone.document_id, secret, "territory_captured", reviewer="A", note="zebracorn")]
        )
        log.keep_extraction(Extraction("other", gone.document_id, gone.sha256, dropped=["zebracorn is not in the text."]))
        assert log.withdraw(gone.sha256) == [gone.document_id]
        document = log.document(gone.document_id)
        assert document is not None
        assert (document.text, document.not_coded) == ("", "withdrawn")
        assert log.capture(gone.capture_id) is not None
        assert list(log.extractions()) == []
        assert log.document(kept.document_id).text.startswith("The army")  # type: ignore[union-attr]
        assert log.is_stale
    left = b"".join(path.read_bytes() for path in tmp_path.glob("log.db*") if path.is_file())
    assert b"zebracorn" not in left
    assert b"captured Homs" in left


def test_extractions_and_feeds_come_out_as_they_went_in(tmp_path: Path) -> None:
    with Log.open(tmp_path / "log.db") as log:
        document = keep(log, "The army captured Homs on 2020-01-29.")
        claims = log.derived_of(document.document_id)
        assert claims
        made = Extraction("other", document.document_id, document.sha256, claims, ["one"], "2020-01-01T00:00:00Z", 1.5, 10, 20)
        log.keep_extraction(made)
        log.keep_extraction(made)
        assert list(log.extractions("other")) == [made]
        assert list(log.extractions("another")) == []
        state = FeedState("http://a/feed", etag="x", failures=2, status="late")
        assert log.feed_state(state.url) is None
        log.keep_feed_state(state)
        log.keep_feed_state(state)
        assert log.feed_state(state.url) == state
