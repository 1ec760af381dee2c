"""Time stamps come from a real server, are bound to the chain, and are checked down to the signature."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from archive_making import check, fill
from hypothesis import given
from hypothesis import strategies as st

from warlog.archive import Archive, stamps
from warlog.archive.der import with_sorted_certificates
from warlog.archive.stamping import Stamped, stamp
from warlog.archive.stamps import NotInstalled, StampError
from warlog.archive.tsa import ask
from warlog.errors import InputError, UsageError

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="the test server answers with the openssl program, which is not here")

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[stamper]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
tsa_name = yes
ess_cert_id_chain = no
"""


def run(*arguments: object) -> bytes:
    assert OPENSSL is not None
    return subprocess.run([OPENSSL, *map(str, arguments)], check=True, capture_output=True).stdout


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the certificates and keys of an authority that may stamp."""
    pytest.importorskip("rfc3161_client", reason="the extra warlog[timestamp] is not installed")
    folder = tmp_path_factory.mktemp("authority")
    (folder / "serial").write_text("01\n")
    for name in ("ca", "stamper", "stranger"):
        (folder / f"{name}.cnf").write_text(CONFIG.format(name=f"Test {name}", folder=folder))
        run("req", "-new", "-newkey", "rsa:2048", "-nodes", "-config", folder / f"{name}.cnf", "-keyout", folder / f"{name}.key",
            "-out", folder / f"{name}.csr")  # fmt: skip
    for name in ("ca", "stranger"):
        run("x509", "-req", "-in", folder / f"{name}.csr", "-signkey", folder / f"{name}.key", "-days", 30, "-extensions", "ca",
            "-extfile", folder / f"{name}.cnf", "-out", folder / f"{name}.pem")  # fmt: skip
    run("x509", "-req", "-in", folder / "stamper.csr", "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key", "-set_serial", 7,
        "-days", 30, "-extensions", "stamper", "-extfile", folder / "stamper.cnf", "-out", folder / "stamper.pem")  # fmt: skip
    return folder


class Server(ThreadingHTTPServer):
    """Answers as it is told to: as an authority does, or otherwise."""

    behaviour = "stamp"
    folder: Path
    asked: int = 0
    last: bytes = b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/tsa?x=1"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked += 1
        assert self.headers["Content-Type"] == "application/timestamp-query"
        assert self.path == "/tsa?x=1"
        behaviour, folder = self.server.behaviour, self.server.folder
        if behaviour == "redirect":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/")
            self.end_headers()
            return
        if behaviour == "error":
            self.send_error(503)
            return
        answer = b"<html>busy</html>" if behaviour == "page" else b"\0" * 2_000_000
        if behaviour == "stamp":
            (folder / "query").write_bytes(query)
            answer = run("ts", "-reply", "-config", folder / "stamper.cnf", "-queryfile", folder / "query", "-signer",
                         folder / "stamper.pem", "-inkey", folder / "stamper.key", "-chain", folder / "ca.pem")  # fmt: skip
            self.server.last = answer
        if behaviour == "replay":
            answer = self.server.last
        if behaviour == "refuse":
            (folder / "query").write_bytes(query[:-3])
            answer = subprocess.run(
                [str(OPENSSL), "ts", "-reply", "-config", str(folder / "stamper.cnf"), "-queryfile", str(folder / "query"),
                 "-signer", str(folder / "stamper.pem"), "-inkey", str(folder / "stamper.key")], capture_output=True, check=False
            ).stdout  # fmt: skip
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Nothing is said on the terminal."""


@pytest.fixture
def server(authority: Path) -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.folder = authority
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def stamped(archive: Archive, url: str, certificates: Path | None = None) -> Stamped:
    pem = certificates.read_bytes() if certificates is not None else None
    return stamp(archive, url, certificates=pem, allow_private=True, tool="warlog 0.2.0", collector="anna")


def test_the_chain_is_stamped_and_the_stamp_is_checked(tmp_path: Path, server: Server, authority: Path) -> None:
    archive = Archive(tmp_path / "a")
    fill(archive, 3)
    head = check(archive)[0].head
    done = stamped(archive, server.url, authority / "ca.pem")
    assert (done.stamped, done.head, done.path) == (3, head, tmp_path / "a" / "timestamps" / "4.tsr")
    entry = list(archive.entries())[-1]
    assert (entry.event, entry.about, entry.note, entry.collector) == ("timestamp", head, server.url, "anna")
    again = stamped(archive, server.url)
    assert (again.stamped, again.path.name) == (4, "5.tsr")
    fill(archive, 5)
    root, signer = (authority / "ca.pem").read_bytes(), (authority / "stamper.pem").read_bytes()
    for certificates in (root, signer + root):
        verdict, faults, notes = check(archive, certificates=certificates)
        assert (verdict.stamps, faults, notes) == (2, [], [])
    assert "were not checked: give --certificate" in check(archive)[2][0]
    # Anybody can check it without us.
    told = run("ts", "-verify", "-digest", head, "-in", done.path, "-CAfile", authority / "ca.pem")
    assert b"OK" in told


def test_a_stamp_by_another_authority_is_found(tmp_path: Path, server: Server, authority: Path) -> None:
    archive = Archive(tmp_path / "a")
    fill(archive, 1)
    stamped(archive, server.url)
    faults = check(archive, certificates=(authority / "stranger.pem").read_bytes())[1]
    assert len(faults) == 1
    assert faults == [
        "timestamps/2.tsr does not prove the time of entry 1:"
        " its signature does not go back to the certificates given (certificate verify error)."
    ]
    before = len(list(archive.entries()))
    with pytest.raises(StampError, match="cannot be used: its signature does not go back to the certificates given"):
        stamped(archive, server.url, authority / "stranger.pem")
    assert len(list(archive.entries())) == before


def test_a_changed_or_missing_stamp_is_found(tmp_path: Path, server: Server) -> None:
    archive = Archive(tmp_path / "a")
    fill(archive, 1)
    path = stamped(archive, server.url).path
    token = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(token[:-1] + bytes([token[-1] ^ 1]))
    assert any(fault.startswith("timestamps/2.tsr was altered") for fault in check(archive)[1])
    path.unlink()
    assert check(archive)[1] == ["timestamps/2.tsr is missing: entry 2 of the custody record tells of that time stamp."]


def test_a_stamp_of_another_record_is_found(tmp_path: Path, server: Server) -> None:
    archive, other = Archive(tmp_path / "a"), Archive(tmp_path / "b")
    fill(archive, 1)
    fill(other, 2)
    token = stamped(other, server.url).path.read_bytes()
    archive.stamp(token, check(archive)[0].head, "https://tsa.example", "warlog", "")
    faults = check(archive)[1]
    assert len(faults) == 1
    assert "does not prove the time of entry 1: it is of the hash " in faults[0]
    archive.stamp(token, "e" * 64, "https://tsa.example", "warlog", "")
    assert "an entry that the custody record does not have" in check(archive)[1][1]


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        ("error", "gave no time stamp: it answered with HTTP status 503"),
        ("redirect", "gave no time stamp: it answered with HTTP status 302"),
        ("page", "cannot be used: it is no time stamp"),
        ("long", "its answer is longer than 1024 KiB"),
        ("refuse", "cannot be used: (the server refused|it is no time stamp)"),
    ],
)
def test_an_answer_that_is_no_stamp_is_not_kept(tmp_path: Path, server: Server, behaviour: str, said: str) -> None:
    archive = Archive(tmp_path / "a")
    fill(archive, 1)
    server.behaviour = behaviour
    with pytest.raises(StampError, match=said):
        stamped(archive, server.url)
    assert len(list(archive.entries())) == 1
    assert check(archive)[1:] == ([], [])


def test_an_answer_to_another_request_is_not_kept(tmp_path: Path, server: Server) -> None:
    archive = Archive(tmp_path / "a")
    fill(archive, 1)
    head = next(archive.entries())
    request, _ = stamps.request(head.hashed())
    answer = ask(server.url, request, allow_private=True)
    _, nonce = stamps.request(head.hashed())
    with pytest.raises(StampError, match="it answers another request"):
        stamps.accept(answer, head.hash, nonce, None)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "[::1]", "localhost", "10.1.2.3", "169.254.169.254", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_private_addresses_are_refused_before_anything_is_sent(tmp_path: Path, server: Server, address: str) -> None:
    archive = Archive(tmp_path / "a")
    fill(archive, 1)
    url = f"http://{address}:{server.server_address[1]}/tsa?x=1"
    with pytest.raises(UsageError, match="an address of this machine or its own network; --allow-private allows that"):
        stamp(archive, url, certificates=None, allow_private=False, tool="", collector="")
    assert server.asked == 0


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError, match="holds a user name or password") as told:
        ask("https://anna:secret@tsa.example.org/", b"")
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "tsa.example.org", "http://", "http://[", "ftp://tsa.example.org/"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="no address"):
        ask(url, b"")


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StampError, match=r"gave no time stamp: .*refused"):
        ask("http://127.0.0.1:9/", b"x", allow_private=True)
    with pytest.raises(StampError, match=r"its host no\.such\.host\.invalid is not known"):
        ask("http://no.such.host.invalid/", b"x")


@given(
    data=st.binary(max_size=200) | st.integers(0, 2**32).map(lambda n: b"\x30\x84" + n.to_bytes(5, "big") + b"\x30\x80\x30\x00")
)
def test_putting_certificates_in_order_leaves_anything_else_alone(data: bytes) -> None:
    assert with_sorted_certificates(data) == data


def test_nothing_to_stamp(tmp_path: Path, server: Server) -> None:
    with pytest.raises(UsageError, match="has no custody entry that could be stamped"):
        stamped(Archive(tmp_path / "a"), server.url)


def test_a_file_without_certificates(tmp_path: Path, server: Server) -> None:
    archive = Archive(tmp_path / "a")
    fill(archive, 1)
    with pytest.raises(InputError, match="holds no certificate in PEM form"):
        check(archive, certificates=b"nothing")


def test_without_the_extra_one_sentence_says_what_to_install(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(tmp_path / "a")
    fill(archive, 1)
    stamped(archive, server.url)
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    with pytest.raises(NotInstalled, match=r"Time stamps need the extra: pip install 'warlog\[timestamp\]'\."):
        stamped(archive, server.url)
    _, faults, notes = check(archive)
    assert faults == []
    assert "timestamps/2.tsr was not checked: Time stamps need the extra" in notes[0]
