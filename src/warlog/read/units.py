"""A page as a row of units: the passages it consists of, in page order, before anyone has said what is prose.

Each of the readers (plain text, Markdown, HTML) makes units; what follows them no longer knows the format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from warlog.records import MediaLink

# Characters that are there to steer the display and are no part of the words: soft hyphen, zero-width space, word
# joiner, byte order mark, direction marks, and control characters. The two joiners stay: Persian spelling needs them.
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\u0000-\u0008\u000e-\u001f\u007f\ud800-\udfff]"
)
_ENDS = re.compile(r"""[.!?…。！？؟۔]["'”’»)\]]*$|[.!?…]\[\d+\]$""")
_WORD = re.compile(r"\w")


@dataclass(slots=True)
class Unit:
    """One passage of a page: a paragraph, a heading, or a line that stands for itself."""

    #: the passage as it stands on the page
    raw: str
    #: its words: no markup, white space made single
    text: str
    #: units of one paragraph share its number
    paragraph: int = 0
    #: level of a heading, 1 to 6; 0 for none
    heading: int = 0
    #: its links: what they are on and where they lead
    links: list[tuple[str, str]] = field(default_factory=list)
    #: pictures and films that it shows
    media: list[MediaLink] = field(default_factory=list)
    #: what kind of furniture it is; None for the text itself
    kind: str | None = None
    #: whether `kind` was read from the page's structure
    fixed: bool = False
    #: whether a block of its own starts with it, as far as the format can tell
    starts_block: bool = True
    #: whether it stands where other texts are shown (a list of related ones, comments): its credits are not the page's
    aside: bool = False

    @property
    def linked(self) -> str:
        """The words that are links, joined."""
        return " ".join(label for label, _ in self.links)


def tidy(text: str) -> str:
    """The text with white space made single and invisible characters dropped; quotes and dashes stay as written."""
    return " ".join(_INVISIBLE.sub("", text).split())


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return _ENDS.search(text) is not None


def is_prose(text: str) -> bool:
    """Whether the passage looks like running text: long, or of some length and ended as a sentence."""
    return len(text) >= 240 or (len(text) >= 45 and ends_sentence(text) and text.count(" ") >= 5)


def has_words(text: str) -> bool:
    """Whether there is any letter or digit in it."""
    return _WORD.search(text) is not None


def comparable(text: str) -> str:
    """Letters and digits only, in small letters: for finding one passage in another rendering of the page."""
    return "".join(_ALNUM.findall(text.casefold()))


_ALNUM = re.compile(r"[^\W_]+")
