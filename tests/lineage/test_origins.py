from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from samples import OTHER, REPORT, text

from warlog.lineage import Tracer, compare, origin_of_span, origins
from warlog.records import DocumentLink, Passage

SENTENCES = REPORT.replace("\n\n", " ").split(". ")


def links_of(texts):
    return [k for i, a in enumerate(texts) for b in texts[i + 1 :] if (k := compare(a, b))]


def span(body: str, words: str) -> tuple[int, int]:
    at = body.index(words)
    return at, at + len(words)


def test_an_article_of_two_sources_has_an_origin_for_each_sentence():
    own = "Our columnist has seen both places and will write of them on Sunday."
    mixed = ". ".join(SENTENCES[:4]) + ".\n\n" + own + "\n\n" + OTHER
    texts = [text("bakery"), text("lake", OTHER), text("mixed", mixed, day="2024-05-09")]
    links = links_of(texts)
    found = origins(links, texts)
    tracer = Tracer(links, found)
    assert tracer.origin("mixed", *span(mixed, "Neighbours had formed a chain to pass bricks by hand")) == "bakery"
    assert tracer.origin("mixed", *span(mixed, "A union leader showed reporters a net full of bullet holes")) == "lake"
    assert tracer.origin("mixed", *span(mixed, own)) == "mixed"
    assert tracer.origin("bakery", 0, 40) == "bakery"


def test_a_sentence_is_followed_through_copies_of_copies():
    texts = [text("a", ". ".join(SENTENCES[:5]), day="2024-05-08"), text("b", day="2024-05-07"), text("c", day="2024-05-06")]
    links = links_of(texts)
    found = origins(links, texts)
    assert {o.origin_id for o in found.values()} == {"c"}
    assert origin_of_span("a", 0, 120, links, found) == "c"
    assert found["a"].members == ("c", "b", "a")


def test_reprints_of_a_wire_that_is_not_there_are_one_unseen_origin():
    texts = [
        text("x", ". ".join(SENTENCES[:8]), agency="AFP"),
        text("y", ". ".join(SENTENCES[1:]), agency="AFP", day="2024-05-07"),
    ]
    links = links_of(texts)
    found = origins(links, texts)
    assert found["x"] == found["y"]
    assert found["x"].origin_id == "unseen:x"
    body = texts[1].text
    assert origin_of_span("y", *span(body, "Neighbours had formed a chain to pass bricks by hand"), links, found) == "unseen:x"
    assert origin_of_span("y", *span(body, "Schools stayed shut and the weekly market was moved"), links, found) in {
        "y",
        "unseen:x",
    }


def test_the_wire_itself_takes_the_place_of_the_unseen_source():
    texts = [
        text("x", ". ".join(SENTENCES[:8]), agency="AFP"),
        text("y", ". ".join(SENTENCES[1:]), agency="AFP"),
        text("z", publisher="AFP", day="2024-05-08"),
    ]
    links = links_of(texts)
    found = origins(links, texts)
    assert {o.origin_id for o in found.values()} == {"z"}
    assert origin_of_span("x", *span(texts[0].text, "Neighbours had formed a chain to pass bricks"), links, found) == "z"


def test_versions_are_a_chain_and_one_origin():
    texts = [
        text(
            "v3",
            REPORT + " A second floor gave way at night.",
            publisher="Lantern",
            title="Bakery hit in Tall Hamra",
            day="2024-05-08",
        ),
        text("v1", publisher="Lantern", title="Bakery hit in Tall Hamra", day="2024-05-06"),
        text("v2", REPORT + " A crane is on its way.", publisher="Lantern", title="Bakery hit in Tall Hamra", day="2024-05-07"),
    ]
    found = origins(links_of(texts), texts)
    assert found["v3"].versions == (("v1", "v2", "v3"),)
    assert {o.origin_id for o in found.values()} == {"v1"}


def test_a_document_with_no_link_is_its_own_origin():
    found = origins([], [text("a"), text("b")])
    assert found["a"].origin_id == "a"
    assert found["a"].members == ("a",)
    assert found["b"].days == ("2024-05-06",)
    assert origin_of_span("a", 0, 5, [], found) == "a"


def test_shared_quotations_make_no_origin():
    link = DocumentLink("a", "b", "shared_quotation", passages=[Passage(0, 50, 0, 50, "shared_quotation")])
    found = origins([link], [text("a"), text("b")])
    assert found["a"].origin_id == "a"
    assert origin_of_span("a", 0, 40, [link], found) == "a"


def test_less_than_three_fifths_of_a_sentence_is_not_taken_over():
    link = DocumentLink("a", "b", "condensed", "known", "time", 0.6, 0.3, [Passage(0, 50, 100, 150, "verbatim")])
    found = origins([link], [text("a"), text("b")])
    assert origin_of_span("a", 0, 80, [link], found) == "b"
    assert origin_of_span("a", 0, 90, [link], found) == "a"


_IDS = ["a", "b", "c", "d", "e"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(_IDS),
            st.sampled_from(_IDS),
            st.sampled_from(["copy", "condensed", "version", "rewrite", "shared_quotation"]),
            st.sampled_from(["known", "unknown", "unseen"]),
        ).filter(lambda t: t[0] != t[1]),
        max_size=10,
        unique_by=lambda t: tuple(sorted(t[:2])),
    ),
    st.randoms(),
)
def test_any_links_even_in_circles_give_each_document_one_origin(rows, shuffler):
    passage = [Passage(0, 10, 0, 10, "verbatim")]
    links = [DocumentLink(a, b, relation, way, "", 0.9, 0.9, passage) for a, b, relation, way in rows]
    documents = [text(i) for i in _IDS]
    found = origins(links, documents)
    assert set(found) == set(_IDS)
    for i in _IDS:
        assert i in found[i].members
        assert found[i].origin_id.removeprefix("unseen:") in found[i].members
        assert all(found[m] == found[i] for m in found[i].members)
        assert Tracer(links, found).origin(i, 0, 10).removeprefix("unseen:") in _IDS
    shuffled = list(links)
    shuffler.shuffle(shuffled)
    assert origins(shuffled, documents) == found
