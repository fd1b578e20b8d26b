"""The engine for many processes: Procrastinate's queue in the same PostgreSQL database.

One job for each agency's pump, never one for each delivery, so the queue costs next to nothing however many
deliveries there are. `wake` inserts the job in the domain transaction itself; `queueing_lock` keeps one waiting
job for each agency, `lock` one running pump. A sweep every few seconds re-arms whatever fell due or was lost
with a killed worker: the rows decide, never the queue.
"""

import asyncio
import threading
from collections.abc import Iterable

import procrastinate
import structlog
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy import text
from sqlmodel import Session

from gateway.clock import Clock
from gateway.database import Database
from gateway.engines import Pump
from gateway.store import deliveries as store

CONCURRENCY = 10
"""Pumps one worker runs at once: more than there are agencies, plus the sweep."""
HEARTBEAT = 1.0
"""Seconds between a worker's signs of life."""
STALLED = 5.0
"""Seconds without a sign of life after which a worker's jobs are dropped, and their locks with them."""

_WAKE = text("""
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, status)
    SELECT 'pumps', 'pump', 0, 'pump:' || agency, 'pump:' || agency, jsonb_build_object('agency', agency), 'todo'
    FROM unnest(CAST(:agencies AS text[])) AS agency
    ON CONFLICT DO NOTHING
""")

log = structlog.get_logger()


class DistributedEngine:
    """Pumps run in any worker on any machine that shares the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._running: asyncio.Task[None] | None = None
        self._app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(conninfo=database.url, min_size=1, max_size=8)
        )

    def start(self, pump: Pump) -> None:
        self._declare(pump)
        started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._work(started)), name="worker", daemon=True)
        self._thread.start()
        started.wait(timeout=30)

    def stop(self) -> None:
        if self._loop is not None and self._running is not None:
            self._loop.call_soon_threadsafe(self._running.cancel)
        if self._thread is not None:
            self._thread.join(timeout=30)

    def wake(self, session: Session, agencies: Iterable[str]) -> None:
        session.connection().execute(_WAKE, {"agencies": sorted(agencies)})

    def _declare(self, pump: Pump) -> None:
        @self._app.task(name="pump", queue="pumps")
        def run_pump(agency: str) -> None:
            pump(agency)

        @self._app.periodic(cron="*/3 * * * * *")
        @self._app.task(name="sweep", queue="upkeep", queueing_lock="sweep", pass_context=True)
        async def sweep(_context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - given by the queue
            for job in await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
                # Not retried: a fresh job may wait behind the lock already, and two of a kind cannot.
                await self._app.job_manager.finish_job(job, procrastinate.jobs.Status.FAILED, delete_job=True)
            for agency in await asyncio.to_thread(self._due):
                try:
                    await self._app.configure_task(
                        "pump", queue="pumps", lock=f"pump:{agency}", queueing_lock=f"pump:{agency}"
                    ).defer_async(agency=agency)
                except AlreadyEnqueued:
                    log.debug("pump already waits", agency=agency)

    def _due(self) -> list[str]:
        with self._database.reading() as session:
            return store.agencies_due(session, self._clock.now())

    async def _work(self, started: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        async with self._app.open_async():
            self._running = asyncio.create_task(
                self._app.run_worker_async(
                    concurrency=CONCURRENCY,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    fetch_job_polling_interval=1.0,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=STALLED,
                )
            )
            started.set()
            try:
                await self._running
            except asyncio.CancelledError:
                log.info("worker stopped")
