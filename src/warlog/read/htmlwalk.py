"""The visible passages of an HTML page, in order, each with its links and media and where on the page it stood.

One pass over the tree without recursion. A passage ends where a block begins or ends; the class, id, role and name
of the elements around it give a hint of what kind of furniture it is, if it is any.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

import lxml.etree
import lxml.html

from warlog import vocabulary
from warlog.read import links
from warlog.read.units import tidy
from warlog.records import MediaLink

_BLOCKS = frozenset((
    "address", "article", "aside", "audio", "blockquote", "body", "button", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "iframe", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video",
))  # fmt: skip
_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "head", "object", "canvas", "map", "input", "textarea", "datalist",
))  # fmt: skip
#: Inline elements of which only a piece of a line is the byline or the date.
_PIECES = frozenset(("span", "a", "time", "b", "strong", "em", "i", "small", "cite", "abbr"))
#: Blocks that parcel a text and do not hold it.
_PARCELS = frozenset(("ul", "ol", "li", "blockquote"))
#: Elements that stand beside the text, whatever their class.
_SIDES = frozenset(("nav", "aside", "form", "select", "menu", "dialog"))
#: Words in the class or id of what belongs to the page and not to another text.
_PAGE_EDGE = re.compile(
    r"(?:^|[\s_-])(?:footer|foot|colophon|masthead|site-header|page-header|topbar|contentinfo|print|ads?)(?:$|[\s_-])"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_TOKENS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOTE_MARK = re.compile(r"\s*\[\w{1,12}\]\s*")
_FOOTNOTE = re.compile(r"reference|footnote-ref", re.I)
#: A hint holds for an element with less than this share of the page's text in paragraphs.
_MOST = 0.5
_MOST_ARTICLES = 300


@dataclass(slots=True)
class Passage:
    """One block's words, its lines apart where the page breaks them."""

    lines: list[str]
    heading: int
    #: number of the element that holds the block, among all elements of the page
    container: int
    hint: str | None
    links: list[tuple[str, str]] = field(default_factory=list)
    media: list[MediaLink] = field(default_factory=list)
    #: whether it stands where other texts are shown
    aside: bool = False

    @property
    def text(self) -> str:
        """All its lines as one."""
        return " ".join(self.lines)

    @property
    def linked_share(self) -> float:
        """How much of its text is links, 0 to 1."""
        return sum(len(label) for label, _ in self.links) / max(1, len(self.text))


@dataclass(slots=True)
class _Open:
    """An element that the walk is inside of."""

    number: int
    tag: str
    hint: str | None
    block: bool
    aside: bool = False


def passages(tree: lxml.html.HtmlElement) -> tuple[list[Passage], set[lxml.html.HtmlElement]]:
    """The passages of the page's body, and the elements in which it shows other texts."""
    body = tree.find("body")
    root = tree if body is None else body
    walker = _Walker(_paragraph_weights(root), _other_articles(root))
    walker.walk(root)
    return walker.found, walker.outside


def _other_articles(root: lxml.html.HtmlElement) -> set[lxml.html.HtmlElement]:
    """The articles of a page that are much shorter than its longest, and do not hold it."""
    articles = [element for element, _ in zip(root.iter("article"), range(_MOST_ARTICLES), strict=False)]
    if len(articles) < 2:
        return set()
    lengths = {article: len(article.text_content()) for article in articles}
    longest = max(articles, key=lambda article: lengths[article])
    inner = [
        article
        for article in longest.iter("article")
        if article is not longest and lengths.get(article, 0) * 5 > lengths[longest] * 4
    ]
    main = inner[-1] if inner else longest
    around = {main, *main.iterancestors()}
    return {article for article in articles if article not in around and lengths[article] * 2 < lengths[main]}


def _paragraph_weights(root: lxml.html.HtmlElement) -> dict[lxml.html.HtmlElement, int]:
    """For each element that holds any, the length of the text in the paragraphs below it."""
    weights: dict[lxml.html.HtmlElement, int] = {}
    for paragraph in root.iter("p", "blockquote"):
        length = len(paragraph.text or "") + sum(len(child.tail or "") + len(child.text or "") for child in paragraph)
        for element in paragraph.iterancestors():
            weights[element] = weights.get(element, 0) + length
    return weights


class _Walker:
    def __init__(self, weights: dict[lxml.html.HtmlElement, int], others: set[lxml.html.HtmlElement]) -> None:
        self.found: list[Passage] = []
        self.outside: set[lxml.html.HtmlElement] = set()
        self._others = others
        self._weights = weights
        self._most = max(weights.values(), default=0) * _MOST
        self._open: list[_Open] = []
        self._words: list[str] = []
        self._links: list[tuple[str, str]] = []
        self._link_start: list[tuple[int, str]] = []
        self._media: list[MediaLink] = []
        self._pieces: list[tuple[int, str]] = []
        self._heading = 0
        #: whether an inline element has just ended, with nothing said since
        self._left = False
        self._muted = 0
        self._count = 0

    def walk(self, root: lxml.html.HtmlElement) -> None:
        for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
            if not isinstance(element.tag, str):
                if event == "end":
                    self._say(element.tail)
                continue
            if event == "start":
                self._enter(element)
            else:
                self._leave(element)
                if element is not root:
                    self._say(element.tail)
        self._flush()

    def _say(self, text: str | None) -> None:
        if text and not self._muted:
            self._words.append(text)
            self._left = False

    def _enter(self, element: lxml.html.HtmlElement) -> None:
        tag = str(element.tag).lower()
        self._count += 1
        if self._muted or self._silent(element, tag):
            self._muted += 1
            return
        self._show(element, tag)
        block = tag in _BLOCKS
        if block:
            self._flush()
        hint = self._hint(element, tag)
        around = bool(self._open) and self._open[-1].aside
        aside = around or self._is_outside(element, tag)
        if aside and not around:
            self.outside.add(element)
        self._open.append(_Open(self._count, tag, hint, block, aside))
        if not block and self._glued(element, tag):
            self._words.append(" ")
        elif hint is not None and not block and self._pieces and self._words and not self._words[-1][-1:].isspace():
            # Pieces of a line about the page are set apart by its style sheet alone.
            self._words.append(" ")
        if tag[0] == "h" and tag[1:].isdigit():
            self._heading = int(tag[1:])
        elif tag == "a" and element.get("href"):
            self._link_start.append((len(self._words), str(element.get("href"))))
        elif tag == "br":
            self._words.append("\v")
        self._say(element.text)

    def _glued(self, element: lxml.html.HtmlElement, tag: str) -> bool:
        """Whether two inline elements that touch are two words that only the style sheet sets apart: a name and a date."""
        if tag not in _PIECES or not self._words or not self._words[-1]:
            return False
        if tag == "time":
            return self._words[-1][-1].isalnum()
        if not self._left:
            return False
        last, first = self._words[-1][-1], (element.text or "")[:1]
        return (last.islower() or last.isdigit()) and ((first.isdigit() and not last.isdigit()) or first.isupper())

    def _leave(self, element: lxml.html.HtmlElement) -> None:
        if self._muted:
            self._muted -= 1
            return
        tag = str(element.tag).lower()
        if tag in _BLOCKS:
            self._flush()
        elif tag == "a" and element.get("href") and self._link_start:
            start, url = self._link_start.pop()
            self._links.append((tidy("".join(self._words[start:])), url.strip().removeprefix("mailto:").split("?subject")[0]))
        opened = self._open.pop()
        self._left = opened.tag in _PIECES
        if opened.hint is not None and not opened.block and opened.tag in _PIECES:
            self._pieces.append((len(self._words), opened.hint))
        if tag[0] == "h" and tag[1:].isdigit():
            self._heading = 0

    def _silent(self, element: lxml.html.HtmlElement, tag: str) -> bool:
        if tag in _SKIPPED or element.get("hidden") is not None:
            return True
        if tag == "sup" and (_FOOTNOTE.search(element.get("class") or "") or _NOTE_MARK.fullmatch(element.text_content())):
            return True
        return _HIDDEN.search(element.get("style") or "") is not None and self._weights.get(element, 0) <= self._most

    def _show(self, element: lxml.html.HtmlElement, tag: str) -> None:
        """Remember what an element shows."""
        url = (element.get("src") or element.get("data-src") or "").strip()
        if tag == "img":
            if links.is_web(url) or url.startswith("/"):
                self._media.append(MediaLink(url, "image"))
        elif tag in ("iframe", "embed"):
            kind = links.media_kind(url)
            if kind is not None or links.video_by_address(url):
                self._media.append(MediaLink(url, kind or "video"))
        elif tag in ("video", "audio", "source") and url:
            within = "audio" if tag == "audio" or any(opened.tag == "audio" for opened in self._open) else "video"
            if tag != "source" or not any(opened.tag == "picture" for opened in self._open):
                self._media.append(MediaLink(url, links.media_kind(url) or within))

    def _hint(self, element: lxml.html.HtmlElement, tag: str) -> str | None:
        if self._weights.get(element, 0) > self._most and self._most > 0:
            return None
        if tag in _tags():
            return _tags()[tag]
        if tag == "header":
            # The head of the page, not that of an article with the headline in it.
            return None if element.find(".//h1") is not None else "navigation"
        if element.get("rel") == "author":
            return "byline"
        words = " ".join(element.get(name) or "" for name in ("class", "id", "role", "itemprop"))
        return _class_hint(words.lower()) if words.strip() else None

    def _is_outside(self, element: lxml.html.HtmlElement, tag: str) -> bool:
        """Whether an element shows other texts than the page's own: the ways off it, related ones, comments."""
        if element in self._others:
            return True
        if self._weights.get(element, 0) > self._most and self._most > 0:
            return False
        words = " ".join(element.get(name) or "" for name in ("class", "id", "role")).lower()
        if _PAGE_EDGE.search(words) or tag in ("header", "footer"):
            return False
        hint = _class_hint(words) if words.strip() else None
        if tag in _SIDES:
            return hint is None or hint in ("navigation", "share", "donation")
        return hint == "navigation"

    def _flush(self) -> None:
        """End the passage that was being gathered."""
        words, self._words = self._words, []
        found, self._links = self._links, []
        self._link_start = [(0, url) for _, url in self._link_start]
        pieces, self._pieces = self._pieces, []
        lines = [line for line in (tidy(line) for line in "".join(words).split("\v")) if line]
        if not lines and not self._media:
            return
        if not lines and len(self.found) > 0 and self.found[-1].media and not self.found[-1].lines:
            self.found[-1].media += self._media
            self._media = []
            return
        hint = self._around()
        if hint is None and pieces and not "".join(words[pieces[-1][0] :]).strip() and len(" ".join(lines)) < 160:
            hint = pieces[0][1]
        aside = bool(self._open) and self._open[-1].aside
        self.found.append(Passage(lines, self._heading, self._holder(), hint, found, self._media, aside))
        self._media = []

    def _holder(self) -> int:
        """Number of the element that holds the block that ends: the article's container, for a paragraph of it."""
        holders = (opened.number for opened in reversed(self._open[:-1]) if opened.block and opened.tag not in _PARCELS)
        return next(holders, 0)

    def _around(self) -> str | None:
        """The hint of the innermost element that gives one; what stands in navigation is navigation throughout."""
        hints = [opened.hint for opened in self._open if opened.hint is not None and (opened.block or opened.tag not in _PIECES)]
        if not hints:
            return None
        return "navigation" if hints[0] == "navigation" and hints[-1] in ("label", "publisher_line", "navigation") else hints[-1]


@cache
def _tags() -> dict[str, str]:
    tags: dict[str, str] = vocabulary.load("furniture")["html"]["tags"]
    return tags


@cache
def _class_words() -> dict[str, str]:
    return {word: kind for kind, words in vocabulary.load("furniture")["html"].items() if kind != "tags" for word in words}


@cache
def _class_hint(words: str) -> str | None:
    """The kind that a class, id or role speaks of. A compound counts whole or by its last part: `post-tags`, `story-date`."""
    known = _class_words()
    for token in _TOKENS.findall(words.replace("_", "-")):
        if token in known:
            return known[token]
        last = token.rsplit("-", 1)[-1]
        if last != token and last in known and len(last) > 2:
            return known[last]
    return None
