"""Dates of publication: every usual way of writing a day is read, and nothing that is no day."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warlog.read.pubdate import find_day, parse_day

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))


@given(
    DAYS, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%A %d %B %Y", "%b %d %Y", "%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%d %b. %Y"])
)
def test_a_day_is_read_back_however_it_is_written(day, layout):
    assert parse_day(day.strftime(layout)) == day.isoformat()


@given(DAYS)
def test_a_day_is_found_amid_other_words(day):
    text = f"Some Outlet, {day.strftime('%B %d, %Y')} - first page"
    found = find_day(text)
    assert found is not None
    assert found.day == day.isoformat()
    assert text[: found.start].strip() == "Some Outlet,"


@given(st.text(max_size=80))
def test_nothing_fails_and_what_is_found_is_a_day(text):
    day = parse_day(text)
    assert day is None or datetime.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/4/2024", "2024-01-04"),
        ("24/4/2024", "2024-04-24"),
        ("1/4/24", "2024-01-04"),
        ("24 Sept 2016", "2016-09-24"),
        ("3rd of March, 2020", "2020-03-03"),
        ("2020-01-30T16:42:00+02:00", "2020-01-30"),
        ("20200130", "2020-01-30"),
        ("Thu, 30 Jan 2020 16:42:00 GMT", "2020-01-30"),
        (1580400000, "2020-01-30"),
        (1580400000000, "2020-01-30"),
        ("30 января 2020", "2020-01-30"),
        ("٣٠ كانون الثاني ٢٠٢٠", "2020-01-30"),
        ("1er février 2020", "2020-02-01"),
        ("30 de enero de 2020", "2020-01-30"),
        ("30. März 2020", "2020-03-30"),
        ("2020年1月30日", "2020-01-30"),
    ],
)
def test_usual_formats(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "value", ["", "January 2020", "31.02.2020", "2011-2012", "no date", None, True, [], 7, "35.6477, 36.6767"]
)
def test_what_is_no_day(value):
    assert parse_day(value) is None
