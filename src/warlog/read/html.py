"""An HTML page to units and facts.

The page is walked once, whole, so that credits and furniture are seen before any article extractor throws them away;
every visible passage becomes a unit that remembers where on the page it stood. Which of the units are the article is
then voted: trafilatura's extraction is one voice, the container that most of it stands in is the other. What is
left over is furniture, of the kind that the page's own structure tells.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial

import lxml.etree
import lxml.html
import trafilatura

from warlog.errors import InputError
from warlog.read import rules
from warlog.read.credits import PageFacts
from warlog.read.headlines import byline_of, read_headline
from warlog.read.htmlhead import date_by_markup, read_head
from warlog.read.htmlwalk import Passage, passages
from warlog.read.units import Unit, comparable, is_prose

#: A page with deeper nesting or more elements than this was not made by people for people; walking it takes minutes.
MAX_DEPTH = 512
MAX_ELEMENTS = 400_000
#: trafilatura and htmldate take a second for as many elements; a page with more is read by our own walk alone.
_LIBRARY_ELEMENTS = 15_000

#: So many passages of the article may stand before the lines about it.
_OPENING_PASSAGES = 2
#: So many passages after it may say who posted it.
_CLOSING_PASSAGES = 2
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# A tag of this length holds a picture written out, or thousands of attributes, over which the parser would take minutes.
_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]*)[^<>]{20000,}>")
_OPENING = re.compile(r"<[a-zA-Z]")


def read_html(source: str, text: str) -> tuple[list[Unit], PageFacts]:
    """The units of a page in its order, and what its head says of it. Raises InputError for a page beyond bounds."""
    tree = _tree(source, text)
    found, outside = passages(tree)
    facts = read_head(tree, text, outside)
    small = sum(1 for _ in tree.iter()) <= _LIBRARY_ELEMENTS
    facts.late_date = partial(date_by_markup, tree) if small else None
    article = _article(found, comparable(_extract(tree)) if small else "")
    # A lead or a standfirst may stand before the lines about the page.
    opening = sorted(article)[min(_OPENING_PASSAGES, len(article) - 1)] if article else 0
    last = max(article, default=len(found))
    units: list[Unit] = []
    for number, passage in enumerate(found):
        for line, words in enumerate(passage.lines):
            unit = Unit(words, words, number, passage.heading, starts_block=line == 0, aside=passage.aside)
            if line == 0:
                unit.media = passage.media
            unit.links = [link for link in passage.links if len(passage.lines) == 1 or link[0] in words]
            if len(passage.lines) > 1 and line:
                unit.heading = 0
            _settle(unit, passage, number in article, number < opening, last < number <= last + _CLOSING_PASSAGES)
            units.append(unit)
        if not passage.lines:
            units.append(Unit(passage.media[0].url, "", number, media=passage.media, kind="media_link", fixed=True))
    return units, facts


def _settle(unit: Unit, passage: Passage, in_article: bool, before: bool, after: bool) -> None:
    """Fix the kind of a unit that the page's structure puts outside the article."""
    if in_article and passage.hint is None:
        return
    if unit.heading == 1 and passage.hint in (None, "navigation", "publisher_line"):
        # The headline often stands outside the article's container, among its metadata; the title is looked for later.
        return
    by_words = rules.furniture(unit.text, "any")
    unit.fixed = True
    if (
        before
        and not passage.aside
        and passage.hint in (None, "navigation")
        and by_words is None
        and read_headline(unit.text) is not None
    ):
        unit.kind = "publisher_line"
        return
    if after and not passage.aside and by_words is None and byline_of(unit.text) is not None:
        unit.kind = "byline"
        return
    unit.kind = passage.hint if passage.hint not in (None, "navigation") else by_words.kind if by_words else "navigation"


def _tree(source: str, text: str) -> lxml.html.HtmlElement:
    if _count_openings(text) > MAX_ELEMENTS:
        raise InputError(f"{source} has more than {MAX_ELEMENTS} HTML elements, which is no page of news.")
    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    body = _LONG_TAG.sub(r"<\1>", _XML_DECLARATION.sub("", text).replace("\0", ""))
    try:
        tree = lxml.html.document_fromstring(body.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise InputError(f"{source} holds no HTML that can be read.") from error
    if _depth(tree) > MAX_DEPTH:
        raise InputError(f"{source} nests its HTML elements more than {MAX_DEPTH} deep, which is no page of news.")
    return tree


def _count_openings(text: str) -> int:
    if text.count("<") <= MAX_ELEMENTS:
        return 0
    return sum(1 for _ in _OPENING.finditer(text))


def _depth(tree: lxml.html.HtmlElement) -> int:
    depth = deepest = 0
    for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > deepest:
            deepest = depth
            if deepest > MAX_DEPTH:
                break
    return deepest


def _article(found: list[Passage], extracted: str) -> set[int]:
    """Numbers of the passages that are the article. `extracted` is what trafilatura took for it, made comparable."""
    keys = [comparable(passage.text) if passage.hint is None else "" for passage in found]
    chosen = {i for i, key in enumerate(keys) if key and key in extracted}
    solid = {i for i in chosen if is_prose(found[i].text)}
    if not solid:
        # Nothing was extracted: the passages of prose decide among themselves.
        solid = {i for i, p in enumerate(found) if p.hint is None and is_prose(p.text) and p.linked_share < 0.5}
        chosen = set(solid)
    if not solid:
        # A page of short lines only: all that structure does not call furniture.
        return {i for i, p in enumerate(found) if p.hint is None}
    weights: Counter[int] = Counter()
    for i in solid:
        weights[found[i].container] += len(found[i].text)
    first, last = min(solid), max(solid)
    # What is prose between the headline and the text is the lead, in whatever container it stands.
    headline = max((i for i in range(first) if found[i].heading == 1), default=first)
    leads = (i for i in range(headline, first) if found[i].hint is None and is_prose(found[i].text))
    chosen |= {i for i in leads if found[i].linked_share < 0.5}
    containers = {container for container, weight in weights.items() if weight * 5 >= max(weights.values())}
    for i, passage in enumerate(found):
        inside = passage.container in containers and passage.hint is None
        # Of the article's own container all is text that is not a row of links, before the last prose and after it.
        if inside and (passage.linked_share < 0.6 or is_prose(passage.text)) and (first <= i <= last or is_prose(passage.text)):
            chosen.add(i)
    return {i for i in chosen if first - 12 <= i <= last + 12 or is_prose(found[i].text)}


def _extract(tree: lxml.html.HtmlElement) -> str:
    """The article's text by trafilatura; empty where it finds none or fails on the page."""
    try:
        # It changes the tree that it is given.
        copy = lxml.html.fromstring(lxml.html.tostring(tree, encoding="unicode"))
        text = trafilatura.extract(copy, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False)
    except Exception:  # whatever it stumbles over, our own reading stands
        return ""
    return text or ""
