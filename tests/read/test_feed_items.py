"""Items of feeds, pages with an address of their own, and pages with their pictures inside, to documents."""

import json
import time

import pytest

from warlog.collect import captures
from warlog.errors import InputError
from warlog.read import read_document, remarks
from warlog.records import Capture, Document

WORDS = "The army said on Monday that it had taken the town of Mirre after two days of fighting."


def read_item(**item: object) -> Document:
    data = json.dumps(item).encode()
    capture = Capture("c" * 16, "f" * 64, len(data), "/f.rss!1", "1", "application/json", method="feed_item", url=item.get("url"))
    return read_document(capture, data)


def test_the_html_of_an_item_is_read_as_a_page_is():
    document = read_item(
        id="tag:1",
        url="https://a.example/1",
        title="Mirre is taken",
        author="Ann Weaver",
        published="2020-01-28T10:00:00+00:00",
        publisher="The Courier",
        language="en",
        themes=["war"],
        content_html=f"<p>{WORDS}</p><p>MIRRE (Reuters) - And {WORDS}</p><script>x()</script>",
    )
    assert document.text.startswith(WORDS)
    assert "x()" not in document.text
    assert (document.title, document.url, document.publisher) == ("Mirre is taken", "https://a.example/1", "The Courier")
    assert (document.author, document.published, document.themes) == ("Ann Weaver", "2020-01-28", ["war"])
    assert document.extra["id"] == "tag:1"


def test_an_item_in_plain_words_is_read_as_a_record_is():
    document = read_item(id="1", url="https://a.example/1", text=WORDS, published="soon", publisher="The Courier")
    assert (document.text, document.url, document.publisher) == (WORDS, "https://a.example/1", "The Courier")
    assert document.extra["published"] == "soon"


def test_where_a_feed_says_that_an_item_stood_first_is_a_credit():
    document = read_item(
        url="https://a.example/1",
        publisher="The Courier",
        original_url="https://wire.example/war/mirre",
        content_html=f"<p>{WORDS}</p>",
    )
    assert (document.original_url, document.original_publisher) == ("https://wire.example/war/mirre", "wire.example")
    assert "original_url" not in document.extra
    (credit,) = [c for c in document.credits if c.kind == "original_url"]
    assert (credit.value, credit.passage, credit.where) == (document.original_url, document.original_url, "feed")
    assert {c.where for c in document.credits} == {"feed"}


@pytest.mark.parametrize(
    "address", ["https://wire.example/feed.xml", "https://wire.example/war/rss", "https://wire.example/feed/"]
)
def test_the_feed_that_an_item_was_taken_from_is_no_page_where_it_stood(address):
    document = read_item(
        url="https://a.example/1",
        publisher="The Courier",
        original_publisher="The Wire",
        original_url=address,
        content_html=f"<p>{WORDS}</p>",
    )
    assert (document.original_url, document.original_publisher) == (None, "The Wire")
    assert ("original_publisher", "wire.example") in [(c.kind, c.value) for c in document.credits]


def test_an_items_own_site_is_no_place_where_it_stood_before():
    document = read_item(url="https://a.example/1", original_url="https://a.example/2", content_html=f"<p>{WORDS}</p>")
    assert (document.original_url, document.original_publisher) == (None, None)


@pytest.mark.parametrize("value", ["the morning paper", "mailto:desk@wire.example", "http://[bad", ["https://wire.example/1"], 7])
def test_what_is_no_address_is_kept_but_credits_nobody(value):
    document = read_item(url="https://a.example/1", original_url=value, content_html=f"<p>{WORDS}</p>")
    assert document.extra == {"original_url": value}
    assert document.original_url is None
    assert document.credits == []


def test_an_item_without_words_is_refused():
    with pytest.raises(InputError, match="no text"):
        read_item(id="1", content_html="<img src='x.png'>")


def page(html: str, **more: object) -> Document:
    data = html.encode()
    return read_document(Capture("c" * 16, "f" * 64, len(data), "/p.html", "p.html", "text/html", **more), data)


def test_the_address_a_page_was_got_from_goes_before_what_it_says_of_itself():
    html = f'<html><head><meta property="og:url" content="https://b.example/other"></head><body><p>{WORDS}</p></body></html>'
    assert page(html).url == "https://b.example/other"
    assert page(html, url="https://a.example/1").url == "https://a.example/1"
    assert page(html, url="https://a.example/1", final_url="https://a.example/2").url == "https://a.example/2"


def test_the_charset_of_the_answer_goes_before_that_of_the_page():
    words = "Военные сообщили, что посёлок Мирре взят после двух дней боёв, погибли четверо солдат."
    data = f"<html><head><meta charset='windows-1252'></head><body><p>{words}</p></body></html>".encode("cp1251")
    capture = Capture(
        "c" * 16, "f" * 64, len(data), "u", "u", "text/html", headers=[["content-type", "text/html; charset=windows-1251"]]
    )
    assert read_document(capture, data).text == words


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0023)https://a.example/1?x=1 -->",
        "<!--\n Page saved with SingleFile \n url: https://a.example/1?x=1 \n saved date: Tue Jan 28 2020\n-->",
    ],
)
def test_a_page_in_one_file_with_its_pictures_is_read_soon(tmp_path, comment):
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 1_000_000
    html = (
        f"<!DOCTYPE html>{comment}<html><head><style>p{{background:url({picture})}}</style></head><body><h1>Mirre</h1>"
        f"<img src={picture}><p>{WORDS}</p><img src='{picture}'></body></html>"
    )
    (tmp_path / "p.html").write_text(html)
    started = time.process_time()
    ((capture, data),) = captures([tmp_path / "p.html"])
    document = read_document(capture, data)
    assert time.process_time() - started < 10
    assert document.text.endswith(WORDS)
    assert document.url == "https://a.example/1?x=1"


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("text/plain", "word " * 4_000_000, "million characters"),
        ("text/html", "<p>" + "word " * 4_000_000, "million characters"),
        ("text/markdown", "word " * 4_000_000, "million characters"),
        ("text/markdown", "[" * 2_000_000, "Markdown marks"),
        ("text/markdown", "<!--" * 200_000, "Markdown marks"),
    ],
)
def test_more_text_than_any_page_has_is_refused_soon(kind, text, says):
    data = text.encode()
    started = time.process_time()
    with pytest.raises(InputError, match=says):
        read_document(Capture("c" * 16, "f" * 64, len(data), "/p", "p", kind), data)
    assert time.process_time() - started < 10


def test_what_could_not_be_read_of_a_document_is_remarked_on():
    assert remarks(read_item(id="1", text=WORDS, published="2024-05-01")) == []
    document = read_item(id="1", text=WORDS, published="in the\n spring")
    assert remarks(document) == ["1: its date of publication, 'in the spring', is no date that can be read."]
    document.extra = {"pages_left_out": list(range(1, 11))}
    assert remarks(document) == ["1: what is drawn on pages 1, 2, 3, 4, 5, 6, 7, 8 and others is too much to be read."]
