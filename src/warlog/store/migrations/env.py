"""Runs the migrations on the connection that `store/migrate.py` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from warlog.store.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    # SQLite can undo a change of tables; Alembic assumes that it cannot unless told.
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
