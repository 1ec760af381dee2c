"""Texts with no plain word of conflict: only what tells of conflict by itself is kept.

"A student was beaten outside a club" and "the court jailed a solicitor" have the words of an attack and of an arrest, and are
neither where nothing around them speaks of war. In a text that holds no plain word of conflict (`subject`), an event must bring
its own evidence: an armed side, a party of politics as victim, two parties that talk.
"""

from __future__ import annotations

import re

from warlog.extract.classes import demonyms, of_word
from warlog.extract.draft import Draft
from warlog.extract.lexicon import weapons
from warlog.extract.wordlists import wordlists

_WORDS = wordlists("quiet")
_WORD = re.compile(r"[\w’'.-]+")
#: classes of an actor that fights
_ARMED = frozenset({"armed"})
_UNARMED = frozenset({"civilian"})
#: from so many on, dead or hurt with no cause told are those of a war
_MANY = 10
#: classes of words that name no party of their own, whatever their capitals
_COMMON = frozenset({"body", "official", "armed", "civilian"})


def kept(drafts: list[Draft]) -> list[Draft]:
    """The drafts that tell of conflict by themselves."""
    return [d for d in drafts if _tells(d)]


def _tells(d: Draft) -> bool:
    kind = d.event_type
    if kind in {"armed_clash", "territory_captured", "territory_transferred", "deployment"}:
        nobody = d.actor is None and d.target is None and any(p.named and not p.country for p in d.places)
        # "the lawyer defeated her opponent": whoever acts must be one that fights
        doer = d.actor if d.actor is not None else d.target
        return nobody or _fights(doer) or _named(d, doer)
    if kind in {"attack_on_civilians", "property_destruction"}:
        return _fights(d.actor) or _national(d, d.actor) or _political(d.target) or _grave(d)
    if kind == "arrest":
        if _lemma(d) in _WORDS["words_of_the_courts"]:
            return _fights(d.actor) or _political(d.target)
        return _fights(d.actor) or _national(d, d.actor) or _political(d.target) or _grave(d)
    if kind == "casualty_report":
        return _deaths_of_conflict(d)
    if kind == "talks":
        parties = [party for party in (d.actor, d.target) if party]
        return _grave(d) or (bool(parties) and all(_of_state(d, party) for party in parties))
    if kind == "agreement":
        return _national(d, d.actor) or _national(d, d.target) or _named(d, d.actor) or _grave(d)
    if kind == "statement":
        against = _of_state(d, d.target) or _lemma(d) in _WORDS["statecraft"]
        speaks = _of_state(d, d.actor) or _fights(d.actor) or _abbreviated(d.actor)
        return _grave(d) or (speaks and against)
    if kind == "aid":
        relief = any(t.lower_ in _WORDS["words_of_relief"] for t in d.parsed.doc)
        return relief or _of_state(d, d.actor) or _abbreviated(d.actor) or any(p.named for p in d.places)
    if kind in {"air_strike", "shelling"}:
        # "bombarded samples with X-rays", "a light plane crashed", "a strike over pay"
        return _lemma(d) not in _WORDS["words_of_crashes"] and _struck(d)
    if kind == "protest":
        gladly = any(t.lemma_.lower() in _WORDS["words_of_celebration"] for t in d.parsed.doc)
        general = any(c.lower_ in _WORDS["strikes_of_all"] for c in d.parsed.doc[d.trigger].children)
        return not gladly and (general or _lemma(d) not in _WORDS["no_protest"])
    if kind == "displacement":
        # "she fled to Mexico with her parents"
        return bool(d.casualties) or _grave(d) or _of_state(d, d.actor) or _is(d.target, _UNARMED)
    return True


def _struck(d: Draft) -> bool:
    """Whether a strike has a toll, or a weapon and a place or doer of its own."""
    return bool(d.casualties) or (
        bool(weapons(d.parsed.sentence.text)) and (any(p.named for p in d.places) or d.actor is not None)
    )


def _of_state(d: Draft, text: str | None) -> bool:
    """Whether a party is a state or speaks for one: a country, a nation, an office of state; no mayor and no company."""
    words = _words(text)
    if any(w in demonyms() or w.lower() in _WORDS["offices_of_state"] for w in words):
        return not any(w.lower() in _WORDS["local_offices"] for w in words)
    countries = (n for n in d.parsed.names.values() if "state" in n.classes or "capital" in n.classes)
    named = any(d.parsed.source[n.start : n.end] in (text or "") for n in countries)
    return named and not any(w.lower() in _WORDS["local_offices"] for w in words)


def _lemma(d: Draft) -> str:
    return d.parsed.doc[d.trigger].lemma_.lower()


def _deaths_of_conflict(d: Draft) -> bool:
    """Fighters or people of politics killed; others only where no cause is told: "when a wall collapsed" is none of war."""
    if any(_political(t.who) or _is(t.who, _ARMED) for t in d.casualties):
        return True
    if any(t.lower_ in _WORDS["words_before_a_cause"] for t in d.parsed.doc):
        return False
    if _lemma(d) in _WORDS["words_of_any_death"]:
        return any((t.low or 0) >= _MANY for t in d.casualties)
    return any(t.outcome == "killed" for t in d.casualties)


def _fights(text: str | None) -> bool:
    """Whether a party is an armed one that is no police."""
    return _is(text, _ARMED) and not is_police(text)


def _words(text: str | None) -> list[str]:
    return _WORD.findall(text or "")


def _is(text: str | None, wanted: frozenset[str]) -> bool:
    """Whether any word of a party is of one of some classes."""
    return any(of_word(w) & wanted for w in _words(text))


def is_police(text: str | None) -> bool:
    """Police arrest in peace too."""
    return any(w.lower() in _WORDS["police"] for w in _words(text))


def _abbreviated(text: str | None) -> bool:
    """Whether a party is called by an abbreviation, as bodies of states and armed groups are."""
    return any(w.isupper() and len(w) > 1 for w in _words(text))


def _named(d: Draft, text: str | None) -> bool:
    """Whether a party is called by a name of many words, an abbreviation or a nation, as groups and states are."""
    return _national(d, text) or _abbreviated(text)


def _national(d: Draft, text: str | None) -> bool:
    """Whether a nation or country, or a body or office that speaks for one, is named."""
    words = _words(text)
    if any(w in demonyms() or w.lower() in _WORDS["offices_of_state"] for w in words):
        return True
    if not words or not words[-1][:1].isupper() or of_word(words[-1].lower()) & _COMMON:
        return False
    # one word that begins the sentence has its capital from there ("Opponents", "Police")
    return len(words) > 1 or not d.parsed.sentence.text.startswith(words[0]) or _is_name(d, words[0])


def _is_name(d: Draft, word: str) -> bool:
    """Whether the first word of a sentence is a name."""
    first = d.parsed.doc[0]
    return first.i in d.parsed.names or (first.pos_ == "PROPN" and first.text == word)


def _political(text: str | None) -> bool:
    """Whether a victim is one whom the conflicts of politics make one: a journalist, an activist, an opposition leader."""
    return any(w.lower() in _WORDS["political_people"] for w in _words(text))


def _grave(d: Draft) -> bool:
    """Whether the trigger itself belongs to conflict ("looted", "massacre", "peace talks"), or stands beside a word that does."""
    here = d.parsed.doc[d.trigger]
    around = {t.lower_ for t in here.doc[max(0, here.i - 2) : here.i + 3]} | {t.lemma_.lower() for t in here.subtree}
    return here.lemma_.lower() in _WORDS["grave_triggers"] or bool(around & _WORDS["grave_words"])
