"""Bringing notices to agencies: claim what is due, send it outside any transaction, record the outcomes.

The `Delivery` row is the truth. Delivery is at least once with a stable id; the desk deduplicates.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlmodel import Session

from gateway import audit
from gateway.agency_line import OUT_OF_REACH, AgencyLine, NotDelivered, RefusedByDesk
from gateway.backoff import Backoff
from gateway.clock import Clock
from gateway.database import Database
from gateway.evidence import unpacked
from gateway.records import Agency, Delivery, DeliveryState
from gateway.store import deliveries as store
from messages.exchange import NoticeReceipt

NEXT: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.QUEUED: frozenset({DeliveryState.IN_FLIGHT}),
    DeliveryState.IN_FLIGHT: frozenset({DeliveryState.DELIVERED, DeliveryState.QUEUED, DeliveryState.FAILED}),
    DeliveryState.FAILED: frozenset({DeliveryState.QUEUED}),  # replayed by an operator
    DeliveryState.DELIVERED: frozenset(),
}

Outcome = NoticeReceipt | NotDelivered | RefusedByDesk

log = structlog.get_logger()


class ImpossibleStep(Exception):  # noqa: N818 - names what was asked
    """A delivery was told to go where its state does not lead."""


def step(delivery: Delivery, to: DeliveryState) -> None:
    """Move a delivery along, or raise ImpossibleStep. The one place that writes its state."""
    if to not in NEXT[delivery.state]:
        msg = f"{delivery.state} to {to}"
        raise ImpossibleStep(msg)
    delivery.state = to
    delivery.lease_until = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a pump works through a batch."""

    most: int = 10
    """Deliveries claimed and sent at once: also the connections to one agency."""
    lease: timedelta = timedelta(seconds=15)
    """Longer than one exchange may take, short enough to wait out after a crash."""


class Deliveries:
    """The pump. Engines call `pump`; any number of processes may."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        line_to: Callable[[Agency], AgencyLine],
        *,
        backoff: Backoff | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._line_to = line_to
        self._backoff = backoff or Backoff()
        self._pace = pace or Pace()
        self._pools: dict[str, ThreadPoolExecutor] = {}

    def pump(self, agency: str) -> datetime | None:
        """Deliver everything due to `agency`; when to pump it again, or None.

        Stops after a batch of which nothing arrived: the desk is down, and the rest would fail likewise.
        """
        while claimed := self._claim(agency):
            entry, batch = claimed
            outcomes = self._send_all(self._line_to(entry), batch)
            settled = self._record(outcomes)
            if all(isinstance(outcome, NotDelivered) for outcome in outcomes.values()):
                return min((each.next_attempt_at for each in settled), default=None)
        with self._database.reading() as session:
            return store.next_due(session, agency)

    def close(self) -> None:
        """Let the sending threads go."""
        for pool in self._pools.values():
            pool.shutdown()

    def _send_all(self, line: AgencyLine, batch: list[Delivery]) -> dict[str, Outcome]:
        if len(batch) == 1:
            return {batch[0].id: _sent(line, batch[0])}
        code = line.agency.code
        if code not in self._pools:
            self._pools[code] = ThreadPoolExecutor(self._pace.most, thread_name_prefix=f"line-{code}")
        outcomes = self._pools[code].map(partial(_sent, line), batch)
        return {each.id: outcome for each, outcome in zip(batch, outcomes, strict=True)}

    def _claim(self, agency: str) -> tuple[Agency, list[Delivery]] | None:
        with self._database.reading() as session:
            if not store.is_due(session, agency, self._clock.now()):
                return None
        with self._database.transaction() as session:
            entry = store.agency_named(session, agency)
            if entry is None:
                return None
            batch = store.claim_due(session, agency, self._clock.now(), lease=self._pace.lease, most=self._pace.most)
        return (entry, batch) if batch else None

    def _record(self, outcomes: Mapping[str, Outcome]) -> list[Delivery]:
        now = self._clock.now()
        with self._database.transaction() as session:
            held = [
                each
                for each in store.deliveries_by_id(session, outcomes).values()
                # Another worker may have taken it over and finished it while we waited for the desk.
                if each.state is DeliveryState.IN_FLIGHT
            ]
            for delivery in held:
                self._settle(session, delivery, outcomes[delivery.id], now)
            if back := {each.agency for each in held if each.state is DeliveryState.DELIVERED}:
                store.bring_forward(session, back, now, waiting_because=OUT_OF_REACH)
        return held

    def _settle(self, session: Session, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
        facts: dict[str, str | int | None] = {"agency": delivery.agency, "attempt": delivery.attempts}
        match outcome:
            case NoticeReceipt():
                step(delivery, DeliveryState.DELIVERED)
                delivery.delivered_at = now
                delivery.receipt = outcome.model_dump(mode="json")
                delivery.last_error = None
                audit.note(session, now, "notice delivered", delivery.id, by="window", **facts)
            case RefusedByDesk():
                step(delivery, DeliveryState.FAILED)
                delivery.last_error = outcome.why
                audit.note(session, now, "notice refused", delivery.id, by="window", **facts)
            case NotDelivered():
                self._put_off(session, delivery, outcome, now)
        session.add(delivery)
        log.info("delivery attempted", delivery=delivery.id, state=delivery.state.value, **facts)

    def _put_off(self, session: Session, delivery: Delivery, outcome: NotDelivered, now: datetime) -> None:
        delivery.last_error = outcome.why
        if now - delivery.queued_at > self._backoff.horizon:
            step(delivery, DeliveryState.FAILED)
            audit.note(session, now, "delivery given up", delivery.id, by="window", agency=delivery.agency)
            return
        step(delivery, DeliveryState.QUEUED)
        pause = self._backoff.after(delivery.attempts)
        delivery.next_attempt_at = now + max(pause, timedelta(seconds=outcome.retry_after or 0))


def _sent(line: AgencyLine, delivery: Delivery) -> Outcome:
    try:
        return line.send(delivery.id, unpacked(delivery.notice))
    except (NotDelivered, RefusedByDesk) as outcome:
        return outcome
