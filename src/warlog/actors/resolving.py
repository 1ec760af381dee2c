"""From an actor as written to the actors that it names.

A phrase is split into its parts; each part is looked up as it stands, then with more and more put aside; then its head noun
decides: a state's name and "troops" are that state's forces. A name that fits no actor of the theatre stays unknown under an
id of its own: an unknown actor is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from warlog.actors import phrases
from warlog.actors.folding import is_abbreviation, key, spellings
from warlog.actors.model import Actor, ActorContext, ActorRef
from warlog.actors.nations import Nation, nations
from warlog.actors.outlets import Outlets
from warlog.actors.roster import WORLD, GeneralName, Roster, within
from warlog.actors.spotting import Find, Spotter

_RANKS = frozenset(
    {"general", "colonel", "major", "captain", "lieutenant", "brigadier", "admiral", "marshal", "sergeant", "commander"}
)
#: a type of aircraft, tank or missile by its letters and number ("Su-24s", "F-16", "T-72")
_MODEL = re.compile(r"(?:[A-Z][A-Za-z]{0,3}-?\d{1,3}[A-Z]{0,2}s?)")
#: two states' adjectives in one ("Russian-Syrian forces")
_HYPHENED = re.compile(r"\b([A-Z]\w+|U\.?S\.?)-([A-Z]\w+)\b")
#: how a state's own government or forces can stand to a foreign power
_HELPED = frozenset({"backed", "supported", "trained", "armed", "equipped", "sponsored", "funded", "allied", "aligned", "pro"})
#: kinds of actor whose own people stand for them as a source
_TELLERS = frozenset({"outlet", "agency", "monitor", "civilian_body", "international"})
#: a spelling this short is never corrected
_FUZZY_LENGTH = 9
_FUZZY_WORD = 6


@dataclass(slots=True)
class Names:
    """Aliases by key, each with those who bear it."""

    bearers: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    #: first letter to the keys that begin with it, for correcting misspelt names
    long: dict[str, list[str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)

    def add(self, alias: str, actor_id: str) -> None:
        """One more name of an actor."""
        texts = spellings(alias)
        # a phrase comes without its leading article, so "The Guardian" must be known without it
        for text in (*texts, *(t[4:] for t in texts if t[:4].lower() == "the ")):
            k = key(text)
            if not k:
                continue
            if k not in self.bearers and len(k) >= _FUZZY_LENGTH:
                self.long.setdefault(k[0], []).append(k)
            owners = self.bearers.setdefault(k, [])
            if (text, actor_id) not in owners:
                owners.append((text, actor_id))
            self.tokens.update(k.split())


class Resolver:
    """Resolves actor phrases against a roster."""

    def __init__(self, roster: Roster, spotter: Spotter, outlets: Outlets) -> None:
        """All three as `Actors.load` makes them."""
        self._roster = roster
        self._spotter = spotter
        self._outlets = outlets
        self._names = Names()
        for alias, actor_id in roster.names():
            self._names.add(alias, actor_id)
        #: keys of the big places of each theatre
        self._places = {t.name: {key(p) for ps in t.places.values() for p in ps} for t in roster.theatres.values()}
        common: set[str] = set()
        for table in phrases.words().values():
            for entry in table:
                common.update(key(entry).split())
        self._common = common

    # -- the way in ---------------------------------------------------------------------------------------------------

    def resolve(self, name: str, context: ActorContext) -> list[ActorRef]:
        """The actors that a phrase names, in order, each once. Empty only for an empty phrase."""
        out: dict[str, ActorRef] = {}
        if name.split()[-1:] and name.split()[-1].lower() in phrases.words()["state_force_heads"]:
            name = _HYPHENED.sub(lambda m: f"{m[1]} and {m[2]}" if _both_states(m[1], m[2]) else m[0], name)
        parts = phrases.split(name, lambda text: self._protected(text, context))
        for part in phrases.share_head(parts, self._bare):
            if out and key(part) in phrases.words()["ally_words"]:
                side = next(iter(out.values())).side
                out.setdefault("generic:allies", ActorRef("generic:allies", "allies", False, side))
                continue
            for ref in self._part(part, context, 0):
                out.setdefault(ref.actor_id, ref)
        return list(out.values())

    def _protected(self, text: str, context: ActorContext) -> list[tuple[int, int]]:
        if self._lookup(text, context):
            return [(0, len(text))]
        return [(f.start, f.end) for f in self._spotter.find(text)]

    def _bare(self, part: str) -> bool:
        """Whether a part is only a qualifier: a nationality, or a word for one side of a war."""
        k = key(phrases.strip_quantity(part))
        n = nations()
        if k in n.adjectives or k in phrases.words()["opposing_modifiers"] or k in {"coalition", "loyalist"}:
            return True
        return k.split()[-1:] in (["regime"], ["government"])

    # -- one part -----------------------------------------------------------------------------------------------------

    def _part(self, text: str, context: ActorContext, depth: int) -> list[ActorRef]:
        backers = self._backers(text, context)
        found = self._part_alone(text, context, depth)
        return [replace(ref, backed_by=tuple(b for b in backers if b != ref.actor_id)) for ref in found] if backers else found

    def _backers(self, text: str, context: ActorContext) -> tuple[str, ...]:
        """Ids of those who back the actor as the phrase itself says: "Turkish-backed rebels", "militias funded by Iran"."""
        _, said = phrases.strip_relations(phrases.strip_quantity(text))
        if backed := phrases.backed_by(text):
            said = [*said, (backed[2], backed[1])]
        out: dict[str, None] = {}
        for by, how in said:
            if how in phrases.words()["sponsor_relations"]:
                for name in phrases.split(by, lambda t: self._protected(t, context)):
                    out |= {ref.actor_id: None for ref in self._known(name, context, 1) if ref.known}
        return tuple(out)

    def _part_alone(self, text: str, context: ActorContext, depth: int) -> list[ActorRef]:
        part = phrases.brackets(text)
        found = self._known(part.text, context, depth)
        if part.bracket and not re.match(r"(?:formerly|previously|also|known|then|now|aka|a\.k\.a|ex-)\b", part.bracket):
            inner = self._lookup(part.bracket, context) or self._fuzzy(part.bracket, context)
            if inner and (not found or self._at_home(inner[0], context) > self._at_home(found[0], context)):
                return inner
        return found or [self._unknown(part.text)]

    def _known(self, text: str, context: ActorContext, depth: int) -> list[ActorRef]:
        """The known actors of one part, or an empty list."""
        if depth > 4 or not text:
            return []
        if key(text).startswith("our "):
            # whose forces "ours" are depends on nothing but who speaks
            return self._lookup(text, context)
        for tried in self._shorter_and_shorter(text):
            if found := self._lookup(tried, context):
                return found
        text = phrases.strip_quantity(text)
        main, explained = phrases.without_apposition(text)
        if explained:
            return self._known(main, context, depth + 1) or self._known(explained, context, depth + 1)
        if backed := phrases.backed_by(text):
            group, how, by = backed
            for qualifier in self._qualifiers(by):
                if found := self._lookup(f"{qualifier}-{how} {phrases.strip_quantity(group)}", context):
                    return found
            return self._known(group, context, depth + 1)
        if led := phrases.complement(text):
            # "Ukrainian soldiers of the 77th Brigade": where the whole is not known, the head may say whose, below
            head, whole = led
            if self._is_other(head):
                return []
            low = head.split()[-1].lower()
            if found := [self._as_force(ref, low, context) for ref in self._known(whole, context, depth + 1)]:
                return found
        text = phrases.without_tail(text)
        bare, backers = phrases.strip_relations(text)
        if backers:
            return self._not_against(self._known(bare, context, depth + 1), backers, context)
        found = self._inside(text, context) or self._by_head(text, context, depth) or self._fuzzy(text, context)
        # "Ukrainian soldiers of the 77th Brigade" are Ukraine's; a "Guard Committee of Salamiyah" is a name of its own
        if found or not led or (led[0].split()[-1][:1].isupper() and led[1][:1].isupper()):
            return found
        return self._by_head(led[0], context, depth + 1)

    def _not_against(self, found: list[ActorRef], backers: list[tuple[str, str]], context: ActorContext) -> list[ActorRef]:
        """What "Turkish-backed rebels" leaves when the qualifier is put aside, unless it cannot be that.

        Forces that a foreign power backs may be the state's own; those that it installs, runs or occupies are not, nor are
        they on the side that fights it.
        """
        for backer, how in backers:
            codes = nations().codes(key(backer))
            sponsor = nations().by_code[codes[0]].government if codes else None
            for ref in found:
                if ref.actor_id[:4] not in {"gov-", "mil-", "pol-"} or ref.actor_id == sponsor:
                    continue
                against = sponsor is not None and self._roster.same_side(sponsor, ref.actor_id, context) is False
                if against or how not in _HELPED:
                    return []
        return found

    def _shorter_and_shorter(self, text: str) -> Iterable[str]:
        """A part as it stands, and with more and more put aside, each once."""
        seen: set[str] = set()
        for tried in (
            text,
            phrases.strip_quantity(text),
            phrases.without_tail(text),
            phrases.strip_quantity(phrases.without_tail(text)),
        ):
            if tried not in seen:
                seen.add(tried)
                yield tried

    def _qualifiers(self, by: str) -> list[str]:
        """How the one who backs a group stands before the hyphen: "Turkey", "Turkish"."""
        code = nations().nouns.get(key(by))
        return [by, *(nations().by_code[code].adjective if code else ())]

    # -- looking a name up --------------------------------------------------------------------------------------------

    def _lookup(self, text: str, context: ActorContext) -> list[ActorRef]:
        for tried in _without_possessive(text):
            k = key(tried)
            if not k:
                continue
            if readings := self._general(k, context):
                return readings
            bearers = [(alias, a) for alias, a in self._names.bearers.get(k, ()) if _case_fits(alias, tried)]
            if chosen := self._choose(bearers, context):
                return [self._ref(chosen, context)]
            if (code := nations().seats.get(k)) and tried[:1].isupper():
                return [self._ref(nations().by_code[code].government, context)]
            if own := self._own_state(k, context):
                return [own]
        return []

    def _general(self, k: str, context: ActorContext) -> list[ActorRef]:
        """What a general name means in the theatres of the text, by day and by who speaks."""
        readings = self._roster.general.get(k, ())
        for theatre in (*context.theatres, WORLD):
            fits = [r for r in readings if r.theatre == theatre and self._reading_fits(r, context)]
            # a reading that asks for a speaker or a country is closer than one that does not
            fits.sort(key=lambda r: (not r.speakers, not r.countries))
            if fits:
                reading = fits[0]
                if reading.actors:
                    return [self._ref(self._roster.on_day(a, context.day), context) for a in reading.actors]
                return [ActorRef(f"generic:{k}", k, False, reading.side)]
            if meant := self._from_where_it_stands(k, theatre, context):
                return [self._ref(meant, context)]
        return []

    def _from_where_it_stands(self, k: str, theatre: str, context: ActorContext) -> str | None:
        """Whom a side means by "our forces" or "the enemy"; None where no side speaks, or it has several to mean."""
        own = k in phrases.words()["own_side_names"]
        if not own and k not in phrases.words()["enemy_names"]:
            return None
        side = self.speaker_side(context, theatre)
        known = self._roster.theatres.get(theatre)
        if side is None or known is None:
            return None
        named = known.sides[side].forces if own else known.sides[side].enemies
        meant = set()
        for actor_id in named:
            there = self._roster.side_of(actor_id, theatre, context.day)
            # who has changed sides is nobody's own any more, and nobody's enemy yet
            if self._exists(actor_id, context.day) and (there == side) == own:
                meant.add(self._roster.on_day(actor_id, context.day))
        return meant.pop() if len(meant) == 1 else None

    def _exists(self, actor_id: str, day: str | None) -> bool:
        actor = self._roster.actors[actor_id]
        return day is None or within(day, actor.active_from, actor.active_to)

    def _reading_fits(self, reading: GeneralName, context: ActorContext) -> bool:
        if context.day is not None and not within(context.day, reading.start, reading.end):
            return False
        if reading.countries and not (context.countries and context.countries[0] in reading.countries):
            return False
        return not reading.speakers or self.speaker_side(context, reading.theatre) in reading.speakers

    def speaker_side(self, context: ActorContext, theatre: str) -> str | None:
        """The side on which those stand in a theatre who speak: who is quoted, where that is known, or else the publisher.

        None if unknown or none.
        """
        if context.speaker:
            asked = replace(context, speaker=None, publisher=None)
            quoted = [ref for ref in self._known(phrases.clean(context.speaker), asked, 1) if ref.known]
            sides = {self._stands(ref.actor_id, theatre, context.day) for ref in quoted}
            if sides:
                return sides.pop() if len(sides) == 1 else None
        outlet = self._outlets.find(context.publisher) if context.publisher else None
        return self._stands(outlet.outlet_id, theatre, context.day) if outlet else None

    def _stands(self, actor_id: str, theatre: str, day: str | None) -> str | None:
        """The side of an actor or outlet in a theatre on a day: its own, or that of those who own or pay for it."""
        if (outlet := self._outlets.all.get(actor_id)) is None:
            return self._roster.side_of(actor_id, theatre, day) if theatre in self._roster.theatres else None
        sides = self._roster.theatres[theatre].sides if theatre in self._roster.theatres else {}
        if theatre in outlet.side:
            side = outlet.side_on(theatre, day)
            return side if side in sides else None
        backers = [a for a in (outlet.owner, *outlet.sponsors) if a in self._roster.actors]
        return next((s for a in backers if (s := self._roster.side_of(a, theatre, day))), None)

    def _own_state(self, k: str, context: ActorContext) -> ActorRef | None:
        """ "The army", "the government" of the country that the text plays in."""
        countries = context.countries
        if context.theatres and context.theatres[0] in self._roster.theatres:
            # a state that is much spoken of is not at home in the war because of it
            home = self._roster.theatres[context.theatres[0]].countries
            countries = tuple(c for c in countries if c in home) or (home if len(home) == 1 else ())
        nation = nations().by_code.get(countries[0]) if countries else None
        if nation is None:
            return None
        w = phrases.words()
        own = {"own_government": nation.government, "own_forces": nation.military, "own_police": nation.police}
        return next((self._ref(actor_id, context) for table, actor_id in own.items() if k in w[table]), None)

    def _choose(self, bearers: list[tuple[str, str]], context: ActorContext) -> str | None:
        """Of those who bear a name, the one meant; None where that cannot be told."""
        ids = list(dict.fromkeys(a for _, a in bearers))
        short = {a for alias, a in bearers if is_abbreviation(alias) and len(alias) <= 5}
        plain = set(ids) - {a for alias, a in bearers if self._distinctive(alias)}
        fits = [a for a in ids if self._may_be_meant(a, a in short, a in plain, len(ids) == 1, context)]
        # of others that bear some initials, a state's forces come last, where nothing points to that state
        others = [a for a in fits if not (a in short and a.startswith("mil-") and not self._is_near(a, context))]
        fits = others or fits
        if not fits:
            return None
        best = min(self._rank(a, context) for a in fits)
        fits = [a for a in fits if self._rank(a, context) == best]
        if len(fits) > 1:
            # parent and part, or steps of one line of descent, are no real choice: the narrowest, on that day
            if set(fits) <= set(self._roster.main_line(fits[0])):
                fits = fits[:1]
            else:
                fits = [a for a in fits if not any(a in self._roster.ancestors(b)[1:] for b in fits)]
        return self._roster.on_day(fits[0], context.day) if len(fits) == 1 else None

    def _may_be_meant(self, actor_id: str, short: bool, plain: bool, alone: bool, context: ActorContext) -> bool:
        """Whether this bearer of a name fits the text: `short` if it bears it as initials, `plain` if as common words only,
        `alone` if nobody else bears it."""
        actor = self._roster.actors[actor_id]
        if any(t in context.theatres for t in actor.theatres):
            return True
        if WORLD in actor.theatres:
            # the initials of some state's forces mean them only where that state is spoken of
            if short and actor.kind == "military" and (context.countries or context.theatres):
                return bool(set(actor.countries) & set(self._countries(context)))
            return True
        if plain:
            return bool(set(actor.countries) & set(context.countries))
        return not context.theatres or (alone and not short)

    @lru_cache(maxsize=4096)  # noqa: B019 - a resolver lives as long as the program
    def _distinctive(self, alias: str) -> bool:
        """Whether a name has a word of its own, beside those that many bodies' names are made of."""
        common = phrases.words()["name_words"]
        return any(t not in common and not t.isdigit() for t in re.split(r"[ /]", alias.lower().replace("-", " ")))

    def _is_near(self, actor_id: str, context: ActorContext) -> bool:
        actor = self._roster.actors[actor_id]
        return any(t in context.theatres for t in actor.theatres) or bool(set(actor.countries) & set(context.countries))

    def _rank(self, actor_id: str, context: ActorContext) -> tuple[int, int]:
        actor = self._roster.actors[actor_id]
        near = min((context.theatres.index(t) for t in actor.theatres if t in context.theatres), default=len(context.theatres))
        lives = context.day is None or within(context.day, actor.active_from, actor.active_to)
        return near, 0 if lives else 1

    def _countries(self, context: ActorContext) -> tuple[str, ...]:
        theatres = [self._roster.theatres[t] for t in context.theatres if t in self._roster.theatres]
        return (*context.countries, *(c for t in theatres for c in t.countries))

    def _at_home(self, ref: ActorRef, context: ActorContext) -> int:
        actor = self._roster.actors.get(ref.actor_id)
        return 0 if actor is None else 1 + any(t in context.theatres for t in actor.theatres) - (WORLD in actor.theatres)

    # -- by the head noun ---------------------------------------------------------------------------------------------

    def _by_head(self, text: str, context: ActorContext, depth: int) -> list[ActorRef]:
        words = text.split()
        if len(words) < 2:
            adjective = nations().adjectives.get(key(text), ()) if text[:1].isupper() and not text.endswith("s") else ()
            code = nations().pick(adjective, self._countries(context))
            return [self._ref(nations().by_code[code].government, context)] if code else []
        if re.match(r"(?:anti|non|ex|counter|former|post)\b", words[0], re.IGNORECASE):
            return []
        if told := self._of_tellers(words, context):
            return told
        found = _nation_in(words, self._countries(context))
        if found is not None:
            nation, before, rest = found
            if before and not all(w.islower() for w in before):
                return []
            return self._of_state(nation, rest, context, depth)
        for n in range(1, len(words)):
            # "Aleppo rebels": a big place of the theatre, and a general name
            if context.theatres and key(" ".join(words[:n])) in self._places.get(context.theatres[0], ()):
                return self._lookup(" ".join(words[n:]), context)
        head = words[-1].lower()
        w = phrases.words()
        if head in w["not_the_actor"] or (self._is_other(text) and head not in w["armed_heads"]):
            return []
        if head in w["armed_heads"] | w["equipment_heads"] | w["official_heads"] | w["body_heads"]:
            shorter = " ".join(words[:-1])
            inner = self._lookup(shorter, context) or self._by_head(shorter, context, depth + 1)
            if head in w["armed_heads"] | w["equipment_heads"] and any(r.actor_id.startswith("outlet-") for r in inner):
                return []
            return [self._as_force(ref, head, context) for ref in inner]
        return []

    def _of_tellers(self, words: list[str], context: ActorContext) -> list[ActorRef]:
        """ "Associated Press reporters", "Civil Defence workers": the people of a body that reports or helps stand for it."""
        w = phrases.words()
        if words[-1].lower() not in w["source_heads"] | w["civilian_heads"]:
            return []
        told = self._lookup(" ".join(words[:-1]), context)
        return told if all(t.known and self._roster.actors[t.actor_id].kind in _TELLERS for t in told) else []

    def _of_state(self, nation: Nation, rest: list[str], context: ActorContext, depth: int) -> list[ActorRef]:
        """A state's name and what follows it: its forces, its government, its police, or somebody who is at home there."""
        w = phrases.words()
        if not rest:
            return [self._ref(nation.government, context)]
        phrase = " ".join(rest)
        low = [r.lower().strip(",") for r in rest]
        named = self._spotter.find(phrase)
        if named or not any(x in w["opposing_modifiers"] for x in low):
            inner = self._lookup(phrase, context) if named else []
            if inner and self._belongs(inner[0], nation):
                return inner
        if any(x in w["opposing_modifiers"] for x in low):
            at_home = any(
                nation.code in self._roster.theatres[t].countries for t in context.theatres if t in self._roster.theatres
            )
            return self._lookup(phrase, context) if at_home else []
        if named and depth < 4 and (inner := self._known(phrase, context, depth + 1)) and self._belongs(inner[0], nation):
            return inner
        if rest[-1][:1].isupper() and any(r[:1].isupper() and r.lower() in w["movement_words"] for r in rest[:-1]):
            return []
        for n in range(len(low)):
            tail = " ".join(low[n:])
            if _MODEL.fullmatch(rest[n]) and n == len(low) - 1:
                return [self._ref(nation.military, context)]
            if tail in w["police_heads"]:
                return [self._ref(nation.police, context)]
            if tail in w["state_force_heads"] and tail not in {"side", "ally", "allies"}:
                return [self._ref(nation.military, context)]
            if tail in w["state_body_heads"]:
                return [self._ref(nation.government, context)]
        # a title before a name: "Russian Foreign Minister Sergei Lavrov", "Ukrainian General Oleksandr Syrskyi"
        for n in range(len(low) - 1, 0, -1):
            title = " ".join(low[:n])
            if title in w["official_heads"] and rest[n][:1].isupper():
                return [self._ref(nation.military if title.split()[-1] in _RANKS else nation.government, context)]
        return []

    def _belongs(self, ref: ActorRef, nation: Nation) -> bool:
        """Whether an actor can be meant by "<nationality> <name>": it is at home there, backed from there, or at home nowhere."""
        actor = self._roster.actors.get(ref.actor_id)
        if actor is None:
            return False
        return not actor.countries or nation.code in actor.countries or nation.government in actor.sponsors

    def _is_other(self, text: str) -> bool:
        """Whether a phrase's words tell that somebody else than the one named in it is meant."""
        w = phrases.words()
        return any(x in w["not_the_actor"] for x in re.findall(r"[\w'-]+", text.lower()))

    def _inside(self, text: str, context: ActorContext) -> list[ActorRef]:
        """The one actor named in a part whose other words are common ones or titles."""
        finds = self._spotter.find(text)
        if not finds or self._is_other(text) or re.search(r"\b(?:anti|non|ex|counter|former|formerly)\b", text, re.IGNORECASE):
            return []
        rest = text
        chosen: dict[str, Find] = {}
        for f in reversed(finds):
            rest = rest[: f.start] + rest[f.end :]
            bearers = [(f.spelling.text, a) for a in f.spelling.actor_ids]
            picked = self._choose(bearers, context)
            if picked is None:
                return []
            chosen.setdefault(picked, f)
        others = re.findall(r"[^\W\d_][\w.'-]*", _without_titles(rest))
        if any(o[0].isupper() for o in others) or re.search(r"-\w+|\w-", rest):
            return []
        if len(chosen) == 1 and self._head_agrees(text, next(iter(chosen.values()))):
            return [self._as_force(self._ref(next(iter(chosen)), context), text.split()[-1].lower(), context)]
        # "Islamic State's Amaq", "Lebanon's Hezbollah": the narrower of two that belong together
        if len(chosen) == 2:
            a, b = chosen
            if a in self._roster.ancestors(b):
                return [self._ref(b, context)]
            if b in self._roster.ancestors(a):
                return [self._ref(a, context)]
        return []

    def _head_agrees(self, text: str, find: Find) -> bool:
        """Whether the noun phrase is about the actor: it ends with its name, or with a word for fighters or officials."""
        if find.end >= len(text.rstrip(" '’s")):
            return True
        last = text.split()[-1].lower().strip(".,")
        w = phrases.words()
        if find.start == 0 and last in w["body_heads"]:
            return True
        return last in w["armed_heads"] | w["equipment_heads"] | w["official_heads"]

    def _fuzzy(self, text: str, context: ActorContext) -> list[ActorRef]:
        """A name with a slip of the pen: one letter, or two in a long name, in a word that is otherwise unknown."""
        k = key(text)
        if len(k) < _FUZZY_LENGTH or not any(c.isupper() for c in text):
            return []
        allowed = 1 if len(k) < 16 else 2
        pool = [c for c in self._names.long.get(k[0], ()) if abs(len(c) - len(k)) <= allowed]
        hits: set[str] = set()
        for candidate, distance, _ in extract_iter(k, pool, scorer=OSA.distance, score_cutoff=allowed):
            ours, theirs = k.split(), candidate.split()
            if distance <= allowed and len(ours) == len(theirs):
                wrong = [(o, t) for o, t in zip(ours, theirs, strict=True) if o != t]
                if all(len(t) >= _FUZZY_WORD and o not in self._names.tokens and o not in self._common for o, t in wrong):
                    chosen = self._choose(self._names.bearers[candidate], context)
                    hits |= {chosen} if chosen else set()
        return [self._ref(hits.pop(), context)] if len(hits) == 1 else []

    # -- making references --------------------------------------------------------------------------------------------

    def _as_force(self, ref: ActorRef, head: str, context: ActorContext) -> ActorRef:
        """A state or its ruler with a word for troops behind it is the state's forces."""
        actor = self._roster.actors.get(ref.actor_id)
        if actor is None or actor.kind not in {"state", "official"}:
            return ref
        w = phrases.words()
        if head not in w["state_force_heads"] and head not in w["police_heads"]:
            return ref
        for ancestor in self._roster.ancestors(actor.actor_id):
            if ancestor.startswith("gov-"):
                kind = "pol" if head in w["police_heads"] else "mil"
                return self._ref(f"{kind}{ancestor[3:]}", context)
        return ref

    def _ref(self, actor_id: str, context: ActorContext) -> ActorRef:
        actor: Actor = self._roster.actors[actor_id]
        side = next((s for t in context.theatres if (s := self._roster.side_of(actor_id, t, context.day))), None)
        return ActorRef(actor.actor_id, actor.name, True, side)

    def _unknown(self, text: str) -> ActorRef:
        text = phrases.strip_quantity(text) or text
        k = key(text)
        if not any(c.isupper() for c in text):
            short = key(phrases.without_tail(phrases.strip_relations(text)[0])) or k
            return ActorRef(f"generic:{short}", text, False)
        return ActorRef(f"name:{k or text}", text, False)


def _both_states(one: str, two: str) -> bool:
    """Whether two words are adjectives of two different states."""
    a, b = nations().adjectives.get(key(one)), nations().adjectives.get(key(two))
    return bool(a and b and a != b)


def _without_titles(text: str) -> str:
    """A phrase without words for an office ("Foreign Minister"), the longest first."""
    w = phrases.words()
    titles = w["honorifics"] | w["official_heads"]
    tokens = text.split()
    out: list[str] = []
    i = 0
    while i < len(tokens):
        length = next((n for n in (3, 2, 1) if " ".join(tokens[i : i + n]).lower().strip(",") in titles), 0)
        if not length:
            out.append(tokens[i])
        i += length or 1
    return " ".join(out)


def _without_possessive(text: str) -> list[str]:
    """A name as it stands, and without a possessive ending ("Russia's", "Assads")."""
    out = [text]
    bare = re.sub(r"(?:['’]s?|(?<=[a-z])s)$", "", text)
    if bare != text and bare:
        out.append(bare)
    # "Assads regime": an apostrophe lost inside
    inner = re.sub(r"\b([A-Z][a-z]{2,})s(?= [a-z])", r"\1's", text)
    if inner != text:
        out.append(inner)
    return out


def _case_fits(alias: str, text: str) -> bool:
    """Whether a text can be this alias by its capitals: an abbreviation is in capitals, a name begins with one."""
    if is_abbreviation(alias):
        letters = re.sub(r"[^\w]", "", text)
        return re.sub(r"[^\w]", "", alias) == letters
    if any(c.isupper() for c in alias):
        return any(c.isupper() for c in text)
    return True


def _nation_in(words: list[str], countries: tuple[str, ...]) -> tuple[Nation, list[str], list[str]] | None:
    """The state that a phrase names by adjective, possessive or noun: (state, words before, words after). None if none."""
    n = nations()
    for i in range(len(words)):
        for length in (3, 2, 1):
            chunk = words[i : i + length]
            if len(chunk) < length or not chunk[0][:1].isupper():
                continue
            text = " ".join(chunk)
            for tried in _without_possessive(text):
                k = key(tried)
                if k in {"us", "uk", "uae", "usa"} and not tried.replace(".", "").isupper():
                    continue
                codes = n.codes(k)
                if not codes:
                    continue
                code = n.pick(codes, countries)
                if code is None:
                    return None
                return n.by_code[code], words[:i], words[i + length :]
    return None
