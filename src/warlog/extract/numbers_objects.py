"""People to the right of a word for what happens to them: "killing seven", "captured its commander", "12 civilians and 5 men"."""

from __future__ import annotations

from warlog.extract.numbers_people import is_person
from warlog.extract.numbers_tokens import Group, Sentence, Trigger, of_phrase, person_ahead, words

#: Outcomes that are told of people without a figure ("killing civilians").
COUNTS_BARE = ("killed", "wounded", "killed_or_wounded")


def objects_of(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
    """The people after "killing", "captured", "the death of"."""
    tokens = sentence.tokens
    index = trigger.last
    while index < len(tokens) and tokens[index].figure is None and _skipped(sentence, index):
        if (
            tokens[index].lower in ("the", "his", "her", "its", "their", "some")
            and (single := uncounted(sentence, index, outcome)) is not None
        ):
            return [single, *more_of(sentence, single.last)]
        index += 1
    if index >= len(tokens) or tokens[index].hard:
        return []
    if tokens[index].figure is not None:
        group = sentence.groups[index]
        return [group, *more_of(sentence, group.last)]
    single = uncounted(sentence, index, outcome) or _apposition(sentence, index, outcome)
    if single is not None:
        return [single, *more_of(sentence, single.last)]
    # "killed Abu Omar and three of his men"
    for k in range(index + 1, min(index + 6, len(tokens) - 1)):
        if (
            tokens[k].lower == "and"
            and tokens[k + 1].figure is not None
            and all(t.text[0].isupper() or t.text in ("al", "-") for t in tokens[index:k])
        ):
            group = sentence.groups[k + 1]
            return [group, *more_of(sentence, group.last)]
        if tokens[k].hard or k in sentence.inside:
            break
    return []


def _skipped(sentence: Sentence, index: int) -> bool:
    """Whether the token may stand between a verb and its object: "also", "himself and"."""
    lower = sentence.tokens[index].lower
    if lower == "and":
        return sentence.tokens[index - 1].lower in words("himself")
    return lower in words("between") or lower in words("before_object")


def _apposition(sentence: Sentence, index: int, outcome: str) -> Group | None:
    """ "arrested Omar Saleh, the leader of the group": one person, told by what he is."""
    tokens, k = sentence.tokens, index
    while k < len(tokens) and k < index + 6 and tokens[k].figure is None and tokens[k].text[0].isupper():
        k += 1
    if k == index or k + 1 >= len(tokens) or tokens[k].text not in (",", "(") or tokens[k + 1].lower not in words("determiners"):
        return None
    single = uncounted(sentence, k + 1, outcome)
    return single if single is not None and single.low == 1 else None


def uncounted(sentence: Sentence, index: int, outcome: str) -> Group | None:
    """People with no figure: one of them is 1 ("its commander"), several are an open number ("civilians")."""
    tokens = sentence.tokens
    first = index
    determined = False
    while (
        first < len(tokens)
        and (tokens[first].lower in words("determiners") or tokens[first].lower == "some")
        and tokens[first].lower != "of"
    ):
        determined = True
        first += 1
    # "the militants' top commander"
    for k in range(first, min(first + 4, len(tokens))):
        if tokens[k].lower in ("'", "’") or tokens[k].lower.endswith(("'s", "s'")):
            first, determined = k + 1, True
    head = person_ahead(sentence, first, 4)
    if head is None:
        return None
    lower = tokens[head].lower
    if is_person(lower, plural=True):
        if outcome not in COUNTS_BARE:
            return None
        low = high = None
    elif determined or tokens[head].text[0].islower():
        low = high = 1
    else:
        return None
    while first < head and tokens[first].text[0].isdigit():
        first += 1  # his age
    last = of_phrase(sentence, head + 1)
    written = sentence.text[tokens[first].start : tokens[last - 1].end]
    return Group(index, last, low, high, written, True, False, False)


def more_of(sentence: Sentence, index: int) -> list[Group]:
    """Further counted people after a first group: ", 15 civilians and 35 soldiers", unless another trigger has them."""
    tokens = sentence.tokens
    groups: list[Group] = []
    while True:
        k = index
        if (passed := _past_name(sentence, index)) is not None:
            k = index = passed
        while k < len(tokens) and tokens[k].lower in words("links") and tokens[k].figure is None and k - index < 4:
            k += 1
        if k == index or k >= len(tokens) or tokens[k].figure is None:
            if k < len(tokens) and tokens[k].figure is not None and k == index:
                pass  # "82 gunmen 154 civilians": a list without its commas
            elif (single := _their_own(sentence, index)) is not None:
                groups.append(single)
                index = single.last
                continue
            else:
                # "killed 12 civilians in Idlib and 5 in Hama"
                placed = _after_place(sentence, index)
                if placed is None:
                    return groups
                k = placed
        group = sentence.groups[k]
        if group.thing or group.part or has_own(sentence, group):
            return groups
        groups.append(group)
        index = group.last


def _their_own(sentence: Sentence, index: int) -> Group | None:
    """One more person told by whose he is: "a girl and her brother"."""
    tokens = sentence.tokens
    if index + 2 >= len(tokens) or tokens[index].lower != "and" or tokens[index + 1].lower not in ("his", "her", "its", "their"):
        return None
    single = uncounted(sentence, index + 1, "captured")
    return single if single is not None and not has_own(sentence, single) else None


def _past_name(sentence: Sentence, index: int) -> int | None:
    """The comma that closes a name set after the people: "a commander, Ali Hussein, and his two guards"."""
    tokens = sentence.tokens
    if index + 2 >= len(tokens) or tokens[index].text != ",":
        return None
    k = index + 1
    while k < len(tokens) and k <= index + 5 and tokens[k].figure is None and tokens[k].text[0].isupper():
        k += 1
    return k if k > index + 1 and k < len(tokens) and tokens[k].text == "," else None


def _after_place(sentence: Sentence, index: int) -> int | None:
    tokens = sentence.tokens
    if index >= len(tokens) or tokens[index].lower not in ("in", "near", "at", "outside", "around"):
        return None
    for k in range(index + 1, min(index + 7, len(tokens) - 1)):
        if tokens[k].hard or k in sentence.inside or tokens[k].figure is not None:
            return None
        if tokens[k].lower == "and" and tokens[k + 1].figure is not None:
            group = sentence.groups[k + 1]
            after = tokens[group.last].lower if group.last < len(tokens) else ""
            return k + 1 if after in ("in", "near", "at", "outside", "around") else None
        if tokens[k].lower in words("be") or tokens[k].lower == ",":
            return None
    return None


def has_own(sentence: Sentence, group: Group) -> bool:
    """Whether a word for what happened follows the group, with nothing but "were", "have been" between."""
    tokens, index = sentence.tokens, group.last
    while (
        index < len(tokens)
        and (tokens[index].lower in words("be") or tokens[index].lower in words("between"))
        and index not in sentence.inside
    ):
        index += 1
    trigger = sentence.inside.get(index)
    if trigger is None:
        return False
    forms = trigger.forms
    return bool(forms & {"past", "subject", "state", "noun"})
