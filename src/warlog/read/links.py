"""Addresses on a page: which of them show a film, a picture or a post, which are other links, which are e-mail."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from warlog import vocabulary

#: A bare address in running text. A closing bracket, quote or full stop after it is not part of it.
URL = re.compile(r"""https?://[^\s<>"'“”«»{}|\\^`\[\]]+""", re.I)
_TRAILING = ".,;:!?…*_~'’”»"
_EMAIL = re.compile(r"(?<![\w.+-])[\w][\w.+-]{0,63}@(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}(?![\w-])", re.I)


def trim_url(url: str) -> str:
    """An address found in running text without the punctuation that follows it."""
    while url:
        if url[-1] in _TRAILING or (url[-1] == ")" and url.count(")") > url.count("(")):
            url = url[:-1]
        else:
            break
    return url


def urls(text: str) -> list[str]:
    """The addresses written out in a text, in its order."""
    return [trim_url(found) for found in URL.findall(text)]


def emails(text: str) -> list[str]:
    """The e-mail addresses in a text, each once, in its order."""
    if "@" not in text:
        return []
    return list(dict.fromkeys(_EMAIL.findall(text)))


def is_web(url: str) -> bool:
    """Whether it is a whole web address: not a fragment, a path or a mail link."""
    return url[:8].lower().startswith(("http://", "https://"))


def host(url: str) -> str:
    """The host of an address, without `www.`; empty if it has none."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


def media_kind(url: str) -> str | None:
    """What the address shows: video, image, audio, social or document; None for a page or nothing we know."""
    words = _words()
    try:
        parts = urlsplit(url)
        name, path = (parts.hostname or "").lower(), parts.path.lower()
    except ValueError:
        return None
    last = path.rsplit("/", 1)[-1]
    suffix = last.rsplit(".", 1)[-1] if "." in last else ""
    for kind in ("video", "image", "audio", "document"):
        if suffix in words[f"{kind}_suffixes"]:
            return kind
    for kind in ("video", "audio", "image"):
        if _under(name, words[f"{kind}_hosts"]):
            return kind if path.strip("/") else None
    if _under(name, words["social_hosts"]):
        shares = any(part in f"{path}?{parts.query}".lower() for part in words["social_not_posts"])
        # A post has an address of its own below the account's.
        return "social" if not shares and path.strip("/").count("/") >= 1 else None
    return None


def video_by_address(url: str) -> bool:
    """Whether an address that stands alone looks like a film's page, by its host or path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    labels = (parts.hostname or "").split(".")
    return labels[0] in ("video", "videos", "tv", "player") or any(p in parts.path.lower() for p in _words()["video_paths"])


def media_word(words: str) -> str | None:
    """The kind of media that a word such as "Video" before or on a link announces."""
    words = words.casefold().strip(" .:!()[]►▶→|-–—*")
    known = _words()
    return next((kind for kind in ("video", "image", "audio") if words and words in known[f"{kind}_words"]), None)


def _under(name: str, hosts: frozenset[str]) -> bool:
    labels = name.split(".")
    return any(".".join(labels[i:]) in hosts for i in range(len(labels) - 1))


@cache
def _words() -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in vocabulary.load("furniture")["media"].items()}
