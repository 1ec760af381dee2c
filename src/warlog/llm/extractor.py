"""A document to what a language model makes of it: an `Extraction`, each of its claims with a quote that stands in the text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from warlog.actors.model import ActorContext
from warlog.extract.claims import locate
from warlog.language import sentences
from warlog.language.sentences import Sentence
from warlog.llm import answers, prompt, quotes
from warlog.llm.answers import Answer, BadAnswerError
from warlog.llm.endpoint import Endpoint, Reply
from warlog.llm.placing import Mentions
from warlog.places.model import DocumentContext
from warlog.records import Casualties, Claim, Document, Extraction

if TYPE_CHECKING:
    from warlog.actors import Actors
    from warlog.places import Gazetteer

#: So many characters of text go into one question.
PART_CHARACTERS = 3000
#: Characters from which theatre and countries are told.
_GIST = 40_000


@dataclass(slots=True, frozen=True)
class Prices:
    """What a million tokens cost, in a currency of the user's."""

    tokens_in: float
    tokens_out: float


@dataclass(slots=True)
class _Bill:
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    dropped: list[str] = field(default_factory=list)

    def add(self, reply: Reply) -> None:
        self.tokens_in += reply.tokens_in
        self.tokens_out += reply.tokens_out
        self.seconds += reply.seconds


@dataclass(slots=True)
class LlmExtractor:
    """`LlmExtractor(endpoint, gazetteer, actors).extract(document)` asks the endpoint's model for a document's claims."""

    endpoint: Endpoint
    gazetteer: Gazetteer
    actors: Actors
    prices: Prices | None = None
    part_characters: int = PART_CHARACTERS

    @property
    def name(self) -> str:
        """What its claims are kept under."""
        return f"llm:{self.endpoint.model}"

    def extract(self, document: Document) -> Extraction:
        """What the model makes of the document. Raises EndpointError where the endpoint gives no answer."""
        bill = _Bill()
        found: list[tuple[Answer, Sentence, int, int]] = []
        split = sentences.split(document.text, document.title)
        for part in prompt.parts(split, self.part_characters):
            for answer in self._asked(document, part, bill):
                placed = _placed(answer, part, document.text)
                if placed is None:
                    bill.dropped.append(f"A claim was dropped: its quote is not in the text: {_short(answer.quote)!r}.")
                else:
                    found.append((answer, *placed))
        return Extraction(
            extractor=self.name,
            document_id=document.document_id,
            sha256=document.sha256,
            claims=self._claims(document, found, bill),
            dropped=bill.dropped,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            seconds=round(bill.seconds, 3),
            tokens_in=bill.tokens_in,
            tokens_out=bill.tokens_out,
            cost=self._cost(bill),
            settings={
                "endpoint": self.endpoint.host,
                "model": self.endpoint.model,
                "temperature": self.endpoint.temperature,
                "prompt": prompt.fingerprint(),
                "part_characters": self.part_characters,
            },
        )

    def _asked(self, document: Document, part: Sequence[Sentence], bill: _Bill) -> list[Answer]:
        reply = self.endpoint.ask(prompt.messages(document, part), answers.schema())
        bill.add(reply)
        try:
            good, bad = answers.read(reply.content)
        except BadAnswerError as error:
            cut = ", since it was cut at the limit of tokens" if reply.finish == "length" else ""
            first, last = part[0].number + 1, part[-1].number + 1
            bill.dropped.append(f"The answer on sentences {first} to {last} was dropped: {error}{cut}.")
            return []
        bill.dropped += bad
        return good

    def _cost(self, bill: _Bill) -> float | None:
        if self.prices is None:
            return None
        return round((bill.tokens_in * self.prices.tokens_in + bill.tokens_out * self.prices.tokens_out) / 1e6, 6)

    def _claims(self, document: Document, found: list[tuple[Answer, Sentence, int, int]], bill: _Bill) -> list[Claim]:
        from warlog.places import resolve

        mentions = Mentions(document.text)
        claims: list[Claim] = []
        numbers: list[int | None] = []
        seen: set[str] = set()
        theatres = tuple(self.actors.theatres_of(document.text[:_GIST]))
        countries = tuple(self.actors.countries_of(f"{document.title or ''}\n{document.text[:_GIST]}"))
        for answer, sentence, start, end in sorted(found, key=lambda item: item[2]):
            claim = self._claim(document, answer, start, end, theatres, countries, bill)
            if claim.claim_id in seen:
                bill.dropped.append(f"A claim was dropped: it was given twice: {_short(answer.quote)!r}.")
                continue
            seen.add(claim.claim_id)
            claims.append(claim)
            numbers.append(mentions.add(claim.place, sentence.number, sentence.start, sentence.end) if claim.place else None)
        context = DocumentContext(
            document.title, document.publisher, document.published, tuple(document.regions) + tuple(document.series), countries,
            document.text,
        )  # fmt: skip
        resolved = resolve(mentions.found, context, self.gazetteer)
        for claim, number in zip(claims, numbers, strict=True):
            if number is not None:
                locate(claim, resolved[number])
        return claims

    def _claim(
        self, document: Document, answer: Answer, start: int, end: int, theatres: tuple[str, ...], countries: tuple[str, ...],
        bill: _Bill,
    ) -> Claim:  # fmt: skip
        """A claim of an answer, its place not yet resolved. Names that the text does not have are left out of it."""
        first, last = _day(answer.date_start), _day(answer.date_end)
        if first and last and first > last:
            first, last = last, first
        names = {name: _in_text(getattr(answer, name), document.text, name, bill) for name in _NAMES}
        context = ActorContext(
            first or document.published, document.publisher, theatres, countries, speaker=names["attributed_to"]
        )
        doers = self.actors.resolve(names["actor"], context) if names["actor"] else []
        sufferers = self.actors.resolve(names["target"], context) if names["target"] else []
        quote = document.text[start:end]
        parts = (document.document_id, self.name, start, end, answer.event_type, *names.values())
        claim_id = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
        happening = f"{document.document_id}\x1f{self.name}\x1f{start}\x1f{answer.event_type}"
        return Claim(
            claim_id=claim_id,
            happening_id=hashlib.sha256(happening.encode()).hexdigest()[:16],
            document_id=document.document_id,
            quote=quote,
            start=start,
            end=end,
            event_type=answer.event_type,
            actor=names["actor"],
            target=names["target"],
            place=names["place"],
            date_start=first,
            date_end=last or first,
            casualties=[Casualties(t.outcome, t.who, t.low, t.high) for t in answer.casualties],
            attributed_to=names["attributed_to"],
            certainty=answer.certainty,
            document_url=document.url,
            publisher=document.publisher,
            original_publisher=document.original_publisher,
            published=document.published,
            actor_ids=[r.actor_id for r in doers],
            actor_names=[r.name for r in doers],
            target_ids=[r.actor_id for r in sufferers],
            target_names=[r.name for r in sufferers],
            actor_backers=list(dict.fromkeys(backer for r in doers for backer in r.backed_by)),
            target_backers=list(dict.fromkeys(backer for r in sufferers for backer in r.backed_by)),
            date_precision="day" if first and first == (last or first) else "range" if first else "not_later_than",
            attribution=[x for x in (document.publisher, names["attributed_to"]) if x],
            rule=self.name,
        )


_NAMES = ("actor", "target", "place", "attributed_to")


def _in_text(name: str | None, text: str, role: str, bill: _Bill) -> str | None:
    words = " ".join((name or "").split())
    if not words or words.casefold() in ("null", "none", "unknown"):
        return None
    if quotes.stands_in(words, text):
        return words
    bill.dropped.append(f"A name was left out: the {role.replace('_', ' ')} {_short(words)!r} is not in the text.")
    return None


def _placed(answer: Answer, part: Sequence[Sentence], text: str) -> tuple[Sentence, int, int] | None:
    """The sentence that an answer quotes, and where the quote stands; in the part that was asked about, nowhere else."""
    span = quotes.find(answer.quote, text, part[0].start, part[-1].end)
    if span is None:
        return None
    sentence = max((s for s in part if s.start <= span[0]), key=lambda s: s.start, default=part[0])
    return sentence, *span


def _day(text: str | None) -> str | None:
    try:
        return date.fromisoformat((text or "").strip()).isoformat()
    except ValueError:
        return None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"
