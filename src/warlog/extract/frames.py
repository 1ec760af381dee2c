"""From a trigger word to who did what to whom where: the grammar of each frame of `vocab/triggers.toml`.

`read` takes a trigger token with one entry of the lexicon and gives a `Reading`, or None where the entry's conditions do not
hold (a fighter is captured, not a town). Roles are tokens of the parse: heads of noun phrases.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.classes import classes, tables
from warlog.extract.lexicon import Entry, lexicon
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

#: classes of what can act, speak or be acted on as a party
PARTY = frozenset({"armed", "state", "group", "official", "body", "aircraft", "any_people", "person", "proper", "side"})
AGAINST = frozenset({"against", "on", "at", "upon", "toward", "towards", "onto"})
INTO = frozenset(
    {
        "in",
        "at",
        "near",
        "into",
        "inside",
        "around",
        "across",
        "throughout",
        "outside",
        "within",
        "over",
        "through",
        "along",
        "to",
        "toward",
        "towards",
        "on",
        "between",
        "off",
        "north of",
        "south of",
        "east of",
        "west of",
        "northeast of",
        "northwest of",
        "southeast of",
        "southwest of",
    }
)


@dataclass(slots=True)
class Reading:
    """One event that a trigger tells of, as tokens of the parse."""

    type: str
    token: Token
    entry: Entry
    actors: list[Token] = field(default_factory=list)
    targets: list[Token] = field(default_factory=list)
    #: heads of phrases that name where it happened, or what was taken
    places: list[Token] = field(default_factory=list)
    #: the verb that carries a noun trigger, if any
    verb: Token | None = None
    #: other triggers of the same event, merged into this one
    merged: list[Token] = field(default_factory=list)


def _has(parsed: Parsed, token: Token, wanted: frozenset[str]) -> bool:
    found = classes(parsed, token)
    if "none" in wanted and not found:
        return True
    if found & wanted:
        return True
    if "building_civilian" in wanted and "building" in found:
        return True
    # "most of the villages", "one of the strongpoints", "80% of the city"
    for word, _, inner in grammar.prepositions(token):
        if word == "of" and (
            token.pos_ in {"NUM", "DET", "PRON", "ADJ"}
            or token.lemma_.lower()
            in {
                "most",
                "half",
                "part",
                "rest",
                "percent",
                "%",
                "number",
                "dozen",
                "all",
                "some",
                "control",
                "string",
                "series",
                "quarter",
                "majority",
                "hundred",
                "group",
            }
        ):
            return bool(classes(parsed, inner) & wanted)
    return False


def is_party(parsed: Parsed, token: Token) -> bool:
    """Whether a noun phrase can stand for someone who acts."""
    found = classes(parsed, token)
    if "place" in found and not found & {"state", "armed", "group", "body"}:
        # towns do not act, capitals and countries do
        return False
    if found & PARTY:
        return True
    return token.pos_ == "PRON" and token.lower_ in {"they", "it", "he", "she", "we", "who", "both"}


def _parties(parsed: Parsed, tokens: list[Token]) -> list[Token]:
    return [t for t in tokens if is_party(parsed, t)]


def _abstract(token: Token) -> bool:
    """Words that are never a target: abstract nouns, other events, and the dead and damage that an attack causes."""
    if token.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"} or token.lower_ in {
        "westwards",
        "eastwards",
        "northwards",
        "southwards",
    }:
        return True
    if token.lemma_.lower() in lexicon().nouns and token.lemma_.lower() not in {
        "body",
        "wounded",
        "injured",
        "dead",
        "victim",
        "martyr",
        "protester",
        "demonstrator",
        "reinforcement",
        "patrol",
        "hostage",
        "sniper",
    }:
        return True
    return token.lemma_.lower() in tables()["abstract"] or token.lemma_.lower() in tables()["outcome"]


def _preps(token: Token, *more: Token | None) -> list[tuple[str, Token]]:
    out = []
    for t in (token, *more):
        if t is not None:
            out += [(w, p) for w, _, p in grammar.prepositions(t)]
    return out


def modifiers(parsed: Parsed, noun: Token) -> tuple[list[Token], list[Token]]:
    """(parties, places) among what modifies a noun: "Russian airstrikes", "Aleppo offensive", "the army's advance"."""
    parties, places = [], []
    for c in noun.children:
        if c.i > noun.i or c.dep_ not in {"amod", "compound", "poss", "nmod"}:
            continue
        for t in grammar.conjuncts(c):
            found = classes(parsed, t)
            name = parsed.names.get(t.i)
            if (
                "demonym" in found
                or found & {"state", "armed", "group", "official", "side"}
                or (c.dep_ == "poss" and is_party(parsed, t))
            ):
                parties.append(t)
            elif name is not None and "place" in found:
                places.append(t)
            elif t.dep_ == "amod" and any("armed" in classes(parsed, k) or "state" in classes(parsed, k) for k in t.children):
                parties.append(t)
            else:
                inner = [
                    k
                    for k in t.children
                    if k.dep_ in {"compound", "amod", "poss", "npadvmod"}
                    and classes(parsed, k) & {"state", "armed", "group", "demonym"}
                ]
                if (
                    inner
                    and t.dep_ in {"compound", "nmod", "poss"}
                    and classes(parsed, t) & {"body", "armed", "aircraft", "equipment"}
                ):
                    parties.append(t)
    return parties, places


def read(parsed: Parsed, token: Token, entry: Entry, verbal: bool) -> Reading | None:
    """The event a trigger tells of under one entry, or None if the entry does not hold here."""
    reading = Reading(entry.type, token, entry)
    ok = _read_verb(parsed, token, entry, reading) if verbal else _read_noun(parsed, token, entry, reading)
    return reading if ok else None


# ---------------------------------------------------------------------------------------------------- verbs


def _tail_noun(verb: Token, entry: Entry) -> Token | None:
    """The noun of a light verb ("control" in "take control of X")."""
    if not entry.tail:
        return None
    for c in verb.subtree:
        if c.lemma_.lower() == entry.tail[-1] and c.pos_ in {"NOUN", "PROPN"} and abs(c.i - verb.i) <= 8:
            return c
    return None


def _read_verb(parsed: Parsed, verb: Token, entry: Entry, r: Reading) -> bool:
    passive = grammar.is_passive(verb)
    subjects = grammar.agents(verb) if passive else grammar.subjects(verb)
    objects = grammar.objects(verb)
    light = _tail_noun(verb, entry)
    if light is not None:
        objects = [o for o in objects if o != light]
    preps = _preps(verb, light)
    frame = entry.frame
    if entry.subject and frame not in {"fall"}:
        known = [s for s in subjects if classes(parsed, s)] or subjects
        if known and not any(_has(parsed, s, entry.subject) or (s.pos_ == "PRON") for s in known):
            return False
        if not subjects and "none" not in entry.subject and frame not in {"leave"} and not passive:
            return False

    if frame == "take":
        return _take(parsed, verb, entry, r, subjects, objects, preps, light)
    if frame == "lose":
        if not objects and light is None:
            return False
        places = objects or [p for w, p in preps if w in {"of", "over"}]
        if not any(_has(parsed, o, frozenset({"place"})) for o in places):
            return False
        r.targets, r.places = subjects, places
        r.actors = [p for w, p in preps if w == "to" and is_party(parsed, p)]
        return True
    if frame == "fall":
        where = grammar.passive_subjects(verb) if passive else grammar.subjects(verb)
        if (
            not where
            or not any(_has(parsed, s, frozenset({"place"})) for s in where)
            or any("weapon" in classes(parsed, s) and s.i not in parsed.names for s in where)
        ):
            return False
        to = [p for w, p in preps if w in {"to", "into", "under", "of"} and is_party(parsed, p)]
        if light is not None:
            to += modifiers(parsed, light)[0]
        if not entry.tail and not to and not any(s.i in parsed.names or _strong_place(parsed, s) for s in where):
            return False
        if entry.tail and entry.tail[0] in {"to"} and not to:
            return False
        r.actors, r.places = to, where
        return True
    if frame == "expel":
        from_ = [p for w, p in preps if w in {"from", "out of", "of"} and _has(parsed, p, frozenset({"place"}))]
        from_ += [
            p
            for o in objects
            for w, _, p in grammar.prepositions(o)
            if w in {"from", "in"} and _has(parsed, p, frozenset({"place"}))
        ]
        if not from_ or not objects or not any(_has(parsed, o, entry.object) for o in objects):
            return False
        r.actors, r.targets, r.places = subjects, objects, from_
        return True
    if frame == "leave":
        moved = objects if passive else subjects
        if passive:
            moved = grammar.passive_subjects(verb)
            if moved and all(_has(parsed, m, frozenset({"place"})) and not _is_people(parsed, m) for m in moved):
                # "the town was abandoned"
                if verb.lemma_.lower() not in {"abandon", "evacuate", "vacate", "quit"}:
                    return False
                r.actors = r.targets = _parties(parsed, subjects)
                r.places = moved
                return True
        if not moved or not any(_has(parsed, s, entry.subject | {"proper"}) for s in moved):
            return False
        from_ = [p for w, p in preps if w in {"from", "out of", "of"} and _has(parsed, p, frozenset({"place"}))]
        if not passive:
            from_ += [
                o
                for o in objects
                if _has(parsed, o, frozenset({"place"}))
                and verb.lemma_.lower() in {"leave", "quit", "abandon", "vacate", "evacuate", "exit", "flee", "depart"}
            ]
        if not from_:
            # "the troops retreated": from the place told of before
            if (
                verb.lemma_.lower() not in {"withdraw", "retreat", "pull"}
                or objects
                or not any(classes(parsed, s) & {"armed", "group"} for s in moved)
            ):
                return False
        r.actors = r.targets = _parties(parsed, moved)
        r.places = from_
        return True
    if frame == "handover":
        places = [o for o in objects if _has(parsed, o, frozenset({"place"}))]
        if not places or any(_has(parsed, o, frozenset({"aid"})) and o.i not in parsed.names for o in objects):
            return False
        to = [p for w, p in preps if w == "to" and is_party(parsed, p)]
        to += [c for c in grammar.children(verb, "dative") if is_party(parsed, c)]
        if (
            verb.lemma_.lower() in {"return", "deliver", "transfer", "give", "yield"}
            and not to
            and (
                verb.lemma_.lower() != "return"
                or not any(p.i in parsed.names for p in places)
                or not any(classes(parsed, s) & {"armed", "state", "group"} for s in subjects)
            )
        ):
            return False
        # the side that gives the place up both does it and loses it
        r.actors = r.targets = _parties(parsed, subjects)
        r.places = places
        return True
    if frame == "meet":
        return _meet_verb(parsed, verb, entry, r, subjects, objects, preps, light)
    if frame == "launch":
        if not objects or not any(_has(parsed, o, entry.object) for o in objects):
            return False
        r.actors = [s for s in subjects if is_party(parsed, s)]
        hit = [p for w, p in preps if w in AGAINST | {"into"}] + [
            p for o in objects for w, _, p in grammar.prepositions(o) if w in AGAINST | {"into"}
        ]
        r.targets = [p for p in hit if not named_place(parsed, p)]
        r.places = [p for p in hit if _has(parsed, p, frozenset({"place"}))]
        return True
    if frame == "land":
        if (
            not subjects
            or not any(_has(parsed, s, entry.subject) for s in subjects)
            or any("place" in classes(parsed, s) for s in subjects)
        ):
            return False
        hit = objects + [p for w, p in preps if w in INTO | AGAINST]
        r.places = [p for p in hit if _has(parsed, p, frozenset({"place"}))]
        r.targets = [
            p
            for p in hit
            if not named_place(parsed, p) and (classes(parsed, p) & {"building", "civilian", "equipment", "vehicle", "armed"})
        ]
        for s in subjects:
            r.actors += modifiers(parsed, s)[0]
        return bool(r.places or r.targets)
    if frame == "suffer":
        if entry.object and objects and not any(_has(parsed, o, entry.object) for o in objects):
            return False
        if not objects:
            return False
        r.actors = _parties(parsed, subjects)
        r.targets = [o for o in objects if not named_place(parsed, o)]
        home = [
            p
            for t in r.targets
            for w, _, p in grammar.prepositions(t)
            if w in {"of", "from", "in"} and _has(parsed, p, frozenset({"place"}))
        ]
        left = [p for w, p in preps if w == "from" and _has(parsed, p, frozenset({"place"}))]
        # where people are moved from tells more than where they are taken to
        r.places = (
            [o for o in objects if named_place(parsed, o)]
            or home
            or left
            or [p for w, p in preps if w in INTO and _has(parsed, p, frozenset({"place"}))]
        )
        return True
    if frame == "yield":
        # "soldiers surrendered": those who give themselves up are the ones detained
        who = grammar.subjects(verb)
        if (
            not who
            or passive
            or not any(_has(parsed, s, entry.subject) for s in who)
            or any("place" in classes(parsed, o) for o in objects)
        ):
            return False
        r.targets = who
        r.actors = [p for w, p in preps if w == "to" and is_party(parsed, p)]
        r.places = [p for w, p in preps if w in INTO and w != "to" and _has(parsed, p, frozenset({"place"}))]
        return True
    if frame == "move":
        who = grammar.subjects(verb)
        if not who or not any(_has(parsed, s, entry.subject) for s in who) or any("armed" in classes(parsed, s) for s in who):
            return False
        if verb.lemma_.lower() in {
            "leave",
            "return",
            "cross",
            "pour",
            "escape",
            "reach",
            "arrive",
            "head",
            "walk",
            "move",
        } and not any("civilian" in classes(parsed, s) for s in who):
            return False
        where = [p for w, p in preps if w in INTO | {"from"} and _has(parsed, p, frozenset({"place"}))] + [
            o for o in objects if _has(parsed, o, frozenset({"place"}))
        ]
        if verb.lemma_.lower() in {"leave", "return", "cross", "escape", "reach", "arrive", "head", "walk", "move"} and not where:
            return False
        r.targets = who
        r.places = where
        return True
    if frame == "happen":
        # "exploded", "protested": the subject is the weapon or who did it
        r.actors = [s for s in subjects if is_party(parsed, s) and not classes(parsed, s) & {"place"}]
        r.targets = [o for o in objects if not named_place(parsed, o)] if verb.lemma_.lower() in {"blow", "detonate"} else []
        r.targets = [t for t in r.targets if t.pos_ != "PRON" and not classes(parsed, t) & {"explosive", "weapon"}]
        r.places = [p for w, p in preps if w in INTO | {"on"} and _has(parsed, p, frozenset({"place"}))]
        if entry.need == "explosive" and verb.lemma_.lower() in {"blow"} and not objects and not subjects:
            return False
        return not (
            entry.type == "explosion"
            and subjects
            and not any(
                classes(parsed, s)
                & {
                    "weapon",
                    "explosive",
                    "vehicle",
                    "armed",
                    "equipment",
                    "aircraft",
                    "group",
                    "state",
                    "building",
                    "aid",
                    "property",
                }
                for s in subjects
            )
            and not any(classes(parsed, o) & {"weapon", "explosive", "vehicle", "building", "equipment"} for o in objects)
        )
    return _act_verb(parsed, verb, entry, r, subjects, objects, preps, light, passive)


def named_place(parsed: Parsed, token: Token) -> bool:
    """Whether a phrase names a place, by itself or in what it is of."""
    found = classes(parsed, token)
    if token.i in parsed.names:
        return "place" in found and "state" not in found
    if "place" in found and not found & {"building", "equipment", "armed", "property"}:
        inner = [p for w, _, p in grammar.prepositions(token) if w == "of"] + [
            c for c in token.children if c.dep_ in {"compound", "appos", "nmod"}
        ]
        return any(t.i in parsed.names and "place" in classes(parsed, t) for t in inner)
    return False


def _take(
    parsed: Parsed,
    verb: Token,
    entry: Entry,
    r: Reading,
    subjects: list[Token],
    objects: list[Token],
    preps: list[tuple[str, Token]],
    light: Token | None,
) -> bool:
    lemma = verb.lemma_.lower()
    if entry.tail and light is not None:
        places = [p for w, p in preps if w in {"of", "over", "in", "on", "at", "across", "above"}]
        places += modifiers(parsed, light)[1]
        if lemma in {"raise", "hoist", "fly", "plant"} and not places:
            return False
        if not places:
            return False
    else:
        places = objects
        if not places or not any(_has(parsed, o, frozenset({"place"})) for o in places):
            return False
        if all(_is_people(parsed, o) for o in places):
            return False
        if lemma in {"enter", "re-enter", "reenter"}:
            # troops that enter a town take it; convoys, patrols and single fighters only come
            if not any(
                o.i in parsed.names or named_place(parsed, o) or o.lemma_.lower() in {"city", "town", "village"} for o in places
            ):
                return False
            if any(
                classes(parsed, s) & {"vehicle", "equipment"}
                or s.lemma_.lower()
                in {"patrol", "convoy", "peacekeeper", "reinforcement", "column", "observer", "inspector", "police"}
                for s in subjects
            ):
                return False
        # weak verbs take a place only where the object is one and the subject can hold it
        if lemma in {
            "take",
            "win",
            "gain",
            "hold",
            "claim",
            "grab",
            "snatch",
            "clear",
            "free",
            "secure",
            "comb",
            "recover",
            "consolidate",
            "occupy",
        }:
            strong = [o for o in places if _strong_place(parsed, o)]
            if not strong:
                return False
            if lemma in {"hold", "claim", "gain"} and not any(o.i in parsed.names or named_place(parsed, o) for o in strong):
                return lemma == "gain" and bool(strong)
            if lemma in {"hold"}:
                return False
    r.actors = [s for s in subjects if is_party(parsed, s) or s.pos_ == "PRON"]
    if subjects and not r.actors and not grammar.is_passive(verb):
        return False
    r.places = places
    r.targets = [p for w, p in preps if w in {"from"} and is_party(parsed, p) and not named_place(parsed, p)]
    for o in places:
        r.targets += [
            p for w, _, p in grammar.prepositions(o) if w == "from" and is_party(parsed, p) and not named_place(parsed, p)
        ]
        r.targets += [
            p
            for c in o.children
            if c.dep_ == "acl" and c.lemma_.lower() in {"hold", "control", "occupy", "run"}
            for p in grammar.agents(c)
        ]
    return True


def _is_people(parsed: Parsed, token: Token) -> bool:
    found = classes(parsed, token)
    return bool(found & {"armed", "civilian", "official"}) and "place" not in found


def _strong_place(parsed: Parsed, token: Token) -> bool:
    """A place that can change hands: named, or a town, hill, base and the like; not "place" or "part" of something else."""
    if token.i in parsed.names:
        return "place" in classes(parsed, token)
    if named_place(parsed, token):
        return True
    if token.lemma_.lower() in {
        "city",
        "town",
        "village",
        "settlement",
        "district",
        "neighborhood",
        "neighbourhood",
        "area",
        "territory",
        "hill",
        "hilltop",
        "base",
        "airbase",
        "airport",
        "crossing",
        "checkpoint",
        "position",
        "stronghold",
        "strongpoint",
        "bridge",
        "road",
        "highway",
        "route",
        "outpost",
        "suburb",
        "camp",
        "province",
        "region",
        "junction",
        "ground",
        "land",
        "post",
        "refinery",
        "dam",
        "height",
        "ridge",
        "island",
        "point",
        "enclave",
        "pocket",
        "front",
        "barracks",
        "headquarters",
        "locality",
        "airfield",
        "port",
        "bastion",
        "foothold",
        "bridgehead",
    }:
        return True
    return _has(parsed, token, frozenset({"place"})) and any(
        w == "of" and p.i in parsed.names for w, _, p in grammar.prepositions(token)
    )


def _meet_verb(
    parsed: Parsed,
    verb: Token,
    entry: Entry,
    r: Reading,
    subjects: list[Token],
    objects: list[Token],
    preps: list[tuple[str, Token]],
    light: Token | None,
) -> bool:
    with_ = [p for w, p in preps if w in {"with", "against", "alongside"}]
    passive = grammar.is_passive(verb)
    if entry.type == "agreement":
        deals = [o for o in objects if _has(parsed, o, frozenset({"agreement"}))]
        if entry.need == "object" and not deals:
            return False
        if not entry.tail and entry.need is None and verb.lemma_.lower() in {"agree"}:
            # "agreed to a truce" is one; "agreed to meet" or "agrees with" tells of a plan or of talk
            if not any(_has(parsed, p, frozenset({"agreement"})) for _, p in preps):
                return False
        r.actors = [s for s in subjects if is_party(parsed, s)]
        r.targets = [p for p in with_ if is_party(parsed, p)]
        for d in deals:
            for w, _, p in grammar.prepositions(d):
                if w in {"between", "with"} and is_party(parsed, p):
                    (r.actors if w == "between" and not r.actors else r.targets).append(p)
        r.places = [p for w, p in preps if w in INTO and _has(parsed, p, frozenset({"place"}))]
        return True
    if entry.type == "talks":
        people = [o for o in objects if is_party(parsed, o) and not named_place(parsed, o)]
        lemma = verb.lemma_.lower()
        if lemma in {"receive", "host", "attend", "discuss", "convene", "mediate", "visit", "meet"} and not entry.tail:
            if lemma in {"receive", "host"} and not people:
                return False
            if lemma == "meet" and not people and not with_ and len(subjects) < 2 and objects:
                return False
            if lemma == "discuss" and not (
                with_ or len(subjects) > 1 or any(s.tag_ in {"NNS", "NNPS"} or "person" in classes(parsed, s) for s in subjects)
            ):
                return False
            if lemma == "attend" and not any(
                o.lemma_.lower() in {"meeting", "talk", "summit", "conference", "negotiation"} for o in objects
            ):
                return False
            if lemma == "visit" and not any(is_party(parsed, s) for s in subjects):
                return False
        if passive and lemma == "meet":
            return False
        r.actors = [s for s in subjects if is_party(parsed, s)]
        r.targets = people + [p for p in with_ if is_party(parsed, p)]
        if not r.actors and not r.targets:
            return False
        r.places = [p for w, p in preps if w in INTO and _has(parsed, p, frozenset({"place"}))]
        if lemma == "visit":
            r.places += [o for o in objects if _has(parsed, o, frozenset({"place"}))]
        return True
    # fighting
    lemma = verb.lemma_.lower()
    foes = [o for o in objects if is_party(parsed, o) or "equipment" in classes(parsed, o)]
    if (
        lemma in {"fight", "battle", "combat", "engage", "grapple"}
        and objects
        and not foes
        and not any(_has(parsed, o, frozenset({"place"})) for o in objects)
    ):
        return False
    if (
        lemma == "engage"
        and not foes
        and not any(p.lemma_.lower() in {"clash", "fighting", "battle", "combat", "firefight"} for w, p in preps if w == "in")
    ):
        return False
    actors = [s for s in subjects if is_party(parsed, s) and not named_place(parsed, s)]
    if lemma in {"clash", "fight", "battle", "skirmish"} and len(actors) >= 2 and not foes and not with_:
        r.actors, r.targets = actors[:1], actors[1:]
    else:
        r.actors = actors
        r.targets = foes + [p for p in with_ if is_party(parsed, p)]
        if len(actors) >= 2 and not r.targets:
            r.actors, r.targets = actors[:1], actors[1:]
    r.places = [p for w, p in preps if w in INTO | {"for", "over"} and _has(parsed, p, frozenset({"place"}))]
    return not (
        lemma in {"fight", "battle", "engage", "combat"}
        and not r.targets
        and not any(classes(parsed, a) & {"armed", "group", "state", "proper"} for a in r.actors)
        and not (r.places and not subjects)
    )


def _act_verb(
    parsed: Parsed,
    verb: Token,
    entry: Entry,
    r: Reading,
    subjects: list[Token],
    objects: list[Token],
    preps: list[tuple[str, Token]],
    light: Token | None,
    passive: bool,
) -> bool:
    lemma = verb.lemma_.lower()
    need = entry.need
    if need == "crowd":
        # many unarmed people that march or block a road, with a cause or a tail that tells of protest
        crowd = [
            s
            for s in subjects
            if classes(parsed, s) & {"civilian"}
            and not classes(parsed, s) & {"armed", "official"}
            and s.tag_ in {"NNS", "NNPS", "NN"}
            and (s.tag_ != "NN" or s.lemma_.lower() in {"crowd", "mob"})
        ]
        cause = (
            entry.tail
            or any(
                c.dep_ in {"advcl", "xcomp", "conj"}
                and c.lemma_.lower() in {"demand", "protest", "call", "denounce", "condemn", "support", "chant", "shout"}
                for c in verb.children
            )
            or any(w in {"against"} for w, p in preps)
            or any(s.lemma_.lower() in {"protester", "demonstrator", "crowd", "mob", "rioter"} for s in subjects)
        )
        if not crowd or not cause:
            return False
        r.actors, r.places = (
            crowd,
            [p for w, p in preps if w in INTO and _has(parsed, p, frozenset({"place"}))]
            + [o for o in objects if named_place(parsed, o)],
        )
        r.targets = [p for w, p in preps if w == "against" and is_party(parsed, p)]
        return True
    if (
        lemma in {"fire", "shoot"}
        and entry.tail
        and entry.tail[0] in {"on", "at"}
        and any("weapon" in classes(parsed, c) for c in verb.children if c.dep_ == "dobj")
    ):
        # "fired two shells on X" is shelling, "fired on X" is not
        return False
    if entry.object and objects and entry.type != "casualty" and not any(_has(parsed, o, entry.object) for o in objects):
        return False
    if need == "object" and not (objects if not light else True):
        return False
    if need == "subject" and not subjects:
        return False
    hit = objects + [p for w, p in preps if w in AGAINST]
    places = [o for o in hit if _has(parsed, o, frozenset({"place"}))]
    where = [p for w, p in preps if w in INTO and _has(parsed, p, frozenset({"place"}))]
    if need == "object_unarmed":
        unarmed = [o for o in hit if _has(parsed, o, entry.object) and not classes(parsed, o) & {"armed"}]
        if not unarmed:
            return False
    if need == "place_or_subject":
        armed = [s for s in subjects if classes(parsed, s) & {"armed", "state", "group"} or s.pos_ == "PRON"]
        goal = [p for w, p in preps if w in INTO | {"for", "from", "against"} and _has(parsed, p, frozenset({"place", "armed"}))]
        if lemma in {"advance"}:
            if not armed and not goal:
                return False
        elif not armed or not goal or objects:
            return False
    if need == "place" and not (places or where):
        return False
    if need == "object_or_armed_subject":
        armed = [s for s in subjects if classes(parsed, s) & {"armed", "vehicle", "equipment"}]
        if not objects and not armed:
            return False
        if lemma in {"move", "send", "stage", "mass", "transfer", "concentrate", "relocate", "rotate"}:
            mass = [o for o in objects if classes(parsed, o) & {"armed", "equipment", "vehicle"}]
            if objects and not mass:
                return False
            if not objects and lemma not in {"move", "mass", "relocate"}:
                return False
            if not objects and not (places or where):
                return False
    if entry.type == "aid":
        goods = [o for o in hit if _has(parsed, o, entry.object)]
        if need == "object" and not goods:
            return False
    if entry.type == "strike" and need is None and lemma in {"attack", "target"}:
        if not objects and not subjects:
            return False
        # "the plan targets growth": someone or something that can be attacked must stand on one side
        able = PARTY | {"place", "building", "equipment", "vehicle", "weapon", "aircraft", "civilian", "explosive"}
        if objects and not any(classes(parsed, o) & able for o in objects):
            return False
    if entry.type == "strike" and need == "weapon_or_violence":
        able = frozenset(
            {
                "place",
                "building",
                "equipment",
                "vehicle",
                "armed",
                "civilian",
                "group",
                "property",
                "state",
                "any_people",
                "aircraft",
            }
        )
        if lemma in {"hit", "strike", "rain", "hammer", "blast", "blitz", "batter"}:
            if not any(classes(parsed, o) & able for o in hit + where) and not any(
                classes(parsed, s) & {"weapon", "aircraft"} for s in subjects
            ):
                return False
    if entry.type == "property_destruction" and light is not None:
        objects = [p for w, p in preps if w == "to"]
        hit = objects
    if entry.type == "property_destruction":
        if not objects or not any(
            classes(parsed, o) & {"building", "vehicle", "equipment", "place", "property"} for o in objects
        ):
            return lemma in {"wreak"} and bool(subjects)
        if (
            subjects
            and not passive
            and not any(is_party(parsed, s) for s in subjects)
            and not any(classes(parsed, s) & {"weapon", "explosive"} for s in subjects)
        ):
            return False
    if entry.type == "armed_clash" and lemma in {
        "surround",
        "cut",
        "penetrate",
        "press",
        "move",
        "crush",
        "defeat",
        "break",
        "make",
        "achieve",
        "open",
        "storm",
        "raid",
        "thwart",
        "repel",
        "foil",
        "sever",
        "invade",
        "infiltrate",
    }:
        if (
            not any(
                classes(parsed, t) & {"armed", "state", "group", "place", "equipment", "building", "civilian"}
                for t in [*subjects, *hit, *where]
            )
            and not light
        ):
            return False
        if lemma in {"make", "achieve"} and not any(classes(parsed, t) & {"armed", "group", "state"} for t in subjects):
            return False
    actors = [s for s in subjects if is_party(parsed, s)]
    if entry.type == "casualty" and lemma in {"die", "perish", "succumb", "drown", "suffocate", "lose"}:
        r.targets = subjects
        return True
    if entry.type in {"casualty", "strike", "property_destruction"}:
        for s in subjects:
            if not is_party(parsed, s) or "aircraft" in classes(parsed, s):
                inner, _ = modifiers(parsed, s)
                if inner and s not in actors:
                    actors += inner
    r.actors = actors
    r.targets = [o for o in hit if not named_place(parsed, o) and not _abstract(o)]
    if entry.type == "armed_clash":
        # fighting is against people: an unnamed town or road is where, not whom
        r.targets = [
            t
            for t in r.targets
            if not classes(parsed, t) & {"place"} or classes(parsed, t) & {"building", "equipment", "armed", "body", "state"}
        ]
    if entry.type == "armed_clash" and not r.targets:
        # "repelled an attack by X", "thwarted the militants' assault": against whose attack
        for o in objects:
            if o.lemma_.lower() in lexicon().nouns:
                r.targets = modifiers(parsed, o)[0] + [
                    p for w, _, p in grammar.prepositions(o) if w in {"by", "of"} and is_party(parsed, p)
                ]
                r.places += [p for w, _, p in grammar.prepositions(o) if w in INTO and _has(parsed, p, frozenset({"place"}))]
    if entry.type in {"deployment"}:
        moved = [o for o in objects if classes(parsed, o) & {"armed", "equipment", "vehicle", "weapon", "aircraft"}]
        r.targets = []
        if not r.actors:
            r.actors = moved
    if entry.type == "aid":
        r.targets = [o for o in objects if _has(parsed, o, entry.object)]
    if light is not None and entry.type == "property_destruction":
        r.targets = [p for w, p in preps if w == "to"]
    elif light is not None:
        r.targets = [p for w, p in preps if w in AGAINST | {"of"} and not named_place(parsed, p) and p != light]
    r.places = places + where
    return True


# ---------------------------------------------------------------------------------------------------- nouns


def _carrier(noun: Token) -> tuple[Token | None, str]:
    """The verb that carries a noun trigger and how: as its object, its subject, or as the passive's subject."""
    t = noun
    while t.dep_ == "conj" and t.head != t:
        t = t.head
    if t.dep_ in {"dobj", "obj"} and t.head.pos_ == "VERB":
        return t.head, "object"
    if t.dep_ == "nsubj" and t.head.pos_ in {"VERB", "AUX"}:
        return t.head, "subject"
    if t.dep_ == "nsubjpass":
        return t.head, "passive"
    if t.dep_ == "pobj" and t.head.dep_ == "prep" and t.head.head.pos_ == "VERB":
        return t.head.head, "prep"
    return None, ""


def _read_noun(parsed: Parsed, noun: Token, entry: Entry, r: Reading) -> bool:
    support, effect = tables()["support_verbs"], tables()["effect_verbs"]
    verb, how = _carrier(noun)
    r.verb = verb
    parties, mod_places = modifiers(parsed, noun)
    preps = _preps(noun)
    by = [p for w, p in preps if w == "by"]
    of = [p for w, p in preps if w == "of"]
    between = [p for w, p in preps if w in {"between", "among"}]
    with_ = [p for w, p in preps if w in {"with", "against"}]
    hit = [p for w, p in preps if w in AGAINST]
    where = [p for w, p in preps if w in INTO and w not in {"to"} and _has(parsed, p, frozenset({"place"}))]
    towards = [p for w, p in preps if w in {"to", "for"} and _has(parsed, p, frozenset({"place"}))]
    actors = [*parties, *[p for p in by if is_party(parsed, p)]]
    lemma = verb.lemma_.lower() if verb is not None else ""
    if verb is not None:
        vpreps = _preps(verb)
        if how == "object" and lemma in support:
            if not grammar.is_passive(verb) and lemma not in tables()["onlooker_verbs"]:
                actors += [s for s in grammar.subjects(verb) if is_party(parsed, s) and s not in actors]
            hit += [p for w, p in vpreps if w in AGAINST]
            where += [p for w, p in vpreps if w in INTO and w not in {"to", "on"} and _has(parsed, p, frozenset({"place"}))]
        elif how == "passive":
            actors += [a for a in grammar.agents(verb) if is_party(parsed, a)]
            if lemma in support | effect:
                hit += [p for w, p in vpreps if w in AGAINST]
                where += [p for w, p in vpreps if w in INTO and _has(parsed, p, frozenset({"place"}))]
        elif how == "subject" and lemma in effect:
            hit += [o for o in grammar.objects(verb) if not classes(parsed, o) & {"weapon"} and not _abstract(o)]
            hit += [p for w, p in vpreps if w in AGAINST]
            where += [p for w, p in vpreps if w in INTO and _has(parsed, p, frozenset({"place"}))]
            if entry.frame == "meet":
                between += [p for w, p in vpreps if w in {"between", "among"}]
                with_ += [p for w, p in vpreps if w in {"with"}]
    if verb is not None and (
        (how == "prep" and noun.dep_ == "pobj" and noun.head.lower_ == "under")
        or (how == "object" and lemma in {"see", "witness", "suffer", "sustain", "face"})
    ):
        # "X came under fire", "X was under siege", "X saw heavy shelling": who or what undergoes it
        for s in grammar.subjects(verb):
            (where if _has(parsed, s, frozenset({"place"})) else hit).append(s)
    if not actors:
        # "under siege by X", "in an attack by X": the agent may hang on the preposition or the verb
        up = noun.head if noun.dep_ == "pobj" else None
        for t in (up, verb if how == "prep" else None):
            if t is not None:
                actors += [p for w, p in _preps(t) if w == "by" and is_party(parsed, p)]
    frame, need = entry.frame, entry.need

    if frame == "take":
        places = [p for p in of if _has(parsed, p, frozenset({"place"}))] + mod_places
        places = [p for p in places if not _is_people(parsed, p)]
        if not places:
            return False
        r.actors = actors
        r.places = places
        r.targets = [p for w, p in preps if w == "from" and is_party(parsed, p) and not named_place(parsed, p)]
        return True
    if frame == "lose":
        places = [
            p
            for p in of
            if _has(parsed, p, frozenset({"place"}))
            and (named_place(parsed, p) or p.i in parsed.names or _strong_place(parsed, p))
        ]
        if not places:
            return False
        r.targets = parties or (
            [s for s in grammar.subjects(verb) if is_party(parsed, s)]
            if verb is not None and how in {"object", "prep"} and lemma in {"suffer", "commit", "follow", "admit", "acknowledge"}
            else []
        )
        r.places = places
        return True
    if frame == "fall":
        places = [p for p in of if named_place(parsed, p) or (p.i in parsed.names and "place" in classes(parsed, p))]
        if not places:
            return False
        r.actors = [p for w, p in preps if w == "to" and is_party(parsed, p)]
        r.places = places
        return True
    if frame == "leave":
        places = [p for w, p in preps if w == "from" and _has(parsed, p, frozenset({"place"}))]
        if verb is not None:
            places += [p for w, p in _preps(verb) if w == "from" and _has(parsed, p, frozenset({"place"}))]
        who = actors + [p for p in of if is_party(parsed, p) and not named_place(parsed, p)]
        if not places:
            return False
        r.actors = r.targets = who
        r.places = places
        return True
    if frame == "handover":
        places = [p for p in of if _has(parsed, p, frozenset({"place"})) and not _is_people(parsed, p)]
        if not places or not any(_strong_place(parsed, p) for p in places):
            return False
        r.actors = r.targets = actors
        r.places = places
        return True
    if frame == "meet":
        two = [p for p in between if is_party(parsed, p)]
        other = [p for p in with_ if is_party(parsed, p) and not named_place(parsed, p)]
        if entry.type == "armed_clash":
            own = [a for a in actors if not named_place(parsed, a)]
            of_parties = [p for p in of if is_party(parsed, p)]
            if two:
                r.actors, r.targets = two[:1], two[1:] or other
            else:
                r.actors, r.targets = own + of_parties, other
            of_places = [p for p in of if _has(parsed, p, frozenset({"place"})) and p not in of_parties]
            r.places = of_places + mod_places + where + towards
            if noun.lemma_.lower() in {"battle", "combat", "confrontation", "engagement", "fighting", "gunfire", "hostility"}:
                return bool(r.actors or r.targets or r.places or how in {"subject", "object", "prep"})
            return True
        if entry.type == "agreement":
            r.actors = two[:1] if two else actors
            r.targets = two[1:] if two else other
            # "the Minsk agreement" is called after a place, it is not at it
            r.places = where
            first = grammar.conjuncts_first(noun)
            if first.dep_ == "pobj" and not two:
                up = first.head
                of_it = up.lower_ == "of" and up.head.lemma_.lower() not in {
                    "violation",
                    "breach",
                    "end",
                    "collapse",
                    "implementation",
                    "announcement",
                    "signing",
                    "part",
                    "day",
                    "start",
                    "beginning",
                    "extension",
                    "expiry",
                }
                if of_it or up.lower_ in {"by", "in", "on", "about", "over", "against", "within"}:
                    return False
            return True
        r.actors = two[:1] if two else (actors + [p for p in of if is_party(parsed, p) and not named_place(parsed, p)])
        r.targets = two[1:] if two else other
        if not r.actors and not r.targets and how == "prep" and verb is not None:
            r.actors = (
                [s for s in grammar.subjects(verb) if is_party(parsed, s)][:1]
                if noun.lemma_.lower() in {"meeting", "summit", "talk"}
                and verb.lemma_.lower() in {"take", "meet", "participate", "speak", "engage"}
                else []
            )
        r.places = where + mod_places
        return not (need == "context" and not (r.actors or r.targets or r.places or how == "subject"))
    if frame == "suffer":
        r.targets = [p for p in of if not named_place(parsed, p)]
        r.places = (
            [p for p in of if named_place(parsed, p)]
            + where
            + [p for w, p in preps if w in {"from", "to"} and _has(parsed, p, frozenset({"place"}))]
            + mod_places
        )
        r.targets += [t for t in parties if "armed" not in classes(parsed, t)]
        r.actors = [p for p in by if is_party(parsed, p)]
        if verb is not None and how == "object" and lemma in {"cause", "force", "trigger", "spark", "order", "begin", "continue"}:
            r.actors += [s for s in grammar.subjects(verb) if is_party(parsed, s)]
        return bool(r.targets or r.places) or noun.lemma_.lower() in {"exodus", "displacement"}
    if frame == "happen":
        r.actors = actors
        r.targets = [p for p in hit if not named_place(parsed, p) and not _abstract(p)]
        if entry.type == "protest":
            r.targets = [p for w, p in preps if w == "against" and is_party(parsed, p)]
            if noun.lemma_.lower() in {"protester", "demonstrator"}:
                if how != "subject":
                    return False
                r.actors = [noun]
        r.places = where + mod_places + [p for p in hit + of if _has(parsed, p, frozenset({"place"}))]
        return not (_topic(noun, verb, how) and not r.actors and not r.places)
    # act
    if need == "aid_goods":
        goods = [p for p in of if _has(parsed, p, entry.object)] + [
            c for c in noun.children if c.dep_ in {"compound", "amod"} and c.lemma_.lower() in tables()["aid"]
        ]
        if not goods:
            return False
        r.actors, r.targets = actors, [p for p in of if _has(parsed, p, entry.object)]
        r.places = where + [p for w, p in preps if w in {"to", "into"} and _has(parsed, p, frozenset({"place"}))]
        return True
    if need == "military" and not _military(parsed, noun, verb, how):
        return False
    if need == "object" and not (of or hit) and not actors:
        return False
    if _topic(noun, verb, how) and not actors and not where and not mod_places and not hit and not of:
        return False
    of_hit = [
        p
        for p in of
        if not is_party(parsed, p)
        or noun.lemma_.lower()
        in {
            "shelling",
            "bombing",
            "bombardment",
            "killing",
            "murder",
            "execution",
            "assassination",
            "massacre",
            "arrest",
            "abduction",
            "kidnapping",
            "capture",
            "targeting",
            "encirclement",
            "siege",
            "blockade",
            "ambush",
            "rape",
            "torture",
            "slaughter",
            "beheading",
            "detention",
            "looting",
            "burning",
            "strike",
            "attack",
            "downing",
            "interception",
            "destruction",
            "demolition",
            "pounding",
            "lynching",
            "invasion",
            "beating",
            "stabbing",
            "disappearance",
        }
    ]
    of_actor = [p for p in of if p not in of_hit]
    if (
        entry.object
        and entry.type != "casualty"
        and (of_hit or hit)
        and not any(_has(parsed, o, entry.object) for o in of_hit + hit)
    ):
        return False
    r.actors = actors + of_actor
    everything = of_hit + hit + with_
    r.targets = [p for p in everything if not named_place(parsed, p) and not _abstract(p) and not classes(parsed, p) & {"weapon"}]
    r.places = [p for p in everything if _has(parsed, p, frozenset({"place"}))] + where + mod_places + towards
    return True


def _topic(noun: Token, verb: Token | None, how: str) -> bool:
    """Whether a noun trigger is only spoken of: "discussed the attack", "the attack was a form of support"."""
    if verb is None:
        return False
    support, effect = tables()["support_verbs"], tables()["effect_verbs"]
    lemma = verb.lemma_.lower()
    if how in {"subject", "passive"}:
        return lemma not in support and lemma not in effect
    if how == "object":
        return lemma in tables()["topic_verbs"]
    return False


def _military(parsed: Parsed, noun: Token, verb: Token | None, how: str) -> bool:
    military = tables()["military"]
    if any(c.lemma_.lower() in military or c.lower_ in military for c in noun.children if c.dep_ in {"amod", "compound", "nmod"}):
        return True
    if any(classes(parsed, c) & {"armed"} for c in noun.children if c.dep_ in {"compound", "poss", "amod"}):
        return True
    hit = [p for w, _, p in grammar.prepositions(noun) if w in {"against", "on"}]
    if any(classes(parsed, p) & {"armed", "group"} for p in hit):
        return True
    if verb is not None and how == "object" and verb.lemma_.lower() in {"launch", "conduct", "carry", "mount", "wage", "repel"}:
        return any(classes(parsed, s) & {"armed", "group", "state"} for s in grammar.subjects(verb))
    return False
