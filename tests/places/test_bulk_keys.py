"""Keys of many names at once are those of each name alone, and their hashes keep apart what differs."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.places import bulk, keys
from warlog.places.bulk import bulk_keys
from warlog.places.hashing import hash_keys

# what names are made of: words that are treated apart, and letters of every kind
WORDS = [
    "al", "Al-", "el", "ash", "Tell", "Tal", "Upper", "north", "Kafr", "St.", "Elhayek", "assabil", "(Homs)", "[x]", "A - B",
    "’Ayn", "`Ayn", "Ḩamāh", "Straße", "Łódź", "İzmir", "Ðorđe", "12", "M5", "eh", "yah", "llll", "sh", "—", "Æ", "ﬁ",
    "$$", "\u0301",
    "ʻ",
]  # fmt: skip
names = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=5).map(" ".join)


@given(st.lists(names, max_size=20))
def test_many_at_once_are_as_each_alone(listed: list[str]) -> None:
    plain, loose = bulk_keys(pa.array(listed, pa.string()))
    assert plain.to_pylist() == [keys.plain_key(n) for n in listed]
    assert loose.to_pylist() == [keys.loose_key(n) for n in listed]


def test_two_halves_are_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = pa.array([f"{a} {b}" for a in WORDS for b in WORDS])
    whole = [a.to_pylist() for a in bulk_keys(listed)]
    monkeypatch.setattr(bulk, "_MANY", 10)
    assert [a.to_pylist() for a in bulk_keys(listed)] == whole


def test_a_hash_is_the_same_on_every_machine_and_in_any_company() -> None:
    # kept indexes are looked up by these numbers: they may only change with a new layout
    assert (
        hash_keys(["", "saraqib", "سراقب"], 0).tolist() == hash_keys(pa.array(["x", "", "saraqib", "سراقب"]).slice(1), 0).tolist()
    )
    assert hash_keys(["saraqib"], 1)[0] != hash_keys(["saraqib"], 0)[0]


@given(st.lists(st.text(max_size=12), unique=True, max_size=50), st.integers(0, 15))
def test_hashes_tell_keys_apart(listed: list[str], level: int) -> None:
    assert len(np.unique(hash_keys(listed, level))) == len(listed)
    assert [int(hash_keys([k], level)[0]) for k in listed] == hash_keys(listed, level).tolist()


def test_a_hundred_thousand_like_keys_have_as_many_hashes() -> None:
    listed = [f"{a}{b}" for a in ("tal", "kafr", "xan", "dir") for b in range(25_000)]
    assert len(np.unique(hash_keys(listed, 0))) == 100_000
