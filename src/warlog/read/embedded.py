"""Pages saved as one file carry their pictures and fonts inside, as data: addresses; these are dropped before parsing."""

from __future__ import annotations

import re

#: The bytes of a picture, written out in an attribute or a style sheet. Short ones do no harm.
_DATA = re.compile(r"data:[\w.+/-]{0,80}(?:;[\w.+=-]{1,60})*,[^\s\"'<>)]{200,}")


def without_data(html: str) -> str:
    """The page with each long data: address shortened to "data:,"."""
    return _DATA.sub("data:,", html) if "data:" in html else html
