"""The desk's schema, step by step, for Alembic."""
