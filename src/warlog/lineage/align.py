"""Two texts laid side by side: which stretches of one stand in the other, word for word or reworded.

First runs of words that both have (seeds of five words, stretched as far as they go), runs that lie close together in both
joined into one stretch with small edits; then, among the sentences not yet covered, those that say the same in other
words: they share most of what they carry, or most of their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from warlog.lineage import words
from warlog.lineage.profile import SHINGLE, Profile, shingles

#: runs that are at most this many words apart in both texts are one stretch
_JOIN = 4
#: a run that stands alone is a stock phrase unless it has so many words, so many of them with content
_ALONE, _ALONE_CONTENT = 8, 4
#: more places than this where a run of five words stands in the other text are not all tried
_PLACES = 12
#: share of the words of a joined stretch that must agree for it to be verbatim
_VERBATIM = 0.85
#: a sentence is compared for rewording where less than this share of it is covered already
_COVERED = 0.5


@dataclass(slots=True, frozen=True)
class Stretch:
    """Token ranges [a, a_end) of the one text and [b, b_end) of the other."""

    a: int
    a_end: int
    b: int
    b_end: int
    #: how many words agree
    same: int
    verbatim: bool

    @property
    def length(self) -> int:
        """Words of the shorter side."""
        return min(self.a_end - self.a, self.b_end - self.b)


def align(a: Profile, b: Profile) -> list[Stretch]:
    """The stretches that two texts share, in the order of the first."""
    joined = _joined(_runs(a, b))
    kept = [s for s in joined if _tells(s, a) and _same_particulars(a, (s.a, s.a_end), b, (s.b, s.b_end))]
    reworded = _reworded(a, b, kept)
    # A run inside a reworded sentence is told of with it.
    kept = [s for s in kept if not any(r.a <= s.a and s.a_end <= r.a_end and r.b <= s.b and s.b_end <= r.b_end for r in reworded)]
    return sorted([*kept, *reworded], key=lambda s: (s.a, s.b))


def _runs(a: Profile, b: Profile) -> list[Stretch]:
    """Runs of words both have, longest first from each place on, none overlapping in the first text."""
    if len(a) < SHINGLE or len(b) < SHINGLE:
        return []
    in_a, in_b = shingles(a.forms).tolist(), shingles(b.forms).tolist()
    shared = set(in_a).intersection(in_b)
    places: dict[int, list[int]] = defaultdict(list)
    for j, number in enumerate(in_b):
        if number in shared:
            places[number].append(j)
    fa, fb = a.forms, b.forms
    out: list[Stretch] = []
    used = bytearray(len(b))
    done, diagonal = 0, 0
    for i, number in enumerate(in_a):
        if i < done or number not in shared:
            continue
        best, best_key = (0, 0), (0, False, 0)
        for j in places[number][:_PLACES]:
            n = 0
            limit = min(len(fa) - i, len(fb) - j)
            while n < limit and fa[i + n] == fb[j + n]:
                n += 1
            key = (n if n >= SHINGLE else 0, not used[j], -abs(j - i - diagonal))
            if key > best_key:
                best, best_key = (n, j), key
        n, j = best
        if n < SHINGLE:
            continue
        out.append(Stretch(i, i + n, j, j + n, n, True))
        used[j : j + n] = b"\x01" * n
        diagonal = j - i
        done = i + n
    return out


def _joined(runs: list[Stretch]) -> list[Stretch]:
    out: list[Stretch] = []
    for run in runs:
        last = out[-1] if out else None
        if last and 0 <= run.a - last.a_end <= _JOIN and 0 <= run.b - last.b_end <= _JOIN:
            same = last.same + run.same
            longest = max(run.a_end - last.a, run.b_end - last.b)
            out[-1] = Stretch(last.a, run.a_end, last.b, run.b_end, same, same >= _VERBATIM * longest)
        else:
            out.append(run)
    return out


def _tells(stretch: Stretch, a: Profile) -> bool:
    """Whether a stretch is more than a stock phrase."""
    if stretch.length < _ALONE:
        return False
    content = {f for f in a.folds[stretch.a : stretch.a_end] if f}
    return len(content) >= _ALONE_CONTENT and len(content - words.stock()) >= 2


def _reworded(a: Profile, b: Profile, kept: list[Stretch]) -> list[Stretch]:
    """Sentences that say the same in other words, each of the first text with its best match in the second."""
    if len(a.content & b.content) < _ALIKE * min(len(a.content), len(b.content)):
        return []
    covered_a = _mask(len(a), ((s.a, s.a_end) for s in kept))
    covered_b = _mask(len(b), ((s.b, s.b_end) for s in kept))
    open_a = _open(a, covered_a)
    open_b = _open(b, covered_b)
    if not open_a or not open_b:
        return []
    holders: dict[int, list[int]] = defaultdict(list)
    contents_b = {n: {f for f in b.folds[first:last] if f} for n, (first, last) in enumerate(open_b)}
    for n, content in contents_b.items():
        for f in content:
            holders[f].append(n)
    found: list[tuple[float, int, int, Stretch]] = []
    for m, (first, last) in enumerate(open_a):
        content = {f for f in a.folds[first:last] if f}
        hits: dict[int, int] = defaultdict(int)
        for f in content:
            for n in holders[f] if len(holders.get(f, ())) <= _SENTENCES_HELD else ():
                hits[n] += 1
        for n, count in sorted(hits.items(), key=lambda h: -h[1])[:3]:
            if count >= _SHARED_CONTENT:
                likeness, stretch = _likeness(a, (first, last), b, open_b[n], content & contents_b[n])
                if stretch:
                    found.append((likeness, m, n, stretch))
    found.sort(key=lambda f: (-f[0], f[1], f[2]))
    taken_a, taken_b, out = set[int](), set[int](), list[Stretch]()
    for _, m, n, stretch in found:
        if m not in taken_a and n not in taken_b:
            taken_a.add(m)
            taken_b.add(n)
            out.append(stretch)
    return out


_SHARED_CONTENT = 4
#: a word that more sentences hold leads to none of them
_SENTENCES_HELD = 60
#: share of the content words of the poorer text that the other must have for sentences to be compared at all
_ALIKE = 0.25
#: a sentence of the one text whose words nearly all stand in a longer one of the other is a part of it
_SENTENCE = 6
#: share of the names and figures of the sentence that has fewer of them that must stand in the other
_PARTICULARS = 0.5


def _likeness(a: Profile, at: tuple[int, int], b: Profile, bt: tuple[int, int], shared: set[int]) -> tuple[float, Stretch | None]:
    """How alike two sentences are, 0 to 1, and the stretch they make where one is the other reworded."""
    wa, wb = _weights(a, at), _weights(b, bt)
    both = sum(min(wa[f], wb[f]) for f in shared)
    smaller, larger = sorted((sum(wa.values()), sum(wb.values())))
    if not smaller:
        return 0.0, None
    within, dice = both / smaller, 2 * both / (smaller + larger)
    sa, sb = _sequence(a, at), _sequence(b, bt)
    order = LCSseq.similarity(sa, sb)
    order_share = 2 * order / (len(sa) + len(sb))
    own = sum(1 for f in shared if wa[f] >= 1.0)
    reworded = (
        (order_share >= 0.58 and within >= 0.5 and len(shared) >= _SHARED_CONTENT)
        or (order_share >= 0.45 and dice >= 0.58 and len(shared) >= _SENTENCE and own >= 2)
        or (dice >= 0.72 and len(shared) >= _SENTENCE and own >= 3)
        or (within >= 0.8 and order >= 0.7 * min(len(sa), len(sb)) and len(shared) >= _SENTENCE and own >= 3)
    )
    if not reworded or not _same_particulars(a, at, b, bt):
        return 0.0, None
    a0, a1 = _hull(a, at, shared)
    b0, b1 = _hull(b, bt, shared)
    return (dice + order_share) / 2, Stretch(a0, a1, b0, b1, order, False)


def _same_particulars(a: Profile, at: tuple[int, int], b: Profile, bt: tuple[int, int]) -> bool:
    """Whether the names and figures of two sentences agree so far that one can be the other reworded.

    Two reports of two attacks, written to one pattern, say the same of other places and numbers.
    """
    na, nb = (
        {p.folds[i] for i in range(first, last) if p.named[i] and p.folds[i] and not p.opening[i]}
        for p, (first, last) in ((a, at), (b, bt))
    )
    if min(len(na), len(nb)) < 2:
        return True
    return len(na & nb) >= _PARTICULARS * min(len(na), len(nb))


def _weights(p: Profile, at: tuple[int, int]) -> dict[int, float]:
    """What each fold of a sentence says about copying: names, figures and war words less than others."""
    stock = words.stock()
    return {p.folds[i]: 0.5 if p.folds[i] in stock else 0.7 if p.named[i] else 1.0 for i in range(*at) if p.folds[i]}


def _sequence(p: Profile, at: tuple[int, int]) -> list[int]:
    """The words of a sentence in order: folds, and the exact form of those that carry nothing."""
    return [p.folds[i] or p.forms[i] for i in range(*at)]


def _hull(p: Profile, at: tuple[int, int], shared: set[int]) -> tuple[int, int]:
    """The sentence, without a head or tail of more than a few words in which nothing is shared."""
    hits = [i for i in range(*at) if p.folds[i] in shared]
    first = at[0] if hits[0] - at[0] <= _SENTENCE else hits[0]
    last = at[1] if at[1] - hits[-1] - 1 <= _SENTENCE else hits[-1] + 1
    return first, last


def _mask(length: int, ranges: Iterable[tuple[int, int]]) -> bytearray:
    mask = bytearray(length)
    for first, last in ranges:
        mask[first:last] = b"\x01" * (last - first)
    return mask


def _open(p: Profile, covered: bytearray) -> list[tuple[int, int]]:
    """Sentences of some length that are not covered yet."""
    return [
        (first, last)
        for first, last in p.sentences
        if last - first >= _SENTENCE and sum(covered[first:last]) < _COVERED * (last - first)
    ]
