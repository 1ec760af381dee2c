"""Outlets are found by name and by domain; what is said of them was looked up, or says that it was not."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.actors import Actors
from warlog.actors.outlet_files import CHECKED, KINDS, built_in
from warlog.actors.outlet_names import keys
from warlog.actors.outlets import Address, Outlet, Outlets
from warlog.actors.roster import within

KNOWN = Outlets.load(home=False)
ADDRESSES = [(a, o.outlet_id) for o in KNOWN.all.values() for a in o.addresses]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("SANA", "outlet-sana"),
        ("sana", "outlet-sana"),
        ("the state news agency SANA", "outlet-sana"),
        ("The Guardian", "outlet-guardian"),
        ("Al Jazeera", "outlet-al-jazeera"),
        ("AlJazeera", "outlet-al-jazeera"),
        ("al-manar", "outlet-al-manar"),
        ("Hezbollah-run Al Manar TV", "outlet-al-manar"),
        ("Manar channel", "outlet-al-manar"),
        ("Yeni Safak newspaper", "outlet-yeni-safak"),
        ("Iran's Fars", "outlet-fars"),
        ("Algeria's APS", "outlet-aps-dz"),
        ("L’Orient–Le Jour", "outlet-lorient"),
        ("https://www.reuters.com/world/article", "outlet-reuters"),
        ("english.dvb.no", "outlet-dvb"),
        ("aa.com.tr", "outlet-anadolu"),
        ("http://tass.ru:80/x?y=1", "outlet-tass"),
        ("HTTPS://USER@M.RT.COM:443/a", "outlet-rt"),
        ("//amp.theguardian.com/world", "outlet-guardian"),
        ("sana.sy.", "outlet-sana"),
        ("https://web.archive.org/web/20160203040506/http://www.sana.sy/en/?p=1", "outlet-sana"),
        ("https://archive.ph/2022/https://ria.ru/a.html", "outlet-ria"),
        ("https://www.google.com/amp/s/www.aljazeera.com/amp/news/x", "outlet-al-jazeera"),
        ("https://www-theguardian-com.cdn.ampproject.org/c/s/x", "outlet-guardian"),
        ("https://al--akhbar-com.translate.goog/news?_x_tr_sl=ar", "outlet-al-akhbar"),
    ],
)
def test_found_by_name_domain_or_address(asked: str, expected: str) -> None:
    outlet = KNOWN.find(asked)
    assert outlet is not None
    assert outlet.outlet_id == expected


@pytest.mark.parametrize(
    "asked",
    ["", " ", "com", ".", "..", "notreuters.com", "reuters.com.example.org", "example.org", "https://", "http://[::1", "@", "the",
     "news agency", "The Daily Nothing", "Syria News", "state television", "https://web.archive.org/", "x" * 9_999, "a " * 9_999],
)  # fmt: skip
def test_unknown_outlets_are_none(asked: str) -> None:
    assert KNOWN.find(asked) is None


@given(st.text(max_size=300))
def test_any_text_is_looked_up(text: str) -> None:
    found = KNOWN.find(text), KNOWN.by_domain(text), KNOWN.by_name(text)
    assert all(o is None or KNOWN.all[o.outlet_id] is o for o in found)


_LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
_AROUND = st.tuples(
    st.sampled_from(["", "http://", "https://", "//", "HTTPS://"]),
    st.lists(st.one_of(_LABEL, st.sampled_from(["www", "m", "amp", "mobile", "en", "arabic"])), max_size=3),
    st.sampled_from(["", ":80", ":8443"]),
    st.sampled_from(["", "/", "/a/b.html", "?q=1", "#top", "/?u=https://example.org/"]),
    st.booleans(),
)


@given(st.sampled_from(ADDRESSES), _AROUND)
def test_an_address_belongs_to_its_domains_outlet(
    entry: tuple[Address, str], around: tuple[str, list[str], str, str, bool]
) -> None:
    address, outlet_id = entry
    scheme, labels, port, rest, capitals = around
    host = ".".join([*labels, address.domain])
    found = KNOWN.by_domain(f"{scheme}{host.upper() if capitals else host}{port}{rest}")
    # a longer domain of another outlet may lie in this one
    longer = {i for a, i in ADDRESSES if host == a.domain or host.endswith("." + a.domain)}
    assert found is not None
    assert found.outlet_id in longer | {outlet_id}


@given(st.sampled_from(ADDRESSES), _LABEL)
def test_a_domain_that_only_ends_alike_is_another(entry: tuple[Address, str], label: str) -> None:
    assert KNOWN.by_domain(f"https://{label}q{entry[0].domain}/") is None or any(
        f"{label}q{entry[0].domain}".endswith("." + a.domain) or f"{label}q{entry[0].domain}" == a.domain for a, _ in ADDRESSES
    )


@pytest.mark.parametrize("wording", ["{}", "the {}", "{} news agency", "news agency {}", "state-run {}", " {} "])
def test_every_outlet_is_among_those_that_bear_its_name(wording: str) -> None:
    for outlet in KNOWN.all.values():
        wrapped = wording.format(outlet.name)
        found = KNOWN.all_by_name(wrapped)
        # "The National" with "news agency" after it is another outlet's name
        others = [o for o in found if set(keys(wrapped)) & {k for n in (o.name, *o.aliases) for k in keys(n)}]
        assert outlet in found or others, wrapped


def _two(**domains: list[Address]) -> Outlets:
    return Outlets({f"outlet-{n}": Outlet(f"outlet-{n}", n, "independent", addresses=tuple(d)) for n, d in domains.items()})


def test_a_domain_is_whose_it_was_on_the_day() -> None:
    found = _two(old=[Address("news.example", None, "2019-06")], new=[Address("news.example", "2019-07")])
    assert [getattr(found.by_domain("news.example", d), "name", None) for d in ("2018", "2019-06-30", "2019-07-01", "2024")] == [
        "old", "old", "new", "new",
    ]  # fmt: skip


def test_a_lapsed_domain_is_nobodys_and_older_pages_move_along() -> None:
    found = _two(gone=[Address("gone.example", None, "2020")], moved=[Address("here.example", "2023")])
    assert found.by_domain("gone.example", "2021-01-01") is None
    assert found.by_domain("gone.example") is not None
    assert found.by_domain("https://here.example/20131209/x", "2013-12-09") is not None


def test_a_name_that_several_bear_needs_a_country_or_language() -> None:
    both = Outlets(
        {
            i: Outlet(i, n, "agency", aliases=("PAX",), country=c, languages=(lang,))
            for i, n, c, lang in [("outlet-a", "Pax of A", "DZ", "ar"), ("outlet-b", "Pax of B", "SN", "fr")]
        }
    )
    assert both.by_name("PAX") is None
    assert len(both.all_by_name("pax")) == 2
    assert getattr(both.by_name("PAX", country="SN"), "outlet_id", None) == "outlet-b"
    assert getattr(both.by_name("PAX", language="ar"), "outlet_id", None) == "outlet-a"
    assert getattr(both.find("Senegal's PAX"), "outlet_id", None) == "outlet-b"


def test_a_side_holds_for_its_time() -> None:
    sana = KNOWN.all["outlet-sana"]
    assert sana.side_on("syria", "2016-05-01") == "government"
    assert sana.side_on("syria", "2025-05-01") == "transitional"
    assert sana.side_on("yemen", "2016-05-01") is None
    assert sana.side == {"syria": "government"}


# -- the data ---------------------------------------------------------------------------------------------------------


def test_at_least_150_outlets_have_a_reference_that_was_looked_up() -> None:
    referenced = [o for o in KNOWN.all.values() if o.reference]
    assert len(referenced) >= 150
    for outlet in referenced:
        assert re.fullmatch(r"https?://[^\s/]+\.[a-z]{2,}\.?(/\S*)?", outlet.reference or ""), outlet.outlet_id
        assert len((outlet.reference_says or "").split()) >= 3, outlet.outlet_id
        assert date.fromisoformat(outlet.looked_up or "") >= date(2026, 11, 22), outlet.outlet_id


def test_every_entry_says_what_was_not_looked_up() -> None:
    for source, file in built_in():
        for row in file.outlet:
            assert row.name, (source, row.id)
            assert row.kind in KINDS, (source, row.id)
            assert row.reference is not None, (source, row.id)
            if row.reference == "none":
                assert row.unverified is True, (source, row.id)
                assert row.reference_says is None, (source, row.id)
            elif isinstance(row.unverified, list):
                assert all(getattr(row, f) for f in row.unverified), (source, row.id)
                assert list(row.unverified) == [f for f in CHECKED if f in row.unverified], (source, row.id)


def test_owners_and_sides_exist(actors: Actors) -> None:
    for outlet in KNOWN.all.values():
        for actor in (outlet.owner, *outlet.sponsors):
            assert actor is None or actors.actor(actor) is not None, (outlet.outlet_id, actor)
        for span in outlet.sides:
            assert actors.side(span.theatre, span.side) is not None, (outlet.outlet_id, span)
            assert span.start is None or within(span.start, None, span.end), (outlet.outlet_id, span)


def test_a_theatres_sides_follow_one_another() -> None:
    for outlet in KNOWN.all.values():
        spans: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for s in outlet.sides:
            spans[s.theatre].append((s.start or "0", s.end or "9"))
        for held in spans.values():
            assert held == sorted(held), outlet.outlet_id
            assert all(a[1] < b[0] for a, b in pairwise(held)), outlet.outlet_id


def test_no_name_belongs_to_two_outlets_of_a_country() -> None:
    bearers: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for outlet in KNOWN.all.values():
        for name in (outlet.name, *outlet.aliases):
            for k in keys(name):
                bearers[k, outlet.country].add(outlet.outlet_id)
    assert {k: ids for k, ids in bearers.items() if len(ids) > 1} == {}


def test_sides_are_told_of_theatres_that_exist_and_of_most_of_them(actors: Actors) -> None:
    told = {span.theatre for outlet in KNOWN.all.values() for span in outlet.sides}
    assert told <= set(actors.theatres())
    assert len(told) >= 16


def test_wording_is_neutral() -> None:
    judging = re.compile(
        r"\b(propagand\w*|mouthpiece|notorious|so-called|fake|lies|regime|terrorists?|credible|trusted|biased)\b", re.I
    )
    for outlet in KNOWN.all.values():
        for words in (outlet.reference_says or "", outlet.owned_by or ""):
            assert not judging.search(words), (outlet.outlet_id, words)
