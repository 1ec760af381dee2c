"""Bytes to text, whatever they were written in.

Evidence is asked in the order in which it can be trusted: a byte order mark, then whether the bytes are sound
UTF-8 (text in another encoding hardly ever is), then what an HTML or XML page says of itself, and last the
statistics of `charset_normalizer`. One damaged byte does not throw a long UTF-8 page back on guesswork.
"""

from __future__ import annotations

import codecs
import re

import charset_normalizer

#: How much of a file is looked at to guess an encoding, and to tell text from binary.
SAMPLE_BYTES = 65_536

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|^\s*<\?xml[^>]{0,200}?encoding=["']([\w.:-]{2,40})""", re.I
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
#: Browsers read these labels as the wider encoding, and pages rely on it.
_WIDER = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "x-sjis": "cp932", "big5": "big5hkscs",
    "windows-874": "cp874", "x-mac-cyrillic": "mac-cyrillic", "macintosh": "mac-roman",
}  # fmt: skip
#: Encodings that write other letters in ASCII bytes, after a shift: their text looks like sound UTF-8, and only a header tells.
_SHIFTING = ("iso2022", "hz")
#: Python's own ways of writing text, which no page is written in and some of which take very long.
_NO_CHARSETS = ("punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined")
#: What war reporting is written in, Latin, Cyrillic, Arabic, Hebrew, Greek and East Asian; a wider choice only guesses worse.
_LIKELY = [
    "cp1252", "cp1251", "cp1256", "koi8_r", "koi8_u", "cp1250", "cp1254", "cp1255", "cp1253", "iso8859_2", "iso8859_5",
    "iso8859_6", "cp866", "mac_cyrillic", "gb18030", "big5", "shift_jis", "euc_jp", "cp949",
]  # fmt: skip
#: The Latin code pages, whose letters differ little, with the languages that are written in each and not in an earlier one.
_LATIN_PAGES = {
    "cp1252": ("en", "fr", "es", "de", "it", "pt", "nl", "sv", "nb", "nn", "no", "da", "fi", "is", "ca", "eu", "gl"),
    "cp1250": ("cs", "sk", "pl", "hu", "hr", "sl", "bs", "ro", "sq", "sr"),
    "cp1254": ("tr", "az", "ku"),
    "iso8859_2": (),
}
#: Control bytes that no text encoding of ours uses inside text.
_CONTROL = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1B})


class NotTextError(ValueError):
    """The bytes are no text in any encoding."""


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text: they hold NULs outside UTF-16 and UTF-32, or many other control bytes."""
    if _bom(data) is not None or _unmarked_utf16(data) is not None:
        return False
    sample = data[:SAMPLE_BYTES]
    if b"\0" in data or data.startswith((b"%PDF-", b"PK\x03\x04", b"\x1f\x8b")):
        return True
    return len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 100


def decode(data: bytes, *, markup: bool = False, declared: str | None = None) -> str:
    """The text of these bytes; with `markup`, a charset that the page declares is believed too.

    `declared` is the charset that came beside the bytes, in a header; it goes before what the page says.

    Line ends are left as they are; a byte order mark is dropped. Raises NotTextError for binary bytes.
    """
    if is_binary(data):
        raise NotTextError("binary")
    marked = _bom(data) or _unmarked_utf16(data)
    if marked is not None:
        return data.decode(marked, "replace").removeprefix("\ufeff")
    shifting = _known(declared)
    if shifting is not None and shifting.startswith(_SHIFTING):
        return data.decode(shifting, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(data):
        return data.decode("utf-8", "replace")
    for charset in (_known(declared), _declared(data) if markup else None):
        if charset is not None:
            text = data.decode(charset, "replace")
            if text.count("\ufffd") * 200 < len(text):
                return text
    return data.decode(_guess(data), "replace")


def charset_of(content_type: str | None) -> str | None:
    """The charset that a Content-Type header names; None where it names none."""
    found = _CHARSET.search(content_type or "")
    return found[1] if found else None


def _bom(data: bytes) -> str | None:
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows in Latin text by a NUL in nearly every second byte."""
    sample = data[:4096]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    half = len(sample) // 2
    for name, zeros, others in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        if zeros.count(0) > half * 0.6 and others.count(0) == 0:
            return name
    return None


def _nearly_utf8(data: bytes) -> bool:
    """Whether only a few bytes keep the text from being UTF-8, among many sound characters outside ASCII."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\x7f") - bad
    return sound > 10 * bad


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    return None if found is None else _known((found[1] or found[2]).decode("ascii", "ignore"))


def _known(label: str | None) -> str | None:
    """The codec of a declared charset; None for one that is unknown, or that the bytes have shown not to be."""
    label = (label or "").strip().lower()
    try:
        name = codecs.lookup(_WIDER.get(label, label)).name
        b"a".decode(name)
    except (LookupError, UnicodeError):
        return None
    # A page that reached this point is not UTF-8 or UTF-16, whatever it says.
    return None if name.startswith("utf") or name in _NO_CHARSETS else name


def _guess(data: bytes) -> str:
    # Markup and digits say nothing about the encoding and drown the words that do.
    sample = re.sub(rb"<[^>]*>|[\x00-\x40]+", b" ", data[: SAMPLE_BYTES * 4])[:SAMPLE_BYTES]
    best = charset_normalizer.from_bytes(sample, cp_isolation=_LIKELY).best()
    if best is None:
        return "cp1252"
    return _latin_page(sample) if best.encoding in _LATIN_PAGES else best.encoding


def _latin_page(sample: bytes) -> str:
    """Which Latin code page: the one under which the text turns out to be in a language that is written in it."""
    import py3langid

    for page, languages in _LATIN_PAGES.items():
        if py3langid.classify(sample.decode(page, "replace"))[0] in languages:
            return page
    return "cp1252"
