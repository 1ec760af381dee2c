"""The events of a sentence: triggers found, read by their frames, given their type, and merged where they are one happening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import certainty, frames, grammar
from warlog.extract.classes import classes
from warlog.extract.frames import Reading
from warlog.extract.lexicon import Entry, Weapon, lexicon, violent_words, weapons
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

#: types that a toll of dead and wounded can belong to
VIOLENT = frozenset(
    {
        "armed_clash",
        "shelling",
        "air_strike",
        "explosion",
        "suicide_attack",
        "chemical_attack",
        "attack_on_civilians",
        "interception",
        "property_destruction",
        "abduction",
        "territory_captured",
    }
)


def tail_matches(verb: Token, entry: Entry) -> bool:
    """Whether the words an entry wants after its verb are there: a particle, the object's head, a preposition's object."""
    if not entry.tail:
        return True
    near: set[str] = set()
    for c in verb.children:
        if abs(c.i - verb.i) > 12:
            continue
        near |= {c.lower_, c.lemma_.lower()}
        for k in c.children:
            if c.dep_ in {"prep", "prt", "dobj", "advmod", "agent"} or k.dep_ in {"prep", "pobj"}:
                near |= {k.lower_, k.lemma_.lower()}
    following = {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 5]}
    particles = {"up", "down", "off", "out", "over", "back", "in", "to", "from", "ahead", "on", "at", "with", "through", "into"}
    for word in entry.tail:
        if word in near:
            continue
        if word in particles or word in {"himself", "herself", "themselves", "itself"}:
            after = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]]
            if word in after and word not in {"in", "on", "at", "to", "from", "with"}:
                continue
            return False
        if word in following and word in {"alive", "dead"}:
            continue
        return False
    return True


def _verbal(token: Token) -> bool:
    if token.pos_ != "VERB" or token.dep_ in {"amod", "compound", "aux", "auxpass"}:
        return False
    return token.dep_ != "nmod"


def _nominal(token: Token) -> bool:
    if token.pos_ not in {"NOUN", "PROPN"} and token.tag_ != "VBG":
        return False
    return token.dep_ not in {"compound", "nmod", "npadvmod"} or token.head.i < token.i


def _reading_of(parsed: Parsed, token: Token) -> Reading | None:
    """What a token triggers, if anything: the first entry of its lemma whose conditions hold."""
    lex = lexicon()
    lemma = token.lemma_.lower()
    if _verbal(token):
        for entry in lex.verbs.get(lemma, ()):
            if tail_matches(token, entry) and (found := frames.read(parsed, token, entry, verbal=True)) is not None:
                return found
    if not _nominal(token):
        return None
    if token.tag_ == "VBG" and token.pos_ == "VERB" and token.dep_ not in _NOUN_ROLES:
        return None
    for key in dict.fromkeys((lemma, token.lower_, token.lower_.replace("-", ""))):
        for entry in lex.nouns.get(key, ()):
            if (found := frames.read(parsed, token, entry, verbal=False)) is not None:
                return found
    return None


#: roles in which a form in -ing is a noun
_NOUN_ROLES = frozenset({"pobj", "nsubj", "dobj", "nsubjpass", "conj", "ROOT"})


def candidates(parsed: Parsed) -> list[Reading]:
    """Every reading that the lexicon allows in a sentence, one for each trigger token, before types are settled."""
    found = (_reading_of(parsed, token) for token in parsed.doc if token.i not in parsed.names)
    return [r for r in found if r is not None]


class Arms:
    """The weapon words of a sentence by token, and what the document as a whole is about."""

    def __init__(self, parsed: Parsed, document: dict[str, int]) -> None:
        self.parsed = parsed
        self.document = document
        base = parsed.sentence.start
        self.found: list[tuple[Weapon, list[int]]] = []
        for w in weapons(parsed.sentence.text):
            tokens = [i for i, (s, e) in enumerate(parsed.spans) if e > s and s < base + w.end and e > base + w.start]
            # weapon words inside a name of an organisation say nothing ("the Air Force" does)
            if tokens and not any(
                i in parsed.names and "place" not in parsed.names[i].classes and w.kind != "air" for i in tokens
            ):
                self.found.append((w, tokens))

    def near(self, tokens: set[int]) -> Weapon | None:
        """The most telling weapon word among some tokens."""
        for weapon, at in self.found:
            if any(i in tokens for i in at):
                return weapon
        return None

    def dominant(self) -> str | None:
        """The type of the attack that the document tells of before all others: "the attack" without a weapon is that."""
        told = {
            k: v for k, v in self.document.items() if k in {"air", "artillery", "explosive", "suicide", "chemical"} and v >= 2
        }
        if not told:
            return None
        best = max(told, key=lambda k: told[k])
        if told[best] < 1.5 * sum(v for k, v in told.items() if k != best):
            return None
        return {
            "air": "air_strike",
            "artillery": "shelling",
            "explosive": "explosion",
            "suicide": "suicide_attack",
            "chemical": "chemical_attack",
        }[best]

    def default(self) -> str:
        """Type of a strike with no weapon named: what the document's other weapons are."""
        return "shelling" if self.document.get("artillery", 0) > self.document.get("air", 0) else "air_strike"


def phrase_tokens(reading: Reading) -> set[int]:
    """Tokens of the trigger's own phrase and of those who do it."""
    out = {reading.token.i}
    for t in [reading.token, *reading.actors]:
        out |= {k.i for k in grammar.phrase(t)}
    for c in reading.token.children:
        if c.dep_ in {"dobj", "nsubj", "agent", "nsubjpass"} and c.pos_ != "VERB":
            out |= {k.i for t in grammar.conjuncts(c) for k in grammar.phrase(t)}
        if c.dep_ in {"prep", "agent"} and c.lower_ in {"with", "by", "using", "from", "of", "involving"}:
            inner = {k.i for k in c.subtree}
            for k in c.subtree:
                if k.dep_ == "relcl":
                    inner -= {x.i for x in k.subtree}
            out |= inner
        if c.dep_ in {"advcl", "acl"} and c.lemma_.lower() in {"use", "employ", "involve", "utilise", "utilize"}:
            out |= {k.i for k in c.subtree}
    for t in reading.places + reading.targets:
        out -= {k.i for k in grammar.phrase(t)}
    return out | {reading.token.i}


def _clause_tokens(reading: Reading) -> set[int]:
    root = grammar.clause_root(reading.token)
    skip: set[int] = set()
    for t in root.subtree:
        if t is not root and t.dep_ in {"relcl", "ccomp", "parataxis"} and reading.token.i not in {k.i for k in t.subtree}:
            skip |= {k.i for k in t.subtree}
    return {t.i for t in root.subtree} - skip


def settle(parsed: Parsed, reading: Reading, arms: Arms) -> str | None:
    """The event type of a reading: weapons decide strikes, attempts at control are fighting, and so on. None: no event."""
    own = arms.near(phrase_tokens(reading))
    kind = reading.type
    token = reading.token
    lemma = token.lemma_.lower()
    if kind in {"shelling"} and own is not None and own.kind == "air" and lemma in {"shell", "shelling", "rocket"}:
        return "air_strike"
    if kind == "strike":
        launched = None
        if reading.entry.frame == "launch":
            launched = arms.near({k.i for o in grammar.objects(token) for k in grammar.phrase(o)})
            if launched is None and lemma in {"use", "employ", "deliver", "release", "launch"}:
                return None
            carriers = arms.near({k.i for a in reading.actors for k in grammar.phrase(a)})
            if carriers is not None and carriers.kind == "air" and (launched is None or launched.kind != "chemical"):
                return "air_strike"
            if launched is not None and launched.kind == "explosive" and launched.text.lower() in {"bomb", "bombs", "explosives"}:
                return "air_strike" if lemma == "drop" else arms.default()
            own = launched if launched is None or launched.kind in {"chemical", "suicide"} else own
        weapon = own or launched or arms.near(_clause_tokens(reading))
        if weapon is not None and not (
            weapon.kind == "explosive"
            and lemma in {"bombard", "bombing", "bombardment", "drop", "hit", "pound", "rain"}
            and arms.default() == "air_strike"
            and arms.document.get("air", 0)
        ):
            if weapon.kind == "smallarms":
                return _unarmed(parsed, reading) or "armed_clash"
            if (
                weapon.kind == "artillery"
                and weapon.text.lower().startswith(("bombard", "barrage", "salvo"))
                and own is not weapon
            ):
                return arms.default() if reading.entry.default == "document" else weapon.type
            return weapon.type
        if (
            lemma == "fire"
            and token.pos_ == "NOUN"
            and token.head.lemma_.lower()
            in {"set", "catch", "cease", "hold", "start", "light", "exchange", "return", "extinguish", "under"}
        ):
            return None
        if lemma in {"bombing", "drop"}:
            return "air_strike"
        if lemma in {"bombard", "bombardment", "barrage", "salvo", "fire", "pound", "pounding"}:
            return "shelling" if not arms.document.get("air", 0) > arms.document.get("artillery", 0) else "air_strike"
        if reading.entry.default == "document":
            if (
                reading.entry.need == "weapon_or_violence"
                and lemma not in violent_words()
                and not (reading.actors or reading.targets or reading.places)
            ):
                return None
            if lemma in {"hit", "strike", "fire"} and not (arms.document.get("air", 0) or arms.document.get("artillery", 0)):
                return None if lemma == "fire" else "armed_clash"
            if lemma in {"fire", "projectile"}:
                return None
            return arms.default()
        if lemma in {"attack", "target", "targeting"}:
            dominant = arms.dominant()
            if dominant is not None and lemma != "attack" and not any(classes(parsed, t) & {"armed"} for t in reading.targets):
                return dominant
            if (
                dominant is not None
                and not any("armed" in classes(parsed, t) and "aircraft" not in classes(parsed, t) for t in reading.actors)
                and (
                    any(c.dep_ == "det" and c.lower_ in {"the", "this", "that", "these", "another"} for c in token.children)
                    or not reading.targets
                )
            ):
                return dominant
            civil = _unarmed(parsed, reading)
            if civil:
                if any("building" in classes(parsed, t) for t in reading.targets + reading.places) and (
                    arms.document.get("air", 0) or arms.document.get("artillery", 0)
                ):
                    return arms.default()
                return civil
            if any(t.i in arms_tokens(arms) for t in [token]):
                return None
        return reading.entry.default
    if kind in {"explosion", "shelling", "air_strike"} and own is not None and own.kind in {"suicide", "chemical"}:
        return own.type
    if kind == "explosion":
        weapon = own or arms.near(_clause_tokens(reading))
        if weapon is not None and weapon.kind == "suicide":
            return "suicide_attack"
        if weapon is not None and own is weapon and weapon.kind == "air" and lemma == "bombing":
            return "air_strike"
        if weapon is not None and own is weapon and weapon.kind == "artillery":
            return "shelling"
        if (
            lemma == "bombing"
            and (own is None or own.text.lower() in {"bombing", "bombings"})
            and arms.document.get("air", 0) > arms.document.get("explosive", 0)
        ):
            return "air_strike"
        return "explosion"
    if kind == "air_strike" and lemma == "bomb" and own is not None and own.kind in {"artillery"}:
        return "shelling"
    if (
        kind in {"armed_clash"}
        and own is not None
        and own.kind in {"air", "artillery", "suicide", "chemical", "explosive"}
        and lemma in {"raid", "campaign", "assault", "offensive", "onslaught", "operation", "fire", "shoot", "open"}
    ):
        return own.type
    if (
        kind == "property_destruction"
        and reading.targets
        and any(classes(parsed, a) & {"armed", "group"} for a in reading.actors)
    ):
        # military vehicles destroyed by an armed side were fought
        if all(
            classes(parsed, t) & {"equipment"} and not classes(parsed, t) & {"building", "property", "place"}
            for t in reading.targets
        ):
            return "armed_clash"
    if (
        kind in {"armed_clash", "property_destruction"}
        and reading.actors
        and all(classes(parsed, a) & {"civilian"} and not classes(parsed, a) & {"armed", "group"} for a in reading.actors)
    ):
        # crowds that storm or march riot; they do not fight a war
        return (
            "protest"
            if any(a.lemma_.lower() in _CROWDS for a in reading.actors)
            else None
            if lemma in {"march", "push", "move", "press"}
            else kind
        )
    if kind == "territory_captured" and certainty.attempted(token):
        return "armed_clash"
    return kind


_CROWDS = frozenset(
    {
        "crowd",
        "protester",
        "demonstrator",
        "rioter",
        "mob",
        "marcher",
        "student",
        "supporter",
        "resident",
        "people",
        "thousand",
        "hundred",
        "worker",
        "woman",
    }
)


def arms_tokens(arms: Arms) -> set[int]:
    """Tokens that are weapon words."""
    return {i for _, at in arms.found for i in at}


def _unarmed(parsed: Parsed, reading: Reading) -> str | None:
    """attack_on_civilians where only unarmed people or civilian buildings are attacked."""
    hit = reading.targets
    if not hit:
        return None
    found = [classes(parsed, t) for t in hit]
    if any(f & {"armed"} for f in found):
        return None
    if (
        any(f & {"civilian"} for f in found)
        or all(f & {"building", "aid"} for f in found)
        or any(_of_civilians(parsed, t) for t in hit)
    ):
        return "attack_on_civilians"
    return None


def _of_civilians(parsed: Parsed, token: Token) -> bool:
    """ "an aid convoy", "a passenger bus", "civilian homes": things of unarmed people."""
    return any(
        c.i < token.i
        and (classes(parsed, c) & {"civilian", "aid"} or c.lower_ in {"civilian", "residential", "passenger", "humanitarian"})
        for c in token.children
    )


def _same_clause(a: Token, b: Token) -> bool:
    return grammar.clause_root(a) == grammar.clause_root(b)


def _names(parsed: Parsed, tokens: list[Token]) -> set[str]:
    return {parsed.word(t) for t in tokens if t.pos_ != "PRON"}


def merge(parsed: Parsed, readings: list[Reading]) -> list[Reading]:
    """Join readings that tell of one happening: same type, and nothing that sets them apart (place, actor, clause)."""
    out: list[Reading] = []
    for r in readings:
        host = None
        for o in out:
            if o.type != r.type:
                continue
            named_r = {t.i for t in r.places if t.i in parsed.names}
            named_o = {t.i for t in o.places if t.i in parsed.names}
            apart_place = named_r and named_o and not named_r & named_o
            ar, ao = _names(parsed, r.actors), _names(parsed, o.actors)
            apart_actor = bool(ar and ao and not ar & ao)
            near = grammar.distance(o.token, r.token) <= 3 or _same_clause(o.token, r.token)
            if r.type.startswith("territory_") and apart_place:
                continue
            if apart_actor:
                continue
            if apart_place and not (near and _same_clause(o.token, r.token)):
                continue
            if _own_clauses(o.token, r.token) and ar and ao:
                continue
            host = o
            break
        if host is None:
            out.append(r)
            continue
        host.merged.append(r.token)
        for mine, other in ((host.actors, r.actors), (host.targets, r.targets), (host.places, r.places)):
            if not mine:
                mine.extend(other)
            elif mine is host.places:
                mine.extend(t for t in other if t not in mine)
    return out


def _own_clauses(a: Token, b: Token) -> bool:
    """Two nouns in coordinate or contrasted clauses of their own: "killed in raids on X while 10 were hurt in strikes on Y"."""
    if a.pos_ != "NOUN" or b.pos_ != "NOUN":
        return False
    ra, rb = grammar.clause_root(a), grammar.clause_root(b)
    return ra != rb and rb.dep_ in {"advcl", "conj"} and grammar.passive_own_subject(rb)


def _chemical(parsed: Parsed, arms: Arms, readings: list[Reading]) -> list[Reading]:
    """A reading for chemical agents that are told of as used, where no trigger took them up."""
    if any(r.type == "chemical_attack" for r in readings):
        return []
    for weapon, at in arms.found:
        if weapon.kind != "chemical":
            continue
        tokens = [parsed.doc[i] for i in at]
        head = tokens[-1]
        while head.dep_ in {"compound", "amod", "nmod"} and head.head.i > head.i:
            head = head.head
        if classes(parsed, head) & {"official", "body", "armed"} or head.lemma_.lower() in {
            "program",
            "programme",
            "stockpile",
            "arsenal",
            "plant",
            "facility",
            "expert",
            "disarmament",
            "convention",
            "watchdog",
            "inspection",
            "suit",
            "industry",
            "fertilizer",
        }:
            continue
        verb = grammar.clause_root(head)
        entry = Entry("chemical_attack", "happen")
        r = Reading("chemical_attack", head, entry)
        used = any(
            a.lemma_.lower()
            in {
                "use",
                "attack",
                "drop",
                "launch",
                "release",
                "contain",
                "fire",
                "deploy",
                "employ",
                "affect",
                "expose",
                "kill",
                "suffocate",
                "suspect",
                "hit",
                "strike",
                "fall",
                "deliver",
                "spread",
                "inhale",
                "carry",
                "poison",
                "choke",
                "allege",
                "injure",
                "wound",
                "accuse",
                "deny",
            }
            for a in [head, *head.ancestors]
        )
        if not used:
            continue
        noun = head.lemma_.lower() in {"attack", "use", "strike", "bombing"}
        if noun:
            parties, places = frames.modifiers(parsed, head)
            r.actors, r.places = parties, places
            for w, _, p in grammar.prepositions(head):
                if w == "by" and frames.is_party(parsed, p):
                    r.actors.append(p)
                elif w in {"in", "on", "at", "near", "against"} and "place" in classes(parsed, p):
                    r.places.append(p)
        up = verb
        subjects = grammar.subjects(up) if not grammar.is_passive(up) else grammar.agents(up)
        if not r.actors and up.lemma_.lower() in {"use", "drop", "launch", "release", "fire", "deploy", "employ", "attack"}:
            r.actors = [s for s in subjects if frames.is_party(parsed, s)]
        for w, _, p in grammar.prepositions(up):
            if w in frames.INTO and "place" in classes(parsed, p):
                r.places.append(p)
        return [r]
    return []


def _suicide(parsed: Parsed, arms: Arms, readings: list[Reading]) -> list[Reading]:
    """A reading for a suicide bomber whose act no trigger took up ("rammed a truck into the camp")."""
    if any(r.type == "suicide_attack" for r in readings):
        return []
    for weapon, at in arms.found:
        head = parsed.doc[at[-1]]
        if weapon.kind != "suicide" or head.pos_ not in {"NOUN", "PROPN"}:
            continue
        while head.dep_ in {"compound", "amod", "nmod"} and head.head.i > head.i:
            head = head.head
        if head.dep_ not in {"nsubj", "pobj", "nsubjpass", "dobj"} or (
            head.dep_ == "pobj" and head.head.lower_ not in {"by", "with", "in"}
        ):
            continue
        verb = grammar.clause_root(head)
        r = Reading("suicide_attack", verb if verb.pos_ == "VERB" else head, Entry("suicide_attack", "happen"))
        r.actors = [head] if "armed" in classes(parsed, head) or head.lemma_.lower() in {"bomber", "attacker"} else []
        hit = [p for w, _, p in grammar.prepositions(verb) if w in frames.INTO | {"into"}]
        r.places = [p for p in hit if "place" in classes(parsed, p)]
        r.targets = [
            p
            for p in hit
            if not frames.named_place(parsed, p)
            and classes(parsed, p) & {"building", "vehicle", "equipment", "armed", "civilian"}
        ]
        return [r]
    return []


def find(parsed: Parsed, document_arms: dict[str, int]) -> tuple[list[Reading], list[Reading]]:
    """(events, casualty triggers) of a sentence; types settled, one reading for each happening."""
    arms = Arms(parsed, document_arms)
    found: list[Reading] = []
    casualties: list[Reading] = []
    for r in candidates(parsed):
        if r.type == "casualty":
            casualties.append(r)
            continue
        settled = settle(parsed, r, arms)
        if settled is None or (
            settled == r.type
            and r.token.pos_ == "VERB"
            and not settled.startswith("territory")
            and certainty.only_purpose(r.token)
        ):
            continue
        if settled != r.type and settled in {"armed_clash"} and r.type == "territory_captured":
            r.targets = [t for t in r.targets if t not in r.places]
        r.type = settled
        found.append(r)
    found += _chemical(parsed, arms, found)
    found += _suicide(parsed, arms, found)
    found = _drop_shadowed(parsed, found)
    return merge(parsed, found), casualties


def _drop_shadowed(parsed: Parsed, found: list[Reading]) -> list[Reading]:
    """Leave out readings of a word that only serves another trigger: "launched an attack", "attack ... with chlorine"."""
    out = []
    for r in found:
        shadow = False
        for o in found:
            if o is r:
                continue
            if (
                r.entry.frame in {"act", "launch"}
                and r.token.pos_ == "VERB"
                and o.token.pos_ in {"NOUN", "PROPN"}
                and o.type in VIOLENT
                and r.entry.type == "strike"
            ):
                # "the explosion hit X", "bombardment targeting X": one event, named by the noun
                doer = grammar.subjects(r.token) if not grammar.is_passive(r.token) else grammar.agents(r.token)
                if (
                    o.token in doer
                    or (r.token.dep_ in {"acl", "relcl"} and r.token.head == o.token)
                    or (r.token.lemma_.lower() in {"use", "employ"} and o.token.head != r.token)
                ):
                    for mine, other in ((o.targets, r.targets), (o.places, r.places)):
                        mine.extend(t for t in other if t not in mine and t != o.token)
                    o.targets = [t for t in o.targets if not frames.named_place(parsed, t)]
                    shadow = True
            if (
                r.token.pos_ == "VERB"
                and r.entry.type == "strike"
                and o.type in VIOLENT
                and o.token.pos_ in {"NOUN", "PROPN"}
                and r.token.tag_ == "VBG"
            ):
                # "blast targeting X", "bombardment from the army targeting X"
                if o.token.i == r.token.i - 1 or (r.token.dep_ == "acl" and o.token in list(r.token.ancestors)[:4]):
                    for mine, other in ((o.actors, r.actors), (o.targets, r.targets), (o.places, r.places)):
                        if not mine:
                            mine.extend(t for t in other if t != o.token)
                    shadow = True
            if (
                r.type == "property_destruction"
                and o.type in VIOLENT
                and o.token.pos_ in {"NOUN", "PROPN"}
                and o.type != "property_destruction"
            ):
                doer = grammar.subjects(r.token) if not grammar.is_passive(r.token) else grammar.agents(r.token)
                if o.token in doer:
                    # what an attack destroys goes under its weapon
                    o.targets = o.targets or r.targets
                    o.places = o.places or r.places
                    shadow = True
            if (
                o.token.pos_ == "VERB"
                and o.token.lemma_.lower() in {"repel", "repulse", "thwart", "foil", "fend", "beat", "ward", "withstand"}
                and r.token in grammar.objects(o.token)
            ):
                shadow = True
            if (
                r.entry.frame == "launch"
                and r.token.lemma_.lower() in {"use", "employ"}
                and o.token.pos_ == "VERB"
                and o.type in VIOLENT
                and r.token.dep_ in {"advcl", "acl"}
            ):
                shadow = True
            if (
                r.type == "armed_clash"
                and o.type != "armed_clash"
                and o.type in VIOLENT
                and not o.type.startswith("territory")
                and r.token.lemma_.lower() in {"attack", "target", "targeting", "raid", "assault", "launch"}
            ):
                related = (
                    o.token in r.token.children
                    or r.token in o.token.children
                    or r.token.head == o.token
                    or o.token.head == r.token
                )
                if related and not (
                    _names(parsed, r.actors) and _names(parsed, o.actors) and _names(parsed, r.actors) != _names(parsed, o.actors)
                ):
                    shadow = True
        if not shadow:
            out.append(r)
    return out
