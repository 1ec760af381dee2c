"""Which language a text is in."""

from __future__ import annotations

import re

#: Fewer letters than this say too little.
_FEWEST = 25
#: More than this say no more.
_ENOUGH = 4000


def language_of(text: str, declared: str | None = None) -> str | None:
    """The ISO 639-1 code of the text's language; what the page declares where the text is too short to tell."""
    code = (declared or "").strip().lower().replace("_", "-").split("-")[0]
    given = code if re.fullmatch(r"[a-z]{2}", code) else None
    sample = text[:_ENOUGH]
    if sum(character.isalpha() for character in sample) < _FEWEST:
        return given
    import py3langid

    found: str = py3langid.classify(sample)[0]
    return found
