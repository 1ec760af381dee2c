"""Places and actors as a log's claims tell of them: one row each, with how often and in what words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from warlog.events.origins import teller_of, tellers_of
from warlog.publish.parties import Parties
from warlog.records import Claim


@dataclass(slots=True)
class PlaceRow:
    """One place that claims tell of."""

    place_id: str = field(metadata={"doc": "id of the place, or name: and the name where it is not resolved"})
    name: str = field(metadata={"doc": "its standard name, or the wording"})
    status: str = field(metadata={"doc": "resolved, anchored or unresolved"})
    lat: float | None = field(metadata={"doc": "WGS84 degrees north, of the place or its anchor"})
    lon: float | None = field(metadata={"doc": "WGS84 degrees east"})
    radius_km: float | None = field(metadata={"doc": "the place lies within this many kilometres of the point"})
    anchor: str | None = field(metadata={"doc": "name of the place it is anchored on"})
    claims: int = field(metadata={"doc": "number of claims that tell of it"})
    origins: int = field(metadata={"doc": "number of independent tellers among those documents"})
    documents: int = field(metadata={"doc": "number of documents that tell of it"})
    first_day: str | None = field(metadata={"doc": "earliest day told of"})
    last_day: str | None = field(metadata={"doc": "latest day told of"})
    written: list[str] = field(metadata={"doc": "the wordings, most used first"})
    why: str = field(metadata={"doc": "how it was resolved or why it was left open"})


@dataclass(slots=True)
class ActorRow:
    """One actor that claims tell of, as doer or done-to."""

    actor_id: str = field(metadata={"doc": "id of the actor; name: or generic: and the wording where no theatre file knows it"})
    name: str = field(metadata={"doc": "its standard name"})
    kind: str = field(metadata={"doc": "kind of actor, or civilian or fighter by its words; empty where neither tells"})
    as_actor: int = field(metadata={"doc": "claims in which it acts"})
    as_target: int = field(metadata={"doc": "claims in which it is acted on"})
    origins: int = field(metadata={"doc": "number of independent tellers among those documents"})
    documents: int = field(metadata={"doc": "number of documents that tell of it"})
    first_day: str | None = field(metadata={"doc": "earliest day told of"})
    last_day: str | None = field(metadata={"doc": "latest day told of"})
    written: list[str] = field(metadata={"doc": "the wordings, most used first"})


def places(claims: Iterable[Claim]) -> list[PlaceRow]:
    """The places of claims, most told of first."""
    claims = list(claims)
    tellers = tellers_of(claims)
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.place:
            key = claim.place_id if claim.place_status == "resolved" and claim.place_id else _open_key(claim)
            found.setdefault(key, []).append(claim)
    rows = [_place_row(key, told, tellers) for key, told in found.items()]
    return sorted(rows, key=lambda row: (-row.claims, row.name, row.place_id))


def actors(claims: Iterable[Claim], parties: Parties) -> list[ActorRow]:
    """The actors of claims, most told of first; of parties that were not resolved, the wording stands for them."""
    claims = list(claims)
    tellers = tellers_of(claims)
    told: dict[str, list[tuple[str, Claim]]] = {}
    names: dict[str, str] = {}
    words: dict[str, Counter[str]] = {}
    for claim in claims:
        for role in ("actor", "target"):
            written: str | None = getattr(claim, role)
            ids: list[str] = getattr(claim, f"{role}_ids") or ([f"name:{written.lower()}"] if written else [])
            known: list[str] = getattr(claim, f"{role}_names")
            for number, actor_id in enumerate(ids):
                told.setdefault(actor_id, []).append((role, claim))
                names.setdefault(actor_id, known[number] if number < len(known) else written or actor_id)
                if written:
                    words.setdefault(actor_id, Counter())[written] += 1
    rows = []
    for actor_id, uses in told.items():
        first, last = _days(claim for _, claim in uses)
        rows.append(
            ActorRow(
                actor_id, names[actor_id], parties.kind(actor_id, names[actor_id]), sum(role == "actor" for role, _ in uses),
                sum(role == "target" for role, _ in uses), len({teller_of(claim, tellers) for _, claim in uses}),
                len({claim.document_id for _, claim in uses}), first, last,
                _most_used(words.get(actor_id, Counter())),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (-row.as_actor - row.as_target, row.name, row.actor_id))


def _open_key(claim: Claim) -> str:
    return f"name:{(claim.place or '').lower()}" + (f"@{claim.anchor.lower()}" if claim.anchor else "")


def _place_row(key: str, told: list[Claim], tellers: Mapping[str, str]) -> PlaceRow:
    best = min(told, key=lambda c: (c.lat is None, c.geo_precision or 9, c.claim_id))
    first, last = _days(told)
    return PlaceRow(
        key, best.place_name or best.place or key, best.place_status, best.lat, best.lon, best.radius_km, best.anchor, len(told),
        len({teller_of(c, tellers) for c in told}), len({c.document_id for c in told}), first, last,
        _most_used(Counter(c.place for c in told if c.place)), best.place_why,
    )  # fmt: skip


def _days(claims: Iterable[Claim]) -> tuple[str | None, str | None]:
    days = [day for c in claims for day in (c.date_start, c.date_end) if day]
    return min(days, default=None), max(days, default=None)


def _most_used(words: Counter[str]) -> list[str]:
    return [word for word, _ in sorted(words.items(), key=lambda item: (-item[1], item[0]))]
