"""The credits in the lines that a reader sees: who published first, who helped, who translated, which agency.

A line that the page sets apart as a credit is searched through. Elsewhere, at the edges of the text and in the page's
foot, a sentence counts only if it begins as a credit does: "This article was first published by ..."; what the report
itself says of other reports is attribution and no credit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from warlog import vocabulary
from warlog.read import links, names
from warlog.read.declared import is_archive, is_archived, related, unwrapped
from warlog.read.helpers import helpers, is_thanks
from warlog.read.lexicon import (
    about_this,
    banner,
    made_of,
    name_ends,
    no_names,
    outlet_kinds,
    passage_of,
    patterns,
    published_words,
    says_published,
    sentences,
    several_agencies,
    source_label,
)  # fmt: skip
from warlog.read.units import Unit, is_prose
from warlog.read.wires import in_credits, is_agencies_alone, reported_by, signed_with
from warlog.records import Credit

#: A credited name is no longer than this; a line that holds one, no longer than that.
_NAME_LONGEST = 80
_LINE_LONGEST = 900
#: Credits stand among so many first or last passages of a page.
_MOST_UNITS = 200
#: A line of text that is nothing but a credit is no longer than this.
_CREDIT_LONGEST = 160
#: How many paragraphs of the text count as its beginning and its end.
_FIRST, _LAST = 2, 4
#: Passages of these kinds are set apart by the page to say where the text is from.
_CREDITING = frozenset(("credit", "copyright", "publisher_line", "byline"))
#: Passages of these kinds are never about the text.
_NEVER = frozenset(("caption", "share", "donation", "media_link", "separator", "label"))
_OF_ORIGIN = ("agency", "original_publisher", "original_url")


def read_lines(units: Sequence[Unit], title: int | None, byline: Unit | None, is_here: Callable[[str], bool]) -> list[Credit]:
    """The credits of all lines, in page order. `byline` is the line already taken for the byline.

    `is_here` tells whether an address is on the page's own site, where no original of it stands. A short line that was
    taken for text and is nothing but a credit becomes furniture.
    """
    found: list[Credit] = []
    body = [unit for index, unit in enumerate(units) if unit.kind is None and index != title]
    edges = {id(unit) for unit in (*body[:_FIRST], *body[-_LAST:])}
    prose = [index for index, unit in enumerate(units) if unit.kind is None and index != title and is_prose(unit.text)]
    far = range(_MOST_UNITS, len(units) - _MOST_UNITS)
    for index, unit in enumerate(units):
        if index in far or unit.aside or index == title or not unit.text:
            continue
        if len(unit.text) > _LINE_LONGEST:
            found += signed_with(unit) if unit.kind is None and id(unit) in edges else []
            continue
        line = _labelled(units, index)
        if line is unit and (unit.kind in _NEVER or (unit.kind is None and id(unit) not in edges)):
            continue
        given = list(_of_unit(line, is_byline=unit is byline))
        if given and unit.kind is None and _is_only_credit(unit):
            unit.kind = "credit"
        for credit in given:
            if prose and prose[0] < index < prose[-1] and credit.kind in _OF_ORIGIN and not says_published(unit.text):
                # The source of a table or a picture between the paragraphs.
                continue
            if credit.kind == "original_url" and is_here(credit.value) and not banner().search(credit.passage):
                continue
            if all((c.kind, c.value) != (credit.kind, credit.value) for c in found):
                found.append(credit)
    return found


def _is_only_credit(unit: Unit) -> bool:
    """Whether a line that gave credits says nothing else."""
    if banner().search(unit.text):
        return True
    if len(unit.text) > _CREDIT_LONGEST or len(sentences(unit.text)) != 1:
        return False
    bracketed = is_agencies_alone(unit.text)
    return bracketed or about_this().match(unit.text) is not None or made_of().search(unit.text) is not None


def _labelled(units: Sequence[Unit], index: int) -> Unit:
    """A unit, or what a label such as "Source:" makes with the short line after it."""
    unit = units[index]
    after = units[index + 1] if index + 1 < len(units) else None
    if len(unit.text) > 40 or after is None or not after.text or len(after.text) > _NAME_LONGEST or after.heading:
        return unit
    if not source_label().fullmatch(unit.text.strip(" :：–—-")):
        return unit
    linked = len(after.links) == 1 and after.links[0][0] == after.text
    if unit.heading or (not linked and not names.is_name(after.text, longest=6)):
        return unit
    label = unit.text.strip(" :：–—-")
    return Unit(f"{unit.raw} {after.raw}", f"{label}: {after.text}", unit.paragraph, links=after.links, kind="credit")


def _of_unit(unit: Unit, *, is_byline: bool) -> Iterator[Credit]:
    crediting = unit.kind in _CREDITING
    yield from _saved(unit)
    yield from reported_by(unit)
    yield from _own_address(unit)
    for sentence in sentences(unit.text):
        starts = about_this().match(sentence) is not None
        if crediting or starts:
            yield from _original(sentence, unit)
            for piece in re.split(r"\s+[|•·/]\s+", sentence)[1:]:
                yield from _original(piece, unit)
        if not is_byline and not (unit.kind is None and not is_thanks(sentence)):
            yield from helpers(sentence, unit)
    if crediting and unit.kind != "copyright":
        yield from in_credits(unit, is_byline=is_byline)
    elif unit.kind is None or unit.kind in ("other", "disclaimer"):
        yield from signed_with(unit)


# ---- who published it first


def _original(sentence: str, unit: Unit) -> Iterator[Credit]:
    for pattern in patterns("original"):
        found = pattern.search(sentence)
        if found is None:
            continue
        name, url = credited(found["name"], unit)
        if name is None and url is None:
            continue
        known = (
            names.agency(name) or names.agency(name.split(".")[0] if re.fullmatch(r"[\w-]+\.\w{2,6}", name) else "")
            if name
            else None
        )
        if known is not None and not published_words().search(sentence[: found.start("name")]):
            # Named as the source, an agency is the agency: the outlet has it from the wire.
            yield Credit("agency", known, passage_of(sentence, unit), "text", url)
        elif name is not None:
            yield Credit("original_publisher", name, passage_of(sentence, unit), "text", url)
            if known is not None:
                yield Credit("agency", known, passage_of(sentence, unit), "text", url)
        text_url = url if url is not None and urlsplit(url).path.strip("/") else _text_link(unit, url)
        if text_url is not None:
            yield Credit("original_url", text_url, passage_of(sentence, unit), "text", text_url)
        break
    if any(pattern.search(sentence) for pattern in patterns("read_original")):
        for label, url in unit.links:
            if links.is_web(url) and label and (_reads_original(label) or (label in sentence and len(unit.links) == 1)):
                yield Credit("original_url", unwrapped(url), passage_of(sentence, unit), "text", url)
                return


def _own_address(unit: Unit) -> Iterator[Credit]:
    """A line that is nothing but the way to the original."""
    if len(unit.text) > 120:
        return
    whole = [(label, url) for label, url in unit.links if links.is_web(url) and label]
    if len(whole) == 1 and any(p.match(unit.text.lstrip("(*_[ ")) for p in patterns("read_original")):
        label, url = whole[0]
        yield Credit("original_url", unwrapped(url), passage_of(unit.text, unit), "text", url)
        if not any(p.match(label) for p in patterns("read_original")) and not links.is_web(label):
            name = _checked(names.strip_edges(label))
            if name is not None:
                yield Credit("original_publisher", name, passage_of(unit.text, unit), "text", url)
        return
    for label, url in unit.links:
        plain = re.sub(r"[^\w\s’']+", " ", label.replace("'", "’")).strip()
        if links.is_web(url) and any(pattern.match(plain) for pattern in patterns("read_original")):
            yield Credit("original_url", unwrapped(url), passage_of(unit.text, unit), "text", url)
            return


def _reads_original(label: str) -> bool:
    return any(word in label.casefold() for word in vocabulary.load("credits")["lines"]["original_labels"])


def _text_link(unit: Unit, outlet: str | None) -> str | None:
    """The link on a word such as "article" or "here", where the outlet's own link leads only to its front page."""
    for label, url in unit.links:
        whole = unwrapped(url) if links.is_web(url) else ""
        if label.casefold() in no_names() and urlsplit(whole).path.strip("/") and (outlet is None or related(whole, outlet)):
            return whole if outlet is not None else None
    return None


def credited(text: str, unit: Unit) -> tuple[str | None, str | None]:
    """The outlet's name in the words after "published by" and the like, and where its link leads, if it is one."""
    for label, url in unit.links:
        if label and label in text and text.index(label) <= 25:
            url = unwrapped(url) if links.is_web(url) else ""
            shown = names.strip_edges(re.sub(r"^(?:the )?website (?:of )?", "", label))
            if not shown or shown.casefold() in no_names() or links.is_web(shown):
                before = _name_in(text[: text.index(label)])
                return before or (links.host(url) or None), url or None
            if len(shown) <= _NAME_LONGEST and (names.is_name(shown, longest=10) or _is_short_name(shown)):
                return _checked(shown, loosely=True), url or None
            # The link is on the words of a headline; the outlet's name follows or is in its address.
            return _name_in(text[text.index(label) + len(label) :]) or links.host(url) or None, url or None
    address = links.urls(text)
    if address and text.startswith(address[0]):
        url = unwrapped(address[0])
        return links.host(url) or None, url
    bare = re.match(r"(?:www\.)?((?:[\w-]+\.)+[a-z]{2,12})(?=[\s,;)]|/|\.?$)", text, re.I)
    if bare is not None:
        return bare[1], None
    return _name_in(text), next((unwrapped(url) for url in address), None)


def _name_in(text: str) -> str | None:
    text = outlet_kinds().sub("", text)
    for pattern in name_ends():
        shorter = pattern.sub("", text)
        text = shorter if names.strip_edges(shorter) else text
    return _checked(re.sub(r"^(?:the|la|le|el|les|los|die|der|das|dem|den) (?=[a-z])", "", names.strip_edges(text)))


def _is_short_name(text: str) -> bool:
    """Whether a link's words may be a name of which only the first word has a capital, as most languages write it."""
    words = text.split()
    return len(words) <= 4 and words[0][:1].isupper() and not re.search(r"[\d.!?]", text)


def _checked(name: str, *, loosely: bool = False) -> str | None:
    name = re.sub(r"^[«“\"„]|[»”\"]$", "", name).strip()
    if not name or len(name) > _NAME_LONGEST or name.casefold() in no_names() or is_archive(name):
        return None
    cyrillic = re.match(r"[А-ЯЁІЇЄҐ]", name) is not None
    named = names.is_name(name, longest=8) or ((loosely or cyrillic) and _is_short_name(name))
    if not named or not re.search(r"[^\W\d_]{2}", name):
        return None
    # Several agencies together are no publisher.
    name = names.strip_edges(several_agencies().sub("", name))
    return name or None


def _saved(unit: Unit) -> Iterator[Credit]:
    """The banner of an archive: the address that its copy was taken from."""
    if unit.kind == "copyright" or not banner().search(unit.text):
        return
    for url in [*links.urls(unit.text), *(url for _, url in unit.links)]:
        own = unwrapped(url)
        if links.is_web(own) and not is_archived(own):
            yield Credit("original_url", own, passage_of(unit.text, unit), "text", own)
            return


# ---- who helped


# ---- which agency


# ---- patterns
