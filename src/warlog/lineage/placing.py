"""A new document placed among those that are there: the few that share samples with it are compared with it.

What is there already is not touched. A pair's link is a function of the two texts, so that documents may come in any order.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping

from warlog.lineage.compare import compare
from warlog.lineage.index import HOLDERS, Index
from warlog.lineage.outlets import number_of_outlet
from warlog.lineage.sampling import samples
from warlog.lineage.text import Text
from warlog.records import DocumentLink

#: shared samples from which a pair is compared, whatever they are ...
_HITS = 4
#: ... or so many, if few other documents hold them (weight: 1 for one other holder, less for more)
_RARE_HITS, _RARE_WEIGHT = 2, 0.5
#: a number that has all the holders it can weighs as one in so many, so that only a text that is full of them counts
_FULL_WEIGHT = 1.0 / HOLDERS
#: what an outlet has in so many documents is furniture of its own, unless it is so much of a text
_STANDING, _MUCH = 12, 0.35
#: most documents that one is compared with
_COMPARED = 40


def place(text: Text, index: Index, texts_by_id: Mapping[str, Text]) -> list[DocumentLink]:
    """The links of a document with those in the index, sorted by ids; the index is left as it is (`index.add` comes after).

    `texts_by_id` gives the text of any document in the index; one that it lacks is passed over.
    """
    links = []
    for other_id in candidates(text, index):
        other = texts_by_id.get(other_id)
        link = compare(text, other) if other is not None else None
        if link is not None:
            links.append(link)
    return sorted(links, key=lambda k: (k.document_id, k.other_id))


def candidates(text: Text, index: Index) -> list[str]:
    """Ids of the documents that are worth comparing with a text, those that share most with it first."""
    numbers = samples(text)
    rows = [row for row in index.holders(numbers) if row[1] != text.document_id]
    outlet = number_of_outlet(text.publisher, text.url)
    standing = _standing(rows, outlet, len(numbers))
    held = Counter(n for n, _, _ in rows)
    weights = {n: _FULL_WEIGHT if c >= HOLDERS - 1 else 1.0 / (1.0 + math.log2(c)) for n, c in held.items()}
    hits: Counter[str] = Counter()
    weight: defaultdict[str, float] = defaultdict(float)
    for n, document_id, its_outlet in rows:
        if n in standing and its_outlet == outlet:
            continue
        hits[document_id] += held[n] < HOLDERS - 1
        weight[document_id] += weights[n]
    worth = [i for i, w in weight.items() if hits[i] >= _HITS or (w >= _RARE_WEIGHT and (hits[i] >= _RARE_HITS or not hits[i]))]
    return sorted(worth, key=lambda i: (-weight[i], i))[:_COMPARED]


def _standing(rows: list[tuple[int, str, int]], outlet: int, count: int) -> set[int]:
    """The numbers that the outlet has in several documents already: its standing paragraphs, learned as documents come.

    None where they make up much of the text: that is a story in its sixth version.
    """
    if not outlet:
        return set()
    own = Counter(n for n, _, its_outlet in rows if its_outlet == outlet)
    standing = {n for n, c in own.items() if c >= _STANDING}
    return standing if len(standing) < _MUCH * count else set()
