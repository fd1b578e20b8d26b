"""The database's shape goes up and down on both kinds of database, and is what the tables say."""

from pathlib import Path
from types import ModuleType

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlmodel import SQLModel

from gateway import account_records, records, schema
from gateway.database import Database


def test_migrations_make_exactly_the_tables_the_code_reads(empty_database_url: str):
    database = Database(empty_database_url)
    schema.upgrade(database)
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    database.close()
    assert [each for each in differences if "procrastinate" not in str(each) and concerns_us(each)] == []


def concerns_us(difference: tuple) -> bool:
    """Other packages' tables share the metadata when their tests run in the same process."""
    ours = {name for module in (records, account_records) for name in tables_of(module)}
    return any(f"'{name}'" in str(difference) for name in ours)


def tables_of(module: ModuleType) -> set[str]:
    return {
        each.__tablename__
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, SQLModel) and hasattr(each, "__table__")
    }


def test_going_down_leaves_nothing_and_going_up_again_restores_everything(empty_database_url: str):
    database = Database(empty_database_url)
    schema.upgrade(database)
    schema.downgrade(database, "base")
    with database.engine.connect() as connection:
        left = set(inspect(connection).get_table_names()) - {"alembic_version"}
    assert left == set()
    schema.upgrade(database)
    with database.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
    database.close()
    assert tables >= tables_of(records) | tables_of(account_records)


def test_the_code_knows_the_newest_revision(tmp_path: Path):
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    with database.engine.connect() as connection:
        newest = ScriptDirectory.from_config(schema.alembic_config(connection)).get_current_head()
    database.close()
    assert newest == schema.HEAD
