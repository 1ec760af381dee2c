"""Readings that tell of one happening become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warlog.extract import grammar
from warlog.extract.frames import Reading
from warlog.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token


def wordings(parsed: Parsed, tokens: list[Token]) -> set[str]:
    """The words of some roles, without pronouns."""
    return {parsed.word(t) for t in tokens if t.pos_ != "PRON"}


def merge(parsed: Parsed, readings: list[Reading]) -> list[Reading]:
    """Join readings that tell of one happening: same type, and nothing that sets them apart (place, actor, clause)."""
    out: list[Reading] = []
    for r in readings:
        host = next((o for o in out if _same_happening(parsed, o, r)), None)
        if host is None:
            out.append(r)
            continue
        host.merged.append(r.token)
        host.actors = host.actors or r.actors
        host.targets = host.targets or r.targets
        host.places = host.places + [t for t in r.places if t not in host.places]
    return out


def _same_happening(parsed: Parsed, host: Reading, r: Reading) -> bool:
    if host.type != r.type:
        return False
    named, named_host = ({t.i for t in x.places if t.i in parsed.names} for x in (r, host))
    actors, actors_host = wordings(parsed, r.actors), wordings(parsed, host.actors)
    if actors and actors_host and (not actors & actors_host or _clauses_of_their_own(host.token, r.token)):
        return False
    if named and named_host and not named & named_host:
        # other places: another happening, but for a fight that one clause tells of at several
        return not r.type.startswith("territory_") and grammar.clause_root(host.token) == grammar.clause_root(r.token)
    return True


def _clauses_of_their_own(a: Token, b: Token) -> bool:
    """Two nouns in coordinate or contrasted clauses of their own: "killed in raids on X while 10 were hurt in strikes on Y"."""
    if a.pos_ != "NOUN" or b.pos_ != "NOUN":
        return False
    ra, rb = grammar.clause_root(a), grammar.clause_root(b)
    return ra != rb and rb.dep_ in {"advcl", "conj"} and grammar.has_own_subject(rb)
