"""Which place phrases an event takes: its own, those of its clause, those of the sentence, or those told of just before.

A reading names tokens as its places; what they say comes first. Where they say nothing, the event is where its target is,
then where a phrase that hangs on the trigger says, then where the clauses around it are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warlog.extract import grammar, locations, place_tests
from warlog.extract.frames import Reading
from warlog.extract.place_phrase import PlacePhrase
from warlog.extract.place_tests import below, of_territory, with_list
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("location_words")
#: what is pointed back to by its kind alone
_POINTED = _WORDS["towns"] | _WORDS["bases"]
#: a phrase of another clause, further off than this in a long sentence, belongs to another happening
_FARTHEST, _LONG = 9, 30
#: how far an unnamed place can be from the trigger to stand for a country
_FARTHEST_UNNAMED = 6


def choose(parsed: Parsed, reading: Reading, phrases: list[PlacePhrase], own: frozenset[int]) -> list[PlacePhrase]:
    """The phrases an event takes from its sentence, in text order; several only where they stand in a list.

    `own` are the tokens of the sources' names, whose places are not the event's.
    """
    if reading.entry.frame == "leave" and not reading.places:
        # "pulled back towards X": X is not the place that was left
        return []
    scene = _Scene(parsed, reading, phrases, own)
    chosen = scene.choose()
    if chosen and all(scene.country(p) for p in chosen):
        spot = scene.spot_before(chosen[0])
        return [spot] if spot is not None else chosen
    return chosen


@dataclass(frozen=True, slots=True)
class _Scene:
    """An event with all place phrases of its sentence."""

    parsed: Parsed
    reading: Reading
    phrases: list[PlacePhrase]
    own: frozenset[int]

    def choose(self) -> list[PlacePhrase]:
        """The phrases by the first rule that gives any."""
        direct = self.direct()
        named = [p for p in direct if p.named and p.contained_by not in direct]
        if named:
            return self.narrowed(direct, named)
        if direct and of_territory(self.reading):
            # what was taken has no name: it is told of where a name is near, unless its own words place it
            return [direct[0]] if direct[0].text or not (around := self.around()) else around
        return self.at_target() or self.hanging() or self.around() or direct[:1] or self.pointed()

    def country(self, p: PlacePhrase) -> bool:
        """Whether a phrase names a country."""
        return place_tests.country(self.parsed, p)

    def usable(self, p: PlacePhrase) -> bool:
        """Whether a phrase can be the place of the event."""
        return place_tests.usable(self.parsed, p, self.reading, self.own)

    def free(self) -> list[PlacePhrase]:
        """Phrases that can be the place of the event and do not only locate another."""
        return [p for p in self.phrases if p.contained_by is None and self.usable(p)]

    def of_an_actor(self, p: PlacePhrase) -> bool:
        """ "groups operating in X": where the party is, not the event."""
        return any(a.is_ancestor(p.head) for a in self.reading.actors)

    # ------------------------------------------------------------------ what the reading names

    def direct(self) -> list[PlacePhrase]:
        """Phrases of the tokens that the reading names as places."""
        found: list[PlacePhrase] = []
        for token in self.reading.places:
            p = place_tests.at(self.phrases, token)
            found += self.of_phrase(self.located(p)) if p is not None else self.inside(token)
        return [p for p in _unique(found) if self.usable(p) or p.head in self.reading.places]

    def located(self, p: PlacePhrase) -> PlacePhrase:
        """The place that a phrase only says the area of: "in X in Y" is at X, wherever the parse hung Y."""
        while (inner := p.contained_by) is not None and inner.head not in self.reading.places and self.usable(inner):
            if p.head.is_ancestor(inner.head) or inner.tokens[-1].i > p.tokens[0].i:
                break
            p = inner
        return p

    def of_phrase(self, p: PlacePhrase) -> list[PlacePhrase]:
        """A phrase with its list; places taken with it too, where the parse hung them below the first."""
        out = with_list(self.phrases, p)
        if of_territory(self.reading):
            # "A, the B neighborhood and one of the strongholds - C"
            apart = [q for q in below(self.phrases, p.head) if q.contained_by is None and q.relation is None]
            out = out + [q for q in apart if q.preposition not in {"near", "in", "from", "on"}]
        return out

    def inside(self, token: Token) -> list[PlacePhrase]:
        """What the noun phrase of an unnamed place says: the names in it, or the place itself."""
        found = below(self.phrases, token)
        if found and self.country(found[0]):
            found = [q for q in found if not self.country(q)] or found
        if not found and (beside := self.just_behind(token)) is not None:
            return with_list(self.phrases, beside)
        if not found or (self.country(found[0]) and token != found[0].head):
            # "a town in the north of the country": the town, though it has no name
            bare = locations.unnamed(self.parsed, token)
            if bare is not None:
                return [bare]
        return self.members(found) if found else []

    def just_behind(self, token: Token) -> PlacePhrase | None:
        """ "their camp at X", "the base at X back": the named place that follows, wherever the parse hung it."""
        if token.i + 1 >= len(self.parsed.doc) or self.parsed.doc[token.i + 1].lower_ not in _WORDS["behind_a_place"]:
            return None
        return next((p for p in self.phrases if p.named and p.head.dep_ == "pobj" and p.head.head.i == token.i + 1), None)

    def members(self, found: list[PlacePhrase]) -> list[PlacePhrase]:
        """The first of some phrases with its list; for places taken, also the names that stand for members of it."""
        out = [q for q in found if q.list_id == found[0].list_id >= 0] or found[:1]
        if of_territory(self.reading):
            # "A, B and one of the strongholds - C"
            apart = [q for q in found if q.contained_by is None and q.relation is None]
            out = out + [q for q in apart if q.head.dep_ in {"appos", "conj", "pobj"}]
        return out

    def narrowed(self, direct: list[PlacePhrase], named: list[PlacePhrase]) -> list[PlacePhrase]:
        """Of the direct phrases those that count beside the named ones: no country beside a place in it, one group."""
        keep = [p for p in direct if p.named or not (_possessed(p) or any(p.head.is_ancestor(q.head) for q in named))]
        specific = [p for p in keep if not self.country(p)]
        if specific:
            keep, named = specific, [p for p in named if not self.country(p)]
        if not of_territory(self.reading):
            keep = named if len({p.list_id for p in named}) <= 1 else self.nearest_group(named)
        return sorted((p for p in keep if p.contained_by not in direct), key=lambda p: p.head.i)

    def nearest_group(self, named: list[PlacePhrase]) -> list[PlacePhrase]:
        """Of several lists the one nearest to the trigger."""
        best = min(named, key=lambda p: (grammar.distance(p.head, self.reading.token), p.head.i))
        return [p for p in named if p is best or p.list_id == best.list_id >= 0]

    # ------------------------------------------------------------------ where the reading names no place

    def at_target(self) -> list[PlacePhrase]:
        """Where the target is: "positions in X", "an airbase near X", "a market in the Y district of X"."""
        for target in [*self.reading.targets, *self.reading.places]:
            inside = [p for p in below(self.phrases, target) if p.contained_by is None and self.usable(p)]
            if not inside:
                continue
            nearest = next((p for p in inside if not self.country(p)), inside[0])
            bare = self.spot_above(target, nearest) if self.country(nearest) else None
            return [bare] if bare is not None else with_list(self.phrases, nearest)
        return []

    def hanging(self) -> list[PlacePhrase]:
        """The nearest phrase that hangs on the trigger in its own clause, with its list."""
        trigger = self.reading.token
        hung = [
            p
            for p in self.free()
            if (p.preposition in _WORDS["locative"] or p.head.dep_ in {"compound", "nmod", "amod"})
            and trigger.is_ancestor(p.head)
            and not place_tests.in_deeper_clause(trigger, p.head)
            and not self.of_an_actor(p)
        ]
        if not hung:
            return []
        return with_list(self.phrases, min(hung, key=lambda p: place_tests.steps(self.parsed, p, self.reading)))

    def around(self) -> list[PlacePhrase]:
        """Locative phrases of the clauses around the trigger, nearest first, then any in the sentence."""
        named = [p for p in self.free() if p.named]
        named = [p for p in named if not self.of_an_actor(p)] or [p for p in named if not self.country(p)]
        found = [p for p in named if self.locative(p)] or [p for p in named if p.head.dep_ in _PLACED_BY_ITSELF]
        if not found:
            return []
        best = min(found, key=lambda p: (place_tests.steps(self.parsed, p, self.reading), p.head.i))
        if grammar.distance(best.head, self.reading.token) > _FARTHEST and len(self.parsed.doc) > _LONG:
            return []
        return with_list(self.phrases, best)

    def pointed(self) -> list[PlacePhrase]:
        """ "strikes in and around the city": the nearest settlement or base that is pointed back to where nothing is named."""
        found = [
            t
            for t in self.parsed.doc
            if t.dep_ == "pobj"
            and t.head.lower_ in _WORDS["surrounding"] - _WORDS["goal"] - {"of"}
            and grammar.lemma(t) in _POINTED
            and t.i not in self.own
            and any(c.dep_ == "det" and c.lower_ in {"the", "this", "that"} for c in t.children)
            and grammar.distance(t, self.reading.token) <= _FARTHEST_UNNAMED
        ]
        if not found:
            return []
        bare = locations.unnamed(self.parsed, min(found, key=lambda t: grammar.distance(t, self.reading.token)))
        return [bare] if bare is not None else []

    def locative(self, p: PlacePhrase) -> bool:
        """Whether a phrase is said by its preposition to be where something happens; "to X" only for what goes somewhere."""
        if p.head.dep_ != "pobj" or not (p.preposition in _WORDS["surrounding"] or p.relation):
            return False
        return self.reading.type in _WORDS["moving_types"] or p.preposition not in _WORDS["goal"]

    # ------------------------------------------------------------------ a place with no name, rather than its country

    def spot_above(self, target: Token, p: PlacePhrase) -> PlacePhrase | None:
        """ "a crowd in a town in X": the town, though it has no name, and not the country it lies in."""
        for up in place_tests.between(target, p.head):
            if up != p.head and up.pos_ == "NOUN" and (bare := locations.unnamed(self.parsed, up)) is not None:
                return bare
        return None

    def spot_before(self, p: PlacePhrase) -> PlacePhrase | None:
        """ "in a town, in the north of X": the town before the country's name, if it is near the trigger."""
        for token in self.parsed.doc[: p.head.i]:
            if token.dep_ != "pobj" or token.pos_ != "NOUN" or token.i in self.own:
                continue
            if token.head.lower_ in _WORDS["spot"] and grammar.lemma(token) in _WORDS["anaphoric"]:
                bare = locations.unnamed(self.parsed, token)
                if bare is not None and grammar.distance(token, self.reading.token) <= _FARTHEST_UNNAMED:
                    return bare
        return None


#: dependencies of a name that tells a place without a preposition
_PLACED_BY_ITSELF = frozenset({"compound", "nmod", "poss", "npadvmod", "dobj", "appos", "nsubjpass", "conj"})


def _possessed(p: PlacePhrase) -> bool:
    """ "their village": a place told by whose it is."""
    return any(c.dep_ == "poss" and c.pos_ == "PRON" for c in p.head.children)


def _unique(items: list[PlacePhrase]) -> list[PlacePhrase]:
    """The phrases in their order, each head once."""
    out: list[PlacePhrase] = []
    for p in items:
        if all(p is not q and p.head != q.head for q in out):
            out.append(p)
    return out
