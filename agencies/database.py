"""The desk's database: opened, brought to the newest schema, and lent out one transaction at a time.

SQLite runs in WAL mode with full synchronisation, so that what was receipted survives a power cut; writers take
the lock at the start (BEGIN IMMEDIATE), so that two of them never deadlock half-way. PostgreSQL needs neither.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlmodel import Session

HEAD = "0001"
"""Revision of the newest migration; a test compares it with the folder."""

MIGRATIONS = Path(__file__).parent / "migrations"

_READING = "desk_reading"
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 5000", "foreign_keys = ON")
_MIGRATION_LOCK = 4_011_975
"""Number of the PostgreSQL advisory lock that keeps two starting desks from migrating at once."""


class Database:
    """One desk's database, at the newest schema. `reading` sees a snapshot, `writing` commits at its end."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        upgrade(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        reader = self.engine.connect().execution_options(**{_READING: True})
        with reader as connection, Session(connection) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        self.engine.dispose()


def open_engine(url: str) -> Engine:
    """An engine for `url`; the folder of an SQLite file is made when missing."""
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        if engine.url.database:
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, the driver would say it too late
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get(_READING)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def upgrade(engine: Engine, revision: str = HEAD) -> None:
    """Bring the schema to `revision`. At the newest already, Alembic is not even imported: it is slow to load."""
    if revision == HEAD and schema_of(engine) == HEAD:
        return
    _migrate(engine, "upgrade", revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to `revision`; `base` leaves nothing."""
    _migrate(engine, "downgrade", revision)


def schema_of(engine: Engine) -> str | None:
    """The revision the database is at; None when it has no tables yet."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(engine: Engine, direction: str, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - half a second that a desk at the newest schema does not pay
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        config.attributes["connection"] = connection
        getattr(command, direction)(config, revision)
