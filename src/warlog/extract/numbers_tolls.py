"""Tolls in sentences: how many of whom were killed, wounded, captured, displaced or went missing.

Works from the wording alone, with no parser: each word for what happens to people (`vocab/numbers.toml`, outcomes) looks
for its figures where its form has them: the object of "killing", the subject of "were killed" and "died", the noun
counted by "12 deaths", the people after "the death of", the number that a "death toll" rises to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from warlog.extract.numbers_nouns import noun, noun_of, number_of, toll_figure
from warlog.extract.numbers_objects import has_own, objects_of
from warlog.extract.numbers_parts import Found, among, inherit, out_of_them, parts_of
from warlog.extract.numbers_shares import Share, take_out
from warlog.extract.numbers_subjects import participle, state, subjects_of
from warlog.extract.numbers_tokens import Group, Sentence, Trigger, person_ahead, read_sentence, words

_NEEDS_PEOPLE = ("captured", "missing", "displaced")


@dataclass(frozen=True, slots=True)
class Toll:
    """One toll that a sentence gives."""

    start: int
    """Offset where the figure (or, without one, the wording) begins."""
    end: int
    """Offset after the last word of whom it tells."""
    outcome: str
    """killed, wounded, killed_or_wounded, captured, missing or displaced."""
    who: str | None
    """Whom it tells of, as written; None where not said."""
    low: int | None
    """Lowest number the wording allows; None if open."""
    high: int | None
    """Highest number the wording allows; None if open."""
    part_of_previous: bool
    """It is a part of a toll before it ("including 3 children") and never added to it."""
    trigger_start: int
    """Offset of the words for what happened."""


def find_casualties(text: str) -> list[Toll]:
    """The tolls that `text` (a sentence, or a few) gives, in the order of their figures."""
    text, shares = take_out(text)
    return _with_shares(_counted(text), shares)


def _with_shares(tolls: list[Toll], shares: list[Share]) -> list[Toll]:
    """The tolls with the parts told without a number, each behind the toll that ends before it."""
    out = list(tolls)
    for share in shares:
        before = [t for t in tolls if t.end <= share.start]
        if before:
            whole = max(before, key=lambda t: t.end)
            part = Toll(share.start, share.end, whole.outcome, share.who, None, None, True, whole.trigger_start)
            out.insert(out.index(whole) + 1, part)
    return out


def _counted(text: str) -> list[Toll]:
    """The tolls of a text without phrases that tell a part of them with no number."""
    sentence = read_sentence(text)
    if not sentence.triggers:
        return []
    found = among(sentence)
    taken = {f.group.first for f in found}
    read = {f.trigger.first for f in found}
    # "12 wounded fighters were captured": what the adjective says counts only where no verb takes them
    for trigger in sorted(sentence.triggers, key=lambda t: (_attributive(sentence, t), t.first)):
        for item in _read(sentence, trigger, taken) if trigger.first not in read else ():
            if item.group.first not in taken:
                taken.add(item.group.first)
                found.append(item)
    for item in found:  # grows while it runs: parts have parts
        for part in parts_of(sentence, item, taken):
            taken.add(part.group.first)
            found.append(part)
    found.extend(out_of_them(sentence, found, taken))
    found.sort(key=lambda f: (f.group.first, f.part))
    inherit(sentence, found)
    return [
        Toll(
            sentence.tokens[f.group.first].start,
            sentence.tokens[f.group.last - 1].end,
            f.outcome,
            f.group.who,
            f.group.low,
            f.group.high,
            f.part,
            sentence.tokens[f.trigger.first].start,
        )
        for f in found
    ]


def _attributive(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether the trigger only describes the people named right after it."""
    if not trigger.forms & {"past", "state"} or trigger.first == 0 or trigger.last >= len(sentence.tokens):
        return False
    before = sentence.tokens[trigger.first - 1]
    described = (
        before.figure is not None or before.lower in words("determiners") or before.lower in ("other", "more", "all", "some")
    )
    return (described and person_ahead(sentence, trigger.last, 2) is not None) or (
        described and trigger.last in sentence.inside and "noun" in sentence.inside[trigger.last].forms
    )


def _read(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[Found]:
    """The tolls that one trigger gives; the first of its forms that finds one decides."""
    readers = (
        ("toll", toll_figure),
        ("subject", subjects_of),
        ("past", participle),
        ("gerund", objects_of),
        ("present", objects_of),
        ("base", objects_of),
        ("noun", noun),
        ("noun_of", noun_of),
        ("state", state),
    )
    attributive = _attributive(sentence, trigger)
    for form, reader in readers:
        outcome = trigger.outcome_of(form)
        if outcome is None or (attributive and form != "noun"):
            continue
        if form in ("past", "state", "noun") and (label := _labelled(sentence, trigger)) is not None:
            yield Found(label, outcome, trigger)
            return
        if _negated(sentence, trigger):
            if form == "noun" and (none := _none(sentence, trigger)) is not None:
                yield Found(none, outcome, trigger)
                return
            continue
        if form in ("past", "state", "noun") and (counted := number_of(sentence, trigger)) is not None:
            groups = [g for g in toll_figure(sentence, trigger, outcome) if g.first not in taken]
            for group in groups:
                group.who = group.who or counted or None
            yield from (Found(g, outcome, trigger) for g in groups)
            return
        groups = [g for g in reader(sentence, trigger, outcome) if _fits(g, outcome, form) and g.first not in taken]
        if sentence.tokens[trigger.first].lower in words("people_only") and trigger.last == trigger.first + 1:
            groups = [g for g in groups if g.person and g.low is not None and g.first >= trigger.last]
        if groups:
            yield from (Found(g, outcome, trigger) for g in groups)
            return


def _labelled(sentence: Sentence, trigger: Trigger) -> Group | None:
    """The figure of a list that gives it after a colon: "Killed: 12"."""
    tokens, last = sentence.tokens, trigger.last
    while last < len(tokens) and tokens[last].lower in words("reported"):
        last += 1
    if (
        trigger.first > 0
        and not tokens[trigger.first - 1].hard
        and tokens[trigger.first - 1].text not in (",", "-", "–", "—", "|")
    ):
        return None
    if last + 1 >= len(tokens) or tokens[last].text != ":" or tokens[last + 1].figure is None:
        return None
    group = sentence.groups[last + 1]
    return group if not group.thing and not has_own(sentence, group) else None


def _none(sentence: Sentence, trigger: Trigger) -> Group | None:
    """Nobody, where casualties are denied: "without casualties", "did not cause any injuries", "no reports of casualties"."""
    noun = " ".join(t.lower for t in sentence.tokens[trigger.first : trigger.last])
    if noun not in words("casualty_nouns"):
        return None
    return Group(trigger.first, trigger.last, 0, 0, None, True, False, True)


def _fits(group: Group, outcome: str, form: str) -> bool:
    if group.thing:
        return False
    if outcome in _NEEDS_PEOPLE and not group.person:
        # "captured 25" may be villages; "25 were captured" and "dozens fled" are people
        return (group.bare and form in ("past", "subject", "state", "toll", "noun")) or (
            group.who is not None and group.who[0].isupper() and group.who.split()[-1].endswith("s")
        )
    return True


def _negated(sentence: Sentence, trigger: Trigger) -> bool:
    """ "did not kill", "without casualties", "no reports of injuries": nothing happened to anyone."""
    for k in range(trigger.first - 1, max(-1, trigger.first - 6), -1):
        token = sentence.tokens[k]
        if (
            token.hard
            or k in sentence.inside
            or (token.figure is not None and token.figure.high != 0)
            or token.lower in (",", "but")
        ):
            return False
        if token.lower in words("negations") or token.lower.endswith("n't"):
            return True
        if token.figure is not None and any(t.lower in words("report_nouns") for t in sentence.tokens[k + 1 : k + 3]):
            return True
    return False
