"""Tolls and killings of a sentence: which event each belongs to, and those that are told with no other event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar, readings
from warlog.extract.classes import classes, of_word, tables
from warlog.extract.frames import Reading
from warlog.extract.lexicon import Entry
from warlog.extract.numbers import Toll, article_one, find_figures
from warlog.extract.readings.kinds import ATTACKS, VIOLENT
from warlog.extract.story import Scene
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed
from warlog.records import Casualties

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("readings")
#: whoever is killed or hurt stands no farther from the attack than this in the parse
_NEAR_ATTACK = 3
#: and no farther from a capture that it belongs to ("took X, killing ten"; "took X after killing ten")
_NEAR_CAPTURE = 2
#: a figure stands no farther from its own word of killing than this
_NEAR_FIGURE = 2
#: what a figure before the object of an event of a type tells of
_OUTCOME_OF_TARGET = {"abduction": "captured", "arrest": "captured", "displacement": "displaced"}
#: who and what is fought rather than attacked
_FIGHTING = frozenset({"armed", "group", "equipment", "weapon", "aircraft"})
_HARM = frozenset({"killed", "wounded", "killed_or_wounded"})


def as_records(tolls: list[Toll]) -> list[Casualties]:
    """Tolls as they stand in a claim, each once."""
    out: list[Casualties] = []
    for t in tolls:
        record = Casualties(t.outcome, t.who, t.low, t.high)
        if record not in out:
            out.append(record)
    return out


def of_target(parsed: Parsed, e: Reading) -> list[Toll]:
    """How many were taken, moved or put to death, where the event's own object says so: "kidnapped 12 passengers"."""
    outcome = _OUTCOME_OF_TARGET.get(e.type)
    if e.type == "attack_on_civilians" and grammar.lemma(e.token) in _WORDS["verbs_of_putting_to_death"]:
        outcome = "killed"
    if outcome is None:
        return []
    out: list[Toll] = []
    for target in e.targets:
        if target.pos_ not in {"NOUN", "PROPN"} or not classes(parsed, target) & {"any_people", "civilian", "armed", "official"}:
            continue
        left = target.left_edge
        if not any(t.pos_ in {"VERB", "AUX"} and t.dep_ != "amod" for t in parsed.doc[left.i : target.i]):
            out += _of_phrase(parsed, left, target, outcome)
    return out


def _of_phrase(parsed: Parsed, left: Token, head: Token, outcome: str) -> list[Toll]:
    """The figure that begins a noun phrase, an article included, with whom it counts."""
    start, end = parsed.spans[left.i][0], parsed.spans[head.i][1]
    text = parsed.source[start:end]
    figure = next((f for f in find_figures(text) if f.start == 0), None)
    if figure is None and head.tag_ == "NN":
        figure = article_one(text, 0)
    if figure is None:
        return []
    who = text[figure.end :].strip() or None
    offset = start - parsed.sentence.start
    return [Toll(offset, end - parsed.sentence.start, outcome, who, figure.low, figure.high, False, offset)]


def only_where_they_died(e: Reading, tolls: list[Toll]) -> bool:
    """ "killed in the fighting": with nothing said of the fighting itself the sentence reports the dead."""
    t = e.token
    if e.type != "armed_clash" or not tolls or e.actors or e.targets or e.places or e.merged or t.dep_ != "pobj":
        return False
    definite = any(c.lower_ in {"the", "this"} for c in grammar.children(t, "det"))
    return definite and t.head.lower_ in {"in", "during", "since", "from"}


def assign(scene: Scene, tolls: list[Toll], events: list[Reading]) -> tuple[dict[int, list[Toll]], list[Toll]]:
    """Lay each toll to the event it is closest to in the parse: (tolls by the event's position, tolls with no event)."""
    out: dict[int, list[Toll]] = {}
    loose: list[Toll] = []
    for toll in tolls:
        at = _where(scene, toll)
        if at is None:
            continue
        host = _host(toll, at, events)
        if host is None:
            loose.append(toll)
        else:
            out.setdefault(next(n for n, e in enumerate(events) if e is host), []).append(toll)
    return out, loose


def _where(scene: Scene, toll: Toll) -> Token | None:
    at = scene.token_at(toll.trigger_start)
    return at if at is not None else scene.token_at(toll.start)


def _host(toll: Toll, at: Token, events: list[Reading]) -> Reading | None:
    if toll.outcome == "displaced":
        return next((e for e in events if e.type == "displacement"), None)
    if toll.outcome == "captured":
        taken = next((e for e in events if e.type in {"arrest", "abduction"}), None)
        return taken or _closest(at, [e for e in events if e.type in VIOLENT])
    attacks = [e for e in events if e.type in ATTACKS and e.type != "abduction" and not _told_apart(at, e)]
    capture = _closest(at, [e for e in events if e.type == "territory_captured"])
    if capture is not None and at.pos_ == "VERB" and capture.token.is_ancestor(at) and _steps(at, capture) <= _NEAR_CAPTURE:
        # "took the town, killing ten"
        nearest = _closest(at, attacks)
        return nearest if nearest is not None and _steps(at, nearest) <= _steps(at, capture) else capture
    return _closest(at, attacks)


def _told_apart(at: Token, event: Reading) -> bool:
    """ "Two soldiers were killed in the fighting, and jets hit the town": told before it, in a clause of its own."""
    verb, first = event.token, grammar.clause_root(at)
    return at.i < verb.i and verb.pos_ == "VERB" and verb.dep_ == "conj" and verb.head == first and grammar.has_own_subject(verb)


def _steps(at: Token, event: Reading) -> int:
    return min(grammar.distance(at, t) for t in [event.token, *event.merged])


def _closest(at: Token, events: list[Reading]) -> Reading | None:
    return min(events, key=lambda e: _steps(at, e), default=None)


def lend_killers(parsed: Parsed, events: list[Reading], killings: list[Reading]) -> None:
    """ "X killed Y in an attack": who kills and who is killed are the attack's, where it names none of its own."""
    for r in killings:
        if r.token.pos_ != "VERB":
            continue
        host = _closest(r.token, [e for e in events if e.type in ATTACKS])
        if host is None or _steps(r.token, host) > _NEAR_ATTACK:
            continue
        if not host.actors:
            # "a helicopter was shot down, killing two": what it was done to did not do it
            own = {host.token, *grammar.objects(host.token), *host.targets}
            host.actors = [a for a in r.actors if a not in own and a.pos_ != "NUM"]
        if not host.targets:
            host.targets = [t for t in r.targets if "place" not in classes(parsed, t)]


def of_their_own(
    scene: Scene, loose: list[Toll], killings: list[Reading], events: list[Reading]
) -> list[tuple[Reading, list[Toll]]]:
    """Events of their own for tolls, and for killings with no toll, that no other event of the sentence took up."""
    # "heavy losses", with no figure and nobody named, is no report of its own
    fatal = [t for t in loose if t.outcome in _HARM | {"missing"} and (t.low is not None or t.high is not None or t.who)]
    host = _teller(scene, fatal, killings) if fatal else None
    if not fatal and not any(e.type in VIOLENT for e in events):
        host = next((r for r in killings if r.actors and r.targets and _is_killing(r.token)), None)
    if host is None:
        return []
    host.type = _killing_type(scene.parsed, host, readings.Arms(scene.parsed, scene.story.arms))
    return [(host, fatal)]


def _is_killing(token: Token) -> bool:
    return token.pos_ == "VERB" and grammar.lemma(token) in _WORDS["verbs_of_killing"]


def _teller(scene: Scene, tolls: list[Toll], killings: list[Reading]) -> Reading | None:
    """The word of killing that tells of some tolls; where there is none, the figure itself reports them."""
    at = [_where(scene, t) for t in tolls]
    for r in killings:
        if any(a is not None and grammar.distance(a, r.token) <= _NEAR_FIGURE for a in at):
            return r
    if killings:
        return killings[0]
    return Reading("casualty_report", at[0], Entry("casualty_report", "act")) if at[0] is not None else None


def _killing_type(parsed: Parsed, r: Reading, arms: readings.Arms) -> str:
    """What a killing with no event around it is: by its weapon, one side killing civilians or fighters, or a mere report."""
    weapon = arms.near(readings.phrase_tokens(r))
    if weapon is not None and weapon.kind != "smallarms":
        return weapon.type
    if not r.actors:
        return "casualty_report"
    found = [classes(parsed, t) for t in r.targets]
    inner = [classes(parsed, p) for t in r.targets for w, _, p in grammar.prepositions(t) if w == "of"]
    if any(f & {"civilian", "official"} for f in found) and not any("armed" in f for f in found):
        return "attack_on_civilians"
    if any(f & {"armed", "group"} for f in found + inner):
        return "armed_clash"
    return "attack_on_civilians" if any("civilian" in f for f in inner) else "casualty_report"


def against_the_unarmed(parsed: Parsed, r: Reading, of_event: list[Toll]) -> bool:
    """ "attacked the village, killing six villagers": an attack, told without a weapon, in which only the unarmed are harmed."""
    if r.type != "armed_clash" or grammar.lemma(r.token) not in _WORDS["attacks_on_whom_they_harm"]:
        return False
    harmed = [t.who for t in of_event if t.outcome in _HARM and t.who and (t.low or t.high)]
    if not harmed or not all(_unarmed(who) for who in harmed):
        return False
    military = tables()["military_site"]
    return not any(classes(parsed, t) & _FIGHTING or grammar.lemma(t) in military for t in [*r.targets, *r.places])


def _unarmed(who: str) -> bool:
    """Whether those whom a toll counts are told to be unarmed people."""
    found = [of_word(w) for w in who.split()]
    return any("civilian" in f for f in found) and not any("armed" in f for f in found)


def victims(tolls: list[Toll]) -> str | None:
    """Whom the first toll tells of, as written; "others" is nobody."""
    harmed = next((t.who for t in tolls if t.who and t.outcome in _HARM and not t.part_of_previous), None)
    return harmed if harmed is not None and harmed.lower() not in _WORDS["nobody_in_particular"] - {"people"} else None
