"""The officers' side of a case: the queue, one case for reading, and deciding it.

Officers see the cases of their ports and no others. A decision is recorded only when the officer saw the newest
version and the latest decision; a form sent twice is recorded once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from agencies.agency import Agency, Assessment, Lane
from agencies.clock import Clock
from agencies.database import Database
from agencies.decisions import Verdict, decided_so_far, record
from agencies.officers import SignedIn
from agencies.records import Audit, Case, Decision, NoticeRecord, Outgoing, Sending
from agencies.refusals import NO_SUCH_CASE, Refusal
from agencies.views import personal
from messages.exchange import DecisionMessage, Notice, Outcome

ROWS_PER_LANE = 100

LONGEST_PROSE, LONGEST_BASIS = 2000, 500
MOST_CONDITIONS, MOST_QUESTIONS = 20, 50

OFFERED = (Outcome.GRANTED, Outcome.GRANTED_WITH_CONDITIONS, Outcome.INFORMATION_REQUESTED, Outcome.REFUSED)
"""What an officer may choose."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the queue."""

    case: Case
    assessment: Assessment
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Past:
    """A decision made, and where it stands on its way to the gateway."""

    message: DecisionMessage
    sending: Outgoing


@dataclass(frozen=True, slots=True)
class Review:
    """Everything an officer reads before deciding."""

    case: Case
    notice: Notice
    assessment: Assessment
    past: tuple[Past, ...]
    earlier: Notice | None
    """The version last decided on, or else the one before; what changed is told against it."""

    @property
    def sequence(self) -> int:
        return max((each.message.sequence for each in self.past), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionForm:
    """What an officer sent, as typed. Kept whole when it is refused."""

    outcome: str = ""
    notice: str = ""
    sequence: str = ""
    form_key: str = ""
    reason: str = ""
    legal_basis: str = ""
    conditions: str = ""
    questions: str = ""


@dataclass(slots=True)
class Troubles:
    """What keeps a form from being a decision: messages by field, and one for the form as a whole."""

    fields: dict[str, str] = field(default_factory=dict)
    stale: str = ""

    def __bool__(self) -> bool:
        return bool(self.fields or self.stale)


class Cases:
    """One desk's cases as its officers work with them."""

    def __init__(self, agency: Agency, database: Database, clock: Clock) -> None:
        self.agency = agency
        self.database = database
        self.clock = clock

    def counts(self, who: SignedIn) -> dict[Lane, int]:
        """How many cases of the officer's ports each lane holds."""
        asked = of_ports(select(Case.lane, func.count()).group_by(col(Case.lane)), who)
        with self.database.reading() as session:
            found = dict(session.exec(asked).all())
        return {lane: found.get(lane, 0) for lane in Lane}

    def queue(self, who: SignedIn, lane: Lane, page: int = 0, rows: int = ROWS_PER_LANE) -> list[Row]:
        """The lane's cases, the next ship first; of the decided, the latest first."""
        made = aliased(Decision)
        newest = select(func.max(made.sequence)).where(made.case_id == Case.id).scalar_subquery()
        standing = (col(Decision.case_id) == Case.id) & (col(Decision.sequence) == newest)
        asked = select(Case, NoticeRecord.assessment, Decision.outcome)
        asked = asked.join(NoticeRecord, col(NoticeRecord.id) == Case.notice_id)
        asked = asked.outerjoin(Decision, standing).where(Case.lane == lane)
        eta = col(Case.eta)
        order = eta.desc().nulls_last() if lane is Lane.DECIDED else eta.asc().nulls_last()
        asked = of_ports(asked, who).order_by(order, col(Case.id)).limit(rows).offset(page * rows)
        with self.database.reading() as session:
            return [
                Row(case, Assessment.model_validate_json(assessment), outcome)
                for case, assessment, outcome in session.exec(asked).all()
            ]

    def review(self, who: SignedIn, case_id: str) -> Review:
        """The case for reading; the reading of persons, health and security is noted.

        Raises:
            Refusal: there is no such case in the officer's ports.
        """
        with self.database.reading() as session:
            case = visible(session, who, case_id)
            kept = session.get_one(NoticeRecord, case.notice_id)
            review = Review(
                case,
                Notice.model_validate_json(kept.body),
                Assessment.model_validate_json(kept.assessment),
                past_of(session, case),
                earlier_version(session, case),
            )
        if kinds := personal(review.notice.declaration):
            seen = f"version {case.version}: {', '.join(kinds)}"
            with self.database.writing() as session:
                session.add(Audit(at=self.clock(), who=who.name, action="read", case_id=case.id, detail=seen))
        return review

    def decide(self, who: SignedIn, case_id: str, form: DecisionForm) -> Troubles:
        """Record the officer's decision; the troubles that kept it from being recorded.

        Raises:
            Refusal: there is no such case in the officer's ports.
        """
        verdict, troubles = read_form(form, who)
        with self.database.writing() as session:
            case = visible(session, who, case_id, lock=True)
            if sent_before(session, case, form.form_key):
                return Troubles()
            troubles.stale = moved_on(session, case, form)
            if verdict is not None and not troubles:
                notice = Notice.model_validate_json(session.get_one(NoticeRecord, case.notice_id).body)
                record(session, self.agency, case, notice, verdict, now=self.clock(), form_key=form.form_key)
        return troubles

    def unsent(self) -> list[Outgoing]:
        """Decisions the gateway has not receipted though it was tried, oldest first."""
        asked = select(Outgoing).where(Outgoing.state != Sending.DONE, Outgoing.attempts > 0)
        with self.database.reading() as session:
            return list(session.exec(asked.order_by(col(Outgoing.queued_at)).limit(ROWS_PER_LANE)))


def of_ports(asked: Any, who: SignedIn) -> Any:
    ports = who.officer.ports
    narrowed: Select[Any] = asked if ports == "*" else asked.where(col(Case.port).in_(ports.split(",")))
    return narrowed


def visible(session: Session, who: SignedIn, case_id: str, *, lock: bool = False) -> Case:
    case = session.get(Case, case_id, with_for_update=lock or None) if case_id.isprintable() else None
    if case is None or not who.serves(case.port):
        raise Refusal(NO_SUCH_CASE)
    return case


def past_of(session: Session, case: Case) -> tuple[Past, ...]:
    """The case's decisions, the latest first."""
    asked = select(Decision, Outgoing).join(Outgoing, col(Outgoing.decision_id) == Decision.id)
    asked = asked.where(Decision.case_id == case.id).order_by(col(Decision.sequence).desc())
    found = session.exec(asked).all()
    return tuple(Past(DecisionMessage.model_validate_json(made.message), sending) for made, sending in found)


def earlier_version(session: Session, case: Case) -> Notice | None:
    asked = select(NoticeRecord.id).where(NoticeRecord.case_id == case.id, NoticeRecord.version < case.version)
    older = session.exec(asked.order_by(col(NoticeRecord.version).desc())).all()
    decided = set(session.exec(select(Decision.notice_id).where(Decision.case_id == case.id)).all())
    chosen = next((each for each in older if each in decided), older[0] if older else None)
    return Notice.model_validate_json(session.get_one(NoticeRecord, chosen).body) if chosen else None


def sent_before(session: Session, case: Case, form_key: str) -> bool:
    asked = select(Decision.id).where(Decision.case_id == case.id, Decision.form_key == form_key)
    return bool(form_key) and session.exec(asked).first() is not None


def moved_on(session: Session, case: Case, form: DecisionForm) -> str:
    """What happened to the case since the officer's page was made; empty when nothing did."""
    if form.notice != case.notice_id:
        return f"Version {case.version} arrived while you were reading. Nothing was recorded: look at it and decide."
    if form.sequence != str(decided_so_far(session, case)):
        return "Another decision was recorded while you were reading. Nothing was added: look at it and decide."
    return ""


def read_form(form: DecisionForm, who: SignedIn) -> tuple[Verdict | None, Troubles]:
    """The verdict the form asks for, or what is missing in it."""
    troubles = Troubles()
    conditions, questions = lines(form.conditions), lines(form.questions)
    if form.outcome not in OFFERED:
        troubles.fields["outcome"] = "Choose one of the four decisions."
    if form.outcome == Outcome.GRANTED_WITH_CONDITIONS:
        check_lines(troubles, "conditions", conditions, MOST_CONDITIONS)
    if form.outcome == Outcome.INFORMATION_REQUESTED:
        check_lines(troubles, "questions", questions, MOST_QUESTIONS)
    if form.outcome == Outcome.REFUSED:
        if not form.reason.strip():
            troubles.fields["reason"] = "Say why, in words the agent can act on."
        if not form.legal_basis.strip():
            troubles.fields["legal_basis"] = "Name what the refusal rests on, for example SOLAS XI-2/9.2.5."
    check_length(troubles, "reason", form.reason, LONGEST_PROSE)
    check_length(troubles, "legal_basis", form.legal_basis, LONGEST_BASIS)
    if not 0 < len(form.form_key) <= 64:  # noqa: PLR2004 - the column's width
        troubles.stale = "This form has lost its number. Nothing was recorded: decide on this page."
    if troubles:
        return None, troubles
    outcome = Outcome(form.outcome)
    verdict = Verdict(
        outcome=outcome,
        decided_by=who.name,
        reason=form.reason.strip(),
        legal_basis=form.legal_basis.strip(),
        conditions=conditions if outcome is Outcome.GRANTED_WITH_CONDITIONS else (),
        questions=questions if outcome is Outcome.INFORMATION_REQUESTED else (),
    )
    return verdict, troubles


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def check_lines(troubles: Troubles, name: str, given: Sequence[str], most: int) -> None:
    if not given:
        troubles.fields[name] = "Write at least one, each on a line of its own."
    elif len(given) > most:
        troubles.fields[name] = f"Write at most {most} lines; there are {len(given)}."
    else:
        for each in given:
            check_length(troubles, name, each, LONGEST_PROSE)


def check_length(troubles: Troubles, name: str, text: str, longest: int) -> None:
    if len(text) > longest:
        troubles.fields[name] = f"Use at most {longest} characters; there are {len(text)}."
    elif any(not c.isprintable() and not c.isspace() for c in text):
        troubles.fields[name] = "Leave out control characters."
