"""The inside of a place phrase that holds no relation: its name, kind word, part, and the areas that own it.

"the Sukkari neighbourhood of Aleppo" is the name Sukkari, the kind "neighbourhood" and the owner Aleppo; "Aleppo's western
countryside" is the name Aleppo and the part "western countryside".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from warlog import vocabulary
from warlog.places.words import peoples, place_words

#: What is stripped from both ends of a phrase.
EDGES = ' \t\r\n,;:.!?"“”()[]'
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_SMALL_ARTICLE = re.compile(
    r"^(?:al|el|ad|as|ash|an|ar|at|az|ed|es|ez|en|er|et|esh|edh|eth)[-–]\w",
    re.IGNORECASE,
)
_OF = re.compile(r"^(.*?)\s+(of|in|to)\s+(?:the\s+)?(.+)$", re.IGNORECASE)
#: Classes of kind word that are the place itself in "the town of X"; a hospital or road of X is another place.
_PLACES = frozenset(
    {"country", "region", "county", "city", "village", "neighbourhood", "airport", "hill", "camp", "water", "land"}
)
#: Kind words that say no more than "about there" behind a name.
_VAGUE = frozenset({"area", "outskirt", "pocket", "enclave"})
#: Words that are part of a name when they stand capitalised before another name word ("New York").
_NAME_LEADERS = frozenset({"new", "old", "big", "little", "large", "holy", "second"})
_LONGEST_KIND = 4


@dataclass(slots=True)
class Core:
    """A phrase with no relation in it."""

    name: str = ""
    kind: str | None = None
    part: str | None = None
    owners: tuple[Core, ...] = ()

    def names(self) -> list[tuple[str, str | None]]:
        """Name and kind word of the phrase and of the areas that own it, innermost first."""
        own = [(self.name, self.kind)] if self.name else []
        return own + [n for owner in self.owners for n in owner.names()]


def is_name_word(word: str) -> bool:
    """Whether a word can be part of a name: capitalised, an Arabic article joined to a name, or a number with letters."""
    if not word:
        return False
    first = word[0]
    if first.isupper() or _SMALL_ARTICLE.match(word) or (first.isdigit() and any(c.isalpha() for c in word)):
        return True
    return not word.isascii() and first.isalpha() and not first.islower()


def kind_at_end(tokens: list[str]) -> tuple[int, str] | None:
    """How many of the last words are a kind word, and which, singular; None if they are none."""
    words = place_words()
    for size in range(min(_LONGEST_KIND, len(tokens)), 0, -1):
        single = words.singular(" ".join(t.lower() for t in tokens[-size:]))
        if single in words.kinds:
            return size, single
    return None


def _kind_at_start(tokens: list[str]) -> tuple[int, str] | None:
    words = place_words()
    for size in range(min(_LONGEST_KIND, len(tokens)), 0, -1):
        single = words.singular(" ".join(t.lower() for t in tokens[:size]))
        if single in words.kinds:
            return size, single
    return None


# ------------------------------------------------------------------------------------------------- words before a name


def _strip_leading(tokens: list[str]) -> list[str]:
    """Without articles, words of praise and possession ("the strategic", "rebel-held") and peoples ("Ukrainian")."""
    words = place_words()
    while tokens:
        low = tokens[0].lower().strip(EDGES)
        held = "-" in low and re.split(r"[-–]", low)[-1] in words.endings
        if held or (low in words.dropped and not _leads_name(tokens)):
            tokens = tokens[1:]
        elif len(tokens) > 2 and tokens[1] in words.endings:
            # "rebel held Aleppo", with its hyphen lost
            tokens = tokens[2:]
        elif low.endswith("ly") and tokens[0][0].islower():
            tokens = tokens[1:]
        elif (size := _people_at_start(tokens)) and len(tokens) > size and not _names_region(tokens[size:]):
            tokens = tokens[size:]
        else:
            break
    return tokens


def _people_at_start(tokens: list[str]) -> int:
    """How many words at the start name a people or are of a country ("Ukrainian", "South Sudanese"); 0 if none."""
    for size in (3, 2, 1):
        if " ".join(tokens[:size]).lower().strip(EDGES) in peoples():
            return size
    return 0


def _names_region(rest: list[str]) -> bool:
    """Whether only a kind word of a region or district follows: "Shan State", "Afar region" are names."""
    found = kind_at_end(rest)
    if found is None or found[0] != len(rest) or found[1] in {"area", "town"}:
        return False
    return bool({"region", "county"} & set(place_words().classes(found[1])))


def _leads_name(tokens: list[str]) -> bool:
    """A capitalised "New", "Old", "Big" before a name word is part of the name."""
    return len(tokens) > 1 and tokens[0][:1].isupper() and tokens[0].lower() in _NAME_LEADERS and is_name_word(tokens[1])


def _sets_off(word: str) -> bool:
    """Whether a word before a name makes a part of its place: a compass word, "central", "rural"."""
    return word.lower() in place_words().directions or word.lower() in place_words().before


@cache
def _compass_names() -> tuple[str, ...]:
    return tuple(vocabulary.load("place_words")["compass_names"]["names"])


def _compass_in_name(tokens: list[str]) -> bool:
    """ "North Korea", "South Sudan", "West Bank": the compass word belongs to the name."""
    return " ".join(tokens[:3]).lower().startswith(_compass_names())


# ------------------------------------------------------------------------------------------------------------ the phrase


def core_of(text: str) -> Core:
    """Name, kind word, part and owners of a phrase that holds no relation."""
    text = text.strip(EDGES)
    if not text:
        return Core()
    return _split_by_of(text) or _simple(text)


def _split_by_of(text: str) -> Core | None:
    """ "X of Y": X is a part or kind word of Y, or lies in Y. None where the phrase is not so built."""
    match = _OF.match(text)
    if match is None:
        return None
    words = place_words()
    before, link, after = match.group(1), match.group(2).lower(), match.group(3)
    head = [t for t in _strip_leading(before.split()) if t.lower() not in peoples()]
    lows = [t.lower() for t in head]
    low = " ".join(lows)
    partial = all(t in words.directions or t in words.inside for t in lows)
    if any(is_name_word(t) for t in head) and low not in words.kinds and not partial:
        if link == "to" or (len(head) == 1 and head[0][0].isupper() and words.singular(head[0]) in words.kinds):
            return None
        outer, named = core_of(after), core_of(before)
        named.owners = (*named.owners, outer)
        return named
    inner = core_of(after)
    if not head:
        return inner
    last = lows[-1]
    if last in words.countryside or (
        (last in words.inside or last in words.directions) and words.singular(low) not in words.kinds
    ):
        inner.part = low if inner.part is None else f"{low} of {inner.part}"
        return inner
    found = kind_at_end(head)
    if found is None:
        return Core(owners=(inner,)) if inner.name else inner
    size, kind = found
    if link == "of" and _PLACES & set(words.classes(kind)) and inner.name and not inner.kind:
        inner.kind = kind
        if any(_sets_off(t) or t in words.inside for t in lows[:-size]):
            inner.part = " ".join(lows[:-size])
        return inner
    return Core(kind=kind, owners=(inner,))


def _simple(text: str) -> Core:
    """A phrase without "of": parts and kind words before and after a name, and a possessive."""
    written = text.split()
    tokens = _strip_leading(written)
    front: list[str] = []
    while len(tokens) > 1 and _sets_off(tokens[0]) and not _compass_in_name(tokens):
        front.append(tokens[0].lower())
        tokens = _strip_leading(tokens[1:])
    owned = _possessive(tokens)
    if owned is not None:
        return owned
    if tokens:
        tokens[-1] = _POSSESSIVE.sub("", tokens[-1])
    tokens, back = _take_parts(tokens)
    core = Core()
    tokens, core.kind, more = _take_kind(tokens, shortened=len(tokens) + len(back) < len(written))
    marks = [i for i, t in enumerate(tokens) if is_name_word(t)]
    core.name = " ".join(tokens[marks[0] : marks[-1] + 1]).strip(EDGES) if marks else ""
    core.part = " ".join([*front, *more, *back]) or None
    return core


def _possessive(tokens: list[str]) -> Core | None:
    """ "Idlib's countryside" is a part of Idlib; "Aleppo's Sukkari neighbourhood" a place in Aleppo."""
    words = place_words()
    for i, token in enumerate(tokens[:-1]):
        bare = _POSSESSIVE.sub("", token)
        if bare == token:
            continue
        owner, rest = core_of(" ".join([*tokens[:i], bare])), core_of(" ".join(tokens[i + 1 :]))
        if not rest.name and (rest.part or rest.kind is None or rest.kind in words.countryside or rest.kind in words.inside):
            owner.part = rest.part or " ".join(t.lower() for t in tokens[i + 1 :])
            return owner
        rest.owners = (*rest.owners, owner)
        return rest
    return None


def _take_parts(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Words for a part that stand after a name ("Hama countryside", "Aleppo city centre"), taken off the end."""
    words = place_words()
    tokens = list(tokens)
    back: list[str] = []
    while len(tokens) > 1 and tokens[-1].lower() in words.countryside | words.inside:
        if words.singular(tokens[-1]) in words.kinds or tokens[-1].lower() in words.directions:
            break
        back.insert(0, tokens.pop().lower())
        while len(tokens) > 1 and tokens[-1].islower() and _sets_off(tokens[-1]):
            back.insert(0, tokens.pop())
    return tokens, back


def _take_kind(tokens: list[str], shortened: bool) -> tuple[list[str], str | None, list[str]]:
    """Name words, kind word and part words of a phrase with its kind word at its end or start.

    `shortened` says that words were taken off before: "Syrian Town" is then a town with no name.
    """
    words = place_words()
    found = kind_at_end(tokens)
    if found and (len(tokens) > found[0] or not is_name_word(tokens[0]) or shortened):
        size, kind = found
        tail, tokens = tokens[-size:], tokens[:-size]
        more: list[str] = []
        if kind in words.countryside or (kind in _VAGUE and tail[0].islower()):
            kind, more = "", [t.lower() for t in tail]
        while len(tokens) > 1 and tokens[-1].islower() and _sets_off(tokens[-1]):
            more.insert(0, tokens[-1])
            tokens = tokens[:-1]
        return tokens, kind or None, more
    found = _kind_at_start(tokens)
    if found and len(tokens) > found[0] and tokens[0].islower():
        tokens = _strip_leading(tokens[found[0] :])
        return tokens, found[1], []
    return tokens, None, []
