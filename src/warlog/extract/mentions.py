"""Place phrases of a document's drafts to the mentions that the places room resolves.

A mention is a name with its kind word, what part of the place is meant, the list it stands in, and what the sentence says of
where it lies. Every named phrase of a sentence that a draft uses becomes a mention, those that only locate others included;
an unnamed phrase ("the city", "an airbase near Homs") becomes a mention anchored on what it points back to or lies near.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.draft import Draft
from warlog.extract.place_phrase import PlacePhrase
from warlog.extract.wordlists import wordlists
from warlog.language import directions
from warlog.language.parse import Parsed
from warlog.places.model import Mention, Relation, RelationKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("location_words")
#: kind words that can point back to one another: "the airport" to a base of that name before
_ALIKE = (_WORDS["bases"], _WORDS["quarters"])
_MILES = 1.609344
#: number of the last sentence that belongs to the head of a report
_LEAD = 2


class MentionBuilder:
    """Collects the mentions of one document; the same phrase gives the same mention."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self._by_span: dict[tuple[int, int], int] = {}
        self._lists: dict[tuple[int, int], int] = {}
        self._countries: set[int] = set()
        #: capitals, which mostly stand for a government
        self._sources: set[int] = set()

    def sentence(self, parsed: Parsed, phrases: list[PlacePhrase]) -> None:
        """Make mentions of all named phrases of a sentence, with the relations among them."""
        index: dict[int, int] = {}
        for n, p in enumerate(phrases):
            index[n] = self._named(parsed, p)
        position = {id(p): index[n] for n, p in enumerate(phrases)}
        for p in phrases:
            m = self.mentions[position[id(p)]]
            # "X, west of Y": Y only tells how X lies
            aside = [c for c in p.containers if id(c) in position and not c.relation and _is_aside(c)]
            m.within = tuple(position[id(c)] for c in p.containers if id(c) in position and not c.relation and c not in aside)
            if p.relation == "between" and p.containers:
                continue
            near = [c for c in p.containers if c.relation]
            if near and m.relation is None:
                m.relation = _relation(near[0].relation or "near", (position[id(near[0])],), parsed, near[0])
            elif aside and m.relation is None:
                m.relation = _relation(aside[0].head.lower_, (position[id(aside[0])],), parsed, aside[0])
            if p.list_id >= 0:
                m.list_id = self._lists.setdefault((parsed.sentence.number, p.list_id), len(self._lists))
        # a phrase set beside the sentence ("Near Aleppo city, ...", "all located north of X") locates its lists
        loose = [p for p in phrases if p.relation and p.contained_by is None and p.list_id < 0]
        for p in phrases:
            m = self.mentions[position[id(p)]]
            if (
                m.relation is None
                and not p.relation
                and loose
                and (p.list_id >= 0 or p.head.dep_ in {"dobj", "appos", "conj", "nsubjpass"})
            ):
                best = min(loose, key=lambda q: abs(q.head.i - p.head.i))
                m.relation = _relation(best.relation or "near", (position[id(best)],), parsed, best)

    def _named(self, parsed: Parsed, p: PlacePhrase) -> int:
        assert p.name is not None
        name = parsed.names[p.name.i]
        key = (name.start, name.end)
        if key in self._by_span:
            return self._by_span[key]
        kind, part = _kind_and_part(parsed, p)
        mention = Mention(
            name.text, name.start, name.end, parsed.sentence.number, parsed.sentence.paragraph, kind=kind, part=part
        )
        self.mentions.append(mention)
        self._by_span[key] = len(self.mentions) - 1
        if "state" in name.classes:
            self._countries.add(len(self.mentions) - 1)
        if "capital" in name.classes:
            self._sources.add(len(self.mentions) - 1)
        return len(self.mentions) - 1

    def of(self, parsed: Parsed, p: PlacePhrase, phrases: list[PlacePhrase]) -> int | None:
        """The mention of a phrase that an event takes place at; None where nothing says which place is meant."""
        if p.name is not None:
            at = self._named(parsed, p)
            if p.relation == "between" and p.containers:
                other = self._named(parsed, p.containers[-1])
                first, last = self.mentions[at], self.mentions[other]
                self.mentions.append(
                    Mention("", first.start, last.end, first.sentence, first.paragraph, relation=Relation("between", (at, other)))
                )
                return len(self.mentions) - 1
            if p.relation:
                return self._relative(parsed, p, at)
            return at
        inside = {t.i for t in p.head.subtree}
        anchors = [q for q in phrases if q.name is not None and (q.head.i in inside or q.name.i in inside)]
        # what lies somewhere in a country or a province is not at its middle
        anchors = [q for q in anchors if not self._wide(self._named(parsed, q))]
        kind = p.head.lemma_.lower()
        start, end = parsed.spans[p.tokens[0].i][0], parsed.spans[p.tokens[-1].i][1]
        if anchors:
            if len(anchors) >= 2 and any(t.lower_ == "between" for t in p.head.subtree):
                relation = Relation("between", (self._named(parsed, anchors[0]), self._named(parsed, anchors[1])))
            else:
                relation = _relation(anchors[0].relation or "near", (self._named(parsed, anchors[0]),), parsed, anchors[0])
            self.mentions.append(
                Mention("", start, end, parsed.sentence.number, parsed.sentence.paragraph, kind=kind, relation=relation)
            )
            return len(self.mentions) - 1
        town = next((t for t in p.head.subtree if t != p.head and _points(t) and grammar.lemma(t) in _WORDS["towns"]), None)
        if town is not None and (before := self._back(grammar.lemma(town), start)) is not None:
            # "a district on the outskirts of the town"
            self.mentions.append(
                Mention(
                    "",
                    start,
                    end,
                    parsed.sentence.number,
                    parsed.sentence.paragraph,
                    kind=kind,
                    relation=Relation("part", (before,)),
                )
            )
            return len(self.mentions) - 1
        return self._back(kind, start) if _points(p.head) or (p.head.tag_ == "NN" and len(p.tokens) == 1) else None

    def _wide(self, at: int) -> bool:
        """Whether a mention names a country, or an area by a word for one."""
        return at in self._countries or self.mentions[at].kind in _WORDS["areas"]

    def _relative(self, parsed: Parsed, p: PlacePhrase, at: int) -> int:
        """An event "north of X" or "near X": a mention with no name of its own, anchored on X."""
        m = self.mentions[at]
        made = Mention(
            "", m.start, m.end, m.sentence, m.paragraph, kind=None, relation=_relation(p.relation or "near", (at,), parsed, p)
        )
        self.mentions.append(made)
        return len(self.mentions) - 1

    def ahead(self, parsed: Parsed, p: PlacePhrase) -> int | None:
        """ "A town in X was bombed", at a report's head: the first town named after it, where no place is named before."""
        kind = p.head.lemma_.lower()
        if p.name is not None or parsed.sentence.number > _LEAD or kind not in _WORDS["towns"] | _WORDS["bases"]:
            return None
        like = _WORDS["bases"] if kind in _WORDS["bases"] else _WORDS["plain_towns"]
        end = parsed.spans[p.head.i][1]
        named = [i for i, m in enumerate(self.mentions) if m.name and i not in self._countries and not self._wide(i)]
        if any(self.mentions[i].end <= end for i in named):
            return None
        after = [i for i in named if self.mentions[i].start >= end]
        first = next((i for i in after if self.mentions[i].kind in like), None)
        if first is None and kind in _WORDS["towns"]:
            first = next((i for i in after if self.mentions[i].kind is None and i not in self._sources), None)
        return first

    def _back(self, kind: str, start: int) -> int | None:
        """ "The city", "the base": the last named place of that kind before, or of the kind a bare name can be."""
        if kind not in _WORDS["anaphoric"]:
            return None
        before = [
            i for i, m in enumerate(self.mentions) if m.end <= start and i not in self._countries and (m.name or m.relation)
        ]
        like = next((k for k in _ALIKE if kind in k), frozenset({kind}))
        # "X in Y ... the town": X
        areas = {j for m in self.mentions for j in m.within}
        before = [i for i in before if i not in areas] or before
        same = [i for i in before if self.mentions[i].kind in like]
        if same:
            return same[-1]
        if kind in _WORDS["towns"]:
            bare = [i for i in before if self.mentions[i].name and self.mentions[i].kind in {None, *_WORDS["plain_towns"]}]
            if bare:
                return bare[-1]
        return None


def _points(token: Token) -> bool:
    """Whether a noun points back ("the town", "that city")."""
    return any(c.dep_ == "det" and c.lower_ in {"the", "this", "that"} for c in token.children)


def _is_aside(p: PlacePhrase) -> bool:
    """Whether a phrase set behind a place with a comma tells its bearing: "X, west of Y"."""
    return p.preposition is None and p.head is not p.name and directions.bearing(p.head.text) is not None


def _kind_and_part(parsed: Parsed, p: PlacePhrase) -> tuple[str | None, str | None]:
    """(kind word, part wording) of a named phrase: "town of X" is a town; "eastern outskirts of X" is a part."""
    assert p.name is not None
    words = [t for t in p.tokens if t != p.name and t.dep_ not in {"det", "case"}]
    part = None
    kind = None
    for t in words:
        lemma = t.lemma_.lower()
        if lemma in _WORDS["mere_part"] or directions.bearing(t.text) is not None:
            part = f"{part} {t.lower_}" if part else t.lower_
        elif lemma in _WORDS["part"]:
            kind = lemma
    if kind is None and p.name.dep_ in {"appos", "pobj", "compound", "nmod", "conj"}:
        first: Token = p.name
        while first.dep_ == "conj" and first.head != first:
            first = first.head
        up = (
            first.head.head
            if first.dep_ == "pobj" and first.head.lower_ == "of"
            else first.head
            if first.dep_ in {"appos", "compound"}
            else None
        )
        if up is not None and up.lemma_.lower() in _WORDS["part"] and up.lemma_.lower() not in _WORDS["mere_part"]:
            kind = up.lemma_.lower()
    if part and kind in _WORDS["quarters"]:
        kind, part = kind, None
    return kind, part


def _relation(wording: str, anchors: tuple[int, ...], parsed: Parsed, phrase: PlacePhrase) -> Relation:
    """What a wording ("near", "north of") says of where something lies towards its anchors."""
    bearing = directions.bearing(wording)
    km = _distance_km(parsed, phrase)
    kind: RelationKind = "distance" if km is not None else "direction" if bearing is not None else "near"
    return Relation(kind, anchors, bearing, km)


@cache
def _distance_pattern() -> re.Pattern[str]:
    units = "|".join(sorted(_WORDS["kilometres"] | _WORDS["miles"], key=lambda w: (-len(w), w)))
    return re.compile(rf"(\d+(?:\.\d+)?)\s*({units})\b[\w\s-]*$", re.IGNORECASE)


def _distance_km(parsed: Parsed, phrase: PlacePhrase) -> float | None:
    """A distance that stands right before the phrase: "12 km north of X", "some 5 kilometers from X"."""
    start = parsed.spans[phrase.tokens[0].i][0]
    before = parsed.source[max(parsed.sentence.start, start - 48) : start]
    found = _distance_pattern().search(before)
    if not found:
        return None
    return float(found.group(1)) * (_MILES if found.group(2).lower() in _WORDS["miles"] else 1.0)


def build(drafts: list[Draft], parsed_sentences: list[tuple[Parsed, list[PlacePhrase]]]) -> list[Mention]:
    """Mentions of a document; sets `mention` on every place of the drafts."""
    builder = MentionBuilder()
    by_sentence = {p.sentence.number: (p, phrases) for p, phrases in parsed_sentences}
    for parsed, phrases in parsed_sentences:
        builder.sentence(parsed, phrases)
        for d in drafts:
            if d.parsed is not parsed:
                continue
            for place in d.places:
                if place.phrase is None or place.parsed is None:
                    continue
                home = by_sentence.get(place.parsed.sentence.number)
                place.mention = builder.of(place.parsed, place.phrase, home[1] if home else phrases)
    for d in drafts:
        for place in d.places:
            if place.mention is None and place.phrase is not None and place.parsed is not None:
                place.mention = builder.ahead(place.parsed, place.phrase)
    return builder.mentions
