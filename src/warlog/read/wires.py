"""The agencies that a visible line credits: "With AFP", "(AP, dpa)", "some material for this report came from Reuters"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warlog import vocabulary
from warlog.read import names, people
from warlog.read.lexicon import agency_words, made_of, only_agencies, passage_of, picture_words, sentences, signed
from warlog.read.units import Unit
from warlog.records import Credit

#: A line of credits is no longer than this; one that is nothing but agencies, no longer than that.
_LONGEST, _BARE_LONGEST = 300, 120
_BRACKETED = re.compile(r"[\s*_]*[(\[/][^()\[\]]{2,}[)\]/][\s*_.]*")


def in_credits(unit: Unit, *, is_byline: bool) -> Iterator[Credit]:
    """Agencies named in a line of credits, but for those whose pictures are used."""
    if len(unit.text) > _LONGEST:
        return
    if unit.kind != "credit":
        if not is_byline:
            return
        yield from (Credit("agency", agency, passage_of(unit.text, unit), "text") for agency in people.agencies(unit.text))
        return
    for found in agency_words().finditer(unit.text):
        before = unit.text[max(0, found.start() - 30) : found.start()]
        agency = names.agency(found[0])
        if agency is not None and not picture_words().search(before):
            yield Credit("agency", agency, passage_of(unit.text, unit), "text")
    several = vocabulary.load("agencies")["several"]
    if re.search(rf"(?<!\w)(?:{'|'.join(several['words'])})(?!\w)", unit.text, re.I) and not re.match(
        r"(?i)sources?\b", unit.text
    ):
        yield Credit("agency", several["name"], passage_of(unit.text, unit), "text")


def reported_by(unit: Unit) -> Iterator[Credit]:
    """A line that says which agencies' reports it is made of, or is nothing but agencies in brackets."""
    bracketed = len(unit.text) <= _BARE_LONGEST and (
        _BRACKETED.fullmatch(unit.text) is not None or only_agencies().fullmatch(unit.text) is not None
    )
    for sentence in [unit.text] if bracketed else sentences(unit.text):
        found = None if bracketed else made_of().search(sentence)
        if not bracketed and found is None:
            continue
        for named in agency_words().finditer(sentence, 0 if found is None else found.end()):
            agency = names.agency(named[0])
            if agency is not None and not picture_words().search(sentence[: named.start()][-30:]):
                yield Credit("agency", agency, passage_of(sentence, unit), "text")


def signed_with(unit: Unit) -> Iterator[Credit]:
    """The agency that a paragraph is signed with at its end."""
    found = signed().search(unit.text[-80:])
    if found is None:
        return
    for name in re.split(r"\s*[/,&]\s*|\s+and\s+", found["names"]):
        agency = names.agency(name)
        if agency is not None:
            yield Credit("agency", agency, found[0].strip(), "text")


def is_agencies_alone(text: str) -> bool:
    """Whether a line is nothing but agencies, or stands in brackets."""
    return _BRACKETED.fullmatch(text) is not None or only_agencies().fullmatch(text) is not None
