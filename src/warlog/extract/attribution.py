"""Who says it: the sources that a sentence names, and how much of the sentence is laid to each.

Handles verbs of saying with clause or quotation, "according to", accusations, quoted speech that runs over several
sentences, nouns that carry a statement ("reports that"), and verbs whose object is the event itself ("confirmed the loss
of X"). A pronoun is written as the name it stands for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from warlog import vocabulary
from warlog.extract import grammar
from warlog.extract.classes import classes
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we"})
_OPEN = "“«"
_CLOSE = "”»"


@dataclass(slots=True)
class Attribution:
    """A source and the tokens of the sentence that are laid to it."""

    source: str
    scope: frozenset[int]
    #: verb of saying, report noun or "according"
    cue: str
    kind: str
    verb: int | None = None
    head: int | None = None
    #: tokens of the source's own phrase: never part of what it says
    own: frozenset[int] = frozenset()
    outer: str | None = None


@dataclass(slots=True)
class Memory:
    """What the sentences before tell: who spoke last, and whether a quotation is still open."""

    person: str | None = None
    body: str | None = None
    speaker: str | None = None
    quotation_open: bool = False
    quotation_speaker: str | None = None
    #: a speech that a colon opened runs on over paragraphs until somebody else speaks
    speech: str | None = None
    paragraph: int = -1


@dataclass(slots=True)
class SentenceSources:
    """The attributions of one sentence."""

    items: list[Attribution] = field(default_factory=list)

    def chain(self, token_index: int) -> list[Attribution]:
        """Attributions whose scope covers a token, outermost first."""
        over = [a for a in self.items if token_index in a.scope]
        return sorted(over, key=lambda a: -len(a.scope))

    def own_words(self) -> frozenset[int]:
        """Tokens that belong to sources' own phrases."""
        out: set[int] = set()
        for a in self.items:
            out |= a.own
        return frozenset(out)


@lru_cache(maxsize=1)
def _v() -> dict[str, frozenset[str]]:
    raw: dict[str, Any] = vocabulary.load("attribution")
    out = {k: frozenset(v) for k, v in raw.items() if isinstance(v, list)}
    out["statement"] = frozenset(raw["statement"]["verbs"])
    out["speech"] = frozenset(raw["statement"]["speech"])
    return out


def _subtree(token: Token) -> set[int]:
    return {t.i for t in token.subtree}


def source_text(parsed: Parsed, head: Token) -> str:
    """A source as a coder writes it: its phrase with the article left off and what it is of."""
    tokens = grammar.phrase(head)
    appos = [
        c
        for c in head.children
        if c.dep_ == "appos"
        and c.i > head.i
        and c.pos_ == "PROPN"
        and head.pos_ != "PROPN"
        and c.i - max(t.i for t in tokens) <= 1
    ]
    for a in appos:
        tokens = tokens + grammar.phrase(a, keep_of=False)
    return parsed.text_of(tokens).strip(' ,;:"“”')


def _named(parsed: Parsed, head: Token, memory: Memory) -> str | None:
    """The source's wording, pronouns replaced by whom they stand for; None where it is no source."""
    low = head.lower_
    if head.pos_ == "PRON" or low in _PRONOUNS:
        if low in {"he", "she", "i"}:
            return memory.person or memory.speaker
        if low in {"it"}:
            return memory.body
        if low in {"they", "we"}:
            return memory.speaker
        return None
    if head.lemma_.lower() in _v()["no_source"] and head.i not in parsed.names:
        return None
    if head.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "X"}:
        return None
    found = classes(parsed, head)
    if found & {"aircraft", "weapon", "vehicle", "explosive", "equipment"} and not found & {
        "body",
        "official",
        "source",
        "state",
    }:
        return None
    text = source_text(parsed, head)
    return text or None


def remember(parsed: Parsed, head: Token, text: str, memory: Memory) -> None:
    """Keep a source in mind for the pronouns and quotations that follow."""
    found = classes(parsed, head)
    if head.pos_ == "PRON":
        memory.speaker = text
        return
    memory.speaker = text
    if "official" in found or "person" in found or ("source" in found and "body" not in found) or "civilian" in found:
        memory.person = text
    if "body" in found or "group" in found or "state" in found or "armed" in found:
        memory.body = text
    if not (found & {"body", "group", "state", "armed"}):
        memory.person = text


def _note_subject(parsed: Parsed, memory: Memory) -> None:
    """A person introduced with an office as the subject of a sentence is whom "he" or "she" stands for after it."""
    root = next((t for t in parsed.doc if t.dep_ == "ROOT"), None)
    if root is None:
        return
    for subject in [c for c in root.children if c.dep_ == "nsubj"]:
        inner = {k for t in grammar.phrase(subject) for k in classes(parsed, t)}
        if subject.pos_ == "PROPN" and "official" in inner and subject.i not in parsed.names:
            memory.person = memory.speaker = source_text(parsed, subject)


def _speaker_of(verb: Token) -> Token | None:
    """Head of the subject of a verb of saying, or of the noun right before it where the parse lost the subject."""
    subjects = [grammar.antecedent(c) for c in verb.children if c.dep_ in {"nsubj"}]
    if subjects:
        return subjects[0]
    if verb.dep_ in {"conj", "advcl", "xcomp"}:
        inherited = grammar.subjects(verb)
        if inherited:
            return inherited[0]
    if verb.dep_ == "relcl":
        return verb.head if verb.head.pos_ in {"NOUN", "PROPN"} else None
    if verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.i > 0:
        before = verb.doc[verb.i - 1]
        if before.pos_ in {"NOUN", "PROPN"} and before.dep_ not in {"dobj"}:
            return before
        if verb.i + 1 < len(verb.doc) and verb.doc[verb.i + 1].pos_ == "PROPN" and verb.dep_ in {"ROOT", "parataxis", "ccomp"}:
            last = verb.doc[verb.i + 1]
            while last.dep_ == "compound" and last.head.i > last.i:
                last = last.head
            return last
    return None


def _segment(verb: Token) -> set[int]:
    """Tokens of the part of the sentence between semicolons that a verb stands in."""
    out: set[int] = set()
    for t in verb.doc:
        if t.text == ";":
            if verb.i in out:
                return out
            out = set()
        else:
            out.add(t.i)
    return out


def _said(verb: Token, speaker: Token | None) -> set[int]:
    """Tokens of what a verb of saying says."""
    own: set[int] = set()
    if speaker is not None:
        own = _subtree(speaker) if verb.is_ancestor(speaker) else {speaker.i}
    content = [c for c in verb.children if c.dep_ in {"ccomp", "parataxis"}]
    if not content:
        content = [c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB"]
    if verb.dep_ == "ROOT":
        return _segment(verb) - own - {verb.i}
    if verb.dep_ == "parataxis" and verb.head.dep_ == "ROOT":
        return _segment(verb) - _subtree(verb)
    if verb.dep_ in {"parataxis", "ccomp"} and not content:
        return _subtree(verb.head) - _subtree(verb)
    out: set[int] = set()
    for c in content or [c for c in verb.children if c.dep_ in {"xcomp", "dobj", "prep", "advcl"} and c.i > verb.i]:
        out |= _subtree(c)
    return out - own


def find(parsed: Parsed, memory: Memory) -> SentenceSources:
    """The attributions of one sentence; updates the memory of who speaks."""
    v = _v()
    out = SentenceSources()
    doc = parsed.doc
    for token in doc:
        lemma = token.lemma_.lower()
        if token.pos_ in {"VERB", "AUX"} and lemma in {"quote", "cite"} and token.dep_ not in {"amod", "compound"}:
            _quoted(parsed, token, memory, out)
        elif token.pos_ in {"VERB"} and lemma in v["say"] and token.dep_ not in {"amod", "compound"}:
            _say(parsed, token, lemma, memory, out)
        elif token.pos_ == "VERB" and lemma in v["accuse"]:
            _accuse(parsed, token, memory, out)
        elif token.lower_ == "according" or (token.lower_ == "per" and token.dep_ == "prep"):
            _according(parsed, token, memory, out)
        elif lemma in v["report_nouns"] and token.pos_ == "NOUN":
            _report_noun(parsed, token, lemma, out)
    for a in out.items:
        if a.head is not None:
            remember(parsed, doc[a.head], a.source, memory)
    if not out.items:
        _note_subject(parsed, memory)
    _quotation(parsed, memory, out)
    return out


def _add(
    parsed: Parsed, out: SentenceSources, head: Token, text: str, scope: set[int], cue: Token, kind: str, outer: str | None = None
) -> None:
    own = frozenset(t.i for t in grammar.phrase(head))
    out.items.append(Attribution(text, frozenset(scope) - own, cue.lemma_.lower(), kind, cue.i, head.i, own, outer))


def _say(parsed: Parsed, verb: Token, lemma: str, memory: Memory, out: SentenceSources) -> None:
    v = _v()
    if grammar.is_passive(verb):
        for agent in grammar.agents(verb):
            text = _named(parsed, agent, memory)
            if text:
                _add(parsed, out, agent, text, _subtree(verb) - {t.i for t in agent.subtree}, verb, "reported_by")
        return
    speaker = _speaker_of(verb)
    if speaker is None:
        return
    has_clause = any(c.dep_ in {"ccomp", "parataxis"} for c in verb.children) or verb.dep_ in {"parataxis"}
    quoting = any(t.text in {'"', "“", "”", "''", "``"} for t in verb.doc)
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    infinitive = any(c.dep_ == "xcomp" and c.tag_ in {"VB"} for c in verb.children) and lemma in {
        "claim",
        "deny",
        "admit",
        "report",
    }
    if not has_clause and not infinitive:
        if (
            (objects and lemma in v["say_event"])
            or (any(c.dep_ == "prep" and c.lower_ in {"of", "on", "about"} for c in verb.children) and lemma in v["say_event"])
            or (lemma in v["deny"] and any(c.dep_ in {"xcomp", "pcomp", "dobj"} for c in verb.children))
        ):
            pass
        elif (
            lemma
            in {"say", "tell", "add", "state", "note", "report", "explain", "specify", "announce", "write", "continue", "remark"}
            and not objects
        ):
            if verb.dep_ not in {"ROOT", "ccomp", "parataxis", "conj", "advcl", "relcl"}:
                return
            if verb.dep_ == "advcl" and not any(c.lower_ == "as" for c in verb.children):
                return
        elif quoting and lemma in {"say", "tell", "add", "state", "explain", "continue", "warn"}:
            pass
        else:
            return
    text = _named(parsed, speaker, memory)
    if not text:
        return
    scope = _said(verb, speaker)
    _add(parsed, out, speaker, text, scope - {verb.i}, verb, "deny" if lemma in v["deny"] else "say")


def _accuse(parsed: Parsed, verb: Token, memory: Memory, out: SentenceSources) -> None:
    speakers = grammar.subjects(verb) if not grammar.is_passive(verb) else grammar.agents(verb)
    for speaker in speakers[:1]:
        text = _named(parsed, speaker, memory)
        if text:
            last = grammar.conjuncts(speaker)[-1]
            if last is not speaker:
                text = parsed.text_of([*grammar.phrase(speaker), *grammar.phrase(last)])
            own = {t.i for t in speaker.subtree}
            _add(parsed, out, speaker, text, _subtree(verb) - own - {verb.i}, verb, "accuse")
            if verb.dep_ == "relcl":
                a = out.items[-1]
                a.scope = a.scope | {t.i for t in verb.head.subtree} - own


def _quoted(parsed: Parsed, verb: Token, memory: Memory, out: SentenceSources) -> None:
    """ "X quoted Y as saying that ..." and "Y was quoted as saying by X"."""
    if grammar.is_passive(verb):
        sources, outer = grammar.passive_subjects(verb), grammar.agents(verb)
        if not outer:
            outer = [p for w, _, p in grammar.prepositions(verb) if w == "by"]
    else:
        sources, outer = grammar.objects(verb), grammar.subjects(verb)
    outer_text = _named(parsed, outer[0], memory) if outer else None
    scope = {t.i for t in verb.doc} if verb.dep_ in {"ROOT", "parataxis"} else _subtree(verb)
    for source in sources[:1]:
        text = _named(parsed, source, memory)
        if text:
            _add(parsed, out, source, text, scope - {t.i for t in source.subtree} - {verb.i}, verb, "quote", outer_text)
    if not sources and outer_text:
        _add(parsed, out, outer[0], outer_text, scope - {verb.i}, verb, "quote")


def _according(parsed: Parsed, token: Token, memory: Memory, out: SentenceSources) -> None:
    heads = [p for _, _, p in grammar.prepositions(token)] if token.lower_ == "according" else []
    if token.lower_ == "according" and not heads and token.i + 2 < len(token.doc) and token.doc[token.i + 1].lower_ == "to":
        head = token.doc[token.i + 2]
        while head.dep_ in {"det", "amod", "compound", "poss", "nmod"} and head.head.i > head.i:
            head = head.head
        heads = [head]
    if not heads or (heads[0].pos_ not in {"NOUN", "PROPN", "PRON", "ADJ"}):
        return
    head = heads[0]
    text = _named(parsed, head, memory)
    if not text:
        return
    if len(heads) > 1:
        text = parsed.text_of([*grammar.phrase(head), *grammar.phrase(heads[-1])])
    root = grammar.clause_root(token)
    scope = {t.i for t in root.doc} if root.dep_ == "ROOT" else _subtree(root)
    own = {t.i for h in heads for t in grammar.phrase(h)} | {token.i}
    if len(scope) - len(own) < 4:
        scope = {t.i for t in root.doc}
    out.items.append(Attribution(text, frozenset(scope - own), "according to", "according", token.i, head.i, frozenset(own)))


def _report_noun(parsed: Parsed, noun: Token, lemma: str, out: SentenceSources) -> None:
    """ "reports appeared that ...", "reports of ...", "footage shows ..."."""
    verb = noun.head
    if noun.dep_ in {"nsubj", "nsubjpass"} and verb.pos_ in {"VERB", "AUX"} and verb.lemma_.lower() in _v()["report_verbs"]:
        if any(a.verb == verb.i for a in out.items):
            return
        scope: set[int] = set()
        for c in [*verb.children, *noun.children]:
            if c.dep_ in {"ccomp", "acl", "relcl", "dobj", "advcl"}:
                scope |= _subtree(c)
        if scope:
            _add(parsed, out, noun, source_text(parsed, noun), scope, verb, "report")
        return
    clause = [c for c in noun.children if c.dep_ in {"acl", "ccomp"} and any(k.lower_ == "that" for k in c.children)]
    owner = [c for c in noun.children if c.dep_ == "poss"]
    if clause:
        head = owner[0] if owner else noun
        _add(parsed, out, head, source_text(parsed, head), {i for c in clause for i in _subtree(c)}, noun, "report")


def _quotation(parsed: Parsed, memory: Memory, out: SentenceSources) -> None:
    """Lay what stands in quotation marks, or after "X said:", to who speaks, where no verb of this sentence does."""
    text = parsed.sentence.text
    curly_open = sum(text.count(c) for c in _OPEN)
    curly_close = sum(text.count(c) for c in _CLOSE)
    straight = text.count('"')
    begins = text[:1] in '“"«'
    was_open = memory.quotation_open and memory.quotation_speaker is not None
    if parsed.sentence.paragraph != memory.paragraph and not begins:
        was_open = False
    memory.paragraph = parsed.sentence.paragraph
    covered = any(a.kind in {"say", "quote", "deny", "according"} for a in out.items)
    speaker = memory.quotation_speaker if was_open else memory.speaker
    if not (begins or was_open) and memory.speech is not None:
        speaker = memory.speech
    if (begins or was_open or memory.speech is not None) and not covered and speaker:
        everything = frozenset(t.i for t in parsed.doc)
        out.items.append(Attribution(speaker, everything, "quotation", "quotation"))
    if covered:
        memory.quotation_speaker = memory.speaker
        memory.speech = None
    elif begins and not was_open:
        memory.quotation_speaker = memory.speaker
    if curly_open or curly_close:
        memory.quotation_open = max(text.rfind(c) for c in _OPEN) > max(text.rfind(c) for c in _CLOSE)
    elif straight:
        memory.quotation_open = (straight + (1 if memory.quotation_open else 0)) % 2 == 1
    if covered and (text.rstrip().endswith(":") or re.search(r":\s*[“\"][^”\"]*$", text)):
        memory.speech = memory.speaker
