"""Which event type a reading is: weapons decide strikes, attempts at control are fighting, crowds that storm riot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warlog.extract import certainty, grammar
from warlog.extract.classes import classes
from warlog.extract.frames import Reading
from warlog.extract.lexicon import Weapon, violent_words
from warlog.extract.readings.arms import Arms, clause_tokens, phrase_tokens
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("readings")
#: weapons that turn an assault or operation into the kind of attack they are used for
_HEAVY = frozenset({"air", "artillery", "suicide", "chemical", "explosive"})


@dataclass(slots=True, frozen=True)
class _Case:
    """A reading whose type is to be settled, with the weapon word of its own phrase."""

    parsed: Parsed
    reading: Reading
    arms: Arms
    token: Token
    lemma: str
    own: Weapon | None

    def own_is(self, *kinds: str) -> bool:
        """Whether the weapon of the trigger's own phrase is of one of some kinds."""
        return self.own is not None and self.own.kind in kinds

    def classes(self, token: Token) -> frozenset[str]:
        """Classes of a role of the reading."""
        return classes(self.parsed, token)


def event_type(parsed: Parsed, reading: Reading, arms: Arms) -> str | None:
    """The event type of a reading; None where it turns out to be no event."""
    token = reading.token
    c = _Case(parsed, reading, arms, token, grammar.lemma(token), arms.near(phrase_tokens(reading)))
    kind = reading.type
    if token.pos_ == "NOUN" and any(k.lower_ in _WORDS["words_of_figures"] for k in grammar.children(token, "amod", "compound")):
        return None if kind in {"strike", "armed_clash", "air_strike", "shelling", "explosion"} and c.own is None else kind
    if kind == "strike":
        return _strike(c)
    if kind == "shelling" and c.own_is("air") and c.lemma in _WORDS["words_for_shelling"]:
        return "air_strike"
    if kind in {"explosion", "shelling", "air_strike"} and c.own is not None and c.own_is("suicide", "chemical"):
        return c.own.type
    if kind == "explosion":
        return _explosion(c)
    if kind == "air_strike" and c.own_is("artillery") and c.lemma in _WORDS["words_for_bombing"]:
        return "shelling"
    if kind == "armed_clash" and c.lemma in _WORDS["verbs_of_shooting"] and not (c.own and c.own.kind in _HEAVY):
        return _unarmed(c) or kind
    if kind == "armed_clash" and c.own is not None and c.own.kind in _HEAVY and c.lemma in _WORDS["assaults_named_by_weapon"]:
        return c.own.type
    if kind == "property_destruction" and c.own is not None and c.own.kind in _HEAVY and _told_as_doer(c, c.own):
        return c.own.type
    if kind == "property_destruction" and _equipment_destroyed(c):
        return "armed_clash"
    if kind in {"armed_clash", "property_destruction"} and _by_civilians(c):
        return _riot(c)
    if kind == "armed_clash" and _by_officials(c):
        return None
    if kind == "territory_captured" and _by_civilians(c) and c.token.pos_ == "VERB":
        return None
    if kind == "territory_captured" and certainty.attempted(token):
        return "armed_clash"
    return kind


# ---------------------------------------------------------------------------------------------------- strikes


def _strike(c: _Case) -> str | None:
    if _refusal_to_work(c):
        return "protest"
    launched = None
    own = c.own
    if c.reading.entry.frame == "launch":
        launched = c.arms.among(grammar.objects(c.token))
        if launched is None and c.lemma in _WORDS["verbs_of_using"]:
            return None
        if (by_launch := _launched(c, launched)) is not None:
            return by_launch
        own = launched if launched is None or launched.kind in {"chemical", "suicide"} else own
    weapon = own or launched or c.arms.near(clause_tokens(c.reading))
    if weapon is not None and not _bombs_from_the_air(c, weapon):
        return _by_weapon(c, weapon, own)
    return _without_weapon(c)


def _refusal_to_work(c: _Case) -> bool:
    """ "shopkeepers held a strike against the arrests": the unarmed strike without weapons."""
    if c.lemma not in _WORDS["words_for_strikes_of_work"] or c.token.pos_ != "NOUN" or c.own is not None:
        return False
    verb = c.reading.verb
    doers = c.reading.actors or (grammar.subjects(verb) if verb is not None and c.token in grammar.objects(verb) else [])
    return bool(doers) and all("civilian" in (f := c.classes(a)) and not f & {"armed", "group"} for a in doers)


def _launched(c: _Case, launched: Weapon | None) -> str | None:
    """What firing or dropping something is, by who carries it and by what it is; None where the weapon decides."""
    carrier = c.arms.among(c.reading.actors)
    if carrier is not None and carrier.kind == "air" and (launched is None or launched.kind != "chemical"):
        return "air_strike"
    if launched is not None and launched.kind == "explosive" and launched.text.lower() in _WORDS["bombs"]:
        return "air_strike" if c.lemma in _WORDS["verbs_of_dropping"] else c.arms.default()
    return None


def _bombs_from_the_air(c: _Case, weapon: Weapon) -> bool:
    """ "bombs rained on X" in a document about air raids: the word "bomb" is no planted one."""
    return (
        weapon.kind == "explosive"
        and c.lemma in _WORDS["words_for_bombs_raining"]
        and bool(c.arms.told("air"))
        and c.arms.default() == "air_strike"
    )


def _by_weapon(c: _Case, weapon: Weapon, own: Weapon | None) -> str | None:
    if weapon.kind == "smallarms":
        return _unarmed(c) or "armed_clash"
    if weapon.kind == "artillery" and own is not weapon and weapon.text.lower().startswith(tuple(_WORDS["barrages"])):
        # another word for the same, elsewhere in the clause: it tells of no weapon
        return c.arms.default() if c.reading.entry.default == "document" else weapon.type
    return weapon.type


def _without_weapon(c: _Case) -> str | None:
    if c.lemma in _WORDS["words_for_strikes_of_work"] and (
        kinds := {k.lower_ for k in grammar.children(c.token, "amod", "compound", "poss")}
    ):
        if kinds & _WORDS["strikes_of_protest"]:
            c.reading.actors = []
            return "protest"
        if kinds & _WORDS["strikes_of_work"]:
            return None
    above = {grammar.lemma(t) for t in [c.token.head, c.token.head.head]} if c.token.pos_ == "NOUN" else set()
    if c.lemma == "fire" and above & _WORDS["heads_of_other_fires"]:
        return None
    if (
        c.lemma in _WORDS["words_that_need_a_weapon"]
        and c.token.pos_ == "NOUN"
        and grammar.lemma(c.token.head) in _WORDS["verbs_of_burning"]
    ):
        return None
    if c.lemma in _WORDS["words_for_dropping_bombs"]:
        return "air_strike"
    if c.lemma in _WORDS["words_for_bombardment"]:
        return "air_strike" if c.arms.told("air") > c.arms.told("artillery") else "shelling"
    if c.reading.entry.default == "document":
        return _by_document(c)
    if c.lemma in _WORDS["words_for_attack"]:
        return _attack(c)
    return c.reading.entry.default


def _by_document(c: _Case) -> str | None:
    """A strike with no weapon named is what the document's other weapons are; one that may be none is left out."""
    roles = c.reading.actors or c.reading.targets or c.reading.places
    if c.reading.entry.need == "weapon_or_violence" and c.lemma not in violent_words() and not roles:
        return None
    if c.lemma in _WORDS["words_that_need_a_weapon"]:
        return None
    if c.lemma in _WORDS["words_for_hitting"] and c.token.pos_ == "VERB" and not (c.arms.told("air") or c.arms.told("artillery")):
        return "armed_clash"
    return c.arms.default()


def _attack(c: _Case) -> str | None:
    """ "the attack", "attacked X": the attack the document is about, one on civilians, or fighting."""
    dominant = c.arms.dominant()
    armed_target = any("armed" in c.classes(t) for t in c.reading.targets)
    if dominant is not None and c.lemma in _WORDS["words_for_targeting"] and not armed_target:
        return dominant
    told_before = any(d.lower_ in {"the", "this", "that", "these", "another"} for d in grammar.children(c.token, "det"))
    by_fighters = any("armed" in (f := c.classes(t)) and "aircraft" not in f for t in c.reading.actors)
    if dominant is not None and not by_fighters and (told_before or not c.reading.targets):
        return dominant
    if (civil := _unarmed(c)) is not None:
        building = any("building" in c.classes(t) for t in c.reading.targets + c.reading.places)
        return c.arms.default() if building and (c.arms.told("air") or c.arms.told("artillery")) else civil
    return None if c.token.i in c.arms.tokens() else c.reading.entry.default


def _unarmed(c: _Case) -> str | None:
    """attack_on_civilians where only unarmed people or civilian buildings are attacked."""
    hit = c.reading.targets
    found = [c.classes(t) for t in hit]
    if not hit or any("armed" in f for f in found):
        return None
    arming = wordlists("quantities")["words_that_arm"]
    posts = [t for t in hit if any(k.i < t.i and k.lower_ in arming for k in t.children)]
    unarmed = any("civilian" in f for f in found) or (not posts and all(f & {"building", "aid"} for f in found))
    return "attack_on_civilians" if unarmed or any(_of_civilians(c, t) for t in hit) else None


def _of_civilians(c: _Case, token: Token) -> bool:
    """ "an aid convoy", "a passenger bus", "civilian homes": things of unarmed people."""
    return any(
        k.i < token.i and (c.classes(k) & {"civilian", "aid"} or k.lower_ in _WORDS["civilian_adjectives"])
        for k in token.children
    )


# ---------------------------------------------------------------------------------------------------- other types


def _explosion(c: _Case) -> str:
    weapon = c.own or c.arms.near(clause_tokens(c.reading))
    if weapon is not None and weapon.kind == "suicide":
        return "suicide_attack"
    bombing = c.lemma in _WORDS["nouns_for_bombing"]
    if c.own_is("air") and bombing:
        return "air_strike"
    if c.own_is("artillery"):
        return "shelling"
    nothing_else = c.own is None or c.own.text.lower() in _WORDS["bombings"]
    if bombing and nothing_else and c.arms.told("air") > c.arms.told("explosive"):
        return "air_strike"
    return "explosion"


def _told_as_doer(c: _Case, weapon: Weapon) -> bool:
    """ "a bomb devastated the market", "razed by an airstrike": the weapon does it, by whatever hand."""
    doers = grammar.agents(c.token) if grammar.is_passive(c.token) else grammar.subjects(c.token)
    return c.arms.among(doers) is not None


def _equipment_destroyed(c: _Case) -> bool:
    """Military vehicles destroyed by an armed side were fought."""
    if not c.reading.targets or not any(c.classes(a) & {"armed", "group"} for a in c.reading.actors):
        return False
    return all("equipment" in (f := c.classes(t)) and not f & {"building", "property", "place"} for t in c.reading.targets)


def _by_civilians(c: _Case) -> bool:
    if not c.reading.actors:
        return False
    return all("civilian" in (f := c.classes(a)) and not f & {"armed", "group"} for a in c.reading.actors)


def _by_officials(c: _Case) -> bool:
    """ "Ministers clashed over the budget": those who only hold an office quarrel; they do not fight."""
    if not c.reading.actors or not all(a.pos_ == "NOUN" for a in c.reading.actors):
        return False
    fighting = frozenset({"armed", "group", "state"})
    office = all("official" in (f := c.classes(a)) and not f & fighting for a in c.reading.actors)
    return office and not any(c.classes(t) & (fighting | {"place", "civilian"}) for t in c.reading.targets + c.reading.places)


def _riot(c: _Case) -> str | None:
    """Crowds that storm or march riot; they do not fight a war. Other unarmed people that march are no event."""
    if any(grammar.lemma(a) in _WORDS["crowds"] for a in c.reading.actors):
        return "protest"
    return None if c.lemma in _WORDS["verbs_of_marching"] else c.reading.type
