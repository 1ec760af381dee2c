"""The endpoint is patient with a server that is busy, gives up on one that is wrong, and keeps the key to itself."""

from __future__ import annotations

import pytest

from warlog.errors import UsageError
from warlog.llm.endpoint import Endpoint, EndpointError

ASK = [{"role": "user", "content": "What?"}]


@pytest.fixture
def pauses() -> list[float]:
    return []


def test_an_answer_comes_with_its_bill(server) -> None:
    server.says("{}")
    reply = Endpoint(server.url, "small").ask(ASK, {"type": "object"})
    assert (reply.content, reply.tokens_in, reply.tokens_out, reply.tries, reply.finish) == ("{}", 100, 20, 1, "stop")
    asked = server.asked[0]
    assert asked["path"] == "/v1/chat/completions"
    assert asked["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert "Authorization" not in server.headers[0]


def test_a_busy_server_is_asked_again_when_it_wishes(server, pauses) -> None:
    server.script += [(429, {"Retry-After": "7"}, b"{}"), (503, {}, b"busy")]
    server.says("fine")
    reply = Endpoint(server.url, "small", sleep=pauses.append).ask(ASK, {})
    assert (reply.content, reply.tries) == ("fine", 3)
    assert pauses == [7.0, 2.0]


def test_no_pause_is_longer_than_a_minute(server, pauses) -> None:
    server.script.append((429, {"Retry-After": "86400"}, b"{}"))
    server.says("fine")
    Endpoint(server.url, "small", sleep=pauses.append).ask(ASK, {})
    assert pauses == [60.0]


def test_a_server_that_stays_out_is_given_up(server, pauses) -> None:
    server.script += [(500, {}, b"")] * 2
    with pytest.raises(EndpointError, match="gave no answer: it answered with status 500"):
        Endpoint(server.url, "small", tries=2, sleep=pauses.append).ask(ASK, {})
    assert len(server.asked) == 2


def test_a_refusal_is_told_at_once_in_its_own_words(server) -> None:
    server.script.append((401, {}, b'{"error": {"message": "wrong key"}}'))
    with pytest.raises(EndpointError, match=r"status 401 \(wrong key\)"):
        Endpoint(server.url, "small").ask(ASK, {})
    assert len(server.asked) == 1


def test_a_redirect_is_not_followed(server) -> None:
    server.script.append((302, {"Location": "http://127.0.0.1:9/"}, b""))
    with pytest.raises(EndpointError, match="status 302"):
        Endpoint(server.url, "small").ask(ASK, {})


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"choices": []}', b'{"choices": [{"message": 3}]}', b"[" * 100_000])
def test_what_does_not_speak_the_protocol_is_told(server, body: bytes) -> None:
    server.script.append((200, {}, body))
    with pytest.raises(EndpointError, match="does not speak the chat-completions protocol"):
        Endpoint(server.url, "small").ask(ASK, {})


def test_nothing_at_the_address_is_told() -> None:
    with pytest.raises(EndpointError, match="nothing answers there"):
        Endpoint("http://127.0.0.1:9/v1", "small", tries=1).ask(ASK, {})


def test_the_key_is_sent_and_shown_nowhere(server, monkeypatch) -> None:
    monkeypatch.setenv("SOME_KEY", "sesame")
    server.says("{}")
    asked = Endpoint(server.url, "small", "SOME_KEY")
    asked.ask(ASK, {})
    assert server.headers[0]["Authorization"] == "Bearer sesame"
    assert "sesame" not in repr(asked)
    monkeypatch.delenv("SOME_KEY")
    with pytest.raises(UsageError, match="SOME_KEY, which should hold the key, is not set"):
        asked.ask(ASK, {})


@pytest.mark.parametrize("url", ["", "localhost:8080", "ftp://a/v1", "file:///etc/passwd", "http://me:pass@host/v1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        Endpoint(url, "small")
