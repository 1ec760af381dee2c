"""Claims of control as what they say of one place: who holds it from when, who lost it, or who is denied to hold it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from warlog.events.names import normal
from warlog.events.rules import CONTROL_TYPES, HAPPENED
from warlog.events.spans import parse_day, span_of
from warlog.records import Claim


@dataclass(slots=True, frozen=True)
class Change:
    """One claim of control: `holders` is empty where it only says who lost the place, or for a denial who holds it now."""

    claim: Claim
    #: the day from which it holds at the latest
    day: date
    #: whether that is the day itself, and not only the latest it can be
    exact: bool
    holders: tuple[str, ...]
    holder_names: tuple[str, ...]
    losers: tuple[str, ...]
    denied: bool


def changes(claims: Iterable[Claim]) -> dict[str, list[Change]]:
    """The changes that claims tell of each place, oldest first. Planned and conjectured ones are left out.

    Claims without a place, without any day, or that name neither who holds nor who lost it, tell nothing of control.
    """
    found: dict[str, list[Change]] = {}
    for claim in claims:
        if claim.event_type not in CONTROL_TYPES or (claim.certainty not in HAPPENED and claim.certainty != "denied"):
            continue
        place, change = place_key(claim), _change(claim)
        if place is not None and change is not None:
            found.setdefault(place, []).append(change)
    for told in found.values():
        told.sort(key=lambda c: (c.day, c.claim.published or "", c.claim.document_id, c.claim.start, c.claim.claim_id))
    return dict(sorted(found.items()))


def place_key(claim: Claim) -> str | None:
    """The id that a place's days are kept under: its own, or `name:` and its name (with its anchor's, if it has one)."""
    if claim.place_status == "resolved" and claim.place_id:
        return claim.place_id
    if not claim.place:
        return None
    anchor = f"@{normal(claim.anchor)}" if claim.anchor else ""
    return f"name:{normal(claim.place)}{anchor}"


def _change(claim: Claim) -> Change | None:
    day, exact = _from_day(claim)
    if day is None:
        return None
    denied = claim.certainty == "denied"
    doer = _named(claim.actor_ids, claim.actor_names, claim.actor)
    loser = _named(claim.target_ids, claim.target_names, claim.target)
    # Who withdraws is coded as doer and as loser both, and holds nothing by it.
    doer = {i: name for i, name in doer.items() if i not in loser}
    # That its taking is denied leaves a place to whom it was to be taken from.
    holders, losers = (loser, doer) if denied else (doer, loser)
    if not holders and not losers:
        return None
    return Change(claim, day, exact, tuple(holders), tuple(holders.values()), tuple(losers), denied)


def _from_day(claim: Claim) -> tuple[date | None, bool]:
    """The day from which a claim holds, and whether it is exact. A day after the report itself is not believed."""
    published = parse_day(claim.published)
    span = span_of(claim)
    if span is None:
        return None, False
    if not span.dated:
        return span.last, False
    if published is not None and span.last > published:
        return max(span.first, published) if span.first <= published else published, False
    return span.last, span.first == span.last


def _named(ids: list[str], names: list[str], written: str | None) -> dict[str, str]:
    """Actor ids with their names; a party that was not resolved gets an id of its wording."""
    if ids:
        return {i: names[n] if n < len(names) else i for n, i in enumerate(ids)}
    return {f"name:{normal(written)}": written} if written else {}
