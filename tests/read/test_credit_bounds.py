"""Pages made to keep the reading of credits busy: read in a moment all the same, or refused with a sentence."""

from __future__ import annotations

import time

import pytest

from warlog.errors import InputError
from warlog.read import read_document
from warlog.records import Capture

P = "<p>The army said on Monday that it had taken the town of Mirre after two days of fighting.</p>"
LD = "<script type='application/ld+json'>{}</script>"


@pytest.mark.parametrize(
    "page",
    [
        P + "<span itemprop='author'>Jane Doe</span>" * 20_000,
        P + ("<div class='agency'>" * 200 + "Reuters" + "</div>" * 200) * 100,
        "<head>" + "<meta name='author' content='Jane Doe'>" * 20_000 + "</head>" + P,
        "<head>" + "<link rel='canonical' href='https://a.example/x'>" * 20_000 + "</head>" + P,
        "<head>" + LD.format('{"@type":"NewsArticle","author":{"name":"A B"}}') * 3000 + "</head>" + P,
        "<head>" + LD.format('{"@type":"NewsArticle",' + '"author":{' * 50_000) + "</head>" + P,
        "<head>"
        + LD.format('{"@type":"NewsArticle",' + ",".join(f'"key{"x" * (i % 9)}":[1]' for i in range(40_000)))
        + "</head>"
        + P,
        "<p class='byline'>By " + "John Doe, " * 50_000 + "</p>" + P,
        "<p>Source: Alpha Beta | Gamma, in Delta. Additional reporting by A B, C D and E F in G</p>" * 1000 + P,
        "<p>This article was first published by " + "a " * 430 + "</p>" + P,
        f"<p>{'A, ' * 290}</p>" * 100 + P,
        "<html><body>" + "<article>" * 300 + P + "</article>" * 300,
        "<html><body>" + "<input name=q value='https://x.example/a'>" * 20_000 + P,
        "<body><div itemscope itemtype='http://schema.org/NewsArticle' itemprop='author'>" * 300 + P,
    ],
)
def test_read_in_a_moment(page):
    data = page.encode()
    started = time.monotonic()
    document = read_document(Capture("c" * 16, "f" * 64, len(data), "/p.html", "p.html", "text/html"), data)
    assert "taken the town of Mirre" in document.text
    assert len(document.credits) < 400
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("page", ["<body>" + "<div>" * 1_000_000 + P, P + "<div " + "a='x' " * 5_000_000 + ">"])
def test_refused_with_one_sentence(page):
    data = page.encode()
    started = time.monotonic()
    with pytest.raises(InputError, match=r"^/p\.html [^.]*\.$"):
        read_document(Capture("c" * 16, "f" * 64, len(data), "/p.html", "p.html", "text/html"), data)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("head", [b"<meta charset='nonsense-99'>", b"<meta charset='utf-16'>", b"\xef\xbb\xbf", b"\xff"])
def test_a_charset_that_is_none_is_no_hindrance(head):
    data = b"<html><head>" + head + b"<meta name='author' content='Jane Doe'></head><body>" + P.encode() + b"\x80</body></html>"
    document = read_document(Capture("c" * 16, "f" * 64, len(data), "/p.html", "p.html", "text/html"), data)
    assert "taken the town of Mirre" in document.text
    assert document.author == "Jane Doe"
