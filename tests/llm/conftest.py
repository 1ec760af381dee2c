"""A server on loopback that speaks the chat-completions protocol as told, and what an extractor needs around it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from warlog.records import Document

TEXT = (
    "The army captured the town of Saraqib on Wednesday. Rebels denied it. "
    "According to a monitor, at least 12 civilians were killed by an air strike on Ariha."
)


class ScriptedServer:
    """Answers each question with the next of `script`: (status, headers, body); keeps what it was asked."""

    def __init__(self) -> None:
        self.script: list[tuple[int, dict[str, str], bytes]] = []
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.asked.append({"path": self.path, **json.loads(body)})
                outer.headers.append(dict(self.headers))
                status, headers, data = outer.script.pop(0)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def says(self, content: str, finish: str = "stop") -> None:
        """Answer the next question with this text."""
        choice = {"message": {"role": "assistant", "content": content}, "finish_reason": finish}
        answer = {"choices": [choice], "usage": {"prompt_tokens": 100, "completion_tokens": 20}}
        self.script.append((200, {}, json.dumps(answer).encode()))

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    made = ScriptedServer()
    yield made
    made.close()


@pytest.fixture
def make_document() -> Callable[..., Document]:
    def make(text: str = TEXT) -> Document:
        return Document("doc", "c" * 16, "a" * 64, text, title="Report", publisher="Wire", published="2020-01-30", language="en")

    return make
