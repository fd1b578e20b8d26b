"""The whole job unattended: file over HTTP, let five officers decide at their own desks, wait for the word."""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import httpx2

from gateway.demo.desks import Desk
from gateway.demo.officer import Officer

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds after which a step that has not happened is a failure."""


class StoryFailed(Exception):  # noqa: N818 - says how it ended
    """A step did not happen; the text says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happened, seconds after the beginning."""

    step: str
    says: str
    seconds: float
    facts: Mapping[str, Any]


class Story:
    """Tells one arrival from filing to clearance, step by step as it happens."""

    def __init__(self, gateway: str, api_key: str, desks: Mapping[str, Desk]) -> None:
        self._gateway = gateway
        self._agent = httpx2.Client(
            base_url=gateway, headers={"authorization": f"Bearer {api_key}"}, trust_env=False, timeout=30
        )
        self._desks = desks
        self._began = time.monotonic()
        self.port_call: dict[str, Any] = {}
        """The call as the API last gave it."""

    def tell(self, document: bytes, media_type: str) -> Iterator[Step]:
        """File `document` and yield each step as it happens, the last one being the clearance.

        Raises:
            StoryFailed: the document was refused, or a step took longer than `PATIENCE`.
        """
        receipt = self._file(document, media_type)
        yield self._step("received", f"Receipt {receipt['reference']}, {len(document):,} bytes", receipt)
        report = self._agent.get(receipt["report"]).raise_for_status().json()
        counts = report["counts"]
        yield self._step("checked", f"{counts['error']} errors, {counts['warning']} warnings", {"counts": counts})
        yield from self._deliveries(receipt["port_call"])
        yield from self._decisions(receipt["port_call"])
        self._wait(receipt["port_call"], lambda movement: movement["clearance"] != "pending")
        word = self.port_call["movements"][0]["clearance"]
        yield self._step(word, f"Port call {receipt['port_call']}", {"port_call": self.port_call})

    def _file(self, document: bytes, media_type: str) -> dict[str, Any]:
        headers = {"content-type": media_type, "idempotency-key": f"demo-{time.time_ns()}"}
        answer = self._agent.post("/api/submissions", content=document, headers=headers)
        if answer.status_code != 202:  # noqa: PLR2004 - accepted
            msg = f"The sample was refused: {answer.text}"
            raise StoryFailed(msg)
        receipt: dict[str, Any] = answer.json()
        return receipt

    def _deliveries(self, reference: str) -> Iterator[Step]:
        seen = 0
        while seen < len(self._desks):
            self._wait(reference, partial(_more_delivered, seen))
            seen = self.port_call["movements"][0]["delivered"]
            yield self._step("delivered", f"to {seen} of {len(self._desks)}", {"delivered": seen})

    def _decisions(self, reference: str) -> Iterator[Step]:
        with ThreadPoolExecutor(len(self._desks)) as officers:
            decided = [officers.submit(self._decide, desk, reference) for desk in self._desks.values()]
            for done in decided:
                agency = done.result()
                self._wait(reference, partial(_answered, agency))
                line = _line(self.port_call["movements"][0], agency)
                yield self._step("decided", f"{line['title']}: {line['state'].replace('_', ' ')}", line)

    def _decide(self, desk: Desk, reference: str) -> str:
        with httpx2.Client(trust_env=False, timeout=30) as client:
            officer = Officer(f"{self._gateway}/desks/{desk.agency}", client)
            officer.sign_in(desk.link)
            case = self._until(lambda: officer.find(reference), f"{desk.agency} did not show {reference}")
            officer.grant(case)
        return desk.agency

    def _wait(self, reference: str, happened: Callable[[dict[str, Any]], bool]) -> None:
        def look() -> bool:
            self.port_call = self._agent.get(f"/api/port-calls/{reference}").raise_for_status().json()
            return happened(self.port_call["movements"][0])

        self._until(look, f"{reference} stands still")

    @staticmethod
    def _until(look: Callable[[], T | None], otherwise: str) -> T:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := look():
                return found
            time.sleep(0.1)
        raise StoryFailed(otherwise)

    def _step(self, step: str, says: str, facts: Mapping[str, Any]) -> Step:
        return Step(step=step, says=says, seconds=round(time.monotonic() - self._began, 3), facts=facts)


def _more_delivered(before: int, movement: dict[str, Any]) -> bool:
    return bool(movement["delivered"] > before)


def _answered(agency: str, movement: dict[str, Any]) -> bool:
    return bool(_line(movement, agency)["state"] != "under_review")


def _line(movement: dict[str, Any], agency: str) -> dict[str, Any]:
    lines: list[dict[str, Any]] = movement["agencies"]
    return next(line for line in lines if line["agency"] == agency)
