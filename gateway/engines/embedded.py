"""The engine inside the gateway's own process: one thread for each agency, for SQLite and one machine."""

import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from gateway.clock import Clock
from gateway.database import Database, after_commit
from gateway.engines import Pump
from gateway.records import Agency
from gateway.store import deliveries as store

SWEEP = timedelta(seconds=60)
"""How long a thread sleeps at most before it looks at the rows again."""
AFTER_TROUBLE = timedelta(seconds=2)
"""How long a thread rests when the database itself failed."""

log = structlog.get_logger()


class EmbeddedEngine:
    """Pumps run in threads of this process, so a dead agency keeps only its own thread waiting."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._pump: Pump | None = None
        self._stopping = threading.Event()
        self._starting = threading.Lock()
        self._signals: dict[str, threading.Event] = {}
        self._threads: list[threading.Thread] = []

    def start(self, pump: Pump) -> None:
        self._pump = pump
        with self._database.transaction() as session:
            # This is the only process, so a lease found now belongs to one that died.
            store.free_leases(session)
            agencies = list(session.exec(select(Agency.code)))
        for agency in agencies:
            self._signal(agency)

    def stop(self) -> None:
        with self._starting:
            self._stopping.set()
        for signal in self._signals.values():
            signal.set()
        for thread in self._threads:
            thread.join(timeout=30)

    def wake(self, session: Session, agencies: Iterable[str]) -> None:
        for agency in agencies:
            after_commit(session, partial(self._signal, agency))

    def _signal(self, agency: str) -> None:
        """Wake the agency's thread; an agency new to the directory gets one."""
        with self._starting:
            if self._pump is None or self._stopping.is_set():
                return
            if agency not in self._signals:
                self._signals[agency] = threading.Event()
                thread = threading.Thread(
                    target=self._run, args=(agency, self._pump), name=f"pump-{agency}", daemon=True
                )
                self._threads.append(thread)
                thread.start()
        self._signals[agency].set()

    def _run(self, agency: str, pump: Pump) -> None:
        signal = self._signals[agency]
        while not self._stopping.is_set():
            signal.clear()
            try:
                rest = self._until(pump(agency))
            except SQLAlchemyError:
                log.exception("pump failed", agency=agency)
                rest = AFTER_TROUBLE
            signal.wait(rest.total_seconds())

    def _until(self, due: datetime | None) -> timedelta:
        if due is None:
            return SWEEP
        return min(max(due - self._clock.now(), timedelta(0)), SWEEP)
