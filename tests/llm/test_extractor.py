"""What a model says is held to the text: quotes and names that do not stand there are dropped and counted."""

from __future__ import annotations

import json

import pytest

from warlog.actors import Actors
from warlog.llm import Endpoint, LlmExtractor
from warlog.llm.endpoint import EndpointError
from warlog.llm.extractor import Prices
from warlog.places import Gazetteer


@pytest.fixture(scope="module")
def around():
    return Gazetteer.open(), Actors.load()


def claim(**more):
    made = {
        "quote": "The army captured the town of Saraqib on Wednesday.", "event_type": "territory_captured", "actor": "The army",
        "target": None, "place": "the town of Saraqib", "date_start": "2020-01-29", "date_end": "2020-01-29", "casualties": [],
        "attributed_to": None, "certainty": "asserted",
    }  # fmt: skip
    return made | more


def extracted(server, around, document, *answers, **more):
    for answer in answers:
        server.says(answer if isinstance(answer, str) else json.dumps({"claims": answer}))
    return LlmExtractor(Endpoint(server.url, "small", tries=1), *around, **more).extract(document)


def test_claims_with_quote_place_and_actor(server, around, make_document) -> None:
    document = make_document()
    toll = {"outcome": "killed", "who": "civilians", "low": 12, "high": None}
    strike = claim(
        quote="According to a monitor, at least 12 civilians were killed by an air strike on Ariha.", event_type="air_strike",
        actor=None, target="civilians", place="Ariha", date_start=None, date_end=None, casualties=[toll],
        attributed_to="a monitor",
    )  # fmt: skip
    made = extracted(server, around, document, [strike, claim()], prices=Prices(1.0, 10.0))
    assert made.dropped == []
    first, second = made.claims
    assert document.text[first.start : first.end] == first.quote == claim()["quote"]
    assert (first.actor, first.place, first.date_start, first.rule) == (
        "The army",
        "the town of Saraqib",
        "2020-01-29",
        "llm:small",
    )
    assert first.actor_ids
    assert (second.attributed_to, second.casualties[0].low, second.casualties[0].high) == ("a monitor", 12, None)
    assert second.date_precision == "not_later_than"
    assert (made.tokens_in, made.tokens_out, made.cost) == (100, 20, pytest.approx(0.0003))
    assert made.settings["endpoint"].startswith("127.0.0.1:")


def test_what_the_text_does_not_say_is_dropped_and_counted(server, around, make_document) -> None:
    answers = [
        claim(quote="The army captured the town of Saraqib on Thursday."),
        claim(actor="Martians"),
        claim(event_type="landing_on_the_moon"),
        claim(casualties=[{"outcome": "killed", "who": None, "low": -4, "high": None}]),
        claim(place="Homs", certainty="sure"),
        claim(actor=None, date_start="last week", date_end=None),
        "no object",
    ]
    made = extracted(server, around, make_document(), answers)
    assert [(c.actor, c.date_start) for c in made.claims] == [(None, "2020-01-29")]
    assert len(made.dropped) == len(answers)
    assert any("its quote is not in the text" in line for line in made.dropped)
    assert any("the actor 'Martians' is not in the text" in line for line in made.dropped)


@pytest.mark.parametrize(
    ("content", "told"), [("I cannot do that.", "not JSON"), ('{"answer": []}', "no list `claims`"), ("[" * 100_000, "not JSON")]
)
def test_an_answer_that_is_none_is_dropped_as_a_whole(server, around, make_document, content: str, told: str) -> None:
    made = extracted(server, around, make_document(), content)
    assert made.claims == []
    assert told in made.dropped[0]


def test_json_in_a_fence_is_read(server, around, make_document) -> None:
    fenced = f"Here it is:\n```json\n{json.dumps({'claims': [claim()]})}\n```"
    assert len(extracted(server, around, make_document(), fenced).claims) == 1


def test_a_long_document_is_sent_in_parts_and_quotes_count_only_in_theirs(server, around, make_document) -> None:
    other = "Rebels denied it and shelled the village for two hours."
    document = make_document(f"{claim()['quote']} {other}")
    made = extracted(server, around, document, [claim()], [claim()], part_characters=30)
    assert len(server.asked) == 2
    assert len(made.claims) == 1
    assert "not in the text" in made.dropped[0]


def test_no_answer_is_an_error_and_nothing_half_made(server, around, make_document) -> None:
    server.script.append((500, {}, b""))
    with pytest.raises(EndpointError):
        LlmExtractor(Endpoint(server.url, "small", tries=1), *around).extract(make_document())
