"""People to the left of a word for what happens to them: "12 civilians were killed", "six people died", "left ten injured"."""

from __future__ import annotations

from warlog.extract.numbers_objects import has_own, more_of, objects_of, uncounted
from warlog.extract.numbers_people import is_person
from warlog.extract.numbers_tokens import Group, Sentence, Trigger, words

#: How far a subject may stand from what happened to it, in tokens.
_SUBJECT_REACH = 16


def participle(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
    """ "killed": of an object, or after "were", or bare after a subject ("12 people killed in")."""
    tokens = sentence.tokens
    if _passive(sentence, trigger):
        return [*_left(sentence, trigger, outcome, wide=True), *_alongside(sentence, trigger)]
    after = trigger.last < len(tokens) and tokens[trigger.last].figure is not None
    if after and _adjacent(sentence, trigger) is not None and has_own(sentence, sentence.groups[trigger.last]):
        return _left(sentence, trigger, outcome, wide=False)  # "6 killed 12 wounded in"
    objects = objects_of(sentence, trigger, outcome)
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
                return [group, *more_of(sentence, group.last)]
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


def subjects_of(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
    """Who "died", "fled", "received wounds"."""
    return _left(sentence, trigger, outcome, wide=True)


def state(sentence: Sentence, trigger: Trigger, outcome: str) -> list[Group]:
    """Who is "dead", "injured", "missing": right before it, or before "were"."""
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
        bare = bare_subject(sentence, edge, outcome)
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
        if group.part:
            continue  # "28 people, most of them children, were killed"
        if group.thing:
            return None
        follow = tokens[group.last].lower if group.last < len(tokens) else ""
        if (
            follow in (",", ")")
            or follow in words("openers")
            or follow in words("stops")
            or follow in ("and", "of")
            or follow.endswith(("ing", "ed"))
        ):
            return group
        return None
    return None


def bare_subject(sentence: Sentence, edge: int, outcome: str) -> Group | None:
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
    return uncounted(
        sentence,
        first - 1 if first > 0 and tokens[first - 1].lower in words("determiners") and tokens[first - 1].lower != "of" else first,
        outcome,
    )


def _listed_before(sentence: Sentence, group: Group) -> Group | None:
    """The counted group that a list or an "including" links to this one on its left."""
    tokens = sentence.tokens
    k = group.first - 1
    while k >= 0 and tokens[k].figure is None and (tokens[k].lower in words("also") or tokens[k].lower in words("list_words")):
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
    if k >= 0 and tokens[k].lower in words("openers"):
        return True
    return k >= 0 and (tokens[k].lower in words("part_openers") or two in words("part_openers"))
