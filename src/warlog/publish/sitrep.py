"""The situation report for a day: what changed hands, what happened, what it cost, who contradicts whom, what is open.

`build` makes the report of a `Picture`; `to_markdown` and `to_html` write it. Every figure and every line bears the
sentences it rests on, with who says so. The report covers the days from `since` to `on`; what is told without a day
counts by the last day it can be of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import zip_longest

from warlog import __version__
from warlog.events.figures import tally, tells_of_some
from warlog.events.origins import teller_of, tellers_of
from warlog.events.rules import CONTROL_TYPES
from warlog.events.sides import Sides
from warlog.events.spans import parse_day
from warlog.publish import wording
from warlog.publish.parties import people
from warlog.publish.picture import Picture, source_of
from warlog.publish.templating import environment
from warlog.records import Casualties, Claim, Event, PlaceDay

#: Of claims that say the same, this many are quoted under an event; all are counted.
QUOTES = 4


@dataclass(slots=True)
class Evidence:
    """One sentence that a line of the report rests on."""

    claim_id: str
    quote: str
    source: str
    title: str
    published: str
    url: str | None
    certainty: str


@dataclass(slots=True)
class Item:
    """One line of the report: what is said, in how many words more, and on what it rests."""

    headline: str
    facts: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    #: claims beyond those quoted
    more: int = 0
    record_id: str = ""


@dataclass(slots=True)
class Section:
    """A part of the report; `note` stands under its heading."""

    heading: str
    items: list[Item] = field(default_factory=list)
    note: str = ""


@dataclass(slots=True)
class SituationReport:
    """The whole report, ready to be written."""

    title: str
    period: str
    summary: list[str]
    sections: list[Section]
    attribution: list[str]
    version: str = __version__


def build(picture: Picture, on: str, since: str | None = None, sides: Sides | None = None) -> SituationReport:
    """The report for a day (ISO 8601), over the days from `since` to it; by default that one day.

    `sides` says who fights beside whom; without it, what the installed theatre files say is taken.
    """
    sides = Sides.load() if sides is None else sides
    since = since or on
    events = [e for e in picture.events if _within(e, since, on)]
    happened = [e for e in events if e.certainty in ("asserted", "hedged")]
    changed = _changes(picture, since, on)
    tolls = tally(happened, picture.claims)
    note = "Whose hands a place is in, by the latest claims; contested where sides disagree within three days."
    sections = [
        Section("Control", changed, note),
        *_by_type([e for e in happened if e.event_type not in CONTROL_TYPES], picture),
        _casualties(happened, tolls, picture),
        Section("Contradictions", _contradictions(picture, events, sides, since, on), "Claims that cannot all be true."),
        Section(
            "Denied, planned or guessed", [_event_item(e, picture) for e in events if e not in happened],
            "No claim of these says that it has happened.",
        ),
        Section("What is open", _open(events, picture), "Places that could not be resolved, or only to their surroundings."),
    ]  # fmt: skip
    told = [c for e in events for c in picture.claims_of(e)]
    documents, tellers = {c.document_id for c in told}, tellers_of(picture.claims.values())
    origins = {teller_of(c, tellers) for c in told}
    summary = [
        f"{len(changed)} change{'s' if len(changed) != 1 else ''} of control, {len(happened)} events told of by"
        f" {len(origins)} origin{'s' if len(origins) != 1 else ''} in {len(documents)}"
        f" document{'s' if len(documents) != 1 else ''}.",
    ]
    sums = [Casualties(t.outcome, None, t.low, t.high) for t in tolls if t.low is not None or t.high is not None]
    if sums:
        summary.append(f"Told of in all: {wording.tolls_text(sums)}.")
    contested = sorted({r.place_name for r in picture.place_days if r.day == on and r.status == "contested"})
    if contested:
        summary.append(f"Contested on the day: {', '.join(contested)}.")
    period = wording.day_text(on) if since == on else f"{wording.day_text(since)} to {wording.day_text(on)}"
    shown = [s for s in sections if s.items] or [Section("Nothing told", [], "The log has no claims for these days.")]
    return SituationReport("Situation report", period, summary, shown, picture.attribution)


def to_markdown(report: SituationReport) -> str:
    """The report as Markdown."""
    return environment().get_template("sitrep.md").render(report=report)


def to_html(report: SituationReport) -> str:
    """The report as one plain HTML page without scripts."""
    return environment().get_template("sitrep.html").render(report=report)


def _within(event: Event, since: str, on: str) -> bool:
    """Whether an event is one of the period: an undated one by the last day it can be of, a long one by its last day."""
    first, last = event.date_start or event.date_end, event.date_end or event.date_start
    if first is None or last is None:
        return False
    one, two = parse_day(first), parse_day(last)
    if one is not None and two is not None and (two - one).days > 7:
        return since <= last <= on
    return first <= on and last >= since


def _evidence(claims: Iterable[Claim], picture: Picture) -> tuple[list[Evidence], int]:
    """Claims to quote, one for each sentence, tellers before repeaters; and how many claims there are beyond."""
    order = sorted(claims, key=lambda c: (c.certainty != "asserted", c.original_publisher not in (None, c.publisher)))
    return _quoted(order, picture)


def _both_sides(one: Sequence[Claim], two: Sequence[Claim], picture: Picture) -> tuple[list[Evidence], int]:
    """Claims to quote of two that contradict each other, by turns."""
    turns = [claim for pair in zip_longest(one, two) for claim in pair if claim is not None]
    return _quoted(turns, picture)


def _quoted(claims: Iterable[Claim], picture: Picture) -> tuple[list[Evidence], int]:
    seen: dict[str, Evidence] = {}
    count = 0
    for claim in claims:
        count += 1
        quote = " ".join(claim.quote.split())
        seen.setdefault(
            quote,
            Evidence(
                claim.claim_id, quote, source_of(claim), picture.title_of(claim), claim.published or "", claim.document_url,
                claim.certainty,
            ),
        )  # fmt: skip
    shown = list(seen.values())[:QUOTES]
    return shown, count - len(shown)


def _weight(event: Event) -> str:
    origins = f"{event.origin_count} origin{'s' if event.origin_count != 1 else ''}"
    return f"{origins} in {event.document_count} document{'s' if event.document_count != 1 else ''}, {event.certainty}"


def _event_item(event: Event, picture: Picture) -> Item:
    claims = picture.claims_of(event)
    parties = wording.parties_text(event) or next((text for c in claims if (text := wording.parties_text(c))), "")
    headline = f"{wording.type_label(event.event_type)}, {wording.place_text(event)}"
    facts = [wording.span_text(event), parties, wording.tolls_text(event.casualties), _weight(event)]
    evidence, more = _evidence(claims, picture)
    return Item(headline, [f for f in facts if f], evidence, more, event.event_id)


def _report_order(event: Event) -> tuple[int, int, str, str]:
    return (wording.type_order(event.event_type), -event.origin_count, event.place_name or "~", event.event_id)


def _by_type(events: Sequence[Event], picture: Picture) -> list[Section]:
    sections: dict[str, Section] = {}
    for event in sorted(events, key=_report_order):
        section = sections.setdefault(event.event_type, Section(wording.type_label(event.event_type)))
        item = _event_item(event, picture)
        item.headline = wording.place_text(event)
        section.items.append(item)
    return list(sections.values())


def _changes(picture: Picture, since: str, on: str) -> list[Item]:
    """Places whose holder or state on some day of the period is another than on the day before."""
    by_place: dict[str, list[PlaceDay]] = {}
    for row in picture.place_days:
        if row.day <= on:
            by_place.setdefault(row.place_id, []).append(row)
    items: list[Item] = []
    for rows in by_place.values():
        rows.sort(key=lambda r: r.day)
        before = [r for r in rows if r.day < since]
        now = rows[-1]
        known = before[-1] if before else None
        if known is not None and (known.holder_ids, known.status) == (now.holder_ids, now.status):
            continue
        state = f"contested: {wording.holders(now)}" if now.status == "contested" else wording.holders(now)
        facts = [f"since {_since(now)}"] if now.since and now.status == "held" else []
        if known is not None:
            was = ", ".join(known.holder_names) or "not said"
            facts.append(f"before: {'contested, ' if known.status == 'contested' else ''}{was}")
        facts.append(now.rule)
        evidence, more = _evidence(picture.claims_of(now), picture)
        items.append(Item(f"{now.place_name}: {state}", facts, evidence, more, now.place_day_id))
    return sorted(items, key=lambda item: item.headline)


def _since(row: PlaceDay) -> str:
    day = wording.day_text(row.since or "")
    return day if row.since_precision == "day" else f"{day} at the latest"


def _casualties(events: Sequence[Event], tolls: Sequence[Casualties], picture: Picture) -> Section:
    """The sum for each outcome, with the events whose figures it is made of."""
    items: list[Item] = []
    for toll in tolls:
        made_of = [e for e in events if any(t.outcome == toll.outcome and t.high != 0 for t in e.casualties)]
        facts = []
        evidence: list[Evidence] = []
        for event in made_of:
            own = [t for t in event.casualties if t.outcome == toll.outcome]
            what = wording.type_label(event.event_type).lower()
            facts.append(f"{wording.place_text(event)}, {what}: {wording.tolls_text(own)}")
            told = [c for c in picture.claims_of(event) if any(t.outcome == toll.outcome for t in c.casualties)]
            evidence += _evidence(told, picture)[0][:2]
        headline = f"{wording.toll_text(Casualties(toll.outcome, None, toll.low, toll.high))}, told of in {len(made_of)} events"
        once = list({e.quote: e for e in evidence}.values())
        items.append(Item(headline[:1].upper() + headline[1:], facts, once))
    note = (
        "Lowest to highest reported. One toll told over several places counts once, different tellings of it are not added, and"
        " totals of more than a week are left out; where reports name a place differently, a toll can still be in it twice."
    )
    return Section("Casualties", items, note)


def _contradictions(picture: Picture, events: Sequence[Event], sides: Sides, since: str, on: str) -> list[Item]:
    items = [_contested(row, picture) for row in picture.place_days if row.day == on and row.status == "contested"]
    for event in events:
        claims = picture.claims_of(event)
        denied = [c for c in claims if c.certainty == "denied"]
        if denied and len(denied) < len(claims):
            evidence, more = _both_sides(denied, [c for c in claims if c not in denied], picture)
            what = f"{wording.type_label(event.event_type)}, {wording.place_text(event)}: told by some, denied by others"
            items.append(Item(what, [wording.span_text(event)], evidence, more, event.event_id))
        apart = _figures_apart(claims)
        if apart:
            evidence, more = _quoted([claim for claim, _ in apart], picture)
            what = f"{wording.type_label(event.event_type)}, {wording.place_text(event)}: figures differ"
            figures = "; ".join(wording.toll_text(toll) for _, toll in apart)
            items.append(Item(what, [figures], evidence, more, event.event_id))
    items += _blamed_apart(picture, events, sides)
    return items


def _contested(row: PlaceDay, picture: Picture) -> Item:
    evidence, more = _evidence(picture.claims_of(row), picture)
    return Item(f"{row.place_name}: who holds it", [wording.holders(row), row.rule], evidence, more)


def _figures_apart(claims: Sequence[Claim]) -> list[tuple[Claim, Casualties]]:
    """The lowest and the highest telling of the dead where both cannot be right, with their claims; empty where they can."""
    told = [
        (claim, toll)
        for claim in claims
        for toll in claim.casualties[:1]
        if toll.outcome == "killed" and claim.certainty in ("asserted", "hedged") and not tells_of_some(claim)
    ]
    if not told:
        return []
    least = min(told, key=lambda t: t[1].high if t[1].high is not None else 10**9)
    most = max((t for t in told if _one_people(least[1].who, t[1].who)), key=lambda t: t[1].low or 0)
    apart = least[1].high is not None and most[1].low is not None and least[1].high < most[1].low
    return [least, most] if apart else []


def _one_people(one: str | None, two: str | None) -> bool:
    """Whether two tolls can tell of the same people, by their words."""
    if not one or not two:
        return True
    return (people(one) == people(two) != "fighter") or bool(set(one.lower().split()) & set(two.lower().split()))


def _blamed_apart(picture: Picture, events: Sequence[Event], sides: Sides) -> list[Item]:
    """Events of one kind, place and day that are laid to different parties (not clashes, where both sides act)."""
    groups: dict[tuple[str, str, str], list[Event]] = {}
    for event in events:
        if event.place_id and event.actor_ids and event.date_start and event.event_type not in CONTROL_TYPES | {"armed_clash"}:
            groups.setdefault((event.event_type, event.place_id, event.date_start), []).append(event)
    items: list[Item] = []
    for same in groups.values():
        for number, one in enumerate(same):
            for two in same[number + 1 :]:
                if sides.opposed(one.actor_ids, two.actor_ids, one.date_start) and _one_toll(one, two):
                    evidence, more = _both_sides(picture.claims_of(one), picture.claims_of(two), picture)
                    what = f"{wording.type_label(one.event_type)}, {wording.place_text(one)}: laid to different parties"
                    items.append(Item(what, [f"{', '.join(one.actor_names)}; {', '.join(two.actor_names)}"], evidence, more))
    return items


def _one_toll(one: Event, two: Event) -> bool:
    """Whether two events can be one told in two ways: neither has a toll, or their tolls can be one."""
    dead = [next((t for t in e.casualties if t.outcome == "killed"), None) for e in (one, two)]
    a, b = dead
    if a is None or b is None:
        return a is b
    return (a.high is None or b.low is None or a.high >= b.low) and (b.high is None or a.low is None or b.high >= a.low)


def _open(events: Sequence[Event], picture: Picture) -> list[Item]:
    """Places of the period's claims that are not known, each once, with what is known of them."""
    items: dict[tuple[str, str], Item] = {}
    for event in events:
        for claim in picture.claims_of(event):
            if not claim.place or claim.place_status == "resolved":
                continue
            key = (claim.place.lower(), claim.anchor or "")
            if key in items:
                items[key].more += 1
                continue
            items[key] = Item(claim.place, _known_of(claim), _evidence([claim], picture)[0], 0, claim.claim_id)
    return [items[key] for key in sorted(items)]


def _known_of(claim: Claim) -> list[str]:
    """What is known of where an open place lies."""
    facts: list[str] = []
    if claim.anchor:
        within = f", within {claim.radius_km:g} km" if claim.radius_km is not None else ""
        facts.append(f"near {claim.anchor}{within}")
    facts.append(claim.place_why or "no gazetteer has it")
    if claim.candidates:
        named = ", ".join(f"{c.name} ({c.lat:.2f}, {c.lon:.2f})" for c in claim.candidates[:3])
        facts.append(f"could be: {named}")
    return facts


def day_before(day: str, days: int) -> str:
    """The day so many days before one, ISO 8601."""
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
