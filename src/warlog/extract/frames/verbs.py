"""Verb triggers: gathers a verb's clause and hands it to the frame of its entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.classes import classes
from warlog.extract.frames import acts, control, displacement, fighting, strikes, verbal
from warlog.extract.frames.phrases import has
from warlog.extract.frames.reading import Clause, Reading
from warlog.extract.lexicon import Entry
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

#: a light verb's noun stands no farther from it than this
_LIGHT_REACH = 8


def _meet(clause: Clause, reading: Reading) -> bool:
    if reading.type == "agreement":
        return verbal.agreement(clause, reading)
    if reading.type == "talks":
        return verbal.talks(clause, reading)
    return fighting.meet(clause, reading)


_FRAMES: dict[str, Callable[[Clause, Reading], bool]] = {
    "take": control.take,
    "lose": control.lose,
    "fall": control.fall,
    "expel": control.expel,
    "leave": control.leave,
    "handover": control.handover,
    "meet": _meet,
    "launch": strikes.launch,
    "land": strikes.land,
    "trip": strikes.trip,
    "happen": strikes.happen,
    "suffer": displacement.suffer,
    "yield": control.give_oneself_up,
    "move": displacement.move,
    "act": acts.act,
}


def read(parsed: Parsed, verb: Token, entry: Entry, reading: Reading) -> bool:
    """Whether an entry holds for a verb; fills the reading's roles where it does."""
    clause = _clause(parsed, verb, entry)
    return _subject_fits(clause) and _FRAMES[entry.frame](clause, reading)


def _clause(parsed: Parsed, verb: Token, entry: Entry) -> Clause:
    passive = grammar.is_passive(verb)
    light = _light_noun(verb, entry)
    preps = [(w, p) for t in (verb, light) if t is not None for w, _, p in grammar.prepositions(t)]
    return Clause(
        parsed=parsed,
        entry=entry,
        preps=preps,
        verb=verb,
        lemma=grammar.lemma(verb),
        passive=passive,
        subjects=grammar.agents(verb) if passive else grammar.subjects(verb),
        objects=[o for o in grammar.objects(verb) if o != light],
        light=light,
    )


def _light_noun(verb: Token, entry: Entry) -> Token | None:
    """The noun of a light verb ("control" in "take control of X")."""
    if not entry.tail:
        return None
    for t in verb.subtree:
        if entry.tail[-1] in {grammar.lemma(t), t.lower_} and t.pos_ in {"NOUN", "PROPN"} and abs(t.i - verb.i) <= _LIGHT_REACH:
            return t
    return None


def _subject_fits(c: Clause) -> bool:
    """Whether the subject is of a class the entry asks for; pronouns pass, and subjects of no known class do not count."""
    wanted, frame = c.entry.subject, c.entry.frame
    if not wanted or frame == "fall":
        return True
    telling = [s for s in c.subjects if classes(c.parsed, s)] or c.subjects
    if telling:
        return any(has(c.parsed, s, wanted) or s.pos_ == "PRON" for s in telling)
    return "none" in wanted or frame == "leave" or c.passive
