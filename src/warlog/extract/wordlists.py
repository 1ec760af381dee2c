"""Word lists of the vocabulary as frozen sets: what the conditions of the rules ask for by name.

Content words (verbs, nouns, adjectives) are data and stand in `vocab/*.toml`; only closed classes of grammar
(prepositions, pronouns, articles, dependency labels) stand in the code that reads the parse.
"""

from __future__ import annotations

from functools import cache

from warlog import vocabulary


@cache
def wordlists(name: str) -> dict[str, frozenset[str]]:
    """The lists of the vocabulary file `vocab/<name>.toml` by their names; values that are no lists are left out."""
    return {k: frozenset(v) for k, v in vocabulary.load(name).items() if isinstance(v, list)}
