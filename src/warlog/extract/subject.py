"""Whether a text is about armed conflict at all.

Sport, cookery, business and the arts borrow the language of war; storms, accidents and common crime kill and displace too.
Words that plainly belong to such a subject are weighed against plain words of conflict, known armed groups and, where nothing
but a war could have caused it, a toll. Words that only often belong to a peaceful subject count where they are dense.
"""

from __future__ import annotations

import re
from functools import cache

from warlog import vocabulary
from warlog.extract.numbers import find_casualties

#: words that only often belong to peaceful subjects, per hundred words of text, from which they count
DENSITY = 1.5
#: and never fewer of them, all told, than this
LEAST = 3
#: a plain word of either side counts so many times as much as one that only often belongs to peaceful subjects, or as a toll
_PLAIN_WEIGHT = 2
#: words that stand in reports of war and of peace speak of war where so many of them are together
SEVERAL = 2
#: subjects in which people are hurt, killed and driven from home without a war: a toll tells nothing there
HARMFUL = ("crime", "disaster", "accident")


def _any(bodies: list[str]) -> re.Pattern[str]:
    """Any of some expressions as whole words."""
    return re.compile(r"(?<![\w-])(?:" + "|".join(bodies) + r")(?![\w-])", re.IGNORECASE)


def _words(tables: list[list[str]]) -> re.Pattern[str]:
    """Any word of some tables, the longest first."""
    words = sorted({w for table in tables for w in table}, key=lambda w: (-len(w), w))
    return _any([re.escape(w) for w in words])


@cache
def _conflict() -> re.Pattern[str]:
    """Words of conflict with their endings, those that stand in other reports too among them."""
    return _any([*vocabulary.load("subject")["conflict"]["patterns"], *vocabulary.load("subject")["conflict"]["often"]])


@cache
def _only_conflict() -> re.Pattern[str]:
    """Plain words of conflict: those that hardly stand in other reports."""
    return _any(vocabulary.load("subject")["conflict"]["patterns"])


@cache
def _often_peaceful() -> re.Pattern[str]:
    return _words(list(vocabulary.load("subject")["peaceful"].values()))


@cache
def _plainly_peaceful(harmful: bool, mild: bool = False) -> re.Pattern[str]:
    """Words of peaceful subjects, of the harmful or the others; `mild`: those that stand beside war too."""
    tables = vocabulary.load("subject")["mild" if mild else "plain"]
    return _words([words for name, words in tables.items() if (name in HARMFUL) == harmful])


def _count(pattern: re.Pattern[str], text: str) -> int:
    """How many different wordings of a pattern stand in a text."""
    return len({m.group().lower() for m in pattern.finditer(text)})


def plainly_of_conflict(text: str, armed_names: int) -> bool:
    """Whether a text has a plain word of conflict, or several that often are one, or names an armed group or force."""
    return bool(armed_names) or _only_conflict().search(text) is not None or _count(_conflict(), text) >= SEVERAL


def tells_of_conflict(text: str, armed_names: int) -> bool:
    """Whether a text can hold claims; `armed_names` is how many names of known armed groups and forces stand in it."""
    harm = _count(_plainly_peaceful(harmful=True), text)
    peace = harm + _count(_plainly_peaceful(harmful=False), text)
    if not plainly_of_conflict(text, armed_names):
        mild = _count(_plainly_peaceful(harmful=True, mild=True), text)
        harm, peace = harm + mild, peace + mild + _count(_plainly_peaceful(harmful=False, mild=True), text)
    often = _count(_often_peaceful(), text)
    dense = often >= LEAST and often / max(1, len(text.split())) * 100 >= DENSITY
    if not peace and not dense:
        return True
    toll = not harm and any(t.low is not None or t.high is not None for t in find_casualties(text))
    # A plain word of conflict outweighs one of a peaceful subject: the blast of an air strike overturns a tram too.
    war = _PLAIN_WEIGHT * (_count(_conflict(), text) + armed_names) + _count(_only_conflict(), text) + (1 if toll else 0)
    return war > _PLAIN_WEIGHT * peace + (often if dense else 0)
