"""Two texts in, one `DocumentLink` out, or None where they share nothing that tells.

A function of the two texts alone: neither what else is in the log nor the order of arrival changes it.
"""

from __future__ import annotations

from functools import lru_cache

from warlog import vocabulary
from warlog.lineage import headlines, outlets, words
from warlog.lineage.direction import Direction, days_apart, direct, direct_versions, is_credited
from warlog.lineage.evidence import Evidence, Piece, weigh
from warlog.lineage.profile import Profile, profile
from warlog.lineage.text import Text
from warlog.records import DocumentLink, Passage

#: weighed words, and share of the shorter text's own words, from which a text was made from the other ...
_LEAST, _SHARE = 22.0, 0.2
#: ... or so many words, whatever share they are
_MANY = 90.0
#: ... or fewer where the one credits the other
_CREDITED_LEAST, _CREDITED_SHARE = 14.0, 0.1
#: from this share on, shared quotations were copied with the rest
_WITH_QUOTES = 0.4
#: days after which a small shared part is background that outlets keep at hand
_LONG_AFTER, _SMALL = 21, 0.35
#: share of a text that stands above what is background in it: a paragraph kept at hand, and sentences in other words
_BELOW_LEAD, _FAR_BELOW = 0.3, 0.4
#: share of a text that makes it whole
_WHOLE = 0.75
_MOSTLY_REWORDED = 0.5
#: share from which even a text reworded long after was made from the other
_MOST = 0.6
#: words that a shared quotation, and a stretch of a shared stock passage, must have to be told of
_QUOTED, _FURNITURE = 8, 8
#: stock passages are told of from so many words that are such a share of the shorter text, or from one so long
_STOCK, _STOCK_SHARE, _STOCK_LONG = 12, 0.12, 20
#: words of their own, neither names, figures nor war's stock, that a passage shorter than `_STOCK_LONG` must have; ...
_TELLING = 2
#: ... a short quotation heard again long after
_TELLING_LATER = 5
#: days within which an outlet updates a story
_UPDATED_WITHIN = 10
#: share of both texts from which an outlet's two texts are one, however far apart
_REPOSTED = 0.85

#: passages in so many places, of so many words, within so many days, were not written twice
_PLACES, _IN_ALL, _SAME_DAYS = 3, 36, 7

#: so many words in one passage dated to a day of the week are one's news in the other's words, within so many days
_NEWS, _NEWS_DAYS = 15, 21
#: words, and share, that suffice where they stand in the leads of both and the two are of one day; words that a lead has
_IN_LEADS, _IN_LEADS_SHARE, _LEAD = 30.0, 0.1, 60

#: relations by which a document was made from another
LINEAGE = frozenset({"copy", "condensed", "expanded", "rewrite"})


def compare(x: Text, y: Text) -> DocumentLink | None:
    """How two texts are related; the order of the two does not matter."""
    a, b = sorted((x, y), key=lambda t: t.document_id)
    e = weigh(profile(a), profile(b))
    if not e.pieces:
        return None
    if outlets.publisher_of(a) & outlets.publisher_of(b):
        return _of_one_outlet(e)
    return _of_two_outlets(e)


def _of_two_outlets(e: Evidence) -> DocumentLink | None:
    a, b = e.a.text, e.b.text
    credited = is_credited(a, b) or is_credited(b, a)
    least, share = (_CREDITED_LEAST, _CREDITED_SHARE) if credited else (_LEAST, _SHARE)
    news = _news(e)
    made = (e.own >= least and e.own_share >= share) or e.own >= _MANY or _scattered(e) or news
    if made and not credited and not news and max(e.in_a, e.in_b) < _SMALL and not headlines.alike(a.title, b.title):
        apart = days_apart(a, b)
        made = not (apart is not None and apart > _LONG_AFTER) and not _background(e)
    elif made and not credited and e.reworded > _MOSTLY_REWORDED and e.own_share < _MOST:
        # Reports written to one pattern months apart look like one another reworded.
        made = (days_apart(a, b) or 0) <= _LONG_AFTER
    if made:
        direction = direct(e)
        return _link(e, direction, _relation(e, direction))
    return _shared_only(e, Direction(0, "unknown", ""))


def _of_one_outlet(e: Evidence) -> DocumentLink | None:
    a, b = e.a.text, e.b.text
    direction = direct_versions(e)
    if _is_version(e):
        return _link(e, direction, "version")
    if headlines.serial(a.title, b.title) or e.own >= _FURNITURE or not e.quoted:
        return _shared_only(e, direction, furniture=True)
    return _shared_only(e, direction)


def _is_version(e: Evidence) -> bool:
    """Whether two texts of one outlet are two states of one story."""
    a, b = e.a.text, e.b.text
    shared, apart = e.own_share, days_apart(a, b)
    page = outlets.page_of(a.url)
    if page and page == outlets.page_of(b.url):
        return shared >= 0.1 or apart in (0, None)
    if min(e.in_a, e.in_b) >= 0.95:
        return True
    if headlines.serial(a.title, b.title):
        return False
    if min(e.in_a, e.in_b) >= _REPOSTED:
        return True
    near = apart is None or apart <= _UPDATED_WITHIN
    if headlines.alike(a.title, b.title):
        return shared >= (0.15 if near else 0.4)
    if not near or _at_an_end(e):
        return False
    marked = headlines.is_update(a.title) or headlines.is_update(b.title)
    return shared >= (0.25 if marked else 0.45 if apart is not None and apart <= 2 else 0.6)


def _at_an_end(e: Evidence) -> bool:
    """Whether all that is shared is one block at the head or tail of both: what an outlet puts on every page."""
    if len({s.a - s.b for s in e.stretches}) > 1 and len(e.stretches) > 1:
        blocks = max(s.a_end for s in e.stretches) - min(s.a for s in e.stretches)
        if blocks > 1.3 * sum(s.a_end - s.a for s in e.stretches):
            return False
    first_a, last_a = min(s.a for s in e.stretches), max(s.a_end for s in e.stretches)
    first_b, last_b = min(s.b for s in e.stretches), max(s.b_end for s in e.stretches)
    tail = len(e.a) - last_a <= 3 and len(e.b) - last_b <= 3 and first_a > 10 and first_b > 10
    head = first_a <= 3 and first_b <= 3 and len(e.a) - last_a > 10 and len(e.b) - last_b > 10
    return (tail or head) and max(e.in_a, e.in_b) < 0.8


def _background(e: Evidence) -> bool:
    """Whether all that is shared stands below the lead of both: a paragraph that is kept for every such story, or what is
    mostly a rewording and stands lower still, as each outlet sums up in its own words what went before.
    """
    first_a, last_a = min(s.a for s in e.stretches), max(s.a_end for s in e.stretches)
    first_b, last_b = min(s.b for s in e.stretches), max(s.b_end for s in e.stretches)
    count = sum(s.length for s in e.stretches)
    one_block = max(last_a - first_a, last_b - first_b) <= 1.5 * count + 10
    first = min(first_a / len(e.a), first_b / len(e.b))
    return first >= _BELOW_LEAD and (one_block or (e.reworded > _MOSTLY_REWORDED and first >= _FAR_BELOW))


def _scattered(e: Evidence) -> bool:
    """Whether two texts of the same days share several passages in different places: bits of a longer report in both."""
    apart = days_apart(e.a.text, e.b.text)
    own = [p for p in e.pieces if p.voice == 0 and p.verbatim and p.length >= _FURNITURE]
    return apart is not None and apart <= _SAME_DAYS and len(own) >= _PLACES and sum(p.length for p in own) >= _IN_ALL


def _news(e: Evidence) -> bool:
    """Whether two texts tell the news of their days in one another's words, and not what has long been known.

    Either a long passage, word for word, is dated to a day of the week, or the leads of two texts of one day have much in
    common.
    """
    apart = days_apart(e.a.text, e.b.text)
    if (apart or 0) > _NEWS_DAYS:
        return False
    in_leads = any(p.voice == 0 and p.length >= _IN_LEADS and max(p.a, p.b) < _LEAD for p in e.pieces)
    if in_leads and apart == 0 and e.own >= _IN_LEADS and e.own_share >= _IN_LEADS_SHARE:
        return True
    long = [p for p in e.pieces if p.voice < 2 and p.verbatim and p.length >= _NEWS]
    return any(
        not _dated().isdisjoint((*e.a.forms[p.a : p.a_end], *e.b.forms[p.b : p.b_end])) and _tells(e.a, p, _TELLING) for p in long
    )


@lru_cache(maxsize=1)
def _dated() -> frozenset[int]:
    """The exact forms of the words that date a passage to a day of the week."""
    return frozenset(words.exact_number(w) for w in vocabulary.load("lineage")["news"]["words"])


def _relation(e: Evidence, direction: Direction) -> str:
    """The name of a relation in which one text was made from the other."""
    made, source = (e.in_b, e.in_a) if direction.sign > 0 else (e.in_a, e.in_b)
    if e.reworded > _MOSTLY_REWORDED:
        return "rewrite"
    if made >= _WHOLE and source >= _WHOLE:
        return "copy"
    return "condensed" if made >= source else "expanded"


def _shared_only(e: Evidence, direction: Direction, *, furniture: bool = False) -> DocumentLink | None:
    """A link of two texts that share quotations or stock passages and nothing more."""
    own = [p for p in e.pieces if p.voice < 2 and p.verbatim and p.length >= _FURNITURE and _tells(e.a, p, _TELLING)]
    later = (days_apart(e.a.text, e.b.text) or 0) > _LONG_AFTER
    quoted = [p for p in e.pieces if p.voice == 2 and p.length >= _QUOTED and _is_one_quotation(e.a, p, later)]
    count = sum(p.length for p in own)
    shorter = min(len(e.a), len(e.b))
    if not (count >= _STOCK and count >= _STOCK_SHARE * shorter) and all(p.length < _STOCK_LONG for p in own):
        own = []
    if quoted and not (own and (furniture or count > sum(p.length for p in quoted))):
        return _link(e, Direction(0, "unknown", ""), "shared_quotation", [*own, *quoted])
    if own:
        return _link(e, direction, "shared_furniture", [*own, *quoted])
    return None


def _tells(text: Profile, p: Piece, least: int) -> bool:
    """Whether a passage is long, or has so many words of its own: a name in full, and "a source told", are nobody's."""
    if p.length >= _STOCK_LONG:
        return True
    own = {text.folds[i] for i in range(p.a, p.a_end) if not text.named[i]} - {0}
    return len(own - words.stock()) >= least


def _is_one_quotation(text: Profile, p: Piece, later: bool) -> bool:
    """Whether quoted words were said once. Long after, like words are another's, unless they are the very same and many."""
    return _tells(text, p, _TELLING_LATER if later else _TELLING) and (p.verbatim or not later)


def _link(e: Evidence, direction: Direction, relation: str, pieces: list[Piece] | None = None) -> DocumentLink:
    first, other = (e.a, e.b) if direction.sign > 0 else (e.b, e.a)
    if pieces is None:
        # In a text that was copied, quotations were copied with it: its stretches need not be cut.
        if relation == "version" or e.own_share >= _WITH_QUOTES:
            pieces = [Piece(s.a, s.a_end, s.b, s.b_end, s.verbatim, 0) for s in e.stretches]
        else:
            pieces = e.pieces
    passages = []
    for p in pieces:
        here, there = ((p.a, p.a_end), (p.b, p.b_end)) if direction.sign > 0 else ((p.b, p.b_end), (p.a, p.a_end))
        if p.voice == 2:
            kind = "shared_quotation"
        elif relation in ("shared_furniture", "shared_quotation"):
            kind = "shared_furniture"
        else:
            kind = "verbatim" if p.verbatim else "rewritten"
        passages.append(
            Passage(first.starts[here[0]], first.ends[here[1] - 1], other.starts[there[0]], other.ends[there[1] - 1], kind)
        )
    passages.sort(key=lambda p: (p.start, p.other_start))
    contained, other_contained = (e.in_b, e.in_a) if direction.sign > 0 else (e.in_a, e.in_b)
    return DocumentLink(
        first.text.document_id,
        other.text.document_id,
        relation,
        direction.status,
        direction.why,
        round(contained, 4),
        round(other_contained, 4),
        passages,
    )
