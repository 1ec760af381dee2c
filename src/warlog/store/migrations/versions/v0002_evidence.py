"""Where captures came from, credits with their passages, lineage of documents, origins of claims, second
extractors, feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("url", "final_url", "container", "container_sha256"):
        op.add_column("captures", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("captures", sa.Column("status", sa.Integer(), nullable=True))
    op.add_column("captures", sa.Column("headers", sa.JSON(), server_default="[]", nullable=False))
    for name in ("tool", "collector"):
        op.add_column("captures", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("documents", sa.Column("credits", sa.JSON(), server_default="[]", nullable=False))
    for name in ("original_url", "dateline", "not_coded"):
        op.add_column("documents", sa.Column(name, sa.Text(), nullable=True))
    for name in ("actor_backers", "target_backers"):
        op.add_column("claims", sa.Column(name, sa.JSON(), server_default="[]", nullable=False))
    op.add_column("claims", sa.Column("origin_id", sa.Text(), nullable=True))
    op.create_index(op.f("ix_claims_origin_id"), "claims", ["origin_id"], unique=False)
    op.create_table(
        "document_links",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("direction_why", sa.Text(), nullable=False),
        sa.Column("containment", sa.Float(), nullable=False),
        sa.Column("other_containment", sa.Float(), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_document_links")),
    )
    op.create_index(op.f("ix_document_links_document_id"), "document_links", ["document_id"], unique=False)
    op.create_index(op.f("ix_document_links_other_id"), "document_links", ["other_id"], unique=False)
    op.create_table(
        "lineage_documents",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("outlet", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lineage_documents")),
        sa.UniqueConstraint("document_id", name=op.f("uq_lineage_documents_document_id")),
    )
    op.create_table(
        "lineage_samples",
        sa.Column("sample", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("sample", "document", name=op.f("pk_lineage_samples")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_lineage_samples_document", "lineage_samples", ["document"], unique=False)
    op.create_table(
        "extractions",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.Column("dropped", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Float(), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_extractions")),
    )
    op.create_index("ix_extractions_document", "extractions", ["extractor", "document_id"], unique=True)
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.Text(), nullable=True),
        sa.Column("next_at", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_feeds")),
    )


def downgrade() -> None:
    op.drop_table("feeds")
    op.drop_table("extractions")
    op.drop_table("lineage_samples")
    op.drop_table("lineage_documents")
    op.drop_index(op.f("ix_document_links_other_id"), table_name="document_links")
    op.drop_index(op.f("ix_document_links_document_id"), table_name="document_links")
    op.drop_table("document_links")
    op.drop_index(op.f("ix_claims_origin_id"), table_name="claims")
    for name in ("origin_id", "target_backers", "actor_backers"):
        op.drop_column("claims", name)
    for name in ("not_coded", "dateline", "original_url", "credits"):
        op.drop_column("documents", name)
    for name in ("collector", "tool", "headers", "status", "container_sha256", "container", "final_url", "url"):
        op.drop_column("captures", name)
