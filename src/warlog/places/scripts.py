"""Names in other scripts in Latin letters, by every scheme that applies, and a name as a neighbour's tongue writes it.

The letters stand in vocab/place_words.toml (Cyrillic, Arabic) and vocab/scripts.toml; scripts that are not there go through
anyascii, which knows them all, roughly.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii

from warlog import vocabulary

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_ETHIOPIC = re.compile(r"[\u1200-\u139f]")
_BURMESE = re.compile(r"[\u1000-\u109f]")
# letters that Arabic has not
_PERSIAN = re.compile(r"[پچژگکیۀړډټڼښږځڅېۍڕڵۆێەھڤٹڈڑںہے]")
_SYLLABLE = re.compile("([က-အဿ])([\u103b-\u103e]*)([\u102b-\u1032\u1036]*)((?:[က-အ]\u103a)?)\u103a?")
_MEDIALS = str.maketrans("\u103b\u103c\u103d\u103e", "yywh")
_TONES = dict.fromkeys(map(ord, "\u1037\u1038"), None)


@cache
def _letters(scheme: str) -> tuple[dict[str, str], dict[str, str]]:
    raw = vocabulary.load("place_words")["romanise"]
    plain = dict(raw["arabic"]) | vocabulary.load("scripts")["persian"] if scheme == "persian" else raw[scheme]
    return plain, {**plain, **raw.get(f"{scheme}_initial", {})}


@cache
def _quick(scheme: str) -> tuple[dict[int, str], re.Pattern[str], dict[str, str]]:
    """A scheme ready for use: letters by code, what finds the letters that stand first, and how those are written."""
    plain, initial = _letters(scheme)
    first = {letter: latin for letter, latin in initial.items() if plain.get(letter) != latin}
    # Russian "ye" also stands after a vowel or a sign
    before = r"(?<=[аеёиоуыэюяьъ])|" if scheme == "russian" else ""
    letters = "".join(first) or "(?!)"
    return {ord(k): v for k, v in plain.items()}, re.compile(f"(?:{before}(?<![^\\W\\d_]['’ʼ])(?<![^\\W\\d_]))[{letters}]"), first


def _transliterate(text: str, scheme: str) -> str:
    table, starts, first = _quick(scheme)
    low = text.lower()
    if first:
        low = starts.sub(lambda m: first[m[0]], low)
    out = low.translate(table)
    return _titled(out if out.isascii() else anyascii(out), text)


def _titled(out: str, text: str) -> str:
    return out.title() if text[:1].isupper() else out


@lru_cache(maxsize=65536)
def romanise(text: str) -> tuple[str, ...]:
    """The name in Latin letters, once for each scheme that fits its script; a Latin name comes back without accents.

    Cyrillic gives the Ukrainian (2010) and the Russian (BGN/PCGN) form; Arabic script its consonants and long vowels, also as
    Persian says them where the letters are Persian; Ethiopic its first vowel as e and as a; Burmese both its voices.
    """
    if text.isascii():
        return (text,)
    if _CYRILLIC.search(text):
        forms: tuple[str, ...] = (_transliterate(text, "ukrainian"), _transliterate(text, "russian"))
    elif _ARABIC.search(text):
        bare = "".join(
            c for c in unicodedata.normalize("NFKC", text) if not unicodedata.combining(c) and c not in "ـ\u200c\u200f"
        )
        article = re.sub(r"(?<!\w)ال", "al-", bare)
        # at the end of a word its "h" is a vowel
        silent = re.sub(r"(?<=\w)ه(?!\w)", "ە", bare)
        persian = (_transliterate(silent, "persian"),) if _PERSIAN.search(bare) else ()
        forms = (_transliterate(article, "arabic"), *persian)
    elif _ETHIOPIC.search(text):
        forms = tuple(_ethiopic(text, first) for first in ("e", "a"))
    elif _BURMESE.search(text):
        forms = (_burmese(text, voiced=False), _burmese(text, voiced=True))
    else:
        forms = (anyascii(text),)
    return tuple(dict.fromkeys(forms))


def _ethiopic(text: str, first: str) -> str:
    words: list[str] = []
    for word in re.split(r"[\s፡]+", text.strip()):
        out = ""
        for char in word:
            consonant, vowel, open_ = _ethiopic_letter(char)
            if vowel is None:
                # of the first order, whose vowel is heard in two ways
                out += consonant + ("a" if open_ else first)
            else:
                # a word does not begin with two consonants
                out += consonant + (vowel or ("i" if not out and consonant else ""))
        words.append(out)
    return " ".join(words).title()


@cache
def _ethiopic_letter(char: str) -> tuple[str, str | None, bool]:
    """Consonant and vowel of a letter (None for the first order), and whether its first order is always "a"."""
    table = vocabulary.load("scripts")["ethiopic"]
    name = unicodedata.name(char, "")
    letter = name.removeprefix("ETHIOPIC SYLLABLE ") if name.startswith("ETHIOPIC SYLLABLE ") else ""
    for consonant in sorted(table["consonants"], key=len, reverse=True):
        vowel = letter.removeprefix(consonant)
        if letter.startswith(consonant) and vowel in table["vowels"]:
            written = None if vowel == "A" else table["vowels"][vowel]
            return table["consonants"][consonant], written, consonant in table["open"]["letters"]
    return "", anyascii(char), False


def _burmese(text: str, *, voiced: bool) -> str:
    table = vocabulary.load("scripts")["burmese"]
    rhymes, soft = table["rhymes"], table["voiced"]
    # a stacked consonant closes the syllable before it
    text = text.translate(_TONES).replace("\u1039", "\u103a")
    out: list[str] = []
    at = 0
    while at < len(text):
        found = _SYLLABLE.match(text, at)
        if found is None:
            out.append(table["independent"].get(text[at], " " if text[at].isspace() else anyascii(text[at])))
            at += 1
            continue
        letter, medials, vowels, final = found.groups()
        signs = medials.translate(_MEDIALS)
        head = letter + signs.replace("w", "")
        start = table["clusters"].get(head)
        if start is None:
            start = table["consonants"][letter] + signs.replace("h", "").replace("w", "").replace("yy", "y")
        if voiced and out and out[-1] != " ":
            start = next((soft[k] + start[len(k) :] for k in sorted(soft, key=len, reverse=True) if start.startswith(k)), start)
        rhyme = rhymes.get(vowels + final)
        if rhyme is None:
            rhyme = rhymes.get(vowels, "a") + rhymes.get(final, "")[1:]
        out.append(start + ("w" if "w" in signs and start[-1:] != "w" else "") + rhyme)
        at = found.end()
    return "".join(out).title()


@cache
def _rules() -> tuple[tuple[tuple[str, re.Pattern[str], str], ...], ...]:
    """Rules of each direction, with letters that a name must have for the rule to do anything."""
    raw = vocabulary.load("scripts")["sister_rules"]
    return tuple(tuple((_letters_of(a), re.compile(a), b) for a, b in raw[name]) for name in ("to_russian", "to_ukrainian"))


def _letters_of(pattern: str) -> str:
    """The longest plain run of letters of a pattern: what stands in groups and classes may be something else."""
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]|\\.", " ", pattern)
    return max(re.findall("[a-z]+", plain), key=len, default="")


def sisters(name: str) -> tuple[str, ...]:
    """A Latin name of Ukraine or Belarus as written by way of Russian, and by way of Ukrainian, where it differs."""
    low = name.lower()
    found: dict[str, None] = {}
    for rules in _rules():
        text = low
        for letters, pattern, replacement in rules:
            if letters in text:
                text = pattern.sub(replacement, text)
        if text != low:
            found[text] = None
    return tuple(found)
