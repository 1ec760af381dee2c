"""From links to origins: which documents come from one first document, so that fifty reprints count once.

Each document has at most one parent, the document that most of it was made from; documents that lean on one another with
no known direction are a circle of equals. A tree's first document is its origin, or `unseen:ID` where its members were
made from a source that is not in the log. The states of one outlet's story are chained apart and stay one origin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from warlog.lineage.compare import LINEAGE
from warlog.records import DocumentLink

#: share of a document's words that must stand in another for it to have come from there as a whole
MOSTLY = 0.5
#: share of both texts from which they are one text
SAME = 0.8
#: what begins the id of an origin that is not in the log
UNSEEN = "unseen:"
_NO_DAY = "9999"
#: what documents are ordered by: day, then id
_Rank = Callable[[str], tuple[str, str]]


class Dated(Protocol):
    """What origins need of a document; `Document` and `Text` have it."""

    @property
    def document_id(self) -> str:
        """Its id."""
        ...

    @property
    def published(self) -> str | None:
        """The day it was published, ISO 8601."""
        ...


@dataclass(slots=True, frozen=True)
class Origin:
    """One origin and the documents that come from it."""

    #: id of the first document, or unseen: and the id of the first that has it
    origin_id: str
    #: ids of the documents, first published first; those with no day last
    members: tuple[str, ...]
    #: days of publication of the members, in their order
    days: tuple[str | None, ...]
    #: of the members, chains of one story's states, oldest first
    versions: tuple[tuple[str, ...], ...] = ()


def origins(links: Iterable[DocumentLink], documents: Iterable[Dated]) -> dict[str, Origin]:
    """Document id to its origin, for every document; the order of links and documents does not matter."""
    days = {d.document_id: d.published for d in documents}

    def rank(document_id: str) -> tuple[str, str]:
        return (days.get(document_id) or _NO_DAY, document_id)

    known = [k for k in links if k.document_id in days and k.other_id in days and k.relation in (*LINEAGE, "version")]
    equals = _Circles(days)
    claims: dict[str, list[tuple[tuple[float, str, str], str]]] = defaultdict(list)
    unseen: set[tuple[str, str]] = set()
    for k in known:
        whole = k.relation == "version" or k.containment >= MOSTLY
        if min(k.containment, k.other_containment) >= SAME:
            # Of many reprints not every pair is compared; two that are both the same as a third belong together.
            equals.join(k.document_id, k.other_id)
        if k.direction == "known":
            if whole:
                # A credit outweighs a day, and a day the look of an edit; then the larger share, then the earlier document.
                claims[k.document_id].append(((-_trust(k), *rank(k.other_id)), k.other_id))
        elif k.direction == "unseen" and max(k.containment, k.other_containment) >= MOSTLY:
            equals.join(k.document_id, k.other_id)
            unseen.add((k.document_id, k.other_id))
        elif min(k.containment, k.other_containment) >= MOSTLY:
            equals.join(k.document_id, k.other_id)
    parent = {d: min(found)[1] for d, found in claims.items()}
    _cut_cycles(parent, rank)
    for child, source in parent.items():
        equals.join(child, source)
    chains = _chains(known, rank)
    out: dict[str, Origin] = {}
    for group in equals.groups():
        members = tuple(sorted(group, key=rank))
        roots = [m for m in members if m not in parent]
        first = roots[0]
        # Several roots, equal to one another through a source that nobody has: that source is the origin.
        lacking = any(a in group and a in roots and b in roots for a, b in unseen)
        origin_id = UNSEEN + min(roots) if lacking else first
        versions = tuple(c for c in chains if c[0] in group)
        made = Origin(origin_id, members, tuple(days[m] for m in members), versions)
        out.update(dict.fromkeys(members, made))
    return out


def _trust(link: DocumentLink) -> float:
    """How far a link tells where its document came from."""
    credit = link.direction_why.startswith("credit")
    return (2.0 if credit else 0.0) + (1.0 if link.relation == "version" else link.containment)


def _cut_cycles(parent: dict[str, str], rank: _Rank) -> None:
    """Take the parent from one document of each circle, so that trees are left: from the first published."""
    done: set[str] = set()
    for start in sorted(parent):
        path: list[str] = []
        at = start
        while at in parent and at not in done and at not in path:
            path.append(at)
            at = parent[at]
        if at in path:
            circle = path[path.index(at) :]
            del parent[min(circle, key=rank)]
        done.update(path)


def _chains(links: Iterable[DocumentLink], rank: _Rank) -> list[tuple[str, ...]]:
    """The states of each story, oldest first: known directions first, then days."""
    versions = [k for k in links if k.relation == "version"]
    circles = _Circles({i: None for k in versions for i in (k.document_id, k.other_id)})
    older: dict[str, set[str]] = defaultdict(set)
    for k in versions:
        circles.join(k.document_id, k.other_id)
        if k.direction == "known":
            older[k.document_id].add(k.other_id)
    chains = []
    for group in circles.groups():
        left, chain = set(group), list[str]()
        while left:
            free = [i for i in left if not older[i] & left] or list(left)
            chain.append(min(free, key=rank))
            left.discard(chain[-1])
        chains.append(tuple(chain))
    return sorted(chains)


class _Circles:
    """Sets of documents, joined as one goes (union-find)."""

    def __init__(self, members: Mapping[str, object]) -> None:
        self._up = {m: m for m in members}

    def _top(self, member: str) -> str:
        top = member
        while self._up[top] != top:
            top = self._up[top]
        while self._up[member] != top:
            self._up[member], member = top, self._up[member]
        return top

    def join(self, a: str, b: str) -> None:
        """Put two members into one set."""
        one, other = sorted((self._top(a), self._top(b)))
        self._up[other] = one

    def groups(self) -> list[set[str]]:
        """The sets, by their least member."""
        found: dict[str, set[str]] = defaultdict(set)
        for member in sorted(self._up):
            found[self._top(member)].add(member)
        return list(found.values())
