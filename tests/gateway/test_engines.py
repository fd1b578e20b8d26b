"""One contract for both engines: what is due is pumped soon, what is undone is not, and a repeat does no harm."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import pytest

from gateway import schema
from gateway.app import create_engine
from gateway.clock import SystemClock
from gateway.database import Database
from gateway.demo.seed import seed
from gateway.engines import Engine
from gateway.records import Agency
from tests.gateway.window import AGENCIES, Window


class Pumped:
    """Counts pumps, and says when the next is due."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self.due: dict[str, datetime] = {}
        self.busy: Counter[str] = Counter()
        self.overlaps = 0
        self.rest = 0.0

    def __call__(self, agency: str) -> datetime | None:
        self.busy[agency] += 1
        self.overlaps += self.busy[agency] > 1
        time.sleep(self.rest)
        self.busy[agency] -= 1
        self.times[agency] += 1
        return self.due.pop(agency, None)

    def reaches(self, agency: str, times: int, patience: float = 15.0) -> bool:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and self.times[agency] < times:
            time.sleep(0.02)
        return self.times[agency] >= times


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    schema.upgrade(database)
    with database.transaction() as session:
        seed(session, SystemClock().now())
    yield database
    database.close()


@pytest.fixture
def pumped() -> Pumped:
    return Pumped()


@pytest.fixture
def engine(database: Database, pumped: Pumped) -> Iterator[Engine]:
    engine = create_engine(database, SystemClock())
    engine.start(pumped)
    yield engine
    engine.stop()


def test_a_wake_pumps_the_agencies_named(database: Database, engine: Engine, pumped: Pumped):
    before = Counter(pumped.times)
    with database.transaction() as session:
        engine.wake(session, ["customs", "harbour"])
    assert pumped.reaches("customs", before["customs"] + 1)
    assert pumped.reaches("harbour", before["harbour"] + 1)


def test_a_wake_in_a_transaction_that_is_undone_pumps_nobody(database: Database, engine: Engine, pumped: Pumped):
    time.sleep(1)
    before = Counter(pumped.times)
    with pytest.raises(ZeroDivisionError):
        wake_and_undo(database, engine)
    time.sleep(2)
    assert pumped.times["customs"] == before["customs"]


def test_a_hundred_wakes_do_not_make_two_pumps_of_one_agency_at_once(
    database: Database, engine: Engine, pumped: Pumped
):
    pumped.rest = 0.02
    threads = [threading.Thread(target=wake_ten_times, args=(database, engine)) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pumped.reaches("customs", 2)
    assert pumped.overlaps == 0


def wake_and_undo(database: Database, engine: Engine) -> None:
    with database.transaction() as session:
        engine.wake(session, ["customs"])
        raise ZeroDivisionError


def wake_ten_times(database: Database, engine: Engine) -> None:
    for _ in range(10):
        with database.transaction() as session:
            engine.wake(session, ["customs"])


def test_an_agency_added_while_it_runs_is_pumped_too(database: Database, engine: Engine, pumped: Pumped):
    with database.transaction() as session:
        session.add(Agency(code="lighthouse", title="Lighthouse", address="http://x.example", keys=["k"]))
        engine.wake(session, ["lighthouse"])
    assert pumped.reaches("lighthouse", 1)


def test_after_stop_nobody_is_pumped(database: Database, pumped: Pumped):
    engine = create_engine(database, SystemClock())
    engine.start(pumped)
    engine.stop()
    before = Counter(pumped.times)
    with database.transaction() as session:
        engine.wake(session, AGENCIES)
    time.sleep(1)
    assert pumped.times == before


def test_what_was_due_before_the_start_is_pumped_without_a_wake(database_url: str):
    window = Window(database_url)
    call = window.filed()
    with window.database.transaction() as session:
        from sqlalchemy import text  # noqa: PLC0415 - forgets what a lost queue would have forgotten

        if not window.database.is_sqlite:
            session.connection().execute(text("DELETE FROM procrastinate_jobs"))
    engine = create_engine(window.database, window.clock)
    engine.start(window.app.state.wiring.deliveries.pump)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and window.movement(call)["delivered"] < 5:
        time.sleep(0.1)
    engine.stop()
    delivered = window.movement(call)["delivered"]
    window.close()
    assert delivered == 5
