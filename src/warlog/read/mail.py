"""An e-mail to what it reports: its own words, without quoted replies and signature, and what its headers say.

A mail that only passes another one on is read as that one: the words are those of the mail inside, its headers are kept
in `extra`. Attachments are captures of their own.
"""

from __future__ import annotations

import email.utils
import re
from dataclasses import dataclass, field
from email.message import Message
from functools import cache
from typing import Any

import lxml.etree
import lxml.html

from warlog import vocabulary
from warlog.collect import mime
from warlog.errors import InputError
from warlog.read.credits import PageFacts
from warlog.read.pubdate import parse_day
from warlog.read.units import tidy

_QUOTED = re.compile(r"^\s{0,3}(?:>|\|\s?>)")
_LIST_TAG = re.compile(r"^\s*\[[^\]\n]{1,40}\]\s*")
#: What mail programs call the elements that hold the mail that is answered.
_REPLY_XPATH = (
    "//blockquote[@type='cite']|//*[contains(concat(' ',@class,' '),' gmail_quote ')]"
    "|//*[contains(@class,'moz-cite-prefix')]|//*[@id='divRplyFwdMsg']|//*[@id='appendonsend']"
    "|//*[contains(concat(' ',@class,' '),' yahoo_quoted ')]|//*[contains(concat(' ',@class,' '),' protonmail_quote ')]"
)
_SIGNATURE_XPATH = (
    "//*[contains(concat(' ',@class,' '),' gmail_signature ')]|//*[contains(concat(' ',@class,' '),' moz-signature ')]"
    "|//*[@id='Signature']|//*[@data-smartmail='gmail_signature']"
)
_MOST_HEADER_LINES = 12
#: A body of more tags is not searched for replies; so many of them are looked at.
_MOST_TAGS = 100_000
_MOST_REPLIES = 200


@dataclass(slots=True)
class Mail:
    """An e-mail taken apart."""

    #: the body that is read: HTML or plain text
    body: str
    html: bool
    facts: PageFacts
    extra: dict[str, object] = field(default_factory=dict)
    #: passages that are not its own words, as they stand in it
    cut: list[str] = field(default_factory=list)


def read_mail(source: str, data: bytes) -> Mail:
    """An e-mail's body, its headers as facts, and what was cut. Raises InputError where it has no body that can be read."""
    try:
        message = mime.parse(data)
    except mime.BadMimeError as error:
        raise InputError(f"{source} {error}.") from error
    plain, html = _bodies(message)
    if not plain.strip() and not html.strip():
        raise InputError(f"{source} is an e-mail without a text.")
    facts, extra = _facts(message)
    # A program that writes HTML often adds only "this mail needs HTML" as plain text.
    if html.strip() and (not plain.strip() or _html_words(html) > 0.5 * len(plain.split())):
        mail = Mail(html, True, facts, extra)
        _cut_html(mail)
    else:
        mail = Mail(plain, False, facts, extra)
        _cut_plain(mail)
    return mail


def _bodies(message: Message) -> tuple[str, str]:
    """The plain and the HTML text of a message, attachments left out; several parts of a kind are joined."""
    found: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in mime.leaves(message):
        kind = part.get_content_type()
        if kind in found and part.get_content_disposition() != "attachment" and not part.get_filename():
            found[kind].append(mime.text_of(part))
    return "\n\n".join(found["text/plain"]), "\n".join(found["text/html"])


def _html_words(html: str) -> int:
    return len(re.sub(r"<(style|script)\b.*?</\1\s*>|<[^<>]*>", " ", html, flags=re.S | re.I).split())


def _facts(message: Message) -> tuple[PageFacts, dict[str, object]]:
    facts = PageFacts()
    extra: dict[str, object] = {}
    facts.title = _subject(mime.header(message, "Subject"))
    sender = mime.header(message, "From")
    if sender:
        name, address = email.utils.parseaddr(sender)
        facts.author = tidy(name).strip("'\" ") or address or None
        extra["from"] = sender
    facts.published = _day(mime.header(message, "Date"))
    facts.language = (mime.header(message, "Content-Language") or "").split(",")[0].strip() or None
    facts.url = mime.web_address(mime.header(message, "Archived-At"))
    listed = mime.header(message, "List-Id")
    if listed:
        words = tidy(listed.partition("<")[0]).strip("'\" ")
        facts.publisher = words or None
        extra["list"] = listed
    organisation = mime.header(message, "Organization") or mime.header(message, "Organisation")
    facts.publisher = facts.publisher or organisation
    for name, key in (("Message-ID", "message_id"), ("In-Reply-To", "in_reply_to")):
        value = mime.header(message, name)
        if value:
            extra[key] = value[:500]
    return facts, extra


def _subject(subject: str | None) -> str | None:
    """The subject without what mail programs and lists put before it."""
    text, before = subject or "", ""
    while text != before:
        before = text
        text = _LIST_TAG.sub("", _prefix().sub("", text))
    return tidy(text) or subject


def _day(value: str | None) -> str | None:
    """The day of a Date header, in the sender's own time zone."""
    if not value:
        return None
    try:
        return email.utils.parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return parse_day(value)


def _cut_html(mail: Mail) -> None:
    """Take the answered mail and the signature out of an HTML body; a mail that is nothing else is passed on, and stays."""
    if mail.body.count("<") > _MOST_TAGS:
        return
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree: Any = lxml.html.document_fromstring(mail.body.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return
    replies: list[Any] = _elements(tree, _REPLY_XPATH)
    outer = set(replies)
    quoted = sum(len(one.text_content()) for one in replies if not any(above in outer for above in one.iterancestors()))
    text = str(tree.text_content())
    passed_on = any(marker in text.casefold() for marker in _markers("passed_on"))
    if passed_on:
        mail.extra["forwarded"] = _headers_in(text)
    unwanted = _elements(tree, _SIGNATURE_XPATH)
    if not passed_on and quoted <= 0.9 * len(text):
        unwanted = replies + unwanted
    element: Any
    for element in unwanted:
        words = tidy(element.text_content())
        if words and element.getparent() is not None:
            mail.cut.append(words)
            element.drop_tree()
    if unwanted:
        mail.body = str(lxml.html.tostring(tree, encoding="unicode"))


def _elements(tree: lxml.html.HtmlElement, path: str) -> list[Any]:
    found: Any = tree.xpath(path)
    return [element for element in found[:_MOST_REPLIES] if element.getparent() is not None]


def _cut_plain(mail: Mail) -> None:
    """Take quoted lines, the line over them, forwarded headers and the signature out of a plain body."""
    lines = mail.body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    quoted = [_QUOTED.match(line) is not None for line in lines]
    words = [line for line, is_quoted in zip(lines, quoted, strict=True) if line.strip() and not is_quoted]
    if not words or (len(words) <= 3 and all(_over_reply(line) or _is_marker(line) for line in words)):
        # Nothing but a quotation: it is passed on.
        lines = [re.sub(r"^\s*(?:>\s?)+", "", line) for line in lines]
        quoted = [False] * len(lines)
    kept: list[str] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        if quoted[position] or _over_reply(line, lines[position + 1] if position + 1 < len(lines) else ""):
            mail.cut.append(line)
            if not quoted[position] and not _over_reply(line):
                position += 1
                mail.cut.append(lines[position])
        elif _is_marker(line):
            end = _after_headers(lines, position + 1)
            block = "\n".join(lines[position:end])
            mail.cut.append(block)
            if _is_marker(line, "passed_on") or not any(word.strip() for word in kept):
                mail.extra["forwarded"] = _headers_in(block)
            else:
                # What stands below is the mail that this one answers.
                mail.cut.append("\n".join(lines[end:]))
                break
            position = end - 1
        elif _ends().fullmatch(line.strip()) and any(word.strip() for word in kept):
            mail.cut.append("\n".join(lines[position:]))
            break
        else:
            kept.append(line)
        position += 1
    if any(line.strip() for line in kept):
        mail.body = "\n".join(kept)
        mail.cut = [passage.strip() for passage in mail.cut if passage.strip()]
    else:
        mail.cut = []


def _over_reply(line: str, after: str = "") -> bool:
    """Whether the line says who wrote what is quoted below it, alone or with the next one: "On Monday, X wrote:"."""
    for text in (line, f"{line} {after}" if after.strip() and not _QUOTED.match(after) else ""):
        text = text.strip()
        if 10 < len(text) <= 220 and text.endswith((":", "：")) and _wrote().search(text) and re.search(r"\d|@", text):
            return True
    return False


def _is_marker(line: str, kind: str | None = None) -> bool:
    text = line.strip(" -=_*>:\t\r\n").casefold()
    if not text or len(text) > 80 or not re.match(r"\s*(?:[-=_*]{2,}|\w)", line):
        return False
    kinds = (kind,) if kind else ("passed_on", "answered")
    dashed = line.strip()[:1] in "-=_*" or line.strip().endswith(":")
    return dashed and any(text == marker for one in kinds for marker in _markers(one))


def _after_headers(lines: list[str], start: int) -> int:
    """The number of the line after the headers that are written out from a line on."""
    end = start
    for number in range(start, min(len(lines), start + _MOST_HEADER_LINES)):
        if _header_line().match(lines[number]):
            end = number + 1
        elif lines[number].strip() and not lines[number][:1].isspace():
            break
    return end


def _headers_in(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.split("\n"):
        match = _header_line().match(line)
        if match is None:
            continue
        name = match[1].casefold()
        for kind in ("from", "date", "subject"):
            if name in vocabulary.load("mail")["headers"][kind] and kind not in found:
                found[kind] = tidy(match[2].replace("*", ""))[:300]
    return found


@cache
def _markers(kind: str) -> tuple[str, ...]:
    return tuple(vocabulary.load("mail")["forwarded"][kind])


@cache
def _prefix() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, vocabulary.load("mail")["subject"]["prefixes"]), key=len, reverse=True))
    return re.compile(rf"^\s*(?:{words})\s*(?:[\[(]\d+[\])])?\s*[:：]\s*", re.I)


@cache
def _wrote() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, vocabulary.load("mail")["reply"]["ends"]), key=len, reverse=True))
    return re.compile(rf"(?:{words})[^!?\n]{{0,80}}[:：]$", re.I)


@cache
def _header_line() -> re.Pattern[str]:
    names = {name for kind in vocabulary.load("mail")["headers"].values() for name in kind}
    words = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"^\s*\*?({words})\s*\*?\s*[:：]\*?\s*(\S.*)?$", re.I)


@cache
def _ends() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in vocabulary.load("mail")["ends"]["patterns"]), re.I)
