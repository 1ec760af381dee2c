"""`warlog watch`: what is new in feeds comes into the log, once, politely, and whatever happens in between."""

import itertools
import json
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from warlog.cli import main
from warlog.cli import watch as command
from warlog.collect.feeds_config import FeedEntry
from warlog.collect.web import Fetcher
from warlog.errors import InputError
from warlog.records import FeedState
from warlog.store import Log
from warlog.watch import MAX_TRIES, Watcher

STORY = "The army captured Alpha on Tuesday."


class Site(ThreadingHTTPServer):
    """A site on loopback with one feed and the pages of its items."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = {}
        self.asked = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def feed(self, *items, path="/feed", etag=None):
        """Items are (number, updated, words)."""
        body = "".join(
            f"<entry><id>urn:{n}</id><title>Item {n}</title><link href='{self.url}/{n}'/><updated>{updated}</updated>"
            f"<summary>{words}</summary></entry>"
            for n, updated, words in items
        )
        data = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title>{body}</feed>".encode()
        self.pages[path] = (200, {"Content-Type": "application/atom+xml", **({"ETag": etag} if etag else {})}, data)

    def page(self, number, words=STORY, status=200, **headers):
        html = (
            f"<!doctype html><html><head><title>Item {number}</title></head><body><article><p>{words}</p></article></body></html>"
        )
        self.pages[f"/{number}"] = (status, {"Content-Type": "text/html", **headers}, html.encode())

    def paths(self):
        """What was asked for since the last call, without robots.txt."""
        found = [path for path in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return found


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append(self.path)
        status, headers, body = self.server.pages.get(self.path, (404, {}, b""))
        if "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
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


class Memory:
    """What a log remembers, in memory; `take` keeps a capture as reading would."""

    def __init__(self):
        self.states = {}
        self.captures = {}
        self.refused = set()

    def feed_state(self, url):
        return self.states.get(url)

    def keep_feed_state(self, feed):
        self.states[feed.url] = feed

    def has_capture(self, capture_id):
        return capture_id in self.captures

    def take(self, capture, data):
        if capture.method not in self.refused:
            self.captures[capture.capture_id] = (capture, data)


class World:
    """A site, a log's memory, and a clock that tests move."""

    def __init__(self, site):
        self.site = site
        self.memory = Memory()
        self.now = datetime(2024, 5, 10, 12, 0, tzinfo=UTC)
        self.seconds = 0.0

    def watcher(self, *feeds, **options):
        feeds = feeds or (FeedEntry(url=f"{self.site.url}/feed"),)
        fetcher = Fetcher(allow_private=True, min_delay=0.0, clock=lambda: self.seconds, sleep=self.pass_time)
        return Watcher(feeds, self.memory, fetcher, clock=lambda: self.now, chance=lambda: 0.5, **options)

    def pass_time(self, seconds):
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds

    def round(self, *feeds):
        """One round, each in a program of its own: what was given, and the visit to the first feed."""
        watcher = self.watcher(*feeds)
        given = []
        for found in watcher.round():
            given.append(found)
            if not isinstance(found, InputError):
                self.memory.take(*found)
        return given, watcher.visits[0]

    def later(self, **time):
        self.pass_time(timedelta(**time).total_seconds())


@pytest.fixture
def world(site):
    return World(site)


def entry(site, path="/feed", **options):
    return FeedEntry(url=site.url + path, **options)


# -- what is brought -----------------------------------------------------------------------------------------------


def test_pages_of_new_items_are_fetched_once(world, site):
    site.feed((1, "2024-05-01T00:00:00Z", "a"), (2, "2024-05-02T00:00:00Z", "b"))
    site.page(1)
    site.page(2)
    given, visit = world.round()
    assert [(capture.method, capture.url) for capture, _ in given] == [("url", f"{site.url}/2"), ("url", f"{site.url}/1")]
    assert (visit.outcome, visit.items, visit.new, visit.said) == ("ok", 2, 2, "2 items, 2 new.")
    assert site.paths() == ["/feed", "/2", "/1"]
    world.later(minutes=31)
    given, visit = world.round()
    assert (given, visit.said) == ([], "2 items, 0 new.")
    assert site.paths() == ["/feed"]


def test_item_that_was_updated_is_fetched_again_as_another_capture_of_the_same_source(world, site):
    site.feed((1, "2024-05-01T00:00:00Z", "a"))
    site.page(1)
    world.round()
    site.feed((1, "2024-05-01T09:00:00Z", "a"))
    site.page(1, "The army did not capture Alpha, it said later.")
    world.later(minutes=31)
    given, visit = world.round()
    assert len(given) == 1
    assert (visit.new, visit.changed) == (1, 1)
    captures = [capture for capture, _ in world.memory.captures.values()]
    assert len({capture.source for capture in captures}) == 1
    assert len({capture.capture_id for capture in captures}) == 2
    site.paths()
    world.later(minutes=31)
    assert world.round()[0] == []
    assert site.paths() == ["/feed"]


def test_updated_item_whose_page_did_not_change_is_not_sent_again(world, site):
    site.feed((1, "2024-05-01T00:00:00Z", "a"))
    site.page(1, ETag='"p1"')
    world.round()
    site.feed((1, "2024-05-02T00:00:00Z", "a"))
    world.later(minutes=31)
    given, visit = world.round()
    assert (given, visit.new) == ([], 0)


def test_two_feeds_that_list_one_item_with_different_dates_fetch_it_once(world, site):
    site.feed((1, "2024-05-02T00:00:00Z", "a"), path="/feed")
    site.feed((1, "2024-05-01T00:00:00Z", "a"), path="/other")
    site.page(1)
    feeds = entry(site), entry(site, "/other")
    for _ in range(3):
        world.round(*feeds)
        world.later(minutes=31)
    assert site.paths().count("/1") == 1


def test_unchanged_feed_is_not_sent_again(world, site):
    site.feed((1, "2024-05-01T00:00:00Z", "a"), etag='"f1"')
    site.page(1)
    world.round()
    world.later(minutes=31)
    given, visit = world.round()
    assert (given, visit.outcome) == ([], "unchanged")
    assert site.paths() == ["/feed", "/1", "/feed"]


def test_items_themselves_are_taken_where_full_text_is_not_wanted(world, site):
    site.feed((1, "2024-05-01T00:00:00Z", STORY))
    given, visit = world.round(entry(site, full_text=False))
    assert site.paths() == ["/feed"]
    assert json.loads(given[0][1])["text"] == STORY
    assert (given[0][0].method, visit.new) == ("feed_item", 1)
    world.later(minutes=31)
    assert world.round(entry(site, full_text=False))[1].new == 0


@pytest.mark.parametrize("why", ["missing", "forbidden", "picture", "unreadable", "private"])
def test_item_itself_is_taken_where_its_page_cannot_be_had_for_good(world, site, why):
    site.feed((1, "2024-05-01T00:00:00Z", STORY), etag='"f1"')
    site.page(1)
    if why == "missing":
        del site.pages["/1"]
    elif why == "forbidden":
        site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /1")
    elif why == "picture":
        site.pages["/1"] = (200, {"Content-Type": "image/png"}, b"\x89PNG")
    elif why == "unreadable":
        world.memory.refused.add("url")
    else:
        site.pages["/1"] = (302, {"Location": "file:///etc/passwd"}, b"")
    given, visit = world.round()
    assert given[-1][0].method == "feed_item"
    assert visit.new == 1
    assert "1 page could not be had (http" in visit.said
    site.paths()
    for _ in range(3):
        world.later(minutes=31)
        world.round()
    assert "/1" not in site.paths()


def test_page_that_cannot_be_had_just_now_is_tried_again_with_growing_pauses_and_then_no_more(world, site):
    site.feed((1, "2024-05-01T00:00:00Z", STORY), etag='"f1"')
    site.page(1, status=500)
    given, _ = world.round(entry(site, every="1m"))
    assert [capture.method for capture, _ in given] == ["feed_item"]
    times = [world.now]
    site.paths()
    for _ in range(100):
        world.later(minutes=5)
        world.round(entry(site, every="1m"))
        times += [world.now] * ("/1" in site.paths())
    pauses = [later - sooner for sooner, later in itertools.pairwise(times)]
    assert len(times) == MAX_TRIES
    assert pauses == sorted(pauses)
    assert pauses[-1] >= timedelta(minutes=60)


def test_page_that_is_had_at_last_takes_the_place_of_its_item(world, site):
    site.feed((1, "2024-05-01T00:00:00Z", STORY), etag='"f1"')
    site.page(1, status=503)
    world.round()
    site.page(1)
    world.later(minutes=31)
    given, _ = world.round()
    assert [capture.method for capture, _ in given] == ["url"]
    assert len({capture.source for capture, _ in world.memory.captures.values()}) == 1


def test_very_many_new_items_are_fetched_in_several_visits_newest_first(world, site, monkeypatch):
    monkeypatch.setattr("warlog.watch.MAX_PAGES", 3)
    site.feed(*((n, f"2024-05-0{n}T00:00:00Z", "a") for n in range(1, 9)), etag='"f1"')
    for n in range(1, 9):
        site.page(n)
    seen = []
    for left in ("; 5 left for the next visit.", "; 2 left for the next visit.", "8 items, 2 new."):
        _, visit = world.round()
        assert visit.said.endswith(left)
        seen += [path for path in site.paths() if path != "/feed"]
        world.later(minutes=31)
    assert seen == [f"/{n}" for n in (8, 7, 6, 5, 4, 3, 2, 1)]
    assert world.round()[1].outcome == "unchanged"


def test_visit_cut_short_is_made_again_and_brings_what_is_missing(world, site):
    site.feed((1, "2024-05-01T00:00:00Z", "a"), (2, "2024-05-02T00:00:00Z", "b"), etag='"f1"')
    site.page(1)
    site.page(2)
    walk = world.watcher().round()
    world.memory.take(*next(walk))
    second = next(walk)
    walk.close()
    assert second[0].url.endswith("/1")
    assert world.memory.feed_state(f"{site.url}/feed") is None
    site.paths()
    given, _ = world.round()
    assert [capture.url for capture, _ in given] == [f"{site.url}/1"]


# -- feeds that fail -----------------------------------------------------------------------------------------------


def test_failing_feed_is_left_alone_ever_longer_over_runs_of_the_program(world, site):
    site.pages["/feed"] = (500, {}, b"")
    asked = []
    for _ in range(60 * 24):
        world.round()
        if "/feed" in site.paths():
            asked.append(world.now)
        world.later(minutes=5)
    pauses = [(later - sooner).total_seconds() / 60 for sooner, later in itertools.pairwise(asked)]
    assert pauses[:6] == [30, 60, 120, 240, 480, 960]
    assert max(pauses) <= 1445
    _, visit = world.round()
    assert visit.outcome in ("waiting", "failed")
    assert "answered 500 (Internal Server Error)" in visit.said


def test_pauses_are_spread(world, site):
    site.pages["/feed"] = (500, {}, b"")
    waits = set()
    for chance in (0.0, 0.5, 1.0):
        world.memory.states.clear()
        watcher = Watcher(
            [entry(site)], world.memory, Fetcher(True, min_delay=0), clock=lambda: world.now, chance=lambda c=chance: c
        )
        list(watcher.round())
        waits.add((watcher.visits[0].next_at - world.now).total_seconds() / 60)
    assert waits == {22.5, 30.0, 37.5}


@pytest.mark.parametrize("status", [429, 503])
def test_feed_that_asks_for_a_rest_gets_it_over_runs_of_the_program(world, site, status):
    site.pages["/feed"] = (status, {"Retry-After": "7200"}, b"")
    _, visit = world.round()
    assert (visit.outcome, visit.next_at - world.now) == ("failed", timedelta(hours=2))
    site.feed((1, "2024-05-01T00:00:00Z", "a"))
    site.paths()
    world.later(minutes=118)
    assert world.round()[1].outcome == "waiting"
    assert site.paths() == []
    world.later(minutes=3)
    assert world.round()[1].outcome == "ok"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ((404, {}, b""), "answered 404 (Not Found)"),
        ((200, {"Content-Type": "text/html"}, b"<html><body>Hello</body></html>"), "is a web page, not a feed."),
        ((200, {}, b""), "is empty."),
        ((200, {}, b"<rss"), "is no feed"),
        ((302, {"Location": "http://127.0.0.1:1/"}, b""), "cannot be had"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "redirects to file:///etc/passwd"),
    ],
)
def test_one_bad_feed_stops_no_other(world, site, page, said):
    site.pages["/bad"] = page
    site.feed((1, "2024-05-01T00:00:00Z", "a"))
    site.page(1)
    watcher = world.watcher(entry(site, "/bad"), entry(site))
    for capture, data in watcher.round():
        world.memory.take(capture, data)
    assert len(world.memory.captures) == 1
    assert [visit.outcome for visit in watcher.visits] == ["failed", "ok"]
    assert said in watcher.visits[0].said
    assert "The next try is not before 2024-05-10 12:30 UTC." in watcher.visits[0].said
    assert watcher.visits[0].said.count("\n") == 0


def test_feed_that_mends_is_as_before(world, site):
    site.pages["/feed"] = (500, {}, b"")
    world.round()
    site.feed((1, "2024-05-01T00:00:00Z", "a"))
    site.page(1)
    world.later(minutes=31)
    assert world.round()[1].outcome == "ok"
    assert world.memory.feed_state(f"{site.url}/feed").failures == 0


def test_feed_that_moved_for_good_is_told(world, site):
    site.pages["/feed"] = (301, {"Location": "/new"}, b"")
    site.feed(path="/new")
    assert f"It has moved to {site.url}/new." in world.round()[1].said


def test_feeds_are_due_when_they_say(world, site):
    site.feed()
    fast, slow = entry(site, every="5m"), entry(site, "/feed?slow", every="2h")
    site.pages["/feed?slow"] = site.pages["/feed"]
    watcher = world.watcher(fast, slow)
    assert watcher.seconds_to_next() == 0
    list(watcher.round())
    assert watcher.seconds_to_next() == 300
    assert watcher.due(slow) - world.now == timedelta(hours=2)
    world.later(minutes=5)
    site.paths()
    list(watcher.round())
    assert site.paths() == ["/feed"]
    assert [visit.outcome for visit in watcher.visits] == ["ok", "waiting"]


@pytest.mark.parametrize(
    "state",
    [FeedState("x", checked_at="2199-01-01T00:00:00+00:00"), FeedState("x", checked_at="nonsense", next_at="more"),
     FeedState("x", checked_at="2024-05-01T00:00:00+00:00", next_at="2199-01-01T00:00:00+00:00", failures=3)],
)  # fmt: skip
def test_state_written_with_a_wrong_clock_holds_nothing_up(world, site, state):
    site.feed()
    state.url = f"{site.url}/feed"
    world.memory.keep_feed_state(state)
    assert world.round()[1].outcome == "ok"


# -- the command ---------------------------------------------------------------------------------------------------


@pytest.fixture
def watch(tmp_path, capsys, monkeypatch):
    """Runs the command; gives exit code, stdout and stderr."""
    monkeypatch.setattr("warlog.collect.web_pace.MAX_WAIT", 0.0)
    path = tmp_path / "FEEDS.toml"
    log = tmp_path / "feeds.db"

    def do(*feeds, options=("--once", "--allow-private"), name="Feed"):
        path.write_text("".join(f"[[feed]]\nurl = {json.dumps(url)}\nname = '{name} {n}'\n" for n, url in enumerate(feeds, 1)))
        code = main(["watch", str(path), "--log", str(log), *options])
        told = capsys.readouterr()
        return code, told.out, told.err

    do.log = log
    return do


@pytest.fixture
def hurried(monkeypatch):
    """The command's fetcher without pauses."""
    make = Fetcher.__init__
    monkeypatch.setattr(Fetcher, "__init__", lambda self, *given, **options: make(self, *given, **options, min_delay=0.0))


@pytest.mark.usefixtures("hurried")
def test_command_reads_feeds_into_the_log_once(site, watch):
    site.feed((1, "2024-05-01T00:00:00Z", "a"), (2, "2024-05-02T00:00:00Z", "b"))
    site.page(1)
    site.page(2, "A strike on Beta killed five people.")
    code, out, err = watch(f"{site.url}/feed", options=("--once", "--allow-private", "--collector", "ann"))
    assert (code, out, err) == (0, "Feed 1: ok: 2 items, 2 new.\n", "")
    with Log.open(watch.log) as log:
        captures = [capture for _, _, capture in log.captures()]
        assert {(capture.method, capture.collector) for capture in captures} == {("url", "ann")}
        assert log.counts()["claims"] == 2
        assert not log.is_stale
    code, out, err = watch(f"{site.url}/feed")
    assert (code, err) == (0, "")
    assert out.startswith("Feed 1: waiting: Not due until ")


@pytest.mark.usefixtures("hurried")
def test_corrected_page_supersedes_the_older_version_in_the_log(site, watch):
    site.feed((1, "2024-05-01T00:00:00Z", "a"))
    site.page(1)
    watch(f"{site.url}/feed")
    site.feed((1, "2024-05-02T00:00:00Z", "a"))
    site.page(1, "A strike on Beta killed five people.")
    with Log.open(watch.log) as log:
        state = log.feed_state(f"{site.url}/feed")
        state.checked_at = "2024-05-01T00:00:00+00:00"
        log.keep_feed_state(state)
    code, out, _ = watch(f"{site.url}/feed")
    assert (code, out) == (0, "Feed 1: ok: 1 item, 1 new, 1 of them changed.\n")
    with Log.open(watch.log) as log:
        assert log.counts()["captures"] == 2
        assert log.counts()["documents"] == 1
        assert log.superseded_by(f"{site.url}/1") is not None


@pytest.mark.usefixtures("hurried")
def test_command_tells_of_failing_feeds_and_keeps_the_others(site, watch):
    site.feed((1, "2024-05-01T00:00:00Z", "a"))
    site.page(1)
    code, out, err = watch(f"{site.url}/none", f"{site.url}/feed")
    assert code == 1
    assert out.splitlines()[0].startswith(f"Feed 1: failed: {site.url}/none cannot be had: the server answered 404 (Not Found).")
    assert out.splitlines()[1] == "Feed 2: ok: 1 item, 1 new."
    assert "Feed 1: " in err


def test_private_addresses_are_refused_unless_allowed(site, watch):
    site.feed()
    code, out, _ = watch(f"{site.url}/feed", options=("--once",))
    assert code == 1
    assert "is refused: it leads to a private or local network address; --allow-private lets it through." in out
    assert site.asked == []


@pytest.mark.usefixtures("hurried")
def test_feed_that_was_refused_is_looked_at_as_soon_as_it_is_allowed(site, watch):
    site.feed((1, "2024-05-01T00:00:00Z", "a"))
    site.page(1)
    assert watch(f"{site.url}/feed", options=("--once",))[0] == 1
    code, out, _ = watch(f"{site.url}/feed")
    assert (code, out.splitlines()[0]) == (0, "Feed 1: ok: 1 item, 1 new.")


def test_feed_that_is_refused_is_not_looked_at_all_the_time(world, site):
    watcher = Watcher([entry(site)], world.memory, Fetcher(min_delay=0.0), clock=lambda: world.now)
    outcomes = []
    for _ in range(2):
        list(watcher.round())
        outcomes.append(watcher.visits[0].outcome)
    assert outcomes == ["failed", "waiting"]
    assert watcher.seconds_to_next() == 30 * 60
    world.later(minutes=31)
    list(watcher.round())
    assert watcher.visits[0].outcome == "failed"


def test_faults_of_use_are_told(watch, tmp_path, capsys):
    assert watch("file:///etc/passwd")[0] == 2
    assert watch()[0] == 2
    code, _, err = watch("http://a.test/", options=("--every", "soon"))
    assert (code, err) == (2, "--every 'soon' is no time such as 15m, 2h or 1d.\n")
    assert main(["watch", str(tmp_path / "none.toml"), "--log", str(watch.log)]) == 2
    assert "none.toml" in capsys.readouterr().err
    watch.log.write_bytes(b"no log at all" * 1000)
    code, _, err = watch("http://a.test/")
    assert code == 3
    assert str(watch.log) in err


@pytest.mark.usefixtures("hurried")
def test_on_a_terminal_there_is_a_table_with_nothing_of_the_feeds_taken_for_markup(site, watch, monkeypatch):
    site.feed()
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    code, out, _ = watch(f"{site.url}/feed", name="[red]Wire[/red]")
    assert code == 0
    head, row = out.splitlines()[1], out.splitlines()[3]
    assert "What came of it" in head
    assert "[red]Wire[/red] 1" in row
    assert "0 items, 0 new." in row


@pytest.mark.usefixtures("hurried")
def test_long_watch_goes_round_until_it_is_stopped_with_a_sentence(site, watch, monkeypatch):
    site.feed((1, "2024-05-01T00:00:00Z", "a"))
    site.page(1)
    rounds = []

    def sleep(watcher):
        rounds.append(1)
        site.feed((1, "2024-05-01T00:00:00Z", "a"), (2, "2024-05-02T00:00:00Z", "b"))
        site.page(2, "A strike on Beta killed five people.")
        watcher._clock = lambda: datetime.now(UTC) + timedelta(hours=len(rounds))
        if len(rounds) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(command, "_sleep", sleep)
    code, out, err = watch(f"{site.url}/feed", options=("--allow-private",))
    assert code == 130
    assert out.splitlines() == ["Feed 1: ok: 1 item, 1 new.", "Feed 1: ok: 2 items, 1 new.", "Feed 1: ok: 2 items, 0 new."]
    assert err.startswith(
        "Stopped after 3 rounds with 2 new documents; all that was read is kept, and the next `warlog watch` goes"
    )


def test_interrupt_in_the_middle_of_a_fetch_stops_at_once(site, tmp_path):
    """The real program and a real Ctrl-C, while a server that says nothing is waited for."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        feeds = tmp_path / "FEEDS.toml"
        feeds.write_text(f"[[feed]]\nurl = 'http://127.0.0.1:{silent.getsockname()[1]}/feed'\n")
        program = subprocess.Popen(
            [sys.executable, "-c", "import sys; from warlog.cli import main; sys.exit(main())",
             "watch", str(feeds), "--log", str(tmp_path / "w.db"), "--allow-private"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        silent.settimeout(60)
        silent.accept()
        began = time.monotonic()
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=20)
    assert time.monotonic() - began < 10
    assert program.returncode == 130
    assert out == ""
    assert err.startswith("Stopped after 0 rounds")
    assert "Traceback" not in err
