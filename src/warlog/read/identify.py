"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache

from warlog import vocabulary
from warlog.errors import LogError

#: Fewer letters than this say too little.
_FEWEST = 25
#: Up to so many letters the guess is held against the small words of English, which short reports of foreign names mislead.
_SHORT = 600
#: Of the words of an English text, at least this share are small words of English and of no other language.
_ENGLISH_SHARE = 0.08
#: Of so large a share nothing but English has so many: no need to ask further.
_SURELY_ENGLISH = 0.17
#: More than this say no more.
_ENOUGH = 4000


@cache
def _english() -> frozenset[str]:
    words = vocabulary.load("languages")
    return frozenset(words["english"]) - frozenset(words["shared"])


def language_of(text: str, declared: str | None = None) -> str | None:
    """The ISO 639 code of the text's language; what the page declares, or None, where the text is too short to tell."""
    code = (declared or "").strip().lower().replace("_", "-").split("-")[0]
    given = code if re.fullmatch(r"[a-z]{2}", code) else None
    sample = text[:_ENOUGH]
    if sum(character.isalpha() for character in sample) < _FEWEST:
        return given
    words = re.findall(r"[^\W\d_]+", sample.lower())
    small = sum(w in _english() for w in words)
    if small >= _SURELY_ENGLISH * len(words) or (len(sample) <= _SHORT and small >= _ENGLISH_SHARE * len(words)):
        return "en"
    import py3langid

    try:
        found: str = py3langid.classify(sample)[0]
    except OSError as error:
        # the model is unpacked into a temporary file when it is first used
        raise LogError(
            f"The language of a text cannot be told, since no temporary file can be written: {error.strerror or error}."
        ) from error
    if len(sample) <= _SHORT and found not in vocabulary.load("languages")["reported"]:
        return given
    return found
