"""The schema goes up and down on both databases and is what the tables say."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from agencies.agency import Lane
from agencies.database import HEAD, MIGRATIONS, Database, downgrade, open_engine, schema_of, upgrade
from agencies.records import Audit, Case, Record
from tests.agencies.samples import NOW


@pytest.fixture
def engine(empty_database_url: str):
    engine = open_engine(empty_database_url)
    yield engine
    engine.dispose()


def test_an_empty_database_is_brought_to_the_newest_schema(engine: Engine):
    upgrade(engine)
    assert schema_of(engine) == HEAD
    assert set(Record.metadata.tables) <= set(inspect(engine).get_table_names())


def test_the_schema_can_be_taken_back_and_brought_up_again(engine: Engine):
    upgrade(engine)
    downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    upgrade(engine)
    assert schema_of(engine) == HEAD


def test_the_migrations_make_the_tables_the_program_uses(engine: Engine):
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Record.metadata) == []


def test_the_head_named_in_the_program_is_the_folders():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_database_at_head_opens_without_alembic(tmp_path: Path, subprocess_python: Callable[[str], str]):
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    Database(url).close()
    program = f"import sys; from agencies.database import Database; Database({url!r}); print('alembic' in sys.modules)"
    assert subprocess_python(program) == "False"


def test_the_database_refuses_a_lane_that_is_none(database_url: str):
    database = Database(database_url)
    with pytest.raises((IntegrityError, LookupError, ValueError)), database.writing() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO movement_case (id, port_call, movement, port, ship_name, time_zone, notice_id, version, "
            "lane, opened_at) VALUES ('a', 'b', 'arrival', 'MMRGN', 'c', 'UTC', 'd', 1, 'nowhere', '2026-01-01')"
        )
    database.close()


def break_off(database: Database):
    with database.writing() as session:
        session.add(Audit(at=NOW, who="gateway", action="test"))
        session.flush()
        raise ZeroDivisionError


def test_a_transaction_that_breaks_off_leaves_nothing(database_url: str):
    database = Database(database_url)
    with pytest.raises(ZeroDivisionError):
        break_off(database)
    with database.reading() as session:
        assert session.exec(select(Audit)).all() == []
    database.close()


def test_times_come_back_in_utc(database_url: str):
    database = Database(database_url)
    case = Case(
        id="a",
        port_call="b",
        movement="arrival",
        port="MMRGN",
        ship_name="c",
        time_zone="UTC",
        notice_id="d",
        version=1,
        lane=Lane.ROUTINE,
        opened_at=NOW,
    )
    with database.writing() as session:
        session.add(case)
    with database.reading() as session:
        kept = session.get_one(Case, "a")
    assert (kept.opened_at, kept.opened_at.utcoffset(), kept.lane) == (NOW, NOW.utcoffset(), Lane.ROUTINE)
    database.close()


def test_sqlite_keeps_every_commit_through_a_power_cut(sqlite_url: str):
    database = Database(sqlite_url)
    with database.reading() as session:
        said = {name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    assert said == PRAGMAS
    database.close()


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 5000, "foreign_keys": 1}
