"""Questions about deliveries, and the claims that pumps lay on them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from gateway.records import Agency, Delivery, DeliveryState
from gateway.store.columns import without

WAITING = (DeliveryState.QUEUED, DeliveryState.IN_FLIGHT)


def claim_due(session: Session, agency: str, now: datetime, *, lease: timedelta, most: int) -> list[Delivery]:
    """Take up to `most` due deliveries of an agency, oldest first, for as long as the lease runs.

    A later version of a movement waits until the earlier one has been delivered or given up.
    """
    earlier = aliased(Delivery)
    due = (
        select(Delivery.id)
        .where(Delivery.agency == agency, *_free(now))
        .where(
            ~exists().where(
                col(earlier.movement_id) == Delivery.movement_id,
                col(earlier.agency) == Delivery.agency,
                col(earlier.version) < Delivery.version,
                col(earlier.state).in_(WAITING),
            )
        )
        .order_by(col(Delivery.next_attempt_at), col(Delivery.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    claimed = (
        update(Delivery)
        .where(col(Delivery.id).in_(due))
        .values(state=DeliveryState.IN_FLIGHT, lease_until=now + lease, attempts=Delivery.attempts + 1)
        .returning(Delivery)
    )
    rows = session.scalars(claimed, execution_options={"populate_existing": True, "synchronize_session": False})
    return sorted(rows, key=lambda each: each.id)


def next_due(session: Session, agency: str) -> datetime | None:
    """When the agency's next delivery falls due or its claim runs out; None when nothing is owed."""
    when = func.coalesce(Delivery.lease_until, Delivery.next_attempt_at)
    owed = select(func.min(when)).where(Delivery.agency == agency, col(Delivery.state).in_(WAITING))
    return session.exec(owed).first()


def is_due(session: Session, agency: str, now: datetime) -> bool:
    """Whether that agency has a delivery due that nobody holds a claim on."""
    due = select(Delivery.id).where(Delivery.agency == agency, *_free(now)).limit(1)
    return session.exec(due).first() is not None


def agencies_due(session: Session, now: datetime) -> list[str]:
    """Agencies with a delivery due that nobody holds a claim on."""
    return list(session.exec(select(Delivery.agency).where(*_free(now)).distinct()))


def free_leases(session: Session) -> None:
    """Let go of every claim. Only for a process that knows it is alone."""
    held = update(Delivery).where(col(Delivery.state) == DeliveryState.IN_FLIGHT)
    session.connection().execute(held.values(state=DeliveryState.QUEUED, lease_until=None))


def bring_forward(session: Session, agencies: Iterable[str], now: datetime, *, waiting_because: str) -> None:
    """Make due at once what waits at these agencies for that reason only."""
    waiting = (
        update(Delivery)
        .where(col(Delivery.agency).in_(list(agencies)), col(Delivery.state) == DeliveryState.QUEUED)
        .where(col(Delivery.next_attempt_at) > now, col(Delivery.last_error) == waiting_because)
    )
    session.connection().execute(waiting.values(next_attempt_at=now))


def deliveries_by_id(session: Session, ids: Iterable[str]) -> dict[str, Delivery]:
    """Those deliveries, as they stand now, without their notices."""
    wanted = select(Delivery).where(col(Delivery.id).in_(list(ids))).options(*without(Delivery.notice))
    return {each.id: each for each in session.exec(wanted)}


def agency_named(session: Session, code: str) -> Agency | None:
    """The directory's entry of that code."""
    return session.get(Agency, code)


def _free(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Delivery.state).in_(WAITING),
        col(Delivery.next_attempt_at) <= now,
        or_(col(Delivery.lease_until).is_(None), col(Delivery.lease_until) <= now),
    )
