"""Whether a document is about armed conflict at all.

Sport, cookery, business and the arts borrow the language of war. A document is left uncoded only where words of such subjects
are dense and nothing plainly tells of conflict: no known armed group, no toll of dead or wounded, no weapon by its plain name.
"""

from __future__ import annotations

import re
from functools import cache

from warlog import vocabulary
from warlog.extract.numbers import find_casualties

#: words of peaceful subjects, per hundred words of text, from which a text without plain conflict is left uncoded
DENSITY = 1.5
#: and never fewer of them, all told, than this
LEAST = 3


@cache
def _pattern(peaceful: bool) -> re.Pattern[str]:
    """Any word of the peaceful subjects, or any plain word of conflict with its endings."""
    raw = vocabulary.load("subject")
    if not peaceful:
        return re.compile(r"(?<![\w-])(?:" + "|".join(raw["conflict"]["patterns"]) + r")(?![\w-])", re.IGNORECASE)
    words = sorted({w for table in raw["peaceful"].values() for w in table}, key=lambda w: (-len(w), w))
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(w) for w in words) + r")(?![\w-])", re.IGNORECASE)


def tells_of_conflict(text: str, armed_names: int) -> bool:
    """Whether a text can hold claims; `armed_names` is how many names of known armed groups and forces stand in it."""
    peaceful = {m.group().lower() for m in _pattern(peaceful=True).finditer(text)}
    if len(peaceful) < LEAST or len(peaceful) / max(1, len(text.split())) * 100 < DENSITY:
        return True
    if armed_names:
        return True
    plain = len({m.group().lower() for m in _pattern(peaceful=False).finditer(text)})
    if any(t.low is not None or t.high is not None for t in find_casualties(text)):
        plain += 2
    return plain >= 2 and plain * 2 > len(peaceful)
