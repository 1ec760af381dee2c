"""Dates in sentences: which stretch of days a wording stands for, told from the day the report was published.

`find_dates` reads single dates (`dates_atoms`), joins them to ranges ("from 3 to 9 May", "27 and 28 January"), applies
the words before them ("since", "until", "by") and resolves them with `dates_calendar`. What a wording leaves open stays
open: a month stays a month, and "a few days later" gets no day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from warlog.extract import dates_calendar as cal
from warlog.extract.dates_atoms import Atom, read_atoms
from warlog.extract.dates_grammar import grammar
from warlog.vocabulary import load

Precision = Literal["day", "range", "month", "year"]
Kind = Literal["absolute", "relative", "since", "until", "anaphoric"]


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A wording of time in a text and the days it stands for."""

    start: int
    """Offset of the wording in the text; "since", "by", "between" belong to it, "on" and "in" do not."""
    end: int
    """Offset after it: text[start:end] == self.text."""
    text: str
    """The wording, exactly as it stands."""
    date_start: str | None
    """First day, ISO 8601; None where the wording leaves it open ("by 25 May") or names no day ("days later")."""
    date_end: str | None
    """Last day, ISO 8601; None likewise."""
    precision: Precision
    """How exact the wording is."""
    kind: Kind
    """absolute: it names the day, month, year or weekday. relative: it counts from publication ("yesterday").
    since, until: open at one end. anaphoric: it counts from the day the text is telling of ("the next day")."""
    offset: int | None = None
    """Of an anaphoric span: days from the day the text is telling of; None where they cannot be said."""
    stamp: bool = False
    """A time stamp of the page or a dateline, not the time of what the sentence tells."""
    telling: bool = False
    """It stands right behind a verb of saying ("the ministry said Thursday"): when it was told, not when it happened."""


@dataclass(slots=True)
class _Reading:
    """What an atom came to."""

    first: date | None
    last: date | None
    precision: Precision
    kind: Kind = "absolute"
    offset: int | None = None


@dataclass(slots=True)
class _Frame:
    """What dates are resolved against."""

    published: date | None
    context: date | None


@cache
def _words() -> dict[str, re.Pattern[str]]:
    """The patterns of the words around dates."""
    words = load("dates")["words"]

    def alternatives(name: str) -> str:
        return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words[name], key=len, reverse=True))

    small = "|".join(map(re.escape, sorted(load("dates")["small_numbers"], key=len, reverse=True)))
    gap = r"(?:\s+(?:on|in))?(?:\s+the)?\s+"
    vague = rf"(?:(?:{alternatives('vague')})[-\s]+(?:the\s+)?)?"
    parts = alternatives("parts")
    return {
        "third": re.compile(
            "|".join(rf"(?P<{n}>(?<!\w)(?:{alternatives(n)})[-\s]+$)" for n in ("first_third", "second_third", "last_third")),
            re.I,
        ),
        "vague": re.compile(rf"(?<!\w)(?:the\s+)?(?:{alternatives('vague')})[-\s]+(?:on\s+|in\s+)?$", re.I),
        "since": re.compile(rf"(?<!\w)(?:{alternatives('since')}){gap}{vague}$", re.I),
        "until": re.compile(rf"(?<!\w)(?P<w>{alternatives('until')}){gap}{vague}$", re.I),
        "from": re.compile(rf"(?<!\w)from{gap}{vague}$", re.I),
        "between": re.compile(rf"(?<!\w)between{gap}{vague}$", re.I),
        "onward": re.compile(rf",?\s+(?:{alternatives('onward')})(?!\w)(?=[\s,.;)]|$)(?!\s+(?:the|a|an|[A-Z])\b)", re.I),
        "join": re.compile(rf"\s*(?P<w>{alternatives('joins')})\s*(?:on\s+|in\s+)?(?:the\s+)?{vague}", re.I),
        "part": re.compile(rf"(?:['’]s)?\s+(?:{parts})\b", re.I),
        "telling": re.compile(
            rf"\b(?:{alternatives('telling')})(?:\s+(?:{alternatives('told')}))?"
            r"(?:\s+(?:late|early|earlier|later))?\s+(?:on\s+|in\s+)?(?:the\s+)?$",
            re.I,
        ),
        "future": re.compile(rf"(?<!\w)(?:{alternatives('future')})(?!\w)", re.I),
        "past": re.compile(rf"(?<!\w)(?:{alternatives('past')})(?!\w)", re.I),
        "excluding": re.compile(rf"(?:{alternatives('excluding')})", re.I),
        "after": re.compile(
            rf"(?<!\w)(?P<n>\d{{1,3}}|{small}|the)\s+days?\s+(?P<w>after|before|following|prior\s+to)\s+(?:the\s+)?$",
            re.I,
        ),
    }  # fmt: skip


def find_dates(text: str, published: date | None, *, context: date | None = None) -> list[DateSpan]:
    """The dates that `text` (a sentence or a passage) tells of, in order, never overlapping.

    `published` is the day the report came out; without it only dates that name their year are found, and those that
    count from `context`. `context` is the day the text is telling of at this point, for "the next day"; without it
    such wordings that look back count from the publication, and the others get no day.
    """
    atoms = read_atoms(text)
    frame = _Frame(published, context)
    spans: list[DateSpan] = []
    index = 0
    while index < len(atoms):
        span, used = _span(text, atoms, index, frame)
        if span is not None:
            spans.append(span)
        index += used
    return spans


def date_like_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of everything in `text` that is written as a date, resolved or not; numbers in it count nothing."""
    return [(a.start, a.end) for a in read_atoms(text)]


def _span(text: str, atoms: Sequence[Atom], index: int, frame: _Frame) -> tuple[DateSpan | None, int]:
    """The date that begins with atom `index`, and how many atoms went into it."""
    atom, words = atoms[index], _words()
    before = text[max(0, atom.start - 60) : atom.start]
    future = _looks_ahead(text, atom.start)
    end, used = atom.end, 1
    reading: _Reading | None = None
    between = words["between"].search(before)
    if index + 1 < len(atoms) and (joined := _join(text, atoms[index], atoms[index + 1], between is not None, frame, future)):
        reading, used, end = joined, 2, atoms[index + 1].end
    if reading is None:
        reading = _resolve(atom, frame, future, bool(words["until"].search(before)))
    if reading is None:
        return None, used
    if used == 1 and reading.precision == "month" and (third := words["third"].search(before)):
        reading = _third(reading, third.lastgroup or "")
    part = words["part"].match(text, end)
    start = atom.start
    if part and reading.precision == "day" and atom.kind != "relative":
        end = part.end()
    back = len(before)
    listed = atom.first_day is not None
    if between and (used == 2 or listed):
        start -= back - between.start()
    elif found := words["after"].search(before) if reading.precision == "day" and used == 1 else None:
        moved = _moved(reading, found)
        if moved is not None:
            reading, start = moved, atom.start - (back - found.start())
    elif found := words["since"].search(before):
        start -= back - found.start()
        reading = _since(reading, frame, used == 2)
    elif (found := words["from"].search(before)) and (used == 2 or listed or words["onward"].match(text, end)):
        start -= back - found.start()
        if used == 1 and not listed:
            onward = words["onward"].match(text, end)
            end = onward.end() if onward else end
            reading = _since(reading, frame, False)
    elif used == 1 and (found := words["until"].search(before)) and not text.startswith(("'s", "’s"), end):
        start -= back - found.start()
        reading = _until(reading, words["excluding"].fullmatch(found["w"]) is not None)
    elif found := words["vague"].search(before):
        start -= back - found.start()
    first, last = reading.first, reading.last
    if first is not None and last is not None and first > last:
        return None, used
    return DateSpan(
        start,
        end,
        text[start:end],
        first.isoformat() if first else None,
        last.isoformat() if last else None,
        reading.precision,
        reading.kind,
        reading.offset,
        atom.stamp or _is_stamp(text, start, end),
        words["telling"].search(text, max(0, start - 80), start) is not None,
    ), used  # fmt: skip


def _third(reading: _Reading, which: str) -> _Reading:
    """ "early May", "mid-May", "late May": a third of the month."""
    first, last = reading.first, reading.last
    if first is None or last is None or first.day != 1 or (last.year, last.month) != (first.year, first.month):
        return reading
    if which == "first_third":
        last = min(last, first.replace(day=10))
    elif which == "second_third":
        first, last = first.replace(day=11), min(last, first.replace(day=20))
    elif last.day > 20:
        first = first.replace(day=21)
    return _Reading(first, last, "range", reading.kind, reading.offset) if first <= last else reading


def _is_stamp(text: str, start: int, end: int) -> bool:
    """Whether the date is a dateline ("DAMASCUS, Jan. 29 (SANA) -") or stands alone as the stamp of a page."""
    if not text[:start].strip() and not text[end:].strip(" .,;:|-0123456789()"):
        return True
    if start > 80:
        return False
    lead, rest = text[:start], text[end:]
    if re.search(r"\b(?:published|updated|posted|date of publication|last modified)(?:\s+on|\s+at)?\s*:?\s*$", lead, re.I):
        return True
    return bool(
        re.fullmatch(r"\W*[A-Z][\w'’.-]*(?:[\s/-]+[\w'’.-]+){0,3}(?:,\s*[A-Z][\w.]+(?:\s+[A-Z]\w+)?)?\s*[,(—–-]\s*", lead)
    ) and bool(re.match(r",?\s*(?:\d{4}\s*)?\)?\s*(?:\([\w .,/]{2,30}\)\s*(?:-|–|—|:)|(?:-|–|—)\s|/[\w ]+/)", rest))


def _looks_ahead(text: str, start: int) -> bool:
    """Whether a word for what is yet to come governs the date: in its clause, with no telling verb in between."""
    clause = re.split(r"[.;:!?]\s|[\"“”]|,\s+(?:the|a|an|he|she|they|it|which|who)\s", text[max(0, start - 90) : start])[-1]
    cues = list(_words()["future"].finditer(clause))
    if not cues:
        return False
    return _words()["past"].search(clause, cues[-1].end()) is None


def _join(text: str, one: Atom, two: Atom, between: bool, frame: _Frame, future: bool) -> _Reading | None:
    """The range that two neighbouring atoms make, if the words between them make one."""
    match = _words()["join"].fullmatch(text, one.end, two.start)
    part = _words()["part"].match(text, one.end)
    if match is None and part is not None:
        match = _words()["join"].fullmatch(text, part.end(), two.start)
    if match is None or one.kind == "numeric" or two.kind == "numeric":
        return None
    word = match["w"].lower()
    joining = word in ("and", "&", "/")
    if one.first_day is not None or two.first_day is not None:
        return None
    if one.kind == two.kind == "weekday" and one.weekday is not None and not one.word and two.day is None:
        last = _resolve(two, frame, future, False)
        if last is None or last.last is None or (joining and not between and ((two.weekday or 0) - one.weekday) % 7 != 1):
            return None
        first = cal.latest_weekday(one.weekday, last.last, strictly=True)
        return _Reading(first, last.last, "range") if first else None
    if one.kind not in ("day", "month", "year", "relative", "weekday", "season") or (
        joining and not between and one.kind != two.kind
    ):
        return None
    second = _resolve(two, frame, future, False)
    if second is None or second.last is None:
        return None
    if one.kind in ("day", "month") and one.year is None and one.year_shift is None and one.month is not None and not one.word:
        year = second.last.year
        first_day = cal.make(year, one.month, one.day or 1)
        if first_day is not None and first_day > second.last:
            first_day = cal.make(year - 1, one.month, one.day or 1)
        first_reading = _Reading(first_day, first_day, "day") if first_day else None
    else:
        first_reading = _resolve(one, frame, future, False)
    if first_reading is None or first_reading.first is None or first_reading.first > second.last:
        return None
    if joining and not between:
        # "on 3 and 4 May", "in January and February": a stretch only where one follows on the other
        step = first_reading.last if one.kind == "day" else cal.month_span(first_reading.first.year, first_reading.first.month)
        ends = step[1] if isinstance(step, tuple) else step
        if one.kind not in ("day", "month") or ends is None or second.first is None or (second.first - ends).days != 1:
            return None
    if word == "into" and text[one.start : one.end].lower() == "overnight":
        first_reading.first = cal.shift_days(second.last, -1)
    precision: Precision = "year" if one.kind == two.kind == "year" else "range"
    return _Reading(first_reading.first, second.last, precision, second.kind if one.kind == "relative" else "absolute")


def _since(reading: _Reading, frame: _Frame, ranged: bool) -> _Reading:
    if ranged or reading.first is None:
        return _Reading(reading.first, reading.last, reading.precision, "since" if not ranged else reading.kind, reading.offset)
    last = frame.published if frame.published is not None and frame.published >= reading.first else None
    return _Reading(reading.first, last, "range", "since")


def _until(reading: _Reading, excluding: bool) -> _Reading:
    if reading.kind == "anaphoric" and reading.offset == 0:
        return reading
    edge = reading.first if excluding else reading.last
    if edge is None:
        return reading
    return _Reading(None, cal.shift_days(edge, -1) if excluding else edge, reading.precision, "until")


def _moved(reading: _Reading, match: re.Match[str]) -> _Reading | None:
    """ "two days after 5 May"."""
    number = _number(match["n"])
    if reading.first is None or number is None:
        return None
    sign = 1 if match["w"].lower() in ("after", "following") else -1
    day = cal.shift_days(reading.first, sign * number)
    return _Reading(day, day, "day", reading.kind) if day else None


def _number(text: str) -> int | None:
    lower = re.sub(r"\s+", " ", text.lower())
    if lower == "the":
        return 1
    return int(lower) if lower.isdecimal() else grammar().small.get(lower)


def _resolve(atom: Atom, frame: _Frame, future: bool, bounded: bool) -> _Reading | None:
    """What the atom stands for; None where it cannot be told. `bounded`: "by" or "until" stands before it."""
    if atom.kind == "relative":
        return _resolve_relative(atom, frame)
    if atom.kind == "weekday":
        return _resolve_weekday(atom, frame, future)
    if atom.kind in ("day", "numeric"):
        return _resolve_day(atom, frame, future)
    if atom.kind == "monthday":
        return _resolve_monthday(atom, frame, future)
    if atom.kind == "year" and atom.year is not None:
        limit = frame.published.year + 1 if frame.published else 2100
        if atom.year > limit and not (future or bounded):
            return None
        return _from_span(cal.year_span(atom.year, atom.last_year), "year")
    if atom.kind == "months" and atom.year is not None and atom.month is not None:
        return _from_span(cal.month_span(atom.year, atom.month, atom.number or 1), "range")
    if atom.kind == "month" and atom.month is not None:
        return _resolve_month(atom, atom.month, 1, frame, future, "month")
    if atom.kind == "season":
        word, _, season = atom.word.rpartition(" ")
        month, length = grammar().seasons[season]
        year = atom.year
        if year is not None and atom.last_year is None and month + length > 13:
            # "the winter of 2016" may be either end of it: the whole year is what the wording allows
            return _from_span(cal.year_span(year), "year")
        shifted = Atom(atom.start, atom.end, "month", year=year, month=month, word=word, last_year=atom.last_year)
        return _resolve_month(shifted, month, length, frame, future, "range")
    return None


def _from_span(span: cal.Span | None, precision: Precision, kind: Kind = "absolute") -> _Reading | None:
    return _Reading(span[0], span[1], precision, kind) if span else None


def _resolve_day(atom: Atom, frame: _Frame, future: bool) -> _Reading | None:
    month, day, year = atom.month or 0, atom.day or 0, atom.year
    if year is None and atom.year_shift is not None:
        year = frame.published.year + atom.year_shift if frame.published else None
    if year is None:
        if frame.published is None and frame.context is None:
            return None
        year = cal.choose_year(month, day, frame.published, frame.context, future)
    if year is None:
        return None
    last = cal.make(year, month, day)
    if atom.kind == "numeric" and frame.published is not None:
        # 04/05/2020: day first, unless that lies ahead of the publication and month first does not
        other = cal.make(year, day, month)
        if other is not None and last is not None and last > frame.published >= other:
            last = other
    if last is None:
        return None
    if atom.first_day is None:
        return _Reading(last, last, "day")
    if atom.first_day < day:
        first = cal.make(year, month, atom.first_day)
    else:
        earlier = cal.shift_months(last.replace(day=1), -1)
        first = cal.make(earlier.year, earlier.month, atom.first_day) if earlier else None
    return _Reading(first, last, "range") if first else _Reading(last, last, "day")


def _resolve_monthday(atom: Atom, frame: _Frame, future: bool) -> _Reading | None:
    if frame.published is None:
        return None
    month = frame.published.replace(day=1)
    tries = [0, -1, -2] if not future else [0, 1, 2]
    if atom.word == "last":
        tries = [-1]
    for shift in tries:
        there = cal.shift_months(month, shift)
        day = cal.make(there.year, there.month, atom.day or 0) if there else None
        if day is not None and (atom.word == "last" or (day >= frame.published if future else day <= frame.published)):
            return _Reading(day, day, "day")
    return None


def _resolve_month(atom: Atom, month: int, length: int, frame: _Frame, future: bool, precision: Precision) -> _Reading | None:
    year, published = atom.year, frame.published
    if year is not None and atom.last_year is None and month + length > 13:
        year -= 1
    if year is None and published is not None:
        if atom.year_shift is not None:
            year = published.year + atom.year_shift
        elif atom.word == "next":
            year = published.year if month > published.month else published.year + 1
        elif atom.word == "last":
            year = published.year if month < published.month else published.year - 1
        else:
            year = cal.choose_year(month, 1, published, frame.context, future and month != published.month)
    if year is None:
        return None
    return _from_span(cal.month_span(year, month, length), precision)


def _resolve_weekday(atom: Atom, frame: _Frame, future: bool) -> _Reading | None:
    weekday, word = atom.weekday or 0, atom.word.removeprefix("the ")
    if word in ("following", "previous", "preceding"):
        anchor = frame.context
        if anchor is None:
            if word == "following" or frame.published is None:
                return _Reading(None, None, "day", "anaphoric")
            anchor = frame.published
        day = cal.next_weekday(weekday, anchor) if word == "following" else cal.latest_weekday(weekday, anchor, strictly=True)
        return _Reading(day, day, "day", "anaphoric", (day - anchor).days) if day else None
    if frame.published is None:
        return None
    if word in ("next", "coming", "this coming") or (future and word in ("", "this")):
        day = cal.next_weekday(weekday, frame.published)
        if word in ("", "this") and weekday == frame.published.weekday():
            day = frame.published
    else:
        day = cal.latest_weekday(weekday, frame.published, strictly=word == "last")
        if atom.day is not None:
            # "Friday the 13th": the latest Friday with that number
            while day is not None and day.day != atom.day and (frame.published - day).days < 800:
                day = cal.shift_days(day, -7)
    return _Reading(day, day, "day") if day else None


def _resolve_relative(atom: Atom, frame: _Frame) -> _Reading | None:
    rule = grammar().rules[atom.rule]
    anaphoric = rule["anchor"] == "context"
    kind: Kind = "anaphoric" if anaphoric else "relative"
    if rule.get("vague"):
        return _Reading(None, None, "range", kind) if frame.published or frame.context else None
    unit, number = rule["unit"], atom.number if atom.number is not None else 1
    away = rule["sign"] * number if "sign" in rule else rule.get("offset", 0)
    anchor = frame.context if anaphoric else frame.published
    exact = away if unit == "day" else 0 if unit == "hour" else None
    # "hours earlier" than what the text tells of, and nothing says when that was
    if anchor is None and anaphoric and frame.published is not None and away <= 0 and unit != "hour":
        anchor = frame.published
    if anchor is None:
        return (
            _Reading(None, None, "day" if exact is not None else "range", kind, exact) if anaphoric and frame.published else None
        )
    reading = _stretch(rule, unit, away, number, anchor, atom.weekday)
    if reading is None:
        return None
    if rule.get("rest"):
        whole = {
            "week": cal.week_span(anchor, 0),
            "month": cal.month_span(anchor.year, anchor.month),
            "year": cal.year_span(anchor.year),
        }[unit]
        reading.first, reading.last = anchor, whole[1] if whole else anchor
    reading.kind = kind
    reading.offset = exact if anaphoric else None
    return reading


def _stretch(rule: dict[str, object], unit: str, away: int, number: int, anchor: date, weekday: int | None) -> _Reading | None:
    """The days that lie `away` units from the anchor, by the shape that the rule gives."""
    if rule.get("window"):
        first: date | None
        if unit == "hour":
            first = cal.shift_days(anchor, -number // 24)
        elif unit in ("day", "week"):
            first = cal.shift_days(anchor, -number * (7 if unit == "week" else 1))
        else:
            first = cal.shift_months(anchor, -number * {"month": 1, "year": 12, "decade": 120}[unit])
        return _Reading(first, anchor, "range") if first else None
    if unit == "hour":
        day = cal.shift_days(anchor, -(number // 24)) if away < 0 else anchor
        return _Reading(day, day, "day") if day else None
    if unit == "day":
        start = cal.shift_days(anchor, away)
        through = rule.get("through")
        stop = cal.shift_days(anchor, through) if isinstance(through, int) else start
        return _Reading(start, stop, "day" if start == stop else "range") if start and stop else None
    if unit == "week" and rule.get("around"):
        middle = cal.shift_days(anchor, 7 * away)
        low, high = (cal.shift_days(middle, -3), cal.shift_days(middle, 3)) if middle else (None, None)
        return _Reading(low, high, "range") if low and high else None
    if unit == "week":
        week = cal.week_span(anchor, away)
        if week is None:
            return None
        if weekday is not None:
            day = cal.shift_days(week[0], weekday)
            return _Reading(day, day, "day") if day else None
        return _Reading(week[0], min(week[1], anchor) if away == 0 else week[1], "range")
    if unit == "weekend":
        return _from_span(cal.weekend_span(anchor, away), "range")
    if unit == "month":
        there = cal.shift_months(anchor.replace(day=1), away)
        span = cal.month_span(there.year, there.month) if there else None
        return _Reading(span[0], anchor if away == 0 else span[1], "month") if span else None
    whole = cal.year_span(anchor.year + away)
    return _Reading(whole[0], anchor if away == 0 else whole[1], "year") if whole else None
