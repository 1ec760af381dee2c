"""Tells a page's text from its furniture: every unit gets its `kind`, or keeps None and is text; the title is found.

What the words alone give away is cut wherever it stands. What is furniture only in its place (a name beside a date,
a row of links) is looked for before the first and after the last paragraph of prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from warlog.read import links, names, rules
from warlog.read.headlines import HeadLine, read_headline
from warlog.read.units import Unit, comparable, ends_sentence, has_words, is_prose
from warlog.records import MediaLink

#: A title is no longer than this.
_LONGEST_TITLE = 300
#: How many lines about the page may stand before its text.
_HEAD = 25
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:")
_LABELLED_URL = re.compile(r"^(?P<words>[^:：]{0,40}[:：]?\s*)?<?https?://\S+?>?[\s.,)]*(?:or)?$", re.I)


@dataclass(slots=True)
class Marked:
    """What was found on the way."""

    #: number of the unit that is the title, or None
    title: int | None = None
    #: the lines about the page at its head, by number of the unit
    lines: dict[int, HeadLine] = field(default_factory=dict)


def mark(units: list[Unit], title: str | None = None) -> Marked:
    """Give each unit its kind. `title` is the headline where the page's format told it; the unit that repeats it is one."""
    marked = Marked()
    if title is not None:
        marked.title = _find_title(units, title)
    if marked.title is None and title is None:
        marked.title = _heading_title(units)
    for index, unit in enumerate(units):
        if index == marked.title:
            unit.kind = None
        elif unit.kind is None:
            _by_words(unit)
    if marked.title is None and title is None:
        marked.title = _first_line_title(units)
        if marked.title is not None:
            units[marked.title].kind = None
    _cover(units, marked.title)
    first, last = _prose_span(units, marked.title)
    while last > first and (about := rules.furniture(units[last].text, "edge")) is not None:
        # A paragraph about the writer or the outlet reads as prose but ends the page.
        units[last].kind = about.kind
        first, last = _prose_span(units, marked.title)
    for index in [*range(min(first, _HEAD + (marked.title or 0))), *range(last + 1, len(units))]:
        unit = units[index]
        if unit.kind is None and index != marked.title:
            _at_edge(unit, marked, index, head=index < first)
    _names_beside(units, marked, first)
    _rows_of_links(units, marked.title, last)
    _rest_of_tail(units, last)
    return marked


def _by_words(unit: Unit) -> None:
    """What gives itself away wherever it stands: rules, separators, films and addresses that stand alone."""
    if _FOOTNOTE.match(unit.raw):
        unit.kind = "other"
        return
    if rules.is_separator(unit.text or unit.raw):
        unit.kind = "media_link" if unit.media else "separator"
        return
    if not has_words(unit.text):
        unit.kind = "media_link" if unit.media else "other"
        return
    if _only_media(unit):
        unit.kind = "media_link"
        return
    rule = rules.furniture(unit.text, "any")
    if rule is not None:
        unit.kind = rule.kind
        return
    if _only_address(unit):
        unit.kind = "navigation"


def _only_media(unit: Unit) -> bool:
    """Whether the unit is nothing but a link to a film, picture or post; the media are then listed on it."""
    text = unit.text.strip(" .:()[]<>►▶→|-–—*")
    addresses = links.urls(unit.text)
    if len(addresses) == 1 and len(text) - len(addresses[0]) <= 30:
        words = text.replace(addresses[0], "").strip(" .:()[]<>►▶→|-–—*").casefold()
        kind = _kind_of(addresses[0], words, alone=True)
        if kind is not None and (not words or links.media_word(words) is not None):
            unit.media.append(MediaLink(addresses[0], kind))
            return True
    if len(unit.links) == 1 and not addresses:
        label, url = unit.links[0]
        kind = links.media_word(label)
        if kind is not None and label and comparable(label) == comparable(unit.text) and links.is_web(url):
            unit.media.append(MediaLink(url, links.media_kind(url) or kind))
            return True
    return bool(unit.media) and not has_words(unit.text)


def _kind_of(url: str, words: str, *, alone: bool) -> str | None:
    kind = links.media_kind(url)
    if kind is None:
        kind = links.media_word(words)
    if kind is None and alone and not words and links.video_by_address(url):
        kind = "video"
    return kind


def _only_address(unit: Unit) -> bool:
    """A web address, or a word or two and a web address: "Live: https://..."."""
    return len(unit.text) <= 300 and not is_prose(unit.text.split("http")[0]) and _LABELLED_URL.match(unit.text) is not None


def _find_title(units: list[Unit], title: str) -> int | None:
    """The unit that is the headline that the page's format told, or most of it: outlets add their name to it there."""
    wanted = comparable(title)
    part: int | None = None
    for index, unit in enumerate(units[:300]):
        if not wanted or len(unit.text) > _LONGEST_TITLE * 2 or (unit.fixed and not unit.heading):
            continue
        found = comparable(unit.text)
        if found == wanted:
            return index
        most = len(found) >= 20 and len(found) * 2 > len(wanted)
        if part is None and most and (wanted.endswith(found) or wanted.startswith(found)):
            part = index
    return part


def _heading_title(units: list[Unit]) -> int | None:
    """The first heading of the first level, or any heading that stands before all prose."""
    for index, unit in enumerate(units):
        if unit.heading == 1 and unit.text and not unit.fixed and len(unit.text) <= _LONGEST_TITLE:
            return index
        if index > _HEAD:
            break
    for index, unit in enumerate(units[:_HEAD]):
        if unit.heading and unit.text and len(unit.text) <= _LONGEST_TITLE and not unit.fixed:
            return index if rules.furniture(unit.text, "any") is None else None
        if is_prose(unit.text):
            return None
    return None


def _first_line_title(units: list[Unit]) -> int | None:
    """In a page without headings: the first line that is no furniture, if it is worded as a title and text follows it."""
    top = next((index for index, unit in enumerate(units) if has_words(unit.text)), 0)
    # "Video: ..." heads a caption elsewhere on the page, but at the top of it the title of a report with a film.
    candidates = [i for i, unit in enumerate(units[: _HEAD * 2]) if unit.kind is None or (i == top and unit.kind == "caption")]
    for place, index in enumerate(candidates[:6]):
        unit = units[index]
        if len(unit.text) > _LONGEST_TITLE or place + 1 >= len(candidates):
            return None
        line = read_headline(unit.text)
        if line is not None:
            continue
        if _is_masthead(units, index) or rules.furniture(unit.text, "edge") is not None:
            continue
        if not ends_sentence(unit.text.rstrip("\"'”’»")) or unit.text.rstrip("\"'”’»")[-1:] in "!?؟？":
            return None if unit.text.endswith((":", ";", ",")) else index
        # A headline may end in a full stop; that what follows is about the page shows that it is one.
        after = units[index + 1]
        about = after.kind in ("byline", "publisher_line", "label", "separator", "share") or read_headline(after.text) is not None
        return index if about and len(unit.text) <= 150 else None
    return None


def _is_masthead(units: list[Unit], index: int) -> bool:
    """Whether a line at the very top is the outlet's own name: short, and met again elsewhere on the page."""
    text = names.strip_edges(units[index].text)
    if len(text.split()) > 5 or not names.is_name(text, longest=5) or units[index].heading:
        return False
    if names.agency(text):
        return True
    name = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.I)
    again = sum(1 for unit in units[index + 1 :] if name.search(unit.text))
    furnished = any(unit.kind and unit.kind != "separator" and name.search(unit.text) for unit in units)
    return again > 0 and (furnished or names.is_outlet(text))


def _cover(units: list[Unit], title: int | None) -> None:
    """Headings of furniture ("Comments", "Related", "About the author") take along what stands under them."""
    covers: rules.Covers = ""
    prose_seen = 0
    for index, unit in enumerate(units):
        if index == title:
            continue
        starts: rules.Covers = _covering(unit) if unit.kind is not None and len(unit.text) <= 80 else ""
        if covers == "rest":
            unit.kind = unit.kind or "navigation"
        elif starts:
            covers = starts if starts != "rest" or prose_seen >= 2 else ""
        elif unit.kind is not None:
            continue
        elif covers == "list" and not unit.heading and not (is_prose(unit.text) and len(unit.linked) * 2 < len(unit.text)):
            unit.kind = "navigation"
        elif covers == "next" and not unit.heading:
            unit.kind, covers = "disclaimer", ""
        else:
            covers = ""
            prose_seen += is_prose(unit.text)


def _covering(unit: Unit) -> rules.Covers:
    passage = rules.key(unit.text)
    return next((rule.covers for rule in rules.covering() if rule.fits(passage)), "")


def _prose_span(units: list[Unit], title: int | None) -> tuple[int, int]:
    """Numbers of the first and the last unit of prose; all units where there is none (0, and the last one)."""
    prose = [i for i, unit in enumerate(units) if unit.kind is None and i != title and is_prose(unit.text)]
    if not prose:
        texts = [i for i, unit in enumerate(units) if unit.kind is None and i != title and len(unit.text) > 60]
        prose = texts or [len(units) - 1]
    return prose[0], prose[-1]


def _at_edge(unit: Unit, marked: Marked, index: int, *, head: bool) -> None:
    """What is furniture only before or after the prose."""
    if head:
        line = read_headline(unit.text)
        if line is not None:
            marked.lines[index] = line
            unit.kind = "publisher_line" if line.day or not line.byline else "byline"
            return
    rule = rules.furniture(unit.text, "edge")
    if rule is not None:
        unit.kind = rule.kind


def _names_beside(units: list[Unit], marked: Marked, first: int) -> None:
    """A name in a line of its own at the head: the outlet, where it stands beside a date or comes again on the page."""
    credited = [name for line in marked.lines.values() for name in (line.publisher, line.byline) if name]
    known = {names.strip_edges(name).casefold() for name in credited}
    for index in range(min(first, len(units))):
        unit = units[index]
        if unit.kind is not None or index == marked.title:
            continue
        shown = re.split(r"\s+[|·•–—-]\s+", unit.text)[0]
        name = names.strip_edges(shown)
        if not name or not names.is_name(name, longest=8):
            continue
        linked = bool(unit.links) and comparable(unit.linked) == comparable(unit.text)
        beside = any(near in marked.lines for near in (index - 1, index + 1))
        outlet = names.is_outlet(name) or names.agency(name) is not None or names.is_capitals(name)
        if name.casefold() in known or (beside and (outlet or linked)) or _is_masthead(units, index):
            unit.kind = "publisher_line"
            marked.lines[index] = HeadLine(publisher=name, sure=outlet and not linked)


def _rows_of_links(units: list[Unit], title: int | None, last: int) -> None:
    """Units that consist of links alone and are no sentence are ways off the page."""
    for index, unit in enumerate(units):
        if unit.kind is not None or index == title or not unit.links or unit.heading == 1:
            continue
        words, linked = comparable(unit.text), comparable(unit.linked)
        if words and len(linked) >= 0.9 * len(words) and not ends_sentence(unit.text) and (len(unit.text) < 160 or index > last):
            unit.kind = "navigation"


def _rest_of_tail(units: list[Unit], last: int) -> None:
    """Once furniture has begun after the prose, small pieces between it that are no sentences belong to it."""
    begun = False
    for unit in units[last + 1 :]:
        if unit.kind is not None:
            begun = begun or unit.kind not in ("caption", "media_link")
        elif begun and len(unit.text) <= 100 and not ends_sentence(unit.text):
            unit.kind = "other"
