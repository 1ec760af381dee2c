"""Which place phrases an event takes: its own, those of its clause, those of the sentence, or those told of just before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar, locations
from warlog.extract.classes import classes
from warlog.extract.frames import Reading
from warlog.extract.locations import PlacePhrase
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token


def _phrase_at(phrases: list[PlacePhrase], token: Token) -> PlacePhrase | None:
    for p in phrases:
        if token == p.head or token == p.name or token.i in {t.i for t in p.tokens}:
            return p
    return None


def _below(phrases: list[PlacePhrase], token: Token) -> list[PlacePhrase]:
    """Phrases in the noun phrase of a token: "one of the key strongpoints - Khan Tuman", "the villages of A, B and C"."""
    inside = {t.i for t in token.subtree}
    for c in token.subtree:
        if c.dep_ in {"relcl", "acl", "advcl", "ccomp"} and c != token:
            inside -= {t.i for t in c.subtree}
    return [p for p in phrases if p.head.i in inside]


def _usable(parsed: Parsed, p: PlacePhrase, reading: Reading, own: frozenset[int]) -> bool:
    """A phrase that can be the event's place: not the party itself, not part of the source's name."""
    if p.linking:
        return False
    if p.head.i in own or (p.name is not None and p.name.i in own):
        return False
    top = p.head
    name = p.name
    if name is not None and top is name:
        found = classes(parsed, name)
        # a country or capital as subject, agent or possessor acts; it is no place
        if "state" in found and top.dep_ in {"nsubj", "nsubjpass", "poss", "compound", "amod", "nmod", "dobj"} | (
            {"pobj"} if top.head.lower_ in {"by", "with", "from", "against", "to", "for", "between", "of"} else set()
        ):
            return top.dep_ == "pobj" and top.head.lower_ == "of" and reading.type.startswith("territory")
        if top.dep_ in {"compound", "nmod", "amod"} and classes(parsed, top.head) & {"official", "body", "source"}:
            return False
        if top.dep_ == "nsubj" and "place" in found and reading.type in {"talks", "statement"}:
            return False
    up = top
    for _ in range(4):
        # "a source in Aleppo": where the source is, not the event
        if up.dep_ == "pobj" and up.head.dep_ == "prep" and up.head.head.i in own:
            return False
        up = up.head
    return True


#: events that go somewhere: "to X" tells where they are
MOVING = frozenset({"displacement", "deployment", "aid", "armed_clash", "territory_captured", "territory_transferred", "talks"})


def choose(parsed: Parsed, reading: Reading, phrases: list[PlacePhrase], own: frozenset[int]) -> list[PlacePhrase]:
    """The phrases an event takes from its sentence, in text order; several only where they stand in a list."""
    chosen = _choose(parsed, reading, phrases, own)
    if chosen and all(_country(parsed, p) for p in chosen):
        # "in a town in northern Syria": the town, though it has no name, is where it happened
        for token in parsed.doc[: chosen[0].head.i]:
            spot = token.dep_ == "pobj" and token.head.lower_ in {"in", "at", "near", "outside"} and token.pos_ == "NOUN"
            if spot and token.lemma_.lower() in locations.words()["anaphoric"] and token.i not in own:
                bare = locations.unnamed(parsed, token)
                if bare is not None and grammar.distance(token, reading.token) <= 6:
                    return [bare]
    return chosen


def _choose(parsed: Parsed, reading: Reading, phrases: list[PlacePhrase], own: frozenset[int]) -> list[PlacePhrase]:
    direct: list[PlacePhrase] = []
    for token in reading.places:
        p = _phrase_at(phrases, token)
        if p is not None:
            direct += _with_list(phrases, p)
            if reading.type.startswith("territory"):
                # "A, the B neighborhood and one of the strongholds - C": members that the parse hung below the first
                direct += [
                    q
                    for q in _below(phrases, p.head)
                    if q not in direct
                    and q.contained_by is None
                    and q.relation is None
                    and q.preposition not in {"near", "in", "from", "on"}
                ]
            continue
        below = _below(phrases, token)
        if below and _country(parsed, below[0]) and (specific := [q for q in below if not _country(parsed, q)]):
            below = specific
        if (
            below
            and _country(parsed, below[0])
            and (bare := locations.unnamed(parsed, token)) is not None
            and token != below[0].head
        ):
            # "a town in northern Syria": the town, though it has no name
            direct.append(bare)
            continue
        if below:
            first = below[0]
            members = [q for q in below if q.list_id == first.list_id >= 0] or [first]
            if reading.type.startswith("territory"):
                # "A, B and one of the strongholds - C": names that stand for members of the list
                members += [
                    q
                    for q in below
                    if q not in members
                    and q.contained_by is None
                    and q.head.dep_ in {"appos", "conj", "pobj"}
                    and q.relation is None
                ]
            direct += members
            continue
        bare = locations.unnamed(parsed, token)
        if bare is not None:
            direct.append(bare)
    direct = [p for p in _unique(direct) if _usable(parsed, p, reading, own) or p.head in reading.places]
    named = [p for p in direct if p.named and p.contained_by not in direct]
    if named:
        direct = [p for p in direct if p.named or not any(c.dep_ == "poss" and c.pos_ == "PRON" for c in p.head.children)]
        keep = [p for p in direct if p.named or not any(p.head.is_ancestor(q.head) for q in named)]
        specific = [p for p in keep if not _country(parsed, p)]
        if specific:
            keep, named = specific, [p for p in named if not _country(parsed, p)]
        if not reading.type.startswith("territory"):
            keep = named if len({p.list_id for p in named}) <= 1 else _nearest_group(named, reading)
        return _sorted([p for p in keep if p.contained_by not in direct])
    if direct and reading.type.startswith("territory"):
        anchors = _around(parsed, reading, phrases, own)
        return [direct[0]] if not anchors or direct[0].text else anchors

    # where the target is: "positions in X", "an airbase near X", "a market in the Y district of X"
    for target in [*reading.targets, *reading.places]:
        inside = [p for p in _below(phrases, target) if _usable(parsed, p, reading, own) and p.contained_by is None]
        if inside:
            nearest = next((p for p in inside if not _country(parsed, p)), inside[0])
            return _unnamed_first(parsed, target, nearest) or _with_list(phrases, nearest)
    hung = [
        p
        for p in phrases
        if reading.token.is_ancestor(p.head)
        and _usable(parsed, p, reading, own)
        and p.contained_by is None
        and not _deeper_clause(reading.token, p.head)
        and not any(a.is_ancestor(p.head) for a in reading.actors)
    ]
    hung = [p for p in hung if p.preposition in locations.words()["locative"] or p.head.dep_ in {"compound", "nmod", "amod"}]
    if hung:
        return _with_list(
            phrases, min(hung, key=lambda p: grammar.distance(p.head, reading.token) + (4 if _country(parsed, p) else 0))
        )
    around = _around(parsed, reading, phrases, own)
    if around:
        return around
    return direct[:1]


def _unnamed_first(parsed: Parsed, target: Token, country: PlacePhrase) -> list[PlacePhrase]:
    """ "a crowd in a town in northern Syria": the town, though it has no name, and not the country it lies in."""
    if not _country(parsed, country):
        return []
    up = country.head
    while up.head != up and up != target:
        up = up.head
        if up.pos_ == "NOUN" and up != target and (bare := locations.unnamed(parsed, up)) is not None:
            return [bare]
    return []


def _deeper_clause(trigger: Token, inner: Token) -> bool:
    t = inner
    while t != trigger and t.head != t:
        if t.dep_ in {"relcl", "advcl", "ccomp"}:
            return True
        t = t.head
    return False


def _around(parsed: Parsed, reading: Reading, phrases: list[PlacePhrase], own: frozenset[int]) -> list[PlacePhrase]:
    """Locative phrases of the clauses above the trigger, nearest first, then any in the sentence."""
    usable = [p for p in phrases if _usable(parsed, p, reading, own) and p.contained_by is None and p.named]
    # "groups operating in Syria": where the party is, not the event, if the sentence has any other place
    usable = [p for p in usable if not any(a.is_ancestor(p.head) for a in reading.actors)] or usable
    locative = [
        p
        for p in usable
        if p.head.dep_ == "pobj"
        and (
            p.preposition
            in {
                "in",
                "at",
                "near",
                "on",
                "inside",
                "around",
                "outside",
                "across",
                "throughout",
                "over",
                "into",
                "of",
                "to",
                "between",
                "within",
            }
            or p.relation
        )
    ]
    if reading.type not in MOVING:
        locative = [p for p in locative if p.preposition not in {"to", "into"}]
    if not locative:
        locative = [
            p for p in usable if p.head.dep_ in {"compound", "nmod", "poss", "npadvmod", "dobj", "appos", "nsubjpass", "conj"}
        ]
    if not locative:
        return []
    best = min(locative, key=lambda p: (grammar.distance(p.head, reading.token) + (4 if _country(parsed, p) else 0), p.head.i))
    if grammar.distance(best.head, reading.token) > 9 and len(parsed.doc) > 30:
        return []
    return _with_list(phrases, best)


def _country(parsed: Parsed, p: PlacePhrase) -> bool:
    return p.name is not None and "state" in parsed.names[p.name.i].classes


def _with_list(phrases: list[PlacePhrase], p: PlacePhrase) -> list[PlacePhrase]:
    if p.list_id < 0:
        return [p]
    return [q for q in phrases if q.list_id == p.list_id]


def _nearest_group(named: list[PlacePhrase], reading: Reading) -> list[PlacePhrase]:
    best = min(named, key=lambda p: (grammar.distance(p.head, reading.token), p.head.i))
    return [p for p in named if p is best or p.list_id == best.list_id >= 0]


def _unique(items: list[PlacePhrase]) -> list[PlacePhrase]:
    out: list[PlacePhrase] = []
    for p in items:
        if all(p is not q and p.head != q.head for q in out):
            out.append(p)
    return out


def _sorted(items: list[PlacePhrase]) -> list[PlacePhrase]:
    return sorted(items, key=lambda p: p.head.i)
