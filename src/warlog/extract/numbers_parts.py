"""Tolls that are parts of others ("including 3 children", "five of the dead were women"), and whom a bare figure counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from warlog.extract.numbers_objects import COUNTS_BARE, has_own, more_of, uncounted
from warlog.extract.numbers_subjects import bare_subject
from warlog.extract.numbers_tokens import Group, Sentence, Trigger, person_ahead, words


@dataclass(slots=True)
class Found:
    """A counted group with what happened to it."""

    group: Group
    outcome: str
    trigger: Trigger
    part: bool = False


def among(sentence: Sentence) -> list[Found]:
    """ "five of the dead were children", "there are many children among those killed": parts of a toll told before."""
    tokens = sentence.tokens
    found: list[Found] = []
    for trigger in sentence.triggers:
        outcome = next((o for o in COUNTS_BARE if o in trigger.outcomes), None)
        k = trigger.first - 1
        if outcome is None or k < 0 or tokens[k].lower not in ("the", "those", "its", "their"):
            continue
        follows = tokens[trigger.last].lower if trigger.last < len(tokens) else ""
        if follows in ("include", "includes", "included", "were", "are", "comprise", "comprised"):
            listed = sentence.groups.get(trigger.last + 1)
            if listed is not None and listed.person and not (follows in ("were", "are") and has_own(sentence, listed)):
                found.extend(Found(g, outcome, trigger, True) for g in (listed, *more_of(sentence, listed.last)))
                continue
        if k < 1:
            continue
        group = sentence.groups.get(k - 2) if tokens[k - 1].lower == "of" else sentence.groups.get(k - 1)
        if group is not None and (tokens[k - 1].lower == "of" or group.last > k):
            after = trigger.last
            if after < len(tokens) and tokens[after].lower in words("be"):
                head = person_ahead(sentence, after + 1)
                if head is not None:
                    who = sentence.text[tokens[after + 1].start : tokens[head].end]
                    found.append(
                        Found(
                            Group(group.first, head + 1, group.low, group.high, who, True, False, False), outcome, trigger, True
                        )
                    )
        elif tokens[k - 1].lower in ("among", "amongst"):
            edge = k - 1
            while edge > 0 and (tokens[edge - 1].lower in words("be") or tokens[edge - 1].lower in words("between")):
                edge -= 1
            near = next((g for g in sentence.groups.values() if g.last == edge), None)
            near = near or bare_subject(sentence, edge, outcome)
            if near is not None:
                found.append(Found(near, outcome, trigger, True))
    return found


def parts_of(sentence: Sentence, item: Found, taken: set[int]) -> Iterator[Found]:
    """What "including", "among them", "of whom" counts out of a toll: after its people, or after its trigger."""
    tokens = sentence.tokens
    for begin in dict.fromkeys((item.group.last, max(item.trigger.last, item.group.last))):
        k = begin
        if (listed := _announced(sentence, k)) is not None:
            yield from _part_list(sentence, item, listed, taken)
            return
        while k < len(tokens) and k < begin + 18 and not tokens[k].hard and tokens[k].figure is None and k not in sentence.inside:
            two = f"{tokens[k].lower} {tokens[k + 1].lower}" if k + 1 < len(tokens) else ""
            if tokens[k].lower in words("part_openers") or two in words("part_openers"):
                first = k + (1 if tokens[k].lower in words("part_openers") else 2)
                yield from _part_list(sentence, item, first, taken)
                return
            k += 1


def _announced(sentence: Sentence, index: int) -> int | None:
    """The figure that a colon, a bracket or "as follows:" at `index` announces, if it begins a list of people."""
    tokens = sentence.tokens
    k = index
    while (
        k < len(tokens) and k < index + 4 and (tokens[k].lower in ("as", "follows", ":") or tokens[k].lower in words("openers"))
    ):
        k += 1
    if (
        k == index
        or not (tokens[k - 1].lower == ":" or tokens[k - 1].lower in words("openers"))
        or k >= len(tokens)
        or tokens[k].figure is None
    ):
        return None
    group = sentence.groups[k]
    return k if group.person and not has_own(sentence, group) else None


def _part_list(sentence: Sentence, item: Found, index: int, taken: set[int]) -> Iterator[Found]:
    tokens = sentence.tokens
    while (
        index < len(tokens)
        and tokens[index].lower in ("the", "at", "least")
        and tokens[index].figure is None
        and tokens[index + 1 : index + 2]
        and tokens[index + 1].figure is not None
    ):
        index += 1
    if index >= len(tokens):
        return
    if tokens[index].figure is None:
        single = uncounted(sentence, index, "captured")  # only one person, never an open number
        if single is not None and single.first not in taken:
            yield Found(single, item.outcome, item.trigger, True)
            index = single.last
        else:
            return
    else:
        group = sentence.groups[index]
        if group.first in taken or group.thing:
            return
        yield Found(group, item.outcome, item.trigger, True)
        index = group.last
    for group in more_of(sentence, index):
        if group.first in taken:
            return
        yield Found(group, item.outcome, item.trigger, True)


def out_of_them(sentence: Sentence, found: list[Found], taken: set[int]) -> Iterator[Found]:
    """ "killed 12 people, three of them children": the three are part of the toll before them."""
    for group in sentence.groups.values():
        if (
            not group.part
            or not group.person
            or group.low is group.high is None
            or group.first in taken
            or has_own(sentence, group)
        ):
            continue
        before = [f for f in found if f.group.first < group.first and not f.part]
        if before:
            last = max(before, key=lambda f: f.group.first)
            yield Found(group, last.outcome, last.trigger, True)


def _names_nobody(who: str | None) -> bool:
    """Whether the words say how people ended ("bodies") or nothing, so that no other figure can mean the same people."""
    return who is None or who == "others" or who.lower() in words("not_who")


def inherit(sentence: Sentence, found: list[Found]) -> None:
    """ "six civilians were killed and 12 wounded": the twelve are civilians too."""
    tokens = sentence.tokens
    for before, item in pairwise(found):
        if (
            not item.group.bare
            or item.group.who is not None
            or _names_nobody(before.group.who)
            or before.part
            or item.group.high == 0
        ):
            continue
        if before.group.low == before.group.high == 1 and item.group.high != 1:
            continue
        gap = tokens[before.group.last : item.group.first]
        if any(t.hard or t.text[0] in '"“”()' for t in gap) or len(gap) > 14:
            continue
        if any(t.lower in ("and", ",", "while", "but", "with", "another") for t in gap):
            item.group.who = before.group.who
