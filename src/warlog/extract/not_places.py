"""Known place names that name no place where they stand: halves of hyphened words, surnames, parts of a unit's name."""

from __future__ import annotations

import re
from functools import cache

from warlog import vocabulary
from warlog.extract.classes import demonyms, of_word
from warlog.extract.wordlists import wordlists
from warlog.language import directions
from warlog.places.model import NameHit

#: the capitalised words right before a place
_BEFORE = re.compile(r"(?:[A-ZÀ-Þ][\w.’'-]*[ ]+)+$")
#: how much text around a place is looked at
_AHEAD, _BEHIND = 40, 60


@cache
def _lines() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """After the first and after the second half of a line named by its ends: "-B motorway", " railway"."""
    words = "|".join(sorted(re.escape(w) for w in wordlists("location_words")["lines"]))
    line = rf" (?:\w+ )?(?:{words})\b"
    return re.compile(rf"[-–][A-Z]\w+{line}"), re.compile(line)


@cache
def _papers() -> re.Pattern[str]:
    """After the name of a treaty or plan: " accords", " peace agreement"."""
    words = "|".join(sorted((re.escape(w) for w in wordlists("location_words")["named_after"]), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?:['’]s)? (?:{words})\b", re.IGNORECASE)


@cache
def _attached() -> re.Pattern[str]:
    words = "|".join(sorted(wordlists("parse")["attached_before"]))
    return re.compile(rf"\b(?:{words})-$", re.IGNORECASE)


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(w.strip(".") for w in vocabulary.load("actor_words")["honorifics"])


def hyphenated(text: str, start: int, end: int) -> bool:
    """Whether a place is half of a compound that is no place: "X-based", "pro-X", "the X-Y motorway", "the X accords"."""
    first_half, second_half = _lines()
    ahead = text[end : end + _AHEAD]
    if first_half.match(ahead) or (text[start - 1 : start] in {"-", "–"} and second_half.match(ahead)):
        return True
    if _papers().match(ahead):
        return True
    return bool(re.match(r"[-–][a-z]", ahead) or _attached().search(text[max(0, start - 8) : start]))


def in_person(text: str, start: int, end: int, hits: dict[tuple[int, int], NameHit]) -> bool:
    """Whether a place name is only the surname in a person's name, after a title or a word that is no place itself.

    `hits` are all known places of the text by their span.
    """
    if " " in text[start:end]:
        return False
    before = _BEFORE.search(text[max(0, start - _BEHIND) : start])
    if not before:
        return False
    words = [w.strip(".") for w in before.group().split()]
    if any("official" in of_word(w) or w in _honorifics() for w in words[-4:]):
        return True
    last = words[-1]
    if of_word(last) & {"armed", "body"} and not of_word(last) & {"place"} and last[:1].isupper():
        # "Task Force X": the name of a unit
        return True
    at = len(text[:start].rstrip())
    if any(e == at for _, e in hits) or _goes_before_places(last):
        return False
    alone = len(words) == 1 and _ends_sentence(text[: max(0, start - len(before.group()))])
    return not alone and last[:1].isupper() and last.isalpha() and len(last) > 2


def _goes_before_places(word: str) -> bool:
    """Whether a capitalised word right before a place leaves it one: a nation, "Tell", a common noun, a direction, "In"."""
    parse = wordlists("parse")
    if word in demonyms() or word in parse["name_prefixes"] or of_word(word):
        return True
    return word.lower() in parse["words_before_places"] or word.lower() in directions.bearings()


def _ends_sentence(before: str) -> bool:
    """Whether the text before a word shows that the word begins a sentence, where any word is capitalised."""
    return not before.strip() or before.rstrip()[-1:] in '.!?:"“\n'
