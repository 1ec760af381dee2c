"""The templates beside this module: HTML ones escape everything that is put into them, Markdown ones have `md` for it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&])")
_LIST_START = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)


@cache
def environment() -> Environment:
    """The templates, with escaping by the ending of their names. An unknown name in one is an error, not a blank."""
    found = Environment(
        loader=PackageLoader("warlog.publish", "templates"),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters["md"] = markdown
    return found


def asset(name: str) -> Markup:
    """A style sheet or script of ours, to stand in a page as it is."""
    return Markup(files("warlog.publish").joinpath("templates", name).read_text(encoding="utf-8"))


def content_hash(text: str) -> str:
    """What a content security policy calls an inline script or style by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def inline_json(value: Any) -> Markup:
    """JSON that can stand inside a `script` element: nothing in it can end the element or begin markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def markdown(value: object) -> str:
    """Text as one line of Markdown that renders as that text: no markup, link, HTML or list comes of it."""
    line = " ".join(str(value).split())
    line = _MARKUP.sub(r"\\\1", line)
    line = re.sub(r"(?i)\b(https?|ftp|mailto)(:)", r"\1\\\2", line)
    line = re.sub(r"(?i)\bwww\.", r"www\\.", line)
    return _LIST_START.sub(lambda m: m.group(1) + m.group(2)[:-1] + "\\" + m.group(2)[-1], line)
