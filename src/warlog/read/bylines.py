"""The byline of a page: the line that a reader sees, and the words of it that are the names.

It is looked for in the lines of the head, then in those that the page's structure sets apart, then among bare names:
the one that the markup gives as the author's, several persons' in a row, or one beside the date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from warlog import vocabulary
from warlog.read import links, names, people
from warlog.read.declared import same_name
from warlog.read.facts import PageFacts
from warlog.read.headlines import HeadLine, byline_of, read_headline
from warlog.read.lexicon import says_published
from warlog.read.pubdate import find_day
from warlog.read.units import Unit, is_prose
from warlog.records import Credit

#: A line that holds a byline is no longer than this.
_LONGEST = 160


def read_byline(
    head: Sequence[tuple[Unit, HeadLine]], units: Sequence[Unit], facts: PageFacts
) -> tuple[Credit | None, Unit | None]:
    """The byline as written, and the line it stands in."""
    for unit, line in head:
        if line.byline and not _is_help(unit.text) and not _is_first_publication(unit.text, line.byline):
            return Credit("byline", line.byline, unit.raw, "text", _link(unit, line.byline)), unit
    for unit in units:
        linked = _linked_names(unit)
        if linked is not None:
            return Credit("byline", linked, unit.raw, "text", unit.links[0][1]), unit
        if unit.kind not in ("byline", "publisher_line") or not unit.text or len(unit.text) > _LONGEST or _is_help(unit.text):
            continue
        read = read_headline(unit.text)
        name = read.byline if read is not None and not _is_first_publication(unit.text, read.byline) else None
        if name is None and unit.kind == "byline" and (day := find_day(unit.text)) is not None:
            name = _person_in(unit.text[: day.start]) or _person_in(unit.text[day.end :])
            if name is not None:
                return Credit("byline", name, unit.raw, "text", _link(unit, name)), unit
            continue
        if name is None and unit.kind == "byline" and names.is_name(unit.text, longest=14) and not people.is_nobody(unit.text):
            name = unit.text
        if name and byline_of(f"{name} Jane Doe") is None:
            return Credit("byline", name, unit.raw, "text", _link(unit, name)), unit
    return _bare_byline(about_lines(head, units), units, facts)


def without_rest(byline: Credit, facts: PageFacts) -> Credit:
    """A byline without what runs on after the names that the markup gives as its author's."""
    for statement in facts.statements:
        name = statement.value.get("name") if isinstance(statement.value, dict) else statement.value
        if statement.role == "author" and isinstance(name, str) and len(name) > 4:
            rest = byline.value[len(name) :] if byline.value.casefold().startswith(name.casefold()) else ""
            if rest[:1] == " " and not re.match(r"\s+(?:[^\w\s]|\w+\s)*?(?:and|&|in|for|with|et|y|und|и)\s", rest):
                return Credit("byline", byline.value[: len(name)], byline.passage, byline.where, byline.url)
    return byline


def _is_help(text: str) -> bool:
    """Whether a line names those who edited or translated and not those who wrote."""
    return _help_words().match(text.lstrip("(*_ ")) is not None


def _link(unit: Unit, words: str) -> str | None:
    return next((url for label, url in unit.links if label and label in words and links.is_web(url)), None)


def about_lines(head: Sequence[tuple[Unit, HeadLine]], units: Sequence[Unit]) -> list[tuple[Unit, HeadLine]]:
    """The head's lines, and those that the page's structure sets apart as being about it."""
    known = {id(unit) for unit, _ in head}
    lines = list(head)
    for unit in units:
        if unit.kind in ("publisher_line", "byline") and len(unit.text) <= _LONGEST and id(unit) not in known:
            line = read_headline(unit.text)
            if line is not None:
                lines.append((unit, line))
    return lines


def _bare_byline(
    head: Sequence[tuple[Unit, HeadLine]], units: Sequence[Unit], facts: PageFacts
) -> tuple[Credit | None, Unit | None]:
    """A name without a word such as "By": the one that the markup gives, several persons', or one beside the date.

    A single name beside the date is the writer only where the page's publisher is known to be another.
    """
    for unit in units:
        if unit.kind is None and is_prose(unit.text):
            break
        text = names.strip_edges(unit.text)
        if not text or len(text) > _LONGEST or unit.heading or unit.kind in ("caption", "label", "copyright"):
            continue
        if facts.author is not None and same_name(text, facts.author) and not same_name(text, facts.title):
            return Credit("byline", text, unit.raw, "text", _link(unit, text)), unit
        listed = people.persons(text)
        if len(listed) > 1 and names.is_name(text, longest=16) and all(len(name.split()) > 1 for name in listed):
            parts = [part for part in re.split(r",|\s+(?:and|&|et|y|und|и)\s+", text) if part.strip()]
            if len(parts) == len(listed):
                return Credit("byline", text, unit.raw, "text", _link(unit, text)), unit
    if facts.publisher is None:
        return None, None
    for unit, line in head:
        name = line.publisher
        if name is None or line.sure or not line.day or same_name(name, facts.publisher) or not 2 <= len(name.split()) <= 4:
            continue
        if people.persons(name) == [name] and not names.is_capitals(name):
            return Credit("byline", name, unit.raw, "text", _link(unit, name)), unit
    return None, None


def _linked_names(unit: Unit) -> str | None:
    """The names in a line of nothing but links, each on a person's name, that only the style sheet sets apart."""
    labels = [label for label, _ in unit.links]
    if unit.kind not in ("byline", "publisher_line", "navigation") or not 2 <= len(labels) <= 8 or unit.text != " ".join(labels):
        return None
    persons = all(people.persons(label) == [label] and len(label.split()) > 1 for label in labels)
    return ", ".join(labels) if persons else None


def _is_first_publication(text: str, byline: str | None) -> bool:
    """Whether "by" is followed by the outlet that published it, and a date stands between: "Published on 1 April 2003 by"."""
    day = find_day(text)
    return (
        byline is not None
        and day is not None
        and names.is_outlet(byline)
        and says_published(text[: day.start])
        and text.find(byline) > day.end
    )


def _person_in(text: str) -> str | None:
    """A name that is all there is in a piece of a line, besides signs."""
    name = names.strip_edges(text)
    return name if people.persons(name) == [name] else None


@cache
def _help_words() -> re.Pattern[str]:
    words = [*_lines("translator"), *_lines("help_only")]
    return re.compile("|".join(f"(?:{word})" for word in words), re.I)


def _lines(group: str) -> list[str]:
    words: list[str] = vocabulary.load("credits")["lines"][group]
    return words
