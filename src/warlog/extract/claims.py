"""Drafts, with their places resolved, to claims: one claim for each place of a draft, one where it has none."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from warlog import vocabulary
from warlog.actors.model import ActorContext, ActorRef
from warlog.extract.draft import Draft, DraftPlace
from warlog.places.model import Resolution
from warlog.records import Claim, Document

if TYPE_CHECKING:
    from warlog.actors import Actors

#: a draft without a place makes one claim all the same
_NOWHERE: list[DraftPlace | None] = [None]


#: characters from which the theatre of a document is told
_GIST = 40_000


def make(document: Document, drafts: list[Draft], resolutions: list[Resolution], actors: Actors) -> list[Claim]:
    """The claims of a document in the order of its drafts; `resolutions` by the mention of a place."""
    theatres = tuple(actors.theatres_of(document.text[:_GIST]))
    countries = tuple(actors.countries_of(document.text[:_GIST]))
    out: list[Claim] = []
    seen: Counter[tuple[object, ...]] = Counter()

    @cache
    def resolved(name: str, day: str | None, speaker: str | None) -> list[ActorRef]:
        return list(actors.resolve(name, ActorContext(day, document.publisher, theatres, countries, speaker=speaker)))

    for d in drafts:
        about = d.date_start or document.published, d.attributed_to
        doers = resolved(d.actor, *about) if d.actor else []
        sufferers = resolved(d.target, *about) if d.target else []
        for place in d.places or _NOWHERE:
            claim = _claim(document, d, doers, sufferers)
            claim.place = place.text if place else None
            if place is not None and place.mention is not None:
                locate(claim, resolutions[place.mention])
            key = (claim.document_id, claim.start, claim.end, claim.event_type, claim.actor, claim.target, claim.place)
            seen[key] += 1
            claim.claim_id = _digest(*key, seen[key])
            out.append(claim)
    return out


def _claim(document: Document, d: Draft, doers: list[ActorRef], sufferers: list[ActorRef]) -> Claim:
    """The claim of a draft, without its place."""
    s = d.parsed.sentence
    return Claim(
        claim_id="",
        happening_id=_digest(document.document_id, s.start, s.end, d.event_type, d.trigger),
        document_id=document.document_id,
        quote=s.text,
        start=s.start,
        end=s.end,
        event_type=d.event_type,
        actor=d.actor,
        target=d.target,
        place=None,
        date_start=d.date_start,
        date_end=d.date_end,
        casualties=list(d.casualties),
        attributed_to=d.attributed_to,
        certainty=d.certainty,
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
        date_precision=_precision(document, d),
        date_text=d.date_text,
        attribution=[x for x in [document.publisher, *d.attribution] if x],
        certainty_cue=d.certainty_cue,
        loaded_terms=_loaded(s.text),
        acled_sub_event_type=_acled(d.event_type, doers),
        rule=f"{d.event_type}/{d.frame}:{d.trigger_text}",
    )


def _precision(document: Document, d: Draft) -> str:
    """An undated claim of something that has happened holds not later than its document's publication."""
    if d.date_start or d.date_end:
        return d.date_precision
    return "not_later_than" if document.published and d.certainty != "planned" else "none"


def locate(claim: Claim, r: Resolution) -> None:
    """Put into a claim where its place was found to be, or what is known short of that."""
    claim.lat, claim.lon = r.lat, r.lon
    claim.place_id, claim.place_name = r.place_id, r.place_name
    claim.place_status, claim.anchor, claim.radius_km = r.status, r.anchor, r.radius_km
    claim.geo_precision, claim.candidates, claim.place_why = r.geo_precision, list(r.candidates), r.why


def _acled(event_type: str, doers: list[ActorRef]) -> str:
    row: dict[str, str] = vocabulary.load("event_types")[event_type]
    if "acled_when_state_actor" in row and any(a.side == "government" for a in doers):
        return row["acled_when_state_actor"]
    return row["acled"]


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(str(p) for p in parts).encode()).hexdigest()[:16]


def day(text: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None where the text is none."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


@cache
def _loaded_pattern() -> re.Pattern[str]:
    words = sorted(vocabulary.load("actor_words")["loaded_terms"], key=lambda w: (-len(w), w))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w) for w in words) + r")(?!\w)", re.IGNORECASE)


def _loaded(text: str) -> list[str]:
    """Partisan words of a sentence, as written, each once."""
    return list(dict.fromkeys(m.group() for m in _loaded_pattern().finditer(text)))
