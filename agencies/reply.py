"""Decisions brought to the gateway: signed, retried, and done only when receipted.

What is owed is a row; a thread sends what is due, woken when a decision was committed or a retry falls due. The
body and id of a decision never change between attempts, so a process killed at any point sends the same thing
again. The order of a case's decisions is kept: a later one waits for an earlier one that is still queued.
"""

import logging
import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx2
from pydantic import ValidationError
from sqlalchemy import update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, select

from agencies.clock import Clock
from agencies.database import Database
from agencies.records import Outgoing, Sending
from agencies.refusals import shortened
from agencies.settings import DeskSettings
from messages.exchange import AGENCY_HEADER, DecisionReceipt, Keyring, digest_of

log = logging.getLogger(__name__)

WHERE = "/api/decisions"
LARGEST_RECEIPT = 64 * 1024
"""Bytes of an answer that are read; a receipt has a few hundred."""

REFUSED = {401, 403, 404, 422}
"""Answers that time alone will not mend: kept in sight as failed, and tried hourly."""
MAY_CARRY_A_RECEIPT = {200, 201, 202, 409, 410}

AT_MOST = timedelta(hours=1)
_SPREAD = 0.2
_BATCH = 50
_LONGEST_SLEEP = 3600.0
_PATIENCE_AT_THE_END = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one attempt. Without a status nothing came back; with a receipt the duty is done."""

    status: int | None
    words: str = ""
    receipt: str = ""
    wait: float | None = None
    """Seconds the gateway asked to wait."""


class Replies:
    """The decisions one desk owes the gateway."""

    def __init__(
        self, agency: str, database: Database, settings: DeskSettings, clock: Clock, gateway: httpx2.Client | None
    ) -> None:
        self.agency = agency
        self.keyring = Keyring(*settings.keys)
        self.database = database
        self.settings = settings
        self.clock = clock
        self.gateway = gateway or line_to(settings)
        self._signal = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Send in the background until `stop`."""
        if self.gateway is None:
            return
        self._thread = threading.Thread(target=self._run, name=f"replies of {self.agency}", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Say that a decision was committed."""
        self._signal.set()

    def stop(self) -> None:
        """Begin no further attempt, and give the one under way a moment; cut off, it is made again after a start."""
        self._stopping = True
        self._signal.set()
        if self._thread:
            self._thread.join(_PATIENCE_AT_THE_END)
        if self.gateway is not None:
            self.gateway.close()

    def pump(self) -> float:
        """Send everything due, once; the seconds until something more is.

        A gateway that cannot be reached ends the round: the rest would only wait for the same time-out.
        """
        if self.gateway is None:
            return _LONGEST_SLEEP
        while batch := self._due():
            for owed in batch:
                if self._stopping:
                    return 0
                answer = self._attempt(self.gateway, owed)
                self._note(owed, answer)
                if answer.status is None:
                    return self.settings.retries[0]
        return self._until_next()

    def _run(self) -> None:
        while not self._stopping:
            self._signal.clear()
            try:
                pause = self.pump()
            except Exception:  # the outermost loop: whatever broke, the rows are still there
                log.exception("sending decisions broke off")
                pause = self.settings.retries[0]
            if not self._stopping:
                self._signal.wait(pause)

    def _due(self) -> list[Outgoing]:
        with self.database.reading() as session:
            earlier = aliased(Outgoing)
            held_back = exists().where(
                col(earlier.case_id) == Outgoing.case_id,
                col(earlier.sequence) < Outgoing.sequence,
                col(earlier.state) == Sending.QUEUED,
            )
            asked = select(Outgoing).where(
                Outgoing.state != Sending.DONE, col(Outgoing.next_try) <= self.clock(), ~held_back
            )
            oldest = asked.order_by(col(Outgoing.queued_at), col(Outgoing.sequence)).limit(_BATCH)
            return list(session.exec(oldest))

    def _until_next(self) -> float:
        with self.database.reading() as session:
            soonest = session.exec(select(func.min(Outgoing.next_try)).where(Outgoing.state != Sending.DONE)).first()
        if soonest is None:
            return _LONGEST_SLEEP
        return min(max((soonest - self.clock()).total_seconds(), self.settings.retries[0] / 10), _LONGEST_SLEEP)

    def _attempt(self, gateway: httpx2.Client, owed: Outgoing) -> Answer:
        headers = self.keyring.sign(owed.decision_id, owed.body)
        headers |= {AGENCY_HEADER: self.agency, "Content-Type": "application/json"}
        try:
            with gateway.stream("POST", WHERE, content=owed.body, headers=headers, follow_redirects=False) as response:
                said = read_some(response)
                return judge(response.status_code, response.headers, said, owed)
        except (httpx2.HTTPError, httpx2.InvalidURL) as trouble:
            return Answer(None, shortened(f"{type(trouble).__name__}: {trouble}"))

    def _note(self, owed: Outgoing, answer: Answer) -> None:
        now = self.clock()
        with self.database.writing() as session:
            row = session.get_one(Outgoing, owed.decision_id, with_for_update=True)
            if row.state is Sending.DONE:  # another process of this desk had its receipt first
                return
            had_silence = row.attempts > 0 and row.status is None
            row.attempts += 1
            row.status, row.answer = answer.status, answer.words
            if answer.receipt:
                row.state, row.receipt, row.next_try = Sending.DONE, answer.receipt, None
            else:
                refused = answer.status in REFUSED
                row.next_try = self._next_try(row, answer, now)
                row.state = Sending.FAILED if refused or row.next_try is None else Sending.QUEUED
            session.add(row)
            if had_silence and answer.status is not None:
                make_due(session, now)
        log.info(
            "decision sent" if answer.receipt else "decision not receipted",
            extra={"decision": owed.decision_id, "attempt": row.attempts, "status": answer.status},
        )

    def _next_try(self, row: Outgoing, answer: Answer, now: datetime) -> datetime | None:
        """When to try again; None when it was tried for as long as the settings say."""
        if now - row.queued_at >= self.settings.retry_for:
            return None
        steps = self.settings.retries
        pause = steps[-1] if answer.status in REFUSED else steps[min(row.attempts, len(steps)) - 1]
        spread = pause * random.uniform(1 - _SPREAD, 1 + _SPREAD)  # noqa: S311 - keeps desks from calling in step
        return now + timedelta(seconds=max(spread, answer.wait or 0))


def line_to(settings: DeskSettings) -> httpx2.Client | None:
    """A client for the gateway, when one is set."""
    if not settings.gateway:
        return None
    patience = httpx2.Timeout(settings.reply_timeout, connect=min(10, settings.reply_timeout))
    return httpx2.Client(base_url=settings.gateway, timeout=patience, follow_redirects=False, trust_env=False)


def read_some(response: httpx2.Response) -> bytes:
    """The body of the answer, cut off where no receipt would reach."""
    said = bytearray()
    for chunk in response.iter_bytes():
        said += chunk
        if len(said) > LARGEST_RECEIPT:
            break
    return bytes(said[:LARGEST_RECEIPT])


def judge(status: int, headers: Mapping[str, str], said: bytes, owed: Outgoing) -> Answer:
    """What an answer means: only a receipt for these very bytes ends the duty."""
    if status in MAY_CARRY_A_RECEIPT and (receipt := receipt_in(said, owed)):
        return Answer(status, receipt=receipt)
    wait = headers.get("retry-after", "")
    seconds = min(float(wait), AT_MOST.total_seconds()) if wait.isascii() and wait.isdigit() else None
    if status in MAY_CARRY_A_RECEIPT:
        return Answer(status, f"HTTP {status} without a receipt for this decision.", wait=seconds)
    return Answer(status, shortened(f"HTTP {status}: {said[:200].decode(errors='replace')}"), wait=seconds)


def receipt_in(said: bytes, owed: Outgoing) -> str:
    try:
        receipt = DecisionReceipt.model_validate_json(said)
    except ValidationError:
        return ""
    fits = receipt.decision == owed.decision_id and receipt.digest == digest_of(owed.body)
    return receipt.model_dump_json() if fits else ""


def make_due(session: Session, now: datetime) -> None:
    """The gateway answers again: what only waited for it to answer is due."""
    waiting = update(Outgoing).where(
        col(Outgoing.state) == Sending.QUEUED, col(Outgoing.attempts) > 0, col(Outgoing.status).is_(None)
    )
    session.exec(waiting.values(next_try=now))
