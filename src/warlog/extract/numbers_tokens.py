"""A sentence as tokens for reading tolls: words, figures (one token each), and the words for what happens to people.

`noun_group` reads who a figure counts: "163 ISIL militants", "35 members of the Iraqi forces and militiamen".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from warlog.extract.numbers_figures import Figure, article_one, find_figures
from warlog.extract.numbers_people import demonyms, is_person, is_thing
from warlog.vocabulary import load

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*|\S")
_FORMS = ("past", "gerund", "present", "base", "subject", "state", "noun", "noun_of", "toll")
#: Longest description of who is counted, in words.
_REACH = 8


@dataclass(slots=True)
class Token:
    """A word, a punctuation mark or a figure."""

    start: int
    end: int
    text: str
    lower: str
    figure: Figure | None = None
    hard: bool = False  # nothing is read across it: end of a sentence or of a clause


@dataclass(slots=True)
class Trigger:
    """Words for what happens to people, from token `first` to before token `last`."""

    first: int
    last: int
    outcomes: dict[str, set[str]]  # outcome to the forms the words have in it

    @property
    def forms(self) -> set[str]:
        """Every form that the words have."""
        return set().union(*self.outcomes.values())

    def outcome_of(self, form: str) -> str | None:
        """The outcome that the words stand for in this form."""
        return next((o for o, forms in self.outcomes.items() if form in forms), None)


@dataclass(slots=True)
class Group:
    """A figure with whom it counts, from token `first` (the figure) to before token `last`."""

    first: int
    last: int
    low: int | None
    high: int | None
    who: str | None
    person: bool
    thing: bool
    bare: bool  # nothing but the figure stands there
    part: bool = False  # "three of them": out of those told of before


@dataclass(slots=True)
class Sentence:
    """The tokens of a text with its triggers and figures."""

    text: str
    tokens: list[Token]
    triggers: list[Trigger] = field(default_factory=list)
    groups: dict[int, Group] = field(default_factory=dict)  # by the token of the figure
    inside: dict[int, Trigger] = field(default_factory=dict)  # token to the trigger it belongs to


@cache
def words(name: str) -> frozenset[str]:
    """A list of the toll vocabulary."""
    return frozenset(load("numbers")["toll_words"][name])


@cache
def _lexicon() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """Triggers by their first word: (words, outcome, form)."""
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for outcome, forms in load("numbers")["outcomes"].items():
        for form in _FORMS:
            for phrase in forms.get(form, []):
                parts = tuple(phrase.split())
                table.setdefault(parts[0], []).append((parts, outcome, form))
    return table


def read_sentence(text: str) -> Sentence:
    """Tokens, triggers and counted groups of a text of one or a few sentences."""
    tokens = _tokens(text)
    sentence = Sentence(text, tokens)
    _find_triggers(sentence)
    for index, token in enumerate(tokens):
        if token.figure is not None and not any(g.first < index < g.last for g in sentence.groups.values()):
            sentence.groups[index] = noun_group(sentence, index)
        elif token.figure is not None:
            token.figure = None  # "nine members of one family": counted in the other
    return sentence


def _tokens(text: str) -> list[Token]:
    figures = {f.start: f for f in find_figures(text)}
    tokens: list[Token] = []
    position = 0
    while match := _WORD.search(text, position):
        figure = figures.get(match.start())
        if figure is None and match.group().lower() in ("a", "an", "another", "one"):
            figure = article_one(text, match.start())
        if figure is not None:
            tokens.append(Token(figure.start, figure.end, figure.text, figure.text.lower(), figure))
            position = max(figure.end, match.start() + 1)
            continue
        inner = next((start for start in figures if match.start() < start < match.end()), None)
        end = inner if inner is not None else match.end()
        word = text[match.start() : end]
        hard = word in ";:!?…" or (
            word == "." and re.match(r"[\"”’')\]]*(?:\s+[\"“‘'(\[]?[A-Z0-9]|\s*$)", text[end:]) is not None
        )
        tokens.append(Token(match.start(), end, word, word.lower().replace("’", "'"), None, hard))
        position = end
    return _without_repeats(tokens)


def _without_repeats(tokens: list[Token]) -> list[Token]:
    """The tokens without a figure in brackets that says the one before it again: "nine (9) people"."""
    kept: list[Token] = []
    skip = 0
    for index, token in enumerate(tokens):
        if skip:
            skip -= 1
            continue
        again = tokens[index + 1].figure if index + 2 < len(tokens) else None
        before = kept[-1].figure if kept else None
        if (
            again is not None
            and before is not None
            and (token.text, tokens[index + 2].text) == ("(", ")")
            and again.low == before.low
        ):
            skip = 2
            continue
        kept.append(token)
    return kept


def _find_triggers(sentence: Sentence) -> None:
    lexicon, tokens = _lexicon(), sentence.tokens
    index = 0
    while index < len(tokens):
        best = 0
        outcomes: dict[str, set[str]] = {}
        for parts, outcome, form in lexicon.get(tokens[index].lower, []) if tokens[index].figure is None else []:
            if len(parts) >= best and all(
                index + k < len(tokens) and tokens[index + k].lower == part and tokens[index + k].figure is None
                for k, part in enumerate(parts)
            ):
                if len(parts) > best:
                    best, outcomes = len(parts), {}
                outcomes.setdefault(outcome, set()).add(form)
        if not best:
            index += 1
            continue
        sentence.triggers.append(Trigger(index, index + best, outcomes))
        index += best
    sentence.triggers = _merge_pairs(sentence)
    for trigger in sentence.triggers:
        for k in range(trigger.first, trigger.last):
            sentence.inside[k] = trigger


def _merge_pairs(sentence: Sentence) -> list[Trigger]:
    """ "killed or wounded", "dead and injured": one trigger whose outcome is both."""
    merged: list[Trigger] = []
    for trigger in sentence.triggers:
        before = merged[-1] if merged else None
        if before is not None and {"killed", "wounded"} <= set(before.outcomes) | set(trigger.outcomes):
            between = [t.lower for t in sentence.tokens[before.last : trigger.first]]
            left, right = (
                before.outcomes.get("killed") or before.outcomes.get("wounded") or set(),
                trigger.outcomes.get("wounded") or trigger.outcomes.get("killed") or set(),
            )
            forms = left & right
            nexts = sentence.tokens[trigger.last].figure if trigger.last < len(sentence.tokens) else None
            lead = sentence.tokens[before.first - 1] if before.first else None
            split = nexts is not None and lead is not None and lead.figure is not None  # "6 killed and wounded 12"
            if between in (["or"], ["and"], ["/"], ["and", "/", "or"], ["&"]) and forms and not split:
                merged[-1] = Trigger(before.first, trigger.last, {"killed_or_wounded": forms})
                continue
        merged.append(trigger)
    return merged


def _verbal(token: Token) -> bool:
    """Whether the word looks like a verb or an adverb and ends a description ("12 camped in", "5 overnight")."""
    return token.text[0].islower() and token.lower.endswith(("ed", "ing", "ly")) and not is_person(token.lower)


def _possible(token: Token) -> bool:
    """Whether the token can stand inside the description of who is counted."""
    return (
        token.figure is None
        and not token.hard
        and token.text[0].isalnum()
        and token.lower not in words("stops")
        and token.lower not in ("and", "or", "the")
    )


def person_ahead(sentence: Sentence, index: int, reach: int = 5) -> int | None:
    """The next token from `index` on that is a noun for people, if only describing words stand before it."""
    for k in range(index, min(index + reach, len(sentence.tokens))):
        token = sentence.tokens[k]
        if token.lower in ("'", "’", '"', "“", "”", "-"):
            continue
        if not _possible(token):
            return None
        trigger = sentence.inside.get(k)
        if trigger is not None and not (set().union(*trigger.outcomes.values()) & {"past", "state", "noun"}):
            return None
        if is_person(token.lower) and not (trigger is not None and token.lower in words("double")):
            return k
        if token.text in demonyms() and (k + 1 == len(sentence.tokens) or not _possible(sentence.tokens[k + 1])):
            return k
    return None


def noun_group(sentence: Sentence, index: int) -> Group:
    """Whom the figure at token `index` counts."""
    tokens = sentence.tokens
    figure = tokens[index].figure
    assert figure is not None
    first = index + 1
    pair = [t.lower for t in tokens[first : first + 2]]
    if pair in (["of", "them"], ["of", "whom"], ["of", "these"], ["of", "those"]) and first + 2 not in sentence.inside:
        head = person_ahead(sentence, first + 2, 3)
        last = head + 1 if head is not None else first + 2
        return Group(
            index, last, figure.low, figure.high, _written(sentence, first + 2, last), head is not None, False, False, True
        )
    if figure.text.lower().endswith(" of") and pair[:1] and pair[0] in ("them", "whom", "these", "those"):
        return Group(index, first + 1, figure.low, figure.high, None, False, False, False, True)  # "most of them children"
    # "one of the soldiers", "12 of his men"
    if first < len(tokens) and tokens[first].lower == "of":
        first += 1
    while first < len(tokens) and (
        tokens[first].lower in words("determiners") or tokens[first].lower in ("more", "other", "further", "additional", "of")
    ):
        first += 1
    others = first < len(tokens) and tokens[first].lower == "others"
    if others:
        return Group(index, first + 1, figure.low, figure.high, "others", True, False, False)
    head = person_ahead(sentence, first)
    if head is None:
        return _unknown(sentence, index, first, figure)
    # "army soldiers", "family members", "ISIS fighters": the last of a row of nouns for people
    while (later := person_ahead(sentence, head + 1, 2)) is not None and sentence.inside.get(head + 1) is None:
        head = later
    last = head + 1
    last = of_phrase(sentence, last)
    last = _and_people(sentence, last)
    return Group(index, last, figure.low, figure.high, _written(sentence, first, last), True, False, False)


def _unknown(sentence: Sentence, index: int, first: int, figure: Figure) -> Group:
    """A figure with no known noun for people after it: up to three plain words, or nothing."""
    tokens, last = sentence.tokens, first
    while last < len(tokens) and last < first + 3 and _possible(tokens[last]) and last not in sentence.inside:
        follow = tokens[last + 1] if last + 1 < len(tokens) else None
        described = follow is not None and last == first and _possible(follow) and follow.lower.endswith("s")
        if _verbal(tokens[last]) and not described:
            break
        last += 1
    if last == first:
        return Group(index, index + 1, figure.low, figure.high, None, False, False, True)
    thing = any(is_thing(t.lower) for t in tokens[first:last])
    return Group(index, last, figure.low, figure.high, _written(sentence, first, last), False, thing, False)


def of_phrase(sentence: Sentence, last: int) -> int:
    """The end of "of the Iraqi forces" after the noun for people at `last` - 1."""
    tokens = sentence.tokens
    end = last
    while end < len(tokens) and tokens[end].lower == "of" and end - last < 8:
        k = end + 1
        while k < len(tokens) and (tokens[k].lower in words("determiners") and tokens[k].lower != "of"):
            k += 1
        start = k
        if k < len(tokens) and tokens[k].lower in ("one", "a single"):
            k += 1  # "members of one family"
        while k < len(tokens) and k < start + 4 and _possible(tokens[k]) and k not in sentence.inside:
            lower = tokens[k].lower
            if lower == "of":
                break
            if k > start and _verbal(tokens[k]):
                break
            k += 1
        if k == start:
            break
        end = k
    return end


def _and_people(sentence: Sentence, last: int) -> int:
    """The end of "and children", "and militiamen" after the people at `last` - 1, where no figure counts them."""
    tokens = sentence.tokens
    while last + 1 < len(tokens) and tokens[last].lower in ("and", "or") and tokens[last + 1].figure is None:
        head = person_ahead(sentence, last + 1, 3)
        if head is None or not is_person(tokens[head].lower, plural=True):
            break
        last = head + 1
    return last


def _written(sentence: Sentence, first: int, last: int) -> str | None:
    """Words `first` to before `last` exactly as written, or None if there are none."""
    if last <= first:
        return None
    return sentence.text[sentence.tokens[first].start : sentence.tokens[last - 1].end].strip(" '\"“”‘’") or None
