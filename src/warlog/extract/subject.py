"""Whether a document is about armed conflict at all.

Sport, cookery, business and the arts borrow the language of war. A document is left uncoded only where words of such subjects
are dense and nothing plainly tells of conflict: no known armed group, no toll of dead or wounded, no weapon by its plain name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from warlog import vocabulary
from warlog.extract.numbers import find_casualties

#: words of peaceful subjects, per hundred words of text, from which a text without plain conflict is left uncoded
DENSITY = 1.5
#: and never fewer of them, all told, than this
LEAST = 3


@lru_cache(maxsize=1)
def _peaceful() -> re.Pattern[str]:
    words = sorted({w for table in vocabulary.load("subject").values() for w in table}, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(w) for w in words) + r")(?![\w-])", re.IGNORECASE)


_PLAIN = re.compile(
    r"(?<![\w-])(?:air ?-?strikes?|shelling|militants?|insurgents?|gunmen|soldiers?|warplanes?|mortars?|artillery|ceasefire|"
    r"militias?|troops|fighters|hostages?|refugees|displaced|paramilitar(?:y|ies)|landmines?|car bomb|suicide bomb\w*|drones?|"
    r"civilians?|battalions?|brigades?|jihadists?|separatists?|coup|protest(?:ers?|s)?|rebels?)(?![\w-])",
    re.IGNORECASE,
)


def tells_of_conflict(text: str, armed_names: int) -> bool:
    """Whether a text can hold claims; `armed_names` is how many names of known armed groups and forces stand in it."""
    peaceful = {m.group().lower() for m in _peaceful().finditer(text)}
    if len(peaceful) < LEAST or len(peaceful) / max(1, len(text.split())) * 100 < DENSITY:
        return True
    if armed_names:
        return True
    plain = len({m.group().lower() for m in _PLAIN.finditer(text)})
    if any(t.low is not None or t.high is not None for t in find_casualties(text)):
        plain += 2
    return plain >= 2 and plain * 2 > len(peaceful)
