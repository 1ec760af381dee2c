"""Applies a person's decisions to claims as they are derived.

A decision is tied to what was read, not to an id that a new run may change: the hash of the original, the quote, and
the event type, place and actor as derived. Claims that agree in all of these (a sentence that stands twice in one
text) share the decision. Claims are stored as derived; every listing, the linking of events and the estimate of
control see them as decided.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from warlog.records import Casualties, Claim, Decision
from warlog.store.fold import fold

#: What a reviewer can correct; the order is that of the review sheet.
EDITABLE: tuple[str, ...] = (
    "event_type", "actor", "target", "place", "lat", "lon", "date_start", "date_end", "casualties", "attributed_to", "certainty",
)  # fmt: skip

#: Actor as written, and the claim it stands in, to ids and standard names.
ActorResolver = Callable[[str, Claim], tuple[list[str], list[str]]]


def key_of(sha256: str, quote: str, event_type: str, place: str | None, actor: str | None) -> str:
    """What ties decisions to claims: 32 hex digits."""
    text = json.dumps([sha256, quote, event_type, place, actor], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def claim_key(claim: Claim, sha256: str) -> str:
    """The key of a claim as derived, from a capture with this hash."""
    return key_of(sha256, claim.quote, claim.event_type, claim.place, claim.actor)


def decision_key(decision: Decision) -> str:
    """The key of the claims that a decision rules on."""
    return key_of(decision.sha256, decision.quote, decision.event_type, decision.place, decision.actor)


def apply(claim: Claim, decision: Decision | None, resolve_actor: ActorResolver | None = None) -> Claim:
    """The claim as decided: itself if there is no decision, else a copy with `review` set and corrections made."""
    if decision is None:
        return claim
    ruled = copy.copy(claim)
    ruled.review = decision.verdict
    if decision.verdict == "corrected":
        _correct(ruled, claim, decision.changes, decision.reviewer, resolve_actor)
    return ruled


def _correct(ruled: Claim, claim: Claim, changes: Mapping[str, Any], reviewer: str, resolve_actor: ActorResolver | None) -> None:
    for name, value in changes.items():
        if name == "casualties":
            ruled.casualties = [Casualties(**toll) for toll in value]
        elif name in EDITABLE:
            setattr(ruled, name, value)
    if "event_type" in changes:
        ruled.acled_sub_event_type = _nearest_acled(ruled.event_type)
    for role in ("actor", "target"):
        if role in changes:
            ids, names = _resolve(getattr(ruled, role), ruled, claim, resolve_actor)
            setattr(ruled, f"{role}_ids", ids)
            setattr(ruled, f"{role}_names", names)
    if changes.keys() & {"place", "lat", "lon"}:
        _correct_place(ruled, claim, changes, reviewer)
    if changes.keys() & {"date_start", "date_end"}:
        ruled.date_text = None
        if ruled.date_start is None and ruled.date_end is None:
            ruled.date_precision = "none"
        else:
            ruled.date_precision = "day" if ruled.date_start == ruled.date_end else "range"


def _correct_place(ruled: Claim, claim: Claim, changes: Mapping[str, Any], reviewer: str) -> None:
    """A point that the reviewer gave holds. A new place without one gets none, unless Warlog knows it as a candidate.

    The old point belongs to the old reading of the name: under a new name it would be a place that nobody told of.
    """
    by = f"corrected by {reviewer}" if reviewer else "corrected by a reviewer"
    renamed = "place" in changes and fold(ruled.place or "") not in {fold(claim.place or ""), fold(claim.place_name or "")}
    moved = bool(changes.keys() & {"lat", "lon"})
    if not renamed and not moved:
        return
    ruled.place_id = None
    ruled.place_name = ruled.place
    ruled.anchor = ruled.radius_km = ruled.geo_precision = None
    ruled.place_status = "unresolved"
    if moved:
        if ruled.lat is not None and ruled.lon is not None:
            ruled.place_status, ruled.geo_precision, ruled.place_why = "resolved", 1, f"point {by}"
        else:
            ruled.lat = ruled.lon = None
            ruled.place_why = f"point taken away, {by}"
        return
    wanted = fold(ruled.place or "")
    known = next((c for c in claim.candidates if wanted and fold(c.name) == wanted), None)
    if known is None:
        ruled.lat = ruled.lon = None
        ruled.place_why = f"place {by}, who gave no point"
        return
    ruled.lat, ruled.lon, ruled.place_id, ruled.place_name = known.lat, known.lon, known.place_id, known.name
    ruled.place_status, ruled.geo_precision, ruled.place_why = "resolved", 1, f"place {by} to one of its candidates"


def _resolve(name: str | None, ruled: Claim, claim: Claim, resolver: ActorResolver | None) -> tuple[list[str], list[str]]:
    if not name:
        return [], []
    # A name that the claim already knows keeps the id it had.
    known = dict(zip([*claim.actor_names, *claim.target_names], [*claim.actor_ids, *claim.target_ids], strict=False))
    for standard, actor_id in known.items():
        if fold(standard) == fold(name):
            return [actor_id], [standard]
    for role in ("actor", "target"):
        written = getattr(claim, role)
        if written and fold(written) == fold(name):
            return list(getattr(claim, f"{role}_ids")), list(getattr(claim, f"{role}_names"))
    if resolver is not None:
        return resolver(name, ruled)
    return [f"name:{fold(name)}"], [name]


def _nearest_acled(event_type: str) -> str | None:
    from warlog import vocabulary

    entry = vocabulary.load("event_types").get(event_type, {})
    nearest = entry.get("acled")
    return str(nearest) if nearest else None


def same_ruling(a: Decision, b: Decision) -> bool:
    """Whether two decisions say the same of the same claim, whoever made them and whenever."""
    return (decision_key(a), a.verdict, a.changes, a.note) == (decision_key(b), b.verdict, b.changes, b.note)
