"""Figures in sentences: every wording that counts something, as the lowest and highest number it allows.

"at least 40" is 40 and open, "more than 40" is 41 and open, "up to 200" is open and 200, "13-15" is 13 to 15, "dozens" is
12 and open. Dates, times, ages, distances, calibres and names of units are no figures; they are left out, or given with
the `unit` they measure when asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from warlog.extract.dates_atoms import read_atoms
from warlog.extract.numbers_people import demonyms, is_person
from warlog.vocabulary import load


@dataclass(frozen=True, slots=True)
class Figure:
    """A wording that counts."""

    start: int
    """Offset in the text, bounds such as "at least" included."""
    end: int
    """Offset after it: text[start:end] == self.text."""
    text: str
    """The wording, exactly as it stands."""
    low: int | None
    """Lowest number it allows; None if open."""
    high: int | None
    """Highest number it allows; None if open."""
    vague: bool
    """It names no number ("several", "dozens")."""
    unit: str | None = None
    """None for a count; what else the number is: percentage, distance, calibre, weight, area, money, time, age, speed,
    temperature, rank, times, date or name."""


@dataclass(slots=True)
class _Patterns:
    figure: re.Pattern[str]
    number: re.Pattern[str]
    bounds: dict[str, str]
    amounts: list[tuple[re.Pattern[str], int | None, int | None]]
    measures: list[tuple[str, re.Pattern[str]]]
    more: re.Pattern[str]
    less: re.Pattern[str]
    age_before: re.Pattern[str]
    numbered: frozenset[str]
    free: frozenset[str]
    money: tuple[str, ...]


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", r"\s+")


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


def _measure(kind: str, units: list[str]) -> re.Pattern[str]:
    """What follows a number that measures: "-year-old", " km", "%"."""
    alternatives = "|".join(_spaced(w) if w[0].isalpha() else re.escape(w) for w in units)
    return re.compile(rf"-?\s*(?:{alternatives})" + (r"\b" if kind == "rank" else r"(?!\w)"), re.I)


@cache
def _patterns() -> _Patterns:
    vocab = load("numbers")
    cardinals, scales = _any_of(list(vocab["cardinals"])), _any_of(list(vocab["scales"]))
    plain = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
    scaled = rf"{plain}(?:[\s-]+(?:{scales})\b)?"
    spelled = (
        rf"(?:half\s+an?\s+(?:{scales})|(?:an?\s+)?(?:{scales})(?!s)(?:\s+and\s+a\s+half)?|(?:{cardinals}))"
        rf"(?:(?:\s+and\s+|[\s-]+)(?:{cardinals}|{scales}))*"
    )
    number = rf"(?:{scaled}(?![\d])|\b{spelled}\b)"
    bounds = {word: kind for kind in ("at_least", "more_than", "at_most", "less_than", "exact") for word in vocab["bounds"][kind]}
    lead = rf"(?:(?<![\w-])(?P<bounds>(?:(?:{_any_of(list(bounds))})[\s]+)+)|~\s*)?"
    ranged = r"(?:\s*[-–—]\s*|\s+to\s+|\s+and\s+(?:as\s+many\s+as|up\s+to|at\s+most)\s+|\s+or\s+(?:even\s+)?|\s+and\s+)"
    amounts = "|".join(f"(?:{_spaced(a['pattern'])})" for a in vocab["amounts"])
    figure = (
        rf"{lead}(?:(?P<between>\bbetween|\bfrom|\banywhere\s+(?:between|from))\s+)?"
        rf"(?:(?<![\w.,])(?P<a>{number})(?:(?P<join>{ranged})(?P<b>{number}))?|(?<![\w-])(?P<amount>{amounts})(?![\w-]))"
    )
    measures = [(kind, _measure(kind, words)) for kind, words in sorted(vocab["measures"].items(), key=lambda kv: kv[0] != "age")]
    words = vocab["measure_words"]
    return _Patterns(
        figure=re.compile(figure, re.I),
        number=re.compile(number, re.I),
        bounds=bounds,
        amounts=[(re.compile(_spaced(a["pattern"]), re.I), a.get("low"), a.get("high")) for a in vocab["amounts"]],
        measures=measures,
        more=re.compile(r"\s*(?:" + "|".join(_spaced(w) for w in vocab["bounds"]["or_more"]) + r")(?!\w)", re.I),
        less=re.compile(r"\s+(?:" + "|".join(_spaced(w) for w in vocab["bounds"]["or_less"]) + r")(?!\w)", re.I),
        age_before=re.compile(rf"\b(?:{_any_of(words['age_before'])})\s+(?:between\s+)?(?:\d+\s+(?:and|to)\s+)?$", re.I),
        numbered=frozenset(words["numbered"]),
        free=frozenset(words["free"]),
        money=tuple(words["money_signs"]),
    )


def find_figures(text: str, *, measures: bool = False) -> list[Figure]:
    """The figures of `text`, in order, never overlapping; with `measures` also the numbers that count nothing."""
    dates = [(a.start, a.end) for a in read_atoms(text)]
    found = []
    for figure in _scan(text, dates):
        if figure.unit is None or measures:
            found.append(figure)
    return found


def article_one(text: str, start: int) -> Figure | None:
    """The figure 1 of an article ("a soldier", "another child") that begins at `start`, if a person follows within
    five words and nothing but words that can describe him stand between; else None.
    """
    match = re.compile(r"(?:an?|another|one)\s+(?=((?:[\w'’-]+\s+){0,4}[\w'’-]+))", re.I).match(text, start)
    if match is None:
        return None
    described = match[1].split()
    stops = load("numbers")["toll_words"]["stops"]
    for index, word in enumerate(described):
        lower = word.lower()
        follow = described[index + 1].lower() if index + 1 < len(described) else ""
        if is_person(lower, plural=False) or (word in demonyms() and (not follow or follow in stops or follow in ("and", "or"))):
            return Figure(start, match.end(), text[start : match.end()].rstrip(), 1, 1, False)
        if lower in stops or lower in ("and", "of", "the"):
            return None
    return None


def number_value(text: str) -> int | None:
    """The whole number that digits or number words stand for ("1,200", "5 thousand", "a hundred and twenty"), or None."""
    words = re.sub(r"\s+", " ", text.strip().lower())
    match = re.fullmatch(r"(\d[\d,\u00a0\u202f ]*(?:\.\d+)?)(?:[ -]+([a-z]+))?", words)
    scales: dict[str, int] = load("numbers")["scales"]
    if match:
        digits = re.sub(r"[,\u00a0\u202f ]", "", match[1])
        if len(digits) > 15 or (match[2] and match[2] not in scales):
            return None
        factor = scales[match[2]] if match[2] else 1
        whole, _, part = digits.partition(".")
        if not part:
            return int(whole) * factor
        value, rest = divmod(int(whole + part) * factor, 10 ** len(part))
        return value if rest == 0 else None
    value, used = _spelled(re.findall(r"[a-z]+", words))
    return value if used == len(re.findall(r"[a-z]+", words)) and used else None


def _spelled(words: list[str]) -> tuple[int, int]:
    """Value of the longest run of number words at the start, and how many words it takes."""
    vocab = load("numbers")
    cardinals: dict[str, int] = vocab["cardinals"]
    scales: dict[str, int] = vocab["scales"]
    if words[:2] in (["half", "a"], ["half", "an"]) and len(words) > 2 and words[2] in scales:
        return scales[words[2]] // 2, 3
    total = current = used = 0
    smallest = 10**12
    index = 1 if words and words[0] in ("a", "an") and len(words) > 1 and words[1] in scales else 0
    current = 1 if index else 0
    while index < len(words):
        word = words[index]
        if word == "and" and used and index + 1 < len(words) and words[index - 1] in scales:
            if words[index + 1 :][:2] == ["a", "half"]:
                return total + current + scales[words[index - 1]] // 2, index + 3
            if words[index + 1] in cardinals:
                index += 1
                continue
            break
        if word in cardinals:
            value = cardinals[word]
            room = (
                100
                if current % 1000 == 0 or current % 100 == 0
                else 10
                if value < 10 and current % 10 == 0 and current % 100 >= 20
                else 0
            )
            if current and (value >= room or (current < 100 and not (value < 10 and current >= 20 and current % 10 == 0))):
                break
            current += value
        elif word in scales:
            factor = scales[word]
            if factor <= 100:
                if current >= factor and factor != 12 and factor != 20 and used:
                    break
                current = max(current, 1) * factor
            else:
                if factor >= smallest:
                    break
                total += max(current, 1) * factor
                smallest, current = factor, 0
        else:
            break
        index += 1
        used = index
    return total + current, used


def _scan(text: str, dates: list[tuple[int, int]]) -> Iterator[Figure]:
    patterns = _patterns()
    position = 0
    while match := patterns.figure.search(text, position):
        amount = match["amount"]
        if amount is not None:
            figure = _amount(text, match, patterns)
            position = figure.end if figure else match.end("amount")
            if figure is not None:
                yield figure
            continue
        figure = _counted(text, match, patterns, dates)
        position = max(figure.end if figure else match.end("a"), match.start() + 1)
        if figure is not None:
            yield figure


def _amount(text: str, match: re.Match[str], patterns: _Patterns) -> Figure | None:
    wording = match["amount"]
    low: int | None = None
    high: int | None = None
    for pattern, lowest, highest in patterns.amounts:
        if pattern.fullmatch(wording):
            low, high = lowest, highest
            break
    after = text[match.end() :]
    if high == 0 and (
        re.match(r"\s+(?:longer|more|doubt|fewer|less|matter|way|means|need|fly|fire|sign|reason|\d)\b|[.]\s*\d|-", after, re.I)
        or not re.match(r"[\s,.;]", after or " ")
    ):
        return None
    if re.match(
        r"\s+(?:hours|minutes|days|weeks|months|years|times|kilomet|miles|met(?:er|re)s|km\b|%|percent|per cent|dollars|decades)",
        after,
        re.I,
    ):
        return Figure(match.start(), match.end(), match.group(), low, high, True, "time")
    return Figure(match.start(), match.end(), match.group(), low, high, high is None)


def _counted(text: str, match: re.Match[str], patterns: _Patterns, dates: list[tuple[int, int]]) -> Figure | None:
    first_text, second_text, join = match["a"], match["b"], (match["join"] or "").strip().lower()
    first, first_end = _leading_value(first_text)
    if first is None:
        return None
    end = match.start("a") + first_end
    second: int | None = None
    whole = first_end == len(first_text)
    if second_text is not None and whole and (join != "and" or match["between"] is not None):
        second, length = _leading_value(second_text)
        if second is not None:
            shared = re.search(r"[a-z]+$", second_text[:length], re.I)
            factor = load("numbers")["scales"].get(shared[0].lower()) if shared else None
            if factor and first < factor and first * factor <= second and not re.search(r"[a-z]{5,}", first_text):
                first *= factor
            if second > first and not _dated(dates, match.start("b"), match.end("b")):
                end = match.start("b") + length
            else:
                second = None
    if second is None and match["between"] is not None and not whole:
        # "between four and seven": the words of the two numbers could be those of one
        rest = re.match(r"(\s+and\s+)(\S.*)", first_text[first_end:])
        other, length = _leading_value(rest[2]) if rest else (None, 0)
        if rest is not None and other is not None and other > first:
            second, end = other, end + len(rest[1]) + length
    start = match.start("a")
    unit = _unit(text, match.start("a"), end, patterns, dates)
    low: int | None = first
    high: int | None = second if second is not None else first
    kind = _bound(match["bounds"], patterns)
    if match["bounds"]:
        # "the" and "another" are passed over, not part of the figure
        start = match.start("bounds") + _skipped(match["bounds"])
    if match["between"] and second is not None and not match["bounds"]:
        start = match.start("between")
    if kind == "at_least":
        high = second if join.startswith("and ") else None
    elif kind == "more_than":
        low, high = first + 1, None
    elif kind == "at_most":
        low, high = None, second if second is not None else first
    elif kind == "less_than":
        low, high = None, max((second if second is not None else first) - 1, 0)
    elif second is None and unit is None:
        if more := patterns.more.match(text, end):
            high, end = None, more.end()
        elif less := patterns.less.match(text, end):
            low, end = None, less.end()
    return Figure(start, end, text[start:end], low, high, False, unit)


def _leading_value(text: str) -> tuple[int | None, int]:
    """Value of the number at the start of `text` and its length; spelled numbers may take only some of the words."""
    value = number_value(text)
    if value is not None:
        return value, len(text)
    words = list(re.finditer(r"[a-z]+", text, re.I))
    if text[:1].isdigit() or not words:
        return None, len(text)
    value, used = _spelled([w[0].lower() for w in words])
    return (value, words[used - 1].end()) if used else (None, len(text))


def _skipped(bounds: str) -> int:
    match = re.match(
        r"(?:(?:the|another|an\s+additional|a\s+further|yet\s+another|reportedly|possibly|probably|perhaps|all)\s+)+",
        bounds,
        re.I,
    )
    return match.end() if match else 0


def _bound(bounds: str | None, patterns: _Patterns) -> str:
    """The strongest of the bounds that stand before the number."""
    if not bounds:
        return "exact"
    rest = re.sub(r"\s+", " ", bounds.strip().lower())
    kinds = []
    for word in sorted(patterns.bounds, key=len, reverse=True):
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", rest):
            rest = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", rest)
            kinds.append(patterns.bounds[word])
    return next((k for k in ("at_least", "at_most", "less_than", "more_than") if k in kinds), "exact")


def _dated(dates: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in dates)


def _unit(text: str, start: int, end: int, patterns: _Patterns, dates: list[tuple[int, int]]) -> str | None:
    """What the number at start:end is, if it counts nothing."""
    if _dated(dates, start, end):
        return "date"
    before, after = text[max(0, start - 40) : start], text[end:]
    number = text[start:end]
    for kind, pattern in patterns.measures:
        if (kind == "rank" and not number[-1:].isdigit()) or not (match := pattern.match(after)):
            continue
        if kind == "distance" and re.match(r"\s+(?:m|mi|nm)\b(?!\s)", after) and not number[-1:].isdigit():
            continue
        if kind == "time" and re.match(r"-?\s*(?:am|pm)\b", match.group(), re.I) and not number[-1:].isdigit():
            continue
        return kind
    if before.rstrip().endswith(patterns.money):
        return "money"
    if patterns.age_before.search(before):
        return "age"
    if number[0].isdigit():
        if re.match(r"[:.]\d\d\b|/\d", after) or re.search(r"\d[:.,/]$", before):
            return "time"
        if re.search(r"[\w]-?$|[#№/]\s*$", before) and not re.search(r"\s$", before):
            return "name"
        if re.match(r"[A-Za-z]", after) or re.match(r"-[A-Z0-9]", after):
            return "name"
        if re.fullmatch(r"0\d+", number):
            return "name"
        if re.match(r",\s*(?:and|who|was|a|an|from|the|of)\b", after) and re.search(r"[A-Z][\w'’-]+,\s+$", before):
            return "age"  # "Ahmad Saleh, 34, was killed"
        lead = re.search(r"([\w.'’-]+)\s+$", before)
        if lead and not _dated(dates, start - len(lead[0]), start) and _is_number_of_name(lead[1], text, start, after, patterns):
            return "name"
    if re.match(
        r"-(?:man|men|member|storey|story|floor|point|person|seat|part|way|nation|bed|vehicle|wheel|round|ton|barrel|shell|page|room|level|track|star|tier|state|mile|foot|inch|billion|million)\b",
        after,
        re.I,
    ):
        return "name"
    return None


def _is_number_of_name(lead: str, text: str, start: int, after: str, patterns: _Patterns) -> bool:
    """Whether the number belongs to the word before it: "Sector 5", "Rashidin 5"."""
    word = lead.lower()
    if word in patterns.numbered:
        return lead[0].isupper() or not re.match(r"\s+[a-z]", after) or word in ("no", "no.", "number", "resolution", "article")
    if not lead[0].isupper() or word.rstrip(".'’s") in patterns.free or word in patterns.free:
        return False
    follow = re.match(r"\s+([\w'’-]+)(?:\s+([\w'’-]+))?(?:\s+([\w'’-]+))?", after)
    if follow is None:
        return True
    heads = [w.lower() for w in follow.groups() if w]
    if any(is_person(w) for w in heads) or heads[0] in _toll_heads():
        return False
    # a headline or a sentence that begins with its subject: "Russia 12 times", kept as a name; "Rebels 12 dead" is not
    return not (
        follow[1][0].islower()
        and heads[0]
        not in (
            "and",
            "in",
            "on",
            "at",
            "of",
            "area",
            "axis",
            "neighborhood",
            "neighbourhood",
            "district",
            "is",
            "was",
            "to",
            "near",
            "with",
            "from",
            "or",
            "which",
            "after",
            "by",
            "west",
            "east",
            "north",
            "south",
        )
    )


@cache
def _toll_heads() -> frozenset[str]:
    outcomes = load("numbers")["outcomes"]
    return frozenset(w for forms in outcomes.values() for name in ("past", "state", "noun", "subject") for w in forms[name]) | {
        "others",
        "more",
        "other",
    }
