"""The words and patterns of `vocab/credits.toml` and the names of agencies, made ready for reading lines of credit."""

from __future__ import annotations

import re
from functools import cache

from warlog import vocabulary
from warlog.read import names
from warlog.read.units import Unit

_SENTENCE = re.compile(r"(?<=[.!?؟。])[\"”»)]*\s+(?=[\"“«(]?[^\W\d_])|\s*\v\s*")
_ABBREVIATED = re.compile(
    r"(?:\b(?:St|Mr|Mrs|Ms|Dr|Prof|Inc|Ltd|Co|Corp|No|vs|Gen|Col|Lt|Sgt|Rep|Sen|U\.S|U\.K|U\.N|[A-ZА-Я])\.)$"
)


@cache
def patterns(group: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a group, each of which may begin anywhere that a word begins."""
    listed = vocabulary.load("credits")["lines"][group]
    return tuple(re.compile(rf"(?<!\w)(?:{pattern})" if pattern[0] not in "^" else pattern, re.I) for pattern in listed)


@cache
def about_this() -> re.Pattern[str]:
    """How a sentence begins that is about the text it stands with."""
    words = f"{words_of('about_this')}|(?:{words_of('source_label')})\\s*[:：–—-]"
    return re.compile(
        rf"[\W_]{{0,6}}(?:(?:editor.?s?.? note|note|credit|nb|n\.b\.|disclaimer|ed\.)\s*[:.–—-]\s*)?(?:{words})", re.I
    )


@cache
def banner() -> re.Pattern[str]:
    """How the banner of an archive begins."""
    return re.compile("|".join(f"(?:{p})" for p in vocabulary.load("credits")["archives"]["banners"]), re.I)


@cache
def name_ends() -> tuple[re.Pattern[str], ...]:
    """Where a credited name ends."""
    return tuple(re.compile(f"(?:{pattern})$", re.I) for pattern in vocabulary.load("credits")["lines"]["name_ends"])


@cache
def no_names() -> frozenset[str]:
    """Words that name nothing, in small letters."""
    return frozenset(vocabulary.load("credits")["lines"]["no_names"])


@cache
def picture_words() -> re.Pattern[str]:
    """Words before a name that make it that of pictures' source, at the end of what stands before it."""
    return re.compile(rf"(?<!\w)(?:{words_of('pictures')})(?:\s+\w+){{0,2}}\W*$", re.I)


@cache
def outlet_kinds() -> re.Pattern[str]:
    """Words before an outlet's name that only say what it is."""
    return re.compile(rf"^(?:(?:on|in|by|from|at|the|a|an)\s+)*(?:{words_of('outlet_kinds')})\s+(?:of\s+)?(?=\W?[^\W\d_a-zа-я])")


@cache
def source_label() -> re.Pattern[str]:
    """What announces the source that the next line names."""
    return re.compile(words_of("source_label"), re.I)


@cache
def published_words() -> re.Pattern[str]:
    """Words that say that the text was published elsewhere."""
    return re.compile(words_of("published_words"), re.I)


def words_of(group: str) -> str:
    """The words of a group as one alternation."""
    return "|".join(f"(?:{word})" for word in vocabulary.load("credits")["lines"][group])


@cache
def agency_words() -> re.Pattern[str]:
    """The names of agencies, as whole words."""
    return re.compile(rf"(?<![\w-]){names.agency_pattern()}(?![\w-])")


@cache
def signed() -> re.Pattern[str]:
    """The end of a paragraph that is signed with agencies' names."""
    one = names.agency_pattern()
    several = rf"{one}(?:\s*[/,&]\s*{one}|\s+and\s+{one}){{0,3}}"
    return re.compile(rf"(?:[.!?”\"»]\s*(?:[-–—]+\s*|/\s?|[(\[])|\.\s+)(?P<names>{several})\s*[)\]/]?\.?\s*$")


@cache
def only_agencies() -> re.Pattern[str]:
    """A line of nothing but agencies, with or without a word such as "with" before them."""
    one = names.agency_pattern()
    joined = rf"{one}(?:\s*(?:[,/&+|-]|\band\b|\bet\b|\bund\b|\by\b|\be\b|\ben\b|\bи\b|\bта\b|\bve\b)\s*{one})*"
    return re.compile(rf"\W*(?:(?:[Ww]ith|[Aa]vec|[Cc]om|[Cc]on|[Mm]it|[Mm]et|[Mm]ed|[Сс]|[Зз]|[Zz])\s+)?{joined}\W*")


@cache
def made_of() -> re.Pattern[str]:
    """How a line begins that says which agencies' reports went into the text."""
    return re.compile(rf"^[\W_]{{0,4}}(?:{words_of('made_of')})", re.I)


@cache
def several_agencies() -> re.Pattern[str]:
    """ "and agencies" at the end of a name."""
    words = "|".join(vocabulary.load("agencies")["several"]["words"])
    return re.compile(rf"(?:^|[\s,]+(?:(?:and|&|et|y|e|und|и|та|ve|con|with|avec|mit)\s+)?)(?:[^\W\d_]+\s+)??(?:{words})$", re.I)


def says_published(passage: str) -> bool:
    """Whether a line of credit says in words that the text was published elsewhere, and does not only name a source."""
    return published_words().search(passage) is not None


def sentences(text: str) -> list[str]:
    """The sentences of a short passage; a full stop after an abbreviation or an initial ends none."""
    parts: list[str] = []
    for part in _SENTENCE.split(text):
        if parts and _ABBREVIATED.search(parts[-1]):
            parts[-1] += " " + part
        elif part:
            parts.append(part)
    return parts


def passage_of(sentence: str, unit: Unit) -> str:
    """A short line whole, as it stands on the page; of a longer one the sentence."""
    if len(unit.raw) <= 300 or sentence not in unit.raw:
        return unit.raw
    return sentence
