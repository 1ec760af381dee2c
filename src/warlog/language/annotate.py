"""Part of speech, morphology and lemma of parsed tokens, as the model's own last two components give them, looked up.

The model's attribute ruler matches some 180 patterns against every sentence, and its lemmatizer tries every token's endings: a
quarter of the time of a parse. All but a few patterns look at one token alone, at its form, tag and dependency label. So what
the two give is worked out once for each such triple, by the components themselves on a sentence of that token alone, and looked
up afterwards. A sentence in which a pattern of several tokens holds ("there were") goes through the components as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

#: names of the components whose work this is
COMPONENTS = ("attribute_ruler", "lemmatizer")
_KEY = [ORTH, TAG, DEP]
_GIVEN = [TAG, DEP, POS, MORPH, LEMMA]
#: so many triples are kept: the words of a language are fewer, and a flood of odd ones must not fill the memory
_MOST = 200_000


class Annotator:
    """`Annotator(nlp)(doc)` gives a tagged and parsed document what the two components of `nlp` would give it."""

    def __init__(self, nlp: Language) -> None:
        ruler: Any = nlp.get_pipe(COMPONENTS[0])
        self._components: list[Callable[[Doc], Doc]] = [ruler, nlp.get_pipe(COMPONENTS[1])]
        patterns = [pattern for entry in ruler.patterns for pattern in entry["patterns"]]
        self._several = Matcher(nlp.vocab)
        longer = [pattern for pattern in patterns if len(pattern) > 1 or "OP" in pattern[0]]
        if longer:
            self._several.add("several", longer)
        self._known: dict[tuple[int, ...], list[int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The same document, annotated."""
        if self._several(doc, allow_missing=True):
            return self._worked_out(doc)
        keys: list[tuple[int, ...]] = list(map(tuple, doc.to_array(_KEY).tolist()))
        if keys:
            rows = [self._known.get(key) or self._learnt(key, doc, i) for i, key in enumerate(keys)]
            given: Any = np.array(rows, dtype=np.uint64)
            doc.from_array(_GIVEN, given)
        return doc

    def _learnt(self, key: tuple[int, ...], doc: Doc, index: int) -> list[int]:
        """What the components give the token alone; kept for the next of its kind."""
        token = doc[index]
        alone = Doc(doc.vocab, words=[token.text], spaces=[False], tags=[token.tag_], deps=[token.dep_], heads=[0])
        row: list[int] = self._worked_out(alone).to_array(_GIVEN)[0].tolist()
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[key] = row
        return row

    def _worked_out(self, doc: Doc) -> Doc:
        for component in self._components:
            doc = component(doc)
        return doc
