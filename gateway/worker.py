"""A process that only delivers: the pumps without the web."""

import signal
import threading

from gateway import schema
from gateway.app import create_engine, edges, pace
from gateway.database import Database
from gateway.deliveries import Deliveries
from gateway.settings import Settings


def run(settings: Settings) -> None:
    """Deliver until SIGTERM or SIGINT, then finish the batches in hand."""
    database = Database(settings.database, connections=settings.database_connections)
    schema.upgrade(database)
    outside = edges(settings)
    deliveries = Deliveries(database, outside.clock, outside.line_to, backoff=outside.backoff, pace=pace(settings))
    engine = create_engine(database, outside.clock)
    stopped = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stopped.set())
    engine.start(deliveries.pump)
    stopped.wait()
    engine.stop()
    deliveries.close()
    outside.close()
    database.close()
