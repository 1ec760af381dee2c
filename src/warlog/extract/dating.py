"""Which date of a sentence an event takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.dates import DateSpan, find_dates
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token


def spans(parsed: Parsed, published: date | None, context: date | None) -> list[tuple[DateSpan, Token]]:
    """Dates of a sentence, each with the token it hangs from in the parse."""
    out = []
    base = parsed.sentence.start
    for span in find_dates(parsed.sentence.text, published, context=context):
        inside = [
            t
            for t in parsed.doc
            if parsed.spans[t.i][0] < base + span.end
            and parsed.spans[t.i][1] > base + span.start
            and parsed.spans[t.i][1] > parsed.spans[t.i][0]
        ]
        if not inside:
            continue
        members = {t.i for t in inside}
        top = next((t for t in inside if t.head.i not in members), inside[0])
        out.append((_since_it_began(span, top, published), top))
    return out


def _since_it_began(span: DateSpan, top: Token, published: date | None) -> DateSpan:
    """ "displaced since the offensive began on 17 October": from that day to the publication."""
    if published is None or span.kind not in {"absolute", "relative"} or span.date_start is None:
        return span
    verb = next((t for t in [top, *top.ancestors] if t.pos_ in {"VERB", "AUX"}), None)
    begun = verb is not None and verb.dep_ == "advcl" and any(c.lower_ == "since" for c in grammar.children(verb, "mark", "prep"))
    end = published.isoformat()
    return replace(span, date_end=end, precision="range", kind="since") if begun and span.date_start <= end else span


def choose(trigger: Token, found: list[tuple[DateSpan, Token]]) -> tuple[DateSpan | None, bool]:
    """(date of the event a trigger tells of, whether it is only the day somebody spoke).

    A date in the trigger's own clause wins, then one of a clause above it; one inside another clause below (a relative
    clause about something else) is not taken. Page stamps count only where nothing else is there.
    """
    best: tuple[float, DateSpan, bool] | None = None
    for span, top in found:
        spoken = False
        if span.date_start is None and span.date_end is None:
            continue
        anchor = _hangs_from(top)
        if trigger.is_ancestor(anchor) or anchor == trigger:
            cost = float(grammar.distance(anchor, trigger))
            t = anchor
            while t != trigger and t.head != t:
                if t.dep_ in {"relcl", "advcl", "ccomp", "acl"}:
                    cost += 6
                t = t.head
        elif anchor.is_ancestor(trigger):
            cost = 1.0 + grammar.distance(anchor, trigger) * 0.5
            if grammar.lemma(anchor) in wordlists("attribution")["verbs_of_a_spoken_day"]:
                # "... a source said on Tuesday": the day it was said, taken only where there is no other
                if _perfect(trigger):
                    # "troops have taken X, the ministry said on Tuesday": by then
                    continue
                cost += 3
                spoken = True
        else:
            common = _common(anchor, trigger)
            cost = 3.0 + grammar.distance(anchor, trigger)
            t = anchor
            while t != common and t.head != t:
                if t.dep_ in {"relcl", "acl", "advcl", "ccomp"}:
                    cost += 6
                t = t.head
        if span.stamp:
            cost += 30
        if best is None or cost < best[0]:
            best = (cost, span, spoken)
    if best is None or best[0] > 14:
        return None, False
    return best[1], best[2]


def _perfect(trigger: Token) -> bool:
    """Whether a verb stands in the perfect, present or past: what it tells of was over when it was told."""
    return trigger.pos_ == "VERB" and any(c.lemma_ in {"have", "'ve"} for c in grammar.children(trigger, "aux"))


def _hangs_from(top: Token) -> Token:
    """The word that a date phrase modifies."""
    t = top
    while t.head != t and t.dep_ in {
        "pobj",
        "npadvmod",
        "prep",
        "advmod",
        "compound",
        "nummod",
        "appos",
        "nmod",
        "amod",
        "pcomp",
        "tmod",
        "det",
        "punct",
        "quantmod",
        "poss",
    }:
        t = t.head
        if t.pos_ in {"VERB", "AUX"}:
            break
        if t.pos_ in {"NOUN", "PROPN"} and t.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "ROOT", "conj"}:
            break
    return t


def _common(a: Token, b: Token) -> Token:
    above = {t.i for t in [a, *a.ancestors]}
    for t in [b, *b.ancestors]:
        if t.i in above:
            return t
    return b
