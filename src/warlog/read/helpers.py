"""Those whom a line of credits thanks beside the writer: who reported, edited or translated with him, and agencies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warlog.read import people
from warlog.read.lexicon import passage_of, patterns
from warlog.read.units import Unit
from warlog.records import Credit

#: "... reported from one town, and Jane Doe from another"
_ALSO = re.compile(r"[,;]?\s+and\s+((?:[^\W\d_][\w.’'-]*\s+){2,4}?)(?:reported\s+|reporting\s+)?(?:from|in)\s+(?=[^\W\d_])")
#: Names before "contributed to this report" take no more than this.
_SUBJECT_LONGEST = 300


def is_thanks(sentence: str) -> bool:
    """Whether a sentence of the text itself is one of thanks: it begins so, or ends with "contributed to this report"."""
    return any(p.match(sentence.lstrip("(*_—–- ")) for p in (*patterns("contributor"), *patterns("translator"))) or any(
        found.end() > len(sentence) - 60 for p in patterns("contributed") for found in p.finditer(sentence)
    )


def helpers(sentence: str, unit: Unit) -> Iterator[Credit]:
    """The contributors, translators and agencies that a sentence thanks."""
    for pattern in patterns("contributed"):
        found = pattern.search(sentence)
        if found is not None and found.start() > 2:
            subject = sentence[: found.start()]
            if len(subject) > _SUBJECT_LONGEST:
                return
            for agency in people.agencies(subject):
                yield Credit("agency", agency, passage_of(sentence, unit), "text")
            more = [m[1] for m in _ALSO.finditer(sentence[found.end() :])]
            for person in [*people.persons(subject), *(name for part in more for name in people.persons(part))]:
                yield Credit("contributor", person, passage_of(sentence, unit), "text")
            return
    heads: list[tuple[int, int, str]] = []
    for kind in ("translator", "contributor"):
        for pattern in patterns(kind):
            for found in pattern.finditer(sentence):
                lead = sentence[: found.start()].rstrip()
                if not lead or lead[-1] in ";,.|(/—–-:*_" or re.search(r"(?:\b(?:and|et|y|und)|[•·\]])$", lead):
                    heads.append((found.start(), found.end(), kind))
    heads.sort(key=lambda head: (head[0], -head[1]))
    kept: list[tuple[int, int, str]] = []
    for head in heads:
        if not kept or head[0] >= kept[-1][1]:
            kept.append(head)
    for number, (_, end, kind) in enumerate(kept):
        after = sentence[end : kept[number + 1][0] if number + 1 < len(kept) else len(sentence)]
        after = re.split(r"[;()|•·]|\.(?:\s|$)|\s[–—-]\s|\s+for\s+(?=the\b|[A-Z])", after.lstrip(" :("))[0]
        for agency in people.agencies(after):
            yield Credit("agency", agency, passage_of(sentence, unit), "text")
        for person in people.persons(after):
            yield Credit(kind, person, passage_of(sentence, unit), "text")
