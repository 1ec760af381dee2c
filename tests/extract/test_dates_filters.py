"""The quick looks that spare a text the slow patterns for dates never turn a date away."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warlog.extract import dates_atoms
from warlog.extract.dates_grammar import grammar


def branches() -> list[str]:
    """The branches of the pattern for relative dates, one for each rule."""
    source = grammar().relative.pattern
    inside = source[source.index("(?P<r0>") : source.rindex(")")]
    inside = inside[: inside.rindex(")(?!")]
    return re.split(r"\|(?=\(\?P<r\d+>)", inside)


def test_there_is_a_branch_for_each_rule() -> None:
    assert len(branches()) == len(grammar().rules)


@pytest.mark.parametrize("branch", branches())
def test_whatever_a_relative_pattern_matches_passes(branch: str) -> None:
    pattern = re.compile(branch, re.IGNORECASE)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.from_regex(pattern, fullmatch=True))
    def passes(wording: str) -> None:
        assert dates_atoms._ANY_RELATIVE.search(wording)

    passes()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["MARCH", "\u017fept", "Apr\u0131l", "Apr\u0130l", "5", "third", "the", "of", "2015", "-", "1990s", "\u201915",
             "quarter", "first", "last", "year", "May", "may", "to", "Dec.", "twelfth", "\u0663", "on", "since", ","]
        ),
        max_size=8,
    ).map(" ".join)
)  # fmt: skip
def test_a_pattern_that_is_skipped_would_have_found_nothing(text: str) -> None:
    can_hold = dates_atoms._can_hold(text)
    skipped = [name for name, pattern in grammar().patterns if not can_hold(name) and pattern.search(text)]
    assert skipped == []
    assert isinstance(dates_atoms.read_atoms(text), tuple)
