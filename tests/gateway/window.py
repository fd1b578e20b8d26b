"""A gateway in memory on a real database, and a scripted desk to put at the other end of its lines."""

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import httpx2
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from gateway import schema
from gateway.agency_line import AgencyLine
from gateway.app import Edges, create_app
from gateway.backoff import Backoff
from gateway.database import Database
from gateway.demo.seed import Seeded, introduce, seed
from gateway.settings import Settings
from messages import samples
from messages.exchange import AGENCY_HEADER, DecisionMessage, Keyring, Notice, NoticeReceipt, Outcome, digest_of

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
URL = "http://window.example"
SAMPLE = samples.read("container-ship-yangon.xml")
AGENCIES = ("harbour", "customs", "immigration", "quarantine", "security")


class HeldClock:
    """Time that moves only when told to."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def pass_(self, **spans: float) -> None:
        self._now += timedelta(**spans)


@dataclass
class ScriptedDesk:
    """An agency's desk that does what it is told: answers from `script` first, then properly."""

    agency: str
    script: deque[Response | Exception] = field(default_factory=deque)
    received: list[Notice] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    away: bool = False
    """Nobody answers at its address."""

    def client(self) -> httpx2.Client:
        app = Starlette(routes=[Route("/notices", self.take, methods=["POST"])])
        client = TestClient(app, base_url=f"http://{self.agency}.example")
        client.event_hooks = {"request": [self.reached]}
        return client

    def reached(self, request: httpx2.Request) -> None:
        if self.away:
            raise httpx2.ConnectError("Nobody listens there.", request=request)

    async def take(self, request: Request) -> Response:
        body = await request.body()
        self.raw.append(body)
        self.received.append(Notice.model_validate_json(body))
        if self.script:
            answer = self.script.popleft()
            if isinstance(answer, Exception):
                raise answer
            return answer
        return self.receipt(body)

    def receipt(self, body: bytes) -> Response:
        notice = Notice.model_validate_json(body)
        receipt = NoticeReceipt(
            id=f"r-{notice.id}", notice=notice.id, agency=self.agency, received_at=MONDAY, digest=digest_of(body)
        )
        return JSONResponse(receipt.model_dump(mode="json"), 202)


class Window:
    """A running gateway with five scripted desks, seen as its users see it: through HTTP."""

    def __init__(self, url: str, *, working: bool = False) -> None:
        self.clock = HeldClock()
        self.database = Database(url)
        schema.upgrade(self.database)
        with self.database.transaction() as session:
            self.seeded: Seeded = seed(session, self.clock.now())
            introduce(session, {code: f"http://{code}.example" for code in AGENCIES})
        self.desks = {code: ScriptedDesk(code) for code in AGENCIES}
        self.settings = Settings(database=url, public_url=URL)
        clients = {code: desk.client() for code, desk in self.desks.items()}
        self.outside = Edges(
            clock=self.clock,
            line_to=lambda agency: AgencyLine(agency, clients[agency.code]),
            backoff=Backoff(jitter=Random(7)),
        )
        self.app = create_app(self.settings, self.database, self.outside, working=working)
        self.client = TestClient(self.app, base_url=URL, raise_server_exceptions=False)
        self.agent = {"authorization": f"Bearer {self.seeded.api_key}"}

    def file(self, document: bytes = SAMPLE, key: str | None = None, **headers: str) -> httpx2.Response:
        given = self.agent | {"content-type": "application/xml"} | headers
        if key is not None:
            given["idempotency-key"] = key
        return self.client.post("/api/submissions", content=document, headers=given)

    def filed(self, number: int = 1) -> str:
        """File one more arrival, different from others by its message id; the call's reference."""
        answer = self.file(a_sample(number))
        assert answer.status_code == 202, answer.text
        return answer.json()["port_call"]

    def call(self, reference: str) -> dict:
        answer = self.client.get(f"/api/port-calls/{reference}", headers=self.agent)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def movement(self, reference: str) -> dict:
        return self.call(reference)["movements"][0]

    def line(self, reference: str, agency: str) -> dict:
        return next(line for line in self.movement(reference)["agencies"] if line["agency"] == agency)

    def pump(self, *agencies: str) -> None:
        """What the engine would do, now and here."""
        for agency in agencies or AGENCIES:
            self.app.state.wiring.deliveries.pump(agency)

    def decide(self, notice: Notice, outcome: Outcome = Outcome.GRANTED, **changes: object) -> httpx2.Response:
        """A decision on `notice`, brought as its desk would bring it."""
        return self.bring(a_decision(notice, outcome, **changes))

    def bring(self, decision: DecisionMessage, signed_by: str | None = None) -> httpx2.Response:
        body = orjson.dumps(decision.model_dump(mode="json"))
        signer = signed_by or decision.agency
        headers = Keyring(self.seeded.agency_keys[signer]).sign(decision.id, body) | {AGENCY_HEADER: signer}
        return self.client.post("/api/decisions", content=body, headers=headers)

    def close(self) -> None:
        self.database.close()


def a_sample(number: int) -> bytes:
    """The container ship's arrival with a message id of its own."""
    before = SAMPLE.index(b"<ShipMessageId>") + len(b"<ShipMessageId>")
    after = SAMPLE.index(b"</ShipMessageId>")
    return SAMPLE[:before] + f"TEST-{number}".encode() + SAMPLE[after:]


def a_decision(notice: Notice, outcome: Outcome = Outcome.GRANTED, **changes: object) -> DecisionMessage:
    """A decision that answers `notice`."""
    given = {
        "id": f"d-{notice.id}-{outcome.value}",
        "sent_at": MONDAY,
        "agency": notice.agency,
        "notice": notice.id,
        "port_call": notice.port_call,
        "movement": notice.movement,
        "version": notice.version,
        "digest": notice.digest,
        "sequence": 1,
        "outcome": outcome,
        "decided_at": MONDAY,
        "decided_by": "officer:T-1",
        "reason": "",
    }
    return DecisionMessage.model_validate(given | changes)
