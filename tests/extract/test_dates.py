"""What `find_dates` promises: wordings of time become the days they stand for, and nothing else becomes a date."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warlog.extract.dates import DateSpan, date_like_spans, find_dates

PUBLISHED = date(2020, 1, 30)  # a Thursday


def read(text: str, published: date | None = PUBLISHED, context: date | None = None) -> list[tuple[str | None, str | None, str]]:
    return [(s.date_start, s.date_end, s.precision) for s in find_dates(text, published, context=context)]


def one(text: str, published: date | None = PUBLISHED, context: date | None = None) -> DateSpan:
    spans = find_dates(text, published, context=context)
    assert len(spans) == 1, spans
    return spans[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The town fell on Tuesday.", "2020-01-28"),
        ("The town fell on Thursday.", "2020-01-30"),
        ("It was shelled last Thursday.", "2020-01-23"),
        ("They will meet next Thursday.", "2020-02-06"),
        ("Talks will resume on Monday.", "2020-02-03"),
        ("The ministry said it would return on Monday.", "2020-02-03"),
        ("It was hit yesterday.", "2020-01-29"),
        ("It was hit earlier today.", "2020-01-30"),
        ("This morning the army entered.", "2020-01-30"),
        ("It was hit the day before yesterday.", "2020-01-28"),
        ("It was hit two days ago.", "2020-01-28"),
        ("It was hit 2 hours ago.", "2020-01-30"),
        ("Late on Tuesday they left.", "2020-01-28"),
        ("Sunday night saw shelling.", "2020-01-26"),
        ("On Tuesday's raid he said nothing.", "2020-01-28"),
        ("On Wednesday, January 29, they came.", "2020-01-29"),
        ("It was hit overnight on Tuesday.", "2020-01-28"),
        ("They came on Jan. 29 in force.", "2020-01-29"),
        ("They came on Sept 19 in force.", "2019-09-19"),
        ("They came on the 5th of March in force.", "2019-03-05"),
        ("They came on March the 5th.", "2019-03-05"),
        ("They came on the twenty-first of October.", "2019-10-21"),
        ("It fell on 19 September last year.", "2019-09-19"),
        ("It fell on 28 December.", "2019-12-28"),
        ("It fell on 31 January.", "2020-01-31"),
        ("They will meet on 3 February.", "2020-02-03"),
        ("They met on 3 February.", "2019-02-03"),
        ("It fell two days after the 5 January truce.", "2020-01-07"),
        ("It fell the day after Monday's raid.", "2020-01-28"),
        ("It fell on 29.01.2020 at dawn.", "2020-01-29"),
        ("It fell on 04/05/2019.", "2019-05-04"),
        ("It fell on 01/28/2020.", "2020-01-28"),
        ("It fell on 01/02/2020.", "2020-01-02"),  # day first would lie ahead
        ("It fell on Monday last week.", "2020-01-20"),
        ("It fell on Friday the 13th.", "2019-12-13"),
    ],
)
def test_a_wording_of_one_day(text: str, day: str) -> None:
    span = one(text)
    assert (span.date_start, span.date_end, span.precision) == (day, day, "day")


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("overnight the army shelled the town", "2020-01-29", "2020-01-30", "range"),
        ("shelling since Monday", "2020-01-27", "2020-01-30", "range"),
        ("under siege since 2013", "2013-01-01", "2020-01-30", "range"),
        ("under siege since early 2019", "2019-01-01", "2020-01-30", "range"),
        ("held from 2014 onwards by them", "2014-01-01", "2020-01-30", "range"),
        ("in January they advanced", "2020-01-01", "2020-01-31", "month"),
        ("in December they advanced", "2019-12-01", "2019-12-31", "month"),
        ("in mid-January they advanced", "2020-01-11", "2020-01-20", "range"),
        ("in late December they advanced", "2019-12-21", "2019-12-31", "range"),
        ("at the beginning of May 2019", "2019-05-01", "2019-05-10", "range"),
        ("currently under siege", "2020-01-30", "2020-01-30", "day"),
        ("since late January they held it", "2020-01-21", "2020-01-30", "range"),
        ("in 2016 they advanced", "2016-01-01", "2016-12-31", "year"),
        ("in the last 24 hours", "2020-01-29", "2020-01-30", "range"),
        ("during the past 48 hours", "2020-01-28", "2020-01-30", "range"),
        ("over the past two years", "2018-01-30", "2020-01-30", "range"),
        ("over the past three months", "2019-10-30", "2020-01-30", "range"),
        ("over the weekend", "2020-01-25", "2020-01-26", "range"),
        ("this week", "2020-01-27", "2020-01-30", "range"),
        ("later this week", "2020-01-30", "2020-02-02", "range"),
        ("over the last week", "2020-01-23", "2020-01-30", "range"),
        ("since the beginning of the year", "2020-01-01", "2020-01-30", "range"),
        ("from January through May, aid was blocked", "2019-01-01", "2019-05-31", "range"),
        ("during 2017-2018.", "2017-01-01", "2018-12-31", "year"),
        ("from Tuesday night into Wednesday", "2020-01-28", "2020-01-29", "range"),
        ("overnight into Wednesday", "2020-01-28", "2020-01-29", "range"),
        ("last week", "2020-01-20", "2020-01-26", "range"),
        ("last month", "2019-12-01", "2019-12-31", "month"),
        ("last year", "2019-01-01", "2019-12-31", "year"),
        ("two months ago", "2019-11-01", "2019-11-30", "month"),
        ("on 27-28 January", "2020-01-27", "2020-01-28", "range"),
        ("on January 27 and 28", "2020-01-27", "2020-01-28", "range"),
        ("between 13 and 15 March", "2019-03-13", "2019-03-15", "range"),
        ("from 3 to 9 May", "2019-05-03", "2019-05-09", "range"),
        ("from 28 December to 3 January", "2019-12-28", "2020-01-03", "range"),
        ("from December to January", "2019-12-01", "2020-01-31", "range"),
        ("from March 27 to April 10, 2015", "2015-03-27", "2015-04-10", "range"),
        ("on Saturday and Sunday", "2020-01-25", "2020-01-26", "range"),
        ("from Monday to Wednesday", "2020-01-27", "2020-01-29", "range"),
        ("from 2014 to 2016", "2014-01-01", "2016-12-31", "year"),
        ("in the summer of 2014", "2014-06-01", "2014-08-31", "range"),
        ("in the winter of 2015-16", "2015-12-01", "2016-02-29", "range"),
        ("in the 1990s", "1990-01-01", "1999-12-31", "year"),
        ("in the first half of 2018", "2018-01-01", "2018-06-30", "range"),
    ],
)
def test_a_wording_of_a_stretch(text: str, first: str, last: str, precision: str) -> None:
    assert read(text) == [(first, last, precision)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("By 25 May, 163 had been killed", "2019-05-25"),
        ("by the beginning of May 2023 they had left", "2023-05-10"),
        ("the truce held until Sunday", "2020-01-26"),
        ("before 5 January they held it", "2020-01-04"),
        ("They must leave by Sunday", "2020-02-02"),
    ],
)
def test_until_leaves_the_beginning_open(text: str, last: str) -> None:
    span = one(text)
    assert (span.date_start, span.date_end, span.kind) == (None, last, "until")


@pytest.mark.parametrize(
    ("text", "offset", "day"),
    [
        ("The next day they left.", 1, "2015-07-01"),
        ("They left the following morning.", 1, "2015-07-01"),
        ("They had come the day before.", -1, "2015-06-29"),
        ("On the same day they came.", 0, "2015-06-30"),
        ("Earlier in the day a blast occurred.", 0, "2015-06-30"),
        ("Three days later they came.", 3, "2015-07-03"),
        ("They had come two days earlier.", -2, "2015-06-28"),
        ("Hours later they came.", 0, "2015-06-30"),
    ],
)
def test_what_counts_from_the_running_day(text: str, offset: int, day: str) -> None:
    span = one(text, context=date(2015, 6, 30))
    assert (span.kind, span.offset, span.date_start, span.date_end) == ("anaphoric", offset, day, day)


def test_without_a_running_day_only_what_looks_back_is_dated() -> None:
    assert one("They had come the day before.").date_start == "2020-01-29"
    assert one("Earlier in the day a blast occurred.").date_start == "2020-01-30"
    assert one("The next day they left.").date_start is None


def test_a_vague_distance_gets_no_invented_day() -> None:
    for text in ("A few days later they left.", "They left several weeks ago.", "It was hit in recent days."):
        span = one(text, context=date(2020, 1, 3))
        assert (span.date_start, span.date_end) == (None, None)


def test_a_text_of_history_takes_its_years_from_its_running_day() -> None:
    assert (
        one("On 30 June they raided the town.", published=date(2024, 5, 1), context=date(2015, 6, 28)).date_start == "2015-06-30"
    )
    assert one("On 2 January they raided it.", published=date(2024, 5, 1), context=date(2015, 12, 28)).date_start == "2016-01-02"


@pytest.mark.parametrize(
    "text",
    [
        "They may have killed him.",
        "The march on the capital began.",
        "March on the capital, he told them.",
        "The Second Battle of the river.",
        "Theresa May said so.",
        "a statement by May on the war",
        "the 14 February Brigade",
        "the 30 March movement",
        "the 17 February Martyrs Brigade",
        "Brigade 27 attacked",
        "2000 people fled",
        "They sent 2000 troops",
        "by 2000 fighters",
        "from 1900 to 2000 fighters",
        "at 10:30",
        "the address 10.20.30.40",
        "Sector 5 and Route 4",
        "the Sunday Times",
        "Bloody Sunday",
        "a score of 3-2",
        "may 5 men come",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert read(text) == []


def test_a_count_after_a_month_is_no_day() -> None:
    assert read("in January 27 civilians died") == [("2020-01-01", "2020-01-31", "month")]
    assert read("On January 27 government forces came") == [("2020-01-27", "2020-01-27", "day")]


def test_page_stamps_and_datelines_are_marked_and_read_once() -> None:
    stamp = one("1735 15.04.2017(updated 2033 15.04.2017) Get short URL")
    assert (stamp.date_start, stamp.stamp) == ("2017-04-15", True)
    dateline = one("DAMASCUS, Jan. 29 (XNA) - The army advanced")
    assert (dateline.date_start, dateline.stamp) == ("2020-01-29", True)
    assert not one("DAMASCUS has been hit on Jan. 29 by rockets").stamp


def test_a_day_of_telling_is_marked() -> None:
    assert one("Six were killed, the ministry said Thursday.").telling
    assert one("Six were killed, he told reporters on Friday.").telling
    assert not one("The ministry said six were killed on Thursday.").telling


def test_without_a_publication_only_dates_with_their_year_are_found() -> None:
    assert read("On Tuesday, 5 May and yesterday they came", published=None) == []
    assert read("on 5 May 2016 and in June 2016", published=None) == [
        ("2016-05-05", "2016-05-05", "day"),
        ("2016-06-01", "2016-06-30", "month"),
    ]
    assert read("the next day they left", published=None, context=date(2016, 5, 5)) == [("2016-05-06", "2016-05-06", "day")]


def test_a_full_stop_is_no_part_of_a_month_or_weekday() -> None:
    assert [s.text for s in find_dates("It fell on 5 January. It fell on Tuesday. 19 January was calm.", PUBLISHED)] == [
        "5 January",
        "Tuesday",
        "19 January",
    ]


def test_two_dates_of_a_sentence_stay_two() -> None:
    assert [s.text for s in find_dates("captured on 3 May and lost again on 7 June", PUBLISHED)] == ["3 May", "7 June"]


LAYOUTS = (
    """
{d} {month} {y}|{d:02} {month} {y}|{month} {d}, {y}|{month} {d} {y}|{d} {mon} {y}|{mon} {d}, {y}|{mon}. {d}, {y}
{d}{th} {month} {y}|{month} {d}{th}, {y}|the {d}{th} of {month}, {y}|the {d}{th} of {month} {y}|{wd}, {d} {month} {y}
{wd} {d} {month} {y}|{wd}, {month} {d}, {y}|{wd} {month} {d} {y}|{sh} {d:02} {mon} {y}|{sh}, {d} {mon} {y}|{sh} {mon} {d:02} {y}
{y}-{m:02}-{d:02}|{y}/{m:02}/{d:02}|{y}.{m:02}.{d:02}|{d:02}.{m:02}.{y}|{d}.{m}.{y}|{d:02}-{mon}-{y}|{d} {upper} {y}
{upper} {d}, {y}|{d} of {month} {y}|{d}-{mon}-{y}|{y}-{m:02}-{d:02}T10:30:00Z
""".strip()
    .replace("\n", "|")
    .split("|")
)


def layout(day: date, pattern: str) -> str:
    suffix = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day.day, "th")
    month = f"{day:%B}"
    return pattern.format(
        d=day.day,
        m=day.month,
        y=day.year,
        month=month,
        mon=month[:3],
        upper=month.upper(),
        wd=f"{day:%A}",
        sh=f"{day:%a}",
        th=suffix,
    )


@given(st.dates(date(1900, 1, 1), date(2035, 12, 31)), st.sampled_from(LAYOUTS))
def test_any_day_in_any_layout_is_read_back(day: date, pattern: str) -> None:
    written = layout(day, pattern)
    spans = find_dates(f"The town fell on {written}, they said.", date(2035, 12, 31))
    assert [(s.date_start, s.date_end) for s in spans] == [(day.isoformat(), day.isoformat())], written


@given(st.dates(date(2000, 1, 1), date(2035, 1, 1)), st.integers(0, 300))
def test_a_day_and_month_is_the_latest_not_after_publication(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    if (day.month, day.day) == (2, 29):
        return
    spans = find_dates(f"It fell on {day.day} {day:%B}.", published)
    assert [s.date_start for s in spans] == [day.isoformat()]


@given(st.dates(date(2000, 1, 1), date(2035, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_latest_not_after_publication(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    assert [s.date_start for s in find_dates(f"It fell on {day:%A}.", published)] == [day.isoformat()]


WORDS = """on in since until by from to between and the 5 27 28th 2016 1999 0 31 30 January Feb. may May March Monday Sun
last next this week weekend ago days two a years later earlier day before after night overnight summer 29.02.2019 2020-13-45
31/12/99 , . - – ( ) ' '16 1990s quarter half of first"""
PIECES = st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=80), PIECES), st.one_of(st.none(), st.dates()), st.one_of(st.none(), st.dates()))
def test_any_text_gives_ordered_exact_spans(text: str, published: date | None, context: date | None) -> None:
    spans = find_dates(text, published, context=context)
    for span in spans:
        assert text[span.start : span.end] == span.text != ""
        assert span.date_start is None or span.date_end is None or span.date_start <= span.date_end
        assert span.kind == "anaphoric" or span.offset is None
    assert all(a.start < b.start and a.end <= b.end for a, b in pairwise(spans))
    assert all(0 <= a < b <= len(text) for a, b in date_like_spans(text))
