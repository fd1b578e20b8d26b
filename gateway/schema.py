"""The database's shape: brought up to date by Alembic before the gateway serves."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from gateway.database import Database, lock_rows

HEAD = "0002"
"""The newest revision in `migrations/versions`; a test keeps it true."""

_LOCK = 0x0FA1_4A11
"""Advisory lock that lets one process migrate while others wait."""


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the tables to `revision`, in one transaction. Does nothing, quickly, when they are at HEAD."""
    if revision == "head" and current(database) == HEAD:
        return
    _run(database, "upgrade", revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the tables back to `revision` (`base`: none are left), in one transaction."""
    _run(database, "downgrade", revision)


def current(database: Database) -> str | None:
    """The revision the tables are at; None for an empty database."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def alembic_config(connection: Connection, **attributes: Any) -> Any:
    """Alembic's configuration for our scripts on that connection."""
    from alembic.config import Config  # noqa: PLC0415 - half a second that a database at HEAD need not pay

    config = Config(attributes={"connection": connection, **attributes})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _run(database: Database, direction: str, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - as above

    with database.engine.begin() as connection:
        if lock_rows(connection):
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        getattr(command, direction)(alembic_config(connection), revision)
