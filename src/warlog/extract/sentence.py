"""One parsed sentence to drafts: events with their roles, places, dates, tolls, source and certainty."""

from __future__ import annotations

from warlog.extract import attribution, carrying, dating, drafting, locations, readings, responsibility, speech, tolls
from warlog.extract.draft import Draft
from warlog.extract.frames import Reading
from warlog.extract.numbers import Toll, find_casualties
from warlog.extract.story import Scene, Story
from warlog.language.parse import Parsed

__all__ = ["Story", "read"]


def read(parsed: Parsed, story: Story) -> list[Draft]:
    """The drafts of a sentence, in text order; carries the story on."""
    sources = attribution.find(parsed, story.memory)
    phrases = locations.find(parsed)
    story.phrases.append((parsed, phrases))
    scene = Scene(parsed, story, sources, phrases, dating.spans(parsed, story.published, story.context_day()))
    out = [drafting.draft(scene, event, of_event) for event, of_event in _events(scene)]
    out += responsibility.find(scene, out)
    told_of = [parsed.doc[d.trigger] for d in out]
    for said in speech.find(parsed, sources, story.memory, told_of, story.officials):
        statement = drafting.statement(scene, said)
        if statement is not None:
            out.append(statement)
    out.sort(key=lambda d: d.trigger)
    carrying.carry(out, scene)
    story.drafts += out
    return out


def _events(scene: Scene) -> list[tuple[Reading, list[Toll]]]:
    """The events of a sentence, each with the tolls that belong to it."""
    parsed = scene.parsed
    found, killings = readings.find(parsed, scene.story.arms)
    figures = list(find_casualties(parsed.sentence.text))
    own = scene.sources.own_words()
    # a trigger inside the name of a source ("the Human Rights report on killings said") is no event
    events = [e for e in found if e.type == "talks" or any(t.i not in own for t in [e.token, *e.merged])]
    events = [e for e in events if not tolls.only_where_they_died(e, figures)]
    laid, loose = tolls.assign(scene, figures, events)
    tolls.lend_killers(parsed, events, killings)
    out = [(e, laid.get(n) or tolls.of_target(parsed, e)) for n, e in enumerate(events)]
    out += tolls.of_their_own(scene, loose, killings, events)
    dated = scene.dated_tokens()
    for event, _ in out:
        for roles in (event.actors, event.targets, event.places):
            roles[:] = [t for t in roles if t.i not in dated]
    return out
