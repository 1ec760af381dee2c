"""The patterns by which single dates are found, built once from `vocab/dates.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from warlog.vocabulary import load


def _alternatives(words: Any) -> str:
    """Words as one regex alternative, longest first, spaces loose."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@dataclass(slots=True)
class Grammar:
    """The compiled patterns, made once from the vocabulary."""

    patterns: list[tuple[str, re.Pattern[str]]]
    relative: re.Pattern[str]
    rules: list[dict[str, Any]]
    months: dict[str, int]
    weekdays: dict[str, int]
    ordinals: dict[str, int]
    small: dict[str, int]
    holidays: dict[str, list[int]]
    seasons: dict[str, list[int]]
    named_after: re.Pattern[str]
    named_before: re.Pattern[str]
    newspapers: re.Pattern[str]
    function_words: frozenset[str]
    bare_lead: re.Pattern[str]
    month_before: re.Pattern[str]
    year_part: re.Pattern[str]


@cache
def grammar() -> Grammar:
    """The date patterns, built from `vocab/dates.toml`."""
    vocab = load("dates")
    words = vocab["words"]
    months: dict[str, int] = vocab["months"]
    full = [m for m in months if len(m) > 4 or m in ("may", "june", "july")]
    weekdays: dict[str, int] = {**vocab["weekdays"], **vocab["short_weekdays"]}
    ordinals: dict[str, int] = vocab["ordinals"]
    small: dict[str, int] = vocab["small_numbers"]
    spelled = _alternatives(ordinals).replace(r"\-", r"[-\s]")
    short = _alternatives(m for m in months if m not in full)
    # a stop after a full name ends the sentence, unless a day and year come after it ("May. 1, 2000")
    dotted = r"\.(?=\s*\d{1,2}(?:st|nd|rd|th)?,?\s+(?:1[89]|20)\d\d)"
    month = (
        rf"(?:(?:{_alternatives(m for m in full if len(m) <= 4)}){dotted}|(?:{_alternatives(full)})(?:\b|(?=\d))"
        rf"|(?:{short})(?:\.(?=\s|\d|,|-|/)|\b|(?=\d)))"
    )
    digits = r"(?:3[01]|[12]\d|0?[1-9])"
    number = rf"(?:{digits}(?:st|nd|rd|th)?|{spelled})"
    year = r"(?:(?:1[89]|20)\d\d(?!\d|\.\d|,\d{3}|\s*(?:hours|hrs|hr|h|local|GMT|UTC)\b)|['’]\d\d\b)"
    # "19 September last year", "in August this year", "of the same year"
    shifted = r"(?P<shift>last|this|next|of\s+last|of\s+this)\s+year\b"
    wd = rf"(?:(?:(?:{_alternatives(vocab['weekdays'])})\b|(?:{_alternatives(vocab['short_weekdays'])})\b\.?),?\s+(?:the\s+)?)?"
    tail = rf"(?:(?:,?\s*\(?|,?\s+of\s+|-|/)(?P<year>{year})\)?|,?\s+{shifted})?"
    join = r"\s*(?:-|–|—|/|\bto\b|\buntil\b|\btill\b|\bthrough\b|\band\b|&|\bor\b)\s*(?:the\s+)?"
    lists = rf"(?P<first>{number})(?:\s*,\s*{number}(?!\w))*,?{join}"
    stamp_before = r"(?:\d{4}|\d{1,2}[:.]\d{2})\s+"
    updated = r"(?:\s*\(\s*updated:?\s+(?:\d{1,2}:?\d{2}\s+)?\d{1,2}[./]\d{1,2}[./]\d{4}(?:\s+\d{1,2}:?\d{2})?\s*\))"
    bare_months = _alternatives(full)
    flags = re.IGNORECASE
    short_months = _alternatives(m for m in months if len(m) <= 4)
    full_year = r"(?:1[89]|20)\d\d"
    end_of_number = r"(?![\w:%]|\.\d|,\d{3})"
    seasons, weekday_names = _alternatives(vocab["seasons"]), _alternatives(vocab["weekdays"])
    not_in_number = r"(?<![\w./:$€£-])"
    this_month = r"of\s+(?:this|last|the)\s+month"
    patterns = [
        # 2020-01-29, with a time of day behind it
        (
            "iso",
            rf"(?<![\w.-])(?P<y>{full_year})(?P<sep>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>{digits})(?![\d-])"
            r"(?:T\d\d:?\d\d[\d:.]*Z?)?",
        ),
        # 29.01.2020, 1/29/2020, and the stamp "1735 15.04.2017(updated 2033 15.04.2017)"
        (
            "numeric",
            rf"(?<![\w./-])(?:{stamp_before})?(?P<a>\d\d?)(?P<sep>[./-])(?P<b>\d\d?)(?P=sep)"
            rf"(?P<y>{full_year}|\d\d(?=[^\w./-]|$|\.(?:\s|$)))(?![\d/-])(?P<upd>{updated})?",
        ),
        # 29-Jan-2020, 29Jan20
        (
            "compact",
            rf"(?<![\w.-])(?P<d>{digits})[-/]?(?P<m>{short_months})[-/]?(?P<y>{full_year}|(?<=[-/])\d\d|\d\d(?!\d|:))(?![\w])",
        ),
        ("days", rf"(?<![\w./,:$€£-]){wd}{lists}(?P<d>{number})(?:\s+of)?\s*-?\s*(?P<m>{month}){tail}"),
        ("day", rf"{not_in_number}{wd}(?P<d>{number})(?:\s+(?:day\s+)?of)?(?:\s*|-)(?P<m>{month}){tail}"),
        ("days_us", rf"\b{wd}(?P<m>{month})\s*(?:the\s+)?{lists}(?P<d>{number}){end_of_number}{tail}"),
        ("day_us", rf"\b{wd}(?P<m>{month})\s*-?\s*(?:the\s+)?(?P<d>{number}){end_of_number}{tail}"),
        ("month_year", rf"\b(?P<m>{month})(?:,?\s+(?:of\s+)?|\s*-\s*|\s*/\s*)(?:(?P<year>{year})|{shifted})"),
        ("month", rf"\b(?P<word>(?:last|next|this|this\s+past)\s+)?(?P<m>{bare_months})\b"),
        (
            "season",
            rf"\b(?P<word>last|this|next|this\s+past|the|in|early|late|mid)?[-\s]*(?P<s>{seasons})(?:\s+of)?"
            rf"(?:\s+(?P<year>{year})(?:\s*[-–/]\s*(?P<last>\d\d(?:\d\d)?))?)?\b",
        ),
        (
            "weekday",
            r"\b(?P<word>(?:last|next|this(?:\s+(?:past|coming))?|past|(?:the\s+)?(?:following|previous|preceding|coming|next))\s+)?"
            rf"(?P<wd>{weekday_names}|(?:tues|thurs|thur)(?=\.?\s|\.?$))(?:\s+the\s+(?P<d>\d\d?)(?:st|nd|rd|th))?\b",
        ),
        (
            "monthday",
            rf"\b(?:on|by|since|until|from)\s+the\s+(?P<d>{digits}(?:st|nd|rd|th)|{spelled})"
            rf"(?=\s*(?:[,;:)]|\.(?:\s|$)|$|{this_month}))(?P<of>\s+{this_month})?",
        ),
        ("holiday", rf"\b(?P<h>{_alternatives(vocab['holidays'])})\b"),
        ("half", rf"\b(?P<q>first|second|third|fourth|last|final)\s+(?P<unit>quarter|half)\s+of\s+(?P<year>{year})"),
        ("decade", r"\b(?:the|in|mid|late|early)[-\s]+(?P<y>(?:1[89]|20)\d0)['’]?s\b"),
        ("years", rf"{not_in_number}(?P<y>{full_year})\s*[-–—/]\s*(?P<last>{full_year}|\d\d)(?![\w/-]|\.\d|\s*%)"),
        ("year", rf"(?<![\w./:$€£,-])(?P<y>{full_year})(?![\w/%:]|\.\d|,\d{{3}})"),
    ]
    vague = _alternatives(w for w in words["vague"] if "of" not in w.split()[-1:])
    relative = []
    for index, rule in enumerate(vocab["relative"]):
        text = (
            str(rule["pattern"])
            .replace("{part}", _wrap(_alternatives(words["parts"])))
            .replace("{vague}", rf"(?:(?:{vague})[-\s]+)?")
        )
        count = 0
        while "{n}" in text:
            text = text.replace("{n}", rf"(?P<n{index}_{count}>\d{{1,3}}|{_alternatives(small)})", 1)
            count += 1
        text = text.replace("{wd}", rf"(?P<wd{index}>{_alternatives(vocab['weekdays'])})")
        relative.append(rf"(?P<r{index}>{text.replace(' ', r'[ ]+')})")
    named = _alternatives(words["named_after"])
    leads = _alternatives([*words["prepositions"], *words["since"], *words["until"], *words["vague"]])
    return Grammar(
        patterns=[(name, re.compile(pattern, flags)) for name, pattern in patterns],
        relative=re.compile(r"(?<![\w-])(?:" + "|".join(relative) + r")(?!\w)", flags),
        rules=vocab["relative"],
        months=months,
        weekdays=weekdays,
        ordinals=ordinals,
        small=small,
        holidays=vocab["holidays"],
        seasons=vocab["seasons"],
        named_after=re.compile(rf"\s+(?:[A-Z][\w'’-]*\s+){{0,2}}(?:{named})\b"),
        named_before=re.compile(rf"(?:{_alternatives(words['named_before'])})\s+$"),
        newspapers=re.compile(rf"\s+(?:{_alternatives(words['newspapers'])})\b"),
        function_words=frozenset(words["function_words"]),
        bare_lead=re.compile(rf"(?:^|[^\w])(?:{leads})[-\s]+(?:the\s+)?$", flags),
        month_before=re.compile(rf"\b(?:{bare_months})\s+(?:to|through|until|and|or)\s+$", flags),
        year_part=re.compile(rf"\b(?:{_alternatives(words['year_parts'])})(?:\s+of)?\s+$", flags),
    )


def _wrap(alternatives: str) -> str:
    return f"(?:{alternatives})"
