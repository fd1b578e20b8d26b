"""The reference: the least that takes a submission, owes it to five desks and counts their answers.

Hand-written on SQLite with full synchronisation: parse and validate, insert one submission and five rows, send each by
HTTP, mark it sent, take the decisions back. No accounts, no signatures, no distribution, no audit, no pages. What the
gateway costs beyond this is what those cost.
"""

import sqlite3
import sys
import threading
import time
from queue import Queue
from uuid import uuid4

import httpx2
import uvicorn
from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool

from messages.examine import examine

AGENCIES = ("harbour", "customs", "immigration", "quarantine", "security")
SCHEMA = """
    PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
    CREATE TABLE submission (id TEXT PRIMARY KEY, body BLOB, at REAL);
    CREATE TABLE delivery (id TEXT PRIMARY KEY, submission TEXT, agency TEXT, sent REAL, decided REAL);
"""


class Outbox:
    """One writer at a time, one sending thread for each agency."""

    def __init__(self, file: str, desks: str, own: str) -> None:
        self.connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self.connection.executescript(SCHEMA)
        self.writing = threading.Lock()
        self.desks, self.own = desks, own
        self.queues: dict[str, Queue[str]] = {agency: Queue() for agency in AGENCIES}
        for agency in AGENCIES:
            threading.Thread(target=self.send_all, args=(agency,), daemon=True).start()

    def take(self, body: bytes) -> str:
        assert examine(body, "application/xml").accepted
        submission = uuid4().hex
        owed = [(uuid4().hex, submission, agency) for agency in AGENCIES]
        with self.writing:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.execute("INSERT INTO submission VALUES (?, ?, ?)", (submission, body, time.time()))
            self.connection.executemany("INSERT INTO delivery (id, submission, agency) VALUES (?, ?, ?)", owed)
            self.connection.execute("COMMIT")
        for delivery, _, agency in owed:
            self.queues[agency].put(delivery)
        return submission

    def send_all(self, agency: str) -> None:
        client = httpx2.Client(trust_env=False)
        while True:
            delivery = self.queues[agency].get()
            notice = {"id": delivery, "agency": agency, "answer_to": f"{self.own}/decisions/{delivery}"}
            client.post(f"{self.desks}/{agency}/plain", json=notice).raise_for_status()
            self.mark("sent", delivery)

    def mark(self, column: str, delivery: str) -> None:
        with self.writing:
            self.connection.execute(f"UPDATE delivery SET {column} = ? WHERE id = ?", (time.time(), delivery))

    def complete(self) -> int:
        asked = "SELECT count(*) FROM (SELECT 1 FROM delivery GROUP BY submission HAVING count(decided) = 5)"
        with self.writing:
            return self.connection.execute(asked).fetchone()[0]


def main(file: str, port: int, desks: str) -> None:
    outbox = Outbox(file, desks, f"http://127.0.0.1:{port}")
    app = FastAPI()

    @app.post("/submissions", status_code=202)
    async def submit(request: Request) -> dict[str, str]:
        return {"id": await run_in_threadpool(outbox.take, await request.body())}

    @app.post("/decisions/{delivery}")
    def decide(delivery: str) -> dict[str, str]:
        outbox.mark("decided", delivery)
        return {}

    @app.get("/complete")
    def complete() -> dict[str, int]:
        return {"complete": outbox.complete()}

    uvicorn.run(app, port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
