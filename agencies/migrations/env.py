"""How Alembic reaches a desk's database: over the connection `agencies.database` hands it, in its transaction."""

from alembic import context

from agencies.records import Record

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Record.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
