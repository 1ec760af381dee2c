"""Grammar over a dependency parse: who is subject, object and agent of a verb, what hangs on a noun, what a noun phrase says.

Works on spaCy tokens with the English label set (nsubj, nsubjpass, dobj, agent, prep, pobj, conj, relcl, acl, advcl ...).
Knows nothing of war.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from warlog.extract.wordlists import wordlists

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
#: adverbs that, with "of", say where something lies
_BEARINGS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})
#: particles of a verb on which the parse may hang its prepositions
_PARTICLES = frozenset({"back", "away", "out", "off", "over"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})


def lemma(token: Token) -> str:
    """The lemma of a token in lower case."""
    return token.lemma_.lower()


def children(token: Token, *deps: str) -> list[Token]:
    """Children of a token with one of the dependency labels, in text order."""
    return [c for c in token.children if c.dep_ in deps]


def subtree(token: Token) -> set[int]:
    """Indexes of a token and of all below it."""
    return {t.i for t in token.subtree}


def conjuncts(token: Token) -> list[Token]:
    """The token and all that is coordinated with it below it, in text order."""
    out = [token]
    for child in token.children:
        if child.dep_ == "conj":
            out += conjuncts(child)
    return out


def conjuncts_first(token: Token) -> Token:
    """The first member of the coordination a token stands in; the token itself where it stands in none."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive, by its own or its coordinated head's auxiliary, or a bare past participle after a noun."""
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    if (
        verb.tag_ == "VBN"
        and verb.dep_ in {"pcomp", "advcl"}
        and (verb.head.lower_ == "as" or any(c.lower_ == "as" for c in verb.children))
    ):
        return True
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        # "A warplane targeted a school" comes out as "a warplane (that was) targeted": an object gives it away
        return not any(c.dep_ == "dobj" for c in verb.children)
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(c.dep_ in {"nsubj", "aux", "dobj"} for c in verb.children):
        return verb.head.pos_ in {"VERB", "AUX"} and is_passive(verb.head)
    return False


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; the token itself if it is none."""
    if token.lower_ in RELATIVES and token.tag_ in {"WDT", "WP", "WP$", "IN", "DT"}:
        for a in token.ancestors:
            if a.dep_ in {"relcl", "acl"}:
                return a.head
    return token


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the logical subject of a verb in the active voice; empty where none is said.

    Subjects are inherited through coordination, open complements, participle clauses and relative clauses.
    """
    if depth > 6:
        return []
    own = [antecedent(c) for c in verb.children if c.dep_ == "nsubj"]
    if own:
        return [t for o in own for t in conjuncts(o)]
    if any(c.dep_ == "nsubjpass" for c in verb.children):
        return []
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
        return passive_subjects(head) if is_passive(head) and not is_passive(verb) else subjects(head, depth + 1)
    if verb.dep_ in {"xcomp", "advcl", "ccomp"} and head.pos_ in {"VERB", "AUX"} and verb.tag_ != "VBN":
        if verb.dep_ == "ccomp" and verb.tag_ not in {"VB", "VBG"}:
            return []
        if verb.dep_ == "xcomp":
            objects = [c for c in head.children if c.dep_ in {"dobj", "iobj"}]
            if objects:
                return [t for o in objects for t in conjuncts(antecedent(o))]
        if verb.dep_ == "advcl" and any(
            c.dep_ == "mark" and c.lower_ not in {"after", "before", "while", "by", "since", "when"} for c in verb.children
        ):
            return []
        return passive_subjects(head) if is_passive(head) else subjects(head, depth + 1)
    if verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"} and not is_passive(verb):
        # "gunmen on motorcycles killed ten": what the parse hangs on the motorcycles is the gunmen's
        if head.dep_ == "pobj" and head.head.dep_ == "prep" and head.head.head.pos_ in {"NOUN", "PROPN"}:
            return conjuncts(head.head.head)[:1]
        return conjuncts(head)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        if head.dep_ == "attr" and head.head.pos_ == "AUX":
            # "X have been the main force fighting Y"
            return subjects(head.head, depth + 1)
        return conjuncts(head)[:1]
    if verb.dep_ == "acl" and verb.tag_ == "VB":
        # "their effort to retake X", "the army launched an operation to retake X"
        owner = [c for c in head.children if c.dep_ == "poss" and c.pos_ != "PRON"]
        if owner:
            return conjuncts(owner[0])
        return subjects(head.head, depth + 1) if head.dep_ in {"dobj", "pobj"} and head.head.pos_ == "VERB" else []
    if verb.dep_ == "relcl" and not own:
        return []
    if verb.dep_ == "pcomp":
        up = head.head
        if up.pos_ in {"VERB", "AUX"}:
            objects = [c for c in up.children if c.dep_ == "dobj"]
            if objects and head.lower_ in {"of", "from", "for", "with"}:
                return [t for o in objects for t in conjuncts(antecedent(o))]
            if is_passive(up):
                return passive_subjects(up)
            return subjects(up, depth + 1)
        if up.dep_ == "dobj" and up.head.pos_ == "VERB":
            # "accused X of doing it" lays it to X, "denied reports of doing it" to the subject
            return conjuncts(up) if lemma(up.head) in wordlists("parse")["laying_verbs"] else subjects(up.head, depth + 1)
    return []


def passive_subjects(verb: Token) -> list[Token]:
    """Heads of what a passive verb is done to."""
    own = [antecedent(c) for c in verb.children if c.dep_ == "nsubjpass"]
    if own:
        return [t for o in own for t in conjuncts(o)]
    if verb.dep_ == "acl":
        return [verb.head]
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        if is_passive(verb.head):
            return passive_subjects(verb.head)
        return subjects(verb.head)
    if (
        verb.tag_ == "VBN"
        and verb.dep_ in {"pcomp", "advcl", "amod", "acl"}
        and any(t.lower_ == "as" for t in [verb.head, *verb.children])
    ):
        # "listed A, B and C as liberated"
        up = verb.head.head if verb.head.lower_ == "as" else verb.head
        told = [c for c in up.children if c.dep_ in {"dobj", "nsubjpass"}] if up.pos_ == "VERB" else []
        if told:
            return [t for o in told for t in conjuncts(o)]
    if verb.dep_ in {"xcomp", "advcl"} and verb.head.pos_ in {"VERB", "AUX"}:
        objects = [c for c in verb.head.children if c.dep_ in {"dobj"}] if verb.dep_ == "xcomp" else []
        if objects:
            return [t for o in objects for t in conjuncts(o)]
        return passive_subjects(verb.head) if is_passive(verb.head) else subjects(verb.head)
    return []


def agents(verb: Token) -> list[Token]:
    """Heads of the agent of a passive verb ("by X")."""
    out = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and is_passive(verb)):
            for p in children(child, "pobj"):
                out += conjuncts(p)
    if not out and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and is_passive(verb) and is_passive(verb.head):
        return agents(verb.head)
    if not out:
        for other in children(verb, "conj"):
            if is_passive(other) and not has_own_subject(other):
                out += agents_own(other)
    return out


def has_own_subject(verb: Token) -> bool:
    """Whether a verb has a subject of its own, and inherits none."""
    return any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)


def agents_own(verb: Token) -> list[Token]:
    """Agents that hang on this very verb."""
    return [t for c in verb.children if c.dep_ == "agent" for p in children(c, "pobj") for t in conjuncts(p)]


def objects(verb: Token) -> list[Token]:
    """Heads of what a verb is done to: direct object, or subject of the passive; shared through coordination."""
    if is_passive(verb):
        return passive_subjects(verb)
    own = [antecedent(c) for c in verb.children if c.dep_ in {"dobj", "obj"}]
    if own:
        return [t for o in own for t in conjuncts(o)]
    if verb.dep_ == "relcl":
        # "the towns that the army captured": the relative pronoun may be left out
        if any(c.dep_ == "nsubj" and antecedent(c) is not verb.head and antecedent(c) != verb.head for c in verb.children):
            return [verb.head]
        return []
    for other in children(verb, "conj"):
        # "besieged and captured the town"
        if other.pos_ == "VERB" and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in other.children):
            shared = [c for c in other.children if c.dep_ in {"dobj", "obj"}]
            if shared and not any(c.dep_ in {"prep", "advmod", "npadvmod"} for c in verb.children):
                return [t for o in shared for t in conjuncts(o)]
    return []


def prepositions(token: Token) -> Iterator[tuple[str, Token, Token]]:
    """(preposition in lower case, its token, head of its object) for each prepositional phrase that hangs on a token."""
    for prep in token.children:
        if prep.dep_ in {"prt", "advmod"} and prep.lower_ in _PARTICLES:
            # "won the town back from X"
            for found in prepositions(prep):
                if found[0] in {"from", "to", "into", "of"}:
                    yield found
            continue
        if prep.dep_ not in {"prep", "agent", "dative"} and not (
            prep.dep_ in {"advmod", "advcl"} and (prep.pos_ in {"ADP", "SCONJ"} or prep.lower_ in _BEARINGS)
        ):
            continue
        word = prep.lower_
        for child in prep.children:
            if child.dep_ in {"pobj", "pcomp"}:
                for t in conjuncts(child):
                    yield word, prep, t
            elif child.dep_ == "prep":
                for inner in children(child, "pobj"):
                    for t in conjuncts(inner):
                        yield f"{word} {child.lower_}", prep, t


#: what a noun phrase as a coder writes it down leaves out
_NOT_IN_PHRASE = frozenset(
    {"relcl", "acl", "appos", "conj", "cc", "punct", "prep", "advcl", "parataxis", "preconj", "ccomp", "predet", "case", "advmod"}
)


def phrase(head: Token, keep_of: bool = True) -> list[Token]:
    """Tokens of a noun phrase from its head: modifiers before it, and "of ..." after it, without article or clauses."""
    out = [head]
    for child in head.children:
        if child.dep_ == "det" and child.lower_ in {"the", "a", "an"}:
            continue
        if child.dep_ == "prep":
            inner = [p for p in children(child, "pobj") if p.i > child.i]
            if keep_of and child.lower_ == "of" and child.i > head.i and inner:
                out += [child, *(t for p in inner for t in phrase(p))]
            continue
        if child.dep_ in _NOT_IN_PHRASE:
            if child.dep_ == "punct" and child.text == "-" and child.i < head.i:
                out.append(child)
            continue
        if child.i < head.i or child.dep_ in {"nummod", "compound", "nmod", "poss", "amod"}:
            out += [
                t
                for t in child.subtree
                if t.dep_ not in {"relcl"}
                and not (t.dep_ == "det" and t.lower_ in {"the", "a", "an"} and t.i == child.left_edge.i)
            ]
    return sorted(set(out), key=lambda t: t.i)


def clause_root(token: Token) -> Token:
    """The verb of the clause a token stands in; the root of the sentence where there is none."""
    t = token
    while t.head is not t and t.head != t:
        if t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"aux", "auxpass", "amod", "compound"}:
            return t
        t = t.head
    return t


def negated(token: Token) -> Token | None:
    """The negation that hangs on a token ("not", "never", "no"), or None."""
    for child in token.children:
        if (
            child.dep_ == "neg"
            or (child.dep_ == "det" and child.lower_ == "no")
            or (child.dep_ == "preconj" and child.lower_ == "neither")
        ):
            return child
    return None


def distance(a: Token, b: Token) -> int:
    """Number of arcs between two tokens of one parse."""
    up: dict[int, int] = {}
    t, n = a, 0
    while True:
        up[t.i] = n
        if t.head == t:
            break
        t, n = t.head, n + 1
    t, n = b, 0
    while True:
        if t.i in up:
            return n + up[t.i]
        if t.head == t:
            return 99
        t, n = t.head, n + 1
