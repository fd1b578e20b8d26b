"""The composition root: the one module that knows every part of the gateway and puts them together."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import httpx2
from anyio.to_thread import run_sync
from fastapi import FastAPI

from gateway import pages, refusals
from gateway.agency_line import AgencyLine
from gateway.api import decisions as decisions_api
from gateway.api import health, port_calls, submissions
from gateway.backoff import Backoff
from gateway.clock import Clock, SystemClock
from gateway.database import Database
from gateway.decisions import Decisions
from gateway.deliveries import Deliveries, Pace
from gateway.engines import Engine
from gateway.engines.embedded import EmbeddedEngine
from gateway.intake import Intake
from gateway.records import Agency
from gateway.settings import Settings
from gateway.visibility import views
from gateway.wiring import Wiring

LineTo = Callable[[Agency], AgencyLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """What a test may put in place of the outside world: the clock, the lines to desks, the pauses."""

    clock: Clock
    line_to: LineTo
    backoff: Backoff
    close: Callable[[], None] = lambda: None
    """Hangs up every line."""


def edges(settings: Settings) -> Edges:
    """The real outside world."""
    client = httpx2.Client(
        timeout=settings.agency_timeout,
        follow_redirects=False,
        trust_env=False,
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=settings.agency_connections * 5),
    )
    return Edges(
        clock=SystemClock(),
        line_to=lambda agency: AgencyLine(agency, client, timeout=settings.agency_timeout),
        backoff=Backoff(),
        close=client.close,
    )


def pace(settings: Settings) -> Pace:
    """How pumps work: a claim outlasts the longest exchange, and is waited out after a crash."""
    return Pace(most=settings.agency_connections, lease=timedelta(seconds=settings.agency_timeout + 5))


def create_engine(database: Database, clock: Clock) -> Engine:
    """The engine that fits the database."""
    if database.is_sqlite:
        return EmbeddedEngine(database, clock)
    from gateway.engines.distributed import DistributedEngine  # noqa: PLC0415 - a third of a second SQLite users save

    return DistributedEngine(database, clock)


def create_app(
    settings: Settings, database: Database, outside: Edges | None = None, *, working: bool = True
) -> FastAPI:
    """The gateway. With `working` false it only answers requests and leaves deliveries to other processes."""
    outside = outside or edges(settings)
    engine = create_engine(database, outside.clock)
    deliveries = Deliveries(
        database,
        outside.clock,
        outside.line_to,
        backoff=outside.backoff,
        pace=pace(settings),
    )

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        if working:
            await run_sync(engine.start, deliveries.pump)
        yield
        if working:
            await run_sync(engine.stop)
        deliveries.close()
        outside.close()
        database.close()

    app = FastAPI(title="Fairway", summary="A maritime single window", lifespan=running, docs_url=None, redoc_url=None)
    app.state.wiring = Wiring(
        settings=settings,
        clock=outside.clock,
        database=database,
        intake=Intake(database, outside.clock, engine, views()),
        decisions=Decisions(database, outside.clock),
        deliveries=deliveries,
    )
    for part in (health, submissions, port_calls, decisions_api):
        app.include_router(part.router)
    pages.install(app)
    refusals.install(app)
    return app
