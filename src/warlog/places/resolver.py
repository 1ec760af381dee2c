"""Which place each mention of a document is, all of them together.

Every mention gets candidates from the gazetteer. Each candidate is weighed: how well the name and kind word fit, how large
the place is, whether its country belongs to the document's theatre, whether it lies where the sentence says (in a province,
near an anchor, among the other places of its list), how near it is to the document's other places. One more candidate always
stands beside them: that the place meant is in no list. A far namesake is refused, not just weighed: such a mention is given
its anchor's point and a radius, or stays unresolved with the namesakes listed.
"""

from __future__ import annotations

from collections.abc import Sequence

from warlog.places import keys
from warlog.places.answers import answer
from warlog.places.calibration import accept
from warlog.places.candidates import exact, misspelled
from warlog.places.cases import EXTENT, Case, lies_in, list_points, other_points, pins_of
from warlog.places.gazetteer import Gazetteer
from warlog.places.model import DocumentContext, Mention, NameHit, Resolution
from warlog.places.spot import never_places
from warlog.places.theatre import Theatre, theatre
from warlog.places.weigh import Scene, has_rival, judge

#: In the first round only what stands by itself is accepted.
_SURE = 0.865
#: Below this a bare name follows a better founded one of the same name in the text.
_UNSURE = 0.82
_MOST_BYSTANDERS = 20


def resolve(mentions: Sequence[Mention], context: DocumentContext, gazetteer: Gazetteer) -> list[Resolution]:
    """Answer each mention of a document with the place it is or what is known of it, in the order given."""
    if not mentions:
        return []
    spotted = [hit for text in (context.text, context.title) if text for hit in gazetteer.spot(text)]
    where = theatre(mentions, context, gazetteer, spotted)
    everything = [*mentions, *_bystanders(mentions, spotted)]
    cases = [_case(m, gazetteer) for m in everything]
    order = _anchors_first(everything)
    for sure in (True, False, False):
        for i in order:
            _settle(i, cases, where, gazetteer, sure)
        _fit_areas(cases)
    _one_sense(cases)
    return [answer(c, cases, where, gazetteer) for c in cases[: len(mentions)]]


def _bystanders(mentions: Sequence[Mention], spotted: Sequence[NameHit]) -> list[Mention]:
    """Names of the text that no mention uses, each once: where they lie tells where the mentions lie."""
    known = {keys.loose_key(m.name) for m in mentions if m.name}
    out: dict[str, Mention] = {}
    for hit in spotted:
        key = keys.loose_key(hit.text)
        if key not in known and key not in out and len(out) < _MOST_BYSTANDERS:
            out[key] = Mention(hit.text, hit.start, hit.end, -1, -1)
    return list(out.values())


def _case(mention: Mention, gazetteer: Gazetteer) -> Case:
    name = mention.name.strip()
    blocked = not name or (name.lower() in never_places() and not any(f.place.kind == "country" for f in gazetteer.find(name)))
    found = [] if blocked else exact(name, mention.kind, gazetteer)
    return Case(mention, keys.loose_key(name) if name else "", found)


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


def _settle(i: int, cases: list[Case], where: Theatre, gazetteer: Gazetteer, sure: bool) -> None:
    """Judge one mention by what is settled so far."""
    case = cases[i]
    case.pins = pins_of(i, cases)
    if not case.mention.name or case.fixed:
        return
    listed = [] if sure else list_points(i, cases)
    others = [] if sure else other_points(i, cases, where)
    local = [] if sure else other_points(i, cases, where, capitals=False)
    at_home = any(f.place.country in where for f in case.found)
    scene = Scene(where, case.pins, listed, others, local, at_home, has_rival(case, where), _unmet(case, cases))
    ranked, refused = judge(case, case.found, scene, gazetteer)
    best = ranked[0] if ranked else None
    if not sure and (best is None or best[1] < accept()):
        points = tuple(
            p.point for p in case.pins if p.place is None or p.place.kind not in {"country", "continent", "region"}
        ) or tuple(listed)
        tight = bool(points)
        points = points or tuple(others[:6])
        # a bystander only helps to tell where the others lie, and was found as it is written
        if points and case.mention.sentence >= 0 and case.mention.name.lower() not in never_places():
            near = misspelled(case.mention.name, points[:6], gazetteer)
            known = {r for f in case.found for r in f.rows}
            near = [
                f
                for f in near
                if f.row not in known and f.place.kind not in {"country", "continent"} and (tight or f.match >= 0.76)
            ]
            if near:
                again, more = judge(case, [*case.found, *near], scene, gazetteer)
                if again and again[0][1] > (best[1] if best else 0.0):
                    ranked, refused, best = again, more, again[0]
    case.ranked, case.refused = ranked, refused
    limit = _SURE if sure else accept()
    if best is not None and best[1] >= limit and not (sure and best[0].match < 0.9):
        case.chosen, case.probability = best[0], best[1]
    elif not sure:
        case.chosen, case.probability = None, 0.0


def _fit_areas(cases: list[Case]) -> None:
    """ "Atlanta, Georgia": of the areas that bear a name, the one is meant that holds what is said to lie in it."""
    for case in cases:
        named = [f for f in case.found if f.match == 1.0 and f.place.kind not in EXTENT]
        for j in case.mention.within:
            area = cases[j] if 0 <= j < len(cases) else None
            if area is None or not named or area.mention.kind:
                continue
            if area.chosen is not None and any(lies_in(f, area.chosen.place) is not False for f in named):
                continue
            wide = [f for f in area.found if f.match == 1.0 and f.place.kind in EXTENT]
            held = [f for f in wide if any(lies_in(n, f.place) for n in named)]
            if len(held) == 1 and (area.chosen is None or held[0].row != area.chosen.row):
                area.chosen, area.probability = held[0], max(accept(), area.probability)
                area.fixed = True


def _unmet(case: Case, cases: list[Case]) -> str:
    """Name of an area that a mention is said to lie in and that is not known; "" if there is none."""
    areas = [cases[j] for j in case.mention.within if 0 <= j < len(cases)]
    return next((a.mention.name for a in areas if a.chosen is None and a.mention.name), "")


def _one_sense(cases: list[Case]) -> None:
    """Within a document one name means one place: a bare mention follows a better founded one of the same name."""
    best: dict[str, Case] = {}
    for case in cases:
        if case.chosen is not None and case.key and (case.key not in best or case.probability > best[case.key].probability):
            best[case.key] = case
    for case in cases:
        lead = best.get(case.key) if case.key else None
        if lead is None or lead is case or lead.chosen is None or case.mention.kind or case.pins:
            continue
        if case.chosen is None or (
            case.chosen.row != lead.chosen.row and case.probability < _UNSURE and lead.probability > case.probability
        ):
            if lead.chosen.place.kind in EXTENT and (lead.mention.kind or lead.mention.part):
                continue
            case.chosen, case.probability = lead.chosen, lead.probability
            if not any(f.row == lead.chosen.row for f, _, _ in case.ranked):
                case.ranked = [(lead.chosen, lead.probability, "as elsewhere in the text"), *case.ranked]
