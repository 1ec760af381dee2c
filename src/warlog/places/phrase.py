"""A place phrase as written, taken apart into name, kind word, part, relation, anchors and containers.

"the western edge of the town of Qamishli" is the name Qamishli, the kind "town" and the part "western edge";
"an airbase near Homs" has no name, the kind "airbase" and the anchor Homs. No gazetteer is asked: the words alone decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from warlog import vocabulary
from warlog.places.model import PhraseParts, RelationKind
from warlog.places.words import alternation, peoples, place_words

_WORD = re.compile(r"[^\s,;]+|[,;]")
_EDGES = " \t\r\n,;:.!?\"“”()[]"
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_LOWER_NAME = re.compile(r"^(?:al|el|ad|as|ash|an|ar|at|az|ed|es|ez|en|er|et|ash|esh|edh|eth)[-–]\w", re.IGNORECASE)
_KM_UNITS = {"mile": 1.609344, "mi": 1.609344, "metre": 0.001, "meter": 0.001, "m": 0.001, "km": 1.0, "kilometre": 1.0, "kilometer": 1.0}


@dataclass(frozen=True, slots=True)
class _Grammar:
    distance: re.Pattern[str]
    direction: re.Pattern[str]
    between: re.Pattern[str]
    on_road: re.Pattern[str]
    near: re.Pattern[str]
    within: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    words = place_words()
    compass = alternation(words.directions)
    unit = r"(?P<unit>kilomet(?:re|er)s?|kms?|miles?|mi|met(?:re|er)s?|m)"
    number = r"(?P<number>\d+(?:[.,]\d+)?|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|few|several)"
    lead = r"(?:(?:about|around|some|roughly|approximately|nearly|just|only|less than|more than|over|under|within|at least|up to|a mere|located|situated)\s+)*"
    return _Grammar(
        distance=re.compile(rf"(?:^|(?<=[\s,])){lead}{number}[\s-]*{unit}\b(?:\s*\(\s*[^)]*\))?\s*(?:away\s+|out\s+)?(?:to\s+the\s+)?(?P<compass>{compass})?\s*(?:of|from|off)\s+", re.IGNORECASE),
        direction=re.compile(rf"(?:^|(?<=[\s,]))(?:(?:just|immediately|directly|located|situated|lying|slightly|further|far|deep|well)\s+)*(?:to\s+the\s+|in\s+the\s+|on\s+the\s+)?(?P<compass>{compass})(?:\s+side)?\s+(?:of|from)\s+", re.IGNORECASE),
        between=re.compile(r"(?:^|(?<=[\s,]))(?:(?:located|situated|lying)\s+)?(?P<word>between|linking|connecting|joining|from)\s+(?P<a>.+?)\s+(?P<and>and|with|to)\s+(?P<b>.+)$", re.IGNORECASE),
        on_road=re.compile(rf"(?:^|(?<=[\s,])){alternation(words.on_road)}\s+", re.IGNORECASE),
        near=re.compile(rf"(?:^|(?<=[\s,]))(?:(?:just|immediately|directly|located|situated|lying|very|right)\s+)*(?P<word>{alternation(words.near)})\s+(?:to\s+)?", re.IGNORECASE),
        within=re.compile(r"(?:^|(?<=[\s,]))(?:(?:located|situated|lying|administratively|deep|somewhere)\s+)*(?P<word>in|inside|within|at|on|of|across|throughout|part\s+of|belonging\s+to)\s+", re.IGNORECASE),
    )


_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}


def is_name_word(word: str) -> bool:
    """Whether a word of a phrase can be part of a name: capitalised, or an Arabic article joined to a capital, or with a digit."""
    return bool(word) and (word[0].isupper() or bool(_LOWER_NAME.match(word)) or (word[0].isdigit() and any(c.isalpha() for c in word)) or not word.isascii() and word[0].isalpha() and not word[0].islower())


@dataclass(slots=True)
class _Core:
    """A phrase with no relation in it: name, kind, part."""

    name: str = ""
    kind: str | None = None
    part: str | None = None
    owners: tuple[_Core, ...] = ()


def _strip_leading(tokens: list[str]) -> list[str]:
    words = place_words()
    while tokens:
        low = tokens[0].lower().strip(_EDGES)
        ending = re.split(r"[-–]", low)[-1]
        is_compound = "-" in low and ending in words.endings
        if low in words.dropped and not (tokens[0][0].isupper() and low not in {"the", "a", "an"} and len(tokens) > 1 and _is_new_name(tokens)):
            tokens = tokens[1:]
        elif is_compound or (len(tokens) > 2 and tokens[1].lower() in words.endings and tokens[1].islower() and len(tokens) > 2):
            tokens = tokens[1:] if is_compound else tokens[2:]
        elif low.endswith(("ly",)) and tokens[0][0].islower():
            tokens = tokens[1:]
        elif (size := _people_at_start(tokens)) and len(tokens) > size and not _names_region(tokens[size:]):
            tokens = tokens[size:]
        else:
            break
    return tokens


def _people_at_start(tokens: list[str]) -> int:
    """How many words at the start name a people or are of a country ("Ukrainian", "South Sudanese"); 0 if none."""
    for size in (3, 2, 1):
        if " ".join(tokens[:size]).lower().strip(_EDGES) in peoples():
            return size
    return 0


def _names_region(rest: list[str]) -> bool:
    """Whether only a kind word of a region or district follows: "Shan State", "Afar region" are names."""
    found = _match_kind_at_end(rest)
    return found is not None and found[0] == len(rest) and bool({"region", "county"} & set(place_words().classes(found[1])) - {"land"}) and found[1] not in {"area", "town"}


def _is_new_name(tokens: list[str]) -> bool:
    """A capitalised "New", "Old", "Big" inside a phrase is part of the name ("New York") unless a sentence starts with it."""
    return is_name_word(tokens[1]) and tokens[0].lower() in {"new", "old", "big", "little", "large", "holy", "second"}


def _match_kind_at_end(tokens: list[str]) -> tuple[int, str] | None:
    words = place_words()
    for size in (4, 3, 2, 1):
        if len(tokens) >= size:
            tail = " ".join(t.lower() for t in tokens[-size:])
            single = words.singular(tail)
            if single in words.kinds:
                return size, single
    return None


def _match_kind_at_start(tokens: list[str]) -> tuple[int, str] | None:
    words = place_words()
    for size in (4, 3, 2, 1):
        if len(tokens) >= size:
            single = words.singular(" ".join(t.lower() for t in tokens[:size]))
            if single in words.kinds:
                return size, single
    return None


def _core(text: str) -> _Core:
    """Name, kind word and part of a phrase that holds no relation."""
    words = place_words()
    text = text.strip(_EDGES)
    if not text:
        return _Core()
    # "X of Y": what stands before "of" is a part or a kind word of Y, or Y contains it
    match = re.search(r"^(.*?)\s+(?:of|in|to)\s+(?:the\s+)?(.+)$", text, re.IGNORECASE)
    if match:
        before, after = match.group(1), match.group(2)
        head = [t for t in _strip_leading(before.split()) if t.lower() not in peoples()]
        lows = [t.lower() for t in head]
        low = " ".join(lows)
        if not any(is_name_word(t) for t in head) or low in words.kinds or all(t in words.directions or t in words.inside for t in lows):
            inner = _core(after)
            if low in words.countryside or (lows and lows[-1] in words.countryside) or (lows and (lows[-1] in words.inside or lows[-1] in words.directions) and words.singular(low) not in words.kinds):
                inner.part = low if inner.part is None else f"{low} of {inner.part}"
                return inner
            found = _match_kind_at_end(head)
            if found is not None:
                size, kind = found
                rest = " ".join(lows[:-size])
                classes = words.classes(kind)
                area = {"country", "region", "county", "city", "village", "neighbourhood", "airport", "hill", "camp", "water", "land"}
                if re.search(r"\sof\s", text, re.IGNORECASE) and area & set(classes) and inner.name and not inner.kind:
                    inner.kind = kind
                    if rest and any(t in words.directions or t in words.inside or t in words.before for t in lows[:-size]):
                        inner.part = rest
                    return inner
                return _Core(kind=kind, owners=(inner,))
            if not head:
                return inner
            return _Core(owners=(inner,)) if inner.name else inner
        if head and any(is_name_word(t) for t in head) and re.search(r"\s(?:in|of)\s", text, re.IGNORECASE) and not _name_has_of(head, after):
            outer, named = _core(after), _core(before)
            named.owners = (*named.owners, outer)
            return named
    tokens = [t for t in text.split() if t]
    written = len(tokens)
    tokens = _strip_leading(tokens)
    core = _Core()
    # direction or part words before the name: "eastern Aleppo", "central Homs", "northern countryside"
    front: list[str] = []
    while len(tokens) > 1 and (tokens[0].lower() in words.directions or tokens[0].lower() in words.before) and not _direction_is_name(tokens):
        front.append(tokens[0].lower())
        tokens = _strip_leading(tokens[1:])
    # possessive: "Idlib's countryside", "Aleppo's Sukkari neighbourhood"
    for i, token in enumerate(tokens[:-1]):
        bare = _POSSESSIVE.sub("", token)
        if bare != token:
            owner = _core(" ".join([*tokens[:i], bare]))
            rest = _core(" ".join(tokens[i + 1 :]))
            if not rest.name and (rest.part or rest.kind is None or rest.kind in words.countryside or rest.kind in words.inside):
                owner.part = rest.part or " ".join(t.lower() for t in tokens[i + 1 :])
                return owner
            rest.owners = (*rest.owners, owner)
            return rest
    if tokens:
        tokens[-1] = _POSSESSIVE.sub("", tokens[-1])
    # kind or part words after the name: "Idlib province", "Hama countryside", "Taftanaz military airport"
    back: list[str] = []
    while len(tokens) > 1 and tokens[-1].lower() in words.countryside | words.inside and words.singular(tokens[-1]) not in words.kinds and tokens[-1].lower() not in words.directions:
        back.insert(0, tokens.pop().lower())
        while len(tokens) > 1 and (tokens[-1].lower() in words.directions or tokens[-1].lower() in words.before) and tokens[-1].islower():
            back.insert(0, tokens.pop().lower())
    found = _match_kind_at_end(tokens) if tokens else None
    if found and (len(tokens) > found[0] or not is_name_word(tokens[0]) or len(tokens) < written):
        size, core.kind = found
        tail = tokens[-size:]
        tokens = tokens[:-size]
        if core.kind in words.countryside or (core.kind in words.inside and tail[0].islower() and core.kind in {"area", "outskirt", "pocket", "enclave"}):
            back = [*(t.lower() for t in tail), *back]
            core.kind = None
        while len(tokens) > 1 and tokens[-1].islower() and (tokens[-1] in words.directions or tokens[-1] in words.before):
            back.insert(0, tokens.pop())
    elif tokens:
        found = _match_kind_at_start(tokens)
        if found and len(tokens) > found[0] and tokens[0].islower():
            size, core.kind = found
            tokens = _strip_leading(tokens[size:])
            if tokens and tokens[0].lower() == "of":
                tokens = tokens[1:]
    tokens = _name_only(tokens)
    core.name = " ".join(tokens).strip(_EDGES)
    part = " ".join([*front, *back])
    core.part = part or None
    if not core.name and core.part is None and core.kind is None:
        core.kind = None
    return core


def _direction_is_name(tokens: list[str]) -> bool:
    """ "North Korea", "South Sudan", "West Bank", "Khartoum North": the compass word belongs to the name."""
    whole = " ".join(tokens[:3]).lower()
    return any(whole.startswith(n) for n in _compass_names())


@cache
def _compass_names() -> tuple[str, ...]:
    return tuple(vocabulary.load("place_words")["compass_names"]["names"])


def _name_has_of(head: list[str], after: str) -> bool:
    """ "Isle of Man", "Gulf of Aden", "Bab al-Hawa of ..." - a kind word with a capital before "of" belongs to the name."""
    words = place_words()
    return head[-1][0].isupper() and words.singular(head[-1]) in words.kinds and len(head) == 1


def _name_only(tokens: list[str]) -> list[str]:
    """The stretch from the first to the last name word; lower-case words before and after it are dropped."""
    marks = [i for i, t in enumerate(tokens) if is_name_word(t)]
    if not marks:
        return []
    return tokens[marks[0] : marks[-1] + 1]


def _names(core: _Core) -> list[tuple[str, str | None]]:
    """Name and kind of a phrase and of the areas that own it, innermost first."""
    out = [(core.name, core.kind)] if core.name else []
    for owner in core.owners:
        out.extend(_names(owner))
    return out


def _kilometres(match: re.Match[str]) -> float | None:
    number = match.group("number").lower().replace(",", ".")
    value = float(number) if number[0].isdigit() else _NUMBERS.get(number)
    unit = match.group("unit").lower()
    factor = _KM_UNITS.get(unit, _KM_UNITS.get(unit.rstrip("s"), 1.0))
    return None if value is None else round(value * factor, 3)


def mention_from_phrase(phrase: str) -> PhraseParts:
    """Take a place phrase as written apart. Never raises; a phrase with no name in it gives `name == ""`."""
    text = " ".join(phrase.split()).strip(_EDGES)
    words, grammar = place_words(), _grammar()
    relation: RelationKind | None = None
    anchors_text: list[str] = []
    bearing: float | None = None
    km: float | None = None
    head = text
    for step, pattern in (("distance", grammar.distance), ("direction", grammar.direction), ("between", grammar.between), ("on_road", grammar.on_road), ("near", grammar.near)):
        match = pattern.search(text)
        if match is None:
            continue
        if step == "between":
            if match.group("word").lower() == "from" and match.group("and").lower() != "to":
                continue
            if match.group("word").lower() == "between" and match.group("and").lower() != "and":
                continue
            relation, head = "between", text[: match.start()]
            anchors_text = [match.group("a"), match.group("b")]
        elif step == "direction" and _is_part_of(text, match):
            continue
        elif step in {"distance", "direction"}:
            compass = match.group("compass")
            bearing = None if compass is None else float(words.directions[" ".join(compass.lower().split())])
            km = _kilometres(match) if step == "distance" else None
            relation = "distance" if step == "distance" else "direction"
            head, anchors_text = text[: match.start()], [text[match.end() :]]
        elif step == "near":
            if not any(is_name_word(t) for t in text[match.end() :].replace(",", " ").split()):
                continue
            relation, head, anchors_text = "near", text[: match.start()], [text[match.end() :]]
        else:
            relation, head, anchors_text = "on_road", text[: match.start()], [text[match.end() :]]
        break
    containers: list[tuple[str, str | None]] = []
    anchors: list[tuple[str, str | None]] = []
    for anchor_text in anchors_text:
        pieces = [p for p in re.split(r"[,;]", anchor_text) if p.strip()]
        for i, piece in enumerate(pieces):
            found = _names(_core(re.sub(r"^(?:in|at|on|inside|within)\s+", "", piece.strip(), flags=re.IGNORECASE)))
            if not found:
                continue
            if i == 0:
                anchors.append(found[0])
                containers.extend(found[1:])
            else:
                containers.extend(found)
    pieces = [p.strip() for p in re.split(r"[,;]", head) if p.strip()]
    core = _Core()
    for i, piece in enumerate(pieces):
        within = grammar.within.match(piece)
        inner = _core(piece[within.end() :] if within else piece)
        if i == 0 or (not core.name and not core.owners and not containers):
            core = inner
        else:
            containers.extend(_names(inner))
    if relation and not core.kind and not core.name and head.strip(_EDGES):
        ending = _match_kind_at_end([t for t in head.split() if t])
        core.kind = ending[1] if ending else None
    containers = [n for owner in core.owners for n in _names(owner)] + containers
    part = core.part
    if relation is None and not core.name and containers and core.kind is None:
        # "all of Y": Y is the place
        (name, word), *containers = containers
        core = _Core(name=name, kind=word, part=part)
    return PhraseParts(
        name=core.name,
        kind=core.kind,
        part=part,
        relation=relation if anchors else None,
        anchors=tuple(n for n, _ in anchors),
        bearing=bearing if anchors else None,
        km=km if anchors else None,
        containers=tuple(n for n, _ in containers),
        anchor_kinds=tuple(k for _, k in anchors),
        container_kinds=tuple(k for _, k in containers),
    )


def _is_part_of(text: str, match: re.Match[str]) -> bool:
    """ "the east of Aleppo" as a part: an article before the compass word, and nothing named before it, "in the"/"the" at the start."""
    before = text[: match.start()].strip(_EDGES).lower()
    own = match.group(0).lower()
    return before in {"the", "in the"} or (not before and own.startswith("in the "))
