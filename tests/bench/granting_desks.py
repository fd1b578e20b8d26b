"""Five desks that grant everything at once, for measuring the gateway and not the desks.

`POST /<agency>/notices` speaks the contract, signed both ways; `POST /<agency>/plain` is the reference's.
"""

import json
import os
import sys
import threading
from datetime import UTC, datetime
from queue import Queue
from typing import Any
from uuid import uuid4

import httpx2
import orjson
import uvicorn
from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from messages.exchange import AGENCY_HEADER, DecisionMessage, Keyring, Notice, NoticeReceipt, Outcome, digest_of


class Answering:
    """Sends decisions from a thread of its own."""

    def __init__(self) -> None:
        self.waiting: Queue[tuple[str, bytes, dict[str, str]]] = Queue()
        for _ in range(4):
            threading.Thread(target=self.send_all, daemon=True).start()

    def send_all(self) -> None:
        client = httpx2.Client(trust_env=False, timeout=30)
        while True:
            url, body, headers = self.waiting.get()
            client.post(url, content=body, headers=headers).raise_for_status()


def main(port: int, gateway: str, keys: dict[str, str]) -> None:
    app, answering = FastAPI(), Answering()
    rings = {agency: Keyring(key) for agency, key in keys.items()}

    @app.post("/{agency}/notices", status_code=202)
    async def take(agency: str, request: Request) -> Response:
        return await run_in_threadpool(taken, agency, await request.body(), dict(request.headers))

    def taken(agency: str, body: bytes, headers: dict[str, str]) -> Response:
        rings[agency].verify(headers, body)
        notice = Notice.model_validate_json(body)
        now = datetime.now(UTC)
        receipt = NoticeReceipt(
            id=uuid4().hex, notice=notice.id, agency=agency, received_at=now, digest=digest_of(body)
        )
        decision = granting(notice, now)
        said = orjson.dumps(decision.model_dump(mode="json"))
        signed = rings[agency].sign(decision.id, said) | {AGENCY_HEADER: agency}
        answering.waiting.put((f"{gateway}/api/decisions", said, signed))
        return Response(receipt.model_dump_json(), 202, media_type="application/json")

    @app.post("/{agency}/plain")
    def plain(agency: str, notice: dict[str, Any]) -> dict[str, str]:
        answering.waiting.put((notice["answer_to"], b"", {}))
        return {}

    uvicorn.run(app, port=port, log_level="warning", access_log=False)


def granting(notice: Notice, now: datetime) -> DecisionMessage:
    said = notice.model_dump(include={"agency", "port_call", "movement", "version", "digest"})
    return DecisionMessage(
        id=uuid4().hex,
        sent_at=now,
        notice=notice.id,
        sequence=1,
        outcome=Outcome.GRANTED,
        decided_at=now,
        decided_by="rule:bench",
        reason="Granted for measuring.",
        **said,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], json.loads(os.environ["KEYS"]))
