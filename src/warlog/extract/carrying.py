"""What drafts take over from other sentences: the place and the day of the happening that they go on to tell of."""

from __future__ import annotations

from warlog.extract.draft import Draft
from warlog.extract.readings.kinds import ATTACKS
from warlog.extract.story import Scene
from warlog.extract.wordlists import wordlists

#: event types that are told of over several sentences, and so take the place named before
_FOLLOWS = (ATTACKS - {"abduction"}) | {"casualty_report", "displacement"}
#: event types whose undated tellings are of the happening that the document dates elsewhere
_DATED = (ATTACKS - {"abduction", "property_destruction"}) | {"casualty_report"}
#: event types that happen at one spot, never over a country
_ONE_SPOT = frozenset(
    {"explosion", "suicide_attack", "chemical_attack", "casualty_report", "interception", "attack_on_civilians"}
)
#: a place is carried over so many sentences; farther where the same kind of event is told of as known ("the attack")
_PLACE_REACH, _KNOWN_REACH = 2, 3
#: drafts looked back on for a place
_BACK = 10
#: a day is carried forward, and for headlines back, over so many sentences
_DAY_REACH, _DAY_BACK = 6, 4
#: event types that an account goes on to tell of on the day that it told last, and over so many sentences
_GOES_ON = _DATED | {"territory_captured", "territory_transferred", "arrest", "abduction", "deployment", "displacement"}
_STORY_REACH = 1
#: words of a sentence among which one that goes on with the story is looked for
_OPENING = 3
#: sentences that can be headlines: their day stands below them
_HEADLINES = 3


def carry(drafts: list[Draft], scene: Scene) -> None:
    """Give the drafts of a sentence the place told of before, where they have none; note who acted last."""
    for d in drafts:
        if d.event_type in _FOLLOWS or d.frame == "leave":
            if not d.places and not _of_the_war(d):
                _carry_place(d, scene.story.drafts)
            elif d.event_type in _ONE_SPOT and d.places and all(p.country for p in d.places):
                _narrow_place(d, scene.story.drafts)
    acting = [d for d in drafts if d.actor and d.event_type != "statement"] or [d for d in drafts if d.actor]
    if acting:
        scene.story.last_actor = acting[0].actor


def _of_the_war(d: Draft) -> bool:
    """Whether a toll is that of a whole war, which is at no place told of before."""
    return d.event_type == "casualty_report" and bool({t.lemma_.lower() for t in d.parsed.doc} & wordlists("carrying")["wars"])


def _narrow_place(d: Draft, before: list[Draft]) -> None:
    """A blast is not at the middle of a country: where the same kind of event was told of at a spot just before, it is there."""
    like = _FOLLOWS if d.event_type == "casualty_report" else {d.event_type}
    kin = [b for b in before[-_BACK:] if b.event_type in like and b.number >= d.number - _DAY_REACH]
    kin = [b for b in kin if any(p.named and not p.country for p in b.places)]
    new = any(c.lower_ in {"a", "an", "another"} for c in d.parsed.doc[d.trigger].children)
    if kin and not new:
        d.place_at([p for p in kin[-1].places if p.named and not p.country][:1])
        d.carried_place = True


def _carry_place(d: Draft, before: list[Draft]) -> None:
    recent = [b for b in before[-_BACK:] if b.number >= d.number - _KNOWN_REACH and any(p.named for p in b.places)]
    if d.frame == "leave":
        # troops leave the place that was fought for or taken
        kin = [b for b in recent if b.event_type.startswith("territory") or b.event_type == "armed_clash"]
    else:
        told = [b for b in recent if b.event_type in _FOLLOWS]
        kin = [b for b in told if b.event_type == d.event_type]
        if not kin and (d.definite or d.event_type == "casualty_report"):
            kin = told
    if not kin:
        return
    last = kin[-1]
    reach = _KNOWN_REACH if d.definite and last.event_type == d.event_type else _PLACE_REACH
    if last.number >= d.number - reach:
        d.place_at(last.places[:1])
        d.carried_place = True


def carry_dates(drafts: list[Draft]) -> None:
    """Give undated tellings of a happening the day that the document gives it before, or, for a headline, after.

    Only day-exact dates are carried, only to the same kind of event, and only to what is told as having happened.
    """
    dated = [(i, d) for i, d in enumerate(drafts) if d.on_one_day and not d.weak_date and d.event_type in _DATED]
    for i, d in enumerate(drafts):
        undated = d.weak_date or not (d.date_start or d.date_end)
        if d.certainty == "planned" or not undated:
            continue
        source = _dated_telling(i, d, dated) if d.event_type in _DATED else None
        source = source or _same_story(i, d, drafts)
        if source is not None:
            d.date_as(source)
            d.weak_date = False


def _same_story(at: int, d: Draft, drafts: list[Draft]) -> Draft | None:
    """The day told just before in the same paragraph: accounts go on from it without naming it again."""
    opening = {t.lower_ for t in d.parsed.doc[:_OPENING]} | {c.lower_ for c in d.parsed.doc[d.trigger].children}
    if d.event_type not in _GOES_ON or d.certainty != "asserted" or not opening & wordlists("carrying")["words_of_going_on"]:
        return None
    for o in reversed(drafts[:at]):
        if d.number - o.number > _STORY_REACH or o.parsed.sentence.paragraph != d.parsed.sentence.paragraph:
            return None
        if o.number < d.number and (o.date_start or o.date_end):
            return o if o.on_one_day and not o.weak_date and o.certainty == "asserted" else None
    return None


def _dated_telling(at: int, d: Draft, dated: list[tuple[int, Draft]]) -> Draft | None:
    same = [(j, o) for j, o in dated if o.event_type == d.event_type or d.event_type == "casualty_report"]
    before = [o for j, o in same if j < at and d.number - o.number <= _DAY_REACH]
    if before:
        return before[-1]
    after = [o for j, o in same if j > at and o.number - d.number <= _DAY_BACK]
    if after and d.number <= _HEADLINES:
        return after[0]
    here = [o for _, o in dated if o.number == d.number and o.event_type != d.event_type]
    return here[-1] if here and not d.weak_date else None
