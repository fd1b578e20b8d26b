"""One database, two kinds: where transactions begin and end.

Nobody else commits. SQLite runs in WAL mode with `synchronous=FULL`, so that what was acknowledged survives
a power cut, and writers begin IMMEDIATE, each in its turn, which is fairer than SQLite's busy loop.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session

from gateway.turns import Turns

BUSY_TIMEOUT_MS = 5000


class Database:
    """Opens sessions. `transaction` writes and commits; `reading` never commits."""

    def __init__(self, url: str, *, connections: int = 20) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _sqlite(url) if self.is_sqlite else _postgresql(url, connections)
        self._writing = Turns() if self.is_sqlite else nullcontext()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the end, or undone when an exception leaves the block.

        Callables given to `after_commit` run once the commit has succeeded.
        """
        with self._writing, Session(self.engine, expire_on_commit=False) as session:
            if self.is_sqlite:
                session.connection().exec_driver_sql("BEGIN IMMEDIATE")
            yield session
            session.commit()
        for call in session.info.pop("after_commit", ()):
            call()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for questions only: one consistent view, nothing committed."""
        with Session(self.engine, expire_on_commit=False) as session:
            if self.is_sqlite:
                session.connection().exec_driver_sql("BEGIN")
            yield session

    def close(self) -> None:
        self.engine.dispose()


def after_commit(session: Session, call: Callable[[], None]) -> None:
    """Run `call` when the transaction of `session` has been committed; never when it is undone."""
    session.info.setdefault("after_commit", []).append(call)


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, json_serializer=_dumps, json_deserializer=orjson.loads)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # Transactions are begun by Database, in words; the driver must not begin its own.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _postgresql(url: str, connections: int) -> Engine:
    driver = url.replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(
        driver,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=True,
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
    )


def lock_rows(connection: Connection) -> bool:
    """Whether `FOR UPDATE` means something here; SQLite has one writer at a time already."""
    return connection.dialect.name == "postgresql"
