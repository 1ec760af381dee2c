"""Which words of a text can be the name of a known place: found before the parse, by the gazetteer and the words alone.

Runs of capitalised words are looked up, all at once, under their plain and loose keys. What is found is then weighed:
a country, a large city or a name of several words stands by itself; a small place of one word stands only in the countries
that the rest of the text is about; ordinary words, months, given names and people's names are no places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from warlog import vocabulary
from warlog.places import keys
from warlog.places.index import LOOSE, PLAIN, SHORTEST_LOOSE
from warlog.places.model import NameHit
from warlog.places.words import demonyms, peoples, place_words

if TYPE_CHECKING:
    from warlog.places.gazetteer import Gazetteer

_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ`ʿʾ´][^\W_]+)*['’ʼʿʾ]?|[’'ʿʾ][^\W_]+")
_GAPS = frozenset([" ", "  ", "\t", "\u00a0", "-", "–", "‐", "‑", "\n", *(f"{s}{a}" for s in ("", " ") for a in "'’`ʿ")])
_SHORTENED = frozenset({"st", "mt", "ft"})
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*\s+[\"'“‘(\[]*$|\n\s*[\"'“‘(\[*#>-]*\s*$|^[\s\"'“‘(\[*#>-]*$")
_LONGEST = 6
_MOST_IDS = 24
_STRONG_POPULATION = 15_000
_COMMON_POPULATION = 100_000


@cache
def _linking() -> frozenset[str]:
    spelling = vocabulary.load("place_words")["spelling"]
    return frozenset(spelling["articles"]) | frozenset(spelling["linking"])


@cache
def _articles() -> frozenset[str]:
    return frozenset(vocabulary.load("place_words")["spelling"]["articles"])


@cache
def never_places() -> frozenset[str]:
    """Words, lower case, that are no place when they stand alone."""
    lists = vocabulary.load("place_stopwords")["never"]
    return frozenset(w for found in lists.values() for w in found) | peoples()


@cache
def person_words() -> frozenset[str]:
    """Given names and titles: a word after one of them is a person's name."""
    lists = vocabulary.load("place_stopwords")["never"]
    return frozenset(lists["given_names"]) | frozenset(lists["titles"])


@cache
def common_words() -> frozenset[str]:
    """Ordinary English words that are also the name of some place."""
    return frozenset(vocabulary.load("place_stopwords")["common"]["words"])


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    text: str
    low: str
    capital: bool
    #: whether it can be joined to the token before
    joined: bool


@dataclass(slots=True)
class _Gram:
    first: int
    last: int
    start: int
    end: int
    parts: tuple[str, ...]
    #: (row, level) found for it
    found: list[tuple[int, int]]


@lru_cache(maxsize=50_000)
def _normal(token: str) -> tuple[str, ...]:
    return tuple(keys.words(token))


def _joins(gap: str, before: _Token | None) -> bool:
    """Whether what stands between two words lets them be one name."""
    if gap in _GAPS:
        return True
    return gap == ". " and before is not None and before.low in _SHORTENED


@lru_cache(maxsize=50_000)
def _is_capital(word: str) -> bool:
    """Whether a word begins as names do: a capital, a digit, a letter of a script without capitals."""
    letter = word[0] if word[0].isalnum() else next((c for c in word if c.isalnum()), "")
    return letter.isupper() or letter.isdigit() or (not letter.isascii() and not letter.islower())


def _tokens(text: str) -> list[_Token]:
    out: list[_Token] = []
    last: _Token | None = None
    before = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match.group()
        token = _Token(start, end, word, word.lower(), _is_capital(word), last is not None and _joins(text[before:start], last))
        out.append(token)
        last, before = token, end
    return out


def _grams(text: str, tokens: list[_Token]) -> list[_Gram]:
    linking, articles = _linking(), _articles()
    grams: list[_Gram] = []
    count = len(tokens)
    for i, token in enumerate(tokens):
        if not token.capital or token.text[0].isdigit():
            # "al-Bab": a small article leads only where it is tied to a capital
            tied = (
                token.low in articles
                and i + 1 < count
                and tokens[i + 1].joined
                and tokens[i + 1].capital
                and text[token.end] in "-–‐‑"
            )
            if not tied:
                continue
        if token.low == "the":
            continue
        parts: list[str] = []
        for j in range(i, min(count, i + _LONGEST)):
            nxt = tokens[j]
            if j > i and (not nxt.joined or not (nxt.capital or nxt.low in linking)):
                break
            ends = nxt.capital and (j > i or token.capital)
            word, end = nxt.text, nxt.end
            possessive = word.endswith(("'s", "’s"))
            if possessive:
                word, end = word[:-2], end - 2
            word = word.rstrip("'’`")
            parts.extend(_normal(word))
            if ends and parts:
                grams.append(
                    _Gram(
                        i,
                        j,
                        token.start,
                        end - (len(nxt.text) - len(nxt.text.rstrip("'’`")) if not possessive else 0),
                        tuple(parts),
                        [],
                    )
                )
            if possessive:
                break
    return grams


def _lookup(grams: list[_Gram], gazetteer: Gazetteer) -> list[_Gram]:
    wanted: dict[tuple[str, int], int] = {}
    spans: list[tuple[int, int | None]] = []
    for gram in grams:
        parts = list(gram.parts)
        plain = wanted.setdefault((keys.plain_of(parts), PLAIN), len(wanted))
        key = keys.loose_of(parts)
        loose = wanted.setdefault((key, LOOSE), len(wanted)) if len(key) > SHORTEST_LOOSE else None
        spans.append((plain, loose))
    found = _rows(list(wanted), gazetteer)
    kept = []
    for gram, (plain, loose) in zip(grams, spans, strict=True):
        # another spelling counts only where none is written so
        gram.found = found[plain] or (found[loose] if loose is not None else [])
        if gram.found:
            kept.append(gram)
    return kept


#: rows of the keys that were asked for last, for each gazetteer: reports of one war use the same words over and over
_KNOWN: WeakKeyDictionary[Gazetteer, dict[tuple[str, int], list[tuple[int, int]]]] = WeakKeyDictionary()
_MOST_KNOWN = 100_000


def _rows(wanted: list[tuple[str, int]], gazetteer: Gazetteer) -> list[list[tuple[int, int]]]:
    """Rows of each key, with the level it matched at."""
    known = _KNOWN.setdefault(gazetteer, {})
    fresh = [w for w in wanted if w not in known]
    if fresh:
        if len(known) > _MOST_KNOWN:
            known.clear()
            fresh = wanted
        known.update(zip(fresh, map(list, gazetteer.rows_of_keys(fresh)), strict=True))
    return [known[w] for w in wanted]


@cache
def _last_words() -> frozenset[str]:
    return frozenset(name.rsplit(" ", 1)[-1] for name in demonyms())


def theatre_weights(text: str, tokens: Sequence[str] | None = None) -> Counter[str]:
    """How often the words of a text are of a country ("Syrian", "Ukrainians"): ISO code to count."""
    table = demonyms()
    weights: Counter[str] = Counter()
    words = tokens if tokens is not None else [m.group().lower() for m in _TOKEN.finditer(text)]
    lasts = _last_words()
    for i, word in enumerate(words):
        bare = word[:-2] if word[-2:] in {"'s", "’s"} else word
        if bare not in lasts:
            continue
        code = (table.get(f"{words[i - 1]} {bare}") if i else None) or table.get(bare)
        if code is not None:
            weights[code] += 1
    return weights


def spot(text: str, gazetteer: Gazetteer, countries: Sequence[str] = ()) -> list[NameHit]:
    """Names of known places in a text, in text order, never overlapping, the longest where several fit.

    `countries` are ISO codes that the text is known to be about; they are added to those its own words tell of.
    """
    tokens = _tokens(text)
    grams = _lookup(_grams(text, tokens), gazetteer)
    lower_seen = Counter(t.low for t in tokens if t.text.islower())
    theatre = _theatre(grams, tokens, gazetteer, countries)
    grams.sort(key=lambda g: (g.first, -(g.last - g.first)))
    hits: list[NameHit] = []
    busy = -1
    by_first: dict[int, list[_Gram]] = {}
    for gram in grams:
        by_first.setdefault(gram.first, []).append(gram)
    for first in sorted(by_first):
        if first <= busy:
            continue
        for gram in by_first[first]:
            rows = _acceptable(gram, text, tokens, gazetteer, theatre, lower_seen)
            if rows:
                hits.append(_hit(gram, text, rows, gazetteer))
                busy = gram.last
                break
    return hits


def _hit(gram: _Gram, text: str, rows: list[int], gazetteer: Gazetteer) -> NameHit:
    ranked = sorted(zip(gazetteer.populations(rows), rows, strict=True), key=lambda x: (-x[0], x[1]))[:_MOST_IDS]
    places = [gazetteer.place(r) for _, r in ranked]
    ids = tuple(dict.fromkeys(p.place_id for p in places))
    return NameHit(gram.start, gram.end, text[gram.start : gram.end], ids, ranked[0][0], frozenset(p.kind for p in places))


def _theatre(grams: list[_Gram], tokens: list[_Token], gazetteer: Gazetteer, countries: Sequence[str]) -> frozenset[str]:
    """Countries that the text is about, from countries named, what is called after them, and its large cities."""
    weights: Counter[str] = Counter()
    for code, n in theatre_weights("", [t.low for t in tokens]).items():
        weights[code] += 2 * n
    for gram in grams:
        if len(gram.parts) == 1 and (gram.parts[0] in never_places() or gram.parts[0] in common_words()):
            continue
        best = max(gram.found, key=lambda f: gazetteer.populations([f[0]])[0])
        place = gazetteer.place(best[0])
        if any(gazetteer.place(r).kind == "country" for r, _ in gram.found[:8]):
            weights[next(gazetteer.place(r).country for r, _ in gram.found[:8] if gazetteer.place(r).kind == "country")] += 3
        elif place.population >= 100_000 and best[1] == PLAIN:
            weights[place.country] += 2
    for code in countries:
        weights[code] += 1000
    if not weights:
        return frozenset()
    top = max(n for c, n in weights.items() if n < 1000) if any(n < 1000 for n in weights.values()) else 0
    return frozenset(c for c, n in weights.items() if n >= 1000 or n >= 0.15 * top)


def _acceptable(
    gram: _Gram, text: str, tokens: list[_Token], gazetteer: Gazetteer, theatre: frozenset[str], lower_seen: Counter[str]
) -> list[int]:
    """Rows of a gram that it may stand for here; empty if it is no place name here."""
    rows = [r for r, _ in gram.found]
    plain = gram.found[0][1] == PLAIN
    count = len(gram.parts)
    first = tokens[gram.first]
    places = [gazetteer.place(r) for r in rows[:60]]
    rows = rows[:60]
    national = any(p.kind in {"country", "continent"} for p in places)
    population = max(p.population for p in places)
    if count == 1 or (count == 2 and gram.parts[0] in _articles()):
        word = gram.parts[-1]
        if word in never_places():
            return rows if national and plain and word not in peoples() and first.text.lower() not in never_places() else []
        if len(word) < 3 or word.isdigit():
            return []
        if national and plain and len(places) and population > 0 and word not in common_words():
            return rows
        neighbours = _neighbours(gram, tokens)
        if neighbours and population < _STRONG_POPULATION:
            return []
        if count == 2 and neighbours & 1:
            # "Tariq al-Bab", "Bustan al-Qasr": the name goes on to the left
            return []
        if word in common_words() and neighbours:
            return []
        at_start = bool(_SENTENCE_END.search(text[max(0, gram.start - 12) : gram.start]))
        if word in common_words() and count == 1:
            if (
                not plain
                or at_start
                or (population < _COMMON_POPULATION and not national)
                or lower_seen[word] > 2
                or _headline(text, gram.start)
            ):
                return []
        elif lower_seen[word] and not national and population < _COMMON_POPULATION:
            return []
        if gram.first and tokens[gram.first].joined and not national:
            before = tokens[gram.first - 1]
            if before.capital and before.low in person_words():
                return []
    else:
        dull = all(p in common_words() or p in never_places() or p.isdigit() or p in _linking() for p in gram.parts)
        if dull and not (plain and (national or population >= _COMMON_POPULATION)):
            return []
        if (
            tokens[gram.first].low in person_words()
            and tokens[gram.last].low in never_places()
            and population < _COMMON_POPULATION
        ):
            return []
    if national:
        return rows
    strong = plain and (population >= _STRONG_POPULATION or any(p.kind in {"region", "capital", "water", "area"} for p in places))
    here = [r for r, p in zip(rows, places, strict=True) if p.country in theatre]
    if strong:
        return rows
    if here:
        return rows if plain else here
    if plain and count > 1 and not theatre:
        return rows
    return []


def _neighbours(gram: _Gram, tokens: list[_Token]) -> int:
    """Whether a capitalised word that is part of a longer name stands right before (1) or after (2) a gram; both are 3."""
    found = 0
    if gram.first and tokens[gram.first].joined:
        before = tokens[gram.first - 1]
        if before.capital and not _sets_off(before.low):
            found |= 1
    if gram.last + 1 < len(tokens):
        after = tokens[gram.last + 1]
        if after.joined and after.capital and not _sets_off(after.low):
            found |= 2
    return found


@cache
def _setting_off() -> frozenset[str]:
    words = place_words()
    kinds = {w for kind in words.kinds for w in kind.split()}
    return (
        frozenset(kinds)
        | frozenset(words.plurals)
        | frozenset(words.directions)
        | words.before
        | words.inside
        | words.countryside
        | words.dropped
        | peoples()
    )


def _sets_off(word: str) -> bool:
    """Whether a capitalised word beside a name is no part of it: a kind or compass word, a people, an ordinary word."""
    return word in _setting_off() or word in common_words() or word.isdigit()


def _headline(text: str, at: int) -> bool:
    """Whether the line about a position has capitals on most of its words, as headlines do."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    words = re.findall(r"[A-Za-z]{4,}", text[start : end if end >= 0 else len(text)])
    return len(words) >= 4 and sum(w[0].isupper() for w in words) > 0.6 * len(words)
