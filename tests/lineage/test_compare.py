from __future__ import annotations

import dataclasses
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import INDEPENDENT, OTHER, REPORT, REWRITTEN, text

from warlog.lineage import LINEAGE, Text, compare
from warlog.records import Credit, Document, DocumentLink

SENTENCES = REPORT.replace("\n\n", " ").split(". ")


def link_of(a: Text, b: Text) -> DocumentLink:
    found = compare(a, b)
    assert found is not None
    return found


def test_a_reprint_is_a_copy_of_the_earlier_one():
    link = link_of(text("a", day="2024-05-09"), text("b"))
    assert (link.relation, link.direction, link.document_id, link.other_id) == ("copy", "known", "a", "b")
    assert link.containment == link.other_containment == 1.0
    assert [p.kind for p in link.passages] == ["verbatim"]


def test_the_order_of_the_two_does_not_matter():
    a, b = text("a", REWRITTEN, day="2024-05-09"), text("b")
    assert compare(a, b) == compare(b, a)


def test_a_third_of_a_report_is_condensed_from_it():
    cut = text("b", ". ".join(SENTENCES[:3]) + ".", day=None)
    link = link_of(cut, text("a", day=None))
    assert (link.relation, link.direction, link.document_id) == ("condensed", "known", "b")
    assert link.direction_why.startswith("containment")
    assert link.containment > 0.95 > 0.6 > link.other_containment


def test_sentences_in_another_order_are_still_a_copy():
    link = link_of(text("a", ". ".join(reversed(SENTENCES)), day="2024-05-07"), text("b"))
    assert link.relation == "copy"
    assert link.document_id == "a"


def test_a_rewrite_is_found_with_its_sentences_beside_one_another():
    link = link_of(text("a", REWRITTEN, day="2024-05-07"), text("b"))
    assert link.relation == "rewrite"
    kinds = {p.kind for p in link.passages}
    assert "rewritten" in kinds
    market = next(p for p in link.passages if "quarry" in REWRITTEN[p.start : p.end])
    assert "quarry" in REPORT[market.other_start : market.other_end]


def test_a_new_lead_tells_who_was_first_when_the_day_does_not():
    led = "The war in the river provinces has come to its bloodiest week since the truce broke in March, and nobody ends it.\n\n"
    link = link_of(text("a", led + REPORT), text("b"))
    assert link.relation in {"copy", "expanded"}
    assert (link.document_id, link.direction) == ("a", "known")
    assert link.direction_why.startswith("edit")


def test_one_event_and_one_quotation_told_independently_is_no_lineage():
    link = link_of(text("a", INDEPENDENT), text("b"))
    assert link.relation == "shared_quotation"
    assert link.direction == "unknown"
    (quote,) = [p for p in link.passages if p.kind == "shared_quotation"]
    assert "children under the stones" in INDEPENDENT[quote.start : quote.end] or "children" in REPORT[quote.start : quote.end]


def test_texts_of_different_things_have_no_link():
    assert compare(text("a", OTHER), text("b")) is None


def test_a_stock_paragraph_under_two_stories_is_furniture():
    stock = (
        " The conflict began nine years ago over the price of water and has since driven half of the valley's people to the "
        "coast, where three governments claim to rule and none collects the rubbish."
    )
    link = link_of(text("a", OTHER + stock, day="2024-01-02"), text("b", REPORT + stock))
    assert link.relation == "shared_furniture"
    assert {p.kind for p in link.passages} == {"shared_furniture"}


@pytest.mark.parametrize(
    "said",
    [
        "the Meridian Observatory for the Protection of Civil Rights (MOPCR) said",
        '"the Meridian Observatory for the Protection of Civil Rights (MOPCR)", he said, "is here"',
        "A source at Tall Hamra Police Command told the Valley News Agency",
    ],
)
def test_a_name_in_full_is_nobodys_passage(said):
    assert compare(text("a", f"{REPORT} At dusk {said}."), text("b", f"{OTHER} By then {said}.")) is None


def test_a_passage_dated_to_a_day_of_the_week_is_news_and_no_background():
    shared = "Two ferries carrying wedding guests sank within sight of the lighthouse after captains refused a pilot"

    def relation(passage: str, day: str) -> str:
        return link_of(text("a", f"{REPORT}\n\n{passage}", day=day), text("b", f"{passage}\n\n{OTHER}")).relation

    assert relation(f"{shared} on Thursday.", "2024-05-07") in LINEAGE
    assert relation(f"{shared} in winter.", "2024-05-07") == "shared_furniture"
    # What was news in May is none in August.
    assert relation(f"{shared} on Thursday.", "2024-08-07") == "shared_furniture"


def test_a_phrase_that_every_spokesman_says_is_not_one_quotation_when_heard_again_long_after():
    first = text(
        "a", f'{REPORT} "The number of dead is expected to rise further because many are hurt," he said.', day="2024-05-06"
    )
    other = f'{OTHER} "The number of dead is expected to rise further because many are hurt," she said.'
    assert link_of(first, text("b", other, day="2024-05-07")).relation == "shared_quotation"
    assert compare(first, text("b", other, day="2025-05-07")) is None


def test_a_credit_outweighs_the_day():
    source = text("a", day="2024-05-09", publisher="Reuters")
    reprint = text("b", day="2024-05-06", agency="Thomson Reuters")
    link = link_of(source, reprint)
    assert (link.document_id, link.other_id, link.direction) == ("b", "a", "known")
    assert link.direction_why.startswith("credit")


@pytest.mark.parametrize(
    "credit",
    [
        {"original_url": "http://www.lantern.example/2024/bakery?utm=1"},
        {"original_publisher": "The Lantern"},
        {"credits": (("syndication_url", "https://lantern.example/2024/bakery"),)},
        {"credits": (("based_on", "https://m.lantern.example/2024/bakery/"),)},
    ],
)
def test_every_kind_of_credit_names_the_source(credit):
    source = text("a", day="2024-05-06", publisher="Lantern", url="https://lantern.example/2024/bakery")
    link = link_of(source, text("b", day="2024-05-06", **credit))
    assert (link.document_id, link.direction) == ("b", "known")


def test_two_that_credit_one_agency_come_from_an_unseen_source():
    a, b = text("a", ". ".join(SENTENCES[:7]), agency="AFP"), text("b", ". ".join(SENTENCES[2:]), agency="Agence France-Presse")
    link = link_of(a, b)
    assert link.relation in LINEAGE
    assert link.direction == "unseen"


def test_an_agency_that_nobody_names_is_no_common_source():
    assert link_of(text("a", agency="agencies"), text("b", agency="agencies")).direction == "unknown"


def test_an_update_of_ones_own_story_is_a_version():
    newer = REPORT.replace("nine bodies", "fourteen bodies") + " Two more were found at dusk under the oven."
    one = text("a", publisher="Lantern", title="Nine dead in Tall Hamra bakery", day="2024-05-06")
    two = text("b", newer, publisher="Lantern", title="Update: Fourteen dead in Tall Hamra bakery", day="2024-05-06")
    link = link_of(one, two)
    assert (link.relation, link.direction, link.document_id) == ("version", "known", "b")


def test_versions_are_told_by_host_where_no_publisher_is_named():
    one = dataclasses.replace(text("a"), publisher=None, url="https://www.lantern.example/a")
    two = dataclasses.replace(text("b", day="2024-05-07"), publisher=None, url="https://lantern.example/b")
    assert link_of(one, two).relation == "version"


def test_the_numbers_of_a_daily_serial_are_no_versions():
    day = (
        "Daily bulletin of the valley desk, compiled at six. Shelling was reported from {a}, where {n} people were hurt. "
        "The crossing at {b} was {s} for most of the day. No convoys of the relief agencies reached the plateau villages. "
        "Readers who hold pictures of the places named here are asked to send them to the address at the foot of the page."
    )
    one = text(
        "a",
        day.format(a="Kafr Zita", n="4", b="Bab Salam", s="open"),
        publisher="Desk",
        title="Daily bulletin, 3 May",
        day="2024-05-03",
    )
    two = text(
        "b",
        day.format(a="Om Tuba", n="19", b="Ras Ain", s="shut"),
        publisher="Desk",
        title="Daily bulletin, 4 May",
        day="2024-05-04",
    )
    link = compare(one, two)
    assert link is None or link.relation == "shared_furniture"


def test_the_same_words_in_arabic_and_cyrillic_are_found():
    arabic = " ".join(f"قصفت المدفعية قرية رقم{i} قرب النهر فجر اليوم وسقط عدد من الجرحى بين السكان" for i in range(8))
    link = link_of(text("a", arabic), text("b", arabic.replace("أ", "ا"), day="2024-05-08"))
    assert link.relation == "copy"
    russian = " ".join(f"Артиллерия обстреляла село Ивановка{i} возле реки на рассвете, пострадали жители." for i in range(8))
    assert link_of(text("a", russian), text("b", russian.upper(), day="2024-05-08")).relation == "copy"


def test_credits_of_a_document_come_with_it():
    document = Document("d", "c", "0" * 64, "Text.", publisher="Post", published="2024-01-02", agency="AP")
    document.credits = [
        Credit("based_on", "see here", "p", url="https://lantern.example/x"),
        Credit("byline", "Ann Lee", "By Ann Lee"),
    ]
    made = Text.of(document)
    assert made.credits == (("based_on", "see here"), ("based_on", "https://lantern.example/x"))
    assert (made.document_id, made.publisher, made.agency, made.published) == ("d", "Post", "AP", "2024-01-02")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_passages_lie_inside_both_texts_and_share_words(data):
    pool = [*SENTENCES, *OTHER.split(". "), *REWRITTEN.split(". ")]
    a = ". ".join(data.draw(st.lists(st.sampled_from(pool), max_size=12)))
    b = ". ".join(data.draw(st.lists(st.sampled_from(pool), max_size=12)))
    link = compare(text("a", a), text("b", b))
    if link is None:
        return
    first, other = (a, b) if link.document_id == "a" else (b, a)
    assert link.passages == sorted(link.passages, key=lambda p: (p.start, p.other_start))
    for p in link.passages:
        assert 0 <= p.start < p.end <= len(first)
        assert 0 <= p.other_start < p.other_end <= len(other)
        one, two = first[p.start : p.end].lower().split(), other[p.other_start : p.other_end].lower().split()
        assert set(one) & set(two)
    assert 0.0 <= link.containment <= 1.0
    assert 0.0 <= link.other_containment <= 1.0


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_no_text_breaks_the_comparison(a, b):
    assert compare(text("a", a), text("b", b)) == compare(text("b", b), text("a", a))


@pytest.mark.parametrize(
    "body",
    ["", "word " * 60_000, '"a ' * 60_000, "." * 200_000, "\n" * 100_000, "'x " * 60_000, "\ud800 \udfff " * 1000, "a" * 300_000],
    ids=["empty", "one word", "open marks", "stops", "lines", "single marks", "surrogates", "no space"],
)
def test_hostile_texts_are_compared_in_bounded_time(body):
    started = time.monotonic()
    compare(text("a", body), text("b", REPORT + body))
    assert time.monotonic() - started < 20
