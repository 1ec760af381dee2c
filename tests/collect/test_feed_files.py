"""Saved feeds: each item is a capture, its bytes a JSON record that does not change while the item does not."""

import contextlib
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making_files import TEXT, sorted_out

from warlog.collect.items import BadFeedError, read_feed, read_json_feed

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Mirre Courier</title><link>https://c.example/</link><language>en</language>
<item><title>Mirre &amp;amp; Torre are taken</title><link>https://c.example/1</link><guid>tag:1</guid>
<pubDate>Tue, 28 Jan 2020 23:30:00 -0200</pubDate><dc:creator>A. Writer</dc:creator><category>war</category>
<description>Short.</description><content:encoded><![CDATA[<p>{TEXT}</p><p>More.</p>]]></content:encoded>
<source url="https://w.example/rss">The Wire</source></item>
<item><title>Only a headline: three killed in Torre</title><link>https://c.example/2</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Monitor</title><id>urn:m</id><updated>2024-05-02T00:00:00Z</updated>
<entry><title>Shelling</title><id>urn:m:1</id>
<link rel="alternate" href="https://m.example/1"/><author><name>M.</name></author>
<published>2024-05-01T08:00:00Z</published>
<updated>2024-05-02T00:00:00Z</updated><content type="text">{TEXT}</content></entry></feed>"""
RDF = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><title>Old</title></channel><item rdf:about="https://o.example/1"><title>T</title><link>https://o.example/1</link>
<description>{TEXT}</description></item></rdf:RDF>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "JSON News",
        "language": "en",
        "items": [
            {
                "id": "1",
                "url": "https://j.example/1",
                "title": "A",
                "content_html": f"<p>{TEXT}</p>",
                "date_published": "2024-05-01T00:00:00Z",
            },
            {"id": 2, "content_text": TEXT, "authors": [{"name": "B."}, {"name": "C."}]},
        ],
    },
    indent=1,
)


def test_the_items_of_a_feed_are_captures(tmp_path):
    file = tmp_path / "feed.xml"
    file.write_text(RSS)
    found, errors, skipped = sorted_out(tmp_path)
    assert (errors, skipped) == ([], [])
    (first, data), (second, other) = found
    assert (first.name, first.url, first.source) == ("https://c.example/1", "https://c.example/1", f"{file}!tag:1")
    assert (first.media_type, first.method, first.container) == ("application/json", "feed_item", str(file))
    assert json.loads(data) == {
        "id": "tag:1",
        "url": "https://c.example/1",
        "title": "Mirre & Torre are taken",
        "author": "A. Writer",
        "published": "2020-01-29T01:30:00+00:00",
        "publisher": "The Mirre Courier",
        "original_publisher": "The Wire",
        "original_url": "https://w.example/rss",
        "language": "en",
        "themes": ["war"],
        "content_html": f"<p>{TEXT}</p><p>More.</p>",
    }
    assert json.loads(other)["text"] == "Only a headline: three killed in Torre"
    assert second.name == "https://c.example/2"


@pytest.mark.parametrize(
    ("name", "feed", "names"),
    [
        ("a.atom", ATOM, ["https://m.example/1"]),
        ("b.rss", RDF, ["https://o.example/1"]),
        ("c.json", JSON_FEED, ["https://j.example/1", "2"]),
        ("saved", ATOM, ["https://m.example/1"]),
    ],
)
def test_every_format_of_feed(tmp_path, name, feed, names):
    file = tmp_path / name
    file.write_text(feed)
    found, errors, _ = sorted_out(file)
    assert [c.name for c, _ in found] == names
    assert all(TEXT in data.decode() for _, data in found)
    assert errors == []


def test_an_item_has_the_same_bytes_wherever_it_stands_in_the_feed(tmp_path):
    start, *items = RSS.split("<item>")
    items[-1], end = items[-1].split("</channel>")
    (tmp_path / "a.rss").write_text(RSS)
    one, _, _ = sorted_out(tmp_path / "a.rss")
    (tmp_path / "a.rss").write_text("<item>".join([start, *reversed(items)]) + "</channel>" + end)
    other, _, _ = sorted_out(tmp_path / "a.rss")
    assert [c.capture_id for c, _ in one] == [c.capture_id for c, _ in reversed(other)]


def test_a_feed_in_an_older_encoding(tmp_path):
    words = "Военные сообщили, что посёлок взят после двух дней боёв."
    feed = RDF.replace('version="1.0"', 'version="1.0" encoding="windows-1251"', 1).replace(TEXT, words)
    (tmp_path / "f.rss").write_bytes(feed.encode("cp1251"))
    ((_, data),), errors, _ = sorted_out(tmp_path / "f.rss")
    assert (json.loads(data)["text"], errors) == (words, [])


def test_a_feed_cut_off_gives_its_items_and_a_sentence(tmp_path):
    file = tmp_path / "f.rss"
    file.write_text(RSS[: RSS.index("</item>\n</channel>")])
    found, errors, _ = sorted_out(file)
    assert "https://c.example/1" in [c.name for c, _ in found]
    assert errors == [f"{file} is not well-formed XML; {len(found)} items could be read of it."]


OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
)


@pytest.mark.parametrize(
    ("feed", "says"),
    [
        (f"{BOMB}]><rss version='2.0'><channel><item><title>&m;</title></item></channel></rss>", "entities"),
        (f"{OUTSIDE}<rss><channel><item><title>&x;</title></item></channel></rss>", "entities"),
        ("<rss version='2.0'><channel>" + "<item>" * 300_000, "more tags"),
        ("<rss version='2.0'><channel>" + "<a></a>" * 700_000 + "</channel></rss>", "more tags"),
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", "a feed without items"),
        ("<rss", "neither a feed nor a page|no feed"),
        ("<rss version='2.0'><channel><item><description>" + "<" * 1_000_000, "feed"),
        ("<rss version='2.0'><channel><item><description>" + "&" * 1_000_000, "feed|well-formed"),
        ("<rss version='2.0'><channel><item><description>" + "<![CDATA[" * 100_000, "feed|well-formed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000, "no sound JSON|not sound JSON"),
        ('{"version": "https://jsonfeed.org/version/1", "items": {}}', "no list of items"),
    ],
)
def test_feeds_made_to_do_harm_are_refused(tmp_path, feed, says):
    file = tmp_path / "f.xml"
    file.write_text(feed)
    started = time.process_time()
    _, errors, _ = sorted_out(file)
    assert time.process_time() - started < 10
    assert len(errors) == 1
    assert errors[0].startswith(str(file))
    assert any(part in errors[0] for part in says.split("|"))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(RSS)), st.text(max_size=8), st.integers(0, 60))
def test_no_damage_to_a_feed_raises(at, put, cut):
    data = (RSS[:at] + put + RSS[at + cut :]).encode("utf-8", "replace")
    with contextlib.suppress(BadFeedError):
        assert all(record.get("content_html") or record.get("text") for record in read_feed(data)[0])


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(["items", "title", "content_html", "content_text", "authors", "tags", "id", "url", "x"]), x
            )
        ),
    )
)
def test_no_json_raises(value):
    with contextlib.suppress(BadFeedError):
        records, _ = read_json_feed(json.dumps({"items": [value], "title": value, "authors": value}).encode())
        assert json.loads(json.dumps(records)) == records
