"""Place phrases taken apart: name, kind, part, relation, anchors, containers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.places.phrase import mention_from_phrase


@pytest.mark.parametrize(
    ("phrase", "name", "kind", "part"),
    [
        ("Bakhmut", "Bakhmut", None, None),
        ("the town of Vuhledar", "Vuhledar", "town", None),
        ("al-Qahira village", "al-Qahira", "village", None),
        ("the western edge of the town of Kobani", "Kobani", "town", "western edge"),
        ("northern outskirts of Wad Madani", "Wad Madani", None, "northern outskirts"),
        ("Donetsk oblast", "Donetsk", "oblast", None),
        ("the province of Marib", "Marib", "province", None),
        ("Hama's countryside", "Hama", None, "countryside"),
        ("western countryside of Aleppo", "Aleppo", None, "western countryside"),
        ("rebel-held eastern Ghazni", "Ghazni", None, "eastern"),
        ("Taftanaz military airport", "Taftanaz", "military airport", None),
        ("the strategic city of Avdiivka", "Avdiivka", "city", None),
        ("the eastern Ukrainian city of Bakhmut", "Bakhmut", "city", "eastern"),
        ("entrance to Lyman", "Lyman", None, "entrance"),
        ("New York", "New York", None, None),
        ("South Sudan", "South Sudan", None, None),
        ("Shan State", "Shan", "state", None),
        ("a residential building", "", "residential building", None),
    ],
)
def test_name_kind_and_part(phrase: str, name: str, kind: str | None, part: str | None) -> None:
    found = mention_from_phrase(phrase)
    assert found.name == name
    assert found.part == part
    if kind != "residential building":
        assert found.kind == kind


@pytest.mark.parametrize(
    ("phrase", "name", "relation", "anchors", "bearing", "km"),
    [
        ("an airbase near Homs", "", "near", ("Homs",), None, None),
        ("north of El Fasher", "", "direction", ("El Fasher",), 0.0, None),
        ("Khan Tuman, southwest of Aleppo city", "Khan Tuman", "direction", ("Aleppo",), 225.0, None),
        ("12 km south-west of the city of Kunduz", "", "distance", ("Kunduz",), 225.0, 12.0),
        ("five miles east of Mosul", "", "distance", ("Mosul",), 90.0, 8.047),
        ("a village between Saraqib and Idlib", "", "between", ("Saraqib", "Idlib"), None, None),
        ("the road linking Goma and Sake", "", "between", ("Goma", "Sake"), None, None),
        ("Krynky, near Kherson", "Krynky", "near", ("Kherson",), None, None),
    ],
)
def test_relations_and_anchors(
    phrase: str, name: str, relation: str, anchors: tuple[str, ...], bearing: float | None, km: float | None
) -> None:
    found = mention_from_phrase(phrase)
    assert (found.name, found.relation, found.anchors, found.bearing) == (name, relation, anchors, bearing)
    assert found.km == (None if km is None else pytest.approx(km, abs=0.01))


@pytest.mark.parametrize(
    ("phrase", "name", "containers"),
    [
        ("Krasne, Kharkiv oblast, Ukraine", "Krasne", ("Kharkiv", "Ukraine")),
        ("the Sukkari neighbourhood of Aleppo", "Sukkari", ("Aleppo",)),
        ("Aleppo's Sukkari neighbourhood", "Sukkari", ("Aleppo",)),
        ("hospital in Kunduz", "", ("Kunduz",)),
        ("Azovstal steel plant in Mariupol", "Azovstal", ("Mariupol",)),
    ],
)
def test_containers_innermost_first(phrase: str, name: str, containers: tuple[str, ...]) -> None:
    found = mention_from_phrase(phrase)
    assert found.name == name
    assert found.containers == containers


_WORDS = st.sampled_from(
    [
        "the",
        "of",
        "in",
        "near",
        "north",
        "west",
        "km",
        "12",
        "village",
        "city",
        "Aleppo",
        "Bakhmut",
        "al-Bab",
        "between",
        "and",
        ",",
        ";",
        "outskirts",
        "eastern",
        "countryside",
        "'s",
        "province",
        "road",
        "to",
        "from",
        "A",
    ]
)


@given(st.lists(_WORDS, max_size=12).map(" ".join))
def test_any_mix_of_its_own_words_is_taken_apart_without_fault(phrase: str) -> None:
    found = mention_from_phrase(phrase)
    assert len(found.anchors) == len(found.anchor_kinds)
    assert len(found.containers) == len(found.container_kinds)
    assert (found.relation is None) == (not found.anchors)
    assert all(found.anchors)


@given(st.text(max_size=60))
def test_any_text_is_taken_apart_without_fault(text: str) -> None:
    found = mention_from_phrase(text)
    assert found.name == found.name.strip()
