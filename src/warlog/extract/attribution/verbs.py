"""Sources that stand with a verb: saying, denying, accusing, quoting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.attribution.model import Memory, SentenceSources
from warlog.extract.attribution.naming import named
from warlog.extract.wordlists import wordlists
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = wordlists("attribution")
_QUOTATION_MARKS = frozenset({'"', "“", "”", "''", "``"})
#: roles of a verb of saying with nothing said beside it ("..., the ministry said", "as the army reported")
_TAG_ROLES = frozenset({"ROOT", "ccomp", "parataxis", "conj", "advcl", "relcl"})


def say(parsed: Parsed, verb: Token, memory: Memory, out: SentenceSources) -> None:
    """ "X said that ...", "..., X said", "X denied shelling Y", "..., reported by X"."""
    if grammar.is_passive(verb):
        for agent in grammar.agents(verb):
            if text := named(parsed, agent, memory):
                out.lay(agent, text, grammar.subtree(verb) - grammar.subtree(agent), verb, "reported_by")
        return
    speaker = _speaker_of(verb)
    if speaker is None or not _says_something(verb):
        return
    if text := named(parsed, speaker, memory):
        kind = "deny" if grammar.lemma(verb) in _WORDS["deny"] else "say"
        out.lay(speaker, text, _said(verb, speaker) - {verb.i}, verb, kind)


def _says_something(verb: Token) -> bool:
    """Whether a verb has what is said beside it: a clause, the event itself as object, or a quotation around it."""
    lemma = grammar.lemma(verb)
    if verb.dep_ == "parataxis" or grammar.children(verb, "ccomp", "parataxis"):
        return True
    if lemma in _WORDS["say_infinitive"] and any(c.tag_ == "VB" for c in grammar.children(verb, "xcomp")):
        return True
    objects = grammar.children(verb, "dobj")
    about = any(c.lower_ in {"of", "on", "about"} for c in grammar.children(verb, "prep"))
    if lemma in _WORDS["say_event"] and (objects or about):
        return True
    if lemma in _WORDS["say_plan"] and (
        objects or grammar.children(verb, "xcomp") or "for" in {w for w, _, _ in grammar.prepositions(verb)}
    ):
        return True
    if lemma in _WORDS["deny"] and grammar.children(verb, "xcomp", "pcomp", "dobj"):
        return True
    if lemma in _WORDS["say_alone"] and not objects:
        return verb.dep_ in _TAG_ROLES and (verb.dep_ != "advcl" or any(c.lower_ == "as" for c in verb.children))
    return lemma in _WORDS["say_quoting"] and any(t.text in _QUOTATION_MARKS for t in verb.doc)


def _speaker_of(verb: Token) -> Token | None:
    """Head of the subject of a verb of saying, or of the noun right before it where the parse lost the subject."""
    own = grammar.children(verb, "nsubj")
    if own:
        return grammar.antecedent(own[0])
    if verb.dep_ in {"conj", "advcl", "xcomp"} and (inherited := grammar.subjects(verb)):
        return inherited[0]
    if verb.dep_ == "relcl":
        return verb.head if verb.head.pos_ in {"NOUN", "PROPN"} else None
    if verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.i > 0:
        before = verb.doc[verb.i - 1]
        if before.pos_ in {"NOUN", "PROPN"} and before.dep_ != "dobj":
            return before
        return _inverted_speaker(verb)
    return None


def _inverted_speaker(verb: Token) -> Token | None:
    """ "..., said Foreign Minister X"."""
    if verb.i + 1 >= len(verb.doc) or verb.dep_ not in {"ROOT", "parataxis", "ccomp"}:
        return None
    last = verb.doc[verb.i + 1]
    if last.pos_ != "PROPN":
        return None
    while last.dep_ == "compound" and last.head.i > last.i:
        last = last.head
    return last


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


def _said(verb: Token, speaker: Token) -> set[int]:
    """Tokens of what a verb of saying says."""
    own = grammar.subtree(speaker) if verb.is_ancestor(speaker) else {speaker.i}
    if verb.dep_ == "ROOT":
        return _segment(verb) - own - {verb.i}
    if verb.dep_ == "parataxis" and verb.head.dep_ == "ROOT":
        return _segment(verb) - grammar.subtree(verb)
    content = grammar.children(verb, "ccomp", "parataxis")
    content = content or [c for c in grammar.children(verb, "xcomp") if c.tag_ == "VB"]
    if verb.dep_ in {"parataxis", "ccomp"} and not content:
        return grammar.subtree(verb.head) - grammar.subtree(verb)
    content = content or [c for c in grammar.children(verb, "xcomp", "dobj", "prep", "advcl") if c.i > verb.i]
    return {i for c in content for i in grammar.subtree(c)} - own


def accuse(parsed: Parsed, verb: Token, memory: Memory, out: SentenceSources) -> None:
    """ "X accused Y of shelling Z": laid to X; two accusers are written as one."""
    speakers = grammar.agents(verb) if grammar.is_passive(verb) else grammar.subjects(verb)
    text = named(parsed, speakers[0], memory) if speakers else None
    if not text and speakers and speakers[0].pos_ in {"NOUN", "PROPN"}:
        # whoever accuses is a source, whatever it is called
        text = parsed.text_of(grammar.phrase(speakers[0]))
    if not text:
        return
    speaker = speakers[0]
    last = grammar.conjuncts(speaker)[-1]
    if last is not speaker:
        text = parsed.text_of([*grammar.phrase(speaker), *grammar.phrase(last)])
    scope = grammar.subtree(verb)
    if verb.dep_ == "relcl":
        scope |= grammar.subtree(verb.head)
    out.lay(speaker, text, scope - grammar.subtree(speaker) - {verb.i}, verb, "accuse")


def quoted(parsed: Parsed, verb: Token, memory: Memory, out: SentenceSources) -> None:
    """ "X quoted Y as saying that ..." and "Y was quoted as saying by X"."""
    if grammar.is_passive(verb):
        sources, outer = grammar.passive_subjects(verb), grammar.agents(verb)
        outer = outer or [p for w, _, p in grammar.prepositions(verb) if w == "by"]
    else:
        sources, outer = grammar.objects(verb), grammar.subjects(verb)
    outer_text = named(parsed, outer[0], memory) if outer else None
    whole = verb.dep_ in {"ROOT", "parataxis"}
    scope = ({t.i for t in verb.doc} if whole else grammar.subtree(verb)) - {verb.i}
    if sources:
        if text := named(parsed, sources[0], memory):
            out.lay(sources[0], text, scope - grammar.subtree(sources[0]), verb, "quote", outer_text)
    elif outer_text:
        out.lay(outer[0], outer_text, scope, verb, "quote")
