"""Feeds from the web: their items, whatever they are written in, and what is no feed or means harm."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warlog.collect.feeds import MAX_ITEMS, item_capture, parse_feed
from warlog.collect.feeds_config import read_feeds
from warlog.collect.feeds_text import plain_text
from warlog.collect.feeds_thin import thin
from warlog.collect.web import Fetched
from warlog.errors import InputError, UsageError
from warlog.read import read_document

FEED = "https://wire.test/feed"


def fetched(data, kind="application/rss+xml"):
    data = data if isinstance(data, bytes) else data.encode()
    media = kind.partition(";")[0]
    return Fetched(FEED, FEED, 200, [["Content-Type", kind]], data, "2024-05-03T00:00:00+00:00", media)


def rss(*items, head="<title>Wire</title>"):
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{body}</channel></rss>'


ONE = """<title>Army takes Alpha</title><link>https://wire.test/1</link><guid>g1</guid><author>Ann</author>
<pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate><description><![CDATA[<p>The army captured <b>Alpha</b> on Tuesday.</p>
<p>It said so.</p>]]></description>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>Army takes Alpha</title><id>urn:1</id>
<link rel="alternate" href="https://wire.test/1"/>
<author><name>Ann</name></author><published>2024-05-01T10:00:00Z</published>
<updated>2024-05-02T10:00:00+02:00</updated>
<content type="html">&lt;p&gt;The army captured &lt;b&gt;Alpha&lt;/b&gt; on Tuesday.&lt;/p&gt;
&lt;p&gt;It said so.&lt;/p&gt;</content></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Wire</title><items><rdf:Seq>
<rdf:li rdf:resource="https://wire.test/1"/></rdf:Seq></items></channel><item rdf:about="https://wire.test/1">
<title>Army takes Alpha</title><link>https://wire.test/1</link><dc:creator>Ann</dc:creator>
<dc:date>2024-05-01T10:00:00Z</dc:date>
<description>&lt;p&gt;The army captured Alpha on Tuesday.&lt;/p&gt;
&lt;p&gt;It said so.&lt;/p&gt;</description></item></rdf:RDF>"""

JSON_FEED = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Wire",
    "items": [{"id": "1", "url": "https://wire.test/1", "title": "Army takes Alpha", "authors": [{"name": "Ann"}],
               "content_html": "<p>The army captured <b>Alpha</b> on Tuesday.</p><p>It said so.</p>",
               "date_published": "2024-05-01T10:00:00Z"}],
})  # fmt: skip


@pytest.mark.parametrize(
    ("data", "kind"),
    [(rss(ONE), "application/rss+xml"), (ATOM, "application/atom+xml"), (RDF, "application/rdf+xml"),
     (JSON_FEED, "application/feed+json"), (JSON_FEED, "text/plain"), ("\ufeff" + rss(ONE), "text/xml")],
    ids=["rss", "atom", "rdf", "json", "json as text", "marked"],
)  # fmt: skip
def test_item_of_each_kind_of_feed_becomes_a_document(data, kind):
    source = fetched(data, kind)
    feed = parse_feed(source)
    assert (feed.total, feed.fault) == (1, None)
    capture, record = item_capture(feed.items[0], source, "ann")
    assert (capture.method, capture.media_type, capture.collector) == ("feed_item", "application/json", "ann")
    assert capture.source == capture.name == feed.items[0].link == "https://wire.test/1"
    assert (capture.url, capture.container) == ("https://wire.test/1", FEED)
    said = json.loads(record)
    assert said["text"] == "The army captured Alpha on Tuesday.\n\nIt said so."
    assert (said["title"], said["author"], said["publisher"]) == ("Army takes Alpha", "Ann", "Wire")
    document = read_document(capture, record)
    assert (document.published, document.publisher, document.url) == ("2024-05-01", "Wire", "https://wire.test/1")
    assert "captured Alpha on Tuesday." in document.text
    assert "<" not in document.text


@pytest.mark.parametrize(
    ("encoding", "kind"),
    [
        ("koi8-r", "application/rss+xml; charset=koi8-r"),
        ("windows-1251", "text/xml"),
        ("utf-16", "application/xml"),
        ("utf-8", "text/xml"),
    ],
)
def test_encoding_is_taken_from_the_header_or_the_feed(encoding, kind):
    title = "Армия заняла село на юге области, сообщил штаб"
    text = rss(f"<title>{title}</title><link>https://wire.test/1</link>")
    declared = encoding if "charset" not in kind else "utf-8"
    data = text.replace('encoding="utf-8"', f'encoding="{declared}"').encode(encoding)
    assert parse_feed(fetched(data, kind)).items[0].record["title"] == title


def test_item_gives_the_same_bytes_wherever_it_stands_and_others_when_it_was_corrected():
    other = "<title>Two</title><link>https://wire.test/2</link><description>Words.</description>"

    def captured(*items):
        source = fetched(rss(*items))
        found = next(item for item in parse_feed(source).items if item.link == "https://wire.test/1")
        return item_capture(found, source, "")[0]

    assert captured(ONE, other).capture_id == captured(other, ONE).capture_id
    corrected = captured(ONE.replace("Tuesday", "Monday"))
    assert corrected.capture_id != captured(ONE).capture_id
    assert corrected.source == captured(ONE).source


def test_items_without_link_id_or_date_are_told_apart_and_stay_the_same():
    items = [
        "<description>First words.</description>",
        "<description>Second words.</description>",
        "<guid>g7</guid><title>T</title>",
    ]
    first = [item.source for item in parse_feed(fetched(rss(*items))).items]
    again = [item.source for item in parse_feed(fetched(rss(*reversed(items)))).items]
    assert len(set(first)) == 3
    assert set(first) == set(again)
    assert all(source.startswith(f"{FEED}#") for source in first)
    assert f"{FEED}#g7" in first


def test_link_that_items_share_or_that_is_the_feeds_own_names_none_of_them():
    shared = [f"<link>https://wire.test/live</link><guid>g{n}</guid><title>T{n}</title>" for n in range(3)]
    own = f"<link>{FEED}</link><guid>g9</guid><title>T</title>"
    items = parse_feed(fetched(rss(*shared, own))).items
    assert [item.link for item in items] == [None] * 4
    assert {item.source for item in items} == {f"{FEED}#g{n}" for n in (0, 1, 2, 9)}


@pytest.mark.parametrize("link", ["file:///etc/passwd", "javascript:alert(1)", "ftp://x.test/", "http://[", "/relative"])
def test_link_that_is_no_web_address_is_not_followed(link):
    items = parse_feed(fetched(rss(f"<link>{link}</link><guid>g1</guid><title>T</title>"))).items
    assert [item.link for item in items] == [None]


def test_passwords_in_links_are_dropped():
    item = parse_feed(fetched(rss("<link>https://ann:s3cret@wire.test/1</link><title>T</title>"))).items[0]
    assert item.link == "https://wire.test/1"
    assert b"s3cret" not in item_capture(item, fetched(""), "")[1]


def test_newest_come_first_and_the_undated_last():
    dated = [f"<title>{d}</title><pubDate>0{d} May 2024 10:00:00 GMT</pubDate>" for d in (2, 9, 4)]
    titles = [item.record["title"] for item in parse_feed(fetched(rss("<title>none</title>", *dated))).items]
    assert titles == ["9", "4", "2", "none"]


# -- bounds --------------------------------------------------------------------------------------------------------


def test_feed_of_100_000_items_is_cut_to_the_newest_in_seconds():
    items = [
        f"<title>Item {n}</title><link>https://wire.test/{n}</link><pubDate>{1 + n % 28:02d} Jan {1970 + n // 28 % 50} 10:00:00"
        " GMT</pubDate><description>Some words of it.</description>"
        for n in range(100_000)
    ]
    began = time.monotonic()
    feed = parse_feed(fetched(rss(*items)))
    assert time.monotonic() - began < 20
    assert feed.total == 100_000
    assert len(feed.items) == MAX_ITEMS
    assert {item.updated[:4] for item in feed.items} == {"2019"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_thinning_keeps_whole_items_and_a_feed_around_them(encoding):
    items = [f"<title>ü{n}</title><pubDate>0{n} May 2024 10:00:00 GMT</pubDate>" for n in (3, 1, 9, 2)]
    data = rss(*items).replace('encoding="utf-8"', f'encoding="{encoding}"').encode(encoding)
    thinned = thin(data, 2, 10**6)
    assert (thinned.total, thinned.kept) == (4, 2)
    assert [item.record["title"] for item in parse_feed(fetched(thinned.data)).items] == ["ü9", "ü3"]


def test_item_too_large_by_itself_is_left_out_and_the_rest_kept():
    thinned = thin(rss("<title>" + "x" * 5000 + "</title>", "<title>small</title>").encode(), 10, 1000)
    assert thinned.kept == 1
    assert b"small" in thinned.data


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([b"<item>", b"</item>", b"<item", b"<pubDate>", b"1 May 2024", b"</pubDate>", b"x", b"<entry >"])),
    st.integers(0, 3),
)
def test_thinning_never_fails_and_never_keeps_more_than_asked(pieces, most):
    thinned = thin(b"".join(pieces), most, 1000)
    assert thinned.kept <= max(most, 0) or thinned.kept == thinned.total <= most
    assert thin(thinned.data, most, 10**6).total <= max(most, 0)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]><rss version='2.0'><channel><item><title>&m;</title></item></channel></rss>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item>'
    "<title>&a;</title></item></channel></rss>"
)


@pytest.mark.parametrize("data", [BOMB, OUTSIDE], ids=["bomb", "outside"])
def test_entities_that_grow_or_read_files_are_refused(data):
    began = time.monotonic()
    with pytest.raises(InputError) as error:
        parse_feed(fetched(data))
    assert time.monotonic() - began < 2
    assert str(error.value).startswith(FEED)
    assert "root:" not in str(error.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty."),
        (b"   \n", "is empty."),
        (b"\x00\x01\x02" * 1000, "is "),
        (b"just words", "is no feed"),
        (b"{", "is no JSON Feed"),
        (b'{"items": 3}', "is no JSON Feed"),
        (b'{"items":' * 50_000, "is no JSON Feed"),
        (b"<a>" * 300_000, "tags"),
        (b"<rss><channel><item><title>" + b"<b>" * 300_000, "tags"),
        (b"<rss><channel>" + b"<item>" * 500_000, "has more than 400,000 items"),
        (b"<rss><channel>" + b"x" * 2**23, "is too large to be a feed"),
        (b"{" + b" " * 2**25, "is too large to be a feed"),
    ],
)
def test_what_is_no_feed_is_told_in_a_sentence(data, said):
    began = time.monotonic()
    with pytest.raises(InputError) as error:
        parse_feed(fetched(data))
    assert time.monotonic() - began < 10
    assert said in str(error.value)
    assert str(error.value).startswith(FEED)
    assert str(error.value).endswith(".")


def test_page_in_place_of_a_feed_is_told_with_the_feed_it_names():
    page = '<html><head><link href="/rss?a=1&amp;b=2" rel="alternate" type="application/rss+xml"></head><body>Hello</body></html>'
    with pytest.raises(InputError, match=r"is a web page, not a feed; it names the feed https://wire.test/rss\?a=1&b=2\."):
        parse_feed(fetched(page, "text/html"))


def test_torn_feed_gives_what_can_be_read_and_says_so():
    feed = parse_feed(fetched(rss(ONE)[: -len("</item></channel></rss>")] + "<title>cut"))
    assert [item.link for item in feed.items] == ["https://wire.test/1"]
    assert feed.fault


def test_odd_json_items_are_passed_over():
    items = [None, 3, [], {}, {"id": 7, "content_text": "Words."}, {"url": ["x"], "title": {"a": 1}, "content_html": 5}]
    feed = parse_feed(fetched(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items})))
    assert [item.source for item in feed.items] == [f"{FEED}#7"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_items_or_a_sentence(data):
    for start in (b"", b"<rss version='2.0'><channel><item>", b'{"version":"https://jsonfeed.org/version/1","items":['):
        said = ""
        feed = None
        try:
            feed = parse_feed(fetched(start + data))
        except InputError as error:
            said = str(error)
        assert said.startswith(FEED) if feed is None else len({item.source for item in feed.items}) == len(feed.items)


# -- text ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One\ntwo</p><p>three<br>four</p>", "One two\n\nthree\n\nfour"),
        ("plain words\nsecond line", "plain words\nsecond line"),
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("<p>x<script>alert('<p>no</p>')</script>y</p><style>p{}</style><noscript>no</noscript>", "xy"),
        ("<ul><li>a<li>b</ul><table><tr><td>1<td>2</table>", "a\n\nb\n\n1 2"),
        ("<p>it<b>al</b>ic</p><!-- no --><p>end", "italic\n\nend"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("<p></p><img src=x>", ""),
        ("", ""),
    ],
)
def test_html_becomes_its_words(html, text):
    assert plain_text(html) == text


def test_html_nested_without_end_keeps_its_words_in_bounded_time():
    began = time.monotonic()
    assert "words" in plain_text("<div>" * 300_000 + "words")
    assert time.monotonic() - began < 5


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_html_to_text_never_fails(html):
    text = plain_text(f"<p>{html}</p>")
    assert text == text.strip()


# -- FEEDS.toml ----------------------------------------------------------------------------------------------------


def feeds_file(tmp_path, text):
    path = tmp_path / "FEEDS.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_feeds_file_is_read(tmp_path):
    text = """
    [[feed]]
    url = "https://ann:s3cret@wire.test/feed#top"
    name = "The  Wire"
    every = "2h"
    full_text = false

    [[feed]]
    url = "http://other.test/rss"
    """
    first, second = read_feeds(feeds_file(tmp_path, text))
    assert (first.url, first.shown, first.every.total_seconds(), first.full_text) == (FEED, "The Wire", 7200, False)
    assert (second.url, second.shown, second.every, second.full_text) == ("http://other.test/rss",) * 2 + (None, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "lists no feed"),
        ("feed = 3", "lists no feed"),
        ("feed = []", "lists no feed"),
        ("[[feeds]]\nurl = 'http://a.test/'", "lists no feed"),
        ("[[feed]]\nurl='http://a.test/'\n[other]\n", "has a key `other`"),
        ("[[feed]]\n\n[[feed]", "is no TOML: .*line 3"),
        ("[[feed]]\nname = 'x'", "line 1: feed 1 has no `url`"),
        ("[[feed]]\nurl = 'http://a.test/'\n\n[[feed]]\nurl = 3", "line 5: feed 2: `url` must be a text in quotes"),
        ("[[feed]]\nurl = 'file:///etc/passwd'", "line 2: feed 1: `url`: file:///etc/passwd is not an http or https address"),
        ("[[feed]]\nurl = 'http://a.test/'\nevery = 'often'", "line 3: feed 1: `every` is no time such as 15m"),
        ("[[feed]]\nurl = 'http://a.test/'\nevery = '5s'", "line 3: feed 1: `every` must be between 1m and 30d"),
        ("[[feed]]\nurl = 'http://a.test/'\nevery = 15", "line 3: feed 1: `every` is no time"),
        ("[[feed]]\nurl = 'http://a.test/'\nfull_text = 'yes'", "line 3: feed 1: `full_text` must be true or false"),
        ("[[feed]]\nurl = 'http://a.test/'\nfull-text = true", "line 3: feed 1 has a key `full-text`, which is none of `url`"),
        ("[[feed]]\nurl = 'http://a.test/'\n[[feed]]\nurl = 'http://A.test'", "line 4: `url` http://a.test/ is listed twice"),
        (b"[[feed]]\nname = '\xff'", "is not in UTF-8"),
        ("[[feed]]\nurl = " + "[" * 5000, "is no TOML"),
        (b"#" * 2**21, "is larger than 1 MiB"),
    ],
)
def test_fault_of_a_feeds_file_is_told_with_its_line(tmp_path, text, said):
    with pytest.raises(UsageError, match=said) as error:
        read_feeds(feeds_file(tmp_path, text))
    assert str(error.value).endswith(".")
    assert "\n" not in str(error.value)
    assert "FEEDS.toml" in str(error.value)


def test_feeds_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"none\.toml cannot be read: no such file or directory\."):
        read_feeds(tmp_path / "none.toml")
