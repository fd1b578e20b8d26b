"""Puts the demo together: a directory, a gateway that serves, five desks, and what is printed about them."""

import socket
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from pydantic import HttpUrl

from gateway import schema
from gateway.app import create_app
from gateway.clock import SystemClock
from gateway.database import Database
from gateway.demo import desks as desk_programs
from gateway.demo.desks import Desk
from gateway.demo.front import Front
from gateway.demo.seed import OFFICERS, Seeded, fresh_link, introduce, seed
from gateway.settings import Settings


class PortTaken(Exception):  # noqa: N818 - says what is in the way
    """Another program listens there."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Another program uses port {port} of this machine. Try `fairway demo --port 8001`.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A running demo."""

    url: str
    seeded: Seeded
    desks: Mapping[str, Desk]
    database: Database

    @property
    def agent_link(self) -> str:
        """A one-time way in for the agent; the first one is made with the demo."""
        return f"{self.url}/sign-in/link/{self.seeded.sign_in_token}"

    def another_agent_link(self) -> str:
        """A fresh one-time way in for the agent."""
        with self.database.transaction() as session:
            return f"{self.url}/sign-in/link/{fresh_link(session, SystemClock().now())}"

    def desk_link(self, desk: Desk) -> str:
        return f"{self.url}/desks/{desk.agency}{desk.link}"


@contextmanager
def running(port: int) -> Iterator[Demo]:
    """The demo on 127.0.0.1 at `port` (0: any free one), until the block is left; then its data is gone."""
    with tempfile.TemporaryDirectory(prefix="fairway-demo-") as name, socket.socket() as listening:
        directory = Path(name)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
        except OSError:
            raise PortTaken(port) from None
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = Settings(database=f"sqlite:///{directory / 'gateway.db'}", public_url=HttpUrl(url))
        database = Database(settings.database)
        schema.upgrade(database)
        with database.transaction() as session:
            seeded = seed(session, SystemClock().now())
        with desk_programs.running(directory, url, seeded.agency_keys, OFFICERS) as desks:
            addresses = {desk.agency: desk.address for desk in desks.values()}
            with database.transaction() as session:
                introduce(session, addresses)
            with _serving(Front(create_app(settings, database), addresses), listening):
                yield Demo(url=url, seeded=seeded, desks=desks, database=database)


@contextmanager
def _serving(app: Front, listening: socket.socket) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="gateway", daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=15)
