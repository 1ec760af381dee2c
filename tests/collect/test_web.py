"""Pages from the web: what is fetched, what is refused, and that nothing takes longer or more than it may."""

import contextlib
import gzip
import socket
import socketserver
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import urllib3.util.connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warlog.collect.web import Fetcher, WebError
from warlog.errors import InputError

PAGE = b"<!doctype html><html><head><title>T</title></head><body><p>The army captured Alpha on Tuesday.</p></body></html>"


class Site(ThreadingHTTPServer):
    """A site on loopback: `pages` has what it answers to each path, as a function of the request or (status, headers, body)."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = {}
        self.asked = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def paths(self):
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def handle_error(self, request, client_address):
        pass


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers.items())))
        page = self.server.pages.get(self.path, (404, {}, b""))
        if callable(page):
            page = page(self)
            if page is None:
                self.close_connection = True
                return
        status, headers, body = page
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    server = Site()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def raw():
    """Starts a server that does with each connection what it is told."""
    servers = []

    def start(act):
        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                self.request.recv(65536)
                with contextlib.suppress(OSError):
                    act(self.request)

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def fetcher(**options):
    return Fetcher(**{"allow_private": True, "min_delay": 0.0, **options})


def plain(**options):
    """Without robots.txt, for servers that answer everything alike."""
    return fetcher(obey_robots=False, **options)


def sentence(error):
    text = str(error.value if hasattr(error, "value") else error)
    assert text.endswith(".")
    assert "\n" not in text
    return text


# -- what is had ---------------------------------------------------------------------------------------------------


def test_page_becomes_a_capture_with_everything_that_the_record_asks_for(site):
    site.pages["/a"] = (200, {"Content-Type": "text/html; charset=utf-8", "X-One": "1"}, PAGE)
    capture, data = fetcher(collector="ann").capture(f"{site.url}/a#top")
    assert data == PAGE
    assert (capture.url, capture.final_url, capture.source, capture.name) == (f"{site.url}/a",) * 4
    assert (capture.status, capture.method, capture.media_type, capture.collector) == (200, "url", "text/html", "ann")
    assert ["X-One", "1"] in capture.headers
    assert capture.size == len(PAGE)
    assert capture.tool.startswith("warlog ")
    assert datetime.fromisoformat(capture.retrieved_at).utcoffset() == timedelta(0)


def test_same_bytes_of_an_address_are_the_same_capture_and_others_another(site):
    site.pages["/a"] = (200, {"Content-Type": "text/html"}, PAGE)
    first = fetcher().capture(f"{site.url}/a")[0].capture_id
    assert fetcher().capture(f"{site.url}/a")[0].capture_id == first
    site.pages["/a"] = (200, {"Content-Type": "text/html"}, PAGE + b"more")
    assert fetcher().capture(f"{site.url}/a")[0].capture_id != first


def test_nothing_but_what_is_needed_is_sent(site):
    site.pages["/a"] = (200, {"Set-Cookie": "s=1"}, PAGE)
    got = fetcher()
    for _ in range(2):
        got.fetch(f"http://mata:secret@127.0.0.1:{site.server_port}/a")
    sent = {name.lower() for _, headers in site.asked for name in headers}
    assert sent == {"host", "user-agent", "accept", "accept-encoding"}


def test_unchanged_page_is_not_sent_again(site):
    def page(request):
        same = request.headers.get("If-None-Match") == '"v1"' and request.headers.get("If-Modified-Since") == "yesterday"
        return (304, {}, b"") if same else (200, {"ETag": '"v1"'}, PAGE)

    site.pages["/a"] = page
    first = fetcher().fetch(f"{site.url}/a")
    assert first.header("etag") == '"v1"'
    again = fetcher().fetch(f"{site.url}/a", etag='"v1"', last_modified="yesterday")
    assert (again.status, again.data) == (304, b"")


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_packed_answers_are_unpacked(site, coding):
    import zlib

    body = gzip.compress(PAGE) if coding == "gzip" else zlib.compress(PAGE)
    site.pages["/a"] = (200, {"Content-Encoding": coding}, body)
    assert fetcher().fetch(f"{site.url}/a").data == PAGE


@pytest.mark.parametrize(
    ("sent", "data", "kind"),
    [
        ("text/html", PAGE, "text/html"),
        ("text/plain", PAGE, "text/html"),
        (None, PAGE, "text/html"),
        ("application/xhtml+xml", b"<?xml version='1.0'?>" + PAGE, "text/html"),
        ("text/plain; charset=koi8-r", b"words", "text/plain"),
        ("application/octet-stream", b"%PDF-1.7 ...", "application/pdf"),
        ("text/html", b"%PDF-1.7 ...", "application/pdf"),
        ("application/rss+xml", b"<rss/>", "application/rss+xml"),
        ("nonsense", b"words", "text/plain"),
    ],
)
def test_media_type_is_told_from_header_and_bytes(site, sent, data, kind):
    site.pages["/a"] = (200, {"Content-Type": sent} if sent else {}, data)
    assert fetcher().fetch(f"{site.url}/a").media_type == kind


@pytest.mark.parametrize(("kind", "body"), [("image/png", b"\x89PNG"), ("video/mp4", b"x"), ("text/html", b"  \n")])
def test_pictures_and_empty_pages_are_no_captures(site, kind, body):
    site.pages["/a"] = (200, {"Content-Type": kind}, body)
    error = fetcher().capture(f"{site.url}/a")
    assert isinstance(error, InputError)
    assert f"{site.url}/a is " in sentence(error)


def test_charset_of_the_header_reaches_the_reader(site):
    from warlog.read import read_document

    text = "Армия заняла село. Об этом сообщил представитель штаба во вторник."
    site.pages["/a"] = (200, {"Content-Type": "text/plain; charset=koi8-r"}, text.encode("koi8-r"))
    assert read_document(*fetcher().capture(f"{site.url}/a")).text.strip() == text


# -- redirects -----------------------------------------------------------------------------------------------------


def test_redirects_are_followed_and_told(site):
    site.pages["/a"] = (301, {"Location": "/b?x=1#part"}, b"")
    site.pages["/b?x=1"] = (308, {"Location": f"{site.url}/c"}, b"")
    site.pages["/c"] = (200, {}, PAGE)
    got = fetcher().fetch(f"{site.url}/a")
    assert (got.url, got.final_url, got.moved_to) == (f"{site.url}/a", f"{site.url}/c", f"{site.url}/c")
    assert got.redirects == [f"{site.url}/a", f"{site.url}/b?x=1"]
    site.pages["/b?x=1"] = (302, {"Location": f"{site.url}/c"}, b"")
    assert fetcher().fetch(f"{site.url}/a").moved_to is None


def test_circle_and_endless_redirects_are_told(site):
    site.pages["/a"] = (302, {"Location": "/b"}, b"")
    site.pages["/b"] = (302, {"Location": "/a"}, b"")
    with pytest.raises(WebError, match="redirects in a circle") as error:
        fetcher().fetch(f"{site.url}/a")
    sentence(error)
    for number in range(20):
        site.pages[f"/{number}"] = (302, {"Location": f"/{number + 1}"}, b"")
    with pytest.raises(WebError, match="more than 10 times"):
        fetcher().fetch(f"{site.url}/0")


def test_what_goes_wrong_behind_a_redirect_names_the_address_that_was_given(site):
    site.pages["/a"] = (302, {"Location": "/none"}, b"")
    with pytest.raises(WebError) as error:
        fetcher().fetch(f"{site.url}/a")
    assert str(error.value) == (
        f"{site.url}/none (to which {site.url}/a redirects) cannot be had: the server answered 404 (Not Found)."
    )
    assert error.value.status == 404


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://example.org/x", "data:text/html,x", "javascript:1", "gopher://127.0.0.1/", "mailto:a@b.test"],
)
def test_redirects_out_of_the_web_are_refused_even_where_private_addresses_are_allowed(site, target):
    site.pages["/a"] = (302, {"Location": target}, b"")
    with pytest.raises(WebError, match="redirects to") as error:
        fetcher().fetch(f"{site.url}/a")
    assert "root:" not in sentence(error)


# -- addresses that are not public ---------------------------------------------------------------------------------

PRIVATE = [
    "127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0x7f000001", "0177.0.0.1", "0.0.0.0", "0", "10.0.0.1", "172.16.5.4",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "[::1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[::127.0.0.1]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]",
    "[2002:7f00:1::]", "[2002:a00:1::]", "[64:ff9b::7f00:1]", "[64:ff9b:1::1]", "[2001:db8::1]", "[2001::1]", "[fec0::1]",
    "127.0.0.1.", "１２７.０.０.１", "①②⑦.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_private_addresses_in_every_spelling_are_refused(host, monkeypatch):
    monkeypatch.setattr(urllib3.util.connection, "create_connection", _no_connection)
    error = Fetcher(min_delay=0.0).capture(f"http://{host}/a")
    assert isinstance(error, InputError)
    assert "is refused: it leads to a private or local network address; --allow-private lets it through." in sentence(error)


def _no_connection(*_, **__):
    raise AssertionError("a connection was made")


@pytest.mark.parametrize("host", ["localhost", "localhost.localdomain", "printer.test"])
def test_names_of_private_addresses_are_refused(host, monkeypatch):
    monkeypatch.setattr(urllib3.util.connection, "create_connection", _no_connection)
    for answer in (["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["8.8.8.8", "::1"], ["fe80::1%eth0"]):
        with pytest.raises(WebError, match="is refused"):
            Fetcher(resolver=lambda *_, answer=answer: answer).fetch(f"http://{host}/")


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_public_addresses_are_let_through_and_asked_themselves(ip, monkeypatch):
    met = []

    def connect(address, *_, **__):
        met.append(address)
        raise OSError(111, "Connection refused")

    monkeypatch.setattr(urllib3.util.connection, "create_connection", connect)
    with pytest.raises(WebError, match="no connection \\(connection refused\\)"):
        Fetcher(resolver=lambda *_: [ip], obey_robots=False).fetch("http://news.test/")
    assert met == [(ip, 80)]


@pytest.fixture
def outside(site, monkeypatch):
    """Lets the site pass for one on the public internet, at 8.8.8.8."""
    connect = urllib3.util.connection.create_connection
    met = []

    def public(address, *given, **options):
        met.append(address[0])
        assert address[0] == "8.8.8.8", "a connection that is not to the address that was checked"
        return connect(("127.0.0.1", site.server_port), *given, **options)

    monkeypatch.setattr(urllib3.util.connection, "create_connection", public)
    return met


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://inside.test/",
     "//2130706433/", "https://localhost.localdomain/"],
)  # fmt: skip
def test_public_page_cannot_redirect_to_a_private_address(site, outside, target):
    site.pages["/a"] = (302, {"Location": target}, b"")
    known = {"news.test": ["8.8.8.8"]}
    with pytest.raises(WebError, match=r"is refused: it leads to a private or local network address\.$") as error:
        Fetcher(resolver=lambda host, _: known.get(host, ["127.0.0.1"]), min_delay=0.0).fetch("http://news.test/a")
    assert "(to which http://news.test/a redirects)" in str(error.value)
    assert site.paths() == ["/a"]


def test_name_that_changes_its_mind_gains_nothing(site, outside):
    """DNS rebinding: the address that was checked is the one that is asked, whatever the name says a moment later."""
    site.pages["/a"] = (200, {}, PAGE)
    answers = [["8.8.8.8"], ["127.0.0.1"], ["127.0.0.1"], ["127.0.0.1"]]
    got = Fetcher(resolver=lambda *_: answers.pop(0), obey_robots=False)
    assert got.fetch("http://news.test/a").data == PAGE
    assert outside == ["8.8.8.8"]
    with pytest.raises(WebError, match="is refused"):
        got.fetch("http://news.test/a")
    assert outside == ["8.8.8.8"]


def test_robots_txt_of_a_private_address_is_not_asked_for_either(site):
    with pytest.raises(WebError, match=r"^http://127.*/a is refused"):
        Fetcher().fetch(f"{site.url}/a")
    assert site.asked == []


# -- addresses that are none ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["", "example.org", "file:///etc/passwd", "ftp://example.org/", "data:text/html,x", "http://", "http:///x", "http://[::1",
     "http://a b/", "http://exa\x00mple.org/", "http://127.0.0.1:99999/", "http://127.0.0.1:0/", "http://256.1.1.1/",
     "http://127%2e0.0.1/", "http://a..b/", "http://example.org\\@127.0.0.1/", "http://" + "a" * 9000 + "/"],
)  # fmt: skip
def test_what_is_no_web_address_is_told(url, monkeypatch):
    monkeypatch.setattr(urllib3.util.connection, "create_connection", _no_connection)
    error = Fetcher(resolver=lambda *_: _no_connection()).capture(url)
    assert isinstance(error, InputError)
    assert len(sentence(error)) < 600


@pytest.mark.parametrize(
    "url",
    ["http://mata:s3cret@127.0.0.1/a", "http://mata:s3cret@host..test/a", "http://mata:s3/cret@host/a", "ftp://mata:s3cret@host/a",
     "http://mata:s3cret@missing.test/a"],
)  # fmt: skip
def test_passwords_are_never_shown(url):
    def unknown(*_):
        raise socket.gaierror

    said = sentence(Fetcher(resolver=unknown).capture(url))
    assert "s3" not in said
    assert "mata" not in said


def test_passwords_are_neither_kept_nor_sent_on(site):
    site.pages["/a"] = (302, {"Location": f"http://bob:s3cret@127.0.0.1:{site.server_port}/b"}, b"")
    site.pages["/b"] = (200, {}, PAGE)
    capture, _ = fetcher().capture(f"http://mata:s3cret@127.0.0.1:{site.server_port}/a")
    assert "s3cret" not in repr(capture)
    assert not any("authorization" in map(str.lower, headers) for _, headers in site.asked)


# -- bounds --------------------------------------------------------------------------------------------------------


def _drip(lines, pause=0.05):
    def act(line):
        for piece in lines:
            line.sendall(piece)
            time.sleep(pause)

    return act


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


def _endlessly(piece):
    while True:
        yield piece


@pytest.mark.parametrize(
    "start",
    [
        [HEAD + b"\r\n"],
        [HEAD + b"Content-Length: 100000\r\n\r\n"],
        [HEAD + b"Transfer-Encoding: chunked\r\n\r\n"],
        [b"HTTP/1.1 200"],
        [],
    ],
    ids=["body", "length", "chunk-head", "status-line", "nothing-read"],
)
def test_server_that_drips_is_cut_off_in_time(raw, start):
    import itertools

    url = raw(_drip(itertools.chain(start, _endlessly(b"1"))))
    began = time.monotonic()
    with pytest.raises(WebError, match=r"it was not all there after 0.5 seconds") as error:
        plain(timeout=0.5).fetch(url)
    assert time.monotonic() - began < 2
    assert error.value.passing
    sentence(error)


def test_silent_server_is_left(raw):
    url = raw(lambda line: time.sleep(1))
    with pytest.raises(WebError, match=r"said nothing for 0.3 seconds"):
        plain(idle_timeout=0.3).fetch(url)


@pytest.mark.parametrize("head", [HEAD + b"\r\n", HEAD + b"Content-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n"])
def test_endless_body_is_refused(raw, head):
    piece = b"x" * 65536
    chunk = piece if b"chunked" not in head else b"10000\r\n" + piece + b"\r\n"

    def act(line):
        line.sendall(head)
        while True:
            line.sendall(chunk)

    with pytest.raises(WebError, match="is larger than 1 MiB and is not read"):
        plain(max_bytes=2**20).fetch(raw(act))


def test_large_body_is_refused_before_it_is_sent(raw):
    url = raw(_drip([HEAD + b"Content-Length: 99999999999\r\n\r\n"]))
    with pytest.raises(WebError, match="larger than 64 MiB"):
        plain().fetch(url)


def _bomb(coding):
    import zlib

    zeros = bytes(64 * 2**20)
    if coding == "br":
        return pytest.importorskip("brotli").compress(zeros, quality=5)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if "gzip" in coding else 15)
    packed = packer.compress(zeros) + packer.flush()
    return gzip.compress(packed) if coding == "gzip, gzip" else packed


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_bombs_are_refused_before_they_unfold(site, coding):
    import tracemalloc

    site.pages["/a"] = (200, {"Content-Encoding": coding}, _bomb(coding))
    got = fetcher(max_bytes=2**20)
    got.capture(f"{site.url}/none")
    tracemalloc.start()
    try:
        with pytest.raises(WebError, match="larger than 1 MiB"):
            got.fetch(f"{site.url}/a")
        assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (HEAD + b"Content-Length: 1000\r\n\r\nshort", "broke off before its end"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", "broke off before its end"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nab", "cannot be had"),
        (HEAD + b"Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nno packing", "cannot be unpacked"),
        (b"", "cannot be had"),
        (b"SSH-2.0-OpenSSH\r\n", "no HTTP"),
        (b"HTTP/1.1 abc OK\r\n\r\n", "no HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: " + b"x" * 100_000 + b"\r\n\r\n", "no HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: x\r\n" * 1000 + b"\r\n", "no HTTP"),
    ],
)
def test_broken_answers_are_told(raw, answer, said):
    with pytest.raises(WebError, match=said) as error:
        plain().fetch(raw(lambda line: line.sendall(answer)))
    sentence(error)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 302 Found\r\nLocation: ", HEAD + b"Transfer-Encoding: chunked\r\n\r\n"]
    ),
    st.binary(max_size=200),
)
def test_any_answer_is_had_or_told(raw, start, rest):
    url = _answering(raw, start + rest)
    found = plain(timeout=5.0, resolver=lambda *_: []).capture(url)
    assert isinstance(found, tuple) or sentence(found)


def _answering(raw, answer):
    """The address of a server that gives this answer; one server does for all examples."""
    known = _SERVERS.get(raw)
    if known is None:
        given = {}
        known = _SERVERS[raw] = (raw(lambda line: line.sendall(given["answer"])), given)
    known[1]["answer"] = answer
    return known[0]


_SERVERS = {}


def test_nobody_there_is_told():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(WebError, match="no connection \\(connection refused\\)") as error:
        plain().fetch(f"http://127.0.0.1:{port}/")
    assert error.value.passing


def test_second_address_of_a_host_is_tried_where_the_first_is_out_of_reach(site):
    site.pages["/a"] = (200, {}, PAGE)
    got = plain(resolver=lambda *_: ["::1", "127.0.0.1"])
    assert got.fetch(f"http://site.test:{site.server_port}/a").data == PAGE
    assert site.asked[0][1]["Host"] == f"site.test:{site.server_port}"


def test_slow_resolver_is_not_waited_for():
    began = time.monotonic()
    with pytest.raises(WebError, match="was not found within"):
        Fetcher(resolver=lambda *_: time.sleep(5) or [], idle_timeout=0.2).fetch("http://slow.test/")
    assert time.monotonic() - began < 2


# -- TLS -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for safe.test, signed by itself."""
    pytest.importorskip("cryptography", reason="cryptography makes the certificate")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "safe.test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("safe.test")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path_factory.mktemp("tls") / "site.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )  # fmt: skip
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def safe(site, certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    names = []
    context.sni_callback = lambda _, name, __: names.append(name)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    site.names = names
    site.pages["/a"] = (200, {}, PAGE)
    return site


def _tls(url, certificate=None):
    context = ssl.create_default_context(cafile=str(certificate) if certificate else None)
    return plain(resolver=lambda *_: ["127.0.0.1"], context=context).fetch(url)


def test_certificate_is_checked_against_the_name_though_the_address_is_asked(safe, certificate):
    assert _tls(f"https://safe.test:{safe.server_port}/a", certificate).data == PAGE
    assert safe.names == ["safe.test"]
    with pytest.raises(WebError, match="its certificate is not valid") as error:
        _tls(f"https://other.test:{safe.server_port}/a", certificate)
    sentence(error)


def test_unknown_certificate_and_plain_server_are_told(safe, site):
    with pytest.raises(WebError, match="its certificate is not valid \\(self-signed certificate"):
        _tls(f"https://safe.test:{safe.server_port}/a")


def test_server_without_tls_is_told(site):
    with pytest.raises(WebError, match="no secure connection can be agreed on"):
        _tls(f"https://safe.test:{site.server_port}/a")


# -- politeness ----------------------------------------------------------------------------------------------------


class Clock:
    """A clock that moves only when it is slept on."""

    def __init__(self):
        self.now = 1000.0
        self.slept = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.now += seconds


def test_robots_txt_is_obeyed_and_asked_for_once(site):
    site.pages["/robots.txt"] = (200, {}, b"User-agent: warlog\nDisallow: /private\nAllow: /\n\nUser-agent: *\nDisallow: /")
    site.pages["/open"] = (200, {}, PAGE)
    site.pages["/sly"] = (302, {"Location": "/private/b"}, b"")
    got = fetcher()
    assert got.fetch(f"{site.url}/open").data == PAGE
    for path in ("/private/a", "/sly"):
        with pytest.raises(WebError, match=r"/private/[ab] .*is not read: the site's robots.txt does not allow it") as error:
            got.fetch(site.url + path)
        assert not error.value.passing
    assert [path for path, _ in site.asked] == ["/robots.txt", "/open", "/sly"]
    with pytest.raises(WebError, match="does not allow it"):
        fetcher(user_agent="another/2").fetch(f"{site.url}/open")


@pytest.mark.parametrize("status", [404, 403, 410])
def test_site_without_robots_txt_allows_everything(site, status):
    site.pages["/robots.txt"] = (status, {}, b"")
    site.pages["/a"] = (200, {}, PAGE)
    assert fetcher().fetch(f"{site.url}/a").data == PAGE


@pytest.mark.parametrize("status", [500, 503, 429])
def test_site_whose_robots_txt_is_out_of_order_is_not_read_for_a_while(site, status):
    site.pages["/robots.txt"] = (status, {}, b"")
    site.pages["/a"] = (200, {}, PAGE)
    clock = Clock()
    got = fetcher(clock=clock, sleep=clock.sleep)
    for _ in range(2):
        with pytest.raises(WebError, match=r"/a is not read, since .*/robots.txt cannot be had") as error:
            got.fetch(f"{site.url}/a")
        assert error.value.passing
    assert len(site.asked) == 1
    site.pages["/robots.txt"] = (404, {}, b"")
    clock.now += 601
    assert got.fetch(f"{site.url}/a").data == PAGE


@pytest.mark.parametrize(
    "rules",
    [b"\xff\xfe\x00\x00garbage\x00", b"<html>not found</html>", b"Disallow\n:::\nUser-agent", b"User-agent: *\n" + b"# " * 10**6],
)
def test_garbled_robots_txt_forbids_nothing(site, rules):
    site.pages["/robots.txt"] = (200, {}, rules)
    site.pages["/a"] = (200, {}, PAGE)
    assert fetcher().fetch(f"{site.url}/a").data == PAGE


def test_host_is_asked_with_a_pause_and_as_slowly_as_it_wants(site):
    site.pages["/a"] = (200, {}, PAGE)
    clock = Clock()
    got = fetcher(min_delay=1.0, clock=clock, sleep=clock.sleep)
    for _ in range(3):
        got.fetch(f"{site.url}/a")
    assert clock.slept == [1.0, 1.0]
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 20\n")
    clock = Clock()
    got = fetcher(min_delay=1.0, clock=clock, sleep=clock.sleep)
    for _ in range(2):
        got.fetch(f"{site.url}/a")
    assert clock.slept == [20.0]
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 3600\n")
    got = fetcher(clock=clock, sleep=clock.sleep)
    got.fetch(f"{site.url}/a")
    with pytest.raises(WebError, match="wants to be left alone for 1 hour more"):
        got.fetch(f"{site.url}/a")


def test_one_request_at_a_time_goes_to_a_host(site):
    busy, most = [], []

    def page(_):
        busy.append(1)
        most.append(len(busy))
        time.sleep(0.05)
        busy.pop()
        return 200, {}, PAGE

    site.pages["/a"] = page
    got = plain()
    threads = [threading.Thread(target=got.fetch, args=(f"{site.url}/a",)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 5


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("dated", [False, True])
def test_host_that_asks_for_a_rest_gets_it(site, status, dated):
    after = format_datetime(datetime.now(UTC) + timedelta(seconds=3600), usegmt=True) if dated else "3600"
    site.pages["/a"] = (status, {"Retry-After": after}, b"")
    site.pages["/b"] = (200, {}, PAGE)
    clock = Clock()
    got = fetcher(clock=clock, sleep=clock.sleep)
    with pytest.raises(WebError, match=f"answered {status}") as error:
        got.fetch(f"{site.url}/a")
    assert error.value.passing
    assert 3590 < error.value.retry_after <= 3600
    with pytest.raises(WebError, match="wants to be left alone for 1 hour more"):
        got.fetch(f"{site.url}/b")
    assert site.paths() == ["/a"]
    clock.now += 3601
    assert got.fetch(f"{site.url}/b").data == PAGE


@pytest.mark.parametrize("after", ["", "soon", "-5", "99999999999999999999", "Thu, 99 Foo 2099", "١٢"])
def test_strange_retry_after_does_no_harm(site, after):
    site.pages["/a"] = (503, {"Retry-After": after.encode().decode("latin-1")}, b"")
    with pytest.raises(WebError) as error:
        fetcher().fetch(f"{site.url}/a")
    assert error.value.retry_after is None or error.value.retry_after <= 7 * 86400


@pytest.mark.parametrize(
    ("status", "passing"), [(404, False), (403, False), (410, False), (500, True), (502, True), (999, False)]
)
def test_other_answers_are_told_with_their_number(site, status, passing):
    site.pages["/a"] = (status, {}, b"gone")
    error = fetcher().capture(f"{site.url}/a")
    assert f"/a cannot be had: the server answered {status}" in sentence(error)
    assert (error.status, error.passing) == (status, passing)
