"""`warlog documents --uncoded`: what was not understood is listed, and what is not read is told of."""

from __future__ import annotations

import json

from warlog.cli import main
from warlog.extract.pipeline import RuleExtractor

MISSED = "The general's clash of opinions with himself was a long battle of words."


def _log(tmp_path, monkeypatch, text):
    monkeypatch.setattr("warlog.extract.RuleExtractor", RuleExtractor)
    page = tmp_path / "page.txt"
    page.write_text(f"Published: 2025-03-01\n\n{text}\n", encoding="utf-8")
    log = tmp_path / "log.db"
    assert main(["read", str(page), "--log", str(log)]) == 0
    return log


def test_sentences_with_a_trigger_and_no_claim_are_listed(tmp_path, monkeypatch, capsys):
    log = _log(tmp_path, monkeypatch, f"Rebels captured the city of Goma on Monday. {MISSED}")
    capsys.readouterr()
    assert main(["documents", "--uncoded", "--format", "jsonl", "--log", str(log)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["quote"] for row in rows] == [MISSED]
    assert "clash" in rows[0]["triggers"]


def test_documents_in_a_language_that_is_not_read_are_told_of(tmp_path, monkeypatch, capsys):
    text = (
        "L'armée a bombardé la ville de Goma dans la nuit de lundi à mardi, selon plusieurs habitants. "
        "Les rebelles ont repris le contrôle de l'aéroport et des quartiers voisins après de violents combats."
    )
    log = _log(tmp_path, monkeypatch, text)
    capsys.readouterr()
    assert main(["documents", "--uncoded", "--format", "jsonl", "--log", str(log)]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "1 document is in a language that is not read, and not in this list.\n"
