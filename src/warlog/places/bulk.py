"""Plain and loose keys of very many names at once: what `keys` does to one name, done to columns.

A pack of millions of names is indexed in seconds because each distinct word is looked at once and the names are put together
from them in C++. What comes out is the same as from `keys.plain_of` and `keys.loose_of`, name by name; a test holds it to that.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from warlog.places import keys

_MANY = 200_000
_TRIMMABLE = "[eh]$|^[aeiu](?:ss|nn|dd|zz|rr|tt|ll|sh)"
_DOUBLED = "|".join(2 * c for c in "abcdefghijklmnopqrstuvwxyz0123456789") + r"|\$\$"


def bulk_keys(names: Any) -> tuple[Any, Any]:
    """Plain and loose keys of an Arrow array of names, as two string arrays; "" for a name without letters or digits.

    Very many are done in two halves at once: most of the work is done outside the interpreter's lock.
    """
    if len(names) < _MANY:
        return _keys(names)
    middle = len(names) // 2
    with ThreadPoolExecutor(2) as workers:
        (plain, loose), (more_plain, more_loose) = workers.map(_keys, (names.slice(0, middle), names.slice(middle)))
    return pa.concat_arrays([plain, more_plain]), pa.concat_arrays([loose, more_loose])


def _keys(names: Any) -> tuple[Any, Any]:
    spaced = _spaced(names)
    parts = pc.split_pattern(spaced, " ")
    offsets = parts.offsets.to_numpy().astype(np.int64)
    encoded = parts.values.dictionary_encode()
    code = encoded.indices.to_numpy().astype(np.int64)
    words = encoded.dictionary
    count = len(words)
    texts = words.to_pylist()
    article_set, standard, trailing_set = keys.articles(), keys.standard_words(), keys.trailing_words()
    article = np.fromiter((w in article_set for w in texts), bool, count)
    lengths = np.diff(offsets)
    single = np.repeat(lengths == 1, lengths)
    last = np.zeros(len(code), dtype=bool)
    last[offsets[1:] - 1] = True
    first = np.zeros(len(code), dtype=bool)
    first[offsets[:-1]] = True

    multi = pa.array([keys.spelled_out(w) for w in texts], pa.string())
    pool = pa.concat_arrays([words, multi, pa.array(["al"], pa.string())])
    chosen = np.where(single, code, np.where(article[code] & ~last, 2 * count, code + count))
    plain = _joined(pool.take(pa.array(chosen)), offsets)

    standards = [standard.get(w, w) for w in texts]
    untied = [standard[w] if w in standard else keys.untied(w) for w in texts]
    pool = loose_words(pa.concat_arrays([words, pa.array(standards, pa.string()), pa.array(untied, pa.string())]))
    trailing = np.fromiter((w in trailing_set for w in standards), bool, count)
    chosen = np.where(single, code, np.where(first, code + count, code + 2 * count))
    kept = last | ~article[code]
    chosen, moved, offsets = _without(chosen, kept, trailing[code] & ~single, offsets)
    if moved is not None:
        chosen = chosen[moved]
    loose = _joined(pool.take(pa.array(chosen)), offsets)
    return plain, _undoubled(loose)


def _spaced(names: Any) -> Any:
    """Names as `keys.words` cuts them, with one space between words."""
    quick = pc.replace_substring_regex(names, keys.APOSTROPHES, "")
    # accents come off by rule; what is not ASCII then is for the slower table
    bare = pc.replace_substring_regex(pc.utf8_normalize(quick, "NFKD"), r"[\x{0300}-\x{036F}]", "")
    quick = pc.if_else(pc.string_is_ascii(bare), bare, quick)
    plain = pc.and_(pc.string_is_ascii(quick), pc.invert(pc.match_substring_regex(quick, r"[(\[]")))
    quick = pc.ascii_trim_whitespace(pc.replace_substring_regex(pc.ascii_lower(quick), "[^a-z0-9]+", " "))
    odd = pc.invert(plain)
    if pc.any(odd).as_py():
        slow = pa.array([" ".join(keys.words(n)) for n in names.filter(odd).to_pylist()], pa.string())
        quick = pc.replace_with_mask(quick, odd, slow)
    return quick


def _without(chosen: Any, kept: Any, trailing: Any, offsets: Any) -> tuple[Any, Any, Any]:
    """Word codes without the articles, with the order that sets a leading "Upper" last (None where none is), and offsets."""
    counted = np.concatenate([[0], np.cumsum(kept)])
    offsets = counted[offsets]
    chosen, trailing = chosen[kept], trailing[kept]
    starts, ends = offsets[:-1], offsets[1:]
    turned = (ends - starts > 1) & trailing[np.minimum(starts, max(0, len(trailing) - 1))]
    if not turned.any():
        return chosen, None, offsets
    place = np.arange(len(chosen), dtype=np.float64)
    place[starts[turned]] = ends[turned] - 0.5
    return chosen, np.argsort(place, kind="stable"), offsets


def _joined(words: Any, offsets: Any) -> Any:
    if len(offsets) and offsets[-1] > np.iinfo(np.int32).max:
        raise OverflowError("more words than one index holds")
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), words), "")


def loose_words(words: Any) -> Any:
    """`keys.loose_word` of an Arrow array of words."""
    encoded = words.dictionary_encode()
    ended = _each(encoded.dictionary, _TRIMMABLE, keys.trimmed)
    for old, new in keys.sounds():
        ended = pc.replace_substring(ended, old, new)
    return _undoubled(ended).take(encoded.indices)


def _undoubled(texts: Any) -> Any:
    return _each(texts, _DOUBLED, keys.undoubled)


def _each(texts: Any, pattern: str, change: Callable[[str], str]) -> Any:
    """Change the few texts that match a pattern; it must match every text that the change would touch."""
    touched = pc.match_substring_regex(texts, pattern)
    if not pc.any(touched).as_py():
        return texts
    return pc.replace_with_mask(texts, touched, pa.array([change(t) for t in texts.filter(touched).to_pylist()], pa.string()))
