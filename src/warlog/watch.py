"""Following feeds: which is due, what is new in it, and what is remembered until the next visit.

A `Watcher` goes round the feeds and gives captures one by one to whoever keeps them; only when it is asked for the
next one does it take the last for kept. What is remembered of a feed is written after all that its visit brought was
kept: a visit that was cut short, by whatever, is made again, and what it brought already is known then.

Of each page that an item led to the log remembers, too, as of which change of the item it was had, with its ETag.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from warlog.collect.feeds import MAX_ITEMS, Feed, Item, item_capture, parse_feed
from warlog.collect.feeds_config import FeedEntry
from warlog.collect.web import Fetched, Fetcher, capture_of
from warlog.collect.web_errors import WebError
from warlog.errors import InputError
from warlog.records import Capture, FeedState

#: Between visits to a feed that says nothing else.
EVERY = timedelta(minutes=30)
#: Failing feeds are tried ever more seldom, down to this.
SELDOM = timedelta(days=1)
#: So many pages are fetched in one visit to a feed; the next one goes on.
MAX_PAGES = 100
#: So often a page is tried that cannot be had for a passing reason; then the item itself has to do.
MAX_TRIES = 5
#: A state that lies further ahead was written with a clock that was wrong.
_FARTHEST = timedelta(days=8)
#: A visit may come so much early, for a run every so often by the system's own clock.
_SLACK = timedelta(minutes=1)
#: The end of the sentence that is kept of an item's page.
_AS_OF = re.compile(r"As of (.*)\.$")
#: Media types of pages that a document can be read from.
_PAGES = frozenset(("text/html", "text/plain", "text/markdown", "application/pdf"))

Found = tuple[Capture, bytes] | InputError


class Memory(Protocol):
    """What of the log is needed here."""

    def feed_state(self, url: str) -> FeedState | None:
        """What is remembered of the feed or page at this address."""
        ...

    def keep_feed_state(self, feed: FeedState) -> None:
        """Remember this of it."""
        ...

    def has_capture(self, capture_id: str) -> bool:
        """Whether the capture with this id is in the log."""
        ...


@dataclass(slots=True)
class Visit:
    """What came of looking at one feed."""

    feed: FeedEntry
    #: ok, unchanged, failed or waiting (not due yet)
    outcome: str = "ok"
    #: items in the feed
    items: int = 0
    #: captures that the log did not have
    new: int = 0
    #: of these, other versions of what it had
    changed: int = 0
    #: one sentence on it
    said: str = ""
    #: when it may be looked at again
    next_at: datetime | None = None


class Watcher:
    """Goes round the feeds. `clock` gives the time, aware; `chance` a number from 0 to 1 that spreads repeated tries."""

    def __init__(
        self,
        feeds: Sequence[FeedEntry],
        memory: Memory,
        fetcher: Fetcher,
        *,
        every: timedelta = EVERY,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._feeds = list(feeds)
        self._memory = memory
        self._fetcher = fetcher
        self._every = every
        self._clock = clock
        self._chance = chance
        #: feeds that we refuse to ask, with when to look again: not for another run, which may be allowed to
        self._refused: dict[str, datetime] = {}
        #: what came of the feeds looked at in the last round, in their order
        self.visits: list[Visit] = []

    def round(self) -> Iterator[Found]:
        """Look at every feed that is due, and give what is new in each. Sentences are given for items lost altogether.

        An iterator that is not used to its end leaves the feed it was at unvisited. Feeds that fail raise nothing.
        """
        self.visits = []
        for feed in self._feeds:
            visit = Visit(feed)
            state = self._memory.feed_state(feed.url) or FeedState(feed.url)
            self.visits.append(visit)
            due = self.due(feed)
            if due > self._clock() + _SLACK:
                visit.outcome, visit.next_at = "waiting", due
                visit.said = f"Not due until {shown_time(due)}." + (f" {state.status}" if state.failures else "")
                continue
            yield from self._visit(visit, state)

    def due(self, feed: FeedEntry) -> datetime:
        """When a feed is to be looked at next; a time that is past for one that never was."""
        if feed.url in self._refused:
            return self._refused[feed.url]
        state = self._memory.feed_state(feed.url)
        now = self._clock()
        checked = _time(state.checked_at) if state is not None else None
        if state is None or checked is None or checked > now:
            return datetime.min.replace(tzinfo=UTC)
        asked = _time(state.next_at)
        if asked is not None and now < asked < now + _FARTHEST:
            return asked
        return checked if state.failures else checked + (feed.every or self._every)

    def seconds_to_next(self) -> float:
        """Seconds until the first feed is due; 0 if one is."""
        first = min((self.due(feed) for feed in self._feeds), default=self._clock())
        return max(0.0, (first - self._clock()).total_seconds())

    # -- one feed ------------------------------------------------------------------------------------------------

    def _visit(self, visit: Visit, state: FeedState) -> Iterator[Found]:
        now = self._clock()
        try:
            fetched = self._fetcher.fetch(visit.feed.url, etag=state.etag, last_modified=state.last_modified)
            if fetched.status == 304:
                visit.outcome = "unchanged"
                visit.said = "Nothing new since the last visit."
                self._keep(visit, state, now, fetched, state.etag, state.last_modified)
                return
            feed = parse_feed(fetched)
        except InputError as error:
            self._failed(visit, state, now, error)
            return
        visit.items = feed.total
        walk = _Walk(self._memory, self._fetcher, visit, fetched, self._clock, self._backoff)
        yield from walk.items(feed)
        visit.said = _told(visit, feed, walk)
        # Asked again in full where something is left to do: an unchanged feed would not be looked into.
        kept = (fetched.header("etag"), fetched.header("last-modified")) if not (walk.left or walk.again) else (None, None)
        self._keep(visit, state, now, fetched, *kept)

    def _keep(
        self, visit: Visit, state: FeedState, now: datetime, fetched: Fetched, etag: str | None, modified: str | None
    ) -> None:
        if fetched.moved_to is not None:
            visit.said += f" It has moved to {fetched.moved_to}."
        visit.next_at = now + (visit.feed.every or self._every)
        self._memory.keep_feed_state(FeedState(state.url, etag, modified, _iso(now), None, 0, visit.said))

    def _failed(self, visit: Visit, state: FeedState, now: datetime, error: InputError) -> None:
        if isinstance(error, WebError) and error.refused:
            visit.outcome, visit.said = "failed", str(error)
            visit.next_at = self._refused[visit.feed.url] = now + (visit.feed.every or self._every)
            return
        failures = state.failures + 1
        wait = self._backoff(visit.feed.every or self._every, failures)
        asked = error.retry_after if isinstance(error, WebError) else None
        visit.next_at = now + max(wait, timedelta(seconds=asked or 0.0))
        visit.outcome = "failed"
        visit.said = str(error)
        self._memory.keep_feed_state(
            FeedState(state.url, state.etag, state.last_modified, _iso(now), _iso(visit.next_at), failures, visit.said)
        )
        often = f" It failed {failures} times in a row." if failures > 1 else ""
        visit.said += f"{often} The next try is not before {shown_time(visit.next_at)}."

    def _backoff(self, every: timedelta, failures: int) -> timedelta:
        """How long a feed or page is left alone after so many failures: twice as long each time, give or take a quarter."""
        wait = min(every * float(2 ** min(failures - 1, 16)), max(SELDOM, every))
        return wait * (0.75 + 0.5 * self._chance())


@dataclass(slots=True)
class _Walk:
    """The way through one feed's items."""

    memory: Memory
    fetcher: Fetcher
    visit: Visit
    fetched: Fetched
    clock: Callable[[], datetime]
    backoff: Callable[[timedelta, int], timedelta]
    pages: int = 0
    #: items left for the next visit
    left: int = 0
    #: pages to be tried again
    again: int = 0
    #: why pages could not be had, in the order of the items
    missed: list[str] = field(default_factory=list)

    def items(self, feed: Feed) -> Iterator[Found]:
        """What is new in the items, newest first."""
        for item in feed.items:
            state = self.memory.feed_state(item.source)
            known = state is not None and not _is_newer(item, state)
            if state is not None and known and state.failures == 0:
                continue
            if not self.visit.feed.full_text or item.link is None:
                yield from self._item(item)
                continue
            if state is not None and known and self._put_off(state):
                continue
            if self.pages >= MAX_PAGES:
                self.left += 1
                continue
            self.pages += 1
            yield from self._page(
                item, item.link, state or FeedState(item.source), tries=state.failures if state and known else 0
            )

    def _put_off(self, state: FeedState) -> bool:
        """Whether a page that could not be had is not tried now; the item itself was taken in its place."""
        if state.failures >= MAX_TRIES:
            return True
        when = _time(state.next_at)
        waits = when is not None and self.clock() < when < self.clock() + _FARTHEST
        self.again += waits
        return waits

    def _page(self, item: Item, link: str, known: FeedState, tries: int) -> Iterator[Found]:
        now = self.clock()
        try:
            page = self.fetcher.fetch(link, etag=known.etag, last_modified=known.last_modified)
            if page.status != 304:
                if page.media_type not in _PAGES:
                    raise WebError(f"{page.final_url} is {page.media_type}, not a page of text.")
                capture, data = capture_of(page, self.fetcher.collector)
                yield from self._given(capture, data, other_version=known.checked_at is not None)
                if not self.memory.has_capture(capture.capture_id):
                    raise WebError(f"{page.final_url} could not be read.")
            had = FeedState(
                item.source, page.header("etag") or known.etag, page.header("last-modified") or known.last_modified, _iso(now),
                None, 0, _as_of(item),
            )  # fmt: skip
        except WebError as error:
            self.missed.append(str(error))
            yield from self._item(item)
            # A page that cannot be had for good is not asked for again until its item changes.
            failures = tries + 1 if error.passing else MAX_TRIES
            self.again += failures < MAX_TRIES
            later = now + max(self.backoff(timedelta(minutes=10), failures), timedelta(seconds=error.retry_after or 0.0))
            had = FeedState(item.source, None, None, _iso(now), _iso(later), failures, f"{error} {_as_of(item)}")
        self.memory.keep_feed_state(had)

    def _item(self, item: Item) -> Iterator[Found]:
        try:
            capture, data = item_capture(item, self.fetched, self.fetcher.collector)
        except InputError as error:
            yield error
            return
        yield from self._given(capture, data, other_version=False)

    def _given(self, capture: Capture, data: bytes, *, other_version: bool) -> Iterator[Found]:
        known = self.memory.has_capture(capture.capture_id)
        # What is known is given too: it may stand at its address again after another version.
        yield capture, data
        if not known and self.memory.has_capture(capture.capture_id):
            self.visit.new += 1
            self.visit.changed += other_version


def _as_of(item: Item) -> str:
    """The end of the sentence that is kept of an item's page: as of which change of the item it was asked for."""
    return f"As of {item.updated}." if item.updated else "As of no date."


def _is_newer(item: Item, state: FeedState) -> bool:
    """Whether the item was changed since its page was asked for. Another feed may list the same item with an older date."""
    found = _AS_OF.search(state.status)
    return found is None or (bool(item.updated) and (found[1] == "no date" or item.updated > found[1]))


def _told(visit: Visit, feed: Feed, walk: _Walk) -> str:
    """What a visit came to, in words."""
    parts = [f"{_count(feed.total, 'item')}, {visit.new} new"]
    if visit.changed:
        parts[0] += f", {visit.changed} of them changed"
    if feed.total > MAX_ITEMS:
        parts.append(f"only the newest {len(feed.items)} were looked at")
    if walk.left:
        parts.append(f"{walk.left} left for the next visit")
    if walk.missed:
        more = f", and {len(walk.missed) - 1} more" if len(walk.missed) > 1 else ""
        parts.append(f"{_count(len(walk.missed), 'page')} could not be had ({walk.missed[0].rstrip('.')}{more})")
    if feed.fault:
        parts.append(f"the feed {feed.fault}")
    return "; ".join(parts) + "."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _iso(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds")


def _time(text: str | None) -> datetime | None:
    try:
        time = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return time if time.tzinfo is not None else time.replace(tzinfo=UTC)


def shown_time(time: datetime) -> str:
    """A time for reading, in UTC."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
