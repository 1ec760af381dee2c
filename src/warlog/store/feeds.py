"""What the log remembers of feeds from one visit to the next: one row for each address."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from warlog.records import FeedState
from warlog.store import codec, schema


def get(connection: Connection, url: str) -> FeedState | None:
    """What is known of the feed at this address, or None where it was never visited."""
    row = connection.execute(select(schema.feeds).where(schema.feeds.c.url == url)).mappings().first()
    return None if row is None else codec.from_row(FeedState, row, schema.feeds)


def put(connection: Connection, feed: FeedState) -> None:
    """Remember this in the place of what was known of the feed."""
    connection.execute(delete(schema.feeds).where(schema.feeds.c.url == feed.url))
    connection.execute(insert(schema.feeds), codec.to_row(feed, schema.feeds))
