"""Nouns that count or name what happened: "12 deaths", "no casualties", "the death of 40 men", "the death toll rose to 70"."""

from __future__ import annotations

from warlog.extract.numbers_objects import objects_of
from warlog.extract.numbers_people import is_person
from warlog.extract.numbers_tokens import Group, Sentence, Trigger, person_ahead, words

#: How far a toll may stand from its figure, in tokens.
_TOLL_REACH = 24


def noun(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
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


def noun_of(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
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
        and objects_of(sentence, inner, outcome)
        and not any(g.person for g in objects_of(sentence, inner, outcome))
    ):
        return []
    return objects_of(sentence, inner, outcome)


def number_of(sentence: Sentence, trigger: Trigger) -> str | None:
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


def toll_figure(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
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
