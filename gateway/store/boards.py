"""Questions about port calls and their boards."""

from sqlmodel import Session, col, select

from gateway.board import Board, draw
from gateway.records import Agency, Decision, Delivery, Movement, PortCall, Submission
from gateway.store.columns import without


def port_call_of_firm(session: Session, firm_id: str, reference: str) -> PortCall | None:
    """The call with that reference, when it is the firm's; None when it is another's or nobody's."""
    wanted = select(PortCall).where(PortCall.reference == reference, PortCall.firm_id == firm_id)
    return session.exec(wanted).first()


def port_calls_of_firm(session: Session, firm_id: str, *, before: str | None, limit: int) -> list[PortCall]:
    """The firm's calls, newest first, those older than the call with id `before`."""
    wanted = select(PortCall).where(PortCall.firm_id == firm_id)
    if before is not None:
        wanted = wanted.where(PortCall.id < before)
    return list(session.exec(wanted.order_by(col(PortCall.id).desc()).limit(limit)))


def boards_of(session: Session, port_calls: list[PortCall]) -> dict[str, list[Board]]:
    """The boards of those calls by call id, movements in the order they were filed: five queries however many calls."""
    by_id = {call.id: call for call in port_calls}
    movements = list(
        session.exec(select(Movement).where(col(Movement.port_call_id).in_(by_id)).order_by(col(Movement.id)))
    )
    ids = [each.id for each in movements]
    agencies = {each.code: each for each in session.exec(select(Agency))}
    submissions = {
        (each.movement_id, each.version): each
        for each in session.exec(
            select(Submission)
            .where(col(Submission.movement_id).in_(ids))
            .options(*without(Submission.evidence, Submission.declaration, Submission.report))
        )
    }
    notices = select(Delivery).where(col(Delivery.movement_id).in_(ids)).options(*without(Delivery.notice))
    deliveries = list(session.exec(notices))
    answers = select(Decision).where(col(Decision.movement_id).in_(ids)).options(*without(Decision.raw))
    decisions = list(session.exec(answers))
    boards: dict[str, list[Board]] = {call_id: [] for call_id in by_id}
    for movement in movements:
        now = (movement.id, movement.version)
        board = draw(
            by_id[movement.port_call_id],
            movement,
            submissions[now],
            agencies=agencies,
            deliveries=[
                each for each in deliveries if (each.movement_id, each.version) == (movement.id, movement.version)
            ],
            decisions=[each for each in decisions if each.movement_id == movement.id],
        )
        boards[movement.port_call_id].append(board)
    return boards
