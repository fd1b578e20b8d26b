"""The desk's partners in tests: a clock one can move, a gateway, an officer's browser."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.testclient import TestClient

from agencies.office import Office
from messages.exchange import (
    AGENCY_HEADER,
    DecisionMessage,
    DecisionReceipt,
    Effect,
    Keyring,
    Notice,
    SignatureRefused,
    digest_of,
)
from tests.agencies.samples import KEY, NOW, signed


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Gateway:
    """A small real gateway: verifies, keeps every message once, answers as it is told to."""

    key: str = KEY
    kept: dict[str, DecisionMessage] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    attempts: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)
    """Answers to give instead of a receipt, first in first out."""

    def app(self) -> FastAPI:
        app = FastAPI(openapi_url=None)

        async def take_in(request: Request) -> Response:
            body = await request.body()
            try:
                message_id = Keyring(self.key).verify(request.headers, body)
            except SignatureRefused:
                return Response("unsigned", 401)
            message = DecisionMessage.model_validate_json(body)
            assert message.id == message_id
            assert request.headers[AGENCY_HEADER] == message.agency
            self.attempts.append(message.id)
            if self.answers:
                return self.answers.pop(0)
            return Response(self.receipt(message, body), 200, media_type="application/json")

        app.post("/api/decisions")(take_in)
        return app

    def receipt(self, message: DecisionMessage, body: bytes) -> str:
        self.kept.setdefault(message.id, message)
        receipt = DecisionReceipt(
            id=f"rcp_{message.id}",
            decision=message.id,
            received_at=NOW,
            digest=digest_of(body),
            effect=Effect.RECORDED,
        )
        return self.receipts.setdefault(message.id, receipt.model_dump_json())


@dataclass
class DeskInUse:
    """A desk as partners and officers meet it."""

    office: Office
    client: TestClient
    watch: Watch
    gateway: Gateway

    def send(self, notice: Notice) -> Any:
        return self.client.post("/notices", **signed(notice))

    def decisions(self) -> list[DecisionMessage]:
        """What the gateway has after everything due was sent."""
        self.office.replies.pump()
        return list(self.gateway.kept.values())

    def officer(self, number: str = "A-117", ports: str = "*") -> TestClient:
        """A browser with an officer signed in by link."""
        browser = TestClient(self.client.app, base_url="http://desk.example", follow_redirects=True)
        token = self.office.officers.invite(number, "Daw Mya", ports)
        assert browser.post(f"/sign-in/link/{token}").status_code == 200
        return browser

    def addresses(self, browser: TestClient) -> list[str]:
        """Where the queue's rows lead, in the queue's order."""
        return re.findall(r'class="ship" href="([^"]+)"', browser.get("/queue").text)

    def form(self, browser: TestClient, address: str) -> dict[str, str]:
        """The hidden fields of the decision forms on a case's page."""
        fields = re.findall(r'name="(form_token|form_key|notice|sequence)" value="([^"]*)"', browser.get(address).text)
        return dict(fields)

    def grant_first(self) -> Any:
        """An officer's two clicks: the first row, and Grant."""
        browser = self.officer()
        address = self.addresses(browser)[0]
        answer = browser.post(f"{address}/decisions", data={**self.form(browser, address), "outcome": "granted"})
        assert answer.status_code == 200
        return answer


MakeDesk = Callable[..., DeskInUse]
