"""Decisions out: recorded once, in order, together with the duty to tell the gateway.

A decision is never changed; a later one follows it with the next sequence. Recording and queueing are one
transaction, so that neither exists without the other.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from agencies.agency import Agency, Lane
from agencies.records import Audit, Case, Decision, Outgoing
from messages.exchange import DecisionMessage, Notice, Outcome, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was decided, by whom and why, before it is a message. `decided_by` as the contract has it."""

    outcome: Outcome
    decided_by: str
    reason: str = ""
    legal_basis: str = ""
    conditions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def record(
    session: Session, agency: Agency, case: Case, notice: Notice, verdict: Verdict, *, now: datetime, form_key: str = ""
) -> Decision:
    """Record `verdict` on `notice` as the case's next decision, and owe it to the gateway."""
    sequence = decided_so_far(session, case) + 1
    message = DecisionMessage(
        id="dec_" + secrets.token_hex(16),
        sent_at=now,
        agency=agency.code,
        notice=notice.id,
        port_call=notice.port_call,
        movement=notice.movement,
        version=notice.version,
        digest=notice.digest,
        sequence=sequence,
        outcome=verdict.outcome,
        decided_at=now,
        decided_by=verdict.decided_by,
        reason=verdict.reason,
        legal_basis=verdict.legal_basis,
        conditions=verdict.conditions,
        questions=tuple(Question(text=text) for text in verdict.questions),
    )
    body = message.model_dump_json()
    decision = Decision(
        id=message.id,
        case_id=case.id,
        sequence=sequence,
        notice_id=notice.id,
        version=notice.version,
        outcome=verdict.outcome,
        decided_at=now,
        decided_by=verdict.decided_by,
        message=body,
        form_key=form_key or None,
    )
    session.add(decision)
    session.flush()
    session.add(
        Outgoing(
            decision_id=message.id,
            case_id=case.id,
            sequence=sequence,
            body=body.encode(),
            queued_at=now,
            next_try=now,
        )
    )
    session.add(
        Audit(at=now, who=verdict.decided_by, action=f"decided {verdict.outcome}", case_id=case.id, detail=message.id)
    )
    case.lane = Lane.DECIDED
    session.add(case)
    return decision


def standing(session: Session, case: Case) -> Decision | None:
    """The decision that stands: the one with the highest sequence."""
    asked = select(Decision).where(Decision.case_id == case.id).order_by(col(Decision.sequence).desc())
    return session.exec(asked).first()


def decided_so_far(session: Session, case: Case) -> int:
    """How many decisions the case has; also the sequence of the one that stands."""
    last = standing(session, case)
    return last.sequence if last else 0
