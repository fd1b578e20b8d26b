"""Kill the serving process at random moments under load: nothing acknowledged is lost, nothing is doubled."""

import os
import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from sqlmodel import select

from gateway.records import Decision, Delivery, DeliveryState, Submission
from messages import samples
from tests.faults.programs import Desks, Gateway, eventually

KILLS = int(os.environ.get("FAIRWAY_KILLS", "20"))
"""For each kind of database: forty in all."""
CLIENTS = 4
DOCUMENT = samples.read("cruise-ship-thilawa.xml")


class Sender(threading.Thread):
    """An agent's system that files one arrival after another and repeats each until it has a receipt."""

    def __init__(self, gateway: Gateway, name: str, stopping: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.gateway = gateway
        self.stopping = stopping
        self.receipts: dict[str, dict] = {}
        """The receipt of each arrival, by its idempotency key."""
        self.repeats = 0
        self.refusals: list[str] = []

    def run(self) -> None:
        headers = {"authorization": f"Bearer {self.gateway.seeded.api_key}", "content-type": "application/xml"}
        with httpx2.Client(base_url=self.gateway.url, headers=headers, trust_env=False, timeout=10) as client:
            number = 0
            while not self.stopping.is_set():
                number += 1
                self.file(client, f"{self.name}-{number}")

    def file(self, client: httpx2.Client, key: str) -> None:
        document = with_message_id(DOCUMENT, key)
        while True:
            try:
                answer = client.post("/api/submissions", content=document, headers={"idempotency-key": key})
            except httpx2.TransportError:
                self.repeats += 1
                time.sleep(0.1)
                continue
            if answer.status_code == 202:
                self.receipts[key] = answer.json()
                return
            if answer.status_code < 500:
                self.refusals.append(answer.text)
                return
            self.repeats += 1
            time.sleep(0.1)


def with_message_id(document: bytes, key: str) -> bytes:
    before, _, rest = document.partition(b"<ShipMessageId>")
    return before + b"<ShipMessageId>" + key.encode() + b"</ShipMessageId>" + rest.partition(b"</ShipMessageId>")[2]


@pytest.fixture
def gateway(tmp_path: Path, database_url: str):
    gateway = Gateway(tmp_path, database_url)
    gateway.start()
    yield gateway
    gateway.stop()


@pytest.fixture
def desks(tmp_path: Path, gateway: Gateway):
    desks = Desks(tmp_path, gateway.url, gateway.seeded.agency_keys)
    gateway.introduce(desks)
    yield desks
    desks.stop()


def test_kills_at_random_moments_under_load_lose_nothing_and_double_nothing(
    gateway: Gateway, desks: Desks, record_property: Callable
):
    rng = random.Random(20261122)
    stopping = threading.Event()
    senders = [Sender(gateway, f"sender{n}", stopping) for n in range(CLIENTS)]
    for sender in senders:
        sender.start()
    for _ in range(KILLS):
        time.sleep(rng.uniform(0.05, 0.6))
        gateway.kill()
        gateway.start()
    stopping.set()
    for sender in senders:
        sender.join(timeout=60)
    eventually(lambda: owed(gateway) == 0, "every notice to be delivered", patience=120)

    receipts = {key: receipt for sender in senders for key, receipt in sender.receipts.items()}
    record_property("acknowledged", len(receipts))
    record_property("repeated", sum(sender.repeats for sender in senders))
    assert [text for sender in senders for text in sender.refusals] == []
    assert stored(gateway) == {key: (receipt["reference"], receipt["digest"]) for key, receipt in receipts.items()}
    expected = deliveries(gateway)
    assert set(Counter(agency for agency, _ in expected).values()) == {len(receipts)}
    for agency in desks.keys:
        assert Counter(notices(desks, agency)) == Counter(id_ for code, id_ in expected if code == agency)
    assert max(Counter(decisions(gateway)).values(), default=0) <= 1


def test_desks_killed_while_answering_bring_every_decision_once(gateway: Gateway, desks: Desks):
    stopping = threading.Event()
    sender = Sender(gateway, "sender", stopping)
    sender.start()
    for _ in range(5):
        time.sleep(0.7)
        desks.kill()
        desks.start()
    stopping.set()
    sender.join(timeout=60)
    eventually(lambda: owed(gateway) == 0, "every notice to be delivered", patience=120)
    by_rule = eventually(lambda: settled(gateway, desks), "every decision made to be received", patience=120)
    assert len(sender.receipts) > 0
    assert max(Counter(by_rule).values(), default=1) == 1


def owed(gateway: Gateway) -> int:
    with gateway.database.reading() as session:
        return len(session.exec(select(Delivery.id).where(Delivery.state != DeliveryState.DELIVERED)).all())


def stored(gateway: Gateway) -> dict[str, tuple[str, str]]:
    with gateway.database.reading() as session:
        rows = session.exec(select(Submission.idempotency_key, Submission.reference, Submission.digest)).all()
    assert len({key for key, _, _ in rows}) == len(rows)
    return {key: (reference, digest) for key, reference, digest in rows}


def deliveries(gateway: Gateway) -> list[tuple[str, str]]:
    with gateway.database.reading() as session:
        return list(session.exec(select(Delivery.agency, Delivery.id)))


def decisions(gateway: Gateway) -> list[tuple[str, str, int]]:
    with gateway.database.reading() as session:
        return list(session.exec(select(Decision.agency, Decision.movement_id, Decision.sequence)))


def notices(desks: Desks, agency: str) -> list[str]:
    with sqlite3.connect(f"file:{desks.database(agency)}?mode=ro", uri=True) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM notice")]


def settled(gateway: Gateway, desks: Desks) -> list[tuple[str, str, int]] | None:
    """The decisions received, once they are as many as the desks have made."""
    made = 0
    for agency in desks.keys:
        with sqlite3.connect(f"file:{desks.database(agency)}?mode=ro", uri=True) as connection:
            made += connection.execute("SELECT count(*) FROM decision").fetchone()[0]
    received = decisions(gateway)
    return received if made and len(received) == made else None
