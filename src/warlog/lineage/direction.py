"""Which of two texts was made from the other: from what they credit, when they were published, and how they were edited.

The answer is a function of the pair alone, so it is the same whichever came into the log first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from warlog import vocabulary
from warlog.lineage import headlines, outlets
from warlog.lineage.evidence import Evidence
from warlog.lineage.text import Text

#: a text is part of another where so much of it stands there, and so much less of the other in it
_PART, _LESS = 0.7, 0.15
#: words of a lead that must stand in the other text for it to have the other's lead
_LEAD_SHARED = 0.5


@dataclass(slots=True, frozen=True)
class Direction:
    """`sign`: 1 where the first text was made from the second, -1 the other way round, 0 where that is not known."""

    sign: int
    #: known, unknown or unseen, as in `DocumentLink.direction`
    status: str
    why: str


def day(text: Text) -> date | None:
    """The day a text was published; None where it does not say, or not in ISO form."""
    try:
        return date.fromisoformat((text.published or "")[:10])
    except ValueError:
        return None


def days_apart(a: Text, b: Text) -> int | None:
    """Days between the publication of two texts, None where one is not known."""
    one, other = day(a), day(b)
    return abs((one - other).days) if one and other else None


def direct(e: Evidence) -> Direction:
    """The direction between two texts of two outlets."""
    a, b = e.a.text, e.b.text
    return _by_credit(e) or _by_mention(a, b) or _by_time(a, b) or _by_edit(e) or Direction(0, "unknown", "")


def direct_versions(e: Evidence) -> Direction:
    """The direction between two states of one outlet's story: the first is the newer where the sign is 1."""
    a, b = e.a.text, e.b.text
    timed = _by_time(a, b)
    if timed:
        return timed
    marked = headlines.is_update(a.title) - headlines.is_update(b.title)
    if marked:
        return Direction(marked, "known", "edit: its headline says it is an update")
    if e.in_b - e.in_a > _LESS:
        return Direction(-1, "known", "containment: it holds the other and more")
    if e.in_a - e.in_b > _LESS:
        return Direction(1, "known", "containment: it holds the other and more")
    return Direction(0, "unknown", "")


def is_credited(a: Text, b: Text) -> bool:
    """Whether the first text credits the second, by its page or by who published it."""
    page = outlets.page_of(b.url)
    return bool(page and page in outlets.pages_credited_by(a)) or bool(outlets.credited_by(a) & outlets.publisher_of(b))


def _by_credit(e: Evidence) -> Direction | None:
    a, b = e.a.text, e.b.text
    a_credits, b_credits = is_credited(a, b), is_credited(b, a)
    if a_credits != b_credits:
        source = b if a_credits else a
        return Direction(1 if a_credits else -1, "known", f"credit: it credits {source.publisher or source.url}")
    if outlets.credited_by(a) & outlets.credited_by(b):
        name = a.agency or a.original_publisher or b.agency or b.original_publisher or "the same source"
        return Direction(0, "unseen", f"credit: both credit {name}")
    third = _reporters(a.text) & _reporters(b.text)
    third -= {k for k in third if outlets.keys(k) & (outlets.publisher_of(a) | outlets.publisher_of(b))}
    if third:
        return Direction(0, "unseen", f"credit: both hold reporting of {min(third)}")
    timed = _by_time(a, b)
    if timed and not a_credits:
        later = a if timed.sign > 0 else b
        others = outlets.credited_by(later)
        if others:
            name = later.agency or later.original_publisher or "a third"
            return Direction(0, "unseen", f"credit: the later one credits {name}, not the other")
    return None


def _by_mention(a: Text, b: Text) -> Direction | None:
    """By naming the other's outlet in the text."""
    a_names, b_names = _names(a.text, b), _names(b.text, a)
    if a_names == b_names:
        return None
    source = b if a_names else a
    return Direction(1 if a_names else -1, "known", f"credit: its text names {source.publisher}")


def _by_time(a: Text, b: Text) -> Direction | None:
    one, other = day(a), day(b)
    if one is None or other is None or one == other:
        return None
    days = abs((one - other).days)
    return Direction(1 if one > other else -1, "known", f"time: published {days} day{'' if days == 1 else 's'} later")


def _by_edit(e: Evidence) -> Direction | None:
    """By how one was made of the other: a new lead before the other's, sentences left out, words left out."""
    lead_a, lead_b = _lead_shared(e, True), _lead_shared(e, False)
    if lead_a != lead_b:
        # The lead of the source stands further down in what was made of it, under a lead of its own.
        return Direction(-1 if lead_a else 1, "known", "edit: it puts a lead of its own before the other's")
    if e.in_b >= _PART and e.in_b - e.in_a > _LESS:
        return Direction(1, "known", "containment: it is a part of the other")
    if e.in_a >= _PART and e.in_a - e.in_b > _LESS:
        return Direction(-1, "known", "containment: it is a part of the other")
    return None


def _lead_shared(e: Evidence, of_first: bool) -> bool:
    """Whether the lead of one text stands in the other."""
    p = e.a if of_first else e.b
    first, last = next(((s, t) for s, t in p.sentences if t - s >= 6), (0, len(p)))
    ranges = [(s.a, s.a_end) if of_first else (s.b, s.b_end) for s in e.stretches]
    shared = sum(max(0, min(last, t) - max(first, s)) for s, t in ranges)
    return shared >= _LEAD_SHARED * (last - first)


def _names(text: str, other: Text) -> bool:
    """Whether a text names the other's outlet, as it is written."""
    name = (other.publisher or "").strip()
    if len(name) < 3 or not any(c.isupper() for c in name) or (outlets.host_of(name) and " " not in name):
        return False
    return re.search(rf"(?<!\w){re.escape(name.removeprefix('The '))}(?!\w)", text) is not None


@lru_cache(maxsize=1)
def _reporting() -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds an agency's own reporting, and the name in records of each of its spellings."""
    standard: dict[str, str] = {}
    for agency in vocabulary.load("agencies")["agency"]:
        for name in (agency["name"], *agency.get("also", ())):
            standard.setdefault(name, agency["name"])
    names = "|".join(sorted((re.escape(n) for n in standard), key=len, reverse=True))
    v = vocabulary.load("lineage")["reporting"]
    told, staff = "|".join(v["told"]), "|".join(v["staff"])
    pattern = rf"\b(?:{told})\s+(?:the\s+)?(?P<x>{names})(?!\w)|(?<!\w)(?P<y>{names})(?:'s|’s|s)?\s+(?:{staff})\b"
    return re.compile(pattern), standard


@lru_cache(maxsize=512)
def _reporters(text: str) -> frozenset[str]:
    """Agencies whose own reporting a text holds."""
    pattern, standard = _reporting()
    return frozenset(standard[m.group("x") or m.group("y")] for m in pattern.finditer(text))
