"""Which place each mention of a document is, all of them together.

Every mention gets candidates from the gazetteer. Each candidate is weighed: how well the name and kind word fit, how large
the place is, whether its country belongs to the document's theatre, whether it lies where the sentence says (in a province,
near an anchor, among the other places of its list), how near it is to the document's other places. One more candidate always
stands beside them: that the place meant is in no list. A far namesake is refused, not just weighed: such a mention is given
its anchor's point and a radius, or stays unresolved with the namesakes listed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from warlog.places import geo, keys
from warlog.places.candidates import STAND_IN, agreement, exact, misspelled
from warlog.places.gazetteer import Found, Gazetteer, describe
from warlog.places.model import DocumentContext, Mention, NameHit, Place, Resolution
from warlog.places.spot import never_places
from warlog.places.theatre import THRESHOLD, Theatre, theatre
from warlog.places.words import place_words
from warlog.records import Candidate

#: A probability below which a place is not accepted.
ACCEPT = 0.5
#: In the first round only what stands by itself is accepted.
_SURE = 0.85
#: Weight of "the place meant is in no list", on the scale of a candidate's weight.
_UNLISTED = 2.2
_CANDIDATES_SHOWN = 5
_MOST_BYSTANDERS = 20
_PROMINENT = 1_000_000
_LARGE = 50_000
_TOWN = 5_000
_RIVAL = 50_000
_METROPOLIS = 500_000
#: A small place this far from all else in the text is taken for a namesake.
_FAR_KM = 400.0
#: A town of another country this near to the document's places belongs to them.
_BORDER_KM = 90.0

#: How far from its anchor a place can lie, in kilometres, by relation.
_REACH = {"near": 45.0, "direction": 70.0, "outskirts": 25.0, "countryside": 70.0, "part": 30.0, "at": 25.0, "on_road": 70.0}
#: Radius given to a mention that is only anchored, by relation.
_RADIUS = {"near": 20.0, "direction": 40.0, "outskirts": 12.0, "countryside": 40.0, "part": 12.0, "at": 12.0, "on_road": 40.0}
#: How far a place of this kind reaches about its point.
_EXTENT = {"continent": 3000.0, "country": 450.0, "region": 110.0, "county": 40.0, "area": 120.0, "water": 250.0}
_PRECISION = {"country": 6, "continent": 6, "region": 4, "county": 3, "area": 5, "water": 5, "road": 5}


@dataclass(slots=True)
class _Pin:
    """What is known of where a mention must lie: a point, how far from it, and whose point it is."""

    point: tuple[float, float]
    reach: float
    name: str
    radius: float
    bearing: float | None = None
    place: Place | None = None
    #: said of an area that the place lies in, rather than of a neighbour
    container: bool = False


@dataclass(slots=True)
class _Case:
    """A mention on its way to being resolved."""

    mention: Mention
    key: str
    found: list[Found]
    chosen: Found | None = None
    probability: float = 0.0
    ranked: list[tuple[Found, float, str]] = field(default_factory=list)
    refused: list[tuple[Found, str]] = field(default_factory=list)
    pins: list[_Pin] = field(default_factory=list)
    tried: tuple[tuple[float, float], ...] = ()


def resolve(mentions: Sequence[Mention], context: DocumentContext, gazetteer: Gazetteer) -> list[Resolution]:
    """Answer each mention of a document with the place it is or what is known of it, in the order given."""
    if not mentions:
        return []
    text = "\n".join(x for x in (context.title, context.text) if x)
    spotted = gazetteer.spot(text, context.countries) if text else []
    where = theatre(mentions, context, gazetteer, spotted)
    everything = [*mentions, *_bystanders(mentions, spotted)]
    cases = [_case(m, gazetteer) for m in everything]
    order = _anchors_first(everything)
    for sure in (True, False, False):
        for i in order:
            _settle(i, cases, where, gazetteer, sure)
    _one_sense(cases)
    return [_answer(c, cases, where, gazetteer) for c in cases[: len(mentions)]]


def _bystanders(mentions: Sequence[Mention], spotted: Sequence[NameHit]) -> list[Mention]:
    """Names of the text that no mention uses, each once: where they lie tells where the mentions lie."""
    known = {keys.loose_key(m.name) for m in mentions if m.name}
    out: dict[str, Mention] = {}
    for hit in spotted:
        key = keys.loose_key(hit.text)
        if key not in known and key not in out and len(out) < _MOST_BYSTANDERS:
            out[key] = Mention(hit.text, hit.start, hit.end, -1, -1)
    return list(out.values())


def _case(mention: Mention, gazetteer: Gazetteer) -> _Case:
    name = mention.name.strip()
    blocked = not name or (name.lower() in never_places() and not any(f.place.kind == "country" for f in gazetteer.find(name)))
    found = [] if blocked else exact(name, mention.kind, gazetteer)
    return _Case(mention, keys.loose_key(name) if name else "", found)


def _anchors_first(mentions: Sequence[Mention]) -> list[int]:
    """Indexes with each mention after those that it is located by; a circle is cut where it is met."""
    order: list[int] = []
    state = [0] * len(mentions)

    def visit(i: int) -> None:
        if not 0 <= i < len(mentions) or state[i]:
            return
        state[i] = 1
        relation = mentions[i].relation
        for j in (*(relation.anchors if relation else ()), *mentions[i].within):
            visit(j)
        order.append(i)

    for i in range(len(mentions)):
        visit(i)
    return order


# ------------------------------------------------------------------------------------------------------------ where it lies


def _extent(place: Place) -> float:
    if place.kind in _EXTENT:
        return _EXTENT[place.kind]
    return 25.0 if place.population >= 100_000 or place.kind == "capital" else 12.0


def _pins(i: int, cases: list[_Case]) -> list[_Pin]:
    """Points that the sentence ties a mention to: its relation's anchors, areas it lies in."""
    pins: list[_Pin] = []
    mention = cases[i].mention
    relation = mention.relation
    if relation is not None:
        anchors = [cases[j].chosen for j in relation.anchors if 0 <= j < len(cases) and j != i]
        known = [a for a in anchors if a is not None]
        if relation.kind == "between" and len(known) == 2:
            a, b = known
            span = geo.distance_km(a.point, b.point)
            pins.append(_Pin(geo.middle(a.point, b.point), span * 0.6 + 15, f"{a.place.name} and {b.place.name}", span / 2 + 10))
        elif known:
            a = known[0]
            reach, radius = _REACH.get(relation.kind, 45.0), _RADIUS.get(relation.kind, 25.0)
            if relation.km is not None:
                reach, radius = relation.km * 1.6 + 12, relation.km * 1.2 + 5
            elif a.place.kind in _EXTENT:
                reach, radius = reach + _extent(a.place), radius + _extent(a.place)
            pins.append(_Pin(a.point, reach, a.place.name, radius, relation.bearing, a.place))
    for j in mention.within:
        if 0 <= j < len(cases) and j != i and (area := cases[j].chosen) is not None:
            place = _as_area(area.place, cases[j].mention.kind)
            size = _extent(place)
            pins.append(_Pin(area.point, size, place.name, size, None, place, container=True))
    return pins


def _as_area(place: Place, kind: str | None) -> Place:
    """A town that stands for the province or district called after it, where no gazetteer has that, reaches as far."""
    classes = place_words().classes(kind)
    if place.kind not in _EXTENT and "region" in classes:
        return replace(place, kind="region")
    return replace(place, kind="county") if place.kind not in _EXTENT and classes[:1] == ("county",) else place


def _list_points(i: int, cases: list[_Case]) -> list[tuple[float, float]]:
    """Points of the other members of a mention's list that are settled."""
    number = cases[i].mention.list_id
    if number is None:
        return []
    return [
        c.chosen.point
        for j, c in enumerate(cases)
        if j != i and c.mention.list_id == number and c.chosen is not None and c.key != cases[i].key
    ]


def _others(i: int, cases: list[_Case], where: Theatre, capitals: bool = True) -> list[tuple[float, float]]:
    """Points of the document's other settled places in the theatre; countries and the like are left out."""
    own = cases[i].key
    return [
        c.chosen.point
        for j, c in enumerate(cases)
        if j != i
        and c.chosen is not None
        and c.key != own
        and c.chosen.place.kind not in _EXTENT
        and c.chosen.place.country in where
        and (capitals or c.chosen.place.kind != "capital")
    ]


def _inside(found: Found, area: Place) -> bool | None:
    """Whether a place lies in an area by what both say of themselves; None if that cannot be told."""
    place = found.place
    if place.place_id == area.place_id:
        return True
    if place.country and area.country and place.country != area.country:
        return False
    if area.kind == "country":
        return bool(place.country) and place.country == area.country
    distance = geo.distance_km(found.point, (area.lat, area.lon))
    if area.kind in {"region", "county"}:
        own = place.admin1 if area.kind == "region" else place.admin2
        if own and not own.isdigit() and keys.loose_key(own) in {keys.loose_key(n) for n in (area.name, *area.names)}:
            return True
        if distance > (220.0 if area.kind == "region" else 70.0):
            return False
        return True if distance < 15.0 else None
    if area.kind in {"area", "water", "continent"}:
        return None
    return distance <= (25.0 if area.population >= 100_000 or area.kind == "capital" else 12.0)


# ------------------------------------------------------------------------------------------------------------------ weighing


def _named_so(found: Found, name: str) -> bool:
    """Whether the name is the one English readers know a place by, not one of its names in other tongues."""
    if keys.plain_key(found.place.name) == keys.plain_key(name):
        return True
    first = keys.words(name)
    native = (
        len(first) > 1
        and first[0] in {"al", "el", "as", "ash", "ad", "an", "ar", "at", "az"}
        and not keys.plain_key(found.place.name).startswith("al")
    )
    return found.place.kind in {"capital", "country", "continent"} and found.match == 1.0 and not native


def _prominent(found: Found, mention: Mention) -> bool:
    """A place so well known that its bare name means it wherever the document plays."""
    classes = set(place_words().classes(mention.kind))
    if found.match < 1.0 or (
        classes & {"village", "neighbourhood", "hill", "base", "camp", "airport"} - {"city"} and "city" not in classes
    ):
        return False
    if not _named_so(found, mention.name):
        return False
    kind = found.place.kind
    return (
        kind in {"country", "continent"} or (kind == "capital" and found.population >= 150_000) or found.population >= _PROMINENT
    )


def _kind_prior(found: Found, mention: Mention, siblings: Sequence[Found]) -> float:
    """What a bare name usually means: the country, then the town rather than the district or province called after it."""
    if mention.kind and place_words().classes(mention.kind):
        return 4.0 * agreement(mention.kind, found)
    kind = found.place.kind
    if kind in {"country", "continent"}:
        return 4.0
    has_town = any(
        _is_town(s) and s.place.country == found.place.country and geo.distance_km(s.point, found.point) < 350 for s in siblings
    )
    countryside = mention.part is not None and mention.part in place_words().countryside
    if kind == "region":
        return 1.5 if countryside else (-7.0 if has_town else 1.0)
    if kind == "county":
        return -7.0 if has_town else -0.5
    if countryside and any(s.place.kind == "region" for s in siblings):
        return -3.0
    return {"capital": 0.7, "airport": -2.5, "facility": -1.0, "neighbourhood": -0.7, "water": 0.5, "area": 0.5}.get(kind, 0.0)


def _is_town(found: Found) -> bool:
    return found.place.kind in {"capital", "city", "town"} or (found.place.kind == "locality" and found.fame >= 1_000)


def _size(found: Found, mention: Mention) -> float:
    """How much its size speaks for a place: a large one is meant more often."""
    if found.place.kind in _EXTENT:
        return 6.8
    people = found.fame
    if "village" in place_words().classes(mention.kind):
        people = min(people, 5_000)
    return 1.8 * math.log10(people + 60)


@dataclass(slots=True)
class _Scene:
    """What one mention is judged against."""

    where: Theatre
    pins: list[_Pin]
    listed: list[tuple[float, float]]
    others: list[tuple[float, float]]
    #: those of them that are no capitals, which are named wherever their country is
    local: list[tuple[float, float]]
    #: whether some candidate lies in the theatre, and whether one of them is a town of some size
    at_home: bool
    rival: bool


def _weigh(
    found: Found, mention: Mention, siblings: Sequence[Found], scene: _Scene, gazetteer: Gazetteer
) -> tuple[float, str, str | None]:
    """Weight of a candidate, what spoke for and against it, and why it is refused outright (None if it is not)."""
    notes: list[str] = []
    weight = -10.0 * (1.0 - found.match)
    if 0.9 <= found.match < 1.0 and len(keys.loose_key(mention.name)) >= 7:
        # a long name in another romanisation is as good as the same
        weight = -0.4
    notes.append("name as written" if found.match == 1.0 else "other spelling" if found.match >= 0.9 else "likely misspelling")
    weight += _size(found, mention) + _kind_prior(found, mention, siblings)
    if keys.plain_key(mention.name) in {keys.plain_key(gazetteer.place(r).name) for r in found.rows}:
        weight += 0.8
    if mention.kind and agreement(mention.kind, found) <= -1.0:
        return weight, "; ".join(notes), f"it is no {mention.kind}"
    prominent = _prominent(found, mention) and not (scene.rival and found.place.country not in scene.where)
    share = scene.where.share(found.place.country)
    if found.place.kind not in {"country", "continent"}:
        penalty = 1.7 * math.log(share + 0.01)
        if (
            prominent
            and (not scene.at_home or found.place.kind == "capital")
            and (found.place.kind == "capital" or mention.list_id is None or share >= 0.05)
        ):
            penalty = max(penalty, -2.0)
        weight += penalty
        if (
            share < THRESHOLD
            and not prominent
            and found.population < _METROPOLIS
            and scene.where.shares
            and not _close(found, scene)
        ):
            return weight, "; ".join(notes), f"in {found.place.country}, which the text is not about"
        if share < 0.05 and scene.where.shares:
            notes.append("outside the countries the text is about")
    for pin in scene.pins:
        distance = geo.distance_km(found.point, pin.point)
        if pin.container and pin.place is not None:
            inside = _inside(found, pin.place)
            if inside is False:
                return weight, "; ".join(notes), f"not in {pin.name}"
            weight += 3.0 if inside else 1.0
            notes.append(f"in {pin.name}" if inside else f"{distance:.0f} km from {pin.name}")
            continue
        if distance > pin.reach:
            return weight, "; ".join(notes), f"{distance:.0f} km from {pin.name}"
        weight += 3.0 - 2.0 * distance / pin.reach
        if pin.bearing is not None and distance > 4 and geo.turn(pin.bearing, geo.bearing(pin.point, found.point)) > 80:
            weight -= 1.5
        notes.append(f"{distance:.0f} km from {pin.name}")
    if scene.listed and found.place.kind not in {"country", "continent", "region"}:
        nearest = min(geo.distance_km(found.point, p) for p in scene.listed)
        close = sum(1 for p in scene.listed if geo.distance_km(found.point, p) <= 80)
        if close == 0 and (found.fame < _LARGE or (len(scene.listed) >= 2 and _spread(scene.listed) <= 60 and share < 0.5)):
            return weight, "; ".join(notes), f"{nearest:.0f} km from the rest of its list"
        weight += 1.0 - 1.1 * math.log1p(nearest / 15)
        notes.append(f"{nearest:.0f} km from its list")
    if scene.others and not scene.pins and not scene.listed and found.place.kind not in _EXTENT:
        nearest = min(geo.distance_km(found.point, p) for p in scene.others)
        stand_in = bool(mention.kind) and agreement(mention.kind, found) == STAND_IN
        far = min((geo.distance_km(found.point, p) for p in scene.local), default=0.0)
        if not prominent and ((far > _FAR_KM and found.fame < _TOWN) or (stand_in and far > _FAR_KM / 2)):
            return weight, "; ".join(notes), f"{far:.0f} km from every other place of the text"
        pull = 0.85 * math.log1p(nearest / 15)
        weight -= min(pull, 0.5) if prominent else pull
        notes.append(f"{nearest:.0f} km from other places of the text")
    elif not scene.others and not scene.pins and not scene.listed and found.place.kind not in _EXTENT:
        weight -= 0.0 if prominent or found.fame >= _LARGE else 0.8
    return weight, "; ".join(notes), None


def _close(found: Found, scene: _Scene) -> bool:
    """Whether a place lies near something the document is known to be about: towns just over a border do."""
    known = [*(p.point for p in scene.pins if not p.container), *scene.listed, *scene.others]
    return any(geo.distance_km(found.point, p) <= _BORDER_KM for p in known)


def _rival(case: _Case, where: Theatre) -> bool:
    """Whether a town of the theatre bears the very name, so that a famous namesake elsewhere has no claim on it."""
    return any(
        f.match == 1.0 and f.fame >= _RIVAL and f.place.country in where and f.place.kind not in {"country", "continent"}
        for f in case.found
    )


def _spread(points: Sequence[tuple[float, float]]) -> float:
    """Largest distance among points."""
    return max((geo.distance_km(a, b) for a in points for b in points), default=0.0)


def _judge(
    case: _Case, found: Sequence[Found], scene: _Scene, gazetteer: Gazetteer
) -> tuple[list[tuple[Found, float, str]], list[tuple[Found, str]]]:
    """Candidates with their probabilities, best first, and those refused with the reason."""
    weighed: list[tuple[Found, float, str]] = []
    refused: list[tuple[Found, str]] = []
    for f in found:
        weight, notes, why = _weigh(f, case.mention, found, scene, gazetteer)
        if why is None:
            weighed.append((f, weight, notes))
        else:
            refused.append((f, why))
    top = max([w for _, w, _ in weighed] + [_UNLISTED], default=_UNLISTED)
    total = sum(math.exp(w - top) for _, w, _ in weighed) + math.exp(_UNLISTED - top)
    ranked = sorted(((f, math.exp(w - top) / total, n) for f, w, n in weighed), key=lambda x: (-x[1], x[0].row))
    return ranked, refused


def _settle(i: int, cases: list[_Case], where: Theatre, gazetteer: Gazetteer, sure: bool) -> None:
    """Judge one mention by what is settled so far."""
    case = cases[i]
    case.pins = _pins(i, cases)
    if not case.mention.name:
        return
    listed = [] if sure else _list_points(i, cases)
    others = [] if sure else _others(i, cases, where)
    local = [] if sure else _others(i, cases, where, capitals=False)
    scene = _Scene(
        where, case.pins, listed, others, local, any(f.place.country in where for f in case.found), _rival(case, where)
    )
    ranked, refused = _judge(case, case.found, scene, gazetteer)
    best = ranked[0] if ranked else None
    if not sure and (best is None or best[1] < ACCEPT):
        points = tuple(
            p.point for p in case.pins if p.place is None or p.place.kind not in {"country", "continent", "region"}
        ) or tuple(listed)
        tight = bool(points)
        points = points or tuple(others[:6])
        if points and case.mention.name.lower() not in never_places():
            near = misspelled(case.mention.name, points[:6], gazetteer)
            known = {r for f in case.found for r in f.rows}
            near = [
                f
                for f in near
                if f.row not in known and f.place.kind not in {"country", "continent"} and (tight or f.match >= 0.76)
            ]
            if near:
                again, more = _judge(case, [*case.found, *near], scene, gazetteer)
                if again and again[0][1] > (best[1] if best else 0.0):
                    ranked, refused, best = again, more, again[0]
    case.ranked, case.refused = ranked, refused
    limit = _SURE if sure else ACCEPT
    if best is not None and best[1] >= limit and not (sure and best[0].match < 0.9):
        case.chosen, case.probability = best[0], best[1]
    elif not sure:
        case.chosen, case.probability = None, 0.0


def _one_sense(cases: list[_Case]) -> None:
    """Within a document one name means one place: a bare mention follows a better founded one of the same name."""
    best: dict[str, _Case] = {}
    for case in cases:
        if case.chosen is not None and case.key and (case.key not in best or case.probability > best[case.key].probability):
            best[case.key] = case
    for case in cases:
        lead = best.get(case.key) if case.key else None
        if lead is None or lead is case or lead.chosen is None or case.mention.kind or case.pins:
            continue
        if case.chosen is None or (
            case.chosen.row != lead.chosen.row and case.probability < 0.7 and lead.probability > case.probability
        ):
            if lead.chosen.place.kind in _EXTENT and (lead.mention.kind or lead.mention.part):
                continue
            case.chosen, case.probability = lead.chosen, lead.probability
            if not any(f.row == lead.chosen.row for f, _, _ in case.ranked):
                case.ranked = [(lead.chosen, lead.probability, "as elsewhere in the text"), *case.ranked]


# ------------------------------------------------------------------------------------------------------------------ answering


def _candidates(case: _Case) -> list[Candidate]:
    out = [
        Candidate(f.place.place_id, f.place.name, f.place.lat, f.place.lon, round(p, 3), f"{n}; {describe(f)}")
        for f, p, n in case.ranked[:_CANDIDATES_SHOWN]
    ]
    for f, why in sorted(case.refused, key=lambda x: -x[0].population)[: max(0, _CANDIDATES_SHOWN - len(out))]:
        out.append(Candidate(f.place.place_id, f.place.name, f.place.lat, f.place.lon, 0.0, f"refused: {why}; {describe(f)}"))
    return out


def _answer(case: _Case, cases: list[_Case], where: Theatre, gazetteer: Gazetteer) -> Resolution:
    """The resolution of a settled mention."""
    candidates = _candidates(case)
    if case.chosen is not None:
        return _resolved(case, case.chosen, candidates, gazetteer)
    pin = _best_pin(case, cases)
    if pin is not None and pin.place is not None and pin.place.kind in {"country", "continent"}:
        why = f"all that is known is that it lies in {pin.name}"
        return Resolution(
            "unresolved",
            country=pin.place.country or None,
            anchor=pin.name,
            radius_km=round(pin.radius, 1),
            geo_precision=6,
            candidates=candidates,
            why=why,
        )
    if pin is not None:
        why = f"{case.mention.name or 'the place'} is in no open gazetteer near {pin.name}"
        if case.refused:
            f, reason = max(case.refused, key=lambda x: x[0].population)
            why = f"the namesake {f.place.name} was refused ({reason})"
        if not case.mention.name:
            why = "only what it lies by is named"
        place = pin.place
        wide = place is not None and place.kind in {"country", "continent", "region", "area", "water"}
        precision = _PRECISION.get(place.kind, 2) if place is not None and wide else (2 if pin.radius <= 25 else 3)
        return Resolution(
            "anchored", round(pin.point[0], 5), round(pin.point[1], 5), country=place.country if place else None,
            admin1=place.admin1 if place else None, admin2=place.admin2 if place else None, anchor=pin.name, radius_km=round(pin.radius, 1),
            geo_precision=precision, probability=0.0, candidates=candidates, why=f"{why}; anchored on {pin.name} within {pin.radius:.0f} km",
        )  # fmt: skip
    if not case.mention.name:
        why = "no place is named"
    elif case.refused and not case.ranked:
        f, reason = max(case.refused, key=lambda x: x[0].population)
        why = f"every place of that name was refused, such as {f.place.name} ({reason})"
    elif case.ranked:
        why = "no place of that name is likely enough" + (f" in {', '.join(where.countries[:3])}" if where.countries else "")
    else:
        why = "no open gazetteer has the name"
    return Resolution("unresolved", candidates=candidates, why=why)


def _best_pin(case: _Case, cases: list[_Case]) -> _Pin | None:
    """The tightest point that a mention with no place of its own is tied to."""
    pins = sorted(case.pins, key=lambda p: p.radius)
    if pins:
        return pins[0]
    i = next(n for n, c in enumerate(cases) if c is case)
    points = _list_points(i, cases)
    if case.mention.name and len(points) >= 2 and _spread(points) <= 60:
        members = [
            c
            for c in cases
            if c.mention.list_id == case.mention.list_id and c.chosen is not None and c.chosen.place.kind not in _EXTENT
        ]
        members.sort(key=lambda c: sum(geo.distance_km(c.chosen.point, p) for p in points) if c.chosen else 0.0)
        if members and members[0].chosen is not None:
            head = members[0].chosen
            return _Pin(head.point, 60.0, head.place.name, max(25.0, _spread(points)), None, head.place)
    return None


def _resolved(case: _Case, found: Found, candidates: list[Candidate], gazetteer: Gazetteer) -> Resolution:
    place, mention = found.place, case.mention
    precision = _PRECISION.get(place.kind, 1)
    notes = next((n for f, _, n in case.ranked if f.row == found.row), "")
    why = f"{place.name}: {describe(found)}" + (f"; {notes}" if notes else "")
    classes = set(place_words().classes(mention.kind))
    lat, lon, status, radius, anchor = place.lat, place.lon, "resolved", None, None
    if precision == 1 and (mention.part and mention.part not in {"area", "areas", "town", "city"}):
        precision = 2
    if precision == 1 and classes and agreement(mention.kind, found) < 0:
        precision = 4 if classes == {"region"} else 3 if "county" in classes else 2
        if precision == 2:
            why += f"; the {mention.kind} is taken to be at the place of that name"
    if mention.part and place.kind in {"country", "continent"}:
        side = _side(mention.part)
        status, anchor, precision, radius = "anchored", place.name, 6, _EXTENT[place.kind]
        if side is not None and (shifted := _toward(place, side, gazetteer)) is not None:
            lat, lon = shifted
            why += f"; only {mention.part} is said, and the point is about its middle"
    resolution = Resolution(
        "resolved", round(lat, 5), round(lon, 5), place.place_id, place.name, place.kind, place.country or None, place.admin1 or None,
        place.admin2 or None, anchor, radius, precision, round(case.probability, 3), candidates, why,
    )  # fmt: skip
    return replace(resolution, status="anchored", place_id=None, place_name=None) if status == "anchored" else resolution


def _side(part: str) -> float | None:
    words = place_words().directions
    return next((float(words[w]) for w in part.split() if w in words), None)


def _toward(place: Place, side: float, gazetteer: Gazetteer) -> tuple[float, float] | None:
    """About the middle of the places on one side of a country; None where too few of its places are known."""
    points = gazetteer.points_in(place.country)
    if len(points) < 30:
        return None
    north, east = math.cos(math.radians(side)), math.sin(math.radians(side))
    shrink = math.cos(math.radians(place.lat))
    ordered = sorted(points, key=lambda p: p[0] * north + p[1] * east * shrink)
    outer = ordered[-max(10, len(ordered) // 3) :]
    return sum(p[0] for p in outer) / len(outer), sum(p[1] for p in outer) / len(outer)
