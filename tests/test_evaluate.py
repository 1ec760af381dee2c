"""The scores mean what they are said to mean, and are equal to those of the shared scoring script where it is at hand."""

from __future__ import annotations

import importlib.util
import itertools
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warlog import vocabulary
from warlog.cli import main
from warlog.errors import InputError
from warlog.evaluate import evaluate, format_report, load_claims, predict
from warlog.evaluate.baseline import BaselineExtractor
from warlog.evaluate.pairing import assign
from warlog.evaluate.wording import own_words, quote_overlap, same_name, words_of
from warlog.records import GUIDE_FIELDS, Capture, Claim, Document

SHARED = Path(__file__).resolve().parents[2] / "shared" / "gold"


def claim(**fields: Any) -> dict[str, Any]:
    made = dict.fromkeys(GUIDE_FIELDS) | {
        "document_id": "d",
        "quote": "The army took Saraqib.",
        "event_type": "territory_captured",
    }
    return made | {"casualties": [], "certainty": "asserted", **fields}


class TestNames:
    @pytest.mark.parametrize(
        ("a", "b"),
        [
            (None, None), ("", None), ("the Army", "army"), ("Ma'arat al-Numan", "Maarat Numan"), ("Saraqib", "Saraqeb"),
            ("Syrian Arab Army", "the Syrian army"), ("regime forces", "government troops"), ("Khan Tuman", "Tuman village"),
            ("militants", "terrorists"), ("Müller", "Muller"),
        ],
    )  # fmt: skip
    def test_the_same(self, a: str | None, b: str | None) -> None:
        assert same_name(a, b)
        assert same_name(b, a)

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            (None, "army"), ("northern Aleppo", "southern Aleppo"), ("Rashidin 4", "Rashidin 5"),
            ("rebel forces", "government forces"), ("Saraqib", "Khan Tuman"), ("army", "village"), ("1", "2"),
        ],
    )  # fmt: skip
    def test_not_the_same(self, a: str | None, b: str | None) -> None:
        assert not same_name(a, b)
        assert not same_name(b, a)

    @given(st.text(), st.text())
    def test_it_is_symmetric_and_takes_anything(self, a: str, b: str) -> None:
        assert same_name(a, a)
        # the definition counts the words of the shorter wording; where both are equally long, of the one that comes first
        assert same_name(a, b) == same_name(b, a) or len(own_words(words_of(a))) == len(own_words(words_of(b)))


def test_quotes() -> None:
    assert quote_overlap("The army took Saraqib.", "the army took Saraqib") == 1
    assert quote_overlap("one two three four five", "one two three") == 0.6
    assert quote_overlap("one two three four five six seven eight", "one two three") == 0
    assert quote_overlap("one two three", "four five six") == 0
    assert quote_overlap("", "") == 0


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), max_size=5)))
def test_the_best_assignment_is_found(weights: list[list[int]]) -> None:
    chosen = assign(weights)
    assert len({r for r, _ in chosen}) == len({c for _, c in chosen}) == len(chosen)
    assert all(weights[r][c] > 0 for r, c in chosen)
    height, width = len(weights), len(weights[0]) if weights else 0
    size = max(height, width)
    best = max(
        sum(weights[r][c] for r, c in enumerate(order) if r < height and c < width)
        for order in itertools.permutations(range(size))
    )
    assert sum(weights[r][c] for r, c in chosen) == best


def test_a_perfect_prediction() -> None:
    gold = [claim(place=place, lat=35.0, lon=36.0, actor="army") for place in ("Saraqib", "Sarmin", "Idlib")]
    scores = evaluate(gold, list(reversed(gold)))
    assert scores.figures["all"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 3}
    assert (scores.figures["claim_f1"], scores.figures["exact_f1"]) == (1.0, 1.0)
    assert scores.figures["fields"]["within_5km"] == 1.0
    assert scores.figures["misplaced"] == {"misplaced": 0, "placed": 3, "of": 3}
    assert scores.missed == scores.spurious == []


def test_what_is_missed_spurious_and_confused() -> None:
    gold = [
        claim(),
        claim(event_type="shelling", quote="Shells fell on Sarmin today."),
        claim(event_type="talks", quote="They met in Sochi."),
    ]
    predicted = [claim(), claim(event_type="air_strike", quote="Shells fell on Sarmin today."), claim(document_id="other")]
    scores = evaluate(gold, predicted)
    assert scores.figures["predicted"] == 2
    assert scores.figures["all"] == {"precision": 0.5, "recall": 0.333, "f1": 0.4, "gold": 3}
    assert scores.figures["verbal"]["gold"] == 1
    assert scores.figures["control"]["f1"] == 1.0
    assert scores.confused == {("shelling", "air_strike"): 1}
    assert [c["event_type"] for c in scores.missed] == ["shelling", "talks"]
    assert evaluate(gold, predicted, ["d", "other"]).figures["predicted"] == 3


def test_partial_credit() -> None:
    gold = [claim(actor="army", place="Saraqib", date_start="2020-01-29", date_end="2020-01-29")]
    predicted = [claim(actor="rebels", place="Saraqib", date_start="2020-01-29", date_end="2020-01-29")]
    figures = evaluate(gold, predicted).figures
    assert (figures["claim_f1"], figures["exact_f1"]) == (0.8, 0.0)
    assert figures["fields_where_named"]["actor"] == "0/1 = 0.000"


@pytest.mark.parametrize(
    ("gold", "predicted", "misplaced"),
    [
        ({"lat": 35.0, "lon": 36.0}, {"lat": 35.0, "lon": 36.5}, 0),
        ({"lat": 35.0, "lon": 36.0}, {"lat": 35.0, "lon": 36.6}, 1),
        ({"near": [35.0, 36.0, 20]}, {"lat": 35.1, "lon": 36.0}, 0),
        ({"near": [35.0, 36.0, 20]}, {"lat": 35.3, "lon": 36.0}, 1),
        ({"near": [35.0, 36.0, 20]}, {}, 0),
        ({}, {"lat": 0.0, "lon": 0.0}, 0),
    ],
)
def test_misplaced(gold: dict[str, Any], predicted: dict[str, Any], misplaced: int) -> None:
    assert evaluate([claim(**gold)], [claim(**predicted)]).figures["misplaced"]["misplaced"] == misplaced


def test_nothing_against_nothing() -> None:
    figures = evaluate([], []).figures
    assert figures["all"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "gold": 0}
    assert format_report(evaluate([], []))


def test_the_report() -> None:
    gold = [
        claim(actor="army", place="Saraqib"),
        claim(event_type="shelling", quote="Shells fell\non Sarmin today."),
        claim(event_type="talks", quote="They met " + "and met " * 60),
    ]
    predicted = [
        claim(actor="rebels", casualties=[{"outcome": "killed", "who": "men", "low": 2, "high": None}]),
        claim(event_type="air_strike", quote="Shells fell on Sarmin today.", place="Sarmin"),
    ]
    report = format_report(evaluate(gold, predicted), errors=5)
    assert "1 documents, 3 gold claims, 2 predicted" in report
    assert re.search(r"^territory_captured +1 +0$", report, re.MULTILINE)
    assert re.search(r"^shelling +0 +0 +air_strike 1$", report, re.MULTILINE)
    assert re.search(r"^talks +0 +1$", report, re.MULTILINE)
    assert re.search(r"^\(nothing\)$", report, re.MULTILINE), "the air strike was coded, as shelling"
    assert "baseline" not in report
    assert "      actor: 'army' was read as 'rebels'" in report
    assert "      casualties: none was read as killed 2-None men" in report
    assert "- shelling | - | d: Shells fell on Sarmin today." in report
    assert "+ air_strike | Sarmin | d: Shells fell on Sarmin today." in report
    assert max(map(len, report.splitlines())) < 250
    assert "Missed" not in format_report(evaluate(gold, predicted), errors=0)


def test_the_report_with_a_baseline_beside() -> None:
    gold = [claim(place="Saraqib", lat=35.8, lon=36.8), claim(event_type="talks", quote="They met in Sochi.")]
    report = format_report(evaluate(gold, gold), errors=0, baseline=evaluate(gold, [claim(place="Sarmin"), claim()]))
    assert re.search(r"^ +Warlog +baseline$", report, re.MULTILINE)
    assert re.search(r"^F1 all +1\.000 +0\.500$", report, re.MULTILINE)
    assert re.search(r"^place right +1\.000 +0\.000$", report, re.MULTILINE)
    assert format_report(evaluate(gold, gold), errors=0, baseline=evaluate(gold, []))


class TestBaseline:
    def told(self, text: str, **fields: Any) -> list[Claim]:
        found = BaselineExtractor()(Document("d", "c", "s", text, **fields))
        assert all(text[c.start : c.end] == c.quote for c in found)
        return found

    def test_a_key_word_the_nearest_party_and_the_first_city(self) -> None:
        (found,) = self.told(
            "The weather was fine. The United Nations said on 3 March 2019 that 12 civilians were killed in Baghdad."
        )
        assert (found.event_type, found.actor, found.place) == ("casualty_report", "The United Nations", "Baghdad")
        assert (found.date_start, found.date_end) == ("2019-03-03", "2019-03-03")
        assert [(t.outcome, t.low) for t in found.casualties] == [("killed", 12)]
        assert found.lat == pytest.approx(33.3, abs=0.2)
        assert found.lon == pytest.approx(44.4, abs=0.2)

    @pytest.mark.parametrize(
        ("text", "published", "day"),
        [
            ("They clashed on March 3.", "2019-05-01T10:00:00Z", "2019-03-03"),
            ("They clashed on 3rd March.", "2019-05-01", "2019-03-03"),
            ("They clashed on February 30.", "2019-05-01", "2019-05-01"),
            ("They clashed yesterday.", "2019-05-01", "2019-05-01"),
            ("They clashed on March 3.", None, None),
            ("They clashed on March 3, 2018.", None, "2018-03-03"),
        ],
    )
    def test_its_date_is_one_written_in_full_or_the_publication(self, text: str, published: str | None, day: str | None) -> None:
        (found,) = self.told(text, published=published)
        assert (found.date_start, found.date_end) == (day, day)

    def test_no_key_word_no_claim(self) -> None:
        assert self.told("The river is long and the bridge is old.") == []
        assert self.told("") == []
        assert self.told("Les combats ont fait dix morts; attack.", language="fr") == []

    def test_it_takes_texts_longer_than_the_model_does(self) -> None:
        text = "The army shelled the village.\n" * 3500
        found = self.told(text)
        assert {c.event_type for c in found} == {"shelling"}
        assert len({c.claim_id for c in found}) == len(found) > 3400

    @settings(max_examples=30, deadline=None)
    @given(st.text(max_size=200))
    def test_it_takes_anything(self, text: str) -> None:
        whole = text + " killed"
        assert all(claim.quote in whole for claim in self.told(whole))

    def test_its_types_are_the_types(self) -> None:
        types = vocabulary.load("event_types")
        assert {entry["name"] for entry in vocabulary.load("baseline")["type"]} == set(types)


@pytest.mark.parametrize("baseline", [True, False])
def test_the_command_scores_the_baseline_too(tmp_path: Path, capsys: pytest.CaptureFixture[str], baseline: bool) -> None:
    text = "Rebels clashed with the army in Aleppo on 3 March 2019."
    (tmp_path / "d.txt").write_text(text, encoding="utf-8")
    gold = tmp_path / "gold.jsonl"
    coded = claim(document_id="d.txt", quote=text, event_type="armed_clash", place="Aleppo")
    gold.write_text(json.dumps(coded) + "\n", encoding="utf-8")
    chosen = [] if baseline else ["--no-baseline"]
    assert main(["evaluate", str(gold), str(tmp_path / "d.txt"), "--json", *chosen]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["gold"] == 1
    assert ("baseline" in told) == baseline
    if baseline:
        assert told["baseline"]["all"]["f1"] == 1.0
    assert main(["evaluate", str(gold), str(tmp_path / "d.txt"), *chosen]) == 0
    assert ("Beside the baseline" in capsys.readouterr().out) == baseline


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"document_id": "d", "event_type": "talks", "quote": "x"}\n[1]', "line 2: not a claim"),
        ('{"document_id": "d"', "line 1: not JSON"),
        ('{"document_id": "d"}', "line 1: not a claim, which has document_id, event_type, quote"),
        ("\n\n", "holds no claims"),
    ],
)
def test_bad_gold(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content)
    with pytest.raises(InputError, match=told):
        load_claims(path)
    with pytest.raises(InputError, match="cannot be read: No such file"):
        load_claims(tmp_path / "gone.jsonl")


def test_predictions_come_from_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    def captures(sources: list[str]) -> Any:
        for source in sources:
            yield (
                InputError(f"{source}: empty.") if source == "bad" else (Capture("c", "s", 1, source, source, "text/plain"), b"x")
            )

    class Extractor:
        name = "one claim each"

        def __call__(self, document: Document) -> list[Claim]:
            return [Claim("id", "id", document.document_id, document.text, 0, 1, "talks")]

    monkeypatch.setattr("warlog.collect.captures", captures, raising=False)
    monkeypatch.setattr(
        "warlog.read.read_document", lambda c, d: Document(c.name, c.capture_id, c.sha256, d.decode()), raising=False
    )
    told: list[tuple[int, str]] = []
    prediction = predict(["a", "bad", "b"], Extractor(), lambda done, name: told.append((done, name)))
    assert prediction.document_ids == ["a", "b"]
    assert prediction.failed == ["bad: empty."]
    assert [tuple(c) for c in prediction.claims] == [GUIDE_FIELDS] * 2
    assert told == [(1, "a"), (2, "b")]


# -- against the shared scoring script --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared() -> tuple[Any, list[dict[str, Any]]]:
    """The shared script and gold claims."""
    script = SHARED / "score_claims.py"
    if not script.exists():
        pytest.skip("the shared scoring script and gold claims are not here")
    spec = importlib.util.spec_from_file_location("shared_scores", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    lines = (SHARED / "dev" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    return module, [json.loads(line) for line in lines]


def worsened(gold: list[dict[str, Any]], rng: random.Random) -> list[dict[str, Any]]:
    """Gold claims left out, told twice and spoilt in every field, in any order."""

    def another(name: str) -> Any:
        return rng.choice(gold)[name]

    predicted = []
    for original in gold:
        for _ in range(rng.choice([0, 1, 1, 1, 2, 3])):
            made = {name: value for name, value in original.items() if name != "near"}
            for name in (
                "actor",
                "target",
                "place",
                "attributed_to",
                "certainty",
                "casualties",
                "event_type",
                "quote",
                "date_start",
            ):
                if rng.random() < 0.2:
                    made[name] = another(name)
            if rng.random() < 0.2:
                made["quote"] = made["quote"][: len(made["quote"]) * 2 // 3]
            if made["lat"] is None and rng.random() < 0.4:
                made["lat"], made["lon"] = 35.5 + rng.random(), 36.5
            elif made["lat"] is not None and rng.random() < 0.3:
                made["lat"] += rng.random() * 3
            predicted.append(made)
    rng.shuffle(predicted)
    return predicted


@pytest.mark.parametrize("seed", range(4))
def test_the_figures_are_equal(shared: tuple[Any, list[dict[str, Any]]], seed: int) -> None:
    module, gold = shared
    predicted = worsened(gold, random.Random(seed))
    documents = None if seed % 2 else [*(c["document_id"] for c in gold[: 100 * seed]), "unknown"]
    theirs, pairs, _ = module.score(gold, predicted, documents)
    ours = evaluate(gold, predicted, documents)
    assert ours.as_dict() == theirs
    assert ours.pairs == pairs


def test_the_same_names_are_equal(shared: tuple[Any, list[dict[str, Any]]]) -> None:
    module, gold = shared
    rng = random.Random(5)
    names = [c[name] for c in gold for name in ("actor", "target", "place", "attributed_to")]
    for _ in range(3000):
        a, b = rng.choice(names), rng.choice(names)
        assert same_name(a, b) == module.same_name(a, b), (a, b)
