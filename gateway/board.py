"""What an agent reads about one movement: five lines and one word.

Pure: rows in, a `Board` out. The queries that fetch the rows are in `gateway.store.boards`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gateway.clearance import WAITING_FOR, Clearance, WaitingFor, clearance
from gateway.records import Agency, Decision, Delivery, DeliveryState, Movement, PortCall, Submission
from messages.exchange import Outcome

NOT_DELIVERED = "not_yet_delivered"
REFUSED_BY_DESK = "delivery_failed"
UNDER_REVIEW = "under_review"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One agency's state in one movement. `state` is an `Outcome` or one of the three words above."""

    agency: str
    title: str
    state: str
    since: datetime
    waiting_for: WaitingFor
    reason: str = ""
    legal_basis: str = ""
    conditions: tuple[str, ...] = ()
    questions: tuple[Mapping[str, str], ...] = ()
    attempts: int = 0
    next_attempt_at: datetime | None = None
    trouble: str | None = None
    """Why the last attempt to deliver failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One movement of one call, as the agent sees it."""

    port_call: PortCall
    movement: Movement
    submission: Submission
    clearance: Clearance
    since: datetime
    lines: tuple[BoardLine, ...]

    @property
    def delivered(self) -> int:
        """How many agencies have their notice."""
        return sum(line.state not in (NOT_DELIVERED, REFUSED_BY_DESK) for line in self.lines)

    @property
    def waiting(self) -> tuple[BoardLine, ...]:
        """The lines that are not settled yet."""
        return tuple(line for line in self.lines if line.waiting_for is not WaitingFor.NOBODY)


def standing(decisions: Iterable[Decision], version: int) -> dict[str, Decision]:
    """The decision that stands for each agency: its highest sequence about the current version."""
    best: dict[str, Decision] = {}
    for each in decisions:
        if each.version == version and (each.agency not in best or best[each.agency].sequence < each.sequence):
            best[each.agency] = each
    return best


def draw(
    port_call: PortCall,
    movement: Movement,
    submission: Submission,
    *,
    agencies: Mapping[str, Agency],
    deliveries: Iterable[Delivery],
    decisions: Iterable[Decision],
) -> Board:
    """The board of one movement. `deliveries` are those of the current version, one for each agency that decides."""
    answers = standing(decisions, movement.version)
    lines = [_line(each, agencies[each.agency], answers.get(each.agency)) for each in deliveries]
    lines.sort(key=lambda line: (agencies[line.agency].rank, line.agency))
    outcomes = [answers[line.agency].outcome if line.agency in answers else None for line in lines]
    return Board(
        port_call=port_call,
        movement=movement,
        submission=submission,
        clearance=clearance(outcomes),
        since=max((line.since for line in lines if line.agency in answers), default=submission.received_at),
        lines=tuple(lines),
    )


def _line(delivery: Delivery, agency: Agency, decision: Decision | None) -> BoardLine:
    if decision is not None:
        return _answered(agency, decision)
    if delivery.state == DeliveryState.DELIVERED:
        since = delivery.delivered_at or delivery.queued_at
        return BoardLine(
            agency=agency.code,
            title=agency.title,
            state=UNDER_REVIEW,
            since=since,
            waiting_for=WaitingFor.AGENCY,
        )
    failed = delivery.state == DeliveryState.FAILED
    return BoardLine(
        agency=agency.code,
        title=agency.title,
        state=REFUSED_BY_DESK if failed else NOT_DELIVERED,
        since=delivery.queued_at,
        waiting_for=WaitingFor.WINDOW,
        attempts=delivery.attempts,
        next_attempt_at=None if failed else delivery.next_attempt_at,
        trouble=delivery.last_error,
    )


def _answered(agency: Agency, decision: Decision) -> BoardLine:
    outcome = Outcome(decision.outcome)
    return BoardLine(
        agency=agency.code,
        title=agency.title,
        state=outcome.value,
        since=decision.decided_at,
        waiting_for=WAITING_FOR[outcome],
        reason=decision.reason,
        legal_basis=decision.legal_basis,
        conditions=tuple(decision.conditions),
        questions=tuple(decision.questions),
    )
