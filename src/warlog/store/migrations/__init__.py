"""How a log came to have its tables: one file in `versions/` for each change, run by Alembic when a log is opened."""
