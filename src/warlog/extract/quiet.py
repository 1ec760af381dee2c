"""Texts with no plain word of conflict: only what tells of conflict by itself is kept.

"A student was beaten outside a club" and "the court jailed a solicitor" have the words of an attack and of an arrest, and are
neither where nothing around them speaks of war. In a text that holds no plain word of conflict (`subject`), an event must bring
its own evidence: an armed side, a party of politics as victim, two parties that talk.
"""

from __future__ import annotations

import re

from warlog.extract.classes import demonyms, of_word
from warlog.extract.draft import Draft
from warlog.extract.wordlists import wordlists

_WORDS = wordlists("quiet")
_WORD = re.compile(r"[\w’'.-]+")
#: classes of an actor that fights
_ARMED = frozenset({"armed"})
#: classes of one that speaks for a state or body
_PUBLIC = frozenset({"body", "official"})


def kept(drafts: list[Draft]) -> list[Draft]:
    """The drafts that tell of conflict by themselves."""
    return [d for d in drafts if _tells(d)]


def _tells(d: Draft) -> bool:
    kind = d.event_type
    if kind in {"armed_clash", "territory_captured", "territory_transferred", "deployment"}:
        nobody = d.actor is None and d.target is None and any(p.named and not p.country for p in d.places)
        return nobody or _is(d.actor, _ARMED) or _is(d.target, _ARMED) or _named(d.actor) or _named(d.target)
    if kind in {"attack_on_civilians", "property_destruction", "arrest"}:
        armed = _is(d.actor, _ARMED) and not _is_police(d.actor)
        return armed or _national(d.actor) or _political(d.target) or _grave(d)
    if kind == "casualty_report":
        if any(_political(t.who) or _is(t.who, _ARMED) for t in d.casualties):
            return True
        # "killed when a wall collapsed": told with its cause, and that is none of war
        caused = any(t.lower_ in _WORDS["words_before_a_cause"] for t in d.parsed.doc)
        return not caused and any(t.outcome == "killed" for t in d.casualties)
    if kind == "talks":
        return _national(d.actor) or _national(d.target) or bool(d.actor and d.target) or _grave(d)
    if kind in {"agreement", "statement"}:
        return _national(d.actor) or _national(d.target) or _named(d.actor) or _grave(d)
    return True


def _words(text: str | None) -> list[str]:
    return _WORD.findall(text or "")


def _is(text: str | None, wanted: frozenset[str]) -> bool:
    """Whether any word of a party is of one of some classes."""
    return any(of_word(w) & wanted for w in _words(text))


def _is_police(text: str | None) -> bool:
    """Police arrest in peace too."""
    return any(w.lower() in _WORDS["police"] for w in _words(text))


def _named(text: str | None) -> bool:
    """Whether a party is called by a name of many words, an abbreviation or a nation, as groups and states are."""
    return _national(text) or any(w.isupper() and len(w) > 1 for w in _words(text))


def _national(text: str | None) -> bool:
    """Whether a nation or country, or a body or office that speaks for one, is named."""
    words = _words(text)
    return any(w in demonyms() or w.lower() in _WORDS["offices_of_state"] for w in words) or (
        bool(words) and words[-1][:1].isupper() and not of_word(words[-1]) & _PUBLIC
    )


def _political(text: str | None) -> bool:
    """Whether a victim is one whom the conflicts of politics make one: a journalist, an activist, an opposition leader."""
    return any(w.lower() in _WORDS["political_people"] for w in _words(text))


def _grave(d: Draft) -> bool:
    """Whether the trigger itself belongs to conflict ("looted", "massacre", "peace talks"), or stands beside a word that does."""
    here = d.parsed.doc[d.trigger]
    around = {t.lower_ for t in here.doc[max(0, here.i - 2) : here.i + 3]} | {t.lemma_.lower() for t in here.subtree}
    return here.lemma_.lower() in _WORDS["grave_triggers"] or bool(around & _WORDS["grave_words"])
