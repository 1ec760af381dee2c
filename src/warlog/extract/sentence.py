"""One parsed sentence to drafts: events with their roles, places, dates, tolls, source and certainty."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from warlog.extract import attribution, certainty, dating, grammar, locations, placing, readings, speech
from warlog.extract.attribution import Memory, SentenceSources
from warlog.extract.classes import classes
from warlog.extract.dates import DateSpan
from warlog.extract.draft import Draft, DraftPlace
from warlog.extract.frames import Reading
from warlog.extract.numbers import Toll, find_casualties
from warlog.language.parse import Parsed
from warlog.records import Casualties

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Story:
    """What a document has told so far: carried from sentence to sentence."""

    published: date | None
    arms: dict[str, int]
    memory: Memory = field(default_factory=Memory)
    officials: set[str] = field(default_factory=set)
    drafts: list[Draft] = field(default_factory=list)
    #: place phrases of the sentences read so far
    phrases: list[tuple[Parsed, list[locations.PlacePhrase]]] = field(default_factory=list)
    #: subject of the sentence before, for "it", "they", "the group"
    last_actor: str | None = None
    last_paragraph: int = -1


def read(parsed: Parsed, story: Story) -> list[Draft]:
    """The drafts of a sentence, in text order; carries the story on."""
    sources = attribution.find(parsed, story.memory)
    phrases = locations.find(parsed)
    story.phrases.append((parsed, phrases))
    events, casualty_triggers = readings.find(parsed, story.arms)
    events = [e for e in events if not _is_own_word(e, sources)]
    dates = dating.spans(parsed, story.published, _context_day(story))
    tolls = list(find_casualties(parsed.sentence.text))
    own = sources.own_words()

    events = [e for e in events if not _where_died(e, tolls)]
    by_reading, loose = _assign_tolls(parsed, tolls, events)
    _lend_killers(parsed, events, casualty_triggers)
    for toll_reading in _casualty_readings(parsed, loose, casualty_triggers, events, readings.Arms(parsed, story.arms)):
        events.append(toll_reading[0])
        by_reading[id(toll_reading[0])] = toll_reading[1]

    dated = _date_tokens(parsed, dates)
    for reading in events:
        for roles in (reading.actors, reading.targets, reading.places):
            roles[:] = [t for t in roles if t.i not in dated]

    out: list[Draft] = []
    for reading in events:
        out.append(_draft(parsed, reading, sources, phrases, own, dates, by_reading.get(id(reading), []), story))
    out += _responsibility(parsed, sources, out, story)
    tokens = [t for e in events for t in [e.token, *e.merged]]
    tokens += [parsed.doc[d.trigger] for d in out]
    for st in speech.find(parsed, sources, story.memory, tokens, story.officials):
        statement = _statement(parsed, st, sources, phrases, dates)
        if statement is not None:
            out.append(statement)
    out.sort(key=lambda d: d.trigger)
    _carry(out, parsed, story)
    story.drafts += out
    story.last_paragraph = parsed.sentence.paragraph
    return out


def _date_tokens(parsed: Parsed, dates: list[tuple[DateSpan, Token]]) -> set[int]:
    """Tokens that are part of a date: never a party or a place."""
    base = parsed.sentence.start
    return {
        i
        for span, _ in dates
        for i, (s, e) in enumerate(parsed.spans)
        if e > s and s >= base + span.start and e <= base + span.end
    }


def _is_own_word(reading: Reading, sources: SentenceSources) -> bool:
    """Whether the trigger stands inside the name of a source ("the Human Rights report on killings said")."""
    return reading.token.i in sources.own_words() and reading.type not in {"talks"}


def _context_day(story: Story) -> date | None:
    for d in reversed(story.drafts):
        if d.date_start and d.date_start == d.date_end:
            return date.fromisoformat(d.date_start)
    return None


# ---------------------------------------------------------------------------------------------------- tolls


def _where_died(e: Reading, tolls: list[Toll]) -> bool:
    """ "killed in the fighting": with nothing said of the fighting itself the sentence reports the dead."""
    t = e.token
    if e.type != "armed_clash" or not tolls or e.actors or e.targets or e.places or e.merged or t.dep_ != "pobj":
        return False
    return t.head.lower_ in {"in", "during", "since", "from"} and any(
        c.dep_ == "det" and c.lower_ in {"the", "this"} for c in t.children
    )


def _token_at(parsed: Parsed, offset: int) -> Token | None:
    at = parsed.sentence.start + offset
    for i, (s, e) in enumerate(parsed.spans):
        if s <= at < e:
            return parsed.doc[i]
    return None


def _assign_tolls(parsed: Parsed, tolls: list[Toll], events: list[Reading]) -> tuple[dict[int, list[Toll]], list[Toll]]:
    """Lay each toll to the violent event it is closest to in the parse; those with none stay loose."""
    out: dict[int, list[Toll]] = {}
    loose: list[Toll] = []
    for toll in tolls:
        at = _token_at(parsed, toll.trigger_start) or _token_at(parsed, toll.start)
        if at is None:
            continue
        if toll.outcome == "displaced":
            host = next((e for e in events if e.type == "displacement"), None)
        elif toll.outcome == "captured":
            host = next((e for e in events if e.type in {"arrest", "abduction"}), None) or _closest(
                at, [e for e in events if e.type in readings.VIOLENT]
            )
        else:
            host = _closest(
                at,
                [
                    e
                    for e in events
                    if e.type in readings.VIOLENT and e.type != "abduction" and not e.type.startswith("territory")
                ],
            )
        if host is None:
            loose.append(toll)
        else:
            out.setdefault(id(host), []).append(toll)
    return out, loose


def _lend_killers(parsed: Parsed, events: list[Reading], triggers: list[Reading]) -> None:
    """ "X killed Y in an attack": who kills and who is killed are the attack's, where it names none of its own."""
    for r in triggers:
        if r.token.pos_ != "VERB":
            continue
        host = _closest(r.token, [e for e in events if e.type in readings.VIOLENT and not e.type.startswith("territory")])
        if host is None or min(grammar.distance(r.token, t) for t in [host.token, *host.merged]) > 3:
            continue
        if not host.actors:
            host.actors = [a for a in r.actors if a != host.token]
        if not host.targets:
            host.targets = [t for t in r.targets if "place" not in classes(parsed, t)]


def _closest(at: Token, events: list[Reading]) -> Reading | None:
    best = None
    for e in events:
        d = min(grammar.distance(at, t) for t in [e.token, *e.merged])
        if best is None or d < best[0]:
            best = (d, e)
    return best[1] if best else None


def _casualty_readings(
    parsed: Parsed, loose: list[Toll], triggers: list[Reading], events: list[Reading], arms: readings.Arms
) -> list[tuple[Reading, list[Toll]]]:
    """Events of their own for tolls, and for killings with no toll, that no other event of the sentence took up."""
    # "heavy losses", with no figure and nobody named, is no report of its own
    loose = [t for t in loose if t.low is not None or t.high is not None or t.who]
    fatal = [t for t in loose if t.outcome in {"killed", "wounded", "killed_or_wounded", "missing"}]
    out: list[tuple[Reading, list[Toll]]] = []
    if fatal:
        at = [_token_at(parsed, t.trigger_start) or _token_at(parsed, t.start) for t in fatal]
        host = next((r for r in triggers if any(a is not None and grammar.distance(a, r.token) <= 2 for a in at)), None)
        if host is None and triggers:
            host = triggers[0]
        if host is None and at[0] is not None:
            from warlog.extract.lexicon import Entry

            host = Reading("casualty_report", at[0], Entry("casualty_report", "act"))
        if host is not None:
            host.type = _killing_type(parsed, host, arms)
            out.append((host, fatal))
    elif triggers and not any(e.type in readings.VIOLENT for e in events):
        for r in triggers:
            if (
                r.token.pos_ == "VERB"
                and r.actors
                and r.targets
                and r.token.lemma_.lower() in {"kill", "wound", "injure", "slay"}
            ):
                r.type = _killing_type(parsed, r, arms)
                out.append((r, []))
                break
    return out


def _killing_type(parsed: Parsed, r: Reading, arms: readings.Arms) -> str:
    """What a killing with no event around it is: by its weapon, one side killing civilians or fighters, or a mere report."""
    weapon = arms.near(readings.phrase_tokens(r))
    if weapon is not None and weapon.kind != "smallarms":
        return weapon.type
    if not r.actors:
        return "casualty_report"
    if any(classes(parsed, t) & {"civilian", "official"} for t in r.targets) and not any(
        "armed" in classes(parsed, t) for t in r.targets
    ):
        return "attack_on_civilians"
    inner = [p for t in r.targets for w, _, p in grammar.prepositions(t) if w == "of"]
    if any(classes(parsed, t) & {"armed", "group"} for t in [*r.targets, *inner]):
        return "armed_clash"
    if any(classes(parsed, t) & {"civilian"} for t in inner):
        return "attack_on_civilians"
    return "casualty_report"


def _casualties(tolls: list[Toll]) -> list[Casualties]:
    out: list[Casualties] = []
    for t in tolls:
        c = Casualties(t.outcome, t.who, t.low, t.high)
        if c not in out:
            out.append(c)
    return out


# ---------------------------------------------------------------------------------------------------- drafts

_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today"})


def party_text(parsed: Parsed, tokens: list[Token], story: Story) -> str | None:
    """A role as a coder writes it: its noun phrases with what joins them, a pronoun as what it stands for."""
    named = [t for t in tokens if t.pos_ != "PRON" and t.lower_ not in {"who", "which", "that"}]
    if not named:
        for t in tokens:
            if t.lower_ in {"it", "they", "them", "he", "she", "which", "who"} and story.last_actor:
                return story.last_actor
            if t.lower_ in {"both", "others"}:
                return "both sides" if t.lower_ == "both" else None
        return None
    named.sort(key=lambda t: t.i)
    spans = [
        [k for k in grammar.phrase(t) if k == t or not (k.dep_ in {"npadvmod", "nummod", "compound"} and k.lower_ in _WEEKDAYS)]
        for t in named
    ]
    first = list(spans[0])
    joined = list(first)
    for span in spans[1:]:
        gap = span[0].i - joined[-1].i
        if gap <= 4:
            joined += span
    text = parsed.text_of(joined).strip(" ,;:\"“”'’()")
    return re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE) or None


def _place_text(parsed: Parsed, phrase: locations.PlacePhrase) -> str:
    text = phrase.text.strip(' ,;:"“”')
    if phrase.relation and phrase.relation != "between" and not text.lower().startswith(phrase.relation):
        text = f"{phrase.relation} {text}"
    return re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE)


def _draft(
    parsed: Parsed,
    r: Reading,
    sources: SentenceSources,
    phrases: list[locations.PlacePhrase],
    own: frozenset[int],
    dates: list[tuple[DateSpan, Token]],
    tolls: list[Toll],
    story: Story,
) -> Draft:
    chain = _chain(sources, r)
    denied = next((a.cue for a in chain if a.kind == "deny"), None)
    sure, cue = certainty.read(parsed, r.token, bool(chain), denied)
    d = Draft(parsed, r.type, r.token.i, parsed.word(r.token), r.entry.frame)
    if r.type in readings.VIOLENT or r.type == "casualty_report":
        # the unarmed do not shell and bomb: what the parse gives as such is a victim
        r.actors = [
            t
            for t in r.actors
            if not (classes(parsed, t) & {"civilian"} and not classes(parsed, t) & {"armed"})
            and t.lower_ not in {"others", "people"}
        ]
    d.actor = party_text(parsed, r.actors, story)
    d.target = party_text(parsed, [t for t in r.targets if t not in r.actors or r.entry.frame in {"leave", "handover"}], story)
    accuser = next((a for a in chain if a.kind == "accuse"), None)
    if accuser is not None and d.actor is None:
        d.actor = _accused(parsed, accuser, story)
    if d.actor is None and denied and chain:
        d.actor = re.sub(r"^(?:the|a|an)\s+", "", chain[-1].source, flags=re.IGNORECASE)
    for phrase in placing.choose(parsed, r, phrases, own):
        back = _points_back(phrase, story)
        if back is not None:
            d.places.append(back)
            continue
        d.places.append(
            DraftPlace(_place_text(parsed, phrase), phrase, parsed, parsed.sentence.number, parsed.sentence.paragraph)
        )
    span, d.weak_date = dating.choose(r.token, dates)
    if span is not None:
        d.date_start, d.date_end, d.date_precision, d.date_text = span.date_start, span.date_end, span.precision, span.text
    d.casualties = _casualties(tolls)
    if d.target is None and d.event_type not in {"casualty_report"}:
        killed = next(
            (t for t in tolls if t.who and t.outcome in {"killed", "wounded", "killed_or_wounded"} and not t.part_of_previous),
            None,
        )
        if killed is not None and killed.who and killed.who.lower() not in {"others", "other"}:
            d.target = killed.who
    if r.entry.frame == "meet" and r.type == "armed_clash" and d.actor is None and d.target and r.targets:
        victims = next((t.who for t in tolls if t.who and not t.part_of_previous), None)
        if victims:
            d.actor, d.target = d.target, victims
    if d.event_type == "casualty_report":
        d.target = None
    if chain:
        d.attributed_to = chain[-1].source
        d.attribution = [s for a in chain for s in ([a.outer, a.source] if a.outer else [a.source]) if s]
    d.certainty, d.certainty_cue = sure, cue
    d.definite = any(c.dep_ == "det" and c.lower_ in {"the", "this", "that", "these", "those"} for c in r.token.children) or any(
        t.dep_ == "nsubj" and any(c.lower_ in {"the", "this"} for c in t.children) for t in r.token.children
    )
    return d


_RESPONSIBILITY = frozenset({"responsibility", "involvement", "role", "allegation", "accusation", "charge", "claim", "report"})


def _responsibility(parsed: Parsed, sources: SentenceSources, here: list[Draft], story: Story) -> list[Draft]:
    """ "X claimed responsibility" and "X denied the allegations": a claim of the attack told of last, by X."""
    for verb in parsed.doc:
        lemma = verb.lemma_.lower()
        if verb.pos_ != "VERB" or lemma not in {"claim", "deny", "reject", "refute", "accept", "admit", "dismiss"}:
            continue
        what = next((o for o in grammar.objects(verb) if o.lemma_.lower() in _RESPONSIBILITY), None)
        if what is None and lemma == "claim":
            struck = next(
                (
                    o
                    for o in grammar.objects(verb)
                    if o.lemma_.lower()
                    in {
                        "attack",
                        "bombing",
                        "strike",
                        "explosion",
                        "blast",
                        "assault",
                        "raid",
                        "shelling",
                        "killing",
                        "shooting",
                        "ambush",
                        "abduction",
                        "kidnapping",
                    }
                ),
                None,
            )
            claimant = party_text(parsed, grammar.agents(verb) if grammar.is_passive(verb) else grammar.subjects(verb), story)
            for d in here:
                if struck is not None and d.trigger == struck.i and claimant:
                    d.actor = d.actor or claimant
                    if not grammar.is_passive(verb) or d.attributed_to is None:
                        d.attributed_to, d.attribution = claimant, [claimant]
        if what is None or (
            lemma in {"claim", "accept", "admit"} and what.lemma_.lower() not in {"responsibility", "involvement", "role"}
        ):
            continue
        who = grammar.subjects(verb) if not grammar.is_passive(verb) else grammar.agents(verb)
        actor = party_text(parsed, who, story)
        told = next(
            (
                d
                for d in reversed(story.drafts[-6:])
                if d.event_type in readings.VIOLENT and not d.event_type.startswith("territory")
            ),
            None,
        )
        inner = next((d for d in here if d.trigger in {t.i for t in what.subtree} | {t.i for t in verb.subtree}), None)
        source = next((a.source for a in sources.items if a.verb == verb.i), actor)
        denied = lemma in {"deny", "reject", "refute", "dismiss"}
        if inner is not None:
            inner.actor, inner.attributed_to = actor or inner.actor, source
            if told is not None and inner.event_type == "armed_clash":
                inner.event_type = told.event_type
            continue
        if told is None or actor is None:
            continue
        d = Draft(
            parsed,
            told.event_type,
            verb.i,
            parsed.word(verb),
            "responsibility",
            actor=actor,
            attributed_to=source,
            attribution=[source] if source else [],
        )
        d.places = [DraftPlace(p.text, p.phrase, p.parsed, p.sentence, p.paragraph) for p in told.places]
        d.date_start, d.date_end, d.date_precision, d.date_text = (
            told.date_start,
            told.date_end,
            told.date_precision,
            told.date_text,
        )
        d.certainty, d.certainty_cue = ("denied", parsed.word(verb)) if denied else ("asserted", None)
        return [d]
    return []


def _points_back(phrase: locations.PlacePhrase, story: Story) -> DraftPlace | None:
    """ "The city", "the town" with nothing beside it: the city or town told of last, by its name."""
    if (
        phrase.named
        or phrase.head.lemma_.lower() not in {"city", "town", "village", "settlement", "capital", "hamlet"}
        or len([t for t in phrase.tokens if t.pos_ != "DET"]) > 1
    ):
        return None
    if not any(c.dep_ == "det" and c.lower_ in {"the", "this", "that"} for c in phrase.head.children):
        return None
    for parsed, phrases in reversed(story.phrases[-4:]):
        for p in reversed(phrases):
            if (
                p.named
                and p.name is not None
                and "state" not in parsed.names[p.name.i].classes
                and (p.head.i < phrase.head.i or p.head.doc is not phrase.head.doc)
                and p.head.dep_ not in {"compound", "amod", "nmod"}
            ):
                return DraftPlace(_place_text(parsed, p), p, parsed, parsed.sentence.number, parsed.sentence.paragraph)
    return None


def _chain(sources: SentenceSources, r: Reading) -> list[attribution.Attribution]:
    chain = sources.chain(r.token.i)
    return [a for a in chain if a.verb != r.token.i]


def _accused(parsed: Parsed, a: attribution.Attribution, story: Story) -> str | None:
    if a.verb is None:
        return None
    verb = parsed.doc[a.verb]
    who = grammar.objects(verb)
    who = [t for t in who if classes(parsed, t) & {"armed", "state", "group", "body", "official", "any_people", "side"}] or [
        p for w, _, p in grammar.prepositions(verb) if w == "on"
    ]
    return party_text(parsed, who[:2], story) if who else None


def _statement(
    parsed: Parsed,
    st: speech.Statement,
    sources: SentenceSources,
    phrases: list[locations.PlacePhrase],
    dates: list[tuple[DateSpan, Token]],
) -> Draft | None:
    d = Draft(parsed, "statement", st.verb.i, parsed.word(st.verb), "say")
    d.actor = re.sub(r"^(?:the|a|an)\s+", "", st.actor, flags=re.IGNORECASE)
    if st.target is not None:
        d.target = (
            re.sub(r"^(?:the|a|an)\s+", "", parsed.text_of(grammar.phrase(st.target)).strip(' ,;:"“”'), flags=re.IGNORECASE)
            or None
        )
    outer = [a for a in sources.chain(st.verb.i) if a.verb != st.verb.i and a.source != st.actor]
    outer = [a for a in outer if a.source.lower().split()[-1] not in st.actor.lower()]
    if outer:
        d.attributed_to = outer[-1].source
        d.attribution = [a.source for a in outer]
    said_in = [
        p
        for p in phrases
        if p.head.dep_ == "pobj" and p.head.head.head == st.verb and p.preposition in {"in", "at"} and p.contained_by is None
    ]
    d.places = [
        DraftPlace(_place_text(parsed, p), p, parsed, parsed.sentence.number, parsed.sentence.paragraph) for p in said_in[:1]
    ]
    span, _ = dating.choose(st.verb, dates)
    if span is not None:
        d.date_start, d.date_end, d.date_precision, d.date_text = span.date_start, span.date_end, span.precision, span.text
    d.certainty, d.certainty_cue = certainty.read(parsed, st.verb, False)
    if d.certainty == "planned" and outer:
        # what somebody says that another will say is no statement yet
        return None
    if d.certainty in {"denied", "planned"}:
        d.certainty, d.certainty_cue = "asserted", None
    return d


# ---------------------------------------------------------------------------------------------------- carrying over

_FOLLOWS = frozenset(
    {
        "shelling",
        "air_strike",
        "explosion",
        "suicide_attack",
        "chemical_attack",
        "attack_on_civilians",
        "casualty_report",
        "armed_clash",
        "displacement",
        "interception",
        "property_destruction",
    }
)


def _carry(drafts: list[Draft], parsed: Parsed, story: Story) -> None:
    """Give drafts what the sentences before tell of them: their place and day."""
    before = story.drafts
    for d in drafts:
        recent = [b for b in before[-10:] if b.parsed.sentence.number >= parsed.sentence.number - 3]
        if (d.event_type in _FOLLOWS or d.frame == "leave") and (
            not d.places or all(p.phrase is not None and not p.phrase.named for p in d.places)
        ):
            same = [
                b
                for b in recent
                if b.places
                and any(p.phrase is None or p.phrase.named for p in b.places)
                and (b.event_type in _FOLLOWS or d.frame == "leave")
            ]
            kin = [b for b in same if b.event_type == d.event_type] or (
                same if d.definite or d.event_type == "casualty_report" else []
            )
            if d.frame == "leave":
                # troops leave the place that was fought for or taken
                kin = [b for b in same if b.event_type.startswith("territory") or b.event_type == "armed_clash"]
            if kin and (not d.places):
                last = kin[-1]
                if last.parsed.sentence.number >= parsed.sentence.number - (
                    3 if d.definite and last.event_type == d.event_type else 2
                ):
                    d.places = [DraftPlace(p.text, p.phrase, p.parsed, p.sentence, p.paragraph) for p in last.places[:1]]
                    d.carried_place = True
    acting = next((d.actor for d in drafts if d.actor and d.event_type != "statement"), None) or next(
        (d.actor for d in drafts if d.actor), None
    )
    if acting:
        story.last_actor = acting


#: event types whose undated tellings are of the happening that the document dates elsewhere
_DATED = frozenset(
    {
        "shelling",
        "air_strike",
        "explosion",
        "suicide_attack",
        "chemical_attack",
        "casualty_report",
        "attack_on_civilians",
        "armed_clash",
        "interception",
    }
)


def carry_dates(drafts: list[Draft]) -> None:
    """Give undated tellings of a happening the day that the document gives it before, or, for a headline, after.

    Only day-exact dates are carried, only to the same kind of event, and only to what is told as having happened.
    """
    dated = [
        (i, d)
        for i, d in enumerate(drafts)
        if d.date_start and d.date_start == d.date_end and not d.weak_date and d.event_type in _DATED
    ]
    for i, d in enumerate(drafts):
        if d.event_type not in _DATED or d.certainty == "planned" or ((d.date_start or d.date_end) and not d.weak_date):
            continue
        same = [(j, o) for j, o in dated if o.event_type == d.event_type or d.event_type == "casualty_report"]
        before = [o for j, o in same if j < i and d.parsed.sentence.number - o.parsed.sentence.number <= 6]
        after = [o for j, o in same if j > i and o.parsed.sentence.number - d.parsed.sentence.number <= 4]
        here = [o for _, o in dated if o.parsed.sentence.number == d.parsed.sentence.number and o.event_type != d.event_type]
        source = (
            before[-1]
            if before
            else after[0]
            if after and d.parsed.sentence.number <= 3
            else here[-1]
            if here and not d.weak_date
            else None
        )
        if source is not None:
            d.date_start, d.date_end, d.date_precision, d.date_text = (
                source.date_start,
                source.date_end,
                source.date_precision,
                source.date_text,
            )
            d.weak_date = False
