"""Calibrated probabilities rise with what was weighed, and those of one name are at most 1 together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from warlog.places.calibration import accept, calibrated, calibrated_all

shares = st.lists(st.floats(0.001, 1.0), min_size=1, max_size=8).map(
    lambda xs: sorted((x / (sum(xs) + 0.1) for x in xs), reverse=True)
)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_likelier_place_stays_likelier(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert 0.0 <= calibrated(low) <= calibrated(high) <= 1.0


@given(shares)
def test_candidates_keep_their_order_and_sum_to_no_more_than_one(probabilities: list[float]) -> None:
    held = calibrated_all(probabilities)
    assert len(held) == len(probabilities)
    assert held == sorted(held, reverse=True)
    assert sum(held) <= 1.0 + 1e-9


def test_nothing_stays_nothing_and_the_threshold_can_be_met_and_missed() -> None:
    assert calibrated(0.0) == 0.0
    assert calibrated_all([]) == []
    assert calibrated_all([0.0, 0.0]) == [0.0, 0.0]
    assert calibrated(0.02) < accept() < calibrated(0.99)
