"""The parts that credits are read with: datelines, names in bylines, JSON-LD, and addresses in archives."""

from __future__ import annotations

import json

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.read import people, read_document
from warlog.read.dateline import read_dateline
from warlog.read.declared import related, same_name, unwrapped
from warlog.read.jsonld import describe_page
from warlog.records import Capture, Document

BODY = "<p>The army said on Monday that it had taken the town of Mirre after two days of fighting.</p>" * 3


def read(html: str, url: str | None = None) -> Document:
    data = html.encode()
    return read_document(Capture("c" * 16, "f" * 64, len(data), "/p.html", "p.html", "text/html", url=url), data)


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("BEIRUT (AP) — Shells fell.", "BEIRUT", "AP"),
        ("KHARTOUM, Sudan, April 16 (Reuters) - Shells fell.", "KHARTOUM, Sudan", "Reuters"),
        ("KABUL, Jan. 29 (Xinhua) -- Shells fell.", "KABUL", "Xinhua"),
        ("MOSCOW, January 29. /TASS/. Shells fell.", "MOSCOW", "TASS"),
        ("МОСКВА, 29 янв — РИА Новости. Снаряды упали.", "МОСКВА", "RIA Novosti"),
        ("دمشق-سانا قتل سبعة مدنيين", "دمشق", "SANA"),
        ("Madrid, 29 ene (EFE).- Cinco militares", "Madrid", "EFE"),
        ("(ANSA) - ROMA, 29 GEN - Colpi", "ROMA", "ANSA"),
        ("Damascus, SANA – Units of the army", "Damascus", "SANA"),
        ("Kiew (dpa) - Granaten", "Kiew", "dpa"),
        ("(Reuters) - Shells fell.", None, "Reuters"),
        ("March 3 (UPI) -- Shells fell.", None, "UPI"),
        ("May 6, 2014 (KHARTOUM) – Shells fell.", "KHARTOUM", None),
        ("GENEVA, 12 March 2018 – The Council", "GENEVA", None),
        ("SARAJEVO — Shells fell.", "SARAJEVO", None),
    ],
)
def test_datelines(text, place, agency):
    opening = read_dateline(text)
    assert opening is not None
    assert (opening.place, opening.agency) == (place, agency)
    assert opening.passage in text


@pytest.mark.parametrize(
    "text",
    [
        "BREAKING — Shells fell on Mirre.",
        "UPDATE: The army has taken Mirre.",
        "Rebels (AP photographers saw them) - some forty - left.",
        "Sen. Ted Moor (R-Texas) — who was there — said so.",
        "The town — Mirre — was taken.",
        "According to Reuters, shells fell.",
        "Two men (aged 30) - both farmers - died.",
        "Reuters reporters saw smoke.",
    ],
)
def test_what_is_no_dateline(text):
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "persons", "agencies"),
    [
        ("Jane Doe and John Roe in Beirut, Associated Press", ["Jane Doe", "John Roe"], ["AP"]),
        ("JANE DOE and agencies", ["Jane Doe"], ["agencies"]),
        ("Jane Doe, Middle East Correspondent", ["Jane Doe"], []),
        ("Associated Press writer Edna Olsen in Nairobi", ["Edna Olsen"], ["AP"]),
        ("AFP, Yangon", [], ["AFP"]),
        ("Herald Staff", [], []),
        ("our correspondents in the south", [], []),
        ("Marcelo da Silva", ["Marcelo da Silva"], []),
        ("Ann Writer", ["Ann Writer"], []),
        ("Наталья Орлова и Пётр Седов", ["Наталья Орлова", "Пётр Седов"], []),
        ("admin", [], []),
        ("https://a.example/jane", [], []),
    ],
)
def test_names_in_a_byline(text, persons, agencies):
    assert (people.persons(text), people.agencies(text)) == (persons, agencies)


@given(st.text(max_size=400))
def test_no_line_breaks_the_reading_of_names_and_datelines(text):
    opening = read_dateline(text)
    assert opening is None or opening.place or opening.agency
    assert all(name.strip() for name in people.persons(text))
    assert all(people.agencies(text))


@given(st.sampled_from(["https://web.archive.org/web/20200102030405/", "https://archive.ph/2020.01.02-030405/"]), st.booleans())
def test_an_archived_address_is_taken_out_of_the_archive_s(prefix, secure):
    url = f"http{'s' * secure}://paper.example/a/b?c=d#e"
    assert unwrapped(prefix + url) == url
    assert unwrapped(unwrapped(prefix + url)) == url


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.paper.example/a", "https://m.paper.example/b", True),
        ("https://paper.co.uk/a", "https://news.co.uk/a", False),
        ("https://web.archive.org/web/2020/https://paper.example/a", "https://paper.example/", True),
        ("https://paper.example/a", "https://other.example/a", False),
        ("not an address", "https://other.example/a", False),
    ],
)
def test_two_addresses_are_of_one_site(one, other, same):
    assert related(one, other) is same


def test_names_of_one_outlet():
    assert same_name("The Daily Sun", "DailySun.com")
    assert not same_name("The Daily Sun", "The Daily Moon")
    assert not same_name("The Daily Sun", None)


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "author": {"name": "Jane Doe"}}',
        '[{"@type": "WebSite"}, {"@type": ["Article", "NewsArticle"], "author": {"name": "Jane Doe"}}]',
        '{"@graph": [{"@type": "NewsArticle", "author": {"@id": "#p"}}, {"@type": "Person", "@id": "#p", "name": "Jane Doe"}]}',
        '<!-- {"@type": "NewsArticle", "author": {"name": "Jane Doe",},} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "author": {"name": "Jane Doe"}};\n//]]>',
        '{"@type": "NewsArticle", "description": "a\nb", "author": {"name": "Jane Doe"}}',
        '{"@type": "NewsArticle", "description": "a "b" c", "author": {"name": "Jane Doe"}}',
        '{"@type": "NewsArticle", "author": {"name": "Jane Doe"}, "image": {"url": ',
        '{"@type": "NewsArticle", "author": {"name": "Jane Doe"}}}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;author&quot;: {&quot;name&quot;: &quot;Jane Doe&quot;}}",
    ],
)
def test_json_that_is_split_or_broken_still_tells_the_author(script):
    tree = lxml.html.document_fromstring(f"<html><head><script type='application/ld+json'>{script}</script></head></html>")
    described = describe_page(tree, None, [])
    author = described.resolved(described.article.get("author"))
    assert author["name"] == "Jane Doe"


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=20), lambda v: st.lists(v) | st.dictionaries(st.text(max_size=9), v)
    )
)
def test_any_json_is_passed_over_in_peace(value):
    script = json.dumps({"@type": "NewsArticle", "author": value, "publisher": value, "isBasedOn": value, "dateline": value})
    document = read(f"<head><script type='application/ld+json'>{script.replace('</', '')}</script></head><body>{BODY}</body>")
    assert "taken the town of Mirre" in document.text


def test_a_visible_line_weighs_more_than_markup():
    head = '<meta property="og:site_name" content="Page House"><meta name="original-publisher" content="Markup House">'
    line = '<p>This article was first published by <a href="https://line.example/a">Line House</a> on 3 March 2020.</p>'
    document = read(f"<html><head>{head}</head><body><h1>Mirre has fallen</h1>{BODY}{line}</body></html>")
    assert (document.publisher, document.original_publisher) == ("Page House", "Line House")
    assert document.original_url == "https://line.example/a"
    assert {c.value for c in document.credits if c.kind == "original_publisher"} == {"Line House", "Markup House"}


def test_an_author_is_no_agency_and_an_agency_no_author():
    for name, author, agency in (("Jane Doe", "Jane Doe", None), ("Agence France-Presse", None, "AFP")):
        document = read(f"<body><h1>Mirre has fallen</h1><p class='byline'>By {name}</p>{BODY}</body>")
        assert (document.byline, document.author, document.agency) == (name, author, agency)


def test_a_canonical_address_elsewhere_is_where_it_was_published_first():
    page = f"<head><link rel='canonical' href='https://first.example/a'></head><body><h1>Mirre has fallen</h1>{BODY}</body>"
    moved, own = read(page, "https://second.example/a"), read(page, "https://www.first.example/a")
    assert (moved.original_publisher, moved.original_url) == ("first.example", "https://first.example/a")
    assert (own.original_publisher, own.original_url) == (None, None)


def test_a_paragraph_that_only_speaks_of_contributing_stays_in_the_text():
    said = (
        "The shelling of the bridges contributed to the collapse of the talks, a mediator said on Tuesday in the town of Dorra."
    )
    assert said in read(f"<body><h1>Mirre has fallen</h1>{BODY}<p>{said}</p>{BODY}</body>").text


def test_a_paragraph_that_is_signed_with_agencies_is_no_caption():
    said = "The shelling went on until the evening, a mediator said on Tuesday in the town of Dorra. (AFP/Reuters)"
    document = read(f"<body><h1>Mirre has fallen</h1>{BODY}<p>{said}</p></body>")
    assert "The shelling went on until the evening" in document.text
    assert {c.value for c in document.credits if c.kind == "agency"} == {"AFP", "Reuters"}
