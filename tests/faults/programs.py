"""The real programs, started and killed: a gateway that keeps its address, and five desks."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import httpx2

from gateway import schema
from gateway.clock import SystemClock
from gateway.database import Database
from gateway.demo.seed import Seeded, introduce, seed

ROOT = Path(__file__).parent.parent.parent
T = TypeVar("T")
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def eventually(holds: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
    """Wait until `holds()` is true, and say what was waited for when it never is."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := holds():
            return found
        time.sleep(0.05)
    raise AssertionError(f"Waited {patience:.0f} s for: {what}")


class Desks:
    """Five desks in one process, each with its own database."""

    def __init__(self, directory: Path, gateway: str, keys: Mapping[str, str]) -> None:
        self.directory = directory
        self.gateway = gateway
        self.keys = keys
        self.port = free_port()
        self.addresses: dict[str, str] = {}
        self.start()

    def start(self) -> None:
        command = [
            *(sys.executable, "-m", "agencies", "serve", *self.keys),
            *("--port", str(self.port), "--gateway", self.gateway),
            *("--database", f"sqlite:///{self.directory}/{{agency}}.db"),
        ]
        environment = os.environ | {f"FAIRWAY_AGENCY_KEY_{code.upper()}": key for code, key in self.keys.items()}
        with (self.directory / "desks.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log)
        assert self.process.stdout is not None
        said = json.loads(self.process.stdout.readline())
        self.addresses = {code: desk["url"] for code, desk in said["desks"].items()}

    def database(self, agency: str) -> Path:
        return self.directory / f"{agency}.db"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=20)


class Gateway:
    """One `fairway serve` process that can be killed and comes back at the same address."""

    def __init__(self, directory: Path, database_url: str) -> None:
        self.directory = directory
        self.database_url = database_url
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = Database(database_url)
        schema.upgrade(self.database)
        with self.database.transaction() as session:
            self.seeded: Seeded = seed(session, SystemClock().now())

    def introduce(self, desks: Desks) -> None:
        with self.database.transaction() as session:
            introduce(session, desks.addresses)

    def start(self) -> None:
        command = [*(sys.executable, "-m", "gateway", "serve"), *("--database", self.database_url)]
        command += ["--port", str(self.port), "--public-url", self.url]
        with (self.directory / "gateway.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        eventually(self.answers, "the gateway to answer")

    def answers(self) -> bool:
        assert self.process.poll() is None, (self.directory / "gateway.log").read_text()[-2000:]
        try:
            return httpx2.get(self.url + "/healthz", trust_env=False, timeout=2).status_code == 200
        except httpx2.TransportError:
            return False

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=40)
        self.database.close()
