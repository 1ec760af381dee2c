"""The tables of the log, as SQLAlchemy Core; column types that SQLite and PostgreSQL share.

Captures and decisions are what people and the world gave: they are never derived and never deleted. Documents,
claims, events and place-days are derived from them, and `state` tells whether events and place-days are still those
of the claims. The text of the migrations in `migrations/` says how a log came to have these tables; a test holds the
two together.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

from warlog.lineage.tables import define

#: The newest migration; a log that bears another revision is migrated (older) or refused (unknown, so newer).
HEAD = "0002"
#: Where a log keeps its revision; the name also tells a log from any other database.
VERSION_TABLE = "warlog_schema"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *, null: bool = False, unique: bool | None = None, index: bool | None = None) -> Column[str]:
    return Column(name, Text, nullable=null, unique=unique, index=index)


def _json(name: str) -> Column[object]:
    return Column(name, JSON, nullable=False)


captures = Table(
    "captures",
    metadata,
    # The order in which captures came in is the order in which everything is derived again.
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _text("capture_id", unique=True),
    _text("sha256", index=True),
    Column("size", Integer, nullable=False),
    _text("source"),
    _text("name"),
    _text("media_type"),
    Column("record_number", Integer, nullable=True),
    _text("retrieved_at"),
    _text("method"),
    *(_text(name, null=True) for name in ("url", "final_url")),
    Column("status", Integer, nullable=True),
    Column("headers", JSON, nullable=False, server_default="[]"),
    *(_text(name, null=True) for name in ("container", "container_sha256")),
    *(Column(name, Text, nullable=False, server_default="") for name in ("tool", "collector")),
    # The document that the capture is read as: fixed when it came in, so that ids outlive a rebuild.
    _text("document_id", index=True),
    # A later capture of the same source with other bytes.
    _text("superseded_by", null=True),
    Index("ix_captures_source", "source", "name"),
)

documents = Table(
    "documents",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _text("document_id", unique=True),
    Column("capture_id", Text, ForeignKey("captures.capture_id"), nullable=False),
    _text("sha256", index=True),
    _text("text"),
    *(
        _text(name, null=True)
        for name in ("title", "url", "publisher", "original_publisher", "byline", "author", "agency", "copyright")
    ),
    _text("published", null=True, index=True),
    _text("language", null=True),
    *(_json(name) for name in ("regions", "themes", "series", "media", "links", "emails", "furniture", "extra")),
    Column("credits", JSON, nullable=False, server_default="[]"),
    *(_text(name, null=True) for name in ("original_url", "dateline", "not_coded")),
    # The document that stands at the same source now; such an older version is kept but not listed.
    _text("superseded_by", null=True),
)

claims = Table(
    "claims",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _text("claim_id", unique=True),
    _text("happening_id"),
    Column("document_id", Text, ForeignKey("documents.document_id"), nullable=False, index=True),
    _text("quote"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("event_type", index=True),
    *(_text(name, null=True) for name in ("actor", "target", "place")),
    Column("lat", Float, nullable=True),
    Column("lon", Float, nullable=True),
    _text("date_start", null=True),
    _text("date_end", null=True),
    _json("casualties"),
    _text("attributed_to", null=True),
    _text("certainty"),
    *(_text(name, null=True) for name in ("document_url", "publisher", "original_publisher", "published")),
    *(_json(name) for name in ("actor_ids", "actor_names", "target_ids", "target_names")),
    *(Column(name, JSON, nullable=False, server_default="[]") for name in ("actor_backers", "target_backers")),
    _text("place_id", null=True, index=True),
    _text("place_name", null=True),
    _text("place_status"),
    _text("anchor", null=True),
    Column("radius_km", Float, nullable=True),
    Column("geo_precision", Integer, nullable=True),
    _json("candidates"),
    _text("place_why"),
    _text("date_precision"),
    _text("date_text", null=True),
    _json("attribution"),
    _text("certainty_cue", null=True),
    _json("loaded_terms"),
    _text("acled_sub_event_type", null=True),
    _text("rule"),
    _text("run_id"),
    # The document in which its sentence first stands: derived from the lineage of all documents, and so changed by it.
    _text("origin_id", null=True, index=True),
    # What the filters search, folded; and the key by which a person's decision finds the claim.
    Column("day_from", String(32), nullable=True),
    Column("day_to", String(32), nullable=True),
    _text("place_key"),
    _text("actor_key"),
    _text("decision_key", index=True),
    Index("ix_claims_day_from", "day_from", "day_to"),
    Index("ix_claims_point", "lat", "lon"),
)

events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _text("event_id", unique=True),
    _text("event_type", index=True),
    _text("place_id", null=True, index=True),
    _text("place_name", null=True),
    Column("lat", Float, nullable=True),
    Column("lon", Float, nullable=True),
    Column("geo_precision", Integer, nullable=True),
    _text("date_start", null=True, index=True),
    _text("date_end", null=True),
    _text("date_precision"),
    *(_json(name) for name in ("actor_ids", "actor_names", "target_ids", "target_names", "casualties")),
    _text("certainty"),
    Column("document_count", Integer, nullable=False),
    Column("origin_count", Integer, nullable=False),
    _json("sources"),
)

event_claims = Table(
    "event_claims",
    metadata,
    Column("event_id", Text, ForeignKey("events.event_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("claim_id", Text, ForeignKey("claims.claim_id"), nullable=False, index=True),
)

place_days = Table(
    "place_days",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _text("place_day_id", unique=True),
    _text("place_id", index=True),
    _text("place_name"),
    Column("lat", Float, nullable=True),
    Column("lon", Float, nullable=True),
    _text("day", index=True),
    _json("holder_ids"),
    _json("holder_names"),
    _text("status"),
    _text("since", null=True),
    _text("since_precision"),
    Column("age_days", Integer, nullable=False),
    _json("claim_ids"),
    _text("rule"),
)

# What two documents have of one another; of two, there is one link.
document_links = Table(
    "document_links",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _text("document_id", index=True),
    _text("other_id", index=True),
    _text("relation"),
    _text("direction"),
    _text("direction_why"),
    Column("containment", Float, nullable=False),
    Column("other_containment", Float, nullable=False),
    _json("passages"),
)

# By which samples of their text documents find those that they share passages with.
lineage_documents, lineage_samples = define(metadata)

# What second extractors made of documents; the log's own claims are in `claims`.
extractions = Table(
    "extractions",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _text("extractor"),
    _text("document_id"),
    _text("sha256"),
    _json("claims"),
    _json("dropped"),
    _text("made_at"),
    Column("seconds", Float, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("tokens_in", "tokens_out")),
    Column("cost", Float, nullable=True),
    _json("settings"),
    Index("ix_extractions_document", "extractor", "document_id", unique=True),
)

# What is remembered of feeds from one visit to the next.
feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    *(_text(name, null=True) for name in ("etag", "last_modified", "checked_at", "next_at")),
    Column("failures", Integer, nullable=False),
    _text("status"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _text("decision_id", unique=True),
    _text("sha256"),
    _text("document_id"),
    _text("quote"),
    _text("event_type"),
    _text("place", null=True),
    _text("actor", null=True),
    _text("verdict"),
    _json("changes"),
    _text("reviewer"),
    _text("decided_at"),
    _text("note"),
    _text("superseded_by", null=True),
    _text("decision_key", index=True),
)

runs = Table(
    "runs",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _text("run_id", unique=True),
    _text("warlog_version"),
    _text("code_hash"),
    _text("model"),
    _json("packs"),
    _text("started_at"),
)

state = Table(
    "state",
    metadata,
    # claims_revision grows with every change to claims or decisions; events_revision is the one events were made of.
    Column("name", String(64), primary_key=True),
    Column("value", Integer, nullable=False),
)
