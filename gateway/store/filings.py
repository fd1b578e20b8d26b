"""Questions that filing and deciding ask: has this been filed, which number is next, whose is it."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from gateway.account_records import Firm
from gateway.database import lock_rows
from gateway.records import Agency, Decision, Delivery, Movement, Port, PortCall, ReferenceCounter, Submission

Filed = tuple[Submission, Movement, PortCall]


def submission_by_key(session: Session, firm_id: str, key: str) -> Filed | None:
    """What the firm filed under that idempotency key."""
    wanted = _filed().where(Submission.firm_id == firm_id, Submission.idempotency_key == key)
    return session.exec(wanted).first()


def submission_by_message(session: Session, firm_id: str, message_id: str) -> Filed | None:
    """What the firm filed under that message id."""
    wanted = _filed().where(Submission.firm_id == firm_id, Submission.message_id == message_id)
    return session.exec(wanted).first()


def submission_of_firm(session: Session, firm_id: str, reference: str) -> Filed | None:
    """The firm's submission of that reference; None when it is another's or nobody's."""
    return session.exec(_filed().where(Submission.firm_id == firm_id, Submission.reference == reference)).first()


def firm_of(session: Session, firm_id: str) -> Firm:
    """The firm with that id, which an actor has."""
    return session.get_one(Firm, firm_id)


def ports_served(session: Session) -> tuple[str, ...]:
    """UN/LOCODEs of the ports of this window, in order."""
    return tuple(session.exec(select(Port.locode).order_by(col(Port.locode))))


def agencies_known(session: Session) -> frozenset[str]:
    """Codes of the agencies in the directory."""
    return frozenset(session.exec(select(Agency.code)))


def next_number(session: Session, port: str, year: int) -> int:
    """The next port call number of that port and year, counted up in the transaction that uses it."""
    insert = postgresql.insert if lock_rows(session.connection()) else sqlite.insert
    counted = (
        insert(ReferenceCounter)
        .values(port=port, year=year, last=1)
        .on_conflict_do_update(index_elements=["port", "year"], set_={"last": ReferenceCounter.last + 1})
        .returning(col(ReferenceCounter.last))
    )
    return session.connection().execute(counted).scalar_one()


def delivery_with_movement(session: Session, delivery_id: str) -> tuple[Delivery, Movement, PortCall, str] | None:
    """A delivery, its movement locked against other deciders, its call, and the declaration's digest."""
    wanted = (
        select(Delivery, Movement, PortCall, Submission.declaration_digest)
        .where(Delivery.id == delivery_id, Submission.id == Delivery.submission_id)
        .where(Movement.id == Delivery.movement_id, PortCall.id == Movement.port_call_id)
        .with_for_update(of=Movement)
    )
    return session.exec(wanted).first()


def decision_by_message(session: Session, agency: str, message_id: str) -> Decision | None:
    """The agency's decision of that message id, when it has been received before."""
    return session.exec(select(Decision).where(Decision.agency == agency, Decision.message_id == message_id)).first()


def decisions_on(session: Session, movement_id: str, agency: str) -> list[Decision]:
    """Everything that agency has said about that movement."""
    wanted = select(Decision).where(Decision.movement_id == movement_id, Decision.agency == agency)
    return list(session.exec(wanted.order_by(col(Decision.sequence))))


def _filed() -> Select[Submission, Movement, PortCall]:
    return select(Submission, Movement, PortCall).where(
        Movement.id == Submission.movement_id, PortCall.id == Movement.port_call_id
    )
