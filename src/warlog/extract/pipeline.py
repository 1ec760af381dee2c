"""Document to claims by rule: spot names, parse the sentences that can hold a claim, read them, resolve places and actors."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from warlog import vocabulary
from warlog.actors.model import ActorContext, ActorRef
from warlog.extract import mentions, sentence, spotting, subject
from warlog.extract.draft import Draft, DraftPlace
from warlog.extract.lexicon import lexicon, weapons
from warlog.extract.sentence import Story
from warlog.language import parse, sentences
from warlog.places.model import DocumentContext, Resolution
from warlog.records import Claim, Document

if TYPE_CHECKING:
    from warlog.actors import Actors
    from warlog.places import Gazetteer


@lru_cache(maxsize=1)
def _trigger_pattern() -> re.Pattern[str]:
    """Sentences without any of these stems hold no claim and need no parse."""
    stems: set[str] = set()
    lex = lexicon()
    for lemma in [*lex.verbs, *lex.nouns]:
        stems.add(lemma)
        if len(lemma) > 3 and lemma.endswith(("e", "y")):
            stems.add(lemma[:-1])
    attribution = vocabulary.load("attribution")
    for words in (attribution["statement"]["verbs"], attribution["statement"]["speech"], attribution["say"]):
        stems.update(w[:-1] if w.endswith(("e", "y")) and len(w) > 3 else w for w in words)
    stems |= {
        "said",
        "told",
        "took",
        "taken",
        "fell",
        "fallen",
        "fought",
        "shot",
        "struck",
        "blew",
        "blown",
        "held",
        "met",
        "left",
        "fled",
        "gone",
        "went",
        "lost",
        "won",
        "broke",
        "sent",
        "brought",
        "taking",
        "dead",
        "died",
        "dying",
        "burnt",
        "hung",
        "built",
        "seen",
        "saw",
        "wrote",
        "withdr",
        "gas",
        "chlorine",
        "sarin",
        "chemical",
    }
    body = "|".join(sorted((re.escape(s) for s in stems), key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z])(?:{body})", re.IGNORECASE)


class RuleExtractor:
    """The rule-based extractor: `RuleExtractor()(document)` gives the document's claims.

    `gazetteer` and `actors` default to the installed packs and vocabulary.
    """

    name = "rules"

    def __init__(self, gazetteer: Gazetteer | None = None, actors: Actors | None = None) -> None:
        self._gazetteer = gazetteer
        self._actors = actors

    @property
    def gazetteer(self) -> Gazetteer:
        """The open gazetteer; opened on first use, since a run that finds nothing new needs none."""
        if self._gazetteer is None:
            from warlog.places import Gazetteer

            self._gazetteer = Gazetteer.open()
        return self._gazetteer

    @property
    def actors(self) -> Actors:
        """The roster of actors; read on first use."""
        if self._actors is None:
            from warlog.actors import Actors

            self._actors = Actors.load()
        return self._actors

    @property
    def model(self) -> str:
        """Name and version of the parser's model."""
        return parse.model_version()

    @property
    def packs(self) -> dict[str, str]:
        """Name and SHA-256 of every gazetteer pack and user's theatre file that decides what comes out."""
        from warlog.actors import files
        from warlog.places import list_packs

        found = self._gazetteer.packs if self._gazetteer is not None else list_packs()
        out = {f"gazetteer:{p.name}": p.sha256 for p in found}
        theatres = self._actors.user_files if self._actors is not None else {n: sha for n, (_, sha) in files.from_users().items()}
        return out | {f"theatre:{name}": sha for name, sha in theatres.items()}

    def __call__(self, document: Document) -> list[Claim]:
        """The claims of a document, in text order."""
        if document.language not in {None, "en"} or not document.text.strip():
            return []
        published = _day(document.published)
        all_sentences = sentences.split(document.text, document.title)
        names = spotting.find(document.text, self.gazetteer, self.actors)
        if not subject.tells_of_conflict(document.text, sum("armed" in n.classes for n in names)):
            return []
        work = []
        for s in all_sentences:
            if not _trigger_pattern().search(s.text) or len(s.text) > 4000:
                continue
            work.append((s, [n for n in names if n.start >= s.start and n.full_end <= s.end]))
        parsed = parse.parse(document.text, work)
        story = Story(published, dict(Counter(w.kind for w in weapons(document.text))))
        drafts: list[Draft] = []
        for p in parsed:
            drafts += sentence.read(p, story)
        sentence.carry_dates(drafts)
        resolutions = self._resolve(document, drafts, story)
        theatres = tuple(self.actors.theatres_of(document.text))
        countries = tuple(self.actors.countries_of(document.text))
        return self._claims(document, drafts, resolutions, theatres, countries)

    def _resolve(self, document: Document, drafts: list[Draft], story: Story) -> list[Resolution]:
        from warlog.places import resolve

        made = mentions.build(drafts, story.phrases)
        context = DocumentContext(
            title=document.title,
            publisher=document.publisher,
            published=document.published,
            regions=tuple(document.regions) + tuple(document.series),
            countries=tuple(self.actors.countries_of(f"{document.title or ''}\n{document.text}")),
            text=document.text,
        )
        return resolve(made, context, self.gazetteer)

    def _claims(
        self,
        document: Document,
        drafts: list[Draft],
        resolutions: list[Resolution],
        theatres: tuple[str, ...],
        countries: tuple[str, ...],
    ) -> list[Claim]:
        types = vocabulary.load("event_types")
        out: list[Claim] = []
        seen: Counter[tuple[object, ...]] = Counter()
        for d in drafts:
            s = d.parsed.sentence
            context = ActorContext(d.date_start or document.published, document.publisher, theatres, countries)
            actors = self._refs(d.actor, context)
            targets = self._refs(d.target, context)
            happening = _digest(document.document_id, s.start, s.end, d.event_type, d.trigger)
            for place in d.places or _NOWHERE:
                key = (document.document_id, s.start, s.end, d.event_type, d.actor, d.target, place.text if place else None)
                seen[key] += 1
                claim = Claim(
                    claim_id=_digest(*key, seen[key]),
                    happening_id=happening,
                    document_id=document.document_id,
                    quote=s.text,
                    start=s.start,
                    end=s.end,
                    event_type=d.event_type,
                    actor=d.actor,
                    target=d.target,
                    place=place.text if place else None,
                    date_start=d.date_start,
                    date_end=d.date_end,
                    casualties=list(d.casualties),
                    attributed_to=d.attributed_to,
                    certainty=d.certainty,
                    document_url=document.url,
                    publisher=document.publisher,
                    original_publisher=document.original_publisher,
                    published=document.published,
                    actor_ids=[r.actor_id for r in actors],
                    actor_names=[r.name for r in actors],
                    target_ids=[r.actor_id for r in targets],
                    target_names=[r.name for r in targets],
                    date_precision=d.date_precision
                    if d.date_start or d.date_end
                    else ("not_later_than" if document.published and d.certainty != "planned" else "none"),
                    date_text=d.date_text,
                    attribution=[x for x in [document.publisher, *d.attribution] if x],
                    certainty_cue=d.certainty_cue,
                    loaded_terms=_loaded(s.text),
                    rule=f"{d.event_type}/{d.frame}:{d.trigger_text}",
                )
                _place(claim, resolutions[place.mention] if place is not None and place.mention is not None else None)
                claim.acled_sub_event_type = _acled(types[d.event_type], actors)
                out.append(claim)
        return out

    def _refs(self, wording: str | None, context: ActorContext) -> list[ActorRef]:
        return list(self.actors.resolve(wording, context)) if wording else []


#: a draft without a place makes one claim all the same
_NOWHERE: list[DraftPlace | None] = [None]


def _place(claim: Claim, r: Resolution | None) -> None:
    if r is None:
        return
    claim.lat, claim.lon = r.lat, r.lon
    claim.place_id, claim.place_name = r.place_id, r.place_name
    claim.place_status, claim.anchor, claim.radius_km = r.status, r.anchor, r.radius_km
    claim.geo_precision, claim.candidates, claim.place_why = r.geo_precision, list(r.candidates), r.why


def _acled(row: dict[str, str], actors: list[ActorRef]) -> str:
    if "acled_when_state_actor" in row and any(a.side == "government" for a in actors):
        return row["acled_when_state_actor"]
    return row["acled"]


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(str(p) for p in parts).encode()).hexdigest()[:16]


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _loaded_pattern() -> re.Pattern[str]:
    words = sorted(vocabulary.load("actor_words")["loaded_terms"], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w) for w in words) + r")(?!\w)", re.IGNORECASE)


def _loaded(text: str) -> list[str]:
    """Partisan words of a sentence, as written, each once."""
    return list(dict.fromkeys(m.group() for m in _loaded_pattern().finditer(text)))
