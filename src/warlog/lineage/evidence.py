"""What two texts share, weighed: the writer's own words apart from the words of those whom both quote.

Two reporters who hear one statement write down the same words, so shared quotations say nothing about copying. A stretch
is cut where a quotation begins or ends, in either text; what is left in the writers' own voice is the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from warlog.lineage.align import Stretch, align
from warlog.lineage.profile import Profile

#: own words between quotations, fewer than this, belong to them ("he said")
_LEAST_OWN = 4
#: what a word of a reworded sentence, and one laid to a speaker without quotation marks, counts beside one copied
_REWORDED, _REPORTED = 0.7, 0.35


@dataclass(slots=True, frozen=True)
class Piece:
    """Part of a stretch in one voice; token ranges as in `Stretch`. `voice`: 2 quoted, 1 reported, 0 the writer's own."""

    a: int
    a_end: int
    b: int
    b_end: int
    verbatim: bool
    voice: int

    @property
    def length(self) -> int:
        """Words of the shorter side."""
        return min(self.a_end - self.a, self.b_end - self.b)


@dataclass(slots=True)
class Evidence:
    """What two texts share. Shares are of words, 0 to 1."""

    a: Profile
    b: Profile
    stretches: list[Stretch]
    pieces: list[Piece] = field(default_factory=list)
    #: words that speak for copying, weighed
    own: float = 0.0
    #: ... as a share of the words that are not quoted of the text that has fewer
    own_share: float = 0.0
    #: words of shared quotations
    quoted: int = 0
    #: share of the first text's words that stand in the second, and the other way round
    in_b: float = 0.0
    in_a: float = 0.0
    #: of what is shared, the share that is reworded
    reworded: float = 0.0


def weigh(a: Profile, b: Profile) -> Evidence:
    """The evidence of two profiles."""
    found = Evidence(a, b, align(a, b))
    found.pieces = [piece for s in found.stretches for piece in _pieces(a, b, s)]
    all_a, all_b = bytearray(len(a)), bytearray(len(b))
    weight_a: dict[int, float] = {}
    weight_b: dict[int, float] = {}
    reworded = total = 0
    for p in found.pieces:
        all_a[p.a : p.a_end] = b"\x01" * (p.a_end - p.a)
        all_b[p.b : p.b_end] = b"\x01" * (p.b_end - p.b)
        total += p.length
        reworded += 0 if p.verbatim else p.length
        if p.voice == 2:
            found.quoted += p.length
            continue
        weight = (1.0 if p.verbatim else _REWORDED) * (_REPORTED if p.voice else 1.0)
        for i in range(p.a, p.a_end):
            weight_a[i] = max(weight, weight_a.get(i, 0.0))
        for i in range(p.b, p.b_end):
            weight_b[i] = max(weight, weight_b.get(i, 0.0))
    found.own = min(sum(weight_a.values()), sum(weight_b.values()))
    least = min(sum(v < 2 for v in a.voices), sum(v < 2 for v in b.voices))
    found.own_share = found.own / least if least else 0.0
    found.in_b = sum(all_a) / len(a) if len(a) else 0.0
    found.in_a = sum(all_b) / len(b) if len(b) else 0.0
    found.reworded = reworded / total if total else 0.0
    return found


def _pieces(a: Profile, b: Profile, s: Stretch) -> list[Piece]:
    """A stretch cut at the quotation marks of either text."""
    n, m = s.a_end - s.a, s.b_end - s.b
    there = [s.b + i * m // n for i in range(n)]
    quoted = [a.voices[s.a + i] == 2 or b.voices[there[i]] == 2 for i in range(n)]
    runs: list[list[int]] = []
    for i, q in enumerate(quoted):
        if runs and runs[-1][2] == q:
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1, int(q)])
    if len(runs) > 1:
        for run in runs:
            if not run[2] and run[1] - run[0] < _LEAST_OWN:
                run[2] = 1
    merged: list[list[int]] = []
    for run in runs:
        if merged and merged[-1][2] == run[2]:
            merged[-1][1] = run[1]
        else:
            merged.append(run)
    out = []
    for first, last, is_quoted in merged:
        stop = s.b_end if last == n else there[last]
        voice = 2 if is_quoted else 0
        if not is_quoted:
            own = sum(a.voices[s.a + i] == 0 or b.voices[there[i]] == 0 for i in range(first, last))
            voice = int(own < _LEAST_OWN)
        if stop > there[first]:
            out.append(Piece(s.a + first, s.a + last, there[first], stop, s.verbatim, voice))
    return out
