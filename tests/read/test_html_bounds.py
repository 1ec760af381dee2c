"""Pages that nobody wrote for people: refused in a moment with one sentence, or read all the same."""

import time

import pytest

from warlog.errors import InputError
from warlog.read import read_document
from warlog.records import Capture, Document

P = "<p>The army said on Monday that it had taken the town of Mirre after two days of fighting.</p>"


def read(html: str | bytes, name: str = "/page.html") -> Document:
    data = html.encode() if isinstance(html, str) else html
    return read_document(Capture("c" * 16, "f" * 64, len(data), name, "page.html", "text/html"), data)


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<html><body>" + "<div>" * 100_000 + P, "deep"),
        ("<html><body>" + "<i></i>" * 450_000 + P, "elements"),
        ("<html><body></body></html>", "no text"),
        ("<html><body><nav><a href='/'>Home</a></nav></body></html>", "no text"),
        ("<" * 50_000, "no text"),
    ],
)
def test_refused_with_one_sentence(html, says):
    started = time.monotonic()
    with pytest.raises(InputError, match=says) as refused:
        read(html)
    assert time.monotonic() - started < 10
    assert str(refused.value).startswith("/page.html ")
    assert str(refused.value).count(". ") == 0


@pytest.mark.parametrize(
    "html",
    [
        "<html><body>" + "<div>" * 200 + P + P + "</div>" * 200,
        "<html><body>" + P + "<div " + " ".join(f'a{i}="x"' for i in range(20_000)) + ">" + P,
        "<html><body>" + P + '<img src="data:image/png;base64,' + "A" * 500_000 + '">' + P,
        "<html><head><script type='application/ld+json'>" + "[" * 50_000 + "</script></head><body>" + P,
        P,
        "<?xml version='1.0' encoding='utf-16'?><html xmlns='http://www.w3.org/1999/xhtml'><body>" + P + "</body></html>",
    ],
)
def test_read_all_the_same(html):
    started = time.monotonic()
    assert "taken the town of Mirre" in read(html).text
    assert time.monotonic() - started < 10


def test_a_page_in_an_older_encoding_is_read_by_what_it_declares():
    words = "Военные сообщили, что посёлок Мирре взят после двух дней боёв, погибли четверо солдат."
    head = "<head><meta http-equiv='Content-Type' content='text/html; charset=windows-1251'></head>"
    html = f"<html>{head}<body><p>{words}</p></body></html>"
    assert read(html.encode("cp1251")).text == words


def test_hidden_text_and_scripts_are_no_text():
    hidden = "<div style='display:none'><p>Secret words that nobody sees here.</p></div>"
    text = read(f"<body><script>alert('x')</script>{hidden}{P}{P}</body>").text
    assert "alert" not in text
    assert "Secret" not in text
