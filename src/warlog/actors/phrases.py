"""Actor phrases as pure text: taking "dozens of Russian and Assad regime warplanes" apart into those it names.

Nothing here knows an actor. `split` gives the coordinated parts, each with the head noun that they share; `strip_quantity`,
`strip_relations` and `complement` put aside what tells how many, backed by whom, and which part of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from warlog import vocabulary

_AND = re.compile(
    r"\s*(?:,\s*(?:and|or|as well as|along with|together with|plus)\b|[,;]|\band/or\b|\band also\b|\bas well as\b|\balong with\b"
    r"|\btogether with\b|\balongside\b|\bin cooperation with\b|\bin coordination with\b|\bplus\b|\band\b|\bor\b|\bversus\b"
    r"|\bvs\.?(?=\s)|(?<=\s)&(?=\s)|/)\s*",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:both|either|neither|between|the|a|an|by|with|from)\s+", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?:[~<>+]?\d[\d,.]*\s*(?:-|–|to)?\s*(?:\d[\d,.]*)?(?:-strong|-man|-member)?)\s+"
    r"(?!(?:Army|Division|Brigade|Corps|Battalion|Regiment|Legion)\b)"
)
_QUOTES = '"“”„«»‘`'
_PLACE_TAIL = re.compile(
    r"\s+(?:in|inside|near|around|on|at|across|along|outside|stationed|deployed|operating|based|fighting|located|entrenched|holed|"
    r"positioned|active|present|who|which|that|when|while|after|before|during|under|against|over|through|into|towards?|to)\b.*$",
    re.IGNORECASE,
)
_BACKED = re.compile(
    r"^(?P<group>.+?),?\s+(?P<how>backed|supported|led|sponsored|funded|armed|trained|aided|assisted|accompanied|joined|"
    r"reinforced|dominated|run|controlled|commanded)\s+by\s+(?P<by>.+)$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"^(?P<head>[\w’'\- ]+?)\s+(?:of|from|for|at|with|within|in the ranks of|belonging to|loyal to|affiliated (?:with|to)|"
    r"linked to|associated with|attached to|aligned with|subordinate to|representing|working for|fighting for|serving with|"
    r"part of)\s+(?P<whole>.+)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """The tables of `vocab/actor_words.toml` as sets of lower-case words."""
    return {table: frozenset(w.lower() for w in listed) for table, listed in vocabulary.load("actor_words").items()}


@lru_cache(maxsize=1)
def _quantity() -> re.Pattern[str]:
    quantity = "|".join(re.escape(w) for w in sorted(words()["quantity_words"], key=len, reverse=True))
    quality = "|".join(re.escape(w) for w in sorted(words()["quality_words"], key=len, reverse=True))
    return re.compile(rf"^(?:(?i:{quantity})|{quality})\s+")


@lru_cache(maxsize=1)
def _relation() -> re.Pattern[str]:
    listed = "|".join(sorted(words()["relation_words"], key=len, reverse=True))
    backer = r"[\w.’'/]+(?:\s[A-Z][\w.’']*)?"
    return re.compile(
        rf"^(?:(?P<by>{backer})-(?P<how>{listed})|(?P<pro>pro)-(?P<for>[\w.-]+))(?:\s*(?:,|and)\s+|\s+)(?=\S)", re.IGNORECASE
    )


@dataclass(slots=True, frozen=True)
class Part:
    """One of the actors that a phrase names."""

    text: str
    #: what stood in brackets after it
    bracket: str | None = None


def clean(text: str) -> str:
    """One line, no quotation marks at the ends, no leading article or preposition."""
    text = re.sub(r"\s+", " ", text).strip(" " + _QUOTES)
    # "U.S." keeps its full stop
    text = text if re.search(r"\.[A-Z]\.$", text) else text.strip(" ,;:.!?" + _QUOTES)
    while (shorter := _LEAD.sub("", text)) != text:
        text = shorter
    return text


def split(phrase: str, protected: Callable[[str], list[tuple[int, int]]]) -> list[str]:
    """The coordinated parts of a phrase, in order.

    `protected` gives the spans of known names, in which nothing is cut ("Army of Justice and Equality", "PKK/YPG"). Nothing is
    cut in brackets, nor between the qualifiers of one head ("PYD-dominated and U.S.-backed forces"). An apposition
    ("Serhii Cherevatyi, spokesman for the army") is one part.
    """
    phrase = clean(phrase)
    safe = protected(phrase) + [m.span() for m in re.finditer(r"\([^)]*\)?", phrase)]
    parts: list[str] = []
    last = 0
    explaining = False
    for m in _AND.finditer(phrase):
        # the conjunction itself, not the blanks around it, must lie outside
        if any(start < m.end() - 1 and m.start() + 1 < end for start, end in safe if m.start() >= start and m.end() <= end):
            continue
        if m.group().strip() == "/" and not (m.start() and phrase[m.start() - 1].isalpha() and phrase[m.end() :][:1].isalpha()):
            continue
        before, after = phrase[last : m.start()], phrase[m.end() :]
        if not before.strip() or not after.strip():
            continue
        if _is_relation(before.split()[-1]) or (m.group().strip() == "," and re.match(r"(?:\d|000\b)", after)):
            continue
        comma = m.group().strip().startswith((",", ";"))
        if explaining and not comma:
            continue
        explaining = m.group().strip() == "," and _apposition(after)
        if explaining:
            continue
        parts.append(before)
        last = m.end()
    parts.append(phrase[last:])
    return [p for p in (clean(p) for p in parts) if p]


def share_head(parts: list[str], bare: Callable[[str], bool]) -> list[str]:
    """Parts with the head they share: "Russian", "regime warplanes" become "Russian warplanes", "regime warplanes".

    `bare` tells of a part whether it can stand before a head without being one.
    """
    if len(parts) < 2:
        return parts
    last = parts[-1].split()
    if len(last) < 2:
        return parts
    head = last[-1].lower()
    if head not in words()["armed_heads"] | words()["equipment_heads"] | words()["official_heads"]:
        return parts
    return [f"{p} {last[-1]}" if bare(p) else p for p in parts[:-1]] + parts[-1:]


def _is_relation(word: str) -> bool:
    low = word.lower()
    return low.startswith("pro-") or ("-" in low and low.rsplit("-", 1)[1] in words()["relation_words"])


def _apposition(after: str) -> bool:
    """Whether what follows a comma explains what stood before it."""
    if re.match(r"(?:an?|who|which|where|whose|formerly|also|known|including|led|backed|supported|based)\b", after):
        return True
    first = re.match(r"(?:the\s+)?((?:[\w-]+\s+)?[\w-]+)\s+(?:of|for|at|to)\b", after)
    return bool(first) and first is not None and first.group(1).split()[-1].lower() in words()["official_heads"]


def brackets(text: str) -> Part:
    """A part and what stands in brackets in it."""
    m = re.search(r"\(([^)]*)\)?", text)
    if not m:
        return Part(text)
    rest = clean(re.sub(r"\s*\([^)]*\)?\s*", " ", text))
    return Part(rest, m.group(1).strip() or None)


def strip_quantity(text: str) -> str:
    """Without numbers and words that tell how many or which ones, as long as something is left."""
    while True:
        shorter = _NUMBER.sub("", _quantity().sub("", text, count=1), count=1)
        if shorter == text or not shorter.strip():
            return text
        text = shorter


def strip_relations(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Without qualifiers that tell who backs, leads or arms a group ("Turkish-backed", "pro-Russian"), and those qualifiers,
    each as (by whom, how)."""
    backers: list[tuple[str, str]] = []
    while m := _relation().match(text):
        backers.append((m["by"], m["how"].lower()) if m["by"] else (m["for"], "pro"))
        text = text[m.end() :]
    return text, backers


def backed_by(text: str) -> tuple[str, str, str] | None:
    """(group, how, by whom) of "rebels backed by Turkey"; None where nothing of the kind is said."""
    m = _BACKED.match(text)
    return (clean(m["group"]), m["how"].lower(), clean(m["by"])) if m else None


def complement(text: str) -> tuple[str, str] | None:
    """(head, whole) of "positions of government forces"; None where no such head leads on."""
    m = _WHOLE.match(text)
    if not m:
        return None
    head = clean(m["head"])
    last = head.split()[-1].lower() if head else ""
    if last in words()["partitive_heads"]:
        return head, clean(m["whole"])
    return None


def without_tail(text: str) -> str:
    """Without what tells where or when ("soldiers near Aleppo"), where something is left before it."""
    shorter = _PLACE_TAIL.sub("", text).strip(" ,")
    return shorter or text


def without_apposition(text: str) -> tuple[str, str | None]:
    """What stands before a comma, and what explains it after."""
    before, comma, after = text.partition(",")
    return (before.strip(), clean(after)) if comma and before.strip() else (text, None)
