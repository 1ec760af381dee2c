"""Reading single dates out of a text, as written and not yet resolved: "29 January", "Tuesday", "May 2016", "two days ago".

An `Atom` says what was written and where. `warlog.extract.dates` joins atoms to ranges, applies words such as
"since" and "by", and resolves them against the day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from warlog.extract.dates_grammar import Grammar, grammar

#: Texts without any of these hold no date: most sentences end here.
_ANY = re.compile(
    r"\d|day|week|month|year|hour|minute|decade|morning|night|evening|\b(?:overnight|tomorrow|yesterday|tonight)"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter|christmas)"
    r"|\b(?:moments?|recent|tue|thu|long ago|currently|presently|at present|right now|as of now)",
    re.IGNORECASE,
)
#: patterns that match nothing without a digit, and those that match nothing without a month's name
_OF_DIGITS = frozenset({"iso", "numeric", "compact", "half", "decade", "years", "year"})
_OF_MONTHS = frozenset({"compact", "days", "day", "days_us", "day_us", "month_year", "month"})
#: texts without any of these hold no relative date; its pattern has many branches and is the slowest of all
_ANY_RELATIVE = re.compile(
    r"(?<!mon)(?<!tues)(?<!wednes)(?<!thurs)(?<!fri)(?<!satur)(?<!sun)day"
    r"|week|month|year|hour|minute|decade|moment|morning|noon|evening|night|tomorrow|recent|ago(?!\w)"
    r"|currently|present|\bnow\b",
    re.IGNORECASE,
)
_BEFORE_A_DATE = re.compile(r"(?:after|before|overnight)$", re.IGNORECASE)


@dataclass(slots=True)
class Atom:
    """One date as written. `kind` says which of the other fields hold it."""

    start: int
    end: int
    kind: str  # day, month, year, weekday, monthday, season, relative
    year: int | None = None
    month: int | None = None
    day: int | None = None
    first_day: int | None = None  # "27-28 January": 27; greater than `day` if it lies in the month before
    weekday: int | None = None
    word: str = ""  # last, next, this, following, previous; name of the season
    number: int | None = None  # of a relative phrase
    rule: int = -1  # index in the relative phrases
    last_year: int | None = None  # "2015-16", "the 1990s", "last year" after a day and month: offset of years
    year_shift: int | None = None
    stamp: bool = False  # a time stamp or dateline of the page, not of what it tells


def read_atoms(text: str) -> Sequence[Atom]:
    """The dates written in `text`, left to right, not overlapping; of two readings the earlier and longer one."""
    return _read(text) if _ANY.search(text) else ()


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[Atom, ...]:
    """The same for a text that can hold dates; a sentence is asked for its dates and, for its figures, again at once."""
    found = sorted(_candidates(text), key=lambda a: (a.start, -(a.end - a.start)))
    kept: list[Atom] = []
    for atom in found:
        if atom.kind == "relative" and _BEFORE_A_DATE.search(text, atom.start, atom.end) and _leads(text, atom, found):
            continue
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
    return tuple(kept)


def _leads(text: str, atom: Atom, atoms: Sequence[Atom]) -> bool:
    """Whether another date follows at once: "the day after" of "the day after Monday" is no date by itself."""
    gap = re.compile(r"\s+(?:on\s+)?(?:the\s+)?").match(text, atom.end)
    return gap is not None and any(other.start in (gap.end(), atom.end + 1) for other in atoms)


@cache
def _month_starts() -> frozenset[str]:
    """How the names of months begin."""
    return frozenset(name[:3] for name in grammar().months)


def _can_hold(text: str) -> Callable[[str], bool]:
    """Whether a text has what a pattern needs at the least: most have no digit, or no month, and need not be searched."""
    digit = any(c.isdecimal() for c in text)
    # letters that a pattern in any case takes for an i, a k or an s are none of them in lower case
    folded = text.casefold().replace("ı", "i")
    month = any(start in folded for start in _month_starts())
    return lambda name: (digit or name not in _OF_DIGITS) and (month or name not in _OF_MONTHS)


def _candidates(text: str) -> Iterator[Atom]:
    g = grammar()
    can_hold = _can_hold(text)
    for name, pattern in g.patterns:
        if not can_hold(name):
            continue
        position = 0
        while match := pattern.search(text, position):
            atom = _READERS[name](match, text, g)
            if atom is not None:
                yield atom
            # after a reading that was turned down, what stands further right in it may be a date by itself
            position = match.end() if atom is not None and match.end() > match.start() else match.start() + 1
    if _ANY_RELATIVE.search(text):
        for match in g.relative.finditer(text):
            yield _relative(match, g)


def _relative(match: re.Match[str], g: Grammar) -> Atom:
    groups = {k: v for k, v in match.groupdict().items() if v is not None}
    rule = next(int(k[1:]) for k in groups if re.fullmatch(r"r\d+", k))
    number: int | None = None
    weekday: int | None = None
    for key, value in groups.items():
        if key.startswith(f"n{rule}_"):
            number = int(value) if value.isdecimal() else g.small[re.sub(r"\s+", " ", value.lower())]
        elif key == f"wd{rule}":
            weekday = g.weekdays[value.lower()]
    return Atom(match.start(), match.end(), "relative", number=number, weekday=weekday, rule=rule)


def _day_number(text: str, g: Grammar) -> int:
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits.group())
    return g.ordinals[re.sub(r"\s+", "-", text.strip().lower())]


def _year_number(text: str | None) -> int | None:
    if text is None:
        return None
    if text[0] in "'’":
        return two_digit_year(int(text[1:]))
    return int(text)


def two_digit_year(number: int) -> int:
    """The year meant by two digits: 69 to 99 are of the last century."""
    return number + (1900 if number >= 69 else 2000)


def _shift(word: str | None) -> int | None:
    if word is None:
        return None
    return {"last": -1, "this": 0, "next": 1}[word.split()[-1].lower()]


def _month(match: re.Match[str], g: Grammar, dated: bool) -> int | None:
    """The month named, or None where the word is the verb or the name. `dated`: a year stands beside it."""
    word = match["m"].rstrip(".")
    lower = word.lower()
    if lower in ("may", "march", "mar", "dec", "jan", "sept") and not word[0].isupper() and not dated:
        return None
    return g.months.get(lower)


def _follows(text: str, end: int) -> str:
    """The word right after `end`, or '' where punctuation or nothing comes."""
    match = re.match(r"\s+([A-Za-z]+)", text[end : end + 40])
    return match[1] if match else ""


def _counts_something(text: str, end: int, g: Grammar) -> bool:
    """Whether the number ending at `end` counts the noun after it ("in May 27 people")."""
    word = _follows(text, end)
    return bool(word) and word[0].islower() and word not in g.function_words


def _is_name(match: re.Match[str], text: str, g: Grammar) -> bool:
    """Whether a day and month are part of a name: "14 February Brigade", "the 30 March movement"."""
    return g.named_after.match(text, match.end()) is not None and not re.search(
        r"\b(?:on|since|by|until|from)\s+$", text[: match.start()][-8:], re.I
    )


def _trim(match: re.Match[str]) -> int:
    """End of the match without a closing bracket or stop that the span does not open."""
    end = match.end()
    if match.group().endswith(")") and "(" not in match.group():
        end -= 1
    return end


def _iso(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    return Atom(match.start(), match.end(), "day", year=int(match["y"]), month=int(match["m"]), day=int(match["d"]))


def _numeric(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    a, b = int(match["a"]), int(match["b"])
    year = int(match["y"]) if len(match["y"]) == 4 else two_digit_year(int(match["y"]))
    if not (1 <= a <= 31 and 1 <= b <= 31) or (a > 12 and b > 12):
        return None
    if len(match["y"]) == 2 and match["sep"] == "-":
        return None  # 10-12-14 is a score or a count as often as a date
    # `first_day` keeps the number that would be the month, so that resolving can swap the two
    day, month = (a, b) if b <= 12 else (b, a)
    swapped = b <= 12 and a <= 12 and a != b and match["sep"] == "/"
    return Atom(
        match.start(),
        match.end(),
        "numeric" if swapped else "day",
        year=year,
        month=month,
        day=day,
        stamp=match["upd"] is not None,
    )


def _compact(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    year, month = int(match["y"]), g.months.get(match["m"].lower())
    if month is None:
        return None
    return Atom(
        match.start(),
        match.end(),
        "day",
        year=year if year > 99 else two_digit_year(year),
        month=month,
        day=int(match["d"]),
    )


def _day(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    year = _year_number(match["year"])
    month = _month(match, g, year is not None)
    if month is None or (year is None and _is_name(match, text, g)):
        return None
    day = _day_number(match["d"], g)
    # "killed 12 March on ..." cannot be told apart; "a second March on" can: a spelled ordinal wants "of" or a year
    if (
        not match["d"][0].isdigit()
        and year is None
        and not re.search(r"\bof\b", match.group())
        and not re.search(r"\bthe\s+$", text[: match.start()][-5:])
    ):
        return None
    return Atom(match.start(), _trim(match), "day", year=year, month=month, day=day, year_shift=_shift(match["shift"]))


def _days(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    atom = _day(match, text, g)
    if atom is None:
        return None
    atom.first_day = _day_number(match["first"], g)
    if (
        atom.day is not None
        and atom.first_day >= atom.day
        and not re.search(r"[-–—]|\bto\b|\buntil\b|\btill\b|\bthrough\b", match.group())
    ):
        return None
    return atom


def _day_us(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    year = _year_number(match["year"])
    month = _month(match, g, year is not None)
    if month is None or (year is None and _is_name(match, text, g)):
        return None
    word = match["m"].lower()
    if word.rstrip(".") == "may" and not match["m"][0].isupper():
        return None
    last = match.end("d")
    led = re.search(r"\b(?:in|since|during|of|by|until)\s+$", text[: match.start()][-10:], re.I)
    if year is None and led and _counts_something(text, last, g):
        return None  # "in January 27 civilians": a month and a count
    if not match["d"][0].isdigit() and year is None and not re.search(r"\bthe\b", match.group()):
        return None
    return Atom(
        match.start(),
        _trim(match),
        "day",
        year=year,
        month=month,
        day=_day_number(match["d"], g),
        year_shift=_shift(match["shift"]),
    )


def _days_us(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    atom = _day_us(match, text, g)
    if atom is None or (
        atom.year is None and _counts_something(text, match.end("d"), g) and re.search(r"\band\b", match.group())
    ):
        return None
    atom.first_day = _day_number(match["first"], g)
    if atom.day is not None and atom.first_day >= atom.day:
        return None  # "January 27-15" is no range
    return atom


def _month_year(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    month = _month(match, g, True)
    if month is None:
        return None
    return Atom(
        match.start(), match.end(), "month", year=_year_number(match["year"]), month=month, year_shift=_shift(match["shift"])
    )


def _bare_month(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    """A month by itself needs a word that shows it to be one."""
    month = g.months.get(match["m"].lower())  # without regard to case "Aprıl" matches, and is none
    if month is None:
        return None
    before, word = text[: match.start("m")], (match["word"] or "").strip().lower()
    if not match["m"][0].isupper() and match["m"].lower() in ("may", "march", "august"):
        return None
    if g.named_before.search(before[-20:]):
        return None
    number = re.match(r"\s+\d+|-\w*\s*\d+|\s*['’]\d+", text[match.end() :])
    # "January 27" is read elsewhere, unless the number counts what comes after it
    if not word and number is not None and not _counts_something(text, match.end() + number.end(), g):
        return None
    if g.named_after.match(text, match.end()):
        return None
    if not word and not g.bare_lead.search(before[-40:]):
        return None
    if match["m"].lower() in ("may", "march", "april", "june", "august") and not word:
        # names of persons and verbs too: after such words only where no person can be meant
        loose = re.search(r"\b(?:by|from|of|to|and|after|before|for|about|around|through)\s+$", before[-10:], re.I)
        ranged = re.match(r"\s*(?:to|until|through|onwards?)\b|\s*[-–]\s*[A-Z]", text[match.end() :])
        if g.month_before.search(before[-25:]):
            loose = None  # "from January through May"
        stopped = re.match(r"\s*(?:and|or|[,.;:)]|$)", text[match.end() :])
        if loose and not ranged and (match["m"].lower() == "may" or not stopped) and not g.year_part.search(before[-30:]):
            return None
    return Atom(match.start() if word else match.start("m"), match.end(), "month", month=month, word=word)


def _season(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    word = re.sub(r"\s+", " ", (match["word"] or "").lower())
    year = _year_number(match["year"])
    if year is None and word not in ("last", "this", "next", "this past"):
        return None
    last = match["last"]
    last_year = None
    if last is not None and year is not None:
        last_year = int(last) if len(last) == 4 else year // 100 * 100 + int(last)
        if last_year != year + 1:
            last_year = None
    return Atom(match.start(), match.end(), "season", year=year, last_year=last_year, word=f"{word} {match['s'].lower()}".strip())


def _weekday(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    if match["wd"].lower() in ("tues", "thurs", "thur") and not match["wd"][0].isupper():
        return None
    if g.named_before.search(text[: match.start()][-20:]) and match["wd"][0].isupper():
        return None
    if g.newspapers.match(text, match.end()):
        return None
    word = re.sub(r"\s+", " ", (match["word"] or "").strip().lower())
    day = int(match["d"]) if match["d"] else None
    if day is not None and not 1 <= day <= 31:
        return None
    return Atom(match.start(), match.end(), "weekday", weekday=g.weekdays[match["wd"].lower()], word=word, day=day)


def _monthday(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    word = "last" if match["of"] and "last" in match["of"].lower() else ""
    return Atom(match.start("d"), match.end(), "monthday", day=_day_number(match["d"], g), word=word)


def _holiday(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    if not match["h"][0].isupper():
        return None
    month, day = g.holidays[re.sub(r"\s+", " ", match["h"].lower())]
    return Atom(match.start(), match.end(), "day", month=month, day=day)


def _half(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    which = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}[match["q"].lower()]
    if match["unit"].lower() == "half":
        if which == 3:
            return None
        return Atom(
            match.start(), match.end(), "months", year=_year_number(match["year"]), month=1 if which == 1 else 7, number=6
        )
    return Atom(match.start(), match.end(), "months", year=_year_number(match["year"]), month=3 * which - 2, number=3)


def _decade(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    year = int(match["y"])
    return Atom(match.start("y"), match.end(), "year", year=year, last_year=year + 9)


def _years(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    year, last = int(match["y"]), match["last"]
    last_year = int(last) if len(last) == 4 else year // 100 * 100 + int(last)
    if last_year <= year or last_year - year > 60 or _counts_something(text, match.end(), g):
        return None
    if not g.bare_lead.search(text[: match.start()][-40:]) and text[: match.start()][-1:] != "(":
        return None
    return Atom(match.start(), match.end(), "year", year=year, last_year=last_year)


def _bare_year(match: re.Match[str], text: str, g: Grammar) -> Atom | None:
    """A year by itself needs a word that shows it to be one, and nothing behind it that it could count."""
    before = text[: match.start()]
    further = re.compile(r"\s*(?:to|and|or|-|–)\s*\d[\d,]*").match(text, match.end())
    if further is not None and _counts_something(text, further.end(), g):
        return None  # "from 1900 to 2000 fighters"
    bracketed = before[-1:] == "(" and text[match.end() : match.end() + 1] == ")"
    if not bracketed and (not g.bare_lead.search(before[-40:]) or _counts_something(text, match.end(), g)):
        return None
    if re.search(r"\b(?:and|to|of|for|about|around|this|each|every|last|next|past)\s+$", before[-8:], re.I) and not (
        re.search(r"\b(?:1[89]|20)\d\d\s+(?:and|to)\s+$", before[-12:], re.I) or g.year_part.search(before[-30:])
    ):
        return None
    return Atom(match.start(), match.end(), "year", year=int(match["y"]))


_READERS = {
    "iso": _iso,
    "numeric": _numeric,
    "compact": _compact,
    "days": _days,
    "day": _day,
    "days_us": _days_us,
    "day_us": _day_us,
    "month_year": _month_year,
    "month": _bare_month,
    "season": _season,
    "weekday": _weekday,
    "monthday": _monthday,
    "holiday": _holiday,
    "half": _half,
    "decade": _decade,
    "years": _years,
    "year": _bare_year,
}
