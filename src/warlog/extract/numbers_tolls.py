"""Tolls in sentences: how many of whom were killed, wounded, captured, displaced or went missing.

Works from the wording alone, with no parser: each word for what happens to people (`vocab/numbers.toml`, outcomes) looks
for its figures where its form has them: the object of "killing", the subject of "were killed" and "died", the noun
counted by "12 deaths", the people after "the death of", the number that a "death toll" rises to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from warlog.extract.numbers_people import is_person
from warlog.extract.numbers_tokens import Group, Sentence, Trigger, of_phrase, person_ahead, read_sentence, words

#: How far a subject may stand from what happened to it, and a toll from its figure, in tokens.
_SUBJECT_REACH = 16
_TOLL_REACH = 24
_COUNTS_BARE = ("killed", "wounded", "killed_or_wounded")
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


@dataclass(slots=True)
class _Found:
    group: Group
    outcome: str
    trigger: Trigger
    part: bool = False


def find_casualties(text: str) -> list[Toll]:
    """The tolls that `text` (a sentence, or a few) gives, in the order of their figures."""
    sentence = read_sentence(text)
    if not sentence.triggers:
        return []
    found = _among(sentence)
    taken = {f.group.first for f in found}
    read = {f.trigger.first for f in found}
    # "12 wounded fighters were captured": what the adjective says counts only where no verb takes them
    for trigger in sorted(sentence.triggers, key=lambda t: (_attributive(sentence, t), t.first)):
        for item in _read(sentence, trigger, taken) if trigger.first not in read else ():
            if item.group.first not in taken:
                taken.add(item.group.first)
                found.append(item)
    for item in found:  # grows while it runs: parts have parts
        for part in _parts(sentence, item, taken):
            taken.add(part.group.first)
            found.append(part)
    found.extend(_out_of_them(sentence, found, taken))
    found.sort(key=lambda f: (f.group.first, f.part))
    _inherit(sentence, found)
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


def _read(sentence: Sentence, trigger: Trigger, taken: set[int]) -> Iterator[_Found]:
    """The tolls that one trigger gives; the first of its forms that finds one decides."""
    readers = (
        ("toll", _toll),
        ("subject", _subject),
        ("past", _past),
        ("gerund", _object),
        ("present", _object),
        ("base", _object),
        ("noun", _noun),
        ("noun_of", _noun_of),
        ("state", _state),
    )
    attributive = _attributive(sentence, trigger)
    for form, reader in readers:
        outcome = trigger.outcome_of(form)
        if outcome is None or (attributive and form != "noun"):
            continue
        if form in ("past", "state", "noun") and (label := _labelled(sentence, trigger)) is not None:
            yield _Found(label, outcome, trigger)
            return
        if _negated(sentence, trigger):
            if form == "noun" and (none := _none(sentence, trigger)) is not None:
                yield _Found(none, outcome, trigger)
                return
            continue
        if form in ("past", "state", "noun") and (counted := _number_of(sentence, trigger)) is not None:
            groups = [g for g in _toll(sentence, trigger, outcome) if g.first not in taken]
            for group in groups:
                group.who = group.who or counted or None
            yield from (_Found(g, outcome, trigger) for g in groups)
            return
        groups = [g for g in reader(sentence, trigger, outcome) if _fits(g, outcome, form) and g.first not in taken]
        if groups:
            yield from (_Found(g, outcome, trigger) for g in groups)
            return


def _labelled(sentence: Sentence, trigger: Trigger) -> Group | None:
    """The figure of a list that gives it after a colon: "Killed: 12"."""
    tokens, last = sentence.tokens, trigger.last
    if last + 1 >= len(tokens) or tokens[last].text != ":" or tokens[last + 1].figure is None:
        return None
    group = sentence.groups[last + 1]
    return group if not group.thing and not _has_own(sentence, group) else None


def _none(sentence: Sentence, trigger: Trigger) -> Group | None:
    """Nobody, where casualties are denied: "without casualties", "did not cause any injuries", "no reports of casualties"."""
    noun = " ".join(t.lower for t in sentence.tokens[trigger.first : trigger.last])
    if noun not in words("casualty_nouns"):
        return None
    return Group(trigger.first, trigger.last, 0, 0, None, True, False, True)


def _out_of_them(sentence: Sentence, found: list[_Found], taken: set[int]) -> Iterator[_Found]:
    """ "killed 12 people, three of them children": the three are part of the toll before them."""
    for group in sentence.groups.values():
        if not group.part or not group.person or group.first in taken or _has_own(sentence, group):
            continue
        before = [f for f in found if f.group.first < group.first and not f.part]
        if before:
            last = max(before, key=lambda f: f.group.first)
            yield _Found(group, last.outcome, last.trigger, True)


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
        if token.figure is not None and sentence.tokens[k + 1].lower in words("report_nouns"):
            return True
        if token.figure is not None and sentence.tokens[k + 2].lower in words("report_nouns"):
            return True
    return False


# ------------------------------------------------------------------------------------------------------- to the right


def _object(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
    """The people after "killing", "captured", "the death of"."""
    tokens = sentence.tokens
    index = trigger.last
    while (
        index < len(tokens)
        and (
            tokens[index].lower in words("between")
            or tokens[index].lower
            in (
                "off",
                "the",
                "himself",
                "herself",
                "themselves",
                "itself",
                "him",
                "her",
                "them",
                "and",
                "some",
                "his",
                "its",
                "their",
                '"',
                "“",
            )
        )
        and tokens[index].figure is None
    ):
        if (
            tokens[index].lower in ("the", "his", "her", "its", "their", "some")
            and (single := _uncounted(sentence, index, outcome)) is not None
        ):
            return [single, *_more(sentence, single.last)]
        index += 1
    if index >= len(tokens) or tokens[index].hard:
        return []
    if tokens[index].figure is not None:
        group = sentence.groups[index]
        return [group, *_more(sentence, group.last)]
    single = _uncounted(sentence, index, outcome) or _apposition(sentence, index, outcome)
    if single is not None:
        return [single, *_more(sentence, single.last)]
    # "killed Abu Omar and three of his men"
    for k in range(index, min(index + 6, len(tokens) - 1)):
        if (
            tokens[k].lower == "and"
            and tokens[k + 1].figure is not None
            and all(t.text[0].isupper() or t.text in ("al", "-") for t in tokens[index:k])
        ):
            group = sentence.groups[k + 1]
            return [group, *_more(sentence, group.last)]
        if tokens[k].hard or k in sentence.inside:
            break
    return []


def _apposition(sentence: Sentence, index: int, outcome: str) -> Group | None:
    """ "arrested Omar Saleh, the leader of the group": one person, told by what he is."""
    tokens, k = sentence.tokens, index
    while k < len(tokens) and k < index + 6 and tokens[k].figure is None and tokens[k].text[0].isupper():
        k += 1
    if k == index or k + 1 >= len(tokens) or tokens[k].text not in (",", "(") or tokens[k + 1].lower not in words("determiners"):
        return None
    single = _uncounted(sentence, k + 1, outcome)
    return single if single is not None and single.low == 1 else None


def _uncounted(sentence: Sentence, index: int, outcome: str) -> Group | None:
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
        if outcome not in _COUNTS_BARE:
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


def _more(sentence: Sentence, index: int) -> list[Group]:
    """Further counted people after a first group: ", 15 civilians and 35 soldiers", unless another trigger has them."""
    tokens = sentence.tokens
    groups: list[Group] = []
    while True:
        k = index
        while (
            k < len(tokens)
            and tokens[k].lower in ("and", ",", "&", "plus", "or", "well", "as", "along", "with", "another", "also")
            and tokens[k].figure is None
            and k - index < 4
        ):
            k += 1
        if k == index or k >= len(tokens) or tokens[k].figure is None:
            if k < len(tokens) and tokens[k].figure is not None and k == index:
                pass  # "82 gunmen 154 civilians": a list without its commas
            else:
                # "killed 12 civilians in Idlib and 5 in Hama"
                placed = _after_place(sentence, index)
                if placed is None:
                    return groups
                k = placed
        group = sentence.groups[k]
        if group.thing or group.part or _has_own(sentence, group):
            return groups
        groups.append(group)
        index = group.last


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


def _has_own(sentence: Sentence, group: Group) -> bool:
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


# -------------------------------------------------------------------------------------------------------- to the left


def _past(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
    """ "killed": of an object, or after "were", or bare after a subject ("12 people killed in")."""
    tokens = sentence.tokens
    if _passive(sentence, trigger):
        return [*_left(sentence, trigger, outcome, wide=True), *_alongside(sentence, trigger)]
    after = trigger.last < len(tokens) and tokens[trigger.last].figure is not None
    if after and _adjacent(sentence, trigger) is not None and _has_own(sentence, sentence.groups[trigger.last]):
        return _left(sentence, trigger, outcome, wide=False)  # "6 killed 12 wounded in"
    objects = _object(sentence, trigger, outcome)
    if objects:
        return objects
    return _left(sentence, trigger, outcome, wide=False)


def _alongside(sentence: Sentence, trigger: Trigger) -> list[Group]:
    """ "was arrested in the town, along with two others": people joined to the subject from behind."""
    tokens = sentence.tokens
    for k in range(trigger.last, min(trigger.last + 16, len(tokens) - 1)):
        if tokens[k].hard or k in sentence.inside or tokens[k].figure is not None:
            return []
        phrases = [p for n in (1, 2, 3) if (p := " ".join(t.lower for t in tokens[k : k + n])) in words("alongside")]
        if phrases:
            first = k + len(phrases[-1].split())
            if first < len(tokens) and tokens[first].figure is not None:
                group = sentence.groups[first]
                return [group, *_more(sentence, group.last)]
            return []
    return []


def _passive(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a form of "be" governs the participle: "were", "have been reportedly", "were captured or"."""
    tokens = sentence.tokens
    for k in range(trigger.first - 1, max(-1, trigger.first - 7), -1):
        token = tokens[k]
        if token.lower in words("be"):
            return True
        if (
            k in sentence.inside
            or token.lower in ("and", "or", ",", "/", "not", "either")
            or token.lower in words("between")
            or token.lower.endswith("ly")
        ):
            continue
        return False
    return False


def _adjacent(sentence: Sentence, trigger: Trigger) -> Group | None:
    """The counted group that ends right before the trigger, adverbs aside."""
    index = trigger.first
    while index > 0 and (sentence.tokens[index - 1].lower in words("between") or sentence.tokens[index - 1].lower.endswith("ly")):
        index -= 1
    return next((g for g in sentence.groups.values() if g.last == index), None)


def _subject(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
    return _left(sentence, trigger, outcome, wide=True)


def _state(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
    return _left(sentence, trigger, outcome, wide=_passive(sentence, trigger))


def _left(sentence: Sentence, trigger: Trigger, outcome: str, *, wide: bool) -> list[Group]:
    """The subject before the trigger with all that is listed with it; `wide`: other words may stand between."""
    tokens = sentence.tokens
    index = trigger.first - 1
    while (
        index >= 0
        and tokens[index].figure is None
        and (
            tokens[index].lower in words("be")
            or tokens[index].lower in words("between")
            or tokens[index].lower.endswith("ly")
            or tokens[index].lower == "not"
        )
        and tokens[index].lower not in ("that",)
    ):
        index -= 1
    edge = index + 1
    near = next((g for g in sentence.groups.values() if g.last == edge or (g.first < edge <= g.last)), None)
    if near is None and wide:
        bare = _bare_subject(sentence, edge, outcome)
        if bare is not None and (prior := _listed_before(sentence, bare)) is not None:
            return [prior, bare]
        far = _far_subject(sentence, edge)
        if far is None or (
            bare is not None
            and bare.first > far.last + 1
            and tokens[bare.first - 1].lower not in ("in", "of", "from", "at", "near", "by", "to")
        ):
            return [bare] if bare is not None else []
        near = far
    if near is None:
        return []
    groups = [near]
    # a part of the subject stands nearest: "12 civilians, including 3 children, were killed"
    while (prior := _listed_before(sentence, groups[0])) is not None:
        groups.insert(0, prior)
    return [g for g in groups if not _opens_part(sentence, g)] or groups


def _far_subject(sentence: Sentence, edge: int) -> Group | None:
    """The nearest counted group before `edge` from which only a place, a time or an insertion parts it."""
    tokens = sentence.tokens
    for k in range(edge - 1, max(-1, edge - _SUBJECT_REACH), -1):
        if tokens[k].hard or (
            k in sentence.inside and tokens[k].figure is None and not any(g.first < k < g.last for g in sentence.groups.values())
        ):
            return None
        group = sentence.groups.get(k)
        if group is None:
            continue
        if group.thing:
            return None
        follow = tokens[group.last].lower if group.last < len(tokens) else ""
        if follow in (",", "(", ")") or follow in words("stops") or follow in ("and", "of") or follow.endswith(("ing", "ed")):
            return group
        return None
    return None


def _bare_subject(sentence: Sentence, edge: int, outcome: str) -> Group | None:
    """People without a figure right before `edge`: "civilians were killed", "its commander died"."""
    tokens = sentence.tokens
    if edge == 0 or tokens[edge - 1].figure is not None or not is_person(tokens[edge - 1].lower):
        return None
    first = edge - 1
    while first > 0 and edge - first < 4:
        token = tokens[first - 1]
        if (
            token.figure is not None
            or token.hard
            or not token.text[0].isalnum()
            or token.lower in words("stops")
            or token.lower in words("determiners")
            or first - 1 in sentence.inside
        ):
            break
        if token.lower in ("and", "that", "said"):
            break
        first -= 1
    if first > 0 and tokens[first - 1].figure is not None:
        return None
    return _uncounted(
        sentence,
        first - 1 if first > 0 and tokens[first - 1].lower in words("determiners") and tokens[first - 1].lower != "of" else first,
        outcome,
    )


def _listed_before(sentence: Sentence, group: Group) -> Group | None:
    """The counted group that a list or an "including" links to this one on its left."""
    tokens = sentence.tokens
    k = group.first - 1
    while (
        k >= 0
        and tokens[k].figure is None
        and (
            tokens[k].lower in words("also")
            or tokens[k].lower
            in ("(", "well", "as", "another", "among", "them", "including", "includes", "included", "mostly", "other", "further")
        )
    ):
        k -= 1
    if k < 0 or k == group.first - 1:
        return None
    return next(
        (
            g
            for g in sentence.groups.values()
            if g.last == k + 1 and not g.thing and not g.part and not _taken_by_object(sentence, g)
        ),
        None,
    )


def _taken_by_object(sentence: Sentence, group: Group) -> bool:
    """Whether the group is the object of a verb before it: "killed 12 and 30 were wounded"."""
    k = group.first - 1
    trigger = sentence.inside.get(k)
    return trigger is not None and bool(trigger.forms & {"past", "gerund", "present", "base"})


def _opens_part(sentence: Sentence, group: Group) -> bool:
    """Whether "including" or the like stands right before the group, or before the list that it continues."""
    tokens = sentence.tokens
    k = group.first - 1
    while k >= 0 and tokens[k].lower in ("and", ",", "the", "at", "least"):
        if tokens[k].lower in ("and", ","):
            prior = next((g for g in sentence.groups.values() if g.last == k), None)
            if prior is not None:
                return _opens_part(sentence, prior)
        k -= 1
    two = f"{tokens[k - 1].lower} {tokens[k].lower}" if k >= 1 else ""
    return k >= 0 and (tokens[k].lower in words("part_openers") or two in words("part_openers"))


# ------------------------------------------------------------------------------------------------------------- nouns


def _noun(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
    """ "12 deaths", "no casualties", "five of the dead were children", "caused deaths"."""
    tokens, last = sentence.tokens, trigger.last
    index = trigger.first - 1
    while (
        index >= 0
        and trigger.first - index < 5
        and tokens[index].figure is None
        and tokens[index].text[0].isalnum()
        and tokens[index].lower not in words("stops")
    ):
        index -= 1
    text = " ".join(t.lower for t in tokens[trigger.first : last])
    figure = tokens[index].figure if index >= 0 else None
    if figure is not None:
        between = [t.lower for t in tokens[index + 1 : trigger.first]]
        if text in ("losses", "casualties", "casualty") and index > 0 and tokens[index].lower in ("a", "an"):
            return []
        if between[:1] == ["of"] or (index + 1 < trigger.first and tokens[index + 1].lower == "of"):
            return []
        if last < len(tokens) and tokens[last].figure is not None and tokens[trigger.first].lower == "killed" and between:
            return []
        who = _modifiers(sentence, index + 1, trigger, text)
        if (head := person_ahead(sentence, last, 2)) is not None:
            # "12 wounded people"
            return [
                Group(
                    index,
                    head + 1,
                    figure.low,
                    figure.high,
                    sentence.text[tokens[trigger.first].start : tokens[head].end],
                    True,
                    False,
                    False,
                )
            ]
        if who is not None and trigger.forms & {"past", "state"} and person_ahead(sentence, index + 1) is not None:
            return []  # "6 militants dead" is a state, and what is listed with it shares it
        if last < len(tokens) and tokens[last].lower == "of" and (inner := person_ahead(sentence, last + 1, 5)) is not None:
            who = sentence.text[tokens[last + 1].start : tokens[inner].end]
        return [Group(index, last, figure.low, figure.high, who, True, False, who is None)]
    if text in ("deaths", "casualties", "fatalities", "injuries", "losses", "loss of life", "death", "fatality"):
        return _uncounted_noun(sentence, trigger)
    return []


def _modifiers(sentence: Sentence, first: int, trigger: Trigger, noun: str) -> str | None:
    """Who is counted by "12 civilian deaths" (civilian), "many burnt bodies" (burnt bodies), "12 dead" (nobody said)."""
    tokens = sentence.tokens
    while first < trigger.first and tokens[first].lower in (
        "more",
        "other",
        "further",
        "additional",
        "new",
        "confirmed",
        "reported",
        "others",
    ):
        first += 1
    last = (
        trigger.last
        if noun in ("bodies", "body", "corpses", "corpse", "martyrs", "martyr", "victims", "idps", "evacuees", "refugees")
        else trigger.first
    )
    if last <= first:
        return None
    if last == trigger.first and not any(is_person(t.lower) or t.text[0].isupper() for t in tokens[first:last]):
        return None
    return sentence.text[tokens[first].start : tokens[last - 1].end]


def _uncounted_noun(sentence: Sentence, trigger: Trigger) -> list[Group]:
    """ "caused deaths", "suffered heavy losses": an open number, where a verb before says that they came about."""
    tokens = sentence.tokens
    verbs = words("causing")
    k = trigger.first - 1
    seen = False
    while (
        k >= 0
        and trigger.first - k < 5
        and tokens[k].figure is None
        and not tokens[k].hard
        and (tokens[k].lower in verbs or tokens[k].lower in ("in", "to", "and"))
    ):
        seen = seen or tokens[k].lower in (
            "cause",
            "caused",
            "causes",
            "causing",
            "inflicted",
            "inflicting",
            "inflict",
            "suffered",
            "suffering",
            "sustained",
            "sustaining",
            "resulted",
            "resulting",
            "led",
            "leading",
            "incurred",
            "incurring",
            "confirmed",
            "reported",
            "leaving",
            "left",
        )
        if (
            tokens[k].lower in ("in", "to")
            and k > 0
            and tokens[k - 1].lower in ("resulted", "resulting", "led", "leading", "results", "result")
        ):
            seen = True
        k -= 1
    if not seen or (trigger.last < len(tokens) and tokens[trigger.last].lower == "of"):
        return []
    return [Group(trigger.first, trigger.last, None, None, None, True, False, True)]


def _noun_of(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
    """ "the death of 40 militants", "claimed the lives of seven people"."""
    tokens = sentence.tokens
    if trigger.last >= len(tokens) or tokens[trigger.last].lower not in ("of", "among"):
        if tokens[trigger.first].lower == "lives" and trigger.first > 0:
            figure = tokens[trigger.first - 1].figure
            before = " ".join(t.lower for t in tokens[max(0, trigger.first - 4) : trigger.first - 1])
            if figure is not None and any(
                v in before.split()
                for v in ("claimed", "claiming", "claims", "cost", "costing", "took", "taken", "taking", "takes")
            ):
                return [Group(trigger.first - 1, trigger.last, figure.low, figure.high, None, True, False, True)]
        return []
    inner = Trigger(trigger.first, trigger.last + 1, trigger.outcomes)
    if (
        tokens[trigger.first].lower in ("loss", "lives", "life", "remains")
        and _object(sentence, inner, outcome)
        and not any(g.person for g in _object(sentence, inner, outcome))
    ):
        return []
    return _object(sentence, inner, outcome)


def _number_of(sentence: Sentence, trigger: Trigger) -> str | None:
    """Whom "the number of civilians killed" counts, '' where it does not say, None where no number is told of."""
    tokens = sentence.tokens
    for k in range(trigger.first - 1, max(-1, trigger.first - 6), -1):
        if tokens[k].figure is not None or tokens[k].hard or k in sentence.inside:
            return None
        if tokens[k].lower in ("number", "numbers", "toll", "tally", "count"):
            if k > 0 and tokens[k - 1].lower in ("a", "large", "small", "great", "unknown"):
                return None
            inner = [
                t
                for t in tokens[k + 1 : trigger.first]
                if t.lower not in ("of", "those", "the", "who", "were", "was", "been", "have")
            ]
            return sentence.text[inner[0].start : inner[-1].end] if inner else ""
    return None


def _toll(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
    """ "the death toll rose to 70", "bringing the number killed in 24 hours to 45"."""
    tokens = sentence.tokens
    for k in range(trigger.last, min(trigger.last + _TOLL_REACH, len(tokens))):
        token = tokens[k]
        if token.hard and token.text != ":":
            return []
        if token.figure is None:
            continue
        before = tokens[k - 1].lower
        group = sentence.groups[k]
        if (before in words("leading") or before in words("rising")) and not group.thing:
            low, high = token.figure.low, token.figure.high
            if token.lower.startswith("from"):
                low = high  # "rose from 20 to 70": the new toll
            named = [
                t.text
                for t in tokens[trigger.first : trigger.last]
                if is_person(t.lower, plural=True) and t.lower not in words("not_who")
            ]
            who = group.who or (named[-1] if named else None)
            return [Group(k, group.last, low, high, who, group.person, False, group.bare)]
        if not group.thing and before not in ("in", "from", "since", "of", "at", "with", "by"):
            return []
    return []


# ------------------------------------------------------------------------------------------------------------- parts


def _among(sentence: Sentence) -> list[_Found]:
    """ "five of the dead were children", "there are many children among those killed": parts of a toll told before."""
    tokens = sentence.tokens
    found: list[_Found] = []
    for trigger in sentence.triggers:
        outcome = next((o for o in _COUNTS_BARE if o in trigger.outcomes), None)
        k = trigger.first - 1
        if outcome is None or k < 0 or tokens[k].lower not in ("the", "those", "its", "their"):
            continue
        follows = tokens[trigger.last].lower if trigger.last < len(tokens) else ""
        if follows in ("include", "includes", "included", "were", "are", "comprise", "comprised"):
            listed = sentence.groups.get(trigger.last + 1)
            if listed is not None and listed.person and not (follows in ("were", "are") and _has_own(sentence, listed)):
                found.extend(_Found(g, outcome, trigger, True) for g in (listed, *_more(sentence, listed.last)))
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
                        _Found(
                            Group(group.first, head + 1, group.low, group.high, who, True, False, False), outcome, trigger, True
                        )
                    )
        elif tokens[k - 1].lower in ("among", "amongst"):
            edge = k - 1
            while edge > 0 and (tokens[edge - 1].lower in words("be") or tokens[edge - 1].lower in words("between")):
                edge -= 1
            near = next((g for g in sentence.groups.values() if g.last == edge), None)
            near = near or _bare_subject(sentence, edge, outcome)
            if near is not None:
                found.append(_Found(near, outcome, trigger, True))
    return found


def _parts(sentence: Sentence, item: _Found, taken: set[int]) -> Iterator[_Found]:
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
    while k < len(tokens) and k < index + 4 and tokens[k].lower in ("as", "follows", ":", "("):
        k += 1
    if k == index or tokens[k - 1].lower not in (":", "(") or k >= len(tokens) or tokens[k].figure is None:
        return None
    group = sentence.groups[k]
    return k if group.person and not _has_own(sentence, group) else None


def _part_list(sentence: Sentence, item: _Found, index: int, taken: set[int]) -> Iterator[_Found]:
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
        single = _uncounted(sentence, index, "captured")  # only one person, never an open number
        if single is not None and single.first not in taken:
            yield _Found(single, item.outcome, item.trigger, True)
            index = single.last
        else:
            return
    else:
        group = sentence.groups[index]
        if group.first in taken or group.thing:
            return
        yield _Found(group, item.outcome, item.trigger, True)
        index = group.last
    for group in _more(sentence, index):
        if group.first in taken:
            return
        yield _Found(group, item.outcome, item.trigger, True)


# --------------------------------------------------------------------------------------------------------- whom


def _inherit(sentence: Sentence, found: list[_Found]) -> None:
    """ "six civilians were killed and 12 wounded": the twelve are civilians too."""
    tokens = sentence.tokens
    for before, item in pairwise(found):
        if (
            not item.group.bare
            or item.group.who is not None
            or before.group.who in (None, "others")
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
